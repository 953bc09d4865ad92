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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stem<'s> {
    /// Letters, one byte each.
    pub(crate) letters: &'s [u8],
    /// The endings that may follow.
    pub(crate) endings: Endings,
}

/// Stems in the making, their letters in one buffer: hundreds of thousands are made when lexicons are loaded. In suffixes
/// `A`, `O` and `U` stand for the vowels that harmony chooses.
#[derive(Debug, Default)]
pub(crate) struct Stems {
    front: bool,
    /// The first part of a compound, which stays as it is.
    prefix: Vec<u8>,
    letters: Vec<u8>,
    /// Where the letters of each stem end.
    list: Vec<(usize, Endings)>,
    /// Stems before those of the lemma at hand.
    before: usize,
}

impl Stems {
    /// No stems yet, of a lemma whose letters decide the harmony.
    pub(crate) fn of(lemma: &[u8]) -> Stems {
        let mut stems = Stems::default();
        stems.begin(&[], lemma);
        stems
    }

    /// Forgets all stems.
    pub(crate) fn clear(&mut self) {
        self.letters.clear();
        self.list.clear();
    }

    /// From here on stems are of another lemma, whose last vowel of a, o, u or ä, ö, y decides the harmony; front where it
    /// has none. `prefix` stands before every stem.
    pub(crate) fn begin(&mut self, prefix: &[u8], lemma: &[u8]) {
        let harmonic = lemma
            .iter()
            .rev()
            .find(|letter| matches!(**letter, b'a' | b'o' | b'u' | AE | OE | b'y'));
        self.front = !matches!(harmonic, Some(b'a' | b'o' | b'u'));
        self.prefix.clear();
        self.prefix.extend_from_slice(prefix);
        self.before = self.list.len();
    }

    /// Whether endings take ä, ö and y.
    pub(crate) fn is_front(&self) -> bool {
        self.front
    }

    /// `base` with a suffix in its harmony.
    pub(crate) fn join(&self, base: &[u8], suffix: &str) -> Vec<u8> {
        let mut word = Vec::with_capacity(base.len() + suffix.len());
        word.extend_from_slice(base);
        word.extend(suffix.bytes().map(harmonic(self.front)));
        word
    }

    /// Adds `base` + `suffix` with its endings.
    pub(crate) fn add(&mut self, base: &[u8], suffix: &str, endings: Endings) {
        self.letters.extend_from_slice(&self.prefix);
        self.letters.extend_from_slice(base);
        self.letters.extend(suffix.bytes().map(harmonic(self.front)));
        self.list.push((self.letters.len(), endings));
    }

    /// Adds the stem that `parts` are together, as they are.
    pub(crate) fn push(&mut self, parts: &[&[u8]], endings: Endings) {
        for part in parts {
            self.letters.extend_from_slice(part);
        }
        self.list.push((self.letters.len(), endings));
    }

    /// All stems.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Stem<'_>> {
        let mut start = 0;
        self.list.iter().map(move |&(end, endings)| {
            let letters = &self.letters[start..end];
            start = end;
            Stem { letters, endings }
        })
    }

    /// The stems of the lemma at hand that take an ending, without its prefix.
    pub(crate) fn with(&self, endings: Endings) -> impl Iterator<Item = &[u8]> {
        let own = self.iter().skip(self.before);
        own.filter(move |stem| stem.endings.meets(endings))
            .map(|stem| &stem.letters[self.prefix.len()..])
    }
}

/// A letter of a suffix in its harmony.
fn harmonic(front: bool) -> impl Fn(u8) -> u8 {
    move |letter| match letter {
        b'A' if front => AE,
        b'O' if front => OE,
        b'U' if front => b'y',
        other => other.to_ascii_lowercase(),
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
