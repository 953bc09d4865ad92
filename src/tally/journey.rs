//! What each customer gave where: the part of a tally that grows with the customers of the window `[journey] days`, of
//! which the worst touchpoint of each and what hides behind a good channel are found.

use super::Part;
use super::admission::Admission;
use super::layout::Layout;
use super::rows::Rows;
use std::collections::BTreeMap;

/// Visits kept: 48 MB. Of more, those of every second customer go, by the hash: what remains is a fair sample.
const MOST_VISITS: usize = 1_000_000;
/// Visits that wait to be put in order.
const WAITING: usize = 16_384;

/// What one customer gave at one touchpoint on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// Hash of the customer.
    pub customer: u64,
    /// The day, counted from 1970; 0 without a time column.
    pub day: i32,
    /// Scored responses.
    pub responses: u32,
    /// Sum of the scores in parts of a point.
    pub sum: i64,
    /// The lowest score in parts.
    pub least: i64,
    /// When the last response was given: the second on the wall.
    pub last_at: i64,
    /// The last score in parts; of several at the same second the highest.
    pub last: i64,
}

impl Visit {
    fn and(self, other: Visit) -> Visit {
        let (last_at, last) = (self.last_at, self.last).max((other.last_at, other.last));
        Visit {
            responses: self.responses.saturating_add(other.responses),
            sum: self.sum + other.sum,
            least: self.least.min(other.least),
            last_at,
            last,
            ..self
        }
    }
}

/// The visits of one touchpoint.
#[derive(Debug, Clone, Default)]
pub(super) struct Visits {
    /// By customer and day, each once.
    pub(super) settled: Vec<Visit>,
    waiting: Vec<Visit>,
}

impl Visits {
    /// Puts what waits in its place.
    fn settle(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        self.settled.append(&mut self.waiting);
        // A stable sort finds the part that is in order already.
        self.settled.sort_by_key(|visit| (visit.customer, visit.day));
        self.settled.dedup_by(|next, kept| {
            let same = (next.customer, next.day) == (kept.customer, kept.day);
            if same {
                *kept = kept.and(*next);
            }
            same
        });
    }
}

/// Visits by touchpoint.
#[derive(Debug, Clone, Default)]
pub struct Journey {
    pub(super) dimension: Option<usize>,
    pub(super) days: i32,
    pub(super) admission: Admission,
    /// The latest day.
    pub(super) latest: Option<i32>,
    /// How often every second customer was let go.
    pub(super) halvings: u32,
    pub(super) touchpoints: BTreeMap<String, Visits>,
}

impl Journey {
    pub(super) fn new(layout: &Layout) -> Journey {
        let days = i32::try_from(layout.journey_days).unwrap_or(i32::MAX);
        Journey { dimension: layout.touchpoint, days, ..Journey::default() }
    }

    /// Of how many customers one is here: 1 for all of them.
    pub fn one_in(&self) -> u64 {
        1u64.checked_shl(self.halvings).unwrap_or(u64::MAX)
    }

