//! What a comment says besides good or bad about a theme: the rows of `signals`, and what the columns of `responses` are made
//! of. Entries say most of it (`cues`), rules the rest: what follows from clauses, mentions and numbers.

mod columns;
mod counts;
mod expectations;
mod limiting;
mod numbers;
mod rules;

pub use columns::{Actor, Effort, Emotion, Expected, Intent};
pub use limiting::Limit;

use super::analysis::Analysis;
use super::clauses::Clause;
use super::compose::redact;
use super::cues::CueHit;
use super::reading::{Label, Mention, Reading};
use crate::lexicons::{EntryId, LanguageLexicon, Lexicons, ModifierKind, SignalId, SignalSet};
use crate::privacy::Redactor;
use crate::text::CharCounter;
use std::ops::Range;

/// How many words may stand between an opinion and the theme that it is about ("tarjoilija oli tosi mukava").
const NEAR: usize = 2;

/// How many entries or cues of a clause are looked at: a bound that keeps a clause of a million words linear.
const NEIGHBOURS: usize = 32;

/// What no text that is praise as a whole says.
const SPEAKS_AGAINST: [SignalId; 4] = [
    SignalId::GENERAL_COMPLAINT,
    SignalId::EXPECTATION_MISSED,
    SignalId::PROMISE_BROKEN,
    SignalId::REPEAT_EXPLAINING,
];
/// What no text that is a complaint as a whole says.
const SPEAKS_FOR: [SignalId; 5] = [
    SignalId::GENERAL_PRAISE,
    SignalId::EFFORTLESS,
    SignalId::EXPECTATION_EXCEEDED,
    SignalId::EXPECTATION_MET,
    SignalId::HERO_MOMENT,
];

/// A signal of a response: a row of `signals`.
#[derive(Debug, Clone, PartialEq)]
pub struct Signalled {
    /// Position of the question among the configured text columns.
    pub question: usize,
    /// The signal.
    pub signal: SignalId,
    /// First Unicode scalar value of the clauses that say it, in the original text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Those clauses, redacted, as a range of [`Reading::details`].
    pub evidence: Range<usize>,
    /// What says so.
    pub because: Because,
}

/// Why there is a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// An entry of the lexicon at a position.
    Entry(usize, EntryId),
    /// A rule, by its name.
    Rule(&'static str),
}

/// A signal found in a text: where, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    signal: SignalId,
    clauses: Range<usize>,
    because: Because,
}

/// One text, read, with what its rules look at.
struct Text<'a> {
    lexicons: &'a Lexicons,
    text: &'a str,
    analysis: &'a Analysis,
    /// Its own mentions.
    mentions: &'a [Mention],
    /// Its own judgement.
    label: Label,
    /// What was found so far.
    found: Vec<Found>,
    /// The same as a set.
    said: SignalSet,
}

/// What one text signals.
pub(super) struct Heard {
    found: Vec<Found>,
    said: SignalSet,
    contacts: Option<i32>,
    wait_minutes: Option<i32>,
    limit: Option<Limit>,
}

/// Reads the signals of a text, of which `mentions` are the mentions and `label` is the judgement.
pub(super) fn hear(
    lexicons: &Lexicons,
    text: &str,
    analysis: &Analysis,
    label: Label,
    mentions: &[Mention],
) -> Heard {
    let (found, said) = (Vec::new(), SignalSet::default());
    let mut text = Text { lexicons, text, analysis, mentions, label, found, said };
    text.cues();
    let contacts = text.contacts();
    let wait_minutes = text.wait_minutes();
    text.expectations();
    text.rules();
    let limit = text.limit();
    let Text { mut found, said, .. } = text;
    found.sort_by_key(|found| (found.clauses.start, found.signal));
    Heard { found, said, contacts, wait_minutes, limit }
}

