//! Findings in plain words, Finnish and English: each with its number, its interval and its base. A contrast says what
//! goes together with what, never what causes it; the figure of the regression stands beside it.

mod numbers;

pub use numbers::{Tongue, count, decimal, percent, points, signed};

use crate::tally::Polarity;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Finnish.
    pub fi: String,
    /// English.
    pub en: String,
}

impl Sentence {
    /// Made by one function for both languages.
    pub fn of(say: impl Fn(Tongue) -> String) -> Sentence {
        Sentence { fi: say(Tongue::Finnish), en: say(Tongue::English) }
    }
}

/// A theme as people call it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'n> {
    /// Finnish label.
    pub fi: &'n str,
    /// English label.
    pub en: &'n str,
}

/// A share of a group: how many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Responses that do.
    pub x: u64,
    /// Responses of the group.
    pub n: u64,
}

impl Share {
    /// The share, 0 to 1.
    pub fn rate(self) -> f64 {
        self.x as f64 / self.n.max(1) as f64
    }
}

/// How much more often one score group mentions a theme than another. `bands` as written in the pipeline file.
pub fn contrast(
    theme: Named<'_>,
    polarity: Polarity,
    bands: (&str, &str),
    shares: (Share, Share),
    interval: (f64, f64),
) -> Sentence {
    let difference = shares.0.rate() - shares.1.rate();
    Sentence::of(|tongue| {
        let rates = (percent(tongue, shares.0.rate()), percent(tongue, shares.1.rate()));
        let (low, high) =
            (signed(tongue, 100.0 * interval.0, 1), signed(tongue, 100.0 * interval.1, 1));
        let change = signed(tongue, 100.0 * difference, 1);
        let bases = (count(shares.0.n), count(shares.1.n));
        match tongue {
            Tongue::Finnish => format!(
                "Arvosanan {} antaneista {} ({} vastausta) {} aihetta \u{201d}{}\u{201d}, arvosanan {} antaneista {} ({}): ero {change} %-yks., 95 %:n väli {low}\u{2026}{high}.",
                dashed(bands.0),
                rates.0,
                bases.0,
                verb(tongue, polarity),
                theme.fi,
                dashed(bands.1),
                rates.1,
                bases.1
            ),
            Tongue::English => format!(
                "Of those who gave {}, {} ({} responses) {} {}; of those who gave {}, {} ({}): difference {change} points, 95 % interval {low} to {high}.",
                dashed(bands.0),
                rates.0,
                bases.0,
                verb(tongue, polarity),
                quoted(theme.en),
                dashed(bands.1),
                rates.1,
                bases.1
            ),
        }
    })
}

/// What a mention goes with when all other themes are held equal.
pub fn driver(
    theme: Named<'_>,
    polarity: Polarity,
    support: u64,
    effect: f64,
    interval: Option<(f64, f64)>,
) -> Sentence {
    Sentence::of(|tongue| {
        let range = interval.map(|(low, high)| {
            let (low, high) = (signed(tongue, low, 2), signed(tongue, high, 2));
            match tongue {
                Tongue::Finnish => format!(", 95 %:n väli {low}\u{2026}{high}"),
                Tongue::English => format!(", 95 % interval {low} to {high}"),
            }
        });
        let (range, size) = (range.unwrap_or_default(), signed(tongue, effect, 2));
        let base = count(support);
        match tongue {
            Tongue::Finnish => format!(
                "Kun muut aiheet otetaan huomioon, {} aiheesta \u{201d}{}\u{201d} on yhteydessä arvosanaan, joka poikkeaa {size} pistettä{range} ({base} vastausta).",
                noun(tongue, polarity),
                theme.fi
            ),
            Tongue::English => format!(
                "With the other themes held equal, {} of {} goes with a score that differs by {size} points{range} ({base} responses).",
                noun(tongue, polarity),
                quoted(theme.en)
            ),
        }
    })
}

fn quoted(label: &str) -> String {
    format!("\u{201c}{label}\u{201d}")
}

/// A group of scores with a proper dash.
fn dashed(band: &str) -> String {
    band.replace('-', "\u{2013}")
}

fn verb(tongue: Tongue, polarity: Polarity) -> &'static str {
    match (tongue, polarity) {
        (Tongue::Finnish, Polarity::Positive) => "kiittää",
        (Tongue::Finnish, Polarity::Negative) => "moittii",
        (Tongue::Finnish, Polarity::Neutral) => "mainitsee",
        (Tongue::English, Polarity::Positive) => "praise",
        (Tongue::English, Polarity::Negative) => "complain of",
        (Tongue::English, Polarity::Neutral) => "mention",
    }
}

fn noun(tongue: Tongue, polarity: Polarity) -> &'static str {
    match (tongue, polarity) {
        (Tongue::Finnish, Polarity::Positive) => "kiitos",
        (Tongue::Finnish, Polarity::Negative) => "moite",
        (Tongue::Finnish, Polarity::Neutral) => "maininta",
        (Tongue::English, Polarity::Positive) => "praise",
        (Tongue::English, Polarity::Negative) => "a complaint",
        (Tongue::English, Polarity::Neutral) => "a mention",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEME: Named<'_> = Named { fi: "Toimitusaika", en: "Delivery time" };

    #[test]
    fn a_contrast_has_numbers_interval_and_base() {
        let shares = (Share { x: 12, n: 500 }, Share { x: 54, n: 225 });
        let said = contrast(THEME, Polarity::Negative, ("9-10", "0-6"), shares, (-0.277, -0.158));
        assert_eq!(
            said.fi,
            "Arvosanan 9–10 antaneista 2,4 % (500 vastausta) moittii aihetta ”Toimitusaika”, arvosanan 0–6 antaneista 24,0 % (225): ero −21,6 %-yks., 95 %:n väli −27,7…−15,8."
        );
        assert_eq!(
            said.en,
            "Of those who gave 9–10, 2.4 % (500 responses) complain of “Delivery time”; of those who gave 0–6, 24.0 % (225): difference −21.6 points, 95 % interval −27.7 to −15.8."
        );
    }

    #[test]
    fn a_driver_says_what_is_held_equal() {
        let said = driver(THEME, Polarity::Negative, 1234, -2.104, Some((-2.6, -1.6)));
        assert_eq!(
            said.fi,
            "Kun muut aiheet otetaan huomioon, moite aiheesta ”Toimitusaika” on yhteydessä arvosanaan, joka poikkeaa −2,10 pistettä, 95 %:n väli −2,60…−1,60 (1\u{a0}234 vastausta)."
        );
        assert!(said.en.starts_with(
            "With the other themes held equal, a complaint of “Delivery time” goes with"
        ));
    }
}
