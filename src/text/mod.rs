//! Text as the reader of feedback sees it: tokens with spans into the original, normal forms, clauses.
//! Pure and total: every `&str` is fine, nothing is copied that need not be.

mod language;
mod normalise;
mod tokens;
mod emoji;
mod clauses;

pub use clauses::split_clauses;
pub use emoji::{emoji_key, insert_emoji};
pub use language::Language;
pub use normalise::{beginning, is_blank, normalise, says_nothing};
pub(crate) use normalise::{is_invisible, is_mark};
pub use tokens::{Gap, Token, TokenKind, tokenise};

/// Counts Unicode scalar values up to growing byte offsets of one text, in one pass over it.
#[derive(Debug)]
pub struct CharCounter<'t> {
    text: &'t str,
    bytes: usize,
    chars: usize,
}

impl<'t> CharCounter<'t> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'t str) -> CharCounter<'t> {
        CharCounter { text, bytes: 0, chars: 0 }
    }

    /// Scalar values before byte `offset`, which must not be below the offset of the call before.
    pub fn at(&mut self, offset: usize) -> usize {
        // Bytes that start a scalar value are all but the continuation bytes 10xxxxxx.
        let bytes = self.text.as_bytes().get(self.bytes..offset).unwrap_or_default();
        // Counted in a byte a chunk, which the compiler makes vectors of.
        self.chars += bytes
            .chunks(u8::MAX.into())
            .map(|chunk| chunk.iter().fold(0, |sum, byte| sum + u8::from(byte & 0xC0 != 0x80)))
            .map(usize::from)
            .sum::<usize>();
        self.bytes = self.bytes.max(offset);
        self.chars
    }
}
