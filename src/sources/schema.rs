//! Whether a file has the configured columns in usable types, and what else is worth noting about its columns.

use super::files::InputFile;
use crate::config::Config;
use crate::error::Error;
use crate::tables::added_columns;
use arrow::datatypes::{DataType, Fields, Schema, TimeUnit};
use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::schema::types::{SchemaDescriptor, Type};

/// Whether the id column of a checked file is a string.
pub(super) struct Checked {
    pub(super) own_id: bool,
}

/// Checks the columns of one file. `arrow` is how its writer saw them: Parquet knows no seconds, so that only there a
/// timestamp in seconds is told from a number.
pub(super) fn check(
    file: &InputFile,
    schema: &SchemaDescriptor,
    arrow: &Schema,
    config: &Config,
) -> Result<Checked, Error> {
    let columns = &config.input.columns;
    let wrong = |message: String| Error::Schema { path: file.path.clone(), message };
    let root = schema.root_schema();
    let find = |name: &str| root.get_fields().iter().find(|field| field.name() == name);
    let missing = |part: &str, name: &str| {
        let there: Vec<&str> = root
            .get_fields()
            .iter()
            .map(|field| field.name())
            .chain(file.hive_keys.iter().map(String::as_str))
            .collect();
        wrong(format!(
            "there is no column `{name}`, which the pipeline names as {part}; the columns are {}",
            there.join(", ")
        ))
    };
    for question in &columns.text {
        let field = find(&question.column).ok_or_else(|| missing("text", &question.column))?;
        if !is_string(field) {
            return Err(wrong(format!(
                "the column `{}` is {}; a text column must hold strings",
                question.column,
                describe(field)
            )));
        }
    }
    let mut own_id = false;
    if let Some(name) = &columns.id {
        let field = find(name).ok_or_else(|| missing("id", name))?;
        own_id = is_string(field);
        let raw = field.is_primitive()
            && field.get_physical_type() == Physical::FIXED_LEN_BYTE_ARRAY
            && !is_number(field);
        if !field.is_primitive() || raw {
            return Err(wrong(format!(
                "the column `{name}` is {}; an id must be a string or a number",
                describe(field)
            )));
        }
    }
    if let Some(name) = &columns.score {
        let field = find(name).ok_or_else(|| missing("score", name))?;
        if !is_number(field) && !is_string(field) {
            return Err(wrong(format!(
                "the column `{name}` is {}; a score must be a number or a numeric string",
                describe(field)
            )));
        }
    }
    let in_path = |name: &str| file.hive_keys.iter().any(|key| key == name);
    if let Some(name) = &columns.time {
        let written_as_time = arrow.field_with_name(name).is_ok_and(|field| {
            matches!(field.data_type(), DataType::Timestamp(..) | DataType::Date64)
        });
        match find(name) {
            Some(field) if !is_time(field) && !is_string(field) && !written_as_time => {
                return Err(wrong(format!(
                    "the column `{name}` is {}; time must be a timestamp, a date or a string",
                    describe(field)
                )));
            }
            None if !in_path(name) => return Err(missing("time", name)),
            _ => {}
        }
    }
    let others = columns
        .customer
        .iter()
        .map(|name| ("customer", name))
        .chain(columns.language.iter().map(|name| ("language", name)));
    for (part, name) in others.chain(columns.segments.iter().map(|name| ("a segment", name))) {
        match find(name) {
            Some(field) if !field.is_primitive() => {
                return Err(wrong(format!(
                    "the column `{name}` is {}; {part} must be a plain value",
                    describe(field)
                )));
            }
            None if !in_path(name) => return Err(missing(part, name)),
            _ => {}
        }
    }
    // Without regard to case, as DuckDB and Spark read names.
    let names = || {
        root.get_fields()
            .iter()
            .map(|field| field.name())
            .chain(file.hive_keys.iter().map(String::as_str))
    };
    let taken = |name: &String| names().any(|other| other.eq_ignore_ascii_case(name));
    if let Some(name) = added_columns(config, own_id).iter().find(|name| taken(name)) {
        let message = format!(
            "the input already has a column `{name}`, which kymppi adds; write prefix = \"k_\" under [output] (output.prefix)"
        );
        return Err(wrong(message));
    }
    Ok(Checked { own_id })
}

