//! Broken files, hostile texts, outputs that must not be touched: each ends as defined and leaves nothing half-written.

use crate::support::{
    Job, Tables, batch, files_below, floats, ints, read_parquet, strings, text, write_parquet,
};
use arrow::array::{ArrayRef, Int32Array, ListArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int32Type, Schema};
use kymppi::config::Config;
use kymppi::enrich::{Enricher, Scratch};
use kymppi::error::Error;
use kymppi::lexicons::Lexicons;
use kymppi::run::{self, Options, Progress, Summary};
use kymppi::sinks::{Splice, TableFile};
use kymppi::sources::{OpenFile, Source};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::{Compression, Encoding};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

/// Damaged files tried.
const CASES: usize = 800;

const PRAISE: &str = "Palvelu oli ystävällistä ja toimitus nopea";
const COMPLAINT: &str = "Toimitus myöhästyi ja palvelu oli töykeää";

fn feedback() -> RecordBatch {
    rows(&[Some(PRAISE), Some(COMPLAINT)])
}

/// Rows with ids r0, r1 ... and the score 9.
fn rows(texts: &[Option<&str>]) -> RecordBatch {
    let ids: Vec<String> = (0..texts.len()).map(|row| format!("r{row}")).collect();
    let scores: ArrayRef = Arc::new(Int32Array::from_iter_values(texts.iter().map(|_| 9)));
    batch(&[
        ("id", strings(ids.iter().map(|id| Some(id.as_str())))),
        ("text", strings(texts.iter().copied())),
        ("score", scores),
    ])
}

fn run_with(job: &Job, change: impl FnOnce(&mut Config)) -> Result<Summary, Error> {
    let mut config = job.config()?;
    change(&mut config);
    run::run(&config, &Options { threads: 2 }, &())
}

/// Everything below a folder, by path.
fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
    files_below(folder).iter().map(|path| (name(path), fs::read(path).unwrap())).collect()
}

/// Names beside the input that a run made, but for the lock, which stays.
fn beside(job: &Job) -> Vec<String> {
    let entries = fs::read_dir(job.folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "in" && name != ".out.lock");
    names.sort();
    names
}

/// Runs, expects an error, and that neither a first output nor a trace of one is left.
fn fails(job: &Job, code: u8, parts: &[&str]) -> Error {
    let before = beside(job);
    let old = snapshot(&job.output());
    let error = job.try_run().unwrap_err();
    assert_eq!(error.exit_code(), code, "{error}");
    for part in parts {
        assert!(error.to_string().contains(part), "`{part}` is not in: {error}");
    }
    assert_eq!(beside(job), before, "{error}");
    assert_eq!(snapshot(&job.output()), old, "{error}");
    error
}

// Inputs that are not there or not what the pipeline says.

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

// Files that are damaged.

/// A file of some size with several row groups, and its bytes.
fn sound() -> (Job, Vec<u8>) {
    let texts: Vec<String> = (0..900).map(|row| format!("{PRAISE} {row}")).collect();
    let job = Job::new();
    let texts: Vec<Option<&str>> = texts.iter().map(|text| Some(text.as_str())).collect();
    write_parquet(&job.input().join("b.parquet"), &rows(&texts), 300);
    let bytes = fs::read(job.input().join("b.parquet")).unwrap();
    (job.file("a.parquet", &feedback()), bytes)
}

fn footer(bytes: &[u8]) -> ParquetMetaData {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    ParquetMetaDataReader::new().parse_and_finish(file.as_file()).unwrap()
}

#[test]
fn a_file_that_is_not_parquet_or_not_whole_fails_the_run_and_is_named() {
    let (job, bytes) = sound();
    let path = job.input().join("b.parquet");
    let old = job.run().bytes();
    let end = bytes.len();
    let huge = |length: u32| {
        let mut bytes = bytes.clone();
        bytes[end - 8..end - 4].copy_from_slice(&length.to_le_bytes());
        bytes
    };
    let mut damaged = vec![
        Vec::new(),
        b"PAR1".to_vec(),
        b"PAR1PAR1".to_vec(),
        b"PAR1\0\0\0\0PAR1".to_vec(),
        b"id,text,score\n1,hyvin meni,9\n".to_vec(),
        huge(u32::MAX),
        huge(i32::MAX as u32),
        huge(end as u32),
        huge(0),
        huge(7),
    ];
    damaged.extend(
        [1, 4, 8, 11, 12, 13, 100, end / 2, end - 100, end - 9, end - 8, end - 4, end - 1]
            .map(|length| bytes[..length].to_vec()),
    );
    let config = job.config().unwrap();
    for (case, bytes) in damaged.iter().enumerate() {
        fs::write(&path, bytes).unwrap();
        let error = Source::open(&config).unwrap_err();
        assert!(
            matches!(&error, Error::Input { path: named, .. } if *named == path),
            "case {case}"
        );
        assert_eq!(error.exit_code(), 1);
    }
    for case in [0, 4, 5, damaged.len() - 1] {
        fs::write(&path, &damaged[case]).unwrap();
        let error = fails(&job, 1, &["b.parquet: cannot be read as Parquet"]);
        assert!(matches!(error, Error::Input { .. }), "case {case}");
        assert_eq!(Tables::at(&job.output()).bytes(), old, "case {case}");
    }
}

