//! What the responses of one slice add to a tally, in the order of the input: numbers, and the few texts that name
//! segments. Made by the workers, counted elsewhere.

use super::block::{PARTS, Row};
use super::calendar::{Moment, day};
use super::follow_up::{FollowUp, Purpose};
use super::layout::Layout;
use super::quotes::Quote;
use crate::enrich::{Polarity, Reading};
use rustc_hash::FxHashMap;
use twox_hash::XxHash3_64;

/// Seeds of the hashes, so that a response is not taken for the customer of the same name. They are part of the format of
/// `_state/`: with others, jackknife groups and customers would not fit together.
const CUSTOMER_SEED: u64 = 0x6b79_6d70_7069_0001;
const RESPONSE_SEED: u64 = 0x6b79_6d70_7069_0002;

/// One response as it comes from the input, read.
#[derive(Debug, Clone, Copy)]
pub struct Response<'r> {
    /// Its id.
    pub id: &'r str,
    /// Its customer; none where unknown.
    pub customer: Option<&'r str>,
    /// Its score, valid or not.
    pub score: Option<f64>,
    /// When it was given.
    pub moment: Moment,
    /// What was read in it.
    pub reading: &'r Reading,
}

/// One response as it is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'r> {
    /// Bin and parts of a point; none without a valid score.
    pub(super) score: Option<(usize, i64)>,
    pub(super) text: bool,
    /// Whether praise or complaint was found.
    pub(super) felt: bool,
    pub(super) language: &'static str,
    pub(super) customer: u64,
    /// Whether the customer is known by name.
    pub(super) named: bool,
    /// Hash of its id.
    pub(super) response: u64,
    /// The second on the wall.
    pub(super) wall: Option<i64>,
    pub(super) period: Option<i32>,
    pub(super) features: &'r [usize],
    pub(super) mentioned: &'r [usize],
    pub(super) facets: &'r [usize],
}

impl Facts<'_> {
    pub(super) fn bin(&self) -> Option<usize> {
        self.score.map(|(bin, _)| bin)
    }

    /// The day, counted from 1970; 0 for responses without time.
    pub(super) fn day(&self) -> i32 {
        self.wall.map_or(0, day)
    }

    pub(super) fn row(&self) -> Row<'_> {
        Row {
            score: self.score,
            text: self.text,
            features: self.features,
            mentioned: self.mentioned,
            customer: self.customer,
        }
    }
}

/// The responses of a slice.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    rows: Vec<Stored>,
    /// Features, mentioned themes and facets of all rows, end to end.
    features: Vec<usize>,
    mentioned: Vec<usize>,
    facets: Vec<usize>,
    /// By dimension.
    segments: Vec<Column>,
    /// Candidates with their places in [`Quotes`](super::Quotes).
    quotes: Vec<(usize, Quote)>,
    follow_ups: Vec<(Purpose, FollowUp)>,
}

#[derive(Debug, Clone, Copy)]
struct Stored {
    facts: Facts<'static>,
    /// Where its features, mentioned themes and facets end.
    ends: [usize; 3],
}

/// The values of one dimension in a slice.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    /// In the order of first sight.
    pub(super) values: Vec<String>,
    places: FxHashMap<String, usize>,
    /// By row: the place of its value.
    pub(super) places_by_row: Vec<usize>,
}

impl Column {
    fn push(&mut self, value: &str) {
        let place = match self.places.get(value) {
            Some(&place) => place,
            None => {
                let place = self.values.len();
                self.values.push(value.to_owned());
                self.places.insert(value.to_owned(), place);
                place
            }
        };
        self.places_by_row.push(place);
    }
}

impl Rows {
    /// An empty slice for a layout.
    pub fn new(layout: &Layout) -> Rows {
        Rows { segments: vec![Column::default(); layout.dimensions.len()], ..Rows::default() }
    }

