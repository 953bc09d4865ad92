//! An explanation for people: the text with marks under its words, then a bill for each clause, then the sum.

use super::explained::{ClauseExplained, ContributionExplained, Explanation, QuestionExplained};
use super::page::{Page, Style, Tone, factor, three, two};
use super::rules::{remark, sentence, worked};
use super::words::{cells, entry_lines, modifier_text};
use crate::enrich::{CLEAR, NEUTRAL, Rule};

/// Wordings shown of a signal's entry.
const SHOWN_WORDINGS: usize = 3;

impl Explanation {
    /// The explanation for people.
    pub fn to_text(&self, style: Style) -> String {
        let mut page = Page::new(style);
        self.head(&mut page);
        for (number, question) in self.questions.iter().enumerate() {
            if self.questions.len() > 1 || question.expects.is_some() {
                page.blank();
                page.heading(&question_heading(question));
                if self.questions.len() > 1 {
                    page.text(&question.text);
                    let read = format!("read in {}", language(question));
                    page.text(&read);
                }
            }
            if question.truncated {
                page.text("Only its beginning is read (input.max_text_chars).");
            }
            let clauses = self.clauses.iter().filter(|clause| clause.question == question.question);
            for clause in clauses {
                self.clause(&mut page, clause, number);
            }
        }
        self.total(&mut page);
        page.finish()
    }

    fn head(&self, page: &mut Page) {
        page.text(&self.text);
        page.blank();
        if let Some(row) = &self.row {
            let more = match row.rows_with_id {
                0 | 1 => String::new(),
                rows => format!("; the first of {rows} rows with this id"),
            };
            page.fact("row", &format!("{} ({}, row {}){more}", row.id, row.file, row.row));
            let score = match (row.score, row.band) {
                (Some(score), Some(band)) => format!("{score} ({band})"),
                (Some(score), None) => format!("{score}, which is not on the scale"),
                _ => "none given".to_owned(),
            };
            page.fact("score", &score);
        }
        let Some(code) = &self.language else {
            page.text("a blank text: nothing to read");
            return;
        };
        let named = self.row.as_ref().and_then(|row| row.named_language.as_deref());
        let named = named.map_or_else(String::new, |named| format!("; the data names {named}"));
        let unsure = if self.language_confidence == 0.0 {
            ": the text does not tell, this is the default"
        } else {
            ""
        };
        page.fact(
            "language",
            &format!("{code} (confidence {:.2}){unsure}{named}", self.language_confidence),
        );
        match (self.sentiment, self.label) {
            (Some(score), Some(label)) => {
                page.fact("sentiment", &format!("{} {label}: {}", three(score), self.reason()));
            }
            _ => page.fact("sentiment", "none: there is no lexicon for this language"),
        }
        if !self.themes.is_empty() {
            let themes = self.themes.iter();
            let themes: Vec<String> =
                themes.map(|row| format!("{} {}", row.theme, row.polarity)).collect();
            page.fact("themes", &themes.join(", "));
        }
        for (place, row) in self.signals.iter().enumerate() {
            let says = match (&row.entry, row.rule) {
                (Some(entry), _) => {
                    let first: Vec<&str> = entry.split('|').take(SHOWN_WORDINGS + 1).collect();
                    let more = if first.len() > SHOWN_WORDINGS { "|\u{2026}" } else { "" };
                    let shown = first.get(..SHOWN_WORDINGS).unwrap_or(&first).join("|");
                    format!("entry {shown}{more}")
                }
                (None, Some(rule)) => format!("rule {rule}"),
                (None, None) => String::new(),
            };
            let name = if place == 0 { "signals" } else { "" };
            page.fact(name, &format!("{} in \u{201c}{}\u{201d}: {says}", row.signal, row.evidence));
        }
    }

    /// Why the label is what it is.
    fn reason(&self) -> String {
        let Some(strength) = self.strength else { return String::new() };
        let (praise, complaint) = (strength.positive, strength.negative);
        let weaker = praise.min(complaint);
        let sides = format!("praise {praise:.2} against complaint {complaint:.2}, contrasts aside");
        match self.label {
            _ if self.contributions.is_empty() => "nothing is felt in it".to_owned(),
            Some("mixed") => format!("{sides}; the weaker is at least half of the stronger"),
            Some("neutral") if praise == 0.0 && complaint == 0.0 => {
                "what is mentioned is not judged".to_owned()
            }
            Some("neutral") => format!("too weak, between -{NEUTRAL} and +{NEUTRAL}"),
            _ if weaker >= CLEAR => {
                format!("{sides}; the weaker is less than half of the stronger")
            }
            _ if weaker > 0.0 => format!("{sides}; the weaker is less than {CLEAR}"),
            Some("positive") => "there is praise and no complaint".to_owned(),
            _ => "there is complaint and no praise".to_owned(),
        }
    }

    fn clause(&self, page: &mut Page, clause: &ClauseExplained, question: usize) {
        page.blank();
        let text_language = self.questions.get(question).map(|question| &question.language);
        let other = if text_language == Some(&clause.language) {
            String::new()
        } else {
            let sure = clause.language_confidence.unwrap_or_default();
            format!(", read in {} (confidence {sure:.2})", clause.language)
        };
        let silent =
            !self.contributions.iter().any(|row| of(row, clause) && row.polarity != "neutral");
        let adds = if silent { "nothing".to_owned() } else { three(clause.adds) };
        page.heading(&format!("clause {} adds {adds}{other}", clause.clause));
        page.cells(&cells(clause));
        for modifier in clause.modifiers.iter().filter(|modifier| modifier.kind != "addition") {
            page.note(&modifier_text(modifier));
        }
        for entry in &clause.entries {
            entry_lines(page, entry);
        }
        self.bill(page, clause);
    }