#[test]
fn a_truncated_page_under_a_sound_footer_fails_the_run_and_leaves_the_old_output() {
    let (job, bytes) = sound();
    let path = job.input().join("b.parquet");
    let old = job.run().bytes();
    let metadata = footer(&bytes);
    for column in [0, 1, 2] {
        // The pages of the second row group end too early; everything behind stands where the footer says.
        let (start, length) = metadata.row_group(1).column(column).byte_range();
        let mut bytes = bytes.clone();
        bytes[(start + length / 2) as usize..(start + length) as usize].fill(0);
        fs::write(&path, &bytes).unwrap();
        // Scores are read as any number that stands there: only a page that cannot be decoded is noticed.
        if column < 2 {
            let error = fails(&job, 1, &["b.parquet: cannot be read as Parquet"]);
            assert!(matches!(error, Error::Input { .. }));
        }
        bytes[start as usize..(start + length) as usize].fill(0xFF);
        fs::write(&path, &bytes).unwrap();
        fails(&job, 1, &["b.parquet: cannot be read as Parquet"]);
    }
    assert_eq!(Tables::at(&job.output()).bytes(), old);
    assert_eq!(beside(&job), ["out"]);
}

/// Everything that a run does with an input file but the reading of its texts: decodes the columns that are read,
/// copies the others.
fn read_and_copy(config: &Config, copy: &Path) -> Result<(), Error> {
    for input in &Source::open(config)?.files {
        let file = OpenFile::open(input, config)?;
        let splice = Splice {
            file: file.file(),
            metadata: file.metadata(),
            schema: file.source_schema(),
            without: &[],
        };
        let nothing = Arc::new(Schema::empty());
        let _ = fs::remove_file(copy);
        let mut table = TableFile::create(copy.to_owned(), "copy".into(), nothing, Some(splice))?;
        for group in 0..file.metadata().num_row_groups() {
            for slice in file.slices(group)? {
                slice?;
            }
            table.end_row_group(Some((splice, group)))?;
        }
        table.close()?;
    }
    Ok(())
}

#[test]
fn a_file_with_any_byte_damaged_never_panics() {
    let (job, plain) = sound();
    let path = job.input().join("b.parquet");
    let other = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_compression(Compression::SNAPPY)
        .set_dictionary_enabled(false)
        .set_column_encoding("text".into(), Encoding::DELTA_BYTE_ARRAY)
        .set_column_encoding("id".into(), Encoding::DELTA_LENGTH_BYTE_ARRAY)
        .set_column_encoding("score".into(), Encoding::DELTA_BINARY_PACKED);
    let batch = read_parquet(&path);
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(other.build())).unwrap();
    writer.write(&batch).unwrap();
    let files = [plain, writer.into_inner().unwrap()];
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    };
    let config = job.config().unwrap();
    let copy = job.folder.path().join("copy");
    let mut refused = 0;
    for case in 0..CASES {
        let mut damaged = files[case / 2 % 2].clone();
        let end = damaged.len();
        let length = u32::from_le_bytes(damaged[end - 8..end - 4].try_into().unwrap());
        let footer = end - 8 - usize::try_from(length).unwrap();
        for _ in 0..=case % 3 {
            // Half of the damage in the footer, where lengths and offsets stand.
            let at = if case % 2 == 0 { footer + next(end - footer) } else { next(footer) };
            damaged[at] = u8::try_from(next(256)).unwrap();
        }
        fs::write(&path, &damaged).unwrap();
        let result = catch_unwind(AssertUnwindSafe(|| read_and_copy(&config, &copy)));
        let Ok(result) = result else { panic!("case {case} panics") };
        if let Err(error) = result {
            assert!(matches!(error.exit_code(), 1 | 2), "case {case}: {error}");
            refused += 1;
        }
    }
    assert!(refused > CASES / 10, "{refused}");
}

// Files that are sound and nearly empty.

