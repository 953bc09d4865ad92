//! How an entry is written: words, `a|b` for either, `..` for a few words between, `=a` for this form alone.

use crate::text::{Gap, normalise, tokenise};

/// The most wordings that one entry may have.
pub(super) const MOST_WORDINGS: usize = 64;

/// How many wordings an entry has.
pub(super) fn wordings(text: &str) -> usize {
    text.split_whitespace().map(|piece| piece.split('|').count()).fold(1, usize::saturating_mul)
}

/// A word of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PatternPart {
    /// Normalised.
    pub(super) word: String,
    /// Whether other words may stand before it.
    pub(super) gap: bool,
    /// Whether it stands for no other form than itself: `=ole =hyvä`.
    pub(super) exact: bool,
}

/// Every wording of an entry, in the order of its alternatives.
pub(super) fn alternatives(text: &str) -> Vec<Vec<PatternPart>> {
    let mut all: Vec<Vec<PatternPart>> = vec![Vec::new()];
    let mut gap = false;
    for piece in text.split_whitespace() {
        if piece == ".." {
            gap = true;
            continue;
        }
        let mut choices = piece.split('|');
        if let (Some(only), None) = (choices.next(), choices.next()) {
            all.iter_mut().for_each(|wording| add(wording, only, gap));
            gap = false;
            continue;
        }
        let mut longer = Vec::new();
        for begun in &all {
            for choice in piece.split('|') {
                let mut wording = begun.clone();
                add(&mut wording, choice, gap);
                longer.push(wording);
            }
        }
        longer.truncate(MOST_WORDINGS);
        all = longer;
        gap = false;
    }
    all.retain(|wording| !wording.is_empty());
    all
}

/// Adds a choice, behind a gap or not.
fn add(wording: &mut Vec<PatternPart>, choice: &str, gap: bool) {
    let exact = choice.starts_with('=');
    for (number, word) in words_of(choice).into_iter().enumerate() {
        let gap = gap && number == 0 && !wording.is_empty();
        wording.push(PatternPart { word, gap, exact });
    }
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
pub(super) fn words_of(text: &str) -> Vec<String> {
    if is_plain(text) {
        return text.split(' ').map(str::to_owned).collect();
    }
    let mut tokens = Vec::new();
    tokenise(text, 0..text.len(), Gap::Open, &mut tokens);
    tokens
        .iter()
        .map(|token| {
            let mut word = String::new();
            normalise(token.of(text), &mut word);
            word
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let part =
            |part: PatternPart| if part.gap { format!(".. {}", part.word) } else { part.word };
        let wording = |parts: Vec<PatternPart>| parts.into_iter().map(part).collect::<Vec<_>>();
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
