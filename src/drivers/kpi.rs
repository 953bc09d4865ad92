//! Key figures of a group: NPS, mean, shares of scores, each with its interval.

use super::bins::bins_of;
use super::interval::{Recommendation, mean_interval, wilson};
use super::sample::Sample;
use super::status::Status;
use super::suppression::LOW_BASE;
use super::target::{Bins, within};
use crate::config::{Bands, Scale};
use crate::tally::Block;

/// A figure that can be computed of the scores of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Its name in the tables.
    pub name: &'static str,
    /// How it is computed.
    pub kind: Kind,
}

/// How a figure is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The mean of the scores.
    Mean,
    /// The share of one group of scores minus that of another, in points.
    Nps {
        /// Scores of promoters.
        promoters: Bins,
        /// Scores of detractors.
        detractors: Bins,
    },
    /// The share of a group of scores.
    Share(Bins),
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Points of NPS, -100 to 100.
    Points,
    /// A share, 0 to 1.
    Share,
    /// Points of the scale.
    Score,
}

impl Unit {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Points => "pts",
            Unit::Share => "share",
            Unit::Score => "score",
        }
    }
}

/// A figure of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kpi {
    /// Its name in the tables.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Responses that it rests on; for a share those that might have been counted.
    pub base: u64,
    /// The figure; none without a base.
    pub point: Option<f64>,
    /// Its 95 % interval; none where nothing varies.
    pub interval: Option<(f64, f64)>,
    /// How the interval was computed: `adjwald3`, `wilson` or `t`.
    pub method: &'static str,
    /// Standard deviation of the scores, for the mean.
    pub sd: Option<f64>,
    /// Whether the base is small: shown with its interval, without arrows and tests.
    pub low_base: bool,
    /// Why something is missing.
    pub status: Status,
}

/// The figures that fit a scale, most important first. Bin 0 of the block is the least score of the scale.
pub fn measures(scale: Scale, bands: &Bands) -> Vec<Measure> {
    let (least, greatest) = bands.range;
    // At most a hundred and one whole points: the bins of a block.
    let bins = (0..=100).take_while(|bin| least + f64::from(*bin) <= greatest).count();
    let range = |group| bins_of(group, least, bins);
    let share = |name, group| range(group).map(|bins| Measure { name, kind: Kind::Share(bins) });
    let mean = |name| Some(Measure { name, kind: Kind::Mean });
    let nps = || {
        let (promoters, detractors) = (range((9.0, 10.0))?, range((0.0, 6.0))?);
        Some(Measure { name: "nps", kind: Kind::Nps { promoters, detractors } })
    };
    let high = || share("top_box", bands.high);
    let low = || share("low_box", bands.low);
    let satisfied = |from| share("csat", (from, greatest));
    let single = |name, score| share(name, (score, score));
    let fitting = match scale {
        Scale::Nps => {
            vec![
                nps(),
                mean("mean"),
                high(),
                satisfied(8.0),
                low(),
                single("tens", 10.0),
                single("sixes", 6.0),
            ]
        }
        Scale::School => {
            vec![
                mean("mean"),
                high(),
                satisfied(8.0),
                low(),
                single("tens", 10.0),
                single("sixes", 6.0),
            ]
        }
        Scale::Csat => vec![satisfied(4.0), mean("mean"), high(), low()],
        // The two easiest answers: the high band of its default, whichever way the scale runs.
        Scale::Ces => vec![mean("ces"), share("ces_top_2", bands.high), low()],
        Scale::Custom { .. } => vec![mean("mean"), high(), low()],
    };
    fitting.into_iter().flatten().collect()
}

/// The figures of a group. Those of a suppressed one keep their names alone.
pub fn kpis(block: &Block, measures: &[Measure], suppressed: bool) -> Vec<Kpi> {
    measures.iter().map(|measure| kpi(block, *measure, suppressed)).collect()
}

fn kpi(block: &Block, measure: Measure, suppressed: bool) -> Kpi {
    let total = block.scored();
    let figure = match measure.kind {
        Kind::Mean => mean(measure.name, block),
        Kind::Nps { promoters, detractors } => {
            let answers = Recommendation {
                promoters: within(&block.scores, promoters),
                detractors: within(&block.scores, detractors),
                total,
            };
            nps(measure.name, answers)
        }
        Kind::Share(bins) => share(measure.name, within(&block.scores, bins), total),
    };
    if suppressed { figure.hidden() } else { figure }
}

/// A share of those that might have been counted: of scores, or of answers to a question such as whether it was solved at
/// the first contact (`yes` of `yes` and `no`).
pub fn share(name: &'static str, count: u64, total: u64) -> Kpi {
    let point = (total > 0).then(|| count as f64 / total as f64);
    let interval = point.map(|_| wilson(count, total));
    Kpi { point, interval, ..Kpi::empty(name, Unit::Share, "wilson", total) }
}

/// The Net Promoter Score.
pub fn nps(name: &'static str, answers: Recommendation) -> Kpi {
    let (point, interval) = (answers.nps(), answers.interval());
    Kpi { point, interval, ..Kpi::empty(name, Unit::Points, "adjwald3", answers.total) }
}

/// The mean of the scores, from exact sums.
fn mean(name: &'static str, block: &Block) -> Kpi {
    let scores = Sample::scores(block);
    let empty = Kpi::empty(name, Unit::Score, "t", scores.n);
    if scores.n == 0 {
        return empty;
    }
    let sd = (scores.n > 1).then(|| scores.variance.sqrt());
    let interval = sd.and_then(|sd| mean_interval(scores.mean, sd, scores.n));
    let status = if interval.is_some() { Status::Ok } else { Status::NoVariation };
    Kpi { point: Some(scores.mean), interval, sd, status, ..empty }
}

impl Kpi {
    fn empty(name: &'static str, unit: Unit, method: &'static str, base: u64) -> Kpi {
        let status = if base == 0 { Status::NoScores } else { Status::Ok };
        let low_base = base < LOW_BASE;
        Kpi { name, unit, base, point: None, interval: None, method, sd: None, low_base, status }
    }

    /// The figure without anything that tells of the customers behind it.
    pub(super) fn hidden(self) -> Kpi {
        Kpi { status: Status::Suppressed, ..Kpi::empty(self.name, self.unit, self.method, 0) }
    }
}
