//! The letters of a text as one byte each: upper and lower case, composed and decomposed umlauts are the same byte, and
//! whatever stands between two words is [`BOUNDARY`]. Web and e-mail addresses, @names and `[placeholders]` are no
//! words of a language and leave nothing.

use super::letters::{BOUNDARY, CYRILLIC, Letters, latin_1, letter};
use crate::text::{is_invisible, is_mark};
use unicode_normalization::char::compose;

/// Texts are judged on this many bytes; more change nothing but the cost.
pub const JUDGED_BYTES: usize = 256;

/// More codes than [`JUDGED_BYTES`] bytes can give; a power of two, so that a mask replaces the bounds check.
const CAPACITY: usize = 512;

/// Stands for bytes that need a closer look: `@`, `[`, `:`, `.` and all beyond ASCII.
const LOOK: u8 = 0;

/// Letters are counted in blocks of so many codes.
const COUNTED_AT_ONCE: usize = 16;

/// The longest name in brackets that is taken for a placeholder such as `[personal_id]`.
const LONGEST_PLACEHOLDER: usize = 24;

/// A folded text.
#[derive(Debug)]
pub(super) struct Folded {
    codes: [u8; CAPACITY],
    length: usize,
    pub(super) letters: Letters,
}

/// Code by byte.
static FOLDED: [u8; 256] = {
    let mut table = [LOOK; 256];
    let mut byte = 0u8;
    while byte < 0x80 {
        table[byte as usize] = match byte {
            b'a'..=b'z' => byte,
            b'A'..=b'Z' => byte.to_ascii_lowercase(),
            b'@' | b'[' | b':' | b'.' => LOOK,
            _ => BOUNDARY,
        };
        byte += 1;
    }
    table
};

/// What a closer look finds.
enum Found {
    /// One more code.
    Code(u8),
    /// The letter before has a mark: this code stands for both.
    Marked(u8),
    /// Nothing that counts.
    Nothing,
    /// The stretch since the last white space, of so many codes, belongs to an address.
    Address(usize),
}

impl Folded {
    /// Nothing yet.
    #[inline]
    pub(super) fn new() -> Folded {
        Folded { codes: [BOUNDARY; CAPACITY], length: 0, letters: Letters::default() }
    }

    /// The words, with one boundary or two after each.
    #[inline]
    pub(super) fn codes(&self) -> &[u8] {
        self.codes.get(..self.length).unwrap_or_default()
    }

    /// Folds the judged beginning of a text.
    #[inline]
    pub(super) fn read(&mut self, text: &str) {
        let text = judged(text);
        let bytes = text.as_bytes();
        let codes = &mut self.codes;
        let mut other = 0;
        let mut length = 0usize;
        // The last codes, the newest lowest.
        let mut recent = u32::from_be_bytes([BOUNDARY; 4]);
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let mut code = FOLDED[usize::from(byte)];
            at += 1;
            if code == LOOK {
                let [last, ..] = recent.to_le_bytes();
                let (found, next) = if byte < 0x80 {
                    closer_look(text, at, last)
                } else {
                    beyond_ascii(text, at - 1, last, &mut other)
                };
                at = next;
                match found {
                    Found::Code(found) => code = found,
                    Found::Marked(both) => {
                        codes[length.wrapping_sub(1) % CAPACITY] = both;
                        recent = (recent & !0xFF) | u32::from(both);
                        continue;
                    }
                    Found::Nothing => continue,
                    Found::Address(written) => {
                        let end = length;
                        length = length.saturating_sub(written);
                        codes.get_mut(length..end).unwrap_or_default().fill(BOUNDARY);
                        code = BOUNDARY;
                    }
                }
            }
            codes[length % CAPACITY] = code;
            // Of one code in a row two are kept: `sooo` is `soooooo`.
            recent = (recent << 8) | u32::from(code);
            length += usize::from((recent ^ (recent >> 8)) & 0xFFFF != 0);
        }
        codes[length % CAPACITY] = BOUNDARY;
        self.length = length + 1;
        self.letters = Letters { other, ..self.count() };
    }

    /// Latin and Cyrillic letters. What lies behind the last code is all boundaries, so that whole blocks are counted.
    #[inline]
    fn count(&self) -> Letters {
        let (mut latin, mut cyrillic) = (0u16, 0u16);
        let blocks = self.length.div_ceil(COUNTED_AT_ONCE);
        for block in self.codes.as_chunks::<COUNTED_AT_ONCE>().0.iter().take(blocks) {
            for &code in block {
                latin += u16::from((code != BOUNDARY) & (code < CYRILLIC));
                cyrillic += u16::from(code >= CYRILLIC);
            }
        }
        Letters { latin: u32::from(latin), cyrillic: u32::from(cyrillic), other: 0 }
    }
}

