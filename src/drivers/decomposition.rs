//! What a change between two periods is made of: another mix of rows or of mentions, or other scores within it.

use super::distribution::normal_two_sided;
use super::jackknife;
use super::model::{Rules, enough_rows, p_value, supported};
use super::multiplicity::benjamini_hochberg;
use super::regression::{Fit, Gram};
use super::sample::Sample;
use super::status::Status;
use super::target::Target;
use crate::tally::Block;

/// A change over the values of a dimension that divides the rows, as Kitagawa (1955) has it. A change of mix alone is no
/// improvement.
#[derive(Debug, Clone, PartialEq)]
pub struct Kitagawa {
    /// Mean of the second period less mean of the first: `mix` and `within` together.
    pub total: f64,
    /// What other shares of the values make of it.
    pub mix: f64,
    /// What other means within the values make of it.
    pub within: f64,
    /// By value, in the order given.
    pub rows: Vec<ValueChange>,
}

/// A value's part in a [`Kitagawa`] change.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ValueChange {
    /// Its share of rows in the first period and in the second.
    pub shares: (f64, f64),
    /// Its means in them; a period without rows takes the other's.
    pub means: (f64, f64),
    /// The part of its share.
    pub mix: f64,
    /// The part of its mean.
    pub within: f64,
}

/// Divides the change of a mean; each value with its rows in the first and in the second period.
///
/// # Errors
/// When a period is empty.
pub fn kitagawa(values: &[(Sample, Sample)]) -> Result<Kitagawa, Status> {
    let sizes = values.iter().fold((0, 0), |sum, (a, b)| (sum.0 + a.n, sum.1 + b.n));
    if sizes.0 == 0 || sizes.1 == 0 {
        return Err(Status::EmptyBand);
    }
    let rows: Vec<ValueChange> = values
        .iter()
        .map(|(a, b)| {
            let shares = (a.n as f64 / sizes.0 as f64, b.n as f64 / sizes.1 as f64);
            let means = match (a.n, b.n) {
                (0, _) => (b.mean, b.mean),
                (_, 0) => (a.mean, a.mean),
                _ => (a.mean, b.mean),
            };
            ValueChange {
                shares,
                means,
                mix: (shares.1 - shares.0) * (means.0 + means.1) / 2.0,
                within: (means.1 - means.0) * (shares.0 + shares.1) / 2.0,
            }
        })
        .collect();
    let mean = |share: fn(&ValueChange) -> f64| rows.iter().map(share).sum::<f64>();
    Ok(Kitagawa {
        total: mean(|row| row.shares.1 * row.means.1) - mean(|row| row.shares.0 * row.means.0),
        mix: mean(|row| row.mix),
        within: mean(|row| row.within),
        rows,
    })
}

/// A change over mentions, which overlap, by Oaxaca (1973) and Blinder (1973) with the weights of both periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Oaxaca {
    /// Mean of the second period less mean of the first: the other three together.
    pub total: f64,
    /// What rows without mentions make of it. It cannot be read alone.
    pub baseline: f64,
    /// What other rates of mentions make of it.
    pub mix: f64,
    /// What other effects of mentions make of it.
    pub effect: f64,
    /// By feature that both periods can tell.
    pub rows: Vec<FeatureChange>,
}

/// A feature's part in an [`Oaxaca`] change.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureChange {
    /// The feature.
    pub feature: usize,
    /// Share of rows with it in the first period and in the second.
    pub rates: (f64, f64),
    /// Its effects in them.
    pub effects: (f64, f64),
    /// Mentioned more or less.
    pub mix: Part,
    /// Hurts or helps more or less.
    pub effect: Part,
}

/// A figure with its error and test.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Part {
    /// Points of the target.
    pub contribution: f64,
    /// Its error.
    pub error: Option<f64>,
    /// Two-sided p.
    pub p: Option<f64>,
    /// Its false discovery rate over the features, mixes and effects each for themselves.
    pub q: Option<f64>,
}

