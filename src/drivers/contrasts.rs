//! How much more often one group mentions something than another: two groups of scores, or two periods.

use super::distribution::{Z95, ln_chi_squared_tail, ln_fisher_two_sided, ln_student_two_sided};
use super::incomplete::deviance;
use super::interval::newcombe;
use super::jackknife;
use super::multiplicity::benjamini_hochberg;
use super::status::Status;
use super::target::{Bins, within};
use crate::tally::Block;

/// The least number of mentions expected in a cell for which the G test holds; below it Fisher's exact test is used.
const LEAST_EXPECTED: f64 = 5.0;

/// By how much the variance may exceed that of independent answers before the test must allow for repeat customers.
const MOST_DESIGN_EFFECT: f64 = 1.25;

/// Mentions of something among the responses of a group: `count` of `base`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mentions {
    /// Responses with it.
    pub count: u64,
    /// Responses that might have it.
    pub base: u64,
}

impl Mentions {
    /// The share of the responses; none without any.
    pub fn rate(self) -> Option<f64> {
        (self.base > 0).then(|| self.count as f64 / self.base as f64)
    }
}

/// How a p-value was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// Fisher's exact test, two-sided by the probability of the tables.
    Fisher,
    /// The likelihood ratio against chi squared with one degree of freedom.
    G,
    /// Student's t with the standard error of a jackknife over groups of customers.
    Jackknife,
}

impl Test {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Test::Fisher => "fisher",
            Test::G => "g",
            Test::Jackknife => "jk",
        }
    }
}

/// A feature in group A against group B.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Contrast {
    /// Its position: `2 * theme` for praise, `2 * theme + 1` for complaint.
    pub feature: usize,
    /// Mentions in group A.
    pub a: Mentions,
    /// Mentions in group B.
    pub b: Mentions,
    /// The figures; none where a group is empty.
    pub figures: Option<Figures>,
    /// The test; none where nothing varies.
    pub test: Option<Tested>,
    /// The false discovery rate within the family of tests; none outside it.
    pub q: Option<f64>,
    /// Variance of the difference over that of independent answers; none without groups of customers.
    pub design_effect: Option<f64>,
    /// Place among those with enough mentions, the largest [`Figures::effect_lb`] first.
    pub rank: Option<u32>,
    /// Why something is missing.
    pub status: Status,
}

/// What two shares say about each other. Intervals are 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Share in A minus share in B.
    pub difference: f64,
    /// Its interval by Newcombe's method.
    pub interval: (f64, f64),
    /// The end of the interval nearest to zero, as an absolute share; 0 where the interval covers it. It stays meaningful
    /// at any number of rows, where a test calls everything significant.
    pub effect_lb: f64,
    /// How many times as often A mentions it; with half a mention added, so that it is never infinite.
    pub ratio: f64,
    /// Logarithm of the odds ratio, with half a response added to each cell (Haldane and Anscombe).
    pub log_or: f64,
    /// Standard error of the same.
    pub log_or_se: f64,
    /// The interval of the odds ratio.
    pub or_interval: (f64, f64),
}

/// The outcome of a test of equal shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// How it was computed.
    pub test: Test,
    /// The two-sided p; 0 where it is less than the least number.
    pub p: f64,
    /// Its decimal logarithm, which does not end there.
    pub log10_p: f64,
}

impl Tested {
    fn of(test: Test, ln_p: f64) -> Tested {
        Tested { test, p: ln_p.exp(), log10_p: ln_p / std::f64::consts::LN_10 }
    }
}

/// Every feature of a block in the scores of A against those of B, in order of their position. `customers` are the blocks
/// of groups of customers that make up the block, given where customers answered more than once; else none. Without `q`:
/// see [`adjust`].
pub fn contrasts(
    block: &Block,
    a: Bins,
    b: Bins,
    customers: &[Block],
    min_support: u64,
) -> Vec<Contrast> {
    let mentions = |block: &Block, feature: usize, bins: Bins| Mentions {
        count: within(block.feature(feature), bins),
        base: within(&block.texts, bins),
    };
    let row = |feature: usize| {
        let pair = |block: &Block| (mentions(block, feature, a), mentions(block, feature, b));
        let groups: Vec<(Mentions, Mentions)> = customers.iter().map(pair).collect();
        Contrast { feature, ..compare(pair(block), &groups, min_support) }
    };
    let mut rows: Vec<Contrast> = (0..block.shape.features()).map(row).collect();
    rank(&mut rows);
    rows
}

