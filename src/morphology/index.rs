//! Every stem of a lexicon in one table: which lemmas it belongs to, and which endings may follow.

use super::hash::hash_of;
use super::letters::LONGEST_WORD;
use super::paradigm::{Endings, Kind, Stem, Stems};
use hashbrown::HashTable;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// A lemma by its position in the matcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LemmaId(u32);

impl LemmaId {
    /// The lemma of a position. All beyond the last that the index has room for share it: two million lemmas are more
    /// than any language has.
    pub(super) fn new(position: usize) -> LemmaId {
        LemmaId(u32::try_from(position).unwrap_or(u32::MAX).min((1 << LEMMA_BITS) - 1))
    }

    /// The position among the matcher's lemmas.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A stem as one lemma uses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) endings: Endings,
    pub(crate) lemma: LemmaId,
    pub(crate) kind: Kind,
}

/// Shorter stems would match anything.
const SHORTEST_STEM: usize = 2;

/// The postings of a lexicon in the making.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    /// With the hash of the stem.
    list: Vec<(u64, Posting)>,
    /// Positions in the list by that hash, as far as somebody has asked for.
    by_stem: HashTable<u32>,
    /// Positions of the stems of the lemma at hand.
    own: FxHashMap<u64, usize>,
}

impl Postings {
    /// A list with room for so many postings.
    pub(crate) fn with_capacity(postings: usize) -> Postings {
        Postings { list: Vec::with_capacity(postings), ..Postings::default() }
    }

    /// Adds the stems of a lemma, the endings of equal ones together. Longer ones than a word may be are left out.
    pub(crate) fn add(&mut self, stems: &Stems, lemma: LemmaId, kind: Kind) {
        self.own.clear();
        for Stem { letters, endings } in stems.iter() {
            if letters.len() < SHORTEST_STEM || letters.len() > LONGEST_WORD {
                continue;
            }
            let hash = hash_of(letters);
            match self.own.entry(hash) {
                Entry::Occupied(known) => self.list[*known.get()].1.endings |= endings,
                Entry::Vacant(free) => {
                    free.insert(self.list.len());
                    self.list.push((hash, Posting { endings, lemma, kind }));
                }
            }
        }
    }

    /// The postings of a stem.
    pub(crate) fn get(&mut self, hash: u64) -> impl Iterator<Item = Posting> {
        let Postings { list, by_stem, .. } = self;
        let new = list.len() - by_stem.len();
        by_stem.reserve(new, |&at| list[at as usize].0);
        for at in by_stem.len()..list.len() {
            let Ok(position) = u32::try_from(at) else { break };
            by_stem.insert_unique(list[at].0, position, |&at| list[at as usize].0);
        }
        let all = by_stem.iter_hash(hash).map(|&at| list[at as usize]);
        all.filter(move |(known, _)| *known == hash).map(|(_, posting)| posting)
    }
}

/// Postings as look-ups want them: what a look-up costs is waiting for memory, so the table is small and nearly every
/// answer lies in one line of it.
///
/// The place and a key, some 48 bits of the stem's hash, stand for its letters. That a stretch of a word that is no
/// stem passes for one happens once in some hundred million look-ups, and is the same in every run.
#[derive(Debug, Default)]
pub(crate) struct StemIndex {
    filter: Filter,
    lines: Vec<Line>,
    /// What postings say apart from the lemma; a grammar has some hundred combinations.
    uses: Vec<(Endings, Kind)>,
    stems: usize,
}

/// What memory hands over at once: postings, the newest first, then free slots. A full line goes on in the next one.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line {
    /// 0 in free slots.
    keys: [u32; Line::SLOTS],
    /// Lemma and use.
    postings: [u32; Line::SLOTS],
}

impl Line {
    const SLOTS: usize = 8;
    const EMPTY: Line = Line { keys: [0; Line::SLOTS], postings: [0; Line::SLOTS] };

    fn is_full(&self) -> bool {
        self.keys[Line::SLOTS - 1] != 0
    }
}

const LEMMA_BITS: u32 = 21;

impl StemIndex {
    /// Lines have more room than postings need: few are full.
    const USUAL: usize = 5;

    /// The index of postings.
    pub(crate) fn of(postings: &Postings) -> StemIndex {
        let mut uses: FxHashMap<(Endings, Kind), u32> = FxHashMap::default();
        let mut index = StemIndex {
            lines: vec![Line::EMPTY; postings.list.len() / StemIndex::USUAL + 1],
            filter: Filter::for_postings(postings.list.len()),
            uses: Vec::new(),
            stems: 0,
        };
        for &(hash, posting) in postings.list.iter().rev() {
            index.filter.add(hash);
            let of_use = (posting.endings, posting.kind);
            let next = u32::try_from(index.uses.len()).unwrap_or_default();
            let number = *uses.entry(of_use).or_insert_with(|| {
                index.uses.push(of_use);
                next
            });
            // No grammar has so many; what there would be no room for is left out.
            if number >> (u32::BITS - LEMMA_BITS) == 0 {
                index.insert(hash, number << LEMMA_BITS | posting.lemma.0);
            }
        }
        index
    }

    fn insert(&mut self, hash: u64, posting: u32) {
        let key = key(hash);
        let mut line = self.line(hash);
        let mut known = false;
        loop {
            let Line { keys, postings } = &mut self.lines[line];
            for slot in 0..Line::SLOTS {
                if keys[slot] == 0 {
                    (keys[slot], postings[slot]) = (key, posting);
                    self.stems += usize::from(!known);
                    return;
                }
                known |= keys[slot] == key;
            }
            line = self.behind(line);
        }
    }

