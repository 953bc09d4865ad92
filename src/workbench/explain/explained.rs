//! What an explanation holds. `docs/explain.md` documents every field as JSON; a test compares the two.
//! Offsets count Unicode scalar values of the original text; every text is without personal data.

use serde::Serialize;

/// A response taken apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Where the response stands in the input; null for a text from the command line.
    pub row: Option<RowExplained>,
    /// Its texts, one line a question.
    pub text: String,
    /// The language of the longest text: ISO 639-1; `und` for undetermined, null without text.
    pub language: Option<String>,
    /// How sure that is, 0 to 1.
    pub language_confidence: f64,
    /// -1 to 1: the contributions in their order, added up; null without text or lexicon.
    pub sentiment: Option<f64>,
    /// positive, negative, neutral or mixed.
    pub label: Option<&'static str>,
    /// What is praised and what is complained of, which decide whether the label is mixed.
    pub strength: Option<Strength>,
    /// The questions that have a text.
    pub questions: Vec<QuestionExplained>,
    /// The clauses of all questions, from left to right.
    pub clauses: Vec<ClauseExplained>,
    /// The rows of `mentions`, in their order.
    pub contributions: Vec<ContributionExplained>,
    /// The distinct themes with their polarities, as in the column `themes`.
    pub themes: Vec<ThemeExplained>,
    /// The rows of `signals`, in their order.
    pub signals: Vec<SignalExplained>,
}

/// A row of the input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowExplained {
    /// Its id.
    pub id: String,
    /// Its file, below the input path.
    pub file: String,
    /// Its position in the file, from 0.
    pub row: u64,
    /// How many rows of the input have this id; the first is explained.
    pub rows_with_id: u64,
    /// The score that the customer gave.
    pub score: Option<f64>,
    /// Its band: high, middle or low.
    pub band: Option<&'static str>,
    /// What the data names as its language.
    pub named_language: Option<String>,
}

/// How strongly a response praises and complains, before contrast and concession are weighed; each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Strength {
    /// Praise.
    pub positive: f64,
    /// Complaint.
    pub negative: f64,
}

/// A question and what was answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionExplained {
    /// The column of the input.
    pub question: String,
    /// What it asks for, where it asks for one side: positive or negative.
    pub expects: Option<&'static str>,
    /// The answer.
    pub text: String,
    /// Its language, as above.
    pub language: String,
    /// How sure that is.
    pub language_confidence: f64,
    /// Whether it is longer than `input.max_text_chars`, so that only its beginning was read.
    pub truncated: bool,
    /// Pieces of personal data taken out.
    pub redactions: usize,
}

/// A clause and what it adds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClauseExplained {
    /// The question.
    pub question: String,
    /// Its number within the question, from 0, as in `mentions`.
    pub clause: usize,
    /// The clause.
    pub text: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The language it is read in.
    pub language: String,
    /// How sure that is by its letters alone; null where they speak for no language with a lexicon.
    pub language_confidence: Option<f64>,
    /// Its words.
    pub tokens: Vec<TokenExplained>,
    /// Its modifiers.
    pub modifiers: Vec<ModifierExplained>,
    /// The entries that matched.
    pub entries: Vec<EntryExplained>,
    /// What the entries add up to, or what the clause is worth only as an answer or a denial, on the valence scale.
    pub sum: f64,
    /// The sum on the scale from -1 to 1: sum / sqrt(sum * sum + 4).
    pub squashed: f64,
    /// What weighs the clause against its neighbours, with the score after each.
    pub steps: Vec<StepExplained>,
    /// Its score, -1 to 1.
    pub score: f64,
    /// What it adds to the sentiment: the sum of its contributions.
    pub adds: f64,
    /// The rules that concern the clause as a whole.
    pub rules: Vec<&'static str>,
}

/// A word or number of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenExplained {
    /// As written.
    pub token: String,
    /// With the marks around it.
    pub written: String,
    /// Its stem.
    pub stem: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A modifier that stands in the clause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModifierExplained {
    /// As written, in small letters; modifiers are listed in the form in which they are written.
    pub word: String,
    /// negator, intensifier ...
    pub kind: &'static str,
    /// The factor of an intensifier or diminisher, else 1.
    pub factor: f64,
    /// Position of its first token in the clause.
    pub first: usize,
    /// How many tokens it stands on.
    pub length: usize,
    /// Whether it shares words with an entry, whose valence already says what it does.
    pub part_of_entry: bool,
    /// Whether it opens its clause and says how that stands to its neighbours.
    pub opens_clause: bool,
    /// The words it reaches, from the first to the last; null for one that acts on no word.
    pub scope: Option<ScopeExplained>,
    /// The words it acts on, as written.
    pub acts_on: Vec<String>,
}

/// From word to word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScopeExplained {
    /// The first word.
    pub from: String,
    /// The last.
    pub to: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A lexicon entry that matched.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryExplained {
    /// The list's entry.
    pub entry: String,
    /// What matched it, as written.
    pub matched: String,
    /// Position of its first token in the clause.
    pub first: usize,
    /// How many tokens it reaches over.
    pub length: usize,
    /// 1 a form of the written language ... 5 one letter off.
    pub tier: u8,
    /// The lists it comes from.
    pub lists: Vec<String>,
    /// How its words are made of the entry's.
    pub words: Vec<WordExplained>,
    /// Its theme.
    pub theme: Option<String>,
    /// What a feeling is about: the topics that stand nearest.
    pub about: Vec<String>,
    /// The valence in the list.
    pub valence: f64,
    /// The valence that the list gives it when denied; null for most, which turn round.
    pub negated: Option<f64>,
    /// The rules that change it, with the value after each.
    pub steps: Vec<StepExplained>,
    /// The valence here, after the rules.
    pub contribution: f64,
    /// The names of the rules.
    pub rules: Vec<&'static str>,
}

/// A word of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordExplained {
    /// As written.
    pub word: String,
    /// The word of the entry.
    pub lemma: String,
    /// What is before a `+` belongs to another part of a compound; `|` sets the ending apart.
    pub analysis: String,
    /// 1 a form of the written language ... 5 one letter off.
    pub tier: u8,
}

/// A rule at work.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepExplained {
    /// Its name.
    pub rule: &'static str,
    /// What the entry or clause is worth after it.
    pub value: f64,
    /// The modifiers that call for it, in small letters.
    pub by: Vec<String>,
}

/// A row of `mentions`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContributionExplained {
    /// The question.
    pub question: String,
    /// The number of its clause within the question.
    pub clause: usize,
    /// The theme; null for a feeling about nothing in particular.
    pub theme: Option<String>,
    /// positive, negative or neutral.
    pub polarity: &'static str,
    /// The strength of the clause's feeling, 0 to 1.
    pub weight: f64,
    /// What it adds to the sentiment.
    pub valence: f64,
    /// The entries that fired.
    pub entries: Vec<String>,
    /// The rules that fired.
    pub rules: Vec<String>,
}

/// A theme of the response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThemeExplained {
    /// Its id.
    pub theme: String,
    /// positive, negative or neutral.
    pub polarity: &'static str,
}

/// A row of `signals`: what a text says besides good or bad about a theme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignalExplained {
    /// Its question.
    pub question: String,
    /// Its id.
    pub signal: String,
    /// The clauses that say it.
    pub evidence: String,
    /// Their first character.
    pub start: usize,
    /// One past their last.
    pub end: usize,
    /// The entry of `signals.tsv` that says it; null where a rule does.
    pub entry: Option<String>,
    /// The rule that says it; null where an entry does.
    pub rule: Option<&'static str>,
}
