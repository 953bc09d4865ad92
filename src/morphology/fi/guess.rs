//! The inflection classes that a lemma's shape allows, for words that no list knows. The surest come first; where the
//! shape does not tell, several are given: a form too many is rarer trouble than a form too few.

use crate::morphology::letters::{AE, OE, final_cluster, is_vowel, vowel_groups};
use crate::morphology::paradigm::{Class, Grade};

/// Old words in -i whose stem ends in -e; as the last part of compounds too.
const E_NOUNS: &[&str] = &[
    "arki", "halki", "hanki", "helmi", "henki", "hetki", "hiili", "hiki", "hirsi", "hirvi",
    "huoli", "jousi", "joki", "juuri", "jälki", "järki", "järvi", "kaari", "kaksi", "kausi",
    "kenki", "kieli", "kivi", "kuori", "kuusi", "kusi", "kylki", "kynsi", "käsi", "kärki", "köysi",
    "lahti", "lapsi", "lehti", "liemi", "lohi", "loimi", "lumi", "luomi", "länsi", "meri", "mieli",
    "moni", "mäki", "niemi", "nimi", "nivel", "noki", "nuori", "nuoli", "nuppi", "onki", "onni",
    "ovi", "parvi", "pieni", "pilvi", "polvi", "poski", "puoli", "putki", "reki", "retki", "riihi",
    "saari", "salmi", "sarvi", "savi", "seimi", "sieni", "solki", "sormi", "suksi", "sulki",
    "suomi", "suoni", "suuri", "suvi", "susi", "sydän", "sääski", "talvi", "tammi", "tiili",
    "toimi", "torvi", "tosi", "tuki", "tuli", "tuohi", "tuomi", "tuoni", "tuuli", "tyvi", "tyyni",
    "täysi", "tähti", "uksi", "uni", "uusi", "vaski", "varsi", "veitsi", "veri", "vesi", "viisi",
    "virsi", "vuori", "vuosi", "väki", "yksi", "ääni", "ääri",
];
/// Ends of longer words that are e-nouns by themselves.
const SHORTEST_HEAD: usize = 3;

/// The classes of a lemma, from its letters.
pub(crate) fn guess(lemma: &[u8]) -> Vec<Class> {
    let mut guess = Guess { lemma, classes: Vec::new() };
    if lemma.len() >= 2 {
        guess.verb();
        guess.nominal();
    }
    guess.classes
}

struct Guess<'w> {
    lemma: &'w [u8],
    classes: Vec<Class>,
}

