//! Finds modifiers and lexicon entries in a sequence of words: longest match wins, leftmost, nothing matched twice.

use super::facts::TextFacts;
use crate::lexicons::{
    EntryId, FormId, LanguageLexicon, List, ModifierId, ModifierKind, Part, Phrase, Phrases,
    Places, Progress, Standing, TermId,
};
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
        let Some(begun) = facts.form(at).map(|form| lexicon.modifiers(form)) else {
            at += 1;
            continue;
        };
        let form = |position: usize| {
            let unbroken = tokens.get(position).is_some_and(|token| token.gap == Gap::Open);
            facts.form(position).filter(|_| unbroken && position < stretch.end)
        };
        // The second form tells which of the many modifiers that begin with a word such as `ei` may fit.
        let fits = |&&(second, id): &&(FormId, ModifierId), next: FormId| {
            let rest = || lexicon.modifier(id).forms.iter().enumerate().skip(2);
            second == next && rest().all(|(offset, &wanted)| form(at + offset) == Some(wanted))
        };
        let next = if begun.longer.is_empty() { None } else { form(at + 1) };
        let longest = next.and_then(|next| begun.longer.iter().find(|longer| fits(longer, next)));
        let Some(id) = longest.map(|(_, id)| *id).or(begun.alone) else {
            at += 1;
            continue;
        };
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
}

