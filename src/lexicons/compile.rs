//! From lists to a compiled lexicon.

use super::compiled::{
    Begun, Entry, EntryId, FormId, LanguageLexicon, LemmaUse, List, Modifier, ModifierId, Part,
    Phrase, TermId, Written,
};
use super::entries::{Lists, Meaning, ModifierKind};
use super::pattern::{self, PatternPart, words_of};
use super::phrases::Phrases;
use super::signals::Cue;
use crate::morphology::{LemmaId, MatcherBuilder, Stemmer, Vocabulary};
use crate::text::{Language, emoji_key};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Compiles the lists of a language with what is known of its words.
pub(super) fn compile(
    language: Language,
    lists: Lists,
    vocabulary: &Vocabulary,
    typos: bool,
) -> LanguageLexicon {
    let negators = lists.modifiers.iter().filter(|(_, (kind, _))| kind.negates());
    let mut compiler = Compiler {
        language,
        negators: negators.map(|(text, _)| text.clone()).collect(),
        words: MatcherBuilder::new(language, vocabulary),
        uses: FxHashMap::default(),
        terms: 0,
        written: FxHashMap::default(),
        entries: Vec::with_capacity(lists.entries.len() + lists.emoji.len() + lists.cues.len()),
        emoji: FxHashMap::default(),
        meaning: Wordings::default(),
        signalling: Wordings::default(),
    };
    compiler.add_list(&lists.entries, List::Meaning, |compiler, text, meaning| {
        compiler.entry(text, *meaning)
    });
    // The signals come last, so that they do not change how the parts of the others are understood.
    compiler.add_list(&lists.cues, List::Signalling, |compiler, text, cues| {
        compiler.signal(text, cues)
    });
    for (text, valence) in lists.emoji {
        let id = compiler.entry(&text, Meaning { valence: Some(valence), ..Meaning::default() });
        compiler.emoji.insert(emoji_key(&text), id);
    }
    let mut forms = Forms::default();
    for (text, (kind, factor)) in lists.modifiers {
        forms.add(&text, kind, factor);
    }
    forms.sort();
    compiler.finish(forms, typos)
}

struct Compiler<'v> {
    language: Language,
    negators: FxHashSet<String>,
    words: MatcherBuilder<'v>,
    uses: FxHashMap<LemmaId, LemmaUse>,
    terms: usize,
    written: FxHashMap<Box<str>, TermId>,
    entries: Vec<Entry>,
    emoji: FxHashMap<String, EntryId>,
    meaning: Wordings,
    signalling: Wordings,
}

/// How the entries of a list are written.
#[derive(Default)]
struct Wordings {
    exact: FxHashMap<String, EntryId>,
    phrases: Vec<Phrase>,
}

impl Wordings {
    fn finish(self, terms: usize) -> Written {
        Written { exact: self.exact, phrases: Phrases::new(self.phrases, terms) }
    }
}

