//! The counts of a run beside its tables: `_state/tally.parquet`, to which other runs can be added.

use crate::error::Error;
use crate::sinks::{FileRecord, Staging, TableFile};
use crate::sources::PositionalFile;
use crate::tables::{state_from_batches, state_schema, state_to_batches};
use crate::tally::Tally;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Where the state stands in an output.
const STATE: &str = "_state/tally.parquet";

/// Writes the state of a settled tally.
pub(super) fn write(staging: &Staging, tally: &Tally) -> Result<FileRecord, Error> {
    let path = staging.file(STATE)?;
    let schema = Arc::new(state_schema());
    let mut file = TableFile::create::<PositionalFile>(path.clone(), STATE.into(), schema, None)?;
    for batch in state_to_batches(tally) {
        file.write(&[batch.map_err(|error| Error::write(&path, error))?])?;
        file.end_row_group::<PositionalFile>(None)?;
    }
    file.close()
}

/// The tally of an output's state. Tallies of the same pipeline and lexicons may be merged.
///
/// # Errors
/// [`Error::Input`] for an output without a state, or with one of another version.
pub fn read_state(output: &Path) -> Result<Tally, Error> {
    let path = output.join(STATE);
    let unreadable = |error: &dyn std::fmt::Display| Error::input(&path, error);
    let file = File::open(&path).map_err(Error::io(&path, "open"))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(ParquetRecordBatchReaderBuilder::build)
        .map_err(|error| unreadable(&error))?;
    let mut damaged = None;
    let batches = reader.map_while(|batch| batch.map_err(|error| damaged = Some(error)).ok());
    let tally = state_from_batches(batches);
    match damaged {
        Some(error) => Err(unreadable(&error)),
        None => tally.map_err(|message| unreadable(&message)),
    }
}