impl Guess<'_> {
    fn add(&mut self, number: u8, grade: Option<Grade>) {
        let class = Class { number, grade };
        if !self.classes.contains(&class) {
            self.classes.push(class);
        }
    }

    fn each(&mut self, number: u8, grades: &[Option<Grade>]) {
        for &grade in grades {
            self.add(number, grade);
        }
    }

    fn ends(&self, suffixes: &[&str]) -> bool {
        suffixes.iter().any(|suffix| ends_with(self.lemma, suffix))
    }

    fn verb(&mut self) {
        let lemma = self.lemma;
        let [.., c3, c2, b'a' | AE] = lemma else { return };
        let stem = &lemma[..lemma.len() - 1];
        let long_a = matches!((*c2, lemma[lemma.len() - 1]), (b'a', b'a') | (AE, AE));
        if long_a && lemma.len() >= 4 && !is_vowel(*c3) {
            for grade in direct_grades(stem) {
                if self.ends(&["ntAA", "ltAA", "rtAA"]) || long_before_t(lemma) {
                    self.add(54, grade);
                }
                self.add(53, grade);
                if is_short_a_verb(lemma) {
                    self.add(56, grade);
                }
            }
        }
        if !is_vowel(*c3) && matches!(c2, b'o' | &OE | b'u' | b'y' | b'i' | b'e') {
            for grade in direct_grades(stem) {
                match c2 {
                    b'i' => self.add(61, grade),
                    b'e' => {
                        self.add(58, grade);
                        if self.ends(&["teA"]) {
                            self.add(59, grade);
                        }
                    }
                    _ => self.add(52, grade),
                }
            }
        }
        if self.ends(&["idA"]) {
            self.add(68, None);
            self.add(62, None);
        } else if self.ends(&["aada", "äädä", "yydä", "uuda"]) {
            self.add(63, None);
        } else if self.ends(&["uoda", "yödä", "iedä"]) {
            self.add(64, None);
        } else if self.ends(&["ydä", "yda"]) {
            self.add(65, None);
        } else if self.ends(&["hdA"]) {
            self.add(71, None);
        }
        if self.ends(&["llA", "nnA", "rrA"]) && lemma.len() > 3 && is_vowel(lemma[lemma.len() - 4])
        {
            let base = &lemma[..lemma.len() - 3];
            if lemma.len() > 5 {
                self.each(67, &inverse_grades(base));
            } else {
                self.add(67, None);
            }
        }
        if self.ends(&["stA"]) {
            self.add(66, None);
            if self.ends(&["uostA", "yöstA", "iestA"]) {
                self.add(70, None);
            }
        }
        if *c2 == b't' && is_vowel(*c3) {
            let base = &lemma[..lemma.len() - 2];
            for grade in inverse_grades(base) {
                match c3 {
                    b'a' | &AE => self.add(73, grade),
                    b'e' => {
                        self.add(72, grade);
                        self.add(74, grade);
                    }
                    b'i' => {
                        if grade.is_none() {
                            self.add(69, None);
                        }
                        self.add(75, grade);
                    }
                    _ => {
                        self.add(73, grade);
                        self.add(74, grade);
                    }
                }
            }
        }
    }

    fn nominal(&mut self) {
        let lemma = self.lemma;
        let (last, base) = (lemma[lemma.len() - 1], &lemma[..lemma.len() - 1]);
        let before_two = lemma.len().checked_sub(3).map(|at| lemma[at]);
        if self.ends(&["nen"]) {
            self.add(38, None);
        } else if self.ends(&["ton", "tön"]) {
            self.add(34, Some(Grade::C));
        } else if self.ends(&["in"]) && lemma.len() >= 5 {
            self.each(33, &inverse_grades(base));
        } else if self.ends(&["mpi"]) {
            self.add(16, Some(Grade::H));
        } else if self.ends(&["os", "ös"]) {
            self.add(39, None);
        } else if self.ends(&["us", "ys"]) {
            self.us_noun(before_two);
        } else if self.ends(&["es"]) {
            self.add(39, None);
            self.add(41, None);
        } else if self.ends(&["as", "äs", "is"]) {
            self.each(41, &inverse_grades(base));
            self.add(39, None);
        } else if self.ends(&["ut", "yt"]) {
            self.add(47, None);
            self.each(43, &inverse_grades(base));
        } else if last == b'e' {
            self.each(48, &inverse_grades(lemma));
            self.add(8, None);
            if self.ends(&["ee", "ie"]) {
                self.add(20, None);
            }
        } else if matches!(last, b'r' | b'l' | b'n') {
            self.add(32, None);
            self.add(5, None);
        } else if last == b'i' {
            self.i_noun();
        } else if matches!(last, b'o' | OE | b'u' | b'y') {
            self.round_noun();
        } else if matches!(last, b'a' | AE) {
            self.a_noun();
        } else {
            self.add(5, None);
        }
    }

    /// vastaus or kalleus: the vowel before -us decides, not always clearly.
    fn us_noun(&mut self, before: Option<u8>) {
        if before.is_some_and(is_vowel) {
            self.add(40, None);
            if !self.ends(&["vuus", "vyys", "kuus", "kyys", "suus", "syys", "tuus", "tyys"]) {
                self.add(39, None);
            }
        } else {
            self.add(39, None);
        }
    }

    fn i_noun(&mut self) {
        let lemma = self.lemma;
        let old = E_NOUNS.iter().any(|noun| {
            ends_with(lemma, noun)
                && (lemma.len() == noun.chars().count()
                    || lemma.len() >= noun.chars().count() + SHORTEST_HEAD)
        });
        if !old {
            self.each(5, &direct_grades(lemma));
            self.add(6, None);
            return;
        }
        self.each(7, &direct_grades(lemma));
        if self.ends(&["li", "ni", "ri"]) {
            self.add(26, None);
        }
        if self.ends(&["si"]) {
            match lemma.len().checked_sub(3).map(|at| lemma[at]) {
                Some(before) if is_vowel(before) => self.add(27, None),
                Some(b'k' | b'p') => self.add(29, None),
                _ => self.add(28, None),
            }
        }
        if self.ends(&["mi"]) {
            self.add(25, None);
        }
    }

    fn round_noun(&mut self) {
        let lemma = self.lemma;
        self.each(1, &direct_grades(lemma));
        if let [.., before, last] = *lemma
            && is_vowel(before)
        {
            self.add(3, None);
            if before == last {
                self.add(17, None);
            }
            if self.ends(&["uo", "yö", "ie"]) {
                self.add(19, None);
            }
        }
        if vowel_groups(lemma) >= 3 {
            self.add(2, None);
        }
        if self.ends(&["kko", "kkö"]) {
            self.add(4, Some(Grade::A));
        }
    }

    fn a_noun(&mut self) {
        let lemma = self.lemma;
        if self.ends(&["eA", "oA"]) {
            self.add(15, None);
        }
        if self.ends(&["aa", "ää"]) {
            self.add(17, None);
            self.add(18, None);
        } else if self.ends(&["iA"]) {
            self.add(12, None);
        }
        let first = lemma.iter().copied().find(|&letter| is_vowel(letter));
        for grade in direct_grades(lemma) {
            if vowel_groups(lemma) != 2 {
                self.add(10, grade);
                self.add(if grade.is_none() { 13 } else { 14 }, grade);
                if grade.is_none() {
                    if self.ends(&["jA"]) {
                        self.add(12, None);
                    }
                    self.add(11, None);
                }
                continue;
            }
            let second = lemma.iter().copied().skip_while(|&letter| !is_vowel(letter)).nth(1);
            match (lemma.last(), first, second) {
                (Some(&AE), ..) => self.add(10, grade),
                (_, Some(b'a' | b'e'), Some(b'i' | b'u')) => {
                    self.add(10, grade);
                    self.add(9, grade);
                }
                (_, Some(b'a' | b'e' | b'i'), _) => self.add(9, grade),
                _ => self.add(10, grade),
            }
        }
    }
}