    /// From the entries of a clause to what it adds.
    fn bill(&self, page: &mut Page, clause: &ClauseExplained) {
        let felt = clause.entries.iter().filter(|entry| entry.contribution != 0.0).count();
        let rows: Vec<_> = self.contributions.iter().filter(|row| of(row, clause)).collect();
        for rule in clause.rules.iter().filter(|_| felt == 0 && !rows.is_empty()) {
            if let Some(remark) = remark(rule, clause.sum != 0.0) {
                let figure = if clause.sum == 0.0 { String::new() } else { two(clause.sum) };
                page.figure(&figure, Tone::of(clause.sum), &format!("{rule}: {remark}"));
            }
        }
        if felt > 1 {
            page.figure(&two(clause.sum), Tone::of(clause.sum), "sum");
        }
        if clause.sum != 0.0 {
            let scale =
                format!("{} on the scale from -1 to 1: x / sqrt(x * x + 4)", two(clause.sum));
            page.figure(&three(clause.squashed), Tone::of(clause.squashed), &scale);
        }
        let mut before = clause.squashed;
        for step in &clause.steps {
            let what = format!("{} {}", factor(before, step.value), worked(step, before));
            page.figure(&three(step.value), Tone::of(step.value), &what);
            before = step.value;
        }
        if clause.score == 0.0 && rows.iter().any(|row| row.valence != 0.0) {
            page.figure(
                "",
                Tone::Plain,
                "feelings about several themes cancel out; each keeps its own",
            );
        }
        for row in &rows {
            let what = format!("{}{}{}", self.share(clause, row), said(row), neighbour(row));
            page.figure(&three(row.valence), Tone::of(row.valence), &what);
        }
        if rows.is_empty() {
            let named = clause.entries.iter().any(|entry| entry.theme.is_some());
            let about = if named { " about what is named" } else { "" };
            page.figure(&three(0.0), Tone::Plain, &format!("nothing is felt here{about}"));
        }
    }

    /// What the score of a clause is divided by on its way to a contribution.
    fn share(&self, clause: &ClauseExplained, row: &ContributionExplained) -> String {
        if row.polarity == "neutral" {
            return String::new();
        }
        let clauses = self.clauses.iter().filter(|clause| clause.score != 0.0).count();
        let rows = self.contributions.iter().filter(|other| of(other, clause));
        let themes = rows.filter(|other| other.polarity != "neutral").count();
        let part = |count: usize, of: &str| match count {
            0 | 1 => String::new(),
            count => format!("/ {count} {of}"),
        };
        let parts = [part(clauses, "clauses with feeling"), part(themes, "themes, evenly")];
        let parts: Vec<&str> =
            parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { String::new() } else { format!("{}: ", parts.join(" ")) }
    }

    fn total(&self, page: &mut Page) {
        let Some(score) = self.sentiment.filter(|_| self.contributions.len() > 1) else { return };
        page.blank();
        page.heading("sum");
        for row in &self.contributions {
            let question = if self.questions.len() > 1 {
                format!("{}, ", row.question)
            } else {
                String::new()
            };
            let what = format!("{question}clause {}: {}", row.clause, said(row));
            page.figure(&three(row.valence), Tone::of(row.valence), &what);
        }
        let rounded = |value: f64| (value * 1000.0).round();
        let shown: f64 = self.contributions.iter().map(|row| rounded(row.valence)).sum();
        // Sums of whole numbers, which floats hold exactly.
        let exact = (shown - rounded(score)).abs() < 0.5;
        let note = if exact { "" } else { " (figures are rounded; in full: --format json)" };
        page.figure(&three(score), Tone::of(score), &format!("sentiment{note}"));
    }
}

/// Whether a contribution is that of a clause.
fn of(row: &ContributionExplained, clause: &ClauseExplained) -> bool {
    row.question == clause.question && row.clause == clause.clause
}

fn said(row: &ContributionExplained) -> String {
    // A clause shares its score among its themes, also with those that it feels otherwise about.
    let otherwise = match row.polarity {
        "positive" => row.valence < 0.0,
        "negative" => row.valence > 0.0,
        _ => false,
    };
    let by_itself = if otherwise { " by itself" } else { "" };
    match &row.theme {
        Some(theme) => format!("{theme} {}{by_itself}", row.polarity),
        None => format!("{}{by_itself}, no theme", row.polarity),
    }
}

fn neighbour(row: &ContributionExplained) -> String {
    let rule = Rule::Neighbour.name();
    if row.rules.iter().any(|name| name == rule) {
        format!("; {rule}: {}", sentence(rule, 0.0, 0.0))
    } else {
        String::new()
    }
}

fn question_heading(question: &QuestionExplained) -> String {
    let asks = match question.expects {
        Some("positive") => ", which asks what is good",
        Some(_) => ", which asks what could be better",
        None => "",
    };
    format!("question {}{asks}", question.question)
}

fn language(question: &QuestionExplained) -> String {
    format!("{} (confidence {:.2})", question.language, question.language_confidence)
}
