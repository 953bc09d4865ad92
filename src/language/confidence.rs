//! How likely the answer is right: a logistic map of the margin between the best two lanes and the number of features,
//! fitted by the trainer on samples that it drew after training.

use super::model::NUMBERS;

/// Between 0 and 1. `margin` is in log-odds.
pub(super) fn confidence(margin: f32, features: u32) -> f64 {
    let [start, slope, with_features] = NUMBERS.confidence.map(f64::from);
    let count = f64::from(features.max(1)).ln();
    let log_odds = start + f64::from(margin) * (slope + with_features * count);
    1.0 / (1.0 + (-log_odds).exp())
}
