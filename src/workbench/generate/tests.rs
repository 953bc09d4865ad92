//! Tests of whole outputs, read back from the files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use arrow::array::{Array as _, AsArray as _, RecordBatch};
use arrow::datatypes::{DataType, Int32Type, TimeUnit, TimestampMicrosecondType};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{GenerateError, Generated, Options, generate};

/// A folder of its own for each test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("kymppi-generate-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run(output: &Path, rows: u64, seed: u64, threads: usize) -> Generated {
    let words =
        [("fi", vec!["toimitus", "kauppa"]), ("en", vec!["delivery"]), ("sv", vec!["butik"])];
    generate(&Options { rows, output, seed, threads }, &words).unwrap()
}

fn files(output: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(output).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().map(|folder| folder.join("part-0.parquet")).collect()
}

fn bytes(output: &Path) -> Vec<Vec<u8>> {
    files(output).iter().map(|file| fs::read(file).unwrap()).collect()
}

fn batches(file: &Path) -> Vec<RecordBatch> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(file).unwrap()).unwrap();
    builder.build().unwrap().map(Result::unwrap).collect()
}

#[test]
fn the_seed_decides_and_the_threads_do_not() {
    let (one, two, other) = (Folder::new("one"), Folder::new("two"), Folder::new("other"));
    let first = run(&one.0, 5_000, 42, 1);
    assert_eq!(first, run(&two.0, 5_000, 42, 2));
    run(&other.0, 5_000, 43, 2);
    assert!(bytes(&one.0) == bytes(&two.0));
    assert!(bytes(&one.0) != bytes(&other.0));
    let on_disk: usize = bytes(&one.0).iter().map(Vec::len).sum();
    assert_eq!(first.bytes, on_disk as u64);
    assert_eq!((first.rows, first.files), (5_000, 12));
}

#[test]
fn row_groups_split_at_their_size() {
    let groups: Vec<_> = super::groups(12 * 131_072 + 1).collect();
    assert_eq!(groups.len(), 13);
    assert_eq!((groups[0].span.count, groups[1].span.count), (131_072, 1));
    assert_eq!(groups[2].span.before_file, 131_073);
    assert!(groups.iter().zip(0..).all(|(group, number)| group.number == number));
    assert_eq!(groups.iter().map(|group| group.span.count).sum::<u64>(), 12 * 131_072 + 1);
}

#[test]
fn few_rows_make_few_files_and_none_makes_none() {
    let (few, none) = (Folder::new("few"), Folder::new("none"));
    assert_eq!(run(&few.0, 5, 1, 2).files, 5);
    assert!(files(&few.0)[4].ends_with("month=2026-03/part-0.parquet"));
    assert_eq!(run(&none.0, 0, 1, 2), Generated { rows: 0, files: 0, bytes: 0 });
    let again = generate(&Options { rows: 5, output: &few.0, seed: 1, threads: 1 }, &[]);
    assert!(matches!(again, Err(GenerateError::NotEmpty(path)) if path == few.0));
}

#[test]
fn the_schema_is_that_of_the_sample() {
    let folder = Folder::new("schema");
    run(&folder.0, 100, 1, 1);
    let schema = batches(&files(&folder.0)[0])[0].schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let wanted = "response_id comment score customer_id created_at survey_language channel \
                  touchpoint region product_line";
    assert_eq!(names, wanted.split(' ').collect::<Vec<_>>());
    assert!(!schema.field(0).is_nullable());
    assert_eq!(*schema.field(2).data_type(), DataType::Int32);
    let utc = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
    assert_eq!(*schema.field(4).data_type(), utc);
    for text in [0, 1, 3, 5, 6, 7, 8, 9] {
        assert_eq!(*schema.field(text).data_type(), DataType::Utf8);
    }
}

#[test]
fn the_content_has_its_shares() {
    const ROWS: u64 = 50_000;
    let folder = Folder::new("content");
    run(&folder.0, ROWS, 9, 2);
    let (mut ids, mut customers, mut forms) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut finnish, mut english, mut empty, mut unscored) = (0, 0, 0, 0);
    let mut length = 0;
    for file in files(&folder.0) {
        let shown = file.display().to_string();
        for batch in batches(&file) {
            let column = |number: usize| batch.column(number).as_string::<i32>();
            for time in batch.column(4).as_primitive::<TimestampMicrosecondType>().values() {
                // Each row lies in the month of its folder; the calendar is checked by days.
                let month = month_of(*time);
                assert!(shown.contains(&format!("month={month}")), "{time} in {shown}");
            }
            let scores = batch.column(2).as_primitive::<Int32Type>();
            assert!(scores.iter().flatten().all(|score| (0..=10).contains(&score)));
            unscored += scores.null_count();
            finnish += column(5).iter().filter(|code| *code == Some("fi")).count();
            english += column(5).iter().filter(|code| *code == Some("en")).count();
            ids.extend(column(0).iter().flatten().map(str::to_owned));
            customers.extend(column(3).iter().flatten().map(str::to_owned));
            for comment in column(1) {
                let text = comment.unwrap_or("");
                empty += usize::from(text.is_empty());
                length += text.len();
                let words = text.split(|letter: char| !letter.is_alphabetic());
                forms.extend(words.map(str::to_lowercase));
            }
        }
    }
    assert_eq!(ids.len() as u64, ROWS);
    assert!(ids.contains("r-00000001") && ids.contains("r-00050000"));
    assert!((16_000..17_700).contains(&customers.len()), "{}", customers.len());
    assert!((29_000..31_000).contains(&finnish), "{finnish}");
    assert!((15_800..17_200).contains(&english), "{english}");
    assert!((400..600).contains(&empty), "{empty}");
    assert!((1_300..1_700).contains(&unscored), "{unscored}");
    assert!(forms.len() >= 12_000, "{}", forms.len());
    assert!((125..165).contains(&(length / 50_000)), "{}", length / 50_000);
}

/// The month of a time in microseconds, for the year the data covers.
fn month_of(time: i64) -> String {
    let days = [30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31];
    let mut left = time.div_euclid(86_400_000_000) - 20_393;
    assert!(left >= 0, "{time}");
    let (mut year, mut month) = (2025, 11);
    for length in days {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
        if month == 13 {
            (year, month) = (2026, 1);
        }
    }
    format!("{year}-{month:02}")
}
