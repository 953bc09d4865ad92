//! Did the change show? Before and after, against a part of the business that was not changed.
//!
//! Samples are of scores, of the NPS or of the share that mentions a theme: first see that the mentions moved, then the
//! scores.

use super::distribution::{Z80, Z95, normal_two_sided, student_two_sided, student_two_sided_point};
use super::sample::Sample;
use super::status::Status;
use crate::tally::Block;

/// Fewer responses than this before or after say nothing of a change.
const LEAST_ROWS: u64 = 30;

/// Scores of the changed scope, and of one that was not changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cells {
    /// Of the changed scope before and after.
    pub treated: (Sample, Sample),
    /// Of the other one, if there is one, before and after.
    pub control: Option<(Sample, Sample)>,
}

/// What a change should do and how much of it matters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// Which direction is better.
    pub better: Direction,
    /// A difference that is too small to matter, in the unit of the samples: 0.2 of a score, 3 of an NPS.
    pub margin: f64,
}

/// Which direction of a figure is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Scores, shares of praise.
    Higher,
    /// Shares of complaint.
    Lower,
}

/// What happened between before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// After less before in the changed scope, with Welch's interval (1947).
    pub before_after: Difference,
    /// The same less what happened in the other scope: difference in differences.
    pub did: Option<Difference>,
    /// The change that these numbers of responses would have shown in four of five cases.
    pub detectable: f64,
    /// In a word.
    pub verdict: Verdict,
}

/// A difference between means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// In the unit of the samples.
    pub difference: f64,
    /// Its error.
    pub error: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
    /// Two-sided p.
    pub p: f64,
    /// Degrees of freedom of Student's t; none for the normal distribution.
    pub df: Option<f64>,
}

/// Whether a change showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies on the better side of nothing.
    Improved,
    /// It lies on the worse side.
    Worsened,
    /// It lies within the margin.
    NoMaterialChange,
    /// None of these: more than [`Change::detectable`] would have been seen.
    Inconclusive,
}

impl Verdict {
    /// The name in the tables; without a control, other causes are not excluded.
    pub fn name(self, controlled: bool) -> &'static str {
        match (self, controlled) {
            (Verdict::Improved, true) => "improved",
            (Verdict::Worsened, true) => "worsened",
            (Verdict::NoMaterialChange, true) => "no_material_change",
            (Verdict::Inconclusive, true) => "inconclusive",
            (Verdict::Improved, false) => "uncontrolled_improved",
            (Verdict::Worsened, false) => "uncontrolled_worsened",
            (Verdict::NoMaterialChange, false) => "uncontrolled_no_material_change",
            (Verdict::Inconclusive, false) => "uncontrolled_inconclusive",
        }
    }
}

/// Judges a change.
///
/// # Errors
/// When a cell is too small, or all its values are the same.
pub fn change(cells: &Cells, goal: Goal) -> Result<Change, Status> {
    let (before, after) = cells.treated;
    let control = cells.control.map(|(before, after)| [before, after]);
    let all = || [before, after].into_iter().chain(control.into_iter().flatten());
    if all().any(|cell| cell.n < LEAST_ROWS) {
        return Err(Status::LowBase);
    }
    if all().any(|cell| cell.variance <= 0.0) {
        return Err(Status::NoScoreVariation);
    }
    let before_after = welch(&after, &before).ok_or(Status::NoScoreVariation)?;
    let did = control.map(|[control_before, control_after]| {
        let variances = all().filter_map(|cell| cell.mean_variance());
        let error = variances.sum::<f64>().sqrt();
        let difference = after.mean - before.mean - (control_after.mean - control_before.mean);
        Difference {
            difference,
            error,
            interval: (difference - Z95 * error, difference + Z95 * error),
            p: normal_two_sided(difference / error),
            df: None,
        }
    });
    let judged = did.unwrap_or(before_after);
    Ok(Change {
        before_after,
        did,
        detectable: (Z95 + Z80) * judged.error,
        verdict: verdict(judged.interval, goal),
    })
}

/// Mean of the first less mean of the second with Welch's test; none when a sample is too small or nothing varies.
pub fn welch(first: &Sample, second: &Sample) -> Option<Difference> {
    let (a, b) = (first.mean_variance()?, second.mean_variance()?);
    if a + b <= 0.0 {
        return None;
    }
    let difference = first.mean - second.mean;
    let error = (a + b).sqrt();
    let df = (a + b).powi(2) / (a * a / (first.n - 1) as f64 + b * b / (second.n - 1) as f64);
    let half = student_two_sided_point(0.05, df) * error;
    Some(Difference {
        difference,
        error,
        interval: (difference - half, difference + half),
        p: student_two_sided(difference / error, df),
        df: Some(df),
    })
}

fn verdict((from, to): (f64, f64), goal: Goal) -> Verdict {
    let (from, to) = match goal.better {
        Direction::Higher => (from, to),
        Direction::Lower => (-to, -from),
    };
    match () {
        () if from > 0.0 => Verdict::Improved,
        () if to < 0.0 => Verdict::Worsened,
        () if from > -goal.margin && to < goal.margin => Verdict::NoMaterialChange,
        () => Verdict::Inconclusive,
    }
}

