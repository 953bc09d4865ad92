//! The sample data and its source: hand-written comments, none repeated, no personal data of anybody.

use crate::support::{files_below, read_parquet, text};
use kymppi::language::Detector;
use kymppi::text::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data")
}

/// (language, comment) of every written comment.
fn written() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for name in ["fi-1", "fi-2", "en", "sv", "other"] {
        let source = fs::read_to_string(root().join("source").join(format!("{name}.tsv"))).unwrap();
        for line in source.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 7, "{name}: {line}");
            found.push((cells[0].to_owned(), cells[6].to_owned()));
        }
    }
    found
}

fn published(column: &str) -> Vec<String> {
    files_below(&root().join("feedback"))
        .iter()
        .flat_map(|file| text(&read_parquet(file), column))
        .collect()
}

fn words(comment: &str) -> Vec<String> {
    comment
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[test]
fn comments_do_not_repeat() {
    let comments = published("comment");
    let mut long: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut sequences: BTreeMap<Vec<String>, BTreeSet<usize>> = BTreeMap::new();
    for (number, comment) in comments.iter().enumerate() {
        let words = words(comment);
        if words.len() >= 6 {
            *long.entry(words.clone()).or_default() += 1;
        }
        for five in words.windows(5) {
            sequences.entry(five.to_vec()).or_default().insert(number);
        }
    }
    let twice: Vec<_> = long.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let worn: Vec<_> = sequences.iter().filter(|(_, comments)| comments.len() > 6).collect();
    assert!(worn.is_empty(), "{worn:?}");
}

#[test]
fn the_data_has_its_size_and_shares() {
    let comments = written();
    let distinct: BTreeSet<&String> = comments.iter().map(|(_, comment)| comment).collect();
    assert!(distinct.len() >= 900, "{} different comments", distinct.len());
    let rows = published("response_id");
    assert_eq!(rows.len(), 1600);
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), 1600, "ids are unique");
    let share = |language: &str| {
        comments.iter().filter(|(code, _)| code == language).count() as f64 / comments.len() as f64
    };
    assert!(
        (0.55..0.65).contains(&share("fi"))
            && (0.28..0.38).contains(&share("en"))
            && (0.03..0.08).contains(&share("sv"))
    );
    let customers: BTreeMap<String, usize> =
        published("customer_id").into_iter().fold(BTreeMap::new(), |mut counts, id| {
            *counts.entry(id).or_default() += 1;
            counts
        });
    assert!(customers.values().filter(|count| **count > 1).count() > 200, "customers come back");
    let silent = published("comment")
        .iter()
        .filter(|comment| comment.as_str() == "-" || comment.is_empty())
        .count();
    assert!(silent >= 120, "{silent} answers without text");
    assert_eq!(files_below(&root().join("feedback")).len(), 12, "one file a month");
}

#[test]
fn every_written_comment_is_published() {
    let published: BTreeSet<String> = published("comment").into_iter().collect();
    for (_, comment) in written() {
        assert!(
            published.contains(&comment),
            "run `cargo run --example sample_data`: missing {comment}"
        );
    }
}

#[test]
fn contact_data_comes_from_ranges_kept_for_examples() {
    for comment in published("comment") {
        for word in comment.split_whitespace().filter(|word| word.contains('@')) {
            let address = word.trim_matches(|c: char| !c.is_alphanumeric());
            let domain = address.rsplit('@').next().unwrap();
            assert!(["example.com", "example.fi", "example.org"].contains(&domain), "{comment}");
        }
    }
}

#[test]
fn comments_are_recognised_in_the_language_they_are_written_in() {
    let detector = Detector::new(&Language::ALL, Some(Language::FINNISH));
    let comments = written();
    let code = |comment: &str| detector.detect(comment).language.map_or("-", Language::code);
    let wrong: Vec<String> = comments
        .iter()
        .filter(|(language, comment)| code(comment) != language)
        .map(|(language, comment)| format!("{language} as {}: {comment}", code(comment)))
        .collect();
    assert!(wrong.len() * 200 <= comments.len(), "{}", wrong.join("\n"));
}
