//! The command line: messages, exit codes, signals.

use crate::support::Job;
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn kymppi() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kymppi"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("KYMPPI_LOG");
    command
}

/// Exit code, standard output, standard error.
fn outcome(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn run_prints_a_readable_summary_that_ends_with_where_the_tables_are() {
    let folder = TempDir::new().unwrap();
    let output = format!("output.path={}", folder.path().join("out").display());
    let (code, out, err) =
        outcome(kymppi().args(["run", "pipelines/sample.toml", "--set", &output]));
    assert_eq!((code, err.as_str()), (0, ""));
    let shown = out.replace(&folder.path().display().to_string(), "TMP").replace('\u{a0}', " ");
    let first = shown.lines().next().unwrap();
    assert!(first.starts_with("1 600 responses from 12 files in "), "{first}");
    // Everything below the first line depends on the data alone.
    let rest: Vec<&str> = shown.lines().skip(1).collect();
    insta::assert_snapshot!("summary", rest.join("\n"));
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let quoted: Vec<&str> = readme.lines().filter(|line| line.contains(" points (")).collect();
    assert!(
        quoted.len() >= 6 && quoted.iter().all(|line| rest.contains(line)),
        "README.md quotes old figures"
    );
    let mentions = first.rsplit("; ").next().unwrap();
    assert!(readme.contains(mentions), "README.md quotes other figures than {mentions}");
}

#[test]
fn quiet_prints_nothing_and_json_one_line() {
    let job = Job::new().rows(&[("Hyvä palvelu", 10), ("Huono palvelu", 2)]);
    let pipeline = job.pipeline_file();
    assert_eq!(
        outcome(kymppi().arg("run").arg(&pipeline).arg("--quiet")),
        (0, String::new(), String::new())
    );
    let (code, out, _) = outcome(kymppi().arg("run").arg(&pipeline).args(["--log-format", "json"]));
    assert_eq!(code, 0);
    assert_eq!(out.lines().count(), 1);
    let summary: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(summary["rows"], 2);
    assert_eq!(summary["bands"]["high"], 1);
}

#[test]
fn a_dry_run_says_what_would_be_done_and_writes_nothing() {
    let job = Job::new().rows(&[("Hyvä", 10)]);
    let (code, out, _) = outcome(kymppi().arg("run").arg(job.pipeline_file()).arg("--dry-run"));
    assert_eq!(code, 0);
    assert!(out.starts_with("1 rows in 1 files would be read"), "{out}");
    assert!(out.contains("data.parquet"));
    assert!(!job.output().exists());
    let left: Vec<_> =
        fs::read_dir(job.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn wrong_usage_and_configuration_exit_with_2() {
    for arguments in [
        &["run"][..],
        &["fly"],
        &["run", "pipelines/sample.toml", "--threads", "0"],
        &["run", "x.toml", "--log-format", "xml"],
    ] {
        assert_eq!(outcome(kymppi().args(arguments)).0, 2, "{arguments:?}");
    }
    let (code, _, err) =
        outcome(kymppi().args(["run", "pipelines/sample.toml", "--date", "31.1.2026"]));
    assert_eq!(
        (code, err.as_str()),
        (2, "kymppi: --date 31.1.2026: no date; write it as 2026-01-31\n")
    );
    let (code, _, err) = outcome(kymppi().args([
        "run",
        "pipelines/sample.toml",
        "--set",
        "input.columns.text=[\"coment\"]",
    ]));
    assert_eq!(code, 2);
    assert!(err.contains("there is no column `coment`") && err.contains("comment"), "{err}");
    let (code, _, err) = outcome(kymppi().args(["run", "no-such.toml"]));
    assert_eq!(code, 1);
    assert!(err.contains("no-such.toml: cannot read"), "{err}");
}

#[test]
fn no_input_exits_with_4() {
    let folder = TempDir::new().unwrap();
    let set = format!("input.path={}", folder.path().display());
    let (code, _, err) = outcome(kymppi().args(["run", "pipelines/sample.toml", "--set", &set]));
    assert_eq!(code, 4);
    assert!(err.contains("no Parquet file here"), "{err}");
}

#[test]
fn config_prints_what_is_in_force() {
    let (code, out, _) =
        outcome(kymppi().args(["config", "pipelines/sample.toml", "--set", "score.scale=school"]));
    assert_eq!(code, 0);
    assert!(
        out.contains("scale = \"school\"")
            && out.contains("max_text_chars = 20000")
            && out.contains("[privacy]"),
        "{out}"
    );
}

#[test]
fn init_writes_a_pipeline_that_runs() {
    let folder = TempDir::new().unwrap();
    let file = "sample_data/feedback/month=2026-03/feedback.parquet";
    let (code, out, _) = outcome(kymppi().args(["init", file]));
    assert_eq!(code, 0);
    insta::assert_snapshot!("init", out);
    let pipeline = folder.path().join("p.toml");
    fs::write(&pipeline, &out).unwrap();
    let output = format!("output.path={}", folder.path().join("out").display());
    assert_eq!(
        outcome(kymppi().arg("run").arg(&pipeline).args(["--quiet", "--set", &output])).0,
        0
    );
    assert!(folder.path().join("out/_SUCCESS").exists());
    assert_eq!(outcome(kymppi().args(["init", "README.md"])).0, 1);
}

#[test]
fn explain_shows_every_stage_for_people_and_machines() {
    let text =
        "Asiakaspalvelu oli todella ystävällinen, mutta en saanut laskua. Soittakaa 040 123 4567!";
    let (code, out, _) = outcome(kymppi().args(["explain", text]));
    assert_eq!(code, 0);
    insta::assert_snapshot!("explain", out);
    assert!(!out.contains("4567"));
    // Also where the clause has no mention, and inside a phrase that spans it.
    for secret in ["soittakaa numeroon 040 123 4567 minulle", "sovellus ei 040 123 4567 toimi"] {
        for format in ["text", "json"] {
            let (code, out, _) = outcome(kymppi().args(["explain", "--format", format, secret]));
            assert!(code == 0 && out.contains("[phone]") && !out.contains("4567"), "{out}");
        }
    }
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, quoted, _) =
        outcome(kymppi().args(["explain", "Myyjä oli ystävällinen, mutta lasku oli väärin"]));
    let quoted = quoted.trim();
    assert!(readme.contains(quoted), "README.md quotes another explanation than {quoted}");
    let (_, json, _) = outcome(kymppi().args(["explain", "--format", "json", text]));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["clauses"].as_array().unwrap().len(), 3);
    let (_, english, _) = outcome(kymppi().args(["explain", "--language", "en", "hyvä"]));
    assert!(english.contains("language   en"), "{english}");
    let (_, piped, _) = outcome(kymppi().args(["explain", "-"]).write_stdin("Hyvä palvelu\n"));
    assert!(piped.starts_with("Hyvä palvelu\n"), "{piped}");
    assert_eq!(outcome(kymppi().args(["explain", ""])).0, 0);
    assert_eq!(outcome(kymppi().args(["explain", "--language", "xx", "a"])).0, 2);
}

#[test]
fn explain_finds_a_row_and_names_the_question() {
    let sample = ["explain", "--pipeline", "pipelines/sample.toml"];
    let (code, out, _) = outcome(kymppi().args(sample).args(["--id", "r-00030"]));
    assert_eq!(code, 0);
    assert!(out.contains("\nrow        r-00030 (month="), "{out}");
    assert!(out.contains("\nscore      6 (low)\n"), "{out}");
    let (_, json, _) = outcome(kymppi().args(sample).args(["--id", "r-00030", "--format", "json"]));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&value["row"]["id"], &value["row"]["band"]), (&"r-00030".into(), &"low".into()));
    let (code, _, err) = outcome(kymppi().args(sample).args(["--id", "nobody"]));
    assert!(code == 2 && err.contains("has the id `nobody`"), "{err}");
    let elsewhere = ["explain", "--pipeline", "docs/two-questions.toml"];
    assert_eq!(outcome(kymppi().args(elsewhere).args(["--id", "x"])).0, 4, "no input file");
    let asked = |question: &str| {
        outcome(kymppi().args(elsewhere).args(["--question", question, "Ei mitään"]))
    };
    assert!(asked("improve").1.contains(" positive") && asked("liked").1.contains(" negative"));
    let (code, _, err) = asked("other");
    assert!(code == 2 && err.contains("liked, improve"), "{err}");
    for wrong in [&["explain"][..], &["explain", "--id", "x"], &["explain", "--question", "x", "a"]]
    {
        assert_eq!(outcome(kymppi().args(wrong)).0, 2, "{wrong:?}");
    }
}

