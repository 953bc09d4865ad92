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
        let mut values: Vec<&str> = cells.iter().filter_map(|cell| cell.scope.value()).collect();
        values.dedup();
        let sample = |value: &str, period: &str| {
            let of = |cell: &&Slice| {
                cell.scope.value() == Some(value) && cell.scope.period() == Some(period)
            };
            cells.iter().find(of).map(|cell| Sample::scores(&cell.block)).unwrap_or_default()
        };
        let samples: Vec<(Sample, Sample)> =
            values.iter().map(|value| (sample(value, &before), sample(value, &after))).collect();
        let values = values.into_iter().map(str::to_owned).collect();
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
