//! Puts the row together: clauses become mentions, mentions add up to the sentiment.

use super::analysis::{Analysis, Clause};
use super::reading::{Label, Mention, Polarity, Reading, Sentiment};
use super::scoring::Rules;
use super::words::WordMemory;
use crate::lexicons::{LanguageLexicon, Lexicons, ThemeId};
use crate::privacy::Redactor;
use crate::text::{CharCounter, TokenKind, beginning, normalise};
use std::ops::Range;

/// A sentiment weaker than this is neutral.
const NEUTRAL: f64 = 0.05;
/// Praise and complaint are both clear when each is at least this strong ...
const CLEAR: f64 = 0.1;
/// ... and the weaker at least this part of the stronger.
const BALANCED: f64 = 0.4;

/// Appends the redacted text of one question.
pub(super) fn write_text(
    redactor: Option<&Redactor>,
    text: &str,
    analysis: &Analysis,
    reading: &mut Reading,
) {
    let out = &mut reading.text_redacted;
    if reading.has_text {
        out.push('\n');
    }
    redact(redactor, text, 0..text.len(), analysis, out);
    reading.redactions += analysis.findings.len();
    reading.token_count += analysis.tokens.len();
}

/// Appends the stems of one question.
pub(super) fn write_stems(
    text: &str,
    analysis: &Analysis,
    memory: &WordMemory,
    reading: &mut Reading,
) {
    let out = &mut reading.stems;
    if reading.has_text {
        out.push('\n');
    }
    let line = out.len();
    for (token, &word) in analysis.tokens.iter().zip(&analysis.words) {
        if token.kind != TokenKind::Word {
            continue;
        }
        if out.len() > line {
            out.push(' ');
        }
        match memory.stem(word, token.of(text)) {
            Some(stem) => out.push_str(stem),
            None => {
                let mut word = String::new();
                normalise(token.of(text), &mut word);
                out.push_str(&word);
            }
        }
    }
}

pub(super) fn redact(
    redactor: Option<&Redactor>,
    text: &str,
    range: Range<usize>,
    analysis: &Analysis,
    out: &mut String,
) {
    match redactor {
        Some(redactor) if !analysis.findings.is_empty() => {
            redactor.write_redacted(text, range, &analysis.findings, out);
        }
        _ => out.push_str(text.get(range).unwrap_or_default()),
    }
}

/// Turns the analyses of all questions into mentions, themes and the sentiment.
pub(super) fn compose(
    lexicons: &Lexicons,
    redactor: Option<&Redactor>,
    texts: &[Option<&str>],
    max_text_chars: usize,
    analyses: &[Analysis],
    reading: &mut Reading,
) {
    let felt = analyses
        .iter()
        .flat_map(|analysis| &analysis.clauses)
        .filter(|clause| clause.score != 0.0)
        .count();
    let share = if felt == 0 { 0.0 } else { 1.0 / felt as f64 };
    let mut scored = false;
    for (question, (text, analysis)) in texts.iter().zip(analyses).enumerate() {
        let scorable =
            analysis.detection.language.is_some_and(|language| lexicons.of(language).is_some());
        let Some(text) = text.filter(|_| scorable) else {
            continue;
        };
        let (text, _) = beginning(text, max_text_chars);
        scored = true;
        let mut chars = CharCounter::new(text);
        for (number, clause) in analysis.clauses.iter().enumerate() {
            let first = reading.mentions.len();
            add_rows(&lexicons.languages[clause.lexicon], analysis, clause, reading);
            if reading.mentions.len() == first {
                continue;
            }
            let bytes = analysis.tokens[clause.tokens.start].start
                ..analysis.tokens[clause.tokens.end - 1].end;
            let (start, end) = (chars.at(bytes.start), chars.at(bytes.end));
            let evidence = detail(reading, |out| redact(redactor, text, bytes, analysis, out));
            let rows = &mut reading.mentions[first..];
            let polar = rows.iter().filter(|row| row.polarity != Polarity::Neutral).count();
            for row in rows {
                (row.question, row.clause, row.start, row.end, row.evidence) =
                    (question, number, start, end, evidence.clone());
                if row.polarity != Polarity::Neutral {
                    row.weight = clause.score.abs();
                    row.valence = clause.score * share / polar as f64;
                }
            }
        }
    }
    if reading.has_text && scored {
        reading.sentiment = Some(sentiment(analyses, share, &reading.mentions));
    }
    summarise(reading);
}