#[test]
fn generate_gives_the_same_bytes_for_the_same_seed() {
    let folder = TempDir::new().unwrap();
    let make = |name: &str, seed: &str| {
        let output = folder.path().join(name);
        let (code, _, err) = outcome(
            kymppi().args(["generate", "--rows", "600", "--seed", seed, "--output"]).arg(&output),
        );
        assert_eq!(code, 0, "{err}");
        fs::read(output.join("month=2026-01/part-0.parquet")).unwrap()
    };
    assert_eq!(make("a", "1"), make("b", "1"));
    assert_ne!(make("c", "2"), make("d", "1"));
    let (code, _, err) =
        outcome(kymppi().args(["generate", "--rows", "5", "--output"]).arg(folder.path()));
    assert_eq!(code, 2);
    assert!(err.contains("not empty"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_signal_stops_the_run_and_publishes_nothing() {
    let folder = TempDir::new().unwrap();
    let (input, output) = (folder.path().join("in"), folder.path().join("out"));
    assert_eq!(
        outcome(kymppi().args(["generate", "--rows", "60000", "--output"]).arg(&input)).0,
        0
    );
    for (signal, expected) in [("INT", 130), ("TERM", 143)] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kymppi"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["run", "pipelines/sample.toml", "--quiet", "--threads", "1"])
            .args([
                "--set",
                &format!("input.path={}", input.display()),
                "--set",
                &format!("output.path={}", output.display()),
            ])
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // The staging tree appears once the run listens to signals.
        let started = || {
            fs::read_dir(folder.path())
                .unwrap()
                .any(|e| e.unwrap().file_name().to_string_lossy().starts_with(".out.next-"))
        };
        while !started() {
            assert!(
                child.try_wait().unwrap().is_none(),
                "the run ended before it could be stopped"
            );
            std::thread::yield_now();
        }
        let kill = std::process::Command::new("kill")
            .arg(format!("-{signal}"))
            .arg(child.id().to_string())
            .status()
            .unwrap();
        assert!(kill.success());
        assert_eq!(child.wait().unwrap().code(), Some(expected));
        assert!(!output.exists() && !started(), "{signal} left something behind");
    }
}

#[test]
fn the_readme_names_only_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let links = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://") && !link.starts_with('#'));
    let mut seen = 0;
    for link in links {
        assert!(root.join(link.split('#').next().unwrap()).exists(), "README.md links to {link}");
        seen += 1;
    }
    assert!(seen > 3);
}
