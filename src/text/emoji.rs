//! Emoji and emoticons, which carry feeling but are no words: 😊, :-(, <3.

use super::tokens::{Gap, Token, TokenKind};
use std::ops::Range;

/// Inserts the emoji of `text[range]` among its tokens, which are those from `first` on. An emoji belongs to the words
/// before it; the same one several times in a row is one.
pub fn insert_emoji(text: &str, range: Range<usize>, first: usize, tokens: &mut Vec<Token>) {
    // Nearly every text has none. Without a branch within, the compiler makes vectors of the bytes.
    let bytes = text.as_bytes().get(range.clone()).unwrap_or_default();
    if !bytes.iter().fold(false, |some, &byte| some | may_begin(byte)) {
        return;
    }
    let mut found: Vec<(usize, Token)> = Vec::new();
    let mut from = range.start;
    for at in first..=tokens.len() {
        let (to, after) = match tokens.get(at) {
            Some(token) => (token.start, Some(*token)),
            None => (range.end, None),
        };
        if to > from + 1 || at == tokens.len() || at == first {
            scan(text, from..to, after, |span| {
                let token = Token {
                    start: span.start,
                    end: span.end,
                    kind: TokenKind::Emoji,
                    gap: Gap::Open,
                };
                match found.last_mut() {
                    Some((place, last))
                        if *place == at
                            && emoji_key(last.of(text)) == emoji_key(token.of(text)) =>
                    {
                        last.end = token.end;
                    }
                    _ => found.push((at, token)),
                }
            });
        }
        from = tokens.get(at).map_or(to, |token| token.end);
    }
    if found.is_empty() {
        return;
    }
    let words = tokens.split_off(first);
    let mut emoji = found.into_iter().peekable();
    for (offset, word) in words.into_iter().enumerate() {
        while let Some((_, token)) = emoji.next_if(|(place, _)| *place <= first + offset) {
            tokens.push(token);
        }
        // The letter of `:D` is no word.
        if tokens.last().is_none_or(|last| last.kind != TokenKind::Emoji || last.end <= word.start)
        {
            tokens.push(word);
        }
    }
    tokens.extend(emoji.map(|(_, token)| token));
}

/// The emoji as the lists write it: without skin colour, repetition and nose.
pub fn emoji_key(emoji: &str) -> String {
    let mut chars = emoji.chars();
    let Some(first) = chars.next() else { return String::new() };
    if !is_eyes(first) && first != '<' {
        return first.to_string();
    }
    let mouth = chars.find(|c| !is_nose(*c)).unwrap_or_default();
    let mouth = match mouth {
        ']' | '}' => ')',
        '[' | '{' => '(',
        '\\' => '/',
        'p' => 'P',
        'O' => 'o',
        other => other,
    };
    [if first == '=' { ':' } else { first }, mouth].into_iter().collect()
}

/// Whether a byte may begin an emoji.
#[inline]
fn may_begin(byte: u8) -> bool {
    byte >= 0xE2 || matches!(byte, b':' | b';' | b'=' | b'<')
}

/// Calls `found` with the spans of the emoji in what stands before a token; the span of `:D` reaches into it.
fn scan(text: &str, gap: Range<usize>, after: Option<Token>, mut found: impl FnMut(Range<usize>)) {
    let Some(marks) = text.get(gap.clone()) else { return };
    if !marks.bytes().any(may_begin) {
        return;
    }
    let after_digit = text
        .get(..gap.start)
        .and_then(|before| before.chars().next_back())
        .is_some_and(char::is_numeric);
    let mut chars = marks.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let start = gap.start + at;
        if is_emoji(c) {
            let mut end = start + c.len_utf8();
            while let Some((at, c)) = chars.next_if(|(_, c)| joins(*c)) {
                end = gap.start + at + c.len_utf8();
                if c == '\u{200D}'
                    && let Some((at, c)) = chars.next()
                {
                    end = gap.start + at + c.len_utf8();
                }
            }
            found(start..end);
        } else if is_eyes(c) && !(after_digit && at == 0) {
            while chars.next_if(|(_, c)| is_nose(*c)).is_some() {}
            let (mut end, mut last) = (None, c);
            while let Some((at, mouth)) = chars.next_if(|(_, c)| is_mouth(*c)) {
                (end, last) = (Some(gap.start + at + 1), mouth);
            }
            // No face is "http://x" or "hyvää:(halpa)".
            if last != ')' && end.is_some() && end == after.map(|word| word.start) {
                continue;
            }
            let letter = || {
                let word =
                    after.filter(|word| chars.peek().is_none() && word.end == word.start + 1)?;
                matches!(word.of(text), "D" | "P" | "p" | "o" | "O").then_some(word.end)
            };
            if let Some(end) = end.or_else(letter) {
                found(start..end);
            }
        } else if c == '<'
            && chars.peek().is_none()
            && let Some(word) = after.filter(|word| word.of(text) == "3")
        {
            found(start..word.end);
        }
    }
}

