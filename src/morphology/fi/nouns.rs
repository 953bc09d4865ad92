//! The stems of nouns, adjectives and numerals by inflection type (1-49 of the Finnish dictionaries).

use super::endings::{
    ESSIVE, FULL, ILL_SEEN, MODIFIER, MODIFIER_N, NOM, PART_A, PART_TA, PL_GEN, PL_HIN, PL_IN,
    PL_PART, PL_SIIN, PL_STRONG, PL_WEAK, STRONG, WEAK, illative, illative_h,
};
use super::gradation::{strengthen, weaken};
use crate::morphology::letters::{AE, is_vowel, vowel_groups};
use crate::morphology::paradigm::{Class, Endings, Stems};

/// The plural cases of a consonant type, whose stem serves both grades: kieli-.
const PLURAL: Endings = PL_WEAK.or(PL_STRONG).or(PL_IN);
/// The plural cases of a long vowel type: vierai-.
const LONG_PLURAL: Endings = PL_WEAK.or(PL_STRONG).or(PL_SIIN).or(PL_HIN);
/// The singular cases of a long vowel type: vieraa-.
const LONG_SINGULAR: Endings = WEAK.or(STRONG).or(PART_A).or(ILL_SEEN);

/// Adds the stems of a nominal; none for a lemma that does not look like its class.
pub(crate) fn decline(lemma: &[u8], class: Class, stems: &mut Stems) {
    stems.add(lemma, "", NOM | MODIFIER);
    let Some((&last, before)) = lemma.split_last() else { return };
    if before.len() < 2 && !matches!(class.number, 18..=21) {
        return;
    }
    match class.number {
        1..=4 | 8..=14 => vowel_stem(lemma, class, stems),
        5 | 6 => i_stem(lemma, class, stems),
        15 | 17..=21 => long_stem(lemma, class, stems),
        7 | 23..=32 => e_stem(lemma, class, stems),
        16 => comparative(before, stems),
        33..=35 => m_stem(lemma, class, stems),
        36 | 37 => superlative(lemma, stems),
        38 => {
            let Some(base) = lemma.strip_suffix(b"nen") else { return };
            stems.add(base, "s", PART_TA | MODIFIER);
            stems.add(base, "ste", PL_GEN | MODIFIER_N);
            consonant_e(base, "s", stems);
        }
        39 => {
            stems.add(lemma, "", PART_TA);
            stems.add(lemma, "te", PL_GEN | MODIFIER_N);
            consonant_e(before, "ks", stems);
        }
        40 => {
            stems.add(before, "te", STRONG | illative(b"te"));
            stems.add(before, "de", WEAK | MODIFIER_N);
            stems.add(before, "t", PART_TA);
            plural(before, "ks", stems);
        }
        41 => {
            for base in strengthen(before, class.grade) {
                let Some(&vowel) = base.last() else { continue };
                let long = [&base[..], &[vowel]].concat();
                stems.add(&long, "", LONG_SINGULAR | MODIFIER_N | illative_h(&long));
                long_plural(&base, stems);
            }
            stems.add(lemma, "", PART_TA);
        }
        42 => {
            stems.add(lemma, "", PART_TA);
            stems.add(lemma, "te", PL_GEN | MODIFIER_N);
            consonant_e(before, "h", stems);
        }
        43 => {
            for base in strengthen(before, class.grade) {
                stems.add(&base, "e", STRONG | PART_A | WEAK | MODIFIER_N | illative(b"ue"));
                long_plural(&base, stems);
            }
            stems.add(lemma, "", PART_TA);
        }
        44 => {
            let Some(&vowel) = before.last() else { return };
            let long = [before, &[vowel]].concat();
            stems.add(&long, "", WEAK | STRONG | ILL_SEEN | MODIFIER_N | illative_h(&long));
            stems.add(lemma, "", PART_TA);
            long_plural(before, stems);
        }
        45 | 46 => {
            stems.add(before, "nte", STRONG | PART_A | illative(b"te"));
            stems.add(before, "nne", WEAK | MODIFIER_N);
            if class.number == 45 {
                stems.add(before, "t", PART_TA);
            } else {
                stems.add(lemma, "", PART_TA);
            }
            plural(before, "ns", stems);
        }
        47 => {
            let base = &before[..before.len() - 1];
            stems.add(base, "ee", LONG_SINGULAR | MODIFIER_N);
            stems.add(lemma, "", PART_TA);
            long_plural(&[base, b"e"].concat(), stems);
        }
        48 => {
            for base in strengthen(lemma, class.grade) {
                stems.add(&base, "e", LONG_SINGULAR | MODIFIER_N | illative_h(b"e"));
                long_plural(&base, stems);
            }
            stems.add(lemma, "t", PART_TA);
        }
        49 => askel(lemma, last, stems),
        _ => {}
    }
}

