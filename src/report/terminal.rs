//! The summary on the terminal: why a 10, why a 6, what changed, what kept the nines and sevens from a 10.

use crate::config::Band;
use crate::drivers::findings::{ContrastRow, Findings, Scores, Series, TrendRow, Verdict};
use crate::drivers::kpi::Unit;
use crate::drivers::sentences::{Tongue, count, decimal, percent, signed};
use crate::drivers::{Label, Polarity, Scope, Status};
use crate::lexicons::Taxonomy;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Drivers listed in each direction.
const LISTED: usize = 6;
/// Of these so many with a sentence of a customer.
const QUOTED: usize = 3;
/// Characters of a sentence.
const SENTENCE: usize = 88;
/// How much more of the low than of the high scores may go unread, or the other way round, before that is said.
const UNEVEN: f64 = 0.1;
/// Themes that moved, and themes that kept scores from the top.
const NAMED: usize = 4;
/// A false discovery rate below which something is said.
const FOUND: f64 = 0.05;
/// Width of a theme's label.
const LABEL: usize = 30;

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
pub fn summary(findings: &Findings, taxonomy: &Taxonomy, facts: &Facts) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = Page { findings, taxonomy }.write(&mut out, facts);
    out
}

struct Page<'p> {
    findings: &'p Findings,
    taxonomy: &'p Taxonomy,
}

