//! Drivers, importance, asymmetry and segments: cases c1 to c6 and c12.

use super::cases::{Case, RESPONSES, exact, expected, near, near_p};
use kymppi::drivers::asymmetry::asymmetries;
use kymppi::drivers::driver::{Driver, Drivers, drivers};
use kymppi::drivers::heterogeneity::{heterogeneity, sign_stable_segments};
use kymppi::drivers::importance::relative_weights;
use kymppi::drivers::matrix::{Cholesky, Matrix};
use kymppi::drivers::model::{Errors, Evidence, Model, Rules, Targets, selection, supported};
use kymppi::drivers::status::Status;
use kymppi::drivers::target::Target;
use kymppi::tally::Block;
use serde_json::Value;

/// The scale of all cases: 0 to 10 with its NPS.
pub fn targets() -> Targets {
    Targets { score: Target::score(11, 0), net: Some(Target::net(11, (9, 10), (0, 6))) }
}

/// One customer a row makes errors of least squares, one in all makes those by customer.
fn explained(case: &Case, customers: u64) -> (Block, Result<Model, Status>, Drivers) {
    let total = case.block(|_| true);
    let evidence = Evidence::new(&total, &case.groups(), Some(customers));
    let model = Model::of(&evidence, &targets(), Rules::default());
    let table = drivers(&evidence, &targets(), &model);
    (total, model, table)
}

fn rows<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn by_feature<'d>(case: &Case, table: &'d Drivers, row: &Value) -> &'d Driver {
    &table.rows[case.feature(row["feature"].as_str().unwrap())]
}

#[test]
fn driver_tables_agree() {
    for name in RESPONSES {
        let case = Case::load(name);
        let expected = &case.expected["drivers"];
        let (total, _, table) = explained(&case, u64::MAX);
        let (_, _, by_customer) = explained(&case, 1);
        assert_eq!(table.status.name(), expected["status"], "{name}");
        for dropped in rows(expected, "collinear_dropped") {
            let feature = case.feature(dropped.as_str().unwrap());
            if table.status == Status::Ok {
                assert_eq!(table.rows[feature].status, Status::CollinearDropped, "{name}");
            }
            assert!(supported(&total, 10).collinear.contains(&feature), "{name}");
        }
        if table.status != Status::Ok {
            assert!(table.rows.iter().all(|row| row.status == table.status && row.score.is_none()));
            continue;
        }
        assert_eq!(
            (table.errors, by_customer.errors),
            (Some(Errors::Ols), Some(Errors::Jackknife))
        );
        exact("n", table.n, &expected["n"]);
        exact("k", table.k as u64, &expected["k"]);
        for (what, found) in [
            ("intercept_mean", table.intercept),
            ("intercept_nps", table.nps_intercept),
            ("r2", table.r2),
            ("nps", table.nps),
            ("mean", table.mean),
        ] {
            near(&format!("{name} {what}"), found, &expected[what]);
        }
        let kept = table.rows.iter().filter(|row| row.status == Status::Ok).count();
        assert_eq!(kept, rows(expected, "rows").len(), "{name}");
        for row in rows(expected, "rows") {
            let (found, jackknifed) =
                (by_feature(&case, &table, row), by_feature(&case, &by_customer, row));
            driver_agrees(&format!("{name} {}", row["feature"]), found, jackknifed, row);
        }
        let sum: f64 =
            table.rows.iter().flat_map(|row| &row.score).map(|score| score.net_contribution).sum();
        assert!((table.intercept.unwrap() + sum - table.mean.unwrap()).abs() < 1e-12, "{name}");
        let mut ranks: Vec<usize> = table.rows.iter().filter_map(|row| row.rank).collect();
        ranks.sort_unstable();
        assert_eq!(ranks, (1..=table.k).collect::<Vec<usize>>(), "{name}");
    }
}

