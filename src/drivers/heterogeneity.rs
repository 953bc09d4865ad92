//! Whether an effect differs between segments (stores, channels), and how much of a difference to believe.

use super::distribution::chi_squared_tail;
use super::model::{Rules, enough_rows, supported};
use super::multiplicity::benjamini_hochberg;
use super::target::Target;
use crate::tally::Block;

/// A feature's effect over the segments of a dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Heterogeneity {
    /// The feature.
    pub feature: usize,
    /// Cochran's Q: how far the effects lie from their mean, in squared errors.
    pub q_statistic: f64,
    /// Segments less one.
    pub df: usize,
    /// The chance of such a Q when the effects are the same.
    pub p: f64,
    /// Its false discovery rate over the features.
    pub q: Option<f64>,
    /// Variance of the true effects between segments; `DerSimonian` and Laird (1986).
    pub between: f64,
    /// Mean effect over the segments.
    pub pooled: f64,
    /// By segment, as far as it has a fit with the feature.
    pub segments: Vec<SegmentEffect>,
}

/// A feature's effect in a segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SegmentEffect {
    /// Position of the segment among those given.
    pub segment: usize,
    /// Effect of the segment's own fit.
    pub effect: f64,
    /// Its least-squares error.
    pub error: f64,
    /// Rows of the segment with the feature.
    pub support: u64,
    /// The effect drawn to the pooled one, the more the less it is known: the one to show.
    pub shrunk: f64,
}

/// Compares the segments of a dimension, each with its own fit, feature by feature. Features that fewer than two
/// segments have are left out, and so are segments with too few rows for their features.
pub fn heterogeneity(segments: &[&Block], target: &Target, rules: Rules) -> Vec<Heterogeneity> {
    let features = segments.iter().map(|block| block.shape.features()).max().unwrap_or_default();
    let mut effects: Vec<Vec<SegmentEffect>> = vec![Vec::new(); features];
    for (segment, block) in segments.iter().enumerate() {
        let gram = supported(block, rules.min_support).gram;
        let Some(fit) = gram.fit(block, target).filter(|_| enough_rows(&gram, rules)) else {
            continue;
        };
        let inverse = gram.inverse();
        for (place, (&feature, &effect)) in gram.features.iter().zip(&fit.effects).enumerate() {
            let error = (fit.residual_variance * inverse.at(place, place)).max(0.0).sqrt();
            if error > 0.0 {
                let support = gram.supports[place];
                effects[feature].push(SegmentEffect {
                    segment,
                    effect,
                    error,
                    support,
                    shrunk: effect,
                });
            }
        }
    }
    let compared = effects.into_iter().enumerate().filter(|(_, effects)| effects.len() > 1);
    let mut rows: Vec<Heterogeneity> =
        compared.map(|(feature, effects)| compare(feature, effects)).collect();
    let p: Vec<Option<f64>> = rows.iter().map(|row| Some(row.p)).collect();
    for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&p)) {
        row.q = q;
    }
    rows
}

/// The share of segments whose shown effect has the sign of the effect in all rows; none without segments or sign.
pub fn sign_stable_segments(effect: f64, rows: &[&Heterogeneity]) -> Option<f64> {
    let segments = rows.iter().flat_map(|row| &row.segments);
    let (all, same) = segments.fold((0u64, 0u64), |(all, same), segment| {
        (all + 1, same + u64::from(segment.shrunk * effect > 0.0))
    });
    (all > 0 && effect.abs() > 0.0).then(|| same as f64 / all as f64)
}

fn compare(feature: usize, mut segments: Vec<SegmentEffect>) -> Heterogeneity {
    let weights: Vec<f64> = segments.iter().map(|segment| segment.error.powi(-2)).collect();
    let mean = |weights: &[f64]| {
        let weighted =
            segments.iter().zip(weights).map(|(segment, weight)| segment.effect * weight);
        weighted.sum::<f64>() / weights.iter().sum::<f64>()
    };
    let fixed = mean(&weights);
    let squares = segments
        .iter()
        .zip(&weights)
        .map(|(segment, weight)| weight * (segment.effect - fixed).powi(2));
    let (q_statistic, df) = (squares.sum::<f64>(), segments.len() - 1);
    let sum: f64 = weights.iter().sum();
    let spread = sum - weights.iter().map(|weight| weight * weight).sum::<f64>() / sum;
    let between = if spread > 0.0 { ((q_statistic - df as f64) / spread).max(0.0) } else { 0.0 };
    let pooled =
        mean(&weights.iter().map(|weight| 1.0 / (1.0 / weight + between)).collect::<Vec<f64>>());
    for segment in &mut segments {
        let own = between / (between + segment.error * segment.error);
        segment.shrunk = pooled + own * (segment.effect - pooled);
    }
    Heterogeneity {
        feature,
        q_statistic,
        df,
        p: chi_squared_tail(q_statistic, df as f64),
        q: None,
        between,
        pooled,
        segments,
    }
}
