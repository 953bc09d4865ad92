//! What is kept of a run: the sections of run.json and the summary for the caller.

use super::parallel::Outcome;
use crate::config::Config;
use crate::drivers::Findings;
use crate::lexicons::{Lexicons, Taxonomy};
use crate::sinks::RunRecord;
use crate::sources::Source;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What a run found and where it put it.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The counts and contrasts.
    pub findings: Findings,
    /// The themes that the contrasts name.
    pub taxonomy: Taxonomy,
    /// The folder that was published.
    pub output: PathBuf,
    /// Input files.
    pub files: usize,
    /// Files passed over.
    pub skipped: usize,
    /// Responses whose id an earlier response had, and whether that is a lower bound.
    pub duplicates: (u64, bool),
    /// What is worth noting about the input.
    pub notes: Vec<String>,
    /// How long the run took.
    pub elapsed: Duration,
}

/// Times the stages of a run.
#[derive(Debug)]
pub(super) struct Clock {
    started: Timestamp,
    begin: Instant,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    pub(super) fn start() -> Clock {
        let now = Instant::now();
        Clock { started: Timestamp::now(), begin: now, last: now, laps: Vec::new() }
    }

    /// Ends a stage.
    pub(super) fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }
}

/// Puts the record of a run together.
pub(super) fn summarise(
    config: &Config,
    source: &Source,
    lexicons: &Lexicons,
    outcome: Outcome,
    findings: Findings,
    clock: &Clock,
) -> (RunRecord, Summary) {
    let elapsed = clock.begin.elapsed();
    let tally = &findings.tally;
    let toml = config.to_toml();
    let record = RunRecord {
        process: object(json!({
            "started": clock.started.to_string(),
            "finished": Timestamp::now().to_string(),
            "seconds": seconds(elapsed),
            "stages": clock.laps.iter().map(|(stage, time)| ((*stage).to_owned(), seconds(*time))).collect::<Map<_, _>>(),
            "rows_per_second": rate(tally.rows, elapsed),
            "threads": outcome.threads,
            "peak_memory_bytes": peak_memory(),
            "output": config.output.path.display().to_string(),
        })),
        config: object(json!({ "sha256": sha256(toml.as_bytes()), "toml": toml })),
        lexicons: lexicons
            .sources
            .iter()
            .map(|list| json!({ "list": list.list, "source": list.source, "sha256": list.sha256 }))
            .collect(),
        input: object(json!({
            "path": config.input.path,
            "rows": source.rows,
            "files": source.files.iter().map(|file| json!({ "path": file.relative, "bytes": file.bytes, "rows": file.rows })).collect::<Vec<_>>(),
            "skipped": source.skipped.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
            "notes": source.notes,
        })),
        counts: object(json!({
            "rows_in": source.rows,
            "rows_out": tally.rows,
            "rows_with_text": tally.with_text,
            "mentions": tally.mentions,
            "signals": tally.signals,
            "duplicate_ids": outcome.duplicates.0,
            "duplicate_ids_is_lower_bound": outcome.duplicates.1,
            "null_ids": tally.null_ids,
            "score_missing": tally.score_missing,
            "score_invalid": tally.score_invalid,
            "time_missing": tally.time_missing,
            "time_invalid": tally.time_invalid,
            "responses_truncated": tally.truncated,
            "responses_invalid_utf8": tally.invalid_utf8,
            "redactions": tally.redactions,
            "doubtful": tally.doubtful,
        })),
        files: outcome.files,
    };
    let summary = Summary {
        findings,
        taxonomy: lexicons.taxonomy.clone(),
        output: config.output.path.clone(),
        files: source.files.len(),
        skipped: source.skipped.len(),
        duplicates: outcome.duplicates,
        notes: source.notes.clone(),
        elapsed,
    };
    (record, summary)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn seconds(time: Duration) -> Value {
    json!((time.as_secs_f64() * 1000.0).round() / 1000.0)
}

fn rate(rows: u64, time: Duration) -> Value {
    json!((rows as f64 / time.as_secs_f64().max(1e-9)).round())
}

/// The most memory that the process held so far, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
