//! Drivers: how much the score differs with each praise and complaint, all others equal, and how much there is to win.

use super::importance::{relative_weights, shares};
use super::jackknife;
use super::model::{Errors, Evidence, Model, Rest, Targets, replicates};
use super::multiplicity::benjamini_hochberg;
use super::regression::Fit;
use super::status::Status;
use super::target::Target;

/// From this many rows on shrinking effects gains nothing: they are shown as they are.
const ROWS_ENOUGH: u64 = 50_000;

/// The driver table of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// Whether there is a fit, and why not.
    pub status: Status,
    /// Scored rows with text.
    pub n: u64,
    /// Features in the fit.
    pub k: usize,
    /// Support that a feature needed.
    pub min_support: Option<u64>,
    /// Mean score of these rows.
    pub mean: Option<f64>,
    /// Their NPS, on a scale that has one.
    pub nps: Option<f64>,
    /// The expected score of a row that mentions nothing.
    pub intercept: Option<f64>,
    /// The expected NPS of rows that mention nothing.
    pub nps_intercept: Option<f64>,
    /// Share of the variance of scores that the features track.
    pub r2: Option<f64>,
    /// The same of the NPS target.
    pub nps_r2: Option<f64>,
    /// Which errors hold.
    pub errors: Option<Errors>,
    /// By feature.
    pub rows: Vec<Driver>,
}

/// What a theme's praise (even features) or complaint (odd ones) goes with.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Twice the theme, and one more for complaint.
    pub feature: usize,
    /// Why it has no part in the fit; `LowBase` when it has, but too few customers to tell its error.
    pub status: Status,
    /// Rows with it.
    pub support: u64,
    /// Share of rows with it.
    pub prevalence: Option<f64>,
    /// On the score, in points.
    pub score: Option<Effect>,
    /// On the NPS, in NPS points.
    pub net: Option<Effect>,
    /// What the NPS would gain if this mention, and what it stands for, were absent and the rest equal.
    pub nps_if_neutralised: Option<Neutralised>,
    /// NPS of all rows less NPS of the rows without it: what vendors call impact. Confounded by what is said along with it.
    pub nps_removal_naive: Option<f64>,
    /// What the NPS would gain if all detractors with the mention became passive: more than neutralising can mean.
    pub nps_bound: Option<f64>,
    /// Share of the tracked differences in score that is this feature's.
    pub importance_share: Option<f64>,
    /// Place by what there is to win or lose: by the size of `nps_if_neutralised`, else of the net contribution.
    pub rank: Option<usize>,
}

/// A feature's part in a fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// How much higher the target is with the feature, all others equal.
    pub effect: f64,
    /// Its error that holds.
    pub error: Option<f64>,
    /// Its least-squares error.
    pub ols_error: f64,
    /// Its error by leaving out groups of customers.
    pub jackknife_error: Option<f64>,
    /// The effect drawn towards zero as few rows demand; for display.
    pub shrunk: f64,
    /// Two-sided p by the error that holds.
    pub p: Option<f64>,
    /// Its false discovery rate over all features of the fit.
    pub q: Option<f64>,
    /// Prevalence times effect. These sum with the intercept to the mean of the target.
    pub net_contribution: f64,
}

/// What the NPS would gain without the mention.
#[derive(Debug, Clone, PartialEq)]
pub struct Neutralised {
    /// NPS points, within what the NPS can gain and lose.
    pub gain: f64,
    /// 95 % interval by the error that holds.
    pub interval: Option<(f64, f64)>,
    /// The error by the delta method, rows being independent.
    pub delta_error: f64,
    /// The error by leaving out groups of customers.
    pub jackknife_error: Option<f64>,
}

/// Makes the table; `model` is the one of the evidence.
pub fn drivers(
    evidence: &Evidence<'_>,
    targets: &Targets,
    model: &Result<Model, Status>,
) -> Drivers {
    let total = evidence.total;
    let fitted = model.as_ref().ok();
    let net = fitted.and_then(|model| model.net.as_ref());
    let mut rows: Vec<Driver> = (0..total.shape.features())
        .map(|feature| unfitted(evidence, targets, model, feature))
        .collect();
    if let Some(model) = fitted {
        let gram = &model.selection.gram;
        let weights = relative_weights(&gram.correlations, &model.score.correlations);
        let shares = shares(&weights);
        let scores = effects(model, &model.score, &model.score_rests);
        let nets = net.map(|net| effects(model, net, &model.net_rests));
        for (place, (&feature, score)) in gram.features.iter().zip(scores).enumerate() {
            let row = &mut rows[feature];
            if score.p.is_none() {
                row.status = Status::LowBase;
            }
            row.score = Some(score);
            row.net = nets.as_ref().map(|nets| nets[place].clone());
            row.nps_if_neutralised = net.map(|net| neutralised(model, net, place));
            row.importance_share = shares.as_ref().map(|shares| shares[place]);
        }
    }
    rank(&mut rows);
    Drivers {
        status: model.as_ref().err().copied().unwrap_or_default(),
        n: total.base(),
        k: fitted.map_or(0, |model| model.selection.gram.features.len()),
        min_support: fitted.map(|model| model.selection.min_support),
        mean: targets.score.mean(&total.texts),
        nps: targets.net.as_ref().and_then(|net| net.mean(&total.texts)),
        intercept: fitted.map(|model| model.score.intercept),
        nps_intercept: net.map(|net| net.intercept),
        r2: fitted.map(|model| model.score.r2),
        nps_r2: net.map(|net| net.r2),
        errors: fitted.map(|model| model.errors),
        rows,
    }
}

