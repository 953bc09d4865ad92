//! The words of a clause on a page: marks under them, what modifiers reach, what entries are worth.

use super::explained::{ClauseExplained, EntryExplained, ModifierExplained};
use super::page::{Cell, Page, Tone, factor, two};
use super::rules::{tier, worked};
use crate::enrich::Rule;
use std::fmt::Write;

/// The words of a clause with what the lists say of each.
pub(super) fn cells(clause: &ClauseExplained) -> Vec<Cell> {
    let words = clause.tokens.iter().map(|token| token.written.clone());
    let cell = |word| Cell { word, mark: String::new(), tone: Tone::Plain };
    let mut cells: Vec<Cell> = words.map(cell).collect();
    let mut put = |first: usize, length: usize, mark: String, tone: Tone| {
        for (offset, cell) in cells.iter_mut().skip(first).take(length).enumerate() {
            let mark = if offset == 0 { mark.clone() } else { "..".to_owned() };
            if offset == 0 || cell.mark.is_empty() {
                (cell.mark, cell.tone) = (mark, tone);
            }
        }
    };
    for modifier in clause.modifiers.iter().filter(|modifier| !modifier.part_of_entry) {
        let mark = match modifier.factor {
            1.0 => modifier.kind.to_owned(),
            factor => format!("x{factor}"),
        };
        put(modifier.first, modifier.length, mark, Tone::Plain);
    }
    for entry in clause.entries.iter().filter(|entry| !only_a_degree(entry)) {
        let mark = match (entry.valence, &entry.theme) {
            (0.0, Some(_)) => "topic".to_owned(),
            (0.0, None) => "0".to_owned(),
            (valence, _) => format!("{valence:+}"),
        };
        put(entry.first, entry.length, mark, Tone::of(entry.valence));
    }
    cells
}

/// Whether a word that could be praise only strengthens or weakens the next: `hyvin` in `hyvin huono`.
fn only_a_degree(entry: &EntryExplained) -> bool {
    entry.valence != 0.0 && entry.contribution == 0.0 && entry.steps.is_empty()
}

/// A modifier: from which word to which it reaches, and what it acts on.
pub(super) fn modifier_text(modifier: &ModifierExplained) -> String {
    let factor = match modifier.factor {
        1.0 => String::new(),
        factor => format!(" x{factor}"),
    };
    let mut out = format!("{} ({}{factor})", modifier.word, modifier.kind);
    if modifier.part_of_entry && modifier.acts_on.is_empty() {
        out.push_str(" is part of the entry below");
        return out;
    }
    match &modifier.scope {
        Some(scope) if scope.from == scope.to => {
            let _ = write!(out, " reaches \"{}\"", scope.from);
        }
        Some(scope) => {
            let _ = write!(out, " reaches from \"{}\" to \"{}\"", scope.from, scope.to);
        }
        None if modifier.opens_clause => out.push_str(" opens the clause"),
        None if modifier.kind.starts_with("con") => out.push_str(" opens no clause here"),
        None if modifier.kind == "nothing" => out.push_str(" says that there is nothing to tell"),
        None => out.push_str(" reaches nothing"),
    }
    let alone = modifier.scope.as_ref().filter(|scope| scope.from == scope.to);
    if alone.is_some_and(|scope| modifier.acts_on == [scope.from.as_str()]) {
        out.push_str(" and acts on it");
    } else if !modifier.acts_on.is_empty() {
        let _ = write!(out, ", acts on \"{}\"", modifier.acts_on.join("\", \""));
    } else if modifier.scope.is_some() {
        out.push_str(", finds nothing to act on");
    }
    out
}

/// An entry: what it is worth, what matched it, and what the rules made of the valence in the list.
pub(super) fn entry_lines(page: &mut Page, entry: &EntryExplained) {
    let topic = entry.valence == 0.0 && entry.theme.is_some() && entry.contribution == 0.0;
    let figure = if topic { "topic".to_owned() } else { two(entry.contribution) };
    let what = format!("\"{}\"{}{}", entry.matched, origin(entry), meaning(entry, topic));
    page.figure(&figure, Tone::of(entry.contribution), &what);
    let mut before = entry.valence;
    let untouched = before == 0.0 && entry.steps.iter().all(|step| step.value == 0.0);
    for (number, step) in entry.steps.iter().enumerate().filter(|_| !untouched) {
        if number == 0 {
            page.factor("list", &two(before), "");
        }
        // A worth that the list gives for a denial follows from nothing before it.
        let listed = step.rule == Rule::Negation.name() && entry.negated.is_some();
        before = if listed { 0.0 } else { before };
        page.factor(&factor(before, step.value), &two(step.value), &worked(step, before));
        before = step.value;
    }
}

/// The entry, its lists, and how sure the match is.
fn origin(entry: &EntryExplained) -> String {
    let same = entry.matched.to_lowercase() == entry.entry;
    let name = if same { String::new() } else { format!(" = {}", wording(entry)) };
    let sure = if entry.tier > 1 { format!(", {}", tier(entry.tier)) } else { String::new() };
    let words = entry.words.iter().filter(|word| word.tier == entry.tier);
    let taken_apart = words.filter(|word| word.analysis != word.word.to_lowercase());
    let how: Vec<&str> = taken_apart.map(|word| word.analysis.as_str()).collect();
    let how = if how.is_empty() { String::new() } else { format!(": {}", how.join(" ")) };
    format!("{name} ({}, tier {}{sure}{how})", entry.lists.join(" and "), entry.tier)
}

fn meaning(entry: &EntryExplained, topic: bool) -> String {
    let about = match (&entry.theme, &entry.about[..]) {
        (Some(theme), _) if topic => format!(" names {theme}"),
        (Some(theme), _) => format!(" about {theme}"),
        (None, []) => String::new(),
        (None, topics) => format!(" about \"{}\"", topics.join("\", \"")),
    };
    let degree = if only_a_degree(entry) { "; here it only says how much" } else { "" };
    format!("{about}{degree}")
}

/// The entry as the list writes it, of alternatives only the one that matched: `lasku|… .. väärä|…`.
fn wording(entry: &EntryExplained) -> String {
    let matched = entry.matched.to_lowercase();
    let stands = |choice: &&str| {
        let choice = choice.trim_start_matches('=');
        entry.words.iter().any(|word| word.lemma == choice)
            || matched.split_whitespace().any(|word| word == choice)
    };
    let piece = |piece: &str| match piece.split('|').find(stands) {
        Some(choice) if piece.contains('|') => format!("{choice}|…"),
        _ => piece.to_owned(),
    };
    entry.entry.split(' ').map(piece).collect::<Vec<String>>().join(" ")
}
