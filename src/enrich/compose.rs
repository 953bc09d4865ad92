//! Puts the row together: clauses become mentions, mentions add up to the sentiment.

use super::analysis::Analysis;
use super::clauses::Clause;
use super::meanings::Meanings;
use super::mentions;
use super::reading::{Label, Mention, Polarity, Reading, Sentiment};
use super::signals;
use crate::lexicons::{Lexicons, SignalId, ThemeId};
use crate::privacy::Redactor;
use crate::text::{TokenKind, beginning, normalise};
use std::ops::Range;
use std::slice;

/// A sentiment weaker than this is neutral.
pub const NEUTRAL: f64 = 0.05;
/// Praise and complaint are both clear when each is at least this strong ...
pub const CLEAR: f64 = 0.1;
/// ... and the weaker at least this part of the stronger.
const BALANCED: f64 = 0.5;
/// A feeling read in a language that is less sure than this is doubtful ...
const DOUBTED: f64 = 0.5;
/// ... and one that rests on nothing but words one letter off.
const SURE_TIER: u8 = 4;

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
    reading.token_count +=
        analysis.tokens.iter().filter(|token| token.kind != TokenKind::Emoji).count();
}

/// Appends the stems of one question.
pub(super) fn write_stems(
    text: &str,
    analysis: &Analysis,
    meanings: &Meanings,
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
        match meanings.stem(word, token.of(text)) {
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
    let share = share_of(analyses);
    let mut scored = false;
    for (question, (text, analysis)) in texts.iter().zip(analyses).enumerate() {
        let scorable =
            analysis.detection.language.is_some_and(|language| lexicons.of(language).is_some());
        let Some(text) = text.filter(|_| scorable) else {
            continue;
        };
        let (text, _) = beginning(text, max_text_chars);
        scored = true;
        let first = reading.mentions.len();
        mentions::add(lexicons, redactor, text, question, analysis, share, reading);
        let alone = slice::from_ref(analysis);
        let label = sentiment(alone, share_of(alone), &reading.mentions[first..]).label;
        let heard = signals::hear(lexicons, text, analysis, label, &reading.mentions[first..]);
        heard.write(redactor, text, question, analysis, reading);
    }
    if reading.has_text && scored {
        reading.sentiment = Some(sentiment(analyses, share, &reading.mentions));
    }
    reading.doubtful = is_doubtful(reading);
    summarise(reading);
}

/// Whether a feeling may be misread: what sounds like praise may be meant otherwise, what is read in the wrong language or
/// from misspelt words alone may mean nothing of the kind.
fn is_doubtful(reading: &Reading) -> bool {
    let mut felt = reading.mentions.iter().filter(|row| row.polarity != Polarity::Neutral);
    let guessed =
        reading.language_confidence < DOUBTED || felt.clone().all(|row| row.tier > SURE_TIER);
    felt.next().is_some() && (guessed || reading.said.has(SignalId::CLUE_SARCASM))
}

/// What a clause with feeling counts among all those of some texts.
fn share_of(analyses: &[Analysis]) -> f64 {
    let clauses = analyses.iter().flat_map(|analysis| &analysis.clauses);
    1.0 / clauses.filter(|clause| clause.score != 0.0).count().max(1) as f64
}

/// How strongly a response praises and complains, by the scores `of` its clauses.
fn strengths(analyses: &[Analysis], share: f64, of: fn(&Clause) -> f64) -> (f64, f64) {
    let scores = analyses.iter().flat_map(|analysis| &analysis.clauses).map(of);
    scores.fold((0.0, 0.0), |(positive, negative), score| {
        (positive + score.max(0.0) * share, negative + (-score).max(0.0) * share)
    })
}

/// How strongly a response praises and complains before its clauses are weighed against each other: what is said before
/// a contrast counts less, but it is said.
pub(super) fn plain_strengths(analyses: &[Analysis]) -> (f64, f64) {
    strengths(analyses, share_of(analyses), |clause| clause.plain)
}

fn sentiment(analyses: &[Analysis], share: f64, mentions: &[Mention]) -> Sentiment {
    let (positive, negative) = strengths(analyses, share, |clause| clause.score);
    // In row order, so that a reader of `mentions` gets the same number to the last bit.
    // From +0: an empty float sum would be -0.
    let score = mentions.iter().fold(0.0, |sum, row| sum + row.valence);
    let plain = strengths(analyses, share, |clause| clause.plain);
    let (weaker, stronger) = if plain.0 < plain.1 { plain } else { (plain.1, plain.0) };
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
