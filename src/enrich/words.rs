//! A worker's memory of words: what the lexicon knows of a token, looked up once and kept while it is common.
//! Capped, so that memory does not grow with the data; the answer never depends on what is remembered.

use crate::lexicons::{LanguageLexicon, WordFacts};
use crate::morphology::{Search, Stemmer};
use crate::text::normalise;
use hashbrown::HashTable;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Words remembered per worker and language. A million rows hold some 300,000 distinct tokens, of which the
/// commonest 64,000 make 98.6 % of the text; a full memory takes 18 MB.
const CAPACITY: usize = 1 << 18;
/// Longer tokens are no words and are not remembered.
const LONGEST: usize = 64;
/// Places for recent words, 3 MB. The common ones stay in a core's own cache, a rare one costs a single look into memory
/// instead of the four of the table, its record and its letters.
const FRONT: usize = 1 << 16;
/// Tokens up to this length fit into two machine words, which then are the token.
const SHORT: usize = 16;

/// A word of a text. What it points to is valid until the memory makes room, between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Word {
    /// Where the facts stand in the memory; 0 for a word of which nothing is known, as most are.
    facts: u32,
    /// Where token and stem stand in the memory, one behind the other.
    start: u32,
    token: u8,
    stem: u8,
    /// Whether the stem is how the token begins as it is written, as it mostly is: then nobody need look for it.
    begins: bool,
}

#[derive(Debug, Clone, Copy)]
struct Record {
    hash: u64,
    word: Word,
}

/// A record by its place, with half of its hash, so that other words are told apart without looking at theirs.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    record: u32,
}

/// A short token seen lately; `length` 0 for none.
#[derive(Debug, Clone, Copy, Default)]
struct Recent {
    letters: (u64, u64),
    length: u8,
    word: Word,
}

/// What one worker remembers of one language.
#[derive(Debug)]
pub(super) struct WordMemory {
    /// Direct-mapped: one look at one cache line answers for most tokens.
    front: Vec<Recent>,
    table: HashTable<Slot>,
    records: Vec<Record>,
    /// Tokens and stems, end to end.
    letters: String,
    /// What the lexicon knows of words, each once, so that the common facts stay in a core's own cache; the first is
    /// nothing.
    facts: Vec<WordFacts>,
    /// Where facts stand.
    interned: FxHashMap<WordFacts, u32>,
    normal: String,
    search: Search,
    stemmer: Stemmer,
}

impl Default for WordMemory {
    fn default() -> WordMemory {
        WordMemory {
            front: vec![Recent::default(); FRONT],
            table: HashTable::new(),
            records: Vec::new(),
            letters: String::new(),
            facts: vec![WordFacts::default()],
            interned: FxHashMap::default(),
            normal: String::new(),
            search: Search::default(),
            // Only for texts whose language has no lexicon: their words stay as they are.
            stemmer: Stemmer::new(None),
        }
    }
}

impl WordMemory {
    /// Forgets everything once the memory is full. To be called between texts.
    pub(super) fn make_room(&mut self) {
        if self.records.len() >= CAPACITY {
            self.front.fill(Recent::default());
            self.table.clear();
            self.records.clear();
            self.letters.clear();
            self.facts.truncate(1);
            self.interned.clear();
        }
    }

    /// The word of a token as it is written; an unknown one for a token too long to be a word.
    #[inline]
    pub(super) fn word(&mut self, token: &str, lexicon: Option<&LanguageLexicon>) -> Word {
        let bytes = token.as_bytes();
        let Some(letters) = short(bytes) else { return self.long_word(token, lexicon) };
        let hash = mix(letters, bytes.len());
        let place = place(hash);
        let recent = &self.front[place];
        if recent.letters == letters && usize::from(recent.length) == bytes.len() {
            return recent.word;
        }
        let word = self.find(token, hash, lexicon);
        let length = u8::try_from(bytes.len()).unwrap_or_default();
        self.front[place] = Recent { letters, length, word };
        word
    }

    #[cold]
    fn long_word(&mut self, token: &str, lexicon: Option<&LanguageLexicon>) -> Word {
        if token.is_empty() || token.len() > LONGEST {
            return Word::default();
        }
        let mut hasher = FxHasher::default();
        hasher.write(token.as_bytes());
        self.find(token, hasher.finish(), lexicon)
    }

    fn find(&mut self, token: &str, hash: u64, lexicon: Option<&LanguageLexicon>) -> Word {
        let half = half(hash);
        let same = |slot: &Slot| slot.hash == half && self.token(slot.record) == token.as_bytes();
        match self.table.find(hash, same) {
            Some(slot) => self.records[slot.record as usize].word,
            None => self.learn(token, hash, lexicon).unwrap_or_default(),
        }
    }

