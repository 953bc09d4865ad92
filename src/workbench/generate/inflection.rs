//! Forms of a lemma, and lemmas made of syllables.
//!
//! The forms only have to look right to a reader and to a stemmer: Finnish vowel harmony and the
//! gradation of double stops are kept, rarer rules are not.

use super::random::Random;

/// A form and how common it is among the forms of its lemma.
pub(super) type Form = (String, f64);

/// Finnish endings after a weak stem. A and O become ä and ö after front vowels.
const WEAK: [&str; 9] = ["n", "t", "ssA", "stA", "llA", "ltA", "lle", "ksi", "ttA"];
/// Finnish endings after a plural stem.
const PLURAL: [&str; 7] = ["ssA", "stA", "llA", "ltA", "lle", "ksi", "nA"];
/// Endings that take a possessive.
const POSSESSED: [&str; 6] = ["", "ssA", "stA", "llA", "ltA", "lle"];
/// Possessives.
const POSSESSIVES: [&str; 4] = ["ni", "mme", "nsA", "si"];
/// Clitics.
const CLITICS: [&str; 4] = ["kin", "kAAn", "kO", "hAn"];
/// Endings of a Finnish verb after its vowel stem.
const VERBAL: [&str; 16] = [
    "n", "t", "mme", "tte", "vAt", "nut", "isin", "isi", "kO", "minen", "misen", "mAssA", "mAAn",
    "misestA", "isivAt", "nkin",
];
/// Doubled letters which a closed syllable shortens.
const DOUBLED: [(&str, &str); 3] = [("kk", "k"), ("pp", "p"), ("tt", "t")];

/// Adds the forms of a lemma of `language` (fi, en or sv; others stay as they are).
pub(super) fn inflect(language: &str, lemma: &str, random: &mut Random, forms: &mut Vec<Form>) {
    match language {
        // Endings on the last word of a phrase would seldom be right.
        _ if lemma.contains(' ') => forms.push((lemma.to_owned(), 1.0)),
        "fi" => finnish(lemma, random, forms),
        "en" => english(lemma, forms),
        "sv" => swedish(lemma, forms),
        _ => forms.push((lemma.to_owned(), 1.0)),
    }
}

/// Writes an ending in the harmony of its word.
fn join(stem: &str, ending: &str, front: bool) -> String {
    let mut form = String::with_capacity(stem.len() + ending.len() + 4);
    form.push_str(stem);
    form.extend(ending.chars().map(|letter| match (letter, front) {
        ('A', true) => 'ä',
        ('A', false) => 'a',
        ('O', true) => 'ö',
        ('O', false) => 'o',
        _ => letter,
    }));
    form
}

fn finnish(lemma: &str, random: &mut Random, forms: &mut Vec<Form>) {
    // The last part of a compound decides, therefore the last vowel that has a side.
    let front =
        !matches!(lemma.chars().rfind(|letter| "aouäöy".contains(*letter)), Some('a' | 'o' | 'u'));
    forms.push((lemma.to_owned(), 6.0));
    let verb = ["aa", "ää", "oa", "öä", "ua", "yä", "da", "dä"]
        .iter()
        .any(|end| lemma.ends_with(end) && lemma.chars().count() > 4);
    if verb {
        let mut stem = lemma.to_owned();
        stem.pop();
        if stem.ends_with('d') {
            stem.pop();
        }
        forms.extend(VERBAL.iter().map(|end| (join(&stem, end, front), 1.0)));
        return;
    }
    let (strong, partitive) = if let Some(body) = lemma.strip_suffix("nen") {
        (format!("{body}se"), format!("{body}sta"))
    } else if let Some(body) = lemma.strip_suffix('s') {
        (format!("{body}kse"), format!("{lemma}ta"))
    } else if lemma.ends_with('e') {
        (format!("{lemma}e"), format!("{lemma}tta"))
    } else if lemma.ends_with(|letter| "aäoöuyi".contains(letter)) {
        (lemma.to_owned(), format!("{lemma}a"))
    } else {
        (format!("{lemma}i"), format!("{lemma}ia"))
    };
    let partitive = match (partitive.strip_suffix('a'), front) {
        (Some(body), true) => format!("{body}ä"),
        _ => partitive,
    };
    let last = strong.chars().next_back().unwrap_or('i');
    let body: String = strong.strip_suffix(last).unwrap_or(&strong).to_owned();
    let mut weak = strong.clone();
    for (long, short) in DOUBLED {
        if let Some(before) = body.strip_suffix(long) {
            weak = format!("{before}{short}{last}");
        }
    }
    let plural = match last {
        'a' => format!("{body}oi"),
        'ä' | 'e' => format!("{body}i"),
        'i' => format!("{body}ei"),
        _ => format!("{strong}i"),
    };
    forms.push((partitive, 4.0));
    forms.push((format!("{strong}{last}n"), 1.5));
    for ending in WEAK {
        let common = if ending.len() == 1 { 3.0 } else { 1.5 };
        forms.push((join(&weak, ending, front), common));
    }
    for ending in PLURAL {
        forms.push((join(&plural, ending, front), 0.6));
    }
    // All endings with all tails would be a hundred forms; a few by chance are enough.
    for _ in 0..6 {
        let case = random.pick(&WEAK);
        let clitic = random.pick(&CLITICS);
        forms.push((join(&join(&weak, case, front), clitic, front), 0.3));
        let case = random.pick(&POSSESSED);
        let owner = random.pick(&POSSESSIVES);
        let stem = if case.is_empty() { &strong } else { &weak };
        forms.push((join(&join(stem, case, front), owner, front), 0.4));
    }
}

