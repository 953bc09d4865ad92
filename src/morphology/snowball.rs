//! Snowball stems (Porter's algorithms by `rust-stemmers`), the lingua franca of other tools.

use crate::text::Language;
use rust_stemmers::Algorithm;

/// Longer tokens are no words: they are left as they are.
const LONGEST_WORD: usize = 64;

/// Cuts the endings of words of one language.
pub struct Stemmer(Option<rust_stemmers::Stemmer>);

impl Stemmer {
    /// The stemmer of a language; one that leaves words as they are where Snowball has none.
    pub fn new(language: Option<Language>) -> Stemmer {
        let algorithm = match language {
            Some(Language::FINNISH) => Some(Algorithm::Finnish),
            Some(Language::ENGLISH) => Some(Algorithm::English),
            Some(Language::SWEDISH) => Some(Algorithm::Swedish),
            _ => None,
        };
        Stemmer(algorithm.map(rust_stemmers::Stemmer::create))
    }

    /// Appends the stem of a normalised (lower-case) word to `out`.
    pub fn stem(&self, word: &str, out: &mut String) {
        match &self.0 {
            Some(stemmer) if word.len() <= LONGEST_WORD => out.push_str(&stemmer.stem(word)),
            _ => out.push_str(word),
        }
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_some() { "Stemmer(snowball)" } else { "Stemmer(none)" })
    }
}