    /// The postings of the stem with a hash, the newest first.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> impl Iterator<Item = Posting> {
        let key = key(hash);
        let mut at = self.line(hash);
        let mut line = if self.filter.may_have(hash) { &self.lines[at] } else { &Line::EMPTY };
        let mut found = line.slots_of(key);
        std::iter::from_fn(move || {
            while found == 0 {
                if !line.is_full() {
                    return None;
                }
                at = self.behind(at);
                line = &self.lines[at];
                found = line.slots_of(key);
            }
            let posting = line.postings[found.trailing_zeros() as usize];
            found &= found - 1;
            let (endings, kind) = self.uses[(posting >> LEMMA_BITS) as usize];
            Some(Posting { endings, lemma: LemmaId(posting & ((1 << LEMMA_BITS) - 1)), kind })
        })
    }

    /// Number of different stems.
    pub(crate) fn len(&self) -> usize {
        self.stems
    }

    /// The line in which the postings of a stem begin: the high half of the hash, as a fraction of all lines.
    #[inline]
    fn line(&self, hash: u64) -> usize {
        ((hash >> 32) as usize * self.lines.len()) >> 32
    }

    #[inline]
    fn behind(&self, line: usize) -> usize {
        if line + 1 == self.lines.len() { 0 } else { line + 1 }
    }
}

impl Line {
    /// The slots with a key, a bit each.
    #[inline]
    fn slots_of(&self, key: u32) -> u32 {
        let bit = |slot: usize| u32::from(self.keys[slot] == key) << slot;
        (0..Line::SLOTS).fold(0, |slots, slot| slots | bit(slot))
    }
}

/// Bits of all stems: small enough for the second fastest memory, it answers for most stretches of a word that are no
/// stem.
#[derive(Debug, Default)]
struct Filter(Vec<u64>);

impl Filter {
    /// Postings whose bits share a word: with two bits each, one stretch of six passes in vain.
    const SHARE: usize = 16;

    fn for_postings(postings: usize) -> Filter {
        Filter(vec![0; postings / Filter::SHARE + 1])
    }

    fn add(&mut self, hash: u64) {
        let (word, bits) = self.place(hash);
        self.0[word] |= bits;
    }

    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        let (word, bits) = self.place(hash);
        self.0[word] & bits == bits
    }

    #[inline]
    fn place(&self, hash: u64) -> (usize, u64) {
        let word = ((hash >> 32) as usize * self.0.len()) >> 32;
        (word, 1 << (hash & 63) | 1 << (hash >> 6 & 63))
    }
}

/// The half of a hash that its place does not tell.
#[inline]
fn key(hash: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
    let key = hash as u32;
    // 0 is a free slot.
    key | 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn posting(lemma: usize, endings: Endings) -> Posting {
        Posting { endings, lemma: LemmaId::new(lemma), kind: Kind::Written }
    }

    fn add(postings: &mut Postings, stem: &[u8], endings: &[Endings], lemma: usize, kind: Kind) {
        let mut stems = Stems::default();
        for &endings in endings {
            stems.push(&[stem], endings);
        }
        postings.add(&stems, LemmaId::new(lemma), kind);
    }

    #[test]
    fn postings_come_back_as_they_were() {
        let mut postings = Postings::default();
        let endings = Endings::group(63);
        let last = (1 << LEMMA_BITS) - 1;
        add(&mut postings, b"talo", &[endings], 0, Kind::Written);
        add(&mut postings, b"talo", &[endings], 0, Kind::Undotted);
        add(&mut postings, b"talo", &[endings], last, Kind::Spoken);
        let index = StemIndex::of(&postings);
        let found: Vec<Posting> = index.get(hash_of(b"talo")).collect();
        let expected = [
            Posting { kind: Kind::Spoken, ..posting(last, endings) },
            Posting { kind: Kind::Undotted, ..posting(0, endings) },
            posting(0, endings),
        ];
        assert_eq!(found, expected);
        assert_eq!(index.len(), 1);
    }

    #[test]
    fn endings_of_one_lemma_come_together() {
        let mut postings = Postings::default();
        let endings = [Endings::group(1), Endings::group(2)];
        add(&mut postings, b"talo", &endings, 7, Kind::Written);
        let expected = [posting(7, endings[0] | endings[1])];
        assert_eq!(postings.get(hash_of(b"talo")).collect::<Vec<_>>(), expected);
        assert_eq!(StemIndex::of(&postings).get(hash_of(b"talo")).collect::<Vec<_>>(), expected);
    }

    proptest! {
        #[test]
        fn every_stem_is_found_and_no_other(stems in proptest::collection::vec("[ab]{2,6}", 1..200), probe in "[ab]{2,6}") {
            let mut postings = Postings::default();
            for (lemma, stem) in stems.iter().enumerate() {
                add(&mut postings, stem.as_bytes(), &[Endings::group(0)], lemma, Kind::Written);
            }
            let hash = hash_of(probe.as_bytes());
            let found: Vec<usize> =
                StemIndex::of(&postings).get(hash).map(|posting| posting.lemma.index()).collect();
            let expected: Vec<usize> = (0..stems.len()).rev().filter(|&at| stems[at] == probe).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
