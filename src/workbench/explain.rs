//! Why one text got its score: every stage of its reading, down to what each entry adds.

use crate::enrich::{Analysis, Enricher, Polarity, Reading, Scratch};
use crate::text::CharCounter;
use serde::Serialize;
use std::fmt::Write;

/// A text taken apart. Offsets count Unicode scalar values of the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The text without personal data.
    pub text: String,
    /// ISO 639-1 code; `und` for undetermined, null for a blank text.
    pub language: Option<String>,
    /// 0 to 1.
    pub language_confidence: f64,
    /// -1 to 1; null without text or lexicon.
    pub sentiment: Option<f64>,
    /// positive, negative, neutral or mixed.
    pub label: Option<&'static str>,
    /// The clauses, from left to right.
    pub clauses: Vec<ClauseExplained>,
}

/// A clause and what it adds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClauseExplained {
    /// The clause without personal data.
    pub text: String,
    /// Its score, -1 to 1.
    pub score: f64,
    /// What it adds to the sentiment: its score over the number of clauses with feeling.
    pub adds: f64,
    /// Rules that weighed the clause as a whole.
    pub rules: Vec<&'static str>,
    /// Its words.
    pub tokens: Vec<TokenExplained>,
    /// Its modifiers.
    pub modifiers: Vec<ModifierExplained>,
    /// The entries that matched.
    pub entries: Vec<EntryExplained>,
    /// Its themes with their polarity.
    pub themes: Vec<(String, &'static str)>,
}

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenExplained {
    /// As written.
    pub token: String,
    /// Its stem.
    pub stem: String,
    /// First character.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A modifier that stands in the clause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModifierExplained {
    /// The list's entry.
    pub entry: String,
    /// negator, intensifier ...
    pub kind: &'static str,
}

/// A lexicon entry that matched.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryExplained {
    /// The list's entry.
    pub entry: String,
    /// What matched it, as written but for personal data.
    pub matched: String,
    /// 1 the entry's own form ... 5 the same stem.
    pub tier: u8,
    /// The valence in the list.
    pub valence: f64,
    /// The valence here, after the rules.
    pub contribution: f64,
    /// The rules that changed it.
    pub rules: Vec<&'static str>,
    /// Its theme.
    pub theme: Option<String>,
}

/// Explains one text.
pub fn explain(enricher: &Enricher, text: &str) -> Explanation {
    let mut scratch = Scratch::default();
    enricher.read(&[Some(text)], &mut scratch);
    let (reading, stems) = (scratch.reading(), scratch.stems(0, text));
    let analysis = &scratch.analyses()[0];
    let felt = analysis.clauses.iter().filter(|clause| clause.score != 0.0).count().max(1);
    let clauses = (0..analysis.clauses.len())
        .map(|number| clause(enricher, text, analysis, reading, &stems, number, felt))
        .collect();
    Explanation {
        text: reading.text_redacted.clone(),
        language: reading
            .has_text
            .then(|| reading.language.map_or("und", |language| language.code()).to_owned()),
        language_confidence: reading.language_confidence,
        sentiment: reading.sentiment.map(|sentiment| sentiment.score),
        label: reading.sentiment.map(|sentiment| sentiment.label.name()),
        clauses,
    }
}

