//! What was expected, feared or promised, and what came of it.

use super::super::matching::{EntryHit, ModifierHit};
use super::super::reading::{Label, Polarity};
use super::super::scoring::Rule;
use super::super::surface::{is_comparative, is_than};
use super::{Because, Text};
use crate::lexicons::{ModifierKind, SignalId};
use crate::text::Token;

/// How many tokens behind "than" what was expected may stand ("faster than the post office promised").
const REACH: usize = 5;
/// What says of the words behind "than" that they are no thing but an expectation.
const CLUES: [SignalId; 3] = [SignalId::CLUE_EXPECTED, SignalId::CLUE_PROMISE, SignalId::CLUE_FEAR];
/// How many tokens behind a comparative "than" may stand ("parempaa palvelua kuin odotin").
const THAN: usize = 3;

impl Text<'_> {
    /// The four expectations, as far as no entry says them.
    pub(super) fn expectations(&mut self) {
        let entries_say = self.said.has_any(&[
            SignalId::EXPECTATION_EXCEEDED,
            SignalId::EXPECTATION_MET,
            SignalId::EXPECTATION_MISSED,
            SignalId::PROMISE_BROKEN,
        ]);
        if entries_say {
            return;
        }
        let expects = |hit: &ModifierHit| hit.kind == ModifierKind::Expectation;
        if self.said.has_any(&CLUES) || self.analysis.modifiers.iter().any(expects) {
            self.compared_with_expected();
        }
        self.feared();
        self.promised();
        self.advertised();
    }

    /// "Quicker than I expected", "kalliimpi kuin luulin", "odotin parempaa".
    fn compared_with_expected(&mut self) {
        for (number, clause) in self.analysis.clauses.iter().enumerate() {
            for position in clause.entries.clone() {
                let hit = &self.analysis.entries[position];
                let contribution = &self.analysis.contributions[position];
                if contribution.rules.has(Rule::Expectation) && contribution.value < 0.0 {
                    let missed = SignalId::EXPECTATION_MISSED;
                    self.add(missed, number..number + 1, Because::Rule("expectation"));
                    return;
                }
                let lexicon = &self.lexicons.languages[clause.lexicon];
                let entry = lexicon.entry(hit.id);
                let compares = |token: &Token| {
                    is_comparative(lexicon.language(), token.of(self.text), &entry.text)
                };
                let compares = entry.valence != 0.0
                    && self.analysis.tokens[hit.tokens.clone()].iter().any(compares)
                    && self.than_expected(hit, clause.tokens.end);
                if compares {
                    let signal = if entry.valence > 0.0 {
                        SignalId::EXPECTATION_EXCEEDED
                    } else {
                        SignalId::EXPECTATION_MISSED
                    };
                    self.add(signal, number..number + 1, Because::Rule("than_expected"));
                    return;
                }
            }
        }
    }

    /// Whether "than I expected", feared or was promised follows an entry.
    fn than_expected(&self, hit: &EntryHit, end: usize) -> bool {
        let tokens = &self.analysis.tokens;
        let than = (hit.tokens.start + 1..end.min(hit.tokens.end + THAN))
            .find(|&at| is_than(tokens[at].of(self.text)));
        let Some(than) = than else { return false };
        let behind = than + 1..end.min(than + 1 + REACH);
        let expected = |hit: &ModifierHit| {
            hit.kind == ModifierKind::Expectation && behind.contains(&hit.tokens.start)
        };
        let first = self.analysis.modifiers.partition_point(|hit| hit.tokens.start < behind.start);
        self.analysis.modifiers[first..].iter().take(REACH).any(expected)
            || self.says_within(&behind, &CLUES)
    }

    /// What was feared and did not come, or believed and came otherwise.
    fn feared(&mut self) {
        let fear = self.said_at(SignalId::CLUE_FEAR).next().map(|(clause, _)| (clause, true));
        let belief =
            || self.said_at(SignalId::CLUE_BELIEF).next().map(|(clause, _)| (clause, false));
        let Some((clause, fear)) = fear.or_else(belief) else { return };
        // The last of the clauses behind it says what came.
        let rest = self.analysis.clauses.get(clause + 1..).unwrap_or_default();
        let came = rest.iter().rev().map(|clause| clause.plain).find(|plain| *plain != 0.0);
        let came = came.unwrap_or_default();
        let signal = match self.label {
            Label::Positive => SignalId::EXPECTATION_EXCEEDED,
            Label::Mixed | Label::Neutral if came > 0.0 => SignalId::EXPECTATION_EXCEEDED,
            Label::Mixed | Label::Negative if came < 0.0 && !fear => SignalId::EXPECTATION_MISSED,
            _ => return,
        };
        let until = (clause + 2).min(self.analysis.clauses.len());
        self.add(signal, clause..until, Because::Rule(if fear { "feared" } else { "believed" }));
    }

    /// A promise, kept or broken: by the judgement, and where that is mixed by the clauses around.
    fn promised(&mut self) {
        let Some((clause, _)) = self.said_at(SignalId::CLUE_PROMISE).next() else { return };
        let around = clause..(clause + 2).min(self.analysis.clauses.len());
        let sum: f64 = self.analysis.clauses[around.clone()].iter().map(|c| c.plain).sum();
        let signal = match self.label {
            Label::Negative => SignalId::PROMISE_BROKEN,
            Label::Positive => SignalId::EXPECTATION_MET,
            Label::Mixed | Label::Neutral if sum < 0.0 => SignalId::PROMISE_BROKEN,
            Label::Mixed if sum > 0.0 => SignalId::EXPECTATION_MET,
            _ => return,
        };
        self.add(signal, around, Because::Rule("promise"));
    }

    /// What an advertisement or a description said, where the theme is praised or complained of.
    fn advertised(&mut self) {
        if self.said.has_any(&[SignalId::PROMISE_BROKEN, SignalId::EXPECTATION_MET]) {
            return;
        }
        let theme = self.lexicons.taxonomy.find("marketing_promise");
        let Some(mention) = self
            .mentions
            .iter()
            .find(|row| theme.is_some() && row.theme == theme && row.polarity != Polarity::Neutral)
        else {
            return;
        };
        let (clauses, signal) = match mention.polarity {
            Polarity::Positive => (mention.clause..mention.clause + 1, SignalId::EXPECTATION_MET),
            _ => (mention.clause..mention.clause + 1, SignalId::EXPECTATION_MISSED),
        };
        self.add(signal, clauses, Because::Rule("advertised"));
    }
}
