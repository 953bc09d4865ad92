//! Takes a reading apart: what `enrich` knows of it, by the names that people know.

use super::entries::Entries;
use super::explained::{
    ClauseExplained, ContributionExplained, Explanation, ModifierExplained, QuestionExplained,
    ScopeExplained, SignalExplained, StepExplained, Strength, ThemeExplained, TokenExplained,
};
use crate::config::{Expects, TextColumn};
use crate::enrich::{
    Analysis, Because, Enricher, Language, ModifierHit, Reading, Rule, Scratch, Step,
};
use crate::text::CharCounter;
use std::ops::Range;

/// What a text is called that answers no configured question.
const UNNAMED: &str = "text";

/// Explains one text, as the answer to the first question.
pub fn explain(enricher: &Enricher, text: &str) -> Explanation {
    explain_answers(enricher, &[], &[Some(text)], None)
}

/// Explains a response: a text or none for each of the `questions` that the enricher was made for. `named` is the language
/// that the data names for it.
pub fn explain_answers(
    enricher: &Enricher,
    questions: &[TextColumn],
    texts: &[Option<&str>],
    named: Option<Language>,
) -> Explanation {
    let mut scratch = Scratch::default();
    let reading = enricher.read_named(texts, named, &mut scratch).clone();
    let name = |question: usize| {
        questions.get(question).map_or(UNNAMED, |question| question.column.as_str())
    };
    let code = |language: Option<Language>| language.map_or("und", Language::code).to_owned();
    let mut explained = Explanation {
        row: None,
        text: reading.text_redacted.clone(),
        language: reading.has_text.then(|| code(reading.language)),
        language_confidence: reading.language_confidence,
        sentiment: reading.sentiment.map(|sentiment| sentiment.score),
        label: reading.sentiment.map(|sentiment| sentiment.label.name()),
        strength: reading.sentiment.map(|_| {
            let (positive, negative) =
                Analysis::plain_strengths(&scratch.analyses()[..texts.len()]);
            Strength { positive, negative }
        }),
        questions: Vec::new(),
        clauses: Vec::new(),
        contributions: Vec::new(),
        themes: Vec::new(),
        signals: Vec::new(),
    };
    // Blank texts have no line among the redacted ones.
    for (number, text) in texts.iter().enumerate() {
        let Some(text) = text.filter(|text| !crate::text::is_blank(text)) else { continue };
        let analysis = &scratch.analyses()[number];
        let part = enricher.read_part(text);
        explained.questions.push(QuestionExplained {
            question: name(number).to_owned(),
            expects: questions.get(number).and_then(|question| question.expects).map(expectation),
            text: enricher.redacted(part, 0..part.len(), analysis),
            language: code(analysis.detection.language),
            language_confidence: analysis.detection.confidence,
            truncated: part.len() < text.len(),
            redactions: analysis.findings.len(),
        });
        let stems = scratch.stems(number, part);
        let anatomy = Anatomy { enricher, text: part, analysis, stems: &stems };
        explained.clauses.extend(anatomy.clauses(name(number)));
    }
    add_contributions(enricher, &reading, name, &mut explained);
    add_signals(enricher, &reading, name, &mut explained);
    explained
}

fn expectation(expects: Expects) -> &'static str {
    match expects {
        Expects::Positive => "positive",
        Expects::Negative => "negative",
    }
}

fn add_contributions<'n>(
    enricher: &Enricher,
    reading: &Reading,
    name: impl Fn(usize) -> &'n str,
    explained: &mut Explanation,
) {
    let taxonomy = &enricher.lexicons().taxonomy;
    let list = |range: &Range<usize>| {
        let names = reading.detail(range).split("; ").filter(|name| !name.is_empty());
        names.map(str::to_owned).collect::<Vec<String>>()
    };
    for row in &reading.mentions {
        let question = name(row.question);
        explained.contributions.push(ContributionExplained {
            question: question.to_owned(),
            clause: row.clause,
            theme: row.theme.map(|theme| taxonomy.name(theme).to_owned()),
            polarity: row.polarity.name(),
            weight: row.weight,
            valence: row.valence,
            entries: list(&row.entries),
            rules: list(&row.rule),
        });
        let concerned = explained
            .clauses
            .iter_mut()
            .find(|clause| clause.question == question && clause.clause == row.clause);
        if let Some(clause) = concerned {
            clause.adds += row.valence;
        }
    }
    let themes = reading.themes.iter();
    explained.themes.extend(themes.map(|(theme, polarity)| ThemeExplained {
        theme: taxonomy.name(*theme).to_owned(),
        polarity: polarity.name(),
    }));
}

