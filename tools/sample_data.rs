//! Writes `sample_data/feedback` from the texts in `sample_data/source`: gives each comment a customer, a time and an
//! id, repeats the short ones as in life, adds answers without text or score. The same source gives the same bytes.
//!
//! Run from the project's root: `cargo run --release --example sample_data`
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a tool for the project's own files"
)]

use arrow::array::{ArrayRef, Int32Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const SOURCE: &str = "sample_data/source";
const OUTPUT: &str = "sample_data/feedback";
const SEED: u64 = 10;
const FIRST_MONTH: (i64, i64) = (2025, 11);
const MONTHS: i64 = 12;
const CUSTOMERS: u64 = 900;
const REGIONS: [&str; 8] =
    ["uusimaa", "uusimaa", "uusimaa", "pirkanmaa", "varsinais-suomi", "pohjanmaa", "savo", "lappi"];
const SHORT_ROWS: [(&str, usize); 3] = [("fi", 125), ("en", 55), ("sv", 5)];
const SILENT_ROWS: [(&str, usize); 3] = [("fi", 90), ("en", 45), ("sv", 5)];
const WITHOUT_SCORE: usize = 60;
/// Channel, touchpoint and product line of answers that say nothing about them.
const SITUATIONS: [(&str, &str, &str); 10] = [
    ("web_shop", "ordering", "web_shop"),
    ("web_shop", "delivery", "web_shop"),
    ("store", "visit", "grocery"),
    ("store", "visit", "restaurant"),
    ("phone", "support", "telecom"),
    ("app", "app_use", "bank_insurance"),
    ("email", "billing", "energy"),
    ("phone", "maintenance", "housing"),
    ("store", "visit", "health"),
    ("chat", "support", "software"),
];

#[derive(Debug, Clone)]
struct Answer {
    language: String,
    score: Option<i32>,
    channel: String,
    touchpoint: String,
    product_line: String,
    /// Microseconds since 1970, UTC.
    time: i64,
    comment: Option<String>,
    customer: Option<u64>,
}

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }
}

fn main() {
    let mut random = Random(SEED);
    let mut answers = Vec::new();
    for name in ["fi-1", "fi-2", "en", "sv", "other"] {
        for line in lines(name) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [language, score, channel, touchpoint, product_line, months, comment] = cells[..]
            else {
                panic!("{name}: {line}")
            };
            let time = time(months, &mut random);
            let text = |text: &str| text.to_owned();
            answers.push(Answer {
                language: text(language),
                score: Some(score.parse().unwrap()),
                channel: text(channel),
                touchpoint: text(touchpoint),
                product_line: text(product_line),
                time,
                comment: Some(text(comment)),
                customer: None,
            });
        }
    }
    for _ in 0..WITHOUT_SCORE {
        let position = random.below(answers.len() as u64) as usize;
        answers[position].score = None;
    }
    add_short(&mut answers, &mut random);
    for (language, rows) in SILENT_ROWS {
        for _ in 0..rows {
            let score = *random.pick(&[
                Some(10),
                Some(10),
                Some(9),
                Some(9),
                Some(8),
                Some(8),
                Some(8),
                Some(7),
                Some(7),
                Some(6),
                Some(5),
                Some(3),
                None,
            ]);
            let mut answer = situation(language, score, None, &mut random);
            // Some systems write an empty answer as an empty string.
            answer.comment = random.below(3).eq(&0).then(String::new);
            answers.push(answer);
        }
    }
    answers.sort_by(|a, b| (a.time, &a.comment).cmp(&(b.time, &b.comment)));
    for answer in &mut answers {
        // A third of the answers come from a tenth of the customers, over several channels.
        let customer = if random.below(3) == 0 {
            random.below(CUSTOMERS / 10)
        } else {
            random.below(CUSTOMERS)
        };
        answer.customer = (random.below(50) > 0).then_some(customer);
    }
    write(&answers);
}

fn lines(name: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(SOURCE).join(format!("{name}.tsv"))).unwrap();
    text.lines().skip(1).map(str::to_owned).collect()
}

fn add_short(answers: &mut Vec<Answer>, random: &mut Random) {
    let short: Vec<Vec<String>> =
        lines("short").iter().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    for (language, rows) in SHORT_ROWS {
        let mut urn = Vec::new();
        for cells in short.iter().filter(|cells| cells[0] == language) {
            urn.extend(std::iter::repeat_n(cells, cells[3].parse().unwrap()));
        }
        for _ in 0..rows {
            let cells = *random.pick(&urn);
            let (low, high): (i32, i32) = (cells[1].parse().unwrap(), cells[2].parse().unwrap());
            let score = low + random.below((high - low + 1) as u64) as i32;
            answers.push(situation(language, Some(score), Some(cells[4].clone()), random));
        }
    }
}

