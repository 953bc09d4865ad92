//! The small tables of findings: always all of them, empty with their full schema where there is nothing to say.

mod columns;
mod taxonomy;

pub use columns::SmallTable;

use crate::lexicons::Taxonomy;

/// Every small table, in the order of the documentation.
pub fn small_tables(taxonomy: &Taxonomy) -> Vec<SmallTable> {
    vec![taxonomy::table(taxonomy)]
}
