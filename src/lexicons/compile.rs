//! From lists to a compiled lexicon.

use super::compiled::{
    Entry, EntryId, FormId, LanguageLexicon, LemmaUse, Modifier, ModifierId, Part, Phrase, Places,
    TermId,
};
use super::entries::{Lists, Meaning, ModifierKind};
use super::pairs::PhrasePairs;
use super::pattern::{self, PatternPart, words_of};
use crate::morphology::{LemmaId, MatcherBuilder, Stemmer, Vocabulary};
use crate::text::{Language, emoji_key};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

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
        entries: Vec::with_capacity(lists.entries.len() + lists.emoji.len()),
        emoji: FxHashMap::default(),
        exact: FxHashMap::default(),
        phrases: Vec::new(),
        gapped: Vec::new(),
    };
    // Words first: what is an entry is a lemma too, which the parts of phrases ask for.
    let mut phrases = Vec::new();
    // A row of its own says more of a word than a row that names it among others.
    let (alternatives, plain): (Vec<_>, Vec<_>) =
        lists.entries.into_iter().partition(|(text, _)| text.contains('|'));
    for (text, meaning) in plain.into_iter().chain(alternatives) {
        let id = compiler.entry(&text, meaning);
        for wording in pattern::alternatives(&text) {
            match &wording[..] {
                [only] if only.exact => {
                    compiler.exact.insert(only.word.clone(), id);
                }
                [only] => compiler.add_word(&only.word, id),
                _ => phrases.push((wording, id)),
            }
        }
    }
    for (wording, id) in phrases {
        compiler.add_phrase(&wording, id);
    }
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
    exact: FxHashMap<String, EntryId>,
    phrases: Vec<Phrase>,
    gapped: Vec<Phrase>,
}

impl Compiler<'_> {
    fn entry(&mut self, text: &str, meaning: Meaning) -> EntryId {
        let id = EntryId::new(self.entries.len());
        self.entries.push(Entry {
            text: text.into(),
            valence: meaning.theme_valence.or(meaning.valence).unwrap_or(0.0),
            denies: words_of(text).iter().any(|word| self.negators.contains(word)),
            mends: meaning.mends && meaning.theme_valence.is_some_and(|valence| valence > 0.0),
            opinion: meaning.theme_valence.is_some(),
            theme: meaning.theme,
            negated: meaning.theme_negated.or(meaning.negated),
        });
        id
    }

    fn add_word(&mut self, word: &str, id: EntryId) {
        let lemma = self.words.entry(word);
        self.uses.entry(lemma).or_default().entry.get_or_insert(id);
    }

    fn add_phrase(&mut self, wording: &[PatternPart], entry: EntryId) {
        let mut before: Option<&str> = None;
        let mut parts = Vec::with_capacity(wording.len());
        for part in wording {
            let term = self.term(&part.word, before, part.exact);
            parts.push(Part { term, gap: part.gap });
            before = Some(&part.word);
        }
        let phrase = Phrase { entry, parts: parts.into() };
        match phrase.parts[..] {
            [_, second, ..] if second.gap => self.gapped.push(phrase),
            _ => self.phrases.push(phrase),
        }
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
        let (phrases, gapped) = (PhrasePairs::new(self.phrases), PhrasePairs::new(self.gapped));
        let mut places = vec![Places::default(); self.terms];
        for (first, second) in phrases.keys() {
            places[first.index()].first = true;
            places[second.index()].second = true;
        }
        for (first, second) in gapped.keys() {
            places[first.index()].gapped = true;
            places[second.index()].behind_gap = true;
        }
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
            exact: self.exact,
            written: self.written,
            places,
            phrases,
            gapped,
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
    by_form: Vec<Vec<ModifierId>>,
}

impl Forms {
    fn add(&mut self, text: &str, kind: ModifierKind, factor: f64) {
        let id = ModifierId::new(self.modifiers.len());
        let mut forms = Vec::new();
        for word in words_of(text) {
            let next = FormId::new(self.ids.len());
            let form = *self.ids.entry(word.into()).or_insert(next);
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

    fn sort(&mut self) {
        for list in &mut self.by_form {
            list.sort_by_key(|id| Reverse(self.modifiers[id.index()].forms.len()));
        }
    }
}
