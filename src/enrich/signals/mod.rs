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
use super::compose::redact;
use super::reading::{Label, Mention, Reading};
use crate::lexicons::{EntryId, Lexicons, SignalId, SignalSet};
use crate::privacy::Redactor;
use crate::text::CharCounter;
use std::ops::Range;

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
    let Text { found, said, .. } = text;
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
        for cue in &self.analysis.cues {
            let clause = self.clause_of(cue.tokens.start);
            let lexicon = self.analysis.clauses.get(clause).map_or(0, |clause| clause.lexicon);
            self.add(cue.signal, clause..clause + 1, Because::Entry(lexicon, cue.id));
        }
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
