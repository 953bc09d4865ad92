//! Counts by segment: by the values of a dimension in full, by value and period and by the values of two dimensions
//! leanly. Null is a value of its own, the empty text.

use super::Part;
use super::admission::{Admission, MOST_SHOWN, OTHER};
use super::block::{Block, Shape};
use super::cell::Cell;
use super::rows::{Column, Rows, grouped};
use std::collections::{BTreeMap, BTreeSet};

/// Periods that segments are split by: five years of months.
pub const LATEST_CELLS: usize = 60;

/// The blocks of one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segments {
    pub(super) dimension: usize,
    pub(super) shape: Shape,
    pub(super) k_anon: usize,
    pub(super) admission: Admission,
    pub(super) blocks: BTreeMap<String, Block>,
}

impl Segments {
    pub(super) fn new(dimension: usize, shape: Shape, k_anon: usize) -> Segments {
        Segments { dimension, shape, k_anon, ..Segments::default() }
    }

    /// Values with their counts, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Block)> {
        self.blocks.iter().map(|(value, block)| (value.as_str(), block))
    }

    /// The counts of a value.
    pub fn get(&self, value: &str) -> Option<&Block> {
        self.blocks.get(value)
    }

    /// The values with the most responses, of the first name where they have as many.
    pub(super) fn shown(&self) -> BTreeSet<String> {
        let counted = self.blocks.iter().filter(|(value, _)| *value != OTHER);
        let mut values: Vec<(u64, &String)> =
            counted.map(|(value, block)| (block.scored() + block.missing, value)).collect();
        values.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        values.into_iter().take(MOST_SHOWN).map(|(_, value)| value.clone()).collect()
    }

    /// Folds all values but some into [`OTHER`].
    pub(super) fn keep(&mut self, kept: &BTreeSet<String>) {
        self.admission.keep(kept);
        fold(&mut self.blocks, &self.admission, Block::merge);
    }

    pub(super) fn merge(&mut self, other: &Segments) {
        if self.shape == Shape::default() {
            (self.dimension, self.shape, self.k_anon) =
                (other.dimension, other.shape, other.k_anon);
        }
        self.admission.merge(&other.admission);
        for (value, block) in &other.blocks {
            self.blocks.entry(value.clone()).or_default().merge(block);
        }
        fold(&mut self.blocks, &self.admission, Block::merge);
    }
}

impl Part for Segments {
    fn add(&mut self, rows: &Rows) {
        let Some(column) = rows.segment(self.dimension) else { return };
        let names = admitted(&mut self.admission, column);
        let by_place = grouped(column.places_by_row.iter().copied());
        for run in by_place.chunk_by(|a, b| a.0 == b.0) {
            let block = self
                .blocks
                .entry(names[run[0].0].to_owned())
                .or_insert_with(|| Block::new(self.shape, self.k_anon));
            run.iter().for_each(|&(_, row)| block.add(rows.get(row).row()));
        }
    }
}

/// The cells of one dimension by value and period, of the latest periods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SegmentPeriods {
    pub(super) dimension: usize,
    pub(super) shape: Shape,
    pub(super) k_anon: usize,
    pub(super) admission: Admission,
    pub(super) periods: BTreeSet<i32>,
    pub(super) cells: BTreeMap<String, BTreeMap<i32, Cell>>,
}

impl SegmentPeriods {
    pub(super) fn new(dimension: usize, shape: Shape, k_anon: usize) -> SegmentPeriods {
        SegmentPeriods { dimension, shape, k_anon, ..SegmentPeriods::default() }
    }

    /// Values, by name, with their counts by period, earliest first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &BTreeMap<i32, Cell>)> {
        self.cells.iter().map(|(value, cells)| (value.as_str(), cells))
    }

    /// The counts of a value in a period.
    pub fn get(&self, value: &str, period: i32) -> Option<&Cell> {
        self.cells.get(value)?.get(&period)
    }

    pub(super) fn keep(&mut self, kept: &BTreeSet<String>) {
        self.admission.keep(kept);
        fold(&mut self.cells, &self.admission, merge_cells);
    }

    pub(super) fn merge(&mut self, other: &SegmentPeriods) {
        if self.shape == Shape::default() {
            (self.dimension, self.shape, self.k_anon) =
                (other.dimension, other.shape, other.k_anon);
        }
        self.admission.merge(&other.admission);
        self.periods.extend(&other.periods);
        for (value, cells) in &other.cells {
            merge_cells(self.cells.entry(value.clone()).or_default(), cells);
        }
        fold(&mut self.cells, &self.admission, merge_cells);
        self.drop_early();
    }

    /// Whether a period is kept or may be.
    fn is_late(&self, period: i32) -> bool {
        self.periods.len() < LATEST_CELLS
            || self.periods.first().is_none_or(|first| period >= *first)
    }

    fn drop_early(&mut self) {
        while self.periods.len() > LATEST_CELLS {
            if let Some(first) = self.periods.pop_first() {
                self.cells.values_mut().for_each(|cells| drop(cells.remove(&first)));
                self.cells.retain(|_, cells| !cells.is_empty());
            }
        }
    }
}

