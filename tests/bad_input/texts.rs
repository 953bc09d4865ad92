//! Texts that are no text: broken bytes, great length, odd ways to write a letter, control characters. Then any string
//! at all.

use super::{PRAISE, rows, run_with};
use crate::support::{Job, Tables, floats, ints, text};
use arrow::array::RecordBatch;
use kymppi::config::Config;
use kymppi::enrich::{Enricher, Scratch};
use kymppi::lexicons::Lexicons;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use std::fs::{self, File};
use std::path::Path;
use std::sync::{Arc, LazyLock};

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
