//! Which sentences of customers stand for a theme: clear, of a readable length, telling, not alike, one per customer.

use std::collections::BTreeSet;

/// How much of the choice is quality, the rest being difference from those chosen already.
const QUALITY: f64 = 0.7;

/// Letters of the pieces by which two sentences are alike.
const PIECE: usize = 4;

/// A sentence that may be quoted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate<'t> {
    /// The sentence, personal data removed.
    pub text: &'t str,
    /// How surely it was read, 0 to 1.
    pub confidence: f64,
    /// Strength of its feeling, -1 to 1.
    pub polarity: f64,
    /// How telling its terms are among the candidates, 0 to 1: [`telling`].
    pub keyness: f64,
    /// Pieces of personal data removed.
    pub redactions: u32,
    /// Themes that it mentions.
    pub themes: u32,
    /// Who said it.
    pub customer: u64,
    /// A hash of its response: among equals the least comes first.
    pub tie: u64,
}

impl Candidate<'_> {
    /// How good a quote it makes, at most 1. The weights are design, not measurement.
    pub fn score(&self) -> f64 {
        0.35 * self.confidence
            + 0.25 * self.polarity.abs()
            + 0.2 * length_fit(self.text.chars().count())
            + 0.2 * self.keyness
            - 0.15 * f64::from(self.redactions.min(2))
            - 0.1 * f64::from(self.themes.saturating_sub(1))
    }
}

/// How well a sentence of so many characters reads as a quote: 1 from 40 to 160, 0 below 15 and above 280.
pub fn length_fit(characters: usize) -> f64 {
    let length = characters as f64;
    match characters {
        15..40 => (length - 15.0) / 25.0,
        40..=160 => 1.0,
        161..=280 => (280.0 - length) / 120.0,
        _ => 0.0,
    }
}

/// From the mean lean of the terms of each candidate to 0..1: its place between the least and the greatest.
pub fn telling(lean: &[f64]) -> Vec<f64> {
    let least = lean.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = lean.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let place =
        |lean: &f64| if greatest > least { (lean - least) / (greatest - least) } else { 0.0 };
    lean.iter().map(place).collect()
}

/// The positions of at most `most` candidates, best first: maximal marginal relevance (Carbonell and Goldstein 1998), one
/// per customer. The order of the candidates does not matter.
pub fn select(candidates: &[Candidate<'_>], most: usize) -> Vec<usize> {
    /// Scores nearer than this are equal.
    const TIE: f64 = 1e-15;
    let scores: Vec<f64> = candidates.iter().map(Candidate::score).collect();
    let pieces: Vec<BTreeSet<[char; PIECE]>> =
        candidates.iter().map(|candidate| pieces(candidate.text)).collect();
    let mut left: Vec<usize> = (0..candidates.len()).collect();
    left.sort_by(|&one, &other| {
        let tie = |at: usize| (candidates[at].tie, candidates[at].text);
        scores[other].total_cmp(&scores[one]).then_with(|| tie(one).cmp(&tie(other)))
    });
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < most {
        let mut best: Option<(f64, usize)> = None;
        for &at in &left {
            let likest = chosen
                .iter()
                .map(|&other| similarity(&pieces[at], &pieces[other]))
                .fold(0.0, f64::max);
            let value = QUALITY * scores[at] - (1.0 - QUALITY) * likest;
            if best.is_none_or(|(most, _)| value > most + TIE) {
                best = Some((value, at));
            }
        }
        let Some((_, at)) = best else { break };
        chosen.push(at);
        left.retain(|&other| candidates[other].customer != candidates[at].customer);
    }
    chosen
}

/// How alike two sentences are, 0 to 1: Jaccard's index of their pieces.
fn similarity(one: &BTreeSet<[char; PIECE]>, other: &BTreeSet<[char; PIECE]>) -> f64 {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

/// Every four letters in a row, lower case, white space as one blank; a shorter text is one piece.
fn pieces(text: &str) -> BTreeSet<[char; PIECE]> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut letters: Vec<char> = words.join(" ").chars().collect();
    if letters.is_empty() {
        return BTreeSet::new();
    }
    letters.resize(letters.len().max(PIECE), '\0');
    letters.windows(PIECE).filter_map(|piece| piece.try_into().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_fit_without_jumps() {
        let fits = [0, 14, 15, 39, 40, 160, 161, 280, 281].map(length_fit);
        let expected = [0.0, 0.0, 0.0, 0.96, 1.0, 1.0, 119.0 / 120.0, 0.0, 0.0];
        for (fit, expected) in fits.into_iter().zip(expected) {
            assert!((fit - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_to_choose_from() {
        assert_eq!(select(&[], 3), [] as [usize; 0]);
        assert_eq!(telling(&[]), [] as [f64; 0]);
        assert_eq!(telling(&[2.0, 2.0]), [0.0, 0.0]);
        assert_eq!(telling(&[1.0, 3.0, 2.0]), [0.0, 1.0, 0.5]);
    }

    #[test]
    fn blank_and_short_texts_are_no_trouble() {
        let candidate = |text, customer| Candidate {
            text,
            confidence: 0.5,
            polarity: -0.5,
            keyness: 0.0,
            redactions: 0,
            themes: 0,
            customer,
            tie: customer,
        };
        let texts =
            [candidate("", 3), candidate("ok", 2), candidate("OK ", 1), candidate("\u{1F600}", 4)];
        assert_eq!(select(&texts, 9).len(), 4);
        assert_eq!(select(&texts, 1), [2], "among equals the least hash");
        assert_eq!(select(&texts, 0), [] as [usize; 0]);
    }
}
