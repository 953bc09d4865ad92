//! One test binary: arrow and parquet link once.
#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    reason = "a test may stop at the first surprise"
)]
#![allow(unreachable_pub, missing_docs, reason = "one binary, nothing is exported")]

/// Jobs on small Parquet files, and ways to look at what they wrote.
mod support;

/// The import table of the architecture: who may name whom.
mod architecture;
/// The pipeline file: defaults, messages, overrides, variables.
mod config;
/// The embedded lexicons: normal form, sizes, reachable entries.
mod lexicons;
/// Which words match which entries: pairs, round trips, collisions, laws.
mod words;
/// Which language a short text is in, and the recipe of the model.
mod language;
/// How texts are read: aligned snapshots that a native reader can review.
mod reading;
/// What a comment says besides its themes, by sentences and by laws.
mod signals;
/// The main job end to end: tables, contracts, determinism.
mod pipeline;
/// The counts: laws of merging, what is counted, memory.
mod tally;
/// Column types and dataset layouts of the input.
mod sources;
/// Broken files, hostile texts, outputs that must not be touched.
mod bad_input;
/// Explanations: exact to the last bit, documented field by field, quoted as they are.
mod explain;
/// The command line: messages, exit codes, signals.
mod cli;
/// Statistics against values computed elsewhere.
mod oracles;
/// The sample data and its source.
mod sample_data;
