//! A worker's memory of words: every token gets a number, by which it is known what its letters say of its language.
//! Capped, so that memory does not grow with the data; the answer never depends on what is remembered.

use crate::language::{Scores, WordCounts, WordLanes, WordScores};
use crate::text::{Token, TokenKind};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Words remembered per worker. A million rows hold some 300,000 distinct tokens, of which the commonest 64,000 make
/// 98.6 % of the text; a full memory takes 20 MB.
const CAPACITY: usize = 1 << 18;
/// Longer tokens are no words and are not remembered.
const LONGEST: usize = 64;
/// Places for recent words, 8 MB: as many as words, so that few are driven out by others.
const RECENT: usize = CAPACITY;
/// Tokens up to this length fit into three machine words, which then are the token.
const SHORT: usize = 24;

/// The number of a word, valid until the memory makes room, between two responses. Common words come early and have
/// small numbers, so that what is known of them lies close together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Word(u32);

impl Word {
    /// No word: a number, an emoji, or a token too long to be a word.
    pub const NONE: Word = Word(0);
    /// One that is not among the recent.
    const UNSEEN: Word = Word(u32::MAX);

    /// The position of what is known of it, the first being that of no word.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The letters of a short token, zeros behind them.
type Letters = [u64; SHORT / 8];

/// A short token; no letters for none.
#[derive(Debug, Clone, Copy, Default)]
struct Short {
    letters: Letters,
    word: Word,
}

/// A long token by its place in the letters.
#[derive(Debug, Clone, Copy)]
struct Long {
    hash: u64,
    start: u32,
    length: u8,
    word: Word,
}

/// The words that one worker remembers.
#[derive(Debug)]
pub(super) struct Words {
    /// Those seen lately, direct-mapped: one look at one cache line answers for most tokens.
    recent: Vec<Short>,
    short: HashTable<Short>,
    long: HashTable<Long>,
    /// Long tokens, end to end.
    letters: Vec<u8>,
    /// By word.
    lanes: Vec<WordLanes>,
    /// By word, apart, so that lanes do not lie across cache lines.
    counts: Vec<WordCounts>,
    /// By word: the same in small letters, of which everything else is known that is known of the word.
    small: Vec<Word>,
    buffer: String,
}

impl Default for Words {
    fn default() -> Words {
        Words {
            recent: vec![Short::default(); RECENT],
            short: HashTable::new(),
            long: HashTable::new(),
            letters: Vec::new(),
            lanes: vec![WordLanes::default()],
            counts: vec![WordCounts::default()],
            small: vec![Word::NONE],
            buffer: String::new(),
        }
    }
}

impl Words {
    /// Whether it is time to forget everything.
    pub(super) fn is_full(&self) -> bool {
        self.lanes.len() >= CAPACITY
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.recent.fill(Short::default());
        self.short.clear();
        self.long.clear();
        self.letters.clear();
        self.lanes.truncate(1);
        self.counts.truncate(1);
        self.small.truncate(1);
    }

    /// The word in small letters: itself for most.
    #[inline]
    pub(super) fn small(&self, word: Word) -> Word {
        self.small[word.index()]
    }

    /// What the letters of some words say of their language.
    #[inline]
    pub(super) fn scores(&self, words: &[Word]) -> Scores {
        let mut scores = Scores::default();
        for word in words {
            scores += &self.lanes[word.index()];
            scores += self.counts[word.index()];
        }
        scores
    }

    /// Appends the words of the tokens of a text.
    pub(super) fn find(&mut self, text: &str, tokens: &[Token], words: &mut Vec<Word>) {
        // First what one look finds. Nothing depends on it, so that the processor waits for several at once.
        words.extend(tokens.iter().map(|token| self.recent(text, token)));
        for (token, word) in tokens.iter().zip(words) {
            if *word == Word::UNSEEN {
                *word = self.look_closer(text, token.start, token.end).unwrap_or_default();
            }
        }
    }

