//! A worker's memory of what one lexicon knows of words and of their stems, by the number of the word.

use super::facts::FactsPlace;
use super::words::{Word, Words, in_small_letters};
use crate::lexicons::{LanguageLexicon, WordFacts};
use crate::morphology::{Search, Stemmer};
use crate::text::{Token, TokenKind, normalise};
use rustc_hash::FxHashMap;

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    facts: FactsPlace,
    stem: Stem,
}

impl Meaning {
    /// That of no word.
    const NONE: Meaning = Meaning { facts: FactsPlace::NOTHING, stem: Stem::Unknown };
    /// That of a word that has not been asked for.
    const UNKNOWN: Meaning = Meaning { facts: FactsPlace::UNKNOWN, stem: Stem::Unknown };
}

/// Where the stem of a word is found.
#[derive(Debug, Clone, Copy)]
enum Stem {
    Unknown,
    /// As many letters of the token as it is written, as it mostly is: then nobody need look for it.
    Begins(u8),
    /// Among the stems.
    At(u32, u8),
}

/// What one worker remembers of one lexicon, or of none: then words have stems and no meaning.
#[derive(Debug)]
pub(super) struct Meanings {
    /// By word, as far as words have been asked for.
    meanings: Vec<Meaning>,
    /// Stems, end to end.
    stems: String,
    /// Each once, so that the common facts stay in a core's own cache; the first is nothing.
    facts: Vec<WordFacts>,
    /// Where facts stand.
    interned: FxHashMap<WordFacts, FactsPlace>,
    normal: String,
    small: String,
    search: Search,
    /// Only without a lexicon: words stay as they are.
    stemmer: Stemmer,
}

impl Default for Meanings {
    fn default() -> Meanings {
        Meanings {
            meanings: vec![Meaning::NONE],
            stems: String::new(),
            facts: vec![WordFacts::default()],
            interned: FxHashMap::default(),
            normal: String::new(),
            small: String::new(),
            search: Search::default(),
            stemmer: Stemmer::new(None),
        }
    }
}

impl Meanings {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.meanings.truncate(1);
        self.stems.clear();
        self.facts.truncate(1);
        self.interned.clear();
    }

    /// Puts the places of the facts of some words, which are `tokens` of a text, into `places`.
    pub(super) fn look_up(
        &mut self,
        text: &str,
        tokens: &[Token],
        words: &[Word],
        memory: &Words,
        lexicon: Option<&LanguageLexicon>,
        places: &mut [FactsPlace],
    ) {
        // First what is remembered. Nothing depends on it, so that the processor waits for several at once.
        for (word, place) in words.iter().zip(&mut *places) {
            *place = self.meanings.get(word.index()).unwrap_or(&Meaning::UNKNOWN).facts;
        }
        for ((token, &word), place) in tokens.iter().zip(words).zip(places) {
            if *place == FactsPlace::UNKNOWN {
                *place = self.ask(word, token.of(text), memory, lexicon).unwrap_or_default();
            } else if token.kind == TokenKind::Emoji {
                let facts = lexicon.and_then(|lexicon| lexicon.emoji(token.of(text)));
                *place = facts.and_then(|facts| self.place(facts)).unwrap_or_default();
            }
        }
    }

    /// The facts by place.
    pub(super) fn facts(&self) -> &[WordFacts] {
        &self.facts
    }

    /// Learns a word from its small letters: `Hyvää` is what `hyvää` is.
    #[cold]
    fn ask(
        &mut self,
        word: Word,
        token: &str,
        memory: &Words,
        lexicon: Option<&LanguageLexicon>,
    ) -> Option<FactsPlace> {
        let small = memory.small(word);
        let mut letters = std::mem::take(&mut self.small);
        if small == word || !in_small_letters(token, &mut letters) {
            self.small = letters;
            return self.learn(word, token, lexicon);
        }
        let known = self.meanings.get(small.index()).map_or(FactsPlace::UNKNOWN, |it| it.facts);
        let facts = match known {
            FactsPlace::UNKNOWN => self.learn(small, &letters, lexicon),
            known => Some(known),
        };
        let stem = match self.meanings.get(small.index()).map(|known| known.stem) {
            Some(Stem::Begins(length)) => {
                let start = u32::try_from(self.stems.len()).ok()?;
                self.stems.push_str(letters.get(..usize::from(length))?);
                Stem::At(start, length)
            }
            Some(stem) => stem,
            None => Stem::Unknown,
        };
        self.small = letters;
        self.remember(word, Meaning { facts: facts?, stem });
        facts
    }

    fn learn(
        &mut self,
        word: Word,
        token: &str,
        lexicon: Option<&LanguageLexicon>,
    ) -> Option<FactsPlace> {
        let start = self.stems.len();
        normalise(token, &mut self.normal);
        let facts = match lexicon {
            Some(lexicon) => lexicon.word(&self.normal, &mut self.stems, &mut self.search),
            None => {
                self.stemmer.stem(&self.normal, &mut self.stems);
                WordFacts::default()
            }
        };
        let place = self.place(facts)?;
        let length = u8::try_from(self.stems.len() - start).ok()?;
        let stem = if token.as_bytes().starts_with(self.stems.as_bytes().get(start..)?) {
            self.stems.truncate(start);
            Stem::Begins(length)
        } else {
            Stem::At(u32::try_from(start).ok()?, length)
        };
        self.remember(word, Meaning { facts: place, stem });
        Some(place)
    }

    fn remember(&mut self, word: Word, meaning: Meaning) {
        if self.meanings.len() <= word.index() {
            self.meanings.resize(word.index() + 1, Meaning::UNKNOWN);
        }
        self.meanings[word.index()] = meaning;
    }

    /// The place of facts, which get one the first time.
    fn place(&mut self, facts: WordFacts) -> Option<FactsPlace> {
        if facts.is_empty() {
            return Some(FactsPlace::NOTHING);
        }
        let next = FactsPlace::new(self.facts.len(), &facts)?;
        let place = *self.interned.entry(facts).or_insert(next);
        if place == next {
            self.facts.push(facts);
        }
        Some(place)
    }

    /// The stem of a word, which stands in a text as `token`; none for one that has not been asked for.
    #[inline]
    pub(super) fn stem<'w>(&'w self, word: Word, token: &'w str) -> Option<&'w str> {
        match self.meanings.get(word.index())?.stem {
            Stem::Unknown => None,
            Stem::Begins(length) => token.get(..usize::from(length)),
            Stem::At(start, length) => {
                self.stems.get(start as usize..start as usize + usize::from(length))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;
    use super::*;
    use crate::text::{Gap, tokenise};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_keeps_its_stem(text in "[A-ZÄÖa-zäö]{1,9}( [A-ZÄÖa-zäö]{1,9}){0,20}") {
            let (mut words, mut meanings) = (Words::default(), Meanings::default());
            let mut tokens = Vec::new();
            tokenise(&text, 0..text.len(), Gap::Open, &mut tokens);
            let mut found = Vec::new();
            words.find(&text, &tokens, &mut found);
            let mut places = vec![FactsPlace::UNKNOWN; found.len()];
            meanings.look_up(&text, &tokens, &found, &words, None, &mut places);
            prop_assert!(places.iter().all(|place| *place == FactsPlace::NOTHING));
            for (token, &word) in tokens.iter().zip(&found) {
                let stem = token.of(&text).to_lowercase();
                prop_assert_eq!(meanings.stem(word, token.of(&text)), Some(&*stem));
            }
        }
    }
}
