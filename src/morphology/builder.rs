//! From entries and known words to a matcher.

use super::compounds::long_enough;
use super::ending_table::EndingTable;
use super::hash::hash_of;
use super::index::{LemmaId, Postings, StemIndex};
use super::inflection::Inflection;
use super::letters::{AA, AE, LONGEST_WORD, OE, to_letters};
use super::matcher::{Lemma, Matcher, Search};
use super::paradigm::{Endings, Kind, Stem, Stems};
use super::traits::Traits;
use super::vocabulary::{InCompounds, Vocabulary};
use super::{en, fi, sv};
use crate::text::Language;
use rustc_hash::{FxHashMap, FxHashSet};

/// A matcher in the making: entries, and the known words around them.
#[derive(Debug)]
pub struct MatcherBuilder<'v> {
    vocabulary: &'v Vocabulary,
    by_text: FxHashMap<Box<str>, LemmaId>,
    postings: Postings,
    /// Buffers for those of one word, and for what is made of them.
    stems: [Stems; 2],
    /// Whose written stems stand in the first of them.
    made: Option<LemmaId>,
    matcher: Matcher,
    search: Search,
    readings: Vec<Reading>,
}

/// A lemma that a word is a form of, entry or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The lemma.
    pub lemma: LemmaId,
    /// Whether the lemma is a verb.
    pub verb: bool,
    /// Whether the word may be the lemma's nominative plural: `ehdot`.
    pub plural: bool,
    /// Whether the word may be what follows `ei`: `toimi`.
    pub negated: bool,
}

impl<'v> MatcherBuilder<'v> {
    /// A matcher that knows the words of a vocabulary and has no entries yet.
    pub fn new(language: Language, vocabulary: &'v Vocabulary) -> MatcherBuilder<'v> {
        let guarded = match language {
            Language::FINNISH => {
                fi::function_words::forms().map(|form| hash_of(&to_letters(form))).collect()
            }
            _ => FxHashSet::default(),
        };
        let matcher = Matcher {
            language,
            endings: endings_of(language),
            index: StemIndex::default(),
            lemmas: Vec::with_capacity(vocabulary.len()),
            traits: Vec::with_capacity(vocabulary.len()),
            guarded,
            compounds: language != Language::ENGLISH,
            typos: false,
        };
        let mut builder = MatcherBuilder {
            vocabulary,
            by_text: FxHashMap::default(),
            postings: Postings::with_capacity(vocabulary.len() * stems_a_word(language)),
            stems: Default::default(),
            made: None,
            matcher,
            search: Search::default(),
            readings: Vec::new(),
        };
        let mut words: Vec<&str> = vocabulary.words.keys().map(|word| &**word).collect();
        words.sort_unstable();
        for word in words {
            builder.lemma(word);
        }
        builder
    }

    /// Whether a normalised word is a lemma: a known word or an entry.
    pub fn knows(&self, word: &str) -> bool {
        self.by_text.contains_key(word)
    }

    /// The known words and entries that a normalised word is a form of, and how.
    pub fn readings(&mut self, word: &str) -> &[Reading] {
        self.readings.clear();
        let Search { word: letters, prefixes, cuts, .. } = &mut self.search;
        super::letters::letters(word, letters);
        if letters.is_empty() || letters.len() > LONGEST_WORD {
            return &[];
        }
        prefixes.set(letters);
        self.matcher.endings.cuts(letters, cuts);
        for cut in cuts.iter().take_while(|cut| cut.at > 0) {
            let ending = &letters[cut.at..];
            for posting in self.postings.get(prefixes.hash(0..cut.at)) {
                let both = posting.endings & cut.written;
                if posting.kind == Kind::Written && both != Endings::NONE {
                    self.readings.push(Reading {
                        lemma: posting.lemma,
                        verb: self.matcher.traits(posting.lemma).has(Traits::VERB),
                        plural: ending == b"t" && both.meets(fi::endings::WEAK),
                        negated: ending.is_empty() && both.meets(fi::endings::PRESENT),
                    });
                }
            }
        }
        self.readings.sort_by_key(|reading| (reading.lemma, !reading.negated, !reading.plural));
        self.readings.dedup_by_key(|reading| reading.lemma);
        &self.readings
    }

    /// The text of a lemma.
    pub fn text(&self, lemma: LemmaId) -> &str {
        self.matcher.lemma(lemma)
    }

    /// Makes a normalised word an entry; the same word has the same id.
    pub fn entry(&mut self, word: &str) -> LemmaId {
        let id = self.lemma(word);
        self.wanted(id);
        id
    }

    /// Makes a lemma an entry.
    pub fn wanted(&mut self, id: LemmaId) {
        let traits = &mut self.matcher.traits[id.index()];
        if traits.has(Traits::ENTRY) {
            return;
        }
        traits.set(Traits::ENTRY, true);
        let inflection = self.inflection();
        let [written, others] = &mut self.stems;
        // A new entry has just been inflected.
        if self.made != Some(id) {
            inflection.of(&self.matcher.lemmas[id.index()].text, written);
            self.made = Some(id);
        }
        if self.matcher.language == Language::FINNISH {
            others.clear();
            fi::spoken::stems(written, others);
            self.postings.add(others, id, Kind::Spoken);
        }
        if self.matcher.language != Language::ENGLISH {
            others.clear();
            without_dots(written, others);
            self.postings.add(others, id, Kind::Undotted);
        }
    }

    /// The matcher; `typos` lets it look for words one letter off.
    pub fn build(mut self, typos: bool) -> Matcher {
        self.matcher.index = StemIndex::of(&self.postings);
        // Only now are all the words known that a compound may be made of.
        for number in 0..self.matcher.lemmas.len() {
            let text = self.matcher.lemmas[number].text.clone();
            let simple = !self.is_compound(&text);
            self.matcher.traits[number].set(Traits::SIMPLE, simple);
        }
        self.matcher.typos = typos;
        self.matcher
    }

    fn inflection(&self) -> Inflection<'v> {
        Inflection { language: self.matcher.language, vocabulary: self.vocabulary }
    }