/// valo, palvelu, kala, koira, omena, kulkija: a vowel stem with gradation; plural in -i-, -oi- or -ei-.
fn vowel_stem(lemma: &[u8], class: Class, stems: &mut Stems) {
    let weak = weaken(lemma, class.grade);
    let partitive = if matches!(class.number, 3 | 12) { PART_A | PART_TA } else { PART_A };
    singular(lemma, &weak, partitive, stems);
    let base = &lemma[..lemma.len() - 1];
    match class.number {
        1..=4 | 8 => {
            for weak in &weak {
                round_plural(lemma, weak, class.number, stems);
            }
        }
        10 => {
            for weak in &weak {
                grades(&[base, b"i"].concat(), &[&weak[..weak.len() - 1], b"i"].concat(), stems);
            }
            stems.add(base, "iA", PL_PART);
            stems.add(base, "ie", PL_GEN | MODIFIER_N);
            stems.add(lemma, "in", PL_PART);
        }
        _ => {
            let round = stems.join(base, "O");
            for weak in weaken(&round, class.grade) {
                round_plural(&round, &weak, class.number, stems);
            }
            if class.number == 11 {
                grades(&[base, b"i"].concat(), &[base, b"i"].concat(), stems);
                stems.add(base, "iA", PL_PART);
                stems.add(base, "ie", PL_GEN);
            }
            stems.add(lemma, "in", PL_PART);
        }
    }
}

/// risti, paperi, and loans that end in a consonant (internet: interneti-).
fn i_stem(lemma: &[u8], class: Class, stems: &mut Stems) {
    let strong = if lemma.ends_with(b"i") { lemma.to_vec() } else { [lemma, b"i"].concat() };
    let weak = weaken(&strong, class.grade);
    singular(&strong, &weak, PART_A, stems);
    let base = &strong[..strong.len() - 1];
    for weak in &weak {
        let weak = &weak[..weak.len() - 1];
        stems.add(base, "ei", PL_STRONG | PL_HIN);
        stems.add(weak, "ei", PL_WEAK | PL_STRONG | PL_HIN);
        for base in both(base, weak) {
            stems.add(base, "eitA", PL_PART);
            stems.add(base, "eide", PL_GEN);
            stems.add(base, "eitte", PL_GEN);
        }
    }
    stems.add(base, "ejA", PL_PART);
    stems.add(base, "ie", PL_GEN | MODIFIER_N);
    stems.add(base, "i", PL_IN);
}

/// korkea, vapaa, maa, suo, filee, rosé.
fn long_stem(lemma: &[u8], class: Class, stems: &mut Stems) {
    let short = &lemma[..lemma.len() - 1];
    singular(lemma, &[lemma.to_vec()], PART_A | PART_TA, stems);
    if matches!(class.number, 17 | 20 | 21) {
        stems.add(lemma, "", ILL_SEEN);
    }
    if class.number != 15 {
        stems.add(lemma, "", illative_h(lemma));
    }
    match class.number {
        // suo: soi-
        19 => long_plural(&[&lemma[..lemma.len() - 2], &lemma[lemma.len() - 1..]].concat(), stems),
        _ => long_plural(short.strip_suffix(b"i").unwrap_or(short), stems),
    }
    if class.number == 15 && (short.ends_with(b"e") || short.ends_with(b"o")) {
        stems.add(short, "e", super::endings::SPOKEN_ADJECTIVE);
    }
}

