//! `trends`, `emerging` and `decomposition`: how figures move from period to period, and what a change is made of.

use super::groups::Scores;
use super::slices::{Slice, Slices};
use crate::drivers::contrasts::Mentions;
use crate::drivers::decomposition::{Kitagawa, Oaxaca, kitagawa, oaxaca};
use crate::drivers::emerging::{Emergence, emerging};
use crate::drivers::interval::wilson;
use crate::drivers::kpi::{Kpi, kpis, measures};
use crate::drivers::model::Rules;
use crate::drivers::multiplicity::benjamini_hochberg;
use crate::drivers::sample::Sample;
use crate::drivers::status::Status;
use crate::drivers::trend::{Trend, cochran_armitage};
use crate::tally::Block;
use std::collections::{BTreeMap, BTreeSet};

/// A point of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendRow {
    /// What the series is of.
    pub series: Series,
    /// The period.
    pub period: String,
    /// The point; its interval.
    pub point: Option<f64>,
    /// 95 %.
    pub interval: Option<(f64, f64)>,
    /// Responses that it counts, for a share.
    pub count: Option<u64>,
    /// Responses that it rests on.
    pub base: Option<u64>,
    /// The trend of the whole series; of shares with three periods or more.
    pub trend: Option<Trend>,
    /// Its false discovery rate over all themes.
    pub q: Option<f64>,
    /// Whether the period is too small to be shown.
    pub suppressed: bool,
    /// Whether it is too small for arrows and tests.
    pub low_base: bool,
    /// Why something is missing.
    pub status: Status,
}

/// What a series is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// A key figure, by its name.
    Kpi(&'static str),
    /// The share of responses with a feature.
    Feature(usize),
}

/// What a change of the mean score between two periods is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// The earlier period.
    pub first: String,
    /// The later one.
    pub second: String,
    /// By dimension: its values, and the change of mix and within values.
    pub segments: Vec<(String, Vec<String>, Result<Kitagawa, Status>)>,
    /// Over themes.
    pub themes: Result<Oaxaca, Status>,
}

/// Everything about time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Movements {
    /// Series by period.
    pub trends: Vec<TrendRow>,
    /// Features of the last period against those before; positions are features.
    pub emerging: Option<Emergence>,
    /// Of the last two periods that may be shown.
    pub decomposition: Option<Decomposition>,
}

pub(super) fn movements(slices: &Slices, scores: &Scores, min_support: u64) -> Movements {
    let mut trends = kpi_series(slices, scores);
    trends.extend(feature_series(slices));
    let shown: Vec<&Slice> = slices.periods.iter().filter(|slice| !slice.suppressed).collect();
    let series: Vec<Vec<Mentions>> = features(slices)
        .map(|feature| shown.iter().map(|slice| mentions(slice, feature)).collect())
        .collect();
    Movements {
        trends,
        emerging: (shown.len() > 2).then(|| emerging(&series, min_support)),
        decomposition: decomposition(slices, scores, &shown, min_support),
    }
}

fn features(slices: &Slices) -> std::ops::Range<usize> {
    0..slices.overall.block.shape.features()
}

/// Responses with text that have a feature, scored or not: a rate of mentions needs no score.
fn mentions(slice: &Slice, feature: usize) -> Mentions {
    let block = &slice.block;
    let unscored = block.unscored.get(feature).copied().unwrap_or_default();
    Mentions {
        count: block.feature(feature).iter().sum::<u64>() + unscored,
        base: block.base() + block.missing_texts,
    }
}

fn kpi_series(slices: &Slices, scores: &Scores) -> Vec<TrendRow> {
    let measures = measures(scores.scale, &scores.bands);
    let of = |slice: &Slice| kpis(&slice.block, &measures, slice.suppressed);
    let by_period: Vec<Vec<Kpi>> = slices.periods.iter().map(of).collect();
    let series = (0..measures.len()).flat_map(|at| {
        let periods = slices.periods.iter().zip(&by_period);
        periods.map(move |(slice, kpis)| {
            let kpi = &kpis[at];
            TrendRow {
                series: Series::Kpi(kpi.name),
                point: kpi.point,
                interval: kpi.interval,
                base: (!slice.suppressed).then_some(kpi.base),
                status: kpi.status,
                ..row(slice)
            }
        })
    });
    series.collect()
}

