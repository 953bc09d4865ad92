//! run.json: what a run read, with what it read it, what it wrote. The only published file with clocks and paths in it.

use super::table_file::FileRecord;
use serde_json::{Map, Value, json};

/// The version of the tables' schemas.
const SCHEMA_VERSION: u32 = 1;

/// What a run did, as sections of run.json.
#[derive(Debug, Clone, Default)]
pub struct RunRecord {
    /// When it began and ended, how long each stage took, threads, memory.
    pub process: Map<String, Value>,
    /// The configuration in force.
    pub config: Map<String, Value>,
    /// The lists that it read with.
    pub lexicons: Vec<Value>,
    /// Files, rows, what was skipped.
    pub input: Map<String, Value>,
    /// Counts of rows and of what was found wrong with them.
    pub counts: Map<String, Value>,
    /// Every published file but run.json and `_SUCCESS`.
    pub files: Vec<FileRecord>,
}

/// The manifest of an output.
#[derive(Debug, Clone)]
pub struct Manifest(Value);

impl Manifest {
    /// The manifest of a run.
    pub fn new(record: &RunRecord) -> Manifest {
        let file = |file: &FileRecord| json!({ "path": file.path, "rows": file.rows, "bytes": file.bytes, "sha256": file.sha256 });
        Manifest(json!({
            "kymppi": env!("CARGO_PKG_VERSION"),
            "schema_version": SCHEMA_VERSION,
            "process": record.process,
            "config": record.config,
            "lexicons": record.lexicons,
            "input": record.input,
            "counts": record.counts,
            "files": record.files.iter().map(file).collect::<Vec<_>>(),
        }))
    }

    /// The manifest as text, indented.
    pub fn to_json(&self) -> String {
        format!("{:#}\n", self.0)
    }
}
