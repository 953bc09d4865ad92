//! Phrases as steps from word to word: those that begin alike share their steps, so that a text takes each step once,
//! however many phrases begin with it. Two filters stand before the steps: nearly all pairs of neighbouring words begin
//! no phrase, and are told so by bits that stay in a core's own cache.

use super::compiled::{Phrase, Places, TermId};
use rustc_hash::FxHashMap;
use std::iter::successors;

/// Bits of the filter for each step, so that few pairs without one pass it.
const BITS_A_STEP: usize = 8;
/// Bits of the smallest filter: one word.
const FEWEST_BITS: usize = 64;
/// Bits of the largest: 128 kB.
const MOST_BITS: usize = 1 << 20;

/// How far the words of a text have come in the phrases that begin so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Progress(u32);

/// A step: from where, by which word, and whether other words may stand between.
type Step = (Progress, TermId, bool);

/// Where some phrases may end and others go on.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The position of the phrase that ends here; of several that are worded alike the first in the list.
    phrase: Option<u32>,
    /// Whether some phrase goes on with the next word.
    next: bool,
    /// Whether some phrase goes on behind a gap.
    gapped: bool,
}

/// The phrases of a list.
#[derive(Debug)]
pub struct Phrases {
    /// By term: the first words that it may stand behind, a bit for some each. Most second words have few, and those of
    /// the commonest words stay in the fastest memory.
    behind: Vec<u64>,
    filter: Vec<u64>,
    /// The number of its bits as a power of two.
    bits: u32,
    steps: FxHashMap<Step, Progress>,
    /// By progress; those behind a first word come first, by its term.
    places: Vec<Place>,
    /// In the order of the list.
    phrases: Vec<Phrase>,
    /// By phrase: the next that is worded alike.
    alike: Vec<Option<u32>>,
}

impl Phrases {
    /// Collects phrases of at least two parts, which stand for `terms` different terms.
    pub(super) fn new(phrases: Vec<Phrase>, terms: usize) -> Phrases {
        let steps: usize = phrases.iter().map(|phrase| phrase.parts.len() - 1).sum();
        let size = (steps * BITS_A_STEP).next_power_of_two().clamp(FEWEST_BITS, MOST_BITS);
        let mut all = Phrases {
            behind: vec![0; terms],
            filter: vec![0; size / 64],
            bits: size.trailing_zeros(),
            steps: FxHashMap::default(),
            places: vec![Place::default(); terms],
            alike: vec![None; phrases.len()],
            phrases,
        };
        // From the last to the first, so that each finds those behind it.
        for position in (0..all.phrases.len()).rev() {
            let parts = all.phrases[position].parts.clone();
            let [first, rest @ ..] = &*parts else { continue };
            let mut at = all.begin(first.term);
            for part in rest {
                let place = &mut all.places[at.index()];
                place.gapped |= part.gap;
                place.next |= !part.gap;
                let step = (at, part.term, part.gap);
                let new = Progress(u32::try_from(all.places.len()).unwrap_or(u32::MAX));
                at = *all.steps.entry(step).or_insert(new);
                if at == new {
                    all.places.push(Place::default());
                    let (word, bit) = all.bit(step);
                    all.filter[word] |= bit;
                    if step.0.index() < terms {
                        all.behind[part.term.index()] |= step.0.bit();
                    }
                }
            }
            let number = u32::try_from(position).unwrap_or(u32::MAX);
            all.alike[position] = all.places[at.index()].phrase.replace(number);
        }
        all
    }

    /// By term: where it stands in phrases.
    pub(super) fn uses(&self, terms: usize) -> Vec<Places> {
        let mut uses = vec![Places::default(); terms];
        for &(from, term, gap) in self.steps.keys() {
            // Only first and second words: behind them a phrase has shown itself.
            if let Some(first) = uses.get_mut(from.index()) {
                first.add(if gap { Places::GAPPED } else { Places::FIRST });
                uses[term.index()].add(if gap { Places::BEHIND_GAP } else { Places::SECOND });
            }
        }
        uses
    }

    /// How far a first word comes in the phrases that begin with it.
    #[inline]
    pub fn begin(&self, first: TermId) -> Progress {
        Progress(u32::try_from(first.index()).unwrap_or(u32::MAX))
    }

    /// How far one more word comes, the next one or one behind a gap; nothing where no phrase goes on so.
    #[inline]
    pub fn step(&self, from: Progress, term: TermId, gap: bool) -> Option<Progress> {
        if from.index() < self.behind.len() && self.behind[term.index()] & from.bit() == 0 {
            return None;
        }
        let step = (from, term, gap);
        let (word, bit) = self.bit(step);
        if self.filter[word] & bit == 0 {
            return None;
        }
        self.steps.get(&step).copied()
    }

    /// Whether phrases go on with the next word, and behind a gap.
    pub fn go_on(&self, from: Progress) -> (bool, bool) {
        let place = self.places[from.index()];
        (place.next, place.gapped)
    }

    /// The phrases that end here with their positions in the list, in its order: several when they are worded alike.
    pub fn ends(&self, at: Progress) -> impl Iterator<Item = (u32, &Phrase)> {
        let alike = |position: &u32| *self.alike.get(*position as usize)?;
        successors(self.places[at.index()].phrase, alike)
            .filter_map(|position| Some((position, self.phrases.get(position as usize)?)))
    }

    /// The word of the filter and the bit in it that stand for a step.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "only the highest bits are left")]
    fn bit(&self, (from, term, gap): Step) -> (usize, u64) {
        let key = u64::from(from.0) << 32 | (term.index() as u64) << 1 | u64::from(gap);
        // The multiplication mixes upwards: the highest bits are the best.
        let mixed = (key ^ (key >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = (mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93) >> (64 - self.bits)) as usize;
        (place >> 6, 1 << (place & 63))
    }
}

impl Progress {
    fn index(self) -> usize {
        self.0 as usize
    }

    /// One of 64 bits.
    fn bit(self) -> u64 {
        1 << (self.0.wrapping_mul(0x9E37_79B1) >> (u32::BITS - u64::BITS.ilog2()))
    }
}
