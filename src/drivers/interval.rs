//! Confidence intervals, 95 %: of shares, of the NPS, of means, and of differences between independent groups.

use super::distribution::{Z95 as Z, student_two_sided_point};

/// Wilson's score interval of the share `count / total`; Wilson (1927). The whole range for an empty base.
pub fn wilson(count: u64, total: u64) -> (f64, f64) {
    if total == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (total as f64, count as f64 / total as f64);
    let scale = 1.0 + Z * Z / n;
    let centre = (p + Z * Z / (2.0 * n)) / scale;
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).max(0.0).sqrt() / scale;
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// Newcombe's interval (1998, method 10) of the difference of two independent shares, from Wilson's intervals.
pub fn newcombe((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> (f64, f64) {
    if n1 == 0 || n2 == 0 {
        return (-1.0, 1.0);
    }
    let (p1, p2) = (x1 as f64 / n1 as f64, x2 as f64 / n2 as f64);
    let ((l1, u1), (l2, u2)) = (wilson(x1, n1), wilson(x2, n2));
    let difference = p1 - p2;
    (difference - (p1 - l1).hypot(u2 - p2), difference + (u1 - p1).hypot(p2 - l2))
}

/// The interval of Agresti and Caffo (2000) of the same difference, and the point and variance behind it: those of the
/// shares with one success and one failure added. Its variance is never zero, which pooling over strata asks for.
pub fn agresti_caffo((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> Adjusted {
    let share = |x: u64, n: u64| {
        let (p, n) = ((x + 1) as f64 / (n + 2) as f64, (n + 2) as f64);
        (p, (p * (1.0 - p) / n).max(0.0))
    };
    let ((p1, v1), (p2, v2)) = (share(x1, n1), share(x2, n2));
    Adjusted { point: p1 - p2, variance: v1 + v2 }
}

/// Promoters and detractors of a number of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recommendation {
    /// Answers 9-10.
    pub promoters: u64,
    /// Answers 0-6.
    pub detractors: u64,
    /// All valid answers.
    pub total: u64,
}

impl Recommendation {
    /// The Net Promoter Score, -100 to 100; none without answers.
    pub fn nps(self) -> Option<f64> {
        let balance = i128::from(self.promoters) - i128::from(self.detractors);
        (self.total > 0).then(|| 100.0 * balance as f64 / self.total as f64)
    }

    /// Its interval by the adjusted Wald method "3": three quarters of an answer at each end and one and a half between.
    /// Over 58 true scores its exact coverage is at least 92.7 % from 20 answers on, where plain Wald falls to 45 %.
    pub fn interval(self) -> Option<(f64, f64)> {
        let (from, to) = self.adjusted().interval();
        (self.total > 0).then(|| (from.max(-100.0), to.min(100.0)))
    }

    /// The difference to a disjoint group in points of NPS, with its interval.
    pub fn difference(self, other: Recommendation) -> Option<(f64, (f64, f64))> {
        let (mine, theirs) = (self.adjusted(), other.adjusted());
        let difference = Adjusted {
            point: mine.point - theirs.point,
            variance: mine.variance + theirs.variance,
        };
        let (from, to) = difference.interval();
        Some((self.nps()? - other.nps()?, (from.max(-200.0), to.min(200.0))))
    }

    fn adjusted(self) -> Adjusted {
        let n = self.total as f64 + 3.0;
        let (p, d) = ((self.promoters as f64 + 0.75) / n, (self.detractors as f64 + 0.75) / n);
        let point = p - d;
        Adjusted { point: 100.0 * point, variance: 1e4 * ((p + d - point * point) / n).max(0.0) }
    }
}

/// A point that pseudo-observations moved towards the middle, and its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adjusted {
    /// The point, in the unit of the figure.
    pub point: f64,
    /// Its variance, in the squared unit.
    pub variance: f64,
}

impl Adjusted {
    /// The normal interval around the point.
    pub fn interval(self) -> (f64, f64) {
        let half = Z * self.variance.sqrt();
        (self.point - half, self.point + half)
    }
}

/// Student's interval of a mean of `n` values with standard deviation `sd`; none where nothing varies: agreement among a
/// few is no certainty.
pub fn mean_interval(mean: f64, sd: f64, n: u64) -> Option<(f64, f64)> {
    if n < 2 || sd <= 0.0 {
        return None;
    }
    let half = student_two_sided_point(0.05, (n - 1) as f64) * sd / (n as f64).sqrt();
    Some((mean - half, mean + half))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: (f64, f64), b: (f64, f64)) -> bool {
        (a.0 - b.0).abs() < 5e-5 && (a.1 - b.1).abs() < 5e-5
    }

    #[test]
    fn published_examples_are_reproduced() {
        // Newcombe (1998), Statistics in Medicine 17: 873-890, table II, method 10.
        assert!(near(newcombe((56, 70), (48, 80)), (0.0524, 0.3339)));
        assert!(near(newcombe((9, 10), (3, 10)), (0.1705, 0.8090)));
        assert!(near(newcombe((10, 10), (0, 10)), (0.6075, 1.0000)));
        // Newcombe (1998), Statistics in Medicine 17: 857-872, 81 of 263.
        assert!(near(wilson(81, 263), (0.2553, 0.3662)));
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn small_bases_give_wide_intervals_and_none_gives_none() {
        let answers =
            |promoters, detractors, total| Recommendation { promoters, detractors, total };
        assert_eq!(answers(0, 0, 0).nps(), None);
        assert_eq!(answers(0, 0, 0).interval(), None);
        assert_eq!(answers(0, 0, 0).difference(answers(1, 0, 1)), None);
        for n in 1..30 {
            let (from, to) = answers(n, 0, n).interval().unwrap();
            assert!(from < 100.0 && to <= 100.0 && to - from > 10.0, "{n} of {n}: {from} to {to}");
        }
        let (difference, (from, to)) = answers(9, 1, 10).difference(answers(1, 9, 10)).unwrap();
        assert!((difference - 160.0).abs() < 1e-12 && from > 50.0 && to < 200.0);
        assert_eq!(mean_interval(8.0, 0.0, 60), None);
        assert_eq!(mean_interval(8.0, 1.0, 1), None);
    }
}