impl Part for SegmentPeriods {
    fn add(&mut self, rows: &Rows) {
        let Some(column) = rows.segment(self.dimension) else { return };
        let names = admitted(&mut self.admission, column);
        let keys = column.places_by_row.iter().zip(rows.iter());
        let by_key = grouped(keys.map(|(place, row)| (*place, row.period)));
        for run in by_key.chunk_by(|a, b| a.0 == b.0) {
            let (place, Some(period)) = run[0].0 else { continue };
            if !self.is_late(period) {
                continue;
            }
            self.periods.insert(period);
            let cells = self.cells.entry(names[place].to_owned()).or_default();
            let cell = cells.entry(period).or_insert_with(|| Cell::new(self.shape, self.k_anon));
            run.iter().for_each(|&(_, row)| cell.add(rows.get(row).row()));
            self.drop_early();
        }
    }
}

/// The cells of two dimensions by their values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SegmentPairs {
    /// The positions of the two dimensions.
    pub dimensions: (usize, usize),
    pub(super) shape: Shape,
    pub(super) k_anon: usize,
    pub(super) admissions: (Admission, Admission),
    pub(super) cells: BTreeMap<String, BTreeMap<String, Cell>>,
}

impl SegmentPairs {
    pub(super) fn new(dimensions: (usize, usize), shape: Shape, k_anon: usize) -> SegmentPairs {
        SegmentPairs { dimensions, shape, k_anon, ..SegmentPairs::default() }
    }

    /// Values of the first dimension, by name, with their counts by the values of the second.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, Cell>)> {
        self.cells.iter().map(|(value, cells)| (value.as_str(), cells))
    }

    /// The counts of two values.
    pub fn get(&self, first: &str, second: &str) -> Option<&Cell> {
        self.cells.get(first)?.get(second)
    }

    pub(super) fn keep(&mut self, first: &BTreeSet<String>, second: &BTreeSet<String>) {
        self.admissions.0.keep(first);
        self.admissions.1.keep(second);
        self.fold();
    }

    pub(super) fn merge(&mut self, other: &SegmentPairs) {
        if self.shape == Shape::default() {
            (self.dimensions, self.shape, self.k_anon) =
                (other.dimensions, other.shape, other.k_anon);
        }
        self.admissions.0.merge(&other.admissions.0);
        self.admissions.1.merge(&other.admissions.1);
        for (value, cells) in &other.cells {
            merge_cells(self.cells.entry(value.clone()).or_default(), cells);
        }
        self.fold();
    }

    fn fold(&mut self) {
        fold(&mut self.cells, &self.admissions.0, merge_cells);
        for cells in self.cells.values_mut() {
            fold(cells, &self.admissions.1, Cell::merge);
        }
    }
}

impl Part for SegmentPairs {
    fn add(&mut self, rows: &Rows) {
        let (first, second) = self.dimensions;
        let (Some(first), Some(second)) = (rows.segment(first), rows.segment(second)) else {
            return;
        };
        let first_names = admitted(&mut self.admissions.0, first);
        let second_names = admitted(&mut self.admissions.1, second);
        let keys = first.places_by_row.iter().zip(&second.places_by_row);
        let by_key = grouped(keys.map(|(one, other)| (*one, *other)));
        for run in by_key.chunk_by(|a, b| a.0 == b.0) {
            let (one, other) = run[0].0;
            let cells = self.cells.entry(first_names[one].to_owned()).or_default();
            let cell = cells
                .entry(second_names[other].to_owned())
                .or_insert_with(|| Cell::new(self.shape, self.k_anon));
            run.iter().for_each(|&(_, row)| cell.add(rows.get(row).row()));
        }
    }
}

/// The names under which the values of a slice are counted, by place.
fn admitted<'c>(admission: &mut Admission, column: &'c Column) -> Vec<&'c str> {
    column.values.iter().map(|value| admission.admit(value)).collect()
}

/// Moves what is no longer counted apart to [`OTHER`].
pub(super) fn fold<V: Default>(
    map: &mut BTreeMap<String, V>,
    admission: &Admission,
    merge: impl Fn(&mut V, &V),
) {
    let turned_away: Vec<String> =
        map.keys().filter(|value| !admission.holds(value)).cloned().collect();
    for value in turned_away {
        if let Some(folded) = map.remove(&value) {
            merge(map.entry(OTHER.to_owned()).or_default(), &folded);
        }
    }
}

fn merge_cells<K: Ord + Clone>(mine: &mut BTreeMap<K, Cell>, theirs: &BTreeMap<K, Cell>) {
    for (key, cell) in theirs {
        mine.entry(key.clone()).or_default().merge(cell);
    }
}
