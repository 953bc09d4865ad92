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
use std::path::PathBuf;
use tsv::ListFile;

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
        let mut all = Vec::with_capacity(languages.score.len());
        for code in &languages.score {
            let language = Language::scored(code).ok_or_else(|| no_lexicon(code))?;
            all.push(Files::open(&mut layers, language)?);
        }
        // Each language by itself, from its lists on.
        let languages: Result<Vec<LanguageLexicon>, Error> = std::thread::scope(|scope| {
            let (taxonomy, signals, emoji) = (&taxonomy, &signals, &emoji[..]);
            let compiling: Vec<_> = all
                .into_iter()
                .map(|files| {
                    scope.spawn(move || files.compile(emoji, taxonomy, signals, paths.typos))
                })
                .collect();
            // All are waited for; the first fault counts.
            let compiled: Vec<_> = compiling.into_iter().map(joined).collect();
            compiled.into_iter().collect()
        });
        let languages = languages?;
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
    VocabularyFiles::open(&mut Layers::open(paths)?, language)?.read(language)
}

/// The lists of a language, read and not yet understood.
struct Files {
    language: Language,
    sentiment: Vec<ListFile>,
    themes: Vec<ListFile>,
    signals: Vec<ListFile>,
    modifiers: Vec<ListFile>,
    vocabulary: VocabularyFiles,
}

impl Files {
    fn open(layers: &mut Layers<'_>, language: Language) -> Result<Files, Error> {
        Ok(Files {
            language,
            sentiment: layers.files(&format!("{language}/sentiment.tsv"))?,
            themes: layers.files(&format!("{language}/themes.tsv"))?,
            signals: layers.files(&format!("{language}/signals.tsv"))?,
            modifiers: layers.files(&format!("{language}/modifiers.tsv"))?,
            vocabulary: VocabularyFiles::open(layers, language)?,
        })
    }

    fn compile(
        self,
        emoji: &[ListFile],
        taxonomy: &Taxonomy,
        signals: &Signals,
        typos: bool,
    ) -> Result<LanguageLexicon, Error> {
        let mut lists = Lists::default();
        for file in emoji {
            lists.add_emoji(file)?;
        }
        for file in &self.sentiment {
            lists.add_sentiment(file)?;
        }
        for file in &self.themes {
            lists.add_themes(file, taxonomy)?;
        }
        for file in &self.signals {
            lists.add_signals(file, signals)?;
        }
        for file in &self.modifiers {
            lists.add_modifiers(file)?;
        }
        let vocabulary = self.vocabulary.read(self.language)?;
        Ok(compile::compile(self.language, lists, &vocabulary, typos))
    }
}

/// The lists of what is known of words.
struct VocabularyFiles {
    words: Vec<ListFile>,
    forms: Vec<ListFile>,
    kotus: Option<PathBuf>,
}

impl VocabularyFiles {
    fn open(layers: &mut Layers<'_>, language: Language) -> Result<VocabularyFiles, Error> {
        Ok(VocabularyFiles {
            words: layers.files(&format!("{language}/words.tsv"))?,
            forms: layers.files(&format!("{language}/forms.tsv"))?,
            kotus: layers.kotus()?.filter(|_| language == Language::FINNISH),
        })
    }

    fn read(&self, language: Language) -> Result<Vocabulary, Error> {
        let mut vocabulary = Vocabulary::default();
        for file in &self.words {
            words::add_words(file, language, &mut vocabulary)?;
        }
        for file in &self.forms {
            words::add_forms(file, language, &mut vocabulary)?;
        }
        if let Some(file) = &self.kotus {
            kotus::add(file, &mut vocabulary)?;
        }
        Ok(vocabulary)
    }
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
