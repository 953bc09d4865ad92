//! What people declare beside the data: changes whose effect is to be verified, and targets to be met.
//! Declared beforehand, a figure cannot be picked afterwards.

use super::load::parse_toml;
use super::place;
use crate::error::{Error, Place};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A segment value, e.g. `{ channel = "phone" }`; several keys hold together only as one segment each.
pub type Named = BTreeMap<String, String>;

/// A change that someone made, declared beforehand.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// A name of one's own, stable from run to run.
    pub id: String,
    /// The first day on which it held.
    pub date: jiff::civil::Date,
    /// Whom it reached: one value of one segment; absent: everybody.
    pub scope: Option<Named>,
    /// Whom it did not reach, to compare with: one value of one segment.
    pub control: Option<Named>,
    /// The theme that customers should speak of otherwise.
    pub theme: Option<String>,
    /// What was hoped for.
    #[serde(default)]
    pub direction: Direction,
}

/// What a change was meant to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Higher scores; for a theme more praise and fewer complaints.
    #[default]
    Better,
    /// Not to hurt: scores as before.
    Same,
}

/// What was aimed at.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// A name of one's own, stable from run to run.
    pub id: String,
    /// A measure of the table `kpis`, e.g. `nps`, `mean`, `top_box`; or `positive` or `negative` with a `theme`.
    pub metric: String,
    /// The theme whose share of praise or complaint is meant.
    pub theme: Option<String>,
    /// Whose figure: one value of one segment; absent: everybody's.
    pub scope: Option<Named>,
    /// Met by this much or more, in the unit of the measure; shares from 0 to 1.
    pub at_least: Option<f64>,
    /// Met by this much or less.
    pub at_most: Option<f64>,
}

/// What people declared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Declared {
    /// Changes, in the order of the file.
    pub changes: Vec<Change>,
    /// Targets, in the order of the file.
    pub targets: Vec<Target>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    #[serde(default)]
    change: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Targets {
    #[serde(default)]
    target: Vec<Target>,
}

impl Declared {
    /// Reads the files that are named.
    ///
    /// # Errors
    /// [`Error::Io`] when one cannot be read, [`Error::Config`] with its place for what it cannot mean. `segments` are
    /// the columns that results are split by, `themes` the ids of the taxonomy.
    pub fn load(
        changes: Option<&Path>,
        targets: Option<&Path>,
        segments: &[String],
        themes: &[&str],
    ) -> Result<Declared, Error> {
        let known = Known { segments, themes };
        let mut declared = Declared::default();
        if let Some(path) = changes {
            let text = std::fs::read_to_string(path).map_err(Error::io(path, "read"))?;
            declared.changes = parse_toml::<Changes>(&text, path)?.change;
            for change in &declared.changes {
                known.change(change).map_err(|what| entry(&text, path, &change.id, &what))?;
            }
        }
        if let Some(path) = targets {
            let text = std::fs::read_to_string(path).map_err(Error::io(path, "read"))?;
            declared.targets = parse_toml::<Targets>(&text, path)?.target;
            for target in &declared.targets {
                known.target(target).map_err(|what| entry(&text, path, &target.id, &what))?;
            }
        }
        Ok(declared)
    }
}

/// A complaint about an entry, at the line that names it.
fn entry(text: &str, path: &Path, id: &str, what: &str) -> Error {
    let place = match text.find(&format!("\"{id}\"")) {
        Some(offset) => {
            let (line, column) = place::position(text, offset);
            Place::at(path, line, column)
        }
        None => Place::file(path),
    };
    Error::Config { place, message: format!("`{id}`: {what}") }
}

struct Known<'k> {
    segments: &'k [String],
    themes: &'k [&'k str],
}

impl Known<'_> {
    fn change(&self, change: &Change) -> Result<(), String> {
        self.scope("scope", change.scope.as_ref())?;
        self.scope("control", change.control.as_ref())?;
        if change.scope.is_some() && change.scope == change.control {
            return Err("scope and control are the same; name whom the change did not reach".into());
        }
        if change.control.is_some() && change.scope.is_none() {
            return Err("a control needs a scope: name whom the change reached".into());
        }
        self.theme(change.theme.as_deref())
    }

    fn target(&self, target: &Target) -> Result<(), String> {
        self.scope("scope", target.scope.as_ref())?;
        self.theme(target.theme.as_deref())?;
        let of_theme = matches!(target.metric.as_str(), "positive" | "negative");
        if of_theme != target.theme.is_some() {
            return Err(
                "the measures `positive` and `negative` need a theme, the others have none".into(),
            );
        }
        match (target.at_least, target.at_most) {
            (Some(_), None) | (None, Some(_)) => Ok(()),
            _ => Err("write either at_least or at_most".into()),
        }
    }

    fn scope(&self, key: &str, named: Option<&Named>) -> Result<(), String> {
        let Some(named) = named else {
            return Ok(());
        };
        let [segment] = &named.keys().collect::<Vec<_>>()[..] else {
            return Err(format!("{key} names one segment, e.g. {{ channel = \"phone\" }}"));
        };
        if self.segments.contains(segment) {
            return Ok(());
        }
        Err(format!(
            "{key}: `{segment}` is no segment; input.columns.segments has {}",
            if self.segments.is_empty() { "none".to_owned() } else { self.segments.join(", ") }
        ))
    }

    fn theme(&self, theme: Option<&str>) -> Result<(), String> {
        match theme.filter(|theme| !self.themes.contains(theme)) {
            Some(theme) => Err(format!("`{theme}` is no theme; see themes.tsv")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(changes: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("changes.toml");
        std::fs::write(&path, changes).unwrap();
        let segments = ["channel".to_owned()];
        let error = Declared::load(Some(&path), None, &segments, &["delivery_time"]).unwrap_err();
        error.to_string().rsplit('/').next().unwrap_or_default().to_owned()
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        let begin = "[[change]]\nid = \"a\"\ndate = \"2026-09-01\"\n";
        assert_eq!(
            wrong(&format!("{begin}theme = \"speed\"")),
            "changes.toml:2:6: `a`: `speed` is no theme; see themes.tsv"
        );
        assert_eq!(
            wrong(&format!("{begin}scope = {{ shop = \"x\" }}")),
            "changes.toml:2:6: `a`: scope: `shop` is no segment; input.columns.segments has channel"
        );
        assert_eq!(
            wrong(&format!("{begin}scop = {{}}")),
            "changes.toml:4:1: unknown key `scop`; did you mean `scope`? Known here: id, date, scope, control, theme, direction"
        );
    }
}
