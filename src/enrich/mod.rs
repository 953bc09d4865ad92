//! The reading of one response: pure text work, no files, no Arrow, no threads. [`Enricher`] is immutable and shared;
//! each worker brings its own [`Scratch`]. Nothing that a customer writes makes it fail.

mod reading;
mod words;
mod meanings;
mod facts;
mod matching;
mod surface;
mod scoring;
mod forms;
mod attribution;
mod cues;
mod clauses;
mod answers;
mod analysis;
mod mentions;
mod signals;
mod compose;
mod sentence;
mod course;

pub use crate::text::Language;
pub use analysis::Analysis;
pub use clauses::Clause;
pub use compose::{CLEAR, NEUTRAL};
pub use course::{Course, Step};
pub use cues::CueHit;
pub use matching::{EntryHit, ModifierHit};
pub use reading::{Label, Mention, Polarity, Reading, Sentiment};
pub use scoring::{Contribution, Rule, Rules};
pub use sentence::Sentence;
pub use signals::{Actor, Because, Effort, Emotion, Expected, Intent, Limit, Signalled};
pub use words::Word;

use crate::config::{Config, Expects};
use crate::error::{Error, Place};
use crate::language::{Detector, Evidence};
use crate::lexicons::Lexicons;
use crate::privacy::Redactor;
use crate::text::{TokenKind, beginning, is_blank, normalise, says_nothing};
use meanings::Meanings;
use std::ops::Range;
use std::sync::Arc;
use words::Words;

/// Longer texts tell their language by their letters alone, at a tenth of the cost of asking every lexicon.
const MOST_DOUBTED_TOKENS: usize = 8;

/// Reads responses: everything that stays the same from row to row.
#[derive(Debug)]
pub struct Enricher {
    lexicons: Arc<Lexicons>,
    detector: Detector,
    redactor: Option<Redactor>,
    max_text_chars: usize,
    stems: bool,
    /// By question: what it asks for.
    expects: Vec<Option<Expects>>,
}

/// One worker's memory: what it remembers of words and the buffers of the row at hand.
#[derive(Debug, Default)]
pub struct Scratch {
    words: Words,
    /// By lexicon, and one more for texts without.
    meanings: Vec<Meanings>,
    analyses: Vec<Analysis>,
    reading: Reading,
    generation: u32,
}

impl Scratch {
    /// The texts of the response read last, taken apart, by question; empty for a question without text.
    pub fn analyses(&self) -> &[Analysis] {
        &self.analyses
    }

    /// The stems of a question of the response read last, whose text was `text`, by token.
    pub fn stems<'s>(&'s self, question: usize, text: &'s str) -> Vec<&'s str> {
        let Some(analysis) = self.analyses.get(question) else {
            return Vec::new();
        };
        let meanings = self.meanings.get(analysis.reader);
        let words = analysis.words.iter().zip(&analysis.tokens);
        words
            .map(|(&word, token)| meanings?.stem(word, token.of(text)))
            .map(Option::unwrap_or_default)
            .collect()
    }

    /// The stem of a token of a question of the response read last, whose text was `text`.
    pub fn stem<'s>(&'s self, question: usize, token: usize, text: &'s str) -> Option<&'s str> {
        let analysis = self.analyses.get(question)?;
        let meanings = self.meanings.get(analysis.reader)?;
        meanings.stem(*analysis.words.get(token)?, analysis.tokens.get(token)?.of(text))
    }

    /// A token of such a question as its lexicon sees it: in small letters.
    pub fn normal(&self, question: usize, token: usize, text: &str) -> String {
        let mut normal = String::new();
        let tokens = self.analyses.get(question).map_or(&[][..], |analysis| &analysis.tokens);
        if let Some(token) = tokens.get(token) {
            normalise(token.of(text), &mut normal);
        }
        normal
    }

    /// How often the words have been forgotten: the numbers of words mean something else since.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// The response read last.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Forgets every word once the memory is full: between two responses, which point into it.
    fn make_room(&mut self, readers: usize) {
        self.meanings.resize_with(readers, Meanings::default);
        if self.words.is_full() {
            self.generation += 1;
            self.words.clear();
            self.meanings.iter_mut().for_each(Meanings::clear);
        }
    }
}

