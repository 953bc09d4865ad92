//! Column types and dataset layouts of the input.

use crate::support::{
    Job, Tables, batch, files_below, floats, ints, names, read_parquet, strings, text,
    write_parquet,
};
use arrow::array::{
    Array, ArrayRef, BooleanArray, FixedSizeListArray, Float64Array, Int8Array, Int32Array,
    Int64Array, ListArray, RecordBatch, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Fields, Int32Type, IntervalUnit, Schema, TimeUnit};
use kymppi::config::Config;
use kymppi::error::Error;
use kymppi::run::{self, Options, Summary};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowWriter};
use parquet::basic::{BrotliLevel, Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::file::metadata::{KeyValue, PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::properties::{WriterProperties, WriterVersion};
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const PRAISE: &str = "Palvelu oli ystävällistä ja toimitus nopea";
const COMPLAINT: &str = "Toimitus myöhästyi ja palvelu oli töykeää";

/// Columns that kymppi adds to `responses` where the input has a string id.
const ADDED: [(&str, DataType); 13] = [
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
];

const MENTIONS: [(&str, DataType); 13] = [
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
];

const SIGNALS: [(&str, DataType); 6] = [
    ("response_id", DataType::Utf8),
    ("question", DataType::Utf8),
    ("signal", DataType::Utf8),
    ("start", DataType::Int32),
    ("end", DataType::Int32),
    ("evidence", DataType::Utf8),
];

/// Runs a job whose configuration is changed first.
fn run_with(job: &Job, change: impl FnOnce(&mut Config)) -> Result<Summary, Error> {
    let mut config = job.config()?;
    change(&mut config);
    run::run(&config, &Options { threads: 2 }, &())
}

/// Runs a job on another input path than its folder `in`.
fn run_at(job: &Job, input: &Path) -> Tables {
    run_with(job, |config| config.input.path = input.display().to_string()).unwrap();
    Tables::at(&job.output())
}

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

fn metadata(path: &Path) -> ParquetMetaData {
    let reader = ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional);
    reader.parse_and_finish(&File::open(path).unwrap()).unwrap()
}

fn group_rows(metadata: &ParquetMetaData) -> Vec<i64> {
    metadata.row_groups().iter().map(|group| group.num_rows()).collect()
}

fn write_with(path: &Path, batch: &RecordBatch, options: ArrowWriterOptions) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut writer =
        ArrowWriter::try_new_with_options(File::create(path).unwrap(), batch.schema(), options)
            .unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

// Column types.

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

// Layouts.

#[test]
fn a_single_file_becomes_one_file_of_its_name() {
    let job = Job::new().file("kesä 2026.parquet", &feedback()).file("other.parquet", &feedback());
    let tables = run_at(&job, &job.input().join("kesä 2026.parquet"));
    for table in ["responses", "mentions", "signals"] {
        assert_eq!(parts(&tables, table), ["kesä 2026.parquet"]);
    }
    assert_eq!(tables.record()["counts"]["rows_in"], 2);
}

#[test]
fn a_folder_is_read_with_the_folders_in_it_by_path() {
    let one = |id: &str| {
        batch(&[("id", texts(&[id])), ("text", texts(&[PRAISE])), ("score", numbers(&[Some(9.0)]))])
    };
    let job = Job::new()
        .file("b.parquet", &one("third"))
        .file("a/z/1.parquet", &one("second"))
        .file("a/b.PARQUET", &one("first"));
    // Another name, but Parquet inside.
    let job = job.file("c.pq", &one("fourth"));
    let tables = job.run();
    let expected = ["a/b.PARQUET", "a/z/1.parquet", "b.parquet", "c.pq"];
    for table in ["responses", "mentions", "signals"] {
        assert_eq!(parts(&tables, table), expected);
    }
    assert_eq!(text(&tables.responses(), "id"), ["first", "second", "third", "fourth"]);
    let record = tables.record();
    let listed: Vec<&str> = record["input"]["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    assert_eq!(listed, expected);
}

#[test]
fn a_glob_gives_paths_below_its_fixed_prefix() {
    let job = Job::new();
    for file in [
        "2025/a/x1.parquet",
        "2025/b/x2.parquet",
        "2025/b/y.parquet",
        "2025/x3.parquet",
        "2026/a/x4.parquet",
    ] {
        write_parquet(&job.input().join(file), &feedback(), 10);
    }
    let tables = run_at(&job, &job.input().join("2025/*/x*.parquet"));
    assert_eq!(parts(&tables, "responses"), ["a/x1.parquet", "b/x2.parquet"]);
    let tables = run_at(&job, &job.input().join("**/x[1-3].parquet"));
    assert_eq!(
        parts(&tables, "responses"),
        ["2025/a/x1.parquet", "2025/b/x2.parquet", "2025/x3.parquet"]
    );
}

#[test]
fn a_hive_key_may_be_a_segment_or_time_and_stays_in_the_path() {
    let job = Job::new()
        .columns("id = \"id\"\ntext = [\"text\"]\ntime = \"day\"\nsegments = [\"country\"]");
    let job = job
        .file("country=fi/day=2026-01-02/a.parquet", &feedback())
        .file("country=sv/day=2026-01-02/a.parquet", &feedback());
    let tables = job.run();
    let expected = ["country=fi/day=2026-01-02/a.parquet", "country=sv/day=2026-01-02/a.parquet"];
    for table in ["responses", "mentions", "signals"] {
        assert_eq!(parts(&tables, table), expected);
    }
    let added = ADDED.map(|(name, _)| name);
    assert_eq!(
        names(&part(&tables, "responses", expected[0])),
        [&["id", "text", "score"], &added[..]].concat()
    );
}

#[test]
fn hidden_files_and_files_that_are_not_parquet_are_skipped_and_listed() {
    let job = Job::new()
        .file("a.parquet", &feedback())
        .file("_x.parquet", &feedback())
        .file("sub/.x.parquet", &feedback());
    fs::write(job.input().join("README.txt"), "About this data").unwrap();
    fs::write(job.input().join("_SUCCESS"), "").unwrap();
    let job = job.file("_temporary/b.parquet", &feedback()).file(".cache/c.parquet", &feedback());
    let tables = job.run();
    assert_eq!(parts(&tables, "responses"), ["a.parquet"]);
    let record = tables.record();
    let skipped: Vec<String> = record["input"]["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|path| path.as_str().unwrap().to_owned())
        .collect();
    let at = |name: &str| job.input().join(name).display().to_string();
    assert_eq!(
        skipped,
        [".cache", "README.txt", "_SUCCESS", "_temporary", "_x.parquet", "sub/.x.parquet"].map(at)
    );
    assert_eq!(record["counts"]["rows_in"], 2);
}

#[test]
fn a_link_back_up_is_passed_over_and_any_other_link_is_followed() {
    let job = Job::new().file("a/one.parquet", &feedback()).file("b/two.parquet", &feedback());
    let link = |to: &str, at: &str| symlink(job.input().join(to), job.input().join(at)).unwrap();
    link("a", "a/again");
    link("b", "a/other");
    link("a", "b/back");
    let tables = job.run();
    let expected = ["a/one.parquet", "a/other/two.parquet", "b/back/one.parquet", "b/two.parquet"];
    assert_eq!(parts(&tables, "responses"), expected);
    assert_eq!(tables.record()["input"]["skipped"].as_array().unwrap().len(), 4);
}

// Several questions.

#[test]
fn several_questions_are_read_alone_and_put_together() {
    const LATE: &str =
        "The delivery was very late and the parcel was damaged when it finally arrived";
    let columns = "id = \"id\"\ntext = [\"good\", { column = \"bad\" }]";
    let rows = |column: [Option<&'static str>; 4]| strings(column.into_iter());
    let good = [Some("Palvelu oli ystävällistä."), None, None, Some("Hyvä")];
    let bad = [Some(LATE), Some(COMPLAINT), None, Some("  ")];
    let input = batch(&[("bad", rows(bad)), ("id", ids(4)), ("good", rows(good))]);
    let job = Job::new().columns(columns).file("a.parquet", &input);
    let tables = job.run();
    let responses = tables.responses();
    let joined = format!("Palvelu oli ystävällistä.\n{LATE}");
    assert_eq!(text(&responses, "text_redacted"), [joined.as_str(), COMPLAINT, "-", "Hyvä"]);
    assert_eq!(
        text(&responses, "language"),
        ["en", "fi", "-", text(&responses, "language")[3].as_str()],
        "of the longest text"
    );
    assert_eq!(ints(&responses, "token_count"), [Some(3 + 14), Some(6), Some(0), Some(1)]);
    let stems = text(&responses, "stems");
    let lines: Vec<usize> = stems[0].lines().map(|line| line.split(' ').count()).collect();
    assert_eq!(lines, [3, 14], "{}", stems[0]);

    let mentions = tables.mentions();
    let (id, question, evidence) =
        (text(&mentions, "response_id"), text(&mentions, "question"), text(&mentions, "evidence"));
    let (start, end, valence) =
        (ints(&mentions, "start"), ints(&mentions, "end"), floats(&mentions, "valence"));
    let mut sums = [0.0; 4];
    for row in 0..mentions.num_rows() {
        let response: usize = id[row][1..].parse().unwrap();
        let original =
            if question[row] == "good" { good[response] } else { bad[response] }.unwrap();
        let (start, end) = (start[row].unwrap() as usize, end[row].unwrap() as usize);
        let clause: String = original.chars().skip(start).take(end - start).collect();
        assert_eq!(clause, evidence[row]);
        sums[response] += valence[row].unwrap();
    }
    assert_eq!(
        floats(&responses, "sentiment"),
        [Some(sums[0]), Some(sums[1]), None, Some(sums[3])]
    );
    let of_first: Vec<&str> =
        (0..id.len()).filter(|&row| id[row] == "r0").map(|row| question[row].as_str()).collect();
    assert!(of_first.starts_with(&["good"]) && of_first.ends_with(&["bad"]), "{of_first:?}");

    let turned = Job::new()
        .columns("id = \"id\"\ntext = [\"bad\", \"good\"]")
        .file("a.parquet", &input)
        .run()
        .responses();
    assert_eq!(
        text(&turned, "text_redacted")[0],
        format!("{LATE}\nPalvelu oli ystävällistä."),
        "in configured order"
    );
    assert_eq!(text(&turned, "language")[0], "en");
}

// What passes through.

#[test]
fn row_groups_are_those_of_the_input() {
    const ROWS: usize = 9001;
    let column: Vec<&str> = (0..ROWS).map(|row| if row % 2 == 0 { PRAISE } else { "-" }).collect();
    let input = batch(&[
        ("id", ids(ROWS)),
        ("text", texts(&column)),
        ("score", numbers(&vec![Some(9.0); ROWS])),
    ]);
    let job = Job::new();
    write_parquet(&job.input().join("long.parquet"), &input, 5000);
    write_parquet(&job.input().join("short.parquet"), &input.slice(0, 10), 3);
    let tables = job.run();
    let groups = |file: &str| group_rows(&metadata(&tables.output.join("responses").join(file)));
    assert_eq!(groups("long.parquet"), [5000, 4001]);
    assert_eq!(groups("short.parquet"), [3, 3, 3, 1]);
    let responses = part(&tables, "responses", "long.parquet");
    assert_eq!(text(&responses, "id")[ROWS - 1], format!("r{}", ROWS - 1));
    let labels = text(&responses, "sentiment_label");
    assert!(
        labels
            .iter()
            .enumerate()
            .all(|(row, label)| label == if row % 2 == 0 { "positive" } else { "neutral" })
    );
    assert_eq!(tables.record()["counts"]["rows_out"], ROWS + 10);
}

/// Columns of types that kymppi never reads.
fn exotic() -> Vec<(&'static str, ArrayRef)> {
    let cast_to =
        |kind: DataType| cast(&Int64Array::from(vec![Some(3), None, Some(100)]), &kind).unwrap();
    let number = Arc::new(Int32Array::from(vec![Some(1), None, Some(3), Some(4)])) as ArrayRef;
    let item = Arc::new(Field::new("item", DataType::Int32, true));
    let offsets = OffsetBuffer::from_lengths([2, 0, 2]);
    let list =
        ListArray::new(item.clone(), offsets, number.clone(), Some(vec![true, false, true].into()));
    let fields = Fields::from(vec![
        Field::new("a", DataType::Utf8, true),
        Field::new("b", DataType::List(item.clone()), true),
    ]);
    let inner: Vec<ArrayRef> = vec![texts(&["x", "y", "z"]), Arc::new(list.clone())];
    let tuple = StructArray::new(fields, inner, Some(vec![true, true, false].into()));
    let pairs =
        FixedSizeListArray::new(item, 2, Arc::new(Int32Array::from_iter_values(0..6)), None);
    let plain = texts(&["x", "y", "x"]);
    let dictionary = |key| DataType::Dictionary(Box::new(key), Box::new(DataType::Utf8));
    let stamp = |unit, zone: Option<&str>| {
        let seconds = cast_to(DataType::Timestamp(TimeUnit::Second, None));
        seconds_as(&seconds, &DataType::Timestamp(unit, zone.map(Arc::from)))
    };
    vec![
        ("list", Arc::new(list)),
        ("struct", Arc::new(tuple)),
        ("pairs", Arc::new(pairs)),
        ("uint64", cast_to(DataType::UInt64)),
        ("uint8", cast_to(DataType::UInt8)),
        ("int16", cast_to(DataType::Int16)),
        ("float16", cast_to(DataType::Float16)),
        ("decimal", cast_to(DataType::Decimal128(20, 3))),
        ("decimal256", cast_to(DataType::Decimal256(60, 3))),
        ("ns", stamp(TimeUnit::Nanosecond, Some("Europe/Helsinki"))),
        ("ms", stamp(TimeUnit::Millisecond, None)),
        (
            "date64",
            cast(&cast(&cast_to(DataType::Int32), &DataType::Date32).unwrap(), &DataType::Date64)
                .unwrap(),
        ),
        (
            "time",
            cast(&cast_to(DataType::Int32), &DataType::Time32(TimeUnit::Millisecond)).unwrap(),
        ),
        ("duration", cast_to(DataType::Duration(TimeUnit::Microsecond))),
        (
            "interval",
            Arc::new(arrow::array::IntervalYearMonthArray::from(vec![Some(1), None, Some(3)])),
        ),
        ("dictionary8", cast(&plain, &dictionary(DataType::Int8)).unwrap()),
        ("dictionary32", cast(&plain, &dictionary(DataType::UInt32)).unwrap()),
        ("view", cast(&plain, &DataType::Utf8View).unwrap()),
        ("bytes", cast(&plain, &DataType::LargeBinary).unwrap()),
        (
            "fixed",
            cast(&cast(&plain, &DataType::Binary).unwrap(), &DataType::FixedSizeBinary(1)).unwrap(),
        ),
        ("flag", Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)]))),
        ("nothing", arrow::array::new_null_array(&DataType::Null, 3)),
        ("small", Arc::new(Int8Array::from(vec![i8::MIN, 0, i8::MAX]))),
    ]
}

