//! Words by score: for each term (a Snowball stem in a language) the responses that use it. Batched Misra-Gries keeps the
//! frequent ones in bounded memory; as long as nothing had to go, the counts are exact and in no order.

use super::customers::Distinct;
use crate::enrich::Language;
use crate::lexicons::{Lexicons, ThemeId};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Terms kept when there are twice as many: some 30 MB.
const KEPT: usize = 50_000;

/// A stem and its language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermKey {
    /// The language code.
    pub language: &'static str,
    /// The stem.
    pub stem: String,
}

/// The responses that use a term.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Term {
    /// The form shown: of those met the shortest, of these the first.
    pub surface: String,
    /// Responses by score; the last for those without.
    pub(super) scores: Vec<u32>,
    /// What pruning has taken from the term's standing, though not from its counts.
    pub(super) lost: u64,
    /// The customers, as far as suppression must know them.
    pub customers: Distinct,
}

impl Term {
    pub(super) fn new(surface: &str, bins: usize, k_anon: usize) -> Term {
        let (scores, customers) = (vec![0; bins + 1], Distinct::new(k_anon));
        Term { surface: surface.to_owned(), scores, lost: 0, customers }
    }

    /// Responses by score.
    pub fn scored(&self) -> &[u32] {
        self.scores.split_last().map_or(&[], |(_, scored)| scored)
    }

    /// Responses that use it, scored or not.
    pub fn total(&self) -> u64 {
        self.scores.iter().copied().map(u64::from).sum()
    }

    /// Shows another form if it is shorter, or as short and earlier.
    pub(super) fn show(&mut self, surface: &str) {
        let rank = |text: &str| (text.is_empty(), text.chars().count());
        let (mine, theirs) = (rank(&self.surface), rank(surface));
        if theirs < mine || theirs == mine && surface < self.surface.as_str() {
            surface.clone_into(&mut self.surface);
        }
    }

    fn merge(&mut self, other: &Term) {
        self.show(&other.surface);
        self.scores.resize(self.scores.len().max(other.scores.len()), 0);
        for (mine, theirs) in self.scores.iter_mut().zip(&other.scores) {
            *mine = mine.saturating_add(*theirs);
        }
        self.lost += other.lost;
        self.customers.merge(&other.customers);
    }

    fn standing(&self) -> u64 {
        self.total().saturating_sub(self.lost)
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

impl TermMeaning {
    /// What the lexicon of its language makes of a term. Asked of the few terms that are shown.
    pub fn of(lexicons: &Lexicons, key: &TermKey, term: &Term) -> TermMeaning {
        let lexicon = Language::from_code(key.language).and_then(|code| lexicons.of(code));
        let Some(lexicon) = lexicon else {
            return TermMeaning::default();
        };
        let facts = lexicon.word(&term.surface, &mut String::new(), &mut Default::default());
        TermMeaning {
            known: facts.entry.is_some() || facts.terms.iter().any(Option::is_some),
            theme: facts.entry.and_then(|entry| lexicon.entry(entry).theme),
        }
    }
}

/// Terms by stem and language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    pub(super) terms: FxHashMap<TermKey, Term>,
    /// What pruning has taken from every term that was there.
    pub(super) error: u64,
}

impl Terms {
    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether nothing has been pruned: then every count is exact.
    pub fn exact(&self) -> bool {
        self.error == 0
    }

    /// How many responses with a term may be missing from its counts. Nothing for a term that was there whenever others
    /// went: it lost as much as there was to lose.
    pub fn max_undercount(&self, term: &Term) -> u64 {
        self.error.saturating_sub(term.lost)
    }

    /// A term.
    pub fn get(&self, language: &'static str, stem: &str) -> Option<&Term> {
        self.terms.get(&TermKey { language, stem: stem.to_owned() })
    }

    /// Every term, by language and stem.
    pub fn sorted(&self) -> Vec<(&TermKey, &Term)> {
        let mut terms: Vec<_> = self.terms.iter().collect();
        terms.sort_unstable_by_key(|(key, _)| *key);
        terms
    }

    pub(super) fn insert(&mut self, key: TermKey, term: Term) {
        match self.terms.entry(key) {
            Entry::Occupied(mut known) => known.get_mut().merge(&term),
            Entry::Vacant(free) => drop(free.insert(term)),
        }
    }

    /// Adds terms. It does not prune, so that sums of many may be built in any order; see [`Terms::prune`].
    pub fn merge(&mut self, other: Terms) {
        self.error += other.error;
        if self.terms.is_empty() {
            self.terms = other.terms;
            return;
        }
        other.terms.into_iter().for_each(|(key, term)| self.insert(key, term));
    }

    /// Brings the number of terms down to [`KEPT`] once there are more than twice as many: what the first term beyond that
    /// number stands at is taken from all, and who has nothing left goes (Misra and Gries 1982; in batches: Agarwal et al.
    /// 2013). Called at the same rows in every run, so that the result does not depend on threads.
    pub fn prune(&mut self) {
        self.prune_to(KEPT);
    }

    fn prune_to(&mut self, kept: usize) {
        if self.terms.len() <= 2 * kept {
            return;
        }
        let mut standings: Vec<u64> = self.terms.values().map(Term::standing).collect();
        let (_, &mut cut, _) = standings.select_nth_unstable_by(kept, |a, b| b.cmp(a));
        self.error += cut;
        self.terms.retain(|_, term| {
            term.lost += cut;
            term.standing() > 0
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn shard(words: &[u8]) -> Terms {
        let mut terms = Terms::default();
        for word in words {
            let mut term = Term::new("form", 2, 3);
            term.scores[usize::from(word % 3)] += 1;
            terms.insert(TermKey { language: "fi", stem: word.to_string() }, term);
        }
        terms
    }

    proptest! {
        #[test]
        fn no_count_is_too_high_nor_lower_than_said(shards in vec(vec(prop_oneof![0u8..4, 0u8..60], 0..80), 0..12)) {
            let mut terms = Terms::default();
            let mut truth: BTreeMap<String, u64> = BTreeMap::new();
            for words in &shards {
                terms.merge(shard(words));
                terms.prune_to(8);
                words.iter().for_each(|word| *truth.entry(word.to_string()).or_default() += 1);
            }
            prop_assert!(terms.len() <= 16);
            for (stem, count) in truth {
                match terms.get("fi", &stem) {
                    Some(term) => {
                        prop_assert!(term.total() <= count);
                        prop_assert!(count - term.total() <= terms.max_undercount(term));
                    }
                    None => prop_assert!(count <= terms.error),
                }
            }
        }
    }

    proptest! {
        #[test]
        fn merging_is_associative_and_commutative_and_has_an_identity(shards in vec(vec(vec(0u8..60, 0..80), 0..4), 3)) {
            let [a, b, c] = [0, 1, 2].map(|side| {
                let mut terms = Terms::default();
                for words in &shards[side] {
                    terms.merge(shard(words));
                    terms.prune_to(8);
                }
                terms
            });
            let merged = |a: &Terms, b: &Terms| {
                let mut sum = a.clone();
                sum.merge(b.clone());
                sum
            };
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&Terms::default(), &a), a.clone());
            prop_assert_eq!(merged(&a, &Terms::default()), a);
        }
    }

    #[test]
    fn the_shortest_form_is_shown() {
        let mut term = Term::new("toimituksen", 0, 1);
        for form in ["toimitus", "toimittaa", "toimitut", "toimitusten"] {
            term.show(form);
        }
        assert_eq!(term.surface, "toimitus");
    }
}
