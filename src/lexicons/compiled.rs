//! The lists of one language as the enricher uses them: words to facts, terms to phrases, forms to modifiers.

use super::entries::ModifierKind;
use super::phrases::Phrases;
use super::signals::Cue;
use super::taxonomy::ThemeId;
use crate::morphology::{LemmaId, Match, Matcher, Search, Stemmer};
use crate::text::{Language, emoji_key};
use rustc_hash::FxHashMap;
use std::num::NonZeroU32;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU32);

        impl $name {
            pub(super) fn new(index: usize) -> $name {
                // Lists are files that people write; four billion rows do not fit into memory first.
                let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
                $name(NonZeroU32::new(number).unwrap_or(NonZeroU32::MAX))
            }

            /// The position in its table.
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    };
}
id!(
    /// A part of phrases: a lemma or a written form.
    TermId
);
id!(
    /// An entry of the sentiment, theme and signal lists.
    EntryId
);
id!(
    /// A written form that some modifier uses.
    FormId
);
id!(
    /// A modifier.
    ModifierId
);

/// One entry: what it is called and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As written in the list.
    pub text: Box<str>,
    /// The feeling, -3 to 3; 0 where it carries none.
    pub valence: f64,
    /// Whether the feeling is about the entry's theme by itself.
    pub opinion: bool,
    /// Whether a negator is part of it: `ei toimi`.
    pub denies: bool,
    /// Whether it says, as praise, that something was put right: `korjattiin heti`.
    pub mends: bool,
    /// The theme it speaks of.
    pub theme: Option<ThemeId>,
    /// The feeling when negated, where it is no plain flip.
    pub negated: Option<f64>,
    /// What it signals: none but of an entry of the signal list, which in turn has neither theme nor feeling.
    pub cues: Box<[Cue]>,
}

/// What an entry stands in. The two know nothing of each other: an entry of one takes no words from those of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The lists of feelings and themes.
    Meaning,
    /// The list of signals.
    Signalling,
}

/// A way in which a phrase entry may be worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The entry.
    pub entry: EntryId,
    /// Its parts, at least two.
    pub parts: Box<[Part]>,
}

/// A part of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What has to stand there.
    pub term: TermId,
    /// Whether other words may stand before it (`odottaa .. kauan`).
    pub gap: bool,
}

/// One modifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Modifier {
    /// As written in the list.
    pub text: Box<str>,
    /// The forms it is made of.
    pub forms: Box<[FormId]>,
    /// What it does.
    pub kind: ModifierKind,
    /// The factor of an intensifier or diminisher, else 1.
    pub factor: f64,
}

/// Terms that one word may stand for; more are left out, the least sure first.
const TERMS: usize = 4;

/// What a word may stand for in phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Standing {
    /// The part of phrases.
    pub term: TermId,
    /// How sure that is: 1 strict ... 5 fuzzy.
    pub tier: u8,
    /// Where the part stands in phrases, by list.
    places: [Places; 2],
}

impl Standing {
    /// Where the part stands in the phrases of a list.
    #[inline]
    pub fn places(&self, list: List) -> Places {
        self.places[list as usize]
    }
}

/// Where a part stands in the phrases of a list: most words begin none, and need not be sought among thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Places(u8);

impl Places {
    /// First, with the second part right behind it.
    pub const FIRST: Places = Places(1);
    /// First, with a gap behind it.
    pub const GAPPED: Places = Places(1 << 1);
    /// Second, right behind the first.
    pub const SECOND: Places = Places(1 << 2);
    /// Second, with a gap before it.
    pub const BEHIND_GAP: Places = Places(1 << 3);

    pub(super) fn add(&mut self, place: Places) {
        self.0 |= place.0;
    }

    /// Whether one is among them.
    #[inline]
    pub fn has(self, place: Places) -> bool {
        self.0 & place.0 > 0
    }

    /// Whether it begins phrases.
    pub fn begins(self) -> bool {
        self.has(Places::FIRST) || self.has(Places::GAPPED)
    }

    /// Whether it stands second in phrases.
    pub fn is_second(self) -> bool {
        self.has(Places::SECOND) || self.has(Places::BEHIND_GAP)
    }
}

/// What the lexicon knows of one word of a text: one line of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(align(64))]
pub struct WordFacts {
    /// The one-word entry that it is a form of.
    pub entry: Option<EntryId>,
    /// How that entry matched: 1 strict ... 5 fuzzy.
    pub tier: u8,
    /// The one-word entry of the signal list that it is a form of ...
    pub cue: Option<EntryId>,
    /// ... and how that matched.
    pub cue_tier: u8,
    /// What it may stand for in phrases.
    pub terms: [Option<Standing>; TERMS],
    /// Its form, when modifiers use it.
    pub form: Option<FormId>,
}

impl WordFacts {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == WordFacts::default()
    }

    /// The tier in which the word stands for a term.
    pub fn term(&self, wanted: TermId) -> Option<u8> {
        self.terms.iter().flatten().find(|known| known.term == wanted).map(|known| known.tier)
    }

    fn add_term(&mut self, term: TermId, tier: u8, places: [Places; 2]) {
        if self.term(term).is_none()
            && let Some(free) = self.terms.iter_mut().find(|slot| slot.is_none())
        {
            *free = Some(Standing { term, tier, places });
        }
    }
}

