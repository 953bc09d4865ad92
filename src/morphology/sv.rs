//! Swedish: the forms of a lemma by its inflection class; irregular ones stand in `lexicons/sv/forms.tsv`.

use super::ending_table::EndingTable;
use super::letters::to_letters;
use super::paradigm::{Endings, Stems};
use super::vocabulary::Vocabulary;

/// A finished form.
const FULL: Endings = Endings::group(0);
/// The first part of a compound.
const MODIFIER: Endings = super::compounds::FIRST_PART;

/// A form, and its genitive.
pub(super) fn endings() -> EndingTable {
    let mut table = EndingTable::new();
    table.add("", FULL);
    table.add("s", FULL);
    table
}

const CLASSES: [&str; 23] = [
    "s1u", "s2u", "s3u", "s3n", "s4n", "s5n", "s5u", "s6u", "s6n", "s1", "s2", "s3", "s4", "s5",
    "s6", "v1", "v2a", "v2b", "v3", "v4", "a", "a0", "x",
];

/// Classes: nouns `s1`-`s6` by the plural (-or, -ar, -er, -n, none, other) with `u` or `n` for the gender; verbs `v1`
/// (-ade), `v2a` (-de), `v2b` (-te), `v3` (-dde), `v4` (irregular); adjectives `a`, `a0` (not compared); `x` for none.
pub(super) fn is_class(class: &str) -> bool {
    CLASSES.contains(&class)
}

/// Adds the forms of a word.
pub(super) fn inflect(word: &str, vocabulary: &Vocabulary, stems: &mut Stems) {
    let known = vocabulary.get(word);
    let classes = known.map_or(&[][..], |known| &known.classes);
    let irregular = known.map_or(&[][..], |known| &known.forms);
    let mut forms = vec![word.to_owned()];
    if !word.chars().all(char::is_alphabetic) {
        // Nothing to inflect.
    } else if classes.is_empty() && irregular.is_empty() {
        for class in guess(word) {
            add(word, class, &mut forms);
        }
    }
    for class in classes {
        add(word, class, &mut forms);
    }
    forms.extend(irregular.iter().map(|form| String::from(&**form)));
    forms.sort_unstable();
    forms.dedup();
    for form in &forms {
        stems.push(&[&to_letters(form)], FULL);
    }
    let noun = classes.iter().any(|class| class.starts_with('s'))
        || (classes.is_empty() && guess(word).iter().any(|class| class.starts_with('s')));
    if noun {
        for part in first_parts(word) {
            stems.push(&[&to_letters(&part)], MODIFIER);
        }
    }
}

/// A noun as the first part of a compound: kund-, leverans-, skol- of skola, arbets- of arbete.
fn first_parts(word: &str) -> Vec<String> {
    let short = word.trim_end_matches(['a', 'e']);
    let mut parts = vec![word.to_owned(), format!("{word}s")];
    if short != word && short.len() > 2 {
        parts.extend([
            short.to_owned(),
            format!("{short}s"),
            format!("{short}u"),
            format!("{short}o"),
        ]);
    }
    parts
}

/// The classes that a word's shape allows.
fn guess(word: &str) -> &'static [&'static str] {
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if ends(&["ning", "ing", "dom", "lek", "are"]) {
        if word.ends_with("are") { &["s5u"] } else { &["s2u"] }
    } else if ends(&["het", "tion", "sion", "ion", "tet", "ist", "ans", "ens", "skap", "itet"]) {
        &["s3u"]
    } else if ends(&["eri", "um"]) {
        &["s3n"]
    } else if ends(&["era"]) {
        &["v1"]
    } else if ends(&["lig", "ig", "sam", "bar", "full", "lös", "isk", "iv", "ell", "ent", "ant"]) {
        &["a"]
    } else if ends(&["ad", "en"]) {
        &["a0", "s2u"]
    } else if ends(&["a"]) {
        &["v1", "v2a", "v2b", "s1u"]
    } else if ends(&["ande", "ende"]) {
        &["s4n"]
    } else if ends(&["e"]) {
        &["s2u", "s4n"]
    } else {
        &["s2u", "s3u", "s5n", "a"]
    }
}

