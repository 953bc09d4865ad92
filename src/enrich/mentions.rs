//! The rows of `mentions` that one text gives: for each clause the themes that it feels something about.

use super::analysis::Analysis;
use super::attribution::REACH;
use super::clauses::Clause;
use super::compose::redact;
use super::reading::{Mention, Polarity, Reading};
use super::scoring::{Contribution, Rule, Rules, Standing, clause_score};
use crate::lexicons::{EntryId, Lexicons, ThemeId};
use crate::privacy::Redactor;
use std::ops::Range;

/// Appends the mentions of the text that answers `question`. `share` is what a clause with feeling counts in the response.
pub(super) fn add(
    lexicons: &Lexicons,
    redactor: Option<&Redactor>,
    text: &str,
    question: usize,
    analysis: &Analysis,
    share: f64,
    reading: &mut Reading,
) {
    let rows = Rows { lexicons, analysis };
    for (number, clause) in analysis.clauses.iter().enumerate() {
        let first = reading.mentions.len();
        let span = rows.add_clause(number, reading);
        if reading.mentions.len() == first {
            continue;
        }
        let (from, to) = (&analysis.clauses[span.start], &analysis.clauses[span.end - 1]);
        let bytes =
            analysis.tokens[from.tokens.start].start..analysis.tokens[to.tokens.end - 1].end;
        let evidence = detail(reading, |out| redact(redactor, text, bytes, analysis, out));
        let rows = &mut reading.mentions[first..];
        for row in &mut *rows {
            (row.question, row.clause, row.evidence) = (question, number, evidence.clone());
            (row.start, row.end) = (from.chars.start, to.chars.end);
        }
        weigh(rows, clause.score, share);
    }
}

/// Gives the rows of a clause their weight and their part of its score, evenly; each holds what it feels in `valence`.
/// Where feelings about several themes cancel out ("hyvä palvelu kova hinta") each row keeps its own sign, and the parts
/// sum to nothing.
fn weigh(rows: &mut [Mention], score: f64, share: f64) {
    let silent = rows.iter().all(|row| row.polarity == Polarity::Neutral);
    if let Some(row) = rows.first_mut().filter(|_| silent && score != 0.0) {
        row.polarity = Polarity::of(score);
    }
    let polar = rows.iter().filter(|row| row.polarity != Polarity::Neutral).count() as f64;
    let strongest = rows.iter().fold(0.0, |most: f64, row| most.max(row.valence.abs()));
    let scale = clause_score(strongest, Standing::default()).value / strongest;
    for row in rows {
        (row.weight, row.valence) = match row.polarity {
            Polarity::Neutral => (0.0, 0.0),
            _ if score != 0.0 => (score.abs(), score * share / polar),
            _ => (row.valence.abs() * scale, row.valence * scale * share / polar),
        };
    }
}

struct Rows<'a> {
    lexicons: &'a Lexicons,
    analysis: &'a Analysis,
}

