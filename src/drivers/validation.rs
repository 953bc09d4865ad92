//! How well the readings agree with people, and what wrong readings do to a rate.

use super::distribution::Z95;
use super::interval::wilson;
use std::collections::BTreeMap;

/// Decisions of the system against those of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confusion {
    /// Both say yes.
    pub true_positive: u64,
    /// The system alone says yes.
    pub false_positive: u64,
    /// The person alone says yes.
    pub false_negative: u64,
    /// Both say no.
    pub true_negative: u64,
}

/// A share with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share.
    pub point: f64,
    /// Its interval.
    pub interval: (f64, f64),
}

impl Share {
    /// `count` of `total` with Wilson's interval; none of nothing.
    pub fn of(count: u64, total: u64) -> Option<Share> {
        (total > 0)
            .then(|| Share { point: count as f64 / total as f64, interval: wilson(count, total) })
    }
}

impl Confusion {
    /// Counts one decision.
    pub fn add(&mut self, person: bool, system: bool) {
        match (person, system) {
            (true, true) => self.true_positive += 1,
            (false, true) => self.false_positive += 1,
            (true, false) => self.false_negative += 1,
            (false, false) => self.true_negative += 1,
        }
    }

    /// Adds the decisions about another label: micro averages come of the sum.
    pub fn merge(&mut self, other: Confusion) {
        self.true_positive += other.true_positive;
        self.false_positive += other.false_positive;
        self.false_negative += other.false_negative;
        self.true_negative += other.true_negative;
    }

    /// The share of the system's yes that a person shares.
    pub fn precision(self) -> Option<Share> {
        Share::of(self.true_positive, self.true_positive + self.false_positive)
    }

    /// The share of a person's yes that the system finds (its sensitivity).
    pub fn recall(self) -> Option<Share> {
        Share::of(self.true_positive, self.true_positive + self.false_negative)
    }

    /// The share of a person's no that the system leaves alone.
    pub fn specificity(self) -> Option<Share> {
        Share::of(self.true_negative, self.true_negative + self.false_positive)
    }

    /// The harmonic mean of precision and recall; its interval is that of Jaccard's index, which is a share.
    pub fn f1(self) -> Option<Share> {
        let either = self.true_positive + self.false_positive + self.false_negative;
        let jaccard = Share::of(self.true_positive, either)?;
        let f1 = |jaccard: f64| 2.0 * jaccard / (1.0 + jaccard);
        let (from, to) = jaccard.interval;
        Some(Share { point: f1(jaccard.point), interval: (f1(from), f1(to)) })
    }

    /// As a table of two labels for [`kappa`]: no and yes, a person's by row.
    pub fn table(self) -> [Vec<u64>; 2] {
        [
            vec![self.true_negative, self.false_positive],
            vec![self.false_negative, self.true_positive],
        ]
    }

    /// A rate of the system's yes as it would be with a person's eyes: [`corrected_rate`].
    pub fn corrected(self, observed: f64) -> Option<f64> {
        corrected_rate(observed, self.recall()?.point, self.specificity()?.point)
    }
}

/// What a rate would be without wrong readings; Rogan and Gladen (1978), held to 0..1. None where the readings hardly tell yes
/// from no. Where the recall differs between two groups, so does the correction.
pub fn corrected_rate(observed: f64, sensitivity: f64, specificity: f64) -> Option<f64> {
    /// Youden's index below which the correction only multiplies noise.
    const LEAST: f64 = 0.2;
    let index = sensitivity + specificity - 1.0;
    (index >= LEAST).then(|| ((observed + specificity - 1.0) / index).clamp(0.0, 1.0))
}

/// Agreement beyond chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// 1 for full agreement, 0 for that of chance.
    pub point: f64,
    /// Its standard error.
    pub se: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
}

/// Cohen's kappa of two raters: `table[one][other]` counts the items by both labels. The standard error is that of Fleiss,
/// Cohen and Everitt (1969). None where both always say the same thing, or nothing.
pub fn kappa(table: &[Vec<u64>]) -> Option<Kappa> {
    let labels = table.len();
    let cell = |row: usize, column: usize| {
        table.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default()
    };
    let total: u64 = table.iter().flatten().sum();
    let n = total as f64;
    let row = |label: usize| (0..labels).map(|other| cell(label, other)).sum::<u64>() as f64 / n;
    let column = |label: usize| (0..labels).map(|other| cell(other, label)).sum::<u64>() as f64 / n;
    let observed = (0..labels).map(|label| cell(label, label)).sum::<u64>() as f64 / n;
    let chance: f64 = (0..labels).map(|label| row(label) * column(label)).sum();
    if total == 0 || chance >= 1.0 {
        return None;
    }
    let point = (observed - chance) / (1.0 - chance);
    let mut variance = -(point - chance * (1.0 - point)).powi(2);
    for one in 0..labels {
        for other in 0..labels {
            let share = cell(one, other) as f64 / n;
            let weight = (1.0 - point) * (column(one) + row(other));
            variance += share * if one == other { (1.0 - weight).powi(2) } else { weight.powi(2) };
        }
    }
    let se = (variance.max(0.0) / n).sqrt() / (1.0 - chance);
    Some(Kappa { point, se, interval: (point - Z95 * se, point + Z95 * se) })
}

/// What the labels are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Just different.
    Nominal,
    /// In order.
    Ordinal,
    /// As far apart as their numbers.
    Interval,
}

/// Krippendorff's alpha (2011) of any number of raters: for each item the labels that it was given, missing ones left out.
/// None where fewer than two labels occur on items with two or more raters.
pub fn alpha(items: &[Vec<i64>], level: Level) -> Option<f64> {
    // Pairs of labels on the same item, an item with m labels weighing m in all.
    let mut pairs: BTreeMap<(i64, i64), f64> = BTreeMap::new();
    let mut totals: BTreeMap<i64, f64> = BTreeMap::new();
    for labels in items.iter().filter(|labels| labels.len() > 1) {
        for (place, one) in labels.iter().enumerate() {
            *totals.entry(*one).or_default() += 1.0;
            for (_, other) in labels.iter().enumerate().filter(|(other, _)| *other != place) {
                *pairs.entry((*one, *other)).or_default() += 1.0 / (labels.len() - 1) as f64;
            }
        }
    }
    let distance = |one: i64, other: i64| match level {
        _ if one == other => 0.0,
        Level::Nominal => 1.0,
        Level::Ordinal => {
            let between: f64 = totals.range(one.min(other)..=one.max(other)).map(|(_, n)| n).sum();
            let ends = totals.get(&one).unwrap_or(&0.0) + totals.get(&other).unwrap_or(&0.0);
            (between - 0.5 * ends).powi(2)
        }
        Level::Interval => (one as f64 - other as f64).powi(2),
    };
    let n: f64 = totals.values().sum();
    let seen: f64 = pairs.iter().map(|(&(one, other), weight)| weight * distance(one, other)).sum();
    let by_chance: f64 = totals
        .iter()
        .flat_map(|(one, n)| totals.iter().map(move |(other, m)| (*one, *other, n * m)))
        .map(|(one, other, weight)| weight * distance(one, other))
        .sum();
    (by_chance > 0.0).then(|| 1.0 - (n - 1.0) * seen / by_chance)
}
