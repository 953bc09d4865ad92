//! Tables to disk: built in a staging tree that nobody sees, published whole in one exchange.

mod hashing;
mod table_file;
mod small_tables;
mod staging;
mod refusal;
mod manifest;

pub use manifest::{Manifest, RunRecord};
pub use small_tables::write_small_tables;
pub use staging::Staging;
pub use table_file::{FileRecord, Splice, TableFile};

/// The manifest of an output: written last, and what marks a folder as kymppi's own.
pub const MANIFEST: &str = "run.json";
/// The empty file that says the output is whole.
pub const SUCCESS: &str = "_SUCCESS";
