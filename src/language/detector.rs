//! Detection by letter trigrams (whatlang), restricted to the configured languages.

use crate::text::{Language, says_nothing};

/// Texts are judged on their beginning: more letters change nothing but the cost.
const JUDGED_BYTES: usize = 96;

/// The confidence given to a language that no letter speaks for.
const NO_EVIDENCE: f64 = 0.0;

/// A language and how sure the detector is of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The language; none when nothing speaks for any and there is no default.
    pub language: Option<Language>,
    /// Between 0 (a guess) and 1 (certain); not calibrated.
    pub confidence: f64,
}

/// Tells the language of a text among the configured ones.
#[derive(Debug)]
pub struct Detector {
    only: Option<Language>,
    default: Option<Language>,
    trigrams: whatlang::Detector,
}

impl Detector {
    /// A detector for `languages`; `default` is the answer when a text says nothing.
    pub fn new(languages: &[Language], default: Option<Language>) -> Detector {
        let known = languages.iter().filter_map(|&language| to_whatlang(language)).collect();
        let only = if let [language] = languages { Some(*language) } else { None };
        Detector { only, default, trigrams: whatlang::Detector::with_allowlist(known) }
    }

    /// The most likely language of `text`.
    pub fn detect(&self, text: &str) -> Detection {
        let mut end = text.len().min(JUDGED_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let beginning = text.get(..end).unwrap_or(text);
        if says_nothing(beginning) {
            return Detection { language: self.default, confidence: NO_EVIDENCE };
        }
        if self.only.is_some() {
            return Detection { language: self.only, confidence: 1.0 };
        }
        match self
            .trigrams
            .detect(beginning)
            .and_then(|info| Some((from_whatlang(info.lang())?, info.confidence())))
        {
            Some((language, confidence)) => Detection { language: Some(language), confidence },
            None => Detection { language: self.default, confidence: NO_EVIDENCE },
        }
    }
}

const NAMES: [(Language, whatlang::Lang); 3] = [
    (Language::FINNISH, whatlang::Lang::Fin),
    (Language::ENGLISH, whatlang::Lang::Eng),
    (Language::SWEDISH, whatlang::Lang::Swe),
];

fn to_whatlang(language: Language) -> Option<whatlang::Lang> {
    NAMES.iter().find(|(ours, _)| *ours == language).map(|&(_, theirs)| theirs)
}

fn from_whatlang(language: whatlang::Lang) -> Option<Language> {
    NAMES.iter().find(|(_, theirs)| *theirs == language).map(|&(ours, _)| ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_apart() {
        let detector = Detector::new(&Language::ALL, Some(Language::FINNISH));
        let code = |text| detector.detect(text).language.map(Language::code);
        assert_eq!(code("Toimitus tuli nopeasti ja kaikki oli kunnossa"), Some("fi"));
        assert_eq!(code("The delivery was quick and everything was fine"), Some("en"));
        assert_eq!(code("Leveransen kom snabbt och allt var i ordning"), Some("sv"));
    }

    #[test]
    fn a_text_that_says_nothing_gets_the_default_and_no_confidence() {
        let fi = Detector::new(&Language::ALL, Some(Language::FINNISH));
        assert_eq!(
            fi.detect("10/10 👍"),
            Detection { language: Some(Language::FINNISH), confidence: 0.0 }
        );
        assert_eq!(fi.detect("ok").language, Some(Language::FINNISH));
        assert_eq!(Detector::new(&Language::ALL, None).detect("-").language, None);
        assert_eq!(fi.detect("").language, Some(Language::FINNISH));
    }
}
