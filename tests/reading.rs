//! How texts are read: aligned snapshots that a native reader can review.
//!
//! `tests/text/<language>/<phenomenon>.txt` holds one text a line (`#` begins a comment). Its snapshot shows the text,
//! its language, score and label, and what a careful reader says where the text is marked for it (`+`, `-`, `0`, `±` and a
//! space before it) and kymppi reads it otherwise; and under it a line a clause: its score, its words, the entries (`tokens = entry [tier]`
//! where the text says it otherwise) with what they add and the rules that changed them, and the themes with their sign. In
//! `signals.txt` the signals follow with their evidence, and the columns of `responses` that they fill. `cargo insta review` or `INSTA_UPDATE=always`
//! accepts a change after it has been read.

use kymppi::config::Config;
use kymppi::enrich::{Because, Enricher, Scratch};
use kymppi::lexicons::Lexicons;
use kymppi::workbench::{Explanation, explain};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn enricher() -> Enricher {
    let config = Config::default();
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language).unwrap());
    Enricher::new(&config, lexicons).unwrap()
}

/// A marked text without its mark, and the label that the mark stands for.
fn marked(line: &str) -> (&str, Option<&'static str>) {
    const MARKS: [(&str, &str); 4] =
        [("+ ", "positive"), ("- ", "negative"), ("0 ", "neutral"), ("± ", "mixed")];
    let found =
        MARKS.iter().find_map(|(mark, label)| Some((line.strip_prefix(mark)?, Some(*label))));
    found.unwrap_or((line, None))
}

fn shown(explanation: &Explanation, expected: Option<&str>) -> String {
    let mut out = format!("{}\n", explanation.text);
    let language = explanation.language.as_deref().unwrap_or("-");
    match (explanation.sentiment, explanation.label) {
        (Some(score), Some(label)) => {
            let misread = expected.filter(|expected| *expected != label);
            let misread =
                misread.map_or_else(String::new, |wanted| format!(" (a reader: {wanted})"));
            writeln!(out, "  {language} {score:+.2} {label}{misread}").unwrap();
        }
        _ => writeln!(out, "  {language} not scored").unwrap(),
    }
    for clause in &explanation.clauses {
        let entries: Vec<String> = clause
            .entries
            .iter()
            .map(|entry| {
                let rules = if entry.rules.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", entry.rules.join(", "))
                };
                let word = if entry.matched.to_lowercase() == entry.entry {
                    entry.entry.clone()
                } else {
                    format!("{} = {} [{}]", entry.matched, entry.entry, entry.tier)
                };
                format!("{word} {:+.1}{rules}", entry.contribution)
            })
            .collect();
        let rows = explanation.contributions.iter().filter(|row| row.clause == clause.clause);
        let themes: Vec<String> = rows
            .filter_map(|row| Some(format!("{} {}", row.theme.as_ref()?, row.polarity)))
            .collect();
        let rules = if clause.rules.is_empty() {
            String::new()
        } else {
            format!(" [{}]", clause.rules.join(", "))
        };
        let line = format!(
            "  {:+.2} | {}{rules} | {} | {}",
            clause.score,
            clause.text,
            entries.join("; "),
            themes.join("; ")
        );
        writeln!(out, "{}", line.trim_end_matches([' ', '|'])).unwrap();
    }
    out
}

/// The signals of a text and the columns that they fill.
fn signals(enricher: &Enricher, text: &str) -> String {
    let mut out = String::new();
    let reading = enricher.read(&[Some(text)], &mut Scratch::default()).clone();
    let lexicons = enricher.lexicons();
    for row in &reading.signals {
        let why = match row.because {
            Because::Entry(lexicon, id) => {
                format!("`{}`", lexicons.languages[lexicon].entry(id).text)
            }
            Because::Rule(rule) => rule.to_owned(),
        };
        let (name, evidence) = (lexicons.signals.name(row.signal), reading.detail(&row.evidence));
        writeln!(out, "  ! {name} | {evidence} | {why}").unwrap();
    }
    let limit = reading.limit.map(|limit| lexicons.taxonomy.name(limit.theme));
    let columns = [
        ("emotion", reading.emotion().map(|value| value.name().to_owned())),
        ("effort", reading.effort().map(|value| value.name().to_owned())),
        ("expectation", reading.expectation().map(|value| value.name().to_owned())),
        ("intent", reading.intent().map(|value| value.name().to_owned())),
        ("cause_actor", reading.cause_actor().map(|value| value.name().to_owned())),
        ("limiting_theme", limit.map(str::to_owned)),
        ("contacts", reading.contacts.map(|number| number.to_string())),
        ("wait_minutes", reading.wait_minutes.map(|number| number.to_string())),
        ("doubtful", reading.doubtful.then(|| "true".to_owned())),
    ];
    let columns =
        columns.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?)));
    writeln!(out, "  {}", columns.collect::<Vec<_>>().join(", ")).unwrap();
    out
}

