//! English: the forms of a lemma by its word classes; irregular ones stand in `lexicons/en/forms.tsv`.

use super::ending_table::EndingTable;
use super::letters::to_letters;
use super::paradigm::{Endings, Stems};
use super::vocabulary::{Vocabulary, Word};

/// A finished form.
const FULL: Endings = Endings::group(0);

/// A form, and its possessive.
pub(super) fn endings() -> EndingTable {
    let mut table = EndingTable::new();
    for ending in ["", "'s", "'"] {
        table.add(ending, FULL);
    }
    table
}

/// Classes are letters for the ways in which a word inflects: `v` verb, `n` noun, `a` compared with -er and -est, or `x`
/// for none.
pub(super) fn is_class(class: &str) -> bool {
    class == "x" || (!class.is_empty() && class.chars().all(|letter| "vna".contains(letter)))
}

/// Prefixes behind which a verb keeps its irregular forms.
const VERB_PREFIXES: [&str; 10] =
    ["re", "un", "over", "under", "mis", "out", "fore", "up", "with", "pre"];
/// Shorter words without a plural are words of grammar.
const SHORTEST_ADJECTIVAL_NOUN: usize = 6;
/// Longer words are not compared with -er.
const LONGEST_COMPARED: usize = 2;

/// Adds the forms of a word.
pub(super) fn inflect(word: &str, vocabulary: &Vocabulary, stems: &mut Stems) {
    let known = vocabulary.get(word);
    let classes = known.map(|known| known.classes.concat()).unwrap_or_default();
    let guessed = classes.is_empty();
    let is = |class: char| guessed || classes.contains(class);
    let mut forms = vec![word.to_owned()];
    if word.chars().all(char::is_alphabetic) {
        // Long adjectives make nouns when people need them: essentials, basics, materials.
        if is('n') || is('v') || word.len() >= SHORTEST_ADJECTIVAL_NOUN {
            with_s(word, &mut forms);
        }
        if is('v') {
            with_ed_and_ing(word, &mut forms);
        }
        if classes.contains('a') || (guessed && syllables(word) <= LONGEST_COMPARED) {
            with_er_and_est(word, &mut forms);
        }
    }
    forms.extend(irregular(word, known, vocabulary));
    spelled_otherwise(&mut forms);
    forms.sort_unstable();
    forms.dedup();
    for form in &forms {
        stems.push(&[&to_letters(form)], FULL);
    }
}

/// Its own irregular forms, or those of the word it is made of: misunderstand, businessman.
fn irregular(word: &str, known: Option<&Word>, vocabulary: &Vocabulary) -> Vec<String> {
    let forms = known.map_or(&[][..], |known| &known.forms);
    if !forms.is_empty() {
        return forms.iter().map(|form| String::from(&**form)).collect();
    }
    let inner =
        VERB_PREFIXES.iter().filter_map(|prefix| Some((*prefix, word.strip_prefix(prefix)?))).find(
            |(_, base)| base.len() > 2 && vocabulary.get(base).is_some_and(|w| !w.forms.is_empty()),
        );
    let nouns = ["man", "woman", "child", "foot", "life", "wife", "self", "person"];
    let inner = inner.or_else(|| {
        nouns.iter().find_map(|noun| {
            let head = word.strip_suffix(noun).filter(|head| head.len() > 1)?;
            Some((head, *noun))
        })
    });
    let Some((head, base)) = inner else { return Vec::new() };
    let forms = vocabulary.get(base).map_or(&[][..], |base| &base.forms);
    forms.iter().filter(|form| !form.contains('\'')).map(|form| format!("{head}{form}")).collect()
}

fn with_s(word: &str, forms: &mut Vec<String>) {
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        forms.push(format!("{word}es"));
        if let Some(base) = word.strip_suffix("sis") {
            forms.push(format!("{base}ses"));
        }
    } else if let Some(base) = word.strip_suffix('y').filter(|base| ends_in_consonant(base)) {
        forms.push(format!("{base}ies"));
    } else {
        forms.push(format!("{word}s"));
        if word.strip_suffix('o').is_some_and(ends_in_consonant) {
            forms.push(format!("{word}es"));
        }
    }
}

