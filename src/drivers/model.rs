//! Which features the scores are explained by, the fits on them, and whose errors hold: the base of drivers, asymmetry and
//! gap ledger.

use super::distribution::{student_two_sided, student_two_sided_point};
use super::jackknife;
use super::matrix::Matrix;
use super::regression::{Fit, Gram};
use super::status::Status;
use super::target::Target;
use crate::tally::Block;

/// How much support a feature and a fit need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Rows with a feature, and rows without it.
    pub min_support: u64,
    /// Rows for each feature and one more.
    pub rows_per_feature: u64,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { min_support: 10, rows_per_feature: 5 }
    }
}

/// More rows a customer than this: errors that take rows for independent call a quarter of nothing significant.
pub const MOST_ROWS_PER_CUSTOMER: f64 = 1.05;

/// The rows of a scope and what is known of who wrote them.
#[derive(Debug, Clone)]
pub struct Evidence<'b> {
    /// All rows.
    pub total: &'b Block,
    /// All rows without one group of customers, for each group.
    pub rests: Vec<Block>,
    /// Whether customers answered repeatedly, so that rows are no independent witnesses.
    pub repeated: bool,
}

impl<'b> Evidence<'b> {
    /// `groups` are disjoint parts of `total` by customer, none of them empty, or nothing where errors by customer are
    /// not asked for; `customers` are the distinct customers, where they are known.
    pub fn new(total: &'b Block, groups: &[Block], customers: Option<u64>) -> Evidence<'b> {
        let rows = (total.scored() + total.missing) as f64;
        Evidence {
            total,
            rests: groups.iter().map(|group| total.without(group)).collect(),
            repeated: customers.is_some_and(|n| rows > MOST_ROWS_PER_CUSTOMER * n as f64),
        }
    }
}

/// What the scores of a scale are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets {
    /// The score.
    pub score: Target,
    /// The NPS, on a scale that has one.
    pub net: Option<Target>,
}

/// Which features take part in a fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Those that do.
    pub gram: Gram,
    /// Those with enough support that more frequent ones already tell.
    pub collinear: Vec<usize>,
    /// The support that was asked for in the end.
    pub min_support: u64,
}

/// The features with enough support, as they are.
pub fn supported(block: &Block, min_support: u64) -> Selection {
    let n = block.base();
    let enough = |feature: &usize| {
        let support = block.both(*feature, *feature);
        support >= min_support && n - support.min(n) >= min_support
    };
    let candidates: Vec<usize> = (0..block.shape.features()).filter(enough).collect();
    let gram = Gram::of(block, candidates.iter().copied());
    let collinear =
        candidates.into_iter().filter(|&feature| gram.place(feature).is_none()).collect();
    Selection { gram, collinear, min_support }
}

/// The features of a fit; in few rows only the more frequent ones.
///
/// # Errors
/// Why there can be no fit.
pub fn selection(block: &Block, rules: Rules) -> Result<Selection, Status> {
    let n = block.base();
    if n == 0 {
        return Err(Status::NoScores);
    }
    let mut min_support = rules.min_support;
    loop {
        let selection = supported(block, min_support);
        if selection.gram.features.is_empty() {
            return Err(Status::TooFewRows);
        }
        if enough_rows(&selection.gram, rules) {
            return Ok(selection);
        }
        min_support += 2;
    }
}

/// Whether there are enough rows for the features.
pub fn enough_rows(gram: &Gram, rules: Rules) -> bool {
    gram.n >= rules.rows_per_feature * (gram.features.len() as u64 + 1)
}

/// The fits of a scope, with their errors.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The features.
    pub selection: Selection,
    /// The fit of the score.
    pub score: Fit,
    /// The fit of the NPS.
    pub net: Option<Fit>,
    /// Of the score, without each group.
    pub score_rests: Vec<Rest>,
    /// Of the NPS, without each group.
    pub net_rests: Vec<Rest>,
    /// Which errors hold.
    pub errors: Errors,
    inverse: Matrix,
}

/// Where an error comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// The variance around the fit, rows being independent.
    Ols,
    /// Leaving out groups of customers.
    Jackknife,
}