    #[inline]
    fn recent(&self, text: &str, token: &Token) -> Word {
        if token.kind != TokenKind::Word {
            return Word::NONE;
        }
        let Some(letters) = short(text.as_bytes(), token.start, token.end) else {
            return Word::UNSEEN;
        };
        let recent = &self.recent[place(mix(letters))];
        let differ = letters.iter().zip(recent.letters).fold(0, |all, (a, b)| all | (a ^ b));
        if differ == 0 { recent.word } else { Word::UNSEEN }
    }

    #[inline(never)]
    fn look_closer(&mut self, text: &str, start: usize, end: usize) -> Option<Word> {
        let next = Word(u32::try_from(self.lanes.len()).ok()?);
        let token = text.get(start..end)?;
        let known = match short(text.as_bytes(), start, end) {
            Some(letters) => {
                let hash = mix(letters);
                let word = match self.short.find(hash, |known| known.letters == letters) {
                    Some(known) => known.word,
                    None => {
                        let new = Short { letters, word: next };
                        self.short.insert_unique(hash, new, |known| mix(known.letters)).get().word
                    }
                };
                self.recent[place(hash)] = Short { letters, word };
                word
            }
            None => self.long_word(token, next)?,
        };
        if known == next {
            self.learn(next, token);
        }
        Some(known)
    }

    fn learn(&mut self, word: Word, token: &str) {
        let mut letters = std::mem::take(&mut self.buffer);
        if in_small_letters(token, &mut letters) {
            // Its place is taken, and filled once the other word is known.
            self.lanes.push(WordLanes::default());
            self.counts.push(WordCounts::default());
            self.small.push(word);
            let small = self.look_closer(&letters, 0, letters.len()).unwrap_or(word);
            self.lanes[word.index()] = self.lanes[small.index()];
            self.counts[word.index()] = self.counts[small.index()];
            self.small[word.index()] = small;
        } else {
            let WordScores { lanes, counts } = WordScores::of(token);
            self.lanes.push(lanes);
            self.counts.push(counts);
            self.small.push(word);
        }
        self.buffer = letters;
    }

