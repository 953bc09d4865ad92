//! Words by score: for each term (a Snowball stem in a language) the responses that use it. Batched Misra-Gries keeps the
//! frequent ones in bounded memory; as long as nothing had to go, the counts are exact and in no order.
//!
//! Half of all terms are met once, most of them misspelt: they lie end to end in a few lists, without an allocation each.

use crate::enrich::Language;
use crate::lexicons::{Lexicons, ThemeId};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Terms kept when there are twice as many: some 25 MB.
const KEPT: usize = 50_000;
/// No customer: a place that is free. Greater than every hash that is kept.
const NOBODY: u64 = u64::MAX;

/// The responses that use a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term<'t> {
    /// The language code.
    pub language: &'static str,
    /// The stem.
    pub stem: &'t str,
    /// The form shown: of those met the shortest, of these the first.
    pub surface: &'t str,
    /// Responses by score; the last for those without.
    pub(super) scores: &'t [u32],
    /// The least hashes of its customers, ascending, then [`NOBODY`].
    pub(super) customers: &'t [u64],
    /// What pruning has taken from the term's standing, though not from its counts.
    pub(super) lost: u64,
}

impl Term<'_> {
    /// Responses by score.
    pub fn scored(&self) -> &[u32] {
        self.scores.split_last().map_or(&[], |(_, scored)| scored)
    }

    /// Responses that use it, scored or not.
    pub fn total(&self) -> u64 {
        total(self.scores)
    }

    /// Distinct customers: exact below `k_anon`, that for as many or more.
    pub fn customers(&self) -> usize {
        self.customers.partition_point(|hash| *hash != NOBODY)
    }

    /// What the lexicon of its language makes of it. Asked of the few terms that are shown.
    pub fn meaning(&self, lexicons: &Lexicons) -> TermMeaning {
        let lexicon = Language::from_code(self.language).and_then(|language| lexicons.of(language));
        let Some(lexicon) = lexicon else {
            return TermMeaning::default();
        };
        let facts = lexicon.word(self.surface, &mut String::new(), &mut Default::default());
        TermMeaning {
            known: facts.entry.is_some() || facts.terms.iter().any(Option::is_some),
            theme: facts.entry.and_then(|entry| lexicon.entry(entry).theme),
        }
    }
}

/// What a lexicon makes of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TermMeaning {
    /// Whether an entry, or a phrase of several words, holds the form that is shown.
    pub known: bool,
    /// The theme of that entry.
    pub theme: Option<ThemeId>,
}

/// A piece of the letters.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: u32,
    length: u32,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    language: &'static str,
    stem: Piece,
    surface: Piece,
    lost: u64,
}

/// Terms by stem and language.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    bins: usize,
    k_anon: usize,
    /// Stems and forms, end to end.
    letters: String,
    entries: Vec<Entry>,
    /// By term, `bins + 1` each.
    scores: Vec<u32>,
    /// By term, `k_anon` each.
    customers: Vec<u64>,
    places: HashTable<u32>,
    /// What pruning has taken from every term that was there.
    pub(super) error: u64,
}

impl Terms {
    /// No terms, of so many bins of score, that can tell whether there are `k_anon` customers.
    pub(super) fn new(bins: usize, k_anon: usize) -> Terms {
        Terms { bins, k_anon, ..Terms::default() }
    }

    /// No terms, and room for as many as there are here: the next shard has about as many.
    pub(super) fn emptied(&self) -> Terms {
        Terms {
            letters: String::with_capacity(self.letters.len()),
            entries: Vec::with_capacity(self.entries.len()),
            scores: Vec::with_capacity(self.scores.len()),
            customers: Vec::with_capacity(self.customers.len()),
            places: HashTable::with_capacity(self.places.len()),
            ..Terms::new(self.bins, self.k_anon)
        }
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether nothing has been pruned: then every count is exact.
    pub fn exact(&self) -> bool {
        self.error == 0
    }

    /// How many responses with a term may be missing from its counts. Nothing for a term that was there whenever others
    /// went: it lost as much as there was to lose.
    pub fn max_undercount(&self, term: &Term<'_>) -> u64 {
        self.error.saturating_sub(term.lost)
    }

    /// A term.
    pub fn get(&self, language: &'static str, stem: &str) -> Option<Term<'_>> {
        let place = self.find(hash(language, stem), language, stem)?;
        Some(self.term(place as usize))
    }

    /// Every term, in no order.
    pub fn iter(&self) -> impl Iterator<Item = Term<'_>> {
        (0..self.len()).map(|place| self.term(place))
    }

    /// Every term, by language and stem.
    pub fn sorted(&self) -> Vec<Term<'_>> {
        let mut terms: Vec<_> = self.iter().collect();
        terms.sort_unstable_by_key(|term| (term.language, term.stem));
        terms
    }

