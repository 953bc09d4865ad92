//! Finds modifiers and lexicon entries in a sequence of words: longest match wins, leftmost, nothing matched twice.

use super::facts::TextFacts;
use crate::lexicons::{EntryId, LanguageLexicon, ModifierId, ModifierKind, Phrase};
use crate::text::{Gap, Token};
use std::ops::Range;

/// How many words of a phrase are looked at before and behind one.
const PHRASE: usize = 5;
/// How many words may stand in the gap of a phrase (`odottaa .. kauan`).
const GAP: usize = 3;

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
    /// The tokens from its first to its last; a phrase with a gap leaves those between to others.
    pub tokens: Range<usize>,
    /// The weakest word of the match.
    pub tier: u8,
}

/// Appends the modifiers of a stretch of a text. A phrase does not reach over a punctuation mark.
pub(super) fn find_modifiers(
    lexicon: &LanguageLexicon,
    tokens: &[Token],
    facts: TextFacts<'_>,
    stretch: Range<usize>,
    hits: &mut Vec<ModifierHit>,
) {
    let mut at = stretch.start;
    while at < stretch.end {
        let form = |position: usize| facts.form(position);
        let fits = |id: &&ModifierId| {
            lexicon.modifier(**id).forms.iter().enumerate().all(|(offset, &wanted)| {
                let position = at + offset;
                let unbroken =
                    offset == 0 || tokens.get(position).is_some_and(|token| token.gap == Gap::Open);
                unbroken && position < stretch.end && form(position) == Some(wanted)
            })
        };
        match form(at).and_then(|form| lexicon.modifiers(form).iter().find(fits)) {
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
    facts: TextFacts<'_>,
    clause: Range<usize>,
    hits: &mut Vec<EntryHit>,
) {
    let mut search = EntrySearch { lexicon, facts, end: clause.end, taken: Vec::new() };
    let mut at = clause.start;
    while at < clause.end {
        at = match search.at(at) {
            Some((hit, next)) => {
                hits.push(hit);
                next
            }
            None => at + 1,
        };
    }
}

/// Whether a token is part of a phrase ("kiitti vaan") that begins before it, unbroken by a punctuation mark.
pub(super) fn is_within_phrase(
    lexicon: &LanguageLexicon,
    tokens: &[Token],
    facts: TextFacts<'_>,
    token: usize,
) -> bool {
    let joined = |at: &usize| tokens.get(*at).is_some_and(|token| token.gap == Gap::Open);
    let end = (token + 1..token + PHRASE).find(|at| !joined(at)).unwrap_or(token + PHRASE);
    let search = EntrySearch { lexicon, facts, end: end.min(tokens.len()), taken: Vec::new() };
    let starts = (1..PHRASE).take_while(|back| *back <= token && joined(&(token + 1 - back)));
    starts.filter_map(|back| search.phrase(token - back)).any(|fit| fit.positions.contains(&token))
}

struct EntrySearch<'l> {
    lexicon: &'l LanguageLexicon,
    facts: TextFacts<'l>,
    end: usize,
    /// Tokens behind a gap that a phrase has matched already.
    taken: Vec<usize>,
}

/// A phrase that fits: its entry, where its words stand, its weakest tier.
struct Fit {
    entry: EntryId,
    positions: Vec<usize>,
    tier: u8,
}

impl EntrySearch<'_> {
    /// The longest entry that begins at a token, and where to go on.
    fn at(&mut self, at: usize) -> Option<(EntryHit, usize)> {
        if self.taken.contains(&at) {
            return None;
        }
        let facts = self.facts.entry(at)?;
        if let Some(Fit { entry, positions, tier }) = self.phrase(at) {
            let contiguous = (at..).zip(&positions).take_while(|(place, at)| place == *at).count();
            let last = positions.last().map_or(at, |&last| last);
            self.taken.extend(&positions[contiguous..]);
            return Some((EntryHit { id: entry, tokens: at..last + 1, tier }, at + contiguous));
        }
        let hit = EntryHit { id: facts.entry?, tokens: at..at + 1, tier: facts.tier };
        Some((hit, at + 1))
    }

    fn phrase(&self, at: usize) -> Option<Fit> {
        let mut best: Option<Fit> = None;
        let mut consider = |phrases: &[Phrase]| {
            for phrase in phrases {
                if best.as_ref().is_some_and(|best| best.positions.len() >= phrase.parts.len()) {
                    break;
                }
                if let Some(fit) = self.fit(phrase, at) {
                    best = Some(fit);
                    break;
                }
            }
        };
        let first = self.facts.get(at)?;
        let second = self.facts.get(at + 1).filter(|_| at + 1 < self.end);
        for first in first.terms.iter().flatten() {
            if first.places.first {
                for second in second.iter().flat_map(|second| second.terms.iter().flatten()) {
                    if second.places.second {
                        consider(self.lexicon.phrases(first.term, second.term));
                    }
                }
            }
            if first.places.gapped {
                consider(self.lexicon.gapped(first.term));
            }
        }
        best
    }

    fn fit(&self, phrase: &Phrase, at: usize) -> Option<Fit> {
        let mut positions = Vec::with_capacity(phrase.parts.len());
        let mut weakest = 0;
        let mut next = at;
        for part in &phrase.parts {
            let reach = if part.gap { next + GAP } else { next };
            let (position, tier) = (next..=reach.min(self.end.checked_sub(1)?))
                .filter(|position| !self.taken.contains(position))
                .find_map(|position| {
                    Some((position, self.facts.get(position)?.term(part.term)?))
                })?;
            weakest = weakest.max(tier);
            positions.push(position);
            next = position + 1;
        }
        Some(Fit { entry: phrase.entry, positions, tier: weakest })
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
