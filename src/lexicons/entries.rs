//! The lists of one language as people wrote them, layered and checked, not yet compiled.

use super::pattern;
use super::signals::{Cue, Signals};
use super::taxonomy::{Taxonomy, ThemeId};
use super::tsv::{ListFile, Row};
use crate::error::Error;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Valences run from -3 to 3.
const VALENCE: std::ops::RangeInclusive<f64> = -3.0..=3.0;
/// Factors of intensifiers and diminishers.
const FACTOR: std::ops::RangeInclusive<f64> = 0.1..=3.0;

/// Themes whose praise says that something was put right.
const MENDING: [&str; 3] = ["resolution", "returns_refunds", "maintenance_aftercare"];

/// What a modifier does to its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModifierKind {
    /// Turns round what follows: `ei`, `not`, `inte`.
    Negator,
    /// Strengthens what follows.
    Intensifier,
    /// More than is good: `liian`, `too`.
    Excess,
    /// Weakens what follows.
    Diminisher,
    /// What follows counts more: `mutta`, `but`.
    Contrast,
    /// A contrast that turns round what follows: `muttei`.
    ContrastNot,
    /// What follows counts less: `vaikka`, `although`.
    Concession,
    /// A concession that turns round what follows: `vaikkei`.
    ConcessionNot,
    /// Goes on: `ja`, `and`. What follows may say something else.
    Addition,
    /// Goes on and turns round what follows: `eikä`, `nor`.
    Nor,
    /// What follows is wished for, not there: `toivoisin`, `would be nice`.
    Wish,
    /// Says that there is nothing to tell: a whole answer to a question that asks for one side only, else a negator.
    Nothing,
    /// What follows was expected or feared, and need not have come: `odotin`, `I thought`.
    Expectation,
}

impl ModifierKind {
    const NAMES: [(&'static str, ModifierKind); 13] = [
        ("negator", ModifierKind::Negator),
        ("intensifier", ModifierKind::Intensifier),
        ("excess", ModifierKind::Excess),
        ("diminisher", ModifierKind::Diminisher),
        ("contrast", ModifierKind::Contrast),
        ("contrast_not", ModifierKind::ContrastNot),
        ("concession", ModifierKind::Concession),
        ("concession_not", ModifierKind::ConcessionNot),
        ("addition", ModifierKind::Addition),
        ("nor", ModifierKind::Nor),
        ("wish", ModifierKind::Wish),
        ("expectation", ModifierKind::Expectation),
        ("nothing", ModifierKind::Nothing),
    ];

    /// Whether it turns round what follows.
    pub fn negates(self) -> bool {
        use ModifierKind::{ConcessionNot, ContrastNot, Negator, Nor, Nothing};
        matches!(self, Negator | Nor | Nothing | ContrastNot | ConcessionNot)
    }

    /// Whether what follows counts more.
    pub fn contrasts(self) -> bool {
        matches!(self, ModifierKind::Contrast | ModifierKind::ContrastNot)
    }

    /// Whether what follows counts less.
    pub fn concedes(self) -> bool {
        matches!(self, ModifierKind::Concession | ModifierKind::ConcessionNot)
    }

    /// Whether a clause begins with it.
    pub fn opens_clause(self) -> bool {
        self.contrasts() || self.concedes() || self == ModifierKind::Nor
    }

    /// The name in `modifiers.tsv` and in the `rule` column.
    pub fn name(self) -> &'static str {
        ModifierKind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// What an entry means; a word may carry a feeling, a theme or both.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Meaning {
    pub(super) valence: Option<f64>,
    pub(super) theme: Option<ThemeId>,
    /// Valence of the theme entry itself; wins over `valence`.
    pub(super) theme_valence: Option<f64>,
    /// Valence when negated, where it is no plain flip.
    pub(super) negated: Option<f64>,
    /// The same of the theme entry itself; wins over `negated`.
    pub(super) theme_negated: Option<f64>,
    /// Whether its theme is one of those that put things right.
    pub(super) mends: bool,
}

/// The lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// By the entry as written (lower case, single spaces).
    pub(super) entries: BTreeMap<String, Meaning>,
    /// Valence by emoji or emoticon.
    pub(super) emoji: BTreeMap<String, f64>,
    /// What they signal by the entry as written; an entry may signal several things.
    pub(super) cues: BTreeMap<String, Vec<Cue>>,
    /// Kind and factor by the written form.
    pub(super) modifiers: BTreeMap<String, (ModifierKind, f64)>,
}

