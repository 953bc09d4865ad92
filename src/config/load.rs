//! Reads a pipeline file: text -> types -> `--set` overrides -> variables -> checks.

use super::{Config, check, place};
use crate::error::{Error, Place};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// What the command line adds to a pipeline file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `KEY=VALUE` pairs; KEY is a dotted path, VALUE is TOML or, when that fails, a string.
    pub set: Vec<String>,
    /// Fills `{date}` in paths; ISO 8601, e.g. `2026-11-21`.
    pub date: Option<String>,
}

impl Config {
    /// Reads, fills in and checks a pipeline file.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be read; [`Error::Config`] with line and column for an unknown key, a wrong
    /// type, a missing key or an impossible combination; [`Error::Usage`] for a bad `--set` or `--date`.
    pub fn load(path: &Path, overrides: &Overrides) -> Result<Config, Error> {
        let text = std::fs::read_to_string(path).map_err(Error::io(path, "read"))?;
        Config::parse(&text, path, overrides)
    }

    /// As [`Config::load`], from text; `path` only names the file in messages.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(text: &str, path: &Path, overrides: &Overrides) -> Result<Config, Error> {
        let config = Config::parse_parts(text, path, overrides)?;
        check::check(&config).map_err(|complaint| placed(text, path, complaint))?;
        Ok(config)
    }

    /// The defaults with overrides, for commands that run no job: nothing has to be named.
    ///
    /// # Errors
    /// [`Error::Usage`] for a bad `--set`, [`Error::Config`] for a variable that is not set.
    pub fn without_job(overrides: &Overrides) -> Result<Config, Error> {
        Config::parse_parts("", Path::new("--set"), overrides)
    }

    fn parse_parts(text: &str, path: &Path, overrides: &Overrides) -> Result<Config, Error> {
        let mut config: Config = parse_toml(text, path)?;
        if !overrides.set.is_empty() {
            config = set_all(text, &overrides.set)?;
        }
        fill(&mut config, overrides.date.as_deref())
            .map_err(|complaint| placed(text, path, complaint))?;
        Ok(config)
    }
}

/// A TOML file as a type; mistakes with their line and column.
pub(super) fn parse_toml<T: DeserializeOwned>(text: &str, path: &Path) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| {
        let place = match error.span() {
            Some(span) => {
                let (line, column) = place::position(text, span.start);
                Place::at(path, line, column)
            }
            None => Place::file(path),
        };
        Error::Config { place, message: plain(&error) }
    })
}

/// A complaint about a key, at the key's place in the file.
fn placed(text: &str, path: &Path, (key, message): check::Complaint) -> Error {
    let place = match place::key(text, key) {
        Some((line, column)) => Place::at(path, line, column),
        None => Place::file(path),
    };
    Error::Config { place, message: format!("{key}: {message}") }
}

/// Applies `--set` one by one, so that a message can name the one that is wrong.
fn set_all(text: &str, assignments: &[String]) -> Result<Config, Error> {
    let wrong = |assignment: &str, what: &str| Error::Usage(format!("--set {assignment}: {what}"));
    let mut table: toml::Table =
        toml::from_str(text).map_err(|error| Error::Usage(error.to_string()))?;
    let mut config = Config::default();
    for assignment in assignments {
        let (key, value) = assignment.split_once('=').ok_or_else(|| {
            wrong(assignment, "write KEY=VALUE, e.g. --set output.path=out/other")
        })?;
        let value = toml::from_str::<toml::Table>(&format!("value = {value}"))
            .ok()
            .and_then(|mut parsed| if parsed.len() == 1 { parsed.remove("value") } else { None })
            .unwrap_or_else(|| toml::Value::String(value.to_owned()));
        insert(&mut table, key.trim(), value).map_err(|what| wrong(assignment, &what))?;
        config = toml::Value::Table(table.clone())
            .try_into()
            .map_err(|error| wrong(assignment, &plain(&error)))?;
    }
    Ok(config)
}

fn insert(table: &mut toml::Table, dotted: &str, value: toml::Value) -> Result<(), String> {
    let (parents, last) =
        dotted.rsplit_once('.').map_or((None, dotted), |(parents, last)| (Some(parents), last));
    let mut table = table;
    for parent in parents.into_iter().flat_map(|parents| parents.split('.')) {
        table = table
            .entry(parent)
            .or_insert_with(|| toml::Value::Table(toml::Table::new()))
            .as_table_mut()
            .ok_or_else(|| format!("`{parent}` is a value, not a section"))?;
    }
    table.insert(last.to_owned(), value);
    Ok(())
}

/// The parser's message in the words of this project.
fn plain(error: &toml::de::Error) -> String {
    let message = error.message().trim_end();
    let Some(rest) = message.strip_prefix("unknown field `") else {
        return message
            .replace("unknown variant", "unknown value")
            .replace("missing field", "missing key");
    };
    let (unknown, expected) = rest.split_once('`').unwrap_or((rest, ""));
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    let near = known
        .iter()
        .copied()
        .map(|name| (strsim::osa_distance(name, unknown), name))
        .min()
        .filter(|&(d, _)| d <= 3);
    match near {
        Some((_, name)) => format!(
            "unknown key `{unknown}`; did you mean `{name}`? Known here: {}",
            known.join(", ")
        ),
        None => format!("unknown key `{unknown}`; known here: {}", known.join(", ")),
    }
}

/// Fills `${VAR}` and `{date}` in every path of the configuration.
fn fill(config: &mut Config, date: Option<&str>) -> Result<(), (&'static str, String)> {
    let one =
        |key: &'static str, text: &str| variables(text, date).map_err(|message| (key, message));
    config.input.path = one("input.path", &config.input.path)?;
    let path =
        |key: &'static str, path: &Path| one(key, &path.to_string_lossy()).map(PathBuf::from);
    config.output.path = path("output.path", &config.output.path)?;
    if let Some(folder) = &mut config.lexicons.path {
        *folder = path("lexicons.path", folder)?;
    }
    if let Some(file) = &mut config.lexicons.kotus {
        *file = path("lexicons.kotus", file)?;
    }
    if let Some(file) = &mut config.drivers.changes {
        *file = path("drivers.changes", file)?;
    }
    if let Some(file) = &mut config.drivers.targets {
        *file = path("drivers.targets", file)?;
    }
    for folder in &mut config.lexicons.extend {
        *folder = path("lexicons.extend", folder)?;
    }
    Ok(())
}

fn variables(text: &str, date: Option<&str>) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').ok_or("`${` without its `}`; write ${NAME}")?;
        let value = std::env::var(name)
            .map_err(|_| format!("the environment variable {name} is not set; set it or write the path without ${{{name}}}"))?;
        filled.push_str(before);
        filled.push_str(&value);
        rest = after;
    }
    filled.push_str(rest);
    match date {
        Some(date) => Ok(filled.replace("{date}", date)),
        None if filled.contains("{date}") => {
            Err("{date} needs a date: run with --date 2026-01-31".into())
        }
        None => Ok(filled),
    }
}
