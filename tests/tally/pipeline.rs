//! The counts of a whole run: the same for any number of threads, size of row groups and order of files; segments and
//! time from columns of any type and from the path.

use crate::support::{Job, batch, strings, write_parquet};
use arrow::array::{
    ArrayRef, Date32Array, Int64Array, TimestampMicrosecondArray, TimestampSecondArray,
};
use kymppi::run::{Options, read_state, run};
use kymppi::tally::Tally;
use std::sync::Arc;

const TEXTS: [&str; 6] = [
    "Todella ystävällinen palvelu, kiitos!",
    "Toimitus myöhästyi viikolla.",
    "The delivery was late and the invoice was wrong.",
    "Trevlig personal.",
    "-",
    "",
];
const COLUMNS: &str = "id = \"id\"\ntext = [\"text\"]\nscore = \"score\"\ncustomer = \"customer\"\ntime = \"time\"\nsegments = [\"channel\", \"touchpoint\"]\n";

fn part(from: i64, rows: i64) -> arrow::array::RecordBatch {
    let all = from..from + rows;
    let text = |name: &dyn Fn(i64) -> Option<String>| -> ArrayRef {
        let values: Vec<Option<String>> = all.clone().map(name).collect();
        strings(values.iter().map(Option::as_deref))
    };
    let times = all
        .clone()
        .map(|row| (row % 17 != 0).then_some(1_760_000_000_000_000 + row * 3_600_000_000));
    batch(&[
        ("id", text(&|row| Some(format!("r{row}")))),
        (
            "text",
            text(&|row| {
                (row % 13 != 0).then(|| TEXTS[usize::try_from(row % 6).unwrap()].to_owned())
            }),
        ),
        (
            "score",
            Arc::new(Int64Array::from_iter(
                all.clone().map(|row| (row % 11 != 5).then_some(row % 11)),
            )),
        ),
        ("customer", text(&|row| (row % 9 != 0).then(|| format!("c{}", row % 50)))),
        ("time", Arc::new(TimestampMicrosecondArray::from_iter(times).with_timezone("UTC"))),
        ("channel", text(&|row| (row % 7 != 0).then(|| format!("channel {}", row % 4)))),
        ("touchpoint", text(&|row| Some(format!("touchpoint {}", row % 5)))),
    ])
}

fn counted(job: &Job, threads: usize) -> Tally {
    run(&job.config().unwrap(), &Options { threads }, &()).unwrap().findings.tally
}

#[test]
fn threads_row_groups_and_file_order_do_not_matter() {
    let job = Job::new().columns(COLUMNS);
    write_parquet(&job.input().join("a.parquet"), &part(0, 1_500), 1_000_000);
    write_parquet(&job.input().join("b.parquet"), &part(1_500, 1_500), 1_000_000);
    let one = counted(&job, 1);
    assert_eq!(one.rows, 3_000);
    assert_eq!(one.time_missing, 177);
    assert_eq!(one.overall().scored(), 3_000 - 273);
    assert_eq!(
        one.segments[0].iter().map(|(value, _)| value).collect::<Vec<_>>(),
        ["", "channel 0", "channel 1", "channel 2", "channel 3"]
    );
    assert!(one.periods.iter().count() >= 4);
    assert_eq!(one.population.count(), (50 + 334, true), "without a customer: each its own");
    assert!(!one.terms.is_empty() && !one.follow_ups.call_back.is_empty());
    assert_eq!(one.journey.iter().count(), 5);
    assert!(one == counted(&job, 3));
    assert!(read_state(&job.output()).unwrap() == one, "nothing was folded");
    let other = Job::new().columns(COLUMNS);
    write_parquet(&other.input().join("a.parquet"), &part(1_500, 1_500), 7);
    write_parquet(&other.input().join("b.parquet"), &part(0, 1_500), 333);
    assert!(one == counted(&other, 2));
}

#[test]
fn time_is_read_from_columns_of_any_type() {
    let day = 20_488; // 2026-02-04
    let seconds = Arc::new(TimestampSecondArray::from(vec![Some(day * 86_400), None]));
    let times: [(&str, ArrayRef); 4] = [
        ("date", Arc::new(Date32Array::from(vec![Some(20_488), None]))),
        ("second", seconds),
        ("text", strings([Some("2026-02-04T10:00:00+02:00"), None].into_iter())),
        ("unreadable", strings([Some("4. helmikuuta"), None].into_iter())),
    ];
    for (name, time) in times {
        let job = Job::new().columns("text = [\"text\"]\ntime = \"time\"\n").file(
            "a.parquet",
            &batch(&[("text", strings([Some("Hyvä"), Some("Hyvä")].into_iter())), ("time", time)]),
        );
        let tally = counted(&job, 1);
        let periods: Vec<String> =
            tally.periods.iter().map(|(period, _)| tally.layout.calendar.name(period)).collect();
        let readable = name != "unreadable";
        assert_eq!(periods, if readable { vec!["2026-02"] } else { vec![] }, "{name}");
        assert_eq!((tally.time_missing, tally.time_invalid), (1, u64::from(!readable)), "{name}");
    }
}

#[test]
fn segments_and_time_may_stand_in_the_path() {
    let columns = "text = [\"text\"]\ntime = \"month\"\nsegments = [\"country\", \"stars\"]\n";
    let one = batch(&[
        ("text", strings([Some("Hyvä")].into_iter())),
        ("stars", Arc::new(Int64Array::from(vec![5]))),
    ]);
    let job = Job::new()
        .columns(columns)
        .file("country=FI/month=2026-01/a.parquet", &one)
        .file("country=S%C3%84/month=2026-02/a.parquet", &one)
        .file("country=__HIVE_DEFAULT_PARTITION__/month=2026-02/a.parquet", &one);
    let tally = counted(&job, 2);
    let values = |at: usize| tally.segments[at].iter().map(|(value, _)| value).collect::<Vec<_>>();
    assert_eq!(values(0), ["", "FI", "SÄ"]);
    assert_eq!(values(1), ["5"]);
    let periods: Vec<(String, u64)> = tally
        .periods
        .iter()
        .map(|(period, block)| (tally.layout.calendar.name(period), block.missing))
        .collect();
    assert_eq!(periods, [("2026-01".to_owned(), 1), ("2026-02".to_owned(), 2)]);
}
