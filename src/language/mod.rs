//! Which language a text is in: the configured language that its letters make most likely.

mod detector;

pub use detector::{Detection, Detector};
