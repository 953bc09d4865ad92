//! A 6 is not a 10 upside down: what the praise of a theme rewards and its complaint costs, from the same fit.

use super::distribution::Z95;
use super::model::{Errors, Model, replicates};
use super::status::Status;
use super::target::Target;
use crate::tally::Block;

/// What a theme is to customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Must work: its failure costs, its praise rewards little.
    Basic,
    /// Both count.
    Performance,
    /// Delights: its praise rewards, its failure costs little.
    Excitement,
    /// Neither is told from nothing.
    NoEvidence,
}

impl Class {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Class::Basic => "basic",
            Class::Performance => "performance",
            Class::Excitement => "excitement",
            Class::NoEvidence => "no_evidence",
        }
    }
}

/// Reward and penalty of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Asymmetry {
    /// Position of the theme.
    pub theme: usize,
    /// `NotFitted` when praise or complaint has no part in the fit, `LowBase` when too few customers tell its error.
    pub status: Status,
    /// The figures.
    pub figures: Option<Figures>,
}

/// The figures of [`Asymmetry`], in points of the score.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The effect of praise.
    pub reward: f64,
    /// Its error.
    pub reward_error: Option<f64>,
    /// The effect of complaint, negative where it costs.
    pub penalty: f64,
    /// Its error.
    pub penalty_error: Option<f64>,
    /// Reward and penalty together: 0 where they are the same size.
    pub asymmetry: f64,
    /// Its error.
    pub asymmetry_error: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Two-sided p of no asymmetry.
    pub p: Option<f64>,
    /// Reward and penalty added up by size, as far as they have the sign that they should.
    pub range: f64,
    /// Share of the range that is reward less share that is penalty, -1 to 1.
    pub impact_asymmetry: Option<f64>,
    /// Change of the share of the top group of scores with praise, in percentage points.
    pub top_change: Option<f64>,
    /// Change of the share of the low group of scores with complaint, in percentage points.
    pub low_change: Option<f64>,
    /// What the theme is to customers.
    pub class: Class,
    /// Whether the class is certain enough to be shown; in simulations 97 % of the firm ones are right and 31 % of others.
    pub firm: bool,
}

/// Reward and penalty of every theme. `top` and `low` are 1 within the top and low group of scores.
pub fn asymmetries(block: &Block, model: &Model, top: &Target, low: &Target) -> Vec<Asymmetry> {
    let gram = &model.selection.gram;
    let changes = |target: &Target| gram.fit(block, target).map(|fit| fit.effects);
    let (top, low) = (changes(top), changes(low));
    let percent = |effects: &Option<Vec<f64>>, place: usize| Some(100.0 * effects.as_ref()?[place]);
    (0..block.shape.themes)
        .map(|theme| {
            let places = gram.place(2 * theme).zip(gram.place(2 * theme + 1));
            let figures = places.map(|(praise, complaint)| Figures {
                top_change: percent(&top, praise),
                low_change: percent(&low, complaint),
                ..figures(model, praise, complaint)
            });
            let status = match &figures {
                None => Status::NotFitted,
                Some(figures) if figures.p.is_none() => Status::LowBase,
                Some(_) => Status::Ok,
            };
            Asymmetry { theme, status, figures }
        })
        .collect()
}

fn figures(model: &Model, praise: usize, complaint: usize) -> Figures {
    /// Beyond this share of the range one side alone makes the class.
    const ONE_SIDED: f64 = 0.6;
    let fit = &model.score;
    let (reward, penalty) = (fit.effects[praise], fit.effects[complaint]);
    let asymmetry = reward + penalty;
    let error = |place: usize| {
        let left_out = replicates(&model.score_rests, |rest| rest.effects[place]);
        model.error(model.ols_error(fit, place), left_out.as_deref())
    };
    let (reward_error, penalty_error) = (error(praise), error(complaint));
    let variance = model.covariance(fit, praise, praise)
        + model.covariance(fit, complaint, complaint)
        + 2.0 * model.covariance(fit, praise, complaint);
    let left_out = replicates(&model.score_rests, |rest| {
        Some(rest.effects[praise]? + rest.effects[complaint]?)
    });
    let asymmetry_error = model.error(variance.max(0.0).sqrt(), left_out.as_deref());
    // The rule was measured with the normal point; few groups of customers need Student's.
    let point = match model.errors {
        Errors::Ols => Z95,
        Errors::Jackknife => model.point(),
    };
    let beyond =
        |estimate: f64, error: Option<f64>| error.is_some_and(|error| estimate > point * error);
    let range = reward.max(0.0) + (-penalty).max(0.0);
    let impact_asymmetry = (range > 0.0).then(|| (reward.max(0.0) - (-penalty).max(0.0)) / range);
    let class = match (beyond(reward, reward_error), beyond(-penalty, penalty_error)) {
        (false, false) => Class::NoEvidence,
        (false, true) => Class::Basic,
        (true, false) => Class::Excitement,
        (true, true) => match impact_asymmetry {
            Some(share) if share < -ONE_SIDED => Class::Basic,
            Some(share) if share > ONE_SIDED => Class::Excitement,
            _ => Class::Performance,
        },
    };
    let firm = match class {
        Class::NoEvidence => false,
        Class::Performance => true,
        Class::Basic | Class::Excitement => beyond(asymmetry.abs(), asymmetry_error),
    };
    Figures {
        reward,
        reward_error,
        penalty,
        penalty_error,
        asymmetry,
        asymmetry_error,
        interval: asymmetry_error
            .map(|error| (asymmetry - point * error, asymmetry + point * error)),
        p: model.p(asymmetry, asymmetry_error),
        range,
        impact_asymmetry,
        top_change: None,
        low_change: None,
        class,
        firm,
    }
}
