//! What a lemma stands for: stems, each with the endings that it takes.

use super::letters::{AE, OE, is_vowel};
use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of ending groups; what a group holds is a matter of the language (`fi/endings.rs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Endings(pub(crate) u64);

impl Endings {
    /// No ending.
    pub(crate) const NONE: Endings = Endings(0);

    /// The group of a number below 64.
    pub(crate) const fn group(number: u32) -> Endings {
        Endings(1 << number)
    }

    /// The endings of either set.
    pub(crate) const fn or(self, other: Endings) -> Endings {
        Endings(self.0 | other.0)
    }

    /// Whether the sets share a group.
    pub(crate) const fn meets(self, other: Endings) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Endings {
    type Output = Endings;
    fn bitor(self, other: Endings) -> Endings {
        self.or(other)
    }
}

impl BitAnd for Endings {
    type Output = Endings;
    fn bitand(self, other: Endings) -> Endings {
        Endings(self.0 & other.0)
    }
}

impl BitOrAssign for Endings {
    fn bitor_assign(&mut self, other: Endings) {
        self.0 |= other.0;
    }
}

/// How a stem comes from its lemma, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// As grammars have it.
    Written,
    /// As people speak: `tehä`, `nopee`.
    Spoken,
    /// As people type without dots: `hyva`.
    Undotted,
}

/// A stem and its endings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stem {
    /// Letters, one byte each.
    pub(crate) letters: Vec<u8>,
    /// The endings that may follow.
    pub(crate) endings: Endings,
}

/// The stems of one lemma in the making. In suffixes `A`, `O` and `U` stand for the vowels that harmony chooses.
#[derive(Debug)]
pub(crate) struct Stems {
    front: bool,
    pub(crate) list: Vec<Stem>,
}

impl Stems {
    /// An empty list for a lemma, whose last vowel of a, o, u or ä, ö, y decides the harmony; front where it has none.
    pub(crate) fn of(lemma: &[u8]) -> Stems {
        let harmonic = lemma
            .iter()
            .rev()
            .find(|letter| matches!(**letter, b'a' | b'o' | b'u' | AE | OE | b'y'));
        Stems { front: !matches!(harmonic, Some(b'a' | b'o' | b'u')), list: Vec::with_capacity(40) }
    }

    /// Whether endings take ä, ö and y.
    pub(crate) fn is_front(&self) -> bool {
        self.front
    }

    /// `base` with a suffix in its harmony.
    pub(crate) fn join(&self, base: &[u8], suffix: &str) -> Vec<u8> {
        let mut word = Vec::with_capacity(base.len() + suffix.len());
        word.extend_from_slice(base);
        word.extend(suffix.bytes().map(|letter| match letter {
            b'A' if self.front => AE,
            b'O' if self.front => OE,
            b'U' if self.front => b'y',
            other => other.to_ascii_lowercase(),
        }));
        word
    }

    /// Adds `base` + `suffix` with its endings.
    pub(crate) fn add(&mut self, base: &[u8], suffix: &str, endings: Endings) {
        let letters = self.join(base, suffix);
        self.list.push(Stem { letters, endings });
    }

    /// The first stems that take an ending, without the endings themselves.
    pub(crate) fn with(&self, endings: Endings) -> impl Iterator<Item = &[u8]> {
        self.list.iter().filter(move |stem| stem.endings.meets(endings)).map(|stem| &*stem.letters)
    }
}

/// Consonant gradation, by the letters of the Finnish dictionaries (`A` kk:k ... `M` k:v).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// kk:k
    A,
    /// pp:p
    B,
    /// tt:t
    C,
    /// k:- (and k:j)
    D,
    /// p:v
    E,
    /// t:d
    F,
    /// nk:ng
    G,
    /// mp:mm
    H,
    /// lt:ll
    I,
    /// nt:nn
    J,
    /// rt:rr
    K,
    /// k:j after l, r, h
    L,
    /// k:v between u or y
    M,
}

/// The inflection class of a Finnish word: the number of its type in the Finnish dictionaries (1-49 nominals, 52-76
/// verbs, 99 no inflection) and its gradation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class {
    /// The type.
    pub number: u8,
    /// The gradation, where there is any.
    pub grade: Option<Grade>,
}

impl Class {
    /// Reads `41A`, `38`, `99`.
    pub fn parse(text: &str) -> Option<Class> {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let number =
            digits.parse().ok().filter(|number| matches!(number, 1..=49 | 52..=76 | 99))?;
        let grade = match text.get(digits.len()..)? {
            "" => None,
            letter => {
                Some(*GRADES.iter().find(|(name, _)| *name == letter).map(|(_, grade)| grade)?)
            }
        };
        Some(Class { number, grade })
    }

    /// Whether words of the class are verbs.
    pub fn is_verb(self) -> bool {
        matches!(self.number, 52..=78)
    }

    /// Whether words of the class decline.
    pub fn is_nominal(self) -> bool {
        matches!(self.number, 1..=49)
    }
}

const GRADES: [(&str, Grade); 13] = [
    ("A", Grade::A),
    ("B", Grade::B),
    ("C", Grade::C),
    ("D", Grade::D),
    ("E", Grade::E),
    ("F", Grade::F),
    ("G", Grade::G),
    ("H", Grade::H),
    ("I", Grade::I),
    ("J", Grade::J),
    ("K", Grade::K),
    ("L", Grade::L),
    ("M", Grade::M),
];

impl std::fmt::Display for Class {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let grade = GRADES.iter().find(|(_, grade)| Some(*grade) == self.grade);
        write!(f, "{}{}", self.number, grade.map_or("", |(name, _)| name))
    }
}

/// Whether letters end in a vowel.
pub(crate) fn ends_in_vowel(letters: &[u8]) -> bool {
    letters.last().is_some_and(|&letter| is_vowel(letter))
}
