//! Telephone numbers: international ones (`+358 ...`, `00358 ...`; country
//! codes and the limit of 15 digits from ITU-T E.164) and national ones, which
//! start with 0 followed by 1-9. There is no check digit, so what is written
//! around the digits decides: dates, times, prices and codes are left alone.

use super::glyph::{after, before, digit, hyphen, space, word_after};
use super::groups::{Groups, INTERNATIONAL, NATIONAL, has_fraction, is_amount, is_date_like, read};

/// Start and end of the number whose first digit is at `start`, the first of a
/// run of digits. `taken` tells where data with a check digit begins; the
/// number ends before it. The work is bounded, whatever follows.
pub(super) fn at(
    text: &str,
    start: usize,
    taken: impl Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    if before(text, start) == Some('+') {
        let sign = start - 1;
        let head = if before(text, sign) == Some('(') { sign - 1 } else { sign };
        if before(text, sign).is_some_and(|glyph| glyph.is_ascii_digit()) {
            return None;
        }
        let groups = read(text, start, head < sign, &INTERNATIONAL, taken);
        return (is_international(bytes, &groups) && is_clear(text, &groups))
            .then_some((if groups.closed { head } else { sign }, groups.end));
    }
    let open = before(text, start) == Some('(');
    let head = if open { start - 1 } else { start };
    match bytes.get(start..)? {
        [b'0', b'0', ..] => {
            let first = start + 2;
            let first = first + space(bytes, first);
            let groups = read(text, first, open, &INTERNATIONAL, taken);
            // Without the plus sign only European and North American codes:
            // other numbers with leading zeros are more often of an order.
            let near = matches!(bytes.get(first)?, b'1' | b'3' | b'4') && groups.digits >= 9;
            (near
                && matches!(border(text, head), Border::Free | Border::Number)
                && is_international(bytes, &groups)
                && is_clear(text, &groups))
            .then_some((if groups.closed { head } else { start }, groups.end))
        }
        [b'0', b'1'..=b'9', ..] => {
            let groups = read(text, start, open, &NATIONAL, taken);
            let mobile = matches!(bytes.get(start + 1)?, b'4' | b'5') && groups.digits >= 9;
            let free = match border(text, head) {
                Border::Free => true,
                Border::Number => !is_amount(bytes, &groups),
                Border::Mark => mobile,
                Border::Word => false,
            };
            (free && groups.digits >= 6 && !is_date_like(bytes, &groups) && is_clear(text, &groups))
                .then_some((if groups.closed { head } else { start }, groups.end))
        }
        _ => None,
    }
}

/// What stands before a number.
enum Border {
    /// Nothing that speaks against it.
    Free,
    /// A space and a digit, maybe the head of an amount.
    Number,
    /// A point, slash, colon, hyphen or number sign that ties it to a date, a
    /// time, a fraction or another number.
    Mark,
    /// A letter, or a letter and a hyphen: a code.
    Word,
}

/// The border of the number whose first byte, or parenthesis, is at `head`.
fn border(text: &str, head: usize) -> Border {
    let Some(sign) = before(text, head) else {
        return Border::Free;
    };
    let far = before(text, head - sign.len_utf8());
    let figure = far.is_some_and(|glyph| glyph.is_ascii_digit());
    let dash = hyphen(text.as_bytes(), head - sign.len_utf8()) > 0;
    match sign {
        '#' => Border::Mark,
        '.' | ',' | ':' | '/' if figure => Border::Mark,
        _ if dash && figure => Border::Mark,
        _ if dash && far.is_some_and(char::is_alphabetic) => Border::Word,
        _ if sign == '_' || sign.is_alphanumeric() => Border::Word,
        _ if sign.is_whitespace() && figure => Border::Number,
        _ => Border::Free,
    }
}

/// Whether nothing is tied to the number's end: no letter, and for one short of
/// a full number no hyphen with a code behind it and no fraction.
fn is_clear(text: &str, groups: &Groups) -> bool {
    let bytes = text.as_bytes();
    let end = groups.end;
    let tail = hyphen(bytes, end);
    let tied = (tail > 0 && word_after(text, end + tail)) || has_fraction(bytes, end);
    !word_after(text, end) && after(text, end) != Some('_') && (groups.digits >= 9 || !tied)
}

