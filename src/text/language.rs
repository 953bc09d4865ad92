//! The name of a language.

use std::fmt;

/// A language by its ISO 639-1 code. Bokmål and Nynorsk are both `no`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

/// Every language that kymppi can name, in order.
const CODES: [&str; 75] = [
    "af", "ak", "am", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "eo",
    "es", "et", "fa", "fi", "fr", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "jv",
    "ka", "kk", "km", "kn", "ko", "la", "lt", "lv", "mk", "ml", "mr", "ms", "my", "ne", "nl", "no",
    "or", "pa", "pl", "pt", "ro", "ru", "si", "sk", "sl", "sn", "so", "sq", "sr", "sv", "ta", "te",
    "th", "tk", "tl", "tr", "uk", "ur", "uz", "vi", "yi", "zh", "zu",
];

/// Other codes of some of them.
const ALIASES: [(&str, &str); 3] = [("nb", "no"), ("nn", "no"), ("fil", "tl")];

/// What data sets call the languages that are met most, beside their codes.
const NAMES: [(&str, &[&str]); 8] = [
    ("fi", &["fin", "finnish", "suomi", "finska", "suomeksi"]),
    ("en", &["eng", "english", "englanti", "engelska"]),
    ("sv", &["swe", "se", "swedish", "ruotsi", "svenska"]),
    ("et", &["est", "ee", "estonian", "viro", "eesti", "estniska"]),
    ("no", &["nor", "nob", "nno", "norwegian", "norja", "norsk", "norska"]),
    ("da", &["dan", "dk", "danish", "tanska", "dansk", "danska"]),
    ("de", &["deu", "ger", "german", "saksa", "deutsch", "tyska"]),
    ("ru", &["rus", "russian", "venäjä", "русский", "ryska"]),
];

impl Language {
    /// Finnish.
    pub const FINNISH: Language = Language("fi");
    /// English.
    pub const ENGLISH: Language = Language("en");
    /// Swedish.
    pub const SWEDISH: Language = Language("sv");
    /// The languages that kymppi can score: those with a lexicon.
    pub const ALL: [Language; 3] = [Language::FINNISH, Language::ENGLISH, Language::SWEDISH];

    /// The language of a code, when kymppi can name it.
    pub fn from_code(code: &str) -> Option<Language> {
        let alias = ALIASES.iter().find(|(alias, _)| *alias == code);
        let code = alias.map_or(code, |(_, code)| code);
        // All have two letters: compared as such, without a call for each step of the search.
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        let at = CODES.binary_search_by(|code| code.as_bytes().cmp(&letters)).ok()?;
        CODES.get(at).map(|code| Language(code))
    }

    /// The language that a cell of a data set names: `fi`, `FI`, `fi-FI`, `fin`, `Finnish`, `suomi`; nothing for what
    /// is no name.
    pub fn from_name(name: &str) -> Option<Language> {
        // Most are codes, which are no names of another language.
        if let Some(language) = Language::from_code(name) {
            return Some(language);
        }
        let name = name.trim().to_lowercase();
        let known = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
        known
            .and_then(|(code, _)| Language::from_code(code))
            .or_else(|| Language::from_code(name.split(['-', '_']).next().unwrap_or_default()))
    }

    /// The language of a code, when kymppi can score it.
    pub fn scored(code: &str) -> Option<Language> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found() {
        assert!(CODES.is_sorted());
        for code in CODES {
            assert_eq!(Language::from_code(code).map(Language::code), Some(code));
        }
        for (alias, code) in ALIASES {
            assert_eq!(Language::from_code(alias).map(Language::code), Some(code));
        }
        assert_eq!(Language::from_code("xx"), None);
        assert_eq!(Language::from_code("FI"), None);
    }

    #[test]
    fn names_of_data_sets_are_understood() {
        for name in ["fi", "FI", "fi-FI", "fi_FI.UTF-8", "fin", "Finnish", " suomi "] {
            assert_eq!(Language::from_name(name), Some(Language::FINNISH), "{name}");
        }
        assert_eq!(Language::from_name("ee").map(Language::code), Some("et"));
        for (code, names) in NAMES {
            assert!(names.iter().all(|name| Language::from_code(name).is_none()), "{code}");
        }
        assert_eq!(Language::from_name("n/a"), None);
        assert_eq!(Language::from_name(""), None);
    }

    #[test]
    fn only_languages_with_a_lexicon_are_scored() {
        assert_eq!(Language::scored("fi"), Some(Language::FINNISH));
        assert_eq!(Language::scored("et"), None);
    }
}