    /// Touchpoints, by name, with their visits by customer and day: lists that are merged to the journey of each
    /// customer. Complete once the tally is settled ([`Tally::settle`](super::Tally::settle)).
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Visit])> {
        self.touchpoints.iter().map(|(name, visits)| (name.as_str(), visits.settled.as_slice()))
    }

    fn first_day(&self) -> i32 {
        self.latest.map_or(i32::MIN, |latest| latest.saturating_sub(self.days - 1))
    }

    fn is_sampled(&self, customer: u64) -> bool {
        customer.leading_zeros() >= self.halvings
    }

    /// Puts all visits in order; drops what lies before the window and the customers that are not sampled.
    pub(super) fn settle(&mut self) {
        let (first, halvings) = (self.first_day(), self.halvings);
        for visits in self.touchpoints.values_mut() {
            visits.settle();
            visits
                .settled
                .retain(|visit| visit.day >= first && visit.customer.leading_zeros() >= halvings);
        }
        self.touchpoints.retain(|_, visits| !visits.settled.is_empty());
    }

    /// Keeps the memory within bounds; see [`MOST_VISITS`]. Called at the same rows in every run.
    pub(super) fn bound(&mut self, most: usize) {
        self.settle();
        let count = |journey: &Journey| {
            journey.touchpoints.values().map(|visits| visits.settled.len()).sum::<usize>()
        };
        while count(self) > most {
            self.halvings += 1;
            self.settle();
        }
    }

    pub(super) fn merge(&mut self, other: &Journey) {
        self.dimension = self.dimension.or(other.dimension);
        self.days = self.days.max(other.days);
        self.admission.merge(&other.admission);
        self.latest = self.latest.max(other.latest);
        self.halvings = self.halvings.max(other.halvings);
        for (name, visits) in &other.touchpoints {
            let mine = self.touchpoints.entry(name.clone()).or_default();
            mine.waiting.extend(visits.settled.iter().chain(&visits.waiting));
        }
        super::segments::fold(&mut self.touchpoints, &self.admission, |mine, theirs| {
            mine.waiting.extend(theirs.settled.iter().chain(&theirs.waiting));
        });
        self.settle();
    }
}

impl PartialEq for Journey {
    fn eq(&self, other: &Journey) -> bool {
        let settled = |journey: &Journey| {
            let mut journey = journey.clone();
            journey.settle();
            let visits: Vec<_> = journey
                .touchpoints
                .into_iter()
                .map(|(name, visits)| (name, visits.settled))
                .collect();
            (
                journey.dimension,
                journey.days,
                journey.admission,
                journey.latest,
                journey.halvings,
                visits,
            )
        };
        settled(self) == settled(other)
    }
}

impl Part for Journey {
    fn add(&mut self, rows: &Rows) {
        let Some(column) = self.dimension.and_then(|at| rows.segment(at)) else { return };
        let names: Vec<&str> =
            column.values.iter().map(|value| self.admission.admit(value)).collect();
        for (row, place) in rows.iter().zip(&column.places_by_row) {
            let Some((_, parts)) = row.score.filter(|_| row.named) else { continue };
            let day = row.day();
            self.latest = self.latest.max(Some(day));
            if day < self.first_day() || !self.is_sampled(row.customer) {
                continue;
            }
            let visit = Visit {
                customer: row.customer,
                day,
                responses: 1,
                sum: parts,
                least: parts,
                last_at: row.wall.unwrap_or_default(),
                last: parts,
            };
            match self.touchpoints.get_mut(names[*place]) {
                Some(visits) => visits.waiting.push(visit),
                None => {
                    let visits = Visits { settled: Vec::new(), waiting: vec![visit] };
                    self.touchpoints.insert(names[*place].to_owned(), visits);
                }
            }
        }
        let waiting: usize = self.touchpoints.values().map(|visits| visits.waiting.len()).sum();
        let settled: usize = self.touchpoints.values().map(|visits| visits.settled.len()).sum();
        // As many as there are in order, so that the work grows with the rows and not with their square.
        if waiting > WAITING.max(settled / 2) {
            self.bound(MOST_VISITS);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_journey_becomes_a_fair_sample() {
        let mut journey = Journey { days: 365, ..Journey::default() };
        let visits = (0..10_000u64).map(|customer| Visit {
            customer: super::super::customer_hash(&customer.to_string()),
            day: 0,
            responses: 1,
            sum: 1,
            least: 1,
            last_at: 0,
            last: 1,
        });
        let waiting = visits.collect();
        journey.touchpoints.insert("shop".into(), Visits { settled: Vec::new(), waiting });
        journey.bound(3_000);
        assert_eq!(journey.one_in(), 4);
        let (_, kept) = journey.iter().next().unwrap();
        assert!(kept.len().abs_diff(2_500) < 150, "{}", kept.len());
        assert!(kept.is_sorted_by_key(|visit| (visit.customer, visit.day)));
    }
}
