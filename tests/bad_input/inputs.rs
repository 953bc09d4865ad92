//! Inputs that are not there or not what the pipeline says: the message names what is missing and what is there.

use super::{PRAISE, beside, fails, feedback, run_with};
use crate::support::{Job, batch, floats, strings, text};
use arrow::array::{ArrayRef, Int32Array, ListArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int32Type};
use kymppi::error::Error;
use std::fs;
use std::sync::Arc;

#[test]
fn an_input_path_that_leads_nowhere_is_no_input() {
    let error = fails(&Job::new(), 4, &["there is no such file or folder"]);
    assert!(matches!(error, Error::NoInput { .. }));
    let job = Job::new();
    let glob =
        run_with(&job, |config| config.input.path = format!("{}/*.parquet", job.input().display()))
            .unwrap_err();
    assert_eq!(glob.exit_code(), 4);
    assert!(glob.to_string().contains("no Parquet file here"), "{glob}");
    assert_eq!(beside(&job), [""; 0]);
}

#[test]
fn a_folder_without_parquet_files_is_no_input() {
    let job = Job::new();
    fs::create_dir_all(job.input().join("empty")).unwrap();
    assert!(matches!(fails(&job, 4, &["no Parquet file here"]), Error::NoInput { .. }));
    let job = job.file("_a.parquet", &feedback()).file(".b.parquet", &feedback());
    fs::write(job.input().join("README.txt"), "nothing").unwrap();
    fails(&job, 4, &["no Parquet file here", "3 other or hidden files were passed over"]);
}

#[test]
fn a_missing_column_is_named_with_the_columns_that_are_there() {
    let columns = [
        "text = [\"comment\"]",
        "id = \"response\"\ntext = [\"text\"]",
        "text = [\"text\"]\nscore = \"nps\"",
        "text = [\"text\"]\ncustomer = \"who\"",
        "text = [\"text\"]\ntime = \"when\"",
        "text = [\"text\"]\nlanguage = \"tongue\"",
        "text = [\"text\"]\nsegments = [\"store\"]",
    ];
    let missing = ["comment", "response", "nps", "who", "when", "tongue", "store"];
    for (columns, missing) in columns.iter().zip(missing) {
        let job = Job::new().columns(columns).file("country=fi/a.parquet", &feedback());
        let named = format!("there is no column `{missing}`");
        let error =
            fails(&job, 2, &["a.parquet", &named, "the columns are id, text, score, country"]);
        assert!(matches!(error, Error::Schema { .. }));
    }
}

#[test]
fn the_second_file_is_checked_before_the_first_row_of_the_first() {
    let other = batch(&[("id", strings([Some("a")].into_iter()))]);
    let job = Job::new().file("a.parquet", &feedback()).file("b.parquet", &other);
    fails(&job, 2, &["b.parquet", "`text`"]);
}

#[test]
fn a_column_of_the_wrong_type_is_refused() {
    let number: ArrayRef = Arc::new(Int32Array::from(vec![1, 2]));
    let list: ArrayRef =
        Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1)]), None]));
    let flag = cast(&number, &DataType::Boolean).unwrap();
    let day = cast(&number, &DataType::Date32).unwrap();
    let bytes = cast(&strings([Some("ab"), Some("cd")].into_iter()), &DataType::Binary).unwrap();
    let uuid = cast(&bytes, &DataType::FixedSizeBinary(2)).unwrap();
    let strings = strings([Some("9"), None].into_iter());
    let cases = [
        (
            [&strings, &number, &number],
            "the column `text` is INT32",
            "a text column must hold strings",
        ),
        (
            [&strings, &list, &number],
            "the column `text` is nested",
            "a text column must hold strings",
        ),
        (
            [&strings, &strings, &list],
            "the column `score` is nested",
            "a score must be a number or a numeric string",
        ),
        ([&strings, &strings, &flag], "the column `score` is BOOLEAN", "a score must be a number"),
        (
            [&strings, &strings, &day],
            "the column `score` is INT32 (Date)",
            "a score must be a number",
        ),
        (
            [&list, &strings, &number],
            "the column `id` is nested",
            "an id must be a string or a number",
        ),
        (
            [&uuid, &strings, &number],
            "the column `id` is FIXED_LEN_BYTE_ARRAY",
            "an id must be a string or a number",
        ),
    ];
    for ([id, text, score], what, instead) in cases {
        let input = batch(&[("id", id.clone()), ("text", text.clone()), ("score", score.clone())]);
        let error = fails(&Job::new().file("a.parquet", &input), 2, &["a.parquet", what, instead]);
        assert!(matches!(error, Error::Schema { .. }));
    }
}

#[test]
fn a_column_that_kymppi_would_add_is_refused_until_a_prefix_is_given() {
    let label = strings([Some("kept"), None].into_iter());
    let input = batch(&[("text", strings([Some(PRAISE), None].into_iter())), ("sentiment", label)]);
    let columns = "text = [\"text\"]";
    fails(
        &Job::new().columns(columns).file("a.parquet", &input),
        2,
        &["`sentiment`", "output.prefix"],
    );
    let hive = Job::new().columns(columns).file("language=fi/a.parquet", &feedback());
    fails(&hive, 2, &["`language`", "output.prefix"]);
    let own = batch(&[
        ("text", strings([Some(PRAISE)].into_iter())),
        ("response_id", strings([Some("x")].into_iter())),
    ]);
    fails(
        &Job::new().columns(columns).file("a.parquet", &own),
        2,
        &["`response_id`", "output.prefix"],
    );

    let job = Job::new().columns(columns).sections("[output]\npath = @OUT\nprefix = \"k_\"");
    let responses = job.file("a.parquet", &input).run().responses();
    assert_eq!(text(&responses, "sentiment"), ["kept", "-"]);
    assert!(floats(&responses, "k_sentiment")[0].unwrap() > 0.0);
}
