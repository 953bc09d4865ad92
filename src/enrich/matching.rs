//! Finds modifiers and lexicon entries in a sequence of words: longest match wins, leftmost, nothing matched twice.

use super::words::Word;
use crate::lexicons::{EntryId, LanguageLexicon, ModifierId, ModifierKind};
use crate::text::{Gap, Token};
use std::ops::Range;

/// A modifier in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct ModifierHit {
    /// Which.
    pub id: ModifierId,
    /// What it does.
    pub kind: ModifierKind,
    /// Its factor.
    pub factor: f64,
    /// The tokens it stands on.
    pub tokens: Range<usize>,
    /// Whether it is part of an entry ("ei toimi", "couldn't fault"), whose valence already says what it does.
    pub used_up: bool,
}

/// A lexicon entry in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryHit {
    /// Which.
    pub id: EntryId,
    /// The tokens it stands on.
    pub tokens: Range<usize>,
    /// The weakest word of the match.
    pub tier: u8,
}

/// Appends the modifiers of a whole text. A phrase does not reach over a punctuation mark.
pub(super) fn find_modifiers(
    lexicon: &LanguageLexicon,
    tokens: &[Token],
    words: &[Word],
    hits: &mut Vec<ModifierHit>,
) {
    let mut at = 0;
    while at < words.len() {
        let fits = |id: &&ModifierId| {
            lexicon.modifier(**id).forms.iter().enumerate().all(|(offset, &form)| {
                let position = at + offset;
                let unbroken =
                    offset == 0 || tokens.get(position).is_some_and(|token| token.gap == Gap::Open);
                unbroken && words.get(position).is_some_and(|word| word.facts.form == Some(form))
            })
        };
        match words[at].facts.form.and_then(|form| lexicon.modifiers(form).iter().find(fits)) {
            Some(&id) => {
                let modifier = lexicon.modifier(id);
                let end = at + modifier.forms.len();
                hits.push(ModifierHit {
                    id,
                    kind: modifier.kind,
                    factor: modifier.factor,
                    tokens: at..end,
                    used_up: false,
                });
                at = end;
            }
            None => at += 1,
        }
    }
}

/// Appends the entries within one clause.
pub(super) fn find_entries(
    lexicon: &LanguageLexicon,
    words: &[Word],
    clause: Range<usize>,
    hits: &mut Vec<EntryHit>,
) {
    let mut at = clause.start;
    while at < clause.end {
        let Some(first) = words[at].facts.term else {
            at += 1;
            continue;
        };
        let second = words[at + 1..clause.end].first().and_then(|word| word.facts.term);
        let fits = |id: &&EntryId| {
            let terms = &lexicon.entry(**id).terms;
            at + terms.len() <= clause.end
                && terms.iter().zip(&words[at..]).all(|(&term, word)| word.facts.term == Some(term))
        };
        let phrase = lexicon
            .phrases(first, second)
            .iter()
            .find(fits)
            .map(|&id| (id, lexicon.entry(id).terms.len()));
        match phrase.or_else(|| words[at].facts.entry.map(|id| (id, 1))) {
            Some((id, length)) => {
                let tokens = at..at + length;
                let tier = words[tokens.clone()]
                    .iter()
                    .map(|word| word.facts.tier)
                    .max()
                    .unwrap_or_default();
                hits.push(EntryHit { id, tokens, tier });
                at += length;
            }
            None => at += 1,
        }
    }
}

/// Marks the negators and degree words that are part of an entry. Both lists run from left to right.
pub(super) fn use_up(modifiers: &mut [ModifierHit], entries: &[EntryHit]) {
    let mut entries = entries.iter().peekable();
    for modifier in modifiers {
        while entries.next_if(|entry| entry.tokens.end <= modifier.tokens.start).is_some() {}
        let within = |entry: &&EntryHit| {
            entry.tokens.len() > modifier.tokens.len()
                && entry.tokens.start <= modifier.tokens.start
        };
        modifier.used_up = entries.peek().is_some_and(within);
    }
}
