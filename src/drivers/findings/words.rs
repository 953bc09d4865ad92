//! `terms`: which words lean towards one group of scores, and which frequent ones no lexicon knows.

use super::groups::Scores;
use super::slices::Slices;
use crate::drivers::keyness::{Documents, Term as Lean, terms};
use crate::drivers::status::Status;
use crate::drivers::target::{Bins, within};
use crate::lexicons::Lexicons;
use crate::tally::{Tally, Term, TermMeaning};
use std::collections::BTreeMap;

/// Documents that the prior of a term is worth.
const STRENGTH: f64 = 100.0;
/// Terms listed for each pair of groups, language and direction.
const LISTED: usize = 500;
/// Unknown words listed for each language.
const UNKNOWN: usize = 200;
/// Shorter words are hardly names of anything.
const SHORTEST: usize = 3;

/// A term of a pair of groups.
#[derive(Debug, Clone, PartialEq)]
pub struct TermRow {
    /// Position of the pair.
    pub pair: usize,
    /// The form shown.
    pub term: String,
    /// Its language.
    pub language: &'static str,
    /// The figures.
    pub lean: Lean,
    /// Whether counting was exact.
    pub exact: bool,
    /// By how many the counts may be too small.
    pub max_undercount: u64,
    /// What the lexicon makes of it.
    pub meaning: TermMeaning,
}

/// A frequent word that no lexicon knows.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownTerm {
    /// The form shown.
    pub term: String,
    /// Its language.
    pub language: &'static str,
    /// Responses with it.
    pub documents: u64,
    /// Mean score of those with it less mean score of all of the language.
    pub difference: Option<f64>,
    /// How surely it leans to the high (above 0) or the low band: log odds, the end nearest zero.
    pub lean: f64,
}

/// Terms that enough customers used, by language.
fn shown(tally: &Tally, min_support: u64) -> BTreeMap<&'static str, Vec<Term<'_>>> {
    let mut by_language: BTreeMap<&'static str, Vec<Term<'_>>> = BTreeMap::new();
    for term in tally.terms.sorted() {
        let letters = term.surface.chars().filter(|c| c.is_alphabetic()).count();
        let enough = term.customers() >= tally.layout.k_anon && term.total() >= min_support;
        if enough && letters >= SHORTEST {
            by_language.entry(term.language).or_default().push(term);
        }
    }
    by_language
}

/// Responses with text of a language, by score.
fn documents(tally: &Tally, language: &str) -> Vec<u64> {
    let of = tally.coverage.iter().find(|(code, ..)| *code == language);
    of.map(|(_, by_bin, _)| by_bin.iter().map(|covered| covered.texts).collect())
        .unwrap_or_default()
}

fn counted(term: &Term<'_>, bins: Bins) -> u64 {
    let wide: Vec<u64> = term.scored().iter().copied().map(u64::from).collect();
    within(&wide, bins)
}

pub(super) fn rows(
    tally: &Tally,
    slices: &Slices,
    scores: &Scores,
    lexicons: &Lexicons,
    min_support: u64,
) -> Vec<TermRow> {
    if slices.overall.suppressed {
        return Vec::new();
    }
    let by_language = shown(tally, min_support);
    let mut rows = Vec::new();
    for (pair, groups) in scores.pairs.iter().enumerate() {
        for (language, found) in &by_language {
            let all = documents(tally, language);
            let bases = (within(&all, groups.bins.0), within(&all, groups.bins.1));
            let counts: Vec<Documents> = found
                .iter()
                .map(|term| Documents {
                    a: counted(term, groups.bins.0),
                    b: counted(term, groups.bins.1),
                    undercount: tally.terms.max_undercount(term),
                })
                .collect();
            let leaning: Vec<Lean> = terms(&counts, bases, min_support, STRENGTH)
                .into_iter()
                .filter(|lean| lean.status == Status::Ok)
                .collect();
            // Sorted from one group to the other: both ends are what is telling.
            let middle = LISTED..leaning.len().saturating_sub(LISTED);
            let told = leaning.into_iter().enumerate().filter(|(at, _)| !middle.contains(at));
            rows.extend(told.map(|(_, lean)| {
                let term = &found[lean.position];
                let max_undercount = tally.terms.max_undercount(term);
                TermRow {
                    pair,
                    term: term.surface.to_owned(),
                    language: term.language,
                    exact: max_undercount == 0,
                    max_undercount,
                    meaning: term.meaning(lexicons),
                    lean,
                }
            }));
        }
    }
    rows
}

/// The words that no lexicon knows, the most telling first: what to teach next.
pub(super) fn unknown(
    tally: &Tally,
    slices: &Slices,
    scores: &Scores,
    lexicons: &Lexicons,
    min_support: u64,
) -> Vec<UnknownTerm> {
    if slices.overall.suppressed {
        return Vec::new();
    }
    let target = scores.target();
    let mut rows = Vec::new();
    for (language, found) in shown(tally, min_support) {
        let unknown: Vec<Term<'_>> =
            found.into_iter().filter(|term| !term.meaning(lexicons).known).collect();
        let all = documents(tally, language);
        let counts: Vec<Documents> = unknown
            .iter()
            .map(|term| Documents {
                a: counted(term, scores.high),
                b: counted(term, scores.low),
                undercount: tally.terms.max_undercount(term),
            })
            .collect();
        let bases = (within(&all, scores.high), within(&all, scores.low));
        let mut own: Vec<UnknownTerm> = terms(&counts, bases, 0, STRENGTH)
            .into_iter()
            .map(|lean| {
                let term = &unknown[lean.position];
                let wide: Vec<u64> = term.scored().iter().copied().map(u64::from).collect();
                let means = target.mean(&wide).zip(target.mean(&all));
                UnknownTerm {
                    term: term.surface.to_owned(),
                    language: term.language,
                    documents: term.total(),
                    difference: means.map(|(with, all)| with - all),
                    lean: lean.keyness.map_or(0.0, |keyness| keyness.lcb),
                }
            })
            .collect();
        own.sort_by(|a, b| {
            let weight = |row: &UnknownTerm| row.lean.abs();
            weight(b)
                .total_cmp(&weight(a))
                .then(b.documents.cmp(&a.documents))
                .then(a.term.cmp(&b.term))
        });
        own.truncate(UNKNOWN);
        rows.extend(own);
    }
    rows
}
