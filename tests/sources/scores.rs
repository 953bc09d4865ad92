//! Scores: every numeric type and numbers in words fall into bands; what is outside the scale is counted.

use super::{PRAISE, feedback, ids, kind_of, numbers, part, texts};
use crate::support::{Job, batch, strings, text};
use arrow::compute::cast;
use arrow::datatypes::DataType;

#[test]
fn a_score_of_every_numeric_type_falls_into_the_same_band() {
    let rows = numbers(&[Some(10.0), Some(9.0), Some(8.0), Some(7.0), Some(6.0), Some(0.0), None]);
    let kinds = [
        DataType::Int8,
        DataType::Int16,
        DataType::Int32,
        DataType::Int64,
        DataType::UInt8,
        DataType::UInt16,
        DataType::UInt32,
        DataType::UInt64,
        DataType::Float16,
        DataType::Float32,
        DataType::Float64,
        DataType::Decimal128(3, 0),
        DataType::Decimal128(12, 2),
        DataType::Decimal128(38, 4),
        DataType::Decimal256(50, 2),
        DataType::Utf8,
        DataType::LargeUtf8,
        DataType::Utf8View,
        DataType::Binary,
    ];
    let mut job = Job::new();
    for (number, kind) in kinds.iter().enumerate() {
        let via = if matches!(kind, DataType::Binary) {
            cast(&rows, &DataType::Utf8).unwrap()
        } else {
            rows.clone()
        };
        let input = batch(&[
            ("id", ids(7)),
            ("text", texts(&[PRAISE; 7])),
            ("score", cast(&via, kind).unwrap()),
        ]);
        job = job.file(&format!("{number:02}.parquet"), &input);
    }
    let tables = job.run();
    for (number, kind) in kinds.iter().enumerate() {
        let responses = part(&tables, "responses", &format!("{number:02}.parquet"));
        assert_eq!(
            text(&responses, "score_band"),
            ["high", "high", "middle", "middle", "low", "low", "-"],
            "{kind}"
        );
        assert_eq!(kind_of(&responses, "score"), *kind);
    }
    let counts = &tables.record()["counts"];
    assert_eq!(counts["score_missing"], kinds.len());
    assert_eq!(counts["score_invalid"], 0);
}

#[test]
fn a_score_in_words_may_have_a_decimal_comma_and_what_is_no_number_is_counted() {
    let scores = [
        (Some("9,5"), "high"),
        (Some("8.5"), "high"),
        (Some("8,4"), "middle"),
        (Some(" 6 "), "low"),
        (Some("10"), "high"),
        (Some("hyvä"), "-"),
        (Some("10/10"), "-"),
        (Some("NaN"), "-"),
        (Some("inf"), "-"),
        (Some("11"), "-"),
        (Some("-1"), "-"),
        (Some("1.000,5"), "-"),
        (Some(""), "-"),
        (Some("  "), "-"),
        (None, "-"),
    ];
    let column = strings(scores.iter().map(|(score, _)| *score));
    let input =
        batch(&[("id", ids(scores.len())), ("text", texts(&[PRAISE; 15])), ("score", column)]);
    let tables = Job::new().file("a.parquet", &input).run();
    assert_eq!(text(&tables.responses(), "score_band"), scores.map(|(_, band)| band));
    let counts = &tables.record()["counts"];
    assert_eq!((&counts["score_invalid"], &counts["score_missing"]), (&7.into(), &3.into()));
}

#[test]
fn a_score_outside_the_scale_has_no_band_and_is_counted_but_the_text_is_read() {
    let scores = [
        Some(10.5),
        Some(-0.1),
        Some(f64::NAN),
        Some(f64::INFINITY),
        Some(1e300),
        Some(-0.0),
        None,
    ];
    let input =
        batch(&[("id", ids(7)), ("text", texts(&[PRAISE; 7])), ("score", numbers(&scores))]);
    let tables = Job::new().file("a.parquet", &input).run();
    let responses = tables.responses();
    assert_eq!(text(&responses, "score_band"), ["-", "-", "-", "-", "-", "low", "-"]);
    assert_eq!(text(&responses, "sentiment_label"), ["positive"; 7]);
    let counts = &tables.record()["counts"];
    assert_eq!((&counts["score_invalid"], &counts["score_missing"]), (&5.into(), &1.into()));
}

#[test]
fn without_a_score_column_nothing_about_scores_is_counted() {
    let job = Job::new().columns("id = \"id\"\ntext = [\"text\"]").file("a.parquet", &feedback());
    let tables = job.run();
    assert_eq!(text(&tables.responses(), "score_band"), ["-", "-"]);
    let counts = &tables.record()["counts"];
    assert_eq!((&counts["score_invalid"], &counts["score_missing"]), (&0.into(), &0.into()));
    assert_eq!(counts["rows_out"], 2);
}
