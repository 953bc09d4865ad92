//! What the lexicon knows of the words of one text, by token. Most words are unknown, so the facts stand apart.

use crate::lexicons::WordFacts;

/// Facts by token.
#[derive(Debug, Default)]
pub struct TextFacts {
    /// By token: one more than the place of its facts, 0 for none.
    places: Vec<u32>,
    facts: Vec<WordFacts>,
}

impl TextFacts {
    /// Forgets the text.
    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.facts.clear();
    }

    /// Appends the facts of the next token.
    #[inline]
    pub(super) fn push(&mut self, facts: Option<&WordFacts>) {
        self.facts.extend(facts);
        let place = if facts.is_some() { self.facts.len() } else { 0 };
        self.places.push(u32::try_from(place).unwrap_or_default());
    }

    /// Replaces the facts of a token.
    pub(super) fn replace(&mut self, token: usize, facts: Option<&WordFacts>) {
        self.facts.extend(facts);
        let place = if facts.is_some() { self.facts.len() } else { 0 };
        if let Some(slot) = self.places.get_mut(token) {
            *slot = u32::try_from(place).unwrap_or_default();
        }
    }

    /// What is known of a token.
    #[inline]
    pub fn get(&self, token: usize) -> Option<&WordFacts> {
        match self.places.get(token) {
            Some(&place @ 1..) => self.facts.get(place as usize - 1),
            _ => None,
        }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}