#[test]
fn a_file_without_rows_is_input_and_gives_empty_tables() {
    let job = Job::new().file("a.parquet", &feedback().slice(0, 0));
    let summary = job.try_run().unwrap();
    assert_eq!(summary.findings.tally.rows, 0);
    let tables = Tables::at(&job.output());
    for table in ["responses", "mentions", "signals"] {
        assert_eq!(tables.table(table).num_rows(), 0);
    }
    assert_eq!(tables.responses().num_columns(), 3 + 13);
    assert_eq!(tables.record()["counts"]["rows_in"], 0);
}

#[test]
fn a_file_without_row_groups_or_with_an_empty_one_is_fine() {
    let message = "message m { optional binary id (UTF8); optional binary text (UTF8); optional int32 score; }";
    let job = Job::new();
    fs::create_dir_all(job.input()).unwrap();
    for groups in [0, 1, 2] {
        let file = File::create(job.input().join(format!("{groups}.parquet"))).unwrap();
        let schema = Arc::new(parse_message_type(message).unwrap());
        let mut writer =
            SerializedFileWriter::new(file, schema, Arc::new(WriterProperties::default())).unwrap();
        for _ in 0..groups {
            let mut group = writer.next_row_group().unwrap();
            while let Some(column) = group.next_column().unwrap() {
                column.close().unwrap();
            }
            group.close().unwrap();
        }
        writer.close().unwrap();
    }
    let tables = job.file("full.parquet", &feedback()).run();
    for groups in [0, 1, 2] {
        let path = tables.output.join(format!("responses/{groups}.parquet"));
        let metadata =
            ParquetMetaDataReader::new().parse_and_finish(&File::open(&path).unwrap()).unwrap();
        assert_eq!(metadata.num_row_groups(), groups);
        assert_eq!(read_parquet(&path).num_rows(), 0);
    }
    assert_eq!(tables.record()["counts"]["rows_out"], 2);
}

#[test]
fn nulls_everywhere_give_rows_without_values() {
    let none = || strings([None, None, None].into_iter());
    let scores: ArrayRef = Arc::new(Int32Array::from(vec![None, None, None]));
    let tables = Job::new()
        .file("a.parquet", &batch(&[("id", none()), ("text", none()), ("score", scores)]))
        .run();
    let responses = tables.responses();
    for column in [
        "id",
        "text",
        "language",
        "stems",
        "sentiment_label",
        "score_band",
        "theme_main",
        "themes",
        "text_redacted",
    ] {
        assert_eq!(text(&responses, column), ["-", "-", "-"], "{column}");
    }
    for column in ["language_confidence", "sentiment", "positive", "negative"] {
        assert_eq!(floats(&responses, column), [None; 3], "{column}");
    }
    assert_eq!(ints(&responses, "token_count"), [Some(0); 3]);
    assert_eq!(ints(&responses, "theme_count"), [Some(0); 3]);
    let record = tables.record();
    let count = |name: &str| record["counts"][name].as_u64().unwrap();
    assert_eq!((count("rows_out"), count("rows_with_text"), count("null_ids")), (3, 0, 3));
    assert_eq!((count("score_missing"), count("mentions"), count("duplicate_ids")), (3, 0, 0));
}

#[test]
fn blank_texts_have_neither_language_nor_sentiment() {
    let blanks = [
        "",
        " ",
        "\t\r\n",
        "\u{A0}\u{2003}",
        "\u{200B}\u{FEFF}",
        "\0\u{1}\u{7F}",
        "\u{200E}\u{202E}\u{2060}",
    ];
    let tables = Job::new().file("a.parquet", &rows(&blanks.map(Some))).run();
    let responses = tables.responses();
    for column in ["language", "sentiment_label", "text_redacted", "stems", "themes"] {
        assert_eq!(text(&responses, column), ["-"; 7], "{column}");
    }
    assert_eq!(floats(&responses, "sentiment"), [None; 7]);
    assert_eq!(text(&responses, "text"), blanks, "the text itself stays as it is");
    assert_eq!(tables.mentions().num_rows(), 0);
    assert_eq!(tables.record()["counts"]["rows_with_text"], 0);
}

#[test]
fn a_text_that_says_nothing_is_neutral_in_the_default_language() {
    let tables = Job::new()
        .file("a.parquet", &rows(&[Some("-"), Some("..."), Some("10"), Some("???")]))
        .run();
    let responses = tables.responses();
    assert_eq!(text(&responses, "language"), ["fi"; 4]);
    assert_eq!(text(&responses, "sentiment_label"), ["neutral"; 4]);
    let bits = |values: Vec<Option<f64>>| {
        values.into_iter().map(|value| value.map(f64::to_bits)).collect::<Vec<_>>()
    };
    for column in ["sentiment", "positive", "negative"] {
        assert_eq!(
            bits(floats(&responses, column)),
            [Some(0); 4],
            "{column}: zero, and no minus zero"
        );
    }
    assert!(
        floats(&responses, "language_confidence")
            .iter()
            .all(|confidence| confidence.unwrap() < 0.5)
    );
    assert_eq!(ints(&responses, "token_count"), [Some(0), Some(0), Some(1), Some(0)]);
}

