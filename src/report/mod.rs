//! Findings for people: the summary at the end of a run. Computes nothing.

mod terminal;

pub use terminal::{Facts, summary};
