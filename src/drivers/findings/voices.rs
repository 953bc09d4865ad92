//! `quotes`, `follow_up` and `journey`: the customers behind the numbers.

use super::groups::Scores;
use super::slices::Slices;
use crate::drivers::contrasts::Mentions;
use crate::drivers::journey::{Journey, Rules, Visit, journey};
use crate::drivers::keyness::keyness;
use crate::drivers::quotes::{Candidate, select, telling};
use crate::drivers::target::{Bins, within};
use crate::tally::{FollowUp, Quote, Tally};
use std::collections::BTreeSet;

/// Quotes for each theme, polarity and group.
const QUOTED: usize = 3;
/// Documents that the prior of a term is worth.
const STRENGTH: f64 = 100.0;

/// A quote.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteRow {
    /// The feature.
    pub feature: usize,
    /// The group as written: `10`, `0-6`.
    pub band: String,
    /// Place.
    pub rank: usize,
    /// What is quoted.
    pub quote: Quote,
    /// How good a quote it makes, at most 1.
    pub score: f64,
}

/// Praise for the first group of each pair, complaint for the second, and the other way round: a 10 that complains is as
/// telling as a 6 that praises.
pub(super) fn quotes(tally: &Tally, slices: &Slices, scores: &Scores) -> Vec<QuoteRow> {
    let block = &slices.overall.block;
    if slices.overall.suppressed {
        return Vec::new();
    }
    let mut bands: Vec<(&str, Bins)> = Vec::new();
    for pair in &scores.pairs {
        for band in [(pair.names.0.as_str(), pair.bins.0), (pair.names.1.as_str(), pair.bins.1)] {
            if !bands.contains(&band) {
                bands.push(band);
            }
        }
    }
    let mut rows = Vec::new();
    for feature in 0..block.shape.features() {
        for &(name, bins) in &bands {
            let candidates: Vec<&Quote> =
                (bins.0..=bins.1).flat_map(|bin| tally.quotes.get(feature, Some(bin))).collect();
            let customers: BTreeSet<u64> = candidates.iter().map(|quote| quote.customer).collect();
            // A sentence of one of few customers would point at its author.
            if customers.len() < tally.layout.k_anon {
                continue;
            }
            let lean: Vec<f64> =
                candidates.iter().map(|quote| leaning(tally, block, quote, bins)).collect();
            let telling = telling(&lean);
            let offered: Vec<Candidate<'_>> = candidates
                .iter()
                .zip(telling)
                .map(|(quote, keyness)| candidate(quote, keyness))
                .collect();
            for (place, at) in select(&offered, QUOTED).into_iter().enumerate() {
                rows.push(QuoteRow {
                    feature,
                    band: name.to_owned(),
                    rank: place + 1,
                    quote: candidates[at].clone(),
                    score: offered[at].score(),
                });
            }
        }
    }
    rows
}

fn candidate(quote: &Quote, keyness: f64) -> Candidate<'_> {
    let thousandths = |part: i32| f64::from(part) / 1000.0;
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    Candidate {
        text: &quote.text,
        confidence: thousandths(quote.confidence),
        polarity: thousandths(quote.strength),
        keyness,
        redactions: count(quote.redactions),
        themes: count(quote.themes),
        customer: quote.customer,
        tie: quote.response,
    }
}

/// How far the words of a sentence lean to its group, on average; words that lean away count as none.
fn leaning(tally: &Tally, block: &crate::tally::Block, quote: &Quote, bins: Bins) -> f64 {
    let inside = within(&block.texts, bins);
    let bases = (inside, block.base() - inside);
    let lean = |stem: &str| {
        let term = tally.terms.get(quote.language, stem)?;
        let counts: Vec<u64> = term.scored().iter().copied().map(u64::from).collect();
        let (here, all) = (within(&counts, bins), counts.iter().sum::<u64>());
        let a = Mentions { count: here, base: bases.0 };
        let b = Mentions { count: all - here, base: bases.1 };
        keyness(a, b, STRENGTH).map(|keyness| keyness.lcb.max(0.0))
    };
    let leans: Vec<f64> = quote.stems.split(' ').filter_map(lean).collect();
    if leans.is_empty() { 0.0 } else { leans.iter().sum::<f64>() / leans.len() as f64 }
}

/// Whom to turn to.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUpRow {
    /// `call_back` or `activate`.
    pub kind: &'static str,
    /// Place.
    pub rank: usize,
    /// The response.
    pub follow_up: FollowUp,
}

pub(super) fn follow_ups(tally: &Tally) -> Vec<FollowUpRow> {
    let lists =
        [("call_back", &tally.follow_ups.call_back), ("activate", &tally.follow_ups.activate)];
    let rows = lists.into_iter().flat_map(|(kind, list)| {
        list.iter().enumerate().map(move |(place, follow_up)| FollowUpRow {
            kind,
            rank: place + 1,
            follow_up: follow_up.clone(),
        })
    });
    rows.collect()
}

/// The journey over touchpoints.
#[derive(Debug, Clone, PartialEq)]
pub struct Travelled {
    /// Touchpoints in alphabetical order, as the journey counts them.
    pub touchpoints: Vec<String>,
    /// The figures.
    pub journey: Journey,
    /// Of how many customers one was followed.
    pub one_in: u64,
}

/// None without customers or touchpoints: then nothing may be said of journeys.
pub(super) fn travelled(tally: &Tally, scores: &Scores) -> Option<Travelled> {
    tally.layout.touchpoint?;
    let touchpoints: Vec<String> = tally.journey.iter().map(|(name, _)| name.to_owned()).collect();
    let visits = tally.journey.iter().enumerate();
    let mut visits: Vec<Visit> = visits
        .flat_map(|(touchpoint, (_, visits))| {
            visits.iter().map(move |visit| Visit {
                customer: visit.customer,
                touchpoint,
                day: visit.day,
                n: u64::from(visit.responses),
                sum: visit.sum,
                least: visit.least,
                last: visit.last,
            })
        })
        .collect();
    visits.sort_by_key(|visit| (visit.customer, visit.touchpoint, visit.day));
    let parts = |score: f64| parts(score);
    let rules = Rules {
        great: parts(scores.bands.high.0),
        failed: parts(scores.bands.low.1),
        overall: None,
        days: tally.layout.journey_days,
    };
    let journey = journey(visits, touchpoints.len(), rules);
    Some(Travelled { touchpoints, journey, one_in: tally.journey.one_in() })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "scores of a scale are small; the cast saturates"
)]
fn parts(score: f64) -> i64 {
    (score * crate::tally::PARTS as f64).round() as i64
}
