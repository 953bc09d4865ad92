//! Whether a scope holds enough customers to be shown: their hashes, as many as the limit asks for and no more.

/// At most `limit` distinct hashes, the least ones: so that merging in any order keeps the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Distinct {
    limit: usize,
    /// Ascending.
    least: Vec<u64>,
}

impl Distinct {
    /// An empty set that can tell whether there are `limit` customers.
    pub fn new(limit: usize) -> Distinct {
        Distinct { limit, least: Vec::new() }
    }

    /// Adds a customer.
    pub fn add(&mut self, hash: u64) {
        // Full, and no smaller than the greatest kept: nearly every row of a large scope.
        if self.least.len() == self.limit && self.least.last().is_none_or(|last| hash >= *last) {
            return;
        }
        if let Err(place) = self.least.binary_search(&hash) {
            self.least.insert(place, hash);
            self.least.truncate(self.limit);
        }
    }

    /// Adds another set.
    pub fn merge(&mut self, other: &Distinct) {
        self.limit = self.limit.max(other.limit);
        for &hash in &other.least {
            self.add(hash);
        }
    }

    /// Distinct customers: exact below the limit, the limit for as many or more.
    pub fn count(&self) -> usize {
        self.least.len()
    }

    /// The hashes kept, ascending.
    pub fn hashes(&self) -> &[u64] {
        &self.least
    }
}
