//! `kymppi generate`: synthetic feedback of any size in the schema of the sample data.
//!
//! Row groups are drawn and encoded in waves, each by its own thread from its own random stream,
//! and written in order: the files depend on rows, seed and words, never on the threads, and
//! memory holds one wave whatever the number of rows is.

mod random;
mod function_words;
mod inflection;
mod vocabulary;
mod oddities;
mod comments;
mod shares;
mod rows;
mod files;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use parquet::arrow::arrow_writer::ArrowColumnChunk;
use parquet::errors::ParquetError;
use rayon::prelude::{IntoParallelRefIterator as _, ParallelIterator as _};

use self::files::{Open, append, create, encode, finish, writer};
use self::function_words::LANGUAGES;
use self::rows::{Source, Span};
use self::shares::{MONTHS, Month};
use self::vocabulary::Vocabulary;

/// Rows of a row group; the last of each file is smaller.
const GROUP_ROWS: u64 = 131_072;

/// What to generate.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// How many rows, spread evenly over the months.
    pub rows: u64,
    /// The folder, which must not exist or be empty.
    pub output: &'a Path,
    /// Equal seeds give equal files.
    pub seed: u64,
    /// Threads that draw and encode; 0 for one a core.
    pub threads: usize,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generated {
    /// Rows in all files.
    pub rows: u64,
    /// How many files.
    pub files: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Why nothing, or not everything, was written.
#[derive(Debug)]
pub enum GenerateError {
    /// The output exists and is not empty.
    NotEmpty(PathBuf),
    /// The file or folder could not be read, made or written.
    Io(PathBuf, io::Error),
    /// The file could not be encoded or written.
    Parquet(PathBuf, ParquetError),
}

impl fmt::Display for GenerateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEmpty(path) => write!(formatter, "{} is not empty", path.display()),
            Self::Io(path, error) => write!(formatter, "{}: {error}", path.display()),
            Self::Parquet(path, error) => write!(formatter, "{}: {error}", path.display()),
        }
    }
}

impl Error for GenerateError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotEmpty(_) => None,
            Self::Io(_, error) => Some(error),
            Self::Parquet(_, error) => Some(error),
        }
    }
}

/// A row group to be drawn.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// Counted over all files; it is the random stream.
    number: u64,
    month: Month,
    span: Span,
}

/// Writes synthetic feedback as `month=2025-11/part-0.parquet` and so on.
///
/// `words` are lemmas by language code; function words and made-up lemmas are added to them.
///
/// # Errors
///
/// When the output is not empty, or cannot be made or written. Files of a run that failed stay.
pub fn generate(
    options: &Options<'_>,
    words: &[(&str, Vec<&str>)],
) -> Result<Generated, GenerateError> {
    let output = options.output;
    prepare(output)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .map_err(|error| GenerateError::Io(output.to_owned(), io::Error::other(error)))?;
    let source = Source {
        schema: rows::schema(),
        vocabularies: pool.install(|| {
            let languages = LANGUAGES.par_iter();
            languages.map(|language| Vocabulary::new(language, words, options.seed)).collect()
        }),
        // Drawing so many times from 0.36 as many leaves a few out: about a third are seen.
        customers: (options.rows / 25 * 9).max(1),
    };
    let broken = |path: &Path, error| GenerateError::Parquet(path.to_owned(), error);
    // Column writers do not know their file, so one factory serves all of them.
    let (_, factory) = writer(Vec::new(), &source).map_err(|error| broken(output, error))?;

    let mut generated = Generated { rows: 0, files: 0, bytes: 0 };
    let mut open: Option<Open> = None;
    let mut groups = groups(options.rows);
    // Two a thread, so that a thread which is done early has something left to take.
    let wave_groups = pool.current_num_threads() * 2;
    loop {
        let wave: Vec<Group> = groups.by_ref().take(wave_groups).collect();
        if wave.is_empty() {
            break;
        }
        let encoded: Vec<Result<Vec<ArrowColumnChunk>, ParquetError>> = pool.install(|| {
            let wave = wave.par_iter();
            wave.map(|group| encode(*group, options.seed, &source, &factory)).collect()
        });
        for (group, chunks) in wave.into_iter().zip(encoded) {
            if open.as_ref().is_none_or(|file| file.key != group.month.key) {
                finish(open.take(), &mut generated)?;
            }
            let file = match &mut open {
                Some(file) => file,
                none => none.insert(create(output, group.month.key, &source)?),
            };
            chunks
                .and_then(|chunks| append(chunks, &mut file.writer))
                .map_err(|error| broken(&file.path, error))?;
            generated.rows += group.span.count;
        }
    }
    finish(open, &mut generated)?;
    Ok(generated)
}

/// Makes the output folder, or makes sure that it is empty.
fn prepare(output: &Path) -> Result<(), GenerateError> {
    let failed = |error| GenerateError::Io(output.to_owned(), error);
    fs::create_dir_all(output).map_err(failed)?;
    match fs::read_dir(output).map_err(failed)?.next() {
        None => Ok(()),
        Some(_) => Err(GenerateError::NotEmpty(output.to_owned())),
    }
}

/// All row groups, in the order of the files.
fn groups(rows: u64) -> impl Iterator<Item = Group> {
    let months = MONTHS.len() as u64;
    let (share, remainder) = (rows / months, rows % months);
    (0..)
        .zip(MONTHS)
        .flat_map(move |(place, month)| {
            let file_rows = share + u64::from(place < remainder);
            let before_file = place * share + place.min(remainder);
            (0..file_rows.div_ceil(GROUP_ROWS)).map(move |group| {
                let first = group * GROUP_ROWS;
                let count = GROUP_ROWS.min(file_rows - first);
                (month, Span { before_file, first, count, file_rows })
            })
        })
        .zip(0..)
        .map(|((month, span), number)| Group { number, month, span })
}
