//! Tools for those who set kymppi up and work on its words: explain a text, start a pipeline file, make load.

mod explain;
pub mod generate;
mod init;
mod lexicon;

pub use explain::{
    ClauseExplained, ContributionExplained, EntryExplained, Explanation, ModifierExplained,
    QuestionExplained, RowExplained, ScopeExplained, SignalExplained, StepExplained, Strength,
    Style, ThemeExplained, TokenExplained, WordExplained, explain, explain_answers, explain_row,
};
pub use init::pipeline_for;
pub use lexicon::{forms_of, match_word, matcher_of};