// Texts that are no text.

/// Writes (id, text) rows whose text is annotated as a string, whatever its bytes.
fn write_bytes(path: &Path, texts: &[Option<&[u8]>]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let message = "message m { required binary id (UTF8); optional binary text (STRING); }";
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let schema = Arc::new(parse_message_type(message).unwrap());
    let mut writer =
        SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::new(properties))
            .unwrap();
    let mut group = writer.next_row_group().unwrap();
    let ids: Vec<ByteArray> =
        (0..texts.len()).map(|row| ByteArray::from(format!("r{row}").into_bytes())).collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&ids, None, None).unwrap();
    column.close().unwrap();
    let levels: Vec<i16> = texts.iter().map(|text| i16::from(text.is_some())).collect();
    let values: Vec<ByteArray> =
        texts.iter().flatten().map(|text| ByteArray::from(text.to_vec())).collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
}

/// The bytes of a column, unchecked.
fn raw_bytes(path: &Path, column: usize, rows: usize) -> (Vec<Vec<u8>>, Vec<i16>) {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let group = reader.get_row_group(0).unwrap();
    let ColumnReader::ByteArrayColumnReader(mut column) = group.get_column_reader(column).unwrap()
    else {
        panic!("no bytes")
    };
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    column.read_records(rows, Some(&mut levels), None, &mut values).unwrap();
    (values.iter().map(|value| value.data().to_vec()).collect(), levels)
}

/// Only some columns of a file.
fn project(path: &Path, columns: &[&str]) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let mask = ProjectionMask::columns(reader.parquet_schema(), columns.iter().copied());
    let batches: Vec<RecordBatch> =
        reader.with_projection(mask).build().unwrap().map(Result::unwrap).collect();
    arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap()
}

#[test]
fn text_that_is_no_utf8_is_read_as_far_as_it_goes_and_its_bytes_stay() {
    let latin1: &[u8] = b"Palvelu oli yst\xE4v\xE4llist\xE4. Toimitus oli nopea.";
    let cut: &[u8] = b"Toimitus oli nopea \xF0\x9F\x91";
    let rows = [
        Some(latin1),
        Some(PRAISE.as_bytes()),
        None,
        Some(cut),
        Some(b"\xFF\xFE\x00".as_slice()),
        Some(b"\xED\xA0\x80 Palvelu oli nopea".as_slice()),
    ];
    let job = Job::new().columns("id = \"id\"\ntext = [\"text\"]");
    write_bytes(&job.input().join("a.parquet"), &rows);
    let tables = job.run();
    let output = tables.output.join("responses/a.parquet");
    let (values, levels) = raw_bytes(&output, 1, rows.len());
    assert_eq!(levels, [1, 1, 0, 1, 1, 1]);
    assert_eq!(values, rows.iter().flatten().map(|text| text.to_vec()).collect::<Vec<_>>());
    let responses = project(&output, &["id", "text_redacted", "sentiment_label"]);
    assert_eq!(text(&responses, "id"), ["r0", "r1", "r2", "r3", "r4", "r5"]);
    let redacted = text(&responses, "text_redacted");
    assert_eq!(redacted[0], "Palvelu oli yst\u{FFFD}v\u{FFFD}llist\u{FFFD}. Toimitus oli nopea.");
    assert_eq!(redacted[3], "Toimitus oli nopea \u{FFFD}");
    let labels = text(&responses, "sentiment_label");
    assert_eq!(
        (&labels[0], &labels[1], &labels[2], &labels[3], &labels[5]),
        (
            &"positive".into(),
            &"positive".into(),
            &"-".into(),
            &"positive".into(),
            &"positive".into()
        )
    );
    let record = tables.record();
    assert_eq!(record["counts"]["responses_invalid_utf8"], 4);
    assert_eq!(record["counts"]["rows_out"], 6);
}

