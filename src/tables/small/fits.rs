//! `drivers`, `asymmetry` and `gap_ledger`.

use super::columns::{Columns, SmallTable};
use super::keys::{Named, polarity};
use crate::drivers::driver::{Driver, Effect};
use crate::drivers::findings::DriverTable;
use crate::drivers::gap_ledger::Line;
use crate::drivers::scope::Scope;
use crate::drivers::sentences::{self, Sentence};
use crate::drivers::status::Status;

/// A driver by target.
struct DriverRow<'n> {
    table: &'n DriverTable,
    driver: &'n Driver,
    target: &'static str,
    effect: Option<&'n Effect>,
    sentence: Option<Sentence>,
}

pub(super) fn drivers(named: Named<'_>) -> SmallTable {
    let rows: Vec<DriverRow<'_>> =
        named.findings.fits.drivers.iter().flat_map(|table| of(named, table)).collect();
    let nps = |row: &DriverRow<'_>| row.target == "nps";
    Columns::of("drivers", &rows)
        .scope(|row| &row.table.scope)
        .text("status", |row| Some(row.driver.status.name()))
        .count("n", |row| Some(row.table.drivers.n))
        .text("target", |row| Some(row.target))
        .text("theme", |row| named.theme_of(row.driver.feature))
        .text("polarity", |row| Some(polarity(row.driver.feature).name()))
        .count("support", |row| Some(row.driver.support))
        .number("prevalence", |row| row.driver.prevalence)
        .number("effect", |row| Some(row.effect?.effect))
        .number("effect_se", |row| row.effect?.error)
        .number("effect_shrunk", |row| Some(row.effect?.shrunk))
        .number("p", |row| row.effect?.p)
        .number("q", |row| row.effect?.q)
        .text("se_method", |row| {
            row.effect?;
            Some(row.table.drivers.errors?.name())
        })
        .number("net_contribution", |row| Some(row.effect?.net_contribution))
        .number("nps_if_neutralised", |row| Some(row.driver.nps_if_neutralised.as_ref()?.gain))
        .number("neutral_lo", |row| Some(row.driver.nps_if_neutralised.as_ref()?.interval?.0))
        .number("neutral_hi", |row| Some(row.driver.nps_if_neutralised.as_ref()?.interval?.1))
        .number("nps_removal_naive", |row| row.driver.nps_removal_naive)
        .number("nps_bound", |row| row.driver.nps_bound)
        .number("importance_share", |row| row.driver.importance_share)
        .number("r2", |row| {
            let drivers = &row.table.drivers;
            if nps(row) { drivers.nps_r2 } else { drivers.r2 }
        })
        .rank("k", |row| Some(row.table.drivers.k))
        .number("sign_stable_segments", |row| {
            row.table.sign_stable.get(row.driver.feature).copied().flatten()
        })
        .text("differs_by", |row| differs_by(named, row))
        .rank("rank", |row| row.driver.rank)
        .text("sentence_fi", |row| Some(row.sentence.as_ref()?.fi.as_str()))
        .text("sentence_en", |row| Some(row.sentence.as_ref()?.en.as_str()))
        .base(|row| (row.table.suppressed, row.table.low_base))
        .finish()
}

fn of<'n>(named: Named<'n>, table: &'n DriverTable) -> Vec<DriverRow<'n>> {
    let has_nps = named.findings.scores.as_ref().is_some_and(|scores| scores.net().is_some());
    let mut rows = Vec::new();
    for driver in &table.drivers.rows {
        let score = driver.score.as_ref();
        let sentence = score.filter(|effect| effect.q.is_some()).and_then(|effect| {
            let theme = named.taxonomy.themes().get(driver.feature / 2)?;
            let half = effect.error.map(|error| crate::drivers::distribution::Z95 * error);
            Some(sentences::driver(
                sentences::Named { fi: &theme.label_fi, en: &theme.label_en },
                polarity(driver.feature),
                driver.support,
                effect.effect,
                half.map(|half| (effect.effect - half, effect.effect + half)),
            ))
        });
        rows.push(DriverRow { table, driver, target: "mean", effect: score, sentence });
        if has_nps {
            let effect = driver.net.as_ref();
            rows.push(DriverRow { table, driver, target: "nps", effect, sentence: None });
        }
    }
    rows
}

