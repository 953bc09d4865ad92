//! The pipeline file: defaults, messages, overrides, variables.

use insta::assert_snapshot;
use kymppi::config::{Config, DEFAULT_TOML, Expects, Overrides, Scale};
use std::path::Path;

const MINIMAL: &str =
    "[input]\npath = \"in\"\n[input.columns]\ntext = [\"comment\"]\n[output]\npath = \"out\"\n";

fn load(text: &str, set: &[&str]) -> Result<Config, String> {
    let set = set.iter().map(|s| (*s).to_owned()).collect();
    Config::parse(text, Path::new("job.toml"), &Overrides { set, date: None }).map_err(|error| {
        assert_eq!(error.exit_code(), 2);
        error.to_string()
    })
}

fn wrong(text: &str) -> String {
    load(text, &[]).unwrap_err()
}

/// A minimal pipeline with more lines in a section that it already has, or with a section of its own.
fn with(section: &str, lines: &str) -> String {
    let header = format!("[{section}]\n");
    if MINIMAL.contains(&header) {
        MINIMAL.replace(&header, &format!("{header}{lines}\n"))
    } else {
        format!("{MINIMAL}{header}{lines}\n")
    }
}

#[test]
fn default_toml_lists_every_key_with_its_default() {
    let required =
        "[input]\npath = \"in\"\n[input.columns]\ntext = [\"comment\"]\n[output]\npath = \"out\"\n";
    let in_force = load(required, &[]).unwrap();
    // As it stands, with only the required keys added, the file changes nothing.
    let filled = DEFAULT_TOML
        .replace("# path = \"feedback\"", "path = \"in\"")
        .replace("# text = [\"comment\"]", "text = [\"comment\"]")
        .replace("# path = \"out/feedback\"", "path = \"out\"");
    assert_eq!(load(&filled, &[]).unwrap(), in_force);
    // With every commented key in force the file is still fine, and it then holds every key there is.
    let all: String = DEFAULT_TOML
        .lines()
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|rest| rest.contains(" = ") && !rest.contains("relative to"))
                .unwrap_or(line)
        })
        .map(|line| format!("{line}\n"))
        .collect();
    let all = all
        .replace("scale = \"nps\"", "scale = \"ces\"")
        .replace("high = [9, 10]", "high = [6, 7]")
        .replace("low = [0, 6]", "low = [1, 3]");
    let everything: toml::Table = load(&all, &[]).unwrap().to_toml().parse().unwrap();
    let written: toml::Table = all.parse().unwrap();
    assert_eq!(keys("", &written), keys("", &everything));
}

fn keys(prefix: &str, table: &toml::Table) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) if !inner.is_empty() => {
                found.extend(keys(&format!("{prefix}{key}."), inner));
            }
            _ => found.push(format!("{prefix}{key}")),
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_in_force_is_a_pipeline_file_again() {
    let config = load(
        &with("score", "scale = { min = 0, max = 100 }\nhigh = [80, 100]\nlow = [0, 40]"),
        &[],
    )
    .unwrap();
    assert_eq!(config.score.scale, Scale::Custom { min: 0.0, max: 100.0 });
    assert_eq!(load(&config.to_toml(), &[]).unwrap(), config);
}

#[test]
fn unknown_keys_are_named_with_their_place_and_their_neighbours() {
    assert_snapshot!(wrong(&with("output", "prefx = \"k_\"")), @r"job.toml:6:1: unknown key `prefx`; did you mean `prefix`? Known here: path, prefix, stems");
    assert_snapshot!(wrong(&with("input.columns", "text_column = \"a\"")), @r"job.toml:4:1: unknown key `text_column`; known here: id, text, score, customer, time, language, segments");
    assert_snapshot!(wrong(&with("driver", "k_anon = 10")), @r"job.toml:7:2: unknown key `driver`; did you mean `drivers`? Known here: input, score, time, language, lexicons, drivers, journey, privacy, output");
    assert_snapshot!(wrong(&MINIMAL.replace("[\"comment\"]", "[{ colum = \"comment\" }]")), @r"job.toml:4:9: unknown key `colum`; did you mean `column`? Known here: column, expects");
    assert_snapshot!(wrong(&with("score", "scale = { min = 0, maxi = 9 }")), @r"job.toml:8:9: unknown key `maxi`; did you mean `max`? Known here: min, max");
}

