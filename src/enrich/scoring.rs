//! The feeling of a clause: the entries in it, turned and weighed by the modifiers before them.

use super::matching::{EntryHit, ModifierHit};
use crate::lexicons::{Entry, ModifierKind};

/// How many tokens before an entry a negator reaches ("ei ollut kovin hyvä").
pub(super) const NEGATOR_REACH: usize = 4;
/// How many tokens before an entry an intensifier, diminisher or excess reaches.
pub(super) const DEGREE_REACH: usize = 2;
/// Praise denied is a complaint, but a milder one ("ei hyvä" is not "huono").
const DENIED_PRAISE: f64 = -0.75;
/// A problem denied is mild praise ("ei ongelmia").
const ABSENT_PROBLEM: f64 = -0.5;
/// The most that the absence of a problem is worth.
const ABSENT_PROBLEM_MOST: f64 = 1.0;
/// Too much of a good thing is a complaint.
const TOO_GOOD: f64 = -0.75;
/// Too much of a bad thing is worse.
const TOO_BAD: f64 = 1.25;
/// "liian" before a theme word without feeling of its own.
const TOO_MUCH: f64 = -1.0;
/// A complaint inside a wish is half a complaint.
const WISHED: f64 = 0.5;
/// Who wishes for more of something good finds too little of it ("voisi olla nopeampi").
const WISHED_FOR_MORE: f64 = -0.5;
/// Who expected better is disappointed ("odotin parempaa").
const EXPECTED_BETTER: f64 = -0.75;
/// What could not be better is at its best ("parempaa ei ole", "couldn't be happier").
const UNSURPASSED: f64 = 1.25;
/// What is shouted or drawn out is felt more.
const EMPHATIC: f64 = 1.2;
/// What stands before `mutta` counts less.
const BEFORE_CONTRAST: f64 = 0.6;
/// What stands after `mutta` counts more.
const AFTER_CONTRAST: f64 = 1.2;
/// A complaint counts less when it was put right.
pub(super) const MENDED: f64 = 0.35;
/// What is conceded counts less.
const CONCEDED: f64 = 0.6;
/// Sums of valences are squashed into -1..1 by s / sqrt(s^2 + SOFTNESS): one word of valence 2 gives 0.71.
const SOFTNESS: f64 = 4.0;
/// Strongest clause score after contrast.
const STRONGEST: f64 = 0.98;

/// A rule that changed what an entry or clause is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A negator turned the entry round.
    Negation,
    /// A problem was denied.
    AbsenceOfProblem,
    /// An intensifier strengthened it.
    Intensifier,
    /// A diminisher weakened it.
    Diminisher,
    /// There is too much of it.
    Excess,
    /// It is wished for, not there.
    Wish,
    /// It stands before or after a contrast.
    Contrast,
    /// It is conceded.
    Concession,
    /// It was expected, and need not have come.
    Expectation,
    /// It is denied that there is more of it.
    Unsurpassed,
    /// It is shouted or drawn out.
    Emphasis,
    /// What it complains of was put right.
    Mended,
    /// It is asked for.
    Question,
    /// What it is about stands in the clause before.
    Neighbour,
}

impl Rule {
    const ALL: [(Rule, &'static str); 14] = [
        (Rule::Negation, "negation"),
        (Rule::AbsenceOfProblem, "absence_of_problem"),
        (Rule::Intensifier, "intensifier"),
        (Rule::Diminisher, "diminisher"),
        (Rule::Excess, "excess"),
        (Rule::Wish, "wish"),
        (Rule::Contrast, "contrast"),
        (Rule::Concession, "concession"),
        (Rule::Expectation, "expectation"),
        (Rule::Unsurpassed, "unsurpassed"),
        (Rule::Emphasis, "emphasis"),
        (Rule::Mended, "mended"),
        (Rule::Question, "question"),
        (Rule::Neighbour, "neighbour"),
    ];

    /// The name in the `rule` column.
    pub fn name(self) -> &'static str {
        Rule::ALL.iter().find(|(rule, _)| *rule == self).map_or("", |(_, name)| name)
    }

