//! Outputs that must not be touched: those of others, those in use, and the old one of a run that fails or is stopped.

use super::{COMPLAINT, PRAISE, beside, fails, feedback, footer, rows, run_with, snapshot, sound};
use crate::support::{Job, Tables, files_below, write_parquet};
use kymppi::error::Error;
use kymppi::run::{self, Options, Progress};
use std::fs::{self, File};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn an_output_that_is_a_file_or_a_folder_of_something_else_is_refused() {
    let job = Job::new().file("a.parquet", &feedback());
    fs::write(job.output(), "precious").unwrap();
    assert!(matches!(fails(&job, 2, &["out: is not a folder"]), Error::Output { .. }));
    assert_eq!(fs::read(job.output()).unwrap(), b"precious");
    fs::remove_file(job.output()).unwrap();

    fs::create_dir_all(job.output().join("holiday")).unwrap();
    fs::write(job.output().join("holiday/photo.jpg"), "precious").unwrap();
    fails(&job, 2, &["holds no kymppi run.json"]);
    for manifest in ["", "{}", "{\"tool\": \"another\"}", "[\"kymppi\"]"] {
        fs::write(job.output().join("run.json"), manifest).unwrap();
        fails(&job, 2, &["holds no kymppi run.json"]);
    }
    fs::remove_dir_all(job.output()).unwrap();
    fs::create_dir(job.output()).unwrap();
    assert_eq!(job.run().responses().num_rows(), 2, "an empty folder is replaced");
    assert_eq!(beside(&job), ["out"]);
}

#[test]
fn an_output_equal_to_inside_or_around_the_input_is_refused() {
    let job = Job::new().file("deep/a.parquet", &feedback()).file("deep/b.parquet", &feedback());
    let folder = job.folder.path().to_owned();
    let before = snapshot(&folder);
    let attempt = |input: &str, output: &str| {
        run_with(&job, |config| {
            config.input.path = folder.join(input).display().to_string();
            config.output.path = folder.join(output);
        })
    };
    let refused = [
        ("in", "in"),
        ("in", "in/out"),
        ("in", ""),
        ("in", "in/missing/../deep"),
        ("in", "out/../in/./new"),
        ("in/deep", "in"),
        ("in/deep", "in/deep/new"),
        ("in/deep/a.parquet", "in/deep/a.parquet"),
        ("in/deep/a.parquet", "in/deep/a.parquet/new"),
        ("in/deep/a.parquet", "in/deep"),
        ("in/*/*.parquet", "in"),
        ("in/*/*.parquet", "in/deep"),
        // The next run would find the tables of this one.
        ("in/**/*.parquet", "in/new"),
    ];
    for (input, output) in refused {
        let error = attempt(input, output).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{output} from {input}: {error}");
        assert!(
            matches!(&error, Error::Output { message, .. } if message.contains("in or around")),
            "{error}"
        );
    }
    std::os::unix::fs::symlink(job.input(), folder.join("alias")).unwrap();
    let error = attempt("in", "alias/new").unwrap_err();
    assert!(matches!(error, Error::Output { .. }), "through a link: {error}");
    fs::remove_file(folder.join("alias")).unwrap();
    assert_eq!(snapshot(&folder), before);
    attempt("in/deep/a.parquet", "in/deep/beside").unwrap();
    assert!(folder.join("in/deep/beside/_SUCCESS").exists(), "beside a single file there is room");
}

#[test]
fn an_output_inside_a_lexicon_folder_is_refused() {
    let job = Job::new().file("a.parquet", &feedback());
    let own = job.folder.path().join("words");
    fs::create_dir_all(own.join("fi")).unwrap();
    fs::write(own.join("fi/sentiment.tsv"), "entry\tvalence\tnote\nkelpo\t1\t\n").unwrap();
    let error = run_with(&job, |config| {
        config.lexicons.extend = vec![own.clone()];
        config.output.path = own.join("fi");
    })
    .unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().contains("in or around"), "{error}");
    assert!(own.join("fi/sentiment.tsv").exists());
}

#[test]
fn the_output_of_an_earlier_run_is_replaced_as_a_whole() {
    let job = Job::new().file("a.parquet", &feedback()).file("old.parquet", &feedback());
    let first = job.run();
    assert_eq!(files_below(&first.output.join("responses")).len(), 2);
    fs::remove_file(job.input().join("old.parquet")).unwrap();
    let job = job.file("new.parquet", &rows(&[Some(COMPLAINT)]));
    let tables = job.run();
    let names: Vec<String> = tables.bytes().into_keys().collect();
    let tables_of = |file: &str| {
        ["mentions", "responses", "signals"].map(|table| format!("{table}/{file}.parquet"))
    };
    for name in tables_of("a").iter().chain(&tables_of("new")) {
        assert!(names.contains(name), "{name}");
    }
    assert!(names.iter().all(|name| !name.contains("old")), "{names:?}");
    assert_eq!(tables.record()["counts"]["rows_out"], 3);
    assert_eq!(beside(&job), ["out"]);
}