    fn long_word(&mut self, token: &str, next: Word) -> Option<Word> {
        if token.len() > LONGEST {
            return None;
        }
        let mut hasher = FxHasher::default();
        hasher.write(token.as_bytes());
        let hash = hasher.finish();
        let same = |known: &Long| {
            let range = known.start as usize..known.start as usize + usize::from(known.length);
            known.hash == hash && self.letters.get(range) == Some(token.as_bytes())
        };
        if let Some(known) = self.long.find(hash, same) {
            return Some(known.word);
        }
        let start = u32::try_from(self.letters.len()).ok()?;
        let new = Long { hash, start, length: u8::try_from(token.len()).ok()?, word: next };
        self.letters.extend_from_slice(token.as_bytes());
        self.long.insert_unique(hash, new, |known| known.hash);
        Some(next)
    }
}

/// Puts a token into small letters; says whether it had others. Nothing for a token with letters beyond U+00FF, which have
/// rules of their own.
pub(super) fn in_small_letters(token: &str, small: &mut String) -> bool {
    let latin_1 = |c| c <= '\u{FF}';
    if !token.chars().any(|c| c.is_ascii_uppercase() || matches!(c, 'À'..='Ö' | 'Ø'..='Þ'))
        || !token.chars().all(latin_1)
    {
        return false;
    }
    small.clear();
    small.extend(token.chars().flat_map(char::to_lowercase));
    true
}

/// What is kept of three machine words, by the length of a token.
const KEPT: [Letters; SHORT + 1] = {
    let mut masks = [[0; SHORT / 8]; SHORT + 1];
    let mut length = 0;
    while length <= SHORT {
        let mut byte = 0;
        while byte < length {
            masks[length][byte / 8] |= 0xFF << (byte % 8 * 8);
            byte += 1;
        }
        length += 1;
    }
    masks
};

/// The letters of a short token, read beyond its end and cut: no branch to guess for words of any length.
#[inline]
fn short(text: &[u8], start: usize, end: usize) -> Option<Letters> {
    let kept = KEPT.get(end.checked_sub(start)?)?;
    let bytes: [u8; SHORT] = match text.get(start..).and_then(<[u8]>::first_chunk) {
        Some(bytes) => *bytes,
        None => at_the_end(text.get(start..end)?),
    };
    let [first, middle, last] = [0, 8, 16].map(|at| {
        let eight: [u8; 8] = std::array::from_fn(|byte| bytes[at + byte]);
        u64::from_le_bytes(eight)
    });
    Some([first & kept[0], middle & kept[1], last & kept[2]])
}

fn at_the_end(token: &[u8]) -> [u8; SHORT] {
    let mut bytes = [0; SHORT];
    bytes.iter_mut().zip(token).for_each(|(place, byte)| *place = *byte);
    bytes
}

/// A hash of a short token: the two halves of a 128-bit product, folded.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the halves are wanted")]
fn mix([first, middle, last]: Letters) -> u64 {
    let a = u128::from(first ^ last.rotate_left(32) ^ 0x9E37_79B9_7F4A_7C15);
    let b = u128::from(middle ^ last.wrapping_mul(0xA24B_AED4_963E_E407) ^ 0xD6E8_FEB8_6659_FD93);
    let product = a * (b | 1);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The place of a hash among the recent words.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low bits are wanted")]
fn place(hash: u64) -> usize {
    hash as usize & (RECENT - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Gap, normalise, tokenise};
    use proptest::prelude::*;

    fn letters(text: &str, end: usize) -> Option<Letters> {
        short(text.as_bytes(), 0, end)
    }

    proptest! {
        #[test]
        fn different_short_tokens_have_different_letters(a in "[a-zä]{1,24}", b in "[a-zä]{1,24}") {
            let (one, other) = (letters(&a, a.len()), letters(&b, b.len()));
            prop_assert_eq!(one == other && one.is_some(), a == b && a.len() <= SHORT);
        }

        #[test]
        fn what_stands_behind_a_token_does_not_matter(token in "[a-z]{1,24}", rest in "[a-z ]{0,40}") {
            prop_assert_eq!(letters(&format!("{token}{rest}"), token.len()), letters(&token, token.len()));
        }

        #[test]
        fn capitals_change_nothing_that_is_known(text in "[A-Za-zÀ-ÖØ-öø-ÿ'`]{1,30}( [A-Za-zÄÖäö]{1,30}){0,9}") {
            let (mut memory, mut tokens, mut words) = (Words::default(), Vec::new(), Vec::new());
            tokenise(&text, 0..text.len(), Gap::Open, &mut tokens);
            memory.find(&text, &tokens, &mut words);
            for (token, word) in tokens.iter().zip(words).filter(|(_, word)| *word != Word::NONE) {
                let token = token.of(&text);
                let WordScores { lanes, counts } = WordScores::of(token);
                prop_assert_eq!((lanes, counts), (memory.lanes[word.index()], memory.counts[word.index()]));
                let mut normal = [String::new(), String::new()];
                let mut small = String::new();
                if in_small_letters(token, &mut small) {
                    normalise(token, &mut normal[0]);
                    normalise(&small, &mut normal[1]);
                    prop_assert_eq!(&normal[0], &normal[1]);
                    prop_assert_ne!(memory.small(word), word);
                } else {
                    prop_assert_eq!(memory.small(word), word);
                }
            }
        }

        #[test]
        fn words_are_the_same_where_tokens_are(text in "[a-zäö]{1,30}( [a-zäö]{1,2}| [a-z]{30,70}){0,20}") {
            let (mut memory, mut tokens) = (Words::default(), Vec::new());
            tokenise(&text, 0..text.len(), Gap::Open, &mut tokens);
            let (mut words, mut again) = (Vec::new(), Vec::new());
            memory.find(&text, &tokens, &mut words);
            memory.find(&text, &tokens, &mut again);
            prop_assert_eq!(&words, &again);
            for (one, first) in tokens.iter().zip(&words) {
                prop_assert_eq!(*first == Word::NONE, one.of(&text).len() > LONGEST);
                for (other, second) in tokens.iter().zip(&words).filter(|_| *first != Word::NONE) {
                    prop_assert_eq!(one.of(&text) == other.of(&text), first == second);
                }
            }
        }
    }
}