impl Heard {
    /// Adds what was heard in the text that answers `question` to the response.
    pub(super) fn write(
        self,
        redactor: Option<&Redactor>,
        text: &str,
        question: usize,
        analysis: &Analysis,
        reading: &mut Reading,
    ) {
        reading.said = reading.said.union(self.said);
        reading.contacts = reading.contacts.max(self.contacts);
        reading.wait_minutes = reading.wait_minutes.max(self.wait_minutes);
        reading.limit = reading.limit.into_iter().chain(self.limit).min();
        for Found { signal, clauses, because } in self.found {
            let (chars, bytes) = place(text, analysis, &clauses);
            let start = reading.details.len();
            redact(redactor, text, bytes, analysis, &mut reading.details);
            let evidence = start..reading.details.len();
            let Range { start, end } = chars;
            reading.signals.push(Signalled { question, signal, start, end, evidence, because });
        }
    }
}

/// The characters and bytes of some clauses; of the whole text where it has none.
fn place(text: &str, analysis: &Analysis, clauses: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let clauses = analysis.clauses.get(clauses.clone()).unwrap_or_default();
    let (Some(first), Some(last)) = (clauses.first(), clauses.last()) else {
        let start = text.len() - text.trim_start().len();
        let bytes = start..start + text.trim().len();
        let mut chars = CharCounter::new(text);
        return (chars.at(bytes.start)..chars.at(bytes.end), bytes);
    };
    let tokens = &analysis.tokens[first.tokens.start..last.tokens.end];
    let bytes =
        tokens.first().map_or(0, |token| token.start)..tokens.last().map_or(0, |token| token.end);
    (first.chars.start..last.chars.end, bytes)
}

