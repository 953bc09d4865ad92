//! What the written form of a word tells beyond its lemma: degree, case, emphasis.

use crate::text::Language;

/// Letters of a shouted word ("EI TOIMI"): shorter ones are abbreviations.
const SHOUTED: usize = 4;

/// Whether a word form is a comparative: `nopeampaa`, `faster`, `snabbare`. `lemma` is the entry that it matched.
pub(super) fn is_comparative(language: Language, word: &str, lemma: &str) -> bool {
    // The lemma is looked at last: it has to come from memory, and few words have such an ending.
    let differs = || !word.eq_ignore_ascii_case(lemma);
    let ends = |endings: &[&str]| endings.iter().any(|ending| ends_with(word, ending)) && differs();
    match language {
        Language::FINNISH => {
            ends(&["mpi", "mpaa", "mpää", "mpia", "mpiä", "mmin", "mmat", "mmät", "mman", "mmän"])
                || ends(&[
                    "mmalla", "mmällä", "mmassa", "mmässä", "mmaksi", "mmäksi", "mpana", "mpänä",
                ])
                || ends(&["mpaan", "mpään", "enemmän"])
        }
        Language::ENGLISH => ends(&["ier", "er"]) || word.eq_ignore_ascii_case("better"),
        Language::SWEDISH => ends(&["are", "ättre", "ämre", "ögre", "ägre"]),
        _ => false,
    }
}

/// Whether a word compares with what follows: `kuin`, `than`, `än`.
pub(super) fn is_than(word: &str) -> bool {
    matches!(word, "kuin" | "ku" | "than" | "än")
}

/// Whether a negator, as written, denies of every time and place, so that nothing surpasses what it denies: "never had better".
pub(super) fn is_sweeping(negator: &str) -> bool {
    const SWEEPING: [&str; 7] =
        ["never", "nowhere", "nobody", "no one", "aldrig", "ingenstans", "ingen"];
    SWEEPING.iter().any(|sweeping| sweeping.eq_ignore_ascii_case(negator))
}

/// Whether a Finnish word form ends like a partitive: "ongelmia ei ollut" puts what is denied before the negator.
pub(super) fn is_partitive(language: Language, word: &str) -> bool {
    language == Language::FINNISH && (ends_with(word, "a") || ends_with(word, "ä"))
}

/// Whether a word is drawn out: `hyvääää`.
pub(super) fn is_drawn_out(word: &str) -> bool {
    let mut run = 0;
    let mut before = None;
    word.chars().any(|c| {
        run = if Some(c) == before { run + 1 } else { 1 };
        before = Some(c);
        run >= 3 && c.is_alphabetic()
    })
}

/// Whether a word stands in capitals.
pub(super) fn is_shouted(word: &str) -> bool {
    let mut letters = 0;
    word.chars().filter(|c| c.is_alphabetic()).all(|c| {
        letters += 1;
        c.is_uppercase()
    }) && letters >= SHOUTED
}

/// Whether a word ends in small letters so, whatever its case: capital letters of Latin-1 differ from small ones in one bit,
/// in UTF-8 too.
fn ends_with(word: &str, ending: &str) -> bool {
    const SMALL: u8 = 0x20;
    let Some(start) = word.len().checked_sub(ending.len()) else { return false };
    let end = &word.as_bytes()[start..];
    end.iter().zip(ending.as_bytes()).all(|(a, b)| a | SMALL == b | SMALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparatives_are_told_by_their_ending() {
        let fi = |word: &str, lemma: &str| is_comparative(Language::FINNISH, word, lemma);
        assert!(fi("nopeampaa", "nopea") && fi("parempi", "hyvä") && fi("selkeämmin", "selkeä"));
        assert!(!fi("nopeaa", "nopea") && !fi("lämpimät", "lämmin"));
        let en = |word: &str, lemma: &str| is_comparative(Language::ENGLISH, word, lemma);
        assert!(en("Faster", "fast") && en("easier", "easy") && en("better", "better"));
        assert!(!en("clever", "clever") && !en("fast", "fast"));
        assert!(is_comparative(Language::SWEDISH, "snabbare", "snabb"));
    }

    #[test]
    fn emphasis_is_seen() {
        assert!(is_drawn_out("hyvääää") && is_drawn_out("sooo") && !is_drawn_out("hyvää"));
        assert!(
            is_shouted("SURKEA")
                && is_shouted("ÄLÄ-OSTA")
                && !is_shouted("OK")
                && !is_shouted("Surkea")
        );
        assert!(
            is_partitive(Language::FINNISH, "Ongelmia")
                && !is_partitive(Language::ENGLISH, "pizza")
        );
    }
}
