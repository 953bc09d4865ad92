//! Where lists come from: the embedded ones, a folder that replaces them file by file, folders layered on top.

use super::builtin;
use super::tsv::ListFile;
use crate::config::LexiconPaths;
use crate::error::{Error, Place};
use crate::text::Language;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// One list that was used, for run.json.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSource {
    /// Relative path of the list, e.g. `fi/sentiment.tsv`.
    pub list: String,
    /// `embedded`, or the file that was read.
    pub source: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}

pub(super) struct Layers<'c> {
    paths: &'c LexiconPaths,
    pub(super) sources: Vec<ListSource>,
}

impl<'c> Layers<'c> {
    pub(super) fn open(paths: &'c LexiconPaths) -> Result<Layers<'c>, Error> {
        for (key, folder) in paths
            .path
            .iter()
            .map(|p| ("lexicons.path", p))
            .chain(paths.extend.iter().map(|p| ("lexicons.extend", p)))
        {
            if !folder.is_dir() {
                let message = format!(
                    "{key} names no folder; write the path of a folder with fi/, en/ or sv/ inside, relative to the working directory"
                );
                return Err(Error::Config { place: Place::file(folder), message });
            }
        }
        if let Some(file) = paths.kotus.as_ref().filter(|file| !file.is_file()) {
            let message = "lexicons.kotus names no file; write the path of the Kotus word list, .xml or .xml.gz, or remove the key";
            return Err(Error::Config { place: Place::file(file), message: message.into() });
        }
        Ok(Layers { paths, sources: Vec::new() })
    }

    /// The versions of one list, lowest layer first; later ones win entry by entry.
    pub(super) fn files(&mut self, list: &str) -> Result<Vec<ListFile>, Error> {
        let mut files = Vec::new();
        match self
            .paths
            .path
            .as_deref()
            .map(|folder| folder.join(list))
            .filter(|file| file.is_file())
        {
            Some(file) => files.push(self.read(list, file)?),
            None => files.extend(self.embedded(list)),
        }
        for folder in &self.paths.extend {
            let file = folder.join(list);
            if file.is_file() {
                files.push(self.read(list, file)?);
            }
        }
        Ok(files)
    }

    /// The user's Kotus list, noted as a source.
    pub(super) fn kotus(&mut self) -> Result<Option<PathBuf>, Error> {
        let Some(file) = &self.paths.kotus else { return Ok(None) };
        let bytes = std::fs::read(file).map_err(Error::io(file, "read"))?;
        self.note("kotus", file.display().to_string(), &bytes);
        Ok(Some(file.clone()))
    }

    fn embedded(&mut self, list: &str) -> Option<ListFile> {
        let (path, text) = builtin::FILES.iter().find(|(path, _)| *path == list)?;
        self.note(list, "embedded".into(), text.as_bytes());
        Some(ListFile { path: Path::new("lexicons").join(path), text: Cow::Borrowed(text) })
    }

    fn read(&mut self, list: &str, file: PathBuf) -> Result<ListFile, Error> {
        let bytes = std::fs::read(&file).map_err(Error::io(&file, "read"))?;
        self.note(list, file.display().to_string(), &bytes);
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = error
                .as_bytes()
                .iter()
                .take(error.utf8_error().valid_up_to())
                .filter(|&&b| b == b'\n')
                .count()
                + 1;
            Error::Lexicon {
                place: Place::at(&file, line, 1),
                message: "not UTF-8; save the list as UTF-8".into(),
            }
        })?;
        Ok(ListFile { path: file, text: text.into() })
    }

    fn note(&mut self, list: &str, source: String, bytes: &[u8]) {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.sources.push(ListSource { list: list.to_owned(), source, sha256 });
    }
}

/// Every one-word entry of the embedded sentiment and theme lists by language, in list order: words for synthetic text.
pub fn all_words() -> Vec<(&'static str, Vec<&'static str>)> {
    let words = |language: Language| {
        let lists = builtin::FILES.iter().filter(|(path, _)| {
            path.starts_with(language.code())
                && (path.ends_with("sentiment.tsv") || path.ends_with("themes.tsv"))
        });
        let words = lists
            .flat_map(|(_, text)| text.lines().skip(1))
            .filter_map(|line| line.split('\t').next());
        (language.code(), words.filter(|word| !word.is_empty() && !word.contains(' ')).collect())
    };
    Language::ALL.into_iter().map(words).collect()
}
