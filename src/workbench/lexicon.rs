//! What entries catch: words matched one by one, and the forms that an entry stands for.

use crate::config::LexiconPaths;
use crate::error::{Error, Place};
use crate::lexicons::vocabulary;
use crate::morphology::{Matcher, MatcherBuilder, Search, paradigm};
use crate::text::{Language, normalise};
use std::fmt::Write;
use std::path::Path;

/// A matcher of the entries of a file: a lexicon (TSV whose header begins with `entry`) or one lemma a line. Phrases
/// are passed over: a single word cannot match them.
///
/// # Errors
/// [`Error::Io`] when the file cannot be read, [`Error::Config`] for a language without a lexicon, [`Error::Lexicon`]
/// for malformed lists.
pub fn matcher_of(entries: &Path, language: &str, paths: &LexiconPaths) -> Result<Matcher, Error> {
    let language = known(language)?;
    let text = std::fs::read_to_string(entries).map_err(Error::io(entries, "read"))?;
    let vocabulary = vocabulary(paths, language)?;
    let mut builder = MatcherBuilder::new(language, &vocabulary);
    let mut normal = String::new();
    for entry in lemmas(&text) {
        normalise(entry, &mut normal);
        builder.entry(&normal);
    }
    Ok(builder.build(paths.typos))
}

fn known(language: &str) -> Result<Language, Error> {
    Language::from_code(language).ok_or_else(|| {
        let codes: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
        let message = format!(
            "there is no lexicon for `{language}`; the languages with one are {}",
            codes.join(", ")
        );
        Error::Config { place: Place::file("--language"), message }
    })
}

/// The one-word entries of a file.
fn lemmas(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text
        .trim_start_matches('\u{FEFF}')
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .peekable();
    lines.next_if(|line| line.starts_with("entry\t") || *line == "entry");
    lines
        .map(|line| line.split('\t').next().unwrap_or_default().trim())
        .filter(|entry| !entry.is_empty() && !entry.contains(char::is_whitespace))
}

/// Appends `word<TAB>entry<TAB>tier<TAB>analysis` lines for a word as it was read; nothing when no entry matches. The
/// analysis sets the entry's part of a compound apart by `+` and its ending by `|`.
///
/// `undotted` says that the text around the word is typed without ä and ö: then a word that is also a form of another known
/// word (`vaara`) may stand for one with dots (`väärä`).
pub fn match_word(
    matcher: &Matcher,
    word: &str,
    undotted: bool,
    search: &mut Search,
    out: &mut String,
) {
    let mut normal = String::new();
    normalise(word, &mut normal);
    matcher.find(&normal, search);
    for found in search.matches.iter().filter(|found| undotted || !found.ambiguous) {
        let (entry, tier) = (matcher.lemma(found.lemma), found.tier.number());
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{word}\t{entry}\t{tier}\t{}", matcher.analysis(found, search));
    }
}

/// The forms that an entry stands for, one a line, with the stem and ending of each: `hinnoissa<TAB>hinnoi|ssa`.
/// Possessives and clitics are left out; they follow every form.
///
/// # Errors
/// As [`matcher_of`].
pub fn forms_of(entry: &str, language: &str, paths: &LexiconPaths) -> Result<String, Error> {
    let language = known(language)?;
    let vocabulary = vocabulary(paths, language)?;
    let mut normal = String::new();
    normalise(entry, &mut normal);
    let mut out = String::new();
    for (stem, ending) in paradigm(language, &vocabulary, &normal) {
        let _ = writeln!(out, "{stem}{ending}\t{stem}|{ending}");
    }
    Ok(out)
}
