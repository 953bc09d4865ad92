//! `kymppi explain`: a text from the command line, from standard input, or a row of the input.

use super::{Format, Overrides, put};
use kymppi::config::{Config, TextColumn};
use kymppi::enrich::Enricher;
use kymppi::error::Error;
use kymppi::lexicons::Lexicons;
use kymppi::workbench::{self, Explanation, Style};
use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::sync::Arc;

/// Wider lines are hard to read.
const WIDEST: usize = 100;

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The text; - reads it from standard input
    #[arg(required_unless_present = "id")]
    text: Option<String>,
    /// The row of the pipeline's input with this id, instead of a text
    #[arg(long, requires = "pipeline", conflicts_with_all = ["text", "question"])]
    id: Option<String>,
    /// Read with the lexicons and settings of a pipeline file
    #[arg(long)]
    pipeline: Option<PathBuf>,
    /// The text answers this text column of the pipeline; the first when absent
    #[arg(long, value_name = "COLUMN", requires = "pipeline")]
    question: Option<String>,
    /// Take the text to be in this language (fi, en, sv)
    #[arg(long)]
    language: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Explain) -> Result<(), Error> {
    let mut config = match &arguments.pipeline {
        Some(pipeline) => Config::load(pipeline, &Overrides::default().resolve()?)?,
        None => Config::default(),
    };
    if let Some(language) = &arguments.language {
        // With one language configured there is nothing to detect.
        config.language.score = vec![language.clone()];
        config.language.default = language.clone();
    }
    let asked = asked(arguments.question.as_deref(), &config.input.columns.text)?;
    let lexicons = Arc::new(Lexicons::load(&config.lexicons, &config.language)?);
    let enricher = Enricher::new(&config, lexicons)?;
    let explanation = match &arguments.id {
        Some(id) => workbench::explain_row(&config, &enricher, id)?,
        None => {
            let text = text(arguments.text.as_deref().unwrap_or_default())?;
            let mut texts = vec![None; asked + 1];
            texts[asked] = Some(text.as_str());
            workbench::explain_answers(&enricher, &config.input.columns.text, &texts, None)
        }
    };
    match arguments.format {
        Format::Text => put(&explanation.to_text(style())),
        Format::Json => put(&Explanation::to_json(&explanation)),
    }
}

/// The position of the question that a text answers.
fn asked(question: Option<&str>, questions: &[TextColumn]) -> Result<usize, Error> {
    let Some(name) = question else { return Ok(0) };
    questions.iter().position(|question| question.column == name).ok_or_else(|| {
        let known: Vec<&str> = questions.iter().map(|known| known.column.as_str()).collect();
        let known = known.join(", ");
        Error::Usage(format!("--question {name}: the text columns of the pipeline are {known}"))
    })
}

fn text(argument: &str) -> Result<String, Error> {
    if argument != "-" {
        return Ok(argument.to_owned());
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes);
    read.map_err(Error::io("standard input", "read"))?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

/// The width of the terminal and colour, where there is a terminal.
fn style() -> Style {
    let out = std::io::stdout();
    if !out.is_terminal() {
        return Style::default();
    }
    let size = rustix::termios::tcgetwinsize(&out).ok().filter(|size| size.ws_col > 0);
    let width = size.map_or(Style::default().width, |size| usize::from(size.ws_col).min(WIDEST));
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    Style { width, colour: !plain }
}