#[test]
fn texts_are_read_as_their_snapshots_say() {
    let enricher = enricher();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text");
    let (mut files, mut known, mut right) = (0, 0, 0);
    for path in crate::support::files_below(&folder)
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
    {
        let text = fs::read_to_string(path).unwrap();
        let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
        let mut read = Vec::new();
        for line in lines {
            let (text, expected) = marked(line);
            let explanation = explain(&enricher, text);
            known += usize::from(expected.is_some());
            right += usize::from(expected.is_some() && explanation.label == expected);
            read.push(shown(&explanation, expected));
            if path.file_stem().is_some_and(|stem| stem == "signals") {
                read.last_mut().unwrap().push_str(&signals(&enricher, text));
            }
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!(path.file_stem().unwrap().to_str().unwrap(), read.join("\n"));
        });
        files += 1;
    }
    assert!(files >= 8, "{files}");
    assert!(known > 1_000 && right * 100 >= known * 95, "{right} of {known} are read right");
}

#[test]
fn what_one_text_leaves_behind_does_not_change_the_next() {
    let enricher = enricher();
    let mut scratch = Scratch::default();
    let texts = [
        "Hyvä palvelu",
        "The delivery was late",
        "",
        "Hyvä palvelu",
        "👍",
        "Leveransen var sen",
        "Hyvä palvelu",
    ];
    let mut first = None;
    for text in texts {
        let reading = enricher.read(&[Some(text)], &mut scratch).clone();
        let fresh = enricher.read(&[Some(text)], &mut Scratch::default()).clone();
        assert_eq!(format!("{reading:?}"), format!("{fresh:?}"), "{text}");
        if text == "Hyvä palvelu" {
            let shown = format!("{reading:?}");
            assert_eq!(*first.get_or_insert(shown.clone()), shown);
        }
    }
}

#[test]
fn the_answer_does_not_depend_on_what_a_worker_remembers() {
    let enricher = enricher();
    let mut warm = Scratch::default();
    // More distinct words than a worker remembers: the memory is emptied on the way.
    for number in 0..15_000 {
        let text = (0..10).map(|i| format!("sana{} ", number * 10 + i)).collect::<String>();
        enricher.read(&[Some(&text)], &mut warm);
    }
    let text = "Todella hyvä palvelu, mutta toimitus oli myöhässä ja lasku väärin";
    let cold = format!("{:?}", enricher.read(&[Some(text)], &mut Scratch::default()));
    assert_eq!(format!("{:?}", enricher.read(&[Some(text)], &mut warm)), cold);
}

#[test]
fn decomposed_and_capital_letters_read_alike() {
    let enricher = enricher();
    let score = |text: &str| {
        enricher.read(&[Some(text)], &mut Scratch::default()).sentiment.unwrap().score.to_bits()
    };
    let plain = score("ystävällinen henkilökunta");
    assert_eq!(score("ysta\u{308}va\u{308}llinen henkilo\u{308}kunta"), plain);
    assert_eq!(score("YSTÄVÄLLINEN HENKILÖKUNTA"), plain);
    assert_eq!(score("ystä\u{AD}vällinen henkilö\u{200B}kunta"), plain);
}

#[test]
fn scores_as_words_or_numbers_carry_no_feeling() {
    let enricher = enricher();
    for text in ["10", "10/10", "6", "kutonen", "kuutonen", "arvosana 6"] {
        let sentiment = enricher.read(&[Some(text)], &mut Scratch::default()).sentiment.unwrap();
        assert_eq!(sentiment.score.to_bits(), 0, "{text}");
    }
}

/// The lists of one layer on top of the embedded ones.
fn with_themes(rows: &str) -> Enricher {
    let folder = tempfile::TempDir::new().unwrap();
    fs::create_dir(folder.path().join("fi")).unwrap();
    let text = format!("entry\ttheme\tvalence\tnegated\tnote\n{rows}");
    fs::write(folder.path().join("fi/themes.tsv"), text).unwrap();
    let mut config = Config::default();
    config.language.score = vec!["fi".into()];
    config.lexicons.path = Some(folder.path().to_owned());
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language).unwrap());
    Enricher::new(&config, lexicons).unwrap()
}

