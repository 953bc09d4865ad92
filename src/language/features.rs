//! The features of a text: its 3-grams and 4-grams inside `^word$` and its whole words if
//! they are short, each hashed to a row of the
//! model. Features never cross a word's bounds. The trainer reads the same rows.

use super::folding::Folded;
use super::letters::{BOUNDARY, Letters};

/// Rows of the model: every value of a `u16` is one.
pub const ROWS: usize = 1 << 16;

/// Features are handed on in blocks that stay in the fastest memory.
const CODES_AT_ONCE: usize = 32;

/// More than the three features a code that a block can give; a power of two, so that a mask replaces the bounds check.
pub(super) const ROWS_AT_ONCE: usize = 128;

/// The features of one text.
#[derive(Debug)]
pub struct Features(Folded);

impl Features {
    /// The features of the judged beginning of a text.
    #[inline]
    pub fn of(text: &str) -> Features {
        let mut features = Features(Folded::new());
        features.0.read(text);
        features
    }

    /// Calls `each` with the row numbers of the features, in order and with repeats, a block at a time.
    #[inline]
    pub fn rows(&self, mut each: impl FnMut(&[u16])) {
        let mut word = Word::START;
        let mut rows = [0; ROWS_AT_ONCE];
        for codes in self.0.codes().chunks(CODES_AT_ONCE) {
            let count = hash(codes, &mut word, &mut rows);
            each(rows.get(..count).unwrap_or_default());
        }
    }

    /// Letters by script.
    #[inline]
    pub fn letters(&self) -> Letters {
        self.0.letters
    }
}

/// Longer words are seldom met twice: as features of their own they would only blur the rows that others share.
const LONGEST_WORD: u32 = 7;

/// Where a text is: the last four codes, the hash of the word so far and its length.
#[derive(Clone, Copy)]
struct Word {
    window: u32,
    hash: u32,
    length: u32,
}

impl Word {
    /// Between two words.
    const START: Word =
        Word { window: u32::from_be_bytes([BOUNDARY; 4]), hash: 0x811C_9DC5, length: 0 };
}

/// Writes the row of every feature that ends in these codes and returns how many there are.
#[inline]
fn hash(codes: &[u8], word: &mut Word, rows: &mut [u16; ROWS_AT_ONCE]) -> usize {
    /// A boundary as the last code but one, and but two.
    const THIRD: u32 = (BOUNDARY as u32) << 8;
    const SECOND: u32 = (BOUNDARY as u32) << 16;
    let mut count = 0;
    let Word { mut window, hash: mut whole, mut length } = *word;
    for &code in codes {
        window = (window << 8) | u32::from(code);
        // Written always and kept when no boundary lies inside: no branch to guess.
        let inside = usize::from(window & 0xFF00 != THIRD);
        rows[count % ROWS_AT_ONCE] = row((window & 0xFF_FFFF).wrapping_mul(0x9E37_79B1));
        count += inside;
        rows[count % ROWS_AT_ONCE] = row(window.wrapping_mul(0x85EB_CA6B));
        count += inside & usize::from(window & 0xFF_0000 != SECOND);
        if code == BOUNDARY {
            rows[count % ROWS_AT_ONCE] = row((whole ^ (whole >> 15)).wrapping_mul(0xC2B2_AE35));
            count += usize::from((1..=LONGEST_WORD).contains(&length));
            Word { hash: whole, length, .. } = Word::START;
        } else {
            whole = (whole ^ u32::from(code)).wrapping_mul(0x5B00_0193);
            length += 1;
        }
    }
    *word = Word { window, hash: whole, length };
    count
}

/// The upper half of a hash.
#[inline]
fn row(hash: u32) -> u16 {
    let [_, _, low, high] = hash.to_le_bytes();
    u16::from_le_bytes([low, high])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<u16> {
        let mut all = Vec::new();
        Features::of(text).rows(|rows| all.extend_from_slice(rows));
        all
    }

    #[test]
    fn a_word_has_its_grams_and_itself() {
        // ^ab ab$, ^ab$, the word.
        assert_eq!(rows("ab").len(), 4);
        // ^a$ and the word.
        assert_eq!(rows("a").len(), 2);
        assert!(rows("10/10 👍").is_empty());
    }

    #[test]
    fn blocks_hold_the_most_that_codes_can_give() {
        for text in ["a ".repeat(500), "abcdefgh".repeat(100), "ab ".repeat(300)] {
            Features::of(&text).rows(|rows| assert!(rows.len() < ROWS_AT_ONCE));
        }
        assert_eq!(
            rows(&"ab ".repeat(50)),
            rows("ab").repeat(50),
            "a word may begin anywhere in a block"
        );
    }

    proptest! {
        #[test]
        fn features_never_cross_a_word(one in "[a-zäöå]{1,40}", other in "[a-zäöå]{1,12}") {
            prop_assert_eq!(rows(&format!("{one} {other}")), [rows(&one), rows(&other)].concat());
        }
    }
}
