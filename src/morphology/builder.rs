//! From entries and known words to a matcher.

use super::compounds::long_enough;
use super::ending_table::EndingTable;
use super::index::{LemmaId, Posting, StemIndex};
use super::letters::{AA, AE, OE, to_letters, undotted};
use super::matcher::{Lemma, Matcher, Reading, Search};
use super::paradigm::{Class, Endings, Kind, Stem, Stems};
use super::vocabulary::{InCompounds, Vocabulary};
use super::{en, fi, sv};
use crate::text::Language;
use rustc_hash::{FxHashMap, FxHashSet};

/// A matcher in the making: entries, and the known words around them.
#[derive(Debug)]
pub struct MatcherBuilder<'v> {
    vocabulary: &'v Vocabulary,
    by_text: FxHashMap<Box<str>, LemmaId>,
    matcher: Matcher,
    search: Search,
}

impl<'v> MatcherBuilder<'v> {
    /// A matcher that knows the words of a vocabulary and has no entries yet.
    pub fn new(language: Language, vocabulary: &'v Vocabulary) -> MatcherBuilder<'v> {
        let guarded = match language {
            Language::FINNISH => fi::function_words::forms().map(to_letters).collect(),
            _ => FxHashSet::default(),
        };
        let matcher = Matcher {
            language,
            endings: endings_of(language),
            index: StemIndex::with_capacity(vocabulary.len() * stems_a_word(language)),
            lemmas: Vec::with_capacity(vocabulary.len()),
            guarded,
            compounds: language != Language::ENGLISH,
            typos: false,
        };
        let by_text = FxHashMap::default();
        let mut builder =
            MatcherBuilder { vocabulary, by_text, matcher, search: Search::default() };
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
        self.matcher.readings(word, &mut self.search);
        &self.search.readings
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
        let lemma = &mut self.matcher.lemmas[id.index()];
        if std::mem::replace(&mut lemma.entry, true) {
            return;
        }
        let text = lemma.text.clone();
        let stems = self.inflection().of(&text).stems;
        if self.matcher.language == Language::FINNISH {
            add(&mut self.matcher.index, &fi::spoken::stems(&stems), id, Kind::Spoken);
        }
        if self.matcher.language != Language::ENGLISH {
            add(&mut self.matcher.index, &without_dots(&stems), id, Kind::Undotted);
        }
    }

    /// The matcher; `typos` lets it look for words one letter off.
    pub fn build(mut self, typos: bool) -> Matcher {
        // Only now are all the words known that a compound may be made of.
        for number in 0..self.matcher.lemmas.len() {
            let text = self.matcher.lemmas[number].text.clone();
            let simple = !self.is_compound(&text);
            self.matcher.lemmas[number].simple = simple;
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
        let id = LemmaId(u32::try_from(self.matcher.lemmas.len()).unwrap_or(u32::MAX));
        self.by_text.insert(word.into(), id);
        let Inflected { stems, verb } = self.inflection().of(word);
        add(&mut self.matcher.index, &stems, id, Kind::Written);
        let known = self.vocabulary.get(word);
        let length = word.chars().count();
        let usual = InCompounds { last: !verb, earlier: !verb };
        let parts = known.and_then(|word| word.compounds).unwrap_or(usual);
        let not = known.map_or(&[][..], |word| &word.not);
        self.matcher.lemmas.push(Lemma {
            text: word.into(),
            letters: to_letters(word).into(),
            length,
            entry: false,
            simple: true,
            verb,
            grammar: self.matcher.language == Language::FINNISH
                && fi::function_words::is_lemma(word),
            last: parts.last && long_enough(length),
            earlier: parts.earlier && long_enough(length),
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
                && self.by_text.get(rest).is_some_and(|&id| !self.matcher.lemmas[id.index()].verb)
                && self.matcher.begins_with_modifier(word, letters, &mut self.search)
            {
                return true;
            }
        }
        false
    }
}

/// The stems of a word, and whether it is a verb and nothing else.
pub(super) struct Inflected {
    pub(super) stems: Vec<Stem>,
    pub(super) verb: bool,
}

/// How the words of a language inflect, with a vocabulary.
pub(super) struct Inflection<'v> {
    pub(super) language: Language,
    pub(super) vocabulary: &'v Vocabulary,
}

impl Inflection<'_> {
    /// The written stems of a word.
    pub(super) fn of(&self, word: &str) -> Inflected {
        match self.language {
            Language::FINNISH => self.finnish(word),
            Language::SWEDISH => {
                Inflected { stems: sv::inflect(word, self.vocabulary), verb: false }
            }
            _ => Inflected { stems: en::inflect(word, self.vocabulary), verb: false },
        }
    }

    fn finnish(&self, word: &str) -> Inflected {
        let lemma = to_letters(word);
        let (prefix, classes) = self.finnish_classes(word);
        let shown = super::letters::shown;
        let is_verb = |letters: &[u8]| {
            let known = self.vocabulary.get(&shown(letters));
            known.is_some_and(|word| {
                word.classes.is_empty() || parse(&word.classes).any(Class::is_verb)
            })
        };
        let mut stems = fi::inflect(&lemma, prefix, &classes, &is_verb);
        let named = self.vocabulary.get(word).is_some_and(|known| !known.classes.is_empty());
        // lyhyt, kevät, väsynyt, tuhat end in -t by themselves.
        if !(named && classes.iter().any(|class| matches!(class.number, 43 | 44 | 46 | 47 | 99))) {
            for singular in fi::singulars(&lemma) {
                let (prefix, mut nominal) = match named {
                    true => (0, classes.clone()),
                    false => self.finnish_classes(&super::letters::shown(&singular)),
                };
                nominal.retain(|class| class.is_nominal());
                stems.extend(fi::inflect(&singular, prefix, &nominal, &is_verb));
            }
        }
        let irregular = [self.vocabulary.get(word), self.tail_of(word, prefix)];
        for (told, prefix) in irregular.into_iter().zip([0, prefix]) {
            for form in told.map_or(&[][..], |told| &told.forms) {
                let (form, class) = form.split_once(':').unwrap_or((form, ""));
                let mut letters = lemma[..prefix].to_vec();
                letters.extend(to_letters(form));
                match Class::parse(class) {
                    Some(class) => stems.extend(fi::inflect(&letters, prefix, &[class], &is_verb)),
                    None => stems.push(Stem { letters, endings: fi::endings::FULL }),
                }
            }
        }
        let verb = !classes.is_empty() && classes.iter().all(|class| class.is_verb());
        Inflected { stems, verb }
    }

    /// What is known of the last part of a compound whose first part has `prefix` letters.
    fn tail_of(&self, word: &str, prefix: usize) -> Option<&super::vocabulary::Word> {
        let (at, _) = word.char_indices().nth(prefix).filter(|_| prefix > 0)?;
        self.vocabulary.get(word.get(at..)?)
    }

    /// The classes of a word: its own, else those of the longest known word that it ends in, else guessed. The number is
    /// the letters before that word.
    fn finnish_classes(&self, word: &str) -> (usize, Vec<Class>) {
        /// Shorter ends tell nothing.
        const SHORTEST_TAIL: usize = 4;
        let length = word.chars().count();
        for (prefix, (at, _)) in word.char_indices().enumerate() {
            if prefix == 1 || (prefix > 0 && length - prefix < SHORTEST_TAIL) {
                continue;
            }
            let Some(tail) = word.get(at..) else { continue };
            if let Some(known) = self.vocabulary.get(tail) {
                let classes: Vec<Class> = parse(&known.classes).collect();
                if !classes.is_empty() {
                    return (prefix, classes);
                }
                if known.forms.is_empty() || prefix > 0 || !known.classes.is_empty() {
                    return (prefix, fi::guess(&to_letters(tail)));
                }
            }
        }
        (0, fi::guess(&to_letters(word)))
    }
}

fn parse(classes: &[Box<str>]) -> impl Iterator<Item = Class> {
    classes.iter().filter_map(|class| Class::parse(class))
}

/// Adds the stems of a lemma, each once.
fn add(index: &mut StemIndex, stems: &[Stem], lemma: LemmaId, kind: Kind) {
    let mut sorted: Vec<(&[u8], Endings)> =
        stems.iter().map(|stem| (&*stem.letters, stem.endings)).collect();
    sorted.sort_unstable_by_key(|&(letters, _)| letters);
    for same in sorted.chunk_by(|a, b| a.0 == b.0) {
        let endings = same.iter().fold(Endings::NONE, |all, (_, endings)| all | *endings);
        index.add(same[0].0, Posting { endings, lemma, kind });
    }
}

fn without_dots(stems: &[Stem]) -> Vec<Stem> {
    let dotted = |stem: &&Stem| stem.letters.iter().any(|letter| matches!(*letter, AE | OE | AA));
    stems
        .iter()
        .filter(dotted)
        .map(|stem| Stem {
            letters: stem.letters.iter().map(|&letter| undotted(letter)).collect(),
            endings: stem.endings,
        })
        .collect()
}

/// About how many stems a word has.
fn stems_a_word(language: Language) -> usize {
    match language {
        Language::FINNISH => 45,
        _ => 6,
    }
}

fn endings_of(language: Language) -> EndingTable {
    match language {
        Language::FINNISH => fi::endings::table(),
        Language::SWEDISH => sv::endings(),
        _ => en::endings(),
    }
}

/// An ending with the vowels that follow a stem's.
fn harmonised(ending: &str, stem: &[u8]) -> String {
    if !Stems::of(stem).is_front() {
        return ending.to_owned();
    }
    let front = |c| match c {
        'a' => 'ä',
        'o' => 'ö',
        'u' => 'y',
        other => other,
    };
    ending.chars().map(front).collect()
}

/// The written forms of a word as stem and ending, without clitics and possessives, sorted.
pub fn paradigm(language: Language, vocabulary: &Vocabulary, word: &str) -> Vec<(String, String)> {
    let endings = endings_of(language);
    let bare = endings.without_suffixes(match language {
        Language::FINNISH => fi::endings::SUFFIXES,
        _ => &[],
    });
    let mut forms = Vec::new();
    for stem in (Inflection { language, vocabulary }).of(word).stems {
        let shown = super::letters::shown(&stem.letters);
        for (ending, groups) in &bare {
            if groups.meets(stem.endings) {
                forms.push((shown.clone(), harmonised(ending, &stem.letters)));
            }
        }
    }
    forms.sort_by(|a, b| (format!("{}{}", a.0, a.1), &a.0).cmp(&(format!("{}{}", b.0, b.1), &b.0)));
    forms.dedup();
    forms
}
