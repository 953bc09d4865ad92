//! `kymppi lexicon`: what entries catch.

use super::{Overrides, put};
use clap::Subcommand;
use kymppi::config::{Config, LexiconPaths};
use kymppi::error::Error;
use kymppi::morphology::Search;
use kymppi::workbench;
use std::io::{Read, Write};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum Lexicon {
    /// Match words from standard input, one a line, with entries: `word<TAB>entry<TAB>tier<TAB>analysis` lines
    Match {
        /// A lexicon (TSV) or a file with one lemma a line
        entries: PathBuf,
        #[command(flatten)]
        words: Words,
    },
    /// The forms that an entry stands for
    Forms {
        /// A lemma
        entry: String,
        #[command(flatten)]
        words: Words,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Words {
    /// The language of the entries (fi, en, sv)
    #[arg(long, default_value = "fi")]
    language: String,
    /// Use the word lists of a pipeline file
    #[arg(long)]
    pipeline: Option<PathBuf>,
    /// Change a key, e.g. --set lexicons.kotus=kotus-sanalista_v1.xml
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl Words {
    fn paths(&self) -> Result<LexiconPaths, Error> {
        let overrides = Overrides { date: None, set: self.set.clone() }.resolve()?;
        let config = match &self.pipeline {
            Some(pipeline) => Config::load(pipeline, &overrides)?,
            None => Config::without_job(&overrides)?,
        };
        Ok(config.lexicons)
    }
}

pub(super) fn run(command: &Lexicon) -> Result<(), Error> {
    match command {
        Lexicon::Match { entries, words } => {
            let matcher = workbench::matcher_of(entries, &words.language, &words.paths()?)?;
            let mut search = Search::default();
            let mut text = Vec::new();
            std::io::stdin().read_to_end(&mut text).map_err(Error::io("standard input", "read"))?;
            let text = String::from_utf8_lossy(&text);
            let undotted = !text.contains(['ä', 'ö', 'Ä', 'Ö', '\u{308}']);
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            let mut lines = String::new();
            for word in text.lines() {
                lines.clear();
                workbench::match_word(&matcher, word.trim(), undotted, &mut search, &mut lines);
                match out.write_all(lines.as_bytes()) {
                    // A reader that has gone away (`| head`) is no error.
                    Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
                    other => other.map_err(Error::io("standard output", "write"))?,
                }
            }
            match out.flush() {
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                    Err(Error::io("standard output", "write")(error))
                }
                _ => Ok(()),
            }
        }
        Lexicon::Forms { entry, words } => {
            put(&workbench::forms_of(entry, &words.language, &words.paths()?)?)
        }
    }
}
