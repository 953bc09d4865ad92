//! Where the difference between two groups of scores comes from: lines that sum to it.
//!
//! A theme makes a difference of two kinds: one group may *mention* it more often, and where it is mentioned it may have
//! *gone* better or worse. What no theme tells stays a line of its own; groups that are chosen by score leave much of it.

use super::jackknife;
use super::model::{Evidence, Model};
use super::status::Status;
use super::target::{Bins, Target, within};
use crate::tally::Block;

/// The ledger of two groups of scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Scored rows with text of the two groups.
    pub rows: (u64, u64),
    /// Mean of the first less mean of the second.
    pub total: f64,
    /// Share of the total that the themes tell; none when there is no difference.
    pub explained_share: Option<f64>,
    /// The lines of each feature in order, then the unexplained line and the total.
    pub lines: Vec<Line>,
}

/// A line of a [`Ledger`].
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The feature; none for the last two lines.
    pub feature: Option<usize>,
    /// What the line is about.
    pub component: Component,
    /// Points of the score.
    pub contribution: f64,
    /// Its 95 % interval, by leaving out groups of customers.
    pub interval: Option<(f64, f64)>,
    /// `NotFitted` where the feature has no part in the fit and contributes nothing.
    pub status: Status,
}

/// What a line of a [`Ledger`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    /// How much more often the theme is mentioned.
    Mentioned,
    /// How much better it went where it is mentioned.
    Went,
    /// What the themes do not tell.
    Unexplained,
    /// The whole difference.
    Total,
}

impl Component {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Component::Mentioned => "mentioned",
            Component::Went => "went",
            Component::Unexplained => "unexplained",
            Component::Total => "total",
        }
    }
}

/// Divides the difference between the scores of two groups; `model` is the one of the evidence, where it has one.
///
/// # Errors
/// When one of the groups is empty.
pub fn gap_ledger(
    evidence: &Evidence<'_>,
    score: &Target,
    model: Option<&Model>,
    first: Bins,
    second: Bins,
) -> Result<Ledger, Status> {
    let total = evidence.total;
    let features = total.shape.features();
    let places: Vec<Option<usize>> =
        (0..features).map(|feature| model?.selection.gram.place(feature)).collect();
    let effect = |feature: usize| Some(model?.score.effects[places[feature]?]);
    let whole = contributions(total, score, effect, first, second).ok_or(Status::EmptyBand)?;
    let left_out: Option<Vec<Vec<f64>>> = model.and_then(|model| {
        let rests = evidence.rests.iter().zip(&model.score_rests);
        rests
            .map(|(block, rest)| {
                contributions(block, score, |feature| rest.effects[places[feature]?], first, second)
            })
            .collect()
    });
    let interval = |line: usize| {
        let replicates: Vec<f64> = left_out.as_ref()?.iter().map(|rest| rest[line]).collect();
        jackknife::interval(whole[line], &replicates)
    };
    let lines: Vec<Line> = whole
        .iter()
        .enumerate()
        .map(|(line, &contribution)| {
            let feature = Some(line / 2).filter(|feature| *feature < features);
            let component = match (feature, line % 2) {
                (Some(_), 0) => Component::Mentioned,
                (Some(_), _) => Component::Went,
                (None, 0) => Component::Unexplained,
                (None, _) => Component::Total,
            };
            let fitted = feature.is_none_or(|feature| places[feature].is_some());
            let status = if fitted { Status::Ok } else { Status::NotFitted };
            Line { feature, component, contribution, interval: interval(line), status }
        })
        .collect();
    let (unexplained, gap) = (whole[2 * features], whole[2 * features + 1]);
    Ok(Ledger {
        rows: (within(&total.texts, first), within(&total.texts, second)),
        total: gap,
        explained_share: (gap.abs() > 0.0).then(|| 1.0 - unexplained / gap),
        lines,
    })
}

/// Two lines a feature, then what they leave of the total and the total; none when a group is empty.
fn contributions(
    block: &Block,
    score: &Target,
    effect: impl Fn(usize) -> Option<f64>,
    first: Bins,
    second: Bins,
) -> Option<Vec<f64>> {
    let total = mean(block, score, first)? - mean(block, score, second)?;
    let bases = [first, second].map(|band| within(&block.texts, band) as f64);
    let rates = |counts: &[u64]| {
        [within(counts, first) as f64 / bases[0], within(counts, second) as f64 / bases[1]]
    };
    let mut lines = Vec::with_capacity(4 * block.shape.themes + 2);
    for feature in 0..block.shape.features() {
        let (mentions, with) = (rates(block.opinion(feature / 2)), rates(block.feature(feature)));
        let share = |group: usize| (mentions[group] > 0.0).then(|| with[group] / mentions[group]);
        // A group that never mentions the theme tells nothing of how it went: it takes after the other.
        let shares = share(0).or(share(1)).zip(share(1).or(share(0)));
        let (mentioned, went) = match effect(feature).zip(shares) {
            Some((effect, (one, other))) => (
                effect * (one + other) / 2.0 * (mentions[0] - mentions[1]),
                effect * (mentions[0] + mentions[1]) / 2.0 * (one - other),
            ),
            None => (0.0, 0.0),
        };
        lines.extend([mentioned, went]);
    }
    lines.push(total - lines.iter().sum::<f64>());
    lines.push(total);
    Some(lines)
}

fn mean(block: &Block, score: &Target, (first, last): Bins) -> Option<f64> {
    let inside = |(bin, n): (usize, &u64)| if (first..=last).contains(&bin) { *n } else { 0 };
    score.mean(&block.texts.iter().enumerate().map(inside).collect::<Vec<u64>>())
}
