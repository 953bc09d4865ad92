//! What kept it from a 10: the clause that takes something back from an otherwise better comment.

use super::super::reading::Polarity;
use super::super::scoring::Rule;
use super::Text;
use crate::lexicons::{SignalId, ThemeId};

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
            let points = |at: &usize| row.clause == *at || row.clause == at + 1;
            let rank = match () {
                () if row.polarity == Polarity::Positive => return None,
                () if said.iter().any(points) => Rank::Shortcoming,
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

    /// Whether a clause, or the one of whose words it is a part, begins with a contrast.
    fn opens_with_contrast(&self, number: usize) -> bool {
        let clauses = &self.analysis.clauses;
        let Some(clause) = clauses.get(number).filter(|c| c.rules.has(Rule::Contrast)) else {
            return false;
        };
        let start = clause.tokens.start;
        let modifiers = &self.analysis.modifiers;
        let first = modifiers.partition_point(|hit| hit.tokens.start < start);
        let opens = modifiers[first..]
            .iter()
            .take_while(|hit| hit.tokens.start == start)
            .any(|hit| hit.kind.contrasts());
        // "Mutta ruoka oli kylmää ja lasku väärin": the second part stands behind the contrast too.
        opens || number > 0 && self.analysis.goes_on(start) && self.opens_with_contrast(number - 1)
    }
}