fn feature_series(slices: &Slices) -> Vec<TrendRow> {
    let shown: Vec<&Slice> = slices.periods.iter().filter(|slice| !slice.suppressed).collect();
    let trends: Vec<Option<Trend>> = features(slices)
        .map(|feature| {
            let counts: Vec<Mentions> =
                shown.iter().map(|slice| mentions(slice, feature)).collect();
            (counts.len() > 2).then(|| cochran_armitage(&counts)).flatten()
        })
        .collect();
    let p: Vec<Option<f64>> = trends.iter().map(|trend| Some(trend.as_ref()?.p)).collect();
    let q = benjamini_hochberg(&p);
    let series = features(slices).flat_map(|feature| {
        let (trend, q) = (trends[feature], q.get(feature).copied().flatten());
        slices.periods.iter().map(move |slice| {
            let mentions = mentions(slice, feature);
            let row = TrendRow { series: Series::Feature(feature), trend, q, ..row(slice) };
            if slice.suppressed || mentions.base == 0 {
                return row;
            }
            TrendRow {
                point: mentions.rate(),
                interval: Some(wilson(mentions.count, mentions.base)),
                count: Some(mentions.count),
                base: Some(mentions.base),
                ..row
            }
        })
    });
    series.collect()
}

fn row(slice: &Slice) -> TrendRow {
    TrendRow {
        series: Series::Feature(0),
        period: slice.scope.period().unwrap_or_default().to_owned(),
        point: None,
        interval: None,
        count: None,
        base: None,
        trend: None,
        q: None,
        suppressed: slice.suppressed,
        low_base: slice.low_base(),
        status: if slice.suppressed { Status::Suppressed } else { Status::Ok },
    }
}

fn decomposition(
    slices: &Slices,
    scores: &Scores,
    shown: &[&Slice],
    min_support: u64,
) -> Option<Decomposition> {
    let [.., first, second] = shown else { return None };
    let named = |slice: &Slice| slice.scope.period().unwrap_or_default().to_owned();
    let (before, after) = (named(first), named(second));
    let segments = slices.cells.iter().filter_map(|cells| {
        let dim = cells.first()?.scope.dim()?.to_owned();
        let (values, samples) = by_value(cells, &before, &after);
        Some((dim, values, kitagawa(&samples)))
    });
    let rules = Rules { min_support, ..Rules::default() };
    Some(Decomposition {
        segments: segments.collect(),
        themes: oaxaca(&first.block, &second.block, &scores.target(), rules, &[]),
        first: before,
        second: after,
    })
}

/// What stands for all values that may not be shown in one of two periods: together they are shown, so that the parts still
/// sum to the change.
const POOLED: &str = "(suppressed)";

/// The scores of each value of a dimension in two periods.
fn by_value(cells: &[Slice], before: &str, after: &str) -> (Vec<String>, Vec<(Sample, Sample)>) {
    let mut blocks: BTreeMap<&str, [Block; 2]> = BTreeMap::new();
    let small: BTreeSet<&str> = cells
        .iter()
        .filter(|cell| cell.suppressed && [before, after].map(Some).contains(&cell.scope.period()))
        .filter_map(|cell| cell.scope.value())
        .collect();
    for cell in cells {
        let (Some(value), Some(period)) = (cell.scope.value(), cell.scope.period()) else {
            continue;
        };
        let value = if small.contains(value) { POOLED } else { value };
        for (side, _) in [before, after].into_iter().enumerate().filter(|(_, p)| *p == period) {
            blocks.entry(value).or_default()[side].merge(&cell.block);
        }
    }
    let samples = blocks.values().map(|[a, b]| (Sample::scores(a), Sample::scores(b))).collect();
    (blocks.into_keys().map(str::to_owned).collect(), samples)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drivers::scope::Scope;
    use crate::tally::Shape;

    fn cell(value: &str, period: &str, rows: u64, suppressed: bool) -> Slice {
        let shape = Shape { bins: 1, themes: 0 };
        let sum = 1000 * i128::from(rows);
        let block = Block { shape, scores: vec![rows], sum, ..Block::default() };
        let (dim, value, period) = ("channel".into(), value.into(), period.into());
        Slice { scope: Scope::SegmentPeriod { dim, value, period }, block, suppressed }
    }

    #[test]
    fn values_that_are_small_in_one_period_are_shown_together() {
        let cells = [
            cell("chat", "a", 3, true),
            cell("chat", "b", 50, false),
            cell("email", "a", 20, true),
            cell("phone", "a", 70, false),
            cell("phone", "b", 80, false),
            cell("store", "other", 1, true),
        ];
        let (values, samples) = by_value(&cells, "a", "b");
        assert_eq!(values, ["(suppressed)", "phone"]);
        let rows: Vec<(u64, u64)> = samples.iter().map(|(a, b)| (a.n, b.n)).collect();
        assert_eq!(rows, [(23, 50), (70, 80)]);
    }
}
