//! Size, mean and variance of some responses: what comparisons of means need.

use super::target::Target;
use crate::tally::{Block, PARTS};

/// Size, mean and variance of some responses.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sample {
    /// Responses.
    pub n: u64,
    /// Their mean; 0 without responses.
    pub mean: f64,
    /// Their variance with n - 1 below; 0 for fewer than two.
    pub variance: f64,
}

impl Sample {
    /// The scores of a block, decimals included, with or without text.
    pub fn scores(block: &Block) -> Sample {
        Sample::exact(block.scored(), block.sum, block.squares, PARTS as f64)
    }

    /// A target over responses counted by bin: the NPS, a share, the score in whole points.
    pub fn of(counts: &[u64], target: &Target) -> Sample {
        Sample::exact(counts.iter().sum(), target.sum(counts), target.squares(counts), 1.0)
    }

    /// The share of responses with something: `count` of `n`.
    pub fn share(count: u64, n: u64) -> Sample {
        Sample::exact(n, i128::from(count), i128::from(count), 1.0)
    }

    /// The variance of the mean; none for fewer than two responses.
    pub fn mean_variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.variance / self.n as f64)
    }

    /// From exact sums in parts of a unit.
    fn exact(n: u64, sum: i128, squares: i128, parts: f64) -> Sample {
        let rows = i128::from(n);
        let mean = if n > 0 { sum as f64 / parts / n as f64 } else { 0.0 };
        let variance = if n > 1 {
            (rows * squares - sum * sum) as f64 / (rows * (rows - 1)) as f64 / (parts * parts)
        } else {
            0.0
        };
        Sample { n, mean, variance }
    }
}