/// Whether letters end in a suffix, in which `A` stands for a or ä.
fn ends_with(word: &[u8], suffix: &str) -> bool {
    let mut letters = word.iter().rev();
    suffix.chars().rev().all(|wanted| match letters.next() {
        Some(&letter) if wanted == 'A' => matches!(letter, b'a' | AE),
        Some(&letter) => char::from(letter) == wanted,
        None => false,
    })
}

/// Two vowels before -taa: huutaa, and not muuttaa.
fn long_before_t(lemma: &[u8]) -> bool {
    matches!(lemma, [.., a, b, b't', _, _] if is_vowel(*a) && is_vowel(*b))
}

/// antaa, maksaa: two syllables with a, e or i in the first.
fn is_short_a_verb(lemma: &[u8]) -> bool {
    let start = lemma.iter().take_while(|&&letter| !is_vowel(letter)).count();
    lemma.ends_with(b"aa")
        && vowel_groups(lemma) == 2
        && lemma.get(start).is_some_and(|letter| matches!(letter, b'a' | b'e' | b'i'))
}

/// The grades that the consonants before the last vowels of a strong stem allow.
fn direct_grades(stem: &[u8]) -> Vec<Option<Grade>> {
    let Some((before, cluster, vowels)) = final_cluster(stem) else { return vec![None] };
    let first = vowels[0];
    match cluster {
        [.., b'k', b'k'] => vec![Some(Grade::A)],
        [.., b'p', b'p'] => vec![Some(Grade::B)],
        [.., b't', b't'] => vec![Some(Grade::C)],
        [.., b'n', b'k'] => vec![Some(Grade::G)],
        [.., b'm', b'p'] => vec![Some(Grade::H)],
        [.., b'l', b't'] => vec![Some(Grade::I)],
        [.., b'n', b't'] => vec![Some(Grade::J)],
        [.., b'r', b't'] => vec![Some(Grade::K)],
        [b't'] if !before.is_empty() && matches!(vowels, b"o" | b"i" | b"e") => {
            vec![Some(Grade::F), None]
        }
        [b't'] if !before.is_empty() => vec![Some(Grade::F)],
        b"ht" => vec![Some(Grade::F), None],
        b"p" | b"lp" | b"rp" => vec![Some(Grade::E), None],
        b"k" if matches!(first, b'u' | b'y') => vec![Some(Grade::D), Some(Grade::M), None],
        b"k" => vec![Some(Grade::D), None],
        b"lk" | b"rk" => vec![Some(Grade::D), Some(Grade::L), None],
        b"hk" => vec![None, Some(Grade::D)],
        _ => vec![None],
    }
}

/// The grades of a weak stem whose strong grade stands in other forms: rakas, sade, tavata.
fn inverse_grades(stem: &[u8]) -> Vec<Option<Grade>> {
    let Some((_, cluster, _)) = final_cluster(stem) else { return vec![None] };
    match cluster {
        b"k" | b"nk" | b"rk" | b"lk" => vec![Some(Grade::A), None],
        b"p" | b"mp" | b"rp" | b"lp" => vec![Some(Grade::B), None],
        b"t" => vec![Some(Grade::C), None],
        b"d" | b"hd" => vec![Some(Grade::F)],
        b"v" | b"lv" | b"rv" => vec![None, Some(Grade::E)],
        b"l" | b"r" | b"h" => vec![None, Some(Grade::D)],
        b"ng" => vec![Some(Grade::G)],
        b"mm" => vec![Some(Grade::H), None],
        b"nn" => vec![Some(Grade::J), None],
        b"ll" => vec![Some(Grade::I), None],
        b"rr" => vec![Some(Grade::K), None],
        _ => vec![None],
    }
}

/// The grades whose weak side a stem shows, for plural-only words: laatu- of laadut.
pub(crate) fn grades_of_weak(stem: &[u8]) -> Vec<Grade> {
    let Some((_, cluster, _)) = final_cluster(stem) else { return Vec::new() };
    let grade = match cluster {
        b"k" => Grade::A,
        b"p" => Grade::B,
        b"t" => Grade::C,
        b"d" => Grade::F,
        b"v" => Grade::E,
        b"ng" => Grade::G,
        b"mm" => Grade::H,
        b"ll" => Grade::I,
        b"nn" => Grade::J,
        b"rr" => Grade::K,
        _ => return Vec::new(),
    };
    vec![grade]
}
