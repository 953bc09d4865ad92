//! What a comment says besides its themes: sentences with the signal that they are written for, and laws that hold for every
//! text.
//!
//! `tests/signals/<language>.txt` holds the sentences; a snapshot shows those that are misread.

use kymppi::config::{Config, Expects, TextColumn};
use kymppi::enrich::{Because, Enricher, Reading, Scratch};
use kymppi::lexicons::Lexicons;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

fn with(config: &Config) -> Enricher {
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language).unwrap());
    Enricher::new(config, lexicons).unwrap()
}

static ENRICHER: LazyLock<Enricher> = LazyLock::new(|| with(&Config::default()));

fn read(text: &str) -> Reading {
    ENRICHER.read(&[Some(text)], &mut Scratch::default()).clone()
}

fn signals(reading: &Reading) -> Vec<&'static str> {
    let known = &ENRICHER.lexicons().signals;
    reading.signals.iter().map(|row| known.name(row.signal)).collect()
}

#[test]
fn signals_are_heard_where_a_reader_hears_them() {
    for language in ["fi", "en"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signals");
        let text = fs::read_to_string(path.join(format!("{language}.txt"))).unwrap();
        let mut section = "";
        let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        let mut misread = String::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            if let Some(name) = line.strip_prefix("== ") {
                section = name;
                continue;
            }
            let reading = read(line);
            let heard = signals(&reading);
            let (signal, wanted) = match section.strip_prefix("not ") {
                Some(signal) => (signal, false),
                None => (section, true),
            };
            let right = heard.contains(&signal) == wanted;
            let [all, correct] = counts.entry(section).or_default();
            *all += 1;
            *correct += usize::from(right);
            if !right {
                writeln!(misread, "{section}: {line} -> {}", heard.join(", ")).unwrap();
            }
        }
        let total = counts.values().fold([0, 0], |sum, [a, b]| [sum[0] + a, sum[1] + b]);
        let shown = format!("{} of {} right\n{misread}", total[1], total[0]);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&path);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(language, shown));
        assert_eq!(counts.len(), 18, "nine signals, with and without");
        for (section, [all, right]) in counts {
            let least = if section.starts_with("not ") { 8 } else { 20 };
            assert!(all >= least, "{section} has {all} sentences");
            assert!(right * 100 >= all * 85, "{section}: {right} of {all}\n{misread}");
        }
        assert!(total[1] * 100 >= total[0] * 95, "{shown}");
    }
}

#[test]
fn contacts_and_minutes_are_counted_where_they_are_stated() {
    for (text, contacts, minutes) in [
        ("Soitin kolme kertaa samasta asiasta.", Some(3), None),
        ("Tämä on jo viides kerta, kun soitan teille.", Some(5), None),
        ("Laitoin kaksi sähköpostia, ei vastausta.", Some(2), None),
        ("Asia hoitui yhdellä soitolla.", Some(1), None),
        ("Odotin 45 minuuttia linjalla.", None, Some(45)),
        ("Jonotin puoli tuntia.", None, Some(30)),
        ("Jonotin puolitoista tuntia kassalla.", None, Some(90)),
        ("Odotin tunnin eikä kukaan tullut.", None, Some(60)),
        ("Jouduin odottamaan 2h puhelimessa.", None, Some(120)),
        ("Odotimme kaksi tuntia ja 20 minuuttia.", None, Some(140)),
        ("Soitin neljä kertaa ja jonotin 30 min.", Some(4), Some(30)),
        ("Kolmas kerta, kun tilasin kukkia.", None, None),
        ("Odotin pakettia kaksi viikkoa.", None, None),
        ("Huone maksoi 45 euroa.", None, None),
        ("I called twice.", Some(2), None),
        ("This is the third time I have contacted you.", Some(3), None),
        ("Six e-mails back and forth.", Some(6), None),
        ("I was on hold for an hour.", None, Some(60)),
        ("Waited half an hour in the queue.", None, Some(30)),
        ("Two hours on hold.", None, Some(120)),
        ("We waited 25 minutes for a table.", None, Some(25)),
        ("The flight took three hours.", None, None),
        ("Jag ringde tre gånger.", Some(3), None),
        ("Jag fick vänta en timme.", None, Some(60)),
    ] {
        let reading = read(text);
        assert_eq!((reading.contacts, reading.wait_minutes), (contacts, minutes), "{text}");
    }
}