#[test]
fn what_killed_runs_left_behind_is_cleared_or_put_back() {
    let job = Job::new().file("a.parquet", &feedback());
    let folder = job.folder.path().to_owned();
    fs::create_dir_all(folder.join(".out.next-dead/responses")).unwrap();
    fs::write(folder.join(".out.next-dead/responses/a.parquet"), "half").unwrap();
    fs::create_dir_all(folder.join(".outer.next-alive")).unwrap();
    let old = job.run().bytes();
    assert_eq!(beside(&job), [".outer.next-alive", "out"], "another output's tree is not ours");

    // A kill between the two renames: the old output is back even though this run fails.
    fs::rename(job.output(), folder.join(".out.old-x")).unwrap();
    fs::write(job.input().join("b.parquet"), "damaged").unwrap();
    assert_eq!(job.try_run().unwrap_err().exit_code(), 1);
    assert_eq!(
        beside(&job),
        [".out.old-x", ".outer.next-alive"],
        "nothing is touched before the input is sound"
    );
    let (sound, bytes) = sound();
    let footer = footer(&bytes);
    let (start, length) = footer.row_group(2).column(1).byte_range();
    let mut bytes = bytes.clone();
    bytes[start as usize..(start + length) as usize].fill(0xFF);
    drop(sound);
    fs::write(job.input().join("b.parquet"), &bytes).unwrap();
    assert_eq!(job.try_run().unwrap_err().exit_code(), 1);
    assert_eq!(beside(&job), [".outer.next-alive", "out"]);
    assert_eq!(Tables::at(&job.output()).bytes(), old);

    // With an output in place, an older one is rubbish.
    fs::create_dir(folder.join(".out.old-y")).unwrap();
    fs::remove_file(job.input().join("b.parquet")).unwrap();
    assert_eq!(job.run().bytes(), old);
    assert_eq!(beside(&job), [".outer.next-alive", "out"]);
}

#[test]
fn an_output_below_a_file_cannot_be_made() {
    let job = Job::new().file("a.parquet", &feedback());
    fs::write(job.folder.path().join("file"), "precious").unwrap();
    for below in ["file/out", "file/deeper/out"] {
        let error = run_with(&job, |config| config.output.path = job.folder.path().join(below))
            .unwrap_err();
        assert_eq!(error.exit_code(), 1, "{error}");
        assert!(matches!(error, Error::Io { action: "create", .. }), "{error}");
    }
    assert_eq!(fs::read(job.folder.path().join("file")).unwrap(), b"precious");
    assert_eq!(beside(&job), ["file"]);
}

#[test]
fn a_second_run_on_the_same_output_is_told_to_wait() {
    let job = Job::new().file("a.parquet", &feedback());
    let old = job.run().bytes();
    let path = job.folder.path().join(".out.lock");
    let lock = File::create(&path).unwrap();
    lock.lock().unwrap();
    // The tree of the run that holds the lock is alive.
    fs::create_dir(job.folder.path().join(".out.next-alive")).unwrap();
    let error = fails(&job, 75, &[".out.lock", "another run holds the lock"]);
    assert!(matches!(error, Error::Locked { path: lock } if lock == path));
    assert_eq!(beside(&job), [".out.next-alive", "out"]);
    lock.unlock().unwrap();
    assert_eq!(job.run().bytes(), old);
    assert_eq!(beside(&job), ["out"]);
}

#[test]
fn a_disk_that_takes_no_more_fails_the_run_and_leaves_the_old_output() {
    let (job, bytes) = sound();
    let old = job.run().bytes();
    fs::write(job.input().join("c.parquet"), bytes).unwrap();
    // Without the signal, a write beyond the limit on file sizes is an error as on a full disk.
    let run = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 16; exec \"$0\" run \"$1\" --quiet"])
        .arg(env!("CARGO_BIN_EXE_kymppi"))
        .arg(job.pipeline_file())
        .output()
        .unwrap();
    let message = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{message}");
    assert!(message.contains("b.parquet") && message.contains("too large"), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    assert_eq!(beside(&job), ["out", "pipeline.toml"]);
    assert_eq!(Tables::at(&job.output()).bytes(), old);
}

// Runs that are stopped.

/// Asks the run to stop the n-th time it is asked.
struct Stop {
    signal: i32,
    at: usize,
    asked: AtomicUsize,
}

impl Progress for Stop {
    fn stopped(&self) -> Option<i32> {
        (self.asked.fetch_add(1, Ordering::SeqCst) >= self.at).then_some(self.signal)
    }
}

#[test]
fn a_stopped_run_publishes_nothing_and_leaves_the_old_output() {
    let texts = [Some(PRAISE); 600];
    let job = Job::new();
    write_parquet(&job.input().join("a.parquet"), &rows(&texts), 20);
    for (signal, code) in [(2, 130), (15, 143)] {
        // Before anything is read, before anything is written, and when some row groups are.
        for at in [0, 1, 3] {
            let stop = Stop { signal, at, asked: AtomicUsize::new(0) };
            let before = snapshot(&job.output());
            let error =
                run::run(&job.config().unwrap(), &Options { threads: 1 }, &stop).unwrap_err();
            assert!(matches!(error, Error::Interrupted(number) if number == signal));
            assert_eq!(error.exit_code(), code);
            assert_eq!(snapshot(&job.output()), before);
            assert!(beside(&job).iter().all(|name| name == "out"), "{:?}", beside(&job));
        }
        // The second signal meets an older output.
        job.run();
    }
    let never = Stop { signal: 2, at: usize::MAX, asked: AtomicUsize::new(0) };
    run::run(&job.config().unwrap(), &Options { threads: 1 }, &never).unwrap();
    assert!(never.asked.load(Ordering::SeqCst) >= 4, "asked again and again");
}
