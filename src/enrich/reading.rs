//! What kymppi read in one response: the values of its row, its mentions, its redacted text.

use super::signals::{Actor, Effort, Emotion, Expected, Intent, Limit, Signalled};
use crate::lexicons::{SignalId, SignalSet, ThemeId};
use crate::text::Language;
use std::ops::Range;

/// The sign of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Polarity {
    /// Praise.
    Positive,
    /// Complaint.
    Negative,
    /// A theme without feeling.
    Neutral,
}

impl Polarity {
    /// All of them, in display order.
    pub const ALL: [Polarity; 3] = [Polarity::Positive, Polarity::Negative, Polarity::Neutral];

    /// The sign of a number.
    pub fn of(value: f64) -> Polarity {
        match value {
            v if v > 0.0 => Polarity::Positive,
            v if v < 0.0 => Polarity::Negative,
            _ => Polarity::Neutral,
        }
    }

    /// The name in every table.
    pub fn name(self) -> &'static str {
        match self {
            Polarity::Positive => "positive",
            Polarity::Negative => "negative",
            Polarity::Neutral => "neutral",
        }
    }

    /// The sign behind a theme in the `themes` column: `delivery_time-`.
    pub fn sign(self) -> &'static str {
        match self {
            Polarity::Positive => "+",
            Polarity::Negative => "-",
            Polarity::Neutral => "",
        }
    }
}

/// The overall judgement of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// Praise.
    Positive,
    /// Complaint.
    Negative,
    /// Neither.
    Neutral,
    /// A clear positive and a clear negative.
    Mixed,
}

impl Label {
    /// All of them, in display order.
    pub const ALL: [Label; 4] = [Label::Positive, Label::Negative, Label::Mixed, Label::Neutral];

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Label::Positive => "positive",
            Label::Negative => "negative",
            Label::Neutral => "neutral",
            Label::Mixed => "mixed",
        }
    }
}

/// The feeling of a response.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sentiment {
    /// From -1 to 1: the sum of `valence` over the mentions in their order.
    pub score: f64,
    /// Strength of what is praised, 0 to 1.
    pub positive: f64,
    /// Strength of what is complained of, 0 to 1.
    pub negative: f64,
    /// The judgement.
    pub label: Label,
}

/// One scored clause and theme: a row of `mentions`.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Position of the question among the configured text columns.
    pub question: usize,
    /// Position of the clause in the question's text.
    pub clause: usize,
    /// The theme; none for a clause with feeling and no theme.
    pub theme: Option<ThemeId>,
    /// The sign.
    pub polarity: Polarity,
    /// Strength of the clause's feeling, 0 to 1; 0 for a neutral mention.
    pub weight: f64,
    /// What the row adds to the response's sentiment.
    pub valence: f64,
    /// First Unicode scalar value of the clause in the original text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The redacted clause, as a range of [`Reading::details`].
    pub evidence: Range<usize>,
    /// The entries that fired, joined by `; `, as a range of [`Reading::details`].
    pub entries: Range<usize>,
    /// The rules that fired, joined by `; `, as a range of [`Reading::details`].
    pub rule: Range<usize>,
    /// The weakest match: 1 the entry's own form ... 5 the same stem.
    pub tier: u8,
}

/// One response as kymppi reads it. Reused from row to row, so that reading allocates nothing once warm.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Whether any question holds visible text; without, every other value is empty.
    pub has_text: bool,
    /// The language of the longest text; none with text means undetermined.
    pub language: Option<Language>,
    /// How sure that is, 0 to 1.
    pub language_confidence: f64,
    /// Words and numbers of all questions.
    pub token_count: usize,
    /// Stems of the words, separated by spaces, one line a question.
    pub stems: String,
    /// The texts without personal data, one line a question.
    pub text_redacted: String,
    /// The feeling; none without text or without a lexicon for its language.
    pub sentiment: Option<Sentiment>,
    /// The rows of `mentions`.
    pub mentions: Vec<Mention>,
    /// Distinct (theme, polarity) pairs in order of first mention.
    pub themes: Vec<(ThemeId, Polarity)>,
    /// The theme with the strongest feeling.
    pub theme_main: Option<ThemeId>,
    /// Number of distinct themes.
    pub theme_count: usize,
    /// The rows of `signals`.
    pub signals: Vec<Signalled>,
    /// All that is signalled, with or without a row.
    pub said: SignalSet,
    /// The most contacts with the house that are stated.
    pub contacts: Option<i32>,
    /// The longest wait that is stated, in minutes.
    pub wait_minutes: Option<i32>,
    /// What kept it from a full score, if it was below one.
    pub limit: Option<Limit>,
    /// Whether it may well be misread: it sounds sarcastic, or its language is a guess.
    pub doubtful: bool,
    /// Whether a text was longer than `input.max_text_chars`.
    pub truncated: bool,
    /// Pieces of personal data found.
    pub redactions: usize,
    /// Text that the mentions and signals point into.
    pub details: String,
}

impl Reading {
    /// The judgement that the columns of signals go by.
    fn judgement(&self) -> Label {
        self.sentiment.map_or(Label::Neutral, |sentiment| sentiment.label)
    }

    /// What the customer felt.
    pub fn emotion(&self) -> Option<Emotion> {
        Emotion::of(self.said, self.judgement())
    }

    /// How hard the dealing was.
    pub fn effort(&self) -> Option<Effort> {
        Effort::of(self.said)
    }

    /// How what came compares with what was expected.
    pub fn expectation(&self) -> Option<Expected> {
        Expected::of(self.said)
    }

    /// What the customer writes for.
    pub fn intent(&self) -> Option<Intent> {
        Intent::of(self.said, self.judgement())
    }

    /// Who or what caused it, in the customer's words.
    pub fn cause_actor(&self) -> Option<Actor> {
        Actor::of(self.said)
    }

    /// Whether the first contact solved it, where the customer says; a second contact says that it did not.
    pub fn solved_at_first_contact(&self) -> Option<bool> {
        if self.said.has(SignalId::REPEAT_CONTACT) {
            return Some(false);
        }
        self.said.has(SignalId::FIRST_CONTACT_OK).then_some(true)
    }

    /// Whether one person did more than was asked.
    pub fn is_hero_moment(&self) -> bool {
        self.said.has(SignalId::HERO_MOMENT)
    }

    /// Whether the customer wants to hear from the house.
    pub fn needs_response(&self) -> bool {
        self.said.has(SignalId::RESPONSE_NEEDED)
    }

    /// A detail of a mention or a signal.
    pub fn detail(&self, range: &Range<usize>) -> &str {
        self.details.get(range.clone()).unwrap_or_default()
    }

    /// Empties everything but keeps the memory.
    pub(super) fn clear(&mut self) {
        let mut kept = std::mem::take(self);
        kept.stems.clear();
        kept.text_redacted.clear();
        kept.mentions.clear();
        kept.themes.clear();
        kept.signals.clear();
        kept.details.clear();
        *self = Reading {
            stems: kept.stems,
            text_redacted: kept.text_redacted,
            mentions: kept.mentions,
            themes: kept.themes,
            signals: kept.signals,
            details: kept.details,
            ..Reading::default()
        };
    }
}
