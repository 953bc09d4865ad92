//! One error type. A variant is a stage; a message says where, what is wrong and what to do about it.
//! Customer text never causes one: errors belong to configuration, files and machines.

use std::fmt;
use std::path::{Path, PathBuf};

/// A place in a file that a person edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as it was named by the user.
    pub path: PathBuf,
    /// Line and column, both counted from 1; absent where the file as a whole is meant.
    pub position: Option<(usize, usize)>,
}

impl Place {
    /// The file as a whole.
    pub fn file(path: impl Into<PathBuf>) -> Place {
        Place { path: path.into(), position: None }
    }

    /// A line of the file.
    pub fn at(path: impl Into<PathBuf>, line: usize, column: usize) -> Place {
        Place { path: path.into(), position: Some((line, column)) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "{}:{line}:{column}", self.path.display()),
            None => write!(f, "{}", self.path.display()),
        }
    }
}

/// Everything that can go wrong in a run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A flag or an argument that makes no sense.
    #[error("{0}")]
    Usage(String),
    /// The pipeline file says something impossible.
    #[error("{place}: {message}")]
    Config {
        /// Where it says so.
        place: Place,
        /// What is wrong and what to write instead.
        message: String,
    },
    /// A lexicon file is malformed.
    #[error("{place}: {message}")]
    Lexicon {
        /// Where.
        place: Place,
        /// What is wrong and what to write instead.
        message: String,
    },
    /// An input file has not the columns that the pipeline names.
    #[error("{}: {message}", path.display())]
    Schema {
        /// The Parquet file.
        path: PathBuf,
        /// What is missing or of the wrong type, and what is there.
        message: String,
    },
    /// The input path leads to no Parquet file.
    #[error("{}: {message}", path.display())]
    NoInput {
        /// The path of the pipeline file, variables filled in.
        path: PathBuf,
        /// What was looked for.
        message: String,
    },
    /// An input file cannot be read: not Parquet, truncated, damaged.
    #[error("{}: cannot be read as Parquet: {message}", path.display())]
    Input {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        message: String,
    },
    /// The output path is refused before anything is written.
    #[error("{}: {message}", path.display())]
    Output {
        /// The output path.
        path: PathBuf,
        /// Why it is refused and what to do.
        message: String,
    },
    /// Another run works on the same output.
    #[error("{}: another run holds the lock of this output; wait for it to end", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The operating system refused something.
    #[error("{}: cannot {action}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, as a verb: `read`, `create`, `rename` ...
        action: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// An output table cannot be encoded.
    #[error("{}: cannot write: {message}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the writer said.
        message: String,
    },
    /// A signal stopped the run; nothing was published.
    #[error("stopped by signal {0}; nothing was published")]
    Interrupted(i32),
}

impl Error {
    /// Attaches a path and a verb to an error of the operating system.
    pub fn io(
        path: impl Into<PathBuf>,
        action: &'static str,
    ) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| Error::Io { path, action, source }
    }

    /// Attaches a path to an error of the Parquet reader.
    pub(crate) fn input(path: &Path, error: impl fmt::Display) -> Error {
        Error::Input { path: path.to_owned(), message: error.to_string() }
    }

    /// Attaches a path to an error of the Parquet writer.
    pub(crate) fn write(path: &Path, error: impl fmt::Display) -> Error {
        Error::Write { path: path.to_owned(), message: error.to_string() }
    }

    /// The exit code of the process, a contract with schedulers: 1 failed, 2 wrong usage or configuration
    /// (do not retry), 4 no input file, 75 a passing fault (retry), 130 and 143 stopped by a signal.
    pub fn exit_code(&self) -> u8 {
        use std::io::ErrorKind;
        match self {
            Error::Usage(_)
            | Error::Config { .. }
            | Error::Lexicon { .. }
            | Error::Schema { .. }
            | Error::Output { .. } => 2,
            Error::NoInput { .. } => 4,
            Error::Locked { .. } => 75,
            Error::Io { source, .. } => match source.kind() {
                ErrorKind::Interrupted
                | ErrorKind::TimedOut
                | ErrorKind::WouldBlock
                | ErrorKind::ResourceBusy
                | ErrorKind::StaleNetworkFileHandle => 75,
                _ => 1,
            },
            Error::Interrupted(2) => 130,
            Error::Interrupted(_) => 143,
            Error::Input { .. } | Error::Write { .. } => 1,
        }
    }
}
