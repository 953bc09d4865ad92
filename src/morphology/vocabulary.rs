//! What is known of the words of a language, apart from what they mean: how they inflect, what is irregular about them,
//! how they behave in compounds.

use super::{en, paradigm::Class, sv};
use crate::text::Language;
use rustc_hash::FxHashMap;

/// Which parts of compounds a word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InCompounds {
    /// The last part: kauppa in verkkokauppa.
    pub last: bool,
    /// The first or a middle part: kauppa in kauppakeskus.
    pub earlier: bool,
}

impl InCompounds {
    /// Reads `off`, `last`, `first` or `both`.
    pub fn parse(text: &str) -> Option<InCompounds> {
        let (last, earlier) = match text {
            "off" => (false, false),
            "last" => (true, false),
            "first" => (false, true),
            "both" => (true, true),
            _ => return None,
        };
        Some(InCompounds { last, earlier })
    }
}

/// What is known of one word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Inflection classes; none where its shape tells.
    pub classes: Vec<Box<str>>,
    /// Forms that its class does not make; `form:class` inflects itself.
    pub forms: Vec<Box<str>>,
    /// Forms that its class makes and that are no forms of it.
    pub not: Vec<Box<str>>,
    /// Whether it is known to be a compound, or known to be none though it looks like one (maailma).
    pub compound: Option<bool>,
    /// Behaviour in compounds, where it is not the usual one.
    pub compounds: Option<InCompounds>,
}

/// The words of a language by lemma.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub(super) words: FxHashMap<Box<str>, Word>,
}

impl Vocabulary {
    /// The word of a lemma, to be changed; a new one when it is not known.
    pub fn word(&mut self, lemma: &str) -> &mut Word {
        self.words.entry(lemma.into()).or_default()
    }

    /// Whether a lemma is known.
    pub fn knows(&self, lemma: &str) -> bool {
        self.words.contains_key(lemma)
    }

    /// What is known of a lemma.
    pub fn get(&self, lemma: &str) -> Option<&Word> {
        self.words.get(lemma)
    }

    /// Number of lemmas.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Whether `class` is an inflection class of a language.
pub fn is_class(language: Language, class: &str) -> bool {
    match language {
        Language::FINNISH => Class::parse(class).is_some(),
        Language::SWEDISH => sv::is_class(class),
        _ => en::is_class(class),
    }
}
