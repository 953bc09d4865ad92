//! Finnish: the stems of a lemma, each with the endings that may follow. A token is a form of the lemma when it is one
//! of these stems plus a legal ending; nothing is stripped or guessed at reading time.

pub(crate) mod endings;
pub(crate) mod function_words;
mod gradation;
mod guess;
mod nouns;
pub(crate) mod spoken;
mod verbs;

pub(crate) use guess::guess;

use super::paradigm::{Class, Stems};
use endings::{MODIFIER, NOM, WEAK};

/// Adds the stems of a lemma in its classes. `prefix` letters at its beginning are the first part of a compound and stay
/// as they are. `is_verb` tells whether a word is a known verb: the adverb in -sti is left out where such a verb's past
/// looks the same (muodosti).
pub(crate) fn inflect(
    lemma: &[u8],
    prefix: usize,
    classes: &[Class],
    is_verb: &dyn Fn(&[u8]) -> bool,
    stems: &mut Stems,
) {
    let (prefix, tail) = lemma.split_at(prefix.min(lemma.len()));
    for &class in classes {
        stems.begin(prefix, tail);
        if class.is_verb() {
            verbs::conjugate(tail, class, stems);
        } else if class.is_nominal() {
            nouns::decline(tail, class, stems);
            if may_be_adjective(class) {
                let weak: Vec<Vec<u8>> = stems.with(WEAK).take(2).map(<[u8]>::to_vec).collect();
                let adverb = |stem: &[u8]| {
                    let causative = stems_of_causative(stem);
                    !causative.iter().any(|verb| is_verb(verb))
                };
                nouns::compare(&weak, adverb, stems);
            }
        }
    }
    let verb = !classes.is_empty() && classes.iter().all(|class| class.is_verb());
    stems.push(&[lemma], if verb { NOM } else { NOM | MODIFIER });
}

/// Whether words of a class may have degrees. Nouns of the same classes get them too, which costs little: hardly a form of
/// `kaupampi` is a form of anything else.
fn may_be_adjective(class: Class) -> bool {
    matches!(
        class.number,
        1 | 2 | 5 | 6 | 9 | 10 | 12 | 13 | 15 | 17 | 26 | 27 | 34 | 35 | 38 | 41 | 43 | 47 | 48
    )
}

/// The verbs in -staa and -stua that a stem would make: muodostaa, muodostua.
fn stems_of_causative(stem: &[u8]) -> [Vec<u8>; 2] {
    let stems = Stems::of(stem);
    [stems.join(stem, "stAA"), stems.join(stem, "stUA")]
}

/// The stems of a plural-only lemma (housut, markkinat, kuulumiset) by way of its singular.
pub(crate) fn singulars(lemma: &[u8]) -> Vec<Vec<u8>> {
    let Some(stem) = lemma.strip_suffix(b"t").filter(|stem| stem.len() > 3) else {
        return Vec::new();
    };
    if let Some(base) = stem.strip_suffix(b"kse") {
        return vec![[base, b"s"].concat()];
    }
    if let Some(base) = stem.strip_suffix(b"se") {
        return vec![[base, b"nen"].concat()];
    }
    if !super::paradigm::ends_in_vowel(stem) {
        return Vec::new();
    }
    let mut singulars = vec![stem.to_vec()];
    for grade in guess::grades_of_weak(stem) {
        singulars.extend(gradation::strengthen(stem, Some(grade)));
    }
    singulars
}
