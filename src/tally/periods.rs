//! Counts by period: the latest ones in full.

use super::Part;
use super::block::{Block, Shape};
use super::rows::{Rows, grouped};
use std::collections::BTreeMap;

/// Periods that have a block of their own: a year of days, or 33 years of months.
pub const LATEST_BLOCKS: usize = 400;

/// Blocks by period number. Of more than [`LATEST_BLOCKS`] periods the latest are kept: whatever came first, each of them
/// is complete, because a period that has been dropped never comes back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Periods {
    pub(super) shape: Shape,
    pub(super) k_anon: usize,
    pub(super) blocks: BTreeMap<i32, Block>,
}

impl Periods {
    pub(super) fn new(shape: Shape, k_anon: usize) -> Periods {
        Periods { shape, k_anon, blocks: BTreeMap::new() }
    }

    /// Period numbers with their counts, earliest first.
    pub fn iter(&self) -> impl Iterator<Item = (i32, &Block)> {
        self.blocks.iter().map(|(period, block)| (*period, block))
    }

    /// The counts of a period.
    pub fn get(&self, period: i32) -> Option<&Block> {
        self.blocks.get(&period)
    }

    pub(super) fn merge(&mut self, other: &Periods) {
        if self.shape == Shape::default() {
            (self.shape, self.k_anon) = (other.shape, other.k_anon);
        }
        for (period, block) in &other.blocks {
            self.blocks.entry(*period).or_default().merge(block);
        }
        while self.blocks.len() > LATEST_BLOCKS {
            self.blocks.pop_first();
        }
    }
}

impl Part for Periods {
    fn add(&mut self, rows: &Rows) {
        let periods = grouped(rows.iter().map(|row| row.period));
        for run in periods.chunk_by(|a, b| a.0 == b.0) {
            let Some(period) = run[0].0 else { continue };
            let block =
                self.blocks.entry(period).or_insert_with(|| Block::new(self.shape, self.k_anon));
            run.iter().for_each(|&(_, row)| block.add(rows.get(row).row()));
            if self.blocks.len() > LATEST_BLOCKS {
                self.blocks.pop_first();
            }
        }
    }
}
