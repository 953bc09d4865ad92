//! The embedded lexicons: normal form, sizes, reachable entries.
//!
//! `REWRITE=1 cargo test --test tests lexicons` writes each list in its normal form, so that an editor need not sort.

use kymppi::config::{Languages, LexiconPaths};
use kymppi::lexicons::Lexicons;
use kymppi::morphology::Search;
use kymppi::text::emoji_key;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_normalization::is_nfc;

/// List, header, the columns by which it is sorted, rows it has at least in fi, en and sv. An entry stands once in a list, or
/// once a signal.
const LISTS: [(&str, &str, &[usize], [usize; 3]); 4] = [
    ("sentiment.tsv", "entry\tvalence\tnegated\tnote", &[0], [400, 400, 150]),
    ("themes.tsv", "entry\ttheme\tvalence\tnegated\tnote", &[1, 0], [300, 300, 150]),
    ("modifiers.tsv", "entry\tkind\tvalue\tnote", &[1, 0], [100, 100, 60]),
    ("signals.tsv", "entry\tsignal\tnegated\tnote", &[0, 1], [40, 40, 40]),
];

fn path(language: &str, list: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons").join(language).join(list)
}

/// The list as it should stand: header, rows sorted, cells trimmed, no empty lines.
fn normal_form(text: &str, header: &str, order: &[usize]) -> String {
    let width = header.split('\t').count();
    let mut rows: Vec<Vec<String>> = text
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut cells: Vec<String> =
                line.split('\t').map(|cell| cell.trim().to_owned()).collect();
            cells.resize(width.max(cells.len()), String::new());
            cells
        })
        .collect();
    rows.sort_by(|a, b| order.iter().map(|&i| &a[i]).cmp(order.iter().map(|&i| &b[i])));
    let lines = rows.iter().map(|cells| cells.join("\t"));
    std::iter::once(header.to_owned()).chain(lines).map(|line| line + "\n").collect()
}

#[test]
fn lists_stand_in_their_normal_form() {
    for language in ["fi", "en", "sv"] {
        for (list, header, order, _) in LISTS {
            let path = path(language, list);
            let text = fs::read_to_string(&path).unwrap();
            let normal = normal_form(&text, header, order);
            if std::env::var_os("REWRITE").is_some() {
                fs::write(&path, normal).unwrap();
            } else if text != normal {
                let line =
                    text.lines().zip(normal.lines()).position(|(a, b)| a != b).unwrap_or_default()
                        + 1;
                panic!(
                    "{language}/{list}:{line} is not in normal form; REWRITE=1 cargo test --test tests lexicons sorts it"
                );
            }
        }
    }
}

#[test]
fn entries_are_lower_case_composed_and_listed_once() {
    for (position, language) in ["fi", "en", "sv"].into_iter().enumerate() {
        for (list, _, _, least) in LISTS {
            let text = fs::read_to_string(path(language, list)).unwrap();
            let mut seen = BTreeMap::new();
            for (number, line) in text.lines().enumerate().skip(1) {
                let mut cells = line.split('\t');
                let entry = cells.next().unwrap();
                let signal = cells.next().filter(|_| list == "signals.tsv");
                assert!(
                    is_nfc(entry) && entry == entry.to_lowercase() && !entry.contains("  "),
                    "{language}/{list}:{}: {entry}",
                    number + 1
                );
                assert_eq!(
                    seen.insert((entry.to_owned(), signal), number + 1),
                    None,
                    "{language}/{list}:{}: {entry} is listed twice",
                    number + 1
                );
            }
            assert!(
                seen.len() >= least[position],
                "{language}/{list} has only {} entries",
                seen.len()
            );
        }
    }
}

#[test]
fn every_valence_is_a_half_step_and_zero_only_neutralises_phrases() {
    for language in ["fi", "en", "sv"] {
        for (list, columns) in [("sentiment.tsv", &[1][..]), ("themes.tsv", &[2, 3][..])] {
            let text = fs::read_to_string(path(language, list)).unwrap();
            for (number, line) in text.lines().enumerate().skip(1) {
                let cells: Vec<&str> = line.split('\t').collect();
                for &column in columns {
                    let Some(cell) = cells.get(column).filter(|cell| !cell.is_empty()) else {
                        continue;
                    };
                    let valence: f64 = cell.parse().unwrap();
                    assert!(
                        (valence * 2.0).fract().abs() < 1e-9,
                        "{language}/{list}:{}: {line}",
                        number + 1
                    );
                }
            }
        }
    }
}

