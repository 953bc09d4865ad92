//! Types of the columns that hold texts and times: what is read alike, what is refused, what is only noted. Files of one
//! input may differ in them.

use super::{ADDED, COMPLAINT, PRAISE, feedback, ids, kind_of, numbers, part, seconds_as, texts};
use crate::support::{Job, batch, strings, text};
use arrow::array::{ArrayRef, BooleanArray, Int64Array, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Fields, Schema, TimeUnit};
use std::sync::Arc;

#[test]
fn text_of_every_string_type_reads_the_same_and_keeps_its_type() {
    let rows = strings([Some(PRAISE), None, Some(COMPLAINT), Some(PRAISE)].into_iter());
    let dictionary = |key, value| DataType::Dictionary(Box::new(key), Box::new(value));
    let kinds = [
        DataType::Utf8,
        DataType::LargeUtf8,
        DataType::Utf8View,
        dictionary(DataType::Int8, DataType::Utf8),
        dictionary(DataType::UInt16, DataType::Utf8),
        dictionary(DataType::Int32, DataType::LargeUtf8),
        DataType::Binary,
        DataType::LargeBinary,
        DataType::BinaryView,
    ];
    let mut job = Job::new();
    for (number, kind) in kinds.iter().enumerate() {
        let text = cast(&rows, kind).unwrap();
        let input = batch(&[("id", ids(4)), ("text", text), ("score", numbers(&[None; 4]))]);
        job = job.file(&format!("{number}.parquet"), &input);
    }
    let tables = job.run();
    let (first, mentions) =
        (part(&tables, "responses", "0.parquet"), part(&tables, "mentions", "0.parquet"));
    assert_eq!(text(&first, "text_redacted"), [PRAISE, "-", COMPLAINT, PRAISE]);
    assert_eq!(text(&first, "sentiment_label"), ["positive", "-", "negative", "positive"]);
    assert!(mentions.num_rows() >= 6, "{}", mentions.num_rows());
    for (number, kind) in kinds.iter().enumerate() {
        let file = format!("{number}.parquet");
        let responses = part(&tables, "responses", &file);
        assert_eq!(kind_of(&responses, "text"), *kind);
        for (added, _) in &ADDED {
            assert_eq!(
                responses.column_by_name(added),
                first.column_by_name(added),
                "{added} of {kind}"
            );
        }
        assert_eq!(part(&tables, "mentions", &file), mentions, "{kind}");
    }
}

#[test]
fn time_may_be_a_timestamp_of_any_unit_a_date_or_a_string_but_no_number() {
    let columns = "id = \"id\"\ntext = [\"text\"]\ntime = \"time\"";
    let base: ArrayRef = Arc::new(Int64Array::from(vec![1_700_000_000, 1_700_086_400]));
    let seconds = cast(&base, &DataType::Timestamp(TimeUnit::Second, None)).unwrap();
    let zone: Arc<str> = Arc::from("Europe/Helsinki");
    let kinds = [
        DataType::Timestamp(TimeUnit::Second, None),
        DataType::Timestamp(TimeUnit::Millisecond, None),
        DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        DataType::Timestamp(TimeUnit::Nanosecond, Some(zone)),
        DataType::Date32,
        DataType::Date64,
        DataType::Utf8,
    ];
    let input =
        |time: ArrayRef| batch(&[("id", ids(2)), ("text", texts(&[PRAISE; 2])), ("time", time)]);
    let mut job = Job::new().columns(columns);
    for (number, kind) in kinds.iter().enumerate() {
        job = job.file(&format!("{number}.parquet"), &input(seconds_as(&seconds, kind)));
    }
    let tables = job.run();
    for (number, kind) in kinds.iter().enumerate() {
        let responses = part(&tables, "responses", &format!("{number}.parquet"));
        assert_eq!(kind_of(&responses, "time"), *kind);
        assert_eq!(
            responses.column_by_name("time").unwrap(),
            &seconds_as(&seconds, kind),
            "{kind}"
        );
    }
    let number = Job::new().columns(columns).file("a.parquet", &input(base)).try_run().unwrap_err();
    assert_eq!(number.exit_code(), 2);
    assert!(number.to_string().contains("`time`"), "{number}");
}

#[test]
fn files_may_differ_in_order_nullability_and_width_and_each_keeps_its_own_columns() {
    let fields = |text_nullable| {
        vec![
            Field::new("score", DataType::Int64, false),
            Field::new("text", DataType::LargeUtf8, text_nullable),
            Field::new("extra", DataType::Boolean, true),
            Field::new("id", DataType::Utf8, false),
        ]
    };
    let other = RecordBatch::try_new(
        Arc::new(Schema::new(fields(false))),
        vec![
            Arc::new(Int64Array::from(vec![10])),
            cast(&texts(&[COMPLAINT]), &DataType::LargeUtf8).unwrap(),
            Arc::new(BooleanArray::from(vec![Some(true)])),
            texts(&["x"]),
        ],
    )
    .unwrap();
    let job = Job::new()
        .file("a.parquet", &feedback())
        .file("b.parquet", &other)
        .file("c.parquet", &feedback());
    let tables = job.run();
    let second = part(&tables, "responses", "b.parquet");
    assert_eq!(second.schema().fields()[..4], Fields::from(fields(false))[..]);
    assert_eq!(
        (text(&second, "score_band"), text(&second, "sentiment_label")),
        (vec!["high".into()], vec!["negative".into()])
    );
    assert_eq!(kind_of(&part(&tables, "responses", "a.parquet"), "score"), DataType::Float64);
    let record = tables.record();
    let notes = record["input"]["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 1, "{notes:?}");
    let note = notes[0].as_str().unwrap();
    assert!(
        note.starts_with("b.parquet: ") && note.contains("differ from those of a.parquet"),
        "{note}"
    );
    assert_eq!(record["counts"]["rows_out"], 5);
}

#[test]
fn column_types_that_common_readers_cannot_open_are_noted() {
    let number = cast(&numbers(&[Some(1.0), None]), &DataType::UInt64).unwrap();
    let input = batch(&[
        ("id", ids(2)),
        ("text", texts(&[PRAISE; 2])),
        ("score", numbers(&[None; 2])),
        ("big", number),
    ]);
    let record = Job::new().file("a.parquet", &input).run().record();
    let notes = record["input"]["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].as_str().unwrap().contains("`big` is UInt64"), "{notes:?}");
}
