//! Mergeable integer counts: the only state that crosses threads. Adding in any order gives the same tally.
//!
//! Workers turn the responses of a slice into [`Rows`]; a tally counts them, part by part ([`Tally::parts`]), so that the
//! parts can be counted side by side and no worker needs a copy. Scores are bins of whole points, mentions are 0 or 1:
//! every figure about them follows from counts, whichever score groups are compared afterwards.
//!
//! # Memory
//!
//! The counts do not grow with the number of responses. With 26 themes, a scale of 0-10, 20 jackknife groups, 5 dimensions
//! of 50 values and 36 periods there are 306 blocks of 19 kB (6 MB), 9,000 cells of a value and a period and 25,000 of two
//! values of 2.6 kB each (88 MB): a test fills and measures them. To this come at most 100,000 terms (30 MB), 31,200
//! candidates for quotation (20 MB), 2,000 follow-ups and 1,000,000 visits of the journey (48 MB, for a moment of sorting
//! 110 MB): in all below 260 MB, whatever the number of responses and threads.

mod ids;
mod customers;
mod block;
mod cell;
mod calendar;
mod layout;
mod rows;
mod admission;
mod segments;
mod periods;
mod groups;
mod facets;
mod coverage;
mod best;
mod quotes;
mod follow_up;
mod candidates;
mod journey;
mod state;
mod terms;
mod term_counter;

pub use admission::{MOST_SHOWN, MOST_VALUES, OTHER};
pub use best::Best;
pub use block::{Block, PARTS, Row, Shape};
pub use calendar::{Calendar, Moment, moment};
pub use candidates::{Seen, Sieve};
pub use cell::Cell;
pub use coverage::{Coverage, Covered};
pub use customers::{Distinct, Population};
pub use facets::{FacetNames, Facets};
pub use follow_up::{FollowUp, FollowUps, MOST_URGENT, Reason};
pub use groups::{GROUPS, Groups};
pub use ids::IdFingerprints;
pub use journey::{Journey, Visit};
pub use layout::Layout;
pub use periods::{LATEST_BLOCKS, Periods};
pub use quotes::{CANDIDATES, Quote, Quotes};
pub use rows::{Response, Rows, customer_hash, response_hash};
pub use segments::{LATEST_CELLS, SegmentPairs, SegmentPeriods, Segments};
pub use state::{Record, STATE_VERSION};
pub use term_counter::{SHARD_BYTES, SHARD_ROWS, TermCounter};
pub use terms::{Term, TermMeaning, Terms};

use crate::config::Band;
use crate::enrich::Reading;
pub use crate::enrich::{Label, Polarity};
use std::collections::BTreeMap;

/// How often a theme was mentioned: responses by band (and one more for responses without), by polarity.
pub type ThemeCounts = [[u64; 3]; 4];

/// The counts of any number of responses.
#[derive(Debug, Clone, PartialEq, Default)]
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
    /// Rows of `signals`.
    pub signals: u64,
    /// Texts longer than `input.max_text_chars`.
    pub truncated: u64,
    /// Texts with bytes that are no UTF-8.
    pub invalid_utf8: u64,
    /// Ids that are null.
    pub null_ids: u64,
    /// Pieces of personal data found.
    pub redactions: u64,
    /// Responses whose feeling may be misread.
    pub doubtful: u64,
    /// Times that are null.
    pub time_missing: u64,
    /// Times that are none.
    pub time_invalid: u64,
    /// The lines along which the rest is counted.
    pub layout: Layout,
    /// The counts by jackknife group: [`GROUPS`] groups of customers, by their hash. Their sum is [`Tally::overall`].
    pub groups: Groups,
    /// By dimension.
    pub segments: Vec<Segments>,
    /// By period.
    pub periods: Periods,
    /// By dimension: its values by period.
    pub segment_periods: Vec<SegmentPeriods>,
    /// Two dimensions each, in the order of [`Layout`].
    pub segment_pairs: Vec<SegmentPairs>,
    /// Labels, stages, dimensions and signals by score.
    pub facets: Facets,
    /// What was understood.
    pub coverage: Coverage,
    /// How many customers there are.
    pub population: Population,
    /// Sentences that may be quoted.
    pub quotes: Quotes,
    /// Responses to be followed up.
    pub follow_ups: FollowUps,
    /// What each customer gave where.
    pub journey: Journey,
    /// Words by score. They are not counted with the rest but shard by shard, by a [`TermCounter`] for each worker.
    pub terms: Terms,
}

/// Something that counts responses by itself, so that several are kept side by side.
pub trait Part: Send {
    /// Counts the responses of a slice. Slices come in the order of the input.
    fn add(&mut self, rows: &Rows);
}