/// The first bytes of a text, cut between two words where there is a place to cut.
pub(super) fn judged(text: &str) -> &str {
    if text.len() <= JUDGED_BYTES {
        return text;
    }
    let space = text.as_bytes().iter().take(JUDGED_BYTES).rposition(|&byte| byte <= b' ');
    let mut end = space.filter(|&space| space > 0).unwrap_or(JUDGED_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// What an ASCII byte before `at` means, and where to read on; `last` is the code before it.
#[inline(never)]
fn closer_look(text: &str, at: usize, last: u8) -> (Found, usize) {
    let (bytes, byte) = (text.as_bytes(), at.saturating_sub(1));
    let rest = bytes.get(at..).unwrap_or_default();
    let space = |byte: &u8| *byte <= b' ';
    // The stretch since the last white space.
    let token = || {
        let start = bytes.iter().take(byte).rposition(space).map_or(0, |space| space + 1);
        text.get(start..byte).unwrap_or_default()
    };
    let address = match bytes.get(byte) {
        Some(b'@') => rest.first().is_some_and(u8::is_ascii_alphanumeric),
        Some(b':') => rest.starts_with(b"//"),
        Some(b'.') => last == b'w' && token().eq_ignore_ascii_case("www"),
        Some(b'[') => {
            let end = rest.iter().take(LONGEST_PLACEHOLDER).position(|&byte| byte == b']');
            let name = |end: &usize| {
                let mut letters = rest.iter().take(*end);
                letters.all(|byte| byte.is_ascii_lowercase() || *byte == b'_')
            };
            let end = end.filter(name).map_or(at, |end| at + end + 1);
            return (Found::Code(BOUNDARY), end);
        }
        _ => false,
    };
    if !address {
        return (Found::Code(BOUNDARY), at);
    }
    let length = rest.iter().position(space).unwrap_or(rest.len());
    // No address begins within the token: it would have been found before this one.
    let mut written = Folded::new();
    written.read(token());
    (Found::Address(written.length - 1), at + length)
}

/// What the character at byte `at` means, and where to read on; `last` is the code before it.
#[inline]
fn beyond_ascii(text: &str, at: usize, last: u8, other: &mut u32) -> (Found, usize) {
    // Most umlauts: a two-byte letter of Latin-1.
    if let Some(&[0xC3, low]) = text.as_bytes().get(at..at + 2) {
        return (Found::Code(latin_1(low)), at + 2);
    }
    further(text, at, last, other)
}

#[inline(never)]
fn further(text: &str, at: usize, last: u8, other: &mut u32) -> (Found, usize) {
    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
        return (Found::Nothing, text.len());
    };
    let next = at + c.len_utf8();
    let found = match letter(c) {
        Some(code) => Found::Code(code),
        None if is_mark(c) => {
            let base = last.is_ascii_lowercase().then(|| char::from(last));
            let both = base.and_then(|base| compose(base, c)).and_then(letter);
            both.map_or(Found::Nothing, Found::Marked)
        }
        None if is_invisible(c) => Found::Nothing,
        None => {
            *other += u32::from(c.is_alphabetic());
            Found::Code(BOUNDARY)
        }
    };
    (found, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> Folded {
        let mut folded = Folded::new();
        folded.read(text);
        folded
    }

    /// The codes with single boundaries.
    fn codes(text: &str) -> Vec<u8> {
        let mut codes = fold(text).codes().to_vec();
        codes.dedup_by(|code, before| *code == BOUNDARY && *before == BOUNDARY);
        codes
    }

    fn same(one: &str, other: &str) {
        assert_eq!(codes(one), codes(other), "{one} and {other}");
    }

    #[test]
    fn spellings_of_one_word_are_the_same() {
        same("HYVÄÄ PALVELUA", "hyvää palvelua");
        same("hyva\u{308}a\u{308} pa\u{301}", "hyvää pá");
        same("toi\u{AD}mitus hy\u{200B}vä\u{FE0F}", "toimitus hyvä");
        same("ŠIAULIŲ Ķ Ź Ŋ Ў Ң ẠƯ", "šiaulių ķ ź ŋ ў ң ạư");
        same("hyväääää soooo!!!", "hyvää soo");
        same("a,b", "a ... b ");
    }

    #[test]
    fn letters_differ() {
        for pair in
            [("ä", "ö"), ("ä", "a"), ("å", "ä"), ("õ", "ö"), ("š", "ž"), ("и", "й"), ("ļ", "ł")]
        {
            assert_ne!(codes(pair.0), codes(pair.1), "{pair:?}");
        }
    }

    #[test]
    fn addresses_names_and_placeholders_leave_nothing() {
        same("see https://example.com/some/path?x=y now", "see now");
        same("see www.example.com/path", "see");
        same("write to first.last@example.com today", "write to today");
        same("thanks @support", "thanks");
        same("call [phone] or [personal_id]!", "call or");
        same("[Sic] a: b @ c", "sic a b c");
        assert_eq!(fold("https://example.com").letters.all(), 0);
    }

    #[test]
    fn letters_are_counted_by_script() {
        let letters = |text| {
            let Letters { latin, cyrillic, other } = fold(text).letters;
            (latin, cyrillic, other)
        };
        assert_eq!(letters("abc äö 12 👍"), (5, 0, 0));
        assert_eq!(letters("привет ok"), (2, 6, 0));
        assert_eq!(letters("Καλό 不好"), (0, 0, 6));
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let text = "abcdefg ".repeat(100);
        assert_eq!(codes(&text).len() % 8, 0);
        let one = "ä".repeat(1000) + "x";
        assert_eq!(codes(&one).len(), 3, "of one letter in a row two are kept");
        assert!(codes(&"äb".repeat(1000)).len() <= JUDGED_BYTES);
    }
}
