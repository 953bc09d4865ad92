//! The gap ledger and the decompositions of change: cases c13, and c1 to c6.

use super::cases::{Case, RESPONSES, expected, near};
use super::fits::targets;
use kymppi::drivers::decomposition::{Kitagawa, Oaxaca, kitagawa, oaxaca};
use kymppi::drivers::gap_ledger::gap_ledger;
use kymppi::drivers::model::{Evidence, Model, Rules};
use kymppi::drivers::sample::Sample;
use kymppi::drivers::status::Status;
use kymppi::drivers::target::Target;
use kymppi::tally::Block;
use serde_json::Value;

#[test]
fn gap_ledgers_agree() {
    let ledgers = expected("c13_gap_ledger");
    for name in ["c1_normal", "c6_sim5000"] {
        let case = Case::load(name);
        let total = case.block(|_| true);
        // The case leaves out twenty groups, although the rows of c1 make ten: the others are empty.
        let mut groups = case.groups();
        groups.resize(20, Block::new(case.shape(), 10));
        let evidence = Evidence::new(&total, &groups, None);
        let model = Model::of(&evidence, &targets(), Rules::default()).unwrap();
        for (bands, first, second) in
            [("10 vs 6", (10, 10), (6, 6)), ("9-10 vs 0-6", (9, 10), (0, 6))]
        {
            let ledger =
                gap_ledger(&evidence, &targets().score, Some(&model), first, second).unwrap();
            let expected = ledgers[format!("{name}: {bands}")].as_array().unwrap();
            assert_eq!(ledger.lines.len(), expected.len());
            for (line, row) in ledger.lines.iter().zip(expected) {
                let what = format!(
                    "{name} {bands} {} {} {}",
                    row["theme"], row["polarity"], row["component"]
                );
                assert_eq!(row["component"], line.component.name(), "{what}");
                assert_eq!(row["status"], line.status.name(), "{what}");
                if let Some(feature) = line.feature {
                    assert_eq!(row["theme"], case.themes[feature / 2].as_str(), "{what}");
                    assert_eq!(row["polarity"] == "negative", feature % 2 == 1, "{what}");
                }
                near(&what, line.contribution, &row["contribution"]);
                near(&what, line.interval.map(|ends| ends.0), &row["contribution_lo"]);
                near(&what, line.interval.map(|ends| ends.1), &row["contribution_hi"]);
            }
            let (total, parts) = ledger.lines.split_last().unwrap();
            let sum: f64 = parts.iter().map(|line| line.contribution).sum();
            assert!((sum - total.contribution).abs() < 1e-14, "{name} {bands}: {sum}");
            let unexplained = parts.last().unwrap().contribution;
            let share = ledger.explained_share.unwrap();
            assert!((share * ledger.total - (ledger.total - unexplained)).abs() < 1e-12);
        }
    }
}

#[test]
fn a_ledger_without_a_fit_leaves_all_unexplained() {
    let case = Case::load("c2_tiny");
    let total = case.block(|_| true);
    let evidence = Evidence::new(&total, &case.groups(), None);
    let ledger = gap_ledger(&evidence, &targets().score, None, (9, 10), (0, 8)).unwrap();
    let [unexplained, gap] = ledger.lines.last_chunk().unwrap();
    assert_eq!(unexplained.contribution.to_bits(), gap.contribution.to_bits());
    assert_eq!(ledger.explained_share, Some(0.0));
    assert_eq!(
        gap_ledger(&evidence, &targets().score, None, (9, 10), (0, 0)),
        Err(Status::EmptyBand)
    );
}

/// Rows of the first half of the periods, and of the second.
fn halves(case: &Case) -> (Block, Block) {
    let median = median(case);
    let early = |row: usize| case.table.number(row, "period").unwrap() <= median;
    (case.block(early), case.block(|row| !early(row)))
}

pub fn median(case: &Case) -> f64 {
    let mut periods: Vec<f64> =
        (0..case.table.rows.len()).map(|row| case.table.number(row, "period").unwrap()).collect();
    periods.sort_by(f64::total_cmp);
    let half = periods.len() / 2;
    if periods.len() % 2 == 1 {
        periods[half]
    } else {
        f64::midpoint(periods[half - 1], periods[half])
    }
}

#[test]
fn kitagawas_decomposition_agrees() {
    for name in RESPONSES {
        let case = Case::load(name);
        let median = median(&case);
        let values = case.table.distinct("channel");
        let cell = |value: &str, early: bool| {
            case.block(|row| {
                case.table.text(row, "channel") == value
                    && (case.table.number(row, "period").unwrap() <= median) == early
            })
        };
        let cells: Vec<(Block, Block)> =
            values.iter().map(|value| (cell(value, true), cell(value, false))).collect();
        let of = |target: &Target| {
            let samples: Vec<(Sample, Sample)> = cells
                .iter()
                .map(|(a, b)| (Sample::of(&a.scores, target), Sample::of(&b.scores, target)))
                .collect();
            kitagawa(&samples)
        };
        let exact: Vec<(Sample, Sample)> =
            cells.iter().map(|(a, b)| (Sample::scores(a), Sample::scores(b))).collect();
        for (key, found) in [
            ("kitagawa_channel_mean", kitagawa(&exact)),
            ("kitagawa_channel_mean", of(&targets().score)),
            ("kitagawa_channel_nps", of(&targets().net.unwrap())),
        ] {
            let expected = &case.expected[key];
            assert_eq!(found.is_ok(), !expected.is_null(), "{name}: c2 has rows of one half only");
            if let Ok(found) = found {
                kitagawa_agrees(name, &values, &found, expected);
            }
        }
    }
    assert_eq!(kitagawa(&[]), Err(Status::EmptyBand));
}

