//! kymppi explains why some customers gave a 10 and others a 6.
//!
//! It reads open-text feedback from Parquet, tells the language, matches Finnish, English and Swedish words with
//! lexicons that people edit, scores sentiment and themes, and writes enriched Parquet with every score explained.
//!
//! # Architecture
//!
//! Data flows one way, and the modules are declared in that order:
//!
//! 1. [`config`] is the pipeline file as written; [`error`] is the one error type.
//! 2. [`sources`] turns Parquet datasets into slices of the few columns that are read.
//! 3. [`lexicons`] loads and compiles the lists; [`text`], [`language`], [`morphology`] and [`privacy`] are the pure
//!    parts of reading; [`enrich`] puts them together: one [`enrich::Enricher`], shared, reads responses.
//! 4. [`tables`] turns readings into Arrow batches; [`tally`] counts them in mergeable integers;
//!    [`drivers`] makes findings of the counts.
//! 5. [`sinks`] writes the tables into a staging tree and publishes it whole; [`report`] shows the findings.
//! 6. [`fn@run::run`] is the whole flow; [`workbench`] holds the tools around it.
//!
//! `enrich`, `tally` and `drivers` do no I/O and cannot fail because of what a customer wrote. A test keeps the table of
//! who may import whom true (`tests/architecture.rs`).
//!
//! # Example
//!
//! ```
//! use kymppi::{config::Config, enrich::{Enricher, Scratch}, lexicons::Lexicons};
//! use std::sync::Arc;
//!
//! let config = Config::default();
//! let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language)?);
//! let enricher = Enricher::new(&config, lexicons)?;
//! let mut scratch = Scratch::default();
//! let reading = enricher.read(&[Some("The staff were friendly and everything went well")], &mut scratch);
//! assert!(reading.sentiment.unwrap().score > 0.0);
//! # Ok::<(), kymppi::error::Error>(())
//! ```

pub mod error;
pub mod config;
pub mod sources;
pub mod lexicons;
pub mod text;
pub mod language;
pub mod morphology;
pub mod privacy;
pub mod enrich;
pub mod tables;
pub mod tally;
pub mod drivers;
pub mod sinks;
pub mod report;
pub mod run;
pub mod workbench;