fn with_ed_and_ing(word: &str, forms: &mut Vec<String>) {
    let mut add = |base: &str, endings: &[&str]| {
        forms.extend(endings.iter().map(|ending| format!("{base}{ending}")));
    };
    if let Some(base) = word.strip_suffix("ie") {
        add(word, &["d"]);
        add(base, &["ying"]);
    } else if ["ee", "oe", "ye"].iter().any(|end| word.ends_with(end)) {
        add(word, &["d", "ing"]);
    } else if let Some(base) = word.strip_suffix('e') {
        add(base, &["ed", "ing"]);
    } else if let Some(base) = word.strip_suffix('y').filter(|base| ends_in_consonant(base)) {
        add(base, &["ied"]);
        add(word, &["ing"]);
    } else if word.ends_with('c') {
        add(word, &["ked", "king"]);
    } else {
        // fuelled, dialling: British spelling doubles l behind any vowel.
        let british = || word.ends_with('l').then(|| format!("{word}l"));
        let doubled = doubled(word);
        if let Some(doubled) = doubled.clone().or_else(british) {
            add(&doubled, &["ed", "ing"]);
        }
        // Longer words double when the last syllable is stressed, which letters do not tell: both.
        if doubled.is_none() || syllables(word) > 1 {
            add(word, &["ed", "ing"]);
        }
    }
}

fn with_er_and_est(word: &str, forms: &mut Vec<String>) {
    let base = match word {
        _ if word.ends_with('e') => word.trim_end_matches('e').to_owned(),
        _ => match word.strip_suffix('y').filter(|base| ends_in_consonant(base)) {
            Some(base) => format!("{base}i"),
            None => {
                doubled(word).filter(|_| syllables(word) == 1).unwrap_or_else(|| word.to_owned())
            }
        },
    };
    forms.push(format!("{base}er"));
    forms.push(format!("{base}est"));
}

/// British and American spelling of every form.
fn spelled_otherwise(forms: &mut Vec<String>) {
    const PAIRS: [(&str, &str); 5] = [
        ("ise", "ize"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("isation", "ization"),
    ];
    let mut more = Vec::new();
    for form in &*forms {
        for (british, american) in PAIRS {
            for (from, to) in [(british, american), (american, british)] {
                let base = form.strip_suffix(from).filter(|base| base.len() > 2);
                more.extend(base.map(|base| format!("{base}{to}")));
            }
        }
        let our = form.strip_suffix("our").or_else(|| form.strip_suffix("ours")?.into());
        if let Some(base) = our.filter(|base| base.len() > 2) {
            let plural = if form.ends_with('s') { "s" } else { "" };
            more.push(format!("{base}or{plural}"));
        }
    }
    forms.append(&mut more);
}

/// The word with its last consonant twice, when it ends in one vowel and one consonant: stop, refer, travel.
fn doubled(word: &str) -> Option<String> {
    match word.as_bytes() {
        [.., before, vowel, last]
            if !is_vowel(*before) && is_vowel(*vowel) && b"bdfgklmnprtvz".contains(last) =>
        {
            Some(format!("{word}{}", char::from(*last)))
        }
        // quit
        [.., b'q', b'u', _, last] => Some(format!("{word}{}", char::from(*last))),
        [vowel, last] if is_vowel(*vowel) && b"bdgmnpt".contains(last) => {
            Some(format!("{word}{}", char::from(*last)))
        }
        _ => None,
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn ends_in_consonant(word: &str) -> bool {
    word.bytes().last().is_some_and(|letter| !matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u'))
}

fn syllables(word: &str) -> usize {
    let word = word.trim_end_matches('e').as_bytes();
    word.chunk_by(|a, b| is_vowel(*a) == is_vowel(*b)).filter(|run| is_vowel(run[0])).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morphology::letters::shown;

    fn forms(word: &str, class: &str) -> String {
        let mut vocabulary = Vocabulary::default();
        vocabulary.word(word).classes.push(class.into());
        let mut stems = Stems::default();
        inflect(word, &vocabulary, &mut stems);
        stems.iter().map(|stem| shown(stem.letters)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn regular_words_inflect() {
        assert_eq!(forms("wait", "nv"), "wait waited waiting waits");
        assert_eq!(forms("stop", "v"), "stop stopped stopping stops");
        assert_eq!(forms("queue", "nv"), "queue queued queues queuing");
        assert_eq!(forms("try", "v"), "tried tries try trying");
        assert_eq!(forms("easy", "a"), "easier easiest easy");
        assert_eq!(forms("big", "a"), "big bigger biggest");
        assert_eq!(
            forms("organise", "v"),
            "organise organised organises organising organize organized organizes organizing"
        );
        assert_eq!(forms("cancel", "v"), "cancel canceled canceling cancelled cancelling cancels");
        assert_eq!(forms("helpful", "x"), "helpful helpfuls");
        assert_eq!(forms("quite", "x"), "quite");
    }
}
