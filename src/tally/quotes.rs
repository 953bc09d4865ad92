//! Candidates for quotation: for each theme, its praise and complaint, and each score the best sentences. What makes a
//! sentence good is known here but for its words (their keyness is known at the end): at most 500 of 1000 points.

use super::Part;
use super::best::Best;
use super::block::Shape;
use super::rows::Rows;
use std::cmp::Reverse;

/// Candidates kept for each theme, polarity and score: enough to choose three that differ.
pub const CANDIDATES: usize = 50;

/// A sentence that may be quoted. Their order is that of preference: rank, then a hash of the response, so that among
/// equals nobody is preferred.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// Points in thousandths: .35 confidence + .25 strength + .2 length - .15 for each redaction (two at the most)
    /// - .1 for each further theme.
    pub rank: Reverse<i32>,
    /// Hash of the response's id.
    pub response: u64,
    /// The response's id.
    pub response_id: String,
    /// Hash of the customer.
    pub customer: u64,
    /// The score in parts of a point.
    pub score: Option<i64>,
    /// The redacted sentence.
    pub text: String,
    /// The stems of its words, by which its keyness is found.
    pub stems: String,
    /// Its language.
    pub language: &'static str,
    /// How sure its words are, in thousandths.
    pub confidence: i32,
    /// Strength of the feeling, in thousandths.
    pub strength: i32,
    /// Personal data redacted in it.
    pub redactions: i32,
    /// Themes that it speaks of.
    pub themes: i32,
}

impl Quote {
    /// The rank of a sentence of so many characters. `length`: 40 to 160 are best; none for the best that is possible.
    pub(super) fn rank(
        confidence: i32,
        strength: i32,
        length: Option<usize>,
        redactions: i32,
        themes: i32,
    ) -> i32 {
        let fit = match length.map(|length| i32::try_from(length).unwrap_or(i32::MAX)) {
            None | Some(40..=160) => 1000,
            Some(length @ 15..40) => (length - 15) * 40,
            Some(length @ 161..=280) => (280 - length) * 25 / 3,
            Some(_) => 0,
        };
        let points = 35 * confidence + 25 * strength + 20 * fit;
        points / 100 - 150 * redactions.min(2) - 100 * (themes - 1).max(0)
    }
}

/// How sure a match is, in thousandths, by its tier: strict, compound, spoken, typed, one letter off.
pub(super) fn confidence(tier: u8) -> i32 {
    match tier {
        0 | 1 => 1000,
        2 => 900,
        3 => 800,
        4 => 600,
        _ => 400,
    }
}

/// The beginning of a quote's order: rank and hash of the response.
pub(super) type Key = (Reverse<i32>, u64);

/// The place of a feature and a score, row-major by feature; the last of each row is for responses without a score.
pub(super) fn place(shape: Shape, feature: usize, bin: Option<usize>) -> usize {
    feature * (shape.bins + 1) + bin.unwrap_or(shape.bins)
}

/// Number of places.
pub(super) fn places(shape: Shape) -> usize {
    shape.features() * (shape.bins + 1)
}

/// Candidates by feature (praise or complaint of a theme) and score.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quotes {
    shape: Shape,
    /// By [`place`].
    pub(super) places: Vec<Best<Quote>>,
}

impl Quotes {
    pub(super) fn new(shape: Shape) -> Quotes {
        Quotes { shape, places: vec![Best::new(CANDIDATES); places(shape)] }
    }

    /// The candidates for a feature and a score (none: those without a score), the best first.
    pub fn get(&self, feature: usize, bin: Option<usize>) -> impl Iterator<Item = &Quote> {
        self.places.get(place(self.shape, feature, bin)).into_iter().flat_map(Best::iter)
    }

    pub(super) fn merge(&mut self, other: &Quotes) {
        if self.shape == Shape::default() {
            self.shape = other.shape;
        }
        super::merge_all(&mut self.places, &other.places, Best::merge);
    }
}

impl Part for Quotes {
    fn add(&mut self, rows: &Rows) {
        for (place, quote) in rows.quotes() {
            if let Some(best) = self.places.get_mut(*place) {
                best.add(quote.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_follow_the_formula() {
        assert_eq!(Quote::rank(1000, 800, Some(100), 0, 1), 350 + 200 + 200);
        assert_eq!(Quote::rank(1000, 800, Some(20), 0, 1), 350 + 200 + 40);
        assert_eq!(Quote::rank(900, 0, Some(220), 1, 2), 315 + 100 - 150 - 100);
        assert_eq!(Quote::rank(0, 0, Some(281), 5, 0), -300);
        assert!((15..=280).all(|length| {
            Quote::rank(600, 500, Some(length), 0, 1) <= Quote::rank(600, 500, None, 0, 1)
        }));
    }
}
