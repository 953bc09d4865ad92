//! The endings of Finnish: cases, persons, possessives and clitics, by groups that stems name.
//! Written with a, o, u alone: one copy serves both harmonies, and a wrong harmony is accepted on purpose.

use crate::morphology::ending_table::EndingTable;
use crate::morphology::letters::{AE, OE, is_vowel};
use crate::morphology::paradigm::Endings;

/// Nothing: the nominative.
pub(crate) const NOM: Endings = Endings::group(0);
/// The weak singular cases: -n -t -ssA -stA -llA -ltA -lle -ksi -ttA.
pub(crate) const WEAK: Endings = Endings::group(1);
/// The strong singular cases: -nA, possessives.
pub(crate) const STRONG: Endings = Endings::group(2);
/// Partitive -A.
pub(crate) const PART_A: Endings = Endings::group(3);
/// Partitive -tA.
pub(crate) const PART_TA: Endings = Endings::group(4);
/// Illative -seen.
pub(crate) const ILL_SEEN: Endings = Endings::group(5);
/// Plural cases of the weak grade.
pub(crate) const PL_WEAK: Endings = Endings::group(6);
/// Plural cases of the strong grade: -nA, -ne-.
pub(crate) const PL_STRONG: Endings = Endings::group(7);
/// Plural illative -in.
pub(crate) const PL_IN: Endings = Endings::group(8);
/// Plural illative -hin.
pub(crate) const PL_HIN: Endings = Endings::group(9);
/// Plural illative -siin.
pub(crate) const PL_SIIN: Endings = Endings::group(10);
/// A finished plural partitive, possibly with a possessive.
pub(crate) const PL_PART: Endings = Endings::group(11);
/// Plural genitive -n.
pub(crate) const PL_GEN: Endings = Endings::group(12);
/// A finished form.
pub(crate) const FULL: Endings = Endings::group(13);
/// Essive -nA alone.
pub(crate) const ESSIVE: Endings = Endings::group(14);
/// Present of the weak grade: - -n -t -mme -tte.
pub(crate) const PRESENT: Endings = Endings::group(15);
/// -vAt.
pub(crate) const THEY: Endings = Endings::group(16);
/// Past and conditional: - -n -t -mme -tte -vAt.
pub(crate) const PAST: Endings = Endings::group(17);
/// Imperative -kAA, -koon.
pub(crate) const IMPERATIVE: Endings = Endings::group(18);
/// Possessives alone (tehdä-kse-ni).
pub(crate) const POSSESSIVE: Endings = Endings::group(19);
/// The first part of a compound as it stands.
pub(crate) const MODIFIER: Endings = Endings::group(20);
/// The first part of a compound with genitive -n.
pub(crate) const MODIFIER_N: Endings = Endings::group(21);
/// Spoken adjectives: nopee-.
pub(crate) const SPOKEN_ADJECTIVE: Endings = Endings::group(22);
const ILLATIVE: u32 = 23;
const ILLATIVE_H: u32 = 28;

const CLITICS: [&str; 13] = [
    "", "kin", "kaan", "han", "ko", "pa", "kohan", "pahan", "kos", "pas", "kaanko", "kinko",
    "kinhan",
];
const POSSESSIVES: [&str; 5] = ["ni", "si", "nsa", "mme", "nne"];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
const CASES: [&str; 6] = ["ssa", "sta", "lla", "lta", "lle", "tta"];

/// What may follow any form.
pub(crate) const SUFFIXES: &[&str] = &[
    "ni", "si", "nsa", "mme", "nne", "kin", "kaan", "han", "ko", "pa", "kos", "pas", "an", "en",
    "on", "un", "in",
];

/// A vowel as endings write it.
fn back(letter: u8) -> u8 {
    match letter {
        AE => b'a',
        OE => b'o',
        b'y' => b'u',
        other => other,
    }
}

