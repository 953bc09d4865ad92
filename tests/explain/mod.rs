//! Explanations: exact to the last bit, documented field by field, quoted as they are.

use crate::support::{Job, Tables, batch, floats, strings, text};
use kymppi::config::{Config, Overrides};
use kymppi::enrich::{Enricher, Language};
use kymppi::lexicons::Lexicons;
use kymppi::run::{Options, run};
use kymppi::workbench::{Explanation, Style, explain, explain_answers, explain_row};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Documentation quotes explanations, and every field.
mod documents;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn enricher(config: &Config) -> Enricher {
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language).unwrap());
    Enricher::new(config, lexicons).unwrap()
}

/// The sum of floats in their order, from +0.
fn sum(values: impl Iterator<Item = f64>) -> u64 {
    (values.fold(0.0, |sum, value| sum + value) + 0.0).to_bits()
}

/// What has to be true of any explanation.
fn check(explanation: &Explanation, name: &str) {
    let valences = explanation.contributions.iter().map(|row| row.valence);
    let score = explanation.sentiment.unwrap_or_default();
    assert_eq!(sum(valences), (score + 0.0).to_bits(), "{name}: contributions are the score");
    for clause in &explanation.clauses {
        let rows = explanation.contributions.iter();
        let own = rows.filter(|r| r.question == clause.question && r.clause == clause.clause);
        assert_eq!(sum(own.map(|row| row.valence)), (clause.adds + 0.0).to_bits(), "{name}");
        let last = clause.steps.last().map_or(clause.squashed, |step| step.value);
        assert_eq!(last.to_bits(), clause.score.to_bits(), "{name}: steps of the clause");
        for entry in &clause.entries {
            let emoji = entry.lists == ["emoji.tsv"];
            let last = entry.steps.last().map(|step| step.value);
            let silenced = entry.steps.is_empty() && entry.contribution == 0.0;
            let worth = last.unwrap_or(entry.valence);
            assert!(
                silenced || worth.to_bits() == entry.contribution.to_bits(),
                "{name}: {} ends at {worth}, not {}",
                entry.entry,
                entry.contribution
            );
            assert!(!emoji || entry.steps.is_empty());
            let mut rules: Vec<&str> = entry.steps.iter().map(|step| step.rule).collect();
            rules.sort_unstable();
            rules.dedup();
            let mut named = entry.rules.clone();
            named.sort_unstable();
            assert_eq!(rules, named, "{name}: {}", entry.entry);
            for step in entry.steps.iter().filter(|step| step.rule != "emphasis") {
                assert!(!step.by.is_empty(), "{name}: nothing calls for {step:?}");
            }
        }
    }
}

#[test]
fn contributions_are_the_score_of_every_sample_row() {
    let folder = TempDir::new().unwrap();
    let paths = [
        format!("input.path={}", root().join("sample_data/feedback").display()),
        format!("output.path={}", folder.path().join("out").display()),
    ];
    let overrides = Overrides { set: paths.to_vec(), date: None };
    let config = Config::load(&root().join("pipelines/sample.toml"), &overrides).unwrap();
    run(&config, &Options { threads: 2 }, &()).unwrap();
    let tables = Tables::at(&folder.path().join("out"));
    let (responses, mentions) = (tables.responses(), tables.mentions());
    let mut published: BTreeMap<String, Vec<(String, String, u64)>> = BTreeMap::new();
    let themes = text(&mentions, "theme").into_iter().zip(text(&mentions, "polarity"));
    let rows = text(&mentions, "response_id").into_iter().zip(themes);
    for ((id, (theme, polarity)), valence) in rows.zip(floats(&mentions, "valence")) {
        published.entry(id).or_default().push((theme, polarity, valence.unwrap().to_bits()));
    }
    let enricher = enricher(&config);
    let hint = config.input.columns.language.clone().unwrap();
    let comments = text(&responses, "comment").into_iter().zip(text(&responses, &hint));
    let rows = text(&responses, "response_id").into_iter().zip(comments);
    let mut felt = 0;
    for ((id, (comment, hint)), sentiment) in rows.zip(floats(&responses, "sentiment")) {
        let questions = &config.input.columns.text;
        let named = Language::from_name(&hint);
        let explanation = explain_answers(&enricher, questions, &[Some(&comment)], named);
        if sentiment.is_some() {
            assert_eq!(
                explanation.sentiment.map(f64::to_bits),
                sentiment.map(f64::to_bits),
                "{id}"
            );
        }
        check(&explanation, &id);
        let explained: Vec<(String, String, u64)> = explanation
            .contributions
            .iter()
            .map(|row| {
                let theme = row.theme.clone().unwrap_or("-".into());
                (theme, row.polarity.to_owned(), row.valence.to_bits())
            })
            .collect();
        assert_eq!(explained, published.remove(&id).unwrap_or_default(), "{id}");
        felt += usize::from(sentiment.is_some_and(|sentiment| sentiment != 0.0));
    }
    assert!(felt > 800 && published.is_empty(), "only {felt} responses with feeling");
}

