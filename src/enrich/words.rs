//! A worker's memory of words: what the lexicon knows of a token, looked up once and kept while it is common.
//! Capped, so that memory does not grow with the data; the answer never depends on what is remembered.

use crate::lexicons::{LanguageLexicon, WordFacts};
use crate::morphology::Stemmer;
use crate::text::normalise;
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Words remembered per worker and language. A million rows hold some 300,000 distinct tokens, of which the
/// commonest 64,000 make 98.6 % of the text; a full memory takes 8 MB.
const CAPACITY: usize = 1 << 17;

/// Longer tokens are no words and are not remembered.
const LONGEST: usize = 64;

/// A word by its place in the memory; valid until the next [`WordMemory::make_room`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordId(u32);

/// A token too long to be a word.
const NO_WORD: WordId = WordId(u32::MAX);

/// 32 bytes, so that a look-up touches one cache line here.
#[derive(Debug)]
struct Record {
    hash: u64,
    /// Where token and stem stand, one behind the other.
    start: u32,
    token: u8,
    stem: u8,
    facts: WordFacts,
}

/// A record by its place, with half of its hash, so that other words are told apart without looking at theirs.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    record: u32,
}

/// What one worker remembers of one language.
#[derive(Debug)]
pub(super) struct WordMemory {
    table: HashTable<Slot>,
    records: Vec<Record>,
    /// Tokens and stems, end to end.
    letters: String,
    normal: String,
    stemmer: Stemmer,
}

impl Default for WordMemory {
    fn default() -> WordMemory {
        WordMemory {
            table: HashTable::new(),
            records: Vec::new(),
            letters: String::new(),
            normal: String::new(),
            // Only for texts whose language has no lexicon: their words stay as they are.
            stemmer: Stemmer::new(None),
        }
    }
}

impl WordMemory {
    /// Forgets everything once the memory is full. To be called between texts.
    pub(super) fn make_room(&mut self) {
        if self.records.len() >= CAPACITY {
            self.table.clear();
            self.records.clear();
            self.letters.clear();
        }
    }

    /// The word of a token as it is written.
    pub(super) fn word(&mut self, token: &str, lexicon: Option<&LanguageLexicon>) -> WordId {
        if token.len() > LONGEST {
            return NO_WORD;
        }
        let hash = hash(token);
        let half = half(hash);
        let same = |slot: &Slot| slot.hash == half && self.token(slot.record) == token.as_bytes();
        match self.table.find(hash, same) {
            Some(slot) => WordId(slot.record),
            None => self.learn(token, hash, lexicon).unwrap_or(NO_WORD),
        }
    }

    fn token(&self, record: u32) -> &[u8] {
        let letters = self.letters.as_bytes();
        let record = self.records.get(record as usize);
        let token =
            record.and_then(|r| letters.get(r.start as usize..r.start as usize + r.token as usize));
        token.unwrap_or_default()
    }

    #[cold]
    fn learn(
        &mut self,
        token: &str,
        hash: u64,
        lexicon: Option<&LanguageLexicon>,
    ) -> Option<WordId> {
        let id = u32::try_from(self.records.len()).ok()?;
        let start = self.letters.len();
        self.letters.push_str(token);
        let middle = self.letters.len();
        normalise(token, &mut self.normal);
        let facts = match lexicon {
            Some(lexicon) => lexicon.word(&self.normal, &mut self.letters),
            None => {
                self.stemmer.stem(&self.normal, &mut self.letters);
                WordFacts::default()
            }
        };
        self.records.push(Record {
            hash,
            start: u32::try_from(start).ok()?,
            token: u8::try_from(middle - start).ok()?,
            stem: u8::try_from(self.letters.len() - middle).ok()?,
            facts,
        });
        let slot = Slot { hash: half(hash), record: id };
        let records = &self.records;
        self.table.insert_unique(hash, slot, |slot| records[slot.record as usize].hash);
        Some(WordId(id))
    }

    /// What the lexicon knows of a word.
    pub(super) fn facts(&self, id: WordId) -> WordFacts {
        self.records.get(id.0 as usize).map_or_else(WordFacts::default, |record| record.facts)
    }

    /// The stem of a word; none for a token too long to be one.
    pub(super) fn stem(&self, id: WordId) -> Option<&str> {
        let record = self.records.get(id.0 as usize)?;
        let start = record.start as usize + record.token as usize;
        self.letters.get(start..start + record.stem as usize)
    }
}

/// The half of a hash that the table does not use to choose a place.
#[expect(clippy::cast_possible_truncation, reason = "half of the bits are wanted")]
fn half(hash: u64) -> u32 {
    (hash >> 16) as u32
}

fn hash(token: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(token.as_bytes());
    hasher.finish()
}