impl Errors {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Errors::Ols => "ols",
            Errors::Jackknife => "jk",
        }
    }
}

/// A fit that lacks a group of customers: what it says of each feature of the whole fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// The effects; none where the feature no longer varies or no longer tells apart.
    pub effects: Vec<Option<f64>>,
    /// Shares of rows with the feature.
    pub shares: Vec<f64>,
}

impl Model {
    /// Fits the targets.
    ///
    /// # Errors
    /// Why there can be no fit.
    pub fn of(evidence: &Evidence<'_>, targets: &Targets, rules: Rules) -> Result<Model, Status> {
        let total = evidence.total;
        let selection = selection(total, rules)?;
        let gram = &selection.gram;
        let score = gram.fit(total, &targets.score).ok_or(Status::NoScoreVariation)?;
        let net = targets.net.as_ref().and_then(|net| gram.fit(total, net));
        let grams: Vec<(Gram, &Block)> = evidence
            .rests
            .iter()
            .map(|rest| (Gram::of(rest, gram.features.iter().copied()), rest))
            .collect();
        let rests = |target: &Target| {
            grams.iter().map(|(rest, block)| Rest::of(gram, rest, block, target)).collect()
        };
        Ok(Model {
            score_rests: rests(&targets.score),
            net_rests: targets.net.as_ref().map(rests).unwrap_or_default(),
            errors: if evidence.repeated { Errors::Jackknife } else { Errors::Ols },
            inverse: gram.inverse(),
            score,
            net,
            selection,
        })
    }

    /// Share of rows with the feature at a place of the fit.
    pub fn share(&self, place: usize) -> f64 {
        self.selection.gram.supports[place] as f64 / self.selection.gram.n as f64
    }

    /// The covariance of two effects of a fit as least squares has it.
    pub fn covariance(&self, fit: &Fit, one: usize, other: usize) -> f64 {
        fit.residual_variance * self.inverse.at(one, other)
    }

    /// The least-squares error of an effect.
    pub fn ols_error(&self, fit: &Fit, place: usize) -> f64 {
        self.covariance(fit, place, place).max(0.0).sqrt()
    }

    /// Of the two errors of an estimate the one that holds here.
    pub fn error(&self, ols: f64, replicates: Option<&[f64]>) -> Option<f64> {
        match self.errors {
            Errors::Ols => Some(ols),
            Errors::Jackknife => jackknife::error(replicates?),
        }
    }

    /// The p of an estimate with the error that holds; none where the error is unknown or zero.
    pub fn p(&self, estimate: f64, error: Option<f64>) -> Option<f64> {
        p_value(estimate, error?, self.df())
    }

    /// How many errors away the ends of a 95 % interval lie.
    pub fn point(&self) -> f64 {
        student_two_sided_point(0.05, self.df().max(1.0))
    }

    fn df(&self) -> f64 {
        match self.errors {
            Errors::Ols => self.score.df,
            Errors::Jackknife => self.score_rests.len() as f64 - 1.0,
        }
    }
}

/// The two-sided p of an estimate by Student's t; none where its error is zero.
pub fn p_value(estimate: f64, error: f64, df: f64) -> Option<f64> {
    (error > 0.0 && df > 0.0).then(|| student_two_sided(estimate / error, df))
}

impl Rest {
    fn of(whole: &Gram, rest: &Gram, block: &Block, target: &Target) -> Rest {
        let fit = rest.fit(block, target);
        let effect = |feature: &usize| Some(fit.as_ref()?.effects[rest.place(*feature)?]);
        let n = (rest.n as f64).max(1.0);
        Rest {
            effects: whole.features.iter().map(effect).collect(),
            shares: whole
                .features
                .iter()
                .map(|&feature| block.both(feature, feature) as f64 / n)
                .collect(),
        }
    }
}

/// The values of a figure without each group; none when some are undefined.
pub fn replicates(rests: &[Rest], figure: impl Fn(&Rest) -> Option<f64>) -> Option<Vec<f64>> {
    rests.iter().map(figure).collect()
}
