//! From words to clauses: modifiers, the stretches between marks and conjunctions, the entries in each and what they are worth.

use super::analysis::Analysis;
use super::attribution::attribute;
use super::cues;
use super::facts::TextFacts;
use super::matching::{self, EntryHit, ModifierHit};
use super::meanings::Meanings;
use super::scoring::{self, Contribution, Rule, Rules, Standing};
use super::words::Words;
use crate::language::Detector;
use crate::lexicons::{LanguageLexicon, Lexicons, ModifierKind, ThemeId};
use crate::text::{CharCounter, Gap, Language, split_clauses};
use std::ops::Range;

/// What reading a clause in another language than the text's takes: how sure the letters must be ...
const SURE_OF_ANOTHER: f64 = 0.9;
/// ... and how many tokens.
const FEWEST_TOKENS: usize = 2;

/// A clause and what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its Unicode scalar values in the text.
    pub chars: Range<usize>,
    /// The position of the lexicon that read it: that of the text's language, or of its own.
    pub lexicon: usize,
    /// Its entries.
    pub entries: Range<usize>,
    /// Its score, -1 to 1.
    pub score: f64,
    /// Its score before it is weighed against its neighbours.
    pub plain: f64,
    /// What it says only as the answer to its question, on the valence scale; 0 for most.
    pub answer: f64,
    /// The rules that weighed the clause as a whole.
    pub rules: Rules,
    /// How it stands to its neighbours.
    pub(super) standing: Standing,
}

/// A part of a stretch.
#[derive(Debug, Clone)]
struct Part {
    tokens: Range<usize>,
    entries: Range<usize>,
}

/// What a part says so far.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    felt: bool,
    sum: f64,
    first_theme: Option<ThemeId>,
    last_theme: Option<ThemeId>,
    /// Where it ends.
    until: usize,
}

impl Said {
    /// Whether what follows a conjunction says something of its own: it feels otherwise, or about something else.
    fn differs(&self, next: &Said) -> bool {
        let otherwise = self.sum * next.sum < 0.0;
        let elsewhere = next.first_theme.is_some()
            && self.last_theme.is_some()
            && next.first_theme != self.last_theme;
        self.felt && next.felt && (otherwise || elsewhere)
    }

    fn and(self, next: Said, until: usize) -> Said {
        Said {
            felt: self.felt || next.felt,
            sum: self.sum + next.sum,
            first_theme: self.first_theme.or(next.first_theme),
            last_theme: next.last_theme.or(self.last_theme),
            until,
        }
    }
}

impl Analysis {
    /// Finds modifiers, clauses and entries, and scores them with the lexicon at `position`; a clause that is surely in
    /// another configured language with that language's.
    pub(super) fn score(
        &mut self,
        text: &str,
        lexicons: &Lexicons,
        position: usize,
        detector: &Detector,
        words: &Words,
        meanings: &mut [Meanings],
    ) {
        // Who writes everything in capitals shouts nothing in particular.
        self.mixed_case = text.chars().any(char::is_lowercase);
        let own = &lexicons.languages[position];
        let all = 0..self.tokens.len();
        let facts = TextFacts { places: &self.places, known: meanings[position].facts() };
        matching::find_modifiers(own, &self.tokens, facts, all, &mut self.modifiers);
        let opens = |hit: &&ModifierHit| {
            let start = hit.tokens.start;
            hit.kind.opens_clause() && !matching::is_within_phrase(own, &self.tokens, facts, start)
        };
        let openers = self.modifiers.iter().filter(opens).map(|hit| hit.tokens.start);
        self.stretches.clear();
        split_clauses(&self.tokens, openers, &mut self.stretches);
        let stretches = std::mem::take(&mut self.stretches);
        let mut segments = 0;
        let mut modifiers = 0..0;
        let mut chars = CharCounter::new(text);
        for (index, tokens) in stretches.iter().enumerate() {
            let mut reader = position;
            if stretches.len() > 1
                && let Some(other) =
                    self.other_language(text, tokens, detector, words, &mut segments)
                && let Some(found) = position_of(lexicons, other).filter(|found| *found != position)
            {
                self.read_again(text, tokens, found, lexicons, words, meanings);
                reader = found;
            }
            let lexicon = &lexicons.languages[reader];
            let first = self.entries.len();
            let facts = TextFacts { places: &self.places, known: meanings[reader].facts() };
            matching::find_entries(lexicon, facts, tokens.clone(), &mut self.entries);
            modifiers = within(&self.modifiers, modifiers.end, tokens);
            let denying = &self.modifiers[modifiers.clone()];
            cues::find(lexicon, facts, tokens.clone(), denying, &mut self.cues);
            matching::use_up(&mut self.modifiers[modifiers.clone()], &self.entries[first..]);
            self.contribute(text, lexicon, first, &modifiers);
            let standing = self.standing(&modifiers, tokens, stretches.get(index + 1));
            let asks = self.asks(text, tokens);
            let mut part = Part { tokens: tokens.start..tokens.start, entries: first..first };
            let mut conjunctions = modifiers.clone();
            while part.tokens.end < tokens.end {
                part = self.next_part(lexicon, &part, tokens.end, &mut conjunctions);
                let clause = self.clause(&part, reader, lexicon, standing, asks, &mut chars);
                self.clauses.push(clause);
            }
        }
        self.stretches = stretches;
        self.mend(lexicons);
        if self.contributions.iter().all(|entry| entry.value == 0.0) {
            match self.expects {
                Some(expects) => self.answer(expects),
                None => self.deny(),
            }
        }
    }

