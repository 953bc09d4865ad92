//! What speaks beside the letters: the languages that are expected, a hint, and how many words the lexicons know.
//! All of it is added to the log-odds of a lane, so that no part is ever absolute.

use super::lanes::{LANES, lane};
use crate::text::Language;

/// Log-odds for Finnish and English where they are configured, and for every other configured language.
const AT_HOME: f32 = 0.3;
const CONFIGURED: f32 = 0.2;
/// More for the default language.
const DEFAULT: f32 = 0.15;
/// Log-odds for the language that a hint names.
const HINT: f32 = 3.5;
/// Log-odds for a language whose lexicon knows every word.
const ALL_WORDS_KNOWN: f32 = 2.5;

/// At most so many configured languages can bring evidence.
const MOST_LANGUAGES: usize = 8;

/// How many of a text's words the lexicon of each configured language knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    known: [u32; MOST_LANGUAGES],
    words: u32,
}

impl Evidence {
    /// No evidence yet, for a text of so many words.
    pub fn of_words(words: u32) -> Evidence {
        Evidence { known: [0; MOST_LANGUAGES], words }
    }

    /// Notes how many of the words the configured language at `position` knows.
    pub fn know(&mut self, position: usize, words: u32) {
        if let Some(known) = self.known.get_mut(position) {
            *known = words;
        }
    }

    /// Log-odds for the language at `position`.
    pub(super) fn log_odds(&self, position: usize) -> f32 {
        let known = self.known.get(position).copied().unwrap_or_default();
        // Neighbours share many words: one that is not known speaks against the language. Measured: the share itself
        // costs Danish and Norwegian texts of 3-5 words a point, its fourth power nothing.
        ALL_WORDS_KNOWN * share(known, self.words).powi(4)
    }
}

/// A share of at most 1.
fn share(part: u32, whole: u32) -> f32 {
    let [part, whole] =
        [part.min(whole), whole.max(1)].map(|count| u16::try_from(count).unwrap_or(u16::MAX));
    f32::from(part) / f32::from(whole)
}

/// Log-odds by lane of a text whose letters say nothing; all zero without a default.
pub(super) fn prior(languages: &[Language], default: Option<Language>) -> [f32; LANES] {
    let mut prior = [0.0; LANES];
    let Some(default) = default else {
        return prior;
    };
    for &language in languages {
        let home = matches!(language, Language::FINNISH | Language::ENGLISH);
        prior[lane(language.code())] += if home { AT_HOME } else { CONFIGURED };
    }
    prior[lane(default.code())] += DEFAULT;
    prior
}

/// The lane that a hint speaks for, and by how much.
pub(super) fn hint(language: Language) -> (usize, f32) {
    (lane(language.code()), HINT)
}
