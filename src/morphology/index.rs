//! Every stem of a lexicon in one table: which lemmas it belongs to, and which endings may follow.

use super::letters::LONGEST_WORD;
use super::paradigm::{Endings, Kind};
use hashbrown::HashTable;
use std::ops::Range;

/// A lemma by its position in the matcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LemmaId(pub(crate) u32);

impl LemmaId {
    /// The position among the matcher's lemmas.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A stem as one lemma uses it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posting {
    pub(crate) endings: Endings,
    pub(crate) lemma: LemmaId,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy)]
struct Record {
    hash: u64,
    /// Where its letters begin.
    letters: u32,
    /// Its newest posting.
    newest: u32,
    length: u8,
}

/// A posting, and the older one of the same stem.
#[derive(Debug, Clone, Copy)]
struct Link {
    posting: Posting,
    older: u32,
}

const NONE: u32 = u32::MAX;
/// Shorter stems would match anything.
const SHORTEST_STEM: usize = 2;

/// Stems by their letters. It grows while a matcher is built and is only read afterwards.
#[derive(Debug, Default)]
pub(crate) struct StemIndex {
    table: HashTable<u32>,
    records: Vec<Record>,
    letters: Vec<u8>,
    links: Vec<Link>,
}

impl StemIndex {
    /// An index with room for so many stems.
    pub(crate) fn with_capacity(stems: usize) -> StemIndex {
        StemIndex {
            table: HashTable::with_capacity(stems),
            records: Vec::with_capacity(stems),
            letters: Vec::with_capacity(stems * 9),
            links: Vec::with_capacity(stems + stems / 4),
        }
    }

    /// Adds a stem of a lemma. Longer ones than a word may be are left out.
    pub(crate) fn add(&mut self, letters: &[u8], posting: Posting) {
        let Ok(length) = u8::try_from(letters.len()) else { return };
        let Ok(link) = u32::try_from(self.links.len()) else { return };
        if letters.len() < SHORTEST_STEM || letters.len() > LONGEST_WORD {
            return;
        }
        let hash = Prefixes::hash_of(letters);
        match self.table.find(hash, |&record| self.letters_of(record) == letters) {
            Some(&record) => {
                let older = std::mem::replace(&mut self.records[record as usize].newest, link);
                self.links.push(Link { posting, older });
            }
            None => {
                let Ok(record) = u32::try_from(self.records.len()) else { return };
                let Ok(start) = u32::try_from(self.letters.len()) else { return };
                self.letters.extend_from_slice(letters);
                self.records.push(Record { hash, letters: start, newest: link, length });
                self.links.push(Link { posting, older: NONE });
                let records = &self.records;
                self.table.insert_unique(hash, record, |&record| records[record as usize].hash);
            }
        }
    }

    fn letters_of(&self, record: u32) -> &[u8] {
        let Record { letters, length, .. } = self.records[record as usize];
        &self.letters[letters as usize..letters as usize + usize::from(length)]
    }

    /// The postings of a stretch of a word, the newest first.
    #[inline]
    pub(crate) fn get<'i>(
        &'i self,
        word: &[u8],
        range: Range<usize>,
        prefixes: &Prefixes,
    ) -> impl Iterator<Item = &'i Posting> + use<'i> {
        let hash = prefixes.hash(range.clone());
        let letters = &word[range];
        let found = self.table.find(hash, |&record| self.letters_of(record) == letters);
        let mut next = found.map_or(NONE, |&record| self.records[record as usize].newest);
        std::iter::from_fn(move || {
            let link = self.links.get(next as usize)?;
            next = link.older;
            Some(&link.posting)
        })
    }

    /// Number of different stems.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }
}

const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Powers of the base of the rolling hash.
const POWERS: [u64; LONGEST_WORD + 1] = {
    let mut powers = [1u64; LONGEST_WORD + 1];
    let mut at = 1;
    while at <= LONGEST_WORD {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
        at += 1;
    }
    powers
};

/// Rolling hashes of a word's beginnings: the hash of any stretch costs one multiplication.
#[derive(Debug, Clone)]
pub(crate) struct Prefixes([u64; LONGEST_WORD + 1]);

impl Default for Prefixes {
    fn default() -> Prefixes {
        Prefixes([0; LONGEST_WORD + 1])
    }
}

impl Prefixes {
    /// Takes a word of at most [`LONGEST_WORD`] letters.
    #[inline]
    pub(crate) fn set(&mut self, word: &[u8]) {
        let mut hash = 0;
        for (slot, &letter) in self.0[1..].iter_mut().zip(word) {
            hash = step(hash, letter);
            *slot = hash;
        }
    }

    #[inline]
    fn hash(&self, range: Range<usize>) -> u64 {
        let rest = self.0[range.start].wrapping_mul(POWERS[range.end - range.start]);
        mix(self.0[range.end].wrapping_sub(rest))
    }

    fn hash_of(letters: &[u8]) -> u64 {
        mix(letters.iter().fold(0, |hash, &letter| step(hash, letter)))
    }
}

#[inline]
fn step(hash: u64, letter: u8) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(letter) + 1)
}

/// Spreads the hash over all bits: a polynomial of odd base has poor low ones.
#[inline]
fn mix(hash: u64) -> u64 {
    let product = u128::from(hash ^ (hash >> 29)) * u128::from(0xD6E8_FEB8_6659_FD93_u64);
    #[expect(clippy::cast_possible_truncation, reason = "the halves are wanted")]
    let folded = (product as u64) ^ ((product >> 64) as u64);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn posting(lemma: u32) -> Posting {
        Posting { endings: Endings::group(0), lemma: LemmaId(lemma), kind: Kind::Written }
    }

    proptest! {
        #[test]
        fn a_stretch_hashes_like_the_word_it_is(word in "[a-z]{1,20}", start in 0usize..20, length in 1usize..20) {
            let word = word.as_bytes();
            let start = start.min(word.len() - 1);
            let end = (start + length).min(word.len());
            let mut prefixes = Prefixes::default();
            prefixes.set(word);
            prop_assert_eq!(prefixes.hash(start..end), Prefixes::hash_of(&word[start..end]));
        }

        #[test]
        fn every_stem_is_found_and_no_other(stems in proptest::collection::vec("[ab]{2,6}", 1..30), probe in "[ab]{2,6}") {
            let mut index = StemIndex::default();
            for (lemma, stem) in (0..).zip(&stems) {
                index.add(stem.as_bytes(), posting(lemma));
            }
            let mut prefixes = Prefixes::default();
            prefixes.set(probe.as_bytes());
            let found: Vec<usize> = index
                .get(probe.as_bytes(), 0..probe.len(), &prefixes)
                .map(|posting| posting.lemma.index())
                .collect();
            let expected: Vec<usize> = (0..stems.len()).rev().filter(|&at| stems[at] == probe).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
