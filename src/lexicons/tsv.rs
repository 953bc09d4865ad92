//! Tab-separated lists: a header line, one entry a line, `#` comments.

use crate::error::{Error, Place};
use std::borrow::Cow;
use std::path::PathBuf;

/// A list as read: its name for messages and its text.
#[derive(Debug)]
pub(super) struct ListFile {
    /// Path on disk, or the relative path of an embedded list.
    pub(super) path: PathBuf,
    /// The content.
    pub(super) text: Cow<'static, str>,
}

/// One line of a list.
#[derive(Debug)]
pub(super) struct Row<'f> {
    file: &'f ListFile,
    line: usize,
    cells: Vec<&'f str>,
}

impl ListFile {
    /// The rows of the list after checking that its header is `columns`; one that ends in `?` may be missing.
    pub(super) fn rows(&self, columns: &[&str]) -> Result<Vec<Row<'_>>, Error> {
        let mut lines =
            self.text.trim_start_matches('\u{FEFF}').lines().enumerate().filter(|(_, line)| {
                let line = line.trim();
                !line.is_empty() && !line.starts_with('#')
            });
        let header = lines.next();
        let found = header.and_then(|(_, header)| places(columns, header.trim_end()));
        let places = match found {
            Some(places) => places,
            None => {
                let line = header.map_or(1, |(index, _)| index + 1);
                let message = format!(
                    "the first line must name the columns, separated by tabs: {}",
                    columns.join(", ").replace('?', "")
                );
                return Err(Error::Lexicon { place: Place::at(&self.path, line, 1), message });
            }
        };
        let width = places.iter().flatten().count();
        let in_order = places.iter().flatten().copied().eq(0..places.len());
        lines
            .map(|(index, line)| {
                let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
                let count = cells.len();
                let cell = |place: &Option<usize>| {
                    place.and_then(|place| cells.get(place).copied()).unwrap_or_default()
                };
                let cells = if in_order { cells } else { places.iter().map(cell).collect() };
                let row = Row { file: self, line: index + 1, cells };
                if count > width {
                    return Err(row.error(format!("{count} cells where the header names {width}")));
                }
                if row.cell(0).is_empty() {
                    return Err(row.error(format!("the column {} is empty", columns[0])));
                }
                Ok(row)
            })
            .collect()
    }
}

/// Where each of the `columns` stands in a header; nothing when the header names others.
fn places(columns: &[&str], header: &str) -> Option<Vec<Option<usize>>> {
    let mut names = header.split('\t').enumerate().peekable();
    let places = columns
        .iter()
        .map(|column| {
            let place = names.next_if(|(_, name)| *name == column.trim_end_matches('?'));
            (place.is_some() || column.ends_with('?')).then_some(place.map(|(place, _)| place))
        })
        .collect::<Option<Vec<_>>>()?;
    names.next().is_none().then_some(places)
}

impl<'f> Row<'f> {
    /// A cell; empty where the line is shorter.
    pub(super) fn cell(&self, column: usize) -> &'f str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    /// A number within a range, or nothing for an empty cell.
    pub(super) fn number(
        &self,
        column: usize,
        name: &str,
        range: std::ops::RangeInclusive<f64>,
    ) -> Result<Option<f64>, Error> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        match cell.parse::<f64>() {
            Ok(number) if range.contains(&number) => Ok(Some(number)),
            _ => Err(self.error(format!(
                "{name} is `{cell}`; write a number from {} to {}",
                range.start(),
                range.end()
            ))),
        }
    }

    /// An error that points at this line.
    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        Error::Lexicon { place: Place::at(&self.file.path, self.line, 1), message: message.into() }
    }
}