    fn lemma(&mut self, word: &str) -> LemmaId {
        if let Some(&id) = self.by_text.get(word) {
            return id;
        }
        let id = LemmaId::new(self.matcher.lemmas.len());
        self.by_text.insert(word.into(), id);
        let inflection = self.inflection();
        let [stems, _] = &mut self.stems;
        let verb = inflection.of(word, stems);
        self.made = Some(id);
        self.postings.add(stems, id, Kind::Written);
        let known = self.vocabulary.get(word);
        let length = word.chars().count();
        let usual = InCompounds { last: !verb, earlier: !verb };
        let parts = known.and_then(|word| word.compounds).unwrap_or(usual);
        let not = known.map_or(&[][..], |word| &word.not);
        let mut traits = Traits::of_length(length).with(Traits::SIMPLE);
        let grammar =
            self.matcher.language == Language::FINNISH && fi::function_words::is_lemma(word);
        traits.set(Traits::VERB, verb);
        traits.set(Traits::GRAMMAR, grammar);
        traits.set(Traits::LAST, parts.last && long_enough(length));
        traits.set(Traits::EARLIER, parts.earlier && long_enough(length));
        traits.set(Traits::EXCEPTIONS, !not.is_empty());
        self.matcher.traits.push(traits);
        self.matcher.lemmas.push(Lemma {
            text: word.into(),
            hash: hash_of(&to_letters(word)),
            not: not.iter().map(|form| to_letters(form)).collect(),
        });
        id
    }

    /// Whether a word divides into a known first part and a known word: toimitus|aika.
    fn is_compound(&mut self, word: &str) -> bool {
        const SHORTEST: usize = 7;
        if let Some(told) = self.vocabulary.get(word).and_then(|known| known.compound) {
            return told;
        }
        if !self.matcher.compounds || word.chars().count() < SHORTEST {
            return false;
        }
        // asia|kas is no compound; leverans|tid is one.
        let shortest_rest = if self.matcher.language == Language::FINNISH { 4 } else { 3 };
        let splits = word.char_indices().enumerate().skip(3);
        for (letters, (at, _)) in splits {
            let Some((_, rest)) = word.split_at_checked(at) else { continue };
            if rest.chars().count() >= shortest_rest
                && self
                    .by_text
                    .get(rest)
                    .is_some_and(|&id| !self.matcher.traits(id).has(Traits::VERB))
                && self.matcher.begins_with_modifier(word, letters, &mut self.search)
            {
                return true;
            }
        }
        false
    }
}

fn without_dots(stems: &Stems, undotted: &mut Stems) {
    let mut plain = Vec::new();
    for Stem { letters, endings } in stems.iter() {
        if letters.iter().any(|letter| matches!(*letter, AE | OE | AA)) {
            plain.clear();
            plain.extend(letters.iter().map(|&letter| super::letters::undotted(letter)));
            undotted.push(&[&plain], endings);
        }
    }
}

/// About how many stems a word has.
fn stems_a_word(language: Language) -> usize {
    match language {
        Language::FINNISH => 45,
        _ => 6,
    }
}

pub(super) fn endings_of(language: Language) -> EndingTable {
    match language {
        Language::FINNISH => fi::endings::table(),
        Language::SWEDISH => sv::endings(),
        _ => en::endings(),
    }
}
