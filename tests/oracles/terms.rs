//! Terms of two groups, trends over periods, and what emerges in the last one.

use super::cases::{Case, RESPONSES, Table, exact, expected, near, near_p};
use kymppi::drivers::contrasts::{Mentions, likelihood_ratio};
use kymppi::drivers::emerging::{Emergence, emerging};
use kymppi::drivers::keyness::{Documents, PRIOR_DOCUMENTS, terms};
use kymppi::drivers::status::Status;
use kymppi::drivers::trend::cochran_armitage;
use serde_json::Value;

const MIN_SUPPORT: u64 = 10;

#[test]
fn terms_agree() {
    let (table, expected) = (Table::load("c8_terms"), expected("c8_terms"));
    let count = |row, column| table.number(row, column).unwrap() as u64;
    let documents: Vec<Documents> = (0..table.rows.len())
        .map(|row| Documents {
            a: count(row, "docs_high"),
            b: count(row, "docs_low"),
            undercount: 0,
        })
        .collect();
    let bases =
        (expected["n_docs_high"].as_u64().unwrap(), expected["n_docs_low"].as_u64().unwrap());
    let found = terms(&documents, bases, MIN_SUPPORT, PRIOR_DOCUMENTS);
    assert_eq!(found.len(), documents.len());
    for term in &found {
        let row = &expected["doc_keyness"][term.position];
        let name = row["term"].as_str().unwrap();
        let keyness = term.keyness.unwrap();
        near(&format!("{name} delta"), keyness.delta, &row["delta"]);
        near(&format!("{name} se"), keyness.se, &row["se"]);
        near(&format!("{name} z"), keyness.z, &row["z"]);
        near(&format!("{name} lcb"), keyness.lcb, &row["lcb"]);
        near_p(&format!("{name} p"), keyness.p, &row["p"]);
        near_p(&format!("{name} q"), term.q, &row["q"]);
        let signed = likelihood_ratio(term.a, term.b)
            .copysign(term.a.rate().unwrap() - term.b.rate().unwrap());
        near(&format!("{name} G"), signed, &expected["g2_signed"][term.position]);
    }
    let lcb: Vec<f64> = found.iter().map(|term| term.keyness.unwrap().lcb).collect();
    assert!(
        lcb.is_sorted_by(|one, other| one >= other),
        "the most telling of the first group come first"
    );
    // Planted: four times as often in the second group, and a fifth as often.
    let last: Vec<usize> = found.iter().rev().take(2).map(|term| term.position).collect();
    assert_eq!((found[0].position, last), (5, vec![3, 9]));
}

#[test]
fn unsure_counts_and_empty_groups_are_no_terms() {
    let documents = [
        Documents { a: 90, b: 10, undercount: 10 },
        Documents { a: 91, b: 10, undercount: 10 },
        Documents { a: 3, b: 1, undercount: 0 },
    ];
    let mut found = terms(&documents, (500, 500), MIN_SUPPORT, PRIOR_DOCUMENTS);
    found.sort_by_key(|term| term.position);
    let status: Vec<Status> = found.iter().map(|term| term.status).collect();
    assert_eq!(status, [Status::LowSupport, Status::Ok, Status::LowSupport]);
    assert!(found[0].keyness.is_none() && found[1].q.is_some() && found[2].q.is_none());
    let nobody = terms(&documents, (0, 500), MIN_SUPPORT, PRIOR_DOCUMENTS);
    assert!(nobody.iter().all(|term| term.keyness.is_none() && term.status == Status::EmptyBand));
    assert_eq!(terms(&[], (5, 5), MIN_SUPPORT, PRIOR_DOCUMENTS), []);
}

fn agree(what: &str, found: &Emergence, expected: &Value) {
    near(&format!("{what} dispersion"), found.dispersion, &expected["nb_dispersion"]);
    let rows = expected["rows"].as_array().unwrap();
    assert_eq!(found.rows.len(), rows.len());
    for (found, row) in found.rows.iter().zip(rows) {
        let what = format!("{what} {}", row["name"]);
        exact(&what, found.current.count, &row["current"]);
        exact(&what, found.baseline.count, &row["baseline"]);
        near(&what, found.current.rate(), &row["rate_current"]);
        near(&what, found.baseline.rate(), &row["rate_baseline"]);
        near(&what, found.ratio, &row["ratio"]);
        near(&what, found.phi, &row["phi"]);
        near(&what, found.z, &row["z"]);
        near(&what, found.df, &row["df"]);
        near_p(&what, found.p_student, &row["p_ft"]);
        near_p(&what, found.p_binomial, &row["p_binom_exact"]);
        near_p(&what, found.p, &row["p"]);
        near_p(&what, found.q, &row["q"]);
    }
}

#[test]
fn emerging_terms_agree() {
    let series = [
        [20, 22, 18, 21, 19, 20],
        [5, 4, 6, 5, 5, 24],
        [0, 0, 0, 0, 0, 14],
        [5, 40, 2, 30, 8, 35],
        [0, 1, 0, 0, 0, 3],
        [30, 28, 31, 29, 30, 9],
    ];
    let series: Vec<Vec<Mentions>> = series
        .iter()
        .map(|counts| counts.map(|count| Mentions { count, base: 500 }).to_vec())
        .collect();
    agree("c8", &emerging(&series, MIN_SUPPORT), &expected("c8_terms")["emerging"]);
}

#[test]
fn themes_over_the_periods_agree() {
    let mut compared = 0;
    for name in RESPONSES {
        let case = Case::load(name);
        if case.expected["theme_trend"].is_null() {
            continue;
        }
        compared += 1;
        let periods = case.blocks_by("period");
        let series = |feature: &String| -> Vec<Mentions> {
            let place = case.feature(feature);
            periods
                .iter()
                .map(|(_, block)| Mentions { count: block.both(place, place), base: block.base() })
                .collect()
        };
        let all: Vec<Vec<Mentions>> = case.features.iter().map(series).collect();
        for (feature, periods) in case.features.iter().zip(&all) {
            let expected = &case.expected["theme_trend"][feature];
            let trend = cochran_armitage(periods);
            near(&format!("{name} {feature} z"), trend.map(|trend| trend.z), &expected["z"]);
            near_p(&format!("{name} {feature} p"), trend.map(|trend| trend.p), &expected["p"]);
        }
        agree(name, &emerging(&all, MIN_SUPPORT), &case.expected["theme_emerging"]);
    }
    assert!(compared >= 5, "only {compared} cases have periods");
}

#[test]
fn hardly_any_periods_are_no_trouble() {
    let month = |count, base| Mentions { count, base };
    assert!(emerging(&[], MIN_SUPPORT).rows.is_empty());
    assert!(emerging(&[vec![], vec![month(3, 10)]], MIN_SUPPORT).rows.is_empty());
    assert!(emerging(&[vec![month(0, 0), month(3, 10)]], MIN_SUPPORT).rows.is_empty());
    assert!(emerging(&[vec![month(2, 10), month(0, 0)]], MIN_SUPPORT).rows.is_empty());
    for periods in [
        vec![month(0, 10), month(0, 10)],
        vec![month(10, 10), month(10, 10)],
        vec![month(0, 0), month(1, 9), month(0, 0), month(30, 30)],
        vec![month(1, 100_000_000), month(99_999_999, 100_000_000)],
    ] {
        let row = emerging(&[periods], MIN_SUPPORT).rows[0];
        assert!(
            [row.ratio, row.phi, row.z, row.df].iter().all(|number| number.is_finite()),
            "{row:?}"
        );
        assert!((0.0..=1.0).contains(&row.p), "{row:?}");
    }
}
