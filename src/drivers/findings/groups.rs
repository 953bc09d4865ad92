//! Which groups of scores are held against each other, as bins of the tally.

use crate::config::{Bands, Config, Scale, score_group};
use crate::drivers::bins::bins_of;
use crate::drivers::target::{Bins, Target};

/// Two groups of scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The groups as written: `10` and `6`.
    pub names: (String, String),
    /// Their bins.
    pub bins: (Bins, Bins),
}

/// The scale of the scores as bins, its bands and the pairs of groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Which scale.
    pub scale: Scale,
    /// Its bands.
    pub bands: Bands,
    /// The least score.
    pub least: i64,
    /// Whole points.
    pub bins: usize,
    /// Bins of the high band.
    pub high: Bins,
    /// Bins of the low band.
    pub low: Bins,
    /// What is held against each other.
    pub pairs: Vec<Pair>,
}

impl Scores {
    /// The scores of a pipeline; none where it has no score column.
    pub fn of(config: &Config) -> Option<Scores> {
        let bands = config.bands()?;
        let (least, bins) = (bands.first(), bands.bins());
        let group = |range| bins_of(range, least as f64, bins);
        let pair = |names: (String, String)| {
            let bins = (group(score_group(&names.0)?)?, group(score_group(&names.1)?)?);
            Some(Pair { names, bins })
        };
        let own = config.drivers.contrasts.iter().map(|[a, b]| (a.clone(), b.clone()));
        let pairs: Vec<Pair> = if config.drivers.contrasts.is_empty() {
            usual(&bands).into_iter().filter_map(pair).collect()
        } else {
            own.filter_map(pair).collect()
        };
        Some(Scores {
            scale: config.score.scale,
            least,
            bins,
            high: group(bands.high)?,
            low: group(bands.low)?,
            bands,
            pairs,
        })
    }

    /// The score itself.
    pub fn target(&self) -> Target {
        Target::score(self.bins, self.least)
    }

    /// The NPS, on the scale that has one.
    pub fn net(&self) -> Option<Target> {
        (self.scale == Scale::Nps).then(|| Target::net(self.bins, self.high, self.low))
    }

    /// The score of a bin.
    pub fn score(&self, bin: usize) -> i64 {
        self.least.saturating_add(i64::try_from(bin).unwrap_or(i64::MAX))
    }

    /// The best bin.
    pub fn top(&self) -> usize {
        if self.high.0 > self.low.0 { self.bins.saturating_sub(1) } else { 0 }
    }
}

/// The best score against the best of the low band, and the high band against the low one: `10` and `6`, `9-10` and `0-6`.
fn usual(bands: &Bands) -> Vec<(String, String)> {
    let rises = bands.high.0 > bands.low.0;
    let (best, nearest) =
        if rises { (bands.range.1, bands.low.1) } else { (bands.range.0, bands.low.0) };
    let named = |(first, last): (f64, f64)| {
        if first < last { format!("{first}-{last}") } else { first.to_string() }
    };
    let mut pairs = vec![(named((best, best)), named((nearest, nearest)))];
    let whole = (named(bands.high), named(bands.low));
    if !pairs.contains(&whole) {
        pairs.push(whole);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Score;

    fn pairs(scale: Scale, high_is_easy: Option<bool>) -> Vec<(String, String)> {
        let score = Score { scale, high_is_easy, ..Score::default() };
        usual(&score.bands().unwrap())
    }

    #[test]
    fn each_scale_has_its_usual_pairs() {
        let said = |pairs: Vec<(String, String)>| {
            pairs.iter().map(|(a, b)| format!("{a} vs {b}")).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(said(pairs(Scale::Nps, None)), "10 vs 6, 9-10 vs 0-6");
        assert_eq!(said(pairs(Scale::School, None)), "10 vs 6, 9-10 vs 4-6");
        assert_eq!(said(pairs(Scale::Csat, None)), "5 vs 2, 4-5 vs 1-2");
        assert_eq!(said(pairs(Scale::Ces, Some(false))), "1 vs 5, 1-2 vs 5-7");
    }
}
