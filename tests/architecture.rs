//! The import table of the architecture, kept true: a module of `src` names only what stands in its row.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const EVERYTHING: &[&str] = &["*"];

/// Module -> what it may name. `run` and `workbench` may name everything but those listed in `NEVER`.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("config", &["error"]),
    ("text", &["config", "error"]),
    ("language", &["config", "error", "text"]),
    ("morphology", &["config", "error", "text"]),
    ("privacy", &["config", "error", "text"]),
    ("lexicons", &["config", "morphology", "text", "error"]),
    ("enrich", &["text", "language", "morphology", "privacy", "lexicons", "config", "error"]),
    ("tally", &["enrich", "lexicons", "config"]),
    ("drivers", &["tally", "lexicons", "config"]),
    ("tables", &["enrich", "tally", "drivers", "lexicons", "config", "error"]),
    ("sources", &["tables", "config", "error"]),
    ("sinks", &["tables", "config", "error"]),
    ("report", &["drivers", "lexicons", "config", "error"]),
    ("workbench", EVERYTHING),
    ("run", EVERYTHING),
];

/// What not even those may name.
const NEVER: &[(&str, &[&str])] = &[("workbench", &["cli"]), ("run", &["cli", "workbench"])];

/// Crates that only some modules may name: the pure ones know no files, no Arrow, no threads.
const CRATES: &[(&str, &[&str])] = &[
    ("arrow", &["tables", "sources", "sinks", "run", "workbench"]),
    ("parquet", &["sources", "sinks", "run", "workbench"]),
    ("rayon", &["run", "sinks", "workbench"]),
    ("clap", &["cli", "main"]),
    ("indicatif", &["cli"]),
    ("whatlang", &["language"]),
    ("rust_stemmers", &["morphology"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Source text by file and top-level module, without comments.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |path: PathBuf| {
        let relative = path.strip_prefix(&root).unwrap();
        let module =
            relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap()).collect();
        (relative.to_owned(), module, code.join("\n"))
    };
    rust_files(&root).into_iter().map(read).collect()
}

/// The words that follow `before` in a text.
fn words_after(text: &str, before: &str) -> Vec<String> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    text.split(before).skip(1).map(word).filter(|word: &String| !word.is_empty()).collect()
}

#[test]
fn modules_name_only_what_the_table_allows() {
    let table: BTreeMap<&str, &[&str]> = MAY_NAME.iter().copied().collect();
    let never: BTreeMap<&str, &[&str]> = NEVER.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (file, module, code) in sources() {
        if module == "lib" || module == "main" || module == "cli" {
            continue;
        }
        let allowed = table
            .get(module.as_str())
            .unwrap_or_else(|| panic!("{module} stands in no row of the table"));
        for named in words_after(&code, "crate::") {
            seen += 1;
            let fine =
                named == module || *allowed == EVERYTHING || allowed.contains(&named.as_str());
            if !fine
                || never.get(module.as_str()).is_some_and(|never| never.contains(&named.as_str()))
            {
                wrong.push(format!("{}: {module} names {named}", file.display()));
            }
        }
    }
    assert!(seen > 50, "the test found only {seen} imports: it no longer sees them");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_stay_in_their_modules() {
    let mut wrong = Vec::new();
    for (file, module, code) in sources() {
        for (name, modules) in CRATES {
            let named = code.contains(&format!("use {name}::"))
                || code.contains(&format!(" {name}::"))
                || code.contains(&format!("({name}::"));
            if named && !modules.contains(&module.as_str()) {
                wrong.push(format!("{}: {module} names the crate {name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    for path in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{} has no header", path.display());
        assert!(text.lines().count() <= 500, "{} is longer than 500 lines", path.display());
    }
}
