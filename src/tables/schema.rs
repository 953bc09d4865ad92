//! Names, types and order of every column that kymppi adds. Types that every reader opens: Utf8, Int32, Float64,
//! Boolean.

use crate::config::Config;
use arrow::datatypes::{DataType, Field, Schema};

/// The tables that have one file for each input file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowTable {
    /// One row a response.
    Responses,
    /// One row a scored clause and theme.
    Mentions,
    /// One row a signal.
    Signals,
}

impl RowTable {
    /// All of them.
    pub const ALL: [RowTable; 3] = [RowTable::Responses, RowTable::Mentions, RowTable::Signals];

    /// The folder of the table.
    pub fn name(self) -> &'static str {
        match self {
            RowTable::Responses => "responses",
            RowTable::Mentions => "mentions",
            RowTable::Signals => "signals",
        }
    }
}

fn field(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, true)
}

fn fields(columns: &[(&str, DataType)]) -> Vec<Field> {
    columns.iter().map(|(name, kind)| field(name, kind.clone())).collect()
}

/// The columns added to `responses`, in order, with the configured prefix. `own_id` says whether the input brings a
/// string id of its own; without one a `response_id` comes first.
pub fn responses_schema(config: &Config, own_id: bool) -> Schema {
    let mut columns = Vec::new();
    if !own_id {
        columns.push(("response_id", DataType::Utf8));
    }
    columns.push(("language", DataType::Utf8));
    columns.push(("language_confidence", DataType::Float64));
    columns.push(("token_count", DataType::Int32));
    if config.output.stems {
        columns.push(("stems", DataType::Utf8));
    }
    columns.push(("sentiment", DataType::Float64));
    columns.push(("sentiment_label", DataType::Utf8));
    columns.push(("positive", DataType::Float64));
    columns.push(("negative", DataType::Float64));
    columns.push(("score_band", DataType::Utf8));
    columns.push(("theme_main", DataType::Utf8));
    columns.push(("theme_count", DataType::Int32));
    columns.push(("themes", DataType::Utf8));
    columns.push(("text_redacted", DataType::Utf8));
    columns.push(("emotion", DataType::Utf8));
    columns.push(("effort", DataType::Utf8));
    columns.push(("expectation", DataType::Utf8));
    columns.push(("intent", DataType::Utf8));
    columns.push(("cause_actor", DataType::Utf8));
    columns.push(("limiting_theme", DataType::Utf8));
    columns.push(("hero_moment", DataType::Boolean));
    columns.push(("response_needed", DataType::Boolean));
    columns.push(("contacts", DataType::Int32));
    columns.push(("wait_minutes", DataType::Int32));
    columns.push(("doubtful", DataType::Boolean));
    let prefix = &config.output.prefix;
    Schema::new(
        columns
            .into_iter()
            .map(|(name, kind)| field(&format!("{prefix}{name}"), kind))
            .collect::<Vec<_>>(),
    )
}

/// The names of [`responses_schema`].
pub fn added_columns(config: &Config, own_id: bool) -> Vec<String> {
    responses_schema(config, own_id).fields().iter().map(|field| field.name().clone()).collect()
}

/// The columns of `mentions`.
pub fn mentions_schema() -> Schema {
    Schema::new(fields(&[
        ("response_id", DataType::Utf8),
        ("question", DataType::Utf8),
        ("clause", DataType::Int32),
        ("theme", DataType::Utf8),
        ("polarity", DataType::Utf8),
        ("weight", DataType::Float64),
        ("valence", DataType::Float64),
        ("start", DataType::Int32),
        ("end", DataType::Int32),
        ("evidence", DataType::Utf8),
        ("entries", DataType::Utf8),
        ("rule", DataType::Utf8),
        ("tier", DataType::Int32),
    ]))
}

/// The columns of `signals`.
pub fn signals_schema() -> Schema {
    Schema::new(fields(&[
        ("response_id", DataType::Utf8),
        ("question", DataType::Utf8),
        ("signal", DataType::Utf8),
        ("start", DataType::Int32),
        ("end", DataType::Int32),
        ("evidence", DataType::Utf8),
    ]))
}
