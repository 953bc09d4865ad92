//! Signals that follow from how a text is read: general praise, wishes, the absence of problems, nothing at all.

use super::super::clauses::Clause;
use super::super::matching::{EntryHit, ModifierHit};
use super::super::reading::{Label, Polarity};
use super::super::scoring::Rule;
use super::super::surface::is_than;
use super::{Because, Found, Text};
use crate::config::Expects;
use crate::lexicons::{ModifierKind, SignalId};
use crate::text::{TokenKind, says_nothing};
use std::ops::Range;

/// Words that may stand around "en osaa sanoa" without saying more.
const FILLERS: usize = 2;
/// The most words of an opinion about nothing in particular ("oikein hyvä kokemus kaiken kaikkiaan") ...
const BARE: usize = 5;
/// ... and the least that it feels: that of one word of valence 1.
const CLEAR: f64 = 0.4;
/// The longest quotation that is a raised eyebrow ("palvelu") and no quotation.
const RAISED_EYEBROW: usize = 2;

impl Text<'_> {
    /// Everything but the expectations and the counts.
    pub(super) fn rules(&mut self) {
        self.wishes();
        self.questions();
        self.absent_problems();
        self.sarcasm();
        self.general();
        self.nothing();
    }

    /// Wishes that are no regrets: "toivoisin lisää", not "olisi pitänyt kertoa".
    fn wishes(&mut self) {
        let clauses = self.analysis.clauses.iter().enumerate();
        let wishes = |(number, clause): &(usize, &Clause)| {
            clause.rules.has(Rule::Wish) && self.wishes_in(*number, clause)
        };
        let wish = clauses.clone().find(wishes).map(|(number, _)| number);
        if let Some(number) = wish {
            self.add(SignalId::SUGGESTION_WISH, number..number + 1, Because::Rule("wish"));
        }
    }

    fn wishes_in(&self, number: usize, clause: &Clause) -> bool {
        let lexicon = &self.lexicons.languages[clause.lexicon];
        // "I hope you have a lovely summer" wishes nothing from the house: it is about none of its themes.
        let concerns = || {
            let mut rows = self.mentions_of(number).iter();
            rows.any(|row| row.theme.is_some() && row.polarity != Polarity::Positive)
        };
        !self.asks_for_answer(number)
            && self.wishes_among(&clause.tokens).any(|hit| {
                let wish = &*lexicon.modifier(hit.id).text;
                !is_regret(wish)
                    && (!is_hope(wish) || concerns())
                    && (!is_demand(wish) || self.label != Label::Positive)
                    && !self.is_imagined(hit.tokens.start)
            })
    }

    /// Whether a word goes on a comparison or a place: "ikään kuin haluaisin", "konttori missä saisi".
    fn is_imagined(&self, token: usize) -> bool {
        let before = token.checked_sub(1).and_then(|before| self.analysis.tokens.get(before));
        before.is_some_and(|before| {
            let word = before.of(self.text);
            is_than(word) || matches!(word, "missä" | "mistä" | "jossa" | "josta" | "where")
        })
    }

    /// Whether what a clause wishes for is an answer: "could someone please call me".
    pub(super) fn asks_for_answer(&self, number: usize) -> bool {
        self.says_in(number, &[SignalId::RESPONSE_NEEDED])
    }

    /// Whether some words wish for what can no longer be.
    pub(super) fn regrets(&self, tokens: &Range<usize>) -> bool {
        let lexicon = self.lexicon_at(tokens.start);
        self.wishes_among(tokens).any(|hit| is_regret(&lexicon.modifier(hit.id).text))
    }

    fn wishes_among(&self, tokens: &Range<usize>) -> impl Iterator<Item = &ModifierHit> {
        let modifiers = &self.analysis.modifiers;
        let first = modifiers.partition_point(|hit| hit.tokens.start < tokens.start);
        let end = tokens.end;
        modifiers[first..]
            .iter()
            .take_while(move |hit| hit.tokens.start < end)
            .filter(|hit| hit.kind == ModifierKind::Wish)
    }

    /// A plain question wants an answer.
    fn questions(&mut self) {
        let asks = |clause: &Clause| {
            clause.rules.has(Rule::Question)
                && !clause.rules.has(Rule::Wish)
                && !is_reproach(self.analysis.tokens[clause.tokens.start].of(self.text))
        };
        let number = self.analysis.clauses.iter().position(asks);
        let Some(number) = number.filter(|_| self.label == Label::Neutral) else { return };
        self.said.insert(SignalId::INTENT_QUESTION);
        if !self.said.has(SignalId::SUGGESTION_WISH) {
            self.add(SignalId::RESPONSE_NEEDED, number..number + 1, Because::Rule("question"));
        }
    }

    /// "Ongelmia ei ollut": a problem is denied, wherever the negator stands.
    fn absent_problems(&mut self) {
        let analysis = self.analysis;
        let denied = |token: usize| {
            let first = analysis.entries.partition_point(|hit| hit.tokens.end <= token);
            let hit = analysis.entries.get(first).filter(|hit| hit.tokens.start <= token);
            hit.is_some_and(|hit| {
                let contribution = &analysis.contributions[first];
                // "En löytänyt vikaa" may be an entry itself.
                let denies = || self.lexicon_at(token).entry(hit.id).denies;
                contribution.value > 0.0
                    && (contribution.rules.has(Rule::AbsenceOfProblem) || denies())
            })
        };
        let problem = self.said_at(SignalId::CLUE_PROBLEM).find(|(_, token)| denied(*token));
        if let Some((number, _)) = problem {
            let absence = SignalId::ABSENCE_OF_PROBLEM;
            self.add(absence, number..number + 1, Because::Rule("absence_of_problem"));
        }
    }

    /// A bare opinion in a text without any theme. Longer clauses are about something that the lists do not name, and what
    /// another signal says is no opinion about the whole.
    fn general(&mut self) {
        if self.said.has(SignalId::CLUE_SARCASM) {
            self.drop(SignalId::GENERAL_PRAISE);
            return;
        }
        if !self.found.is_empty() || self.mentions.iter().any(|row| row.theme.is_some()) {
            return;
        }
        let (signal, wanted) = match self.label {
            Label::Positive => (SignalId::GENERAL_PRAISE, Polarity::Positive),
            Label::Negative => (SignalId::GENERAL_COMPLAINT, Polarity::Negative),
            Label::Mixed | Label::Neutral => return,
        };
        let bare = |number: usize| {
            let clause = &self.analysis.clauses[number];
            clause.tokens.len() <= BARE && clause.plain.abs() >= CLEAR && !clause.entries.is_empty()
        };
        let row = self.mentions.iter().find(|row| row.polarity == wanted && bare(row.clause));
        if let Some(number) = row.map(|row| row.clause) {
            self.add(signal, number..number + 1, Because::Rule("no_theme"));
        }
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
        let cue = analysis.cues.iter().find(|cue| cue.signal == SignalId::NO_CONTENT);
        let answers = analysis
            .clauses
            .iter()
            .any(|clause| clause.answer != 0.0 && clause.rules.has(Rule::Question));
        if answers {
            self.drop(SignalId::NO_CONTENT);
            self.nothing_to_improve();
        } else if cue.is_some_and(|cue| self.is_all(&cue.tokens)) {
            // "I'd rather not say" wishes nothing.
            let others =
                |found: &Found| (found.signal != SignalId::NO_CONTENT).then_some(found.signal);
            let others: Vec<SignalId> = self.found.iter().filter_map(others).collect();
            others.into_iter().for_each(|signal| self.drop(signal));
        } else if self.says_something() {
            self.drop(SignalId::NO_CONTENT);
        } else if says_nothing(self.text) && !self.text.trim().eq_ignore_ascii_case("ok")
            || self.is_denial()
        {
            self.add(SignalId::NO_CONTENT, 0..analysis.clauses.len(), Because::Rule("nothing"));
        }
    }

    /// Whether nothing is said but some words, a filler or two, and nothing felt beside them.
    fn is_all(&self, tokens: &Range<usize>) -> bool {
        let analysis = self.analysis;
        let within = |hit: &EntryHit| {
            hit.tokens.len() > 1 && tokens.start <= hit.tokens.start && hit.tokens.end <= tokens.end
        };
        analysis.tokens.len() <= tokens.len() + FILLERS
            && analysis
                .entries
                .iter()
                .zip(&analysis.contributions)
                .all(|(hit, felt)| felt.value == 0.0 || within(hit))
    }

    /// "Nothing" where the question asks what could be better.
    fn nothing_to_improve(&mut self) {
        let praise = |clause: &Clause| clause.answer > 0.0 && clause.entries.is_empty();
        let number = self.analysis.clauses.iter().position(praise);
        let asked = self.analysis.expects == Some(Expects::Negative);
        if let Some(number) = number.filter(|_| asked) {
            let absence = SignalId::ABSENCE_OF_PROBLEM;
            self.add(absence, number..number + 1, Because::Rule("question"));
        }
    }

    fn says_something(&self) -> bool {
        let analysis = self.analysis;
        analysis.contributions.iter().any(|entry| entry.value != 0.0)
            || analysis.tokens.iter().any(|token| token.kind == TokenKind::Emoji)
            || self.mentions.iter().any(|row| row.theme.is_some())
            || self.found.iter().any(|found| found.signal != SignalId::NO_CONTENT)
    }

    /// Whether the text is "en osaa sanoa", or a bare "none".
    fn is_denial(&self) -> bool {
        self.analysis.modifiers.first().is_some_and(|hit| {
            let bare = hit.kind.negates() && hit.tokens.len() == self.analysis.tokens.len();
            bare || hit.kind == ModifierKind::Nothing && self.is_all(&hit.tokens)
        })
    }
}

/// Whether a wish comes too late: "should have told me", "toivoin".
fn is_regret(wish: &str) -> bool {
    const TOO_LATE: [&str; 4] = ["have", "should of", "'ve", "saanut"];
    matches!(wish, "toivoin" | "toivoimme") || TOO_LATE.iter().any(|late| wish.contains(late))
}

/// Whether a wish says what ought to be, as praise does too: "that's how it should be".
fn is_demand(wish: &str) -> bool {
    wish.starts_with("should") || wish.starts_with("pitäisi") || wish.starts_with("tulisi")
}

/// Whether a question is no question: "why do I have to ...".
fn is_reproach(word: &str) -> bool {
    ["why", "miksi", "varför"].iter().any(|why| word.eq_ignore_ascii_case(why))
}

/// Whether a wish may as well be a greeting: "I hope", "toivon".
fn is_hope(wish: &str) -> bool {
    matches!(
        wish,
        "hope" | "i hope" | "hopefully" | "toivon" | "toivomme" | "toivottavasti" | "hoppas"
    )
}
