//! A whole run, readable from top to bottom.

mod parallel;
mod reader;
mod worker;
mod writer;
mod state;
mod record;

pub use record::Summary;
pub use state::read_state;

use crate::config::{Config, Declared};
use crate::drivers;
use crate::enrich::Enricher;
use crate::error::Error;
use crate::lexicons::Lexicons;
use crate::sinks::{Manifest, Staging, write_small_tables};
use crate::sources::Source;
use crate::tables::small_tables;
use record::Clock;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How to run, as far as the result does not depend on it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Worker threads; 0 for one a core.
    pub threads: usize,
}

/// What a run tells its caller and asks of it.
pub trait Progress: Sync {
    /// The rows that will be read.
    fn begin(&self, _rows: u64) {}
    /// Rows that have been read.
    fn advance(&self, _rows: u64) {}
    /// The number of a signal that asks the run to stop.
    fn stopped(&self) -> Option<i32> {
        None
    }
}

/// Nobody looks on.
impl Progress for () {}

/// Reads the input, enriches every response, publishes the tables.
///
/// # Errors
/// Any [`Error`]; nothing is published then, and the old output is as it was.
pub fn run(config: &Config, options: &Options, progress: &dyn Progress) -> Result<Summary, Error> {
    let mut clock = Clock::start();
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language)?);
    let enricher = Enricher::new(config, Arc::clone(&lexicons))?;
    clock.lap("lexicons");
    let declared = declared(config, &lexicons)?;
    let source = Source::open(config)?;
    let staging = Staging::create(
        &config.output.path,
        paths_read(config, &source).iter().map(PathBuf::as_path),
    )?;
    clock.lap("input");
    progress.begin(source.rows);
    let mut outcome =
        parallel::enrich_all(config, &source, &enricher, &staging, options.threads, progress)?;
    clock.lap("enrich");
    if let Some(signal) = progress.stopped() {
        return Err(Error::Interrupted(signal));
    }
    let mut tally = std::mem::take(&mut outcome.tally);
    outcome.files.push(state::write(&staging, &tally)?);
    clock.lap("state");
    tally.fold();
    let findings = drivers::explain(tally, config, &lexicons, declared);
    clock.lap("statistics");
    let tables = small_tables(&findings, &lexicons.taxonomy);
    outcome.files.extend(write_small_tables(&staging, &tables)?);
    clock.lap("tables");
    let (record, summary) =
        record::summarise(config, &source, &lexicons, outcome, findings, &clock);
    staging.publish(&Manifest::new(&record).to_json())?;
    Ok(summary)
}

/// What a run would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Files to read, with their rows.
    pub files: Vec<(String, u64)>,
    /// Files passed over.
    pub skipped: Vec<PathBuf>,
    /// Rows in all.
    pub rows: u64,
    /// The folder that would be replaced.
    pub output: PathBuf,
    /// What is worth noting about the input.
    pub notes: Vec<String>,
}

/// Checks everything that [`run`] checks before its first row, and writes nothing.
///
/// # Errors
/// As [`run`].
pub fn plan(config: &Config) -> Result<Plan, Error> {
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language)?);
    declared(config, &lexicons)?;
    Enricher::new(config, lexicons)?;
    let source = Source::open(config)?;
    Staging::check(&config.output.path, paths_read(config, &source).iter().map(PathBuf::as_path))?;
    Ok(Plan {
        files: source.files.iter().map(|file| (file.relative.clone(), file.rows)).collect(),
        skipped: source.skipped,
        rows: source.rows,
        output: config.output.path.clone(),
        notes: source.notes,
    })
}

/// What people declared beforehand, checked before the first row.
fn declared(config: &Config, lexicons: &Lexicons) -> Result<Declared, Error> {
    let themes: Vec<&str> =
        lexicons.taxonomy.themes().iter().map(|theme| theme.id.as_str()).collect();
    Declared::load(
        config.drivers.changes.as_deref(),
        config.drivers.targets.as_deref(),
        &config.input.columns.segments,
        &themes,
    )
}

/// The input as it is named, its files, and the folders of lexicons.
fn paths_read(config: &Config, source: &Source) -> Vec<PathBuf> {
    let named =
        Some(Path::new(&config.input.path)).filter(|path| path.exists()).map(Path::to_owned);
    let lexicons = config.lexicons.path.iter().chain(&config.lexicons.extend).cloned();
    named.into_iter().chain(source.paths().map(Path::to_owned)).chain(lexicons).collect()
}
