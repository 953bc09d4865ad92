//! One text taken apart: personal data, tokens, language, words, modifiers, entries, clauses, in that order.

use super::clauses::Clause;
use super::cues::CueHit;
use super::facts::FactsPlace;
use super::matching::{EntryHit, ModifierHit};
use super::meanings::Meanings;
use super::scoring::Contribution;
use super::words::{Word, Words};
use crate::config::Expects;
use crate::language::{Detection, Evidence, JUDGED_BYTES, Scores};
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
    /// Which of the worker's memories of lexicons knows what its words mean.
    pub(super) reader: usize,
    /// By token: the word in the worker's memory.
    pub words: Vec<Word>,
    /// By token: where it stands what is known of it.
    pub(super) places: Vec<FactsPlace>,
    /// Modifiers, from left to right.
    pub modifiers: Vec<ModifierHit>,
    /// Entries, from left to right.
    pub entries: Vec<EntryHit>,
    /// Signals that entries say, from left to right.
    pub cues: Vec<CueHit>,
    /// By entry: what it adds to its clause.
    pub contributions: Vec<Contribution>,
    /// Clauses, from left to right.
    pub clauses: Vec<Clause>,
    /// What its question asks for.
    pub(super) expects: Option<Expects>,
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
            reader: 0,
            words: Vec::new(),
            places: Vec::new(),
            modifiers: Vec::new(),
            entries: Vec::new(),
            cues: Vec::new(),
            contributions: Vec::new(),
            clauses: Vec::new(),
            expects: None,
            mixed_case: false,
            stretches: Vec::new(),
            segments: Vec::new(),
        }
    }
}

impl Analysis {
    /// The position of the lexicon that knows what its words mean; one past the last for a language without.
    pub fn reader(&self) -> usize {
        self.reader
    }

    /// Empties everything but keeps the memory.
    pub(super) fn clear(&mut self) {
        self.findings.clear();
        self.tokens.clear();
        self.detection = Detection { language: None, confidence: 0.0 };
        self.words.clear();
        self.places.clear();
        self.modifiers.clear();
        self.entries.clear();
        self.cues.clear();
        self.contributions.clear();
        self.clauses.clear();
        self.segments.clear();
    }

    /// What the letters of the whole text say of its language, punctuation mark by punctuation mark; personal data,
    /// which has no tokens, says nothing.
    pub(super) fn judge(&mut self, text: &str, words: &Words) -> Scores {
        let mut whole = Scores::default();
        let mut start = 0;
        for end in 1..=self.tokens.len() {
            if self.tokens.get(end).is_some_and(|token| token.gap == Gap::Open) {
                continue;
            }
            let scores = self.letters(text, start..end, words);
            whole += &scores;
            self.segments.push(Segment { tokens: start..end, scores });
            start = end;
        }
        whole
    }

    /// What the letters of some tokens that follow each other say: the sum of what is remembered of the words, where
    /// that is the same.
    pub(super) fn letters(&self, text: &str, range: Range<usize>, words: &Words) -> Scores {
        let tokens = &self.tokens[range.clone()];
        let (first, last) = (tokens[0], tokens[tokens.len() - 1]);
        let between = |pair: &[Token]| {
            let gap = pair[0].end..pair[1].start;
            gap.len() == 1 || text.as_bytes().get(gap).is_some_and(<[u8]>::is_ascii)
        };
        let known = |(token, word): (&Token, &Word)| match token.kind {
            TokenKind::Word => *word != Word::NONE,
            TokenKind::Number => true,
            TokenKind::Emoji => false,
        };
        let sums_up = self.findings.is_empty()
            && last.end - first.start <= JUDGED_BYTES
            && tokens.windows(2).all(between)
            && tokens.iter().zip(&self.words[range.clone()]).all(known);
        if !sums_up {
            return Scores::of(text.get(first.start..last.end).unwrap_or_default());
        }
        words.scores(&self.words[range])
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

    /// Looks up what every token means.
    pub(super) fn look_up(
        &mut self,
        text: &str,
        memory: &Words,
        meanings: &mut Meanings,
        lexicon: Option<&LanguageLexicon>,
    ) {
        self.places.resize(self.tokens.len(), FactsPlace::NOTHING);
        meanings.look_up(text, &self.tokens, &self.words, memory, lexicon, &mut self.places);
    }
}