/// Appends the entries within one clause.
pub(super) fn find_entries(
    lexicon: &LanguageLexicon,
    facts: TextFacts<'_>,
    clause: Range<usize>,
    hits: &mut Vec<EntryHit>,
) {
    let mut search = EntrySearch::new(lexicon, List::Meaning, facts, clause.end);
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
    let Some(known) = facts.beginning(at, List::Signalling) else { return };
    let search = EntrySearch::new(lexicon, List::Signalling, facts, end);
    hits.extend(search.phrases(at).into_iter().map(|Fit { phrase, tier, end }| EntryHit {
        id: phrase.entry,
        tokens: at..end,
        tier,
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
    let search = EntrySearch::new(lexicon, List::Meaning, facts, end.min(tokens.len()));
    let starts = (1..PHRASE).take_while(|back| *back <= token && joined(&(token + 1 - back)));
    starts
        .map(|back| token - back)
        .any(|start| search.phrase(start).is_some_and(|fit| search.stands_on(&fit, start, token)))
}

struct EntrySearch<'l> {
    list: List,
    phrases: &'l Phrases,
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
    fn new(
        lexicon: &'l LanguageLexicon,
        list: List,
        facts: TextFacts<'l>,
        end: usize,
    ) -> EntrySearch<'l> {
        EntrySearch { list, phrases: lexicon.phrases(list), facts, end, taken: Vec::new() }
    }

    /// The longest entry that begins at a token, and where to go on.
    fn at(&mut self, at: usize) -> Option<(EntryHit, usize)> {
        if self.taken.contains(&at) {
            return None;
        }
        self.taken.retain(|position| *position > at);
        let facts = self.facts.beginning(at, self.list)?;
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

    /// The longest phrase that begins at a token; of equally long ones the first found.
    fn phrase(&self, at: usize) -> Option<Fit<'l>> {
        let length = |fit: &Fit<'_>| fit.phrase.parts.len();
        let mut best: Option<Fit<'l>> = None;
        self.begin(at, |progress, next, tier| {
            // Of the phrases that begin with the same two words the first in the list.
            let mut found: Option<(u32, Fit<'l>)> = None;
            self.follow(progress, next, tier, &mut |position, fit| {
                let better = |(known, best): &(u32, Fit<'_>)| {
                    (length(&fit), Reverse(position)) > (length(best), Reverse(*known))
                };
                if found.as_ref().is_none_or(better) {
                    found = Some((position, fit));
                }
            });
            if let Some((_, fit)) = found
                && best.as_ref().is_none_or(|best| length(&fit) > length(best))
            {
                best = Some(fit);
            }
        });
        best
    }

    /// Every phrase that begins at a token, the longest first; of equally long ones the first found.
    fn phrases(&self, at: usize) -> Vec<Fit<'l>> {
        let mut fits = Vec::new();
        self.begin(at, |progress, next, tier| {
            // Of the phrases that begin with the same two words the first in the list.
            let mut found = Vec::new();
            self.follow(progress, next, tier, &mut |position, fit| found.push((position, fit)));
            found.sort_by_key(|(position, _)| *position);
            fits.extend(found.into_iter().map(|(_, fit)| fit));
        });
        fits.sort_by_key(|fit| Reverse(fit.phrase.parts.len()));
        fits
    }

    /// Takes the first step of the phrases that begin at a token: calls `begun` with the progress of every two words that
    /// begin some, the token behind them and the weaker of their tiers.
    fn begin(&self, at: usize, mut begun: impl FnMut(Progress, usize, u8)) {
        let Some(first) = self.facts.get(at) else { return };
        for first in first.terms.iter().flatten() {
            let places = first.places(self.list);
            let progress = self.phrases.begin(first.term);
            let seconds = |position: usize, place: Places| {
                self.seconds(position).filter(move |second| second.places(self.list).has(place))
            };
            if places.has(Places::FIRST) {
                for second in seconds(at + 1, Places::SECOND) {
                    if let Some(step) = self.phrases.step(progress, second.term, false) {
                        begun(step, at + 2, first.tier.max(second.tier));
                    }
                }
            }
            if places.has(Places::GAPPED) {
                for position in at + 1..=at + 1 + GAP {
                    for second in seconds(position, Places::BEHIND_GAP) {
                        if let Some(step) = self.phrases.step(progress, second.term, true)
                            && self.is_first(second.term, at + 1, position)
                        {
                            begun(step, position + 1, first.tier.max(second.tier));
                        }
                    }
                }
            }
        }
    }

    /// Follows the phrases that have come so far, the next word being that at `next`; calls `found` with every one that
    /// fits and its position in the list.
    fn follow<F: FnMut(u32, Fit<'l>)>(
        &self,
        progress: Progress,
        next: usize,
        tier: u8,
        found: &mut F,
    ) {
        for (position, phrase) in self.phrases.ends(progress) {
            found(position, Fit { phrase, tier, end: next });
        }
        let (go_on, gapped) = self.phrases.go_on(progress);
        if go_on {
            for word in self.terms(next) {
                if let Some(step) = self.phrases.step(progress, word.term, false) {
                    self.follow(step, next + 1, tier.max(word.tier), found);
                }
            }
        }
        if gapped {
            for position in next..=next + GAP {
                for word in self.terms(position) {
                    if let Some(step) = self.phrases.step(progress, word.term, true)
                        && self.is_first(word.term, next, position)
                    {
                        self.follow(step, position + 1, tier.max(word.tier), found);
                    }
                }
            }
        }
    }

    /// What the word of a token may stand for, unless it is beyond the clause or taken.
    #[inline]
    fn terms(&self, token: usize) -> impl Iterator<Item = &'l Standing> {
        let free = token < self.end && !self.taken.contains(&token);
        let facts = if free { self.facts.get(token) } else { None };
        facts.into_iter().flat_map(|facts| facts.terms.iter().flatten())
    }

    /// The same of a token that may stand second in phrases; nothing for most.
    #[inline]
    fn seconds(&self, token: usize) -> impl Iterator<Item = &'l Standing> {
        let facts = if token < self.end { self.facts.second(token, self.list) } else { None };
        let facts = facts.filter(|_| !self.taken.contains(&token));
        facts.into_iter().flat_map(|facts| facts.terms.iter().flatten())
    }

    /// Whether a term behind a gap that begins at `from` stands first at `position`.
    fn is_first(&self, term: TermId, from: usize, position: usize) -> bool {
        (from..position).all(|before| self.terms(before).all(|word| word.term != term))
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
