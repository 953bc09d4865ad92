//! What the model can tell apart: sixteen lanes, each a language or a group of languages.

use crate::text::Language;

/// Lanes of the model.
pub const LANES: usize = 16;

/// The lane of Latin-script languages without one of their own: whatlang names them.
pub const OTHER_LATIN: usize = 14;

/// The lane of Cyrillic-script languages without one of their own: whatlang names them.
pub const OTHER_CYRILLIC: usize = 15;

/// The lane of Russian.
const RUSSIAN: usize = 7;

/// The code of each lane's language; empty for the two groups.
const CODES: [&str; LANES] =
    ["fi", "en", "sv", "et", "de", "no", "da", "ru", "es", "fr", "nl", "it", "pl", "pt", "", ""];

/// The language of a lane; none for the two groups.
pub(super) fn language(lane: usize) -> Option<Language> {
    CODES.get(lane).and_then(|code| Language::from_code(code))
}

/// The lane that holds a language, by its code: its own, or the group of its script.
pub fn lane(code: &str) -> usize {
    let named = Language::from_code(code);
    let own = named.and_then(|named| CODES.iter().position(|own| *own == named.code()));
    own.unwrap_or(if CYRILLIC.contains(&code) { OTHER_CYRILLIC } else { OTHER_LATIN })
}

/// Languages of the Cyrillic group.
const CYRILLIC: [&str; 7] = ["uk", "bg", "mk", "be", "sr", "kk", "mn"];

/// Whether a lane is written in Cyrillic letters.
pub fn is_cyrillic(lane: usize) -> bool {
    matches!(lane, RUSSIAN | OTHER_CYRILLIC)
}