#[test]
fn columns_of_any_type_pass_through_value_by_value_and_type_by_type() {
    let mut columns = exotic();
    assert_eq!(kind_of(&batch(&columns), "interval"), DataType::Interval(IntervalUnit::YearMonth));
    columns.insert(4, ("id", ids(3)));
    columns.insert(0, ("score", numbers(&[Some(9.0); 3])));
    columns.push(("text", texts(&[PRAISE; 3])));
    let plain = batch(&columns);
    // Metadata of fields and of the schema is part of the type.
    let tagged = |field: &Arc<Field>| {
        field.as_ref().clone().with_metadata([("unit".to_owned(), field.name().clone())])
    };
    let fields: Vec<Field> = plain.schema().fields().iter().map(tagged).collect();
    let schema = Schema::new_with_metadata(fields, [("origin".to_owned(), "survey".to_owned())]);
    let input = RecordBatch::try_new(Arc::new(schema), plain.columns().to_vec()).unwrap();
    let job = Job::new();
    write_parquet(&job.input().join("a.parquet"), &input, 2);
    let tables = job.run();
    let (source, output) =
        (read_parquet(&job.input().join("a.parquet")), part(&tables, "responses", "a.parquet"));
    assert_eq!(source.num_columns() + ADDED.len(), output.num_columns());
    for (position, field) in source.schema().fields().iter().enumerate() {
        assert_eq!(field, &output.schema().fields()[position]);
        assert_eq!(source.column(position), output.column(position), "{}", field.name());
    }
    assert_eq!(output.schema().metadata().get("origin").map(String::as_str), Some("survey"));
    assert_eq!(types(&output)[source.num_columns()..], owned(&ADDED));
}

