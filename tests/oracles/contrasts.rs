//! Rates, intervals, odds, tests and their family, for high against low scores and for 10 against 6.

use super::cases::{Case, RESPONSES, exact, expected, near, near_p};
use kymppi::drivers::contrasts::{
    Contrast, Mentions, Test, adjust, compare, contrasts, likelihood_ratio,
};
use kymppi::drivers::interval::agresti_caffo;
use kymppi::drivers::status::Status;
use kymppi::tally::{Block, Row, Shape};
use serde_json::Value;

const MIN_SUPPORT: u64 = 10;

fn agree(what: &str, found: &Contrast, expected: &Value) {
    exact(&format!("{what} x1"), found.a.count, &expected["x1"]);
    exact(&format!("{what} n1"), found.a.base, &expected["n1"]);
    exact(&format!("{what} x2"), found.b.count, &expected["x2"]);
    exact(&format!("{what} n2"), found.b.base, &expected["n2"]);
    assert_eq!(Some(found.status.name()), expected["status"].as_str(), "{what}");
    let figure =
        |name: &str, value: Option<f64>| near(&format!("{what} {name}"), value, &expected[name]);
    let figures = found.figures;
    figure("rate1", figures.and(found.a.rate()));
    figure("rate2", figures.and(found.b.rate()));
    figure("diff", figures.map(|f| f.difference));
    figure("diff_lo", figures.map(|f| f.interval.0));
    figure("diff_hi", figures.map(|f| f.interval.1));
    figure("ratio", figures.map(|f| f.ratio));
    figure("log_or", figures.map(|f| f.log_or));
    figure("se_log_or", figures.map(|f| f.log_or_se));
    figure("or_lo", figures.map(|f| f.or_interval.0));
    figure("or_hi", figures.map(|f| f.or_interval.1));
    let adjusted =
        agresti_caffo((found.a.count, found.a.base), (found.b.count, found.b.base)).interval();
    figure("ac_lo", figures.map(|_| adjusted.0));
    figure("ac_hi", figures.map(|_| adjusted.1));
    // The expected values have no effect where nothing varies.
    if let Some(test) = found.test {
        figure("effect_lb", figures.map(|f| f.effect_lb));
        figure("g", Some(likelihood_ratio(found.a, found.b)));
        assert_eq!(Some(test.test.name()), expected["test"].as_str(), "{what}");
    } else {
        assert!(expected["test"].is_null(), "{what}");
    }
    near_p(&format!("{what} p"), found.test.map(|t| t.p), &expected["p"]);
    near_p(&format!("{what} log10_p"), found.test.map(|t| t.log10_p), &expected["log10_p"]);
}

#[test]
fn contrasts_agree() {
    for name in RESPONSES {
        let case = Case::load(name);
        let block = case.block(|_| true);
        for (key, high, low) in
            [("contrast_9_10_vs_0_6", (9, 10), (0, 6)), ("contrast_10_vs_6", (10, 10), (6, 6))]
        {
            let mut found = contrasts(&block, high, low, &[], MIN_SUPPORT);
            adjust(&mut found);
            let rows = case.expected[key]["rows"].as_array().unwrap();
            assert_eq!(rows.len(), case.features.len());
            for expected in rows {
                let feature = expected["feature"].as_str().unwrap();
                let found = &found[case.feature(feature)];
                let what = format!("{name} {key} {feature}");
                agree(&what, found, expected);
                near_p(&format!("{what} q"), found.q, &expected["q"]);
            }
            ranks_are_in_order(&found);
        }
    }
}

fn ranks_are_in_order(rows: &[Contrast]) {
    let mut ranked: Vec<&Contrast> = rows.iter().filter(|row| row.rank.is_some()).collect();
    ranked.sort_by_key(|row| row.rank);
    assert_eq!(ranked.len(), rows.iter().filter(|row| row.status == Status::Ok).count());
    for pair in ranked.windows(2) {
        assert!(pair[0].figures.unwrap().effect_lb >= pair[1].figures.unwrap().effect_lb);
    }
}

