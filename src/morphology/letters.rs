//! Words with one byte a letter (Latin-1), so that stems, endings and spans are plain slices.

/// Longer words are no words of a language: they match nothing.
pub(crate) const LONGEST_WORD: usize = 64;

/// `ä` as one byte.
pub(crate) const AE: u8 = 0xE4;
/// `ö` as one byte.
pub(crate) const OE: u8 = 0xF6;
/// `å` as one byte.
pub(crate) const AA: u8 = 0xE5;

/// Stands for a character that no word of ours holds.
const FOREIGN: u8 = 0;

/// The letters of a normalised (lower-case, composed) word. Letters beyond Latin-1 lose their marks (`š` is `s`);
/// characters of other scripts become a byte that matches nothing.
pub(crate) fn letters(word: &str, out: &mut Vec<u8>) {
    out.clear();
    let bytes = word.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Most letters are ASCII, most others ä and ö: two bytes, of which the second names the letter.
        match (byte, bytes.get(at + 1)) {
            (0..=0x7F, _) => {
                out.push(byte);
                at += 1;
            }
            (0xC3, Some(&second)) if !matches!(second, 0x97 | 0xB7) => {
                out.push(0xC0 | second & 0x3F);
                at += 2;
            }
            _ => {
                let Some(c) = word.get(at..).and_then(|rest| rest.chars().next()) else { return };
                out.push(letter(c));
                at += c.len_utf8();
            }
        }
    }
}

/// The letters of a word in a buffer of their own.
pub(crate) fn to_letters(word: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len());
    letters(word, &mut out);
    out
}

fn letter(c: char) -> u8 {
    match c {
        '\u{D7}' | '\u{F7}' => FOREIGN,
        '\0'..='\u{FF}' => u8::try_from(u32::from(c)).unwrap_or(FOREIGN),
        'š' | 'ś' | 'ş' => b's',
        'ž' | 'ź' | 'ż' => b'z',
        'č' | 'ć' => b'c',
        'ń' | 'ň' => b'n',
        'ł' => b'l',
        'ē' | 'ę' | 'ě' => b'e',
        'ā' | 'ą' | 'ă' => b'a',
        'ő' => OE,
        _ => FOREIGN,
    }
}

/// The word of letters, for people.
pub(crate) fn shown(letters: &[u8]) -> String {
    letters.iter().map(|&letter| char::from(letter)).collect()
}

/// Whether a letter is a vowel of Finnish or Swedish.
pub(crate) const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | AE | OE | AA)
}

/// A letter typed without its dots: `ä` and `å` are `a`, `ö` is `o`.
pub(crate) const fn undotted(letter: u8) -> u8 {
    match letter {
        AE | AA => b'a',
        OE => b'o',
        other => other,
    }
}

/// Number of syllables, counted as runs of vowels.
pub(crate) fn vowel_groups(word: &[u8]) -> usize {
    let mut groups = 0;
    let mut within = false;
    for &letter in word {
        groups += usize::from(is_vowel(letter) && !within);
        within = is_vowel(letter);
    }
    groups
}

/// The word before its final run of vowels, and that run; nothing when it ends in a consonant.
pub(crate) fn split_final_vowels(word: &[u8]) -> Option<(&[u8], &[u8])> {
    let vowels = word.iter().rev().take_while(|&&letter| is_vowel(letter)).count();
    (vowels > 0).then(|| word.split_at(word.len() - vowels))
}

/// The run of consonants before the final run of vowels (`ntt` of `kontti`).
pub(crate) fn final_cluster(word: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (head, vowels) = split_final_vowels(word)?;
    let consonants = head.iter().rev().take_while(|&&letter| !is_vowel(letter)).count();
    let (before, cluster) = head.split_at(head.len() - consonants);
    (consonants > 0).then_some((before, cluster, vowels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_bytes_and_come_back() {
        assert_eq!(shown(&to_letters("hyvää yötä åbo")), "hyvää yötä åbo");
        assert_eq!(to_letters("šakki"), b"sakki");
        assert_eq!(to_letters("да"), [FOREIGN, FOREIGN]);
    }

    #[test]
    fn every_character_is_one_letter() {
        for number in 0..=0x24F {
            let c = char::from_u32(number).unwrap();
            assert_eq!(to_letters(&c.to_string()), [letter(c)], "{c:?}");
        }
        assert_eq!(to_letters("a×b÷c"), [b'a', FOREIGN, b'b', FOREIGN, b'c']);
    }

    #[test]
    fn words_come_apart_at_their_last_vowels() {
        assert_eq!(split_final_vowels(b"kauppa"), Some((&b"kaupp"[..], &b"a"[..])));
        assert_eq!(final_cluster(b"kontti"), Some((&b"ko"[..], &b"ntt"[..], &b"i"[..])));
        assert_eq!(final_cluster(b"puhelin"), None);
        assert_eq!(vowel_groups(&to_letters("ystävällinen")), 5);
    }
}