#[test]
fn wrong_types_say_what_to_write() {
    assert_snapshot!(wrong(&MINIMAL.replace("[\"comment\"]", "\"comment\"")), @r#"job.toml:4:8: invalid type: string "comment", expected a list of columns, e.g. text = ["comment"]"#);
    assert_snapshot!(wrong(&with("output", "stems = \"yes\"")), @r#"job.toml:6:9: invalid type: string "yes", expected a boolean"#);
    assert_snapshot!(wrong(&with("score", "scale = \"stars\"")), @r"job.toml:8:9: unknown value `stars`, expected one of `nps`, `school`, `csat`, `ces`");
    assert_snapshot!(wrong("[input\n"), @r"job.toml:1:7: unclosed table, expected `]`");
}

#[test]
fn missing_and_impossible_values_say_what_to_do() {
    assert_snapshot!(wrong(""), @r#"job.toml: input.path: missing; write path = "folder or file" under [input]"#);
    assert_snapshot!(wrong(&MINIMAL.replace("text = [\"comment\"]\n", "")), @r#"job.toml: input.columns.text: missing; name at least one column, e.g. text = ["comment"]"#);
    assert_snapshot!(wrong(&with("score", "scale = \"ces\"")), @"job.toml:7:1: score: the scale `ces` needs its direction: write high_is_easy = true or false");
    assert_snapshot!(wrong(&with("score", "high = [5, 10]")), @"job.toml:7:1: score: the bands high = [5, 10] and low = [0, 6] overlap");
    assert_snapshot!(wrong(&with("language", "score = [\"fi\"]\ndefault = \"en\"")), @"job.toml:9:11: language.default: `en` is not among the scored languages; write one of fi or none");
    assert_snapshot!(wrong(&with("input.columns", "id = \"comment\"")), @"job.toml:3:1: input.columns: column `comment` is named for both text and id; a column plays one part");
    assert_snapshot!(wrong(&with("output", "prefix = \"k-\"")), @"job.toml:6:10: output.prefix: `k-` holds more than letters, digits and _");
    assert_snapshot!(wrong(&with("time", "zone = \"Helsinki\"")), @r#"job.toml:8:8: time.zone: `Helsinki` is no time zone; write an IANA name such as "Europe/Helsinki""#);
    assert_snapshot!(wrong(&with("drivers", "contrasts = [[\"10\", \"six\"]]")), @r#"job.toml:8:13: drivers.contrasts: `six` is no group of scores within 0-10; write e.g. "10" or "9-10""#);
    assert_snapshot!(wrong(&with("drivers", "contrasts = [[\"10\", \"10\"]]")), @r#"job.toml:8:13: drivers.contrasts: `10` is held against itself; name two groups"#);
    assert_snapshot!(wrong(&with("drivers", "k_anon = 0")), @r#"job.toml:8:10: drivers.k_anon: 0 would hide nothing; write at least 1"#);
    assert_snapshot!(wrong(&with("input", "max_text_chars = 0")), @"job.toml:2:18: input.max_text_chars: 0 would leave nothing to read; write at least 1");
}

#[test]
fn set_changes_a_key_as_toml_or_as_a_string() {
    let config = load(
        MINIMAL,
        &[
            "output.path=out/other",
            "input.columns.score=\"nps\"",
            "output.stems=false",
            "language.score=[\"fi\"]",
        ],
    )
    .unwrap();
    assert_eq!(config.output.path, Path::new("out/other"));
    assert_eq!(config.input.columns.score.as_deref(), Some("nps"));
    assert!(!config.output.stems);
    assert_eq!(config.language.score, ["fi"]);
    assert_snapshot!(load(MINIMAL, &["output.pth=x"]).unwrap_err(), @"--set output.pth=x: unknown key `pth`; did you mean `path`? Known here: path, prefix, stems");
    assert_snapshot!(load(MINIMAL, &["output.stems"]).unwrap_err(), @"--set output.stems: write KEY=VALUE, e.g. --set output.path=out/other");
    assert_snapshot!(load(MINIMAL, &["output.path.deep=1"]).unwrap_err(), @"--set output.path.deep=1: `path` is a value, not a section");
}

#[test]
fn a_set_value_cannot_smuggle_in_other_keys() {
    let config = load(MINIMAL, &["output.path=\"x\"\n[privacy]\nredact=false"]);
    // Taken as a plain string: the pipeline keeps its privacy.
    assert!(config.unwrap().privacy.redact);
}

#[test]
fn dates_and_variables_are_filled_into_paths() {
    let text = MINIMAL.replace("\"in\"", "\"in/{date}/${CARGO_PKG_NAME}\"");
    let overrides = Overrides { set: vec![], date: Some("2026-01-31".into()) };
    let config = Config::parse(&text, Path::new("job.toml"), &overrides).unwrap();
    assert_eq!(config.input.path, "in/2026-01-31/kymppi");
    assert_snapshot!(wrong(&text), @"job.toml:2:8: input.path: {date} needs a date: run with --date 2026-01-31");
    assert_snapshot!(wrong(&MINIMAL.replace("\"in\"", "\"${NO_SUCH_VARIABLE}/x\"")), @"job.toml:2:8: input.path: the environment variable NO_SUCH_VARIABLE is not set; set it or write the path without ${NO_SUCH_VARIABLE}");
}

#[test]
fn the_sample_pipeline_keeps_its_two_path_lines() {
    let text = include_str!("../pipelines/sample.toml");
    assert!(text.lines().any(|line| line == "path = \"sample_data/feedback\""));
    assert!(text.lines().any(|line| line == "path = \"out/sample\""));
    load(text, &[]).unwrap();
}

#[test]
fn a_question_may_expect_one_side() {
    let toml =
        MINIMAL.replace("[\"comment\"]", "[{ column = \"improve\", expects = \"negative\" }]");
    let config = load(&toml, &[]).unwrap();
    let question = &config.input.columns.text[0];
    assert_eq!((question.column.as_str(), question.expects), ("improve", Some(Expects::Negative)));
    let printed = toml::to_string(&config).unwrap();
    let again = load(&printed, &[]).unwrap();
    assert_eq!(again.input.columns, config.input.columns, "what is printed reads back");
    assert_snapshot!(wrong(&toml.replace("negative", "bad")), @"job.toml:4:41: unknown value `bad`, expected `positive` or `negative`");
}