#[test]
fn what_kept_it_from_a_ten_is_the_theme_of_the_limiting_clause() {
    let taxonomy = &ENRICHER.lexicons().taxonomy;
    for (text, theme) in [
        ("Hyvä palvelu, mutta hinta oli liian kova.", Some("price_value")),
        ("Ainoa miinus pitkästä jonosta.", Some("wait_access")),
        ("Henkilökunta oli ihanaa. Toimitus voisi olla nopeampi.", Some("delivery_time")),
        ("Vaikka hinta on kallis, henkilökunta on ystävällistä.", Some("price_value")),
        ("Kaikki toimi hyvin.", None),
        ("Henkilökunta oli ystävällistä, mutta myös hinta oli sopiva.", None),
        ("Friendly staff but the delivery was late.", Some("delivery_time")),
        ("The only downside was the long queue.", Some("wait_access")),
        ("Everything was great.", None),
    ] {
        let limit = read(text).limit.map(|limit| taxonomy.name(limit.theme));
        assert_eq!(limit, theme, "{text}");
    }
}

#[test]
fn sarcasm_marks_and_never_turns() {
    for (text, doubtful) in [
        ("Kiitos vaan erinomaisesta palvelusta!", true),
        ("Todella \"hyvä\" palvelu.", true),
        ("Oh great, another excellent delay.", true),
        ("Todella hyvä palvelu.", false),
        ("\"Hyvä palvelu ja nopea toimitus\" sanoi mieheni.", false),
    ] {
        assert_eq!(read(text).doubtful, doubtful, "{text}");
    }
    let score = |text: &str| read(text).sentiment.unwrap().score.to_bits();
    assert_eq!(score("Todella \"hyvä\" palvelu"), score("Todella hyvä palvelu"));
}

#[test]
fn nothing_to_improve_is_no_problem_and_no_empty_answer() {
    let question = |column: &str, expects| TextColumn { column: column.into(), expects };
    let mut config = Config::default();
    config.input.columns.text = vec![
        question("liked", Some(Expects::Positive)),
        question("improve", Some(Expects::Negative)),
    ];
    let enricher = with(&config);
    let reading = enricher.read(&[None, Some("Nothing")], &mut Scratch::default()).clone();
    assert_eq!(signals(&reading), ["absence_of_problem"]);
    assert_eq!(reading.signals[0].question, 1);
}

#[test]
fn a_signal_stands_once_a_question_and_its_evidence_is_redacted() {
    let text = "Soittakaa minulle 040 123 4567. Soittakaa takaisin numeroon 040 123 4567!";
    let reading = read(text);
    let rows: Vec<_> = reading
        .signals
        .iter()
        .filter(|row| {
            signals(&reading).contains(&"response_needed")
                && matches!(row.because, Because::Entry(..))
        })
        .collect();
    assert!(!rows.is_empty());
    for row in &reading.signals {
        let evidence = reading.detail(&row.evidence);
        assert!(!evidence.contains("4567"), "{evidence}");
    }
    let mut names = signals(&reading);
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// Words that signal something, put together without sense.
const HOSTILE: &str = "(soitin|kolme|kertaa|ei|odotin|tuntia|mutta|ja|luvattiin|kuin|parempi|toivoisin|kiitos|!|\\?|\"|,|\\.|\n|45min|999999999999|\u{301}|👍| |I|called|twice|than|expected|better|promised|not|hour|half){0,40}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn spans_lie_within_the_text_and_rows_are_distinct(text in prop_oneof!["\\PC*", HOSTILE]) {
        let reading = read(&text);
        let length = text.chars().count();
        let mut seen = Vec::new();
        for row in &reading.signals {
            prop_assert!(row.start < row.end && row.end <= length, "{:?}", row);
            prop_assert!(row.signal.makes_rows());
            prop_assert!(!seen.contains(&row.signal));
            seen.push(row.signal);
            let chars: String = text.chars().skip(row.start).take(row.end - row.start).collect();
            if reading.redactions == 0 {
                prop_assert_eq!(reading.detail(&row.evidence), chars);
            }
        }
    }
}

#[test]
fn many_signals_take_no_longer_than_their_words() {
    let mut config = Config::default();
    config.input.max_text_chars = usize::MAX;
    let enricher = with(&config);
    // With a look at every pair of signals these would take minutes.
    for words in [
        "soitin kolme kertaa ",
        "odotin tunnin ",
        "parempi kuin talo odotin ",
        "toivon. luvattiin. ",
        "hyvä palvelu ",
        "ainoa miinus hinta kallis, ",
        "mutta hinta kallis ja ruoka kylmää ",
    ] {
        let text = words.repeat(20_000);
        let reading = enricher.read(&[Some(&text)], &mut Scratch::default()).clone();
        assert!(reading.token_count >= 40_000 && reading.signals.len() < 20);
    }
}