/// What is known of a feature without a fit.
fn unfitted(
    evidence: &Evidence<'_>,
    targets: &Targets,
    model: &Result<Model, Status>,
    feature: usize,
) -> Driver {
    let total = evidence.total;
    let (n, support) = (total.base(), total.both(feature, feature));
    let status = match model {
        Err(status) => *status,
        Ok(model) if model.selection.gram.place(feature).is_some() => Status::Ok,
        Ok(model) if model.selection.collinear.contains(&feature) => Status::CollinearDropped,
        Ok(_) if n > 0 && support == n => Status::NoVariation,
        Ok(_) => Status::LowSupport,
    };
    Driver {
        feature,
        status,
        support,
        prevalence: (n > 0).then(|| support as f64 / n as f64),
        score: None,
        net: None,
        nps_if_neutralised: None,
        nps_removal_naive: targets
            .net
            .as_ref()
            .and_then(|net| removal(net, &total.texts, total.feature(feature))),
        nps_bound: targets.net.as_ref().and_then(|net| bound(net, total.feature(feature), n)),
        importance_share: None,
        rank: None,
    }
}

/// NPS with all rows less NPS with those that lack the feature, with one exact numerator.
fn removal(net: &Target, all: &[u64], with: &[u64]) -> Option<f64> {
    let (n, count) = (all.iter().sum::<u64>(), with.iter().sum::<u64>());
    let without = n.checked_sub(count).filter(|without| *without > 0)?;
    let numerator = i128::from(n) * net.sum(with) - i128::from(count) * net.sum(all);
    Some(numerator as f64 / n as f64 / without as f64)
}

/// 100 times the share of rows that are detractors and have the feature.
fn bound(net: &Target, with: &[u64], n: u64) -> Option<f64> {
    let detractors: u64 = net
        .points
        .iter()
        .zip(with)
        .filter(|(points, _)| **points < 0)
        .map(|(_, count)| count)
        .sum();
    (n > 0).then(|| 100.0 * detractors as f64 / n as f64)
}

fn effects(model: &Model, fit: &Fit, rests: &[Rest]) -> Vec<Effect> {
    let gram = &model.selection.gram;
    let shrunk = if gram.n < ROWS_ENOUGH { gram.shrunk(fit) } else { fit.effects.clone() };
    let mut rows: Vec<Effect> = fit
        .effects
        .iter()
        .zip(shrunk)
        .enumerate()
        .map(|(place, (&effect, shrunk))| {
            let left_out = replicates(rests, |rest| rest.effects[place]);
            let ols_error = model.ols_error(fit, place);
            let error = model.error(ols_error, left_out.as_deref());
            Effect {
                effect,
                error,
                ols_error,
                jackknife_error: left_out.as_deref().and_then(jackknife::error),
                shrunk,
                p: model.p(effect, error),
                q: None,
                net_contribution: model.share(place) * effect,
            }
        })
        .collect();
    let p: Vec<Option<f64>> = rows.iter().map(|row| row.p).collect();
    for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&p)) {
        row.q = q;
    }
    rows
}

fn neutralised(model: &Model, net: &Fit, place: usize) -> Neutralised {
    let n = model.selection.gram.n as f64;
    let (share, effect) = (model.share(place), net.effects[place]);
    let left_out =
        replicates(&model.net_rests, |rest| Some(-rest.shares[place] * rest.effects[place]?));
    let delta = share * share * model.covariance(net, place, place)
        + effect * effect * share * (1.0 - share) / n;
    let delta_error = delta.max(0.0).sqrt();
    let gain = -share * effect;
    let possible = |gain: f64| gain.clamp(-100.0 - net.mean, 100.0 - net.mean);
    let half = model.error(delta_error, left_out.as_deref()).map(|error| model.point() * error);
    Neutralised {
        gain: possible(gain),
        interval: half.map(|half| (possible(gain - half), possible(gain + half))),
        delta_error,
        jackknife_error: left_out.as_deref().and_then(jackknife::error),
    }
}

fn rank(rows: &mut [Driver]) {
    let size = |row: &Driver| {
        let gain = row.nps_if_neutralised.as_ref().map(|neutralised| neutralised.gain);
        gain.or(row.score.as_ref().map(|effect| effect.net_contribution)).map(f64::abs)
    };
    let mut order: Vec<(usize, f64)> =
        rows.iter().enumerate().filter_map(|(place, row)| Some((place, size(row)?))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    for (rank, (place, _)) in order.into_iter().enumerate() {
        rows[place].rank = Some(rank + 1);
    }
}
