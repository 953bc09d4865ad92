//! How much more often one band mentions a theme than the other.

use super::interval::newcombe;
use crate::config::Band;
use crate::lexicons::{Taxonomy, ThemeId};
use crate::tally::{Polarity, Tally};

/// Fewer mentions than this in both bands together say nothing.
const MIN_SUPPORT: u64 = 10;

/// A theme with a polarity in the high and in the low band.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The theme.
    pub theme: ThemeId,
    /// Praise or complaint.
    pub polarity: Polarity,
    /// Responses of the high band that mention it, of those with text.
    pub high: (u64, u64),
    /// Responses of the low band that mention it, of those with text.
    pub low: (u64, u64),
    /// Share in the high band minus share in the low band.
    pub difference: f64,
    /// 95 % interval of the difference.
    pub interval: (f64, f64),
}

impl Contrast {
    /// The end of the interval that is nearest to no difference; 0 when the interval covers it. It stays meaningful at
    /// any number of rows, where a test calls everything significant.
    pub fn effect(&self) -> f64 {
        match self.interval {
            (from, _) if from > 0.0 => from,
            (_, to) if to < 0.0 => to,
            _ => 0.0,
        }
    }
}

/// Every theme and polarity with enough mentions, strongest effect first, whatever its direction.
pub fn contrasts(tally: &Tally, taxonomy: &Taxonomy) -> Vec<Contrast> {
    let base = |band: Band| tally.band_texts[band as usize];
    let mut found = Vec::new();
    for (theme, _) in taxonomy.iter() {
        for polarity in [Polarity::Positive, Polarity::Negative] {
            let high = (tally.mentioning(theme.index(), Band::High, polarity), base(Band::High));
            let low = (tally.mentioning(theme.index(), Band::Low, polarity), base(Band::Low));
            if high.0 + low.0 < MIN_SUPPORT || high.1 == 0 || low.1 == 0 {
                continue;
            }
            let difference = high.0 as f64 / high.1 as f64 - low.0 as f64 / low.1 as f64;
            found.push(Contrast {
                theme,
                polarity,
                high,
                low,
                difference,
                interval: newcombe(high, low),
            });
        }
    }
    found.sort_by(|a, b| {
        b.effect()
            .abs()
            .total_cmp(&a.effect().abs())
            .then((a.theme, a.polarity).cmp(&(b.theme, b.polarity)))
    });
    found
}