fn driver_agrees(what: &str, found: &Driver, by_customer: &Driver, expected: &Value) {
    exact(what, found.support, &expected["support"]);
    let (score, net) = (found.score.as_ref().unwrap(), found.net.as_ref().unwrap());
    let neutralised = found.nps_if_neutralised.as_ref().unwrap();
    for (key, figure) in [
        ("prevalence", found.prevalence),
        ("effect_mean", Some(score.effect)),
        ("effect_mean_se", score.error),
        ("effect_mean_ridge", Some(score.shrunk)),
        ("net_contribution_mean", Some(score.net_contribution)),
        ("effect_nps", Some(net.effect)),
        ("effect_nps_se", net.error),
        ("nps_if_neutralised", Some(neutralised.gain)),
        ("nps_if_neutralised_ridge", found.prevalence.map(|share| -share * net.shrunk)),
        ("nps_removal_naive", found.nps_removal_naive),
        ("nps_bound_detractors_to_passive", found.nps_bound),
        ("johnson_share", found.importance_share),
        ("effect_mean_se_jk", score.jackknife_error),
        ("nps_if_neutralised_se_jk", neutralised.jackknife_error),
    ] {
        near(&format!("{what} {key}"), figure, &expected[key]);
    }
    let jackknifed = by_customer.score.as_ref().unwrap();
    near(&format!("{what} jackknife"), jackknifed.error, &expected["effect_mean_se_jk"]);
    for (key, p) in [
        ("effect_mean_p", score.p),
        ("q", score.q),
        ("effect_mean_p_jk", jackknifed.p),
        ("q_jk", jackknifed.q),
    ] {
        near_p(&format!("{what} {key}"), p, &expected[key]);
    }
    for row in [found, by_customer] {
        let neutralised = row.nps_if_neutralised.as_ref().unwrap();
        let (from, to) = neutralised.interval.unwrap();
        assert!(from < neutralised.gain && neutralised.gain < to, "{what}");
    }
}

#[test]
fn relative_weights_agree_and_lie_by_the_exact_shares() {
    for name in ["c1_normal", "c3_zero_cells", "c5_skewed_missing", "c6_sim5000"] {
        let case = Case::load(name);
        let (_, model, _) = explained(&case, u64::MAX);
        let model = model.unwrap();
        let gram = &model.selection.gram;
        let weights = relative_weights(&gram.correlations, &model.score.correlations);
        assert!((weights.iter().sum::<f64>() - model.score.r2).abs() < 1e-12, "{name}");
        let mut groups = Vec::new();
        for theme in rows(&case.expected["drivers"], "themes") {
            let position =
                case.themes.iter().position(|name| theme["theme"] == name.as_str()).unwrap();
            let own: Vec<usize> = [2 * position, 2 * position + 1]
                .into_iter()
                .filter_map(|feature| gram.place(feature))
                .collect();
            let weight: f64 = own.iter().map(|place| weights[*place]).sum();
            near(&format!("{name} {}", theme["theme"]), weight, &theme["johnson"]);
            groups.push(own);
        }
        let exact = exact_shares(&gram.correlations, &model.score.correlations, &groups);
        for (group, theme) in exact.iter().zip(rows(&case.expected["drivers"], "themes")) {
            near(&format!("{name} {} lmg", theme["theme"]), *group, &theme["lmg"]);
        }
        for ((own, group), theme) in groups.iter().zip(&exact).zip(&case.themes) {
            let weight: f64 = own.iter().map(|place| weights[*place]).sum();
            assert!(
                (weight - group).abs() < 0.005 * model.score.r2,
                "{name} {theme}: {weight} {group}"
            );
        }
    }
}

