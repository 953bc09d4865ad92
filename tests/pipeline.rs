//! The main job end to end: tables, contracts, determinism.

use crate::support::{Job, Tables, batch, floats, ints, names, strings, text};
use arrow::array::AsArray;
use kymppi::config::{Config, Overrides};
use kymppi::drivers::Scope;
use kymppi::run::{Options, Progress, run};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

fn sample(output: &Path, threads: usize, set: &[&str]) -> Tables {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let set = set.iter().map(|s| (*s).to_owned());
    let paths = [
        format!("input.path={}", root.join("sample_data/feedback").display()),
        format!("output.path={}", output.display()),
    ];
    let overrides = Overrides { set: paths.into_iter().chain(set).collect(), date: None };
    let config = Config::load(&root.join("pipelines/sample.toml"), &overrides).unwrap();
    run(&config, &Options { threads }, &()).unwrap();
    Tables::at(output)
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_threads() {
    let folder = TempDir::new().unwrap();
    let one = sample(&folder.path().join("one"), 1, &[]).bytes();
    assert_eq!(
        one.len(),
        3 * 12 + 2 * 21 + 2,
        "three tables of twelve months, 21 small ones twice, the state and _SUCCESS"
    );
    for threads in [2, 8] {
        let many = sample(&folder.path().join(format!("many{threads}")), threads, &[]).bytes();
        assert!(one == many, "{threads} threads gave other bytes");
    }
    // And not on what was there before: a second run replaces the first and gives the same.
    assert!(one == sample(&folder.path().join("one"), 2, &[]).bytes());
}

#[test]
fn valences_in_row_order_add_up_to_the_sentiment_exactly() {
    let folder = TempDir::new().unwrap();
    let tables = sample(&folder.path().join("out"), 2, &[]);
    let mentions = tables.mentions();
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for (id, valence) in
        text(&mentions, "response_id").into_iter().zip(floats(&mentions, "valence"))
    {
        *sums.entry(id).or_default() += valence.unwrap();
    }
    let responses = tables.responses();
    let mut felt = 0;
    for (id, sentiment) in
        text(&responses, "response_id").iter().zip(floats(&responses, "sentiment"))
    {
        let Some(sentiment) = sentiment else { continue };
        assert_eq!(
            sums.get(id).copied().unwrap_or_default().to_bits(),
            (sentiment + 0.0).to_bits(),
            "{id}"
        );
        felt += usize::from(sentiment != 0.0);
    }
    assert!(felt > 800, "only {felt} responses with feeling");
}

#[test]
fn the_planted_story_is_found() {
    let folder = TempDir::new().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let set = vec![
        format!("input.path={}", root.join("sample_data/feedback").display()),
        format!("output.path={}", folder.path().join("out").display()),
    ];
    let config =
        Config::load(&root.join("pipelines/sample.toml"), &Overrides { set, date: None }).unwrap();
    let summary = run(&config, &Options::default(), &()).unwrap();
    let taxonomy =
        kymppi::lexicons::Lexicons::load(&config.lexicons, &config.language).unwrap().taxonomy;
    // Of the pair 9-10 against 0-6: the end of the interval nearest to no difference, with its sign.
    let effect = |theme: &str, complaint: usize| {
        let theme = taxonomy.find(theme).unwrap().index();
        let found = summary.findings.contrasts.iter().find(|row| {
            row.scope == Scope::Overall
                && row.pair == 1
                && row.contrast.feature == 2 * theme + complaint
        });
        let figures = found.unwrap().contrast.figures.unwrap();
        figures.effect_lb * figures.difference.signum()
    };
    const PRAISE: usize = 0;
    const COMPLAINT: usize = 1;
    assert!(effect("staff_attitude", PRAISE) > 0.0, "staff make the 10s");
    assert!(effect("billing_contract", COMPLAINT) < 0.0, "billing makes the 6s");
    assert!(effect("delivery_time", COMPLAINT) < 0.0, "late deliveries make low scores");
}

#[test]
fn one_response_is_one_row_with_its_values() {
    let tables = Job::new()
        .rows(&[
            ("Ystävällinen palvelu mutta lasku oli väärin. Kiitos!", 7),
            ("", 10),
            ("-", 9),
            ("The staff were great, thank you", 10),
        ])
        .run();
    let responses = tables.responses();
    assert_eq!(text(&responses, "language"), ["fi", "-", "fi", "en"]);
    assert_eq!(text(&responses, "score_band"), ["middle", "high", "high", "high"]);
    assert_eq!(text(&responses, "sentiment_label"), ["mixed", "-", "neutral", "positive"]);
    assert_eq!(ints(&responses, "token_count"), [Some(7), Some(0), Some(0), Some(6)]);
    assert_eq!(
        floats(&responses, "sentiment")[2],
        Some(0.0),
        "a text that says nothing is neutral"
    );
    assert_eq!(text(&responses, "themes")[0], "staff_attitude+; billing_contract-");
    assert_eq!(text(&responses, "stems")[3], "the staff were great thank you");
    assert_eq!(
        text(&responses, "text_redacted"),
        [
            "Ystävällinen palvelu mutta lasku oli väärin. Kiitos!",
            "-",
            "-",
            "The staff were great, thank you"
        ]
    );
    let mentions = tables.mentions();
    assert_eq!(text(&mentions, "response_id")[0], "r0");
    assert_eq!(
        text(&mentions, "evidence")[..2],
        ["Ystävällinen palvelu", "mutta lasku oli väärin"]
    );
    assert_eq!(ints(&mentions, "start")[..2], [Some(0), Some(21)]);
    assert_eq!(text(&mentions, "question")[0], "text");
    let record = tables.record();
    assert_eq!(record["counts"]["rows_in"], 4);
    assert_eq!(record["counts"]["rows_out"], 4);
    assert_eq!(record["counts"]["rows_with_text"], 3);
    assert!(record["kymppi"].is_string() && record["schema_version"] == 1);
}

#[test]
fn personal_data_leaves_no_derived_text() {
    let secret = "Soittakaa 040 123 4567 tai maija@example.com, hetu 010190-900P, huono palvelu";
    let tables = Job::new().rows(&[(secret, 3)]).run();
    let responses = tables.responses();
    assert_eq!(
        text(&responses, "text_redacted"),
        ["Soittakaa [phone] tai [email], hetu [personal_id], huono palvelu"]
    );
    for (path, bytes) in tables.bytes() {
        if path.starts_with("responses") {
            continue; // holds the original text
        }
        for word in ["4567", "maija", "010190"] {
            assert!(!String::from_utf8_lossy(&bytes).contains(word), "{path} holds {word}");
        }
    }
    assert_eq!(tables.record()["counts"]["redactions"], 3);
    let open = Job::new().rows(&[(secret, 3)]).sections("[privacy]\nredact = false").run();
    assert_eq!(text(&open.responses(), "text_redacted"), [secret]);
}

#[test]
fn own_patterns_are_redacted_under_their_name() {
    let job = Job::new()
        .rows(&[("tilaus KP-12345 on myöhässä", 3)])
        .sections("[privacy]\npatterns = { order = \"KP-[0-9]+\" }");
    assert_eq!(text(&job.run().responses(), "text_redacted"), ["tilaus [order] on myöhässä"]);
    let bad = Job::new()
        .rows(&[("x", 1)])
        .sections("[privacy]\npatterns = { order = \"(\" }")
        .try_run()
        .unwrap_err();
    assert_eq!(bad.exit_code(), 2);
    assert!(bad.to_string().contains("order"), "{bad}");
}

#[test]
fn languages_can_be_narrowed_and_the_default_switched_off() {
    let english = Job::new()
        .rows(&[("Todella hyvä palvelu", 9)])
        .sections("[language]\nscore = [\"en\"]\ndefault = \"en\"")
        .run();
    assert_eq!(text(&english.responses(), "language"), ["en"]);
    let none = Job::new()
        .rows(&[("10/10", 9), ("Hyvä", 9)])
        .sections("[language]\ndefault = \"none\"")
        .run();
    assert_eq!(text(&none.responses(), "language")[0], "und");
    assert_eq!(
        text(&none.responses(), "sentiment_label")[0],
        "-",
        "no language, no lexicon, no score"
    );
}

#[test]
fn the_columns_come_in_the_order_of_the_contract() {
    let added = [
        "language",
        "language_confidence",
        "token_count",
        "stems",
        "sentiment",
        "sentiment_label",
        "positive",
        "negative",
        "score_band",
        "theme_main",
        "theme_count",
        "themes",
        "text_redacted",
        "emotion",
        "effort",
        "expectation",
        "intent",
        "cause_actor",
        "limiting_theme",
        "hero_moment",
        "response_needed",
        "contacts",
        "wait_minutes",
        "doubtful",
    ];
    let tables = Job::new().rows(&[("ok", 9)]).run();
    assert_eq!(names(&tables.responses())[..3], ["id", "text", "score"]);
    assert_eq!(names(&tables.responses())[3..], added);
    let prefixed = Job::new()
        .rows(&[("ok", 9)])
        .sections("[output]\npath = @OUT\nprefix = \"k_\"\nstems = false")
        .run();
    let expected: Vec<String> =
        added.iter().filter(|name| **name != "stems").map(|name| format!("k_{name}")).collect();
    assert_eq!(names(&prefixed.responses())[3..], expected);
}

#[test]
fn signals_are_rows_and_columns() {
    let tables = Job::new()
        .rows(&[
            ("Soitin kolme kertaa. Soittakaa numeroon 040 123 4567!", 2),
            ("Ystävällinen palvelu, mutta hinta oli liian kova.", 8),
            ("Ystävällinen palvelu, mutta hinta oli liian kova.", 10),
            ("", 9),
            ("-", 9),
        ])
        .run();
    let signals = tables.table("signals");
    let said: Vec<String> = text(&signals, "response_id")
        .iter()
        .zip(text(&signals, "signal"))
        .map(|(id, signal)| format!("{id} {signal}"))
        .collect();
    assert_eq!(said, ["r0 repeat_contact", "r0 response_needed", "r4 no_content"], "in text order");
    assert_eq!(text(&signals, "evidence")[0], "Soitin kolme kertaa");
    assert_eq!((ints(&signals, "start")[0], ints(&signals, "end")[0]), (Some(0), Some(19)));
    assert_eq!(text(&signals, "evidence")[1], "Soittakaa numeroon");
    assert_eq!(text(&signals, "question")[2], "text");
    let responses = tables.responses();
    assert_eq!(text(&responses, "effort"), ["high", "-", "-", "-", "-"]);
    assert_eq!(ints(&responses, "contacts")[0], Some(3));
    assert_eq!(
        text(&responses, "intent"),
        ["complaint", "complaint", "complaint", "-", "no_content"]
    );
    let limits = ["-", "price_value", "-", "-", "-"];
    assert_eq!(text(&responses, "limiting_theme"), limits, "not at the top of the scale");
    let flags = |name: &str| -> Vec<Option<bool>> {
        responses.column_by_name(name).unwrap().as_boolean().iter().collect()
    };
    assert_eq!(flags("response_needed"), [Some(true), Some(false), Some(false), None, Some(false)]);
    assert_eq!(tables.record()["counts"]["signals"], 3);
}

#[test]
fn progress_counts_every_row() {
    #[derive(Default)]
    struct Counter(AtomicU64, AtomicU64);
    impl Progress for Counter {
        fn begin(&self, rows: u64) {
            self.0.store(rows, Ordering::Relaxed);
        }
        fn advance(&self, rows: u64) {
            self.1.fetch_add(rows, Ordering::Relaxed);
        }
    }
    let job = Job::new().rows(&[("a", 1), ("b", 2), ("c", 3)]);
    let counter = Counter::default();
    run(&job.config().unwrap(), &Options { threads: 1 }, &counter).unwrap();
    assert_eq!((counter.0.into_inner(), counter.1.into_inner()), (3, 3));
}

#[test]
fn a_language_column_is_a_hint_and_no_order() {
    let rows = [
        ("Info", None, "en"),
        ("Info", Some("sv-SE"), "sv"),
        ("Info", Some("suomi"), "fi"),
        ("Info", Some("n/a"), "en"),
        ("Toimitus oli myöhässä", Some("en"), "fi"),
        ("The delivery was late again", Some("fi"), "en"),
    ];
    let batch = batch(&[
        ("text", strings(rows.iter().map(|(text, ..)| Some(*text)))),
        ("survey", strings(rows.iter().map(|(_, survey, _)| *survey))),
    ]);
    let job = Job::new()
        .columns("text = [\"text\"]\nlanguage = \"survey\"\n")
        .file("data.parquet", &batch);
    let read = text(&job.run().responses(), "language");
    assert_eq!(read, rows.map(|(.., language)| language.to_owned()));
}

#[test]
fn a_question_that_asks_for_one_side_says_what_a_short_answer_means() {
    let answers = ["Nothing", "Coffee", "Ei mitään", "More friendly staff"];
    let column = || strings(answers.iter().map(|text| Some(*text)));
    let ids = strings(["n", "c", "e", "s"].into_iter().map(Some));
    let batch = batch(&[("id", ids), ("liked", column()), ("improve", column())]);
    let columns = r#"id = "id"
text = [{ column = "liked", expects = "positive" }, { column = "improve", expects = "negative" }]
"#;
    let tables = Job::new().columns(columns).file("a.parquet", &batch).run();
    let mentions = tables.mentions();
    let (ids, questions) = (text(&mentions, "response_id"), text(&mentions, "question"));
    let (themes, polarities) = (text(&mentions, "theme"), text(&mentions, "polarity"));
    let said = |id: &str, question: &str| -> Vec<String> {
        (0..ids.len())
            .filter(|&row| ids[row] == id && questions[row] == question)
            .map(|row| format!("{} {}", themes[row], polarities[row]))
            .collect()
    };
    assert_eq!(said("n", "improve"), ["- positive"], "nothing to improve is praise");
    assert_eq!(said("n", "liked"), ["- negative"]);
    assert_eq!(said("e", "improve"), ["- positive"]);
    assert_eq!(said("c", "improve"), ["product_quality neutral"], "a wish");
    assert_eq!(said("c", "liked"), ["product_quality positive"]);
    assert_eq!(said("s", "liked"), ["staff_attitude positive"]);
}

#[test]
fn doubtful_texts_count_by_their_score_alone_where_the_pipeline_says_so() {
    let texts =
        [("Kiitos vaan todella nopeasta toimituksesta", 2), ("Ystävällinen henkilökunta", 9)];
    let counted = |sections: &str| {
        let job = Job::new().rows(&texts).sections(sections);
        let doubtful = job.run().record()["counts"]["doubtful"].as_u64();
        assert_eq!(doubtful, Some(1));
        let overall = kymppi::run::read_state(&job.output()).unwrap().overall();
        (overall.scored(), overall.base())
    };
    assert_eq!(counted(""), (2, 2));
    assert_eq!(counted("[drivers]\nexclude_doubtful = true\n"), (2, 1));
}