fn clause(
    enricher: &Enricher,
    text: &str,
    analysis: &Analysis,
    reading: &Reading,
    stems: &[&str],
    number: usize,
    felt: usize,
) -> ClauseExplained {
    let taxonomy = &enricher.lexicons().taxonomy;
    let clause = &analysis.clauses[number];
    let lexicon = &enricher.lexicons().languages[clause.lexicon];
    // What lies between two tokens may be personal data: nothing is cut out of the text as it came.
    let shown = |tokens: &std::ops::Range<usize>| {
        let bytes = analysis.tokens[tokens.start].start..analysis.tokens[tokens.end - 1].end;
        enricher.redacted(text, bytes, analysis)
    };
    let mut chars = CharCounter::new(text);
    let tokens = clause.tokens.clone().map(|position| {
        let token = &analysis.tokens[position];
        let (start, end) = (chars.at(token.start), chars.at(token.end));
        TokenExplained {
            token: token.of(text).to_owned(),
            stem: stems[position].to_owned(),
            start,
            end,
        }
    });
    let tokens: Vec<TokenExplained> = tokens.collect();
    let within = |range: &std::ops::Range<usize>| clause.tokens.contains(&range.start);
    let modifiers = analysis.modifiers.iter().filter(|hit| within(&hit.tokens));
    let modifiers = modifiers
        .map(|hit| ModifierExplained {
            entry: lexicon.modifier(hit.id).text.to_string(),
            kind: hit.kind.name(),
        })
        .collect();
    let entries = clause.entries.clone().map(|position| {
        let (hit, contribution) = (&analysis.entries[position], &analysis.contributions[position]);
        let entry = lexicon.entry(hit.id);
        EntryExplained {
            entry: entry.text.to_string(),
            matched: shown(&hit.tokens),
            tier: hit.tier,
            valence: entry.valence,
            contribution: contribution.value,
            rules: contribution.rules.names().collect(),
            theme: entry.theme.map(|theme| taxonomy.name(theme).to_owned()),
        }
    });
    let rows = reading.mentions.iter().filter(|row| row.clause == number);
    let themes = rows
        .clone()
        .filter_map(|row| {
            Some((taxonomy.name(row.theme?).to_owned(), Polarity::name(row.polarity)))
        })
        .collect();
    ClauseExplained {
        text: shown(&clause.tokens),
        score: clause.score,
        adds: clause.score / felt as f64,
        rules: clause.rules.names().collect(),
        entries: entries.collect(),
        tokens,
        modifiers,
        themes,
    }
}

impl Explanation {
    /// The explanation for a terminal.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{}\n", self.text)?;
        match (&self.language, self.sentiment, self.label) {
            (None, ..) => writeln!(out, "a blank text: nothing to read")?,
            (Some(language), Some(sentiment), Some(label)) => {
                writeln!(
                    out,
                    "language   {language} (confidence {:.2})",
                    self.language_confidence
                )?;
                writeln!(out, "sentiment  {sentiment:+.3} {label}")?;
            }
            (Some(language), ..) => writeln!(out, "language   {language}: no lexicon, not scored")?,
        }
        for (number, clause) in self.clauses.iter().enumerate() {
            writeln!(
                out,
                "\nclause {number}   {:+.3} of {:+.3}   {}",
                clause.adds, clause.score, clause.text
            )?;
            let width = clause
                .tokens
                .iter()
                .map(|token| token.token.chars().count().max(token.stem.chars().count()));
            let widths: Vec<usize> = width.collect();
            let row = |cells: Vec<&str>| {
                let cells =
                    cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
                cells.collect::<Vec<_>>().join(" ").trim_end().to_owned()
            };
            writeln!(
                out,
                "  tokens   {}",
                row(clause.tokens.iter().map(|token| token.token.as_str()).collect())
            )?;
            writeln!(
                out,
                "  stems    {}",
                row(clause.tokens.iter().map(|token| token.stem.as_str()).collect())
            )?;
            for modifier in &clause.modifiers {
                writeln!(out, "  {:<12} {}", modifier.kind, modifier.entry)?;
            }
            for entry in &clause.entries {
                let theme = entry
                    .theme
                    .as_ref()
                    .map_or_else(String::new, |theme| format!("   theme {theme}"));
                let rules = if entry.rules.is_empty() {
                    String::new()
                } else {
                    format!("   {}", entry.rules.join(", "))
                };
                writeln!(
                    out,
                    "  {:+.2} from {:+.2}  `{}` by \"{}\" (tier {}){rules}{theme}",
                    entry.contribution, entry.valence, entry.entry, entry.matched, entry.tier
                )?;
            }
            if !clause.rules.is_empty() {
                writeln!(out, "  clause rules: {}", clause.rules.join(", "))?;
            }
            for (theme, polarity) in &clause.themes {
                writeln!(out, "  => {theme} {polarity}")?;
            }
        }
        Ok(())
    }
}