fn is_eyes(c: char) -> bool {
    matches!(c, ':' | ';' | '=')
}

fn is_nose(c: char) -> bool {
    matches!(c, '-' | '\'' | '^')
}

fn is_mouth(c: char) -> bool {
    matches!(c, ')' | '(' | ']' | '[' | '}' | '{' | '/' | '\\' | '|' | '*')
}

/// Pictures; signs such as ™ and arrows are none.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2605}'..='\u{2606}' | '\u{2620}' | '\u{2639}'..='\u{263B}' | '\u{2665}' | '\u{26A0}' | '\u{2705}'
        | '\u{270A}'..='\u{270C}' | '\u{2714}' | '\u{2716}' | '\u{274C}' | '\u{2753}'..='\u{2755}' | '\u{2757}'
        | '\u{2763}'..='\u{2764}' | '\u{2B50}' | '\u{1F300}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1F64F}'
        | '\u{1F680}'..='\u{1F6FF}' | '\u{1F900}'..='\u{1F9FF}' | '\u{1FA70}'..='\u{1FAFF}')
}

/// What only changes the look of the picture before: skin colour, variant, joiner.
fn joins(c: char) -> bool {
    matches!(c, '\u{FE0E}'..='\u{FE0F}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;
    use proptest::prelude::*;

    fn shown(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        tokenise(text, 0..text.len(), Gap::Open, &mut tokens);
        insert_emoji(text, 0..text.len(), 0, &mut tokens);
        let show = |token: &Token| match token.kind {
            TokenKind::Emoji => format!("<{}>", emoji_key(token.of(text))),
            _ => token.of(text).to_owned(),
        };
        tokens.iter().map(show).collect()
    }

    #[test]
    fn emoji_stand_where_a_reader_sees_them() {
        assert_eq!(shown("Kiva 😊 kiitos"), ["Kiva", "<😊>", "kiitos"]);
        assert_eq!(shown("👍👍🏽👍"), ["<👍>"], "one feeling");
        assert_eq!(
            shown("Kiitos:-))) hei :( :D <3"),
            ["Kiitos", "<:)>", "hei", "<:(>", "<:D>", "<<3>"]
        );
        assert_eq!(shown("🤦\u{200D}♀\u{FE0F} taas"), ["<🤦>", "taas"]);
        assert_eq!(
            shown("klo 10:30 (1:2) a:b D; http://x.fi"),
            ["klo", "10:30", "1:2", "a", "b", "D", "http", "x", "fi"]
        );
    }

    proptest! {
        #[test]
        fn tokens_stay_in_order(text in "[a-zDP0-9 :;()<3\\-=😊👍🏽\u{200D}\u{FE0F}]{0,40}") {
            let mut tokens = Vec::new();
            tokenise(&text, 0..text.len(), Gap::Open, &mut tokens);
            insert_emoji(&text, 0..text.len(), 0, &mut tokens);
            let mut last = 0;
            for token in &tokens {
                prop_assert!(token.start >= last && token.end > token.start);
                prop_assert!(text.get(token.start..token.end).is_some());
                last = token.end;
            }
        }
    }
}
