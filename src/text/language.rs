//! The name of a language.

use std::fmt;

/// A language by its ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

impl Language {
    /// Finnish.
    pub const FINNISH: Language = Language("fi");
    /// English.
    pub const ENGLISH: Language = Language("en");
    /// Swedish.
    pub const SWEDISH: Language = Language("sv");
    /// The languages that kymppi can score.
    pub const ALL: [Language; 3] = [Language::FINNISH, Language::ENGLISH, Language::SWEDISH];

    /// The language of a code, when kymppi knows it.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.0 == code)
    }

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