/// Whether the digits are a country code and as many as a number behind it has.
fn is_international(bytes: &[u8], groups: &Groups) -> bool {
    let Some(&(place, _)) = groups.list().first() else {
        return false;
    };
    match digit(bytes, place) {
        None | Some(0) => false,
        // North America and Russia have numbers of one length.
        Some(1 | 7) => groups.digits == 11,
        _ => (7..=15).contains(&groups.digits) && !is_amount(bytes, groups),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::tests::{count, spans};
    use proptest::prelude::{prop_assert_eq, proptest};

    /// Invented numbers, and some of the ranges that Ofcom, PTS and NANPA keep
    /// for fiction.
    const NUMBERS: &str = "040 1234567|0401234567|040-1234567|040 123 4567|040 123 45 67\
        |040 - 123 4567|050\u{a0}123\u{a0}4567|050\u{2011}1234567|09-123 4567|09 123 4567\
        |(09) 123 4567|(09)1234567|0800 12345|0203 12345|020202|08-12 34 56|070-174 06 05\
        |01 23 45 67 89|07700 900123|09 2012 345|+358 40 1234567|+358401234567|+358-40-123 4567\
        |+358 (0)40 123 4567|+358(0)401234567|(+358) 40 123 4567|00358 40 1234567\
        |00 358 401234567|0046 70 174 06 05|+46 70 174 06 05|+44 7700 900123\
        |+1 (202) 555-0123|+12025550123|+45 12 34 56 78|+372 5123 4567";

    /// Pairs of numbers close together.
    const PAIRS: &str = "0401234567,0501234567|040 123 45 67,050 123 45 67|0401234567/0501234567\
        |0401234567 0501234567|1.0401234567 2.0501234567|+358401234567;+358501234567\
        |040 1234567 tai 050 1234567-numerosta|0401234567:ään tai 0501234567:ään";

    /// Dates, times, amounts, orders, codes and rows.
    const OTHERS: &str = "12.3.2024 klo 12.05|2024-03-12 10 20|12/03/2024|03/12/2024 08:30\
        |01-02-2024|01 02 2024|05 2024|01-2024 02-2024|05011990|klo 08.00-16.00 09.00-15.00\
        |ma 08-16 09-15|1 200,50|1 050 000 e|12 045 600,50|+1 500 000|+2 500 000 e\
        |tilaus 12345678|0,5|3,0123456|007|24/7|24/7 007 007|0 10 asteikolla 0-10|05 10 15 20\
        |10 05 20 15 30|AB-0123456|0123456-AB|0123456-7|0401234567A|AB0401234567|#0123456\
        |60.1699, 24.0123456|001234567890|0012|2020-2024 000000|+12.3.2024|+358|+0401|040 12 kpl\
        |00000000000|040123456789012|5+35812345678|010190-123A|v. 2019 2020 2021";

    #[test]
    fn finds_numbers_and_nothing_around_them() {
        for text in NUMBERS.split('|') {
            for noted in [
                format!("Soita {text}."),
                format!("puh:{text}, 2 kpl"),
                format!("12.3.2024 {text} 24/7"),
                format!("{text} 12.3.2024"),
                format!("tilaus 12345678 ({text})"),
                text.to_owned(),
            ] {
                assert_eq!(spans(&noted), [(Kind::Phone, text)], "{noted}");
            }
        }
    }

    #[test]
    fn finds_each_of_a_pair() {
        for text in PAIRS.split('|') {
            assert_eq!(count(text, Kind::Phone), 2, "{text}");
        }
    }

    #[test]
    fn leaves_look_alikes() {
        for text in OTHERS.split('|') {
            assert_eq!(spans(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn mobile_numbers_are_found(
            head in "0[45][0-9]", one in "[0-9]{3}", two in "[0-9]{4}", gap in "[ -]?", abroad in 0..2,
        ) {
            let text = if abroad == 1 {
                format!("+358{gap}{}{gap}{one}{gap}{two}", head.get(1..).unwrap_or(""))
            } else {
                format!("{head}{gap}{one}{gap}{two}")
            };
            let noted = format!("Soita {text} 2 kertaa");
            prop_assert_eq!(spans(&noted), [(Kind::Phone, text.as_str())]);
        }
    }
}
