//! Parquet datasets: which files there are, whether they have the configured columns, their rows slice by slice.

mod files;
mod schema;
mod positional;
mod reader;

pub use files::{Discovered, InputFile, is_hidden};
pub use positional::{PositionalFile, ReadFrom};
pub use reader::{OpenFile, Slices};

use crate::config::Config;
use crate::error::Error;
use std::path::{Path, PathBuf};

/// A dataset whose every file has been checked.
#[derive(Debug)]
pub struct Source {
    /// The files, by path.
    pub files: Vec<InputFile>,
    /// Files passed over: hidden or not Parquet.
    pub skipped: Vec<PathBuf>,
    /// Rows of all files.
    pub rows: u64,
    /// Things worth noting in run.json: files whose columns differ, types that common readers cannot open.
    pub notes: Vec<String>,
    searched: Option<PathBuf>,
}

impl Source {
    /// Finds the files and checks the schema of each before the first row is read.
    ///
    /// # Errors
    /// [`Error::NoInput`] where there is no Parquet file, [`Error::Input`] for one that cannot be read,
    /// [`Error::Schema`] for a missing column or a wrong type.
    pub fn open(config: &Config) -> Result<Source, Error> {
        let Discovered { mut files, skipped, searched } = files::discover(&config.input.path)?;
        let mut rows = 0;
        let mut notes = schema::Notes::default();
        for file in &mut files {
            let open = OpenFile::open(file, config)?;
            file.rows = open.rows();
            rows += file.rows;
            notes.add(&file.relative, open.source_schema());
        }
        Ok(Source { files, skipped, rows, notes: notes.finish(), searched })
    }

    /// Every path that is read, for the check that the output does not touch it.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.searched
            .as_deref()
            .into_iter()
            .chain(self.files.iter().map(|file| file.path.as_path()))
    }
}