    /// Takes most of the weight from complaints after which something is said to be put right: "Pesukone hajosi, uusi
    /// tuotiin heti."
    fn mend(&mut self, lexicons: &Lexicons) {
        let mut mended = false;
        for clause in self.clauses.iter_mut().rev() {
            let lexicon = &lexicons.languages[clause.lexicon];
            let mends = |at: usize| {
                lexicon.entry(self.entries[at].id).mends && self.contributions[at].value > 0.0
            };
            if mended && clause.score < 0.0 {
                clause.score *= scoring::MENDED;
                clause.plain *= scoring::MENDED;
                clause.rules.add(Rule::Mended);
            }
            mended |= clause.score > 0.0 && clause.entries.clone().any(mends);
        }
    }

    /// The next part of a stretch that says one thing. `before` is the part before it, `conjunctions` the modifiers not yet
    /// passed, `end` the end of the stretch: "palvelu oli hyvää ja ruoka kylmää" says two, "hyvää ja halpaa ruokaa" one.
    fn next_part(
        &self,
        lexicon: &LanguageLexicon,
        before: &Part,
        end: usize,
        conjunctions: &mut Range<usize>,
    ) -> Part {
        let first = before.entries.end;
        let mut part = Part { tokens: before.tokens.end..end, entries: first..first };
        let mut said = Said::default();
        loop {
            let conjunction = conjunctions
                .find(|at| {
                    let hit = &self.modifiers[*at];
                    hit.kind == ModifierKind::Addition
                        && hit.tokens.start > part.tokens.start
                        && !hit.used_up
                })
                .map(|at| (at, self.modifiers[at].tokens.start));
            let until = conjunction.map_or(end, |(_, start)| start);
            let from = part.entries.end;
            let more =
                self.entries[from..].iter().take_while(|hit| hit.tokens.start < until).count();
            let next = self.said(lexicon, from..from + more);
            if said.differs(&next) {
                // What was passed last begins the next part.
                part.tokens.end = said.until;
                if let Some((at, _)) = conjunction {
                    conjunctions.start = at;
                }
                return part;
            }
            part.entries.end += more;
            said = said.and(next, until);
            if conjunction.is_none() {
                return part;
            }
        }
    }

    /// What some entries of a stretch say together.
    fn said(&self, lexicon: &LanguageLexicon, entries: Range<usize>) -> Said {
        let mut said = Said::default();
        for position in entries {
            let theme = lexicon.entry(self.entries[position].id).theme;
            said.first_theme = said.first_theme.or(theme);
            said.last_theme = theme.or(said.last_theme);
            said.felt |= self.contributions[position].value != 0.0;
            said.sum += self.contributions[position].value;
        }
        said
    }

    fn clause(
        &mut self,
        part: &Part,
        reader: usize,
        lexicon: &LanguageLexicon,
        standing: Standing,
        asks: bool,
        chars: &mut CharCounter<'_>,
    ) -> Clause {
        let Part { tokens, entries } = part.clone();
        attribute(
            lexicon,
            entries.start,
            &self.entries[entries.clone()],
            &mut self.contributions[entries.clone()],
        );
        let own = self.contributions[entries.clone()].iter();
        // From +0: an empty float sum would be -0.
        let sum = own.fold(0.0, |sum, entry| sum + entry.value);
        let Contribution { value: score, mut rules, .. } = scoring::clause_score(sum, standing);
        let modifiers = within(&self.modifiers, self.modifiers_before(tokens.start), &tokens);
        if self.modifiers[modifiers].iter().any(|hit| hit.kind == ModifierKind::Wish) {
            rules.add(Rule::Wish);
        }
        if asks {
            rules.add(Rule::Question);
        }
        let bytes = self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end;
        let chars = chars.at(bytes.start)..chars.at(bytes.end);
        let plain = scoring::clause_score(sum, Standing::default()).value;
        Clause {
            tokens,
            chars,
            lexicon: reader,
            entries,
            score,
            plain,
            answer: 0.0,
            rules,
            standing,
        }
    }

