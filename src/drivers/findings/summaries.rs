//! `coverage`, `stage_summary`, `dimension_summary`, `last_step_to_10` and `keep_fix`: what was understood, where on the
//! path it went well, what kept customers from a 10, and what to keep and what to mend.

use super::contrasts::{ContrastRow, Verdict};
use super::fits::{DriverTable, Fits};
use super::groups::Scores;
use super::slices::Slices;
use crate::drivers::contrasts::Mentions;
use crate::drivers::interval::{newcombe, wilson};
use crate::drivers::scope::Scope;
use crate::drivers::status::Status;
use crate::drivers::target::{Bins, within};
use crate::tally::{Covered, Tally};

/// A false discovery rate below which a driver counts as found.
const FOUND: f64 = 0.05;

/// How much was understood of a language and band of scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// The band: `high`, `middle`, `low`; none for responses without a valid score.
    pub band: Option<&'static str>,
    /// The language's code.
    pub language: &'static str,
    /// What was understood.
    pub covered: Covered,
    /// Whether these are too few texts to be shown.
    pub suppressed: bool,
}

pub(super) fn coverage(tally: &Tally, scores: Option<&Scores>) -> Vec<CoverageRow> {
    let row = |band, language, covered: Covered| {
        let suppressed = covered.texts < tally.layout.k_anon as u64;
        CoverageRow { band, language, covered, suppressed }
    };
    let mut rows = Vec::new();
    for (language, by_bin, unscored) in tally.coverage.iter() {
        for band in ["high", "middle", "low"].into_iter().filter(|_| scores.is_some()) {
            let here = |bin: usize| scores.is_some_and(|scores| band_of(scores, bin) == band);
            let covered = by_bin.iter().enumerate().filter(|(bin, _)| here(*bin));
            let sum = covered.fold(Covered::default(), |sum, (_, covered)| sum.and(*covered));
            rows.push(row(Some(band), language, sum));
        }
        rows.push(row(None, language, unscored));
    }
    rows.retain(|row| row.covered.texts > 0);
    rows
}

fn band_of(scores: &Scores, bin: usize) -> &'static str {
    let inside = |(first, last): Bins| (first..=last).contains(&bin);
    match () {
        () if inside(scores.high) => "high",
        () if inside(scores.low) => "low",
        () => "middle",
    }
}

/// A stage of the path or a dimension of the experience.
#[derive(Debug, Clone, PartialEq)]
pub struct StageRow {
    /// Its name in the taxonomy.
    pub name: String,
    /// Responses that speak of it, of those with text and a score.
    pub mentioned: Mentions,
    /// Those that praise it.
    pub praised: u64,
    /// Those that complain of it.
    pub complained: u64,
    /// Responses of the high band that praise it; of the low band that complain.
    pub high_praised: Mentions,
    /// As above.
    pub low_complained: Mentions,
    /// Mean score of those who praise it and of those who complain.
    pub mean_praised: Option<f64>,
    /// As above.
    pub mean_complained: Option<f64>,
    /// Whether nobody to speak of mentions it: a step that is not measured.
    pub silent: bool,
}

/// The kind of facet: `stage` or `dimension`.
pub(super) fn spoken_of(
    tally: &Tally,
    slices: &Slices,
    scores: &Scores,
    kind: &str,
) -> Vec<StageRow> {
    /// Fewer mentions than one in a hundred: nobody to speak of.
    const SILENT: f64 = 0.01;
    let block = &slices.overall.block;
    if slices.overall.suppressed {
        return Vec::new();
    }
    let target = scores.target();
    let counts = |kind: &str, name: &str| {
        let facet = tally.layout.facets.iter().position(|(k, value)| k == kind && value == name);
        facet.map(|facet| tally.facets.scored(facet)).unwrap_or_default()
    };
    let names = tally.layout.facets.iter().filter(|(k, _)| *k == kind).map(|(_, value)| value);
    names
        .map(|name| {
            let (all, praise, complaint) = (
                counts(kind, name),
                counts(&format!("{kind}_positive"), name),
                counts(&format!("{kind}_negative"), name),
            );
            let total = |counts: &[u64]| counts.iter().sum::<u64>();
            let mentioned = Mentions { count: total(all), base: block.base() };
            let of = |counts: &[u64], bins: Bins| Mentions {
                count: within(counts, bins),
                base: within(&block.texts, bins),
            };
            StageRow {
                name: name.to_owned(),
                mentioned,
                praised: total(praise),
                complained: total(complaint),
                high_praised: of(praise, scores.high),
                low_complained: of(complaint, scores.low),
                mean_praised: target.mean(praise),
                mean_complained: target.mean(complaint),
                silent: mentioned.rate().is_some_and(|rate| rate < SILENT),
            }
        })
        .collect()
}

