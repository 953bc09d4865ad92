//! What kept it from a 10: the clause that takes something back from an otherwise better comment.

use super::super::analysis::Analysis;
use super::super::reading::Polarity;
use super::super::scoring::Rule;
use super::Text;
use crate::lexicons::{SignalId, ThemeId};
use crate::text::Gap;

/// How many parts a clause behind a contrast may fall into.
const PARTS: usize = 8;

/// How sure a clause is the one, the surest first, and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit {
    rank: Rank,
    /// The theme of the clause.
    pub theme: ThemeId,
}

/// What makes a clause limiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It says so: "ainoa miinus", "only thing".
    Shortcoming,
    /// A complaint behind a contrast: "mutta".
    Contrast,
    /// A wish: "olisi voinut".
    Wish,
    /// A complaint that is conceded, or stands before a contrast.
    Conceded,
}

impl Text<'_> {
    /// The theme of the surest limiting clause; of several the first.
    pub(super) fn limit(&self) -> Option<Limit> {
        let said: Vec<usize> =
            self.said_at(SignalId::CLUE_SHORTCOMING).map(|(clause, _)| clause).collect();
        let limits = self.mentions.iter().filter_map(|row| {
            let theme = row.theme?;
            let clause = self.analysis.clauses.get(row.clause)?;
            let negative = row.polarity == Polarity::Negative;
            // "The only thing: parking." names what the clause behind it is about.
            let says = |clause: usize| said.binary_search(&clause).is_ok();
            let pointed_at = says(row.clause) || row.clause.checked_sub(1).is_some_and(says);
            let rank = match () {
                () if row.polarity == Polarity::Positive => return None,
                () if pointed_at => Rank::Shortcoming,
                () if negative && self.opens_with_contrast(row.clause) => Rank::Contrast,
                () if clause.rules.has(Rule::Wish) => Rank::Wish,
                () if negative
                    && (clause.rules.has(Rule::Contrast) || clause.rules.has(Rule::Concession)) =>
                {
                    Rank::Conceded
                }
                () => return None,
            };
            Some((rank, theme))
        });
        limits.min_by_key(|(rank, _)| *rank).map(|(rank, theme)| Limit { rank, theme })
    }

    /// Whether a clause begins with a contrast, or is a further part of one that does: "mutta ruoka oli kylmää ja lasku väärin".
    fn opens_with_contrast(&self, number: usize) -> bool {
        let Analysis { clauses, modifiers, tokens, .. } = self.analysis;
        let parts = clauses[..=number].iter().rev().take(PARTS);
        for clause in parts.take_while(|clause| clause.rules.has(Rule::Contrast)) {
            let start = clause.tokens.start;
            let first = modifiers.partition_point(|hit| hit.tokens.start < start);
            let mut openers = modifiers[first..].iter().take_while(|hit| hit.tokens.start == start);
            if openers.any(|hit| hit.kind.contrasts()) {
                return true;
            }
            if tokens[start].gap > Gap::Open {
                break;
            }
        }
        false
    }
}
