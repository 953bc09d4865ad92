//! `coverage`, `stage_summary`, `dimension_summary`, `last_step_to_10`, `keep_fix`, `changes` and `targets`.

use super::columns::{Columns, SmallTable};
use super::keys::Named;
use crate::config;
use crate::drivers::findings::{CoverageRow, StageRow, UnknownTerm, as_hoped};
use crate::drivers::status::Status;

/// A band and language, or a word that no lexicon knows.
enum Gap<'n> {
    Texts(&'n CoverageRow),
    Term(&'n UnknownTerm),
}

pub(super) fn coverage(named: Named<'_>) -> SmallTable {
    let share = |count: u64, all: u64| (all > 0).then(|| count as f64 / all as f64);
    let texts = named.findings.coverage.iter().map(Gap::Texts);
    let gaps: Vec<Gap<'_>> = texts.chain(named.findings.unknown.iter().map(Gap::Term)).collect();
    let covered = |gap: &Gap<'_>| match gap {
        Gap::Texts(row) => Some(row.covered).filter(|_| !row.suppressed),
        Gap::Term(_) => None,
    };
    let term = |gap: &Gap<'_>| match gap {
        Gap::Texts(_) => None,
        Gap::Term(row) => Some((row.difference, row.lean)),
    };
    Columns::of("coverage", &gaps)
        .text("kind", |gap| Some(if matches!(gap, Gap::Texts(_)) { "texts" } else { "term" }))
        .text("band", |gap| match gap {
            Gap::Texts(row) => row.band,
            Gap::Term(_) => None,
        })
        .text("language", |gap| match gap {
            Gap::Texts(row) => Some(row.language),
            Gap::Term(row) => Some(row.language),
        })
        .text("term", |gap| match gap {
            Gap::Texts(_) => None,
            Gap::Term(row) => Some(row.term.as_str()),
        })
        .count("n", |gap| match gap {
            Gap::Texts(_) => Some(covered(gap)?.texts),
            Gap::Term(row) => Some(row.documents),
        })
        .count("with_feeling", |gap| Some(covered(gap)?.felt))
        .count("with_theme", |gap| Some(covered(gap)?.themed))
        .count("uncovered", |gap| Some(covered(gap)?.neither))
        .number("uncovered_share", |gap| share(covered(gap)?.neither, covered(gap)?.texts))
        .number("theme_share", |gap| share(covered(gap)?.themed, covered(gap)?.texts))
        .number("score_difference", |gap| term(gap)?.0)
        .number("lcb", |gap| Some(term(gap)?.1))
        .base(|gap| (matches!(gap, Gap::Texts(row) if row.suppressed), false))
        .finish()
}

pub(super) fn stages(name: &'static str, key: &str, rows: &[StageRow]) -> SmallTable {
    Columns::of(name, rows)
        .text(key, |row| Some(row.name.as_str()))
        .count("n", |row| Some(row.mentioned.base))
        .count("mentioned", |row| Some(row.mentioned.count))
        .number("rate", |row| row.mentioned.rate())
        .count("positive", |row| Some(row.praised))
        .count("negative", |row| Some(row.complained))
        .number("positive_share_high", |row| row.high_praised.rate())
        .number("negative_share_low", |row| row.low_complained.rate())
        .number("mean_score_positive", |row| row.mean_praised)
        .number("mean_score_negative", |row| row.mean_complained)
        .flag("silent", |row| Some(row.silent))
        .base(|_| (false, false))
        .finish()
}

pub(super) fn last_step(named: Named<'_>) -> SmallTable {
    Columns::of("last_step_to_10", &named.findings.limiting)
        .text("band", |row| Some(row.band))
        .text("theme", |row| named.theme(row.theme))
        .count("x", |row| Some(row.named.count))
        .count("n", |row| Some(row.named.base))
        .number("share", |row| row.named.rate())
        .number("share_lo", |row| Some(row.interval.0))
        .number("share_hi", |row| Some(row.interval.1))
        .number("mean_score", |row| row.mean)
        .rank("rank", |row| Some(row.rank))
        .base(|row| (false, row.named.base < 30))
        .finish()
}

