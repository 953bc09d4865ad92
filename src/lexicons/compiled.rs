//! The lists of one language compiled for matching: stems to terms, terms to entries, forms to modifiers.

use super::entries::{Lists, Meaning, ModifierKind};
use super::taxonomy::ThemeId;
use crate::morphology::Stemmer;
use crate::text::{Gap, Language, normalise, tokenise};
use rustc_hash::FxHashMap;
use std::num::NonZeroU32;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU32);

        impl $name {
            fn new(index: usize) -> $name {
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
    /// A stem that some entry uses.
    TermId
);
id!(
    /// An entry of the sentiment and theme lists.
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

/// One entry: what it is called, what it is made of, what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// As written in the list.
    pub text: Box<str>,
    /// The stems it is made of; one for a word, several for a phrase.
    pub terms: Box<[TermId]>,
    /// The feeling, -3 to 3; 0 where it carries none.
    pub valence: f64,
    /// Whether the feeling is about the entry's theme by itself.
    pub opinion: bool,
    /// The theme it speaks of.
    pub theme: Option<ThemeId>,
    /// The feeling when negated, where it is no plain flip.
    pub negated: Option<f64>,
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

/// What the lexicon knows of one word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordFacts {
    /// The one-word entry that it is a form of.
    pub entry: Option<EntryId>,
    /// Its stem, when entries use it.
    pub term: Option<TermId>,
    /// Its form, when modifiers use it.
    pub form: Option<FormId>,
    /// How it matched: 1 the entry's own form, 5 the same Snowball stem.
    pub tier: u8,
}

const OWN_FORM: u8 = 1;
const SAME_STEM: u8 = 5;

/// The compiled lexicon of one language.
#[derive(Debug)]
pub struct LanguageLexicon {
    language: Language,
    stemmer: Stemmer,
    terms: FxHashMap<Box<str>, TermId>,
    entries: Vec<Entry>,
    /// By term: the one-word entries with that stem, in list order.
    words: Vec<Vec<EntryId>>,
    /// By term: whether phrases begin with it.
    begins: Vec<bool>,
    /// By the first two terms: the phrases, longest first. A word such as `ei` begins hundreds of phrases, a pair few.
    phrases: FxHashMap<(TermId, TermId), Vec<EntryId>>,
    forms: FxHashMap<Box<str>, FormId>,
    modifiers: Vec<Modifier>,
    /// By first form: the modifiers, longest first.
    by_form: Vec<Vec<ModifierId>>,
}

impl LanguageLexicon {
    pub(super) fn compile(language: Language, lists: Lists) -> LanguageLexicon {
        let mut lexicon = LanguageLexicon {
            language,
            stemmer: Stemmer::new(Some(language)),
            terms: FxHashMap::default(),
            entries: Vec::with_capacity(lists.entries.len()),
            words: Vec::new(),
            begins: Vec::new(),
            phrases: FxHashMap::default(),
            forms: FxHashMap::default(),
            modifiers: Vec::with_capacity(lists.modifiers.len()),
            by_form: Vec::new(),
        };
        for (text, meaning) in lists.entries {
            lexicon.add_entry(&text, meaning);
        }
        for (text, (kind, factor)) in lists.modifiers {
            lexicon.add_modifier(&text, kind, factor);
        }
        let (entries, modifiers) = (&lexicon.entries, &lexicon.modifiers);
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|id| std::cmp::Reverse(entries[id.index()].terms.len()));
        }
        for list in &mut lexicon.by_form {
            list.sort_by_key(|id| std::cmp::Reverse(modifiers[id.index()].forms.len()));
        }
        lexicon
    }

    fn add_entry(&mut self, text: &str, meaning: Meaning) {
        let id = EntryId::new(self.entries.len());
        let mut stem = String::new();
        let mut terms = Vec::new();
        for word in words_of(text) {
            stem.clear();
            self.stemmer.stem(&word, &mut stem);
            let next = TermId::new(self.terms.len());
            let term = *self.terms.entry(stem.as_str().into()).or_insert(next);
            if term == next {
                self.words.push(Vec::new());
                self.begins.push(false);
            }
            terms.push(term);
        }
        match terms[..] {
            [] => return,
            [only] => self.words[only.index()].push(id),
            [first, second, ..] => {
                self.begins[first.index()] = true;
                self.phrases.entry((first, second)).or_default().push(id);
            }
        }
        self.entries.push(Entry {
            text: text.into(),
            terms: terms.into(),
            valence: meaning.theme_valence.or(meaning.valence).unwrap_or(0.0),
            opinion: meaning.theme_valence.is_some(),
            theme: meaning.theme,
            negated: meaning.negated,
        });
    }

    fn add_modifier(&mut self, text: &str, kind: ModifierKind, factor: f64) {
        let id = ModifierId::new(self.modifiers.len());
        let mut forms = Vec::new();
        for word in words_of(text) {
            let next = FormId::new(self.forms.len());
            let form = *self.forms.entry(word.into()).or_insert(next);
            if form == next {
                self.by_form.push(Vec::new());
            }
            forms.push(form);
        }
        if let Some(first) = forms.first() {
            self.by_form[first.index()].push(id);
            self.modifiers.push(Modifier { text: text.into(), forms: forms.into(), kind, factor });
        }
    }

    /// The language it is for.
    pub fn language(&self) -> Language {
        self.language
    }

    /// What is known of a normalised word; its stem is appended to `stem`.
    pub fn word(&self, word: &str, stem: &mut String) -> WordFacts {
        let start = stem.len();
        self.stemmer.stem(word, stem);
        let term = self.terms.get(stem.get(start..).unwrap_or_default()).copied();
        let form = self.forms.get(word).copied();
        let candidates = term.map_or(&[][..], |term| &self.words[term.index()]);
        let shared = |id: &EntryId| {
            self.entries[id.index()]
                .text
                .bytes()
                .zip(word.bytes())
                .take_while(|(a, b)| a == b)
                .count()
        };
        // Of several lemmas with one stem the one that looks most like the word; the first in the list on a tie.
        let entry = candidates.iter().copied().rev().max_by_key(shared);
        let tier = match entry {
            Some(id) if *self.entries[id.index()].text == *word => OWN_FORM,
            _ => SAME_STEM,
        };
        WordFacts { entry, term, form, tier }
    }

    /// An entry.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The phrases that begin with two words, longest first.
    pub fn phrases(&self, first: TermId, second: Option<TermId>) -> &[EntryId] {
        match second {
            Some(second) if self.begins[first.index()] => {
                self.phrases.get(&(first, second)).map_or(&[], Vec::as_slice)
            }
            _ => &[],
        }
    }

    /// A modifier.
    pub fn modifier(&self, id: ModifierId) -> &Modifier {
        &self.modifiers[id.index()]
    }

    /// The modifiers that begin with a form, longest first.
    pub fn modifiers(&self, first: FormId) -> &[ModifierId] {
        &self.by_form[first.index()]
    }

    /// Number of sentiment and theme entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the lexicon knows no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The normalised words of an entry, cut as a text is cut.
fn words_of(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    tokenise(text, 0..text.len(), Gap::Open, &mut tokens);
    tokens
        .iter()
        .map(|token| {
            let mut word = String::new();
            normalise(token.of(text), &mut word);
            word
        })
        .collect()
}
