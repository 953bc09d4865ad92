//! Groups of scores as bins of a block.

use super::target::Bins;

/// The bins of the scores from the first to the last of a group, where bin 0 is the score `least`; none if there is no such
/// bin.
pub fn bins_of((from, to): (f64, f64), least: f64, bins: usize) -> Option<Bins> {
    let holds = |bin: &usize| (from..=to).contains(&(least + *bin as f64));
    let first = (0..bins).find(holds)?;
    let last = (first..bins).rev().find(holds)?;
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_become_bins() {
        assert_eq!(bins_of((9.0, 10.0), 0.0, 11), Some((9, 10)));
        assert_eq!(bins_of((4.0, 6.0), 4.0, 7), Some((0, 2)));
        assert_eq!(bins_of((6.5, 6.9), 0.0, 11), None);
        assert_eq!(bins_of((-5.0, 99.0), 1.0, 5), Some((0, 4)));
        assert_eq!(bins_of((f64::NAN, 1.0), 0.0, 5), None);
    }
}