/// A theme that kept scores below the top from it.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitingRow {
    /// Position of the theme.
    pub theme: usize,
    /// The group of scores: below the top but high, middle, low; as in the tables.
    pub band: &'static str,
    /// Responses of the band that name it, of those that name any.
    pub named: Mentions,
    /// 95 % interval of the share.
    pub interval: (f64, f64),
    /// Their mean score.
    pub mean: Option<f64>,
    /// Place within the band.
    pub rank: usize,
}

pub(super) fn limiting(tally: &Tally, slices: &Slices, scores: &Scores) -> Vec<LimitingRow> {
    if slices.overall.suppressed {
        return Vec::new();
    }
    let facets = tally.layout.facets.iter().enumerate();
    let found = facets.filter(|(_, (kind, _))| *kind == "limiting_theme");
    let by_theme: Vec<(usize, &[u64])> = found
        .filter_map(|(facet, (_, id))| {
            let theme = tally.layout.themes.iter().position(|theme| theme == id)?;
            Some((theme, tally.facets.scored(facet)))
        })
        .collect();
    let mut rows = Vec::new();
    for band in ["high", "middle", "low"] {
        let here = |counts: &[u64]| -> Vec<u64> {
            let kept = |bin: usize| bin != scores.top() && band_of(scores, bin) == band;
            counts.iter().enumerate().map(|(bin, n)| if kept(bin) { *n } else { 0 }).collect()
        };
        let counted: Vec<(usize, Vec<u64>)> =
            by_theme.iter().map(|(theme, counts)| (*theme, here(counts))).collect();
        let base: u64 = counted.iter().map(|(_, counts)| counts.iter().sum::<u64>()).sum();
        // Fewer responses than customers must be: nothing of them is shown.
        if base < tally.layout.k_anon as u64 {
            continue;
        }
        let mut named: Vec<(usize, u64, Option<f64>)> = counted
            .iter()
            .map(|(theme, counts)| (*theme, counts.iter().sum(), scores.target().mean(counts)))
            .filter(|(_, count, _)| *count > 0)
            .collect();
        named.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        rows.extend(named.into_iter().enumerate().map(|(place, (theme, count, mean))| {
            let named = Mentions { count, base };
            LimitingRow { theme, band, named, interval: wilson(count, base), mean, rank: place + 1 }
        }));
    }
    rows
}

/// A theme to keep or to mend.
#[derive(Debug, Clone, PartialEq)]
pub struct KeepFixRow {
    /// `keep` or `fix`.
    pub kind: &'static str,
    /// Position of the theme.
    pub theme: usize,
    /// Responses with text and a score that praise it (keep) or complain of it (fix).
    pub mentions: Mentions,
    /// High band less low band: how much more often the one says it.
    pub difference: f64,
    /// 95 % interval.
    pub interval: (f64, f64),
    /// Points of the score that go with it, other themes held equal; none without a fit.
    pub effect: Option<f64>,
    /// Its 95 % interval.
    pub effect_interval: Option<(f64, f64)>,
    /// NPS points that would be won without it (fix), on a scale that has NPS.
    pub nps_if_neutralised: Option<f64>,
    /// `systemic` when most values of a segment complain as much, `one_unit` when few do; none where it cannot be told.
    pub spread: Option<&'static str>,
    /// Place in the list.
    pub rank: usize,
}

