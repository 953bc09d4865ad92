//! `kpis`, `contrasts` and `guard`.

use super::columns::{Columns, SmallTable};
use super::keys::{Named, polarity};
use crate::drivers::contrasts::Figures;
use crate::drivers::findings::{ContrastRow, KpiRow};
use crate::drivers::sentences::{self, Sentence, Share};
use crate::drivers::status::Status;

pub(super) fn kpis(named: Named<'_>) -> SmallTable {
    let findings = named.findings;
    // Counts of single scores only where the scale is the one that the columns are named after.
    let nps = findings.scores.as_ref().is_some_and(|scores| (scores.least, scores.bins) == (0, 11));
    let shown = |row: &KpiRow| (!row.suppressed).then_some(row.kpi.base);
    let mut columns = Columns::of("kpis", &findings.kpis)
        .scope(|row| &row.scope)
        .text("status", |row| Some(row.kpi.status.name()))
        .count("n", shown)
        .text("kpi", |row| Some(row.kpi.name))
        .text("unit", |row| Some(row.kpi.unit.name()))
        .count("n_rows", |row| row.rows)
        .count("n_scored", |row| row.scored)
        .count("n_missing", |row| row.missing)
        .count("n_customers", |row| row.customers)
        .number("point", |row| row.kpi.point)
        .number("ci_lo", |row| Some(row.kpi.interval?.0))
        .number("ci_hi", |row| Some(row.kpi.interval?.1))
        .text("method", |row| Some(row.kpi.method))
        .number("sd", |row| row.kpi.sd);
    for score in 0..=10 {
        columns = columns.count(&format!("hist{score}"), |row: &KpiRow| {
            row.histogram.get(score).copied().filter(|_| nps)
        });
    }
    columns.base(|row| (row.suppressed, row.low_base)).finish()
}

/// What a contrast's row says, and the driver beside it.
struct Told<'n> {
    row: &'n ContrastRow,
    effect: Option<f64>,
    sentence: Option<Sentence>,
}

pub(super) fn contrasts(named: Named<'_>) -> SmallTable {
    let told: Vec<Told<'_>> = named.findings.contrasts.iter().map(|row| tell(named, row)).collect();
    let figures = |told: &Told<'_>| -> Option<Figures> {
        told.row.contrast.figures.filter(|_| !told.row.suppressed)
    };
    let shown = |told: &Told<'_>, count: u64| (!told.row.suppressed).then_some(count);
    Columns::of("contrasts", &told)
        .scope(|told| &told.row.scope)
        .text("status", |told| Some(told.row.contrast.status.name()))
        .count("n", |told| shown(told, told.row.contrast.a.base + told.row.contrast.b.base))
        .text("band_a", |told| Some(named.pair(told.row.pair)?.0))
        .text("band_b", |told| Some(named.pair(told.row.pair)?.1))
        .text("theme", |told| named.theme_of(told.row.contrast.feature))
        .text("polarity", |told| Some(polarity(told.row.contrast.feature).name()))
        .count("x_a", |told| shown(told, told.row.contrast.a.count))
        .count("n_a", |told| shown(told, told.row.contrast.a.base))
        .count("x_b", |told| shown(told, told.row.contrast.b.count))
        .count("n_b", |told| shown(told, told.row.contrast.b.base))
        .number("rate_a", |told| told.row.contrast.a.rate())
        .number("rate_b", |told| told.row.contrast.b.rate())
        .number("diff", |told| Some(figures(told)?.difference))
        .number("diff_lo", |told| Some(figures(told)?.interval.0))
        .number("diff_hi", |told| Some(figures(told)?.interval.1))
        .number("ratio", |told| Some(figures(told)?.ratio))
        .number("log_or", |told| Some(figures(told)?.log_or))
        .number("or_lo", |told| Some(figures(told)?.or_interval.0))
        .number("or_hi", |told| Some(figures(told)?.or_interval.1))
        .text("test", |told| Some(told.row.contrast.test?.test.name()))
        .number("p", |told| Some(told.row.contrast.test?.p))
        .number("log10_p", |told| Some(told.row.contrast.test?.log10_p))
        .number("q", |told| told.row.contrast.q)
        .number("effect_lb", |told| Some(figures(told)?.effect_lb))
        .number("deff", |told| told.row.contrast.design_effect)
        .text("guard", |told| Some(told.row.verdict?.name()))
        .rank("rank", |told| Some(told.row.contrast.rank? as usize))
        .number("driver_effect", |told| told.effect)
        .text("sentence_fi", |told| Some(told.sentence.as_ref()?.fi.as_str()))
        .text("sentence_en", |told| Some(told.sentence.as_ref()?.en.as_str()))
        .base(|told| (told.row.suppressed, told.row.low_base))
        .finish()
}

fn tell<'n>(named: Named<'n>, row: &'n ContrastRow) -> Told<'n> {
    let contrast = &row.contrast;
    let tables = &named.findings.fits.drivers;
    let table = tables.iter().find(|table| table.scope == row.scope);
    let driver = table.and_then(|table| {
        table.drivers.rows.iter().find(|driver| driver.feature == contrast.feature)
    });
    let effect = driver.and_then(|driver| Some(driver.score.as_ref()?.effect));
    let labels = named.taxonomy.themes().get(contrast.feature / 2);
    let worth = contrast.status == Status::Ok && !row.suppressed;
    let sentence = worth
        .then(|| {
            let theme = labels?;
            let share = |m: crate::drivers::contrasts::Mentions| Share { x: m.count, n: m.base };
            Some(sentences::contrast(
                sentences::Named { fi: &theme.label_fi, en: &theme.label_en },
                polarity(contrast.feature),
                named.pair(row.pair)?,
                (share(contrast.a), share(contrast.b)),
                contrast.figures?.interval,
            ))
        })
        .flatten();
    Told { row, effect, sentence }
}

pub(super) fn guard(named: Named<'_>) -> SmallTable {
    Columns::of("guard", &named.findings.guards)
        .text("contrast_id", |row| {
            let (a, b) = named.pair(row.pair)?;
            Some(format!(
                "{a}|{b}|{}|{}",
                named.theme_of(row.feature)?,
                polarity(row.feature).name()
            ))
        })
        .text("theme", |row| named.theme_of(row.feature))
        .text("polarity", |row| Some(polarity(row.feature).name()))
        .text("dim", |row| Some(row.dim.as_str()))
        .number("crude", |row| Some(row.guard.crude))
        .number("mh_rd", |row| Some(row.guard.within))
        .number("mh_lo", |row| Some(row.guard.interval.0))
        .number("mh_hi", |row| Some(row.guard.interval.1))
        .number("mh_or", |row| row.guard.odds_ratio)
        .number("p_het", |row| row.guard.p)
        .number("q_het", |row| row.q)
        .flag("reversal", |row| Some(row.guard.reversal))
        .flag("confounded", |row| Some(row.guard.confounded))
        .base(|_| (false, false))
        .finish()
}
