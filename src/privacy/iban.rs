//! International bank account numbers: country, two check digits and the
//! national account number, in groups of four or in one piece.
//! Source: ISO 13616-1 (check by ISO/IEC 7064 mod 97-10) and the lengths of
//! SWIFT's IBAN registry.

use super::glyph::{number, space, word_after, word_before};

/// Whole length and its countries; other countries are tried from 15 to 34.
const LENGTHS: &[(usize, &str)] = &[
    (15, "NO"),
    (16, "BE"),
    (18, "DK FI FO GL NL"),
    (19, "MK SI"),
    (20, "AT BA EE KZ LT LU XK"),
    (21, "CH HR LI LV"),
    (22, "BG BH DE GB GE IE ME RS"),
    (23, "AE GI IL"),
    (24, "AD CZ ES MD PK RO SA SE SK TN VG"),
    (25, "PT"),
    (26, "IS TR"),
    (27, "FR GR IT MC SM"),
    (28, "AL AZ CY HU PL"),
    (29, "BR QA UA"),
    (31, "MT"),
];

/// Fewest digits of an account number: keeps words out that happen to follow
/// "no 15" and pass the check.
const FEWEST_DIGITS: usize = 6;

/// Start and end of the account number whose check digits are at `check`, the
/// first of a run of digits.
pub(super) fn at(text: &str, check: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let (start, country) = country(bytes, check)?;
    let length = LENGTHS
        .iter()
        .find(|(_, codes)| codes.split(' ').any(|code| code.as_bytes() == country))
        .map(|&(length, _)| length);
    let spaced = start + 2 != check;
    if word_before(text, start) || (spaced && length.is_none()) {
        return None;
    }
    let sum = number(bytes, check, 2)?;
    let mut rest = 0;
    let mut count = 4;
    let mut figures = 2;
    let mut place = check + 2;
    let mut end = None;
    while count < length.unwrap_or(34) {
        let gap = space(bytes, place);
        let Some(&byte) = bytes.get(place + gap) else {
            break;
        };
        // Without a known length only the grouping tells where words begin.
        if !byte.is_ascii_alphanumeric() || (gap > 0 && length.is_none() && count % 4 != 0) {
            break;
        }
        rest = remainder(rest, byte);
        figures += usize::from(byte.is_ascii_digit());
        count += 1;
        place += gap + 1;
        if count >= 15
            && length.is_none_or(|length| length == count)
            && figures >= FEWEST_DIGITS
            && (country.iter().fold(rest, |rest, &byte| remainder(rest, byte)) * 100 + sum) % 97
                == 1
            && !word_after(text, place)
        {
            end = Some(place);
        }
    }
    end.map(|end| (start, end))
}

/// Place and capitals of the country code before the check digits, from which
/// one space may part it.
fn country(bytes: &[u8], check: usize) -> Option<(usize, [u8; 2])> {
    let head = bytes.get(..check)?;
    let close = match head {
        [.., b' '] => check - 1,
        _ => check,
    };
    let start = close.checked_sub(2)?;
    match *bytes.get(start..close)? {
        [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
            Some((start, [first.to_ascii_uppercase(), second.to_ascii_uppercase()]))
        }
        _ => None,
    }
}

/// The remainder modulo 97 after one more character, A..Z standing for 10..35.
fn remainder(rest: usize, byte: u8) -> usize {
    let value = usize::from(byte.to_ascii_uppercase());
    if byte.is_ascii_digit() {
        (rest * 10 + value - usize::from(b'0')) % 97
    } else {
        (rest * 100 + value - usize::from(b'A') + 10) % 97
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::tests::{count, spans};
    use super::{LENGTHS, remainder};
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn finds_the_examples_of_the_registry() {
        for text in [
            "FI21 1234 5600 0007 85",
            "FI2112345600000785",
            "fi21 1234 5600 0007 85",
            "FI 21 1234 5600 0007 85",
            "FI21\u{a0}1234\u{a0}5600\u{a0}0007\u{a0}85",
            "SE45 5000 0000 0583 9825 7466",
            "EE382200221020145685",
            "DE89 3704 0044 0532 0130 00",
            "NO93 8601 1117 947",
            "DK50 0040 0440 1162 43",
            "GB82 WEST 1234 5698 7654 32",
            "LV80BANK0000435195001",
            "NL91ABNA0417164300",
            "FR14 2004 1010 0505 0001 3M02 606",
            "SC18SSCB11010000000000001497USD",
        ] {
            let noted = format!("IBAN:{text} kiitos 4 kertaa");
            assert_eq!(spans(&noted), [(Kind::Iban, text)], "{text}");
        }
    }

    #[test]
    fn leaves_look_alikes() {
        for text in [
            "FI22 1234 5600 0007 85",
            "FI21 1234 5600 0007 8",
            "FI21 1234 5600 0007 855",
            "XFI2112345600000785",
            "FI2112345600000785A",
            "FI21  1234 5600 0007 85",
            "no 15 vuotta tuotetta olen",
            "AB12 CD34 EF56",
        ] {
            assert_eq!(count(text, Kind::Iban), 0, "{text}");
        }
    }

    proptest! {
        #[test]
        fn exactly_the_right_check_digits_are_found(
            pick in 0..LENGTHS.len(), account in "[0-9]{30}", grouped in 0..2,
        ) {
            let (length, codes) = LENGTHS[pick];
            let code = codes.get(..2).unwrap_or("");
            let account = account.get(..length - 4).unwrap_or("");
            let rest = account.bytes().chain(code.bytes()).fold(0, remainder);
            let right = 98 - rest * 100 % 97;
            for sum in [right, right - 1, (right + 7) % 97] {
                let plain = format!("{code}{sum:02}{account}");
                let text: String = plain
                    .chars()
                    .enumerate()
                    .flat_map(|(at, letter)| {
                        (at > 0 && at % 4 == 0 && grouped == 1).then_some(' ').into_iter().chain([letter])
                    })
                    .collect();
                prop_assert_eq!(count(&text, Kind::Iban), usize::from(sum == right), "{}", text);
            }
        }
    }
}
