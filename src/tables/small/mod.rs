//! The small tables of findings: always all of them, empty with their full schema where there is nothing to say.

mod columns;
mod keys;
mod scores;
mod fits;
mod time;
mod summaries;
mod voices;
mod taxonomy;

pub use columns::SmallTable;

use crate::drivers::findings::Findings;
use crate::lexicons::Taxonomy;
use keys::Named;

/// Every small table, in the order of the documentation.
pub fn small_tables(findings: &Findings, taxonomy: &Taxonomy) -> Vec<SmallTable> {
    let named = Named { findings, taxonomy };
    vec![
        scores::kpis(named),
        scores::contrasts(named),
        fits::drivers(named),
        fits::asymmetry(named),
        fits::gap_ledger(named),
        summaries::last_step(named),
        voices::terms(named),
        time::trends(named),
        time::emerging(named),
        time::decomposition(named),
        summaries::changes(named),
        scores::guard(named),
        voices::journey(named),
        voices::quotes(named),
        summaries::coverage(named),
        voices::follow_up(named),
        summaries::keep_fix(named),
        summaries::stages("stage_summary", "stage", &findings.stages),
        summaries::stages("dimension_summary", "dimension", &findings.dimensions),
        summaries::targets(named),
        taxonomy::table(taxonomy),
    ]
}