    /// The rule of a name.
    pub fn named(name: &str) -> Option<Rule> {
        Rule::ALL.iter().find(|(_, known)| *known == name).map(|(rule, _)| *rule)
    }
}

/// A set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules(u16);

impl Rules {
    pub(super) fn add(&mut self, rule: Rule) {
        self.0 |= 1 << rule as u16;
    }

    /// Whether a rule is among them.
    pub fn has(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u16) != 0
    }

    /// The rules of either set.
    pub fn union(self, other: Rules) -> Rules {
        Rules(self.0 | other.0)
    }

    /// The rules, in the order of [`Rule`].
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().map(|(rule, _)| rule).filter(move |rule| self.has(*rule))
    }

    /// The names of the rules, in the same order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.iter().map(Rule::name)
    }
}

/// What an entry adds to its clause.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Contribution {
    /// On the valence scale, about -4 to 4.
    pub value: f64,
    /// What changed it.
    pub rules: Rules,
    /// The position of the entry that says what it is about, see `attribution`.
    pub about: Option<usize>,
    /// Whether anything is felt about what this entry names.
    pub felt: bool,
}

/// How an entry stands in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub(super) struct Form {
    /// Another entry with feeling follows at once: then a word such as `hyvin` is an intensifier and no praise.
    pub(super) followed: bool,
    /// It is denied by a negator behind it ("ongelmia ei ollut") or in its gap ("hinta ei ole noussut").
    pub(super) negated: bool,
    /// It is a comparative.
    pub(super) comparative: bool,
    /// It is a comparative of which it is denied that there is any.
    pub(super) unsurpassed: bool,
    /// It is shouted or drawn out.
    pub(super) emphatic: bool,
    /// Its question asks what to wish for.
    pub(super) wished: bool,
}

/// What the modifiers of a clause do to one of its entries.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
struct Turns {
    factor: f64,
    negated: bool,
    excess: bool,
    wished: bool,
    expected: bool,
}

/// What an entry is worth behind the modifiers of its clause. `watch` is told each rule that applies, and what the entry
/// is worth after it.
pub(super) fn contribution(
    entry: &Entry,
    hit: &EntryHit,
    modifiers: &[ModifierHit],
    form: Form,
    mut watch: impl FnMut(Rule, f64),
) -> Contribution {
    let mut rules = Rules::default();
    let mut apply = |rule, value| {
        rules.add(rule);
        watch(rule, value);
        value
    };
    let (negated, wished) = (form.negated, form.wished);
    let mut turns = Turns { factor: 1.0, negated, wished, ..Turns::default() };
    for modifier in modifiers {
        let is_itself = modifier.tokens == hit.tokens;
        if is_itself && form.followed && is_degree(modifier.kind) {
            return Contribution::default();
        }
        turns.expected |= is_itself && modifier.kind == ModifierKind::Expectation;
        // A wish reaches the whole clause, also from within a phrase ("skulle kunna").
        let used_up = modifier.used_up && modifier.kind != ModifierKind::Wish;
        if used_up || modifier.tokens.end > hit.tokens.start {
            continue;
        }
        let distance = hit.tokens.start - modifier.tokens.end;
        match modifier.kind {
            kind if kind.negates() => turns.negated |= distance < NEGATOR_REACH,
            // "Ei ollut jonoa ja maksu sujui": what follows a conjunction with words of its own is not denied.
            ModifierKind::Addition => turns.negated &= distance == 0,
            ModifierKind::Excess => turns.excess |= distance < DEGREE_REACH,
            ModifierKind::Wish => turns.wished = true,
            ModifierKind::Expectation => turns.expected = true,
            ModifierKind::Intensifier | ModifierKind::Diminisher if distance < DEGREE_REACH => {
                turns.factor *= modifier.factor;
                let stronger = modifier.factor > 1.0;
                let rule = if stronger { Rule::Intensifier } else { Rule::Diminisher };
                apply(rule, entry.valence * turns.factor);
            }
            _ => {}
        }
    }
    if form.emphatic && entry.valence != 0.0 {
        turns.factor *= EMPHATIC;
        apply(Rule::Emphasis, entry.valence * turns.factor);
    }
    if form.unsurpassed {
        let value = apply(Rule::Unsurpassed, entry.valence * turns.factor * UNSURPASSED);
        return Contribution { value, rules, about: None, felt: false };
    }
    let value = turned(entry, &turns, form.comparative, &mut apply);
    Contribution { value, rules, about: None, felt: false }
}

