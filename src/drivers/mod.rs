//! From the tally to findings: which themes separate the high scores from the low ones. Pure.

pub mod status;
mod incomplete;
pub mod distribution;
pub mod multiplicity;
pub mod interval;
pub mod target;
pub mod bins;
pub mod sample;
pub mod suppression;
pub mod kpi;
mod contrast;
pub mod contrasts;
pub mod matrix;
pub mod jackknife;
pub mod regression;
pub mod model;
pub mod importance;
pub mod driver;
pub mod heterogeneity;
pub mod asymmetry;
pub mod gap_ledger;
pub mod decomposition;
pub mod change;
pub mod guard;
pub mod journey;
pub mod keyness;
pub mod trend;
pub mod emerging;
pub mod quotes;
pub mod validation;
pub mod scope;
pub mod sentences;

pub use contrast::{Contrast, contrasts};
pub use interval::{newcombe, wilson};
pub use scope::Scope;

use crate::config::Config;
use crate::lexicons::Taxonomy;
pub use crate::tally::{Label, Polarity, Tally};

/// What a run found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// The counts.
    pub tally: Tally,
    /// Whether the input has scores.
    pub scored: bool,
    /// Theme and polarity by the difference of their shares in the high and the low band, best supported first.
    pub contrasts: Vec<Contrast>,
}

/// Explains a tally.
pub fn explain(tally: Tally, taxonomy: &Taxonomy, config: &Config) -> Findings {
    let contrasts = contrasts(&tally, taxonomy);
    Findings { tally, scored: config.input.columns.score.is_some(), contrasts }
}