impl Tally {
    /// An empty tally.
    pub fn new(layout: &Layout) -> Tally {
        let Layout { shape, k_anon, .. } = *layout;
        let dimensions = 0..layout.dimensions.len();
        Tally {
            themes: vec![[[0; 3]; 4]; shape.themes],
            layout: layout.clone(),
            groups: Groups::new(shape, k_anon),
            segments: dimensions.clone().map(|at| Segments::new(at, shape, k_anon)).collect(),
            periods: Periods::new(shape, k_anon),
            segment_periods: dimensions.map(|at| SegmentPeriods::new(at, shape, k_anon)).collect(),
            segment_pairs: layout
                .pairs()
                .map(|pair| SegmentPairs::new(pair, shape, k_anon))
                .collect(),
            facets: Facets::new(layout.facets.len(), shape.bins),
            coverage: Coverage::new(shape.bins),
            quotes: Quotes::new(shape),
            follow_ups: FollowUps::new(),
            journey: Journey::new(layout),
            terms: Terms::new(shape.bins, k_anon),
            ..Tally::default()
        }
    }

    /// The run counters alone, of a slice.
    pub fn counters(layout: &Layout) -> Tally {
        Tally { themes: vec![[[0; 3]; 4]; layout.shape.themes], ..Tally::default() }
    }

    /// All responses.
    pub fn overall(&self) -> Block {
        self.groups.overall()
    }

    /// Everything that counts slices, each by itself.
    pub fn parts(&mut self) -> Vec<&mut dyn Part> {
        let mut parts: Vec<&mut dyn Part> = vec![&mut self.groups];
        parts.extend(self.segments.iter_mut().map(|part| part as &mut dyn Part));
        parts.extend(self.segment_periods.iter_mut().map(|part| part as &mut dyn Part));
        parts.extend(self.segment_pairs.iter_mut().map(|part| part as &mut dyn Part));
        parts.push(&mut self.periods);
        parts.push(&mut self.facets);
        parts.push(&mut self.coverage);
        parts.push(&mut self.population);
        parts.push(&mut self.quotes);
        parts.push(&mut self.follow_ups);
        parts.push(&mut self.journey);
        parts
    }

    /// Counts the responses of a slice in every part.
    pub fn add_rows(&mut self, rows: &Rows) {
        self.parts().into_iter().for_each(|part| part.add(rows));
    }

    /// Puts in order what was left for later: before a tally is kept or explained.
    pub fn settle(&mut self) {
        self.journey.settle();
    }

    /// Keeps the [`MOST_SHOWN`] values of each dimension that have the most responses; the others become [`OTHER`]. At the
    /// end, once nothing is added or merged any more.
    pub fn fold(&mut self) {
        self.settle();
        let kept: Vec<_> = self.segments.iter().map(Segments::shown).collect();
        for (at, kept) in kept.iter().enumerate() {
            self.segments[at].keep(kept);
            self.segment_periods[at].keep(kept);
        }
        for pairs in &mut self.segment_pairs {
            let (one, other) = pairs.dimensions;
            pairs.keep(&kept[one], &kept[other]);
        }
    }

    /// Counts one response.
    pub fn add(&mut self, reading: &Reading, band: Option<Band>) {
        self.rows += 1;
        if let Some(band) = band {
            self.bands[band as usize] += 1;
        }
        self.mentions += reading.mentions.len() as u64;
        self.signals += reading.signals.len() as u64;
        self.truncated += u64::from(reading.truncated);
        self.redactions += reading.redactions as u64;
        self.doubtful += u64::from(reading.doubtful);
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
        self.signals += other.signals;
        self.truncated += other.truncated;
        self.invalid_utf8 += other.invalid_utf8;
        self.null_ids += other.null_ids;
        self.redactions += other.redactions;
        self.doubtful += other.doubtful;
        self.time_missing += other.time_missing;
        self.time_invalid += other.time_invalid;
        if other.layout == Layout::default() {
            return;
        }
        if self.layout == Layout::default() {
            self.layout = other.layout.clone();
        }
        self.groups.merge(&other.groups);
        merge_all(&mut self.segments, &other.segments, Segments::merge);
        self.periods.merge(&other.periods);
        merge_all(&mut self.segment_periods, &other.segment_periods, SegmentPeriods::merge);
        merge_all(&mut self.segment_pairs, &other.segment_pairs, SegmentPairs::merge);
        self.facets.merge(&other.facets);
        self.coverage.merge(&other.coverage);
        self.population.merge(&other.population);
        self.quotes.merge(&other.quotes);
        self.follow_ups.merge(&other.follow_ups);
        self.journey.merge(&other.journey);
        self.terms.merge(&other.terms);
    }

    /// Responses of a band with text that mention a theme with a polarity.
    pub fn mentioning(&self, theme: usize, band: Band, polarity: Polarity) -> u64 {
        self.themes.get(theme).map_or(0, |counts| counts[band as usize][polarity as usize])
    }
}

fn merge_all<P: Default>(mine: &mut Vec<P>, theirs: &[P], merge: impl Fn(&mut P, &P)) {
    mine.resize_with(mine.len().max(theirs.len()), P::default);
    mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| merge(mine, theirs));
}

/// Adds counts place by place; a longer list stays longer.
fn sum_up(mine: &mut Vec<u64>, theirs: &[u64]) {
    mine.resize(mine.len().max(theirs.len()), 0);
    mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += theirs);
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