/// Shapley's division of R squared among groups of features (LMG; Lindeman, Merenda and Gold 1980), over all subsets.
fn exact_shares(features: &Matrix, target: &[f64], groups: &[Vec<usize>]) -> Vec<f64> {
    let explained: Vec<f64> = (0..1usize << groups.len())
        .map(|subset| {
            let chosen: Vec<usize> = (0..groups.len())
                .filter(|group| subset >> group & 1 == 1)
                .flat_map(|group| groups[group].iter().copied())
                .collect();
            let own =
                Matrix::new(chosen.len(), |row, column| features.at(chosen[row], chosen[column]));
            let right: Vec<f64> = chosen.iter().map(|place| target[*place]).collect();
            let weights = Cholesky::of(&own).unwrap().solve(&right);
            weights.iter().zip(&right).map(|(b, r)| b * r).sum()
        })
        .collect();
    let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
    let orders = |size: usize| {
        factorial(size) * factorial(groups.len() - size - 1) / factorial(groups.len())
    };
    (0..groups.len())
        .map(|group| {
            (0..explained.len())
                .filter(|subset| subset >> group & 1 == 0)
                .map(|subset| {
                    let gain = explained[subset | 1 << group] - explained[subset];
                    orders(subset.count_ones() as usize) * gain
                })
                .sum()
        })
        .collect()
}

#[test]
fn asymmetry_agrees() {
    for name in ["c1_normal", "c3_zero_cells", "c5_skewed_missing", "c6_sim5000"] {
        let case = Case::load(name);
        let (total, model, _) = explained(&case, u64::MAX);
        let model = model.unwrap();
        let (top, low) = (Target::share(11, (9, 10)), Target::share(11, (0, 6)));
        let table = asymmetries(&total, &model, &top, &low);
        let fit = |target: &Target| model.selection.gram.fit(&total, target).unwrap();
        let (top, low) = (fit(&top), fit(&low));
        let expected = rows(&case.expected["drivers"], "prca");
        assert_eq!(
            table.iter().filter(|row| row.figures.is_some()).count(),
            expected.len(),
            "{name}"
        );
        for row in expected {
            let theme =
                case.themes.iter().position(|theme| row["theme"] == theme.as_str()).unwrap();
            let figures = table[theme].figures.as_ref().unwrap();
            for (key, figure) in [
                ("reward", Some(figures.reward)),
                ("penalty", Some(figures.penalty)),
                ("asym", Some(figures.asymmetry)),
                ("asym_se", figures.asymmetry_error),
                ("ia", figures.impact_asymmetry),
                ("ric", Some(figures.range)),
                (
                    "reward_logodds_top",
                    figures.top_change.map(|change| change / 100.0 / top.residual_variance),
                ),
                (
                    "penalty_logodds_low",
                    figures.low_change.map(|change| change / 100.0 / low.residual_variance),
                ),
            ] {
                near(&format!("{name} {} {key}", row["theme"]), figure, &row[key]);
            }
            near_p(&format!("{name} asym_p"), figures.p, &row["asym_p"]);
            assert_eq!(row["kano"], figures.class.name(), "{name} {}", row["theme"]);
            assert_eq!(row["firm"], figures.firm, "{name} {}", row["theme"]);
        }
    }
}

