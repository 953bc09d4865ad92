//! Whether a contrast holds within the segments of a dimension or only comes from their mix (Simpson's paradox), and
//! whether segments keep their order once they serve the same mix.

use super::distribution::{Z95, chi_squared_tail};
use super::sample::Sample;
use super::status::Status;

/// A contrast within one segment: mentions of rows in the high and in the low group of scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stratum {
    /// Mentions of rows in the high group.
    pub high: (u64, u64),
    /// Mentions of rows in the low group.
    pub low: (u64, u64),
}

/// A contrast over all segments and within them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guard {
    /// Difference of shares, segments ignored.
    pub crude: f64,
    /// Difference of shares within segments, after Mantel and Haenszel (1959).
    pub within: f64,
    /// Its error, after Sato (1989).
    pub error: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
    /// Odds ratio within segments, after Mantel and Haenszel; none where it is zero, infinite or of one segment only.
    pub odds_ratio: Option<f64>,
    /// Error of its logarithm, after Robins, Breslow and Greenland (1986).
    pub log_odds_error: Option<f64>,
    /// Cochran's Q over the segments.
    pub q_statistic: f64,
    /// Segments with both groups less one.
    pub df: usize,
    /// The chance of such a Q when the difference is the same in all; none for one segment. Small: an interaction.
    pub p: Option<f64>,
    /// Within segments the difference surely has the opposite sign.
    pub reversal: bool,
    /// Within segments the difference is surely another, by more than half of the crude one.
    pub confounded: bool,
}

/// Compares a contrast over all segments with the one within them.
///
/// # Errors
/// When one of the groups is empty, or no segment has both.
pub fn guard(strata: &[Stratum]) -> Result<Guard, Status> {
    let sums = strata.iter().fold([0u64; 4], |sums, stratum| {
        [
            sums[0] + stratum.high.0,
            sums[1] + stratum.high.1,
            sums[2] + stratum.low.0,
            sums[3] + stratum.low.1,
        ]
    });
    let both = |stratum: &&Stratum| stratum.high.1 > 0 && stratum.low.1 > 0;
    let used: Vec<[f64; 4]> = strata
        .iter()
        .filter(both)
        .map(|stratum| {
            [stratum.high.0, stratum.high.1, stratum.low.0, stratum.low.1].map(|count| count as f64)
        })
        .collect();
    if used.is_empty() {
        return Err(Status::EmptyBand);
    }
    let crude = sums[0] as f64 / sums[1] as f64 - sums[2] as f64 / sums[3] as f64;
    let sum = |term: fn(&[f64; 4]) -> f64| used.iter().map(term).sum::<f64>();
    let weight = sum(|[_, n1, _, n2]| n1 * n2 / (n1 + n2));
    let within = sum(|[x1, n1, x2, n2]| (x1 * n2 - x2 * n1) / (n1 + n2)) / weight;
    let p = sum(|[x1, n1, x2, n2]| {
        (n1 * n1 * x2 - n2 * n2 * x1 + n1 * n2 * (n2 - n1) / 2.0) / (n1 + n2).powi(2)
    });
    let q = sum(|[x1, n1, x2, n2]| (x1 * (n2 - x2) + x2 * (n1 - x1)) / (2.0 * (n1 + n2)));
    let error = ((within * p + q) / weight.powi(2)).max(0.0).sqrt();
    let (q_statistic, df) = (cochran(&used), used.len() - 1);
    let (odds_ratio, log_odds_error) = odds_ratio(&used).unzip();
    let gap = (crude - within).abs();
    Ok(Guard {
        crude,
        within,
        error,
        interval: (within - Z95 * error, within + Z95 * error),
        odds_ratio,
        log_odds_error,
        q_statistic,
        df,
        p: (df > 0).then(|| chi_squared_tail(q_statistic, df as f64)),
        reversal: crude * within < 0.0 && within.abs() > Z95 * error,
        confounded: gap > Z95 * error && gap > 0.5 * crude.abs(),
    })
}

/// Cochran's Q over the differences with Agresti and Caffo's (2000) one mention and one other added to each group.
fn cochran(used: &[[f64; 4]]) -> f64 {
    let differences: Vec<(f64, f64)> = used
        .iter()
        .map(|[x1, n1, x2, n2]| {
            let (p1, p2) = ((x1 + 1.0) / (n1 + 2.0), (x2 + 1.0) / (n2 + 2.0));
            (p1 - p2, 1.0 / (p1 * (1.0 - p1) / (n1 + 2.0) + p2 * (1.0 - p2) / (n2 + 2.0)))
        })
        .collect();
    let weight: f64 = differences.iter().map(|(_, w)| w).sum();
    let mean = differences.iter().map(|(difference, w)| difference * w).sum::<f64>() / weight;
    differences.iter().map(|(difference, w)| w * (difference - mean).powi(2)).sum()
}

