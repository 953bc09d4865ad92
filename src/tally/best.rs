//! The best of any number of things, so many at the most: in whatever order they come, the same remain.

use std::collections::BTreeSet;

/// The least of some things, by their order; equal ones are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best<T> {
    most: usize,
    kept: BTreeSet<T>,
}

impl<T> Default for Best<T> {
    fn default() -> Best<T> {
        Best { most: 0, kept: BTreeSet::new() }
    }
}

impl<T: Ord + Clone> Best<T> {
    /// Nothing yet, and at most so many.
    pub(super) fn new(most: usize) -> Best<T> {
        Best { most, kept: BTreeSet::new() }
    }

    /// All of them, the best first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.kept.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// What a further one must be better than; nothing as long as there is room.
    pub(super) fn worst(&self) -> Option<&T> {
        self.kept.last().filter(|_| self.kept.len() >= self.most)
    }

    pub(super) fn add(&mut self, one: T) {
        if self.worst().is_none_or(|worst| one < *worst) {
            self.kept.insert(one);
            while self.kept.len() > self.most {
                self.kept.pop_last();
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Best<T>) {
        self.most = self.most.max(other.most);
        other.kept.iter().for_each(|one| self.add(one.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_of_a_sorted_list(numbers in vec(0u32..50, 0..60), most in 1usize..9, cut in 0usize..60) {
            let best = |numbers: &[u32]| {
                let mut best = Best::new(most);
                numbers.iter().for_each(|number| best.add(*number));
                best
            };
            let mut sorted = numbers.clone();
            sorted.sort_unstable();
            sorted.dedup();
            sorted.truncate(most);
            prop_assert_eq!(best(&numbers).iter().copied().collect::<Vec<_>>(), sorted);
            let (one, other) = numbers.split_at(cut.min(numbers.len()));
            let mut merged = best(other);
            merged.merge(&best(one));
            prop_assert_eq!(merged, best(&numbers));
        }
    }
}
