//! Flags and subcommands.

mod run;
mod progress;
mod tools;
mod explain;
mod lexicon;

use clap::{Parser, Subcommand, ValueEnum};
use kymppi::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// Why some customers gave a 10 and others a 6: open-text feedback in Finnish, English and Swedish, Parquet in and out.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the input of a pipeline, enrich every response, publish the tables
    Run(run::Arguments),
    /// Write a pipeline file from the schema of a Parquet file, to standard output
    Init {
        /// The Parquet file
        file: PathBuf,
    },
    /// Show why a text, or a row of the input, gets its score
    Explain(explain::Explain),
    /// Look at what lexicon entries catch
    #[command(subcommand)]
    Lexicon(lexicon::Lexicon),
    /// Write synthetic feedback, for load tests and benchmarks
    Generate(tools::Generate),
    /// Print what a pipeline file puts in force, defaults included
    Config {
        #[command(flatten)]
        pipeline: Pipeline,
    },
}

/// A pipeline file and what the command line changes in it.
#[derive(Debug, clap::Args)]
struct Pipeline {
    /// The pipeline file
    pipeline: PathBuf,
    #[command(flatten)]
    overrides: Overrides,
}

#[derive(Debug, Clone, Default, clap::Args)]
struct Overrides {
    /// Fill {date} in paths, e.g. 2026-01-31
    #[arg(long)]
    date: Option<String>,
    /// Change a key of the pipeline file, e.g. --set output.path=out/other
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl Overrides {
    fn resolve(&self) -> Result<kymppi::config::Overrides, Error> {
        if let Some(date) = &self.date {
            date.parse::<jiff::civil::Date>().map_err(|_| {
                Error::Usage(format!("--date {date}: no date; write it as 2026-01-31"))
            })?;
        }
        Ok(kymppi::config::Overrides { set: self.set.clone(), date: self.date.clone() })
    }
}

impl Pipeline {
    fn load(&self) -> Result<kymppi::config::Config, Error> {
        kymppi::config::Config::load(&self.pipeline, &self.overrides.resolve()?)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Parses the arguments, runs the command, prints an error if there is one.
pub(crate) fn main() -> ExitCode {
    // clap exits with 2 on wrong usage and 0 on --help, which is the contract.
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Init { file } => tools::init(&file),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Lexicon(command) => lexicon::run(&command),
        Command::Generate(arguments) => tools::generate(&arguments),
        Command::Config { pipeline } => pipeline.load().and_then(|config| put(&config.to_toml())),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::debug!(?error, "failed");
            eprintln!("kymppi: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// Prints to standard output; a reader that has gone away (`| head`) is no error.
fn put(text: &str) -> Result<(), Error> {
    use std::io::{ErrorKind, Write};
    match std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::io("standard output", "write")(error))
        }
        _ => Ok(()),
    }
}
