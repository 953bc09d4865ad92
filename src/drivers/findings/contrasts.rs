//! `contrasts` and `guard`: how much more often one group of scores mentions a theme than another, over all and by segment,
//! and whether the segments tell the same.

use super::groups::{Pair, Scores};
use super::slices::{Slice, Slices};
use crate::drivers::contrasts::{Contrast, adjust, contrasts};
use crate::drivers::guard::{Guard, Stratum, guard};
use crate::drivers::multiplicity::benjamini_hochberg;
use crate::drivers::scope::Scope;
use crate::drivers::status::Status;
use crate::drivers::target::within;

/// A false discovery rate below which segments are said to differ.
const DIFFERS: f64 = 0.05;

/// A contrast of a pair of groups in a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct ContrastRow {
    /// In which responses.
    pub scope: Scope,
    /// Position of the pair in [`super::Scores::pairs`].
    pub pair: usize,
    /// The figures.
    pub contrast: Contrast,
    /// What the segments say of it; for the overall scope only.
    pub verdict: Option<Verdict>,
    /// Whether the scope is too small to be shown: the figures are then empty.
    pub suppressed: bool,
    /// Whether it is too small for a test.
    pub low_base: bool,
}

/// What the segments say of a contrast over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The same.
    Ok,
    /// It differs from segment to segment.
    Interaction,
    /// Within segments it is surely another, by more than half.
    Confounded,
    /// Within segments it is surely the opposite.
    Reversal,
}

impl Verdict {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::Interaction => "interaction",
            Verdict::Confounded => "confounded",
            Verdict::Reversal => "reversal",
        }
    }
}

/// A contrast within the values of a dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct GuardRow {
    /// Position of the pair.
    pub pair: usize,
    /// The feature.
    pub feature: usize,
    /// The dimension.
    pub dim: String,
    /// What it says.
    pub guard: Guard,
    /// False discovery rate of the segments being alike, over the features of the pair and dimension.
    pub q: Option<f64>,
}

impl GuardRow {
    fn verdict(&self) -> Verdict {
        match () {
            () if self.guard.reversal => Verdict::Reversal,
            () if self.guard.confounded => Verdict::Confounded,
            () if self.q.is_some_and(|q| q < DIFFERS) => Verdict::Interaction,
            () => Verdict::Ok,
        }
    }
}

pub(super) fn rows(
    slices: &Slices,
    scores: &Scores,
    min_support: u64,
) -> (Vec<ContrastRow>, Vec<GuardRow>) {
    let (mut rows, mut guards) = (Vec::new(), Vec::new());
    for (position, pair) in scores.pairs.iter().enumerate() {
        let overall = &slices.overall;
        // The noise of a jackknife alone would call independent rows dependent: only where customers do answer repeatedly.
        let groups: &[_] = if slices.repeated { &slices.groups } else { &[] };
        let mut own = contrasts(&overall.block, pair.bins.0, pair.bins.1, groups, min_support);
        adjust(own.iter_mut().filter(|_| !overall.suppressed && !overall.low_base()));
        let told: Vec<GuardRow> = slices
            .segments
            .iter()
            .flat_map(|values| guarded(values, position, pair, &own, min_support))
            .collect();
        rows.extend(own.into_iter().map(|contrast| {
            let verdicts = told.iter().filter(|row| row.feature == contrast.feature);
            let verdict = Some(verdicts.map(GuardRow::verdict).max().unwrap_or(Verdict::Ok));
            row(overall, position, contrast, verdict)
        }));
        guards.extend(told);
        for values in &slices.segments {
            rows.extend(by_segment(values, position, pair, min_support));
        }
    }
    (rows, guards)
}

/// All values of a dimension are one family of tests.
fn by_segment(
    values: &[Slice],
    position: usize,
    pair: &Pair,
    min_support: u64,
) -> Vec<ContrastRow> {
    let of = |slice: &Slice| contrasts(&slice.block, pair.bins.0, pair.bins.1, &[], min_support);
    let mut tables: Vec<Vec<Contrast>> = values.iter().map(of).collect();
    let tested = values.iter().zip(&mut tables);
    adjust(tested.filter(|(slice, _)| !slice.suppressed && !slice.low_base()).flat_map(|(_, t)| t));
    let rows = values.iter().zip(tables);
    rows.flat_map(|(slice, table)| {
        table.into_iter().map(move |contrast| row(slice, position, contrast, None))
    })
    .collect()
}

fn row(slice: &Slice, pair: usize, contrast: Contrast, verdict: Option<Verdict>) -> ContrastRow {
    let contrast = if slice.suppressed {
        Contrast { feature: contrast.feature, status: Status::Suppressed, ..Contrast::default() }
    } else {
        contrast
    };
    let (suppressed, low_base) = (slice.suppressed, slice.low_base());
    ContrastRow { scope: slice.scope.clone(), pair, contrast, verdict, suppressed, low_base }
}

/// Each contrast with enough mentions, within the values of a dimension that may be shown.
fn guarded(
    values: &[Slice],
    position: usize,
    pair: &Pair,
    contrasts: &[Contrast],
    min_support: u64,
) -> Vec<GuardRow> {
    let Some(dim) = values.first().and_then(|slice| slice.scope.dim()) else {
        return Vec::new();
    };
    let shown =
        |row: &&Contrast| row.status == Status::Ok && row.a.count + row.b.count >= min_support;
    let mut rows: Vec<GuardRow> = contrasts
        .iter()
        .filter(shown)
        .filter_map(|row| {
            let strata: Vec<Stratum> = values
                .iter()
                .map(|slice| {
                    let block = &slice.block;
                    let of = |bins| {
                        (within(block.feature(row.feature), bins), within(&block.texts, bins))
                    };
                    Stratum { high: of(pair.bins.0), low: of(pair.bins.1) }
                })
                .collect();
            let guard = guard(&strata).ok()?;
            let (pair, feature) = (position, row.feature);
            Some(GuardRow { pair, feature, dim: dim.to_owned(), guard, q: None })
        })
        .collect();
    let p: Vec<Option<f64>> = rows.iter().map(|row| row.guard.p).collect();
    for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&p)) {
        row.q = q;
    }
    rows
}
