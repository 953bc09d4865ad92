//! The themes: what feedback can be about. Ids are stable; labels are nouns without polarity.

use super::tsv::ListFile;
use crate::error::Error;

/// A theme by its position in the taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThemeId(u16);

impl ThemeId {
    /// The position in [`Taxonomy::themes`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Stable id, e.g. `delivery_time`.
    pub id: String,
    /// The group it belongs to.
    pub group: String,
    /// Label in Finnish.
    pub label_fi: String,
    /// Label in English.
    pub label_en: String,
    /// Stage of the customer's path.
    pub stage: String,
    /// efficiency, ease or emotion.
    pub dimension: String,
}

/// All themes in file order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taxonomy {
    themes: Vec<Theme>,
}

const COLUMNS: [&str; 8] =
    ["group", "theme", "label_fi", "label_en", "includes", "excludes", "stage", "dimension"];

impl Taxonomy {
    /// Adds a layer: a theme of an id that is known takes its place, others come behind.
    pub(super) fn add(&mut self, file: &ListFile) -> Result<(), Error> {
        let mut listed: Vec<&str> = Vec::new();
        for row in file.rows(&COLUMNS)? {
            let id = row.cell(1);
            if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
                return Err(
                    row.error(format!("the theme `{id}` is no id; write small letters and _"))
                );
            }
            if listed.contains(&id) {
                return Err(row.error(format!("the theme `{id}` is listed twice")));
            }
            listed.push(id);
            let text = |column| row.cell(column).to_owned();
            let theme = Theme {
                id: id.to_owned(),
                group: text(0),
                label_fi: text(2),
                label_en: text(3),
                stage: text(6),
                dimension: text(7),
            };
            match self.themes.iter().position(|known| known.id == theme.id) {
                Some(place) => self.themes[place] = theme,
                None if self.themes.len() > usize::from(u16::MAX) => {
                    return Err(row.error("more themes than 65,536"));
                }
                None => self.themes.push(theme),
            }
        }
        Ok(())
    }

    /// Every theme, in order.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The theme of an id string.
    pub fn find(&self, id: &str) -> Option<ThemeId> {
        let index = self.themes.iter().position(|theme| theme.id == id)?;
        u16::try_from(index).ok().map(ThemeId)
    }

    /// The id string of a theme.
    pub fn name(&self, theme: ThemeId) -> &str {
        self.themes.get(theme.index()).map_or("", |theme| &theme.id)
    }

    /// Every theme id with its theme.
    pub fn iter(&self) -> impl Iterator<Item = (ThemeId, &Theme)> {
        (0u16..).map(ThemeId).zip(&self.themes)
    }
}
