//! Which entries a word is a form of: stem + legal ending first, then parts of compounds, then spoken forms, then what
//! people type. The surer pass decides; every match says how sure it is.

use super::compounds::Compounds;
use super::ending_table::{Cut, EndingTable};
use super::hash::{Prefixes, hash_of};
use super::index::{LemmaId, StemIndex};
use super::letters::{LONGEST_WORD, letters};
use super::paradigm::Kind;
use super::traits::Traits;
use super::{fi, variants};
use crate::text::Language;
use rustc_hash::FxHashSet;

/// How sure a match is, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A form of the written language.
    Strict,
    /// A part of a compound.
    Compound,
    /// A spoken form.
    Spoken,
    /// Typed without dots, or drawn out.
    Typed,
    /// One letter off.
    Typo,
}

impl Tier {
    /// The number in the `tier` column: 1 strict ... 5 fuzzy.
    pub fn number(self) -> u8 {
        match self {
            Tier::Strict => 1,
            Tier::Compound => 2,
            Tier::Spoken => 3,
            Tier::Typed => 4,
            Tier::Typo => 5,
        }
    }
}

/// A match of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The entry.
    pub lemma: LemmaId,
    /// How sure it is.
    pub tier: Tier,
    /// Whether the word is also a form of another known word: then a word typed without dots counts only in a text
    /// without any.
    pub ambiguous: bool,
    /// Where the entry's stem begins in the word as it was understood ...
    pub(super) start: u8,
    /// ... where its ending begins ...
    pub(super) ending: u8,
    /// ... and where the entry's part of the word ends.
    pub(super) end: u8,
}

/// What the matcher keeps of a lemma.
#[derive(Debug, Clone)]
pub(super) struct Lemma {
    pub(super) text: Box<str>,
    /// Of its letters.
    pub(super) hash: u64,
    /// Forms that are none of its own.
    pub(super) not: Box<[Vec<u8>]>,
}

/// Matches the words of one language. Immutable; each worker brings a [`Search`].
#[derive(Debug)]
pub struct Matcher {
    pub(super) language: Language,
    pub(super) endings: EndingTable,
    pub(super) index: StemIndex,
    pub(super) lemmas: Vec<Lemma>,
    /// By lemma.
    pub(super) traits: Vec<Traits>,
    /// Words of grammar, by the hash of their letters.
    pub(super) guarded: FxHashSet<u64>,
    pub(super) compounds: bool,
    pub(super) typos: bool,
}

/// The buffers of one search and what it found.
#[derive(Debug, Default)]
pub struct Search {
    /// The matches, the surest first, each entry once.
    pub matches: Vec<Match>,
    /// The word as it was understood: `hyvä` of `hyväää`.
    pub(super) word: Vec<u8>,
    pub(super) prefixes: Prefixes,
    pub(super) cuts: Vec<Cut>,
    given: Vec<u8>,
    spoken: Vec<Match>,
    undotted: Vec<Match>,
    /// Whether the word is a form of any known word.
    known: bool,
    /// ... of one that is no compound.
    known_simple: bool,
    pub(super) parts: super::compounds::Parts,
}

impl Matcher {
    /// The lemma of an id.
    pub fn lemma(&self, id: LemmaId) -> &str {
        self.lemmas.get(id.index()).map_or("", |lemma| &lemma.text)
    }

    #[inline]
    pub(super) fn traits(&self, id: LemmaId) -> Traits {
        self.traits[id.index()]
    }

    /// The language it is for.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Number of lemmas, entries and known words.
    pub fn len(&self) -> usize {
        self.lemmas.len()
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.lemmas.is_empty()
    }

    /// Number of stems.
    pub fn stems(&self) -> usize {
        self.index.len()
    }

    /// Whether a normalised word is a written form of a known word or entry. Costs a fraction of [`Matcher::find`].
    pub fn knows(&self, word: &str, search: &mut Search) -> bool {
        let mut given = std::mem::take(&mut search.given);
        letters(word, &mut given);
        search.known = false;
        if !given.is_empty() && given.len() <= LONGEST_WORD {
            self.look_up(&given, search);
        }
        search.given = given;
        search.known
    }

