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

/// Letters beyond ASCII, in small, of those that are written in Latin script.
const LETTERS: [(&str, &str); 24] = [
    ("af", "áèéêëíîïóôúû"),
    ("ak", "ɔɛ"),
    ("az", "çöüğışə\u{307}"),
    ("ca", "àçèéíïòóúü"),
    ("cs", "áéíóúýčďěňřšťůž"),
    ("cy", "àáâäèéêëìíîïòóôöùúûüýÿŵŷẁẃẅỳ"),
    ("eo", "ĉĝĥĵŝŭ"),
    ("hr", "ćčđšž"),
    ("hu", "áéíóöúüőű"),
    ("id", "é"),
    ("jv", "èé"),
    ("la", ""),
    ("lt", "ąčėęįšūųž"),
    ("lv", "āčēģīķļņōŗšūž"),
    ("ro", "âîăşţșț"),
    ("sk", "áäéíóôúýčďĺľňŕšťž"),
    ("sl", "čšž"),
    ("sn", ""),
    ("tk", "äçöüýňşž"),
    ("tl", "áéíñóú"),
    ("tr", "âçîöûüğış\u{307}"),
    ("uz", "ʻ"),
    ("vi", "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
    ("zu", ""),
];

/// So many different letters beyond ASCII tell which languages a text may be in; a single one may be that of a name.
const TELLING: usize = 2;

/// Names what the model leaves open.
#[derive(Debug)]
pub(super) struct Fallback {
    others: Detector,
}

impl Fallback {
    pub(super) fn new() -> Fallback {
        Fallback { others: Detector::with_allowlist(NAMES.iter().filter_map(theirs).collect()) }
    }

    /// The most likely language without a lane, and how sure whatlang is, 0 to 1.
    pub(super) fn name(&self, text: &str) -> Option<(Language, f64)> {
        let text = judged(text);
        // whatlang compares with every language that it may name: that is nearly all it costs.
        let info = match candidates(text) {
            Some(some) => Detector::with_allowlist(some).detect(text)?,
            None => self.others.detect(text)?,
        };
        let name = NAMES.iter().find(|(theirs, _)| *theirs == info.lang().code());
        Some((Language::from_code(name?.1)?, info.confidence()))
    }
}

fn theirs((theirs, _): &(&str, &str)) -> Option<Lang> {
    Lang::from_code(*theirs)
}

/// The languages that have all the letters of a text; nothing where its letters tell too little, or no language has them
/// all.
fn candidates(text: &str) -> Option<Vec<Lang>> {
    let mut telling: Vec<char> = Vec::new();
    for c in text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()) {
        for c in c.to_lowercase() {
            if !telling.contains(&c) {
                telling.push(c);
            }
        }
    }
    if telling.len() < TELLING {
        return None;
    }
    let has_all = |(_, letters): &&(&str, &str)| telling.iter().all(|c| letters.contains(*c));
    let named = |(ours, _): &(&str, &str)| NAMES.iter().find(|name| name.1 == *ours);
    let some: Vec<Lang> =
        LETTERS.iter().filter(has_all).filter_map(named).filter_map(theirs).collect();
    (!some.is_empty()).then_some(some)
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
        for (ours, _) in LETTERS {
            assert!(NAMES.iter().any(|name| name.1 == ours), "{ours}");
        }
    }

    #[test]
    fn letters_tell_which_languages_may_be_meant() {
        let codes = |text| {
            let some: Option<Vec<Lang>> = candidates(text);
            some.map(|some| some.iter().map(|lang| lang.code()).collect::<Vec<_>>())
        };
        assert_eq!(
            codes("Kargo çok geç geldi ama müşteri hizmetleri hızlı"),
            Some(vec!["aze", "tur"])
        );
        assert_eq!(codes("Zboží dorazilo pozdě"), Some(vec!["ces"]));
        assert_eq!(codes("Preces tika piegādātas vēlu"), Some(vec!["lav"]));
        assert_eq!(codes("Kiitos, café oli kiva"), None, "one letter tells nothing");
        assert_eq!(codes("größer als übermäßig"), None, "no language without a lane has all");
    }
}
