//! Why one response got its score: every stage of its reading, down to what each word adds.
//!
//! `explained` is what there is to say, `anatomy` and `entries` find it, `text` lays it out for people (`words` of a clause and the
//! sentences of `rules` on a `page`), and `to_json` writes it as `docs/explain.md` documents it. `row` finds a response by its id.

mod explained;
mod anatomy;
mod entries;
mod rules;
mod page;
mod words;
mod text;
mod row;

pub use anatomy::{explain, explain_answers};
pub use explained::{
    ClauseExplained, ContributionExplained, EntryExplained, Explanation, ModifierExplained,
    QuestionExplained, RowExplained, ScopeExplained, SignalExplained, StepExplained, Strength,
    ThemeExplained, TokenExplained, WordExplained,
};
pub use page::Style;
pub use row::explain_row;

impl Explanation {
    /// The explanation for machines, as `docs/explain.md` documents it.
    pub fn to_json(&self) -> String {
        // Plain numbers and strings under string keys: nothing that JSON could refuse.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{json}\n")
    }
}
