//! Column types and dataset layouts of the input.

/// Single files, folders, globs, hive keys, links: which files are read, and where their tables stand.
mod layouts;
/// What a text and a time may be, and files whose columns differ.
mod types;
/// What a score may be, and what is no score.
mod scores;
/// What an id may be, and what stands in where there is none.
mod ids;
/// Columns of the input that come out as they went in.
mod passthrough;
/// Columns and tables that kymppi adds.
mod added;

use crate::support::{Tables, batch, files_below, read_parquet, strings};
use arrow::array::{ArrayRef, Float64Array, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use std::path::PathBuf;
use std::sync::Arc;

const PRAISE: &str = "Palvelu oli ystävällistä ja toimitus nopea";
const COMPLAINT: &str = "Toimitus myöhästyi ja palvelu oli töykeää";

/// Columns that kymppi adds to `responses` where the input has a string id.
const ADDED: [(&str, DataType); 24] = [
    ("language", DataType::Utf8),
    ("language_confidence", DataType::Float64),
    ("token_count", DataType::Int32),
    ("stems", DataType::Utf8),
    ("sentiment", DataType::Float64),
    ("sentiment_label", DataType::Utf8),
    ("positive", DataType::Float64),
    ("negative", DataType::Float64),
    ("score_band", DataType::Utf8),
    ("theme_main", DataType::Utf8),
    ("theme_count", DataType::Int32),
    ("themes", DataType::Utf8),
    ("text_redacted", DataType::Utf8),
    ("emotion", DataType::Utf8),
    ("effort", DataType::Utf8),
    ("expectation", DataType::Utf8),
    ("intent", DataType::Utf8),
    ("cause_actor", DataType::Utf8),
    ("limiting_theme", DataType::Utf8),
    ("hero_moment", DataType::Boolean),
    ("response_needed", DataType::Boolean),
    ("contacts", DataType::Int32),
    ("wait_minutes", DataType::Int32),
    ("doubtful", DataType::Boolean),
];

/// What one input file became in a table.
fn part(tables: &Tables, table: &str, relative: &str) -> RecordBatch {
    read_parquet(&tables.output.join(table).join(relative))
}

/// The files of a table, relative to its folder.
fn parts(tables: &Tables, table: &str) -> Vec<String> {
    let folder = tables.output.join(table);
    let relative = |path: &PathBuf| path.strip_prefix(&folder).unwrap().display().to_string();
    files_below(&folder).iter().map(relative).collect()
}

fn types(batch: &RecordBatch) -> Vec<(String, DataType)> {
    batch
        .schema()
        .fields()
        .iter()
        .map(|field| (field.name().clone(), field.data_type().clone()))
        .collect()
}

fn owned(columns: &[(&str, DataType)]) -> Vec<(String, DataType)> {
    columns.iter().map(|(name, kind)| ((*name).to_owned(), kind.clone())).collect()
}

fn kind_of(batch: &RecordBatch, column: &str) -> DataType {
    batch.schema().field_with_name(column).unwrap().data_type().clone()
}

fn texts(rows: &[&str]) -> ArrayRef {
    strings(rows.iter().map(|row| Some(*row)))
}

fn ids(rows: usize) -> ArrayRef {
    let ids: Vec<String> = (0..rows).map(|row| format!("r{row}")).collect();
    strings(ids.iter().map(|id| Some(id.as_str())))
}

fn numbers(values: &[Option<f64>]) -> ArrayRef {
    Arc::new(values.iter().copied().collect::<Float64Array>())
}

fn feedback() -> RecordBatch {
    batch(&[
        ("id", ids(2)),
        ("text", texts(&[PRAISE, COMPLAINT])),
        ("score", numbers(&[Some(10.0), Some(3.0)])),
    ])
}

/// Named zones are not in every build of the cast: their values are those of UTC.
fn seconds_as(seconds: &ArrayRef, kind: &DataType) -> ArrayRef {
    match kind {
        DataType::Timestamp(unit, Some(zone)) => {
            let plain = cast(seconds, &DataType::Timestamp(*unit, None)).unwrap();
            let data = plain
                .to_data()
                .into_builder()
                .data_type(DataType::Timestamp(*unit, Some(zone.clone())));
            arrow::array::make_array(data.build().unwrap())
        }
        kind => cast(seconds, kind).unwrap(),
    }
}
