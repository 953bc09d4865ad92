//! The sentence around a mention: what is quoted.

use super::analysis::Analysis;
use super::{Enricher, Mention};
use crate::text::{TokenKind, beginning};
use std::ops::{Range, RangeInclusive};

/// A quotation has so many Unicode scalar values: shorter ones say nothing, longer ones nobody reads.
const QUOTABLE: RangeInclusive<usize> = 15..=280;

/// A piece of text to be quoted, without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The redacted text.
    pub text: String,
    /// Its length in Unicode scalar values.
    pub length: usize,
    /// Where it stands in the original text, in Unicode scalar values.
    pub chars: Range<usize>,
    /// The word tokens in it.
    pub tokens: Range<usize>,
    /// Pieces of personal data redacted in it.
    pub redactions: usize,
}

impl Enricher {
    /// The sentence that holds a mention; where that is too long, the clause; nothing where neither has a length to
    /// quote. `text` is the whole text of the mention's question, `analysis` what was seen in it.
    pub fn sentence(&self, text: &str, mention: &Mention, analysis: &Analysis) -> Option<Sentence> {
        let (text, _) = beginning(text, self.max_text_chars);
        let clause = bytes_of(text, mention, analysis);
        let whole = start_of_sentence(text, clause.start)..end_of_sentence(text, clause.end);
        let sentence = |bytes: Range<usize>| {
            let cut = text.get(bytes.clone())?;
            let start = bytes.start + (cut.len() - cut.trim_start().len());
            let bytes = start..start + cut.trim().len();
            let redacted = self.redacted(text, bytes.clone(), analysis);
            // One line, as it is shown.
            let shown = if redacted.contains(['\n', '\r', '\t']) || redacted.contains("  ") {
                redacted.split_whitespace().collect::<Vec<_>>().join(" ")
            } else {
                redacted
            };
            let length = shown.chars().count();
            QUOTABLE.contains(&length).then(|| {
                let chars =
                    |bytes: Range<usize>| text.get(bytes).unwrap_or_default().chars().count();
                let before = mention.start - chars(bytes.start..clause.start).min(mention.start);
                let inside = chars(bytes.clone());
                let tokens = &analysis.tokens;
                let first = tokens.partition_point(|token| token.start < bytes.start);
                let last = tokens.partition_point(|token| token.end <= bytes.end).max(first);
                let overlaps = |piece: &&crate::privacy::Finding| {
                    piece.start < bytes.end && piece.end > bytes.start
                };
                Sentence {
                    text: shown,
                    length,
                    chars: before..before + inside,
                    tokens: first..last,
                    redactions: analysis.findings.iter().filter(overlaps).count(),
                }
            })
        };
        sentence(whole).or_else(|| sentence(clause.clone()))
    }

    /// The stems of the words of a sentence, separated by spaces.
    pub fn stems_of(
        &self,
        scratch: &super::Scratch,
        question: usize,
        text: &str,
        sentence: &Sentence,
    ) -> String {
        let mut stems = String::new();
        let tokens = scratch.analyses.get(question).map_or(&[][..], |analysis| &analysis.tokens);
        for token in sentence.tokens.clone() {
            let is_word = tokens.get(token).is_some_and(|token| token.kind == TokenKind::Word);
            if let Some(stem) = scratch.stem(question, token, text).filter(|_| is_word) {
                if !stems.is_empty() {
                    stems.push(' ');
                }
                stems.push_str(stem);
            }
        }
        stems
    }
}

/// The bytes of a mention: those of its clause, or counted where it spans a neighbour too.
fn bytes_of(text: &str, mention: &Mention, analysis: &Analysis) -> Range<usize> {
    let clause = analysis.clauses.get(mention.clause);
    if let Some(clause) = clause.filter(|clause| clause.chars == (mention.start..mention.end))
        && let Some(tokens) = analysis.tokens.get(clause.tokens.clone())
        && let (Some(first), Some(last)) = (tokens.first(), tokens.last())
    {
        return first.start..last.end;
    }
    let byte = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at);
    byte(mention.start)..byte(mention.end)
}

fn is_end(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '\u{2026}' | '\n')
}

/// Where the sentence begins that holds byte `at`: behind the last mark before it that a space and no small letter follow
/// ("klo 14.30" and "esim. lasku" end none), or behind a line break.
fn start_of_sentence(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let mut next = text.get(at..).and_then(|rest| rest.chars().next());
    let mut space = false;
    for (byte, letter) in before.char_indices().rev() {
        let ends = is_end(letter) && space && next.is_none_or(|next| !next.is_lowercase());
        if ends || letter == '\n' {
            return byte + letter.len_utf8();
        }
        if letter.is_whitespace() {
            space = true;
        } else {
            (space, next) = (false, Some(letter));
        }
    }
    0
}

/// Where the sentence ends that holds the byte before `at`: behind its mark.
fn end_of_sentence(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut mark = None;
    let mut space = false;
    for (byte, letter) in rest.char_indices() {
        if letter == '\n' {
            return at + mark.unwrap_or(byte);
        }
        if is_end(letter) {
            (mark, space) = (Some(byte + letter.len_utf8()), false);
        } else if letter.is_whitespace() {
            space = true;
        } else if let Some(end) = mark {
            if space && !letter.is_lowercase() {
                return at + end;
            }
            (mark, space) = (None, false);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn around(text: &str, word: &str) -> String {
        let at = text.find(word).unwrap();
        let range = start_of_sentence(text, at)..end_of_sentence(text, at + word.len());
        text.get(range).unwrap().trim().to_owned()
    }

    #[test]
    fn a_sentence_ends_at_a_mark_before_a_large_letter() {
        let text = "Hyvää päivää! Kuljettaja tuli klo 14.30 eli myöhässä, esim. viime viikolla. Harmi...\nKiitos";
        assert_eq!(
            around(text, "myöhässä"),
            "Kuljettaja tuli klo 14.30 eli myöhässä, esim. viime viikolla."
        );
        assert_eq!(around(text, "päivää"), "Hyvää päivää!");
        assert_eq!(around(text, "Harmi"), "Harmi...");
        assert_eq!(around(text, "Kiitos"), "Kiitos");
    }

    proptest! {
        #[test]
        fn every_place_lies_in_its_sentence(text in "[aB .!\nä]{0,40}", at in 0usize..40) {
            let at = text.floor_char_boundary(at);
            let (start, end) = (start_of_sentence(&text, at), end_of_sentence(&text, at));
            prop_assert!(start <= at && at <= end && end <= text.len());
            prop_assert!(text.get(start..end).is_some());
        }
    }
}
