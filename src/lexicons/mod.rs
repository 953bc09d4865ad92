//! What words mean: TSV files that people edit, loaded in layers, checked, compiled for matching.

mod builtin;
mod taxonomy;
mod signals;
mod tsv;
mod layers;
mod entries;
mod words;
mod kotus;
mod pattern;
mod compile;
mod phrases;
mod compiled;

pub use compiled::{
    Begun, Entry, EntryId, FormId, LanguageLexicon, List, Modifier, ModifierId, Part, Phrase,
    Places, Standing, TermId, WordFacts,
};
pub use entries::ModifierKind;
pub use layers::{ListSource, all_words};
pub use phrases::{Phrases, Progress};
pub use signals::{Cue, Signal, SignalId, SignalSet, Signals};
pub use taxonomy::{Taxonomy, Theme, ThemeId};

use crate::config::{Languages, LexiconPaths};
use crate::error::{Error, Place};
use crate::morphology::Vocabulary;
use crate::text::Language;
use entries::Lists;
use layers::Layers;

/// Every list that a run needs, ready for matching. Immutable and shared between threads.
#[derive(Debug)]
pub struct Lexicons {
    /// The themes, with labels.
    pub taxonomy: Taxonomy,
    /// The signals, with labels.
    pub signals: Signals,
    /// One lexicon for each scored language, in configured order.
    pub languages: Vec<LanguageLexicon>,
    /// Where every list came from, for run.json.
    pub sources: Vec<ListSource>,
}

impl Lexicons {
    /// Loads, layers and compiles the lists of the scored languages.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with file and line for a malformed row, an unknown theme or signal or an entry with two themes;
    /// [`Error::Config`] for a language without a lexicon or a folder that is not there.
    pub fn load(paths: &LexiconPaths, languages: &Languages) -> Result<Lexicons, Error> {
        let mut layers = Layers::open(paths)?;
        let mut taxonomy = Taxonomy::default();
        for file in layers.files("themes.tsv")? {
            taxonomy.add(&file)?;
        }
        let mut signals = Signals::default();
        for file in layers.files("signals.tsv")? {
            signals.add(&file)?;
        }
        let emoji = layers.files("emoji.tsv")?;
        let mut loaded = Vec::with_capacity(languages.score.len());
        for code in &languages.score {
            let language = Language::scored(code).ok_or_else(|| no_lexicon(code))?;
            let mut lists = Lists::default();
            for file in &emoji {
                lists.add_emoji(file)?;
            }
            for file in layers.files(&format!("{code}/sentiment.tsv"))? {
                lists.add_sentiment(&file)?;
            }
            for file in layers.files(&format!("{code}/themes.tsv"))? {
                lists.add_themes(&file, &taxonomy)?;
            }
            for file in layers.files(&format!("{code}/signals.tsv"))? {
                lists.add_signals(&file, &signals)?;
            }
            for file in layers.files(&format!("{code}/modifiers.tsv"))? {
                lists.add_modifiers(&file)?;
            }
            let vocabulary = layered_vocabulary(&mut layers, language)?;
            loaded.push((language, lists, vocabulary));
        }
        let languages = std::thread::scope(|scope| {
            let compiling: Vec<_> = loaded
                .into_iter()
                .map(|(language, lists, vocabulary)| {
                    scope.spawn(move || compile::compile(language, lists, &vocabulary, paths.typos))
                })
                .collect();
            compiling.into_iter().map(joined).collect()
        });
        Ok(Lexicons { taxonomy, signals, languages, sources: layers.sources })
    }

    /// The lexicon of a language, when it is scored.
    pub fn of(&self, language: Language) -> Option<&LanguageLexicon> {
        self.languages.iter().find(|lexicon| lexicon.language() == language)
    }
}

/// What is known of the words of a language, apart from what they mean.
///
/// # Errors
/// As [`Lexicons::load`].
pub fn vocabulary(paths: &LexiconPaths, language: Language) -> Result<Vocabulary, Error> {
    layered_vocabulary(&mut Layers::open(paths)?, language)
}

fn layered_vocabulary(layers: &mut Layers<'_>, language: Language) -> Result<Vocabulary, Error> {
    let mut vocabulary = Vocabulary::default();
    for file in layers.files(&format!("{language}/words.tsv"))? {
        words::add_words(&file, language, &mut vocabulary)?;
    }
    for file in layers.files(&format!("{language}/forms.tsv"))? {
        words::add_forms(&file, language, &mut vocabulary)?;
    }
    if let Some(file) = layers.kotus()?.filter(|_| language == Language::FINNISH) {
        kotus::add(&file, &mut vocabulary)?;
    }
    Ok(vocabulary)
}

/// What a thread has made; its panic is ours.
fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn no_lexicon(code: &str) -> Error {
    let known: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    Error::Config {
        place: Place::file("language.score"),
        message: format!(
            "there is no lexicon for `{code}`; the languages with one are {}",
            known.join(", ")
        ),
    }
}