impl Rows<'_> {
    /// One row a theme that the clause feels something about, or wishes or asks for; one without theme where it only feels.
    /// Returns the clauses that say so: its own, and the neighbour that names what it is about.
    fn add_clause(&self, number: usize, reading: &mut Reading) -> Range<usize> {
        let clause = &self.analysis.clauses[number];
        let own = number..number + 1;
        let first = reading.mentions.len();
        let mut felt = clause.answer != 0.0;
        for position in clause.entries.clone() {
            felt |= self.feels(position);
            let Some(theme) = self.theme(clause, position) else { continue };
            if is_new(theme, &reading.mentions[first..])
                && (clause.answer != 0.0 || self.is_felt(position))
            {
                self.add_row(clause, Some(theme), None, reading);
            }
        }
        if reading.mentions.len() > first {
            return own;
        }
        if felt {
            let named = self.neighbour(number).filter(|_| clause.answer == 0.0);
            let Some((neighbour, topic)) = named else {
                self.add_row(clause, None, None, reading);
                return own;
            };
            self.add_row(
                clause,
                self.theme(&self.analysis.clauses[neighbour], topic),
                Some((neighbour, topic)),
                reading,
            );
            return number.min(neighbour)..number.max(neighbour) + 1;
        }
        if clause.rules.has(Rule::Wish) || clause.rules.has(Rule::Question) {
            for position in clause.entries.clone() {
                if let Some(theme) = self.theme(clause, position)
                    && is_new(theme, &reading.mentions[first..])
                {
                    self.add_row(clause, Some(theme), None, reading);
                }
            }
        }
        own
    }

    /// The clause beside one that feels and names nothing ("Varaukset tulevat kotiin. Erinomaista!") that names something
    /// and feels nothing, and the entry that names it: the last of the clause before, else the first of the clause behind.
    fn neighbour(&self, number: usize) -> Option<(usize, usize)> {
        let silent = |at: usize| {
            let clause = self.analysis.clauses.get(at)?;
            clause.entries.clone().all(|position| !self.feels(position)).then_some(clause)
        };
        let before = number.checked_sub(1).and_then(|before| {
            let clause = silent(before)?;
            let topic = clause.entries.clone().rfind(|at| self.theme(clause, *at).is_some())?;
            Some((before, topic))
        });
        before.or_else(|| {
            let clause = silent(number + 1)?;
            let topic = clause.entries.clone().find(|at| self.theme(clause, *at).is_some())?;
            Some((number + 1, topic))
        })
    }

    fn add_row(
        &self,
        clause: &Clause,
        theme: Option<ThemeId>,
        named: Option<(usize, usize)>,
        reading: &mut Reading,
    ) {
        let (mut own, mut rules, mut tier) = (clause.answer, clause.rules, 0);
        let all = theme.is_none() || named.is_some();
        let of_theme = |position: usize| theme.is_some() && self.theme(clause, position) == theme;
        let concerns = |entry: &usize| {
            // What it is about: one of a few coordinated topics.
            let topics = || {
                let first = self.analysis.contributions[*entry].about?;
                Some(first..clause.entries.end.min(first + REACH))
            };
            of_theme(*entry)
                || self.feels(*entry)
                    && (all
                        || topics().is_some_and(|mut topics| {
                            topics.any(|place| of_theme(place) && self.feels_about(*entry, place))
                        }))
        };
        for position in clause.entries.clone().filter(concerns) {
            let contribution = self.analysis.contributions[position];
            rules = Rules::union(rules, contribution.rules);
            tier = tier.max(self.analysis.entries[position].tier);
            own += contribution.value;
        }
        if named.is_some() {
            rules.add(Rule::Neighbour);
        }
        let polarity = Polarity::of(own);
        let entries = detail(reading, |out| {
            let topic = named.map(|(at, topic)| (&self.analysis.clauses[at], topic));
            let own = clause.entries.clone().filter(concerns).map(|position| (clause, position));
            let names = topic.into_iter().chain(own).map(|(clause, position)| {
                let lexicon = &self.lexicons.languages[clause.lexicon];
                &*lexicon.entry(self.entry(position)).text
            });
            join(names, out);
        });
        let rule = detail(reading, |out| join(rules.names(), out));
        reading.mentions.push(Mention {
            question: 0,
            clause: 0,
            theme,
            polarity,
            weight: 0.0,
            valence: own,
            start: 0,
            end: 0,
            evidence: 0..0,
            entries,
            rule,
            // What only the question or a denial says rests on no entry, but on the words as they are written.
            tier: tier.max(1),
        });
    }

    fn entry(&self, position: usize) -> EntryId {
        self.analysis.entries[position].id
    }

    fn theme(&self, clause: &Clause, position: usize) -> Option<ThemeId> {
        self.lexicons.languages[clause.lexicon].entry(self.entry(position)).theme
    }

    fn feels(&self, position: usize) -> bool {
        self.analysis.contributions[position].value != 0.0
    }

    /// Whether anything is felt about what an entry names.
    fn is_felt(&self, position: usize) -> bool {
        let about = self.analysis.contributions[position].about;
        about.is_some_and(|about| self.analysis.contributions[about].felt)
    }

    /// Whether an entry feels something about the theme of the entry at `position`.
    fn feels_about(&self, entry: usize, position: usize) -> bool {
        let Contribution { value, about, .. } = self.analysis.contributions[entry];
        value != 0.0 && about.is_some() && about == self.analysis.contributions[position].about
    }
}

fn is_new(theme: ThemeId, rows: &[Mention]) -> bool {
    rows.iter().all(|row| row.theme != Some(theme))
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