/// How the gap between the changed scope and the other one moved a period before the change: the slope of weighted least
/// squares with known variances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PreTrend {
    /// Change of the gap a period.
    pub slope: f64,
    /// Its error.
    pub error: f64,
    /// Two-sided p.
    pub p: f64,
}

impl PreTrend {
    /// Whether the two scopes were drifting apart already, so that a later difference may be the same drift.
    pub fn warns(&self) -> bool {
        self.p < 0.1
    }
}

/// The trend of the gap over the periods before the change, in order, each with the changed scope and the other one.
/// None when fewer than two periods can be compared.
pub fn pre_trend(periods: &[(Sample, Sample)]) -> Option<PreTrend> {
    let points: Vec<(f64, f64, f64)> = periods
        .iter()
        .enumerate()
        .filter_map(|(period, (treated, control))| {
            let variance = treated.mean_variance()? + control.mean_variance()?;
            (variance > 0.0).then(|| (period as f64, treated.mean - control.mean, 1.0 / variance))
        })
        .collect();
    let weight: f64 = points.iter().map(|point| point.2).sum();
    let centre = points.iter().map(|(period, _, w)| period * w).sum::<f64>() / weight;
    let spread: f64 = points.iter().map(|(period, _, w)| w * (period - centre).powi(2)).sum();
    if points.len() < 2 || spread.is_nan() || spread <= 0.0 {
        return None;
    }
    let slope =
        points.iter().map(|(period, gap, w)| w * (period - centre) * gap).sum::<f64>() / spread;
    let error = spread.sqrt().recip();
    Some(PreTrend { slope, error, p: normal_two_sided(slope / error) })
}

/// Whether other people answered after than before: the share of responses without a score, or without text, moved by
/// more than five percentage points.
pub fn response_mix_moved(before: &Block, after: &Block) -> bool {
    const MOST: f64 = 0.05;
    let shares = |block: &Block| {
        let rows = block.scored() + block.missing;
        let silent = rows.saturating_sub(block.base() + block.missing_texts);
        (rows > 0).then(|| [block.missing, silent].map(|count| count as f64 / rows as f64))
    };
    let moved = |(before, after): ([f64; 2], [f64; 2])| {
        before.iter().zip(after).any(|(before, after)| (after - before).abs() > MOST)
    };
    shares(before).zip(shares(after)).is_some_and(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(n: u64, mean: f64) -> Sample {
        Sample { n, mean, variance: 4.0 }
    }

    const SCORE: Goal = Goal { better: Direction::Higher, margin: 0.2 };

    #[test]
    fn verdicts_follow_the_interval() {
        let judge = |n, mean, goal| {
            let cells = Cells {
                treated: (sample(n, 7.0), sample(n, mean)),
                control: Some((sample(n, 7.0), sample(n, 7.0))),
            };
            change(&cells, goal).map(|change| change.verdict)
        };
        assert_eq!(judge(1000, 8.0, SCORE), Ok(Verdict::Improved));
        assert_eq!(
            judge(1000, 8.0, Goal { better: Direction::Lower, ..SCORE }),
            Ok(Verdict::Worsened)
        );
        assert_eq!(judge(1000, 6.0, SCORE), Ok(Verdict::Worsened));
        assert_eq!(judge(100_000, 7.0, SCORE), Ok(Verdict::NoMaterialChange));
        assert_eq!(judge(100, 7.0, SCORE), Ok(Verdict::Inconclusive));
        assert_eq!(judge(29, 8.0, SCORE), Err(Status::LowBase));
    }

    #[test]
    fn without_a_control_the_verdict_says_so() {
        let cells = Cells { treated: (sample(100, 7.0), sample(100, 9.0)), control: None };
        let change = change(&cells, SCORE).unwrap();
        assert_eq!(change.verdict.name(change.did.is_some()), "uncontrolled_improved");
    }

    #[test]
    fn a_gap_that_grew_before_the_change_warns() {
        let drifting: Vec<(Sample, Sample)> = (0..4)
            .map(|period| (sample(400, 7.0 + 0.3 * f64::from(period)), sample(400, 7.0)))
            .collect();
        let trend = pre_trend(&drifting).unwrap();
        assert!((trend.slope - 0.3).abs() < 1e-12 && trend.warns());
        // Four equal weights of 50 at -1.5, -0.5, 0.5, 1.5.
        assert!((trend.error - 250f64.sqrt().recip()).abs() < 1e-12);
        let level = [(sample(400, 7.0), sample(400, 7.0)); 4];
        assert!(!pre_trend(&level).unwrap().warns());
        assert_eq!(pre_trend(&level[..1]), None);
        assert_eq!(pre_trend(&[(sample(1, 7.0), sample(400, 7.0)); 4]), None);
    }
}
