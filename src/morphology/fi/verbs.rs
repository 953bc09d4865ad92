//! The stems of verbs by inflection type (52-76 of the Finnish dictionaries), participles and infinitives included.

use super::endings::{FULL, IMPERATIVE, PAST, POSSESSIVE, PRESENT, THEY};
use super::gradation::{strengthen, weaken};
use super::nouns::decline;
use crate::morphology::letters::{AE, is_vowel};
use crate::morphology::paradigm::{Class, Grade, Stems};

/// The principal parts, from which every form of a verb is made.
#[derive(Debug, Default)]
struct Parts {
    /// sano-, anta-, tule-: third person, -vAt, -minen.
    strong: Vec<Vec<u8>>,
    /// sano-, anna-, tule-: the other persons of the present.
    weak: Vec<Vec<u8>>,
    /// sanoi-, antoi-/annoi-.
    past: Vec<Vec<u8>>,
    /// sanoisi-.
    conditional: Vec<Vec<u8>>,
    /// sano-kaa, tul-kaa.
    imperative: Vec<u8>,
    /// sanonut, tullut.
    participle: Vec<Vec<u8>>,
    /// sanot(t)-, annet(t)-, tul(t)-: the passive, before -An and before -iin.
    passive: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Adds the stems of a verb; none for a lemma that does not look like its class.
pub(crate) fn conjugate(lemma: &[u8], class: Class, stems: &mut Stems) {
    if lemma.len() < 4 || !matches!(lemma.last(), Some(b'a' | &AE)) {
        return;
    }
    let Some(parts) = parts(lemma, class, stems) else { return };
    stems.add(lemma, "", FULL);
    stems.add(lemma, "kse", POSSESSIVE);
    let second = second_infinitive(lemma, class);
    stems.add(&second, "ssA", POSSESSIVE | FULL);
    stems.add(&second, "n", FULL);
    for stem in &parts.strong {
        match class.number {
            // jää, voi, tupakoi; salaa
            62..=65 | 73 => stems.add(stem, "", FULL),
            // sanoo, antaa, tulee, tupakoitsee
            _ => stems.add(&[stem, &stem[stem.len() - 1..]].concat(), "", FULL),
        }
        stems.add(stem, "", THEY);
        nominal(&stems.join(stem, "mA"), 10, None, stems);
        nominal(&stems.join(stem, "vA"), 10, None, stems);
        nominal(&stems.join(stem, "minen"), 38, None, stems);
        stems.add(stem, "misillA", POSSESSIVE);
    }
    for stem in &parts.weak {
        stems.add(stem, "", PRESENT);
    }
    for stem in parts.past.iter().chain(&parts.conditional) {
        stems.add(stem, "", PAST);
    }
    stems.add(&parts.imperative, "", IMPERATIVE);
    for participle in &parts.participle {
        nominal(participle, 47, None, stems);
    }
    for (present, past) in &parts.passive {
        passive(lemma, present, past, stems);
    }
}

/// annetaan, annettiin, annettu, annettava, annettaisiin.
fn passive(lemma: &[u8], present: &[u8], past: &[u8], stems: &mut Stems) {
    // tulla is the passive's own stem: tullaan. annet-: anneta, annetaan.
    if present == lemma {
        stems.add(present, "", FULL);
        stems.add(&[present, &present[present.len() - 1..]].concat(), "n", FULL);
    } else {
        stems.add(present, "A", FULL);
        stems.add(present, "AAn", FULL);
    }
    stems.add(past, "iin", FULL);
    let participle = stems.join(past, "U");
    let grade = match past {
        [.., b't', b't'] => Some(Grade::C),
        [.., b'l', b't'] => Some(Grade::I),
        [.., b'n', b't'] => Some(Grade::J),
        [.., b'r', b't'] => Some(Grade::K),
        [.., b'h', b't'] => Some(Grade::F),
        [.., before, b't'] if is_vowel(*before) => Some(Grade::F),
        _ => None,
    };
    nominal(&participle, 1, grade, stems);
    let stem = stems.join(past, "A");
    nominal(&stems.join(&stem, "vA"), 10, None, stems);
    for form in ["isiin", "isi", "koon", "essA"] {
        stems.add(&stem, form, FULL);
    }
    stems.add(&stem, "ne", PRESENT);
}

fn nominal(word: &[u8], number: u8, grade: Option<Grade>, stems: &mut Stems) {
    decline(word, Class { number, grade }, stems);
}

/// sanoe-, antae-, tulle-: before -ssA and -n.
fn second_infinitive(lemma: &[u8], class: Class) -> Vec<u8> {
    let stem = &lemma[..lemma.len() - 1];
    match (class.number, stem.last()) {
        (52..=61 | 76, Some(b'e')) => [&stem[..stem.len() - 1], b"ie"].concat(),
        _ => [stem, b"e"].concat(),
    }
}

fn parts(lemma: &[u8], class: Class, stems: &Stems) -> Option<Parts> {
    match class.number {
        52..=61 | 76 => Some(vowel_verb(lemma, class, stems)),
        62..=65 | 68 => Some(long_verb(lemma, class, stems)),
        66 | 67 | 70 => consonant_verb(lemma, class, stems),
        69 => {
            let base = lemma.strip_suffix(b"ta").or_else(|| lemma.strip_suffix(&[b't', AE]))?;
            let stem = stems.join(base, "tse");
            Some(Parts {
                strong: vec![stem.clone()],
                weak: vec![stem],
                past: vec![stems.join(base, "tsi")],
                conditional: vec![stems.join(base, "tsisi")],
                imperative: stems.join(base, "t"),
                participle: vec![stems.join(base, "nnUt")],
                passive: vec![(lemma.to_vec(), stems.join(base, "tt"))],
            })
        }
        71 => {
            let base = &lemma[..lemma.len() - 3];
            Some(Parts {
                strong: vec![stems.join(base, "ke")],
                weak: vec![stems.join(base, "e")],
                past: vec![stems.join(base, "ki"), stems.join(base, "i")],
                conditional: vec![stems.join(base, "kisi")],
                imperative: stems.join(base, "h"),
                participle: vec![stems.join(base, "hnUt")],
                passive: vec![(lemma.to_vec(), stems.join(base, "ht"))],
            })
        }
        72..=75 => contracted_verb(lemma, class, stems),
        _ => None,
    }
}

/// sanoa, muistaa, huutaa, antaa, laskea, tuntea, lähteä, sallia: one vowel stem with gradation.
fn vowel_verb(lemma: &[u8], class: Class, stems: &Stems) -> Parts {
    let strong = lemma[..lemma.len() - 1].to_vec();
    let weak = weaken(&strong, class.grade);
    let cut = |stem: &[u8], letters: usize, suffix: &str| {
        stems.join(stem.get(..stem.len().saturating_sub(letters)).unwrap_or_default(), suffix)
    };
    let of_each = |letters: usize, suffix: &str| -> Vec<Vec<u8>> {
        std::iter::once(&strong).chain(&weak).map(|stem| cut(stem, letters, suffix)).collect()
    };
    let t_to_s = || vec![cut(&strong, 2, "si")];
    let past = match class.number {
        52 => of_each(0, "i"),
        54 | 59 | 76 => t_to_s(),
        55 => [t_to_s(), of_each(1, "i")].concat(),
        56 => of_each(1, "oi"),
        57 => [of_each(1, "oi"), t_to_s()].concat(),
        60 => [of_each(1, "i"), vec![cut(&strong, 3, "ksi")]].concat(),
        61 => of_each(0, ""),
        _ => of_each(1, "i"),
    };
    let mut participle = vec![stems.join(&strong, "nUt")];
    if class.number == 76 {
        participle.push(cut(&strong, 2, "nnUt"));
    }
    let conditional = match strong.last() {
        Some(b'e') => cut(&strong, 1, "isi"),
        Some(b'i') => stems.join(&strong, "si"),
        _ => stems.join(&strong, "isi"),
    };
    let passive = |stem: &Vec<u8>| {
        let base = match stem.last() {
            Some(b'a' | &AE) => cut(stem, 1, "e"),
            _ => stem.clone(),
        };
        (stems.join(&base, "t"), stems.join(&base, "tt"))
    };
    Parts {
        past,
        participle,
        conditional: vec![conditional],
        passive: weak.iter().map(passive).collect(),
        imperative: strong.clone(),
        weak,
        strong: vec![strong],
    }
}

/// voida, saada, juoda, käydä, tupakoida: a stem in two vowels, the first of which goes in the past.
fn long_verb(lemma: &[u8], class: Class, stems: &Stems) -> Parts {
    let stem = lemma[..lemma.len() - 2].to_vec();
    let (short, past) = match (class.number, &stem[..]) {
        (63, [base @ .., _]) => (base.to_vec(), [base, b"i"].concat()),
        (64, [base @ .., _, last]) => ([base, &[*last]].concat(), [base, &[*last, b'i']].concat()),
        (65, [base @ .., AE, b'y']) => (stem.clone(), [base, &[AE, b'v', b'i']].concat()),
        (65, _) => (stem.clone(), [&stem[..], b"i"].concat()),
        _ => (stem.clone(), stem.clone()),
    };
    let conditional = match class.number {
        62 | 68 => stems.join(&stem, "si"),
        _ => stems.join(&short, "isi"),
    };
    let mut parts = Parts {
        strong: vec![stem.clone()],
        weak: vec![stem.clone()],
        past: vec![past],
        conditional: vec![conditional],
        imperative: stem.clone(),
        participle: vec![stems.join(&stem, "nUt")],
        passive: vec![(lemma.to_vec(), stems.join(&stem, "t"))],
    };
    if class.number == 68 {
        // tupakoitsen
        parts.strong.push(stems.join(&stem, "tse"));
        parts.weak.push(stems.join(&stem, "tse"));
        parts.past.push(stems.join(&stem, "tsi"));
        parts.conditional.push(stems.join(&stem, "tsisi"));
    }
    parts
}

/// rohkaista, tulla, ajatella, juosta: a consonant stem, and an e-stem in the strong grade.
fn consonant_verb(lemma: &[u8], class: Class, stems: &Stems) -> Option<Parts> {
    let consonant = &lemma[..lemma.len() - 2];
    let (&last, base) = consonant.split_last()?;
    let strong = match class.grade {
        // ajatel-: ajattele-
        Some(_) => strengthen(base, class.grade),
        None => vec![base.to_vec()],
    };
    let with_last =
        |base: &Vec<u8>, suffix: &str| stems.join(&[&base[..], &[last]].concat(), suffix);
    let (present, past, conditional): (Vec<_>, Vec<_>, Vec<_>) = if class.number == 70 {
        (
            vec![stems.join(base, "kse")],
            vec![stems.join(base, "ksi")],
            vec![stems.join(base, "ksisi")],
        )
    } else {
        let each = |suffix| strong.iter().map(|base| with_last(base, suffix)).collect();
        (each("e"), each("i"), each("isi"))
    };
    let participle = if class.number == 67 {
        stems.join(&[consonant, &[last]].concat(), "Ut")
    } else {
        stems.join(consonant, "sUt")
    };
    Some(Parts {
        strong: present.clone(),
        weak: present,
        past,
        conditional,
        imperative: consonant.to_vec(),
        participle: vec![participle],
        passive: vec![(lemma.to_vec(), stems.join(consonant, "t"))],
    })
}

/// vanheta, salata, katketa, selvitä: the strong grade before a vowel that the infinitive hides.
fn contracted_verb(lemma: &[u8], class: Class, stems: &Stems) -> Option<Parts> {
    let base = lemma.strip_suffix(b"ta").or_else(|| lemma.strip_suffix(&[b't', AE]))?;
    let mut parts = Parts {
        imperative: stems.join(base, "t"),
        participle: vec![stems.join(base, "nnUt")],
        passive: vec![(lemma.to_vec(), stems.join(base, "tt"))],
        ..Parts::default()
    };
    for stem in strengthen(base, class.grade) {
        if class.number == 72 {
            parts.strong.push(stems.join(&stem, "ne"));
            parts.past.push(stems.join(&stem, "ni"));
            parts.conditional.push(stems.join(&stem, "nisi"));
            continue;
        }
        parts.strong.push(stems.join(&stem, "A"));
        parts.past.push(stems.join(&stem, "si"));
        parts.conditional.push(stems.join(&stem, "isi"));
        if class.number != 73 {
            parts.conditional.push(stems.join(&stem, "Aisi"));
        }
    }
    parts.weak.clone_from(&parts.strong);
    Some(parts)
}
