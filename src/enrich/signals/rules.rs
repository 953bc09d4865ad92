//! Signals that follow from how a text is read: general praise, wishes, the absence of problems, nothing at all.

use super::super::reading::{Label, Polarity};
use super::super::scoring::Rule;
use super::{Because, Text};
use crate::lexicons::{ModifierKind, SignalId};
use crate::text::{TokenKind, says_nothing};

/// Words that may stand around "en osaa sanoa" without saying more.
const FILLERS: usize = 2;
/// The longest quotation that is a raised eyebrow ("palvelu") and no quotation.
const RAISED_EYEBROW: usize = 2;

impl Text<'_> {
    /// Everything but the expectations and the counts.
    pub(super) fn rules(&mut self) {
        self.wishes();
        self.questions();
        self.absent_problems();
        self.general();
        self.sarcasm();
        self.nothing();
    }

    /// Wishes that are no regrets: "toivoisin lisää", not "olisi pitänyt kertoa".
    fn wishes(&mut self) {
        let clauses = self.analysis.clauses.iter().enumerate();
        let wishes = |(number, _): &(usize, _)| self.wishes_in(*number);
        let wish = clauses.filter(|(_, clause)| clause.rules.has(Rule::Wish)).find(wishes);
        if let Some((number, _)) = wish {
            self.add(SignalId::SUGGESTION_WISH, number..number + 1, Because::Rule("wish"));
        }
    }

    fn wishes_in(&self, number: usize) -> bool {
        let clause = &self.analysis.clauses[number];
        let lexicon = &self.lexicons.languages[clause.lexicon];
        let modifiers = &self.analysis.modifiers;
        let first = modifiers.partition_point(|hit| hit.tokens.start < clause.tokens.start);
        clause.score <= 0.0
            && modifiers[first..].iter().take_while(|hit| hit.tokens.start < clause.tokens.end).any(
                |hit| hit.kind == ModifierKind::Wish && !is_regret(&lexicon.modifier(hit.id).text),
            )
    }

    /// A plain question wants an answer.
    fn questions(&mut self) {
        let asks = |clause: &super::super::clauses::Clause| {
            clause.rules.has(Rule::Question) && !clause.rules.has(Rule::Wish)
        };
        let number = self.analysis.clauses.iter().position(asks);
        let Some(number) = number.filter(|_| self.label == Label::Neutral) else { return };
        self.said.insert(SignalId::INTENT_QUESTION);
        if !self.said.has(SignalId::SUGGESTION_WISH) {
            self.add(SignalId::RESPONSE_NEEDED, number..number + 1, Because::Rule("question"));
        }
    }

    /// "Ei ongelmia": a problem of no theme is denied.
    fn absent_problems(&mut self) {
        let contributions = &self.analysis.contributions;
        let denied = |number: &usize| {
            let clause = &self.analysis.clauses[*number];
            let lexicon = &self.lexicons.languages[clause.lexicon];
            clause.entries.clone().any(|position| {
                contributions[position].rules.has(Rule::AbsenceOfProblem)
                    && contributions[position].value > 0.0
                    && lexicon.entry(self.analysis.entries[position].id).theme.is_none()
            }) && self.mentions.iter().all(|row| row.clause != *number || row.theme.is_none())
        };
        if let Some(number) = (0..self.analysis.clauses.len()).find(denied) {
            let absence = SignalId::ABSENCE_OF_PROBLEM;
            self.add(absence, number..number + 1, Because::Rule("absence_of_problem"));
        }
    }

    /// An opinion in a text without any theme, unless another signal says what it is about.
    fn general(&mut self) {
        if self.mentions.iter().any(|row| row.theme.is_some()) {
            return;
        }
        let (signal, wanted) = match self.label {
            Label::Positive => (SignalId::GENERAL_PRAISE, Polarity::Positive),
            Label::Negative => (SignalId::GENERAL_COMPLAINT, Polarity::Negative),
            Label::Mixed | Label::Neutral => return,
        };
        let row = self
            .mentions
            .iter()
            .find(|row| row.polarity == wanted && self.feels_in_general(row.clause));
        if let Some(number) = row.map(|row| row.clause) {
            self.add(signal, number..number + 1, Because::Rule("no_theme"));
        }
    }

    /// Whether a clause feels something that is no part of another signal ("suosittelen").
    fn feels_in_general(&self, number: usize) -> bool {
        let clause = &self.analysis.clauses[number];
        let cues = &self.analysis.cues;
        clause.entries.clone().any(|position| {
            let hit = &self.analysis.entries[position];
            let covers = |cue: &&super::super::cues::CueHit| {
                cue.signal.makes_rows()
                    && !matches!(cue.signal, SignalId::GENERAL_PRAISE | SignalId::GENERAL_COMPLAINT)
                    && cue.tokens.start < hit.tokens.end
                    && hit.tokens.start < cue.tokens.end
            };
            self.analysis.contributions[position].value != 0.0
                && !cues.iter().any(|cue| covers(&cue))
        })
    }

    /// One or two words of praise in quotation marks: "palvelu" meant as none.
    fn sarcasm(&mut self) {
        let analysis = self.analysis;
        let raised = analysis.entries.iter().zip(&analysis.contributions).any(|(hit, felt)| {
            felt.value > 0.0
                && hit.tokens.len() <= RAISED_EYEBROW
                && self.is_quoted(hit.tokens.start, hit.tokens.end)
        });
        if raised {
            self.said.insert(SignalId::CLUE_SARCASM);
        }
    }

    fn is_quoted(&self, start: usize, end: usize) -> bool {
        const QUOTES: [char; 6] = ['"', '\u{201C}', '\u{201D}', '\u{201E}', '\u{AB}', '\u{BB}'];
        let tokens = &self.analysis.tokens;
        let (Some(first), Some(last)) = (tokens.get(start), tokens.get(end - 1)) else {
            return false;
        };
        let before = self.text.get(..first.start).and_then(|text| text.chars().next_back());
        let behind = self.text.get(last.end..).and_then(|text| text.chars().next());
        before.is_some_and(|c| QUOTES.contains(&c)) && behind.is_some_and(|c| QUOTES.contains(&c))
    }

    /// A text that says nothing: no letters, or no more than that there is nothing to say.
    fn nothing(&mut self) {
        let analysis = self.analysis;
        let faces = analysis.tokens.iter().any(|token| token.kind == TokenKind::Emoji);
        let feels = analysis.clauses.iter().any(|clause| clause.score != 0.0);
        let themes = self.mentions.iter().any(|row| row.theme.is_some());
        let whole = analysis.modifiers.first().is_some_and(|hit| {
            hit.kind == ModifierKind::Nothing && analysis.tokens.len() <= hit.tokens.len() + FILLERS
        });
        let others = self.found.iter().any(|found| found.signal != SignalId::NO_CONTENT);
        if feels || faces || themes || others {
            self.drop(SignalId::NO_CONTENT);
        } else if says_nothing(self.text) || whole {
            self.add(SignalId::NO_CONTENT, 0..analysis.clauses.len(), Because::Rule("nothing"));
        }
    }
}

/// Whether a wish comes too late: "should have told me", "toivoin".
fn is_regret(wish: &str) -> bool {
    const TOO_LATE: [&str; 5] = ["have", "should of", "'ve", "saanut", "toivoi"];
    TOO_LATE.iter().any(|late| wish.contains(late)) && !wish.ends_with("toivoisin")
}