/// What works and must not be touched: praised more by high scores, by contrast and by driver. What to mend: complained of
/// more by low scores, and a driver too, by what there is to win.
pub(super) fn keep_fix(
    slices: &Slices,
    scores: &Scores,
    contrasts: &[ContrastRow],
    fits: &Fits,
) -> Vec<KeepFixRow> {
    let Some(whole) = fits.drivers.first().filter(|table| !table.suppressed) else {
        return Vec::new();
    };
    let block = &slices.overall.block;
    // The contrast of the bands: the last usual pair; a user's own pairs are judged by their first.
    let pair = scores
        .pairs
        .iter()
        .position(|pair| pair.bins == (scores.high, scores.low))
        .unwrap_or_default();
    let mut rows: Vec<KeepFixRow> = contrasts
        .iter()
        .filter(|row| row.scope == Scope::Overall && row.pair == pair)
        .filter(|row| row.contrast.status == Status::Ok && row.verdict != Some(Verdict::Reversal))
        .filter_map(|row| {
            let feature = row.contrast.feature;
            let complaint = feature % 2 == 1;
            let figures = row.contrast.figures?;
            let apart = figures.effect_lb > 0.0 && (figures.difference < 0.0) == complaint;
            let driver = driver(whole, feature);
            let found = driver.is_some_and(|driver| {
                driver.q.is_some_and(|q| q < FOUND) && (driver.effect < 0.0) == complaint
            });
            if !(apart && found) {
                return None;
            }
            let mentions =
                Mentions { count: block.feature(feature).iter().sum(), base: block.base() };
            let (effect, error) = driver.map_or((None, None), |d| (Some(d.effect), d.error));
            Some(KeepFixRow {
                kind: if complaint { "fix" } else { "keep" },
                theme: feature / 2,
                mentions,
                difference: figures.difference,
                interval: figures.interval,
                effect,
                effect_interval: effect.zip(error).map(|(effect, error)| {
                    let half = crate::drivers::distribution::Z95 * error;
                    (effect - half, effect + half)
                }),
                nps_if_neutralised: neutralised(whole, feature),
                spread: complaint.then(|| spread(slices, feature)).flatten(),
                rank: 0,
            })
        })
        .collect();
    let weight = |row: &KeepFixRow| row.effect.map_or(0.0, f64::abs) * row.mentions.count as f64;
    rows.sort_by(|a, b| {
        a.kind.cmp(b.kind).then(weight(b).total_cmp(&weight(a))).then(a.theme.cmp(&b.theme))
    });
    let mut place = (0, "");
    for row in &mut rows {
        place = if place.1 == row.kind { (place.0 + 1, row.kind) } else { (1, row.kind) };
        row.rank = place.0;
    }
    rows
}

fn driver(table: &DriverTable, feature: usize) -> Option<&crate::drivers::driver::Effect> {
    table.drivers.rows.iter().find(|row| row.feature == feature)?.score.as_ref()
}

fn neutralised(table: &DriverTable, feature: usize) -> Option<f64> {
    let row = table.drivers.rows.iter().find(|row| row.feature == feature)?;
    row.nps_if_neutralised.as_ref().map(|gain| gain.gain)
}

/// Over the dimension whose values differ most in this complaint: does one value stand out, or do most complain alike? A
/// value stands out whose rate is surely above that of all the others together.
fn spread(slices: &Slices, feature: usize) -> Option<&'static str> {
    let mut told = false;
    for values in &slices.segments {
        let shown: Vec<Mentions> = values
            .iter()
            .filter(|slice| !slice.suppressed && !slice.low_base())
            .map(|slice| Mentions {
                count: slice.block.feature(feature).iter().sum(),
                base: slice.block.base(),
            })
            .collect();
        if shown.len() < 3 {
            continue;
        }
        told = true;
        let all = shown.iter().fold((0, 0), |sum, m| (sum.0 + m.count, sum.1 + m.base));
        let above = |m: &&Mentions| {
            let others = (all.0 - m.count, all.1 - m.base);
            newcombe((m.count, m.base), others).0 > 0.0
        };
        // One value that surely stands out and holds most of the complaints.
        if shown.iter().filter(above).any(|m| 2 * m.count > all.0) {
            return Some("one_unit");
        }
    }
    told.then_some("systemic")
}