#[test]
fn segments_agree() {
    let mut compared = 0;
    for name in RESPONSES {
        let case = Case::load(name);
        let channels = case.blocks_by("channel");
        let blocks: Vec<&Block> = channels.iter().map(|(_, block)| block).collect();
        let table = heterogeneity(&blocks, &targets().score, Rules::default());
        let expected = rows(&case.expected, "segment_drivers_channel");
        assert_eq!(table.len(), expected.len(), "{name}");
        for (found, row) in table.iter().map(|found| {
            let same =
                |row: &&Value| case.feature(row["feature"].as_str().unwrap()) == found.feature;
            (found, expected.iter().find(same).unwrap())
        }) {
            let what = format!("{name} {}", row["feature"]);
            exact(&what, found.df as u64, &row["df"]);
            for (key, figure) in
                [("q_stat", found.q_statistic), ("tau2", found.between), ("pooled", found.pooled)]
            {
                near(&format!("{what} {key}"), figure, &row[key]);
            }
            near_p(&what, found.p, &row["p_het"]);
            near_p(&what, found.q, &row["q_het"]);
            assert_eq!(found.segments.len(), rows(row, "segments").len());
            for (segment, row) in found.segments.iter().zip(rows(row, "segments")) {
                assert_eq!(row["value"], channels[segment.segment].0.as_str());
                exact(&what, segment.support, &row["support"]);
                near(&what, segment.effect, &row["effect"]);
                near(&what, segment.error, &row["se"]);
                near(&what, segment.shrunk, &row["shrunk"]);
            }
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared}");
}

#[test]
fn signs_are_stable_where_segments_agree() {
    let case = Case::load("c6_sim5000");
    let channels = case.blocks_by("channel");
    let blocks: Vec<&Block> = channels.iter().map(|(_, block)| block).collect();
    let table = heterogeneity(&blocks, &targets().score, Rules::default());
    let staff = table.iter().find(|row| row.feature == case.feature("n_staff")).unwrap();
    assert_eq!(sign_stable_segments(-1.0, &[staff]), Some(1.0));
    assert_eq!(sign_stable_segments(1.0, &[staff]), Some(0.0));
    assert_eq!(sign_stable_segments(1.0, &[]), None);
    assert_eq!(sign_stable_segments(0.0, &[staff]), None);
}

#[test]
fn what_was_planted_is_found() {
    let case = Case::load("c6_sim5000");
    let truth = expected("c6_sim5000_truth");
    let (_, _, table) = explained(&case, u64::MAX);
    let (mut true_sizes, mut found_sizes) = (Vec::new(), Vec::new());
    for feature in &case.features {
        let row = &table.rows[case.feature(feature)];
        let truth = &truth["features"][feature];
        let Some(neutralised) = &row.nps_if_neutralised else { continue };
        true_sizes.push(truth["nps_if_removed"].as_f64().unwrap().abs());
        found_sizes.push(neutralised.gain.abs());
        if truth["latent_effect"].as_f64() == Some(0.0) {
            assert!(row.score.as_ref().unwrap().q.unwrap() >= 0.05, "{feature} has no effect");
        }
    }
    let rho = spearman(&true_sizes, &found_sizes);
    assert!(rho >= 0.94, "{rho}");
}

fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |values: &[f64]| -> Vec<f64> {
        let rank = |value: &f64| {
            let below = values.iter().filter(|other| *other < value).count();
            let same = values.iter().filter(|other| (*other - value).abs() <= 0.0).count();
            below as f64 + (same as f64 - 1.0) / 2.0
        };
        values.iter().map(rank).collect()
    };
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() as f64 - 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum()
    };
    product(&a, &b) / (product(&a, &a) * product(&b, &b)).sqrt()
}

#[test]
fn a_hundred_million_rows_lose_no_digit() {
    let scaled = &expected("c12_large_counts")["scaled_c1"];
    let factor = scaled["factor"].as_u64().unwrap();
    let case = Case::load("c1_normal");
    let mut total = case.block(|_| true);
    for counts in [
        &mut total.scores,
        &mut total.texts,
        &mut total.by_score,
        &mut total.opinions,
        &mut total.pairs,
    ] {
        for count in counts {
            *count *= factor;
        }
    }
    total.sum *= i128::from(factor);
    total.squares *= i128::from(factor);
    let evidence = Evidence::new(&total, &[], None);
    let model = Model::of(&evidence, &targets(), Rules::default());
    let table = drivers(&evidence, &targets(), &model);
    exact("n", table.n, &scaled["n"]);
    near("r2", table.r2, &scaled["r2"]);
    for (place, feature) in case.features.iter().enumerate() {
        let score = table.rows[case.feature(feature)].score.as_ref().unwrap();
        near(feature, score.effect, &scaled["effect_mean"][place]);
        near(feature, score.error, &scaled["effect_mean_se"][place]);
    }
}

#[test]
fn few_rows_keep_the_frequent_features_only() {
    let case = Case::load("c6_sim5000");
    // 120 rows: with a support of 10 more features than rows can bear.
    let block = case.block(|row| row < 120);
    let strict = Rules { rows_per_feature: 12, ..Rules::default() };
    let all = supported(&block, 10).gram.features.len() as u64;
    assert!(block.base() < 12 * (all + 1));
    let selection = selection(&block, strict).unwrap();
    assert!(selection.min_support > 10);
    let kept = selection.gram.features.len() as u64;
    assert!(kept > 0 && kept < all && block.base() >= 12 * (kept + 1));
}
