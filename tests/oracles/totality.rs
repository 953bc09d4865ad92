//! Whatever was counted, every figure is a number or missing: no NaN, no infinity, no panic.

use super::fits::targets;
use kymppi::drivers::asymmetry::asymmetries;
use kymppi::drivers::change::{Cells, Direction, Goal, change, pre_trend, response_mix_moved};
use kymppi::drivers::decomposition::{kitagawa, oaxaca};
use kymppi::drivers::driver::{Drivers, drivers};
use kymppi::drivers::gap_ledger::gap_ledger;
use kymppi::drivers::guard::{Stratum, guard, standardise};
use kymppi::drivers::heterogeneity::{heterogeneity, sign_stable_segments};
use kymppi::drivers::journey::{self, Visit, journey};
use kymppi::drivers::model::{Errors, Evidence, Model, Rules, Targets};
use kymppi::drivers::sample::Sample;
use kymppi::drivers::status::Status;
use kymppi::drivers::target::{Target, within};
use kymppi::tally::{Block, Row, Shape};
use proptest::prelude::*;
use std::fmt::Debug;

const THEMES: usize = 3;

/// A response: its score, whether it has text, its features as bits, its customer.
type Response = (Option<usize>, bool, u8, u64);

fn block(responses: &[Response]) -> Block {
    let mut block = Block::new(Shape { bins: 11, themes: THEMES }, 10);
    for &(score, text, bits, customer) in responses {
        let features: Vec<usize> =
            (0..2 * THEMES).filter(|feature| text && bits >> feature & 1 == 1).collect();
        let mut mentioned: Vec<usize> = features.iter().map(|feature| feature / 2).collect();
        mentioned.dedup();
        let score = score.map(|score| (score, 1000 * score as i64));
        block.add(Row { score, text, features: &features, mentioned: &mentioned, customer });
    }
    block
}

fn by_customer(responses: &[Response], groups: u64) -> Vec<Block> {
    let of = |group: u64| -> Vec<Response> {
        responses.iter().filter(|response| response.3 % groups == group).copied().collect()
    };
    (0..groups).map(|group| block(&of(group))).collect()
}

/// Fails where a figure is no number.
fn numbers(what: &str, value: &impl Debug) {
    let written = format!("{value:?}");
    let wrong = |word: &str| word == "NaN" || word == "inf";
    assert!(!written.split(|c: char| !c.is_alphanumeric()).any(wrong), "{what}: {written}");
}

/// Everything that can be said of some responses.
fn explain(responses: &[Response], rules: Rules, customers: Option<u64>) -> Drivers {
    let total = block(responses);
    let groups = by_customer(responses, 4);
    let evidence = Evidence::new(&total, &groups, customers);
    let mut table = None;
    for targets in [Targets { net: None, ..targets() }, targets()] {
        let model = Model::of(&evidence, &targets, rules);
        let drivers = drivers(&evidence, &targets, &model);
        numbers("drivers", &drivers);
        assert_eq!(drivers.rows.len(), 2 * THEMES);
        for row in &drivers.rows {
            assert_eq!(matches!(row.status, Status::Ok | Status::LowBase), row.score.is_some());
            assert_eq!(
                row.status == Status::Ok,
                row.score.as_ref().is_some_and(|score| score.p.is_some())
            );
            let p = row.score.iter().chain(&row.net).flat_map(|effect| [effect.p, effect.q]);
            assert!(p.flatten().all(|p| (0.0..=1.0).contains(&p)), "{row:?}");
        }
        if let Ok(model) = &model {
            let (top, low) = (Target::share(11, (9, 10)), Target::share(11, (0, 6)));
            numbers("asymmetry", &asymmetries(&total, model, &top, &low));
        }
        for (first, second) in [((9, 10), (0, 6)), ((10, 10), (6, 6)), ((3, 3), (2, 11))] {
            let ledger = gap_ledger(&evidence, &targets.score, model.as_ref().ok(), first, second);
            numbers("gap ledger", &ledger);
            if let Ok(ledger) = ledger {
                let [.., total] = ledger.lines.as_slice() else { panic!("no lines") };
                let sum: f64 = ledger.lines.iter().map(|line| line.contribution).sum();
                let off = (sum - 2.0 * total.contribution).abs();
                assert!(
                    off < 1e-12
                        * (1.0
                            + ledger.lines.iter().map(|line| line.contribution.abs()).sum::<f64>())
                );
            }
        }
        table = Some(drivers);
    }
    let segments: Vec<&Block> = groups.iter().collect();
    let compared = heterogeneity(&segments, &targets().score, rules);
    numbers("segments", &compared);
    numbers(
        "signs",
        &compared.iter().map(|row| sign_stable_segments(row.pooled, &[row])).collect::<Vec<_>>(),
    );
    compare(&groups, rules);
    table.unwrap()
}

