//! `kymppi init` and `generate`.

use super::put;
use kymppi::error::{Error, Place};
use kymppi::lexicons::all_words;
use kymppi::workbench::{self, generate};
use std::path::{Path, PathBuf};

pub(super) fn init(file: &Path) -> Result<(), Error> {
    put(&workbench::pipeline_for(file)?)
}

#[derive(Debug, clap::Args)]
pub(super) struct Generate {
    /// Responses to write
    #[arg(long)]
    rows: u64,
    /// A folder that does not exist or is empty
    #[arg(long)]
    output: PathBuf,
    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 10)]
    seed: u64,
    /// Worker threads; one a core when absent
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
}

pub(super) fn generate(arguments: &Generate) -> Result<(), Error> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let options = generate::Options {
        rows: arguments.rows,
        output: &arguments.output,
        seed: arguments.seed,
        threads: arguments.threads.map_or(cores, usize::from),
    };
    let made = generate::generate(&options, &all_words()).map_err(|error| match error {
        generate::GenerateError::NotEmpty(path) => Error::Output {
            path,
            message: "exists and is not empty; choose another --output".into(),
        },
        generate::GenerateError::Io(path, source) => Error::Io { path, action: "write", source },
        generate::GenerateError::Parquet(path, error) => {
            Error::Write { path, message: error.to_string() }
        }
    })?;
    put(&format!(
        "{} responses in {} files, {} bytes, in {}\n",
        made.rows,
        made.files,
        made.bytes,
        Place::file(&arguments.output)
    ))
}