    /// Finds the entries that a normalised word is a form of. Never fails; a word longer than any real one has none.
    pub fn find(&self, word: &str, search: &mut Search) {
        search.matches.clear();
        let mut given = std::mem::take(&mut search.given);
        letters(word, &mut given);
        if !given.is_empty() && given.len() <= LONGEST_WORD {
            self.find_letters(&given, search);
        }
        search.given = given;
    }

    /// Whether so many letters of a word are the first part of a compound.
    pub(super) fn begins_with_modifier(&self, word: &str, end: usize, search: &mut Search) -> bool {
        letters(word, &mut search.word);
        if search.word.len() > LONGEST_WORD || end > search.word.len() {
            return false;
        }
        search.prefixes.set(&search.word);
        Compounds::of(self).modifier(0, end, search).is_known()
    }

    fn find_letters(&self, word: &[u8], search: &mut Search) {
        self.understand(word, search);
        if !search.matches.is_empty() || self.guarded.contains(&hash_of(word)) {
            return;
        }
        if word.contains(&b'-') {
            let mut found = Vec::new();
            for part in word.split(|&letter| letter == b'-').filter(|part| part.len() > 2) {
                self.understand(part, search);
                found.append(&mut search.matches);
            }
            if !found.is_empty() {
                search.matches = found;
                self.settle(search);
                return;
            }
            self.understand(word, search);
        }
        let ambiguous = search.known;
        if variants::is_elongated(word) {
            variants::shortened(word, |candidate| {
                if search.matches.is_empty() {
                    self.understand(candidate, search);
                    if search.matches.is_empty() {
                        search.matches.append(&mut search.undotted);
                    }
                }
            });
            for found in &mut search.matches {
                found.tier = Tier::Typed;
            }
            if !search.matches.is_empty() {
                return;
            }
            self.understand(word, search);
        }
        if !search.undotted.is_empty() && variants::is_undotted(word) {
            search.matches.append(&mut search.undotted);
            for found in &mut search.matches {
                found.ambiguous = ambiguous;
            }
        } else if self.typos && !search.known {
            self.find_typo(word, search);
        }
    }

    /// The passes over one spelling: strict, compound, spoken. What fits without dots is kept aside.
    fn understand(&self, word: &[u8], search: &mut Search) {
        search.spoken.clear();
        search.undotted.clear();
        self.look_up(word, search);
        let hash = search.prefixes.hash(0..word.len());
        if self.guarded.contains(&hash) {
            search.matches.retain(|found| {
                self.traits(found.lemma).has(Traits::GRAMMAR) || self.is_lemma(found.lemma, hash)
            });
            return;
        }
        if self.compounds && !search.known_simple {
            Compounds::of(self).find(search);
        }
        if search.matches.is_empty() && !search.known {
            search.matches.append(&mut search.spoken);
            if self.language == Language::FINNISH {
                self.find_assimilated(word, search);
            }
        }
        self.settle(search);
    }

    /// Stem and ending, in one walk over the word's endings.
    fn look_up(&self, word: &[u8], search: &mut Search) {
        search.word.clear();
        search.word.extend_from_slice(word);
        search.prefixes.set(word);
        self.endings.cuts(word, &mut search.cuts);
        (search.known, search.known_simple) = (false, false);
        for cut in &search.cuts {
            if cut.at == 0 {
                break;
            }
            for posting in self.index.get(search.prefixes.hash(0..cut.at)) {
                let traits = self.traits(posting.lemma);
                let written = posting.endings.meets(cut.written);
                if posting.kind == Kind::Written && written {
                    search.known = true;
                    search.known_simple |= traits.has(Traits::SIMPLE);
                }
                if !traits.has(Traits::ENTRY) {
                    continue;
                }
                let found = |tier| Match {
                    lemma: posting.lemma,
                    tier,
                    ambiguous: false,
                    start: 0,
                    ending: short(cut.at),
                    end: short(word.len()),
                };
                match posting.kind {
                    Kind::Written if written => search.matches.push(found(Tier::Strict)),
                    Kind::Undotted if written => search.undotted.push(found(Tier::Typed)),
                    Kind::Written | Kind::Spoken
                        if posting.endings.meets(cut.written | cut.spoken) =>
                    {
                        search.spoken.push(found(Tier::Spoken));
                    }
                    _ => {}
                }
            }
        }
    }

