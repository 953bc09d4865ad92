//! The groups of digits of a telephone number: how far they belong together,
//! and whether they look like an amount, a date or a row of small numbers
//! instead. Reading is bounded by the most digits and groups of a number.

use super::glyph::{digits, hyphen, joint, number, space, word_after};
use super::personal_id::is_date;

/// Most groups of digits in a number.
const GROUPS: usize = 8;

/// How many digits make a number. Another group is joined while the number has
/// fewer than `open` digits, up to `most`; afterwards only up to `full`, so
/// that an amount or a year behind a complete number is not swallowed.
pub(super) struct Measure {
    open: usize,
    full: usize,
    most: usize,
}

/// National numbers, the leading zero included.
pub(super) const NATIONAL: Measure = Measure { open: 9, full: 10, most: 12 };
/// International numbers, from the country code on.
pub(super) const INTERNATIONAL: Measure = Measure { open: 10, full: 12, most: 15 };

/// The groups of a number as they are read.
#[derive(Clone, Copy, Default)]
pub(super) struct Groups {
    /// Place and size of each group.
    list: [(usize, usize); GROUPS],
    count: usize,
    /// Digits of all groups.
    pub(super) digits: usize,
    /// The byte after the last group.
    pub(super) end: usize,
    /// Hyphens between the groups.
    hyphens: usize,
    /// Whether the parenthesis before the first digit closed within.
    pub(super) closed: bool,
}

impl Groups {
    /// Place and size of each group.
    pub(super) fn list(&self) -> &[(usize, usize)] {
        self.list.get(..self.count).unwrap_or_default()
    }

    fn all_of(&self, size: usize) -> bool {
        self.list().iter().all(|group| group.1 == size)
    }

    fn push(&mut self, place: usize, size: usize) -> bool {
        let Some(slot) = self.list.get_mut(self.count) else {
            return false;
        };
        *slot = (place, size);
        self.count += 1;
        self.digits += size;
        self.end = place + size;
        true
    }
}

/// Reads groups from the first digit on, as far as they belong to one number.
pub(super) fn read(
    text: &str,
    first: usize,
    open: bool,
    measure: &Measure,
    taken: impl Fn(usize) -> bool,
) -> Groups {
    let bytes = text.as_bytes();
    let mut read = Groups::default();
    let mut whole = Groups::default();
    // The parenthesis before the number, and one within it.
    let mut outer = open;
    let mut inner = false;
    let mut place = first;
    loop {
        let size = digits(bytes, place, measure.most + 1);
        let sum = read.digits + size;
        let fits = if read.digits < measure.open { measure.most } else { measure.full };
        // A short group with a fraction behind is a date, a time or a price.
        let foreign =
            word_after(text, place + size) || (size <= 4 && has_fraction(bytes, place + size));
        let begun = read.count > 0;
        if size == 0
            || sum > fits
            || (begun && (foreign || taken(place)))
            || !read.push(place, size)
        {
            return whole;
        }
        // One digit alone joins only between other groups.
        if size > 1 {
            whole = read;
        }
        let end = read.end;
        let mut next = end;
        if (inner || outer) && bytes.get(next) == Some(&b')') {
            read.closed |= !inner;
            outer &= inner;
            inner = false;
            next += 1;
        }
        next += joint(bytes, next);
        if measure.most == INTERNATIONAL.most
            && bytes.get(next..).is_some_and(|rest| rest.starts_with(b"(0)"))
        {
            // The trunk zero of "+358 (0)40" is not dialled.
            next += 3;
            next += joint(bytes, next);
        } else if !inner && bytes.get(next) == Some(&b'(') {
            inner = true;
            next += 1;
        } else if !begun && size >= 3 && next > end && hyphen(bytes, next) > 0 {
            // "040 - 123 4567": only behind the area code.
            next += hyphen(bytes, next);
            next += space(bytes, next);
        }
        if next == end {
            return whole;
        }
        read.hyphens += usize::from(hyphen(bytes, end) > 0);
        place = next;
    }
}

/// Whether a mark and one or two digits follow, as in 12.3, 8:30 or 200,50.
pub(super) fn has_fraction(bytes: &[u8], place: usize) -> bool {
    matches!(bytes.get(place), Some(b'.' | b',' | b':' | b'/'))
        && matches!(digits(bytes, place + 1, 3), 1 | 2)
}