impl Enricher {
    /// An enricher for a configuration and its lexicons.
    ///
    /// # Errors
    /// [`Error::Config`] for a pattern of `[privacy]` that is no regular expression.
    pub fn new(config: &Config, lexicons: Arc<Lexicons>) -> Result<Enricher, Error> {
        let languages: Vec<Language> =
            lexicons.languages.iter().map(|lexicon| lexicon.language()).collect();
        let patterns: Vec<(String, String)> = config
            .privacy
            .patterns
            .iter()
            .map(|(name, pattern)| (name.clone(), pattern.clone()))
            .collect();
        let redactor = Redactor::new(&patterns).map_err(|(name, message)| Error::Config {
            place: Place::file("privacy.patterns"),
            message: format!("{name}: {message}"),
        })?;
        Ok(Enricher {
            detector: Detector::new(&languages, Language::from_code(&config.language.default)),
            redactor: config.privacy.redact.then_some(redactor),
            max_text_chars: config.input.max_text_chars,
            stems: config.output.stems,
            expects: config.input.columns.text.iter().map(|question| question.expects).collect(),
            lexicons,
        })
    }

    /// The lexicons it reads with.
    pub fn lexicons(&self) -> &Lexicons {
        &self.lexicons
    }

    /// A stretch of a text without the personal data that its analysis found.
    pub fn redacted(&self, text: &str, bytes: Range<usize>, analysis: &Analysis) -> String {
        let mut out = String::new();
        compose::redact(self.redactor.as_ref(), text, bytes, analysis, &mut out);
        out
    }

    /// Reads one response, given as one text a question.
    pub fn read<'s>(&self, texts: &[Option<&str>], scratch: &'s mut Scratch) -> &'s Reading {
        self.read_named(texts, None, scratch)
    }

    /// As [`Enricher::read`], for a response whose language the data names: a hint, no more.
    pub fn read_named<'s>(
        &self,
        texts: &[Option<&str>],
        named: Option<Language>,
        scratch: &'s mut Scratch,
    ) -> &'s Reading {
        scratch.make_room(self.lexicons.languages.len() + 1);
        if scratch.analyses.len() < texts.len() {
            scratch.analyses.resize_with(texts.len(), Analysis::default);
        }
        scratch.reading.clear();
        let mut longest = None;
        for (question, text) in texts.iter().enumerate() {
            scratch.analyses[question].clear();
            let Some(text) = text.filter(|text| !is_blank(text)) else {
                continue;
            };
            let (text, truncated) = beginning(text, self.max_text_chars);
            scratch.reading.truncated |= truncated;
            self.analyse(question, text, named, scratch);
            if longest.is_none_or(|(_, length)| text.len() > length) {
                longest = Some((question, text.len()));
            }
        }
        if let Some((question, _)) = longest {
            let detection = scratch.analyses[question].detection;
            scratch.reading.language = detection.language;
            scratch.reading.language_confidence = detection.confidence;
        }
        let Scratch { analyses, reading, .. } = scratch;
        compose::compose(
            &self.lexicons,
            self.redactor.as_ref(),
            texts,
            self.max_text_chars,
            &analyses[..texts.len()],
            reading,
        );
        reading
    }

    /// Takes one text apart: personal data, tokens, language, words, then entries and clauses.
    fn analyse(&self, question: usize, text: &str, named: Option<Language>, scratch: &mut Scratch) {
        let Scratch { words, meanings, analyses, reading, .. } = scratch;
        let analysis = &mut analyses[question];
        if let Some(redactor) = &self.redactor {
            redactor.find(text, &mut analysis.findings);
        }
        analysis.tokenise(text);
        words.find(text, &analysis.tokens, &mut analysis.words);
        let scores = analysis.judge(text, words);
        let short = analysis.tokens.len() <= MOST_DOUBTED_TOKENS;
        let evidence = if short && self.detector.is_close(&scores) {
            analysis.evidence(text, &self.lexicons)
        } else {
            Evidence::default()
        };
        analysis.detection = self.detector.decide(&scores, text, named, &evidence);
        let position = self
            .lexicons
            .languages
            .iter()
            .position(|lexicon| Some(lexicon.language()) == analysis.detection.language);
        let lexicon = position.map(|position| &self.lexicons.languages[position]);
        analysis.reader = position.unwrap_or(self.lexicons.languages.len());
        analysis.look_up(text, words, &mut meanings[analysis.reader], lexicon);
        compose::write_text(self.redactor.as_ref(), text, analysis, reading);
        if self.stems {
            compose::write_stems(text, analysis, &meanings[analysis.reader], reading);
        }
        let smiles = || analysis.tokens.iter().any(|token| token.kind == TokenKind::Emoji);
        if let Some(position) = position.filter(|_| !says_nothing(text) || smiles()) {
            analysis.expects = self.expects.get(question).copied().flatten();
            analysis.score(text, &self.lexicons, position, &self.detector, words, meanings);
        }
        // From here on a further question begins a new line.
        reading.has_text = true;
    }
}