fn fired(enricher: &Enricher, text: &str) -> Vec<String> {
    let explanation = explain(enricher, text);
    let entries = explanation.clauses.iter().flat_map(|clause| &clause.entries);
    entries
        .map(|entry| entry.entry.clone())
        .filter(|entry| {
            entry.contains("jono") || entry.contains("kauan") || entry.contains("taksa")
        })
        .collect()
}

#[test]
fn a_phrase_may_have_a_gap_and_alternatives() {
    let enricher = with_themes(
        "odottaa .. kauan\twait_access\t-1\t\t\nhinta|taksa nousta\tprice_value\t-1\t\t\njono\twait_access\t\t\t\n",
    );
    assert_eq!(fired(&enricher, "odotin kauan"), ["odottaa .. kauan"]);
    assert_eq!(fired(&enricher, "odotimme aivan liian kauan"), ["odottaa .. kauan"]);
    assert_eq!(
        fired(&enricher, "odotin jonossa kauan"),
        ["odottaa .. kauan", "jono"],
        "the gap stays free"
    );
    assert!(
        !fired(&enricher, "odotin. kauan").contains(&"odottaa .. kauan".into()),
        "a gap does not reach over a full stop"
    );
    assert!(
        !fired(&enricher, "odotin siinä sitten aivan liian kauan")
            .contains(&"odottaa .. kauan".into()),
        "nor over four words"
    );
    assert_eq!(fired(&enricher, "hinnat nousivat"), ["hinta|taksa nousta"]);
    assert_eq!(fired(&enricher, "taksojen noustua"), ["hinta|taksa nousta"]);
}

#[test]
fn a_shorter_synonym_never_raises_counts() {
    let long = "pitkä kassan jono\twait_access\t-1\t\t\n";
    let before = with_themes(long);
    for shorter in ["jono", "pitkä", "kassan jono", "pitkä kassan", "pitkä .. jono"] {
        let after = with_themes(&format!("{long}{shorter}\twait_access\t-1\t\t\n"));
        for text in
            ["pitkä kassan jono", "pitkät kassan jonot", "Siellä oli pitkä kassan jono taas"]
        {
            let count = |enricher: &Enricher| {
                let mut scratch = Scratch::default();
                enricher.read(&[Some(text)], &mut scratch);
                scratch.analyses()[0]
                    .entries
                    .iter()
                    .filter(|hit| enricher.lexicons().languages[0].entry(hit.id).theme.is_some())
                    .count()
            };
            assert_eq!((count(&before), count(&after)), (1, 1), "{shorter}: {text}");
        }
    }
}

#[test]
fn a_known_word_is_not_taken_for_another_without_dots() {
    let enricher = enricher();
    let entries = |text: &str| -> Vec<String> {
        let explanation = explain(&enricher, text);
        let entries = explanation.clauses.iter().flat_map(|clause| &clause.entries);
        entries.map(|entry| entry.entry.clone()).collect()
    };
    assert!(!entries("Toki tulen uudestaan").iter().any(|entry| entry == "tökkiä"));
    assert!(entries("Tuote oli hyvaa").iter().any(|entry| entry == "hyvä"));
}

#[test]
fn a_clause_of_many_topics_and_feelings_takes_no_longer_than_its_words() {
    let mut config = Config::default();
    config.input.max_text_chars = usize::MAX;
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language).unwrap());
    let enricher = Enricher::new(&config, lexicons).unwrap();
    // With a look at every pair of entries these would take hours.
    for words in ["toimitus oli se ", "toimitus hyvä se huono ", "hyvä ja toimitus ja "] {
        let text = words.repeat(150_000);
        let mut scratch = Scratch::default();
        assert!(enricher.read(&[Some(&text)], &mut scratch).token_count >= 450_000);
    }
}

#[test]
fn a_later_row_replaces_what_an_earlier_one_says_of_its_denial() {
    let folder = tempfile::TempDir::new().unwrap();
    let layer = |name: &str, cells: &str| {
        let path = folder.path().join(name).join("fi");
        fs::create_dir_all(&path).unwrap();
        let text = format!("entry\ttheme\tvalence\tnegated\tnote\npuhveli\t{cells}\t\n");
        fs::write(path.join("themes.tsv"), text).unwrap();
        folder.path().join(name)
    };
    let mut config = Config::default();
    config.lexicons.extend =
        vec![layer("first", "product_quality\t2\t-3"), layer("second", "product_quality\t2\t")];
    let lexicons = Lexicons::load(&config.lexicons, &config.language).unwrap();
    let finnish = lexicons.of(kymppi::text::Language::FINNISH).unwrap();
    let facts =
        finnish.word("puhveli", &mut String::new(), &mut kymppi::morphology::Search::default());
    assert_eq!(facts.entry.map(|id| finnish.entry(id).negated), Some(None));
}