    fn modifiers_before(&self, token: usize) -> usize {
        self.modifiers.partition_point(|hit| hit.tokens.start < token)
    }

    /// The configured language that a clause is surely in. `from` is the first segment that may hold it.
    fn other_language(
        &self,
        text: &str,
        clause: &Range<usize>,
        detector: &Detector,
        words: &Words,
        from: &mut usize,
    ) -> Option<Language> {
        while self.segments.get(*from).is_some_and(|segment| segment.tokens.end <= clause.start) {
            *from += 1;
        }
        if clause.len() < FEWEST_TOKENS {
            return None;
        }
        let own = self.detection.language;
        let (language, sure) = match self.segments.get(*from) {
            Some(segment) if segment.tokens == *clause => detector.another(&segment.scores, own)?,
            _ => detector.another(&self.letters(text, clause.clone(), words), own)?,
        };
        (sure >= SURE_OF_ANOTHER).then_some(language)
    }

    /// Looks the words of a clause up in another lexicon and finds its modifiers there.
    fn read_again(
        &mut self,
        text: &str,
        clause: &Range<usize>,
        position: usize,
        lexicons: &Lexicons,
        words: &Words,
        meanings: &mut [Meanings],
    ) {
        let lexicon = &lexicons.languages[position];
        let meanings = &mut meanings[position];
        meanings.look_up(
            text,
            &self.tokens[clause.clone()],
            &self.words[clause.clone()],
            words,
            Some(lexicon),
            &mut self.places[clause.clone()],
        );
        let facts = TextFacts { places: &self.places, known: meanings.facts() };
        let mut found = Vec::new();
        matching::find_modifiers(lexicon, &self.tokens, facts, clause.clone(), &mut found);
        // What opens the clause in the text's own language still says how it stands to its neighbours.
        let first = self.modifiers.partition_point(|hit| hit.tokens.start < clause.start);
        let last = self.modifiers.partition_point(|hit| hit.tokens.start < clause.end);
        let opener = self.modifiers[first..last]
            .iter()
            .find(|hit| hit.tokens.start == clause.start && hit.kind.opens_clause())
            .cloned();
        found.retain(|hit| {
            opener.as_ref().is_none_or(|opener| hit.tokens.start >= opener.tokens.end)
        });
        self.modifiers.splice(first..last, opener.into_iter().chain(found));
    }

    /// Weighs the entries from `first` on, which are those of one stretch.
    fn contribute(
        &mut self,
        text: &str,
        lexicon: &LanguageLexicon,
        first: usize,
        modifiers: &Range<usize>,
    ) {
        let end = self.entries.len();
        for position in first..end {
            let weighed = self.weigh(text, lexicon, position..end, modifiers, |_, _| {});
            self.contributions.push(weighed);
        }
    }

    /// Whether a question mark follows a clause.
    fn asks(&self, text: &str, clause: &Range<usize>) -> bool {
        let end = self.tokens[clause.end - 1].end;
        let next = self.tokens.get(clause.end).map_or(text.len(), |token| token.start);
        text.as_bytes().get(end..next).is_some_and(|gap| gap.contains(&b'?'))
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
            contrasts: own.is_some_and(ModifierKind::contrasts),
            contrasted: same_sentence
                .and_then(|next| opener(next.start, modifiers.end))
                .is_some_and(ModifierKind::contrasts),
            concedes: own.is_some_and(ModifierKind::concedes),
        }
    }
}

fn position_of(lexicons: &Lexicons, language: Language) -> Option<usize> {
    lexicons.languages.iter().position(|lexicon| lexicon.language() == language)
}

/// The modifiers of a clause, of which none before `from` can be one.
pub(super) fn within(
    modifiers: &[ModifierHit],
    from: usize,
    clause: &Range<usize>,
) -> Range<usize> {
    let start =
        from + modifiers[from..].iter().take_while(|hit| hit.tokens.start < clause.start).count();
    let end =
        start + modifiers[start..].iter().take_while(|hit| hit.tokens.start < clause.end).count();
    start..end
}

/// Of a clause's modifiers only the last few before an entry can touch it, and the wish that opens the clause: a bound
/// that keeps a clause of a million words linear.
pub(super) fn nearby<'m>(modifiers: &'m [ModifierHit], hit: &EntryHit) -> &'m [ModifierHit] {
    const MOST: usize = 16;
    let end = modifiers.partition_point(|modifier| modifier.tokens.start <= hit.tokens.start);
    &modifiers[end.saturating_sub(MOST)..end]
}
