//! How the words of a language inflect, with what is known of them.

use super::builder::endings_of;
use super::letters::to_letters;
use super::paradigm::{Class, Stems};
use super::vocabulary::Vocabulary;
use super::{en, fi, sv};
use crate::text::Language;

/// How the words of a language inflect, with a vocabulary.
pub(super) struct Inflection<'v> {
    pub(super) language: Language,
    pub(super) vocabulary: &'v Vocabulary,
}

impl Inflection<'_> {
    /// Makes the written stems of a word; says whether it is a verb and nothing else.
    pub(super) fn of(&self, word: &str, stems: &mut Stems) -> bool {
        stems.clear();
        match self.language {
            Language::FINNISH => return self.finnish(word, stems),
            Language::SWEDISH => sv::inflect(word, self.vocabulary, stems),
            _ => en::inflect(word, self.vocabulary, stems),
        }
        false
    }

    fn finnish(&self, word: &str, stems: &mut Stems) -> bool {
        let lemma = to_letters(word);
        let (prefix, classes) = self.finnish_classes(word);
        let shown = super::letters::shown;
        let is_verb = |letters: &[u8]| {
            let known = self.vocabulary.get(&shown(letters));
            known.is_some_and(|word| {
                word.classes.is_empty() || parse(&word.classes).any(Class::is_verb)
            })
        };
        fi::inflect(&lemma, prefix, &classes, &is_verb, stems);
        let named = self.vocabulary.get(word).is_some_and(|known| !known.classes.is_empty());
        // lyhyt, kevät, väsynyt, tuhat end in -t by themselves.
        if !(named && classes.iter().any(|class| matches!(class.number, 43 | 44 | 46 | 47 | 99))) {
            for singular in fi::singulars(&lemma) {
                let (prefix, mut nominal) = match named {
                    true => (0, classes.clone()),
                    false => self.finnish_classes(&super::letters::shown(&singular)),
                };
                nominal.retain(|class| class.is_nominal());
                fi::inflect(&singular, prefix, &nominal, &is_verb, stems);
            }
        }
        let irregular = [self.vocabulary.get(word), self.tail_of(word, prefix)];
        for (told, prefix) in irregular.into_iter().zip([0, prefix]) {
            for form in told.map_or(&[][..], |told| &told.forms) {
                let (form, class) = form.split_once(':').unwrap_or((form, ""));
                let mut letters = lemma[..prefix].to_vec();
                letters.extend(to_letters(form));
                match Class::parse(class) {
                    Some(class) => fi::inflect(&letters, prefix, &[class], &is_verb, stems),
                    None => stems.push(&[&letters], fi::endings::FULL),
                }
            }
        }
        !classes.is_empty() && classes.iter().all(|class| class.is_verb())
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
    let mut stems = Stems::default();
    Inflection { language, vocabulary }.of(word, &mut stems);
    for stem in stems.iter() {
        let shown = super::letters::shown(stem.letters);
        for (ending, groups) in &bare {
            if groups.meets(stem.endings) {
                forms.push((shown.clone(), harmonised(ending, stem.letters)));
            }
        }
    }
    forms.sort_by(|a, b| (format!("{}{}", a.0, a.1), &a.0).cmp(&(format!("{}{}", b.0, b.1), &b.0)));
    forms.dedup();
    forms
}
