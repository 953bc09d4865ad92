//! Payment card numbers: 13 to 19 digits in one piece or in groups, with the
//! check digit and the leading digits of cards.
//! Source: ISO/IEC 7812-1 (numbering, Luhn check digit).

use super::glyph::{before, digit, digits, joint, word_after};

/// Fewest digits of a card number.
const LEAST: usize = 13;
/// Most digits of a card number.
const MOST: usize = 19;

/// The end of the card number whose first digit is at `start`, the first of a
/// run of digits. Of several possible ends the last one is taken.
pub(super) fn at(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    // After a plus sign it is a telephone number.
    if before(text, start).is_some_and(|sign| sign == '+' || sign.is_alphanumeric()) {
        return None;
    }
    let mut number = [0_u8; MOST];
    let mut count = 0;
    let mut place = start;
    let mut end = None;
    loop {
        let size = digits(bytes, place, MOST + 1);
        let run = bytes.get(place..place + size)?;
        let Some(room) = number.get_mut(count..count + size) else {
            break;
        };
        room.copy_from_slice(run);
        count += size;
        place += size;
        if number.get(..count).is_some_and(is_card) && !word_after(text, place) {
            end = Some(place);
        }
        // Only the last group of a card is shorter than four digits; this
        // keeps lists of small numbers out.
        let gap = joint(bytes, place);
        if size < 4 || gap == 0 || digit(bytes, place + gap).is_none() {
            break;
        }
        place += gap;
    }
    end
}

/// Whether these ASCII digits are a possible card number.
fn is_card(number: &[u8]) -> bool {
    let range = match number {
        [b'3'..=b'6', ..] => true,
        // Mastercard's second range, 2221..=2720.
        [b'2', ..] => {
            number.get(..4).is_some_and(|lead| (&b"2221"[..]..=&b"2720"[..]).contains(&lead))
        }
        _ => false,
    };
    range
        && number.len() >= LEAST
        && number.iter().any(|byte| Some(byte) != number.first())
        && luhn(number.iter())
}

/// Whether the last of these ASCII digits is the Luhn check digit of the others.
pub(super) fn luhn<'a>(digits: impl DoubleEndedIterator<Item = &'a u8>) -> bool {
    let mut doubled = true;
    let sum = digits.rev().fold(0_usize, |sum, byte| {
        doubled = !doubled;
        let value = usize::from(byte.wrapping_sub(b'0'));
        sum + match value {
            _ if !doubled => value,
            0..=4 => value * 2,
            _ => value * 2 - 9,
        }
    });
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::tests::{count, spans};
    use super::luhn;
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn finds_the_test_numbers_of_the_networks() {
        for text in [
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111\u{a0}1111\u{a0}1111\u{a0}1111",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "3782 822463 10005",
            "3056 930902 5904",
            "6011111111111117",
            "4222222222222",
        ] {
            let noted = format!("kortti 12 {text}, voimassa 12/27");
            assert_eq!(spans(&noted), [(Kind::Card, text)], "{text}");
        }
    }

    #[test]
    fn leaves_look_alikes() {
        for text in [
            "4111111111111112",
            "411111111111",
            "1111 1111 1111 1117",
            "4444444444444448444",
            "9111111111111111",
            "a4111111111111111",
            "4111111111111111b",
            "41111111111111111111",
            "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
            "2720993122003220",
            "5555555555555555",
        ] {
            assert_eq!(count(text, Kind::Card), 0, "{text}");
        }
    }

    proptest! {
        #[test]
        fn exactly_one_check_digit_is_right(lead in "[3-6][0-9]{11,17}") {
            let hits: Vec<_> = (0..10)
                .map(|check| format!("{lead}{check}"))
                .filter(|text| luhn(text.as_bytes().iter()))
                .collect();
            prop_assert_eq!(hits.len(), 1);
            let same = hits[0].bytes().all(|byte| byte == hits[0].as_bytes()[0]);
            prop_assert_eq!(count(&hits[0], Kind::Card), usize::from(!same));
        }
    }
}
