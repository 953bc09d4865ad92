//! Readings of the text's bytes that the kinds share: digits, the hyphens and
//! spaces that word processors put between them, and word borders.
//! Every reading is bounded and answers beyond the text's end with "none".

/// The value of the ASCII digit at `place`.
pub(super) fn digit(bytes: &[u8], place: usize) -> Option<u8> {
    let byte = *bytes.get(place)?;
    byte.is_ascii_digit().then(|| byte - b'0')
}

/// How many ASCII digits follow from `place`, counted no further than `most`.
pub(super) fn digits(bytes: &[u8], place: usize, most: usize) -> usize {
    let rest = bytes.get(place..).unwrap_or_default();
    rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count()
}

/// The number of exactly `size` digits at `place`; `size` is at most 9, so
/// that the value fits a `usize` of 32 bits too.
pub(super) fn number(bytes: &[u8], place: usize, size: usize) -> Option<usize> {
    if size > 9 {
        return None;
    }
    let run = bytes.get(place..place.checked_add(size)?)?;
    run.iter().try_fold(0_usize, |value, byte| {
        byte.is_ascii_digit().then(|| value * 10 + usize::from(byte - b'0'))
    })
}

/// Length in bytes of the hyphen at `place`, 0 if there is none. Texts pasted
/// from word processors carry U+2010..U+2013 and U+2212 in its stead.
pub(super) fn hyphen(bytes: &[u8], place: usize) -> usize {
    match bytes.get(place..).unwrap_or_default() {
        [b'-', ..] => 1,
        [0xE2, 0x80, 0x90..=0x93, ..] | [0xE2, 0x88, 0x92, ..] => 3,
        _ => 0,
    }
}

/// Length in bytes of the space at `place`, 0 if there is none: the plain one,
/// U+00A0, U+2009 and U+202F, but no tab or line break.
pub(super) fn space(bytes: &[u8], place: usize) -> usize {
    match bytes.get(place..).unwrap_or_default() {
        [b' ', ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        [0xE2, 0x80, 0x89 | 0xAF, ..] => 3,
        _ => 0,
    }
}

/// Length in bytes of the one space or hyphen at `place`, 0 if there is none.
pub(super) fn joint(bytes: &[u8], place: usize) -> usize {
    space(bytes, place).max(hyphen(bytes, place))
}

/// The character that ends at `place`.
pub(super) fn before(text: &str, place: usize) -> Option<char> {
    text.get(..place)?.chars().next_back()
}

/// The character that starts at `place`.
pub(super) fn after(text: &str, place: usize) -> Option<char> {
    text.get(place..)?.chars().next()
}

/// Whether a letter or digit of any script ends at `place`.
pub(super) fn word_before(text: &str, place: usize) -> bool {
    before(text, place).is_some_and(char::is_alphanumeric)
}

/// Whether a letter or digit of any script starts at `place`.
pub(super) fn word_after(text: &str, place: usize) -> bool {
    after(text, place).is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::{after, before, digit, digits, hyphen, joint, number, space, word_after};

    #[test]
    fn reads_digits_within_bounds() {
        let bytes = b"a0123";
        assert_eq!(digit(bytes, 2), Some(1));
        assert_eq!(digit(bytes, 0), None);
        assert_eq!(digits(bytes, 1, 3), 3);
        assert_eq!(digits(bytes, 99, 3), 0);
        assert_eq!(number(bytes, 1, 4), Some(123));
        assert_eq!(number(bytes, 0, 4), None);
        assert_eq!(number(bytes, 1, 5), None);
        assert_eq!(number(bytes, usize::MAX, 2), None);
    }

    #[test]
    fn knows_the_hyphens_and_spaces_of_word_processors() {
        for text in ["-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2212}"] {
            assert_eq!(hyphen(text.as_bytes(), 0), text.len());
            assert_eq!(joint(text.as_bytes(), 0), text.len());
        }
        for text in [" ", "\u{a0}", "\u{202f}", "\u{2009}"] {
            assert_eq!(space(text.as_bytes(), 0), text.len());
        }
        assert_eq!(joint("\n".as_bytes(), 0), 0);
        assert_eq!(joint("—".as_bytes(), 0), 0);
    }

    #[test]
    fn sees_neighbours_only_on_borders() {
        assert_eq!(before("äb", 2), Some('ä'));
        assert_eq!(before("äb", 1), None);
        assert_eq!(after("äb", 2), Some('b'));
        assert!(word_after("ä", 0));
        assert!(!word_after("ä", 2));
        assert!(!word_after("ä", 77));
    }
}