/// One row a theme of the clause; one without theme where there is only feeling.
fn add_rows(
    lexicon: &LanguageLexicon,
    analysis: &Analysis,
    clause: &Clause,
    reading: &mut Reading,
) {
    let first = reading.mentions.len();
    for position in clause.entries.clone() {
        let Some(theme) = lexicon.entry(analysis.entries[position].id).theme else {
            continue;
        };
        if reading.mentions[first..].iter().all(|row| row.theme != Some(theme)) {
            add_row(lexicon, analysis, clause, Some(theme), reading);
        }
    }
    if reading.mentions.len() == first && clause.score != 0.0 {
        add_row(lexicon, analysis, clause, None, reading);
    }
}

fn add_row(
    lexicon: &LanguageLexicon,
    analysis: &Analysis,
    clause: &Clause,
    theme: Option<ThemeId>,
    reading: &mut Reading,
) {
    let (mut own, mut rules, mut tier) = (0.0, clause.rules, 0);
    let concerns = |position: &usize| {
        let entry = lexicon.entry(analysis.entries[*position].id);
        analysis.contributions[*position].value != 0.0 || (theme.is_some() && entry.theme == theme)
    };
    for position in clause.entries.clone().filter(concerns) {
        let entry = lexicon.entry(analysis.entries[position].id);
        let contribution = analysis.contributions[position];
        rules = Rules::union(rules, contribution.rules);
        tier = tier.max(analysis.entries[position].tier);
        if entry.opinion && theme.is_some() && entry.theme == theme {
            own += contribution.value;
        }
    }
    // A theme with an opinion word of its own follows that; any other follows its clause.
    let polarity = if clause.score == 0.0 || own == 0.0 {
        Polarity::of(clause.score)
    } else {
        Polarity::of(own)
    };
    let entries = detail(reading, |out| {
        let names = clause
            .entries
            .clone()
            .filter(concerns)
            .map(|position| &*lexicon.entry(analysis.entries[position].id).text);
        join(names, out);
    });
    let rule = detail(reading, |out| join(rules.names(), out));
    reading.mentions.push(Mention {
        question: 0,
        clause: 0,
        theme,
        polarity,
        weight: 0.0,
        valence: 0.0,
        start: 0,
        end: 0,
        evidence: 0..0,
        entries,
        rule,
        tier,
    });
}

fn detail(reading: &mut Reading, write: impl FnOnce(&mut String)) -> Range<usize> {
    let start = reading.details.len();
    write(&mut reading.details);
    start..reading.details.len()
}

fn join<'n>(names: impl Iterator<Item = &'n str>, out: &mut String) {
    for (index, name) in names.enumerate() {
        if index > 0 {
            out.push_str("; ");
        }
        out.push_str(name);
    }
}

fn sentiment(analyses: &[Analysis], share: f64, mentions: &[Mention]) -> Sentiment {
    let (mut positive, mut negative) = (0.0, 0.0);
    for clause in analyses.iter().flat_map(|analysis| &analysis.clauses) {
        if clause.score > 0.0 {
            positive += clause.score * share;
        } else {
            negative -= clause.score * share;
        }
    }
    // In row order, so that a reader of `mentions` gets the same number to the last bit.
    // From +0: an empty float sum would be -0.
    let score = mentions.iter().fold(0.0, |sum, row| sum + row.valence);
    let (weaker, stronger) =
        if positive < negative { (positive, negative) } else { (negative, positive) };
    let label = match () {
        () if weaker >= CLEAR && weaker >= BALANCED * stronger => Label::Mixed,
        () if score >= NEUTRAL => Label::Positive,
        () if score <= -NEUTRAL => Label::Negative,
        () => Label::Neutral,
    };
    Sentiment { score, positive, negative, label }
}

/// The distinct themes of the row and the one that matters most.
fn summarise(reading: &mut Reading) {
    let Reading { mentions, themes, .. } = reading;
    let mut main: Option<(ThemeId, f64)> = None;
    for row in &*mentions {
        let Some(theme) = row.theme else { continue };
        if !themes.contains(&(theme, row.polarity)) {
            if themes.iter().all(|(known, _)| *known != theme) {
                reading.theme_count += 1;
                let weight = mentions
                    .iter()
                    .filter(|other| other.theme == Some(theme))
                    .map(|other| other.weight)
                    .sum();
                if main.is_none_or(|(_, heaviest)| weight > heaviest) {
                    main = Some((theme, weight));
                }
            }
            themes.push((theme, row.polarity));
        }
    }
    reading.theme_main = main.map(|(theme, _)| theme);
}
