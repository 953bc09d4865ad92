//! One worker's counts of terms. A token is known by the number of its word; its letters are looked at once a shard.

use super::candidates::Seen;
use super::rows::Rows;
use super::terms::{Term, TermKey, Terms};
use crate::enrich::Word;
use rustc_hash::FxHashMap;

/// Rows of a shard: terms are pruned between shards, which depend on the input alone.
pub const SHARD_ROWS: usize = 65_536;
/// Bytes of text of a shard, so that long texts of ever new words fill no memory either.
pub const SHARD_BYTES: usize = 16 << 20;

/// Where a word is counted, as long as the epoch lasts.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    epoch: u32,
    slot: u32,
}

/// No place: the word is not counted.
const NOWHERE: u32 = u32::MAX;

#[derive(Debug)]
struct Slot {
    /// The response that was counted last: one that uses a term twice counts once.
    response: u64,
    term: Term,
}

/// Counts terms, shard by shard.
#[derive(Debug)]
pub struct TermCounter {
    bins: usize,
    k_anon: usize,
    shard: u64,
    /// Grows with each shard and whenever the worker forgets its words: older places say nothing.
    epoch: u32,
    generation: u32,
    response: u64,
    /// By reader, by word.
    places: Vec<Vec<Place>>,
    slots: Vec<Slot>,
    by_key: FxHashMap<TermKey, u32>,
    /// Shards that this worker has left.
    done: Vec<(u64, Terms)>,
}

impl TermCounter {
    /// A counter for so many bins of score.
    pub fn new(bins: usize, k_anon: usize) -> TermCounter {
        TermCounter {
            bins,
            k_anon,
            shard: 0,
            epoch: 1,
            generation: 0,
            response: 0,
            places: Vec::new(),
            slots: Vec::new(),
            by_key: FxHashMap::default(),
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
        let Seen { texts, scratch, enricher, .. } = *seen;
        let Some(facts) = rows.last() else { return };
        if self.generation != scratch.generation() {
            self.generation = scratch.generation();
            self.epoch += 1;
        }
        self.response += 1;
        let column = facts.bin().unwrap_or(self.bins);
        for (question, text) in texts.iter().enumerate() {
            let Some(text) = *text else { continue };
            let Some(analysis) = scratch.analyses().get(question) else { continue };
            let Some(lexicon) = enricher.lexicons().languages.get(analysis.reader()) else {
                continue;
            };
            if self.places.len() <= analysis.reader() {
                self.places.resize_with(analysis.reader() + 1, Vec::new);
            }
            for (token, &word) in analysis.words.iter().enumerate() {
                if word == Word::NONE {
                    continue;
                }
                let known = self.places[analysis.reader()].get(word.index());
                let slot = match known.filter(|place| place.epoch == self.epoch) {
                    Some(place) => place.slot,
                    None => {
                        let language = lexicon.language().code();
                        let surface = || scratch.normal(question, token, text);
                        let slot = scratch
                            .stem(question, token, text)
                            .map_or(NOWHERE, |stem| self.learn(language, stem, surface));
                        let places = &mut self.places[analysis.reader()];
                        if places.len() <= word.index() {
                            places.resize(word.index() + 1, Place::default());
                        }
                        places[word.index()] = Place { epoch: self.epoch, slot };
                        slot
                    }
                };
                // Out of range: the word is not counted.
                let Some(Slot { response, term }) = self.slots.get_mut(slot as usize) else {
                    continue;
                };
                if *response != self.response {
                    *response = self.response;
                    term.scores[column] = term.scores[column].saturating_add(1);
                    term.customers.add(facts.customer);
                }
            }
        }
    }

    /// The slot of a term that is met in a form for the first time since the epoch began. Single letters are no terms.
    #[cold]
    fn learn(&mut self, language: &'static str, stem: &str, surface: impl Fn() -> String) -> u32 {
        if stem.chars().nth(1).is_none() {
            return NOWHERE;
        }
        let surface = surface();
        let key = TermKey { language, stem: stem.to_owned() };
        if let Some(&slot) = self.by_key.get(&key) {
            self.slots[slot as usize].term.show(&surface);
            return slot;
        }
        let slot = u32::try_from(self.slots.len()).unwrap_or(NOWHERE);
        self.by_key.insert(key, slot);
        self.slots.push(Slot { response: 0, term: Term::new(&surface, self.bins, self.k_anon) });
        slot
    }

    fn end_shard(&mut self) {
        self.epoch += 1;
        if self.slots.is_empty() {
            return;
        }
        let mut terms: Vec<Option<Term>> =
            self.slots.drain(..).map(|slot| Some(slot.term)).collect();
        let mut shard = Terms::default();
        for (key, slot) in self.by_key.drain() {
            if let Some(term) = terms.get_mut(slot as usize).and_then(Option::take) {
                shard.insert(key, term);
            }
        }
        self.done.push((self.shard, shard));
    }
}
