//! What the matcher asks of a lemma at every look-up, in two bytes: those of all lemmas stay in the fastest memory.

use super::compounds::SURE_ENTRY;
use super::variants::SHORTEST_TYPO_ENTRY;

/// Facts about a lemma that do not depend on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits(u16);

impl Traits {
    /// Matches are wanted; the others only tell that a word is known.
    pub(super) const ENTRY: Traits = Traits(1 << 0);
    /// No compound of known words.
    pub(super) const SIMPLE: Traits = Traits(1 << 1);
    /// A verb and nothing else.
    pub(super) const VERB: Traits = Traits(1 << 2);
    /// A word of grammar.
    pub(super) const GRAMMAR: Traits = Traits(1 << 3);
    /// May be the last part of a compound.
    pub(super) const LAST: Traits = Traits(1 << 4);
    /// May be an earlier part of a compound.
    pub(super) const EARLIER: Traits = Traits(1 << 5);
    /// Long enough to be believed behind an unknown first part of a compound.
    pub(super) const SURE: Traits = Traits(1 << 6);
    /// Long enough to be meant by a word that is one letter off.
    pub(super) const LONG_ENOUGH_TO_ERR: Traits = Traits(1 << 7);
    /// Some forms that its class makes are none of its own.
    pub(super) const EXCEPTIONS: Traits = Traits(1 << 8);

    /// What follows from the number of letters.
    pub(super) fn of_length(letters: usize) -> Traits {
        let mut traits = Traits::default();
        traits.set(Traits::SURE, letters >= SURE_ENTRY);
        traits.set(Traits::LONG_ENOUGH_TO_ERR, letters >= SHORTEST_TYPO_ENTRY);
        traits
    }

    /// Whether all of `traits` are there.
    #[inline]
    pub(super) fn has(self, traits: Traits) -> bool {
        self.0 & traits.0 == traits.0
    }

    /// This and those.
    pub(super) const fn with(self, traits: Traits) -> Traits {
        Traits(self.0 | traits.0)
    }

    /// Adds traits or takes them away.
    pub(super) fn set(&mut self, traits: Traits, there: bool) {
        if there {
            self.0 |= traits.0;
        } else {
            self.0 &= !traits.0;
        }
    }
}
