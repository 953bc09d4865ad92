//! What kymppi adds: one reading of several questions, its columns beside those of the input, its tables for every file.

use super::{ADDED, COMPLAINT, PRAISE, feedback, ids, numbers, owned, part, texts, types};
use crate::support::{Job, batch, floats, ints, names, strings, text};
use arrow::array::{ArrayRef, ListArray};
use arrow::datatypes::{DataType, Int32Type};
use std::fs;
use std::sync::Arc;

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

// Columns and tables.

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
    assert_eq!(
        files.len(),
        10 + 2 * 21,
        "nine tables, the small ones twice and the state: {files:?}"
    );
    assert!(
        files.contains(&("responses/blank.parquet".into(), 2))
            && files.contains(&("mentions/full.parquet".into(), mentions))
    );
    assert!(tables.output.join("_SUCCESS").exists());
}