/// The pooled odds ratio with the error of its logarithm.
fn odds_ratio(used: &[[f64; 4]]) -> Option<(f64, f64)> {
    let varied = used.iter().filter(|[x1, n1, x2, n2]| x1 + x2 > 0.0 && x1 + x2 < n1 + n2);
    let (mut strata, mut sums) = (0, [0.0; 5]);
    for [x1, n1, x2, n2] in varied {
        let n = n1 + n2;
        // Agreement and disagreement of group and mention: shares of rows, and cross products.
        let (p, q) = ((x1 + n2 - x2) / n, (x2 + n1 - x1) / n);
        let (r, s) = (x1 * (n2 - x2) / n, x2 * (n1 - x1) / n);
        strata += 1;
        for (sum, term) in sums.iter_mut().zip([r, s, p * r, p * s + q * r, q * s]) {
            *sum += term;
        }
    }
    let [r, s, pr, ps_qr, qs] = sums;
    if strata < 2 || r <= 0.0 || s <= 0.0 {
        return None;
    }
    let variance = pr / (2.0 * r * r) + ps_qr / (2.0 * r * s) + qs / (2.0 * s * s);
    Some((r / s, variance.sqrt()))
}

/// A segment's mean as it is, and as it would be with everyone's mix of another dimension: direct standardisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standardised {
    /// Responses.
    pub n: u64,
    /// Mean as it is.
    pub crude: f64,
    /// Mean with everyone's mix, over the values of the other dimension that the segment has.
    pub standardised: f64,
    /// Share of everyone's mix that these values make up.
    pub covered: f64,
    /// Whether it changes places with another segment, surely: the gap between the standardised means is opposite to that
    /// of the crude ones and beyond its own error.
    pub flipped: bool,
}

/// Standardises the means of segments: for each its responses by the values of another dimension, in the same order. None
/// for a segment without responses.
pub fn standardise(segments: &[Vec<Sample>]) -> Vec<Option<Standardised>> {
    let values = segments.iter().map(Vec::len).max().unwrap_or_default();
    let size = |segment: &Vec<Sample>, value: usize| segment.get(value).map_or(0, |cell| cell.n);
    let mix: Vec<u64> = (0..values)
        .map(|value| segments.iter().map(|segment| size(segment, value)).sum())
        .collect();
    let all = mix.iter().sum::<u64>() as f64;
    let means: Vec<Option<(Standardised, f64)>> = segments
        .iter()
        .map(|segment| {
            let n: u64 = segment.iter().map(|cell| cell.n).sum();
            let present = || segment.iter().zip(&mix).filter(|(cell, _)| cell.n > 0);
            let weight = present().map(|(_, weight)| *weight as f64).sum::<f64>();
            let crude =
                segment.iter().map(|cell| cell.n as f64 * cell.mean).sum::<f64>() / n as f64;
            let standardised = present().map(|(cell, w)| *w as f64 / weight * cell.mean).sum();
            let variances = present()
                .map(|(cell, w)| (*w as f64 / weight).powi(2) * cell.variance / cell.n as f64);
            let covered = weight / all;
            let row = Standardised { n, crude, standardised, covered, flipped: false };
            (n > 0).then(|| (row, variances.sum()))
        })
        .collect();
    let flips = |(a, a_variance): &(Standardised, f64), (b, b_variance): &(Standardised, f64)| {
        let (crude, gap) = (a.crude - b.crude, a.standardised - b.standardised);
        crude * gap < 0.0 && gap.abs() > Z95 * (a_variance + b_variance).sqrt()
    };
    means
        .iter()
        .map(|own| {
            let own = own.as_ref()?;
            let flipped = means.iter().flatten().any(|other| flips(own, other));
            Some(Standardised { flipped, ..own.0 })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(n: u64, mean: f64) -> Sample {
        Sample { n, mean, variance: 1.0 }
    }

    #[test]
    fn segments_that_serve_a_harder_mix_change_places() {
        // The first serves mostly what everyone scores low, and does both better than the second.
        let segments = [vec![cell(900, 6.0), cell(100, 9.0)], vec![cell(100, 5.0), cell(900, 8.5)]];
        let rows: Vec<Standardised> = standardise(&segments).into_iter().flatten().collect();
        assert!((rows[0].crude - 6.3).abs() < 1e-12 && (rows[1].crude - 8.15).abs() < 1e-12);
        assert!((rows[0].standardised - 7.5).abs() < 1e-12);
        assert!((rows[1].standardised - 6.75).abs() < 1e-12);
        assert!(rows.iter().all(|row| row.flipped && (row.covered - 1.0).abs() < 1e-12));
    }

    #[test]
    fn segments_without_responses_or_with_other_values_are_no_trouble() {
        assert_eq!(standardise(&[vec![], vec![Sample::default()]]), vec![None, None]);
        let rows = standardise(&[vec![cell(30, 6.0)], vec![Sample::default(), cell(10, 9.0)]]);
        assert!(rows.iter().flatten().all(|row| !row.flipped));
        assert!((rows[0].unwrap().covered - 0.75).abs() < 1e-12);
    }
}
