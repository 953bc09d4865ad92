//! How people speak and type: stems that lose d or shorten -nut, tokens whose vowels have run together.

use super::endings::{FULL, NOM, PAST};
use crate::morphology::letters::{AE, OE, is_vowel};
use crate::morphology::paradigm::{Stem, Stems};

/// Shorter stems would match anything.
const SHORTEST: usize = 3;

/// Adds the spoken stems of written ones: tehdä tehä, katsoa kattoa, ollut ollu, pitäisi pitäis, ainainen ananen.
pub(crate) fn stems(written: &Stems, spoken: &mut Stems) {
    for Stem { letters, endings } in written.iter() {
        let mut add = |parts: &[&[u8]], endings| {
            if parts.iter().map(|part| part.len()).sum::<usize>() >= SHORTEST {
                spoken.push(parts, endings);
            }
        };
        if let Some((head, tail)) = around_d(letters) {
            add(&[head, tail], endings);
        }
        if let Some(at) = letters.windows(2).skip(1).position(|pair| pair == b"ts") {
            let (head, tail) = (&letters[..=at], &letters[at + 3..]);
            add(&[head, b"tt", tail], endings);
            add(&[head, b"t", tail], endings);
        }
        match *letters {
            [ref short @ .., b't'] if endings.meets(NOM) && is_participle(short) => {
                add(&[short], FULL);
            }
            [ref short @ .., b'i'] if endings.meets(PAST) && short.ends_with(b"is") => {
                add(&[short], FULL | PAST);
                // osais: osas
                if let [base @ .., vowel @ (b'a' | AE | b'o' | OE), b'i', b's'] = short {
                    add(&[base, &[*vowel, b's']], FULL);
                }
            }
            [ref short @ .., b'n']
                if endings.meets(FULL) && letters.len() > 5 && is_long(short) =>
            {
                add(&[short], FULL);
            }
            // vuosi: vuos; kaksi: kaks
            [ref short @ .., b'i'] if endings.meets(NOM) && is_short_si(short) => {
                add(&[short], FULL);
            }
            _ => {}
        }
        if let Some((head, tail)) = around_i_before_nen(letters) {
            add(&[head, tail], endings);
        }
    }
}

/// What stands around a d between vowels, or behind h.
fn around_d(letters: &[u8]) -> Option<(&[u8], &[u8])> {
    let before = |letter: u8| is_vowel(letter) || letter == b'h';
    let found = letters
        .windows(3)
        .position(|three| before(three[0]) && three[1] == b'd' && is_vowel(three[2]))?;
    Some((&letters[..=found], &letters[found + 2..]))
}

/// ...nut, ...lut, ...rut, ...sut without its t.
fn is_participle(short: &[u8]) -> bool {
    matches!(short, [.., b'l' | b'n' | b'r' | b's', b'u' | b'y'])
}

/// ...s of a short word in -si.
fn is_short_si(short: &[u8]) -> bool {
    short.len() <= 4 && short.ends_with(b"s")
}

fn is_long(short: &[u8]) -> bool {
    short.ends_with(b"ii") || short.ends_with(b"aa") || short.ends_with(&[AE, AE])
}

/// What stands around the i that people leave out: pun(a)i(nen), pun(a)i(set).
fn around_i_before_nen(letters: &[u8]) -> Option<(&[u8], &[u8])> {
    const TAILS: [&[u8]; 9] =
        [b"nen", b"se", b"s", b"si", b"sia", &[b's', b'i', AE], b"sie", b"ste", b"st"];
    TAILS.iter().find_map(|tail| match letters.strip_suffix(*tail)? {
        [head @ .., b'i'] if matches!(head, [.., consonant, b'a' | AE | b'o' | OE] if !is_vowel(*consonant)) => {
            Some((head, &letters[letters.len() - tail.len()..]))
        }
        _ => None,
    })
}

/// Written tokens that a spoken one may stand for: nopeet nopeat, hyvii hyviä, palveluki palvelukin.
pub(crate) fn tokens(word: &[u8], mut each: impl FnMut(&[u8])) {
    const ENDS: [&[u8]; 12] = [
        b"",
        b"n",
        b"t",
        b"ta",
        &[b't', AE],
        b"ssa",
        &[b's', b's', AE],
        b"sta",
        &[b's', b't', AE],
        b"sti",
        b"lla",
        &[b'l', b'l', AE],
    ];
    const CLITICS: [&[u8]; 5] = [b"", b"kin", b"ki", b"kaan", &[b'k', AE, AE, b'n']];
    for clitic in CLITICS {
        let Some(bare) = word.strip_suffix(clitic) else { continue };
        for end in ENDS {
            let Some([head @ .., first, second]) = bare.strip_suffix(end) else { continue };
            if first != second || !matches!(first, b'i' | b'u' | b'o' | b'y' | &OE | b'e') {
                continue;
            }
            let clitic = if clitic == b"ki" { b"kin" } else { clitic };
            for vowel in [b'a', AE] {
                each(&[head, &[*first, vowel], end, clitic].concat());
            }
        }
    }
    if word.ends_with(b"ki") && word.len() > 4 {
        each(&[word, b"n"].concat());
    }
    let lost_n: [&[u8]; 4] = [b"kaa", &[b'k', AE, AE], b"haa", &[b'h', AE, AE]];
    if word.len() > 6 && lost_n.iter().any(|end| word.ends_with(end)) {
        each(&[word, b"n"].concat());
    }
}