fn turned(
    entry: &Entry,
    turns: &Turns,
    comparative: bool,
    apply: &mut impl FnMut(Rule, f64) -> f64,
) -> f64 {
    let mut value = entry.valence * turns.factor;
    if turns.excess {
        let excessive = match value {
            v if v > 0.0 => v * TOO_GOOD,
            v if v < 0.0 => v * TOO_BAD,
            _ if entry.theme.is_some() => TOO_MUCH,
            v => v,
        };
        value = apply(Rule::Excess, excessive);
    }
    if turns.negated {
        if comparative && turns.wished {
            return apply(Rule::Unsurpassed, value * UNSURPASSED);
        }
        value = match entry.negated {
            Some(negated) => apply(Rule::Negation, negated),
            None if value > 0.0 => apply(Rule::Negation, value * DENIED_PRAISE),
            None if value < 0.0 => {
                apply(Rule::AbsenceOfProblem, (value * ABSENT_PROBLEM).min(ABSENT_PROBLEM_MOST))
            }
            None => value,
        };
    }
    if value == 0.0 {
        return value;
    }
    if turns.expected {
        let disappoints = comparative && value > 0.0;
        let expected = if disappoints { value * EXPECTED_BETTER } else { 0.0 };
        return apply(Rule::Expectation, expected);
    }
    if turns.wished {
        let wished = match value {
            v if v < 0.0 => v * WISHED,
            v if comparative => v * WISHED_FOR_MORE,
            _ => 0.0,
        };
        return apply(Rule::Wish, wished);
    }
    value
}

fn is_degree(kind: ModifierKind) -> bool {
    matches!(kind, ModifierKind::Intensifier | ModifierKind::Diminisher | ModifierKind::Excess)
}

/// How a clause stands to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Standing {
    /// Opens with a contrast.
    pub(super) contrasts: bool,
    /// The next clause of its sentence opens with a contrast.
    pub(super) contrasted: bool,
    /// Opens with a concession.
    pub(super) concedes: bool,
}

/// The score of a clause, -1 to 1, from the sum of its contributions.
pub(super) fn clause_score(sum: f64, standing: Standing) -> Contribution {
    watched_clause_score(sum, standing, |_, _| {})
}

/// The same; `watch` is told each rule that applies, and the score after it.
pub(super) fn watched_clause_score(
    sum: f64,
    standing: Standing,
    mut watch: impl FnMut(Rule, f64),
) -> Contribution {
    let mut rules = Rules::default();
    let mut apply = |rule, value| {
        rules.add(rule);
        watch(rule, value);
        value
    };
    let mut value = sum / (sum * sum + SOFTNESS).sqrt();
    if value != 0.0 {
        if standing.contrasted {
            value = apply(Rule::Contrast, value * BEFORE_CONTRAST);
        }
        if standing.contrasts {
            let stronger = (value * AFTER_CONTRAST).clamp(-STRONGEST, STRONGEST);
            value = apply(Rule::Contrast, stronger);
        }
        if standing.concedes {
            value = apply(Rule::Concession, value * CONCEDED);
        }
    }
    Contribution { value, rules, about: None, felt: false }
}
