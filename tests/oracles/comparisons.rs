//! Declared changes, Simpson's guard and journeys: cases c1 to c7 and c11.

use super::cases::{Case, RESPONSES, Table, exact, expected, near, near_p};
use super::gaps::median;
use kymppi::drivers::change::{Cells, Direction, Goal, change};
use kymppi::drivers::guard::{Stratum, guard};
use kymppi::drivers::journey::{Rules, Visit, journey};
use kymppi::drivers::sample::Sample;
use serde_json::Value;

const SCORE: Goal = Goal { better: Direction::Higher, margin: 0.2 };

#[test]
fn declared_changes_agree() {
    let mut judged = 0;
    for name in RESPONSES {
        let case = Case::load(name);
        let cut = median(&case) + 0.5;
        let cell = |treated: bool, after: bool| {
            Sample::scores(&case.block(|row| {
                (case.table.text(row, "touchpoint") == "delivery") == treated
                    && (case.table.number(row, "period").unwrap() >= cut) == after
            }))
        };
        let cells = Cells {
            treated: (cell(true, false), cell(true, true)),
            control: Some((cell(false, false), cell(false, true))),
        };
        let expected = &case.expected["before_after_touchpoint_delivery"];
        if expected.is_null() {
            continue;
        }
        let found = change(&cells, SCORE);
        assert_eq!(
            expected["status"],
            found.map_or_else(|status| status.name(), |_| "ok"),
            "{name}"
        );
        let Ok(found) = found else { continue };
        let (welch, did) = (found.before_after, found.did.unwrap());
        let (before_after, differences) = (&expected["before_after"], &expected["did"]);
        near(name, welch.difference, &before_after["diff"]);
        near(name, welch.error, &before_after["se"]);
        near(name, welch.df, &before_after["df"]);
        near_p(name, welch.p, &before_after["p"]);
        near(name, welch.interval.0, &before_after["lo"]);
        near(name, welch.interval.1, &before_after["hi"]);
        near(name, did.difference, &differences["effect"]);
        near(name, did.error, &differences["se"]);
        near(name, did.interval.0, &differences["lo"]);
        near(name, did.interval.1, &differences["hi"]);
        near_p(name, did.p, &differences["p"]);
        near(name, found.detectable, &differences["mde80"]);
        assert_eq!(differences["verdict"], found.verdict.name(true), "{name}");
        judged += 1;
    }
    assert!(judged >= 3, "{judged}");
}

fn guard_agrees(what: &str, strata: &[Stratum], expected: &Value) {
    let found = guard(strata);
    assert_eq!(expected["status"], found.map_or_else(|status| status.name(), |_| "ok"), "{what}");
    let Ok(found) = found else { return };
    near(what, found.crude, &expected["crude"]);
    near(what, found.within, &expected["mh_rd"]);
    near(what, found.error, &expected["mh_se"]);
    near(what, found.q_statistic, &expected["q_het"]);
    exact(what, found.df as u64, &expected["df"]);
    near_p(what, found.p, &expected["p_het"]);
    near(what, found.odds_ratio, &expected["mh_or"]);
    near(what, found.log_odds_error, &expected["mh_log_or_se"]);
    assert_eq!(expected["reversal"], found.reversal, "{what}");
    assert_eq!(expected["confounded"], found.confounded, "{what}");
}

#[test]
fn the_guard_agrees() {
    for name in RESPONSES {
        let case = Case::load(name);
        let channels = case.blocks_by("channel");
        for (key, expected) in case.expected["simpson"].as_object().unwrap() {
            let feature = case.feature(key.split('|').next().unwrap());
            let strata: Vec<Stratum> = channels
                .iter()
                .map(|(_, block)| {
                    let of =
                        |counts: &[u64], from: usize, to: usize| counts[from..=to].iter().sum();
                    let with = block.feature(feature);
                    Stratum {
                        high: (of(with, 9, 10), of(&block.texts, 9, 10)),
                        low: (of(with, 0, 6), of(&block.texts, 0, 6)),
                    }
                })
                .collect();
            guard_agrees(&format!("{name} {key}"), &strata, expected);
        }
    }
}

#[test]
fn simpsons_paradox_is_seen() {
    let table = Table::load("c7_simpson");
    let strata: Vec<Stratum> = table
        .distinct("channel")
        .iter()
        .map(|channel| {
            let mut stratum = Stratum { high: (0, 0), low: (0, 0) };
            for row in (0..table.rows.len()).filter(|row| table.text(*row, "channel") == channel) {
                let high = table.number(row, "score").unwrap() >= 9.0;
                let counts = if high { &mut stratum.high } else { &mut stratum.low };
                counts.0 += u64::from(table.text(row, "p_theme") == "1");
                counts.1 += 1;
            }
            stratum
        })
        .collect();
    guard_agrees("c7", &strata, &expected("c7_simpson")["simpson"]);
}

