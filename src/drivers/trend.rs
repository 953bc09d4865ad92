//! Whether a share rises or falls over the periods.

use super::contrasts::Mentions;
use super::distribution::normal_two_sided;

/// A trend of a share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// The trend in standard errors; positive where the share rises.
    pub z: f64,
    /// Its two-sided p.
    pub p: f64,
}

/// The test of Cochran (1954) and Armitage (1955) over periods equally far apart. Periods without responses add nothing; none
/// where nothing varies or fewer than two periods have responses. In whole numbers up to the last step.
pub fn cochran_armitage(periods: &[Mentions]) -> Option<Trend> {
    let [mut n, mut x, mut step_n, mut step_x, mut square_n] = [0i128; 5];
    for (step, period) in (0i128..).zip(periods) {
        let (base, count) = (i128::from(period.base), i128::from(period.count));
        n += base;
        x += count;
        step_n += step * base;
        step_x += step * count;
        square_n += step * step * base;
    }
    let spread = n * square_n - step_n * step_n;
    if x <= 0 || x >= n || spread <= 0 {
        return None;
    }
    let difference = (n * step_x - x * step_n) as f64;
    let z = difference / (x as f64 * (n - x) as f64 * (spread as f64 / n as f64)).sqrt();
    Some(Trend { z, p: normal_two_sided(z) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(periods: &[(u64, u64)]) -> Option<Trend> {
        let periods: Vec<Mentions> =
            periods.iter().map(|&(count, base)| Mentions { count, base }).collect();
        cochran_armitage(&periods)
    }

    #[test]
    fn nothing_varies() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(3, 10)]), None);
        assert_eq!(of(&[(0, 0), (3, 10), (0, 0)]), None);
        assert_eq!(of(&[(0, 10), (0, 10)]), None);
        assert_eq!(of(&[(10, 10), (5, 5)]), None);
    }

    #[test]
    fn a_gap_between_periods_counts_and_large_counts_are_exact() {
        assert!(of(&[(1, 10), (0, 0), (5, 10)]).unwrap().z > 0.0);
        let large = of(&[(10_000_000, 100_000_000), (10_000_001, 100_000_000)]).unwrap();
        // One more in a hundred million: 1e-8 over sqrt(2 * 0.09 / 1e8).
        assert!((large.z / 2.357_022_6e-4 - 1.0).abs() < 1e-6, "{}", large.z);
    }
}