#[test]
fn the_encoded_bytes_of_a_source_column_are_copied_with_their_indexes_and_statistics() {
    let rows = 3000;
    let column: Vec<String> = (0..rows).map(|row| format!("{PRAISE} {row}")).collect();
    let column = strings(column.iter().map(|row| Some(row.as_str())));
    let score: ArrayRef = Arc::new(Int32Array::from_iter_values((0..rows).map(|row| row % 11)));
    let list: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(
        (0..rows).map(|row| Some(vec![Some(row); 3])),
    ));
    let input =
        batch(&[("id", ids(rows as usize)), ("text", column), ("list", list), ("score", score)]);
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(2000))
        .set_data_page_row_count_limit(500)
        .set_write_batch_size(100)
        .set_compression(Compression::SNAPPY)
        .set_bloom_filter_enabled(true)
        .build();
    let job = Job::new();
    let source = job.input().join("a.parquet");
    write_with(&source, &input, ArrowWriterOptions::new().with_properties(properties));
    let tables = job.run();
    let output = tables.output.join("responses/a.parquet");
    let (source_bytes, output_bytes) = (fs::read(&source).unwrap(), fs::read(&output).unwrap());
    let (source, output) = (metadata(&source), metadata(&output));
    assert_eq!(group_rows(&source), [2000, 1000]);
    assert_eq!(group_rows(&output), [2000, 1000]);
    for group in 0..2 {
        let (source_pages, output_pages) =
            (source.page_index_for_row_group(group), output.page_index_for_row_group(group));
        for column in 0..4 {
            let (from, to) =
                (source.row_group(group).column(column), output.row_group(group).column(column));
            let chunk = |bytes: &[u8], (start, length): (u64, u64)| {
                bytes[start as usize..(start + length) as usize].to_vec()
            };
            assert!(
                chunk(&source_bytes, from.byte_range()) == chunk(&output_bytes, to.byte_range()),
                "{}",
                from.column_path()
            );
            assert_eq!(to.compression(), Compression::SNAPPY);
            assert_eq!((from.statistics(), from.num_values()), (to.statistics(), to.num_values()));
            assert_eq!(
                to.bloom_filter_offset(),
                None,
                "a filter that is not copied is not promised"
            );
            let index = |pages: Option<_>| format!("{pages:?}");
            assert_eq!(
                index(source_pages.column_index(column)),
                index(output_pages.column_index(column))
            );
            let (pages, copies) = (
                source_pages.offset_index(column).unwrap(),
                output_pages.offset_index(column).unwrap(),
            );
            assert!(pages.page_locations.len() >= 2, "{}", pages.page_locations.len());
            assert_eq!(pages.page_locations.len(), copies.page_locations.len());
            for (page, copy) in pages.page_locations.iter().zip(&copies.page_locations) {
                assert_eq!(
                    page.offset - from.byte_range().0 as i64,
                    copy.offset - to.byte_range().0 as i64
                );
                assert_eq!(
                    (page.compressed_page_size, page.first_row_index),
                    (copy.compressed_page_size, copy.first_row_index)
                );
            }
        }
        assert_eq!(output.row_group(group).num_columns(), 4 + ADDED.len());
    }
}