fn number(vowel: u8) -> u32 {
    let number = VOWELS.iter().position(|name| name.as_bytes()[0] == back(vowel));
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

/// Illative -Vn of a stem: talo-on; also -hVn behind two vowels: maa-han.
pub(crate) fn illative(stem: &[u8]) -> Endings {
    match *stem {
        [.., before, last] if is_vowel(before) && is_vowel(last) => {
            illative_h(stem) | Endings::group(ILLATIVE + number(last))
        }
        [.., last] => Endings::group(ILLATIVE + number(last)),
        [] => Endings::NONE,
    }
}

/// Illative -hVn of a stem: maa-han, tee-hen.
pub(crate) fn illative_h(stem: &[u8]) -> Endings {
    stem.last().map_or(Endings::NONE, |&last| Endings::group(ILLATIVE_H + number(last)))
}

/// The table of all endings.
pub(crate) fn table() -> EndingTable {
    let mut table = EndingTable::new();
    let mut add = |group: Endings, endings: &[String]| {
        for ending in endings {
            for clitic in CLITICS {
                table.add(&format!("{ending}{clitic}"), group);
            }
        }
    };
    let plain =
        |endings: &[&str]| endings.iter().map(|&ending| ending.to_owned()).collect::<Vec<_>>();
    let with = |endings: &[&str], more: Vec<String>| [plain(endings), more].concat();
    let cases = possessed(&[&CASES[..], &["kse"]].concat());
    add(NOM, &plain(&[""]));
    add(FULL, &plain(&[""]));
    add(WEAK, &[with(&["n", "t", "ksi"], plain(&CASES)), cases.clone()].concat());
    add(STRONG, &[with(&["na"], plain(&POSSESSIVES)), possessed(&["na"])].concat());
    add(PART_A, &with(&["a"], possessed(&["a"])));
    add(PART_TA, &with(&["ta"], possessed(&["ta"])));
    add(ILL_SEEN, &with(&["seen"], possessed_short("see")));
    add(PL_WEAK, &[with(&["n", "ksi"], plain(&CASES)), cases].concat());
    add(PL_STRONG, &with(&["na", "ne"], possessed(&["na", "ne"])));
    add(PL_IN, &with(&["in"], possessed_short("i")));
    add(PL_HIN, &with(&["hin"], possessed_short("hi")));
    add(PL_SIIN, &with(&["siin"], possessed_short("sii")));
    add(PL_PART, &with(&["", "an", "on", "un", "in", "en"], plain(&POSSESSIVES)));
    add(PL_GEN, &with(&["n"], plain(&POSSESSIVES)));
    add(ESSIVE, &with(&["na"], possessed(&["na"])));
    add(PRESENT, &plain(&["", "n", "t", "mme", "tte"]));
    add(THEY, &plain(&["vat"]));
    add(PAST, &plain(&["", "n", "t", "mme", "tte", "vat"]));
    add(IMPERATIVE, &plain(&["kaa", "koon", "koot", "kaamme", "kaatte", "ko", "koo"]));
    add(POSSESSIVE, &with(&["an", "en"], plain(&POSSESSIVES)));
    for (number, vowel) in (0..).zip(VOWELS) {
        let short = with(&[], possessed_short(vowel));
        add(Endings::group(ILLATIVE + number), &[vec![format!("{vowel}n")], short].concat());
        let stem = format!("h{vowel}");
        add(
            Endings::group(ILLATIVE_H + number),
            &[vec![format!("{stem}n")], possessed_short(&stem)].concat(),
        );
    }
    for ending in ["", "n", "t", "ssa", "sta", "lla", "lle", "lta", "ksi", "na", "sti", "ta"] {
        table.add(ending, SPOKEN_ADJECTIVE);
    }
    // As people speak: talos, talost, talol, talolt; menitten.
    for clitic in CLITICS {
        for ending in ["s", "st", "lt", "l"] {
            table.add_spoken(&format!("{ending}{clitic}"), WEAK | PL_WEAK);
        }
        table.add_spoken(&format!("tten{clitic}"), PAST);
    }
    table
}

/// Case endings with every possessive, -Vn included: ssa -> ssani ... ssaan.
fn possessed(cases: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for case in cases {
        all.extend(possessed_short(case));
        all.extend(case.chars().next_back().map(|vowel| format!("{case}{vowel}n")));
    }
    all
}

fn possessed_short(case: &str) -> Vec<String> {
    POSSESSIVES.iter().map(|possessive| format!("{case}{possessive}")).collect()
}
