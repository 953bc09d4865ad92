//! What is mentioned more in the last period than before, and not because it comes in bursts anyway.
//!
//! A plain binomial test takes every burst for news: with an over-dispersion of .05, 56 % of what it finds is none. Here the
//! earlier periods say how much a count varies, each by itself and all together.

use super::contrasts::Mentions;
use super::distribution::{binomial_tail, student_tail};
use super::multiplicity::benjamini_hochberg;

/// Degrees of freedom that the common dispersion is worth beside a series' own.
const PRIOR_FREEDOM: f64 = 12.0;

/// Mentions before the last period from which a series' own dispersion says something.
const LEAST_BASELINE: u64 = 10;

/// Something in the last period against all earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Emerging {
    /// Its position in what was asked.
    pub position: usize,
    /// Mentions in the last period.
    pub current: Mentions,
    /// Mentions before.
    pub baseline: Mentions,
    /// How many times as often; with half a mention added to both.
    pub ratio: f64,
    /// By how much its variance exceeds that of independent mentions.
    pub phi: f64,
    /// The rise in standard errors.
    pub z: f64,
    /// Degrees of freedom of `z`.
    pub df: f64,
    /// P of such a rise by Student's t.
    pub p_student: f64,
    /// P of such a rise by the exact binomial test.
    pub p_binomial: f64,
    /// The larger of the two.
    pub p: f64,
    /// The false discovery rate among all with enough mentions now; none for the others.
    pub q: Option<f64>,
}

/// What emerges.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Emergence {
    /// The common dispersion of a negative binomial count.
    pub dispersion: f64,
    /// One row for each series with responses in the last period and before, in their order.
    pub rows: Vec<Emerging>,
}

/// The mentions of each series by period, oldest first, the last being the current one. Trusted from five periods on.
pub fn emerging(series: &[Vec<Mentions>], min_support: u64) -> Emergence {
    let baselines: Vec<Baseline> = series
        .iter()
        .enumerate()
        .filter_map(|(position, periods)| Baseline::of(position, periods))
        .collect();
    let dispersion = common_dispersion(&baselines);
    let mut rows: Vec<Emerging> =
        baselines.iter().map(|baseline| baseline.rise(dispersion)).collect();
    let p: Vec<Option<f64>> =
        rows.iter().map(|row| (row.current.count >= min_support).then_some(row.p)).collect();
    for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&p)) {
        row.q = q;
    }
    Emergence { dispersion, rows }
}

/// The method of moments over all series with enough mentions: the excess of chi squared over its expectation.
fn common_dispersion(baselines: &[Baseline]) -> f64 {
    let used = || baselines.iter().filter(|b| b.all.count >= LEAST_BASELINE && b.freedom > 0.0);
    let expected: f64 = used().map(|b| b.freedom * b.mean).sum();
    let excess: f64 = used().map(|b| b.chi_squared - b.freedom).sum();
    if expected > 0.0 { (excess / expected).max(0.0) } else { 0.0 }
}

/// The periods before the last.
struct Baseline {
    position: usize,
    current: Mentions,
    all: Mentions,
    /// Of the earlier periods against one rate.
    chi_squared: f64,
    /// Its degrees of freedom.
    freedom: f64,
    /// Mentions by period.
    mean: f64,
}

impl Baseline {
    fn of(position: usize, periods: &[Mentions]) -> Option<Baseline> {
        let (current, earlier) = periods.split_last()?;
        let all = Mentions {
            count: earlier.iter().map(|period| period.count).sum(),
            base: earlier.iter().map(|period| period.base).sum(),
        };
        if current.base == 0 || all.base == 0 {
            return None;
        }
        let rate = all.count as f64 / all.base as f64;
        let chi = |period: &Mentions| {
            let expected = rate * period.base as f64;
            // A period without responses says nothing.
            if expected > 0.0 { (period.count as f64 - expected).powi(2) / expected } else { 0.0 }
        };
        let freedom = earlier.len() as f64 - 1.0;
        Some(Baseline {
            position,
            current: *current,
            all,
            chi_squared: earlier.iter().map(chi).sum(),
            freedom,
            mean: all.count as f64 / earlier.len() as f64,
        })
    }

    fn rise(&self, dispersion: f64) -> Emerging {
        let (now, before) = (self.current.count as f64, self.all.count as f64);
        let (base_now, base_before) = (self.current.base as f64, self.all.base as f64);
        let own = if self.all.count >= LEAST_BASELINE { self.chi_squared } else { self.freedom };
        let df = PRIOR_FREEDOM + self.freedom;
        let phi = ((PRIOR_FREEDOM * (1.0 + dispersion * self.mean) + own) / df).max(1.0);
        let expected = base_now * (before + 0.5) / base_before;
        // Square roots of counts vary alike (Anscombe 1948).
        let rise = 2.0 * ((now + 0.375).sqrt() - (expected + 0.375).sqrt());
        let z = rise / (phi * (1.0 + base_now / base_before)).sqrt();
        let p_student = student_tail(z, df);
        let all = self.current.count + self.all.count;
        let p_binomial =
            binomial_tail(self.current.count, all, base_now / (base_now + base_before));
        Emerging {
            position: self.position,
            current: self.current,
            baseline: self.all,
            ratio: ((now + 0.5) / (base_now + 0.5)) / ((before + 0.5) / (base_before + 0.5)),
            phi,
            z,
            df,
            p_student,
            p_binomial,
            p: p_student.max(p_binomial),
            q: None,
        }
    }
}