#[test]
fn every_codec_and_page_version_is_read() {
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ];
    let versions = [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0];
    let job = Job::new();
    for (number, codec) in codecs.iter().enumerate() {
        for (version, pages) in versions.iter().enumerate() {
            let properties =
                WriterProperties::builder().set_compression(*codec).set_writer_version(*pages);
            let properties = match version {
                0 => properties,
                _ => properties
                    .set_dictionary_enabled(false)
                    .set_column_encoding("text".into(), Encoding::DELTA_BYTE_ARRAY),
            };
            let path = job.input().join(format!("{number}-{version}.parquet"));
            write_with(
                &path,
                &feedback(),
                ArrowWriterOptions::new().with_properties(properties.build()),
            );
        }
    }
    let tables = job.run();
    let expected = part(&tables, "responses", "0-0.parquet");
    assert_eq!(text(&expected, "sentiment_label"), ["positive", "negative"]);
    let files = parts(&tables, "responses");
    assert_eq!(files.len(), 12);
    for file in files {
        assert_eq!(part(&tables, "responses", &file), expected, "{file}");
    }
}

#[test]
fn key_value_metadata_of_the_source_is_kept() {
    let values = vec![
        KeyValue::new("pandas".to_owned(), "{\"index\": []}".to_owned()),
        KeyValue::new("empty".to_owned(), None),
    ];
    let properties =
        || WriterProperties::builder().set_key_value_metadata(Some(values.clone())).build();
    let job = Job::new();
    write_with(
        &job.input().join("a.parquet"),
        &feedback(),
        ArrowWriterOptions::new().with_properties(properties()),
    );
    let plain =
        ArrowWriterOptions::new().with_properties(properties()).with_skip_arrow_metadata(true);
    write_with(&job.input().join("plain.parquet"), &feedback(), plain);
    let tables = job.run();
    let kept = |file: &str| {
        let metadata = metadata(&tables.output.join("responses").join(file));
        metadata.file_metadata().key_value_metadata().unwrap().clone()
    };
    assert_eq!(kept("plain.parquet"), values, "no Arrow schema where there was none");
    let with_schema = kept("a.parquet");
    assert!(values.iter().all(|value| with_schema.contains(value)), "{with_schema:?}");
    assert_eq!(with_schema.iter().filter(|value| value.key == ARROW_SCHEMA_META_KEY).count(), 1);
    assert_eq!(with_schema.len(), 3);
    assert_eq!(
        part(&tables, "responses", "a.parquet"),
        part(&tables, "responses", "plain.parquet")
    );
}

