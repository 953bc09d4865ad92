//! What the letters of a text say, before anything else is weighed: it adds up over the pieces of a text.

use super::features::Features;

use super::lanes::LANES;
use super::letters::Letters;
use super::model;
use std::ops::AddAssign;

/// The evidence of the letters. The scores of pieces that are cut between words add up to those of the text, as long as
/// the text is no longer than what is judged of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    pub(super) lanes: [i32; LANES],
    pub(super) features: u32,
    pub(super) letters: Letters,
}

impl Scores {
    /// The scores of a text's beginning.
    #[inline]
    pub fn of(text: &str) -> Scores {
        let features = Features::of(text);
        let (lanes, count) = model::sum(&features);
        Scores { lanes, features: count, letters: features.letters() }
    }

    /// How many features speak.
    pub fn features(&self) -> u32 {
        self.features
    }

    /// Letters by script.
    pub fn letters(&self) -> Letters {
        self.letters
    }
}

/// The scores of one word, small enough to be remembered of every word. No feature crosses the bounds of a word, so
/// that the words of a piece without addresses add up to the scores of the piece.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordScores {
    /// What the features say of each lane.
    pub lanes: WordLanes,
    /// How many there are.
    pub counts: WordCounts,
}

/// What a word says of each lane: half a cache line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(32))]
pub struct WordLanes([i16; LANES]);

/// Features and letters of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordCounts {
    features: u8,
    latin: u8,
    cyrillic: u8,
    other: u8,
}

impl WordScores {
    /// The scores of a word of at most 64 bytes, whose features fit.
    pub fn of(word: &str) -> WordScores {
        let Scores { lanes, features, letters } = Scores::of(word);
        let count = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        WordScores {
            lanes: WordLanes(lanes.map(|lane| i16::try_from(lane).unwrap_or_default())),
            counts: WordCounts {
                features: count(features),
                latin: count(letters.latin),
                cyrillic: count(letters.cyrillic),
                other: count(letters.other),
            },
        }
    }
}

impl AddAssign<&WordLanes> for Scores {
    #[inline]
    fn add_assign(&mut self, word: &WordLanes) {
        for (lane, more) in self.lanes.iter_mut().zip(word.0) {
            *lane += i32::from(more);
        }
    }
}

impl AddAssign<WordCounts> for Scores {
    #[inline]
    fn add_assign(&mut self, word: WordCounts) {
        self.features += u32::from(word.features);
        self.letters.latin += u32::from(word.latin);
        self.letters.cyrillic += u32::from(word.cyrillic);
        self.letters.other += u32::from(word.other);
    }
}

impl AddAssign<&Scores> for Scores {
    #[inline]
    fn add_assign(&mut self, other: &Scores) {
        for (lane, more) in self.lanes.iter_mut().zip(other.lanes) {
            *lane = lane.saturating_add(more);
        }
        self.features = self.features.saturating_add(other.features);
        self.letters.latin = self.letters.latin.saturating_add(other.letters.latin);
        self.letters.cyrillic = self.letters.cyrillic.saturating_add(other.letters.cyrillic);
        self.letters.other = self.letters.other.saturating_add(other.letters.other);
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Scores) {
        *self += &other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Scores {
        fn add(&mut self, word: WordScores) {
            *self += &word.lanes;
            *self += word.counts;
        }
    }

    #[test]
    fn the_scores_of_the_longest_words_fit() {
        for word in ["abcdefgh".repeat(8), "a'".repeat(32), "ä".repeat(32), "ab'".repeat(21)] {
            let mut sum = Scores::default();
            sum.add(WordScores::of(&word));
            assert_eq!(sum, Scores::of(&word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn words_add_up(words in proptest::collection::vec("[a-zäöåA-Zа-яΑ-Ω']{1,12}|[0-9]{1,4}", 1..12)) {
            let mut sum = Scores::default();
            words.iter().for_each(|word| sum.add(WordScores::of(word)));
            prop_assert_eq!(sum, Scores::of(&words.join(" ")));
        }
    }
}
