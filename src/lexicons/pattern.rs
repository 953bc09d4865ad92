//! How an entry is written: words, `a|b` for either, `..` for a few words between, `=a` for this form alone.

use crate::text::{Gap, normalise, tokenise};
use std::borrow::Cow;

/// The most wordings that one entry may have.
pub(super) const MOST_WORDINGS: usize = 64;

/// How many wordings an entry has.
pub(super) fn wordings(text: &str) -> usize {
    text.split_whitespace().map(|piece| piece.split('|').count()).fold(1, usize::saturating_mul)
}

/// A word of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PatternPart<'t> {
    /// Normalised.
    pub(super) word: Cow<'t, str>,
    /// Whether other words may stand before it.
    pub(super) gap: bool,
    /// Whether it stands for no other form than itself: `=ole =hyvä`.
    pub(super) exact: bool,
}

/// Every wording of an entry, in the order of its alternatives.
pub(super) fn alternatives(text: &str) -> Vec<Vec<PatternPart<'_>>> {
    let mut all: Vec<Vec<PatternPart<'_>>> = vec![Vec::new()];
    let mut gap = false;
    for piece in text.split_whitespace() {
        if piece == ".." {
            gap = true;
            continue;
        }
        let choices: Vec<Vec<PatternPart<'_>>> =
            piece.split('|').map(|choice| parts(choice, gap)).collect();
        gap = false;
        if let [only] = &choices[..] {
            all.iter_mut().for_each(|wording| wording.extend_from_slice(only));
            continue;
        }
        let begun = all.iter();
        let mut longer: Vec<_> = begun
            .flat_map(|begun| choices.iter().map(|choice| [&begun[..], &choice[..]].concat()))
            .collect();
        longer.truncate(MOST_WORDINGS);
        all = longer;
    }
    for wording in &mut all {
        // Before the first word stands no gap.
        wording.iter_mut().take(1).for_each(|part| part.gap = false);
    }
    all.retain(|wording| !wording.is_empty());
    all
}

/// The words of a choice, the first of them behind a gap or not.
fn parts(choice: &str, gap: bool) -> Vec<PatternPart<'_>> {
    let exact = choice.starts_with('=');
    let words = words_of(choice.trim_start_matches('=')).into_iter().enumerate();
    words.map(|(number, word)| PatternPart { word, gap: gap && number == 0, exact }).collect()
}

/// Whether a text is nothing but words in small letters, each as it is normalised, and single spaces: most entries.
pub(super) fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    let mut before = b' ';
    while let Some(byte) = bytes.next() {
        let fine = match byte {
            b'a'..=b'z' => true,
            b' ' => before != b' ',
            // à to ÿ, without the sign among them.
            0xC3 => bytes.next().is_some_and(|low| matches!(low, 0xA0..=0xBF) && low != 0xB7),
            _ => false,
        };
        if !fine {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// The normalised words of a text, cut as a customer's text is cut.
pub(super) fn words_of(text: &str) -> Vec<Cow<'_, str>> {
    if is_plain(text) {
        return text.split(' ').map(Cow::Borrowed).collect();
    }
    let mut tokens = Vec::new();
    tokenise(text, 0..text.len(), Gap::Open, &mut tokens);
    tokens
        .iter()
        .map(|token| {
            let mut word = String::new();
            normalise(token.of(text), &mut word);
            Cow::Owned(word)
        })
        .collect()
}

/// Whether any word of an entry is such.
pub(super) fn any_word(text: &str, is_such: impl Fn(&str) -> bool) -> bool {
    // No word reaches over one of these.
    let mut pieces = text.split([' ', '|', '=']);
    pieces.any(|piece| match is_plain(piece) {
        true => is_such(piece),
        false => words_of(piece).iter().any(|word| is_such(word)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let part = |part: PatternPart<'_>| {
            if part.gap { format!(".. {}", part.word) } else { part.word.into_owned() }
        };
        let wording = |parts: Vec<PatternPart<'_>>| parts.into_iter().map(part).collect::<Vec<_>>();
        alternatives(text).into_iter().map(|parts| wording(parts).join(" ")).collect()
    }

    #[test]
    fn an_entry_has_one_wording_or_several() {
        assert_eq!(shown("pitkä jono"), ["pitkä jono"]);
        assert_eq!(shown("odottaa .. kauan"), ["odottaa .. kauan"]);
        assert_eq!(shown("hinta|taksa nousta"), ["hinta nousta", "taksa nousta"]);
        assert_eq!(shown("e-lasku"), ["e lasku"]);
        assert_eq!(shown(".. outo"), ["outo"]);
        assert_eq!(shown("a|b c|d").len(), 4);
    }

    #[test]
    fn plain_entries_are_the_words_that_a_text_has() {
        assert!(is_plain("hyvä palvelu") && is_plain("école"));
        for text in ["", " a", "a ", "a  b", "Hyvä", "e-lasku", "don't", "a÷b", "a|b", "š"] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
