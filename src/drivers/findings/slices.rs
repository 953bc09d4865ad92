//! The scopes of a tally as blocks, each with whether it may be shown.

use crate::drivers::model::MOST_ROWS_PER_CUSTOMER;
use crate::drivers::scope::Scope;
use crate::drivers::suppression::{LOW_BASE, suppressed, suppressed_parts};
use crate::tally::{Block, SegmentPeriods, Segments, Tally};
use std::collections::BTreeMap;

/// The counts of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    /// Which responses.
    pub scope: Scope,
    /// Their counts.
    pub block: Block,
    /// Whether they are too few to be shown, or would give away others that are.
    pub suppressed: bool,
}

impl Slice {
    /// Whether the scope is shown, but too small for arrows and tests.
    pub fn low_base(&self) -> bool {
        !self.suppressed && self.block.scored() < LOW_BASE
    }
}

/// A tally cut into everything that figures are given for.
#[derive(Debug, Clone, PartialEq)]
pub struct Slices {
    /// All responses.
    pub overall: Slice,
    /// All responses by group of customers, empty groups left out.
    pub groups: Vec<Block>,
    /// Distinct customers, where they are known.
    pub customers: Option<u64>,
    /// Whether customers answered repeatedly, so that rows are no independent witnesses.
    pub repeated: bool,
    /// By period, earliest first.
    pub periods: Vec<Slice>,
    /// By dimension: by value.
    pub segments: Vec<Vec<Slice>>,
    /// By dimension: by value and period, scores and features only.
    pub cells: Vec<Vec<Slice>>,
}

impl Slices {
    /// Cuts a tally.
    pub fn of(tally: &Tally) -> Slices {
        let k_anon = tally.layout.k_anon;
        let overall = tally.overall();
        let hidden = suppressed(&overall, k_anon);
        let customers = tally.layout.customers.then(|| tally.population.count().0);
        Slices {
            overall: Slice { scope: Scope::Overall, block: overall, suppressed: hidden },
            groups: tally.groups.iter().filter(|group| !is_empty(group)).cloned().collect(),
            repeated: customers
                .is_some_and(|n| tally.rows as f64 > MOST_ROWS_PER_CUSTOMER * n as f64),
            customers,
            periods: periods(tally, k_anon),
            segments: segments(tally, k_anon),
            cells: cells(tally, k_anon),
        }
    }
}

fn is_empty(block: &Block) -> bool {
    block.scored() + block.missing == 0
}

fn periods(tally: &Tally, k_anon: usize) -> Vec<Slice> {
    let blocks: Vec<(i32, &Block)> = tally.periods.iter().collect();
    let hidden = suppressed_parts(blocks.iter().map(|(_, block)| *block), k_anon);
    let named = |number| Scope::Period(tally.layout.calendar.name(number));
    let slices = blocks.into_iter().zip(hidden);
    slices
        .map(|((number, block), suppressed)| Slice {
            scope: named(number),
            block: block.clone(),
            suppressed,
        })
        .collect()
}

fn segments(tally: &Tally, k_anon: usize) -> Vec<Vec<Slice>> {
    let of = |(dim, segments): (&String, &Segments)| {
        let blocks: Vec<(&str, &Block)> = segments.iter().collect();
        let hidden = suppressed_parts(blocks.iter().map(|(_, block)| *block), k_anon);
        let slices = blocks.into_iter().zip(hidden);
        slices
            .map(|((value, block), suppressed)| Slice {
                scope: Scope::Segment { dim: dim.clone(), value: value.to_owned() },
                block: block.clone(),
                suppressed,
            })
            .collect()
    };
    tally.layout.dimensions.iter().zip(&tally.segments).map(of).collect()
}

/// A cell could be told by subtraction from its row or from its column: both take the next smallest with a single small one.
fn cells(tally: &Tally, k_anon: usize) -> Vec<Vec<Slice>> {
    let of = |(dim, cells): (&String, &SegmentPeriods)| {
        let mut slices: Vec<(Slice, i32)> = Vec::new();
        for (value, by_period) in cells.iter() {
            for (&number, cell) in by_period {
                let period = tally.layout.calendar.name(number);
                let scope =
                    Scope::SegmentPeriod { dim: dim.clone(), value: value.to_owned(), period };
                let block = cell.block();
                slices.push((Slice { scope, block, suppressed: false }, number));
            }
        }
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut columns: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (at, (slice, number)) in slices.iter().enumerate() {
            rows.entry(slice.scope.value().unwrap_or_default().to_owned()).or_default().push(at);
            columns.entry(*number).or_default().push(at);
        }
        for line in rows.values().chain(columns.values()) {
            let hidden = suppressed_parts(line.iter().map(|&at| &slices[at].0.block), k_anon);
            for (&at, hidden) in line.iter().zip(hidden) {
                slices[at].0.suppressed |= hidden;
            }
        }
        slices.into_iter().map(|(slice, _)| slice).collect()
    };
    tally.layout.dimensions.iter().zip(&tally.segment_periods).map(of).collect()
}

/// The sum of blocks.
pub(super) fn sum<'b>(blocks: impl IntoIterator<Item = &'b Block>) -> Block {
    let mut sum = Block::default();
    blocks.into_iter().for_each(|block| sum.merge(block));
    sum
}