/// The dimensions over whose values the effect differs beyond chance; of the overall effect on the score.
fn differs_by(named: Named<'_>, row: &DriverRow<'_>) -> Option<String> {
    /// A false discovery rate below which values are said to differ.
    const FOUND: f64 = 0.05;
    if row.table.scope != Scope::Overall || row.target != "mean" {
        return None;
    }
    let differing = named.findings.fits.differing.iter().filter(|dim| {
        let mut rows = dim.rows.iter().filter(|told| told.feature == row.driver.feature);
        rows.any(|told| told.q.is_some_and(|q| q < FOUND))
    });
    let dims: Vec<&str> = differing.map(|dim| dim.dim.as_str()).collect();
    (!dims.is_empty()).then(|| dims.join("; "))
}

pub(super) fn asymmetry(named: Named<'_>) -> SmallTable {
    Columns::of("asymmetry", &named.findings.fits.asymmetry)
        .text("theme", |row| named.theme(row.theme))
        .text("status", |row| Some(row.status.name()))
        .number("reward", |row| Some(row.figures.as_ref()?.reward))
        .number("reward_se", |row| row.figures.as_ref()?.reward_error)
        .number("penalty", |row| Some(row.figures.as_ref()?.penalty))
        .number("penalty_se", |row| row.figures.as_ref()?.penalty_error)
        .number("asym", |row| Some(row.figures.as_ref()?.asymmetry))
        .number("asym_lo", |row| Some(row.figures.as_ref()?.interval?.0))
        .number("asym_hi", |row| Some(row.figures.as_ref()?.interval?.1))
        .number("ia", |row| row.figures.as_ref()?.impact_asymmetry)
        .number("ric", |row| Some(row.figures.as_ref()?.range))
        .number("p_top_change", |row| row.figures.as_ref()?.top_change)
        .number("p_low_change", |row| row.figures.as_ref()?.low_change)
        // A class that is not certain is not shown as one.
        .text("class", |row| {
            let figures = row.figures.as_ref()?;
            Some(if figures.firm { figures.class.name() } else { "not_firm" })
        })
        .flag("firm", |row| Some(row.figures.as_ref()?.firm))
        .base(|_| (false, false))
        .finish()
}

/// A line of a ledger.
struct LedgerRow<'n> {
    pair: usize,
    line: Option<&'n Line>,
    status: Status,
    rows: Option<u64>,
}

pub(super) fn gap_ledger(named: Named<'_>) -> SmallTable {
    let ledgers = named.findings.fits.ledgers.iter().enumerate();
    let rows: Vec<LedgerRow<'_>> = ledgers
        .flat_map(|(pair, ledger)| match ledger {
            Ok(ledger) => ledger
                .lines
                .iter()
                .map(|line| LedgerRow {
                    pair,
                    line: Some(line),
                    status: line.status,
                    rows: Some(ledger.rows.0 + ledger.rows.1),
                })
                .collect(),
            Err(status) => vec![LedgerRow { pair, line: None, status: *status, rows: None }],
        })
        .collect();
    Columns::of("gap_ledger", &rows)
        .text("band_a", |row| Some(named.pair(row.pair)?.0))
        .text("band_b", |row| Some(named.pair(row.pair)?.1))
        .text("theme", |row| named.theme_of(row.line?.feature?))
        .text("polarity", |row| Some(polarity(row.line?.feature?).name()))
        .text("component", |row| Some(row.line?.component.name()))
        .number("contribution", |row| Some(row.line?.contribution))
        .number("contribution_lo", |row| Some(row.line?.interval?.0))
        .number("contribution_hi", |row| Some(row.line?.interval?.1))
        .text("quote_ids", |row| named.quote_ids(row.pair, row.line?.feature?))
        .text("status", |row| Some(row.status.name()))
        .count("n", |row| row.rows)
        .base(|row| (row.status == Status::Suppressed, false))
        .finish()
}
