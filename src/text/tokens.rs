//! Words and numbers of a text, with byte spans into it and what stands before each.

use super::normalise::{is_apostrophe, is_invisible, is_mark};
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Holds at least one letter.
    Word,
    /// Digits, possibly with `.`, `,` or `:` inside.
    Number,
    /// A picture of a feeling: 😊, :-(.
    Emoji,
}

/// The strongest mark between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// White space, a hyphen, a quotation mark, nothing.
    Open,
    /// A comma, colon, dash, bracket, emoji: a clause may end here.
    Minor,
    /// A full stop, question or exclamation mark, semicolon or line break: a sentence ends here.
    Sentence,
}

/// A word or number of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Word or number.
    pub kind: TokenKind,
    /// What stands before it.
    pub gap: Gap,
}

impl Token {
    /// The token as it is written.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Letter,
    Digit,
    /// Belongs to a word once one has begun.
    Inside,
    Apostrophe,
    Space,
    Hyphen,
    Quote,
    Stop,
    Mark,
}

const fn ascii_class(byte: u8) -> Class {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
        b'0'..=b'9' => Class::Digit,
        b' ' | b'\t' => Class::Space,
        b'\n' | b'\r' | b'.' | b'!' | b'?' | b';' => Class::Stop,
        b'-' => Class::Hyphen,
        b'"' | b'*' | b'_' | b'/' | b'\\' | b'%' => Class::Quote,
        b'\'' | b'`' => Class::Apostrophe,
        _ => Class::Mark,
    }
}

/// The class of every ASCII character, so that most of a text costs a table look-up a byte.
const ASCII: [Class; 128] = {
    let mut table = [Class::Mark; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = ascii_class(byte);
        byte += 1;
    }
    table
};

fn class(c: char) -> Class {
    match c {
        // Latin letters with marks; the two signs among them are no letters.
        '\u{D7}' | '\u{F7}' => Class::Mark,
        '\u{C0}'..='\u{24F}' => Class::Letter,
        '\u{2026}' | '\u{2028}' | '\u{2029}' => Class::Stop,
        '\u{2010}' | '\u{2011}' => Class::Hyphen,
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}' | '\u{20AC}' => Class::Quote,
        _ if is_apostrophe(c) => Class::Apostrophe,
        _ if c.is_alphabetic() => Class::Letter,
        _ if is_mark(c) || is_invisible(c) => Class::Inside,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_whitespace() => Class::Space,
        _ => Class::Mark,
    }
}

/// The class and length in bytes of the character at `at`; nothing at the end of the text.
#[inline(always)]
fn character(text: &str, at: usize) -> Option<(Class, usize)> {
    let byte = *text.as_bytes().get(at)?;
    match ASCII.get(usize::from(byte)) {
        Some(&class) => Some((class, 1)),
        None => wide_character(text, at),
    }
}

#[inline(never)]
fn wide_character(text: &str, at: usize) -> Option<(Class, usize)> {
    text.get(at..)?.chars().next().map(|c| (class(c), c.len_utf8()))
}

/// The bytes from `at` on that are letters of ASCII or of U+00C0..=U+00FF, such as `ä`: most of most words.
#[inline]
fn letters(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    loop {
        match bytes.get(end..).and_then(<[u8]>::first_chunk) {
            Some(&eight) => end += letters_of(eight),
            None => {
                let rest = bytes.get(end..).unwrap_or_default();
                end += rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            }
        }
        end += match bytes.get(end) {
            Some(byte) if byte.is_ascii_alphabetic() => 1,
            // The two of the range that are no letters are U+00D7 and U+00F7.
            Some(0xC3) if !matches!(bytes.get(end + 1), None | Some(0x97 | 0xB7)) => 2,
            _ => return end - at,
        };
    }
}

/// How many of eight bytes come before the first that is no letter of ASCII: all compared at once, because the processor
/// cannot guess where a word ends.
#[inline]
fn letters_of(eight: [u8; 8]) -> usize {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = 0x80 * EACH;
    let bytes = u64::from_le_bytes(eight);
    // Capitals become small, other bytes do not become letters. The sums set the high bit of a byte from 'a' on, and
    // beyond 'z'; without the high bits they do not carry into the byte above.
    let small = (bytes | (0x20 * EACH)) & !HIGH;
    let from_a = small + (0x80 - 0x61) * EACH;
    let beyond_z = small + (0x80 - 0x7B) * EACH;
    let others = !(from_a & !beyond_z & !bytes) & HIGH;
    others.trailing_zeros() as usize / 8
}