fn situation(
    language: &str,
    score: Option<i32>,
    comment: Option<String>,
    random: &mut Random,
) -> Answer {
    let (channel, touchpoint, product_line) = *random.pick(&SITUATIONS);
    let text = |text: &str| text.to_owned();
    let time = time("any", random);
    Answer {
        language: text(language),
        score,
        channel: text(channel),
        touchpoint: text(touchpoint),
        product_line: text(product_line),
        time,
        comment,
        customer: None,
    }
}

/// A moment in the months of a row: `any`, or `2026-03..2026-08`.
fn time(months: &str, random: &mut Random) -> i64 {
    let index = |month: &str| {
        let (year, number) = month.split_once('-').unwrap();
        (year.parse::<i64>().unwrap() - FIRST_MONTH.0) * 12 + number.parse::<i64>().unwrap()
            - FIRST_MONTH.1
    };
    let (first, last) = match months.split_once("..") {
        Some((first, last)) => (index(first), index(last)),
        None => (0, MONTHS - 1),
    };
    assert!(0 <= first && first <= last && last < MONTHS, "{months}");
    let month = first + random.below((last - first + 1) as u64) as i64;
    let start = days(month);
    let day = start + random.below((days(month + 1) - start) as u64) as i64;
    // Most answers come between 7 and 21 UTC.
    let second = 7 * 3600 + random.below(14 * 3600) as i64;
    (day * 86_400 + second) * 1_000_000
}

/// Days from 1970 to the first of a month counted from the first month of the data.
fn days(month: i64) -> i64 {
    let number = FIRST_MONTH.1 - 1 + month;
    let (year, month) = (FIRST_MONTH.0 + number.div_euclid(12), number.rem_euclid(12) + 1);
    let date = jiff::civil::date(year as i16, month as i8, 1);
    i64::from(date.since(jiff::civil::date(1970, 1, 1)).unwrap().get_days())
}

fn write(answers: &[Answer]) {
    let _ = fs::remove_dir_all(OUTPUT);
    let mut months: BTreeMap<i64, Vec<(usize, &Answer)>> = BTreeMap::new();
    for (number, answer) in answers.iter().enumerate() {
        let day = answer.time.div_euclid(86_400_000_000);
        let month = (0..MONTHS).rev().find(|&month| days(month) <= day).unwrap();
        months.entry(month).or_default().push((number, answer));
    }
    for (month, rows) in months {
        let number = FIRST_MONTH.1 - 1 + month;
        let folder =
            format!("{OUTPUT}/month={}-{:02}", FIRST_MONTH.0 + number / 12, number % 12 + 1);
        fs::create_dir_all(&folder).unwrap();
        let text = |value: &dyn Fn(&Answer) -> Option<String>| {
            Arc::new(StringArray::from(
                rows.iter().map(|(_, answer)| value(answer)).collect::<Vec<_>>(),
            )) as ArrayRef
        };
        let survey = |answer: &Answer| {
            if ["fi", "en", "sv"].contains(&answer.language.as_str()) {
                answer.language.clone()
            } else {
                "en".to_owned()
            }
        };
        let region =
            |customer: u64| REGIONS[(customer * 7 % REGIONS.len() as u64) as usize].to_owned();
        let ids: Vec<String> =
            rows.iter().map(|(number, _)| format!("r-{:05}", number + 1)).collect();
        let scores: Vec<Option<i32>> = rows.iter().map(|(_, answer)| answer.score).collect();
        let times: Vec<i64> = rows.iter().map(|(_, answer)| answer.time).collect();
        let batch = RecordBatch::try_from_iter_with_nullable([
            ("response_id", Arc::new(StringArray::from(ids)) as ArrayRef, false),
            ("comment", text(&|answer| answer.comment.clone()), true),
            ("score", Arc::new(Int32Array::from(scores)), true),
            (
                "customer_id",
                text(&|answer| answer.customer.map(|customer| format!("c-{customer:04}"))),
                true,
            ),
            (
                "created_at",
                Arc::new(TimestampMicrosecondArray::from(times).with_timezone("UTC")),
                true,
            ),
            ("survey_language", text(&|answer| Some(survey(answer))), true),
            ("channel", text(&|answer| Some(answer.channel.clone())), true),
            ("touchpoint", text(&|answer| Some(answer.touchpoint.clone())), true),
            ("region", text(&|answer| answer.customer.map(region)), true),
            ("product_line", text(&|answer| Some(answer.product_line.clone())), true),
        ])
        .unwrap();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(Default::default()))
            .build();
        let file = fs::File::create(format!("{folder}/feedback.parquet")).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
    }
    println!("{} answers in {OUTPUT}", answers.len());
}
