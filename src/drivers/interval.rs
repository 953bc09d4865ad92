//! Confidence intervals of shares and of their differences, 95 %.

use super::distribution::Z95 as Z;

/// Wilson's score interval of the share `count / total`; Wilson (1927). The whole range for an empty base.
pub fn wilson(count: u64, total: u64) -> (f64, f64) {
    if total == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (total as f64, count as f64 / total as f64);
    let scale = 1.0 + Z * Z / n;
    let centre = (p + Z * Z / (2.0 * n)) / scale;
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
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
}