    fn token(&self, record: u32) -> &[u8] {
        let Word { start, token, .. } = self.records[record as usize].word;
        let range = start as usize..start as usize + usize::from(token);
        self.letters.as_bytes().get(range).unwrap_or_default()
    }

    #[cold]
    fn learn(&mut self, token: &str, hash: u64, lexicon: Option<&LanguageLexicon>) -> Option<Word> {
        let record = u32::try_from(self.records.len()).ok()?;
        let start = self.letters.len();
        self.letters.push_str(token);
        let middle = self.letters.len();
        normalise(token, &mut self.normal);
        let facts = match lexicon {
            Some(lexicon) => lexicon.word(&self.normal, &mut self.letters, &mut self.search),
            None => {
                self.stemmer.stem(&self.normal, &mut self.letters);
                WordFacts::default()
            }
        };
        let next = u32::try_from(self.facts.len()).ok()?;
        let place = match facts.is_empty() {
            true => 0,
            false => *self.interned.entry(facts).or_insert(next),
        };
        if place == next {
            self.facts.push(facts);
        }
        let word = Word {
            facts: place,
            start: u32::try_from(start).ok()?,
            token: u8::try_from(middle - start).ok()?,
            stem: u8::try_from(self.letters.len() - middle).ok()?,
            begins: token.as_bytes().starts_with(self.letters.as_bytes().get(middle..)?),
        };
        self.records.push(Record { hash, word });
        let records = &self.records;
        self.table.insert_unique(hash, Slot { hash: half(hash), record }, |slot| {
            records[slot.record as usize].hash
        });
        Some(word)
    }

    /// What the lexicon knows of a word.
    #[inline]
    pub(super) fn facts(&self, word: Word) -> Option<&WordFacts> {
        self.facts.get(word.facts as usize).filter(|_| word.facts > 0)
    }

    /// The stem of a word that stands in a text as `token`; none for one that is not remembered.
    #[inline]
    pub(super) fn stem<'w>(&'w self, word: Word, token: &'w str) -> Option<&'w str> {
        if word.begins {
            return token.get(..usize::from(word.stem));
        }
        let start = word.start as usize + usize::from(word.token);
        let stem = self.letters.get(start..start + usize::from(word.stem))?;
        (word.token > 0).then_some(stem)
    }
}

/// The letters of a short token as two machine words; together with the length they are the token.
#[inline]
fn short(token: &[u8]) -> Option<(u64, u64)> {
    let eight = |at: usize| Some(u64::from_le_bytes(token.get(at..at + 8)?.try_into().ok()?));
    let four =
        |at: usize| Some(u64::from(u32::from_le_bytes(token.get(at..at + 4)?.try_into().ok()?)));
    match token.len() {
        0 => None,
        length @ 1..4 => {
            let letter = |at: usize| u64::from(token[at]);
            Some((letter(0) | letter(length / 2) << 8 | letter(length - 1) << 16, 0))
        }
        length @ 4..8 => Some((four(0)? | four(length - 4)? << 32, 0)),
        length @ 8..=SHORT => Some((eight(0)?, eight(length - 8)?)),
        _ => None,
    }
}

/// A hash of a short token: the two halves of a 128-bit product, folded.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the halves are wanted")]
fn mix((first, last): (u64, u64), length: usize) -> u64 {
    let a = u128::from(first ^ 0x9E37_79B9_7F4A_7C15);
    let b = u128::from(last ^ 0xD6E8_FEB8_6659_FD93 ^ length as u64);
    let product = a * (b | 1);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The place of a hash among the recent words.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low bits are wanted")]
fn place(hash: u64) -> usize {
    hash as usize & (FRONT - 1)
}

/// The half of a hash that the table does not use to choose a place.
#[expect(clippy::cast_possible_truncation, reason = "half of the bits are wanted")]
fn half(hash: u64) -> u32 {
    (hash >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn different_short_tokens_have_different_letters(a in "[a-zä]{1,16}", b in "[a-zä]{1,16}") {
            let key = |token: &str| short(token.as_bytes()).map(|letters| (letters, token.len()));
            prop_assert_eq!(key(&a) == key(&b) && key(&a).is_some(), a == b && a.len() <= SHORT);
        }

        #[test]
        fn a_token_keeps_its_stem(tokens in proptest::collection::vec("[a-zäö]{1,20}", 1..50)) {
            let mut memory = WordMemory::default();
            for token in &tokens {
                let word = memory.word(token, None);
                prop_assert_eq!(memory.stem(word, token), Some(token.as_str()));
                prop_assert_eq!(memory.word(token, None), word);
            }
        }
    }
}