#[test]
fn every_rule_of_the_text_snapshots_is_explained() {
    let enricher = enricher(&Config::default());
    let files = crate::support::files_below(&root().join("tests/text"));
    let mut texts = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "txt")) {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            check(&explain(&enricher, line), line);
            texts += 1;
        }
    }
    assert!(texts > 1_000, "{texts}");
}

#[test]
fn json_holds_every_digit() {
    let enricher = enricher(&Config::default());
    let text =
        "Hyvä palvelu, vaikka vähän kallis; lasku oli väärin ja myöhässä, mutta kaunis tila!";
    let explanation = explain(&enricher, text);
    let json = explanation.to_json();
    let figures = |field: &str| -> Vec<f64> {
        let lines = json.lines().filter_map(|line| line.trim().strip_prefix(field));
        lines.map(|rest| rest.trim_end_matches(',').parse().unwrap()).collect()
    };
    // The valences of entries stand before those of contributions.
    let count = explanation.contributions.len();
    assert!(count > 2);
    let valences = figures("\"valence\": ");
    let own = valences[valences.len() - count..].iter().copied();
    assert_eq!(sum(own), figures("\"sentiment\": ")[0].to_bits());
}

#[test]
fn lines_fit_and_colour_changes_nothing_else() {
    let enricher = enricher(&Config::default());
    let texts = [
        "Palvelu ei ollut kovin ystävällistä 😡, mutta jonotus meni nopeasti ja hinta oli sopiva",
        "Toivoisin parempaa opastusta! Kallista kuin mikä (ja lasku tuli myöhässä).",
        "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilaslentokonesuihkuturbiini hyvä",
        "",
    ];
    for text in texts {
        let explanation = explain(&enricher, text);
        for width in [60, 80] {
            let plain = explanation.to_text(Style { width, colour: false });
            for line in plain.lines() {
                // An emoji is one character and takes two columns.
                assert!(line.chars().count() <= width, "{line}");
                assert!(!line.ends_with(' ') && !line.contains('\u{1b}'));
            }
            let coloured = explanation.to_text(Style { width, colour: true });
            let pieces = coloured.split('\u{1b}').enumerate().map(|(number, piece)| {
                if number == 0 { piece } else { piece.split_once('m').unwrap().1 }
            });
            let bare: String = pieces.collect();
            let bare: Vec<&str> = bare.lines().map(str::trim_end).collect();
            assert_eq!(bare, plain.lines().collect::<Vec<_>>());
        }
    }
}

fn two_questions() -> Job {
    let rows = [
        ("a", "Henkilökunta", "Ei mitään"),
        ("b", "", "Hinta 040 123 4567"),
        ("b", "Nopea", ""),
        ("c", "-", "Info"),
    ];
    let batch = batch(&[
        ("id", strings(rows.iter().map(|(id, ..)| Some(*id)))),
        ("liked", strings(rows.iter().map(|(_, liked, _)| Some(*liked)))),
        ("improve", strings(rows.iter().map(|(.., improve)| Some(*improve)))),
        ("nps", strings(["10", "3", "x", "11"].into_iter().map(Some))),
        ("survey", strings(["fi", "fi", "fi", "sv-SE"].into_iter().map(Some))),
    ]);
    let columns = "id = \"id\"\nscore = \"nps\"\nlanguage = \"survey\"\n\
        text = [{ column = \"liked\", expects = \"positive\" }, { column = \"improve\", expects = \"negative\" }]\n";
    Job::new().columns(columns).file("a.parquet", &batch)
}

