//! How a score came about, for those who ask: the same rules once more with somebody watching, and from which word to
//! which each modifier reaches.

use super::analysis::Analysis;
use super::clauses::{Clause, within};
use super::compose::plain_strengths;
use super::forms::FRONTED_REACH;
use super::matching::EntryHit;
use super::scoring::{self, DEGREE_REACH, MENDED, NEGATOR_REACH, Rule, Standing};
use super::{Enricher, Language};
use crate::language::Scores;
use crate::lexicons::ModifierKind;
use crate::text::{TokenKind, beginning};
use std::ops::Range;

/// A rule at work.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Which.
    pub rule: Rule,
    /// What the entry (on the valence scale) or the clause (-1 to 1) is worth after it.
    pub value: f64,
    /// The positions of the modifiers that call for it.
    pub by: Vec<usize>,
}

/// From the entries of a clause to its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// What its entries sum to, or what it answers, on the valence scale.
    pub sum: f64,
    /// The sum on the scale from -1 to 1.
    pub squashed: f64,
    /// What weighs it against its neighbours; the last value is the clause's score.
    pub steps: Vec<Step>,
}

impl Enricher {
    /// The part of a text that is read.
    pub fn read_part<'t>(&self, text: &'t str) -> &'t str {
        beginning(text, self.max_text_chars).0
    }

    /// The language that the stretch of a clause is in by its letters, and how sure that is; nothing where they speak for
    /// none that is configured.
    pub fn language_of(
        &self,
        text: &str,
        analysis: &Analysis,
        clause: &Clause,
    ) -> Option<(Language, f64)> {
        let tokens = &analysis.tokens[analysis.stretch(clause.tokens.start)];
        let (first, last) = (tokens.first()?, tokens.last()?);
        self.detector.another(&Scores::of(text.get(first.start..last.end)?), None)
    }

    /// What happens to the valence of the entry at `position`, which stands in `clause`, on the way to its contribution.
    /// `text` is the part that was read.
    pub fn steps(
        &self,
        text: &str,
        analysis: &Analysis,
        clause: &Clause,
        position: usize,
    ) -> Vec<Step> {
        let lexicon = &self.lexicons.languages[clause.lexicon];
        let stretch = analysis.stretch(clause.tokens.start);
        let modifiers = within(&analysis.modifiers, 0, &stretch);
        let end = analysis.entries.partition_point(|hit| hit.tokens.start < stretch.end);
        let mut steps: Vec<Step> = Vec::new();
        analysis.weigh(text, lexicon, position..end, &modifiers, |rule, value| {
            let before = steps.iter().filter(|step| step.rule == rule).count();
            let by = analysis.causes(rule, &analysis.entries[position], &modifiers);
            // Several intensifiers are a step each.
            let by =
                if is_degree(rule) { by.into_iter().skip(before).take(1).collect() } else { by };
            steps.push(Step { rule, value, by });
        });
        steps
    }
}

impl Analysis {
    /// From the entries of a clause to its score.
    pub fn course(&self, clause: &Clause) -> Course {
        let (sum, standing) = if clause.answer == 0.0 {
            let own = self.contributions[clause.entries.clone()].iter();
            (own.fold(0.0, |sum, entry| sum + entry.value), clause.standing)
        } else {
            (clause.answer, Standing::default())
        };
        let squashed = scoring::clause_score(sum, Standing::default()).value;
        let mut steps = Vec::new();
        let watch = |rule, value| steps.push(Step { rule, value, by: Vec::new() });
        let score = scoring::watched_clause_score(sum, standing, watch).value;
        let stretch = self.stretch(clause.tokens.start);
        for (number, step) in steps.iter_mut().enumerate() {
            // A clause that opens with a contrast may have one behind it too, which weighs first.
            let behind = standing.contrasted && number == 0;
            step.by.extend(self.opener(if behind { stretch.end } else { stretch.start }));
        }
        if clause.rules.has(Rule::Mended) {
            steps.push(Step { rule: Rule::Mended, value: score * MENDED, by: Vec::new() });
        }
        Course { sum, squashed, steps }
    }

