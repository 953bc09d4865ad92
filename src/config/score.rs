//! `[score]`: the scale of the score and where its bands lie.

use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// `[score]` as written.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Score {
    /// Which scale the customers answered on.
    pub scale: Scale,
    /// First and last score of the band that is worth keeping; by default that of the scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<[f64; 2]>,
    /// First and last score of the band that needs mending; by default that of the scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<[f64; 2]>,
    /// Customer effort only: whether a high answer means easy. Vendors use both directions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high_is_easy: Option<bool>,
}

/// A scale that surveys use.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Scale {
    /// Recommendation, 0-10.
    #[default]
    Nps,
    /// Finnish school marks, 4-10.
    School,
    /// Satisfaction, 1-5.
    Csat,
    /// Effort, 1-7.
    Ces,
    /// Any other range.
    Custom {
        /// The lowest possible score.
        min: f64,
        /// The highest possible score.
        max: f64,
    },
}

const SCALES: [&str; 4] = ["nps", "school", "csat", "ces"];

/// Which band a score falls into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Worth keeping.
    High,
    /// Neither.
    Middle,
    /// Needs mending.
    Low,
}

impl Band {
    /// All bands in display order.
    pub const ALL: [Band; 3] = [Band::High, Band::Middle, Band::Low];

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Band::High => "high",
            Band::Middle => "middle",
            Band::Low => "low",
        }
    }
}

/// The resolved bands of a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// Lowest and highest valid score.
    pub range: (f64, f64),
    /// First and last score of the high band.
    pub high: (f64, f64),
    /// First and last score of the low band.
    pub low: (f64, f64),
}

/// Bins of a scale at the most: one a whole point.
pub const MOST_BINS: usize = 101;

impl Bands {
    /// The lowest bin: a whole point.
    pub fn first(&self) -> i64 {
        whole(self.range.0)
    }

    /// Whole points from the lowest score to the highest.
    pub fn bins(&self) -> usize {
        usize::try_from(whole(self.range.1) - self.first()).unwrap_or_default().saturating_add(1)
    }

    /// The bin of a score, from 0; nothing when it lies outside the scale. Decimals are rounded half up.
    pub fn bin(&self, score: f64) -> Option<usize> {
        let within = (self.range.0..=self.range.1).contains(&score);
        within.then(|| usize::try_from(whole(score) - self.first()).unwrap_or_default())
    }

    /// The band of a score; nothing when it lies outside the scale. Decimals are rounded half up.
    pub fn band(&self, score: f64) -> Option<Band> {
        if !(self.range.0..=self.range.1).contains(&score) {
            return None;
        }
        let rounded = (score + 0.5).floor();
        let within = |(first, last): (f64, f64)| (first..=last).contains(&rounded);
        Some(match () {
            () if within(self.high) => Band::High,
            () if within(self.low) => Band::Low,
            () => Band::Middle,
        })
    }
}

/// A score as a whole point, half up.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
fn whole(score: f64) -> i64 {
    (score + 0.5).floor() as i64
}

impl Bands {
    /// Whether nothing could be better than a score, rounded half up. Where a low answer is the good one (effort), the top is
    /// the lowest.
    pub fn is_top(&self, score: f64) -> bool {
        let rounded = (score + 0.5).floor();
        if self.high.0 > self.low.0 { rounded >= self.range.1 } else { rounded <= self.range.0 }
    }
}

impl Score {
    /// The bands in force.
    ///
    /// # Errors
    /// A message that names the key of `[score]` that is missing or impossible.
    pub fn bands(&self) -> Result<Bands, String> {
        let (range, defaults) =
            match self.scale {
                Scale::Nps => ((0.0, 10.0), Some(([9.0, 10.0], [0.0, 6.0]))),
                Scale::School => ((4.0, 10.0), Some(([9.0, 10.0], [4.0, 6.0]))),
                Scale::Csat => ((1.0, 5.0), Some(([4.0, 5.0], [1.0, 2.0]))),
                Scale::Ces => match self.high_is_easy {
                    Some(true) => ((1.0, 7.0), Some(([6.0, 7.0], [1.0, 3.0]))),
                    Some(false) => ((1.0, 7.0), Some(([1.0, 2.0], [5.0, 7.0]))),
                    None => return Err(
                        "the scale `ces` needs its direction: write high_is_easy = true or false"
                            .into(),
                    ),
                },
                Scale::Custom { min, max } => ((min, max), None),
            };
        if !(range.0 < range.1 && range.0.is_finite() && range.1.is_finite()) {
            return Err(format!(
                "the scale runs from {} to {}; min must be below max",
                range.0, range.1
            ));
        }
        if self.high_is_easy.is_some() && self.scale != Scale::Ces {
            return Err("high_is_easy belongs to the scale `ces`; remove it".into());
        }
        let pick = |own: Option<[f64; 2]>, name: &str, default: Option<[f64; 2]>| {
            let [first, last] = own.or(default).ok_or_else(|| {
                format!("a scale of your own needs its bands: write {name} = [first, last]")
            })?;
            if !(first <= last && range.0 <= first && last <= range.1) {
                return Err(format!(
                    "{name} = [{first}, {last}] does not lie within the scale {}-{}",
                    range.0, range.1
                ));
            }
            Ok((first, last))
        };
        let high = pick(self.high, "high", defaults.map(|d| d.0))?;
        let low = pick(self.low, "low", defaults.map(|d| d.1))?;
        if high.0 <= low.1 && low.0 <= high.1 {
            return Err(format!(
                "the bands high = [{}, {}] and low = [{}, {}] overlap",
                high.0, high.1, low.0, low.1
            ));
        }
        let bands = Bands { range, high, low };
        if bands.bins() > MOST_BINS {
            return Err(format!(
                "the scale has {} whole points; at most {MOST_BINS} are counted, so divide the scores first",
                bands.bins()
            ));
        }
        Ok(bands)
    }
}

