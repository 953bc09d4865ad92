//! Sound files that lack something: rows, values, anything said in a text, ids that occur once.

use super::{PRAISE, feedback, rows};
use crate::support::{Job, Tables, batch, floats, ints, read_parquet, strings, text};
use arrow::array::{ArrayRef, Int32Array};
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs::{self, File};
use std::sync::Arc;

#[test]
fn a_file_without_rows_is_input_and_gives_empty_tables() {
    let job = Job::new().file("a.parquet", &feedback().slice(0, 0));
    let summary = job.try_run().unwrap();
    assert_eq!(summary.findings.tally.rows, 0);
    let tables = Tables::at(&job.output());
    for table in ["responses", "mentions", "signals"] {
        assert_eq!(tables.table(table).num_rows(), 0);
    }
    assert_eq!(tables.responses().num_columns(), 3 + 24);
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
