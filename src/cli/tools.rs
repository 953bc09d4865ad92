//! `kymppi init`, `explain` and `generate`.

use super::{Format, Overrides, put};
use kymppi::config::Config;
use kymppi::enrich::Enricher;
use kymppi::error::{Error, Place};
use kymppi::lexicons::{Lexicons, all_words};
use kymppi::workbench::{self, generate};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn init(file: &Path) -> Result<(), Error> {
    put(&workbench::pipeline_for(file)?)
}

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The text; - reads it from standard input
    text: String,
    /// Read with the lexicons and settings of a pipeline file
    #[arg(long)]
    pipeline: Option<PathBuf>,
    /// Take the text to be in this language (fi, en, sv)
    #[arg(long)]
    language: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn explain(arguments: &Explain) -> Result<(), Error> {
    let mut config = match &arguments.pipeline {
        Some(pipeline) => Config::load(pipeline, &Overrides::default().resolve()?)?,
        None => Config::default(),
    };
    if let Some(language) = &arguments.language {
        // With one language configured there is nothing to detect.
        config.language.score = vec![language.clone()];
        config.language.default = language.clone();
    }
    let text = match arguments.text.as_str() {
        "-" => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(Error::io("standard input", "read"))?;
            String::from_utf8_lossy(&bytes).trim_end().to_owned()
        }
        text => text.to_owned(),
    };
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language)?);
    let explanation = workbench::explain(&Enricher::new(&config, lexicons)?, &text);
    match arguments.format {
        Format::Text => put(&explanation.to_text()),
        Format::Json => {
            let json = serde_json::to_string_pretty(&explanation)
                .map_err(|error| Error::Usage(error.to_string()))?;
            put(&format!("{json}\n"))
        }
    }
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