/// Scores 9 and 10 are great, 0 to 6 failed.
const JOURNEY: Rules = Rules { great: 9000, failed: 6000, overall: None, days: 365 };

fn visits(touchpoints: &[String]) -> Vec<Visit> {
    let table = Table::load("c11_journey");
    let mut visits: Vec<Visit> = (0..table.rows.len())
        .map(|row| {
            let score = (table.number(row, "score").unwrap() * 1000.0) as i64;
            let at = table.text(row, "touchpoint");
            Visit {
                customer: table.number(row, "customer_id").unwrap() as u64,
                touchpoint: touchpoints.iter().position(|name| name == at).unwrap(),
                day: (row % 30) as i32,
                n: 1,
                sum: score,
                least: score,
                last: score,
            }
        })
        .collect();
    visits.sort_by_key(|visit| visit.customer);
    visits
}

#[test]
fn journeys_agree() {
    let touchpoints = Table::load("c11_journey").distinct("touchpoint");
    let expected = expected("c11_journey");
    let found = journey(visits(&touchpoints), touchpoints.len(), JOURNEY);
    exact("customers", found.customers, &expected["customers"]);
    exact("several", found.several, &expected["customers_multi"]);
    near("mean of means", found.mean_of_means, &expected["mean_of_mean"]);
    near("mean of least", found.mean_of_least, &expected["mean_of_min"]);
    for (name, found) in touchpoints.iter().zip(&found.touchpoints) {
        let expected = &expected["touchpoints"][name];
        near(name, found.mean_score, &expected["mean_all"]);
        exact(name, found.several, &expected["n_multi"]);
        exact(name, found.great, &expected["great"]);
        exact(name, found.hidden, &expected["hidden"]);
        exact(name, found.worst, &expected["worst_count"]);
        near(name, found.hidden_rate, &expected["hidden_rate"]);
        near(name, found.hidden_interval.map(|ends| ends.0), &expected["hidden_ci"][0]);
        near(name, found.hidden_interval.map(|ends| ends.1), &expected["hidden_ci"][1]);
    }
    assert_eq!(found.overall, None);
}

#[test]
fn the_worst_touchpoint_weighs_as_it_was_planted() {
    let touchpoints = Table::load("c11_journey").distinct("touchpoint");
    let mut all = visits(&touchpoints);
    let customers: Vec<u64> = (0..300).collect();
    for customer in customers {
        let own: Vec<Visit> =
            all.iter().filter(|visit| visit.customer == customer).copied().collect();
        let mean = own.iter().map(|visit| visit.sum as f64).sum::<f64>() / own.len() as f64;
        let least = own.iter().map(|visit| visit.least as f64).fold(f64::INFINITY, f64::min);
        let score = (0.3 * mean + 0.6 * least + 500.0).round() as i64;
        all.push(Visit { touchpoint: 5, sum: score, least: score, last: score, ..own[0] });
    }
    all.sort_by_key(|visit| visit.customer);
    let found = journey(all, 6, Rules { overall: Some(5), ..JOURNEY });
    let weights = found.overall.unwrap();
    assert_eq!(weights.n, found.several);
    // The planted scores are rounded to parts of a point.
    assert!((weights.mean - 0.3).abs() < 1e-3 && (weights.least - 0.6).abs() < 1e-3, "{weights:?}");
    assert!(weights.last.abs() < 1e-3 && weights.r2 > 0.999, "{weights:?}");
    assert_eq!(found.touchpoints[5].mean_score, None, "the whole is no touchpoint");
}

#[test]
fn repeated_answers_and_windows_are_respected() {
    let visit = |touchpoint, day, score: i64| Visit {
        customer: 7,
        touchpoint,
        day,
        n: 1,
        sum: score * 1000,
        least: score * 1000,
        last: score * 1000,
    };
    let visits = [visit(0, 1, 3), visit(0, 9, 9), visit(1, 8, 10)];
    let all = journey(visits, 2, JOURNEY);
    // The first touchpoint once failed, which the great second one hides.
    assert_eq!((all.touchpoints[1].great, all.touchpoints[1].hidden), (1, 1));
    assert_eq!((all.touchpoints[0].worst, all.touchpoints[0].mean_score), (1, Some(6.0)));
    assert_eq!(all.mean_of_means, Some(8.0));
    let recent = journey(visits, 2, Rules { days: 7, ..JOURNEY });
    assert_eq!((recent.touchpoints[1].hidden, recent.touchpoints[0].great), (0, 1));
    assert_eq!(journey([], 2, JOURNEY).mean_of_means, None);
}
