//! NPS, mean and shares of scores, overall and by segment; a hundred million answers; edges.

use super::cases::{Case, K_ANON, RESPONSES, exact, expected, near};
use kymppi::config::{Scale, Score};
use kymppi::drivers::interval::Recommendation;
use kymppi::drivers::kpi::{Kpi, Measure, Unit, kpis, measures, nps};
use kymppi::drivers::status::Status;
use kymppi::drivers::suppression::suppressed;
use kymppi::tally::{Block, Row, Shape};
use serde_json::Value;

/// Names of the shares here and in the expected values.
const SHARES: [(&str, &str); 5] = [
    ("top_box", "top_box_9_10"),
    ("csat", "csat_8_10"),
    ("low_box", "low_box_0_6"),
    ("tens", "tens"),
    ("sixes", "sixes"),
];

fn recommendation() -> Vec<Measure> {
    measures(Scale::Nps, &Score::default().bands().unwrap())
}

fn figure<'k>(kpis: &'k [Kpi], name: &str) -> &'k Kpi {
    kpis.iter().find(|kpi| kpi.name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn compare(what: &str, block: &Block, expected: &Value) {
    exact(what, block.scored() + block.missing, &expected["n_rows"]);
    exact(what, block.scored(), &expected["n_scored"]);
    exact(what, block.missing, &expected["n_missing"]);
    // The cases flag few rows; few customers are few all the more.
    let few = block.scored() < K_ANON as u64;
    assert_eq!(Some(few), expected["suppressed"].as_bool(), "{what}");
    assert!(suppressed(block, K_ANON) >= few, "{what}");
    let found = kpis(block, &recommendation(), false);
    for kpi in &found {
        assert_eq!(Some(kpi.low_base), expected["low_base"].as_bool(), "{what} {}", kpi.name);
    }
    if block.scored() == 0 {
        assert!(found.iter().all(|kpi| kpi.status == Status::NoScores && kpi.point.is_none()));
        return;
    }
    let mean = figure(&found, "mean");
    near(&format!("{what} mean"), mean.point, &expected["mean"]);
    near(&format!("{what} sd"), mean.sd, &expected["sd"]);
    near(&format!("{what} mean from"), mean.interval.map(|i| i.0), &expected["mean_lo"]);
    near(&format!("{what} mean to"), mean.interval.map(|i| i.1), &expected["mean_hi"]);
    assert_eq!(mean.status == Status::NoVariation, expected["mean_lo"].is_null(), "{what}");
    let score = figure(&found, "nps");
    near(&format!("{what} nps"), score.point, &expected["nps"]["nps"]);
    near(&format!("{what} nps from"), score.interval.map(|i| i.0), &expected["nps"]["ci_lo"]);
    near(&format!("{what} nps to"), score.interval.map(|i| i.1), &expected["nps"]["ci_hi"]);
    assert_eq!(Some(score.method), expected["nps"]["method"].as_str());
    for (name, key) in SHARES {
        let share = figure(&found, name);
        near(&format!("{what} {name}"), share.point, &expected[key]["rate"]);
        near(&format!("{what} {name} from"), share.interval.map(|i| i.0), &expected[key]["lo"]);
        near(&format!("{what} {name} to"), share.interval.map(|i| i.1), &expected[key]["hi"]);
    }
}

#[test]
fn figures_agree_overall_and_by_segment() {
    for name in RESPONSES {
        let case = Case::load(name);
        compare(name, &case.block(|_| true), &case.expected["kpi_overall"]);
        for column in ["channel", "touchpoint", "period"] {
            for (value, block) in case.blocks_by(column) {
                let what = format!("{name} {column} {value}");
                compare(&what, &block, &case.expected["kpi_by"][column][&value]);
            }
        }
    }
}

#[test]
fn a_hundred_million_answers_keep_their_digits() {
    let expected = &expected("c12_large_counts")["nps"];
    let count = |name: &str| expected[name].as_u64().unwrap();
    let (promoters, detractors) = (count("promoters"), count("detractors"));
    let total = promoters + detractors + count("passives");
    let score = nps("nps", Recommendation { promoters, detractors, total });
    near("nps", score.point, &expected["nps"]);
    near("from", score.interval.map(|i| i.0), &expected["ci_lo"]);
    near("to", score.interval.map(|i| i.1), &expected["ci_hi"]);
}

/// Answers of as many customers in the bins of a scale.
fn answers(bins: usize, of: impl IntoIterator<Item = usize>) -> Block {
    let mut block = Block::new(Shape { bins, themes: 0 }, K_ANON);
    for (customer, bin) in (0..).zip(of) {
        let score = Some((bin, bin as i64 * 1000));
        block.add(Row { score, text: false, features: &[], mentioned: &[], customer });
    }
    block
}

#[test]
fn no_number_of_answers_gives_nonsense() {
    for n in 0..=30 {
        for block in [
            answers(11, (0..n).map(|_| 10)),
            answers(11, (0..n).map(|_| 0)),
            answers(11, (0..n).map(|answer| answer % 11)),
        ] {
            for kpi in kpis(&block, &recommendation(), false) {
                let numbers =
                    [kpi.point, kpi.sd, kpi.interval.map(|i| i.0), kpi.interval.map(|i| i.1)];
                assert!(numbers.iter().flatten().all(|number| number.is_finite()), "{kpi:?}");
                assert_eq!(kpi.point.is_some(), n > 0);
                // That of the NPS is drawn towards the middle, at first by more than its width.
                if kpi.name == "nps" {
                    continue;
                }
                if let (Some(point), Some((from, to))) = (kpi.point, kpi.interval) {
                    assert!(from <= point + 1e-12 && point <= to + 1e-12, "{kpi:?}");
                }
            }
        }
    }
}

#[test]
fn a_suppressed_group_keeps_its_names_alone() {
    let block = answers(11, [10, 10, 3]);
    assert!(suppressed(&block, K_ANON));
    for kpi in kpis(&block, &recommendation(), true) {
        assert_eq!((kpi.status, kpi.base), (Status::Suppressed, 0));
        assert_eq!((kpi.point, kpi.interval, kpi.sd), (None, None, None));
    }
}

#[test]
fn every_scale_has_its_own_figures() {
    let figures = |score: Score, block: &Block| {
        kpis(block, &measures(score.scale, &score.bands().unwrap()), false)
            .iter()
            .map(|kpi| format!("{} {:.2}", kpi.name, kpi.point.unwrap()))
            .collect::<Vec<_>>()
    };
    let scale = |scale| Score { scale, ..Score::default() };
    let school = answers(7, [0, 2, 4, 5, 6, 6]);
    assert_eq!(
        figures(scale(Scale::School), &school),
        ["mean 3.83", "top_box 0.50", "csat 0.67", "low_box 0.33", "tens 0.33", "sixes 0.17"]
    );
    let stars = answers(5, [0, 1, 3, 4]);
    assert_eq!(
        figures(scale(Scale::Csat), &stars),
        ["csat 0.50", "mean 2.00", "top_box 0.50", "low_box 0.50"]
    );
    let effort = answers(7, [0, 1, 1, 6]);
    let hard = Score { scale: Scale::Ces, high_is_easy: Some(false), ..Score::default() };
    assert_eq!(figures(hard, &effort), ["ces 2.00", "ces_top_2 0.75", "low_box 0.25"]);
    let own = Score {
        scale: Scale::Custom { min: 0.0, max: 100.0 },
        high: Some([90.0, 100.0]),
        low: Some([0.0, 50.0]),
        high_is_easy: None,
    };
    assert_eq!(
        figures(own, &answers(101, [100, 95, 60, 10])),
        ["mean 66.25", "top_box 0.50", "low_box 0.25"]
    );
    assert_eq!(
        kpis(&stars, &measures(Scale::Nps, &Score::default().bands().unwrap()), false)[0].unit,
        Unit::Points
    );
}
