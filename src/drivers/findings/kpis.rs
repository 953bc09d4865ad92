//! `kpis`: the key figures of every scope.

use super::groups::Scores;
use super::slices::{Slice, Slices};
use crate::drivers::kpi::{Kpi, kpis, measures, share};
use crate::drivers::scope::Scope;
use crate::tally::Tally;

/// A key figure of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiRow {
    /// Whose.
    pub scope: Scope,
    /// The figure.
    pub kpi: Kpi,
    /// Responses, scored or not; none when suppressed.
    pub rows: Option<u64>,
    /// With a valid score.
    pub scored: Option<u64>,
    /// Without.
    pub missing: Option<u64>,
    /// Distinct customers of all responses, where they are known.
    pub customers: Option<u64>,
    /// Responses by score, least first; empty when suppressed.
    pub histogram: Vec<u64>,
    /// Whether the scope is too small to be shown.
    pub suppressed: bool,
    /// Whether it is too small for arrows and tests.
    pub low_base: bool,
}

/// What the texts say of effort and of first contacts, over all responses: `ease` is the share of those who say how hard it was
/// that found it easy, `fcr` the share of those who speak of their contacts whose matter the first one solved.
pub(super) fn said(tally: &Tally, slices: &Slices) -> Vec<KpiRow> {
    let counted = |kind: &str, value: &str| {
        let facets = tally.layout.facets.iter();
        let facet = facets.into_iter().position(|(k, v)| k == kind && v == value);
        facet.map_or(0, |facet| {
            tally.facets.scored(facet).iter().sum::<u64>() + tally.facets.unscored(facet)
        })
    };
    let of = |name: &'static str, kind: &str, yes: &str, no: &str| {
        let (yes, no) = (counted(kind, yes), counted(kind, no));
        let told = share(name, yes, yes + no);
        // Fewer who say so than customers must be.
        let few = yes + no < tally.layout.k_anon as u64;
        row(&slices.overall, if few { told.hidden() } else { told }, slices.customers)
    };
    if slices.overall.suppressed {
        return Vec::new();
    }
    vec![of("ease", "effort", "low", "high"), of("fcr", "first_contact", "yes", "no")]
}

pub(super) fn rows(slices: &Slices, scores: &Scores) -> Vec<KpiRow> {
    let measures = measures(scores.scale, &scores.bands);
    let all = std::iter::once(&slices.overall)
        .chain(&slices.periods)
        .chain(slices.segments.iter().flatten())
        .chain(slices.cells.iter().flatten());
    all.flat_map(|slice| {
        let figures = kpis(&slice.block, &measures, slice.suppressed);
        let customers = slices.customers.filter(|_| slice.scope == Scope::Overall);
        figures.into_iter().map(move |kpi| row(slice, kpi, customers))
    })
    .collect()
}

fn row(slice: &Slice, kpi: Kpi, customers: Option<u64>) -> KpiRow {
    let block = &slice.block;
    let shown = |count: u64| (!slice.suppressed).then_some(count);
    KpiRow {
        scope: slice.scope.clone(),
        kpi,
        rows: shown(block.scored() + block.missing),
        scored: shown(block.scored()),
        missing: shown(block.missing),
        customers: customers.and_then(shown),
        histogram: if slice.suppressed { Vec::new() } else { block.scores.clone() },
        suppressed: slice.suppressed,
        low_base: slice.low_base(),
    }
}
