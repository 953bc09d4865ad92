//! Errors of any figure from leaving out one group of customers at a time: they hold when customers answer repeatedly.

use super::distribution::student_two_sided_point;

/// The delete-a-group standard error of a figure from its values with each group left out; none for fewer than two.
pub fn error(replicates: &[f64]) -> Option<f64> {
    if replicates.len() < 2 {
        return None;
    }
    let groups = replicates.len() as f64;
    let mean = replicates.iter().sum::<f64>() / groups;
    let squares: f64 = replicates.iter().map(|value| (value - mean).powi(2)).sum();
    let error = ((groups - 1.0) / groups * squares).sqrt();
    error.is_finite().then_some(error)
}

/// The 95 % interval that goes with it: Student's t with a degree of freedom less than groups.
pub fn interval(value: f64, replicates: &[f64]) -> Option<(f64, f64)> {
    let half = error(replicates)? * student_two_sided_point(0.05, replicates.len() as f64 - 1.0);
    Some((value - half, value + half))
}
