//! The whole job beside the floor: reading and rewriting the same file.
//!
//! `cargo bench --bench pipeline -- [ROWS ...]` (default 1000000). For each size it generates feedback, copies it with
//! default writer properties (zstd-1), runs `pipelines/sample.toml` on it with 1 and 2 threads, and prints CPU seconds,
//! wall seconds, rows per second, peak memory and the ratio of CPU to the copy with as many threads.
//! Language detection is timed apart, because whatlang alone costs several copies: once by itself, and once by running
//! the job with one configured language, which leaves nothing to detect (every row is then read as Finnish).
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at the first surprise"
)]

use arrow::array::AsArray;
use kymppi::config::{Config, Overrides};
use kymppi::language::Detector;
use kymppi::lexicons::all_words;
use kymppi::run::{Options, run};
use kymppi::text::Language;
use kymppi::workbench::generate;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use rayon::prelude::*;
use rustix::time::{ClockId, clock_gettime};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

const THREADS: [usize; 2] = [1, 2];
const REPEATS: usize = 3;

fn main() {
    let sizes: Vec<u64> =
        std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000_000] } else { sizes };
    let folder = std::env::temp_dir().join(format!("kymppi-bench-{}", std::process::id()));
    for rows in sizes {
        let input = folder.join(format!("input-{rows}"));
        generate::generate(
            &generate::Options { rows, output: &input, seed: 10, threads: 2 },
            &all_words(),
        )
        .unwrap();
        let bytes: u64 = files(&input).iter().map(|file| fs::metadata(file).unwrap().len()).sum();
        println!("\n{rows} rows, {} files, {:.1} MB", files(&input).len(), bytes as f64 / 1e6);
        println!(
            "{:<26} {:>8} {:>8} {:>10} {:>9} {:>10}",
            "", "cpu s", "wall s", "rows/s", "peak MB", "cpu/copy"
        );
        for threads in THREADS {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let copied = best(|| pool.install(|| copy(&input, &folder.join("copy"))));
            show(&format!("copy, {threads} threads"), rows, copied, copied.cpu);
            let config = config(&input, &folder.join("out"));
            let job = best(|| {
                run(&config, &Options { threads }, &()).unwrap();
            });
            show(&format!("whole job, {threads} threads"), rows, job, copied.cpu);
            let language = best(|| pool.install(|| detect(&input)));
            show(&format!("  language alone, {threads} thr."), rows, language, copied.cpu);
            let finnish = one_language(&config);
            let undetected = best(|| {
                run(&finnish, &Options { threads }, &()).unwrap();
            });
            show("  job without detection", rows, undetected, copied.cpu);
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[derive(Debug, Clone, Copy)]
struct Cost {
    cpu: f64,
    wall: f64,
    peak: f64,
}

/// The run with the least CPU time of a few.
fn best(mut work: impl FnMut()) -> Cost {
    let mut costs: Vec<Cost> = (0..REPEATS).map(|_| measure(&mut work)).collect();
    costs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    costs[0]
}

fn measure(work: &mut impl FnMut()) -> Cost {
    // Resets the high-water mark of memory (Linux); elsewhere the mark of the whole process is shown.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (cpu, wall) = (cpu(), Instant::now());
    work();
    Cost { cpu: self::cpu() - cpu, wall: wall.elapsed().as_secs_f64(), peak: peak() }
}

fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok())
        .unwrap_or_default()
        / 1e3
}

fn show(name: &str, rows: u64, cost: Cost, copy: f64) {
    let rate = rows as f64 / cost.wall;
    println!(
        "{name:<26} {:>8.2} {:>8.2} {rate:>10.0} {:>9.0} {:>10.2}",
        cost.cpu,
        cost.wall,
        cost.peak,
        cost.cpu / copy
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Reads every column and writes it again: zstd-1, default writer properties, one task a row group.
fn copy(input: &Path, output: &Path) {
    let _ = fs::remove_dir_all(output);
    fs::create_dir_all(output).unwrap();
    files(input).into_par_iter().enumerate().for_each(|(number, path)| {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .build();
        let file = File::create(output.join(format!("{number}.parquet"))).unwrap();
        let mut writer =
            ArrowWriter::try_new(file, reader.schema().clone(), Some(properties)).unwrap();
        for batch in reader.with_batch_size(8192).build().unwrap() {
            writer.write(&batch.unwrap()).unwrap();
        }
        writer.close().unwrap();
    });
}

/// Tells the language of every text and does nothing else.
fn detect(input: &Path) {
    let detector = Detector::new(&Language::ALL, Some(Language::FINNISH));
    files(input).into_par_iter().for_each(|path| {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
        let mask = parquet::arrow::ProjectionMask::columns(reader.parquet_schema(), ["comment"]);
        for batch in reader.with_projection(mask).build().unwrap() {
            for text in batch.unwrap().column(0).as_string::<i32>().iter().flatten() {
                std::hint::black_box(detector.detect(text));
            }
        }
    });
}

fn one_language(config: &Config) -> Config {
    let mut config = config.clone();
    config.language.score = vec!["fi".into()];
    config
}

fn config(input: &Path, output: &Path) -> Config {
    let text = include_str!("../pipelines/sample.toml");
    let set = vec![
        format!("input.path={}", input.display()),
        format!("output.path={}", output.display()),
    ];
    Config::parse(text, Path::new("pipelines/sample.toml"), &Overrides { set, date: None }).unwrap()
}
