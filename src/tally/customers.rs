//! How many customers there are, by their hashes: whether a scope holds enough to be shown, and about how many there are
//! in all.

use super::Part;
use super::rows::Rows;
use rustc_hash::FxHashSet;

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

    /// As many as it can tell apart.
    pub(super) fn limit(&self) -> usize {
        self.limit
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

/// Customers counted exactly; more are estimated from the spacing of the least hashes, within some 1 % (standard error
/// 0.8 %; Bar-Yossef et al. 2002, "k minimum values").
const EXACT: usize = 16_384;

/// The number of distinct customers, in bounded memory. Sets add up in any order.
#[derive(Debug, Clone, Default)]
pub struct Population {
    /// Holds the least [`EXACT`] hashes seen, and at times others.
    hashes: FxHashSet<u64>,
    /// No hash above this is among the least; none until they are that many.
    greatest: Option<u64>,
}

impl Population {
    /// Adds a customer.
    pub fn add(&mut self, hash: u64) {
        if self.greatest.is_some_and(|greatest| hash > greatest) {
            return;
        }
        self.hashes.insert(hash);
        if self.hashes.len() >= 2 * EXACT {
            self.cut();
        }
    }

    /// Adds another population.
    pub fn merge(&mut self, other: &Population) {
        other.hashes.iter().for_each(|hash| self.add(*hash));
    }

    /// Distinct customers, and whether that is exact.
    pub fn count(&self) -> (u64, bool) {
        let least = self.least();
        match least.last() {
            Some(greatest) if least.len() == EXACT => {
                // The fraction of all hashes that lies below the greatest of the least holds one less than there are.
                let below = *greatest as f64 / u64::MAX as f64;
                (rounded((EXACT - 1) as f64 / below), false)
            }
            _ => (least.len() as u64, true),
        }
    }

    /// The least hashes, ascending.
    pub fn least(&self) -> Vec<u64> {
        let mut least: Vec<u64> = self.hashes.iter().copied().collect();
        least.sort_unstable();
        least.truncate(EXACT);
        least
    }

    fn cut(&mut self) {
        let least = self.least();
        self.greatest = least.last().copied();
        self.hashes = least.into_iter().collect();
    }
}

impl PartialEq for Population {
    fn eq(&self, other: &Population) -> bool {
        self.least() == other.least()
    }
}

impl Eq for Population {}

impl Part for Population {
    fn add(&mut self, rows: &Rows) {
        rows.iter().for_each(|row| Population::add(self, row.customer));
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of customers: the cast saturates"
)]
fn rounded(number: f64) -> u64 {
    number.round() as u64
}

#[cfg(test)]
mod tests {
    use super::super::rows::customer_hash;
    use super::*;

    #[test]
    fn customers_are_counted_exactly_as_far_as_they_are_few_and_closely_beyond() {
        let population = |customers: u64| {
            let mut population = Population::default();
            for customer in (0..customers).chain(0..customers / 2) {
                population.add(customer_hash(&customer.to_string()));
            }
            population.count()
        };
        assert_eq!(population(0), (0, true));
        assert_eq!(population(16_383), (16_383, true));
        let (estimate, exact) = population(200_000);
        assert!(!exact && estimate.abs_diff(200_000) < 6_000, "{estimate}");
    }

    #[test]
    fn the_least_hashes_are_the_same_in_any_order() {
        let hashes: Vec<u64> = (0..50_000u64).map(|n| customer_hash(&n.to_string())).collect();
        let mut forwards = Population::default();
        hashes.iter().for_each(|hash| forwards.add(*hash));
        let (mut first, mut second) = (Population::default(), Population::default());
        hashes[..9_000].iter().rev().for_each(|hash| first.add(*hash));
        hashes[7_000..].iter().rev().for_each(|hash| second.add(*hash));
        first.merge(&second);
        assert_eq!(forwards, first);
    }
}
