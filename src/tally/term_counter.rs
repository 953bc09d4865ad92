//! One worker's counts of terms. A token is known by the number of its word; its letters are looked at once a shard.

use super::candidates::Seen;
use super::rows::Rows;
use super::terms::Terms;
use crate::enrich::Word;

/// Rows of a shard: terms are pruned between shards, which depend on the input alone.
pub const SHARD_ROWS: usize = 65_536;
/// Bytes of text of a shard, so that long texts of ever new words fill no memory either.
pub const SHARD_BYTES: usize = 16 << 20;

/// Where a word is counted, as long as the epoch lasts.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    epoch: u32,
    place: u32,
}

/// No place: the word is not counted.
const NOWHERE: u32 = u32::MAX;

/// Counts terms, shard by shard.
#[derive(Debug)]
pub struct TermCounter {
    bins: usize,
    shard: u64,
    /// Grows with each shard and whenever the worker forgets its words: older places say nothing.
    epoch: u32,
    generation: u32,
    /// By reader, by word.
    words: Vec<Vec<Place>>,
    terms: Terms,
    /// Responses of the shard so far.
    responses: u32,
    /// By term: the response that was counted last. One that uses a term twice counts once.
    last: Vec<u32>,
    /// Shards that this worker has left.
    done: Vec<(u64, Terms)>,
}

impl TermCounter {
    /// A counter for so many bins of score.
    pub fn new(bins: usize, k_anon: usize) -> TermCounter {
        TermCounter {
            bins,
            shard: 0,
            epoch: 1,
            generation: 0,
            words: Vec::new(),
            terms: Terms::new(bins, k_anon),
            responses: 0,
            last: Vec::new(),
            done: Vec::new(),
        }
    }

    /// From now on responses are of this shard.
    pub fn begin(&mut self, shard: u64) {
        if shard != self.shard {
            self.end_shard();
            self.shard = shard;
        }
    }

    /// Takes the counts of the shards before `open`.
    pub fn harvest(&mut self, open: u64) -> Vec<(u64, Terms)> {
        if self.shard < open {
            self.end_shard();
        }
        let done = std::mem::take(&mut self.done);
        let (before, rest) = done.into_iter().partition(|(shard, _)| *shard < open);
        self.done = rest;
        before
    }

    /// Counts the terms of a response that was added to `rows` last.
    pub fn count(&mut self, seen: &Seen<'_>, rows: &Rows) {
        let Some(facts) = rows.last() else { return };
        if self.generation != seen.scratch.generation() {
            self.generation = seen.scratch.generation();
            self.epoch += 1;
        }
        self.responses += 1;
        let bin = facts.bin().unwrap_or(self.bins);
        for (question, text) in seen.texts.iter().enumerate() {
            let Some(text) = *text else { continue };
            let Some(analysis) = seen.scratch.analyses().get(question) else { continue };
            let reader = analysis.reader();
            if reader >= seen.enricher.lexicons().languages.len() {
                continue;
            }
            if self.words.len() <= reader {
                self.words.resize_with(reader + 1, Vec::new);
            }
            for (token, &word) in analysis.words.iter().enumerate() {
                if word == Word::NONE {
                    continue;
                }
                let known = self.words[reader].get(word.index());
                let place = match known.filter(|known| known.epoch == self.epoch) {
                    Some(known) => known.place,
                    None => self.learn(seen, question, reader, token, text, word),
                };
                // Out of range: the word is not counted.
                if let Some(last) = self.last.get_mut(place as usize)
                    && *last != self.responses
                {
                    *last = self.responses;
                    self.terms.count(place, bin, facts.customer);
                }
            }
        }
    }

    /// The place of a word that is met for the first time since the epoch began. Single letters are no terms.
    #[cold]
    fn learn(
        &mut self,
        seen: &Seen<'_>,
        question: usize,
        reader: usize,
        token: usize,
        text: &str,
        word: Word,
    ) -> u32 {
        let language = seen.enricher.lexicons().languages[reader].language().code();
        let stem = seen.scratch.stem(question, token, text);
        let place = stem.filter(|stem| stem.chars().nth(1).is_some()).and_then(|stem| {
            self.terms.place(language, stem, &seen.scratch.normal(question, token, text))
        });
        let place = place.unwrap_or(NOWHERE);
        self.last.resize(self.terms.len(), 0);
        let words = &mut self.words[reader];
        if words.len() <= word.index() {
            words.resize(word.index() + 1, Place::default());
        }
        words[word.index()] = Place { epoch: self.epoch, place };
        place
    }

    fn end_shard(&mut self) {
        self.epoch += 1;
        self.responses = 0;
        self.last.clear();
        if !self.terms.is_empty() {
            let next = self.terms.emptied();
            self.done.push((self.shard, std::mem::replace(&mut self.terms, next)));
        }
    }
}
