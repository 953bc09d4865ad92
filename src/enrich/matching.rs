//! Finds modifiers and lexicon entries in a sequence of words: longest match wins, leftmost, nothing matched twice.

use super::facts::TextFacts;
use crate::lexicons::{EntryId, LanguageLexicon, ModifierId, ModifierKind, Part, Phrase};
use crate::text::{Gap, Token};
use std::cmp::Reverse;
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

/// Appends every entry of the signal list that begins at a token and lies before `end`, the longest first: it may signal
/// several things.
pub(super) fn find_signalling(
    lexicon: &LanguageLexicon,
    facts: TextFacts<'_>,
    at: usize,
    end: usize,
    hits: &mut Vec<EntryHit>,
) {
    let Some(known) = facts.cue(at) else { return };
    let search = EntrySearch { lexicon, facts, end, taken: Vec::new() };
    let mut fits: Vec<Fit<'_>> = Vec::new();
    for first in known.terms.iter().flatten() {
        let mut consider = |position: usize, gap: bool| {
            let seconds = facts.get(position).into_iter().flat_map(|facts| &facts.terms);
            for second in seconds.flatten().filter(|second| second.places.cue_second) {
                let phrases = lexicon.cues(first.term, second.term, gap);
                fits.extend(phrases.iter().filter_map(|phrase| search.fit(phrase, at)));
            }
        };
        if first.places.cue_first && at + 1 < end {
            consider(at + 1, false);
        }
        if first.places.cue_gapped {
            (at + 1..end.min(at + 2 + GAP)).for_each(|position| consider(position, true));
        }
    }
    fits.sort_by_key(|fit| Reverse(fit.phrase.parts.len()));
    hits.extend(fits.iter().map(|fit| EntryHit {
        id: fit.phrase.entry,
        tokens: at..fit.end,
        tier: fit.tier,
    }));
    let word = known.cue.map(|id| EntryHit { id, tokens: at..at + 1, tier: known.cue_tier });
    hits.extend(word);
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
    starts
        .map(|back| token - back)
        .any(|start| search.phrase(start).is_some_and(|fit| search.stands_on(&fit, start, token)))
}

struct EntrySearch<'l> {
    lexicon: &'l LanguageLexicon,
    facts: TextFacts<'l>,
    end: usize,
    /// Tokens behind a gap that a phrase has matched already.
    taken: Vec<usize>,
}

/// A phrase that fits.
struct Fit<'l> {
    phrase: &'l Phrase,
    /// The weakest of its words.
    tier: u8,
    /// One past its last token.
    end: usize,
}

impl<'l> EntrySearch<'l> {
    /// The longest entry that begins at a token, and where to go on.
    fn at(&mut self, at: usize) -> Option<(EntryHit, usize)> {
        if self.taken.contains(&at) {
            return None;
        }
        self.taken.retain(|position| *position > at);
        let facts = self.facts.entry(at)?;
        if let Some(Fit { phrase, tier, .. }) = self.phrase(at) {
            // Where its words stand: on end, then behind gaps.
            let (mut next, mut contiguous) = (at, at);
            for part in &phrase.parts {
                let (position, _) = self.find(*part, next)?;
                if position == contiguous {
                    contiguous += 1;
                } else {
                    self.taken.push(position);
                }
                next = position + 1;
            }
            return Some((EntryHit { id: phrase.entry, tokens: at..next, tier }, contiguous));
        }
        let hit = EntryHit { id: facts.entry?, tokens: at..at + 1, tier: facts.tier };
        Some((hit, at + 1))
    }

    fn phrase(&self, at: usize) -> Option<Fit<'l>> {
        let lexicon = self.lexicon;
        let mut best: Option<Fit<'l>> = None;
        let mut consider = |phrases: &'l [Phrase]| {
            for phrase in phrases {
                let longer = |best: &Fit<'_>| best.phrase.parts.len() >= phrase.parts.len();
                if best.as_ref().is_some_and(longer) {
                    break;
                }
                if let Some(fit) = self.fit(phrase, at) {
                    best = Some(fit);
                    break;
                }
            }
        };
        let first = self.facts.get(at)?;
        // The second word tells which of the hundreds of phrases that begin with a word such as `ei` may fit.
        let terms = |position: usize| {
            let facts = self.facts.get(position).filter(|_| position < self.end);
            facts.into_iter().flat_map(|facts| facts.terms.iter().flatten())
        };
        for first in first.terms.iter().flatten() {
            if first.places.first {
                for second in terms(at + 1).filter(|second| second.places.second) {
                    consider(lexicon.phrases(first.term, second.term));
                }
            }
            if first.places.gapped {
                for position in at + 1..=at + 1 + GAP {
                    for second in terms(position).filter(|second| second.places.behind_gap) {
                        consider(lexicon.gapped(first.term, second.term));
                    }
                }
            }
        }
        best
    }

    fn fit(&self, phrase: &'l Phrase, at: usize) -> Option<Fit<'l>> {
        let (mut next, mut weakest) = (at, 0);
        for part in &phrase.parts {
            let (position, tier) = self.find(*part, next)?;
            weakest = weakest.max(tier);
            next = position + 1;
        }
        Some(Fit { phrase, tier: weakest, end: next })
    }

    /// Whether a word of a phrase that fits at `at` is a token.
    fn stands_on(&self, fit: &Fit<'_>, at: usize, token: usize) -> bool {
        let mut next = at;
        fit.phrase.parts.iter().any(|part| {
            let position = self.find(*part, next).map_or(next, |(position, _)| position);
            next = position + 1;
            position == token
        })
    }

    /// Where a part of a phrase stands from a token on, and in which tier.
    fn find(&self, part: Part, next: usize) -> Option<(usize, u8)> {
        let reach = if part.gap { next + GAP } else { next };
        (next..=reach.min(self.end.checked_sub(1)?))
            .filter(|position| !self.taken.contains(position))
            .find_map(|position| Some((position, self.facts.get(position)?.term(part.term)?)))
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
