//! Phrases by their first two parts, behind a filter: nearly all pairs of neighbouring words begin no phrase, and are told
//! so by one bit that stays in a core's own cache.

use super::compiled::{Phrase, TermId};
use rustc_hash::{FxHashMap, FxHasher};
use std::cmp::Reverse;
use std::hash::{Hash, Hasher};

/// Bits of the filter for each phrase, so that few pairs without one pass it.
const BITS_A_PHRASE: usize = 8;
/// Bits of the smallest filter: one word.
const FEWEST_BITS: usize = 64;
/// Bits of the largest: 64 kB.
const MOST_BITS: usize = 1 << 19;

/// Phrases by their first two parts, longest first.
#[derive(Debug)]
pub(super) struct PhrasePairs {
    filter: Vec<u64>,
    /// The number of its bits as a power of two.
    bits: u32,
    phrases: FxHashMap<(TermId, TermId), Vec<Phrase>>,
}

impl PhrasePairs {
    /// Collects phrases of at least two parts.
    pub(super) fn new(phrases: Vec<Phrase>) -> PhrasePairs {
        let size =
            (phrases.len() * BITS_A_PHRASE).next_power_of_two().clamp(FEWEST_BITS, MOST_BITS);
        let bits = size.trailing_zeros();
        let mut pairs =
            PhrasePairs { filter: vec![0; size / 64], bits, phrases: FxHashMap::default() };
        for phrase in phrases {
            let [first, second, ..] = phrase.parts[..] else { continue };
            let (word, bit) = pairs.place(first.term, second.term);
            pairs.filter[word] |= bit;
            pairs.phrases.entry((first.term, second.term)).or_default().push(phrase);
        }
        for phrases in pairs.phrases.values_mut() {
            phrases.sort_by_key(|phrase| Reverse(phrase.parts.len()));
        }
        pairs
    }

    /// The pairs that begin phrases, in no order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &(TermId, TermId)> {
        self.phrases.keys()
    }

    /// The phrases that begin with a pair.
    #[inline]
    pub(super) fn get(&self, first: TermId, second: TermId) -> &[Phrase] {
        let (word, bit) = self.place(first, second);
        if self.filter[word] & bit == 0 {
            return &[];
        }
        self.phrases.get(&(first, second)).map_or(&[], Vec::as_slice)
    }

    /// The word of the filter and the bit in it that stand for a pair.
    #[inline]
    fn place(&self, first: TermId, second: TermId) -> (usize, u64) {
        let mut hasher = FxHasher::default();
        (first, second).hash(&mut hasher);
        // The multiplication of the hash mixes upwards: its highest bits are the best.
        let hash = hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = usize::try_from(hash >> (64 - self.bits)).unwrap_or_default();
        (place >> 6, 1 << (place & 63))
    }
}
