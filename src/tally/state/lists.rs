//! The parts of a tally that are lists: facets, coverage, customers, quotations, follow-ups, terms, visits.

use super::super::Tally;
use super::super::best::Best;
use super::super::coverage::Covered;
use super::super::follow_up::FollowUp;
use super::super::journey::Visit;
use super::super::quotes::Quote;
use super::super::terms::Term;
use super::counts::read_list;
use super::{Record, code};
use std::cmp::Reverse;

/// Visits of a record at the most.
const VISITS: usize = 1024;
/// Numbers of a visit.
const OF_A_VISIT: usize = 7;

/// Facets, coverage, customers and follow-ups.
pub(super) fn small(tally: &Tally) -> Vec<Record> {
    let mut records = Vec::new();
    let counts = tally.facets.counts.iter().copied().map(u64::cast_signed).collect();
    records.push(Record::new("facets", &[], "counts", counts));
    for (language, covered) in &tally.coverage.languages {
        let four = |c: &Covered| [c.texts, c.felt, c.themed, c.neither].map(u64::cast_signed);
        let numbers = covered.iter().flat_map(four).collect();
        records.push(Record::new("coverage", &[language], "texts", numbers));
    }
    let hashes = tally.population.least().into_iter().map(u64::cast_signed).collect();
    records.push(Record::new("population", &[], "hashes", hashes));
    let follow_ups = &tally.follow_ups;
    for (part, best) in [("call_back", &follow_ups.call_back), ("activate", &follow_ups.activate)] {
        records.extend(best.iter().map(|one| {
            let keys = [one.response_id.as_str(), one.customer_id.as_deref().unwrap_or_default()];
            // Without a customer there is one key.
            let keys = &keys[..1 + usize::from(one.customer_id.is_some())];
            let theme = one.theme.and_then(|theme| i64::try_from(theme).ok()).unwrap_or(-1);
            let mut numbers = vec![
                i64::from(one.urgency.0),
                i64::from(one.day.0),
                one.response.cast_signed(),
                theme,
                i64::from(one.reasons),
            ];
            numbers.extend(one.score);
            Record::new(part, keys, "one", numbers)
        }));
    }
    let journey = &tally.journey;
    let mut window = vec![i64::from(journey.halvings)];
    window.extend(journey.latest.map(i64::from));
    records.push(Record::new("journey", &[], "window", window));
    records.push(Record::new("terms", &[], "error", vec![tally.terms.error.cast_signed()]));
    records
}

/// Quotations, by place.
pub(super) fn quotes(tally: &Tally) -> impl Iterator<Item = Record> {
    tally.quotes.places.iter().enumerate().flat_map(|(place, best)| {
        let place = place.to_string();
        best.iter().map(move |quote| {
            let keys = [&place, &quote.response_id, &quote.text, &quote.stems, quote.language];
            let mut numbers = vec![
                i64::from(quote.rank.0),
                quote.response.cast_signed(),
                quote.customer.cast_signed(),
                i64::from(quote.confidence),
                i64::from(quote.strength),
                i64::from(quote.redactions),
                i64::from(quote.themes),
            ];
            numbers.extend(quote.score);
            Record::new("quote", &keys, "one", numbers)
        })
    })
}

/// Terms, by language and stem.
pub(super) fn terms(tally: &Tally) -> impl Iterator<Item = Record> {
    tally.terms.sorted().into_iter().map(|term| {
        let keys = [term.language, term.stem, term.surface];
        let known = &term.customers[..term.customers()];
        let numbers = std::iter::once(term.lost.cast_signed())
            .chain(term.scores.iter().copied().map(i64::from))
            .chain(known.iter().map(|hash| hash.cast_signed()));
        Record::new("term", &keys, "lost, by score, customers", numbers.collect())
    })
}

/// Visits, by touchpoint.
pub(super) fn visits(tally: &Tally) -> impl Iterator<Item = Record> {
    tally.journey.iter().flat_map(|(touchpoint, visits)| {
        visits.chunks(VISITS).map(move |visits| {
            let numbers = visits.iter().flat_map(|visit| {
                let of_a_visit: [i64; OF_A_VISIT] = [
                    visit.customer.cast_signed(),
                    i64::from(visit.day),
                    i64::from(visit.responses),
                    visit.sum,
                    visit.least,
                    visit.last_at,
                    visit.last,
                ];
                of_a_visit
            });
            Record::new("visits", &[touchpoint], "visits", numbers.collect())
        })
    })
}

