//! One spelling for what means the same: lower case, composed umlauts, no invisible characters.

use unicode_normalization::UnicodeNormalization;

/// Characters that a reader does not see and that may stand inside a word.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Combining marks that follow a letter, e.g. the two dots of a decomposed `ä`.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}' | '\u{B4}' | '`')
}

/// Replaces `out` by the normal form of a word: lower case, NFC, straight apostrophes, nothing invisible.
pub fn normalise(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        if out.contains('`') {
            *out = out.replace('`', "'");
        }
        return;
    }
    let visible =
        word.chars().filter(|&c| !is_invisible(c)).map(|c| if is_apostrophe(c) { '\'' } else { c });
    if word.chars().any(is_mark) {
        out.extend(visible.flat_map(char::to_lowercase).nfc());
    } else {
        out.extend(visible.flat_map(char::to_lowercase));
    }
}

/// Fewer letters than this say nothing: `ok`, `10/10`, `:D`.
const FEWEST_LETTERS: usize = 3;

/// Whether a text says nothing that could be understood: it holds hardly any letter.
pub fn says_nothing(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count() < FEWEST_LETTERS
}

/// Whether a text shows nothing: only white space, control or invisible characters.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// The first `chars` Unicode scalar values of a text, and whether anything was cut off.
pub fn beginning(text: &str, chars: usize) -> (&str, bool) {
    if text.len() <= chars {
        return (text, false);
    }
    match text.char_indices().nth(chars) {
        Some((end, _)) => (text.get(..end).unwrap_or(text), true),
        None => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(word: &str) -> String {
        let mut out = String::new();
        normalise(word, &mut out);
        out
    }

    #[test]
    fn the_same_word_has_one_spelling() {
        assert_eq!(normal("HYVÄÄ"), "hyvää");
        assert_eq!(normal("hyva\u{308}a\u{308}"), "hyvää", "decomposed umlauts");
        assert_eq!(normal("toi\u{AD}mitus"), "toimitus", "soft hyphen");
        assert_eq!(normal("Don\u{2019}t"), "don't");
        assert_eq!(normal("DON`T"), "don't");
        assert_eq!(normal("hy\u{200B}vä"), "hyvä", "zero-width space");
    }

    #[test]
    fn a_few_letters_say_nothing() {
        assert!(["ok", "10/10", "-", ":D", "👍", ""].into_iter().all(says_nothing));
        assert!(!says_nothing("Jes") && !says_nothing("不好意思"));
    }

    #[test]
    fn the_beginning_counts_characters_not_bytes() {
        assert_eq!(beginning("ääkköset", 3), ("ääk", true));
        assert_eq!(beginning("ääk", 3), ("ääk", false));
        assert_eq!(beginning("👍👍", 1), ("👍", true));
    }
}