#[test]
fn a_row_is_explained_as_the_run_reads_it() {
    let job = two_questions();
    let config = job.config().unwrap();
    let enricher = enricher(&config);
    let tables = job.run();
    let responses = tables.responses();
    for (id, position) in [("a", 0), ("b", 1), ("c", 3)] {
        let explanation = explain_row(&config, &enricher, id).unwrap();
        check(&explanation, id);
        assert_eq!(explanation.sentiment, floats(&responses, "sentiment")[position]);
        assert_eq!(explanation.language.unwrap(), text(&responses, "language")[position]);
        assert_eq!(explanation.text, text(&responses, "text_redacted")[position]);
    }
    let row = |id: &str| explain_row(&config, &enricher, id).unwrap();
    let (first, twice) = (row("a"), row("b").row.unwrap());
    assert_eq!(first.questions.len(), 2);
    let first = first.row.unwrap();
    assert_eq!(
        (first.row, first.score, first.band, first.rows_with_id),
        (0, Some(10.0), Some("high"), 1)
    );
    assert_eq!((twice.row, twice.band, twice.rows_with_id), (1, Some("low"), 2));
    let off_scale = row("c").row.unwrap();
    assert_eq!((off_scale.score, off_scale.band), (Some(11.0), None));
    assert_eq!(off_scale.named_language.as_deref(), Some("sv"));
    let error = explain_row(&config, &enricher, "d").unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().contains("has the id `d`"), "{error}");
}

#[test]
fn a_row_without_an_id_is_known_by_its_place() {
    let batch = batch(&[("text", strings(["Hyvä", "Huono"].into_iter().map(Some)))]);
    let job = Job::new().columns("text = [\"text\"]\n").file("x/a.parquet", &batch);
    let config = job.config().unwrap();
    let explanation = explain_row(&config, &enricher(&config), "x/a.parquet#1").unwrap();
    assert_eq!(explanation.text, "Huono");
}

#[test]
fn a_clause_in_another_language_may_open_with_a_word_of_the_texts_own() {
    let enricher = enricher(&Config::default());
    // More modifiers stand in the Finnish list than in the English: their numbers must not be mixed up.
    for text in [
        "Palvelu oli todella hyvää ja nopeaa, vaikkei the login was any better",
        "Palvelu oli todella hyvää ja nopeaa, vaikkei the coffee was much nicer today",
        "Palvelu oli todella hyvää ja nopeaa, muttei the coffee was nicer today",
    ] {
        let explanation = explain(&enricher, text);
        let clause = explanation.clauses.last().unwrap();
        assert_eq!(clause.language, "en");
        assert!(["vaikkei", "muttei"].contains(&clause.modifiers[0].word.as_str()), "{clause:?}");
    }
}

#[test]
fn a_scope_runs_from_word_to_word() {
    let enricher = enricher(&Config::default());
    let explanation =
        explain(&enricher, "Palvelu ei ollut kovin ystävällistä ja maksu sujui, ongelmia ei ollut");
    let scope = |word: &str| {
        let modifiers = explanation.clauses.iter().flat_map(|clause| &clause.modifiers);
        let found = modifiers.filter(|modifier| modifier.word == word);
        found
            .map(|modifier| {
                let scope = modifier.scope.as_ref().unwrap();
                (scope.from.as_str(), scope.to.as_str(), modifier.acts_on.join(" "))
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        scope("ei"),
        [
            ("ollut", "ystävällistä", "ystävällistä".to_owned()),
            ("ollut", "ollut", "ongelmia".into())
        ]
    );
    assert_eq!(scope("kovin"), [("ystävällistä", "ystävällistä", "ystävällistä".to_owned())]);
}

/// A path below the root of the package, as the documents name it.
fn document(name: &str) -> PathBuf {
    root().join(Path::new(name))
}
