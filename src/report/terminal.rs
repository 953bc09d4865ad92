//! The summary on the terminal.

use crate::config::{Band, Config};
use crate::drivers::{Contrast, Findings, Label, Polarity};
use crate::lexicons::Taxonomy;
use std::fmt::Write;

/// Themes listed for each side of the contrast.
const LISTED: usize = 6;
/// Characters of a full bar.
const BAR: usize = 24;

/// What the summary says beside the findings.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Input files.
    pub files: usize,
    /// Seconds that the run took.
    pub seconds: f64,
    /// The folder that was published.
    pub output: String,
    /// Lines of warning or note, shown at the end.
    pub notes: Vec<String>,
}

/// The summary as text, lines of at most some 100 columns.
pub fn summary(findings: &Findings, taxonomy: &Taxonomy, config: &Config, facts: &Facts) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_summary(&mut out, findings, taxonomy, config, facts);
    out
}

fn write_summary(
    out: &mut String,
    findings: &Findings,
    taxonomy: &Taxonomy,
    config: &Config,
    facts: &Facts,
) -> std::fmt::Result {
    let tally = &findings.tally;
    let rows_per_second = tally.rows as f64 / facts.seconds.max(1e-9);
    writeln!(
        out,
        "{} responses from {} in {:.1} s ({} rows/s); {} with text, {} mentions",
        thousands(tally.rows),
        plural(facts.files, "file"),
        facts.seconds,
        thousands(whole(rows_per_second)),
        thousands(tally.with_text),
        thousands(tally.mentions)
    )?;
    let mut languages: Vec<(&str, u64)> =
        tally.languages.iter().map(|(code, count)| (*code, *count)).collect();
    languages.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
    section(out, "Languages", languages.into_iter(), tally.with_text)?;
    let labels = Label::ALL.into_iter().map(Label::name).zip(tally.labels);
    section(out, "Sentiment", labels, tally.labels.iter().sum())?;
    if findings.scored {
        let bands = Band::ALL.into_iter().map(|band| (band.name(), tally.bands[band as usize]));
        let scored = tally.bands.iter().sum();
        section(out, "Scores", bands, scored)?;
        let (missing, invalid) = (tally.score_missing, tally.score_invalid);
        if missing + invalid > 0 {
            writeln!(
                out,
                "  {:<10} {} missing, {} outside the scale or unreadable",
                "",
                thousands(missing),
                thousands(invalid)
            )?;
        }
        let names = band_names(config);
        contrast(
            out,
            taxonomy,
            &format!("Said more by those who gave {}", names.0),
            &names,
            findings,
            |c| c.effect() > 0.0,
        )?;
        contrast(
            out,
            taxonomy,
            &format!("Said more by those who gave {}", names.1),
            &names,
            findings,
            |c| c.effect() < 0.0,
        )?;
    }
    for note in &facts.notes {
        writeln!(out, "\nNote: {note}")?;
    }
    writeln!(
        out,
        "\nTables: {}/{{responses,mentions,signals}}   Record: {}/run.json",
        facts.output, facts.output
    )
}

fn section<'n>(
    out: &mut String,
    title: &str,
    parts: impl Iterator<Item = (&'n str, u64)>,
    total: u64,
) -> std::fmt::Result {
    writeln!(out, "\n{title}")?;
    for (name, count) in parts {
        let share = if total == 0 { 0.0 } else { count as f64 / total as f64 };
        writeln!(
            out,
            "  {name:<10} {:>9} {:>6}  {}",
            thousands(count),
            percent(share),
            bar(share)
        )?;
    }
    Ok(())
}

fn contrast(
    out: &mut String,
    taxonomy: &Taxonomy,
    title: &str,
    names: &(String, String),
    findings: &Findings,
    wanted: impl Fn(&Contrast) -> bool,
) -> std::fmt::Result {
    let chosen: Vec<&Contrast> =
        findings.contrasts.iter().filter(|contrast| wanted(contrast)).take(LISTED).collect();
    if chosen.is_empty() {
        return writeln!(out, "\n{title}: nothing beyond chance");
    }
    writeln!(out, "\n{title:<44} {:>7} {:>7}   difference, 95 % interval", names.0, names.1)?;
    for contrast in chosen {
        let sign = if contrast.polarity == Polarity::Positive { '+' } else { '-' };
        let label = taxonomy
            .iter()
            .find(|(id, _)| *id == contrast.theme)
            .map_or("", |(_, theme)| theme.label_en.as_str());
        let share = |(count, total): (u64, u64)| percent(count as f64 / total.max(1) as f64);
        writeln!(
            out,
            "  {sign} {label:<40} {:>7} {:>7}   {:>+6.1} points ({:+.1} to {:+.1})",
            share(contrast.high),
            share(contrast.low),
            100.0 * contrast.difference,
            100.0 * contrast.interval.0,
            100.0 * contrast.interval.1
        )?;
    }
    Ok(())
}

/// The bands as a reader of scores names them: `9-10`, `0-6`.
fn band_names(config: &Config) -> (String, String) {
    let name = |(first, last): (f64, f64)| {
        let (first, last) = (first.to_string(), last.to_string());
        if first == last { first } else { format!("{first}-{last}") }
    };
    config
        .bands()
        .map_or_else(|| ("high".into(), "low".into()), |bands| (name(bands.high), name(bands.low)))
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn bar(share: f64) -> String {
    "\u{2588}".repeat(usize::try_from(whole(share * BAR as f64)).unwrap_or_default())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "shown numbers: the cast saturates"
)]
fn whole(number: f64) -> u64 {
    number.round() as u64
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Digits in groups of three, with a space that does not break.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}