/// Appends the tokens of `text[range]` to `tokens`; the first one stands behind `gap`. Returns the gap that is open at
/// the end of the range, for the next range of the same text.
pub fn tokenise(text: &str, range: Range<usize>, mut gap: Gap, tokens: &mut Vec<Token>) -> Gap {
    let Some(text) = text.get(..range.end) else { return gap };
    let mut at = range.start;
    let mut spaced = true;
    while let Some((first, length)) = character(text, at) {
        // The commonest of all, and it leaves the gap as it is.
        if text.as_bytes()[at] == b' ' {
            (at, spaced) = (at + 1, true);
            continue;
        }
        let start = at;
        at += length;
        let mut kind = match first {
            Class::Letter => TokenKind::Word,
            Class::Digit => TokenKind::Number,
            other => {
                gap = gap.max(match other {
                    Class::Stop => Gap::Sentence,
                    Class::Mark => Gap::Minor,
                    // A dash stands between spaces, the hyphen of a compound does not.
                    Class::Hyphen if spaced && is_end_or(text, at, Class::Space) => Gap::Minor,
                    _ => Gap::Open,
                });
                spaced = other == Class::Space;
                continue;
            }
        };
        loop {
            let letters = letters(text.as_bytes(), at);
            if letters > 0 {
                kind = TokenKind::Word;
                at += letters;
            }
            // The end of most words, known without looking closer.
            if text.as_bytes().get(at) == Some(&b' ') {
                break;
            }
            let Some((class, length)) = character(text, at) else { break };
            let joins = match class {
                Class::Letter => {
                    kind = TokenKind::Word;
                    true
                }
                Class::Digit | Class::Inside => true,
                Class::Apostrophe => {
                    kind == TokenKind::Word && is(text, at + length, Class::Letter)
                }
                // 10.30, 1,5
                Class::Stop | Class::Mark if kind == TokenKind::Number => {
                    matches!(text.as_bytes()[at], b'.' | b',' | b':')
                        && is(text, at + length, Class::Digit)
                }
                _ => false,
            };
            if !joins {
                break;
            }
            at += length;
        }
        tokens.push(Token { start, end: at, kind, gap });
        (gap, spaced) = (Gap::Open, false);
    }
    gap
}

fn is(text: &str, at: usize, wanted: Class) -> bool {
    character(text, at).is_some_and(|(class, _)| class == wanted)
}

fn is_end_or(text: &str, at: usize, wanted: Class) -> bool {
    character(text, at).is_none_or(|(class, _)| class == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let mut tokens = Vec::new();
        tokenise(text, 0..text.len(), Gap::Open, &mut tokens);
        let mut out = String::new();
        for token in &tokens {
            out.push_str(match token.gap {
                Gap::Open => " ",
                Gap::Minor => " , ",
                Gap::Sentence => " . ",
            });
            out.push_str(token.of(text));
        }
        out.trim_start().to_owned()
    }

    #[test]
    fn words_and_numbers_are_found_where_a_reader_sees_them() {
        assert_eq!(
            shown("Hyvä palvelu, nopea toimitus!Kiitos"),
            "Hyvä palvelu , nopea toimitus . Kiitos"
        );
        assert_eq!(shown("odotin 1,5 h klo 10.30 - en jaksa"), "odotin 1,5 h klo 10.30 , en jaksa");
        assert_eq!(shown("e-lasku don\u{2019}t 'ok' 5G"), "e lasku don\u{2019}t ok 5G");
        assert_eq!(shown("10/10"), "10 10");
        assert_eq!(shown("hyva\u{308} 👍 kiva"), "hyva\u{308} , kiva");
        assert_eq!(shown("-"), "");
    }

    proptest! {
        #[test]
        fn letters_are_told_apart_at_once_as_one_by_one(eight in any::<[u8; 8]>()) {
            let one_by_one = eight.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            prop_assert_eq!(letters_of(eight), one_by_one);
        }

        #[test]
        fn spans_lie_on_char_boundaries_and_do_not_overlap(text in "\\PC*") {
            let mut tokens = Vec::new();
            tokenise(&text, 0..text.len(), Gap::Open, &mut tokens);
            let mut last = 0;
            for token in &tokens {
                prop_assert!(token.start >= last && token.end > token.start);
                prop_assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
                last = token.end;
            }
        }

        #[test]
        fn what_lies_between_tokens_holds_no_letter(text in "[a-zåäö0-9 .,'’\\-\u{308}\u{AD}👍]{0,40}") {
            let mut tokens = Vec::new();
            tokenise(&text, 0..text.len(), Gap::Open, &mut tokens);
            let mut last = 0;
            for token in &tokens {
                prop_assert!(!text.get(last..token.start).unwrap().chars().any(char::is_alphanumeric));
                last = token.end;
            }
            prop_assert!(!text.get(last..).unwrap().chars().any(char::is_alphanumeric));
        }
    }
}