fn add(word: &str, class: &str, forms: &mut Vec<String>) {
    let neuter = class.ends_with('n');
    match class.trim_end_matches(['u', 'n']) {
        "s1" => noun(word, word.trim_end_matches('a'), &["or", "orna"], neuter, forms),
        "s2" => noun(word, word.trim_end_matches('e'), &["ar", "arna"], neuter, forms),
        "s3" => {
            let vowel = ends_in_vowel(word);
            let endings: &[&str] =
                if vowel && !word.ends_with('i') { &["r", "rna"] } else { &["er", "erna"] };
            noun(word, word.strip_suffix("um").unwrap_or(word), endings, neuter, forms);
            if vowel {
                noun(word, word, &["er", "erna"], neuter, forms);
            }
        }
        "s4" => noun(word, word, &["n", "na"], true, forms),
        "s5" if neuter => noun(word, word, &["en"], true, forms),
        "s5" => noun(word, word.trim_end_matches('e'), &["na", "arna", "erna"], false, forms),
        "s6" => noun(word, word, &["s"], neuter, forms),
        "v1" => with(word, &["r", "de", "t", "s", "des", "ts", "d", "nde"], forms),
        "v2a" | "v2b" => second_conjugation(word, class == "v2b", forms),
        "v3" => with(word, &["r", "dde", "tt", "s", "ddes", "dd", "dda", "ende"], forms),
        "a" => adjective(word, true, forms),
        "a0" => adjective(word, false, forms),
        _ => {}
    }
}

fn with(base: &str, endings: &[&str], forms: &mut Vec<String>) {
    forms.extend(endings.iter().map(|ending| format!("{base}{ending}")));
}

/// Definite singular, then the plural endings on `plural`.
fn noun(word: &str, plural: &str, endings: &[&str], neuter: bool, forms: &mut Vec<String>) {
    let short = contracted(word);
    let definite = match (neuter, ends_in_vowel(word)) {
        (true, true) => "t",
        (true, false) => "et",
        (false, true) => "n",
        (false, false) => "en",
    };
    with(word, &[definite], forms);
    if let Some(short) = &short {
        // nyckeln, fönstret, nycklar
        with(if neuter { short } else { word }, &[if neuter { "et" } else { "n" }], forms);
        with(short, endings, forms);
    }
    if neuter && ends_in_vowel(word) {
        with(word, &["et"], forms);
    }
    with(&hard(plural), endings, forms);
    with(plural, endings, forms);
}

/// ringa, köpa, känna, använda, lära.
fn second_conjugation(word: &str, voiceless: bool, forms: &mut Vec<String>) {
    let Some(stem) = word.strip_suffix('a') else { return };
    let short = ["mm", "nn"]
        .iter()
        .find(|double| stem.ends_with(**double))
        .map_or(stem, |_| stem.get(..stem.len() - 1).unwrap_or(stem));
    with(stem, &["er", "", "s", "es", "ande", "as"], forms);
    with(short, &[""], forms);
    let (past, supine) = match stem.strip_suffix('d') {
        Some(base) if base.ends_with('n') => (format!("{stem}e"), format!("{base}t")),
        Some(base) if ends_in_vowel(base) => (format!("{stem}de"), format!("{base}tt")),
        Some(base) => (format!("{stem}e"), format!("{base}t")),
        None if stem.ends_with("nt") || stem.ends_with("st") => {
            (format!("{stem}e"), stem.to_owned())
        }
        None if stem.ends_with('t') => (format!("{stem}te"), format!("{stem}t")),
        None if voiceless => (format!("{short}te"), format!("{short}t")),
        None => (format!("{short}de"), format!("{short}t")),
    };
    with(&past, &["", "s"], forms);
    with(&supine, &["", "s"], forms);
    with(past.trim_end_matches('e'), &["", "a"], forms);
}

