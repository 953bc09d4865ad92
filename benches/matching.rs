//! Matching words alone, one core, nothing remembered from word to word.
//!
//! `cargo bench --bench matching`: the words of the sample data's comments in each language, in running text (frequent words
//! come often, as in life), against that language's embedded entries; beside them Snowball stemming of the same words.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at the first surprise"
)]

use arrow::array::AsArray;
use kymppi::config::{Languages, LexiconPaths};
use kymppi::lexicons::Lexicons;
use kymppi::morphology::{Search, Stemmer};
use kymppi::text::{Gap, Language, TokenKind, normalise, tokenise};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rustix::time::{ClockId, clock_gettime};
use std::fs::{self, File};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const PASSES: usize = 20;

fn main() {
    let start = Instant::now();
    let lexicons = Lexicons::load(&LexiconPaths::default(), &Languages::default()).unwrap();
    println!("loading the lexicons of three languages: {:.2} s", start.elapsed().as_secs_f64());
    println!(
        "{:<10} {:>8} {:>10} {:>10} {:>16} {:>16}",
        "", "words", "stems", "matched", "words/s", "Snowball, words/s"
    );
    for language in Language::ALL {
        let lexicon = lexicons.of(language).unwrap();
        // One behind the other, as they stand in texts: memory is then read ahead of both, not waited for word by word.
        let text = words(language).join("\n");
        let words: Vec<&str> = text.lines().collect();
        let mut search = Search::default();
        let mut matched = 0;
        let matching = best(|| {
            matched = 0;
            for word in &words {
                lexicon.matcher().find(word, &mut search);
                matched += usize::from(!search.matches.is_empty());
            }
        });
        let stemmer = Stemmer::new(Some(language));
        let mut stem = String::new();
        let stemming = best(|| {
            for word in &words {
                stem.clear();
                stemmer.stem(word, &mut stem);
                black_box(&stem);
            }
        });
        let rate = |seconds: f64| words.len() as f64 / seconds;
        println!(
            "{:<10} {:>8} {:>10} {:>9.1}% {:>16.0} {:>16.0}",
            language.code(),
            words.len(),
            lexicon.matcher().stems(),
            100.0 * matched as f64 / words.len() as f64,
            rate(matching),
            rate(stemming)
        );
    }
}

/// CPU seconds of the best pass.
fn best(mut pass: impl FnMut()) -> f64 {
    let cpu = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let timed = |_| {
        let start = cpu();
        pass();
        cpu() - start
    };
    (0..PASSES).map(timed).fold(f64::INFINITY, f64::min)
}

/// The normalised words of the sample comments whose survey was in a language.
fn words(language: Language) -> Vec<String> {
    let mut words = Vec::new();
    for path in files(Path::new("sample_data/feedback")) {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        for batch in reader.build().unwrap() {
            let batch = batch.unwrap();
            let column =
                |name: &str| batch.column_by_name(name).unwrap().as_string::<i32>().clone();
            let rows = column("comment");
            for (text, survey) in rows.iter().zip(column("survey_language").iter()) {
                if survey != Some(language.code()) {
                    continue;
                }
                let text = text.unwrap_or_default();
                let mut tokens = Vec::new();
                tokenise(text, 0..text.len(), Gap::Open, &mut tokens);
                for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
                    let mut word = String::new();
                    normalise(token.of(text), &mut word);
                    words.push(word);
                }
            }
        }
    }
    words
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
