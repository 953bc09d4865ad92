//! What is counted of words and kept of sentences, by whole runs.

use crate::support::{Job, batch, strings};
use arrow::array::Int64Array;
use kymppi::config::Config;
use kymppi::lexicons::Lexicons;
use kymppi::run::{Options, run};
use kymppi::tally::{PARTS, Reason, Tally};
use std::sync::Arc;

fn counted(rows: &[(&str, i64, &str)]) -> Tally {
    let ids: Vec<String> = (0..rows.len()).map(|row| format!("r{row}")).collect();
    let batch = batch(&[
        ("id", strings(ids.iter().map(|id| Some(id.as_str())))),
        ("text", strings(rows.iter().map(|(text, ..)| Some(*text)))),
        ("score", Arc::new(Int64Array::from_iter_values(rows.iter().map(|(_, score, _)| *score)))),
        ("customer", strings(rows.iter().map(|(.., customer)| Some(*customer)))),
        (
            "touchpoint",
            strings(
                rows.iter()
                    .map(|(text, ..)| Some(if text.len() % 2 == 0 { "shop" } else { "phone" })),
            ),
        ),
    ]);
    let job = Job::new()
        .columns("id = \"id\"\ntext = [\"text\"]\nscore = \"score\"\ncustomer = \"customer\"\nsegments = [\"touchpoint\"]\n")
        .file("a.parquet", &batch);
    run(&job.config().unwrap(), &Options { threads: 2 }, &()).unwrap().findings.tally
}

#[test]
fn a_term_is_counted_once_a_response_under_its_stem() {
    let tally = counted(&[
        ("Palvelu hidasta, palvelun laatu ei miellytä", 3, "a"),
        ("Palvelun hinta", 3, "a"),
        ("palvelua maija@example.com", 10, "b"),
        ("The delivery was late", 3, "c"),
        ("Keskiviikkona Vincent van Gogh war sehr spät und unfreundlich gewesen", 3, "d"),
    ]);
    let term = tally.terms.get("fi", "palvelu").unwrap();
    assert_eq!((term.scored()[3], term.scored()[10], term.total()), (2, 1, 3));
    assert_eq!((term.surface, term.customers()), ("palvelu", 2));
    assert!(tally.terms.get("en", "deliveri").is_some());
    let stems: Vec<&str> = tally.terms.sorted().iter().map(|term| term.stem).collect();
    assert!(!stems.iter().any(|stem| stem.contains("maija") || stem.contains("example")));
    assert!(tally.terms.exact());
    let config = Config::default();
    let lexicons = Lexicons::load(&config.lexicons, &config.language).unwrap();
    let meaning = |stem| tally.terms.get("fi", stem).unwrap().meaning(&lexicons);
    let theme = |stem| meaning(stem).theme.map(|theme| lexicons.taxonomy.name(theme));
    assert!(meaning("palvelu").known && theme("hin") == Some("price_value"));
}

#[test]
fn quotes_are_redacted_sentences_the_best_first() {
    let tally = counted(&[
        (
            "Moi! Kuljettaja oli todella ystävällinen ja kohtelias, numero 040 123 4567. Terveisin Matti",
            10,
            "a",
        ),
        ("Ystävällinen henkilökunta teki käynnistä mukavan kokemuksen.", 10, "b"),
        ("Ystävällinen!", 10, "c"),
    ]);
    let staff = tally.layout.themes.iter().position(|theme| theme == "staff_attitude").unwrap();
    let quotes: Vec<_> = tally.quotes.get(2 * staff, Some(10)).collect();
    let texts: Vec<&str> = quotes.iter().map(|quote| quote.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "Ystävällinen henkilökunta teki käynnistä mukavan kokemuksen.",
            "Kuljettaja oli todella ystävällinen ja kohtelias, numero [phone].",
        ],
        "too short a sentence is not quoted"
    );
    assert!(quotes[0].rank < quotes[1].rank, "the order is reversed");
    assert_eq!((quotes[0].response_id.as_str(), quotes[0].language), ("r1", "fi"));
    assert_eq!(quotes[0].score, Some(10 * i64::try_from(PARTS).unwrap()));
    assert!(quotes[0].stems.contains("kokemuks"), "{}", quotes[0].stems);
    assert_eq!(tally.quotes.get(2 * staff + 1, Some(10)).count(), 0);
}

#[test]
fn angry_customers_are_called_back_and_happy_ones_activated() {
    let tally = counted(&[
        ("Lasku oli väärin ja palvelu töykeää", 2, "angry"),
        ("Toimitus oli myöhässä", 5, "cross"),
        ("Toimitus oli myöhässä", 9, "calm"),
        ("Ystävällinen palvelu, kiitos", 10, "happy"),
        ("", 0, "silent"),
    ]);
    let ids = |best: &kymppi::tally::Best<kymppi::tally::FollowUp>| {
        best.iter().map(|one| one.customer_id.clone().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&tally.follow_ups.call_back), ["angry", "cross"]);
    assert_eq!(ids(&tally.follow_ups.activate), ["happy"]);
    let first = tally.follow_ups.call_back.iter().next().unwrap();
    assert_eq!(first.reasons().map(Reason::name).collect::<Vec<_>>(), ["low_score", "complaint"]);
}

#[test]
fn the_journey_holds_each_customer_at_each_touchpoint() {
    let tally = counted(&[("ab", 9, "x"), ("abc", 3, "x"), ("cd", 7, "x"), ("ef", 10, "y")]);
    let journey: Vec<(&str, usize)> =
        tally.journey.iter().map(|(name, visits)| (name, visits.len())).collect();
    assert_eq!(journey, [("phone", 1), ("shop", 2)]);
    assert_eq!(tally.journey.one_in(), 1);
    let (_, shop) = tally.journey.iter().last().unwrap();
    let of_x =
        shop.iter().find(|visit| visit.customer == kymppi::tally::customer_hash("x")).unwrap();
    assert_eq!((of_x.responses, of_x.sum, of_x.least), (2, 16_000, 7_000));
}
