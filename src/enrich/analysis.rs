//! One text taken apart: personal data, tokens, language, words, modifiers, entries, clauses, in that order.

use super::clauses::Clause;
use super::facts::TextFacts;
use super::matching::{EntryHit, ModifierHit};
use super::scoring::Contribution;
use super::words::{Word, WordMemory};
use crate::language::{Detection, Detector, Evidence, Scores};
use crate::lexicons::{LanguageLexicon, Lexicons};
use crate::morphology::Search;
use crate::privacy::Finding;
use crate::text::{Gap, Token, TokenKind, insert_emoji, normalise, tokenise};
use std::ops::Range;

/// Everything that was seen in one text. Reused from text to text.
#[derive(Debug)]
pub struct Analysis {
    /// Personal data in the text.
    pub findings: Vec<Finding>,
    /// Words and numbers outside the personal data.
    pub tokens: Vec<Token>,
    /// The language.
    pub detection: Detection,
    /// Which of the worker's memories knows its words.
    pub(super) memory: usize,
    /// By token: the word in the memory.
    pub words: Vec<Word>,
    /// By token: what is known of it.
    pub facts: TextFacts,
    /// Modifiers, from left to right.
    pub modifiers: Vec<ModifierHit>,
    /// Entries, from left to right.
    pub entries: Vec<EntryHit>,
    /// By entry: what it adds to its clause.
    pub contributions: Vec<Contribution>,
    /// Clauses, from left to right.
    pub clauses: Vec<Clause>,
    pub(super) mixed_case: bool,
    pub(super) stretches: Vec<Range<usize>>,
    pub(super) segments: Vec<Segment>,
}

/// What stands between two punctuation marks, and what its letters say of its language.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) tokens: Range<usize>,
    pub(super) scores: Scores,
}

impl Default for Analysis {
    fn default() -> Analysis {
        Analysis {
            findings: Vec::new(),
            tokens: Vec::new(),
            detection: Detection { language: None, confidence: 0.0 },
            memory: 0,
            words: Vec::new(),
            facts: TextFacts::default(),
            modifiers: Vec::new(),
            entries: Vec::new(),
            contributions: Vec::new(),
            clauses: Vec::new(),
            mixed_case: false,
            stretches: Vec::new(),
            segments: Vec::new(),
        }
    }
}

impl Analysis {
    /// Empties everything but keeps the memory.
    pub(super) fn clear(&mut self) {
        self.findings.clear();
        self.tokens.clear();
        self.detection = Detection { language: None, confidence: 0.0 };
        self.words.clear();
        self.facts.clear();
        self.modifiers.clear();
        self.entries.clear();
        self.contributions.clear();
        self.clauses.clear();
        self.segments.clear();
    }

    /// What the letters of the whole text say of its language, punctuation mark by punctuation mark; personal data,
    /// which has no tokens, says nothing.
    pub(super) fn judge(&mut self, text: &str, detector: &Detector) -> Scores {
        let mut whole = Scores::default();
        let mut start = 0;
        for end in 1..=self.tokens.len() {
            if self.tokens.get(end).is_some_and(|token| token.gap == Gap::Open) {
                continue;
            }
            let scores = detector.score(self.written(text, &(start..end)));
            whole += &scores;
            self.segments.push(Segment { tokens: start..end, scores });
            start = end;
        }
        whole
    }

    pub(super) fn written<'t>(&self, text: &'t str, tokens: &Range<usize>) -> &'t str {
        let bytes = self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end;
        text.get(bytes).unwrap_or_default()
    }

    /// How many of the words each language knows.
    pub(super) fn evidence(&self, text: &str, lexicons: &Lexicons) -> Evidence {
        let (mut search, mut normal) = (Search::default(), String::new());
        let words = || self.tokens.iter().filter(|token| token.kind == TokenKind::Word);
        let mut evidence = Evidence::of_words(u32::try_from(words().count()).unwrap_or(u32::MAX));
        for (position, lexicon) in lexicons.languages.iter().enumerate() {
            let mut knows = |token: &&Token| {
                normalise(token.of(text), &mut normal);
                lexicon.matcher().knows(&normal, &mut search)
            };
            let known = words().filter(|token| knows(token)).count();
            evidence.know(position, u32::try_from(known).unwrap_or(u32::MAX));
        }
        evidence
    }

    /// Cuts `text` into tokens, leaving out the personal data in `self.findings`.
    pub(super) fn tokenise(&mut self, text: &str) {
        let mut gap = Gap::Open;
        let (mut start, mut findings) = (0, 0);
        for end in self.findings.iter().map(|finding| finding.start).chain([text.len()]) {
            let first = self.tokens.len();
            gap = tokenise(text, start..end, gap, &mut self.tokens);
            insert_emoji(text, start..end, first, &mut self.tokens);
            start = self.findings.get(findings).map_or(end, |finding| finding.end);
            findings += 1;
        }
    }

    /// Looks every token up.
    pub(super) fn look_up(
        &mut self,
        text: &str,
        memory: &mut WordMemory,
        lexicon: Option<&LanguageLexicon>,
    ) {
        for token in &self.tokens {
            // A number such as 5 or 10.30 carries no meaning of its own: scores must not leak into sentiment.
            let word = match token.kind {
                TokenKind::Word => memory.word(token.of(text), lexicon),
                TokenKind::Number | TokenKind::Emoji => Word::default(),
            };
            self.words.push(word);
            match lexicon.filter(|_| token.kind == TokenKind::Emoji) {
                Some(lexicon) => self.facts.push(lexicon.emoji(token.of(text)).as_ref()),
                None => self.facts.push(memory.facts(word)),
            }
        }
    }
}