pub(super) fn keep_fix(named: Named<'_>) -> SmallTable {
    Columns::of("keep_fix", &named.findings.keep_fix)
        .text("kind", |row| Some(row.kind))
        .rank("rank", |row| Some(row.rank))
        .text("theme", |row| named.theme(row.theme))
        .text("stage", |row| Some(named.taxonomy.themes().get(row.theme)?.stage.as_str()))
        .count("x", |row| Some(row.mentions.count))
        .count("n", |row| Some(row.mentions.base))
        .number("diff", |row| Some(row.difference))
        .number("diff_lo", |row| Some(row.interval.0))
        .number("diff_hi", |row| Some(row.interval.1))
        .number("effect", |row| row.effect)
        .number("effect_lo", |row| Some(row.effect_interval?.0))
        .number("effect_hi", |row| Some(row.effect_interval?.1))
        .number("nps_if_neutralised", |row| row.nps_if_neutralised)
        .text("spread", |row| row.spread)
        .base(|_| (false, false))
        .finish()
}

/// `channel=phone`, or nothing for everybody.
fn scope(named: Option<&config::Named>) -> Option<String> {
    let (dim, value) = named?.first_key_value()?;
    Some(format!("{dim}={value}"))
}

pub(super) fn changes(named: Named<'_>) -> SmallTable {
    let declared = &named.findings.declared.changes;
    Columns::of("changes", &named.findings.changes)
        .text("change_id", |row| Some(declared.get(row.declared)?.id.as_str()))
        .text("date", |row| Some(declared.get(row.declared)?.date.to_string()))
        .text("treated", |row| scope(declared.get(row.declared)?.scope.as_ref()))
        .text("control", |row| scope(declared.get(row.declared)?.control.as_ref()))
        .text("theme", |row| declared.get(row.declared)?.theme.as_deref())
        .text("metric", |row| Some(row.metric))
        .count("n", |row| Some(row.rows.0 + row.rows.1))
        .count("n_before", |row| Some(row.rows.0))
        .count("n_after", |row| Some(row.rows.1))
        .number("before", |row| Some(row.levels?.0))
        .number("after", |row| Some(row.levels?.1))
        .number("diff", |row| Some(row.change.as_ref().ok()?.before_after.difference))
        .number("diff_lo", |row| Some(row.change.as_ref().ok()?.before_after.interval.0))
        .number("diff_hi", |row| Some(row.change.as_ref().ok()?.before_after.interval.1))
        .number("did", |row| Some(row.change.as_ref().ok()?.did?.difference))
        .number("did_lo", |row| Some(row.change.as_ref().ok()?.did?.interval.0))
        .number("did_hi", |row| Some(row.change.as_ref().ok()?.did?.interval.1))
        .number("mde80", |row| Some(row.change.as_ref().ok()?.detectable))
        .number("p", |row| {
            let change = row.change.as_ref().ok()?;
            Some(change.did.unwrap_or(change.before_after).p)
        })
        .text("verdict", |row| match &row.change {
            Ok(change) => Some(change.verdict.name(row.controlled)),
            Err(_) => Some("too_few_answers"),
        })
        .flag("as_hoped", |row| {
            Some(as_hoped(declared.get(row.declared)?.direction, row.change.as_ref().ok()?))
        })
        .text("warnings", |row| (!row.warnings.is_empty()).then(|| row.warnings.join("; ")))
        .text("status", |row| {
            Some(row.change.as_ref().map_or_else(|status| status.name(), |_| Status::Ok.name()))
        })
        .base(|row| (false, row.change.is_err()))
        .finish()
}

pub(super) fn targets(named: Named<'_>) -> SmallTable {
    let declared = &named.findings.declared.targets;
    Columns::of("targets", &named.findings.targets)
        .text("target_id", |row| Some(declared.get(row.declared)?.id.as_str()))
        .text("metric", |row| Some(declared.get(row.declared)?.metric.as_str()))
        .text("theme", |row| declared.get(row.declared)?.theme.as_deref())
        .text("treated", |row| scope(declared.get(row.declared)?.scope.as_ref()))
        .text("period", |row| row.period.as_deref())
        .count("n", |row| (!row.suppressed).then_some(row.base))
        .number("at_least", |row| declared.get(row.declared)?.at_least)
        .number("at_most", |row| declared.get(row.declared)?.at_most)
        .number("point", |row| row.point)
        .number("ci_lo", |row| Some(row.interval?.0))
        .number("ci_hi", |row| Some(row.interval?.1))
        .text("verdict", |row| Some(row.verdict.name()))
        .base(|row| (row.suppressed, row.base < 30))
        .finish()
}