/// Divides the change of a target between two periods. `rests` are the two periods without each group of customers, where
/// customers answer repeatedly; none of them makes errors as of independent rows.
///
/// # Errors
/// When a period is empty, too small for the common features, or has one score only.
pub fn oaxaca(
    first: &Block,
    second: &Block,
    target: &Target,
    rules: Rules,
    rests: &[(Block, Block)],
) -> Result<Oaxaca, Status> {
    if first.base() == 0 || second.base() == 0 {
        return Err(Status::EmptyBand);
    }
    let mut all = first.clone();
    all.merge(second);
    let mut common = supported(&all, rules.min_support).gram.features;
    for block in [first, second] {
        common.retain(|&feature| block.both(feature, feature) >= rules.min_support);
    }
    for block in [first, second] {
        common = Gram::of(block, common).features;
    }
    let [a, b] = [first, second].map(|block| Gram::of(block, common.iter().copied()));
    if common.is_empty() || !enough_rows(&a, rules) || !enough_rows(&b, rules) {
        return Err(Status::TooFewRows);
    }
    let fits = a.fit(first, target).zip(b.fit(second, target));
    let fits = fits.ok_or(Status::NoScoreVariation)?;
    let errors = (errors(&a, &fits.0), errors(&b, &fits.1));
    common.sort_unstable();
    let left_out: Vec<Vec<Option<(f64, f64)>>> = rests
        .iter()
        .map(|(first, second)| {
            let a = Gram::of(first, common.iter().copied());
            let b = Gram::of(second, common.iter().copied());
            let fits = a.fit(first, target).zip(b.fit(second, target));
            common
                .iter()
                .map(|&feature| {
                    let (fit_a, fit_b) = fits.as_ref()?;
                    let row = change(
                        (&a, fit_a, a.place(feature)?),
                        (&b, fit_b, b.place(feature)?),
                        feature,
                    );
                    Some((row.mix.contribution, row.effect.contribution))
                })
                .collect()
        })
        .collect();
    let mut rows: Vec<FeatureChange> = common
        .iter()
        .enumerate()
        .filter_map(|(line, &feature)| {
            let (one, other) = (a.place(feature)?, b.place(feature)?);
            let mut row = change((&a, &fits.0, one), (&b, &fits.1, other), feature);
            if rests.is_empty() {
                delta(&mut row, (errors.0[one], errors.1[other]), (a.n as f64, b.n as f64));
            } else {
                let parts: Option<Vec<(f64, f64)>> =
                    left_out.iter().map(|rest| rest[line]).collect();
                let (mixes, effects): (Vec<f64>, Vec<f64>) =
                    parts.unwrap_or_default().into_iter().unzip();
                row.mix.judge_by(&mixes);
                row.effect.judge_by(&effects);
            }
            Some(row)
        })
        .collect();
    discover(&mut rows, |row| &mut row.mix);
    discover(&mut rows, |row| &mut row.effect);
    Ok(Oaxaca {
        total: fits.1.mean - fits.0.mean,
        baseline: fits.1.intercept - fits.0.intercept,
        mix: rows.iter().map(|row| row.mix.contribution).sum(),
        effect: rows.iter().map(|row| row.effect.contribution).sum(),
        rows,
    })
}

fn errors(gram: &Gram, fit: &Fit) -> Vec<f64> {
    let inverse = gram.inverse();
    (0..inverse.size())
        .map(|place| (fit.residual_variance * inverse.at(place, place)).max(0.0).sqrt())
        .collect()
}

/// The parts of a feature, at its places of the two fits.
fn change(a: (&Gram, &Fit, usize), b: (&Gram, &Fit, usize), feature: usize) -> FeatureChange {
    let rate = |(gram, _, place): (&Gram, &Fit, usize)| gram.supports[place] as f64 / gram.n as f64;
    let rates = (rate(a), rate(b));
    let effects = (a.1.effects[a.2], b.1.effects[b.2]);
    let part = |contribution: f64| Part { contribution, ..Part::default() };
    FeatureChange {
        feature,
        rates,
        effects,
        mix: part((rates.1 - rates.0) * (effects.0 + effects.1) / 2.0),
        effect: part((effects.1 - effects.0) * (rates.0 + rates.1) / 2.0),
    }
}

/// Errors by the delta method for independent rows. The product of the two variances matters for features without effect:
/// without it errors were up to 5.9 times too small in simulations.
fn delta(row: &mut FeatureChange, errors: (f64, f64), n: (f64, f64)) {
    let of_rates =
        row.rates.0 * (1.0 - row.rates.0) / n.0 + row.rates.1 * (1.0 - row.rates.1) / n.1;
    let of_effects = errors.0.powi(2) + errors.1.powi(2);
    let both = of_rates * of_effects / 4.0;
    let (rate, effect) = ((row.rates.0 + row.rates.1) / 2.0, (row.effects.0 + row.effects.1) / 2.0);
    let (rates, effects) = (row.rates.1 - row.rates.0, row.effects.1 - row.effects.0);
    let mix = effect * effect * of_rates + rates * rates * of_effects / 4.0 + both;
    let effect = rate * rate * of_effects + effects * effects * of_rates / 4.0 + both;
    for (part, variance) in [(&mut row.mix, mix), (&mut row.effect, effect)] {
        let error = variance.sqrt();
        part.error = Some(error);
        part.p = (error > 0.0).then(|| normal_two_sided(part.contribution / error));
    }
}

impl Part {
    /// Error and test from the values without each group of customers.
    fn judge_by(&mut self, left_out: &[f64]) {
        self.error = jackknife::error(left_out);
        self.p = self
            .error
            .and_then(|error| p_value(self.contribution, error, left_out.len() as f64 - 1.0));
    }
}

fn discover(rows: &mut [FeatureChange], part: impl Fn(&mut FeatureChange) -> &mut Part) {
    let p: Vec<Option<f64>> = rows.iter_mut().map(|row| part(row).p).collect();
    for (row, q) in rows.iter_mut().zip(benjamini_hochberg(&p)) {
        part(row).q = q;
    }
}
