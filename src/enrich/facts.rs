//! What the lexicon knows of the words of one text, by token.

use crate::lexicons::{FormId, List, WordFacts};

/// Where the facts of a word stand, and what they are good for, so that most need not be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct FactsPlace(u32);

/// The word is, or begins, an entry.
const BEGINS_ENTRY: u32 = 1 << 31;
/// The word is a form that modifiers use.
const HAS_FORM: u32 = 1 << 30;
/// The word signals something, or begins what does.
const BEGINS_CUE: u32 = 1 << 29;
const PLACE: u32 = BEGINS_CUE - 1;

impl FactsPlace {
    /// Of a word of which nothing is known, as most are.
    pub(super) const NOTHING: FactsPlace = FactsPlace(0);
    /// Of a word that has not been looked up.
    pub(super) const UNKNOWN: FactsPlace = FactsPlace(u32::MAX);

    /// The place of facts among others; the first are nothing.
    pub(super) fn new(place: usize, facts: &WordFacts) -> Option<FactsPlace> {
        let place = u32::try_from(place).ok().filter(|place| *place < PLACE)?;
        let begins = |list| facts.terms.iter().flatten().any(|known| known.places(list).begins());
        let entry = if facts.entry.is_some() || begins(List::Meaning) { BEGINS_ENTRY } else { 0 };
        let form = if facts.form.is_some() { HAS_FORM } else { 0 };
        let cue = if facts.cue.is_some() || begins(List::Signalling) { BEGINS_CUE } else { 0 };
        Some(FactsPlace(place | entry | form | cue))
    }
}

/// Facts by token, as they stand in the memory of a lexicon.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextFacts<'m> {
    /// By token.
    pub(super) places: &'m [FactsPlace],
    /// By place.
    pub(super) known: &'m [WordFacts],
}

impl<'m> TextFacts<'m> {
    /// What is known of a token.
    #[inline]
    pub(super) fn get(&self, token: usize) -> Option<&'m WordFacts> {
        match self.places.get(token).map(|place| place.0 & PLACE) {
            Some(place @ 1..) => self.known.get(place as usize),
            _ => None,
        }
    }

    /// What is known of a token that is or begins an entry.
    #[inline]
    pub(super) fn entry(&self, token: usize) -> Option<&'m WordFacts> {
        self.places.get(token).filter(|place| place.0 & BEGINS_ENTRY > 0)?;
        self.get(token)
    }

    /// What is known of a token that signals something or begins what does.
    #[inline]
    pub(super) fn cue(&self, token: usize) -> Option<&'m WordFacts> {
        self.places.get(token).filter(|place| place.0 & BEGINS_CUE > 0)?;
        self.get(token)
    }

    /// The form of a token, when modifiers use it.
    #[inline]
    pub(super) fn form(&self, token: usize) -> Option<FormId> {
        self.places.get(token).filter(|place| place.0 & HAS_FORM > 0)?;
        self.get(token)?.form
    }
}