impl Lists {
    /// Adds a layer of `sentiment.tsv`.
    pub(super) fn add_sentiment(&mut self, file: &ListFile) -> Result<(), Error> {
        for row in file.rows(&["entry", "valence", "negated?", "note?"])? {
            let entry = written(&row)?;
            let valence = row
                .number(1, "valence", VALENCE)?
                .ok_or_else(|| row.error("the valence is empty"))?;
            let meaning = self.entries.entry(entry).or_default();
            meaning.valence = Some(valence);
            meaning.negated = row.number(2, "negated", VALENCE)?;
        }
        Ok(())
    }

    /// Adds a layer of `emoji.tsv`, which is the same for every language.
    pub(super) fn add_emoji(&mut self, file: &ListFile) -> Result<(), Error> {
        for row in file.rows(&["emoji", "valence", "note"])? {
            let emoji = row.cell(0);
            if emoji.is_empty() || emoji.chars().any(char::is_alphabetic) && !emoji.starts_with(':')
            {
                return Err(row.error(format!("`{emoji}` is no emoji")));
            }
            let valence = row
                .number(1, "valence", VALENCE)?
                .ok_or_else(|| row.error("the valence is empty"))?;
            self.emoji.insert(emoji.to_owned(), valence);
        }
        Ok(())
    }

    /// Adds a layer of `themes.tsv`. Within one file an entry belongs to one theme; a later layer replaces it.
    pub(super) fn add_themes(&mut self, file: &ListFile, taxonomy: &Taxonomy) -> Result<(), Error> {
        let mut seen: FxHashMap<String, ThemeId> = FxHashMap::default();
        for row in file.rows(&["entry", "theme", "valence", "negated", "note"])? {
            let entry = written(&row)?;
            let name = row.cell(1);
            let theme = taxonomy.find(name).ok_or_else(|| {
                row.error(format!(
                    "there is no theme `{name}`; the themes stand in lexicons/themes.tsv"
                ))
            })?;
            if let Some(other) = seen.insert(entry.clone(), theme) {
                return Err(row.error(format!(
                    "`{entry}` already belongs to {}; an entry belongs to one theme",
                    taxonomy.name(other)
                )));
            }
            let meaning = self.entries.entry(entry).or_default();
            meaning.theme = Some(theme);
            meaning.mends = MENDING.contains(&name);
            meaning.theme_valence = row.number(2, "valence", VALENCE)?;
            meaning.theme_negated = row.number(3, "negated", VALENCE)?;
        }
        Ok(())
    }

    /// Adds a layer of `signals.tsv`. A later row replaces one with the same entry and signal.
    pub(super) fn add_signals(&mut self, file: &ListFile, signals: &Signals) -> Result<(), Error> {
        for row in file.rows(&["entry", "signal", "negated?", "note?"])? {
            let entry = written(&row)?;
            let cue = Cue::parse(&row, signals)?;
            let cues = self.cues.entry(entry).or_default();
            cues.retain(|known| known.signal != cue.signal);
            cues.push(cue);
        }
        Ok(())
    }

    /// Adds a layer of `modifiers.tsv`.
    pub(super) fn add_modifiers(&mut self, file: &ListFile) -> Result<(), Error> {
        for row in file.rows(&["entry", "kind", "value", "note"])? {
            let entry = written(&row)?;
            let name = row.cell(1);
            let kind = ModifierKind::NAMES
                .iter()
                .find(|(known, _)| *known == name)
                .map(|&(_, kind)| kind)
                .ok_or_else(|| {
                    let known: Vec<&str> =
                        ModifierKind::NAMES.iter().map(|(known, _)| *known).collect();
                    row.error(format!(
                        "there is no kind `{name}`; write one of {}",
                        known.join(", ")
                    ))
                })?;
            let value = row.number(2, "value", FACTOR)?;
            let factor = match kind {
                ModifierKind::Intensifier | ModifierKind::Diminisher => value.ok_or_else(|| {
                    row.error(format!("the kind {name} needs a value, e.g. 1.3 or 0.7"))
                })?,
                _ => 1.0,
            };
            self.modifiers.insert(entry, (kind, factor));
        }
        Ok(())
    }
}

/// The entry in its written form: lower case, single spaces.
fn written(row: &Row<'_>) -> Result<String, Error> {
    let entry = row.cell(0);
    if pattern::is_plain(entry) {
        return Ok(entry.to_owned());
    }
    let normal = entry.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wordings = pattern::wordings(&normal);
    if wordings > pattern::MOST_WORDINGS {
        let most = pattern::MOST_WORDINGS;
        let message = format!("`{entry}` has {wordings} wordings; write at most {most} in a row");
        return Err(row.error(message));
    }
    if normal.chars().any(char::is_alphanumeric) {
        Ok(normal)
    } else {
        Err(row.error(format!("`{entry}` holds no word")))
    }
}
