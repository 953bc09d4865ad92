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
pub mod findings;

pub use findings::{Findings, explain};
pub use scope::Scope;
pub use status::Status;

pub use crate::tally::{Label, Polarity, Tally};