fn add_signals<'n>(
    enricher: &Enricher,
    reading: &Reading,
    name: impl Fn(usize) -> &'n str,
    explained: &mut Explanation,
) {
    let lexicons = enricher.lexicons();
    explained.signals.extend(reading.signals.iter().map(|row| {
        let (entry, rule) = match row.because {
            Because::Entry(lexicon, id) => {
                let lexicon = lexicons.languages.get(lexicon);
                (lexicon.map(|lexicon| lexicon.entry(id).text.to_string()), None)
            }
            Because::Rule(rule) => (None, Some(rule)),
        };
        SignalExplained {
            question: name(row.question).to_owned(),
            signal: lexicons.signals.name(row.signal).to_owned(),
            evidence: reading.detail(&row.evidence).to_owned(),
            start: row.start,
            end: row.end,
            entry,
            rule,
        }
    }));
}

/// One text and all that was seen in it.
pub(super) struct Anatomy<'a> {
    pub(super) enricher: &'a Enricher,
    /// The part that was read.
    pub(super) text: &'a str,
    pub(super) analysis: &'a Analysis,
    /// By token.
    pub(super) stems: &'a [&'a str],
}

impl Anatomy<'_> {
    fn clauses(&self, question: &str) -> Vec<ClauseExplained> {
        let entries = Entries::of(self);
        let tokens = self.tokens();
        let clauses = self.analysis.clauses.iter().enumerate();
        clauses.map(|(number, _)| self.clause(question, number, &tokens, &entries)).collect()
    }

    fn clause(
        &self,
        question: &str,
        number: usize,
        tokens: &[TokenExplained],
        entries: &Entries,
    ) -> ClauseExplained {
        let clause = &self.analysis.clauses[number];
        let language = self.enricher.lexicons().languages[clause.lexicon].language();
        let by_letters = self.enricher.language_of(self.text, self.analysis, clause);
        let modifiers = self.analysis.modifiers.iter().enumerate();
        let own = modifiers.filter(|(_, hit)| clause.tokens.contains(&hit.tokens.start));
        let course = self.analysis.course(clause);
        ClauseExplained {
            question: question.to_owned(),
            clause: number,
            text: self.shown(&clause.tokens),
            start: clause.chars.start,
            end: clause.chars.end,
            language: language.code().to_owned(),
            language_confidence: by_letters
                .filter(|(found, _)| *found == language)
                .map(|(_, sure)| sure),
            tokens: tokens[clause.tokens.clone()].to_vec(),
            modifiers: own
                .map(|(at, hit)| self.modifier(at, hit, clause.tokens.start, entries))
                .collect(),
            entries: entries.explained(self, clause),
            sum: course.sum,
            squashed: course.squashed,
            steps: course.steps.iter().map(|step| self.step(step)).collect(),
            score: clause.score,
            adds: 0.0,
            rules: clause.rules.iter().map(Rule::name).collect(),
        }
    }

    fn modifier(
        &self,
        position: usize,
        hit: &ModifierHit,
        first: usize,
        entries: &Entries,
    ) -> ModifierExplained {
        let scope = self.analysis.scope(position);
        let mut chars = CharCounter::new(self.text);
        let token = |at: usize| self.analysis.tokens[at];
        let words = (!scope.is_empty()).then(|| (token(scope.start), token(scope.end - 1)));
        ModifierExplained {
            word: self.modifier_word(position),
            kind: hit.kind.name(),
            factor: hit.factor,
            first: hit.tokens.start - first,
            length: hit.tokens.len(),
            part_of_entry: hit.used_up || self.runs_into_entry(hit),
            opens_clause: hit.kind.opens_clause() && hit.tokens.start == first,
            scope: words.map(|(from, to)| ScopeExplained {
                from: from.of(self.text).to_owned(),
                to: to.of(self.text).to_owned(),
                start: chars.at(from.start),
                end: chars.at(to.end),
            }),
            acts_on: entries.touched_by(position).map(|at| self.matched(at)).collect(),
        }
    }

    /// Whether an entry begins within a modifier and goes on behind it: "a bit slow" by `a bit` and `bit slow`.
    fn runs_into_entry(&self, hit: &ModifierHit) -> bool {
        let (start, end) = (hit.tokens.start, hit.tokens.end);
        let entries = &self.analysis.entries;
        let next = entries.get(entries.partition_point(|entry| entry.tokens.start <= start));
        next.is_some_and(|entry| entry.tokens.start < end && entry.tokens.end > end)
    }

    /// A rule at work.
    pub(super) fn step(&self, step: &Step) -> StepExplained {
        StepExplained {
            rule: step.rule.name(),
            value: step.value,
            by: step.by.iter().map(|at| self.modifier_word(*at)).collect(),
        }
    }

    fn modifier_word(&self, position: usize) -> String {
        self.shown(&self.analysis.modifiers[position].tokens).to_lowercase()
    }

    /// What matched an entry, as written.
    pub(super) fn matched(&self, entry: usize) -> String {
        self.shown(&self.analysis.entries[entry].tokens)
    }

    /// Some tokens and what lies between them, which may be personal data: nothing is cut out of the text as it came.
    fn shown(&self, tokens: &Range<usize>) -> String {
        let tokens = &self.analysis.tokens[tokens.clone()];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return String::new();
        };
        self.enricher.redacted(self.text, first.start..last.end, self.analysis)
    }

    fn tokens(&self) -> Vec<TokenExplained> {
        let tokens = &self.analysis.tokens;
        let mut chars = CharCounter::new(self.text);
        let mut explained: Vec<TokenExplained> = Vec::with_capacity(tokens.len());
        let mut before = String::new();
        let mut end = 0;
        for (position, token) in tokens.iter().enumerate() {
            let gap = self.enricher.redacted(self.text, end..token.start, self.analysis);
            let (closing, opening) = match explained.last_mut() {
                Some(last) => {
                    let (closing, opening) = closing_and_opening(&gap);
                    last.written.push_str(&squeezed(closing));
                    (closing, opening)
                }
                None => ("", gap.as_str()),
            };
            debug_assert_eq!(closing.len() + opening.len(), gap.len());
            before.clear();
            before.push_str(&squeezed(opening));
            end = token.end;
            let (start, stop) = (chars.at(token.start), chars.at(token.end));
            explained.push(TokenExplained {
                token: token.of(self.text).to_owned(),
                written: format!("{before}{}", token.of(self.text)),
                stem: self.stems.get(position).copied().unwrap_or_default().to_owned(),
                start,
                end: stop,
            });
        }
        if let Some(last) = explained.last_mut() {
            let gap = self.enricher.redacted(self.text, end..self.text.len(), self.analysis);
            last.written.push_str(&squeezed(gap.trim_end()));
        }
        explained
    }
}

/// What of the marks between two words belongs to the first, and what to the second: quotes and bullets.
fn closing_and_opening(gap: &str) -> (&str, &str) {
    let line = gap.rfind('\n').map(|at| at + 1);
    let blank =
        || gap.char_indices().rfind(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    gap.split_at(line.or_else(blank).unwrap_or(gap.len()))
}

/// With single spaces within, none behind, and one before where there was any.
fn squeezed(gap: &str) -> String {
    let words: Vec<&str> = gap.split_whitespace().collect();
    let leading = gap.starts_with(char::is_whitespace) && !words.is_empty();
    format!("{}{}", if leading { " " } else { "" }, words.join(" "))
}