#[test]
fn every_theme_has_entries_in_every_language() {
    let lexicons = Lexicons::load(&LexiconPaths::default(), &Languages::default()).unwrap();
    assert_eq!(lexicons.taxonomy.themes().len(), 26);
    for language in ["fi", "en", "sv"] {
        let text = fs::read_to_string(path(language, "themes.tsv")).unwrap();
        for theme in lexicons.taxonomy.themes() {
            let entries = text
                .lines()
                .filter(|line| line.split('\t').nth(1) == Some(theme.id.as_str()))
                .count();
            assert!(entries >= 8, "{language}: {} has only {entries} entries", theme.id);
        }
    }
}

#[test]
fn every_one_word_entry_is_found_in_its_own_form() {
    let lexicons = Lexicons::load(&LexiconPaths::default(), &Languages::default()).unwrap();
    for lexicon in &lexicons.languages {
        let code = lexicon.language().code();
        for list in ["sentiment.tsv", "themes.tsv"] {
            let text = fs::read_to_string(path(code, list)).unwrap();
            for line in text.lines().skip(1) {
                let entry = line.split('\t').next().unwrap();
                if entry.chars().all(char::is_alphabetic) {
                    let facts = lexicon.word(entry, &mut String::new(), &mut Search::default());
                    let found = facts.entry.map(|id| &*lexicon.entry(id).text);
                    assert_eq!((found, facts.tier), (Some(entry), 1), "{code}: {entry}");
                }
            }
        }
    }
}

#[test]
fn every_signal_has_labels_and_every_known_one_a_row() {
    let lexicons = Lexicons::load(&LexiconPaths::default(), &Languages::default()).unwrap();
    for (id, signal) in lexicons.signals.iter() {
        assert!(!signal.label_fi.is_empty() && !signal.label_en.is_empty(), "{}", signal.id);
        assert_eq!(lexicons.signals.find(&signal.id), Some(id));
    }
    let text = fs::read_to_string(path("", "signals.tsv")).unwrap();
    let listed: Vec<&str> =
        text.lines().skip(1).map(|line| line.split('\t').next().unwrap()).collect();
    let known: Vec<&str> = lexicons.signals.iter().map(|(_, signal)| signal.id.as_str()).collect();
    assert_eq!(listed, known, "lexicons/signals.tsv stands in the order of the code");
}

