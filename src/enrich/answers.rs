//! What a text without any feeling says all the same. Under "What could we do better?" "Nothing" is praise and "Coffee" a
//! wish; and who says what is not ("en löytänyt") rather complains than praises.

use super::analysis::Analysis;
use super::scoring::{self, Rule, Standing};
use crate::config::Expects;
use crate::lexicons::ModifierKind;

/// What an answer without a feeling of its own is worth, on the valence scale.
const ANSWER: f64 = 1.0;
/// What a denial is worth: so little that the text stays neutral. Of Finnish texts with a feeling of which the lists know
/// none, those with a negator are complaints five times out of six.
const DENIAL: f64 = -0.09;
/// Longer answers speak for themselves.
const MOST_TOKENS: usize = 6;

impl Analysis {
    /// Whether the text says no more than that there is nothing to say.
    fn says_that_there_is_nothing(&self) -> bool {
        self.tokens.len() <= MOST_TOKENS
            && self.modifiers.first().is_some_and(|hit| {
                let whole = hit.kind == ModifierKind::Nothing;
                hit.tokens.start == 0 && (whole || (hit.kind.negates() && self.entries.is_empty()))
            })
    }

    /// Gives the clauses of a text without any feeling what the question makes of them.
    pub(super) fn answer(&mut self, expects: Expects) {
        let nothing = self.says_that_there_is_nothing();
        let answer = match (expects, nothing) {
            (Expects::Negative, true) => ANSWER,
            (Expects::Positive, true) => -ANSWER,
            (Expects::Positive, false) => ANSWER,
            (Expects::Negative, false) => 0.0,
        };
        for clause in &mut self.clauses {
            if nothing || !clause.entries.is_empty() {
                clause.rules.add(Rule::Question);
                clause.answer = answer;
                clause.score = scoring::clause_score(answer, Standing::default()).value;
                clause.plain = clause.score;
            }
            if nothing {
                break;
            }
        }
    }

    /// Gives the clauses that deny something, in a text without any feeling, a small part of a complaint.
    pub(super) fn deny(&mut self) {
        if self.says_that_there_is_nothing() {
            return;
        }
        let mut modifiers = self.modifiers.iter().peekable();
        for clause in &mut self.clauses {
            let mut denies = false;
            while let Some(hit) = modifiers.next_if(|hit| hit.tokens.start < clause.tokens.end) {
                denies |= hit.kind.negates() && !hit.used_up;
            }
            if denies && !clause.rules.has(Rule::Question) {
                clause.rules.add(Rule::Negation);
                clause.answer = DENIAL;
                clause.score = scoring::clause_score(DENIAL, Standing::default()).value;
                clause.plain = clause.score;
            }
        }
    }
}