/// Takes a record back; nothing for one that does not fit.
pub(super) fn read(tally: &mut Tally, record: &Record) -> Option<()> {
    let Record { numbers, .. } = record;
    match record.part.as_str() {
        "facets" => {
            let numbers: Vec<u64> = numbers.iter().copied().map(i64::cast_unsigned).collect();
            read_list(tally.facets.counts.iter_mut(), &numbers)
        }
        "coverage" => read_coverage(tally, record),
        "population" => {
            numbers.iter().for_each(|hash| tally.population.add(hash.cast_unsigned()));
            Some(())
        }
        "call_back" => read_follow_up(&mut tally.follow_ups.call_back, record),
        "activate" => read_follow_up(&mut tally.follow_ups.activate, record),
        "journey" => {
            let (halvings, latest) = numbers.split_first()?;
            tally.journey.halvings = u32::try_from(*halvings).ok()?;
            tally.journey.latest = latest.first().and_then(|day| i32::try_from(*day).ok());
            Some(())
        }
        "terms" => {
            tally.terms.error = numbers.first()?.cast_unsigned();
            Some(())
        }
        "quote" => read_quote(tally, record),
        "term" => read_term(tally, record),
        "visits" => read_visits(tally, record),
        _ => None,
    }
}

fn read_coverage(tally: &mut Tally, record: &Record) -> Option<()> {
    let covered: Option<Vec<Covered>> = record
        .numbers
        .chunks(4)
        .map(|four| {
            let four: [i64; 4] = four.try_into().ok()?;
            let [texts, felt, themed, neither] = four.map(i64::cast_unsigned);
            Some(Covered { texts, felt, themed, neither })
        })
        .collect();
    let covered = covered.filter(|covered| covered.len() == tally.coverage.bins + 1)?;
    tally.coverage.languages.insert(code(record.key(0)?)?, covered);
    Some(())
}

fn read_follow_up(best: &mut Best<FollowUp>, record: &Record) -> Option<()> {
    let [urgency, day, response, theme, reasons, score @ ..] = &record.numbers[..] else {
        return None;
    };
    best.add(FollowUp {
        urgency: Reverse(u32::try_from(*urgency).ok()?),
        day: Reverse(i32::try_from(*day).ok()?),
        response: response.cast_unsigned(),
        response_id: record.key(0)?.to_owned(),
        customer_id: record.key(1).map(str::to_owned),
        theme: usize::try_from(*theme).ok(),
        score: score.first().copied(),
        reasons: u32::try_from(*reasons).ok()?,
    });
    Some(())
}

fn read_quote(tally: &mut Tally, record: &Record) -> Option<()> {
    let [rank, response, customer, confidence, strength, redactions, themes, score @ ..] =
        &record.numbers[..]
    else {
        return None;
    };
    let small = |number: &i64| i32::try_from(*number).ok();
    tally.quotes.places.get_mut(record.number_of_key(0)?)?.add(Quote {
        rank: Reverse(small(rank)?),
        response: response.cast_unsigned(),
        response_id: record.key(1)?.to_owned(),
        customer: customer.cast_unsigned(),
        score: score.first().copied(),
        text: record.key(2)?.to_owned(),
        stems: record.key(3)?.to_owned(),
        language: code(record.key(4)?)?,
        confidence: small(confidence)?,
        strength: small(strength)?,
        redactions: small(redactions)?,
        themes: small(themes)?,
    });
    Some(())
}

fn read_term(tally: &mut Tally, record: &Record) -> Option<()> {
    let (lost, rest) = record.numbers.split_first()?;
    let (scores, customers) = rest.split_at_checked(tally.layout.shape.bins + 1)?;
    let scores: Option<Vec<u32>> = scores.iter().map(|count| u32::try_from(*count).ok()).collect();
    let customers: Vec<u64> = customers.iter().map(|hash| hash.cast_unsigned()).collect();
    tally.terms.add_term(&Term {
        language: code(record.key(0)?)?,
        stem: record.key(1)?,
        surface: record.key(2)?,
        scores: &scores?,
        customers: &customers,
        lost: lost.cast_unsigned(),
    })
}

fn read_visits(tally: &mut Tally, record: &Record) -> Option<()> {
    let visits = tally.journey.touchpoints.entry(record.key(0)?.to_owned()).or_default();
    for numbers in record.numbers.chunks(OF_A_VISIT) {
        let [customer, day, responses, sum, least, last_at, last] = numbers.try_into().ok()?;
        visits.settled.push(Visit {
            customer: i64::cast_unsigned(customer),
            day: i32::try_from(day).ok()?,
            responses: u32::try_from(responses).ok()?,
            sum,
            least,
            last_at,
            last,
        });
    }
    Some(())
}