fn english(lemma: &str, forms: &mut Vec<Form>) {
    forms.push((lemma.to_owned(), 6.0));
    let plural = if lemma.ends_with(['s', 'x']) || lemma.ends_with("ch") || lemma.ends_with("sh") {
        "es"
    } else {
        "s"
    };
    forms.push((format!("{lemma}{plural}"), 3.0));
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    for (ending, common) in [("ed", 2.0), ("ing", 2.0), ("er", 0.3), ("ers", 0.2), ("able", 0.1)] {
        forms.push((format!("{stem}{ending}"), common));
    }
}

fn swedish(lemma: &str, forms: &mut Vec<Form>) {
    forms.push((lemma.to_owned(), 6.0));
    let stem = lemma.strip_suffix(['a', 'e']).unwrap_or(lemma);
    for (ending, common) in [
        ("en", 3.0),
        ("et", 2.0),
        ("ar", 2.0),
        ("arna", 1.0),
        ("ade", 1.0),
        ("s", 0.5),
        ("ens", 0.3),
    ] {
        forms.push((format!("{stem}{ending}"), common));
    }
}

/// A lemma that no dictionary has but that could be a word of the language.
pub(super) fn invent(language: &str, random: &mut Random) -> String {
    type Sounds = &'static [&'static str];
    let (onsets, vowels, codas): (Sounds, Sounds, Sounds) = match language {
        "fi" => (
            &["k", "t", "p", "s", "l", "m", "n", "r", "v", "h", "j", "k", "t", "s"],
            if random.per_mille(650) {
                &["a", "o", "u", "i", "e", "aa", "uo", "ai", "a", "i"]
            } else {
                &["ä", "ö", "y", "i", "e", "ää", "yö", "äi", "ä", "i"]
            },
            &["", "", "", "", "", "n", "s", "l", "r", "t"],
        ),
        "sv" => (
            &[
                "b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "v", "st", "sk", "tr",
                "bl",
            ],
            &["a", "e", "i", "o", "u", "å", "ä", "ö"],
            &["", "", "ng", "nd", "l", "r", "s", "k", "t", "rk", "ll"],
        ),
        _ => (
            &[
                "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "w", "sh", "st", "tr",
                "pl",
            ],
            &["a", "e", "i", "o", "u", "ea", "oo", "ai"],
            &["", "", "n", "t", "ck", "st", "r", "l", "nd", "m", "p"],
        ),
    };
    let mut lemma = String::new();
    // Mostly two syllables: with endings, three are already a long word.
    for _ in 0..2 + usize::from(random.per_mille(350)) {
        lemma.push_str(random.pick(onsets));
        lemma.push_str(random.pick(vowels));
        lemma.push_str(random.pick(codas));
    }
    if language == "fi" && !lemma.ends_with(|letter| "aäoöuyie".contains(letter)) {
        lemma.push('i');
    }
    lemma
}

#[cfg(test)]
mod tests {
    use super::{Random, inflect, invent};

    fn forms(language: &str, lemma: &str) -> Vec<String> {
        let mut forms = Vec::new();
        inflect(language, lemma, &mut Random::new(1, 1), &mut forms);
        forms.into_iter().map(|(form, _)| form).collect()
    }

    #[test]
    fn finnish_keeps_harmony_and_gradation() {
        let shop = forms("fi", "kauppa");
        assert!(shop.contains(&"kaupassa".to_owned()), "{shop:?}");
        assert!(shop.contains(&"kauppaan".to_owned()), "{shop:?}");
        assert!(forms("fi", "tyyli").contains(&"tyylillä".to_owned()));
        assert!(forms("fi", "hyvinen").contains(&"hyvisessä".to_owned()));
        assert!(forms("fi", "ostaa").contains(&"ostavat".to_owned()));
    }

    #[test]
    fn the_other_languages_take_their_endings() {
        assert!(forms("en", "price").contains(&"pricing".to_owned()));
        assert!(forms("sv", "butik").contains(&"butiken".to_owned()));
        assert_eq!(forms("et", "pood"), ["pood"]);
    }

    #[test]
    fn invented_finnish_lemmas_end_in_a_vowel() {
        let mut random = Random::new(4, 4);
        for _ in 0..200 {
            let lemma = invent("fi", &mut random);
            assert!(lemma.ends_with(|letter| "aäoöuyie".contains(letter)), "{lemma}");
        }
    }
}
