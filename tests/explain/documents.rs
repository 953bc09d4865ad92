//! `docs/reading.md` quotes explanations as they are, `docs/explain.md` documents every field of the JSON.
//!
//! `REWRITE=1 cargo test --test tests explain` writes the quotes anew.

use super::{document, enricher, root, two_questions};
use kymppi::config::{Config, Overrides};
use kymppi::enrich::Enricher;
use kymppi::workbench::{Explanation, Style, explain, explain_answers, explain_row};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Explains what commands say, keeping one enricher a pipeline.
#[derive(Default)]
struct Commands {
    made: BTreeMap<String, (Config, Enricher)>,
}

/// The words of a command line: quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

impl Commands {
    /// The explanation of `[--pipeline P] [--question Q] [--id ID] [TEXT]`.
    fn explain(&mut self, arguments: &str) -> Explanation {
        let mut words = words(arguments).into_iter();
        let (mut pipeline, mut question, mut id, mut text) = (String::new(), None, None, None);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--pipeline" => pipeline = words.next().unwrap(),
                "--question" => question = words.next(),
                "--id" => id = words.next(),
                _ => text = Some(word),
            }
        }
        let (config, enricher) = self.made.entry(pipeline.clone()).or_insert_with(|| {
            let config = if pipeline.is_empty() {
                Config::default()
            } else {
                Config::load(&document(&pipeline), &Overrides::default()).unwrap()
            };
            let enricher = enricher(&config);
            (config, enricher)
        });
        if let Some(id) = id {
            config.input.path = root().join(&config.input.path).display().to_string();
            return explain_row(config, enricher, &id).unwrap();
        }
        let questions = &config.input.columns.text;
        let asked = question.map_or(0, |question| {
            questions.iter().position(|known| known.column == question).unwrap()
        });
        let mut texts = vec![None; asked + 1];
        texts[asked] = text.as_deref();
        explain_answers(enricher, questions, &texts, None)
    }
}

/// A document with the output below each `$ kymppi explain` written anew, and how many there are.
fn quoted_anew(document: &str) -> (String, usize) {
    let (mut out, mut count) = (String::new(), 0);
    let mut commands = Commands::default();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if let Some(arguments) = line.strip_prefix("$ kymppi explain ") {
            out.push_str(&commands.explain(arguments).to_text(Style::default()));
            out.push_str("```\n");
            lines.find(|line| *line == "```").unwrap();
            count += 1;
        }
    }
    (out, count)
}

#[test]
fn the_readings_are_quoted_as_they_are() {
    let path = document("docs/reading.md");
    let written = fs::read_to_string(&path).unwrap();
    let (anew, count) = quoted_anew(&written);
    if std::env::var_os("REWRITE").is_some() {
        fs::write(&path, anew).unwrap();
        return;
    }
    assert!(count >= 30, "only {count} readings");
    let differs = written.lines().zip(anew.lines()).find(|(old, new)| old != new);
    assert!(
        written == anew,
        "docs/reading.md quotes other explanations, first at {differs:?}; REWRITE=1 cargo test --test tests explain writes them anew"
    );
}

/// Notes the kind of every field of a value by its path.
fn fields(value: &serde_json::Value, path: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
    use serde_json::Value::{Array, Bool, Null, Number, Object, String};
    let mut note = |kind: &str| {
        if !path.is_empty() {
            found.entry(path.to_owned()).or_default().insert(kind.to_owned());
        }
    };
    match value {
        Null => note("null"),
        Bool(_) => note("boolean"),
        Number(number) if number.is_f64() => note("number"),
        Number(_) => note("integer"),
        String(_) => note("string"),
        Array(values) => {
            note("array");
            values.iter().for_each(|value| fields(value, &format!("{path}[]"), found));
        }
        Object(members) => {
            note("object");
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                fields(value, &path, found);
            }
        }
    }
}

#[test]
fn the_document_of_the_json_holds_every_field_and_no_other() {
    let mut found = BTreeMap::new();
    let mut see = |explanation: &Explanation| {
        let value = serde_json::from_str(&explanation.to_json()).unwrap();
        fields(&value, "", &mut found);
    };
    let config = Config::default();
    let plain = enricher(&config);
    for text in [
        "Todella hyvä palvelu ja kaunis tila, mutta lasku ei ollut oikein. Works really well",
        "En saanut vastausta",
        "",
        "Die Lieferung war leider viel zu spät",
    ] {
        see(&explain(&plain, text));
    }
    let job = two_questions();
    let config = job.config().unwrap();
    let enricher = enricher(&config);
    for id in ["a", "b", "c"] {
        see(&explain_row(&config, &enricher, id).unwrap());
    }
    let document = fs::read_to_string(document("docs/explain.md")).unwrap();
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    let documented: BTreeMap<String, BTreeSet<String>> = rows
        .map(|row| {
            let (name, rest) = row.split_once("` | ").unwrap();
            let kinds = rest.split(" | ").next().unwrap().split(" or ");
            (name.to_owned(), kinds.map(str::to_owned).collect())
        })
        .collect();
    let names = |of: &BTreeMap<String, BTreeSet<String>>| -> BTreeSet<String> {
        of.keys().cloned().collect()
    };
    let (seen, known) = (names(&found), names(&documented));
    let missing: Vec<_> = seen.difference(&known).collect();
    let extra: Vec<_> = known.difference(&seen).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "not documented {missing:?}, not there {extra:?}"
    );
    for (name, kinds) in &found {
        assert!(kinds.is_subset(&documented[name]), "{name} is {kinds:?}");
    }
}
