//! How many ids occur more than once, by 64-bit fingerprints in bounded memory.

use twox_hash::XxHash3_64;

/// Fingerprints kept: 64 MB. Beyond that duplicates are counted among the kept ids only, a lower bound.
const MOST: usize = 64 * 1024 * 1024 / size_of::<u64>();

/// The fingerprints of the ids seen, in order.
#[derive(Debug, Default)]
pub struct IdFingerprints {
    seen: Vec<u64>,
    dropped: bool,
}

impl IdFingerprints {
    /// The fingerprint of an id: the same on every machine.
    pub fn of(id: &str) -> u64 {
        XxHash3_64::oneshot(id.as_bytes())
    }

    /// Adds fingerprints.
    pub fn extend(&mut self, fingerprints: &[u64]) {
        let room = MOST - self.seen.len();
        if self.seen.len() + fingerprints.len() > self.seen.capacity() {
            // By a quarter, not by doubling: the growth itself must stay within the bound.
            let more = (self.seen.len() / 4).max(fingerprints.len()).min(room);
            self.seen.reserve_exact(more);
        }
        self.seen.extend(&fingerprints[..fingerprints.len().min(room)]);
        self.dropped |= fingerprints.len() > room;
    }

    /// The number of responses whose id an earlier response had, and whether that is a lower bound.
    pub fn duplicates(mut self) -> (u64, bool) {
        self.seen.sort_unstable();
        let repeated = self.seen.windows(2).filter(|pair| pair[0] == pair[1]).count();
        (repeated as u64, self.dropped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_ids_are_counted() {
        let mut ids = IdFingerprints::default();
        ids.extend(&["a", "b", "a", "a", "c"].map(IdFingerprints::of));
        assert_eq!(ids.duplicates(), (2, false));
    }
}
