//! What is not ordinary text: tiny answers, hostile texts, and invented personal data.
//!
//! Nothing here belongs to anyone: mail is at example.com, phone numbers begin with a block that
//! is not assigned, identity codes have the artificial individual numbers 900-999.

use std::fmt::Write as _;

use super::random::Random;

const TINY: [&str; 16] = [
    "-", "ok", "10/10", "👍", "Ok", ".", "?", "OK!", "5", "kyllä", "ei", "no", "hyvä", "👎", ":)",
    "n/a",
];
const EMOJI: [&str; 8] = ["😀", "😡", "👍", "👎🏽", "🎉", "❤️", "🇫🇮", "👨‍👩‍👧"];
const CONTROLS: [&str; 9] =
    ["\0", "\u{1}", "\u{7}", "\u{8}", "\u{1b}[31m", "\u{7f}", "\t", "\r\n", "\u{85}"];
const INVISIBLE: [&str; 5] = ["\u{200b}", "\u{200c}", "\u{200d}", "\u{feff}", "\u{2060}"];
const DIRECTIONS: [&str; 6] =
    ["\u{200f}", "\u{200e}", "\u{202e}", "\u{202c}", "\u{2067}", "\u{2069}"];
const MARKUP: [&str; 8] = [
    "<script>alert('x')</script>",
    "<b>huono</b>",
    "&lt;p&gt;",
    "<!-- -->",
    "]]>",
    "'; DROP TABLE feedback; --",
    "=HYPERLINK(\"http://example.com\")",
    "{{7*7}}",
];
const WORDS: [&str; 8] = ["palvelu", "oli", "hidas", "delivery", "was", "late", "tjänsten", "hyvä"];
/// Umlauts as a letter and a combining mark, which is not what keyboards write.
const DECOMPOSED: [&str; 6] = [
    "hyva\u{308}",
    "tyo\u{308}ntekija\u{308}",
    "pa\u{30a}",
    "o\u{308}ljy",
    "ma\u{308}a\u{308}ra\u{308}",
    "fo\u{308}r",
];
const GIVEN: [&str; 10] =
    ["anna", "matti", "liisa", "juha", "sari", "mikko", "emma", "erik", "sofia", "james"];
const FAMILY: [&str; 10] = [
    "virtanen",
    "korhonen",
    "nieminen",
    "laine",
    "heikkinen",
    "lindberg",
    "smith",
    "niemi",
    "salo",
    "koski",
];
/// Check characters of Finnish identity codes, by the remainder of 31.
const CHECK: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

/// An answer of almost nothing.
pub(super) fn tiny(random: &mut Random) -> &'static str {
    random.pick(&TINY)
}

/// Appends a text of one of the kinds that break naive readers.
pub(super) fn hostile(random: &mut Random, text: &mut String) {
    match random.index(7) {
        0 => (0..3_000).for_each(|_| text.push_str(random.pick(&EMOJI))),
        1 => text.extend((0..5_000).map(|_| {
            let letter = random.below(26);
            char::from(b'a' + u8::try_from(letter).unwrap_or(0))
        })),
        2 => among_words(&CONTROLS, random, text),
        3 => among_words(&INVISIBLE, random, text),
        4 => among_words(&DIRECTIONS, random, text),
        5 => among_words(&MARKUP, random, text),
        _ => among_words(&DECOMPOSED, random, text),
    }
}

/// Appends words with an intruder after each, sometimes without a space between.
fn among_words(intruders: &[&str], random: &mut Random, text: &mut String) {
    for _ in 0..4 + random.below(20) {
        text.push_str(random.pick(&WORDS));
        if random.per_mille(500) {
            text.push(' ');
        }
        text.push_str(random.pick(intruders));
        if random.per_mille(500) {
            text.push(' ');
        }
    }
}

/// Appends a sentence with an invented e-mail address, phone number or identity code.
pub(super) fn personal(random: &mut Random, text: &mut String) {
    // Writing to a `String` cannot fail, so the results are not looked at.
    match random.index(3) {
        0 => {
            let (given, family) = (random.pick(&GIVEN), random.pick(&FAMILY));
            let number = random.below(100);
            let _ = write!(text, "Email: {given}.{family}{number}@example.com");
        }
        1 => {
            let prefix = random.pick(&["+358 40", "040", "+358 50", "050"]);
            let number = random.below(10_000);
            let _ = write!(text, "Puh. {prefix} 000 {number:04}");
        }
        _ => {
            let individual = 900 + random.below(100);
            let code = identity_code(individual);
            let _ = write!(text, "Hetu {code}");
        }
    }
    text.push('.');
}

/// The identity code of 5 August 1990 with this individual number and its check character.
fn identity_code(individual: u64) -> String {
    let remainder = (50_890_000 + individual) % 31;
    let check =
        usize::try_from(remainder).ok().and_then(|place| CHECK.get(place)).copied().unwrap_or(b'0');
    format!("050890-{individual}{}", char::from(check))
}

#[cfg(test)]
mod tests {
    use super::{Random, hostile, identity_code, personal};

    #[test]
    fn identity_codes_have_their_check_character() {
        // 50890900 = 31 * 1641641 + 29, and 50890902 leaves 0.
        assert_eq!(identity_code(900), "050890-900X");
        assert_eq!(identity_code(902), "050890-9020");
    }

    #[test]
    fn every_kind_of_oddity_appears() {
        let mut random = Random::new(3, 0);
        let mut all = String::new();
        for _ in 0..200 {
            hostile(&mut random, &mut all);
            all.push('\n');
            personal(&mut random, &mut all);
            all.push('\n');
        }
        for wanted in [
            "\0",
            "\u{200b}",
            "\u{202e}",
            "<script>",
            "a\u{308}",
            "@example.com",
            "050890-9",
            " 000 ",
        ] {
            assert!(all.contains(wanted), "{wanted:?}");
        }
        assert!(all.lines().any(|line| line.len() == 5_000));
        assert!(all.lines().any(|line| line.len() > 12_000));
    }
}
