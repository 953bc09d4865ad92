//! Consonant gradation: strong and weak grade of the consonants before the last vowels.

use crate::morphology::letters::{AE, is_vowel, split_final_vowels};
use crate::morphology::paradigm::Grade;

/// Strong and weak consonants of the grades that are plain replacements.
const PAIRS: [(Grade, &[u8], &[u8]); 12] = [
    (Grade::A, b"kk", b"k"),
    (Grade::B, b"pp", b"p"),
    (Grade::C, b"tt", b"t"),
    (Grade::E, b"p", b"v"),
    (Grade::F, b"t", b"d"),
    (Grade::G, b"nk", b"ng"),
    (Grade::H, b"mp", b"mm"),
    (Grade::I, b"lt", b"ll"),
    (Grade::J, b"nt", b"nn"),
    (Grade::K, b"rt", b"rr"),
    (Grade::L, b"k", b"j"),
    (Grade::M, b"k", b"v"),
];

/// The weak grade of a strong stem; several spellings where the grammar has them, the stem itself without gradation.
pub(crate) fn weaken(stem: &[u8], grade: Option<Grade>) -> Vec<Vec<u8>> {
    match grade {
        None => vec![stem.to_vec()],
        Some(Grade::D) => drop_k(stem),
        Some(grade) => vec![replace(stem, grade, true)],
    }
}

/// The strong grade of a weak stem; several where the weak one does not tell.
pub(crate) fn strengthen(stem: &[u8], grade: Option<Grade>) -> Vec<Vec<u8>> {
    match grade {
        None => vec![stem.to_vec()],
        Some(Grade::D) => insert_k(stem),
        Some(grade) => vec![replace(stem, grade, false)],
    }
}

fn replace(stem: &[u8], grade: Grade, weaken: bool) -> Vec<u8> {
    let pair = PAIRS.iter().find(|(known, ..)| *known == grade);
    let Some((&(_, strong, weak), (head, vowels))) = pair.zip(split_final_vowels(stem)) else {
        return stem.to_vec();
    };
    let (from, to) = if weaken { (strong, weak) } else { (weak, strong) };
    match head.strip_suffix(from) {
        Some(before) => [before, to, vowels].concat(),
        None => stem.to_vec(),
    }
}

/// k:- as in joki:joe-, with k:j in aika:aja- and an apostrophe between like vowels in raaka:raa'a-.
fn drop_k(stem: &[u8]) -> Vec<Vec<u8>> {
    let split = split_final_vowels(stem)
        .and_then(|(head, vowels)| Some((head.strip_suffix(b"k")?, vowels)));
    let Some((head, vowels)) = split else { return vec![stem.to_vec()] };
    let plain = [head, vowels].concat();
    if head.last() == vowels.first() {
        return vec![[head, b"'", vowels].concat(), plain];
    }
    let mut weak = vec![plain];
    if (head.ends_with(b"ai") || head.ends_with(b"oi")) && matches!(vowels[0], b'a' | AE | b'o') {
        weak.push([&head[..head.len() - 1], b"j", vowels].concat());
    }
    weak
}

/// Where a k may have been: before each of the last vowels.
fn insert_k(stem: &[u8]) -> Vec<Vec<u8>> {
    let mut strong = Vec::new();
    for at in (1..stem.len()).rev().take(3) {
        if !is_vowel(stem[at]) {
            break;
        }
        strong.push([&stem[..at], b"k", &stem[at..]].concat());
    }
    if strong.is_empty() { vec![stem.to_vec()] } else { strong }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morphology::letters::{shown, to_letters};

    fn weak(stem: &str, grade: Grade) -> Vec<String> {
        weaken(&to_letters(stem), Some(grade)).iter().map(|stem| shown(stem)).collect()
    }

    #[test]
    fn every_grade_weakens() {
        for (strong, grade, expected) in [
            ("kauppa", Grade::B, "kaupa"),
            ("laatu", Grade::F, "laadu"),
            ("hinta", Grade::J, "hinna"),
            ("kaupunki", Grade::G, "kaupungi"),
            ("puku", Grade::M, "puvu"),
            ("särke", Grade::L, "särje"),
            ("joke", Grade::D, "joe"),
        ] {
            assert_eq!(weak(strong, grade), [expected]);
        }
        assert_eq!(weak("aika", Grade::D), ["aia", "aja"]);
        assert_eq!(weak("raaka", Grade::D), ["raa'a", "raaa"]);
    }

    #[test]
    fn strengthening_undoes_weakening() {
        let strong = strengthen(b"raka", Some(Grade::A));
        assert_eq!(strong, [b"rakka".to_vec()]);
        assert!(strengthen(b"pue", Some(Grade::D)).contains(&b"puke".to_vec()));
        assert!(strengthen(&to_letters("hylä"), Some(Grade::D)).contains(&to_letters("hylkä")));
    }
}