/// Whether the groups are those of an amount, or a row of small numbers.
pub(super) fn is_amount(bytes: &[u8], groups: &Groups) -> bool {
    let sizes = groups.list().get(1..).unwrap_or_default();
    let thousands =
        !sizes.is_empty() && sizes.iter().all(|group| group.1 == 3) && groups.hyphens == 0;
    let round =
        groups.list().last().is_some_and(|&(place, size)| number(bytes, place, size) == Some(0));
    thousands && (groups.digits < 9 || round)
}

/// Whether a national number looks like a date, a month of a year or a row of
/// small numbers.
pub(super) fn is_date_like(bytes: &[u8], groups: &Groups) -> bool {
    let list = groups.list();
    let value = |at: usize, size: usize| {
        let &(place, found) = list.get(at)?;
        (found == size).then(|| number(bytes, place, size)).flatten()
    };
    let is_year = |year: usize| (1900..2100).contains(&year);
    if let (Some(one), Some(two)) = (value(0, 2), value(1, 2)) {
        let year = value(2, 4).filter(|&year| is_year(year));
        let year = year.or_else(|| value(2, 2).filter(|_| list.len() == 3).map(|year| 2000 + year));
        if year.is_some_and(|year| is_date(year, two, one) || is_date(year, one, two)) {
            return true;
        }
    }
    // "05 2024", but not "09 2012 345".
    let month = value(0, 2).is_some_and(|month| month <= 12) && value(1, 4).is_some_and(is_year);
    if month && list.get(2).is_none_or(|group| group.1 != 3) {
        return true;
    }
    // "05011990" in one piece.
    let whole = value(0, 8).filter(|_| list.len() == 1);
    if whole.is_some_and(|day| {
        is_year(day % 10_000) && is_date(day % 10_000, day / 10_000 % 100, day / 1_000_000)
    }) {
        return true;
    }
    // "05 10 15 20", but not the "08-12 34 56" of Stockholm.
    let town = matches!(value(0, 2), Some(8 | 9))
        && groups.hyphens <= 1
        && list.len() == 4
        && list.first().is_some_and(|&(place, size)| {
            groups.hyphens == usize::from(hyphen(bytes, place + size) > 0)
        });
    groups.digits < 9 && groups.all_of(2) && !town
}

#[cfg(test)]
mod tests {
    use super::{INTERNATIONAL, NATIONAL, is_amount, is_date_like, read};

    #[test]
    fn reads_until_the_number_is_complete() {
        for (text, end) in [
            ("040 1234567 15 min", 11),
            ("040 123 45 67 89", 13),
            ("040  1234567", 3),
            ("09 1234 5 kpl", 7),
            ("09 123456 12.3.", 9),
            ("0401234567890", 0),
        ] {
            let groups = read(text, 0, false, &NATIONAL, |_| false);
            assert_eq!(groups.end, end, "{text}");
        }
        let text = "(358) (0)40 (123) 4567";
        let groups = read(text, 1, true, &INTERNATIONAL, |_| false);
        assert!(groups.closed && groups.digits == 12 && groups.end == text.len());
        let groups = read(text, 1, true, &INTERNATIONAL, |place| place == 13);
        assert_eq!(groups.end, 11);
    }

    #[test]
    fn tells_amounts_and_dates() {
        let of = |text: &str| read(text, 0, false, &NATIONAL, |_| false);
        for text in ["050 000", "050 000 000"] {
            assert!(is_amount(text.as_bytes(), &of(text)), "{text}");
        }
        for text in ["050-000", "050 123 456", "0501234"] {
            assert!(!is_amount(text.as_bytes(), &of(text)), "{text}");
        }
        for text in ["01 02 2024", "01-02-24", "05 2024", "05011990", "05 10 15 20"] {
            assert!(is_date_like(text.as_bytes(), &of(text)), "{text}");
        }
        for text in ["09 12 3456", "05991990", "08-12 34 56", "09 2012 345"] {
            assert!(!is_date_like(text.as_bytes(), &of(text)), "{text}");
        }
    }
}
