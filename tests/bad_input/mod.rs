//! Broken files, hostile texts, outputs that must not be touched: each ends as defined and leaves nothing half-written.

/// Paths and columns that are not there or not what the pipeline says.
mod inputs;
/// Files with damaged bytes.
mod damaged;
/// Sound files that lack rows, values or ids of their own.
mod values;
/// Texts that are no text, and any string at all.
mod texts;
/// Outputs that must not be touched, and runs that are stopped.
mod outputs;

use crate::support::{Job, batch, files_below, strings, write_parquet};
use arrow::array::{ArrayRef, Int32Array, RecordBatch};
use kymppi::config::Config;
use kymppi::error::Error;
use kymppi::run::{self, Options, Summary};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const PRAISE: &str = "Palvelu oli ystävällistä ja toimitus nopea";
const COMPLAINT: &str = "Toimitus myöhästyi ja palvelu oli töykeää";

fn feedback() -> RecordBatch {
    rows(&[Some(PRAISE), Some(COMPLAINT)])
}

/// Rows with ids r0, r1 ... and the score 9.
fn rows(texts: &[Option<&str>]) -> RecordBatch {
    let ids: Vec<String> = (0..texts.len()).map(|row| format!("r{row}")).collect();
    let scores: ArrayRef = Arc::new(Int32Array::from_iter_values(texts.iter().map(|_| 9)));
    batch(&[
        ("id", strings(ids.iter().map(|id| Some(id.as_str())))),
        ("text", strings(texts.iter().copied())),
        ("score", scores),
    ])
}

fn run_with(job: &Job, change: impl FnOnce(&mut Config)) -> Result<Summary, Error> {
    let mut config = job.config()?;
    change(&mut config);
    run::run(&config, &Options { threads: 2 }, &())
}

/// Everything below a folder, by path.
fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
    files_below(folder).iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

/// Names beside the input that a run made, but for the lock, which stays.
fn beside(job: &Job) -> Vec<String> {
    let entries = fs::read_dir(job.folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "in" && name != ".out.lock");
    names.sort();
    names
}

/// Runs, expects an error, and that neither a first output nor a trace of one is left.
fn fails(job: &Job, code: u8, parts: &[&str]) -> Error {
    let before = beside(job);
    let old = snapshot(&job.output());
    let error = job.try_run().unwrap_err();
    assert_eq!(error.exit_code(), code, "{error}");
    for part in parts {
        assert!(error.to_string().contains(part), "`{part}` is not in: {error}");
    }
    assert_eq!(beside(job), before, "{error}");
    assert_eq!(snapshot(&job.output()), old, "{error}");
    error
}

/// A file of some size with several row groups, and its bytes.
fn sound() -> (Job, Vec<u8>) {
    let texts: Vec<String> = (0..900).map(|row| format!("{PRAISE} {row}")).collect();
    let job = Job::new();
    let texts: Vec<Option<&str>> = texts.iter().map(|text| Some(text.as_str())).collect();
    write_parquet(&job.input().join("b.parquet"), &rows(&texts), 300);
    let bytes = fs::read(job.input().join("b.parquet")).unwrap();
    (job.file("a.parquet", &feedback()), bytes)
}

fn footer(bytes: &[u8]) -> ParquetMetaData {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    ParquetMetaDataReader::new().parse_and_finish(file.as_file()).unwrap()
}