/// Strings: `BYTE_ARRAY` that is annotated as text or not at all.
pub(super) fn is_string(field: &Type) -> bool {
    if !field.is_primitive() || field.get_physical_type() != Physical::BYTE_ARRAY {
        return false;
    }
    match field.get_basic_info().logical_type_ref() {
        None => matches!(
            field.get_basic_info().converted_type(),
            ConvertedType::NONE | ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON
        ),
        Some(kind) => matches!(kind, LogicalType::String | LogicalType::Enum | LogicalType::Json),
    }
}

fn is_number(field: &Type) -> bool {
    if !field.is_primitive() || is_time(field) {
        return false;
    }
    let decimal = field.get_basic_info().converted_type() == ConvertedType::DECIMAL
        || matches!(
            field.get_basic_info().logical_type_ref(),
            Some(LogicalType::Decimal { .. } | LogicalType::Float16)
        );
    match field.get_physical_type() {
        Physical::INT32 | Physical::INT64 | Physical::FLOAT | Physical::DOUBLE => true,
        Physical::BYTE_ARRAY | Physical::FIXED_LEN_BYTE_ARRAY => decimal,
        _ => false,
    }
}

fn is_time(field: &Type) -> bool {
    if !field.is_primitive() {
        return false;
    }
    let info = field.get_basic_info();
    field.get_physical_type() == Physical::INT96
        || matches!(
            info.logical_type_ref(),
            Some(LogicalType::Timestamp { .. } | LogicalType::Date | LogicalType::Time { .. })
        )
        || matches!(
            info.converted_type(),
            ConvertedType::DATE | ConvertedType::TIMESTAMP_MILLIS | ConvertedType::TIMESTAMP_MICROS
        )
}

fn describe(field: &Type) -> String {
    if !field.is_primitive() {
        return "nested".to_owned();
    }
    match field.get_basic_info().logical_type_ref() {
        Some(kind) => format!("{} ({kind:?})", field.get_physical_type()),
        None => field.get_physical_type().to_string(),
    }
}

/// Collects what run.json should say about the columns of the input.
#[derive(Debug, Default)]
pub(super) struct Notes {
    first: Option<(String, Vec<(String, DataType)>)>,
    notes: Vec<String>,
}

impl Notes {
    pub(super) fn add(&mut self, file: &str, schema: &Schema) {
        let columns: Vec<(String, DataType)> = schema
            .fields()
            .iter()
            .map(|field| (field.name().clone(), field.data_type().clone()))
            .collect();
        let Some((first, known)) = &self.first else {
            self.notes.extend(hard_types(schema.fields()));
            self.first = Some((file.to_owned(), columns));
            return;
        };
        let sorted = |columns: &[(String, DataType)]| {
            let mut columns = columns.to_vec();
            columns.sort_by(|a, b| a.0.cmp(&b.0));
            columns
        };
        if sorted(known) != sorted(&columns) {
            self.notes.push(format!("{file}: its columns or their types differ from those of {first}; each file keeps its own"));
        }
    }

    pub(super) fn finish(self) -> Vec<String> {
        self.notes
    }
}

/// Types that some common reader cannot open or changes; measured on `DuckDB`, Polars, pandas, Spark and Tableau's engine.
fn hard_types(fields: &Fields) -> Vec<String> {
    let hard = |kind: &DataType| match kind {
        DataType::UInt64 => Some("UInt64, which Tableau cannot open"),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            Some("a timestamp in nanoseconds, which Spark cannot open")
        }
        kind if kind.is_nested() => Some("nested, which many BI tools cannot open"),
        _ => None,
    };
    fields
        .iter()
        .filter_map(|field| {
            Some(format!("the input column `{}` is {}", field.name(), hard(field.data_type())?))
        })
        .collect()
}