fn kitagawa_agrees(name: &str, values: &[String], found: &Kitagawa, expected: &Value) {
    for (key, figure) in [("total", found.total), ("mix", found.mix), ("within", found.within)] {
        near(&format!("{name} {key}"), figure, &expected[key]);
    }
    assert!((found.total - found.mix - found.within).abs() < 1e-11, "{name}");
    for row in expected["rows"].as_array().unwrap() {
        let place = values.iter().position(|value| row["value"] == value.as_str()).unwrap();
        let value = &found.rows[place];
        for (key, figure) in [
            ("share_a", value.shares.0),
            ("share_b", value.shares.1),
            ("mean_a", value.means.0),
            ("mean_b", value.means.1),
            ("mix", value.mix),
            ("within", value.within),
        ] {
            near(&format!("{name} {} {key}", row["value"]), figure, &row[key]);
        }
    }
}

#[test]
fn oaxacas_decomposition_agrees() {
    let mut compared = 0;
    for name in RESPONSES {
        let case = Case::load(name);
        let (first, second) = halves(&case);
        for (key, target) in
            [("oaxaca_mean", targets().score), ("oaxaca_nps", targets().net.unwrap())]
        {
            let found = oaxaca(&first, &second, &target, Rules::default(), &[]);
            let expected = &case.expected[key];
            assert_eq!(found.is_ok(), !expected.is_null(), "{name} {key}: {found:?}");
            let Ok(found) = found else { continue };
            oaxaca_agrees(&case, &format!("{name} {key}"), &found, expected);
            compared += 1;
        }
    }
    assert!(compared >= 6, "{compared}");
}

fn oaxaca_agrees(case: &Case, what: &str, found: &Oaxaca, expected: &Value) {
    for (key, figure) in [
        ("total", found.total),
        ("baseline", found.baseline),
        ("mix", found.mix),
        ("effect", found.effect),
    ] {
        near(&format!("{what} {key}"), figure, &expected[key]);
    }
    assert!((found.total - found.baseline - found.mix - found.effect).abs() < 1e-11, "{what}");
    let rows = expected["rows"].as_array().unwrap();
    assert_eq!(found.rows.len(), rows.len(), "{what}");
    for row in rows {
        let feature = case.feature(row["feature"].as_str().unwrap());
        let found = found.rows.iter().find(|found| found.feature == feature).unwrap();
        for (key, figure) in [
            ("rate_a", Some(found.rates.0)),
            ("rate_b", Some(found.rates.1)),
            ("effect_a", Some(found.effects.0)),
            ("effect_b", Some(found.effects.1)),
            ("mix", Some(found.mix.contribution)),
            ("effect", Some(found.effect.contribution)),
            ("mix_se", found.mix.error),
            ("effect_se", found.effect.error),
        ] {
            near(&format!("{what} {} {key}", row["feature"]), figure, &row[key]);
        }
        assert!(found.mix.q >= found.mix.p && found.effect.q >= found.effect.p, "{what}");
    }
}

#[test]
fn errors_by_customer_agree_with_those_of_independent_rows() {
    // The customers of c6 rarely answer twice: both errors estimate the same.
    let case = Case::load("c6_sim5000");
    let (first, second) = halves(&case);
    let median = median(&case);
    let rests: Vec<(Block, Block)> = (0..20)
        .map(|group| {
            let group = group.to_string();
            let rest = |early: bool| {
                case.block(|row| {
                    case.table.text(row, "grp") != group
                        && (case.table.number(row, "period").unwrap() <= median) == early
                })
            };
            (rest(true), rest(false))
        })
        .collect();
    let of = |rests: &[(Block, Block)]| {
        oaxaca(&first, &second, &targets().score, Rules::default(), rests).unwrap()
    };
    let (independent, by_customer) = (of(&[]), of(&rests));
    let mut ratios: Vec<f64> = independent
        .rows
        .iter()
        .zip(&by_customer.rows)
        .map(|(a, b)| b.effect.error.unwrap() / a.effect.error.unwrap())
        .collect();
    ratios.sort_by(f64::total_cmp);
    let middle = ratios[ratios.len() / 2];
    assert!((0.8..1.25).contains(&middle), "{middle}");
    assert!((independent.total - by_customer.total).abs() <= 0.0);
}