// What kymppi adds.

#[test]
fn keep_original_text_false_drops_the_text_columns_and_nothing_else() {
    let input = batch(&[
        ("text", texts(&[PRAISE, COMPLAINT])),
        (
            "list",
            Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1)]), None]))
                as ArrayRef,
        ),
        ("more", texts(&["Soittakaa minna@example.com", COMPLAINT])),
        ("id", ids(2)),
    ]);
    let job = Job::new()
        .columns("id = \"id\"\ntext = [\"text\", \"more\"]")
        .sections("[privacy]\nkeep_original_text = false");
    let tables = job.file("a.parquet", &input).run();
    let responses = tables.responses();
    assert_eq!(names(&responses), [&["list", "id"], &ADDED.map(|(name, _)| name)[..]].concat());
    assert_eq!(responses.column(0), input.column(1));
    assert_eq!(text(&responses, "id"), ["r0", "r1"]);
    assert_eq!(text(&responses, "text_redacted")[0], format!("{PRAISE}\nSoittakaa [email]"));
    let bytes = fs::read(tables.output.join("responses/a.parquet")).unwrap();
    assert!(
        !bytes.windows(8).any(|window| window == b"example."),
        "not in statistics or metadata either"
    );
}

#[test]
fn a_prefix_goes_before_every_added_column_and_stems_can_be_left_out() {
    let input = batch(&[("text", texts(&[PRAISE]))]);
    let job = Job::new()
        .columns("text = [\"text\"]")
        .sections("[output]\npath = @OUT\nprefix = \"k_\"\nstems = false");
    let tables = job.file("a.parquet", &input).run();
    let mut expected =
        vec![("text".to_owned(), DataType::Utf8), ("k_response_id".to_owned(), DataType::Utf8)];
    expected.extend(
        ADDED
            .iter()
            .filter(|(name, _)| *name != "stems")
            .map(|(name, kind)| (format!("k_{name}"), kind.clone())),
    );
    let responses = tables.responses();
    assert_eq!(types(&responses), expected);
    assert_eq!(text(&responses, "k_sentiment_label"), ["positive"]);
    assert_eq!(
        types(&tables.mentions()),
        owned(&MENTIONS),
        "other tables have no column of the input"
    );
}