impl Text<'_> {
    /// What entries say.
    fn cues(&mut self) {
        let analysis = self.analysis;
        for cue in &analysis.cues {
            if self.said.has(cue.signal) || !self.holds(cue) {
                continue;
            }
            let clause = self.clause_of(cue.tokens.start);
            let lexicon = analysis.clauses.get(clause).map_or(0, |clause| clause.lexicon);
            self.add(cue.signal, clause..clause + 1, Because::Entry(lexicon, cue.id));
        }
    }

    /// Whether the rest of the text lets a cue say what it says. Who says in a complaint that something went "easily" or "as
    /// promised" says that it should have.
    fn holds(&self, cue: &CueHit) -> bool {
        let contradicted = match self.label {
            Label::Positive => SPEAKS_AGAINST.contains(&cue.signal),
            Label::Negative => SPEAKS_FOR.contains(&cue.signal),
            Label::Mixed | Label::Neutral => false,
        };
        !contradicted
            && match cue.signal {
                SignalId::GENERAL_PRAISE | SignalId::GENERAL_COMPLAINT => !self.names_theme(cue),
                SignalId::SUGGESTION_WISH => {
                    let clause = self.clause_of(cue.tokens.start);
                    !self.regrets(&cue.tokens) && !self.asks_for_answer(clause)
                }
                SignalId::CAUSE_ACTOR => !self.theme_is_cause(cue),
                _ => true,
            }
    }

    /// Whether an entry that names a theme stands near a cue or reaches beyond it: "tosi mukava" is no general praise behind
    /// "tarjoilija oli", "excellent work" is, and so is "hyvä palvelu" before "ja nopea vastaus".
    fn names_theme(&self, cue: &CueHit) -> bool {
        let Some(clause) = self.clause_at(cue) else { return false };
        let lexicon = &self.lexicons.languages[clause.lexicon];
        let goes_on = |tokens: Range<usize>| {
            let modifiers = &self.analysis.modifiers;
            let first = modifiers.partition_point(|hit| hit.tokens.start < tokens.start);
            modifiers[first..]
                .iter()
                .take_while(|hit| hit.tokens.start < tokens.end)
                .any(|hit| hit.kind == ModifierKind::Addition)
        };
        let entries = &self.analysis.entries[clause.entries.clone()];
        let first = entries.partition_point(|hit| hit.tokens.end + NEAR < cue.tokens.start);
        entries[first..].iter().take(NEIGHBOURS).any(|entry| {
            let hit = &entry.tokens;
            let within = cue.tokens.start <= hit.start && hit.end <= cue.tokens.end;
            let (before, behind) = (hit.end..cue.tokens.start, cue.tokens.end..hit.start);
            let near = before.len() <= NEAR && behind.len() <= NEAR;
            near && !within
                && !goes_on(before)
                && !goes_on(behind)
                && lexicon.entry(entry.id).theme.is_some()
        })
    }

    /// Whether the system or product that is named as the cause is what the clause is about anyway: "sovellus kaatuu" is a
    /// mention of reliability and names no cause of something else.
    fn theme_is_cause(&self, cue: &CueHit) -> bool {
        const THEMES: [&str; 4] =
            ["digital_reliability", "digital_usability", "purchase_checkout", "product_quality"];
        const ELSEWHERE: [SignalId; 3] =
            [SignalId::CAUSE_POLICY, SignalId::CAUSE_STAFF, SignalId::CAUSE_THIRD_PARTY];
        let clause = self.clause_of(cue.tokens.start);
        let taxonomy = &self.lexicons.taxonomy;
        let named = self
            .mentions_of(clause)
            .iter()
            .any(|row| row.theme.is_some_and(|theme| THEMES.contains(&taxonomy.name(theme))));
        named && !self.says_in(clause, &ELSEWHERE)
    }

    /// The mentions of a clause.
    fn mentions_of(&self, clause: usize) -> &[Mention] {
        let first = self.mentions.partition_point(|row| row.clause < clause);
        let rows = &self.mentions[first..];
        &rows[..rows.iter().take_while(|row| row.clause == clause).count()]
    }

    /// Whether an entry says any of some signals in a clause.
    fn says_in(&self, clause: usize, signals: &[SignalId]) -> bool {
        let clause = self.analysis.clauses.get(clause);
        clause.is_some_and(|clause| self.says_within(&clause.tokens, signals))
    }

    /// Whether an entry says any of some signals, beginning at some tokens.
    fn says_within(&self, tokens: &Range<usize>, signals: &[SignalId]) -> bool {
        let cues = &self.analysis.cues;
        let first = cues.partition_point(|cue| cue.tokens.start < tokens.start);
        cues[first..]
            .iter()
            .take(NEIGHBOURS)
            .take_while(|cue| cue.tokens.start < tokens.end)
            .any(|cue| signals.contains(&cue.signal))
    }

    /// The lexicon that read a token.
    fn lexicon_at(&self, token: usize) -> &LanguageLexicon {
        let clause = self.analysis.clauses.get(self.clause_of(token));
        &self.lexicons.languages[clause.map_or(0, |clause| clause.lexicon)]
    }

    fn clause_at(&self, cue: &CueHit) -> Option<&Clause> {
        self.analysis.clauses.get(self.clause_of(cue.tokens.start))
    }

    /// Adds a signal, once.
    fn add(&mut self, signal: SignalId, clauses: Range<usize>, because: Because) {
        if self.said.insert(signal) && signal.makes_rows() {
            self.found.push(Found { signal, clauses, because });
        }
    }

    /// Takes a signal back.
    fn drop(&mut self, signal: SignalId) {
        self.said.remove(signal);
        self.found.retain(|found| found.signal != signal);
    }

    /// The position of the clause that holds a token.
    fn clause_of(&self, token: usize) -> usize {
        self.analysis.clauses.partition_point(|clause| clause.tokens.end <= token)
    }

    /// The clauses in which an entry says a signal, with the first token of what says so.
    fn said_at(&self, signal: SignalId) -> impl Iterator<Item = (usize, usize)> {
        let cues = self.analysis.cues.iter().filter(move |cue| cue.signal == signal);
        cues.map(|cue| (self.clause_of(cue.tokens.start), cue.tokens.start))
    }
}
