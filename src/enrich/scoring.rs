//! The feeling of a clause: the entries in it, turned and weighed by the modifiers before them.

use super::matching::{EntryHit, ModifierHit};
use crate::lexicons::{Entry, ModifierKind};

/// How many tokens before an entry a negator reaches ("ei ollut kovin hyvä").
pub(super) const NEGATOR_REACH: usize = 4;
/// How many tokens before an entry an intensifier, diminisher or excess reaches.
const DEGREE_REACH: usize = 2;
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

    /// The names of the rules, in the order in which they apply.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Rule::ALL.into_iter().filter(move |(rule, _)| self.has(*rule)).map(|(_, name)| name)
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

/// What an entry is worth behind the modifiers of its clause.
pub(super) fn contribution(
    entry: &Entry,
    hit: &EntryHit,
    modifiers: &[ModifierHit],
    form: Form,
) -> Contribution {
    let mut rules = Rules::default();
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
                rules.add(if modifier.factor > 1.0 { Rule::Intensifier } else { Rule::Diminisher });
            }
            _ => {}
        }
    }
    if form.emphatic && entry.valence != 0.0 {
        turns.factor *= EMPHATIC;
        rules.add(Rule::Emphasis);
    }
    if form.unsurpassed {
        rules.add(Rule::Unsurpassed);
        let value = entry.valence * turns.factor * UNSURPASSED;
        return Contribution { value, rules, about: None, felt: false };
    }
    let value = turned(entry, &turns, form.comparative, &mut rules);
    Contribution { value, rules, about: None, felt: false }
}

fn turned(entry: &Entry, turns: &Turns, comparative: bool, rules: &mut Rules) -> f64 {
    let mut value = entry.valence * turns.factor;
    if turns.excess {
        rules.add(Rule::Excess);
        value = match value {
            v if v > 0.0 => v * TOO_GOOD,
            v if v < 0.0 => v * TOO_BAD,
            _ if entry.theme.is_some() => TOO_MUCH,
            v => v,
        };
    }
    if turns.negated {
        if comparative && turns.wished {
            rules.add(Rule::Unsurpassed);
            return value * UNSURPASSED;
        }
        value = match entry.negated {
            Some(negated) => {
                rules.add(Rule::Negation);
                negated
            }
            None if value > 0.0 => {
                rules.add(Rule::Negation);
                value * DENIED_PRAISE
            }
            None if value < 0.0 => {
                rules.add(Rule::AbsenceOfProblem);
                (value * ABSENT_PROBLEM).min(ABSENT_PROBLEM_MOST)
            }
            None => value,
        };
    }
    if value == 0.0 {
        return value;
    }
    if turns.expected {
        rules.add(Rule::Expectation);
        return if comparative && value > 0.0 { value * EXPECTED_BETTER } else { 0.0 };
    }
    if turns.wished {
        rules.add(Rule::Wish);
        return match value {
            v if v < 0.0 => v * WISHED,
            v if comparative => v * WISHED_FOR_MORE,
            _ => 0.0,
        };
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
    let mut rules = Rules::default();
    let mut value = sum / (sum * sum + SOFTNESS).sqrt();
    if value != 0.0 {
        if standing.contrasted {
            value *= BEFORE_CONTRAST;
            rules.add(Rule::Contrast);
        }
        if standing.contrasts {
            value = (value * AFTER_CONTRAST).clamp(-STRONGEST, STRONGEST);
            rules.add(Rule::Contrast);
        }
        if standing.concedes {
            value *= CONCEDED;
            rules.add(Rule::Concession);
        }
    }
    Contribution { value, rules, about: None, felt: false }
}