fn adjective(word: &str, compared: bool, forms: &mut Vec<String>) {
    // utbildad, and not glad
    let participle = word.ends_with("ad") && word.len() > 5;
    let full = match contracted(word) {
        Some(short) => short,
        None if participle => format!("{word}e"),
        None => hard(word),
    };
    let neuter = match word.strip_suffix('d') {
        Some(base) if participle => format!("{base}t"),
        Some(base) if ends_in_vowel(base) => format!("{base}tt"),
        Some(base) => format!("{base}t"),
        None if word.ends_with("tt") || ends_in_consonant_and_t(word) => word.to_owned(),
        None if word.ends_with("nn") => format!("{}t", word.trim_end_matches('n').to_owned() + "n"),
        None if word.ends_with("en") => format!("{}t", word.trim_end_matches('n')),
        None if ends_in_vowel(word) || word.ends_with('t') => format!("{word}tt"),
        None => format!("{word}t"),
    };
    forms.push(neuter);
    if participle {
        forms.push(full);
        return;
    }
    with(&full, &["a", "e"], forms);
    if word.ends_with('t') && !word.ends_with("tt") {
        forms.push(format!("{word}t"));
    }
    if compared {
        with(&full, &["are", "ast", "aste"], forms);
    }
}

/// nyckel: nyckl-, enkel: enkl-, vacker: vackr-, mogen: mogn-.
fn contracted(word: &str) -> Option<String> {
    ["el", "er", "en", "or"].iter().find_map(|end| {
        let base = word.strip_suffix(end).filter(|base| base.len() > 2 && !ends_in_vowel(base))?;
        Some(format!("{base}{}", end.get(1..)?))
    })
}

/// dum: dumm-, rum: rumm-: m and n double before a vowel behind a short one.
fn hard(word: &str) -> String {
    match word.as_bytes() {
        [.., before, last @ b'm'] if b"aeiouy".contains(before) && word.chars().count() <= 4 => {
            format!("{word}{}", char::from(*last))
        }
        _ => word.to_owned(),
    }
}

fn ends_in_vowel(word: &str) -> bool {
    word.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 'å', 'ä', 'ö', 'é'])
}

fn ends_in_consonant_and_t(word: &str) -> bool {
    word.strip_suffix('t').is_some_and(|base| !base.is_empty() && !ends_in_vowel(base))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morphology::letters::shown;

    fn has(word: &str, class: &str, expected: &[&str]) {
        let mut vocabulary = Vocabulary::default();
        vocabulary.word(word).classes.push(class.into());
        let mut stems = Stems::default();
        inflect(word, &vocabulary, &mut stems);
        let forms: Vec<String> = stems.iter().map(|stem| shown(stem.letters)).collect();
        for form in expected {
            assert!(forms.iter().any(|known| known == form), "{word}: no {form} in {forms:?}");
        }
    }

    #[test]
    fn words_inflect_by_class() {
        has("flicka", "s1u", &["flickan", "flickor", "flickorna"]);
        has("bil", "s2u", &["bilen", "bilar", "bilarna"]);
        has("pojke", "s2u", &["pojken", "pojkar"]);
        has("nyckel", "s2u", &["nyckeln", "nycklar", "nycklarna"]);
        has("kund", "s3u", &["kunden", "kunder", "kunderna"]);
        has("sko", "s3u", &["skon", "skor", "skorna"]);
        has("möte", "s4n", &["mötet", "möten", "mötena"]);
        has("hus", "s5n", &["huset", "husen"]);
        has("fönster", "s5n", &["fönstret", "fönstren"]);
        has("lärare", "s5u", &["läraren", "lärarna"]);
        has("prata", "v1", &["pratar", "pratade", "pratat", "pratas"]);
        has("ringa", "v2a", &["ringer", "ringde", "ringt", "ring"]);
        has("köpa", "v2b", &["köper", "köpte", "köpt", "köpta"]);
        has("känna", "v2a", &["känner", "kände", "känt", "känn"]);
        has("använda", "v2a", &["använder", "använde", "använt"]);
        has("tro", "v3", &["tror", "trodde", "trott"]);
        has("snabb", "a", &["snabbt", "snabba", "snabbare", "snabbast"]);
        has("enkel", "a", &["enkelt", "enkla", "enklare"]);
        has("dum", "a", &["dumt", "dumma", "dummare"]);
        has("nöjd", "a", &["nöjt", "nöjda", "nöjdare"]);
        has("glad", "a", &["glatt", "glada"]);
    }
}
