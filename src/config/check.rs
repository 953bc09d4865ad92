//! Refuses what no type can refuse: missing keys and combinations that make no sense.

use super::{Config, score_group};
use std::collections::BTreeMap;

/// Customers that are told apart for each of up to 100,000 words.
const MOST_K_ANON: usize = 100;

/// The dotted key that is wrong, and what to do about it.
pub(super) type Complaint = (&'static str, String);

pub(super) fn check(config: &Config) -> Result<(), Complaint> {
    if config.input.path.is_empty() {
        return Err((
            "input.path",
            "missing; write path = \"folder or file\" under [input]".into(),
        ));
    }
    if config.output.path.as_os_str().is_empty() {
        return Err(("output.path", "missing; write path = \"out/name\" under [output]".into()));
    }
    if config.input.max_text_chars == 0 {
        return Err((
            "input.max_text_chars",
            "0 would leave nothing to read; write at least 1".into(),
        ));
    }
    columns(config)?;
    config.score.bands().map_err(|message| ("score", message))?;
    languages(config)?;
    drivers(config)?;
    prefix(config)
}

fn columns(config: &Config) -> Result<(), Complaint> {
    let columns = &config.input.columns;
    if columns.text.is_empty() {
        return Err((
            "input.columns.text",
            "missing; name at least one column, e.g. text = [\"comment\"]".into(),
        ));
    }
    let singles = [
        ("id", &columns.id),
        ("score", &columns.score),
        ("customer", &columns.customer),
        ("time", &columns.time),
        ("language", &columns.language),
    ];
    let parts = columns
        .text
        .iter()
        .map(|question| ("text", question.column.as_str()))
        .chain(singles.iter().filter_map(|(part, name)| Some((*part, name.as_deref()?))));
    let mut used: BTreeMap<&str, &str> = BTreeMap::new();
    for (part, name) in parts {
        if name.is_empty() {
            return Err((
                "input.columns",
                format!("{part} names no column; write its name or remove the key"),
            ));
        }
        if let Some(other) = used.insert(name, part) {
            return Err((
                "input.columns",
                format!(
                    "column `{name}` is named for both {other} and {part}; a column plays one part"
                ),
            ));
        }
    }
    let mut segments = columns.segments.clone();
    segments.sort();
    if let Some(pair) = segments.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(("input.columns.segments", format!("`{}` is listed twice", pair[0])));
    }
    if let Some(text) = columns.text.iter().find(|text| columns.segments.contains(&text.column)) {
        return Err((
            "input.columns.segments",
            format!("`{}` is an open question and cannot split the results", text.column),
        ));
    }
    Ok(())
}

fn languages(config: &Config) -> Result<(), Complaint> {
    let languages = &config.language;
    if languages.score.is_empty() {
        return Err(("language.score", "empty; write e.g. score = [\"fi\", \"en\"]".into()));
    }
    let code = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase());
    for (index, language) in languages.score.iter().enumerate() {
        if !code(language) {
            return Err((
                "language.score",
                format!(
                    "`{language}` is no ISO 639-1 code; write two small letters such as \"fi\""
                ),
            ));
        }
        if languages.score[..index].contains(language) {
            return Err(("language.score", format!("`{language}` is listed twice")));
        }
    }
    if languages.default != "none" && !languages.score.contains(&languages.default) {
        let known = languages.score.join(", ");
        return Err((
            "language.default",
            format!(
                "`{}` is not among the scored languages; write one of {known} or none",
                languages.default
            ),
        ));
    }
    Ok(())
}

fn drivers(config: &Config) -> Result<(), Complaint> {
    if jiff::tz::TimeZone::get(&config.time.zone).is_err() {
        return Err((
            "time.zone",
            format!(
                "`{}` is no time zone; write an IANA name such as \"Europe/Helsinki\"",
                config.time.zone
            ),
        ));
    }
    if config.drivers.k_anon == 0 {
        return Err(("drivers.k_anon", "0 would hide nothing; write at least 1".into()));
    }
    if config.drivers.k_anon > MOST_K_ANON {
        return Err((
            "drivers.k_anon",
            format!("more than {MOST_K_ANON} customers are not told apart; write at most that"),
        ));
    }
    if config.journey.days == 0 {
        return Err(("journey.days", "0 days hold no answers; write at least 1".into()));
    }
    let Ok(bands) = config.score.bands() else {
        return Ok(());
    };
    for pair in &config.drivers.contrasts {
        for group in pair {
            let within = score_group(group)
                .is_some_and(|(first, last)| bands.range.0 <= first && last <= bands.range.1);
            if !within {
                return Err((
                    "drivers.contrasts",
                    format!(
                        "`{group}` is no group of scores within {}-{}; write e.g. \"10\" or \"9-10\"",
                        bands.range.0, bands.range.1
                    ),
                ));
            }
        }
        if pair[0] == pair[1] {
            return Err((
                "drivers.contrasts",
                format!("`{}` is held against itself; name two groups", pair[0]),
            ));
        }
    }
    Ok(())
}

fn prefix(config: &Config) -> Result<(), Complaint> {
    let prefix = &config.output.prefix;
    let fine = prefix.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if fine {
        Ok(())
    } else {
        Err(("output.prefix", format!("`{prefix}` holds more than letters, digits and _")))
    }
}
