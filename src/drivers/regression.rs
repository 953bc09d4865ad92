//! Least squares of a target on 0/1 features, from the counts of a block alone: every centred sum has an exact integer
//! numerator, so a hundred million rows lose no digit.

use super::matrix::{Cholesky, Matrix};
use super::target::Target;
use crate::tally::Block;

/// A feature is collinear when less than this of its variance is left by the features before it.
const COLLINEAR: f64 = 1e-9;

/// The features of a fit and how they go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Gram {
    /// Rows.
    pub n: u64,
    /// The features, by falling support.
    pub features: Vec<usize>,
    /// Rows with each.
    pub supports: Vec<u64>,
    /// Their correlations.
    pub correlations: Matrix,
    /// n times the centred sum of squares of each: n c - c^2.
    spreads: Vec<f64>,
    factor: Cholesky,
}

impl Gram {
    /// Of the candidates those that vary and are not told by more frequent ones.
    pub fn of(block: &Block, candidates: impl IntoIterator<Item = usize>) -> Gram {
        let n = block.base();
        let centred = |one: usize, other: usize| {
            let product = i128::from(block.both(one, one)) * i128::from(block.both(other, other));
            (i128::from(n) * i128::from(block.both(one, other)) - product) as f64
        };
        let mut ordered: Vec<usize> =
            candidates.into_iter().filter(|&feature| centred(feature, feature) > 0.0).collect();
        ordered.sort_by_key(|&feature| (std::cmp::Reverse(block.both(feature, feature)), feature));
        let (mut features, mut spreads, mut factor) = (Vec::new(), Vec::new(), Cholesky::default());
        let mut cells: Vec<Vec<f64>> = Vec::new();
        for feature in ordered {
            let spread = centred(feature, feature);
            let mut row: Vec<f64> = features
                .iter()
                .zip(&spreads)
                .map(|(&other, other_spread): (&usize, &f64)| {
                    centred(feature, other) / (spread.sqrt() * other_spread.sqrt())
                })
                .collect();
            row.push(1.0);
            if factor.push(&row, COLLINEAR) {
                features.push(feature);
                spreads.push(spread);
                cells.push(row);
            }
        }
        let supports = features.iter().map(|&feature| block.both(feature, feature)).collect();
        let correlations = Matrix::new(features.len(), |row, column| cells[row][column]);
        Gram { n, features, supports, correlations, spreads, factor }
    }

    /// Where a feature stands among [`Gram::features`].
    pub fn place(&self, feature: usize) -> Option<usize> {
        self.features.iter().position(|&kept| kept == feature)
    }

    /// The least-squares fit of a target on all features; none when no degree of freedom is left, when there is no
    /// feature, or when the target does not vary. `block` is the one of [`Gram::of`].
    pub fn fit(&self, block: &Block, target: &Target) -> Option<Fit> {
        let (n, k) = (i128::from(self.n), self.features.len());
        let sum = target.sum(&block.texts);
        let spread = n * target.squares(&block.texts) - sum * sum;
        if k == 0 || n <= k as i128 + 1 || spread <= 0 {
            return None;
        }
        let (rows, spread) = (self.n as f64, spread as f64);
        let correlations: Vec<f64> = self
            .features
            .iter()
            .zip(&self.supports)
            .zip(&self.spreads)
            .map(|((&feature, &support), own)| {
                let centred = n * target.sum(block.feature(feature)) - i128::from(support) * sum;
                centred as f64 / (own.sqrt() * spread.sqrt())
            })
            .collect();
        let standardised = self.factor.solve(&correlations);
        let explained = standardised.iter().zip(&correlations).map(|(b, r)| b * r).sum::<f64>();
        let r2 = explained.clamp(0.0, 1.0);
        let df = rows - k as f64 - 1.0;
        let effects = self.unstandardised(&standardised, spread);
        let mean = sum as f64 / rows;
        let at_shares: f64 =
            effects.iter().zip(&self.supports).map(|(b, &support)| b * support as f64 / rows).sum();
        Some(Fit {
            mean,
            intercept: mean - at_shares,
            effects,
            r2,
            df,
            residual_variance: spread / rows * (1.0 - r2) / df,
            correlations,
            standardised,
            spread,
        })
    }

    /// The effects of a fit with Hoerl, Kennard and Baldwin's ridge (1975) on the scale of correlations.
    pub fn shrunk(&self, fit: &Fit) -> Vec<f64> {
        let k = self.features.len();
        let squares: f64 = fit.standardised.iter().map(|b| b * b).sum();
        let ridge = k as f64 * (1.0 - fit.r2) / fit.df / squares;
        let loaded = Matrix::new(k, |row, column| {
            self.correlations.at(row, column) + if row == column { ridge } else { 0.0 }
        });
        match Cholesky::of(&loaded).filter(|_| ridge.is_finite()) {
            Some(factor) => self.unstandardised(&factor.solve(&fit.correlations), fit.spread),
            None => vec![0.0; k],
        }
    }

    /// The inverse of the centred sums of products: times the residual variance, the covariances of the effects.
    pub fn inverse(&self) -> Matrix {
        let inverse = self.factor.inverse();
        let n = self.n as f64;
        Matrix::new(inverse.size(), |row, column| {
            inverse.at(row, column) * n / (self.spreads[row].sqrt() * self.spreads[column].sqrt())
        })
    }

    fn unstandardised(&self, standardised: &[f64], spread: f64) -> Vec<f64> {
        standardised
            .iter()
            .zip(&self.spreads)
            .map(|(b, own)| b * spread.sqrt() / own.sqrt())
            .collect()
    }
}

/// A least-squares fit. Lists go with [`Gram::features`].
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Mean of the target.
    pub mean: f64,
    /// What the fit expects of a row without any feature.
    pub intercept: f64,
    /// How much higher the target is with the feature, all others equal.
    pub effects: Vec<f64>,
    /// Share of the target's variance that the features track.
    pub r2: f64,
    /// Rows less features less one.
    pub df: f64,
    /// Variance of the target around the fit.
    pub residual_variance: f64,
    /// Correlation of each feature with the target.
    pub correlations: Vec<f64>,
    /// The effects on the scale of correlations.
    standardised: Vec<f64>,
    /// n times the centred sum of squares of the target.
    spread: f64,
}
