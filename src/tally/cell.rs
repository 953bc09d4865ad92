//! The lean counts of a scope of two lines (a segment in a period, a segment within another): no pairs of features.

use super::block::{Block, Row, Shape};
use super::customers::Distinct;

/// Scores and features by score. Counts stay at 4,294,967,295 where they would be greater, in whatever order they add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    shape: Shape,
    /// Responses by score, those of them with text, then features by score.
    pub(super) counts: Vec<u32>,
    /// Responses without a valid score.
    pub missing: u64,
    /// Sum of the scores in parts of a point, exact.
    pub sum: i128,
    /// Sum of their squares.
    pub squares: i128,
    /// The customers, as far as suppression must know them.
    pub customers: Distinct,
}

impl Cell {
    /// An empty cell that can tell whether it holds `k_anon` customers.
    pub fn new(shape: Shape, k_anon: usize) -> Cell {
        let counts = vec![0; (2 + shape.features()) * shape.bins];
        Cell { shape, counts, customers: Distinct::new(k_anon), ..Cell::default() }
    }

    /// Counts one response.
    pub fn add(&mut self, row: Row<'_>) {
        self.customers.add(row.customer);
        let Some((bin, parts)) = row.score else {
            self.missing += 1;
            return;
        };
        self.sum += i128::from(parts);
        self.squares += i128::from(parts) * i128::from(parts);
        self.count(0, bin);
        if row.text {
            self.count(1, bin);
            for &feature in row.features {
                self.count(2 + feature, bin);
            }
        }
    }

    fn count(&mut self, line: usize, bin: usize) {
        if let Some(count) = self.counts.get_mut(line * self.shape.bins + bin) {
            *count = count.saturating_add(1);
        }
    }

    /// Adds another cell of the same shape; an empty default cell is the identity.
    pub fn merge(&mut self, other: &Cell) {
        if self.shape == Shape::default() {
            (self.shape, self.counts) = (other.shape, vec![0; other.counts.len()]);
        }
        for (mine, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *mine = mine.saturating_add(*theirs);
        }
        self.missing += other.missing;
        self.sum += other.sum;
        self.squares += other.squares;
        self.customers.merge(&other.customers);
    }

    /// Responses by score.
    pub fn scores(&self) -> &[u32] {
        self.line(0)
    }

    /// Scored responses with text, by score: the base of rates.
    pub fn texts(&self) -> &[u32] {
        self.line(1)
    }

    /// Scored responses with a feature, by score.
    pub fn feature(&self, feature: usize) -> &[u32] {
        self.line(2 + feature)
    }

    /// Scored responses, with or without text.
    pub fn scored(&self) -> u64 {
        self.scores().iter().copied().map(u64::from).sum()
    }

    /// The cell as a block, without pairs of features: for figures of one feature at a time.
    pub fn block(&self) -> Block {
        let wide = |counts: &[u32]| counts.iter().copied().map(u64::from).collect::<Vec<u64>>();
        let features = self.counts.get(2 * self.shape.bins..).unwrap_or_default();
        Block {
            shape: self.shape,
            scores: wide(self.scores()),
            texts: wide(self.texts()),
            by_score: wide(features),
            sum: self.sum,
            squares: self.squares,
            missing: self.missing,
            customers: self.customers.clone(),
            ..Block::default()
        }
    }

    fn line(&self, line: usize) -> &[u32] {
        let bins = self.shape.bins;
        self.counts.get(line * bins..(line + 1) * bins).unwrap_or_default()
    }
}
