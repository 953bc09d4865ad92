//! How much of the differences in score each feature tracks.

use super::matrix::{Matrix, eigen};

/// Johnson's relative weights (2000): what the squared multiple correlation divides into, fair to correlated features.
/// `features` are their correlations with each other, `target` those with the target; the weights sum to R squared.
pub fn relative_weights(features: &Matrix, target: &[f64]) -> Vec<f64> {
    let size = features.size();
    // The orthogonal variables nearest to the features: R^(1/2) relates them, R^(-1/2) r is the target seen by them.
    let mut root = vec![0.0; size * size];
    let mut seen = vec![0.0; size];
    for (value, vector) in eigen(features) {
        // The features are not collinear; below zero is rounding.
        let scale = value.max(f64::EPSILON).sqrt();
        let along: f64 = vector.iter().zip(target).map(|(v, r)| v * r).sum::<f64>() / scale;
        for (row, v) in vector.iter().enumerate() {
            seen[row] += v * along;
            for (cell, other) in root[row * size..].iter_mut().zip(&vector) {
                *cell += scale * v * other;
            }
        }
    }
    root.chunks(size.max(1))
        .map(|row| row.iter().zip(&seen).map(|(cell, b)| cell * cell * b * b).sum())
        .collect()
}

/// The weights as shares of their sum; none when they are all zero.
pub fn shares(weights: &[f64]) -> Option<Vec<f64>> {
    let sum: f64 = weights.iter().sum();
    (sum > 0.0).then(|| weights.iter().map(|weight| weight / sum).collect())
}