    /// The tokens in which an entry may begin that a modifier acts on: from the word behind it to the end of its reach, of
    /// its stretch or of what it shares a conjunction with. Empty for one that is part of an entry, or acts on clauses.
    pub fn scope(&self, position: usize) -> Range<usize> {
        let hit = &self.modifiers[position];
        let from = hit.tokens.end;
        let stretch = self.stretch(hit.tokens.start);
        let reach = match hit.kind {
            // A wish reaches the whole clause, also from within a phrase.
            ModifierKind::Wish => usize::MAX,
            _ if hit.used_up => 0,
            ModifierKind::Expectation => usize::MAX,
            ModifierKind::Intensifier | ModifierKind::Diminisher | ModifierKind::Excess => {
                DEGREE_REACH
            }
            kind if kind.negates() => NEGATOR_REACH,
            _ => 0,
        };
        let mut to = from.saturating_add(reach).min(stretch.end).max(from);
        let behind = self.modifiers[position + 1..].iter();
        let conjunction = behind
            .take_while(|next| next.tokens.start < to)
            .find(|next| next.kind == ModifierKind::Addition && !next.used_up);
        if let Some(next) = conjunction {
            let word_behind = next.tokens.end;
            // Of what is behind a conjunction only the next word shares what is denied.
            to = match word_behind < to {
                true if hit.kind.negates() => word_behind + 1,
                true => to,
                false => next.tokens.start.max(from),
            };
        }
        // A face is no word of the sentence: nothing turns it.
        let face = |at: &usize| self.tokens[*at].kind == TokenKind::Emoji;
        let faces = (from..to).rev().take_while(face).count();
        from..to - faces
    }

    /// How strongly the response of some texts praises and complains before its clauses are weighed against each other.
    pub fn plain_strengths(analyses: &[Analysis]) -> (f64, f64) {
        plain_strengths(analyses)
    }

    /// The tokens between two marks or openers of clauses, among them `token`.
    fn stretch(&self, token: usize) -> Range<usize> {
        let found = self.stretches.iter().find(|stretch| stretch.contains(&token));
        found.cloned().unwrap_or(token..token)
    }

    /// The modifier that opens a clause.
    fn opener(&self, token: usize) -> Option<usize> {
        self.modifiers.iter().position(|hit| hit.tokens.start == token && hit.kind.opens_clause())
    }

    /// Which of the modifiers of a stretch call for a rule that applies to an entry in it.
    fn causes(&self, rule: Rule, entry: &EntryHit, modifiers: &Range<usize>) -> Vec<usize> {
        let reaching = |does: fn(ModifierKind) -> bool| {
            let acts = |at: &usize| {
                let hit = &self.modifiers[*at];
                does(hit.kind) && self.scope(*at).contains(&entry.tokens.start)
            };
            modifiers.clone().filter(acts).collect::<Vec<usize>>()
        };
        match rule {
            Rule::Negation | Rule::AbsenceOfProblem | Rule::Unsurpassed => {
                let found = reaching(ModifierKind::negates);
                if found.is_empty() { self.distant_negator(entry, modifiers) } else { found }
            }
            Rule::Intensifier | Rule::Diminisher => {
                let stronger = rule == Rule::Intensifier;
                let mut found = reaching(|kind| {
                    matches!(kind, ModifierKind::Intensifier | ModifierKind::Diminisher)
                });
                found.retain(|at| (self.modifiers[*at].factor > 1.0) == stronger);
                found
            }
            Rule::Excess => reaching(|kind| kind == ModifierKind::Excess),
            Rule::Wish => reaching(|kind| kind == ModifierKind::Wish),
            Rule::Expectation => {
                let mut found = reaching(|kind| kind == ModifierKind::Expectation);
                let itself = |at: &usize| {
                    let hit = &self.modifiers[*at];
                    hit.kind == ModifierKind::Expectation && hit.tokens == entry.tokens
                };
                found.extend(modifiers.clone().filter(itself));
                found
            }
            _ => Vec::new(),
        }
    }

    /// The negator of an entry that none reaches from before: in its gap ("hinta ei ole noussut"), behind it ("ongelmia ei
    /// ollut"), or far before it ("never in all those years had better").
    fn distant_negator(&self, entry: &EntryHit, modifiers: &Range<usize>) -> Vec<usize> {
        let mut negators = modifiers.clone().filter(|at| self.modifiers[*at].kind.negates());
        let start = |at: &usize| self.modifiers[*at].tokens.start;
        let behind = negators.clone().find(|at| start(at) > entry.tokens.start);
        let near = behind.filter(|at| start(at) < entry.tokens.end + FRONTED_REACH);
        let before = || negators.rfind(|at| start(at) < entry.tokens.start);
        near.or_else(before).or(behind).into_iter().collect()
    }
}

fn is_degree(rule: Rule) -> bool {
    matches!(rule, Rule::Intensifier | Rule::Diminisher)
}