impl Compiler<'_> {
    fn add_list<M>(
        &mut self,
        entries: &BTreeMap<String, M>,
        list: List,
        make: fn(&mut Self, &str, &M) -> EntryId,
    ) {
        // Words first: what is an entry is a lemma too, which the parts of phrases ask for.
        let mut phrases = Vec::new();
        // A row of its own says more of a word than a row that names it among others.
        let (alternatives, plain): (Vec<_>, Vec<_>) =
            entries.iter().partition(|(text, _)| text.contains('|'));
        for (text, meaning) in plain.into_iter().chain(alternatives) {
            let id = make(self, text, meaning);
            for wording in pattern::alternatives(text) {
                match &wording[..] {
                    [only] if only.exact => {
                        self.wordings(list).exact.insert(only.word.to_string(), id);
                    }
                    [only] => self.add_word(&only.word, id, list),
                    _ => phrases.push((wording, id)),
                }
            }
        }
        for (wording, id) in phrases {
            self.add_phrase(&wording, id, list);
        }
    }

    fn wordings(&mut self, list: List) -> &mut Wordings {
        match list {
            List::Meaning => &mut self.meaning,
            List::Signalling => &mut self.signalling,
        }
    }

    fn signal(&mut self, text: &str, cues: &[Cue]) -> EntryId {
        let id = self.entry(text, Meaning::default());
        self.entries[id.index()].cues = cues.into();
        id
    }

    fn entry(&mut self, text: &str, meaning: Meaning) -> EntryId {
        let id = EntryId::new(self.entries.len());
        self.entries.push(Entry {
            text: text.into(),
            valence: meaning.theme_valence.or(meaning.valence).unwrap_or(0.0),
            denies: pattern::any_word(text, |word| self.negators.contains(word)),
            mends: meaning.mends && meaning.theme_valence.is_some_and(|valence| valence > 0.0),
            opinion: meaning.theme_valence.is_some(),
            theme: meaning.theme,
            negated: meaning.theme_negated.or(meaning.negated),
            cues: Box::default(),
        });
        id
    }

    fn add_word(&mut self, word: &str, id: EntryId, list: List) {
        let lemma = self.words.entry(word);
        let LemmaUse { entry, cue, .. } = self.uses.entry(lemma).or_default();
        let slot = if list == List::Meaning { entry } else { cue };
        slot.get_or_insert(id);
    }

    fn add_phrase(&mut self, wording: &[PatternPart<'_>], entry: EntryId, list: List) {
        let mut before: Option<&str> = None;
        let mut parts = Vec::with_capacity(wording.len());
        for part in wording {
            let term = self.term(&part.word, before, part.exact);
            parts.push(Part { term, gap: part.gap });
            before = Some(&part.word);
        }
        self.wordings(list).phrases.push(Phrase { entry, parts: parts.into() });
    }

    /// The term of a part of a phrase. A lemma stands for its forms; so does the form of a verb (`jätti` in "jätti
    /// pulaan") but for the conditional, a nominative plural, and in English and Swedish every form of a known word. Other forms, the cases of
    /// Finnish above all, stand for themselves.
    fn term(&mut self, word: &str, before: Option<&str>, exact: bool) -> TermId {
        // Words of one letter ("i", "a") have no stem to be found by.
        let exact = exact || word.chars().nth(1).is_none();
        match if exact { None } else { self.inflecting(word, before) } {
            Some(lemma) => {
                self.words.wanted(lemma);
                let slot = &mut self.uses.entry(lemma).or_default().term;
                *slot.get_or_insert_with(|| next(&mut self.terms))
            }
            None => *self.written.entry(word.into()).or_insert_with(|| next(&mut self.terms)),
        }
    }

    fn inflecting(&mut self, word: &str, before: Option<&str>) -> Option<LemmaId> {
        let finnish = self.language == Language::FINNISH;
        if finnish && before.is_some_and(is_negator) {
            let verb =
                self.words.readings(word).iter().find(|reading| reading.verb && reading.negated);
            if let Some(verb) = verb {
                return Some(verb.lemma);
            }
        }
        if self.words.knows(word) {
            return Some(self.words.entry(word));
        }
        if finnish && (is_conditional(word) || is_abessive(word)) {
            return None;
        }
        let readings = self.words.readings(word);
        if readings.is_empty() {
            // Of a word that nothing is known of it is guessed that it is a lemma.
            return Some(self.words.entry(word));
        }
        let stands_for_forms =
            |reading: &&crate::morphology::Reading| !finnish || reading.verb || reading.plural;
        readings.iter().find(stands_for_forms).map(|reading| reading.lemma)
    }

    fn finish(self, forms: Forms, typos: bool) -> LanguageLexicon {
        let meaning = self.meaning.finish(self.terms);
        let signalling = self.signalling.finish(self.terms);
        let places = meaning.phrases.uses(self.terms).into_iter();
        let places = places.zip(signalling.phrases.uses(self.terms));
        let matcher = self.words.build(typos);
        let mut lemmas = vec![LemmaUse::default(); matcher.len()];
        for (lemma, usage) in self.uses {
            lemmas[lemma.index()] = usage;
        }
        LanguageLexicon {
            stemmer: Stemmer::new(Some(self.language)),
            matcher,
            lemmas,
            entries: self.entries,
            emoji: self.emoji,
            written: self.written,
            places: places.map(<[_; 2]>::from).collect(),
            meaning,
            signalling,
            forms: forms.ids,
            modifiers: forms.modifiers,
            by_form: forms.by_form,
        }
    }
}

fn next(terms: &mut usize) -> TermId {
    *terms += 1;
    TermId::new(*terms - 1)
}

/// What would be is not what is: `olisi hyvä` says nothing of `oli hyvä`.
fn is_conditional(word: &str) -> bool {
    ["isi", "isin", "isit", "isimme", "isitte", "isivat", "isivät", "isiin"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

/// What is left undone is not done: `maksamatta` says nothing of `maksettu`.
fn is_abessive(word: &str) -> bool {
    word.ends_with("matta") || word.ends_with("mättä")
}

/// The forms of the Finnish negative verb.
fn is_negator(word: &str) -> bool {
    matches!(word, "ei" | "en" | "et" | "emme" | "ette" | "eivät")
}

/// Modifiers, which match as they are written.
#[derive(Default)]
struct Forms {
    ids: FxHashMap<Box<str>, FormId>,
    modifiers: Vec<Modifier>,
    by_form: Vec<Begun>,
}

impl Forms {
    fn add(&mut self, text: &str, kind: ModifierKind, factor: f64) {
        let id = ModifierId::new(self.modifiers.len());
        let mut forms = Vec::new();
        for word in words_of(text) {
            let next = FormId::new(self.ids.len());
            let form = *self.ids.entry((*word).into()).or_insert(next);
            if form == next {
                self.by_form.push(Begun::default());
            }
            forms.push(form);
        }
        match forms[..] {
            [] => return,
            [only] => {
                self.by_form[only.index()].alone.get_or_insert(id);
            }
            [first, second, ..] => self.by_form[first.index()].longer.push((second, id)),
        }
        self.modifiers.push(Modifier { text: text.into(), forms: forms.into(), kind, factor });
    }

    fn sort(&mut self) {
        for begun in &mut self.by_form {
            begun.longer.sort_by_key(|(_, id)| Reverse(self.modifiers[id.index()].forms.len()));
        }
    }
}
