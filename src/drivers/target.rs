//! What a fit or a comparison is about: the worth of each score, in whole units, so that sums are exact.

/// First and last bin of a group of scores, both included.
pub type Bins = (usize, usize);

/// The worth of a response by the bin of its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// By bin.
    pub points: Vec<i64>,
}

impl Target {
    /// The score itself, of a scale with `bins` whole points from `least`.
    pub fn score(bins: usize, least: i64) -> Target {
        Target { points: (least..).take(bins).collect() }
    }

    /// 100 within `high`, -100 within `low`, else 0: its mean is the NPS.
    pub fn net(bins: usize, high: Bins, low: Bins) -> Target {
        let points =
            (0..bins).map(|bin| 100 * (i64::from(inside(bin, high)) - i64::from(inside(bin, low))));
        Target { points: points.collect() }
    }

    /// 1 within `band`, else 0: its mean is a share.
    pub fn share(bins: usize, band: Bins) -> Target {
        Target { points: (0..bins).map(|bin| i64::from(inside(bin, band))).collect() }
    }

    /// Sum over responses counted by bin.
    pub fn sum(&self, counts: &[u64]) -> i128 {
        self.points.iter().zip(counts).map(|(points, n)| i128::from(*points) * i128::from(*n)).sum()
    }

    /// Sum of squares over responses counted by bin.
    pub fn squares(&self, counts: &[u64]) -> i128 {
        let square = |points: i64| i128::from(points) * i128::from(points);
        self.points.iter().zip(counts).map(|(points, n)| square(*points) * i128::from(*n)).sum()
    }

    /// Mean over responses counted by bin; none without responses.
    pub fn mean(&self, counts: &[u64]) -> Option<f64> {
        let n: u64 = counts.iter().sum();
        (n > 0).then(|| self.sum(counts) as f64 / n as f64)
    }
}

/// Responses within a group of scores.
pub fn within(counts: &[u64], (first, last): Bins) -> u64 {
    counts.iter().take(last.saturating_add(1)).skip(first).sum()
}

fn inside(bin: usize, (first, last): Bins) -> bool {
    (first..=last).contains(&bin)
}
