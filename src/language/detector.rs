//! Which language a text is in: the letters' scores, weighed with what else is known.

use super::confidence::confidence;
use super::evidence::{Evidence, hint, prior};
use super::fallback::Fallback;
use super::lanes::{LANES, is_cyrillic, lane, language};
use super::model::NUMBERS;
use super::scores::Scores;
use crate::text::Language;

/// The confidence given to a language that no letter speaks for.
const NO_EVIDENCE: f64 = 0.0;

/// Fewer letters than this say nothing: `ok`, `10/10`, `:D`.
const FEWEST_LETTERS: u32 = 3;

/// The best two lanes are close when their log-odds differ by less.
const CLOSE: f32 = 2.5;

/// A language and how sure the detector is of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The language; none when nothing speaks for any and there is no default.
    pub language: Option<Language>,
    /// The probability that the answer is right, 0 for a text that says nothing.
    pub confidence: f64,
}

/// Tells the language of a text. The configured languages are likelier than others, and the only ones with a lexicon;
/// any other is named all the same. With one configured language every text that says something is in that language.
#[derive(Debug)]
pub struct Detector {
    languages: Vec<Language>,
    /// The lane of each of them.
    lanes: Vec<usize>,
    /// The language of each lane; none for a group of languages.
    named: [Option<Language>; LANES],
    default: Option<Language>,
    prior: [f32; LANES],
    fallback: Fallback,
}

/// The best lane of a text.
#[derive(Debug, Clone, Copy)]
struct Best {
    lane: usize,
    second: usize,
    margin: f32,
}

impl Detector {
    /// A detector for the configured `languages`; `default` is the answer when a text says nothing, and without one no
    /// language is likelier than another.
    pub fn new(languages: &[Language], default: Option<Language>) -> Detector {
        Detector {
            languages: languages.to_vec(),
            lanes: languages.iter().map(|language| lane(language.code())).collect(),
            named: std::array::from_fn(language),
            default,
            prior: prior(languages, default),
            fallback: Fallback::new(),
        }
    }

    /// The most likely language of `text`.
    pub fn detect(&self, text: &str) -> Detection {
        self.decide(&self.score(text), text, None, &Evidence::default())
    }

    /// What the letters of a text's beginning say.
    pub fn score(&self, text: &str) -> Scores {
        Scores::of(text)
    }

    /// Whether the best two languages are close and one of them is configured, so that [`Evidence`] may decide.
    pub fn is_close(&self, scores: &Scores) -> bool {
        if scores.features == 0 || self.languages.len() < 2 {
            return false;
        }
        let best = best(&self.log_odds(scores));
        let configured = |lane| self.lanes.contains(&lane);
        best.margin < CLOSE && (configured(best.lane) || configured(best.second))
    }

    /// The configured language of a piece of a text of a language, and the probability that it is right; nothing where the
    /// letters speak for that language or for none that is configured. Never asks whatlang.
    pub fn another(&self, scores: &Scores, own: Option<Language>) -> Option<(Language, f64)> {
        if scores.features == 0 || scores.letters.all() < FEWEST_LETTERS {
            return None;
        }
        let best = best(&self.log_odds(scores));
        let named = self.named[best.lane].filter(|named| Some(*named) != own)?;
        if !self.languages.contains(&named) {
            return None;
        }
        Some((named, confidence(best.margin, scores.features)))
    }

    /// The language of a text of these `scores`. `named` is the language that the data names for it, if any; `evidence`
    /// is worth gathering when [`is_close`](Detector::is_close) says so. `text` is read only for languages that the
    /// model does not tell apart.
    pub fn decide(
        &self,
        scores: &Scores,
        text: &str,
        named: Option<Language>,
        evidence: &Evidence,
    ) -> Detection {
        let nothing = Detection { language: self.default, confidence: NO_EVIDENCE };
        if scores.letters.all() < FEWEST_LETTERS {
            return nothing;
        }
        if let [only] = self.languages[..] {
            return Detection { language: Some(only), confidence: 1.0 };
        }
        let letters = scores.letters;
        if scores.features == 0 || letters.other > letters.latin.max(letters.cyrillic) {
            return self.name(text, named, 1.0).unwrap_or(nothing);
        }
        let mut log_odds = self.log_odds(scores);
        for (position, &lane) in self.lanes.iter().enumerate() {
            log_odds[lane] += evidence.log_odds(position);
        }
        if let Some((lane, more)) = named.map(hint) {
            log_odds[lane] += more;
        }
        let best = best(&log_odds);
        let confidence = confidence(best.margin, scores.features);
        if let Some(language) = self.named[best.lane] {
            return Detection { language: Some(language), confidence };
        }
        // A group of languages: the second best lane where not even whatlang knows.
        let second = Detection { language: self.named[best.second], confidence: 1.0 - confidence };
        self.name(text, named, confidence).unwrap_or(second)
    }

    /// Names a language without a lane; `confidence` that it is one.
    fn name(&self, text: &str, named: Option<Language>, confidence: f64) -> Option<Detection> {
        if let Some(named) = named.filter(|named| language(lane(named.code())).is_none()) {
            return Some(Detection { language: Some(named), confidence });
        }
        let (language, sure) = self.fallback.name(text)?;
        Some(Detection { language: Some(language), confidence: confidence * sure })
    }

    /// Log-odds by lane; minus infinity for lanes of another script.
    fn log_odds(&self, scores: &Scores) -> [f32; LANES] {
        let cyrillic = scores.letters.cyrillic > scores.letters.latin;
        // Features overlap: the evidence grows with the root of their number, as in training.
        let features = u16::try_from(scores.features).unwrap_or(u16::MAX);
        let unit = NUMBERS.unit / f32::from(features.max(1)).sqrt();
        std::array::from_fn(|lane| {
            if is_cyrillic(lane) == cyrillic {
                scores.lanes[lane] as f32 * unit + self.prior[lane]
            } else {
                f32::NEG_INFINITY
            }
        })
    }
}

/// The best lane, the second and how far apart they are.
fn best(log_odds: &[f32; LANES]) -> Best {
    let (mut top, mut next) = ((0, f32::NEG_INFINITY), (0, f32::NEG_INFINITY));
    for (lane, &value) in log_odds.iter().enumerate() {
        if value > top.1 {
            next = top;
            top = (lane, value);
        } else if value > next.1 {
            next = (lane, value);
        }
    }
    Best { lane: top.0, second: next.0, margin: top.1 - next.1 }
}