#[test]
fn texts_of_any_length_are_read_on_their_beginning() {
    let long = format!("{PRAISE}. ").repeat(20_000_000 / 48);
    let token = "a".repeat(5_000_000);
    let emoji = "👍".repeat(100_000);
    let solid = "hyväpalvelu".repeat(10_000);
    let spaces = " ".repeat(1_000_000) + PRAISE;
    assert!(long.len() > 19_000_000);
    let texts = [&*long, &token, &emoji, &solid, &spaces, PRAISE];
    let tables = Job::new().file("a.parquet", &rows(&texts.map(Some))).run();
    let responses = tables.responses();
    assert_eq!(text(&responses, "text"), texts);
    assert_eq!(tables.record()["counts"]["responses_truncated"], 5);
    let labels = text(&responses, "sentiment_label");
    assert_eq!((labels[0].as_str(), labels[5].as_str()), ("positive", "positive"));
    assert_eq!(labels[4], "neutral", "the words stand behind what is read");
    let tokens = ints(&responses, "token_count");
    assert_eq!((tokens[1], tokens[2], tokens[3]), (Some(1), Some(0), Some(1)));
    assert_eq!(text(&responses, "stems")[1], "a".repeat(20_000));
    let mentions = tables.mentions();
    assert!(mentions.num_rows() > 400, "{}", mentions.num_rows());
    for (start, end) in ints(&mentions, "start").into_iter().zip(ints(&mentions, "end")) {
        assert!(0 <= start.unwrap() && start < end && end.unwrap() <= 20_000, "{start:?}..{end:?}");
    }
    let last = ints(&mentions, "end").into_iter().flatten().max().unwrap();
    assert!(last > 19_900, "the beginning is read to its end: {last}");
}

#[test]
fn max_text_chars_counts_characters_and_is_counted_a_response() {
    let job = Job::new().sections("").columns("id = \"id\"\ntext = [\"text\"]\nscore = \"score\"");
    let texts = ["hyvää 👍👍", "hyvää 👍👍👍", "hyvää"];
    let job = job.file("a.parquet", &rows(&texts.map(Some)));
    run_with(&job, |config| config.input.max_text_chars = 8).unwrap();
    let tables = Tables::at(&job.output());
    assert_eq!(tables.record()["counts"]["responses_truncated"], 1);
    assert_eq!(text(&tables.responses(), "text_redacted"), ["hyvää 👍👍", "hyvää 👍👍", "hyvää"]);
    assert_eq!(text(&tables.responses(), "text"), texts);
}

/// A text and the same text written otherwise read the same.
#[test]
fn words_read_the_same_however_their_letters_are_written() {
    let decomposed = "Palvelu oli ysta\u{308}va\u{308}llista\u{308} ja toimitus nopea";
    let soft = "Pal\u{AD}velu oli ystä\u{AD}vällistä ja toimi\u{AD}tus nopea";
    let joined = "Palvelu oli ystä\u{200B}vällistä ja toimitus\u{FEFF} nopea";
    let marked = "\u{202B}Palvelu oli ystävällistä\u{202C} ja toimitus\u{200F} nopea\u{200E}";
    let upper = PRAISE.to_uppercase();
    let texts = [PRAISE, decomposed, soft, joined, marked, &upper];
    let tables = Job::new().file("a.parquet", &rows(&texts.map(Some))).run();
    let responses = tables.responses();
    assert_eq!(text(&responses, "text"), texts);
    for column in ["language", "stems", "sentiment_label", "themes", "theme_main"] {
        let values = text(&responses, column);
        assert!(
            values.iter().all(|value| *value == values[0] && value != "-"),
            "{column}: {values:?}"
        );
    }
    let sentiments = floats(&responses, "sentiment");
    assert!(sentiments[0].unwrap() > 0.0);
    assert!(sentiments.iter().all(|sentiment| *sentiment == sentiments[0]), "{sentiments:?}");
    assert_eq!(ints(&responses, "token_count"), [Some(6); 6]);
}

#[test]
fn control_characters_and_scripts_without_spaces_do_no_harm() {
    let control = PRAISE.replace(' ', "\0");
    let bells = format!("\u{7}{PRAISE}\u{1B}[31m");
    let odd = [
        "商品很好但是送货太慢了",
        "मुझे सेवा पसंद आई",
        "خدمة ممتازة",
        "\u{10FFFF}\u{E000}",
        "ﬁ ŉ ǅ İ ß ẞ",
        "a\u{301}\u{301}\u{301}",
        "٣٤٥ ⅷ ½",
    ];
    let texts: Vec<Option<&str>> =
        [control.as_str(), &bells].into_iter().chain(odd).map(Some).collect();
    let tables = Job::new().file("a.parquet", &rows(&texts)).run();
    let responses = tables.responses();
    assert_eq!(text(&responses, "text"), texts.iter().flatten().copied().collect::<Vec<_>>());
    assert_eq!(text(&responses, "sentiment_label")[..2], ["positive", "positive"]);
    assert_eq!(ints(&responses, "token_count")[0], Some(6), "a control character parts words");
    assert_eq!(tables.record()["counts"]["rows_with_text"], 9);
}

