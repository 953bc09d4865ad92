//! Customers who meet several touchpoints: which one is the worst, and how often a great one hides a failure elsewhere.
//! A fold over customers in order; only counts leave it.

use super::interval::wilson;
use super::matrix::Cholesky;
use crate::tally::PARTS;

/// Means are kept in parts of a point of 2^-30, so that their sums are exact whatever the order.
const FINE: i128 = 1 << 30;

/// The answers of a customer at a touchpoint, or a part of them. Scores are in parts of a point ([`PARTS`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Hash of the customer.
    pub customer: u64,
    /// Position of the touchpoint, in alphabetical order.
    pub touchpoint: usize,
    /// Day of the latest of them.
    pub day: i32,
    /// Answers.
    pub n: u64,
    /// Sum of their scores.
    pub sum: i64,
    /// The least score.
    pub least: i64,
    /// The latest score.
    pub last: i64,
}

/// What counts as great and as failed, and which touchpoint stands for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// From this score on a touchpoint is great, in parts of a point.
    pub great: i64,
    /// Down to this score it has failed, in parts of a point.
    pub failed: i64,
    /// A touchpoint whose scores are of the whole journey: no part of it.
    pub overall: Option<usize>,
    /// Visits longer than this before the customer's last one belong to an earlier journey, which is not counted.
    pub days: u32,
}

/// Journeys of all customers.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Customers with a score.
    pub customers: u64,
    /// Those with two touchpoints or more: the base of what follows.
    pub several: u64,
    /// Mean over them of the customer's mean over touchpoints.
    pub mean_of_means: Option<f64>,
    /// Mean over them of the customer's least score.
    pub mean_of_least: Option<f64>,
    /// By touchpoint.
    pub touchpoints: Vec<Touchpoint>,
    /// What the score of the whole goes with, where there is one.
    pub overall: Option<Weights>,
}

/// A touchpoint among others.
#[derive(Debug, Clone, PartialEq)]
pub struct Touchpoint {
    /// Mean of its scores over all customers, those with this touchpoint only included.
    pub mean_score: Option<f64>,
    /// Customers with it and another.
    pub several: u64,
    /// Those of them who find it great.
    pub great: u64,
    /// Those of these for whom another touchpoint has failed: the failure that a great touchpoint hides.
    pub hidden: u64,
    /// Their share of the great ones.
    pub hidden_rate: Option<f64>,
    /// Its 95 % interval.
    pub hidden_interval: Option<(f64, f64)>,
    /// Customers with several touchpoints for whom it is the worst; of equals the alphabetically first.
    pub worst: u64,
    /// Mean of the least score anywhere, over the customers with it and another.
    pub mean_least: Option<f64>,
}

/// Least squares of the score of the whole on the customer's mean, least and last score of touchpoints.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Customers with a score of the whole and several touchpoints.
    pub n: u64,
    /// Weight of the mean.
    pub mean: f64,
    /// Weight of the least: what one failure costs beyond its part of the mean.
    pub least: f64,
    /// Weight of the last.
    pub last: f64,
    /// Share of the variance that the three tell.
    pub r2: f64,
}

/// Follows the journeys of visits that come customer by customer, those of `touchpoints` positions.
pub fn journey(
    visits: impl IntoIterator<Item = Visit>,
    touchpoints: usize,
    rules: Rules,
) -> Journey {
    let mut fold = Fold::new(touchpoints);
    let mut own: Vec<Visit> = Vec::new();
    for visit in visits {
        if visit.n == 0 || visit.touchpoint >= touchpoints {
            continue;
        }
        if own.first().is_some_and(|first| first.customer != visit.customer) {
            fold.customer(&own, rules);
            own.clear();
        }
        own.push(visit);
    }
    if !own.is_empty() {
        fold.customer(&own, rules);
    }
    fold.finish()
}

/// Sums over customers.
struct Fold {
    customers: u64,
    several: u64,
    means: i128,
    least: i128,
    touchpoints: Vec<Counts>,
    overall: Moments,
}

#[derive(Clone, Default)]
struct Counts {
    answers: u64,
    sum: i128,
    several: u64,
    great: u64,
    hidden: u64,
    worst: u64,
    least: i128,
}

/// Sums and sums of products of a customer's mean, least, last and overall score, in [`FINE`] parts.
#[derive(Default)]
struct Moments {
    n: u64,
    sums: [i128; 4],
    products: [[i128; 4]; 4],
}

impl Fold {
    fn new(touchpoints: usize) -> Fold {
        Fold {
            customers: 0,
            several: 0,
            means: 0,
            least: 0,
            touchpoints: vec![Counts::default(); touchpoints],
            overall: Moments::default(),
        }
    }

