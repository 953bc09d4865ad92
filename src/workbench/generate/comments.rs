//! One comment: sentences of Zipf-distributed words, now and then something short, personal or
//! hostile instead.
//!
//! The text is appended to a buffer of the caller, which is reused for every row.

use super::oddities::{hostile, personal, tiny};
use super::random::Random;
use super::vocabulary::Vocabulary;

/// What a row's comment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No value at all.
    Null,
    /// The empty string.
    Empty,
    /// "-", "ok", "10/10".
    Tiny,
    /// What breaks naive readers.
    Hostile,
    /// Sentences with an invented e-mail, phone number or identity code.
    Personal,
    /// Sentences.
    Plain,
}

/// Kinds in rows of ten thousand; the rest is plain.
const KINDS: [(Kind, u64); 5] = [
    (Kind::Null, 50),
    (Kind::Empty, 50),
    (Kind::Tiny, 200),
    (Kind::Hostile, 10),
    (Kind::Personal, 20),
];

/// Log-normal lengths in words: `MEDIAN * e^(SPREAD * normal)`, a mean of about 20.
const MEDIAN: f64 = 14.3;
const SPREAD: f64 = 0.8;
const LONGEST: f64 = 200.0;

/// Draws what the next comment is.
pub(super) fn kind(random: &mut Random) -> Kind {
    let mut left = random.below(10_000);
    for (kind, cases) in KINDS {
        match left.checked_sub(cases) {
            Some(rest) => left = rest,
            None => return kind,
        }
    }
    Kind::Plain
}

/// Appends a comment of this kind.
pub(super) fn write(kind: Kind, vocabulary: &Vocabulary, random: &mut Random, text: &mut String) {
    match kind {
        Kind::Null | Kind::Empty => {}
        Kind::Tiny => text.push_str(tiny(random)),
        Kind::Hostile => hostile(random, text),
        Kind::Personal => {
            sentences(vocabulary, random, text);
            text.push(' ');
            personal(random, text);
        }
        Kind::Plain => sentences(vocabulary, random, text),
    }
}

/// How many words the comment has.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 1..=200 just before"
)]
fn length(random: &mut Random) -> u64 {
    let drawn = MEDIAN * (SPREAD * random.normal()).exp();
    drawn.round().clamp(1.0, LONGEST) as u64
}

/// Appends sentences until the drawn number of words is reached.
fn sentences(vocabulary: &Vocabulary, random: &mut Random, text: &mut String) {
    let mut left = length(random);
    // Some customers write neither capitals nor full stops.
    let careless = random.per_mille(120);
    while left > 0 {
        let mut words = (4 + random.below(11)).min(left);
        // A single word left over would be a sentence of its own.
        if left - words < 2 {
            words = left;
        }
        left -= words;
        sentence(vocabulary, words, careless, random, text);
        if left > 0 {
            text.push(' ');
        }
    }
    if careless && text.ends_with('.') {
        text.pop();
    }
}

/// Appends one sentence of so many words.
fn sentence(
    vocabulary: &Vocabulary,
    words: u64,
    careless: bool,
    random: &mut Random,
    text: &mut String,
) {
    // One draw decides about the extra words of the sentence: there is at most one of each.
    let extras = random.bits();
    let contrast = if words > 5 && extras & 0xFF < 56 { words / 2 } else { 0 };
    let negation =
        if words > 2 && extras >> 8 & 0xFF < 46 { 1 + random.below(words - 1) } else { 0 };
    let intensifier =
        if words > 2 && extras >> 16 & 0xFF < 56 { 1 + random.below(words - 1) } else { 0 };
    let comma = if words > 6 && extras >> 24 & 0xFF < 90 { 2 + random.below(words - 4) } else { 0 };

    let mut position = 0;
    while position < words {
        let language = vocabulary.language;
        // Position 0 is the capital letter's; a zero above therefore means "nowhere".
        let word = match position {
            0 => vocabulary.draw(random),
            _ if position == contrast => random.pick(language.contrasts),
            _ if position == negation => random.pick(language.negations),
            _ if position == intensifier => random.pick(language.intensifiers),
            _ => vocabulary.draw(random),
        };
        if position > 0 {
            if !careless && (position == contrast || position == comma) {
                text.push(',');
            }
            text.push(' ');
            text.push_str(word);
        } else if careless {
            text.push_str(word);
        } else {
            capitalised(word, text);
        }
        // A phrase counts by its words, otherwise phrases would make comments longer.
        position += 1 + word.bytes().filter(|byte| *byte == b' ').count() as u64;
    }
    text.push_str(match extras >> 32 & 0xFF {
        0..20 => "!",
        20..26 => "?",
        26..30 => "...",
        30..32 => "!!!",
        _ => ".",
    });
}

/// Appends a word with a capital first letter.
fn capitalised(word: &str, text: &mut String) {
    let mut letters = word.chars();
    if let Some(first) = letters.next() {
        text.extend(first.to_uppercase());
        text.push_str(letters.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::super::function_words::LANGUAGES;
    use super::{Kind, Random, Vocabulary, kind, write};

    #[test]
    fn sentences_have_capitals_stops_and_about_twenty_words() {
        let finnish = Vocabulary::new(&LANGUAGES[0], &[], 1);
        let mut random = Random::new(1, 0);
        let (mut words, mut stopped) = (0, 0);
        for _ in 0..4_000 {
            let mut text = String::new();
            write(Kind::Plain, &finnish, &mut random, &mut text);
            let count = text.split(' ').count();
            // "ei ole" counts as one draw and two words, at most once a sentence.
            assert!((1..=260).contains(&count), "{count}: {text}");
            assert!(!text.contains("  "), "{text}");
            words += count;
            let capital = text.chars().next().is_some_and(char::is_uppercase);
            stopped += usize::from(capital && text.ends_with(['.', '!', '?']));
        }
        assert!((74_000..88_000).contains(&words), "{words}");
        assert!((3_300..3_700).contains(&stopped), "{stopped}");
    }

    #[test]
    fn kinds_have_their_shares() {
        let mut random = Random::new(2, 0);
        let drawn: Vec<Kind> = (0..100_000).map(|_| kind(&mut random)).collect();
        let count = |wanted| drawn.iter().filter(|&&kind| kind == wanted).count();
        assert!((400..600).contains(&count(Kind::Null)));
        assert!((400..600).contains(&count(Kind::Empty)));
        assert!((1_800..2_200).contains(&count(Kind::Tiny)));
        assert!((60..140).contains(&count(Kind::Hostile)));
        assert!((140..260).contains(&count(Kind::Personal)));
    }
}
