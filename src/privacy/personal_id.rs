//! Personal identity codes of Finland (henkilötunnus) and Sweden
//! (personnummer, samordningsnummer).
//! Sources: DVV, "The personal identity code" (century signs of 2023);
//! Skatteverket, SKV 704 (check digit) and SKV 707 (day + 60).

use super::card::luhn;
use super::glyph::{digits, hyphen, number, word_after, word_before};

/// Finnish check characters, by the remainder of the nine digits and 31.
const CHECKS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

/// The end of the identity code whose first digit is at `start`, the first of
/// a run of digits.
pub(super) fn at(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let run = digits(bytes, start, 13);
    if !matches!(run, 6 | 8 | 12) || word_before(text, start) {
        return None;
    }
    let finnish = (run == 6).then(|| finnish(bytes, start)).flatten();
    finnish
        .filter(|&end| !word_after(text, end))
        .or_else(|| swedish(bytes, start, run).filter(|&end| !word_after(text, end)))
}

/// `DDMMYYCNNNK`: date, century sign, individual number, check character.
fn finnish(bytes: &[u8], start: usize) -> Option<usize> {
    let date = number(bytes, start, 6)?;
    let sign = start + 6;
    let (century, width) = match bytes.get(sign)?.to_ascii_uppercase() {
        b'+' => (1800, 1),
        b'U'..=b'Y' => (1900, 1),
        b'A'..=b'F' => (2000, 1),
        _ => (1900, hyphen(bytes, sign)),
    };
    if width == 0 {
        return None;
    }
    let serial = number(bytes, sign + width, 3)?;
    let last = sign + width + 3;
    let check = bytes.get(last)?.to_ascii_uppercase();
    // 900..=999 are artificial or temporary codes, redacted all the same.
    let valid = serial >= 2
        && CHECKS.get((date * 1000 + serial) % CHECKS.len()) == Some(&check)
        && is_date(century + date % 100, date / 100 % 100, date / 10_000);
    valid.then_some(last + 1)
}

/// `YYMMDD-NNNN`, `YYYYMMDD-NNNN` or `YYYYMMDDNNNN`, by the length of the
/// first run of digits. Ten bare digits are too common to be taken.
fn swedish(bytes: &[u8], start: usize, run: usize) -> Option<usize> {
    let short = if run == 6 { start } else { start + 2 };
    let year = if run == 6 {
        // The century is open: 2000 + YY admits every 29 February there was.
        2000 + number(bytes, start, 2)?
    } else {
        number(bytes, start, 4).filter(|year| (1800..2100).contains(year))?
    };
    let month = number(bytes, short + 2, 2)?;
    let day = number(bytes, short + 4, 2)?;
    let width = match bytes.get(short + 6) {
        _ if run == 12 => 0,
        Some(b'+') => 1,
        _ => Some(hyphen(bytes, short + 6)).filter(|&width| width > 0)?,
    };
    let tail = short + 6 + width;
    let serial = number(bytes, tail, 4)?;
    let head = bytes.get(short..short + 6)?;
    let rest = bytes.get(tail..tail + 4)?;
    let valid = serial >= 10
        && is_date(year, month, if day > 60 { day - 60 } else { day })
        && luhn(head.iter().chain(rest));
    valid.then_some(tail + 4)
}

/// Whether the Gregorian calendar has this day.
pub(super) fn is_date(year: usize, month: usize, day: usize) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::tests::{count, spans};
    use super::CHECKS;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    /// An artificial Finnish code (individual number 900..=999) and the
    /// remainder of its check character.
    fn code(day: usize, month: usize, year: usize, sign: char, serial: usize) -> (String, usize) {
        let rest = (day * 10_000_000 + month * 100_000 + year * 1000 + serial) % 31;
        let check = char::from(CHECKS[rest]);
        (format!("{day:02}{month:02}{year:02}{sign}{serial}{check}"), rest)
    }

    #[test]
    fn finds_codes_of_both_countries() {
        for text in [
            "010190-900P",
            "010190X900p",
            "010190a900P",
            "010190+900P",
            "010190\u{2013}900P",
            "900101-9802",
            "900101+9802",
            "19900101-9802",
            "199001019802",
            "900161-9809",
        ] {
            let noted = format!("hetu:{text}, kiitos");
            assert_eq!(spans(&noted), [(Kind::PersonalId, text)], "{text}");
        }
    }

    #[test]
    fn leaves_look_alikes() {
        for text in [
            "010190-900Q",
            "320190-900A",
            "010190G900P",
            "x010190-900P",
            "010190-900Pä",
            "1010190-900P",
            "010190-000T",
            "290290-900E",
            "900101-9803",
            "901301-9800",
            "9001019802",
            "179001019802",
            "199001019802a",
        ] {
            assert_eq!(count(text, Kind::PersonalId), 0, "{text}");
        }
    }

    #[test]
    fn leap_days_follow_the_century() {
        let (old, _) = code(29, 2, 0, '-', 900);
        let (new, _) = code(29, 2, 0, 'A', 900);
        assert_eq!(count(&old, Kind::PersonalId), 0);
        assert_eq!(count(&new, Kind::PersonalId), 1);
    }

    proptest! {
        #[test]
        fn valid_codes_are_found_and_wrong_checks_are_not(
            day in 1_usize..=28, month in 1_usize..=12, year in 0_usize..100,
            sign in "[-+A-FU-Ya-fu-y]", serial in 900_usize..1000, wrong in 1_usize..31,
        ) {
            let (valid, rest) = code(day, month, year, sign.chars().next().unwrap_or('-'), serial);
            let text = format!("a {valid}.");
            prop_assert_eq!(spans(&text), [(Kind::PersonalId, valid.as_str())]);
            let check = char::from(CHECKS[(rest + wrong) % 31]);
            let mut bad = valid;
            bad.pop();
            bad.push(check);
            // A digit as the check may make a valid Swedish number instead.
            if check.is_ascii_alphabetic() {
                prop_assert!(count(&bad, Kind::PersonalId) == 0);
            }
        }

        #[test]
        fn swedish_numbers_have_one_check_digit(
            day in 1_usize..=28, month in 1_usize..=12, year in 1900_usize..2025,
            plus in 0_usize..2, serial in 980_usize..1000,
        ) {
            let day = day + 60 * plus;
            let hits: Vec<_> = (0..10)
                .filter(|check| {
                    let text = format!("{year}{month:02}{day:02}-{serial}{check}");
                    count(&text, Kind::PersonalId) == 1
                })
                .collect();
            prop_assert_eq!(hits.len(), 1);
        }
    }
}
