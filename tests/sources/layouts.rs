//! Dataset layouts: which files a path of the input means, and where their tables stand in the output.

use super::{ADDED, PRAISE, feedback, numbers, part, parts, texts};
use crate::support::{Job, Tables, batch, names, text, write_parquet};
use kymppi::run::{self, Options};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

/// Runs a job on another input path than its folder `in`.
fn run_at(job: &Job, input: &Path) -> Tables {
    let mut config = job.config().unwrap();
    config.input.path = input.display().to_string();
    run::run(&config, &Options { threads: 2 }, &()).unwrap();
    Tables::at(&job.output())
}

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