/// ovi, tiili, uni, toimi, pieni, käsi, kynsi, lapsi, veitsi, kaksi, sisar: an e-stem, mostly with a consonant stem.
fn e_stem(lemma: &[u8], class: Class, stems: &mut Stems) {
    let base = &lemma[..lemma.len() - 1];
    let head = &lemma[..lemma.len() - 2];
    match class.number {
        7 => {
            let strong = [base, b"e"].concat();
            let weak = weaken(&strong, class.grade);
            singular(&strong, &weak, PART_A, stems);
            stems.add(lemma, "", PL_STRONG | PL_IN);
            for weak in &weak {
                stems.add(&weak[..weak.len() - 1], "i", PL_WEAK | PL_STRONG);
            }
            stems.add(lemma, "A", PL_PART);
            stems.add(lemma, "e", PL_GEN | MODIFIER_N);
        }
        23..=26 => {
            let strong = [base, b"e"].concat();
            let consonant = if class.number == 25 { [head, b"n"].concat() } else { base.to_vec() };
            singular(&strong, std::slice::from_ref(&strong), PART_A, stems);
            stems.add(&consonant, "", PART_TA | ESSIVE);
            stems.add(&consonant, "te", PL_GEN | MODIFIER_N);
            i_plural(lemma, stems);
        }
        27 | 28 => {
            let weak = match (class.number, head.last()) {
                (28, Some(&liquid @ (b'n' | b'l' | b'r'))) => [head, &[liquid, b'e']].concat(),
                _ => [head, b"de"].concat(),
            };
            stems.add(head, "te", STRONG | illative(b"te"));
            stems.add(&weak, "", WEAK | MODIFIER_N);
            stems.add(head, "t", PART_TA);
            stems.add(head, "tte", PL_GEN);
            i_plural(lemma, stems);
            if class.number == 27 {
                stems.add(head, "n", ESSIVE);
            }
        }
        29 | 30 => {
            let consonant = match base {
                [.., b'k' | b'p' | b't', b's'] => [&base[..base.len() - 2], b"s"].concat(),
                _ => base.to_vec(),
            };
            let strong = [base, b"e"].concat();
            singular(&strong, std::slice::from_ref(&strong), Endings::NONE, stems);
            stems.add(&consonant, "", PART_TA);
            stems.add(&consonant, "te", PL_GEN | MODIFIER_N);
            i_plural(lemma, stems);
        }
        31 => {
            let head = &lemma[..lemma.len() - 3];
            stems.add(head, "hte", STRONG | illative(b"te"));
            stems.add(head, "hde", WEAK | MODIFIER_N);
            stems.add(head, "h", PART_TA);
            i_plural(lemma, stems);
        }
        _ => {
            let strong = match class.grade {
                Some(_) => strengthen(base, class.grade).swap_remove(0),
                None => base.to_vec(),
            };
            let stem = [&strong[..], &lemma[lemma.len() - 1..]].concat();
            singular(&[&stem[..], b"e"].concat(), &[[&stem[..], b"e"].concat()], PART_A, stems);
            stems.add(lemma, "", PART_TA);
            stems.add(lemma, "te", PL_GEN | MODIFIER_N);
            i_plural(&[&stem[..], b"i"].concat(), stems);
        }
    }
}

/// vanhempi; `base` is `vanhemp`.
fn comparative(base: &[u8], stems: &mut Stems) {
    let Some(base) = base.strip_suffix(b"p") else { return };
    let strong = stems.join(base, "pA");
    let weak = stems.join(base, "mA");
    degree_cases(base, &strong, &weak, stems);
}

/// sisin, vasen: an m-stem with mp:mm.
fn superlative(lemma: &[u8], stems: &mut Stems) {
    let base = [&lemma[..lemma.len() - 1], b"m"].concat();
    stems.add(lemma, "", PART_TA);
    stems.add(lemma, "te", PL_GEN);
    let strong = stems.join(&base, "pA");
    let weak = stems.join(&base, "mA");
    degree_cases(&base, &strong, &weak, stems);
}

fn degree_cases(base: &[u8], strong: &[u8], weak: &[u8], stems: &mut Stems) {
    stems.add(strong, "", STRONG | PART_A | illative(strong));
    stems.add(weak, "", WEAK);
    stems.add(base, "pi", PL_STRONG | PL_IN);
    stems.add(base, "mi", PL_WEAK);
    stems.add(base, "piA", PL_PART);
    stems.add(base, "pie", PL_GEN);
}

/// puhelin, onneton, lämmin: -n becomes -m-, behind the strong grade.
fn m_stem(lemma: &[u8], class: Class, stems: &mut Stems) {
    let vowel = if class.number == 33 { "e" } else { "A" };
    for base in strengthen(&lemma[..lemma.len() - 1], class.grade) {
        let base = [&base[..], b"m"].concat();
        let strong = stems.join(&base, vowel);
        singular(&strong, std::slice::from_ref(&strong), PART_A, stems);
        plural(&base, "", stems);
        if class.number != 33 {
            stems.add(&strong, "in", PL_PART);
        }
    }
    stems.add(lemma, "", PART_TA);
    stems.add(lemma, "te", PL_GEN | MODIFIER_N);
}

/// askel, askele.
fn askel(lemma: &[u8], last: u8, stems: &mut Stems) {
    let base = if last == b'e' { &lemma[..lemma.len() - 1] } else { lemma };
    for vowels in ["e", "ee"] {
        let stem = stems.join(base, vowels);
        singular(&stem, std::slice::from_ref(&stem), PART_A, stems);
        stems.add(&stem, "", ILL_SEEN);
    }
    stems.add(base, "i", PL_WEAK | PL_STRONG | PL_IN | PL_HIN | PL_SIIN);
    stems.add(base, "iA", PL_PART);
    stems.add(base, "ie", PL_GEN);
    stems.add(base, "ei", PL_WEAK | PL_STRONG | PL_SIIN);
    stems.add(base, "eitA", PL_PART);
    stems.add(base, "eide", PL_GEN);
    stems.add(base, "", PART_TA);
    stems.add(lemma, "t", PART_TA);
}

