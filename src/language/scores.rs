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
    pub(super) fn of(text: &str) -> Scores {
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

impl AddAssign<&Scores> for Scores {
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