#[test]
fn ids_that_occur_twice_are_kept_and_counted() {
    let ids = strings([Some("a"), Some("b"), Some("a"), Some("a"), None, None].into_iter());
    let mut columns = vec![("id", ids)];
    let six = rows(&[Some(PRAISE); 6]);
    columns.push(("text", six.column(1).clone()));
    columns.push(("score", six.column(2).clone()));
    let job = Job::new().file("a.parquet", &batch(&columns)).file("b.parquet", &batch(&columns));
    let tables = job.run();
    assert_eq!(tables.responses().num_rows(), 12);
    let counts = &tables.record()["counts"];
    // Four of the first file's ids are new, two occurred before; all of the second's but its null ids did.
    assert_eq!(counts["duplicate_ids"], 2 + 4);
    assert_eq!(counts["duplicate_ids_is_lower_bound"], false);
    assert_eq!(counts["null_ids"], 4);
    let mentions = text(&tables.mentions(), "response_id");
    assert!(
        mentions.contains(&"a.parquet#4".to_owned())
            && mentions.contains(&"b.parquet#5".to_owned())
    );
}

// Outputs that must not be touched.

#[test]
fn an_output_that_is_a_file_or_a_folder_of_something_else_is_refused() {
    let job = Job::new().file("a.parquet", &feedback());
    fs::write(job.output(), "precious").unwrap();
    assert!(matches!(fails(&job, 2, &["out: is not a folder"]), Error::Output { .. }));
    assert_eq!(fs::read(job.output()).unwrap(), b"precious");
    fs::remove_file(job.output()).unwrap();

    fs::create_dir_all(job.output().join("holiday")).unwrap();
    fs::write(job.output().join("holiday/photo.jpg"), "precious").unwrap();
    fails(&job, 2, &["holds no kymppi run.json"]);
    for manifest in ["", "{}", "{\"tool\": \"another\"}", "[\"kymppi\"]"] {
        fs::write(job.output().join("run.json"), manifest).unwrap();
        fails(&job, 2, &["holds no kymppi run.json"]);
    }
    fs::remove_dir_all(job.output()).unwrap();
    fs::create_dir(job.output()).unwrap();
    assert_eq!(job.run().responses().num_rows(), 2, "an empty folder is replaced");
    assert_eq!(beside(&job), ["out"]);
}

#[test]
fn an_output_equal_to_inside_or_around_the_input_is_refused() {
    let job = Job::new().file("deep/a.parquet", &feedback()).file("deep/b.parquet", &feedback());
    let folder = job.folder.path().to_owned();
    let before = snapshot(&folder);
    let attempt = |input: &str, output: &str| {
        run_with(&job, |config| {
            config.input.path = folder.join(input).display().to_string();
            config.output.path = folder.join(output);
        })
    };
    let refused = [
        ("in", "in"),
        ("in", "in/out"),
        ("in", ""),
        ("in", "in/missing/../deep"),
        ("in", "out/../in/./new"),
        ("in/deep", "in"),
        ("in/deep", "in/deep/new"),
        ("in/deep/a.parquet", "in/deep/a.parquet"),
        ("in/deep/a.parquet", "in/deep/a.parquet/new"),
        ("in/deep/a.parquet", "in/deep"),
        ("in/*/*.parquet", "in"),
        ("in/*/*.parquet", "in/deep"),
        // The next run would find the tables of this one.
        ("in/**/*.parquet", "in/new"),
    ];
    for (input, output) in refused {
        let error = attempt(input, output).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{output} from {input}: {error}");
        assert!(
            matches!(&error, Error::Output { message, .. } if message.contains("in or around")),
            "{error}"
        );
    }
    std::os::unix::fs::symlink(job.input(), folder.join("alias")).unwrap();
    let error = attempt("in", "alias/new").unwrap_err();
    assert!(matches!(error, Error::Output { .. }), "through a link: {error}");
    fs::remove_file(folder.join("alias")).unwrap();
    assert_eq!(snapshot(&folder), before);
    attempt("in/deep/a.parquet", "in/deep/beside").unwrap();
    assert!(folder.join("in/deep/beside/_SUCCESS").exists(), "beside a single file there is room");
}

#[test]
fn an_output_inside_a_lexicon_folder_is_refused() {
    let job = Job::new().file("a.parquet", &feedback());
    let own = job.folder.path().join("words");
    fs::create_dir_all(own.join("fi")).unwrap();
    fs::write(own.join("fi/sentiment.tsv"), "entry\tvalence\tnote\nkelpo\t1\t\n").unwrap();
    let error = run_with(&job, |config| {
        config.lexicons.extend = vec![own.clone()];
        config.output.path = own.join("fi");
    })
    .unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().contains("in or around"), "{error}");
    assert!(own.join("fi/sentiment.tsv").exists());
}

