//! Which language a text is in.
//!
//! The letters decide: a small linear model ([`features`], `model.rs`) tells thirteen languages and Portuguese apart, and
//! knows when a text is in none of them; then whatlang names it. What else is known is added as log-odds: which
//! languages are configured, what a column of the data names, how many words a lexicon knows ([`Evidence`]).
//!
//! [`Detector::detect`] does it all. Its parts are public because a response is judged clause by clause: the [`Scores`]
//! of clauses and words add up, and [`Detector::decide`] answers for any sum.

mod letters;
mod folding;
pub mod features;
pub mod lanes;
mod model;
mod scores;
mod evidence;
mod confidence;
mod fallback;
mod detector;

pub use detector::{Detection, Detector};
pub use evidence::Evidence;
pub use folding::JUDGED_BYTES;
pub use letters::Letters;
pub use scores::{Scores, WordCounts, WordLanes, WordScores};