    /// Adds a response. `segments` gives its value by dimension; null and blank are one value of their own, the empty
    /// text.
    pub fn push<S: AsRef<str>>(
        &mut self,
        layout: &Layout,
        response: &Response<'_>,
        segments: impl IntoIterator<Item = Option<S>>,
    ) {
        let reading = response.reading;
        for (column, value) in self.segments.iter_mut().zip(segments) {
            column.push(value.as_ref().map_or("", |value| value.as_ref().trim()));
        }
        let (features, mentioned) = (self.features.len(), self.mentioned.len());
        for (theme, polarity) in &reading.themes {
            self.mentioned.push(theme.index());
            match polarity {
                Polarity::Positive => self.features.push(2 * theme.index()),
                Polarity::Negative => self.features.push(2 * theme.index() + 1),
                Polarity::Neutral => {}
            }
        }
        put_in_order(&mut self.features, features);
        put_in_order(&mut self.mentioned, mentioned);
        layout.facets.of(reading, &mut self.facets);
        let wall = layout.calendar.wall(response.moment);
        let facts = Facts {
            score: response.score.and_then(|score| {
                layout.bands.and_then(|bands| bands.bin(score)).map(|bin| (bin, parts(score)))
            }),
            text: reading.has_text,
            felt: reading.mentions.iter().any(|mention| mention.polarity != Polarity::Neutral),
            language: reading.language.map_or("und", |language| language.code()),
            customer: response.customer.map_or_else(|| response_hash(response.id), customer_hash),
            named: response.customer.is_some(),
            response: response_hash(response.id),
            wall,
            period: wall.map(|wall| layout.calendar.number(wall)),
            features: &[],
            mentioned: &[],
            facets: &[],
        };
        let ends = [self.features.len(), self.mentioned.len(), self.facets.len()];
        self.rows.push(Stored { facts, ends });
    }

    /// Number of responses.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn last(&self) -> Option<Facts<'_>> {
        self.rows.len().checked_sub(1).map(|at| self.get(at))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Facts<'_>> {
        (0..self.rows.len()).map(|at| self.get(at))
    }

    pub(super) fn get(&self, at: usize) -> Facts<'_> {
        let starts = at.checked_sub(1).map_or([0; 3], |before| self.rows[before].ends);
        let Stored { facts, ends } = self.rows[at];
        Facts {
            features: &self.features[starts[0]..ends[0]],
            mentioned: &self.mentioned[starts[1]..ends[1]],
            facets: &self.facets[starts[2]..ends[2]],
            ..facts
        }
    }

    /// The values of a dimension; none where it is not counted.
    pub(super) fn segment(&self, dimension: usize) -> Option<&Column> {
        self.segments.get(dimension)
    }
}

impl Rows {
    pub(super) fn quotes(&self) -> &[(usize, Quote)] {
        &self.quotes
    }

    pub(super) fn follow_ups(&self) -> &[(Purpose, FollowUp)] {
        &self.follow_ups
    }

    pub(super) fn offer(&mut self, place: usize, quote: Quote) {
        self.quotes.push((place, quote));
    }

    pub(super) fn offer_follow_up(&mut self, purpose: Purpose, follow_up: FollowUp) {
        self.follow_ups.push((purpose, follow_up));
    }
}

/// The rows with each key, by key and then in their order: one look at a map serves them all.
pub(super) fn grouped<K: Ord + Copy>(keys: impl Iterator<Item = K>) -> Vec<(K, usize)> {
    let mut rows: Vec<(K, usize)> = keys.enumerate().map(|(row, key)| (key, row)).collect();
    rows.sort_unstable();
    rows
}

fn put_in_order(all: &mut Vec<usize>, from: usize) {
    all[from..].sort_unstable();
    let mut kept = from;
    for at in from..all.len() {
        if kept == from || all[kept - 1] != all[at] {
            all[kept] = all[at];
            kept += 1;
        }
    }
    all.truncate(kept);
}

/// A score in parts of a point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "scores lie within a scale of some hundred points"
)]
fn parts(score: f64) -> i64 {
    (score * PARTS as f64).round() as i64
}

/// The hash of a customer, the same on every machine: of it the jackknife groups are made.
pub fn customer_hash(customer: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(CUSTOMER_SEED, customer.as_bytes())
}

/// The hash of a response, by which ties are broken and responses without a customer are grouped.
pub fn response_hash(id: &str) -> u64 {
    XxHash3_64::oneshot_with_seed(RESPONSE_SEED, id.as_bytes())
}