#[test]
fn the_output_of_an_earlier_run_is_replaced_as_a_whole() {
    let job = Job::new().file("a.parquet", &feedback()).file("old.parquet", &feedback());
    let first = job.run();
    assert_eq!(files_below(&first.output.join("responses")).len(), 2);
    fs::remove_file(job.input().join("old.parquet")).unwrap();
    let job = job.file("new.parquet", &rows(&[Some(COMPLAINT)]));
    let tables = job.run();
    let names: Vec<String> = tables.bytes().into_keys().collect();
    let tables_of = |file: &str| {
        ["mentions", "responses", "signals"].map(|table| format!("{table}/{file}.parquet"))
    };
    for name in tables_of("a").iter().chain(&tables_of("new")) {
        assert!(names.contains(name), "{name}");
    }
    assert!(names.iter().all(|name| !name.contains("old")), "{names:?}");
    assert_eq!(tables.record()["counts"]["rows_out"], 3);
    assert_eq!(beside(&job), ["out"]);
}

#[test]
fn what_killed_runs_left_behind_is_cleared_or_put_back() {
    let job = Job::new().file("a.parquet", &feedback());
    let folder = job.folder.path().to_owned();
    fs::create_dir_all(folder.join(".out.next-dead/responses")).unwrap();
    fs::write(folder.join(".out.next-dead/responses/a.parquet"), "half").unwrap();
    fs::create_dir_all(folder.join(".outer.next-alive")).unwrap();
    let old = job.run().bytes();
    assert_eq!(beside(&job), [".outer.next-alive", "out"], "another output's tree is not ours");

    // A kill between the two renames: the old output is back even though this run fails.
    fs::rename(job.output(), folder.join(".out.old-x")).unwrap();
    fs::write(job.input().join("b.parquet"), "damaged").unwrap();
    assert_eq!(job.try_run().unwrap_err().exit_code(), 1);
    assert_eq!(
        beside(&job),
        [".out.old-x", ".outer.next-alive"],
        "nothing is touched before the input is sound"
    );
    let (sound, bytes) = sound();
    let footer = footer(&bytes);
    let (start, length) = footer.row_group(2).column(1).byte_range();
    let mut bytes = bytes.clone();
    bytes[start as usize..(start + length) as usize].fill(0xFF);
    drop(sound);
    fs::write(job.input().join("b.parquet"), &bytes).unwrap();
    assert_eq!(job.try_run().unwrap_err().exit_code(), 1);
    assert_eq!(beside(&job), [".outer.next-alive", "out"]);
    assert_eq!(Tables::at(&job.output()).bytes(), old);

    // With an output in place, an older one is rubbish.
    fs::create_dir(folder.join(".out.old-y")).unwrap();
    fs::remove_file(job.input().join("b.parquet")).unwrap();
    assert_eq!(job.run().bytes(), old);
    assert_eq!(beside(&job), [".outer.next-alive", "out"]);
}

#[test]
fn an_output_below_a_file_cannot_be_made() {
    let job = Job::new().file("a.parquet", &feedback());
    fs::write(job.folder.path().join("file"), "precious").unwrap();
    for below in ["file/out", "file/deeper/out"] {
        let error = run_with(&job, |config| config.output.path = job.folder.path().join(below))
            .unwrap_err();
        assert_eq!(error.exit_code(), 1, "{error}");
        assert!(matches!(error, Error::Io { action: "create", .. }), "{error}");
    }
    assert_eq!(fs::read(job.folder.path().join("file")).unwrap(), b"precious");
    assert_eq!(beside(&job), ["file"]);
}

#[test]
fn a_second_run_on_the_same_output_is_told_to_wait() {
    let job = Job::new().file("a.parquet", &feedback());
    let old = job.run().bytes();
    let path = job.folder.path().join(".out.lock");
    let lock = File::create(&path).unwrap();
    lock.lock().unwrap();
    // The tree of the run that holds the lock is alive.
    fs::create_dir(job.folder.path().join(".out.next-alive")).unwrap();
    let error = fails(&job, 75, &[".out.lock", "another run holds the lock"]);
    assert!(matches!(error, Error::Locked { path: lock } if lock == path));
    assert_eq!(beside(&job), [".out.next-alive", "out"]);
    lock.unlock().unwrap();
    assert_eq!(job.run().bytes(), old);
    assert_eq!(beside(&job), ["out"]);
}

#[test]
fn a_disk_that_takes_no_more_fails_the_run_and_leaves_the_old_output() {
    let (job, bytes) = sound();
    let old = job.run().bytes();
    fs::write(job.input().join("c.parquet"), bytes).unwrap();
    // Without the signal, a write beyond the limit on file sizes is an error as on a full disk.
    let run = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" run \"$1\" --quiet"])
        .arg(env!("CARGO_BIN_EXE_kymppi"))
        .arg(job.pipeline_file())
        .output()
        .unwrap();
    let message = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{message}");
    assert!(message.contains("b.parquet") && message.contains("too large"), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    assert_eq!(beside(&job), ["out", "pipeline.toml"]);
    assert_eq!(Tables::at(&job.output()).bytes(), old);
}

