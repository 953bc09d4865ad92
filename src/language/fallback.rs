//! Languages that the model has no lane for are named by whatlang, which is slower and weaker on short texts.

use super::folding::judged;
use crate::text::Language;
use whatlang::{Detector, Lang};

/// whatlang's ISO 639-3 codes and our shorter ones, where they are not a lane of the model.
const NAMES: [(&str, &str); 56] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("ell", "el"),
    ("epo", "eo"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("ron", "ro"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("srp", "sr"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

/// Names what the model leaves open.
#[derive(Debug)]
pub(super) struct Fallback {
    others: Detector,
}

impl Fallback {
    pub(super) fn new() -> Fallback {
        let known = |lang: &Lang| NAMES.iter().any(|(theirs, _)| *theirs == lang.code());
        Fallback {
            others: Detector::with_allowlist(Lang::all().iter().copied().filter(known).collect()),
        }
    }

    /// The most likely language without a lane, and how sure whatlang is, 0 to 1.
    pub(super) fn name(&self, text: &str) -> Option<(Language, f64)> {
        let info = self.others.detect(judged(text))?;
        let name = NAMES.iter().find(|(theirs, _)| *theirs == info.lang().code());
        Some((Language::from_code(name?.1)?, info.confidence()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_known_to_both() {
        for (theirs, ours) in NAMES {
            assert!(Lang::from_code(theirs).is_some(), "{theirs}");
            assert_eq!(Language::from_code(ours).map(Language::code), Some(ours));
        }
    }
}