impl Serialize for Scale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Scale::Nps => serializer.serialize_str("nps"),
            Scale::School => serializer.serialize_str("school"),
            Scale::Csat => serializer.serialize_str("csat"),
            Scale::Ces => serializer.serialize_str("ces"),
            Scale::Custom { min, max } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("min", min)?;
                map.serialize_entry("max", max)?;
                map.end()
            }
        }
    }
}

// By hand, for the same reason as `TextColumn`: the message must name the wrong key.
impl<'de> Deserialize<'de> for Scale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scale, D::Error> {
        struct Name;
        impl<'de> Visitor<'de> for Name {
            type Value = Scale;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"nps\", \"school\", \"csat\", \"ces\" or { min = 0, max = 100 }")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<Scale, E> {
                Ok(match name {
                    "nps" => Scale::Nps,
                    "school" => Scale::School,
                    "csat" => Scale::Csat,
                    "ces" => Scale::Ces,
                    other => return Err(E::unknown_variant(other, &SCALES)),
                })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scale, A::Error> {
                let (mut min, mut max) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "min" => min = Some(map.next_value::<f64>()?),
                        "max" => max = Some(map.next_value::<f64>()?),
                        other => return Err(de::Error::unknown_field(other, &["min", "max"])),
                    }
                }
                match (min, max) {
                    (Some(min), Some(max)) => Ok(Scale::Custom { min, max }),
                    (None, _) => Err(de::Error::missing_field("min")),
                    (_, None) => Err(de::Error::missing_field("max")),
                }
            }
        }
        deserializer.deserialize_any(Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_follow_the_scale() {
        let nps = Score::default().bands().unwrap();
        let band = |score| nps.band(score).map(Band::name);
        assert_eq!(band(10.0), Some("high"));
        assert_eq!(band(8.5), Some("high"), "half up");
        assert_eq!(band(8.4), Some("middle"));
        assert_eq!(band(6.0), Some("low"));
        assert_eq!(band(10.5), None, "outside the scale");
        assert_eq!(band(f64::NAN), None);
        let school = Score { scale: Scale::School, ..Score::default() }.bands().unwrap();
        assert_eq!(school.band(3.0), None);
        assert_eq!(school.band(6.0), Some(Band::Low));
    }

    #[test]
    fn bins_are_whole_points() {
        let school = Score { scale: Scale::School, ..Score::default() }.bands().unwrap();
        assert_eq!((school.first(), school.bins()), (4, 7));
        assert_eq!([4.0, 4.4, 9.5, 10.0].map(|score| school.bin(score)), [0, 0, 6, 6].map(Some));
        assert_eq!([3.9, 10.1, f64::NAN].map(|score| school.bin(score)), [None; 3]);
        let scale = Scale::Custom { min: 0.0, max: 1000.0 };
        let wide = Score {
            scale,
            high: Some([900.0, 1000.0]),
            low: Some([0.0, 600.0]),
            high_is_easy: None,
        };
        assert!(wide.bands().unwrap_err().contains("1001 whole points"));
    }

    #[test]
    fn a_reversed_effort_scale_has_its_good_end_low() {
        let ces = Score { scale: Scale::Ces, high_is_easy: Some(false), ..Score::default() }
            .bands()
            .unwrap();
        assert_eq!(ces.band(1.0), Some(Band::High));
        assert_eq!(ces.band(7.0), Some(Band::Low));
        assert!(
            Score { scale: Scale::Ces, ..Score::default() }
                .bands()
                .unwrap_err()
                .contains("high_is_easy")
        );
    }

    #[test]
    fn impossible_bands_are_refused() {
        let own = |high, low| {
            Score { scale: Scale::Custom { min: 0.0, max: 100.0 }, high, low, high_is_easy: None }
                .bands()
        };
        assert!(own(None, None).unwrap_err().contains("high = [first, last]"));
        assert!(own(Some([50.0, 100.0]), Some([0.0, 50.0])).unwrap_err().contains("overlap"));
        assert!(
            own(Some([90.0, 101.0]), Some([0.0, 50.0])).unwrap_err().contains("within the scale")
        );
    }
}