#[test]
fn contrasts_of_a_hundred_million_rows_agree() {
    let expected = expected("c12_large_counts");
    for row in expected["contrast"].as_array().unwrap() {
        let count = |name: &str| row[name].as_u64().unwrap();
        let a = Mentions { count: count("x1"), base: count("n1") };
        let b = Mentions { count: count("x2"), base: count("n2") };
        agree(&format!("{a:?} {b:?}"), &compare((a, b), &[], MIN_SUPPORT), row);
    }
}

#[test]
fn small_and_empty_cells_give_no_nonsense() {
    for n1 in 0..=12 {
        for n2 in 0..=6 {
            for x1 in 0..=n1 {
                for x2 in 0..=n2 {
                    let (a, b) =
                        (Mentions { count: x1, base: n1 }, Mentions { count: x2, base: n2 });
                    let row = compare((a, b), &[], MIN_SUPPORT);
                    assert_eq!(row.figures.is_none(), row.status == Status::EmptyBand);
                    if let Some(figures) = row.figures {
                        assert!(figures.interval.0 <= figures.difference + 1e-12);
                        assert!(figures.difference <= figures.interval.1 + 1e-12);
                        assert!(figures.log_or.is_finite() && figures.log_or_se.is_finite());
                        assert!(figures.ratio > 0.0 && figures.ratio.is_finite());
                    }
                    if let Some(test) = row.test {
                        assert!(test.p > 0.0 && test.p <= 1.0 && test.log10_p <= 0.0, "{row:?}");
                    }
                }
            }
        }
    }
}

/// A block of `customers` who all give the same answer `times` times: half of them 10, of whom every second mentions the
/// theme; half of them 6, of whom every eighth does.
fn repeated(customers: u64, times: u64, keep: impl Fn(u64) -> bool) -> Block {
    let mut block = Block::new(Shape { bins: 11, themes: 1 }, 10);
    for customer in (0..customers).filter(|customer| keep(*customer)) {
        let satisfied = customer % 2 == 0;
        let mentions = (customer / 2) % if satisfied { 2 } else { 8 } == 0;
        let score = Some(if satisfied { (10, 10_000) } else { (6, 6_000) });
        let features: &[usize] = if mentions { &[0] } else { &[] };
        for _ in 0..times {
            block.add(Row { score, text: true, features, mentioned: &[], customer });
        }
    }
    block
}

#[test]
fn repeated_answers_count_once() {
    let groups = |times| {
        (0..20)
            .map(|group| repeated(640, times, |customer| customer / 32 == group))
            .collect::<Vec<_>>()
    };
    let found = |times| {
        contrasts(&repeated(640, times, |_| true), (10, 10), (6, 6), &groups(times), MIN_SUPPORT)[0]
    };
    // Equal groups: no spread between them at all.
    assert_eq!(found(5).design_effect.map(|effect| effect < 1e-9), Some(true));
    let mixed = |times, group: u64| {
        repeated(640, times, |customer| customer.wrapping_mul(0x9E37_79B9) >> 8 & 15 == group)
    };
    let uneven = |times| {
        let groups: Vec<Block> = (0..16).map(|group| mixed(times, group)).collect();
        contrasts(&repeated(640, times, |_| true), (10, 10), (6, 6), &groups, MIN_SUPPORT)[0]
    };
    let (once, often) = (uneven(1), uneven(6));
    let effect = |row: Contrast| row.design_effect.unwrap();
    assert!((effect(often) / effect(once) - 6.0).abs() < 1e-9, "{once:?} {often:?}");
    assert_eq!(often.test.unwrap().test, Test::Jackknife);
    let naive = contrasts(&repeated(640, 6, |_| true), (10, 10), (6, 6), &[], MIN_SUPPORT)[0];
    assert_eq!((naive.design_effect, naive.test.unwrap().test), (None, Test::G));
    assert!(often.test.unwrap().p > naive.test.unwrap().p);
}
