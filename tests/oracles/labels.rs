//! Labels of people against those of the system.

use super::cases::{Table, exact, expected, near};
use kymppi::drivers::validation::{Confusion, Level, alpha, corrected_rate, kappa};

#[test]
fn agreement_with_people_agrees() {
    let (table, expected) = (Table::load("c10_labels"), expected("c10_labels"));
    let mut confusion = Confusion::default();
    let rows = 0..table.rows.len();
    for row in rows.clone() {
        confusion.add(table.text(row, "human") == "1", table.text(row, "system") == "1");
    }
    exact("tp", confusion.true_positive, &expected["tp"]);
    exact("fp", confusion.false_positive, &expected["fp"]);
    exact("fn", confusion.false_negative, &expected["fn"]);
    exact("tn", confusion.true_negative, &expected["tn"]);
    for (name, share) in [
        ("precision", confusion.precision()),
        ("recall", confusion.recall()),
        ("f1", confusion.f1()),
    ] {
        let (share, interval) = (share.unwrap(), &expected[format!("{name}_ci")]);
        near(name, share.point, &expected[name]);
        near(name, share.interval.0, &interval[0]);
        near(name, share.interval.1, &interval[1]);
    }
    let kappa = kappa(&confusion.table()).unwrap();
    near("kappa", kappa.point, &expected["kappa"]);
    near("kappa se", kappa.se, &expected["kappa_se"]);
    near("kappa from", kappa.interval.0, &expected["kappa_lo"]);
    near("kappa to", kappa.interval.1, &expected["kappa_hi"]);
    let items = |columns: [&str; 2]| -> Vec<Vec<i64>> {
        let label = |row, column| table.number(row, column).map(|label| label as i64);
        rows.clone()
            .map(|row| columns.iter().filter_map(|column| label(row, column)).collect())
            .collect()
    };
    near("alpha", alpha(&items(["human", "system"]), Level::Nominal), &expected["alpha_binary"]);
    for (name, level) in
        [("nominal", Level::Nominal), ("ordinal", Level::Ordinal), ("interval", Level::Interval)]
    {
        near(name, alpha(&items(["pol_h1", "pol_h2"]), level), &expected["alpha_polarity"][name]);
    }
    let corrected = &expected["rogan_gladen"];
    near(
        "corrected",
        confusion.corrected(corrected["p_obs"].as_f64().unwrap()),
        &corrected["corrected"],
    );
}

#[test]
fn nothing_labelled_gives_nothing() {
    let nothing = Confusion::default();
    assert_eq!((nothing.precision(), nothing.recall(), nothing.f1()), (None, None, None));
    assert_eq!(nothing.corrected(0.5), None);
    assert_eq!((kappa(&[]), kappa(&nothing.table())), (None, None));
    assert_eq!(kappa(&[vec![7, 0], vec![0, 0]]), None, "both always say the same");
    assert_eq!(alpha(&[], Level::Ordinal), None);
    assert_eq!(alpha(&[vec![1], vec![2], vec![]], Level::Nominal), None, "nothing labelled twice");
    assert_eq!(alpha(&[vec![1, 1], vec![1, 1]], Level::Interval), None, "one label");
    assert_eq!(corrected_rate(0.4, 0.55, 0.55), None, "hardly better than a coin");
    assert_eq!(corrected_rate(0.02, 0.9, 0.9), Some(0.0));
}
