//! Mergeable integer counts: the only state that crosses threads. Adding in any order gives the same tally.

mod ids;
mod customers;
mod block;

pub use block::{Block, PARTS, Row, Shape};
pub use customers::Distinct;
pub use ids::IdFingerprints;

use crate::config::Band;
use crate::enrich::Reading;
pub use crate::enrich::{Label, Polarity};
use std::collections::BTreeMap;

/// How often a theme was mentioned: responses by band (and one more for responses without), by polarity.
pub type ThemeCounts = [[u64; 3]; 4];

/// The counts of any number of responses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Responses.
    pub rows: u64,
    /// Responses with visible text.
    pub with_text: u64,
    /// Responses with text by language code; `und` for undetermined.
    pub languages: BTreeMap<&'static str, u64>,
    /// Scored responses by [`Label::ALL`].
    pub labels: [u64; 4],
    /// Responses by [`Band::ALL`].
    pub bands: [u64; 3],
    /// Responses with text by [`Band::ALL`]: the base of theme shares.
    pub band_texts: [u64; 3],
    /// Scores that are null or absent.
    pub score_missing: u64,
    /// Scores that are no number or outside the scale.
    pub score_invalid: u64,
    /// By theme position: responses that mention it.
    pub themes: Vec<ThemeCounts>,
    /// Rows of `mentions`.
    pub mentions: u64,
    /// Texts longer than `input.max_text_chars`.
    pub truncated: u64,
    /// Texts with bytes that are no UTF-8.
    pub invalid_utf8: u64,
    /// Ids that are null.
    pub null_ids: u64,
    /// Pieces of personal data found.
    pub redactions: u64,
}

impl Tally {
    /// A tally for `themes` themes.
    pub fn new(themes: usize) -> Tally {
        Tally { themes: vec![[[0; 3]; 4]; themes], ..Tally::default() }
    }

    /// Counts one response.
    pub fn add(&mut self, reading: &Reading, band: Option<Band>) {
        self.rows += 1;
        if let Some(band) = band {
            self.bands[band as usize] += 1;
        }
        self.mentions += reading.mentions.len() as u64;
        self.truncated += u64::from(reading.truncated);
        self.redactions += reading.redactions as u64;
        if !reading.has_text {
            return;
        }
        self.with_text += 1;
        if let Some(band) = band {
            self.band_texts[band as usize] += 1;
        }
        *self
            .languages
            .entry(reading.language.map_or("und", |language| language.code()))
            .or_default() += 1;
        if let Some(sentiment) = reading.sentiment {
            let position =
                Label::ALL.iter().position(|label| *label == sentiment.label).unwrap_or_default();
            self.labels[position] += 1;
        }
        let column = band.map_or(Band::ALL.len(), |band| band as usize);
        for &(theme, polarity) in &reading.themes {
            if let Some(counts) = self.themes.get_mut(theme.index()) {
                counts[column][polarity as usize] += 1;
            }
        }
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: &Tally) {
        self.rows += other.rows;
        self.with_text += other.with_text;
        for (language, count) in &other.languages {
            *self.languages.entry(language).or_default() += count;
        }
        add(&mut self.labels, &other.labels);
        add(&mut self.bands, &other.bands);
        add(&mut self.band_texts, &other.band_texts);
        self.score_missing += other.score_missing;
        self.score_invalid += other.score_invalid;
        if self.themes.len() < other.themes.len() {
            self.themes.resize(other.themes.len(), [[0; 3]; 4]);
        }
        for (mine, theirs) in self.themes.iter_mut().zip(&other.themes) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                add(mine, theirs);
            }
        }
        self.mentions += other.mentions;
        self.truncated += other.truncated;
        self.invalid_utf8 += other.invalid_utf8;
        self.null_ids += other.null_ids;
        self.redactions += other.redactions;
    }

    /// Responses of a band with text that mention a theme with a polarity.
    pub fn mentioning(&self, theme: usize, band: Band, polarity: Polarity) -> u64 {
        self.themes.get(theme).map_or(0, |counts| counts[band as usize][polarity as usize])
    }
}

fn add<const N: usize>(mine: &mut [u64; N], theirs: &[u64; N]) {
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        *mine += theirs;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_tally() -> impl Strategy<Value = Tally> {
        (0u64..99, proptest::array::uniform4(0u64..99), proptest::collection::vec(0u64..9, 0..4))
            .prop_map(|(rows, labels, themes)| Tally {
                rows,
                labels,
                languages: [("fi", rows)].into_iter().collect(),
                themes: themes.into_iter().map(|n| [[n; 3]; 4]).collect(),
                ..Tally::default()
            })
    }

    fn merged(a: &Tally, b: &Tally) -> Tally {
        let mut sum = a.clone();
        sum.merge(b);
        sum
    }

    proptest! {
        #[test]
        fn merging_is_associative_and_commutative_and_has_an_identity(a in any_tally(), b in any_tally(), c in any_tally()) {
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&a, &Tally { languages: BTreeMap::new(), ..Tally::default() }), a.clone());
            prop_assert_eq!(merged(&Tally::default(), &a), a);
        }
    }
}
