//! A pipeline file from the schema of a Parquet file: five minutes to the first result.

use crate::error::Error;
use arrow::datatypes::{DataType, Field};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fmt::Write;
use std::fs::File;
use std::path::Path;

/// Names that columns of a part usually have, best first. A column matches when its name holds one of them.
const TEXT: [&str; 12] = [
    "comment",
    "feedback",
    "verbatim",
    "open_text",
    "palaute",
    "kommentti",
    "vapaa",
    "avoin",
    "text",
    "answer",
    "review",
    "perustelu",
];
const SCORE: [&str; 8] =
    ["nps", "score", "rating", "arvosana", "suosittelu", "csat", "stars", "grade"];
const ID: [&str; 5] = ["response_id", "feedback_id", "vastaus_id", "answer_id", "id"];
const CUSTOMER: [&str; 5] = ["customer", "asiakas", "client", "kund", "user"];
const TIME: [&str; 8] =
    ["created", "time", "date", "aika", "pvm", "paiva", "answered", "timestamp"];
const LANGUAGE: [&str; 4] = ["language", "lang", "kieli", "locale"];
const SEGMENT: [&str; 14] = [
    "channel",
    "kanava",
    "touchpoint",
    "region",
    "alue",
    "segment",
    "store",
    "myymala",
    "product",
    "tuote",
    "country",
    "unit",
    "department",
    "brand",
];

/// The text of a pipeline file for a Parquet file: a guess at the part of each column, every other column named.
///
/// # Errors
/// [`Error::Io`] or [`Error::Input`] when the file cannot be read.
pub fn pipeline_for(path: &Path) -> Result<String, Error> {
    let file = File::open(path).map_err(Error::io(path, "open"))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)
        .map_err(|error| Error::input(path, error))?;
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_pipeline(
        &mut out,
        path,
        builder.schema().fields().iter().map(AsRef::as_ref).collect(),
    );
    Ok(out)
}

fn write_pipeline(out: &mut String, path: &Path, mut fields: Vec<&Field>) -> std::fmt::Result {
    let all: Vec<String> =
        fields.iter().map(|field| format!("{} ({})", field.name(), field.data_type())).collect();
    let mut take = |names: &[&str], fits: fn(&DataType) -> bool| {
        let found = names.iter().find_map(|name| {
            fields.iter().position(|field| {
                field.name().to_lowercase().contains(name) && fits(field.data_type())
            })
        })?;
        Some(fields.remove(found).name().clone())
    };
    // The more telling names first: `response_id` must not become the text because it holds "response".
    let score = take(&SCORE, is_number).or_else(|| take(&SCORE, is_string));
    let time = take(&TIME, is_time).or_else(|| take(&TIME, is_string));
    let id = take(&ID[..4], is_plain);
    let customer = take(&CUSTOMER, is_plain);
    let id = id.or_else(|| take(&ID[4..], is_plain));
    let language = take(&LANGUAGE, is_string);
    let text = take(&TEXT, is_string);
    let mut segments = Vec::new();
    while let Some(segment) = take(&SEGMENT, is_plain) {
        segments.push(segment);
    }
    writeln!(
        out,
        "# A first pipeline for {}; see pipelines/default.toml for every key.",
        path.display()
    )?;
    writeln!(out, "# Columns of the file: {}", all.join(", "))?;
    writeln!(out, "\n[input]\npath = {}\n\n[input.columns]", quoted(&path.display().to_string()))?;
    let single = |out: &mut String, part: &str, name: Option<String>| match name {
        Some(name) => writeln!(out, "{part} = {}", quoted(&name)),
        None => writeln!(out, "# {part} = \"...\""),
    };
    single(out, "id", id)?;
    match text {
        Some(text) => writeln!(out, "text = [{}]", quoted(&text))?,
        None => writeln!(
            out,
            "text = [\"...\"]  # no column looks like an open question: name it here"
        )?,
    }
    single(out, "score", score.clone())?;
    single(out, "customer", customer)?;
    single(out, "time", time)?;
    single(out, "language", language)?;
    writeln!(
        out,
        "segments = [{}]",
        segments.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
    )?;
    if score.is_some() {
        writeln!(
            out,
            "\n[score]\nscale = \"nps\"  # nps 0-10 | school 4-10 | csat 1-5 | ces 1-7 | {{ min = 0, max = 100 }}"
        )?;
    }
    let name = path
        .file_stem()
        .map_or_else(|| "feedback".to_owned(), |stem| stem.to_string_lossy().into_owned());
    writeln!(out, "\n[output]\npath = {}", quoted(&format!("out/{name}")))
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn is_string(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, value) => is_string(value),
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView => true,
        _ => false,
    }
}

fn is_number(kind: &DataType) -> bool {
    kind.is_numeric()
}

fn is_time(kind: &DataType) -> bool {
    matches!(kind, DataType::Timestamp(..) | DataType::Date32 | DataType::Date64)
}

fn is_plain(kind: &DataType) -> bool {
    !kind.is_nested()
}
