//! Which values of a dimension are counted apart.

use std::collections::BTreeSet;

/// Values of a dimension that are counted apart. Further ones count as [`OTHER`] from their first response on, so that
/// what is counted apart is complete.
pub const MOST_VALUES: usize = 100;
/// Values of a dimension that are shown at the end: those with the most responses.
pub const MOST_SHOWN: usize = 50;
/// The value that stands for all others; a value of that name in the data is one of them.
pub const OTHER: &str = "other";

/// The values admitted, in the order of the rows until the dimension is full.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Admission {
    pub(super) values: BTreeSet<String>,
    /// Whether a value has been turned away.
    pub(super) full: bool,
}

impl Admission {
    /// The value under which a value is counted.
    pub(super) fn admit<'v>(&mut self, value: &'v str) -> &'v str {
        if value == OTHER || self.values.contains(value) {
            return value;
        }
        if self.full || self.values.len() >= MOST_VALUES {
            self.full = true;
            return OTHER;
        }
        self.values.insert(value.to_owned());
        value
    }

    /// Whether a value is counted apart.
    pub(super) fn holds(&self, value: &str) -> bool {
        value == OTHER || self.values.contains(value)
    }

    /// The values of both. Where one side has turned values away, only its own are complete; what else the other side
    /// has counted apart must be folded into [`OTHER`].
    pub(super) fn merge(&mut self, other: &Admission) {
        let mine = std::mem::take(&mut self.values);
        let complete = |value: &&String| {
            (!self.full || mine.contains(*value)) && (!other.full || other.values.contains(*value))
        };
        self.values = mine.union(&other.values).filter(complete).cloned().collect();
        self.full |= other.full;
    }

    /// Turns away all values but some.
    pub(super) fn keep(&mut self, kept: &BTreeSet<String>) {
        let before = self.values.len();
        self.values.retain(|value| kept.contains(value));
        self.full |= self.values.len() < before;
    }
}
