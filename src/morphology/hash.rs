//! Hashes of stretches of a word: one pass over the word, then one multiplication a stretch.

use super::letters::LONGEST_WORD;
use std::ops::Range;

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

/// Rolling hashes of a word's beginnings.
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

    /// The hash of a stretch of the word, that of [`hash_of`] its letters.
    #[inline]
    pub(crate) fn hash(&self, range: Range<usize>) -> u64 {
        let rest = self.0[range.start].wrapping_mul(POWERS[range.end - range.start]);
        mix(self.0[range.end].wrapping_sub(rest))
    }
}

/// The hash of letters.
pub(crate) fn hash_of(letters: &[u8]) -> u64 {
    mix(letters.iter().fold(0, |hash, &letter| step(hash, letter)))
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

    proptest! {
        #[test]
        fn a_stretch_hashes_like_the_word_it_is(word in "[a-z]{1,20}", start in 0usize..20, length in 1usize..20) {
            let word = word.as_bytes();
            let start = start.min(word.len() - 1);
            let end = (start + length).min(word.len());
            let mut prefixes = Prefixes::default();
            prefixes.set(word);
            prop_assert_eq!(prefixes.hash(start..end), hash_of(&word[start..end]));
        }
    }
}