#[test]
fn every_input_file_has_its_three_tables_with_full_schema_even_when_they_are_empty() {
    let blank = batch(&[
        ("id", ids(2)),
        ("text", strings([None, Some(" ")].into_iter())),
        ("score", numbers(&[None; 2])),
    ]);
    let job = Job::new()
        .file("full.parquet", &feedback())
        .file("blank.parquet", &blank)
        .file("none/zero.parquet", &blank.slice(0, 0));
    let tables = job.run();
    let mut responses =
        owned(&[("id", DataType::Utf8), ("text", DataType::Utf8), ("score", DataType::Float64)]);
    responses.extend(owned(&ADDED));
    for (file, rows) in [("full.parquet", 2), ("blank.parquet", 2), ("none/zero.parquet", 0)] {
        let [a, b, c] =
            ["responses", "mentions", "signals"].map(|table| part(&tables, table, file));
        assert_eq!((types(&a), a.num_rows()), (responses.clone(), rows), "{file}");
        assert_eq!(
            (types(&b), b.num_rows() > 0),
            (owned(&MENTIONS), file == "full.parquet"),
            "{file}"
        );
        assert_eq!((types(&c), c.num_rows()), (owned(&SIGNALS), 0), "{file}");
    }
    let record = tables.record();
    let listed = |file: &serde_json::Value| {
        (file["path"].as_str().unwrap().to_owned(), file["rows"].as_u64().unwrap())
    };
    let files: Vec<_> = record["files"].as_array().unwrap().iter().map(listed).collect();
    let mentions = part(&tables, "mentions", "full.parquet").num_rows() as u64;
    assert_eq!(files.len(), 9, "{files:?}");
    assert!(
        files.contains(&("responses/blank.parquet".into(), 2))
            && files.contains(&("mentions/full.parquet".into(), mentions))
    );
    assert!(tables.output.join("_SUCCESS").exists());
}
