//! `taxonomy`: the themes with their labels, for BI tools to join.

use super::columns::{Columns, SmallTable};
use crate::lexicons::{Taxonomy, Theme};

pub(super) fn table(taxonomy: &Taxonomy) -> SmallTable {
    let cell = |of: fn(&Theme) -> &String| move |theme: &'_ Theme| Some(of(theme).clone());
    Columns::of("taxonomy", taxonomy.themes())
        .text("theme", cell(|theme| &theme.id))
        .text("group", cell(|theme| &theme.group))
        .text("label_fi", cell(|theme| &theme.label_fi))
        .text("label_en", cell(|theme| &theme.label_en))
        .text("stage", cell(|theme| &theme.stage))
        .text("dimension", cell(|theme| &theme.dimension))
        .finish()
}
