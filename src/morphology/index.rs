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

/// A stem: its hash, which stands for its letters, and its newest posting.
#[derive(Debug, Clone, Copy)]
struct Record {
    hash: u64,
    newest: Link,
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

/// Stems by the 64-bit hash of their letters: one look into memory answers for most stretches of a word. That a stretch
/// that is no stem has the hash of one happens once in some ten million million words, and is the same in every run.
/// The index grows while a matcher is built and is only read afterwards.
#[derive(Debug, Default)]
pub(crate) struct StemIndex {
    table: HashTable<u32>,
    records: Vec<Record>,
    /// All but the newest posting of each stem.
    links: Vec<Link>,
    begins: Beginnings,
}

impl StemIndex {
    /// An index with room for so many stems.
    pub(crate) fn with_capacity(stems: usize) -> StemIndex {
        StemIndex {
            table: HashTable::with_capacity(stems),
            records: Vec::with_capacity(stems),
            links: Vec::with_capacity(stems / 4),
            begins: Beginnings::default(),
        }
    }

    /// Adds a stem of a lemma. Longer ones than a word may be are left out.
    pub(crate) fn add(&mut self, letters: &[u8], posting: Posting) {
        if letters.len() < SHORTEST_STEM || letters.len() > LONGEST_WORD {
            return;
        }
        let hash = Prefixes::hash_of(letters);
        let records = &mut self.records;
        match self.table.find(hash, |&record| records[record as usize].hash == hash) {
            Some(&record) => {
                let Ok(older) = u32::try_from(self.links.len()) else { return };
                let newest = &mut records[record as usize].newest;
                self.links.push(std::mem::replace(newest, Link { posting, older }));
            }
            None => {
                let Ok(record) = u32::try_from(records.len()) else { return };
                self.begins.add(letters);
                records.push(Record { hash, newest: Link { posting, older: NONE } });
                self.table.insert_unique(hash, record, |&record| records[record as usize].hash);
            }
        }
    }

    /// The postings of a stretch of a word, the newest first.
    #[inline]
    pub(crate) fn get<'i>(
        &'i self,
        word: &[u8],
        range: Range<usize>,
        prefixes: &Prefixes,
    ) -> impl Iterator<Item = &'i Posting> + use<'i> {
        let mut next = if self.begins.any(&word[range.clone()]) {
            let hash = prefixes.hash(range);
            let found = self.table.find(hash, |&record| self.records[record as usize].hash == hash);
            found.map(|&record| &self.records[record as usize].newest)
        } else {
            None
        };
        std::iter::from_fn(move || {
            let link = next?;
            next = self.links.get(link.older as usize);
            Some(&link.posting)
        })
    }

    /// Number of different stems.
    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }
}

/// How stems begin and how long they are, as bits by hash: small enough for the fastest memory, it answers for most of the
/// stretches of a word that are no stem.
#[derive(Debug)]
struct Beginnings(Box<[u64; Beginnings::WORDS]>);

impl Default for Beginnings {
    fn default() -> Beginnings {
        Beginnings(Box::new([0; Beginnings::WORDS]))
    }
}

impl Beginnings {
    /// 64 kB.
    const WORDS: usize = 1 << 13;

    /// The place of the first four letters and the length.
    #[inline]
    fn place(letters: &[u8]) -> (usize, u64) {
        let first = match *letters {
            [a, b, c, d, ..] => u32::from_le_bytes([a, b, c, d]),
            [a, b, c] => u32::from_le_bytes([a, b, c, 0]),
            [a, b] => u32::from_le_bytes([a, b, 0, 0]),
            _ => 0,
        };
        let length = u32::try_from(letters.len()).unwrap_or_default();
        let hash = (first ^ length.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x85EB_CA6B);
        let bit = (hash ^ (hash >> 15)).wrapping_mul(0xC2B2_AE35) >> 13;
        (bit as usize >> 6, 1 << (bit & 63))
    }

    fn add(&mut self, letters: &[u8]) {
        let (word, bit) = Beginnings::place(letters);
        self.0[word] |= bit;
    }

    #[inline]
    fn any(&self, letters: &[u8]) -> bool {
        let (word, bit) = Beginnings::place(letters);
        self.0[word] & bit != 0
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
