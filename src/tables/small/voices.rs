//! `terms`, `quotes`, `follow_up` and `journey`.

use super::columns::{Columns, SmallTable};
use super::keys::{Named, polarity};
use crate::drivers::journey::Touchpoint;
use crate::tally::PARTS;

pub(super) fn terms(named: Named<'_>) -> SmallTable {
    Columns::of("terms", &named.findings.terms)
        .text("band_a", |row| Some(named.pair(row.pair)?.0))
        .text("band_b", |row| Some(named.pair(row.pair)?.1))
        .text("term", |row| Some(row.term.as_str()))
        .text("lang", |row| Some(row.language))
        .count("docs_a", |row| Some(row.lean.a.count))
        .count("docs_b", |row| Some(row.lean.b.count))
        .number("rate_a", |row| row.lean.a.rate())
        .number("rate_b", |row| row.lean.b.rate())
        .number("delta", |row| Some(row.lean.keyness?.delta))
        .number("se", |row| Some(row.lean.keyness?.se))
        .number("z", |row| Some(row.lean.keyness?.z))
        .number("p", |row| Some(row.lean.keyness?.p))
        .number("q", |row| row.lean.q)
        .number("lcb", |row| Some(row.lean.keyness?.lcb))
        .flag("exact", |row| Some(row.exact))
        .count("max_undercount", |row| Some(row.max_undercount))
        .text("theme", |row| named.theme(row.meaning.theme?.index()))
        .flag("in_lexicon", |row| Some(row.meaning.known))
        .base(|_| (false, false))
        .finish()
}

/// A score in points of the scale.
fn points(parts: i64) -> f64 {
    parts as f64 / PARTS as f64
}

pub(super) fn quotes(named: Named<'_>) -> SmallTable {
    let count = |number: i32| usize::try_from(number).ok();
    Columns::of("quotes", &named.findings.quotes)
        .text("theme", |row| named.theme_of(row.feature))
        .text("polarity", |row| Some(polarity(row.feature).name()))
        .text("band", |row| Some(row.band.as_str()))
        .rank("rank", |row| Some(row.rank))
        .text("response_id", |row| Some(row.quote.response_id.as_str()))
        .number("score", |row| row.quote.score.map(points))
        .text("text", |row| Some(row.quote.text.as_str()))
        .text("lang", |row| Some(row.quote.language))
        .number("quote_score", |row| Some(row.score))
        .rank("redactions", |row| count(row.quote.redactions))
        .base(|_| (false, false))
        .finish()
}

pub(super) fn follow_up(named: Named<'_>) -> SmallTable {
    Columns::of("follow_up", &named.findings.follow_ups)
        .text("kind", |row| Some(row.kind))
        .rank("rank", |row| Some(row.rank))
        .text("response_id", |row| Some(row.follow_up.response_id.as_str()))
        .text("customer_id", |row| row.follow_up.customer_id.as_deref())
        .number("score", |row| row.follow_up.score.map(points))
        .text("theme", |row| named.theme(row.follow_up.theme?))
        .text("reasons", |row| {
            let names: Vec<&str> = row.follow_up.reasons().map(|reason| reason.name()).collect();
            Some(names.join("; "))
        })
        .rank("urgency", |row| usize::try_from(row.follow_up.urgency.0).ok())
        .base(|_| (false, false))
        .finish()
}

pub(super) fn journey(named: Named<'_>) -> SmallTable {
    let k_anon = named.findings.tally.layout.k_anon as u64;
    let travelled = named.findings.travelled.as_ref();
    let rows: Vec<(&str, &Touchpoint)> = travelled.map_or_else(Vec::new, |travelled| {
        let names = travelled.touchpoints.iter().map(String::as_str);
        names.zip(&travelled.journey.touchpoints).collect()
    });
    let hidden = |row: &(&str, &Touchpoint)| row.1.several < k_anon;
    let shown = |row: &(&str, &Touchpoint), count: u64| (!hidden(row)).then_some(count);
    Columns::of("journey", &rows)
        .text("touchpoint", |row| Some(row.0))
        .text("status", |row| Some(if hidden(row) { "suppressed" } else { "ok" }))
        .count("n_multi", |row| shown(row, row.1.several))
        .count("great", |row| shown(row, row.1.great))
        .count("hidden", |row| shown(row, row.1.hidden))
        .number("hidden_rate", |row| row.1.hidden_rate.filter(|_| !hidden(row)))
        .number("hidden_lo", |row| Some(row.1.hidden_interval.filter(|_| !hidden(row))?.0))
        .number("hidden_hi", |row| Some(row.1.hidden_interval.filter(|_| !hidden(row))?.1))
        .count("worst_count", |row| shown(row, row.1.worst))
        .number("mean_score", |row| row.1.mean_score.filter(|_| !hidden(row)))
        .number("mean_min", |row| row.1.mean_least.filter(|_| !hidden(row)))
        .count("sampled_one_in", |_| Some(travelled?.one_in))
        .base(|row| (hidden(row), !hidden(row) && row.1.several < 30))
        .finish()
}
