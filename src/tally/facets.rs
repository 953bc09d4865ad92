//! Named values that a response has or has not, by score: its label, the stages and dimensions it speaks of, its signals.
//! One small table for all of them, so that a further kind is a line in [`FacetNames::new`] and one in [`FacetNames::of`].

use super::rows::Rows;
use super::{Part, sum_up};
use crate::enrich::{Actor, Effort, Emotion, Expected, Intent, Label, Polarity, Reading};
use crate::lexicons::Taxonomy;
use std::ops::Range;

// The kinds of facets. A further one also joins `FacetNames::kind`, by which a state that was written is known again.
const SENTIMENT: &str = "sentiment";
const STAGE: [&str; 3] = ["stage", "stage_positive", "stage_negative"];
const DIMENSION: [&str; 3] = ["dimension", "dimension_positive", "dimension_negative"];
/// The columns of `responses` that signals fill, then the theme that kept a score from the top, then whether the first contact
/// solved it.
const COLUMNS: [&str; 7] = [
    "emotion",
    "effort",
    "expectation",
    "intent",
    "cause_actor",
    "limiting_theme",
    "first_contact",
];

/// The facets by position.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FacetNames {
    /// Kind and value, e.g. `("sentiment", "positive")`.
    pub(super) names: Vec<(&'static str, String)>,
    pub(super) labels: usize,
    /// By theme: the first of the three facets of its stage, and of its dimension. They are: mentioned in any way,
    /// praised, complained of.
    pub(super) stages: Vec<usize>,
    pub(super) dimensions: Vec<usize>,
    /// By column of [`COLUMNS`]: the first of its values.
    pub(super) columns: Vec<usize>,
}

impl FacetNames {
    pub(super) fn new(taxonomy: &Taxonomy) -> FacetNames {
        let mut facets = FacetNames::default();
        facets.labels = facets.add(SENTIMENT, Label::ALL.map(Label::name));
        let themes = taxonomy.themes();
        let stages: Vec<&str> = themes.iter().map(|theme| theme.stage.as_str()).collect();
        facets.stages = facets.add_spoken_of(STAGE, &stages);
        let dimensions: Vec<&str> = themes.iter().map(|theme| theme.dimension.as_str()).collect();
        facets.dimensions = facets.add_spoken_of(DIMENSION, &dimensions);
        let ids: Vec<&str> = themes.iter().map(|theme| theme.id.as_str()).collect();
        let values: [Vec<&str>; 7] = [
            Emotion::ALL.iter().map(|value| value.name()).collect(),
            Effort::ALL.iter().map(|value| value.name()).collect(),
            Expected::ALL.iter().map(|value| value.name()).collect(),
            Intent::ALL.iter().map(|value| value.name()).collect(),
            Actor::ALL.iter().map(|value| value.name()).collect(),
            ids,
            vec!["yes", "no"],
        ];
        let kinds = COLUMNS.into_iter().zip(values);
        facets.columns = kinds.map(|(kind, values)| facets.add(kind, values)).collect();
        facets
    }

    /// Adds a kind with its values; returns the position of the first.
    fn add<'v>(&mut self, kind: &'static str, values: impl IntoIterator<Item = &'v str>) -> usize {
        let first = self.names.len();
        self.names.extend(values.into_iter().map(|value| (kind, value.to_owned())));
        first
    }

    /// Adds three kinds for each distinct group of themes; returns, by theme, the position of the first.
    fn add_spoken_of(&mut self, kinds: [&'static str; 3], groups: &[&str]) -> Vec<usize> {
        let mut known: Vec<(&str, usize)> = Vec::new();
        let mut firsts = Vec::with_capacity(groups.len());
        for group in groups {
            let first = match known.iter().find(|(name, _)| name == group) {
                Some((_, first)) => *first,
                None => {
                    let first = self.names.len();
                    for kind in kinds {
                        self.add(kind, [*group]);
                    }
                    known.push((group, first));
                    first
                }
            };
            firsts.push(first);
        }
        firsts
    }

    /// The kind of a name.
    pub(super) fn kind(name: &str) -> Option<&'static str> {
        let kinds = std::iter::once(SENTIMENT).chain(STAGE).chain(DIMENSION).chain(COLUMNS);
        kinds.into_iter().find(|kind| *kind == name)
    }

    /// Number of facets.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Kind and value of every facet.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.names.iter().map(|(kind, value)| (*kind, value.as_str()))
    }

    /// Appends the facets of a reading, each once.
    pub(super) fn of(&self, reading: &Reading, facets: &mut Vec<usize>) {
        let first = facets.len();
        let mut has = |facet: usize| {
            if !facets[first..].contains(&facet) {
                facets.push(facet);
            }
        };
        if let Some(sentiment) = reading.sentiment {
            let label = Label::ALL.iter().position(|label| *label == sentiment.label);
            has(self.labels + label.unwrap_or_default());
        }
        let columns = [
            reading.emotion().map(|value| value as usize),
            reading.effort().map(|value| value as usize),
            reading.expectation().map(|value| value as usize),
            reading.intent().map(|value| value as usize),
            reading.cause_actor().map(|value| value as usize),
            reading.limit.map(|limit| limit.theme.index()),
            reading.solved_at_first_contact().map(|solved| usize::from(!solved)),
        ];
        for (first, value) in self.columns.iter().zip(columns) {
            if let Some(value) = value {
                has(first + value);
            }
        }
        for (theme, polarity) in &reading.themes {
            for group in [&self.stages, &self.dimensions] {
                let Some(&group) = group.get(theme.index()) else { continue };
                has(group);
                match polarity {
                    Polarity::Positive => has(group + 1),
                    Polarity::Negative => has(group + 2),
                    Polarity::Neutral => {}
                }
            }
        }
    }
}

/// Responses by facet and score.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    bins: usize,
    /// Row-major; the last column of each row is for responses without a valid score.
    pub(super) counts: Vec<u64>,
}

impl Facets {
    pub(super) fn new(facets: usize, bins: usize) -> Facets {
        Facets { bins, counts: vec![0; facets * (bins + 1)] }
    }

    /// Responses with a facet, by score.
    pub fn scored(&self, facet: usize) -> &[u64] {
        self.row(facet).get(..self.bins).unwrap_or_default()
    }

    /// Responses with a facet and without a valid score.
    pub fn unscored(&self, facet: usize) -> u64 {
        self.row(facet).last().copied().unwrap_or_default()
    }

    fn row(&self, facet: usize) -> &[u64] {
        let Range { start, end } = facet * (self.bins + 1)..(facet + 1) * (self.bins + 1);
        self.counts.get(start..end).unwrap_or_default()
    }

    pub(super) fn merge(&mut self, other: &Facets) {
        self.bins = self.bins.max(other.bins);
        sum_up(&mut self.counts, &other.counts);
    }
}

impl Part for Facets {
    fn add(&mut self, rows: &Rows) {
        for row in rows.iter() {
            let column = row.bin().unwrap_or(self.bins);
            for &facet in row.facets {
                if let Some(count) = self.counts.get_mut(facet * (self.bins + 1) + column) {
                    *count += 1;
                }
            }
        }
    }
}
