//! What is counted and along which lines: everything about a tally that the pipeline and the taxonomy settle before the
//! first row.

use super::block::Shape;
use super::calendar::Calendar;
use super::facets::FacetNames;
use crate::config::{Bands, Config};
use crate::lexicons::Taxonomy;

/// The lines along which responses are counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// Bins of the score (none without a score column) and themes.
    pub shape: Shape,
    /// The scale; none without a score column.
    pub bands: Option<Bands>,
    /// Theme ids, in the order of the taxonomy.
    pub themes: Vec<String>,
    /// The segment columns.
    pub dimensions: Vec<String>,
    /// Which of them names the touchpoint; none where customers or touchpoints are unknown: then there is no journey.
    pub touchpoint: Option<usize>,
    /// Days that the answers of one customer are put together over.
    pub journey_days: u32,
    /// Cuts time into periods.
    pub calendar: Calendar,
    /// Whether there is a time column.
    pub timed: bool,
    /// Whether there is a customer column; without, every response is a customer of its own.
    pub customers: bool,
    /// Fewer distinct customers are suppressed.
    pub k_anon: usize,
    /// What else is counted by score.
    pub facets: FacetNames,
}

impl Layout {
    /// The layout of a pipeline and its taxonomy.
    pub fn new(config: &Config, taxonomy: &Taxonomy) -> Layout {
        let columns = &config.input.columns;
        let bands = config.bands();
        let named = |name: &String| *name == config.journey.touchpoint;
        let themes: Vec<String> = taxonomy.themes().iter().map(|theme| theme.id.clone()).collect();
        Layout {
            shape: Shape { bins: bands.map_or(0, |bands| bands.bins()), themes: themes.len() },
            bands,
            themes,
            dimensions: columns.segments.clone(),
            touchpoint: columns.customer.as_ref().and(columns.segments.iter().position(named)),
            journey_days: config.journey.days,
            calendar: Calendar::new(&config.time),
            timed: columns.time.is_some(),
            customers: columns.customer.is_some(),
            k_anon: config.drivers.k_anon,
            facets: FacetNames::new(taxonomy),
        }
    }

    /// The score of a bin: a whole point of the scale.
    pub fn score(&self, bin: usize) -> i64 {
        let first = self.bands.map_or(0, |bands| bands.first());
        first.saturating_add(i64::try_from(bin).unwrap_or(i64::MAX))
    }

    /// Pairs of dimensions, each once.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let dimensions = self.dimensions.len();
        (0..dimensions).flat_map(move |one| (one + 1..dimensions).map(move |other| (one, other)))
    }
}