/// One feature in A against B; `groups` are the mentions within groups of customers, or none.
pub fn compare(
    (a, b): (Mentions, Mentions),
    groups: &[(Mentions, Mentions)],
    min_support: u64,
) -> Contrast {
    let mut row = Contrast { a, b, ..Contrast::default() };
    row.figures = figures(a, b);
    let (Some(figures), mentions) = (row.figures, a.count + b.count) else {
        row.status = Status::EmptyBand;
        return row;
    };
    if mentions == 0 || mentions == a.base + b.base {
        row.status = Status::NoVariation;
        return row;
    }
    row.status = if mentions < min_support { Status::LowSupport } else { Status::Ok };
    row.test = Some(tested(a, b));
    if let Some(se) = clustered_se((a, b), groups) {
        let binomial = |m: Mentions, rate: f64| rate * (1.0 - rate) / m.base as f64;
        let independent = a.rate().map_or(0.0, |rate| binomial(a, rate))
            + b.rate().map_or(0.0, |rate| binomial(b, rate));
        row.design_effect = (independent > 0.0).then(|| se * se / independent);
        if row.design_effect.is_some_and(|effect| effect > MOST_DESIGN_EFFECT) {
            let df = groups.len() as f64 - 1.0;
            row.test = Some(Tested::of(
                Test::Jackknife,
                ln_student_two_sided(figures.difference / se, df),
            ));
        }
    }
    row
}

/// Sets the false discovery rates of a family of tests: all rows of a contrast, and for a segment those of all its values.
/// Rows without enough mentions stay out.
pub fn adjust<'c>(family: impl IntoIterator<Item = &'c mut Contrast>) {
    let mut family: Vec<&mut Contrast> =
        family.into_iter().filter(|row| row.status == Status::Ok).collect();
    let p: Vec<Option<f64>> = family.iter().map(|row| row.test.map(|test| test.p)).collect();
    for (row, q) in family.iter_mut().zip(benjamini_hochberg(&p)) {
        row.q = q;
    }
}

/// The strongest first, by the end of the interval nearest to no difference.
fn rank(rows: &mut [Contrast]) {
    let mut shown: Vec<&mut Contrast> =
        rows.iter_mut().filter(|row| row.status == Status::Ok).collect();
    let effect = |row: &Contrast| row.figures.map_or(0.0, |figures| figures.effect_lb);
    shown.sort_by(|one, other| {
        effect(other).total_cmp(&effect(one)).then(one.feature.cmp(&other.feature))
    });
    for (place, row) in (1..).zip(shown) {
        row.rank = Some(place);
    }
}

fn figures(a: Mentions, b: Mentions) -> Option<Figures> {
    let difference = a.rate()? - b.rate()?;
    let interval = newcombe((a.count, a.base), (b.count, b.base));
    let effect_lb = match interval {
        (from, _) if from > 0.0 => from,
        (_, to) if to < 0.0 => -to,
        _ => 0.0,
    };
    let cells = |m: Mentions| (m.count as f64 + 0.5, m.base.saturating_sub(m.count) as f64 + 0.5);
    let ((with_a, without_a), (with_b, without_b)) = (cells(a), cells(b));
    let log_or = (with_a / without_a).ln() - (with_b / without_b).ln();
    let log_or_se = (1.0 / with_a + 1.0 / without_a + 1.0 / with_b + 1.0 / without_b).sqrt();
    let half = Z95 * log_or_se;
    Some(Figures {
        difference,
        interval,
        effect_lb,
        ratio: (with_a / (a.base as f64 + 1.0)) / (with_b / (b.base as f64 + 1.0)),
        log_or,
        log_or_se,
        or_interval: ((log_or - half).exp(), (log_or + half).exp()),
    })
}

fn tested(a: Mentions, b: Mentions) -> Tested {
    let all = (a.base + b.base) as f64;
    let with = a.count + b.count;
    let without = (a.base + b.base).saturating_sub(with);
    if a.base.min(b.base) as f64 * with.min(without) as f64 / all < LEAST_EXPECTED {
        return Tested::of(Test::Fisher, ln_fisher_two_sided((a.count, a.base), (b.count, b.base)));
    }
    Tested::of(Test::G, ln_chi_squared_tail(likelihood_ratio(a, b), 1.0))
}

/// G, twice the logarithm of the likelihood ratio of unequal shares. The sum over the cells is taken of their deviances,
/// which do not cancel.
pub fn likelihood_ratio(a: Mentions, b: Mentions) -> f64 {
    let all = (a.base + b.base) as f64;
    let with = (a.count + b.count) as f64 / all;
    let cells = [a, b].map(|m| {
        let (base, count) = (m.base as f64, m.count as f64);
        deviance(count, base * with) + deviance(base - count, base * (1.0 - with))
    });
    if with > 0.0 && with < 1.0 { 2.0 * (cells[0] + cells[1]) } else { 0.0 }
}

/// The standard error of the difference by leaving out one group of customers at a time.
fn clustered_se((a, b): (Mentions, Mentions), groups: &[(Mentions, Mentions)]) -> Option<f64> {
    let rest = |whole: Mentions, part: Mentions| Mentions {
        count: whole.count.saturating_sub(part.count),
        base: whole.base.saturating_sub(part.base),
    };
    let left_out: Option<Vec<f64>> = groups
        .iter()
        .map(|(in_a, in_b)| Some(rest(a, *in_a).rate()? - rest(b, *in_b).rate()?))
        .collect();
    jackknife::error(&left_out?)
}
