//! Ids: which column names a response, and what stands in where there is none.

use super::{ADDED, COMPLAINT, PRAISE, ids, kind_of, numbers, owned, part, texts, types};
use crate::support::{Job, batch, names, strings, text, write_parquet};
use arrow::array::Int64Array;
use arrow::compute::cast;
use arrow::datatypes::DataType;

#[test]
fn an_id_that_is_no_string_gets_a_response_id_first_among_the_new_columns() {
    let whole =
        |kind: &DataType| cast(&Int64Array::from(vec![Some(12), None, Some(7)]), kind).unwrap();
    let kinds = [
        DataType::Int64,
        DataType::Int32,
        DataType::UInt64,
        DataType::Int8,
        DataType::Decimal128(9, 0),
    ];
    let mut job = Job::new();
    for (number, kind) in kinds.iter().enumerate() {
        let text = texts(&[PRAISE, PRAISE, COMPLAINT]);
        let input = batch(&[("id", whole(kind)), ("text", text), ("score", numbers(&[None; 3]))]);
        job = job.file(&format!("{number}.parquet"), &input);
    }
    let tables = job.run();
    for (number, kind) in kinds.iter().enumerate() {
        let file = format!("{number}.parquet");
        let responses = part(&tables, "responses", &file);
        let mut expected =
            owned(&[("id", kind.clone()), ("text", DataType::Utf8), ("score", DataType::Float64)]);
        expected.push(("response_id".to_owned(), DataType::Utf8));
        expected.extend(owned(&ADDED));
        assert_eq!(types(&responses), expected);
        let stand_in = format!("{file}#1");
        assert_eq!(text(&responses, "response_id"), ["12", &stand_in, "7"], "{kind}");
        assert_eq!(
            responses.column_by_name("id").unwrap(),
            &whole(kind),
            "the id itself stays as it is"
        );
        let mut joined = text(&part(&tables, "mentions", &file), "response_id");
        joined.dedup();
        assert_eq!(joined, ["12", &stand_in, "7"], "{kind}");
    }
    assert_eq!(tables.record()["counts"]["null_ids"], kinds.len());
}

#[test]
fn without_an_id_column_a_response_is_named_by_its_file_and_row() {
    let job = Job::new().columns("text = [\"text\"]");
    let input = batch(&[("text", texts(&[PRAISE, COMPLAINT, PRAISE]))]);
    write_parquet(&job.input().join("b/a.parquet"), &input, 2);
    let tables = job.file("c.parquet", &batch(&[("text", texts(&[COMPLAINT]))])).run();
    let expected = ["b/a.parquet#0", "b/a.parquet#1", "b/a.parquet#2", "c.parquet#0"];
    assert_eq!(text(&tables.responses(), "response_id"), expected);
    let mut joined = text(&tables.mentions(), "response_id");
    joined.dedup();
    assert_eq!(joined, expected);
    let counts = &tables.record()["counts"];
    assert_eq!((&counts["null_ids"], &counts["duplicate_ids"]), (&0.into(), &0.into()));
}

#[test]
fn a_null_id_stays_null_in_responses_and_has_a_stand_in_in_mentions() {
    let id = strings([Some("a"), None, None, Some("b")].into_iter());
    let input = batch(&[("id", id), ("text", texts(&[PRAISE; 4])), ("score", numbers(&[None; 4]))]);
    let job = Job::new();
    write_parquet(&job.input().join("x.parquet"), &input, 2);
    let tables = job.run();
    assert_eq!(text(&tables.responses(), "id"), ["a", "-", "-", "b"]);
    assert!(!names(&tables.responses()).contains(&"response_id".to_owned()));
    let mut joined = text(&tables.mentions(), "response_id");
    joined.dedup();
    assert_eq!(joined, ["a", "x.parquet#1", "x.parquet#2", "b"]);
    assert_eq!(tables.record()["counts"]["null_ids"], 2);
}

#[test]
fn a_string_id_of_any_type_is_the_response_id() {
    let kinds = [
        DataType::LargeUtf8,
        DataType::Utf8View,
        DataType::Binary,
        DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
    ];
    let mut job = Job::new();
    for (number, kind) in kinds.iter().enumerate() {
        let id = cast(&ids(2), kind).unwrap();
        let input =
            batch(&[("id", id), ("text", texts(&[PRAISE; 2])), ("score", numbers(&[None; 2]))]);
        job = job.file(&format!("{number}.parquet"), &input);
    }
    let tables = job.run();
    for (number, kind) in kinds.iter().enumerate() {
        let file = format!("{number}.parquet");
        let responses = part(&tables, "responses", &file);
        assert!(!names(&responses).contains(&"response_id".to_owned()), "{kind}");
        assert_eq!(kind_of(&responses, "id"), *kind);
        let mut joined = text(&part(&tables, "mentions", &file), "response_id");
        joined.dedup();
        assert_eq!(joined, ["r0", "r1"], "{kind}");
    }
    assert_eq!(
        tables.record()["counts"]["duplicate_ids"],
        6,
        "the four files hold the same two ids"
    );
}