    /// nopeet: nopeat.
    fn find_assimilated(&self, word: &[u8], search: &mut Search) {
        let mut candidates = Vec::new();
        fi::spoken::tokens(word, |candidate| candidates.push(candidate.to_vec()));
        let mut found = std::mem::take(&mut search.matches);
        let undotted = std::mem::take(&mut search.undotted);
        for candidate in candidates {
            self.look_up(&candidate, search);
        }
        for one in &mut search.matches {
            one.tier = Tier::Spoken;
        }
        found.append(&mut search.matches);
        search.spoken.clear();
        search.matches = found;
        search.undotted = undotted;
    }

    fn find_typo(&self, word: &[u8], search: &mut Search) {
        if word.len() < variants::SHORTEST_TYPO {
            return;
        }
        let mut found: Vec<Match> = Vec::new();
        let mut meant: Vec<u8> = Vec::new();
        variants::one_edit(word, |candidate| {
            search.matches.clear();
            self.look_up(candidate, search);
            for one in search.matches.drain(..) {
                let may_err = self.traits(one.lemma).has(Traits::LONG_ENOUGH_TO_ERR);
                if may_err && found.iter().all(|known| known.lemma != one.lemma) {
                    found.push(Match { tier: Tier::Typo, ..one });
                    meant.clear();
                    meant.extend_from_slice(candidate);
                }
            }
        });
        search.matches.clear();
        // Of several entries that are one letter off none is believed.
        if let [only] = found[..] {
            search.matches.push(only);
            search.word = meant;
        }
    }

    /// Leaves out what is no form after all, and repetitions; the surest first.
    fn settle(&self, search: &mut Search) {
        if search.matches.len() > 1 {
            search.matches.sort_by_key(|found| (found.lemma, found.tier));
            search.matches.dedup_by_key(|found| found.lemma);
        }
        let word = &search.word;
        if search.matches.len() > 1 {
            let hash = search.prefixes.hash(0..word.len());
            // Its own form before others: `better` is better, and only then a form of good.
            search
                .matches
                .sort_by_key(|found| (found.tier, !self.is_lemma(found.lemma, hash), found.lemma));
        }
        search.matches.retain(|found| {
            !self.traits(found.lemma).has(Traits::EXCEPTIONS)
                || self.lemmas[found.lemma.index()].not.iter().all(|form| form != word)
        });
    }

    /// Whether a lemma is the word of a hash.
    fn is_lemma(&self, lemma: LemmaId, hash: u64) -> bool {
        self.lemmas[lemma.index()].hash == hash
    }

    /// How a match came about, for people: `toimitukse|n`, `verkko+kaupa|ssa`.
    pub fn analysis(&self, found: &Match, search: &Search) -> String {
        let shown = |from: u8, to: u8| {
            super::letters::shown(search.word.get(from.into()..to.into()).unwrap_or_default())
        };
        let word_end = short(search.word.len());
        let mut out = String::new();
        if found.start > 0 {
            out.push_str(&shown(0, found.start));
            out.push('+');
        }
        out.push_str(&shown(found.start, found.ending));
        if found.ending < found.end {
            out.push('|');
            out.push_str(&shown(found.ending, found.end));
        }
        if found.end < word_end {
            out.push('+');
            out.push_str(&shown(found.end, word_end));
        }
        out
    }
}

pub(super) fn short(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
