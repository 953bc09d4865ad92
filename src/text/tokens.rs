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

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        ' ' | '\t' => Class::Space,
        '\n' | '\r' | '.' | '!' | '?' | ';' | '\u{2026}' | '\u{2028}' | '\u{2029}' => Class::Stop,
        '-' | '\u{2010}' | '\u{2011}' => Class::Hyphen,
        '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}' | '*' | '_' | '/'
        | '\\' | '%' | '\u{20AC}' => Class::Quote,
        _ if is_apostrophe(c) => Class::Apostrophe,
        _ if c.is_ascii() => Class::Mark,
        _ if c.is_alphabetic() => Class::Letter,
        _ if is_mark(c) || is_invisible(c) => Class::Inside,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_whitespace() => Class::Space,
        _ => Class::Mark,
    }
}

/// Appends the tokens of `text[range]` to `tokens`; the first one stands behind `gap`. Returns the gap that is open at
/// the end of the range, for the next range of the same text.
pub fn tokenise(text: &str, range: Range<usize>, mut gap: Gap, tokens: &mut Vec<Token>) -> Gap {
    let Some(part) = text.get(range.clone()) else {
        return gap;
    };
    let mut chars = part.char_indices().map(|(at, c)| (at + range.start, c)).peekable();
    let mut spaced = true;
    while let Some((start, c)) = chars.next() {
        let first = class(c);
        if first != Class::Letter && first != Class::Digit {
            gap = gap.max(match first {
                Class::Stop => Gap::Sentence,
                Class::Mark => Gap::Minor,
                // A dash stands between spaces, the hyphen of a compound does not.
                Class::Hyphen
                    if spaced
                        && chars.peek().is_none_or(|&(_, next)| class(next) == Class::Space) =>
                {
                    Gap::Minor
                }
                _ => Gap::Open,
            });
            spaced = first == Class::Space;
            continue;
        }
        let mut kind = if first == Class::Letter { TokenKind::Word } else { TokenKind::Number };
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            let joins = match class(c) {
                Class::Letter => {
                    kind = TokenKind::Word;
                    true
                }
                Class::Digit | Class::Inside => true,
                Class::Apostrophe => {
                    kind == TokenKind::Word && next_is(text, at + c.len_utf8(), Class::Letter)
                }
                _ => {
                    kind == TokenKind::Number
                        && matches!(c, '.' | ',' | ':')
                        && next_is(text, at + c.len_utf8(), Class::Digit)
                }
            };
            if !joins || at >= range.end {
                break;
            }
            chars.next();
            end = at + c.len_utf8();
        }
        tokens.push(Token { start, end, kind, gap });
        (gap, spaced) = (Gap::Open, false);
    }
    gap
}

fn next_is(text: &str, at: usize, wanted: Class) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(|c| class(c) == wanted)
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
                prop_assert!(!text[last..token.start].chars().any(char::is_alphanumeric));
                last = token.end;
            }
            prop_assert!(!text[last..].chars().any(char::is_alphanumeric));
        }
    }
}
