//! What the lexicon knows of the words of one text, by token.

use crate::lexicons::{FormId, List, WordFacts};

/// Where the facts of a word stand, and what they are good for, so that most need not be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct FactsPlace(u32);

/// By list: the word is, or begins, an entry.
const BEGINS: [u32; 2] = [1 << 31, 1 << 30];
/// By list: the word may stand second in phrases, right behind the first or behind a gap.
const SECOND: [u32; 2] = [1 << 29, 1 << 28];
/// The word is a form that modifiers use.
const HAS_FORM: u32 = 1 << 27;
const PLACE: u32 = HAS_FORM - 1;

impl FactsPlace {
    /// Of a word of which nothing is known, as most are.
    pub(super) const NOTHING: FactsPlace = FactsPlace(0);
    /// Of a word that has not been looked up.
    pub(super) const UNKNOWN: FactsPlace = FactsPlace(u32::MAX);

    /// The place of facts among others; the first are nothing.
    pub(super) fn new(place: usize, facts: &WordFacts) -> Option<FactsPlace> {
        let place = u32::try_from(place).ok().filter(|place| *place < PLACE)?;
        let standing = || facts.terms.iter().flatten();
        let begins = |list| standing().any(|known| known.places(list).begins());
        let second = |list| standing().any(|known| known.places(list).is_second());
        let flags = [
            (BEGINS[List::Meaning as usize], facts.entry.is_some() || begins(List::Meaning)),
            (BEGINS[List::Signalling as usize], facts.cue.is_some() || begins(List::Signalling)),
            (SECOND[List::Meaning as usize], second(List::Meaning)),
            (SECOND[List::Signalling as usize], second(List::Signalling)),
            (HAS_FORM, facts.form.is_some()),
        ];
        let set = flags.iter().filter(|(_, there)| *there);
        Some(FactsPlace(set.fold(place, |all, (flag, _)| all | flag)))
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

    /// What is known of a token that is or begins an entry of a list.
    #[inline]
    pub(super) fn beginning(&self, token: usize, list: List) -> Option<&'m WordFacts> {
        self.places.get(token).filter(|place| place.0 & BEGINS[list as usize] > 0)?;
        self.get(token)
    }

    /// What is known of a token that may stand second in phrases of a list.
    #[inline]
    pub(super) fn second(&self, token: usize, list: List) -> Option<&'m WordFacts> {
        self.places.get(token).filter(|place| place.0 & SECOND[list as usize] > 0)?;
        self.get(token)
    }

    /// The form of a token, when modifiers use it.
    #[inline]
    pub(super) fn form(&self, token: usize) -> Option<FormId> {
        self.places.get(token).filter(|place| place.0 & HAS_FORM > 0)?;
        self.get(token)?.form
    }
}