    fn term(&self, place: usize) -> Term<'_> {
        let entry = &self.entries[place];
        Term {
            language: entry.language,
            stem: self.piece(entry.stem),
            surface: self.piece(entry.surface),
            scores: &self.scores[place * (self.bins + 1)..(place + 1) * (self.bins + 1)],
            customers: &self.customers[place * self.k_anon..(place + 1) * self.k_anon],
            lost: entry.lost,
        }
    }

    fn piece(&self, Piece { start, length }: Piece) -> &str {
        self.letters.get(start as usize..(start + length) as usize).unwrap_or_default()
    }

    fn find(&self, hash: u64, language: &str, stem: &str) -> Option<u32> {
        let same = |place: &u32| {
            let entry = &self.entries[*place as usize];
            entry.hash == hash && entry.language == language && self.piece(entry.stem) == stem
        };
        self.places.find(hash, same).copied()
    }

    /// The place of a term that was met in a form; a new one where it was not known. Nothing once the letters fill 4 GB.
    pub(super) fn place(&mut self, language: &'static str, stem: &str, form: &str) -> Option<u32> {
        let hash = hash(language, stem);
        if let Some(place) = self.find(hash, language, stem) {
            let shown = self.piece(self.entries[place as usize].surface);
            let rank = |text: &str| text.chars().count();
            let (mine, theirs) = (rank(shown), rank(form));
            if theirs < mine || theirs == mine && form < shown {
                self.entries[place as usize].surface = self.keep(form)?;
            }
            return Some(place);
        }
        let place = u32::try_from(self.entries.len()).ok()?;
        let stem = self.keep(stem)?;
        let surface = self.keep(form)?;
        self.entries.push(Entry { hash, language, stem, surface, lost: 0 });
        self.scores.resize(self.scores.len() + self.bins + 1, 0);
        self.customers.resize(self.customers.len() + self.k_anon, NOBODY);
        let entries = &self.entries;
        self.places.insert_unique(hash, place, |place| entries[*place as usize].hash);
        Some(place)
    }

    fn keep(&mut self, text: &str) -> Option<Piece> {
        let start = u32::try_from(self.letters.len()).ok()?;
        let length = u32::try_from(text.len()).ok()?;
        start.checked_add(length)?;
        self.letters.push_str(text);
        Some(Piece { start, length })
    }

    /// Counts a response that uses the term at a place. `bin` is one past the last for a response without a score.
    pub(super) fn count(&mut self, place: u32, bin: usize, customer: u64) {
        let place = place as usize;
        if let Some(count) = self.scores.get_mut(place * (self.bins + 1) + bin) {
            *count = count.saturating_add(1);
        }
        self.add_customer(place, customer);
    }

    fn add_customer(&mut self, place: usize, customer: u64) {
        let customer = customer.min(NOBODY - 1);
        let least = &mut self.customers[place * self.k_anon..(place + 1) * self.k_anon];
        // Full, and no smaller than the greatest kept: nearly every response with a frequent term.
        if least.last().is_none_or(|last| customer >= *last) {
            return;
        }
        if let Err(at) = least.binary_search(&customer) {
            least[at..].rotate_right(1);
            least[at] = customer;
        }
    }

    pub(super) fn add_term(&mut self, term: &Term<'_>) -> Option<()> {
        let place = self.place(term.language, term.stem, term.surface)? as usize;
        let scores = &mut self.scores[place * (self.bins + 1)..(place + 1) * (self.bins + 1)];
        if scores.len() != term.scores.len() {
            return None;
        }
        for (mine, theirs) in scores.iter_mut().zip(term.scores) {
            *mine = mine.saturating_add(*theirs);
        }
        self.entries[place].lost += term.lost;
        for &customer in term.customers.iter().take_while(|hash| **hash != NOBODY) {
            self.add_customer(place, customer);
        }
        Some(())
    }

    /// Adds terms. It does not prune, so that sums of many may be built in any order; see [`Terms::prune`].
    pub fn merge(&mut self, other: &Terms) {
        if self.is_empty() && self.error == 0 {
            self.clone_from(other);
            return;
        }
        self.error += other.error;
        for term in other.iter() {
            self.add_term(&term);
        }
    }

    /// Brings the number of terms down to `KEPT` (50,000) once there are more than twice as many: what the first term beyond that
    /// number stands at is taken from all, and who has nothing left goes (Misra and Gries 1982; in batches: Agarwal et al.
    /// 2013). Called at the same rows in every run, so that the result does not depend on threads.
    pub fn prune(&mut self) {
        self.prune_to(KEPT);
    }

    fn prune_to(&mut self, kept: usize) {
        if self.len() <= 2 * kept {
            return;
        }
        let mut standings: Vec<u64> =
            self.iter().map(|term| term.total().saturating_sub(term.lost)).collect();
        let (_, &mut cut, _) = standings.select_nth_unstable_by(kept, |a, b| b.cmp(a));
        let mut rest = Terms::new(self.bins, self.k_anon);
        rest.error = self.error + cut;
        for term in self.iter() {
            let lost = term.lost + cut;
            if term.total() > lost {
                rest.add_term(&Term { lost, ..term });
            }
        }
        *self = rest;
    }
}