fn singular(strong: &[u8], weak: &[Vec<u8>], partitive: Endings, stems: &mut Stems) {
    stems.add(strong, "", STRONG | partitive | illative(strong));
    for weak in weak {
        stems.add(weak, "", WEAK | MODIFIER_N);
    }
}

/// -s-, -ks-, -h- stems: naise-, vastaukse-, miehe-.
fn consonant_e(base: &[u8], consonants: &str, stems: &mut Stems) {
    let stem = stems.join(base, &format!("{consonants}e"));
    singular(&stem, std::slice::from_ref(&stem), PART_A, stems);
    plural(base, consonants, stems);
}

fn plural(base: &[u8], consonants: &str, stems: &mut Stems) {
    stems.add(base, &format!("{consonants}i"), PLURAL);
    stems.add(base, &format!("{consonants}iA"), PL_PART);
    stems.add(base, &format!("{consonants}ie"), PL_GEN);
}

/// The plural of a lemma that ends in the plural's i: kieli, käsi.
fn i_plural(lemma: &[u8], stems: &mut Stems) {
    stems.add(lemma, "", PLURAL | PL_HIN);
    stems.add(lemma, "A", PL_PART);
    stems.add(lemma, "e", PL_GEN);
}

/// Plural -i- behind a long vowel that lost its length: vierai-, maai-; -itA, -ide-, -itte-.
fn long_plural(base: &[u8], stems: &mut Stems) {
    stems.add(base, "i", LONG_PLURAL | PL_IN);
    stems.add(base, "itA", PL_PART);
    stems.add(base, "ide", PL_GEN);
    stems.add(base, "itte", PL_GEN);
}

/// Plural -i- in both grades: taloi-, katui-/kadui-.
fn grades(strong: &[u8], weak: &[u8], stems: &mut Stems) {
    stems.add(weak, "", PL_WEAK | PL_STRONG | PL_HIN);
    stems.add(strong, "", PL_STRONG | PL_HIN | PL_IN | PL_SIIN);
}

/// Plural of a stem in a round vowel: taloi-, taloja, talojen, laatikoita, laatikoiden.
fn round_plural(strong: &[u8], weak: &[u8], class: u8, stems: &mut Stems) {
    grades(&[strong, b"i"].concat(), &[weak, b"i"].concat(), stems);
    if class != 3 {
        stems.add(strong, "jA", PL_PART);
        stems.add(strong, "je", PL_GEN | MODIFIER_N);
    }
    // taloja, kaloja alone; palveluja and palveluita.
    if matches!(class, 1 | 9) {
        return;
    }
    for base in both(strong, weak) {
        stems.add(base, "itA", PL_PART);
        stems.add(base, "ide", PL_GEN);
        stems.add(base, "itte", PL_GEN);
    }
}

fn both<'w>(strong: &'w [u8], weak: &'w [u8]) -> impl Iterator<Item = &'w [u8]> {
    [strong, weak].into_iter().take(if strong == weak { 1 } else { 2 })
}

/// The stems of comparative and superlative and the adverb in -sti of an adjective; `weak` are its weak vowel stems,
/// `adverb` says whether the adverb is no form of another word.
pub(crate) fn compare(weak: &[Vec<u8>], adverb: impl Fn(&[u8]) -> bool, stems: &mut Stems) {
    for stem in weak {
        let Some((&last, base)) = stem.split_last() else { continue };
        let short_a = vowel_groups(stem) == 2
            && matches!(last, b'a' | AE)
            && base.last().is_some_and(|&before| !is_vowel(before));
        let mut comparatives = vec![stem.clone()];
        if short_a {
            // vanha: vanhempi
            comparatives.insert(0, [base, b"e"].concat());
        }
        for stem in comparatives {
            comparative(&[&stem[..], b"mp"].concat(), stems);
            stems.add(&stem, "mpi", NOM);
            stems.add(&stem, "mmin", FULL);
        }
        let short = superlative_base(stem);
        let lemma_of = [&short[..], b"in"].concat();
        if lemma_of.len() >= 4 {
            stems.add(&lemma_of, "", NOM);
            superlative(&lemma_of, stems);
            stems.add(&short, "immin", FULL);
        }
        if adverb(stem) {
            stems.add(stem, "sti", FULL);
        }
    }
}

/// The stem before the superlative's -in: vanha- vanh-, kallii- kalle-, suure- suur-, vapaa- vapa-.
fn superlative_base(stem: &[u8]) -> Vec<u8> {
    match *stem {
        [ref base @ .., b'i', b'i'] => [base, b"e"].concat(),
        [ref base @ .., b'i'] => [base, b"e"].concat(),
        [ref base @ .., b'a' | AE | b'e'] => base.to_vec(),
        ref other => other.to_vec(),
    }
}
