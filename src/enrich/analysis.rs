//! One text taken apart: personal data, tokens, language, words, modifiers, entries, clauses, in that order.

use super::facts::TextFacts;
use super::matching::{self, EntryHit, ModifierHit};
use super::scoring::{self, Contribution, Rules, Standing};
use super::words::{Word, WordMemory};
use crate::language::{Detection, Detector, Evidence, Scores};
use crate::lexicons::{LanguageLexicon, Lexicons, ModifierKind};
use crate::morphology::Search;
use crate::privacy::Finding;
use crate::text::{Gap, Language, Token, TokenKind, normalise, split_clauses, tokenise};
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
    ranges: Vec<Range<usize>>,
    segments: Vec<Segment>,
}

/// What stands between two punctuation marks, and what its letters say of its language.
#[derive(Debug)]
struct Segment {
    tokens: Range<usize>,
    scores: Scores,
}

/// What reading a clause in another language than the text's takes: how sure the letters must be ...
const SURE_OF_ANOTHER: f64 = 0.9;
/// ... and how many tokens.
const FEWEST_TOKENS: usize = 2;

/// A clause and what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The position of the lexicon that read it: that of the text's language, or of its own.
    pub lexicon: usize,
    /// Its entries.
    pub entries: Range<usize>,
    /// Its score, -1 to 1.
    pub score: f64,
    /// The rules that weighed the clause as a whole.
    pub rules: Rules,
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
            ranges: Vec::new(),
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

    fn written<'t>(&self, text: &'t str, tokens: &Range<usize>) -> &'t str {
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
        let mut start = 0;
        for finding in &self.findings {
            gap = tokenise(text, start..finding.start, gap, &mut self.tokens);
            start = finding.end;
        }
        tokenise(text, start..text.len(), gap, &mut self.tokens);
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
                TokenKind::Number => Word::default(),
            };
            self.words.push(word);
            self.facts.push(memory.facts(word));
        }
    }

    /// Finds modifiers, clauses and entries, and scores them with the lexicon at `position`; a clause that is surely in
    /// another configured language with that language's.
    pub(super) fn score(
        &mut self,
        text: &str,
        lexicons: &Lexicons,
        position: usize,
        detector: &Detector,
        memories: &mut [Option<WordMemory>],
    ) {
        let own = &lexicons.languages[position];
        let all = 0..self.tokens.len();
        matching::find_modifiers(own, &self.tokens, &self.facts, all, &mut self.modifiers);
        let openers =
            self.modifiers.iter().filter(|hit| opens_clause(hit.kind)).map(|hit| hit.tokens.start);
        self.ranges.clear();
        split_clauses(&self.tokens, openers, &mut self.ranges);
        let ranges = std::mem::take(&mut self.ranges);
        let mut segments = 0;
        let mut modifiers = 0..0;
        for (index, tokens) in ranges.iter().enumerate() {
            let mut reader = position;
            if ranges.len() > 1
                && let Some(other) = self.other_language(text, tokens, detector, &mut segments)
                && let Some(found) = position_of(lexicons, other).filter(|found| *found != position)
            {
                self.read_again(text, tokens, found, lexicons, memories);
                reader = found;
            }
            let lexicon = &lexicons.languages[reader];
            let first = self.entries.len();
            matching::find_entries(lexicon, &self.facts, tokens.clone(), &mut self.entries);
            modifiers = within(&self.modifiers, modifiers.end, tokens);
            matching::use_up(&mut self.modifiers[modifiers.clone()], &self.entries[first..]);
            let sum = self.contribute(lexicon, first, modifiers.clone());
            let standing = self.standing(&modifiers, tokens, ranges.get(index + 1));
            let Contribution { value: score, rules } = scoring::clause_score(sum, standing);
            self.clauses.push(Clause {
                tokens: tokens.clone(),
                lexicon: reader,
                entries: first..self.entries.len(),
                score,
                rules,
            });
        }
        self.ranges = ranges;
    }

    /// The configured language that a clause is surely in. `from` is the first segment that may hold it.
    fn other_language(
        &self,
        text: &str,
        clause: &Range<usize>,
        detector: &Detector,
        from: &mut usize,
    ) -> Option<Language> {
        while self.segments.get(*from).is_some_and(|segment| segment.tokens.end <= clause.start) {
            *from += 1;
        }
        if clause.len() < FEWEST_TOKENS {
            return None;
        }
        let (language, sure) = match self.segments.get(*from) {
            Some(segment) if segment.tokens == *clause => detector.configured(&segment.scores)?,
            _ => detector.configured(&detector.score(self.written(text, clause)))?,
        };
        (sure >= SURE_OF_ANOTHER && Some(language) != self.detection.language).then_some(language)
    }

    /// Looks the words of a clause up in another lexicon and finds its modifiers there.
    fn read_again(
        &mut self,
        text: &str,
        clause: &Range<usize>,
        position: usize,
        lexicons: &Lexicons,
        memories: &mut [Option<WordMemory>],
    ) {
        let lexicon = &lexicons.languages[position];
        let memory = memories[position].get_or_insert_with(WordMemory::default);
        memory.make_room();
        for number in clause.clone() {
            if self.tokens[number].kind == TokenKind::Word {
                let word = memory.word(self.tokens[number].of(text), Some(lexicon));
                self.facts.replace(number, memory.facts(word));
            }
        }
        let mut found = Vec::new();
        matching::find_modifiers(lexicon, &self.tokens, &self.facts, clause.clone(), &mut found);
        // What opens the clause in the text's own language still says how it stands to its neighbours.
        let first = self.modifiers.partition_point(|hit| hit.tokens.start < clause.start);
        let last = self.modifiers.partition_point(|hit| hit.tokens.start < clause.end);
        let opener = self.modifiers[first..last]
            .iter()
            .find(|hit| hit.tokens.start == clause.start && opens_clause(hit.kind))
            .cloned();
        found.retain(|hit| {
            opener.as_ref().is_none_or(|opener| hit.tokens.start >= opener.tokens.end)
        });
        self.modifiers.splice(first..last, opener.into_iter().chain(found));
    }

    /// Weighs the entries from `first` on; returns their sum.
    fn contribute(
        &mut self,
        lexicon: &LanguageLexicon,
        first: usize,
        modifiers: Range<usize>,
    ) -> f64 {
        let mut sum = 0.0;
        for position in first..self.entries.len() {
            let hit = &self.entries[position];
            let followed = self.entries.get(position + 1).is_some_and(|next| {
                next.tokens.start == hit.tokens.end && lexicon.entry(next.id).valence != 0.0
            });
            let near = nearby(&self.modifiers[modifiers.clone()], hit);
            let contribution = scoring::contribution(lexicon.entry(hit.id), hit, near, followed);
            sum += contribution.value;
            self.contributions.push(contribution);
        }
        sum
    }

    fn standing(
        &self,
        modifiers: &Range<usize>,
        tokens: &Range<usize>,
        next: Option<&Range<usize>>,
    ) -> Standing {
        let opener = |start: usize, from: usize| {
            self.modifiers[from..]
                .iter()
                .take_while(|hit| hit.tokens.start <= start)
                .find(|hit| hit.tokens.start == start)
                .map(|hit| hit.kind)
        };
        let own = opener(tokens.start, modifiers.start);
        let same_sentence = next.filter(|next| {
            self.tokens.get(next.start).is_some_and(|token| token.gap < Gap::Sentence)
        });
        Standing {
            contrasts: own == Some(ModifierKind::Contrast),
            contrasted: same_sentence.and_then(|next| opener(next.start, modifiers.end))
                == Some(ModifierKind::Contrast),
            concedes: own == Some(ModifierKind::Concession),
        }
    }
}

fn position_of(lexicons: &Lexicons, language: Language) -> Option<usize> {
    lexicons.languages.iter().position(|lexicon| lexicon.language() == language)
}

fn opens_clause(kind: ModifierKind) -> bool {
    matches!(kind, ModifierKind::Contrast | ModifierKind::Concession)
}

/// The modifiers of a clause, of which none before `from` can be one.
fn within(modifiers: &[ModifierHit], from: usize, clause: &Range<usize>) -> Range<usize> {
    let start =
        from + modifiers[from..].iter().take_while(|hit| hit.tokens.start < clause.start).count();
    let end =
        start + modifiers[start..].iter().take_while(|hit| hit.tokens.start < clause.end).count();
    start..end
}

/// Of a clause's modifiers only the last few before an entry can touch it, and the wish that opens the clause: a bound
/// that keeps a clause of a million words linear.
fn nearby<'m>(modifiers: &'m [ModifierHit], hit: &EntryHit) -> &'m [ModifierHit] {
    const MOST: usize = 16;
    let end = modifiers.partition_point(|modifier| modifier.tokens.start <= hit.tokens.start);
    &modifiers[end.saturating_sub(MOST)..end]
}