impl PartialEq for Terms {
    fn eq(&self, other: &Terms) -> bool {
        self.error == other.error && self.sorted() == other.sorted()
    }
}

impl Eq for Terms {}

fn total(scores: &[u32]) -> u64 {
    scores.iter().copied().map(u64::from).sum()
}

fn hash(language: &str, stem: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(language.as_bytes());
    hasher.write(stem.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn shard(words: &[u8]) -> Terms {
        let mut terms = Terms::new(2, 3);
        for word in words {
            let place = terms.place("fi", &word.to_string(), "form").unwrap();
            terms.count(place, usize::from(word % 3), u64::from(*word % 7));
        }
        terms
    }

    proptest! {
        #[test]
        fn no_count_is_too_high_nor_lower_than_said(shards in vec(vec(prop_oneof![0u8..4, 0u8..60], 0..80), 0..12)) {
            let mut terms = Terms::default();
            let mut truth: BTreeMap<String, u64> = BTreeMap::new();
            for words in &shards {
                terms.merge(&shard(words));
                terms.prune_to(8);
                words.iter().for_each(|word| *truth.entry(word.to_string()).or_default() += 1);
            }
            prop_assert!(terms.len() <= 16);
            for (stem, count) in truth {
                match terms.get("fi", &stem) {
                    Some(term) => {
                        prop_assert!(term.total() <= count);
                        prop_assert!(count - term.total() <= terms.max_undercount(&term));
                    }
                    None => prop_assert!(count <= terms.error),
                }
            }
        }

        #[test]
        fn merging_is_associative_and_commutative_and_has_an_identity(shards in vec(vec(vec(0u8..60, 0..80), 0..4), 3)) {
            let [a, b, c] = [0, 1, 2].map(|side| {
                let mut terms = Terms::default();
                for words in &shards[side] {
                    terms.merge(&shard(words));
                    terms.prune_to(8);
                }
                terms
            });
            let merged = |a: &Terms, b: &Terms| {
                let mut sum = a.clone();
                sum.merge(b);
                sum
            };
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&Terms::default(), &a), a.clone());
            prop_assert_eq!(merged(&a, &Terms::default()), a);
        }

        #[test]
        fn customers_are_told_apart_up_to_the_limit(customers in vec(0u64..8, 0..20)) {
            let mut terms = Terms::new(0, 5);
            let place = terms.place("fi", "a", "a").unwrap();
            customers.iter().for_each(|customer| terms.count(place, 0, *customer));
            let mut distinct = customers.clone();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(terms.get("fi", "a").unwrap().customers(), distinct.len().min(5));
        }
    }

    #[test]
    fn the_shortest_form_is_shown() {
        let mut terms = Terms::new(0, 1);
        for form in ["toimituksen", "toimitus", "toimittaa", "toimitut", "toimitusten"] {
            terms.place("fi", "toim", form);
        }
        assert_eq!(terms.get("fi", "toim").unwrap().surface, "toimitus");
    }
}