/// The modifiers that begin with one form.
#[derive(Debug, Clone, Default)]
pub struct Begun {
    /// Of several forms, with the second of them, longest first.
    pub longer: Vec<(FormId, ModifierId)>,
    /// That form alone.
    pub alone: Option<ModifierId>,
}

/// What a lemma is used for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LemmaUse {
    pub(super) entry: Option<EntryId>,
    pub(super) cue: Option<EntryId>,
    pub(super) term: Option<TermId>,
}

/// The entries of a list by how they are written.
#[derive(Debug)]
pub(super) struct Written {
    /// By normalised word: the entries that match one form alone.
    pub(super) exact: FxHashMap<String, EntryId>,
    pub(super) phrases: Phrases,
}

/// The compiled lexicon of one language.
#[derive(Debug)]
pub struct LanguageLexicon {
    pub(super) stemmer: Stemmer,
    pub(super) matcher: Matcher,
    /// By lemma of the matcher.
    pub(super) lemmas: Vec<LemmaUse>,
    pub(super) entries: Vec<Entry>,
    /// By the emoji as the list writes it.
    pub(super) emoji: FxHashMap<String, EntryId>,
    /// Parts of phrases that match as written.
    pub(super) written: FxHashMap<Box<str>, TermId>,
    /// By term and list.
    pub(super) places: Vec<[Places; 2]>,
    /// What feels or names a theme.
    pub(super) meaning: Written,
    /// What signals something.
    pub(super) signalling: Written,
    pub(super) forms: FxHashMap<Box<str>, FormId>,
    pub(super) modifiers: Vec<Modifier>,
    /// By first form.
    pub(super) by_form: Vec<Begun>,
}

impl LanguageLexicon {
    /// The language it is for.
    pub fn language(&self) -> Language {
        self.matcher.language()
    }

    /// The matcher of its words.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// What is known of a normalised word; its Snowball stem is appended to `stem`.
    pub fn word(&self, word: &str, stem: &mut String, search: &mut Search) -> WordFacts {
        self.stemmer.stem(word, stem);
        let mut facts = WordFacts { form: self.form(word), ..WordFacts::default() };
        if let Some(&term) = self.written.get(word) {
            facts.add_term(term, 1, self.places[term.index()]);
        }
        self.matcher.find(word, search);
        // `vaara` is danger: that it may also be `väärä` without its dots is not believed of a single word.
        search.matches.retain(|found| !found.ambiguous);
        for found in &search.matches {
            if let Some(term) = self.lemmas[found.lemma.index()].term {
                facts.add_term(term, found.tier.number(), self.places[term.index()]);
            }
        }
        (facts.entry, facts.tier) = self.best(word, search, &self.meaning, |lemma| lemma.entry);
        (facts.cue, facts.cue_tier) = self.best(word, search, &self.signalling, |lemma| lemma.cue);
        facts
    }

    /// The one-word entry that a word is, and its tier: the surest; of several lemmas with this form the one that looks
    /// most like it; the first in the list on a tie.
    fn best(
        &self,
        word: &str,
        search: &Search,
        written: &Written,
        of: fn(&LemmaUse) -> Option<EntryId>,
    ) -> (Option<EntryId>, u8) {
        if let Some(&id) = written.exact.get(word) {
            return (Some(id), 1);
        }
        let entries = search
            .matches
            .iter()
            .filter_map(|found| Some((of(&self.lemmas[found.lemma.index()])?, found)));
        let best = entries.min_by_key(|(id, found)| {
            (found.tier, std::cmp::Reverse(self.likeness(found, word)), *id)
        });
        best.map_or((None, 0), |(id, found)| (Some(id), found.tier.number()))
    }

    /// What is known of an emoji; nothing for one that is not listed.
    pub fn emoji(&self, emoji: &str) -> Option<WordFacts> {
        let entry = *self.emoji.get(&emoji_key(emoji))?;
        Some(WordFacts { entry: Some(entry), tier: 1, ..WordFacts::default() })
    }

    /// Letters that a lemma shares with the beginning of a word; all of them for its own form.
    fn likeness(&self, found: &Match, word: &str) -> usize {
        let lemma = self.matcher.lemma(found.lemma);
        if lemma == word {
            return usize::MAX;
        }
        lemma.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count()
    }

    /// The form of a word that modifiers use; `enaa` is `enää`.
    fn form(&self, word: &str) -> Option<FormId> {
        self.forms.get(word).copied()
    }

    /// The entry of a lemma.
    pub fn entry_of(&self, lemma: LemmaId) -> Option<&Entry> {
        self.lemmas.get(lemma.index())?.entry.map(|id| self.entry(id))
    }

    /// An entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The phrases of a list.
    #[inline]
    pub fn phrases(&self, list: List) -> &Phrases {
        match list {
            List::Meaning => &self.meaning.phrases,
            List::Signalling => &self.signalling.phrases,
        }
    }

    /// A modifier.
    pub fn modifier(&self, id: ModifierId) -> &Modifier {
        &self.modifiers[id.index()]
    }

    /// The modifiers that begin with a form.
    pub fn modifiers(&self, first: FormId) -> &Begun {
        &self.by_form[first.index()]
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the lexicon knows no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