/// The groups as periods, segments and scopes.
fn compare(groups: &[Block], rules: Rules) {
    let scores: Vec<Sample> = groups.iter().map(Sample::scores).collect();
    let nps: Vec<Sample> =
        groups.iter().map(|group| Sample::of(&group.texts, &targets().net.unwrap())).collect();
    numbers("samples", &(&scores, &nps));
    for samples in [&scores, &nps] {
        let pairs = [(samples[0], samples[1]), (samples[2], samples[3])];
        numbers("kitagawa", &kitagawa(&pairs));
        numbers("pre-trend", &pre_trend(&pairs));
        numbers("standardised", &standardise(&[samples[..2].to_vec(), samples[2..].to_vec()]));
        let goal = Goal { better: Direction::Lower, margin: 0.2 };
        for control in [None, Some(pairs[1])] {
            numbers("change", &change(&Cells { treated: pairs[0], control }, goal));
        }
    }
    let rest = (groups[0].without(&groups[0]), groups[1].clone());
    for rests in [vec![], vec![rest; 3]] {
        numbers("oaxaca", &oaxaca(&groups[0], &groups[1], &targets().score, rules, &rests));
    }
    let _ = response_mix_moved(&groups[0], &groups[1]);
    for feature in 0..2 * THEMES {
        let counts = |group: &Block, band| {
            (within(group.feature(feature), band), within(&group.texts, band))
        };
        let strata: Vec<Stratum> = groups
            .iter()
            .map(|group| Stratum { high: counts(group, (9, 10)), low: counts(group, (0, 6)) })
            .collect();
        numbers("guard", &guard(&strata));
    }
}

fn any_responses() -> impl Strategy<Value = Vec<Response>> {
    let row = (
        proptest::option::weighted(0.9, 0usize..11),
        proptest::bool::weighted(0.9),
        any::<u8>(),
        0u64..40,
    );
    // Few kinds of responses many times over: ties, perfect fits and collinear features.
    let few = proptest::collection::vec(row.clone(), 1..5)
        .prop_flat_map(|kinds| proptest::collection::vec(proptest::sample::select(kinds), 0..120));
    prop_oneof![proptest::collection::vec(row, 0..120), few]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn figures_are_numbers_or_missing(
        responses in any_responses(),
        min_support in 0u64..12,
        rows_per_feature in 0u64..6,
        customers in proptest::option::of(0u64..60),
    ) {
        explain(&responses, Rules { min_support, rows_per_feature }, customers);
    }

    #[test]
    fn journeys_are_numbers_or_missing(
        mut visits in proptest::collection::vec((0u64..9, 0usize..6, any::<i32>(), 0u64..3, -1i64..12), 0..200),
        overall in proptest::option::of(0usize..6),
    ) {
        visits.sort_unstable();
        let visits = visits.into_iter().map(|(customer, touchpoint, day, n, score)| Visit {
            customer, touchpoint, day, n,
            sum: 1000 * score * i64::try_from(n).unwrap(), least: 1000 * score, last: 1000 * score,
        });
        let rules = journey::Rules { great: 9000, failed: 6000, overall, days: 1 << 30 };
        let found = journey(visits, 5, rules);
        numbers("journey", &found);
        prop_assert!(found.several <= found.customers);
        prop_assert_eq!(found.touchpoints.iter().map(|touchpoint| touchpoint.worst).sum::<u64>(), found.several);
        prop_assert!(found.touchpoints.iter().all(|touchpoint| touchpoint.hidden <= touchpoint.great));
    }
}

#[test]
fn the_edges_have_their_reasons() {
    let rules = Rules::default();
    let status = |responses: &[Response]| explain(responses, rules, None).status;
    assert_eq!(status(&[]), Status::NoScores);
    assert_eq!(status(&[(None, true, 1, 1); 40]), Status::NoScores);
    for n in 0..=30 {
        let responses: Vec<Response> =
            (0..n).map(|row| (Some(row % 11), true, row as u8, row as u64)).collect();
        explain(&responses, rules, None);
    }
    let same_score: Vec<Response> =
        (0..80).map(|row| (Some(8), true, row as u8 % 4, row)).collect();
    assert_eq!(status(&same_score), Status::NoScoreVariation);
    let of = |bits: fn(usize) -> u8| -> Vec<Response> {
        (0..120).map(|row| (Some(row * 7 % 11), true, bits(row), row as u64)).collect()
    };
    let everywhere = explain(&of(|row| 1 | (row as u8 % 3) << 1), rules, None);
    assert_eq!(everywhere.rows[0].status, Status::NoVariation);
    assert_eq!(everywhere.rows[1].status, Status::Ok);
    let twins = explain(&of(|row| if row % 3 == 0 { 0b11 } else { 0 }), rules, None);
    assert_eq!(
        (twins.rows[0].status, twins.rows[1].status),
        (Status::Ok, Status::CollinearDropped)
    );
    assert_eq!(twins.rows[2].status, Status::LowSupport);
}

#[test]
fn one_customer_with_all_rows_is_no_witness() {
    let responses: Vec<Response> =
        (0..120).map(|row| (Some(row * 7 % 11), true, row as u8 % 2, 5)).collect();
    let table = explain(&responses, Rules::default(), Some(1));
    assert_eq!(table.errors, Some(Errors::Jackknife));
    let driver = &table.rows[0];
    let (score, neutralised) =
        (driver.score.as_ref().unwrap(), driver.nps_if_neutralised.as_ref().unwrap());
    assert_eq!((score.error, score.p, score.q, neutralised.interval), (None, None, None, None));
    assert!(score.ols_error > 0.0 && driver.status == Status::LowBase);
    let customers = |n: u64| Evidence::new(&block(&responses), &[], Some(n)).repeated;
    // 120 rows of 115 customers are 1.04 a customer, of 114 they are 1.053.
    assert_eq!((customers(115), customers(114)), (false, true));
}