// Runs that are stopped.

/// Asks the run to stop the n-th time it is asked.
struct Stop {
    signal: i32,
    at: usize,
    asked: AtomicUsize,
}

impl Progress for Stop {
    fn stopped(&self) -> Option<i32> {
        (self.asked.fetch_add(1, Ordering::SeqCst) >= self.at).then_some(self.signal)
    }
}

#[test]
fn a_stopped_run_publishes_nothing_and_leaves_the_old_output() {
    let texts = [Some(PRAISE); 600];
    let job = Job::new();
    write_parquet(&job.input().join("a.parquet"), &rows(&texts), 50);
    for (signal, code) in [(2, 130), (15, 143)] {
        // Before anything is read, before anything is written, and when some row groups are.
        for at in [0, 1, 3] {
            let stop = Stop { signal, at, asked: AtomicUsize::new(0) };
            let before = snapshot(&job.output());
            let error =
                run::run(&job.config().unwrap(), &Options { threads: 1 }, &stop).unwrap_err();
            assert!(matches!(error, Error::Interrupted(number) if number == signal));
            assert_eq!(error.exit_code(), code);
            assert_eq!(snapshot(&job.output()), before);
            assert!(beside(&job).iter().all(|name| name == "out"), "{:?}", beside(&job));
        }
        // The second signal meets an older output.
        job.run();
    }
    let never = Stop { signal: 2, at: usize::MAX, asked: AtomicUsize::new(0) };
    run::run(&job.config().unwrap(), &Options { threads: 1 }, &never).unwrap();
    assert!(never.asked.load(Ordering::SeqCst) >= 4, "asked again and again");
}

// Any string at all.

static ENRICHER: LazyLock<Enricher> = LazyLock::new(|| {
    let config = Config::default();
    Enricher::new(&config, Arc::new(Lexicons::load(&config.lexicons, &config.language).unwrap()))
        .unwrap()
});

/// Strings of three kinds: any characters, words with marks between them, feedback with odd characters in it.
fn any_text() -> impl Strategy<Value = String> {
    let words = "(hyvä|huono|ei|ollut|mutta|liian|erittäin|not|good|bad|but|very|late|dåligt|bra|inte|toimitus|service|[a-zåäö]{1,9}|[0-9]{1,4}|minna@example.com|\\+358 40 123 4567)";
    let marks = "([ ,.!?;:\\-\n'’\u{308}\u{AD}\u{200B}\u{202E}👍🤬\u{FE0F}\0]{1,2})";
    prop_oneof![
        any::<String>(),
        "\\PC{0,60}",
        prop::collection::vec((words, marks).prop_map(|(word, mark)| word + &mark), 0..25)
            .prop_map(|parts| parts.concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_customer_writes_spans_lie_in_it_and_valences_add_up(first in any_text(), second in prop::option::of(any_text())) {
        let texts = [Some(first.as_str()), second.as_deref()];
        let mut scratch = Scratch::default();
        let reading = ENRICHER.read(&texts, &mut scratch).clone();
        for mention in &reading.mentions {
            let length = texts[mention.question].unwrap().chars().count();
            prop_assert!(mention.start < mention.end && mention.end <= length, "{mention:?} of {length}");
            prop_assert!((0.0..=1.0).contains(&mention.weight), "{mention:?}");
            prop_assert!(mention.valence.abs() <= mention.weight, "{mention:?}");
            prop_assert!((1..=5).contains(&mention.tier), "{mention:?}");
        }
        if let Some(sentiment) = reading.sentiment {
            let sum = reading.mentions.iter().fold(0.0, |sum, mention| sum + mention.valence);
            prop_assert_eq!(f64::to_bits(sum), sentiment.score.to_bits(), "{} {}", sum, sentiment.score);
            prop_assert!(sentiment.score.abs() <= 1.0);
            prop_assert!((0.0..=1.0).contains(&sentiment.positive) && (0.0..=1.0).contains(&sentiment.negative));
            prop_assert!((sentiment.positive - sentiment.negative - sentiment.score).abs() < 1e-9);
        } else {
            prop_assert!(reading.mentions.is_empty());
        }
        prop_assert!((0.0..=1.0).contains(&reading.language_confidence));
        // A used memory reads as a new one.
        let again = ENRICHER.read(&texts, &mut scratch);
        prop_assert_eq!(format!("{again:?}"), format!("{reading:?}"));
    }
}