    /// Adds the visits of one customer.
    fn customer(&mut self, visits: &[Visit], rules: Rules) {
        let end = visits.iter().map(|visit| i64::from(visit.day)).max().unwrap_or_default();
        let (whole, mut met): (Vec<Visit>, Vec<Visit>) = visits
            .iter()
            .filter(|visit| end - i64::from(visit.day) <= i64::from(rules.days))
            .partition(|visit| Some(visit.touchpoint) == rules.overall);
        if met.is_empty() {
            return;
        }
        let last = fine(latest(&met), 1);
        join(&mut met);
        self.customers += 1;
        for visit in &met {
            let counts = &mut self.touchpoints[visit.touchpoint];
            counts.answers += visit.n;
            counts.sum += i128::from(visit.sum);
        }
        if met.len() < 2 {
            return;
        }
        self.several += 1;
        let mean =
            met.iter().map(|visit| fine(visit.sum, visit.n)).sum::<i128>() / met.len() as i128;
        self.means += mean;
        let Some(worst) = met.iter().min_by_key(|visit| (visit.least, visit.touchpoint)) else {
            return;
        };
        self.least += i128::from(worst.least);
        self.touchpoints[worst.touchpoint].worst += 1;
        for visit in &met {
            let elsewhere = met.iter().filter(|other| other.touchpoint != visit.touchpoint);
            let counts = &mut self.touchpoints[visit.touchpoint];
            counts.several += 1;
            counts.least += i128::from(worst.least);
            if i128::from(visit.sum) >= i128::from(rules.great) * i128::from(visit.n) {
                counts.great += 1;
                let failed = elsewhere.map(|other| other.least).any(|least| least <= rules.failed);
                counts.hidden += u64::from(failed);
            }
        }
        if !whole.is_empty() {
            self.overall.add([mean, fine(worst.least, 1), last, fine(latest(&whole), 1)]);
        }
    }

    fn finish(self) -> Journey {
        let mean =
            |sum: i128, unit: i128, n: u64| (n > 0).then(|| sum as f64 / unit as f64 / n as f64);
        Journey {
            customers: self.customers,
            several: self.several,
            mean_of_means: mean(self.means, FINE, self.several),
            mean_of_least: mean(self.least, PARTS, self.several),
            touchpoints: self
                .touchpoints
                .into_iter()
                .map(|counts| Touchpoint {
                    mean_score: mean(counts.sum, PARTS, counts.answers),
                    several: counts.several,
                    great: counts.great,
                    hidden: counts.hidden,
                    hidden_rate: mean(i128::from(counts.hidden), 1, counts.great),
                    hidden_interval: (counts.great > 0)
                        .then(|| wilson(counts.hidden, counts.great)),
                    worst: counts.worst,
                    mean_least: mean(counts.least, PARTS, counts.several),
                })
                .collect(),
            overall: self.overall.weights(),
        }
    }
}

impl Moments {
    fn add(&mut self, values: [i128; 4]) {
        self.n += 1;
        for (row, value) in values.iter().enumerate() {
            self.sums[row] += value;
            for (product, other) in self.products[row].iter_mut().zip(values) {
                *product += value * other;
            }
        }
    }

    /// None for too few customers, or when mean, least and last cannot be told apart.
    fn weights(&self) -> Option<Weights> {
        const LEAST_CUSTOMERS: u64 = 30;
        if self.n < LEAST_CUSTOMERS {
            return None;
        }
        let centred = |one: usize, other: usize| {
            (i128::from(self.n) * self.products[one][other] - self.sums[one] * self.sums[other])
                as f64
        };
        let spread = |one: usize| centred(one, one).sqrt();
        if (0..4).any(|one| centred(one, one) <= 0.0) {
            return None;
        }
        let correlation = |one: usize, other: usize| {
            if one == other { 1.0 } else { centred(one, other) / spread(one) / spread(other) }
        };
        let mut factor = Cholesky::default();
        let independent = (0..3).all(|row| {
            let cells: Vec<f64> = (0..=row).map(|column| correlation(row, column)).collect();
            factor.push(&cells, 1e-9)
        });
        if !independent {
            return None;
        }
        let with_overall: Vec<f64> = (0..3).map(|row| correlation(row, 3)).collect();
        let weights = factor.solve(&with_overall);
        let r2 = weights.iter().zip(&with_overall).map(|(b, r)| b * r).sum::<f64>().clamp(0.0, 1.0);
        let weight = |place: usize| weights[place] * spread(3) / spread(place);
        Some(Weights { n: self.n, mean: weight(0), least: weight(1), last: weight(2), r2 })
    }
}

/// The latest score; of the same day that of the last touchpoint.
fn latest(visits: &[Visit]) -> i64 {
    visits.iter().max_by_key(|visit| (visit.day, visit.touchpoint)).map_or(0, |visit| visit.last)
}

/// Makes one of all visits of a touchpoint.
fn join(visits: &mut Vec<Visit>) {
    visits.sort_by_key(|visit| (visit.touchpoint, visit.day));
    visits.dedup_by(|later, kept| {
        let same = later.touchpoint == kept.touchpoint;
        if same {
            kept.n += later.n;
            kept.sum += later.sum;
            kept.least = kept.least.min(later.least);
            kept.last = later.last;
            kept.day = later.day;
        }
        same
    });
}

/// The mean of `n` scores in [`FINE`] parts, rounded.
fn fine(sum: i64, n: u64) -> i128 {
    let below = i128::from(n.max(1)) * PARTS;
    (2 * i128::from(sum) * FINE + below).div_euclid(2 * below)
}