impl Page<'_> {
    fn write(&self, out: &mut String, facts: &Facts) -> std::fmt::Result {
        self.input(out, facts)?;
        match &self.findings.scores {
            None => writeln!(out, "\nNo score column: themes and sentiment only.")?,
            Some(scores) => self.scored(out, scores)?,
        }
        for note in &facts.notes {
            writeln!(out, "\nNote: {note}")?;
        }
        writeln!(
            out,
            "\nTables: {}/{{responses,mentions,signals}}, {0}/*.parquet and *.csv   Record: {0}/run.json",
            facts.output
        )
    }

    fn input(&self, out: &mut String, facts: &Facts) -> std::fmt::Result {
        let tally = &self.findings.tally;
        let rate = whole(tally.rows as f64 / facts.seconds.max(1e-9));
        writeln!(
            out,
            "{} responses from {} in {:.1} s ({} rows/s); {} with text, {} mentions, {} signals",
            count(tally.rows),
            plural(facts.files, "file"),
            facts.seconds,
            count(rate),
            count(tally.with_text),
            count(tally.mentions),
            count(tally.signals),
        )?;
        let mut languages: Vec<(&str, u64)> =
            tally.languages.iter().map(|(code, count)| (*code, *count)).collect();
        languages.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code));
        shares(out, "Languages", languages.into_iter())?;
        shares(out, "Sentiment", Label::ALL.into_iter().map(Label::name).zip(tally.labels))
    }

    fn scored(&self, out: &mut String, scores: &Scores) -> std::fmt::Result {
        let tally = &self.findings.tally;
        shares(out, "Scores", Band::ALL.into_iter().map(Band::name).zip(tally.bands))?;
        let (missing, invalid) = (tally.score_missing, tally.score_invalid);
        if missing + invalid > 0 {
            writeln!(
                out,
                "{:<10} {} missing, {} outside the scale or unreadable",
                "",
                count(missing),
                count(invalid)
            )?;
        }
        if self.findings.slices.overall.suppressed {
            return self.warnings(out);
        }
        self.figures(out)?;
        let mut shown = BTreeSet::new();
        for (position, pair) in scores.pairs.iter().enumerate() {
            let (a, b) = (pair.names.0.as_str(), pair.names.1.as_str());
            self.why(out, position, (a, b), true, &mut shown)?;
            self.why(out, position, (a, b), false, &mut shown)?;
        }
        self.last_step(out, scores)?;
        self.moved(out)?;
        self.declared(out)?;
        self.warnings(out)
    }

    /// What should make one careful.
    fn warnings(&self, out: &mut String) -> std::fmt::Result {
        let slices = &self.findings.slices;
        if slices.overall.suppressed {
            writeln!(out, "\nToo few customers: figures are not shown below k_anon")?;
        } else if slices.overall.low_base() {
            writeln!(out, "\nFewer than 30 scores: read every figure with its interval")?;
        }
        if slices.repeated {
            writeln!(
                out,
                "\nCustomers answered more than once; intervals and tests of drivers allow for that"
            )?;
        }
        let unread = |band: &str| {
            let rows = self.findings.coverage.iter().filter(|row| row.band == Some(band));
            let (neither, all) = rows
                .fold((0, 0), |sum, row| (sum.0 + row.covered.neither, sum.1 + row.covered.texts));
            (all > 0).then(|| neither as f64 / all as f64)
        };
        if let Some((high, low)) = unread("high").zip(unread("low"))
            && (high - low).abs() > UNEVEN
        {
            writeln!(
                out,
                "\nNothing is understood in {} of the texts of high scores and {} of low ones: contrasts lean",
                percent(Tongue::English, high),
                percent(Tongue::English, low)
            )?;
        }
        Ok(())
    }

    /// NPS and mean with their intervals.
    fn figures(&self, out: &mut String) -> std::fmt::Result {
        let overall = self.findings.kpis.iter().filter(|row| row.scope == Scope::Overall);
        writeln!(out)?;
        for row in overall.filter(|row| matches!(row.kpi.unit, Unit::Points | Unit::Score)) {
            let kpi = &row.kpi;
            let Some(point) = kpi.point else { continue };
            let number = |value: f64| match kpi.unit {
                Unit::Points => signed(Tongue::English, value, 1),
                _ => decimal(Tongue::English, value, 2),
            };
            let name = if kpi.name == "nps" { "NPS" } else { kpi.name };
            let interval = kpi.interval.map_or_else(String::new, |(low, high)| {
                format!("   95 % interval {} to {}", number(low), number(high))
            });
            writeln!(
                out,
                "{name:<10} {:>6}{interval}   {} scores",
                number(point),
                count(kpi.base)
            )?;
        }
        Ok(())
    }

    /// What one group says more often than the other, with what it goes with when all other themes are held equal.
    fn why(
        &self,
        out: &mut String,
        pair: usize,
        (a, b): (&str, &str),
        first: bool,
        shown: &mut BTreeSet<String>,
    ) -> std::fmt::Result {
        let wanted = |row: &&ContrastRow| {
            let figures = row.contrast.figures;
            row.scope == Scope::Overall
                && row.pair == pair
                && row.contrast.status == Status::Ok
                && figures.is_some_and(|f| f.effect_lb > 0.0 && (f.difference > 0.0) == first)
        };
        let mut rows: Vec<&ContrastRow> = self.findings.contrasts.iter().filter(wanted).collect();
        rows.sort_by_key(|row| row.contrast.rank);
        let who = if first { a } else { b };
        if rows.is_empty() {
            return writeln!(out, "\nWhy {who}: nothing is said more often beyond chance");
        }
        writeln!(
            out,
            "\n{:<width$} {a:>7} {b:>7}   {:<31} other themes held equal",
            format!("Why {who}"),
            "difference, 95 % interval",
            width = LABEL + 4
        )?;
        for (place, row) in rows.into_iter().take(LISTED).enumerate() {
            self.line(out, row)?;
            if place < QUOTED {
                self.quote(out, row.contrast.feature, who, shown)?;
            }
        }
        Ok(())
    }

    /// The best sentence of a group on a theme that has not been shown yet.
    fn quote(
        &self,
        out: &mut String,
        feature: usize,
        band: &str,
        shown: &mut BTreeSet<String>,
    ) -> std::fmt::Result {
        let quotes = self.findings.quotes.iter();
        let own = quotes.filter(|quote| quote.feature == feature && quote.band == band);
        let mut fresh = own.filter(|row| !shown.contains(&row.quote.response_id));
        let Some(row) = fresh.next() else { return Ok(()) };
        shown.insert(row.quote.response_id.clone());
        writeln!(out, "      \u{201c}{}\u{201d}", shortened(&row.quote.text))
    }

    fn line(&self, out: &mut String, row: &ContrastRow) -> std::fmt::Result {
        let contrast = &row.contrast;
        let Some(figures) = contrast.figures else { return Ok(()) };
        let rate =
            |rate: Option<f64>| rate.map_or_else(String::new, |r| percent(Tongue::English, r));
        let range = format!(
            "{} points ({} to {})",
            signed(Tongue::English, 100.0 * figures.difference, 1),
            signed(Tongue::English, 100.0 * figures.interval.0, 1),
            signed(Tongue::English, 100.0 * figures.interval.1, 1)
        );
        let guard = match row.verdict {
            Some(Verdict::Reversal) => ", the opposite within segments",
            Some(Verdict::Confounded) => ", less within segments",
            _ => "",
        };
        writeln!(
            out,
            "  {} {:<LABEL$} {:>7} {:>7}   {range:<31} {}{guard}",
            sign(contrast.feature),
            self.label(contrast.feature / 2),
            rate(contrast.a.rate()),
            rate(contrast.b.rate()),
            self.held_equal(contrast.feature)
        )
    }

    /// The driver beside a contrast.
    fn held_equal(&self, feature: usize) -> String {
        let table = self.findings.fits.drivers.first();
        let driver =
            table.and_then(|table| table.drivers.rows.iter().find(|d| d.feature == feature));
        let Some(effect) = driver.and_then(|driver| driver.score.as_ref()) else {
            return "too few to tell".into();
        };
        let size = signed(Tongue::English, effect.effect, 2);
        match effect.q {
            Some(q) if q < FOUND => format!("score {size}"),
            _ => format!("score {size}, not beyond chance"),
        }
    }

    fn last_step(&self, out: &mut String, scores: &Scores) -> std::fmt::Result {
        for (band, who) in [("high", "high scores"), ("middle", "middle scores")] {
            let rows = self.findings.limiting.iter().filter(|row| row.band == band);
            let rows: Vec<_> = rows.take(NAMED).collect();
            let Some(first) = rows.first() else { continue };
            let named: Vec<String> = rows
                .iter()
                .map(|row| format!("{} {}", self.label(row.theme), count(row.named.count)))
                .collect();
            writeln!(
                out,
                "\nWhat kept {who} from a {}, in {} that say so: {}",
                scores.score(scores.top()),
                plural(usize::try_from(first.named.base).unwrap_or(usize::MAX), "response"),
                named.join(", ")
            )?;
        }
        Ok(())
    }

    /// The themes whose last two periods differ beyond chance.
    fn moved(&self, out: &mut String) -> std::fmt::Result {
        let trends = &self.findings.movements.trends;
        let mut moved: Vec<(f64, usize, &TrendRow, &TrendRow)> = Vec::new();
        let shown = |row: &&TrendRow| !row.suppressed && !row.low_base && row.interval.is_some();
        for pair in trends.iter().filter(shown).collect::<Vec<_>>().windows(2) {
            let [before, after] = pair else { continue };
            let (Series::Feature(feature), true) = (after.series, before.series == after.series)
            else {
                continue;
            };
            let last = trends.iter().rfind(|row| row.series == after.series);
            let apart = before
                .interval
                .zip(after.interval)
                .is_some_and(|(one, other)| one.1 < other.0 || other.1 < one.0);
            if apart && last.is_some_and(|last| last.period == after.period) {
                let change = after.point.unwrap_or_default() - before.point.unwrap_or_default();
                moved.push((change, feature, before, after));
            }
        }
        moved.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(&b.1)));
        let Some((_, _, before, after)) = moved.first() else { return Ok(()) };
        writeln!(out, "\nWhat changed from {} to {}", before.period, after.period)?;
        for (_, feature, before, after) in moved.iter().take(NAMED) {
            let rate = |row: &TrendRow| percent(Tongue::English, row.point.unwrap_or_default());
            writeln!(
                out,
                "  {} {:<LABEL$} {} -> {}",
                sign(*feature),
                self.label(feature / 2),
                rate(before),
                rate(after)
            )?;
        }
        Ok(())
    }

    fn declared(&self, out: &mut String) -> std::fmt::Result {
        let declared = &self.findings.declared;
        let changes = self.findings.changes.iter().filter(|row| row.metric == "mean");
        for (position, row) in changes.enumerate() {
            if position == 0 {
                writeln!(out, "\nDeclared changes")?;
            }
            let Some(change) = declared.changes.get(row.declared) else { continue };
            let verdict =
                row.change.as_ref().map_or("too_few_answers", |c| c.verdict.name(row.controlled));
            writeln!(out, "  {} ({}): {}", change.id, change.date, verdict.replace('_', " "))?;
        }
        for (position, row) in self.findings.targets.iter().enumerate() {
            if position == 0 {
                writeln!(out, "\nTargets")?;
            }
            let Some(target) = declared.targets.get(row.declared) else { continue };
            writeln!(out, "  {}: {}", target.id, row.verdict.name().replace('_', " "))?;
        }
        Ok(())
    }

    fn label(&self, theme: usize) -> &str {
        self.taxonomy.themes().get(theme).map_or("", |theme| theme.label_en.as_str())
    }
}

/// A sentence on one line.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= SENTENCE {
        return line;
    }
    let mut cut: String = line.chars().take(SENTENCE - 1).collect();
    if let Some((whole, _)) = cut.rsplit_once(' ') {
        cut = whole.to_owned();
    }
    cut.push('\u{2026}');
    cut
}

fn sign(feature: usize) -> &'static str {
    if feature.is_multiple_of(2) { Polarity::Positive.sign() } else { Polarity::Negative.sign() }
}

/// One line of names with their shares.
fn shares<'n>(
    out: &mut String,
    title: &str,
    parts: impl Iterator<Item = (&'n str, u64)>,
) -> std::fmt::Result {
    let parts: Vec<(&str, u64)> = parts.collect();
    let total: u64 = parts.iter().map(|(_, count)| count).sum();
    let share = |count: u64| count as f64 / total.max(1) as f64;
    let written: Vec<String> = parts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{name} {}", percent(Tongue::English, share(*count))))
        .collect();
    writeln!(out, "{title:<10} {}", written.join("   "))
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
