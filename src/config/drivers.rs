//! `[time]`, `[drivers]` and `[journey]`: how the counts are cut and what is compared with what.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// `[time]`: how responses are cut into periods.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Time {
    /// The length of a period.
    pub period: Period,
    /// IANA name of the zone in which points of time become days; times without a zone are taken to be in it.
    pub zone: String,
}

impl Default for Time {
    fn default() -> Time {
        Time { period: Period::Month, zone: "Europe/Helsinki".into() }
    }
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A calendar day.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    #[default]
    Month,
    /// Three months from January.
    Quarter,
    /// A calendar year.
    Year,
}

impl Period {
    /// All of them, shortest first.
    pub const ALL: [Period; 5] =
        [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year];

    /// The name in the pipeline file.
    pub fn name(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
        }
    }
}

/// `[drivers]`: what is compared and when a figure is shown.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Drivers {
    /// Pairs of score groups to hold against each other: `["10", "6"]`, `["9-10", "0-6"]`.
    pub contrasts: Vec<[String; 2]>,
    /// Groups of fewer distinct customers are not shown.
    pub k_anon: usize,
    /// Themes that fewer responses mention are not tested.
    pub min_support: u64,
    /// Leave out responses that are probably misread (irony, an unsure language).
    pub exclude_doubtful: bool,
    /// Changes declared beforehand, whose effect is to be verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<PathBuf>,
    /// What was aimed at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub targets: Option<PathBuf>,
}

impl Default for Drivers {
    fn default() -> Drivers {
        Drivers {
            contrasts: Vec::new(),
            k_anon: 10,
            min_support: 10,
            exclude_doubtful: false,
            changes: None,
            targets: None,
        }
    }
}

/// `[journey]`: the path of a customer over several touchpoints.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Journey {
    /// The segment that names the touchpoint; without that segment there is no journey.
    pub touchpoint: String,
    /// Only answers of the last so many days are put together.
    pub days: u32,
}

impl Default for Journey {
    fn default() -> Journey {
        Journey { touchpoint: "touchpoint".into(), days: 365 }
    }
}

/// First and last score of a group written `10` or `9-10`; in whole points or decimals, ends included.
pub fn score_group(written: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    // A scale may begin below zero: the dash between two scores is the first behind a digit.
    let dash = written.char_indices().skip(1).find(|(_, c)| *c == '-').map(|(at, _)| at);
    let (first, last) = match dash {
        Some(at) => (number(written.get(..at)?)?, number(written.get(at + 1..)?)?),
        None => (number(written)?, number(written)?),
    };
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read() {
        assert_eq!(score_group("10"), Some((10.0, 10.0)));
        assert_eq!(score_group("9-10"), Some((9.0, 10.0)));
        assert_eq!(score_group(" 0 - 6 "), Some((0.0, 6.0)));
        assert_eq!(score_group("-3--1"), Some((-3.0, -1.0)));
        assert_eq!(score_group("6-0"), None);
        assert_eq!(score_group("many"), None);
        assert_eq!(score_group(""), None);
    }
}
