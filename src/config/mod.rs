//! A pipeline file as written: what to read, how to read it, where to write.
//! The types mirror the file; `load` reads it, `check` refuses the impossible, `score` knows the scales.

mod columns;
mod load;
mod check;
mod place;
mod score;
mod drivers;
mod declared;

pub use columns::{Columns, Expects, TextColumn};
pub use declared::{Change, Declared, Direction, Named, Target};
pub use drivers::{Drivers, Journey, Period, Time, score_group};
pub use load::Overrides;
pub use score::{Band, Bands, MOST_BINS, Scale, Score};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The text of `pipelines/default.toml`: every key, its default, a comment.
pub const DEFAULT_TOML: &str = include_str!("../../pipelines/default.toml");

/// A whole pipeline file with every default filled in.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `[input]`
    pub input: Input,
    /// `[score]`
    pub score: Score,
    /// `[time]`
    pub time: Time,
    /// `[language]`
    pub language: Languages,
    /// `[lexicons]`
    pub lexicons: LexiconPaths,
    /// `[drivers]`
    pub drivers: Drivers,
    /// `[journey]`
    pub journey: Journey,
    /// `[privacy]`
    pub privacy: Privacy,
    /// `[output]`
    pub output: Output,
}

/// `[input]`: what to read.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Input {
    /// A Parquet file, a folder, a glob or a hive-partitioned folder. Required.
    pub path: String,
    /// Texts with more Unicode scalar values than this are scored on their beginning and counted.
    pub max_text_chars: usize,
    /// `[input.columns]`
    pub columns: Columns,
}

impl Default for Input {
    fn default() -> Input {
        Input { path: String::new(), max_text_chars: 20_000, columns: Columns::default() }
    }
}

/// `[language]`: which languages are scored.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Languages {
    /// ISO 639-1 codes of the languages that have a lexicon.
    pub score: Vec<String>,
    /// The prior when a text says nothing; `none` for no prior.
    pub default: String,
}

impl Default for Languages {
    fn default() -> Languages {
        Languages { score: ["fi", "en", "sv"].map(String::from).to_vec(), default: "fi".into() }
    }
}

/// `[lexicons]`: where the words come from.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LexiconPaths {
    /// A folder that overrides the embedded lexicons file by file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<PathBuf>,
    /// Folders layered on top; a later one wins.
    pub extend: Vec<PathBuf>,
    /// Whether words one letter off match too, as the least sure tier.
    pub typos: bool,
    /// The Finnish word list of Kotus (`.xml` or `.xml.gz`), which users may have: its words and inflection classes
    /// join those of `fi/words.tsv`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kotus: Option<PathBuf>,
}

/// `[privacy]`: what may leave the text.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Privacy {
    /// Every derived text is made from the redacted text.
    pub redact: bool,
    /// `false` leaves the original text columns out of `responses`.
    pub keep_original_text: bool,
    /// Own patterns: name -> regular expression.
    pub patterns: BTreeMap<String, String>,
}

impl Default for Privacy {
    fn default() -> Privacy {
        Privacy { redact: true, keep_original_text: true, patterns: BTreeMap::new() }
    }
}

/// `[output]`: where to write and what.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Output {
    /// The folder that a run replaces as a whole. Required.
    pub path: PathBuf,
    /// Put before the name of every added column.
    pub prefix: String,
    /// Write the `stems` column.
    pub stems: bool,
}

impl Default for Output {
    fn default() -> Output {
        Output { path: PathBuf::new(), prefix: String::new(), stems: true }
    }
}

impl Config {
    /// The configuration as TOML: what is in force, ready to be saved as a pipeline file.
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_else(|error| format!("# {error}\n"))
    }

    /// The score bands, or nothing when the input has no score column.
    pub fn bands(&self) -> Option<Bands> {
        self.input.columns.score.as_ref()?;
        self.score.bands().ok()
    }
}
