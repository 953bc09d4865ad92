//! One byte for each letter, the same for upper and lower case.

/// What stands between two words.
pub(super) const BOUNDARY: u8 = 1;

/// Letters of Latin Extended-A have 2 to 65, a to z their ASCII, then Latin-1, other Latin, Cyrillic from here on.
const EXTENDED_A: u8 = 2;
const LATIN_1: u8 = 0x80;
const EXTENDED: u8 = 0xA0;
pub(super) const CYRILLIC: u8 = 0xC0;

/// How many letters of each script a text has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters {
    /// Latin letters.
    pub latin: u32,
    /// Cyrillic letters.
    pub cyrillic: u32,
    /// Letters of any other script.
    pub other: u32,
}

impl Letters {
    /// Letters of every script.
    pub fn all(self) -> u32 {
        self.latin.saturating_add(self.cyrillic).saturating_add(self.other)
    }
}

/// The code of U+00C0 to U+00FF by the second byte.
#[inline]
pub(super) fn latin_1(low: u8) -> u8 {
    match low & 0x3F {
        0x17 | 0x37 => BOUNDARY,
        0x1F => LATIN_1 + 0x1F,
        letter => LATIN_1 + (letter & 0x1F),
    }
}

/// The code of a Latin or Cyrillic letter beyond ASCII.
pub(super) fn letter(c: char) -> Option<u8> {
    let small = c.to_lowercase().next().unwrap_or(c);
    // The low byte is all that the arms below need.
    let [low, ..] = u32::from(small).to_le_bytes();
    match small {
        'à'..='ÿ' if small != '÷' => Some(latin_1(low & 0x3F)),
        'ß' => Some(latin_1(0x1F)),
        // The small letters stand at odd places up to ķ and from ŋ, at even ones between and from ź.
        '\u{100}'..='\u{17F}' => Some(EXTENDED_A + ((low & 0x7F) >> 1)),
        '\u{180}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Some(EXTENDED + ((low >> 1) & 0x1F)),
        'а'..='я' => Some(CYRILLIC + (low - 0x30)),
        'ѐ'..='џ' => Some(CYRILLIC + 0x20 + (low & 0x0F)),
        '\u{460}'..='\u{52F}' => Some(CYRILLIC + 0x30 + ((low >> 1) & 0x0F)),
        _ => None,
    }
}
