//! `drivers`, `asymmetry` and `gap_ledger`: what the scores go with when all themes are held equal.

use super::groups::Scores;
use super::slices::{Slice, Slices};
use crate::drivers::asymmetry::{Asymmetry, asymmetries};
use crate::drivers::driver::{Drivers, drivers};
use crate::drivers::gap_ledger::{Ledger, gap_ledger};
use crate::drivers::heterogeneity::{Heterogeneity, heterogeneity, sign_stable_segments};
use crate::drivers::model::{Evidence, Model, Rules, Targets};
use crate::drivers::scope::Scope;
use crate::drivers::status::Status;
use crate::drivers::target::Target;
use crate::tally::Block;

/// The drivers of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct DriverTable {
    /// In which responses.
    pub scope: Scope,
    /// The figures.
    pub drivers: Drivers,
    /// By feature: share of the segments in which the effect has the same sign; overall only.
    pub sign_stable: Vec<Option<f64>>,
    /// Whether the scope is too small to be shown: the table is then empty.
    pub suppressed: bool,
    /// Whether it is too small for tests.
    pub low_base: bool,
}

/// How an effect differs over the values of a dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing {
    /// The dimension.
    pub dim: String,
    /// Its values, in the order that [`Heterogeneity::segments`] counts.
    pub values: Vec<String>,
    /// By feature.
    pub rows: Vec<Heterogeneity>,
}

/// Everything that rests on a fit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fits {
    /// Overall first, then every value of every dimension.
    pub drivers: Vec<DriverTable>,
    /// By dimension.
    pub differing: Vec<Differing>,
    /// By theme, overall.
    pub asymmetry: Vec<Asymmetry>,
    /// By pair of groups, overall; why not, where one is empty.
    pub ledgers: Vec<Result<Ledger, Status>>,
}

pub(super) fn fits(slices: &Slices, scores: &Scores, min_support: u64) -> Fits {
    let rules = Rules { min_support, ..Rules::default() };
    let targets = Targets { score: scores.target(), net: scores.net() };
    let overall = &slices.overall;
    let groups: &[Block] = if slices.customers.is_some() { &slices.groups } else { &[] };
    let evidence = Evidence::new(&overall.block, groups, slices.customers);
    let model = Model::of(&evidence, &targets, rules);
    let fitted = model.as_ref().ok();
    let differing: Vec<Differing> =
        slices.segments.iter().filter_map(|values| differing(values, scores, rules)).collect();
    let whole = drivers(&evidence, &targets, &model);
    let stable = whole.rows.iter().map(|row| {
        let effect = row.score.as_ref()?.effect;
        let of = |dim: &'_ Differing| dim.rows.iter().position(|told| told.feature == row.feature);
        let told: Vec<&Heterogeneity> =
            differing.iter().filter_map(|dim| Some(&dim.rows[of(dim)?])).collect();
        sign_stable_segments(effect, &told)
    });
    let sign_stable: Vec<Option<f64>> = stable.collect();
    let mut tables = vec![DriverTable { sign_stable, ..table(overall, whole) }];
    for slice in slices.segments.iter().flatten() {
        let evidence = Evidence::new(&slice.block, &[], None);
        let model = Model::of(&evidence, &targets, rules);
        tables.push(table(slice, drivers(&evidence, &targets, &model)));
    }
    let band = |bins| Target::share(scores.bins, bins);
    Fits {
        drivers: tables,
        differing,
        asymmetry: fitted.filter(|_| !overall.suppressed).map_or_else(Vec::new, |model| {
            asymmetries(&overall.block, model, &band(scores.high), &band(scores.low))
        }),
        ledgers: scores
            .pairs
            .iter()
            .map(|pair| {
                if overall.suppressed {
                    return Err(Status::Suppressed);
                }
                gap_ledger(&evidence, &targets.score, fitted, pair.bins.0, pair.bins.1)
            })
            .collect(),
    }
}

fn table(slice: &Slice, mut drivers: Drivers) -> DriverTable {
    if slice.suppressed {
        drivers.rows.clear();
        drivers.status = Status::Suppressed;
    }
    DriverTable {
        scope: slice.scope.clone(),
        drivers,
        sign_stable: Vec::new(),
        suppressed: slice.suppressed,
        low_base: slice.low_base(),
    }
}

/// Only values that may be shown take part.
fn differing(values: &[Slice], scores: &Scores, rules: Rules) -> Option<Differing> {
    let shown: Vec<&Slice> = values.iter().filter(|slice| !slice.suppressed).collect();
    let dim = shown.first()?.scope.dim()?.to_owned();
    let blocks: Vec<&Block> = shown.iter().map(|slice| &slice.block).collect();
    Some(Differing {
        dim,
        values: shown.iter().filter_map(|slice| slice.scope.value().map(str::to_owned)).collect(),
        rows: heterogeneity(&blocks, &scores.target(), rules),
    })
}
