//! What each rule does, in one plain sentence.

use super::explained::StepExplained;
use crate::enrich::Rule;

/// A rule at work on what was worth `before`: its name, the modifiers that call for it, and what it does.
pub(super) fn worked(step: &StepExplained, before: f64) -> String {
    let by = if step.by.is_empty() { String::new() } else { format!(" by {}", step.by.join(", ")) };
    format!("{}{by}: {}", step.rule, sentence(step.rule, before, step.value))
}

/// What a rule did to an entry or a clause that was worth `before` and is worth `after`.
pub(super) fn sentence(rule: &str, before: f64, after: f64) -> &'static str {
    let Some(rule) = Rule::named(rule) else { return "" };
    match rule {
        Rule::Negation if before > 0.0 => {
            "praise that is denied is a complaint, milder than its opposite"
        }
        Rule::Negation => "the list says what it is worth when denied",
        Rule::AbsenceOfProblem => "a problem that is denied is mild praise, worth 1 at most",
        Rule::Intensifier => "strengthens what it reaches",
        Rule::Diminisher => "weakens what it reaches",
        Rule::Excess if before > 0.0 => "too much of a good thing is a complaint",
        Rule::Excess if before < 0.0 => "too much of a bad thing is worse",
        Rule::Excess => "too much of it is a complaint",
        Rule::Wish if before < 0.0 => "a complaint in a wish counts half",
        Rule::Wish if after < 0.0 => "who wishes for more of it finds too little",
        Rule::Wish => "what is wished for is not there to be praised",
        Rule::Contrast if after.abs() < before.abs() => "what stands before it counts less",
        Rule::Contrast => "what follows it counts more",
        Rule::Concession => "what is conceded counts less",
        Rule::Expectation if after < 0.0 => "who expected better is disappointed",
        Rule::Expectation => "what was expected or feared need not have come",
        Rule::Unsurpassed => "it is denied that there is better, which is more than praise",
        Rule::Emphasis => "capitals and drawn-out letters are felt more",
        Rule::Mended => "a complaint counts less when something is said to be put right",
        Rule::Question => "the question says what the answer means",
        Rule::Neighbour => "what it is about stands in the clause beside it",
    }
}

/// What a rule says of a clause without a word that is felt; `worth` says that the clause is worth something all the same.
pub(super) fn remark(rule: &str, worth: bool) -> Option<&'static str> {
    match Rule::named(rule)? {
        Rule::Negation if worth => {
            Some("a denial of what no list knows is a complaint more often than praise")
        }
        Rule::Question if worth => Some("what was asked makes the answer praise or complaint"),
        Rule::Question => Some("what is asked for is mentioned even without a feeling"),
        Rule::Wish => Some("what is wished for is mentioned even without a feeling"),
        _ => None,
    }
}

/// How sure a match is, by tier.
pub(super) fn tier(tier: u8) -> &'static str {
    match tier {
        1 => "a written form",
        2 => "part of a compound",
        3 => "a spoken form",
        4 => "typed without dots or drawn out",
        _ => "one letter off",
    }
}