#[test]
fn an_own_list_may_add_signals() {
    let folder = tempfile::TempDir::new().unwrap();
    let write = |relative: &str, text: &str| {
        let path = folder.path().join(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("signals.tsv", "signal\tlabel_fi\tlabel_en\tmeaning\nwants_paper\tPaperi\tPaper\t\n");
    write("fi/signals.tsv", "entry\tsignal\tnegated\tnote\npaperilasku\twants_paper\t=\t\n");
    let paths = LexiconPaths { extend: vec![folder.path().to_owned()], ..LexiconPaths::default() };
    let lexicons = Lexicons::load(&paths, &Languages::default()).unwrap();
    let signal = lexicons.signals.find("wants_paper").unwrap();
    assert!(signal.makes_rows() && lexicons.signals.name(signal) == "wants_paper");
    let facts =
        lexicons.languages[0].word("paperilaskut", &mut String::new(), &mut Search::default());
    let cue = lexicons.languages[0].entry(facts.cue.unwrap()).cues[0];
    assert_eq!((cue.signal, cue.negated), (signal, Some(signal)));
}

#[test]
fn a_folder_overrides_file_by_file_and_layers_entry_by_entry() {
    let folder = tempfile::TempDir::new().unwrap();
    let write = |relative: &str, text: &str| {
        let path = folder.path().join(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("own/fi/sentiment.tsv", "entry\tvalence\tnote\n# only this word\nhyvä\t2\t\n");
    write(
        "more/fi/sentiment.tsv",
        "entry\tvalence\tnote\nhyvä\t-3\tupside down\nihmeellinen\t1\t\n",
    );
    let languages = Languages { score: vec!["fi".into()], default: "fi".into() };
    let paths = LexiconPaths {
        path: Some(folder.path().join("own")),
        extend: vec![folder.path().join("more")],
        ..LexiconPaths::default()
    };
    let lexicons = Lexicons::load(&paths, &languages).unwrap();
    let lexicon = &lexicons.languages[0];
    let valence = |word: &str| {
        lexicon
            .word(word, &mut String::new(), &mut Search::default())
            .entry
            .map(|id| lexicon.entry(id).valence)
    };
    assert_eq!(valence("hyvä"), Some(-3.0), "the later layer wins");
    assert_eq!(valence("ihmeellinen"), Some(1.0));
    assert_eq!(valence("surkea"), None, "the folder's list replaces the embedded one");
    assert!(lexicon.len() > 100, "the embedded theme list is still there");
    let sources: Vec<&str> = lexicons
        .sources
        .iter()
        .filter(|list| list.list == "fi/sentiment.tsv")
        .map(|list| list.source.as_str())
        .collect();
    assert_eq!(sources.len(), 2);
    assert!(sources.iter().all(|source| source.ends_with("fi/sentiment.tsv")
        && source.contains(folder.path().to_str().unwrap())));
}

#[test]
fn malformed_lists_are_refused_with_file_and_line() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("fi");
    fs::create_dir_all(&path).unwrap();
    let refuse = |list: &str, text: &str| {
        fs::write(path.join(list), text).unwrap();
        let paths =
            LexiconPaths { path: Some(folder.path().to_owned()), ..LexiconPaths::default() };
        let error = Lexicons::load(&paths, &Languages::default()).unwrap_err();
        fs::remove_file(path.join(list)).unwrap();
        assert_eq!(error.exit_code(), 2);
        error.to_string().replace(&format!("{}/", path.display()), "")
    };
    insta::assert_snapshot!(refuse("sentiment.tsv", "word\tvalue\n"), @"sentiment.tsv:1:1: the first line must name the columns, separated by tabs: entry, valence, negated, note");
    insta::assert_snapshot!(refuse("sentiment.tsv", "entry\tvalence\tnote\nhyvä\tgood\n"), @"sentiment.tsv:2:1: valence is `good`; write a number from -3 to 3");
    insta::assert_snapshot!(refuse("sentiment.tsv", "entry\tvalence\tnote\nhyvä\t4\n"), @"sentiment.tsv:2:1: valence is `4`; write a number from -3 to 3");
    insta::assert_snapshot!(refuse("sentiment.tsv", "entry\tvalence\tnote\n!!\t1\n"), @"sentiment.tsv:2:1: `!!` holds no word");
    insta::assert_snapshot!(refuse("themes.tsv", "entry\ttheme\tvalence\tnegated\tnote\nhinta\tprices\n"), @"themes.tsv:2:1: there is no theme `prices`; the themes stand in lexicons/themes.tsv");
    insta::assert_snapshot!(refuse("themes.tsv", "entry\ttheme\tvalence\tnegated\tnote\nhinta\tprice_value\nhinta\tdelivery_time\n"), @"themes.tsv:3:1: `hinta` already belongs to price_value; an entry belongs to one theme");
    insta::assert_snapshot!(refuse("signals.tsv", "entry\tsignal\tnegated\tnote\nlähteä\tleaving\n"), @"signals.tsv:2:1: there is no signal `leaving`; the signals stand in lexicons/signals.tsv");
    insta::assert_snapshot!(refuse("modifiers.tsv", "entry\tkind\tvalue\tnote\ntosi\tintensifier\t\n"), @"modifiers.tsv:2:1: the kind intensifier needs a value, e.g. 1.3 or 0.7");
    insta::assert_snapshot!(refuse("modifiers.tsv", "entry\tkind\tvalue\tnote\ntosi\tbooster\t1.5\n"), @"modifiers.tsv:2:1: there is no kind `booster`; write one of negator, intensifier, excess, diminisher, contrast, contrast_not, concession, concession_not, addition, nor, wish, expectation, nothing");
}

#[test]
fn known_words_are_many_sorted_and_listed_once() {
    for (language, list, least) in [
        ("fi", "words.tsv", 10_000),
        ("en", "words.tsv", 5_000),
        ("sv", "words.tsv", 4_000),
        ("fi", "forms.tsv", 30),
        ("en", "forms.tsv", 300),
        ("sv", "forms.tsv", 300),
    ] {
        let text = fs::read_to_string(path(language, list)).unwrap();
        let lemmas: Vec<&str> =
            text.lines().skip(1).map(|line| line.split('\t').next().unwrap()).collect();
        assert!(lemmas.len() >= least, "{language}/{list} has only {} words", lemmas.len());
        for pair in lemmas.windows(2) {
            assert!(pair[0] < pair[1], "{language}/{list}: {} stands before {}", pair[0], pair[1]);
        }
        for lemma in lemmas {
            assert!(is_nfc(lemma) && lemma == lemma.to_lowercase(), "{language}/{list}: {lemma}");
        }
    }
}

#[test]
fn every_emoji_is_listed_once_and_found() {
    let lexicons = Lexicons::load(&LexiconPaths::default(), &Languages::default()).unwrap();
    let text = fs::read_to_string(path("", "emoji.tsv")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for line in text.lines().skip(1) {
        let (emoji, rest) = line.split_once('\t').unwrap();
        assert!(seen.insert(emoji_key(emoji)), "{emoji} is listed twice");
        let valence: f64 = rest.split('\t').next().unwrap().parse().unwrap();
        for lexicon in &lexicons.languages {
            let id = lexicon.emoji(emoji).and_then(|facts| facts.entry).unwrap();
            assert_eq!(lexicon.entry(id).valence.to_bits(), valence.to_bits(), "{emoji}");
        }
    }
    assert!(seen.len() > 100);
}
