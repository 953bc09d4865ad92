//! Which language short feedback is in: own sentences in eight languages, and what else may speak for a language.

use kymppi::language::{Detection, Detector, Evidence, Scores};
use kymppi::text::Language;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Language, then texts.
const TEXTS: [(&str, &[&str]); 8] = [
    (
        "fi",
        &[
            "kiitos",
            "hyvä palvelu",
            "ihan jees",
            "tosi huono",
            "ei toimi",
            "nopea toimitus",
            "liian kallis",
            "en suosittele",
            "ystävällinen henkilökunta",
            "jonotin tunnin",
            "Tuote rikki, rahat takaisin",
            "sovellus kaatuu koko ajan",
            "kukaan ei vastannut puhelimeen",
            "mä oon tosi tyytyväinen",
            "Laskussa oli taas virhe.",
            "Asiakaspalvelija ymmärsi heti mistä oli kyse",
            "parempi kuin viime vuonna",
            "paketti tuli perille myöhässä",
            "sivut on sekavat",
            "hintataso vähän korkea mutta laatu hyvää",
            "mitään en muuttaisi",
            "siisti ja viihtyisä paikka",
            "huoltomies kävi samana päivänä",
            "ohjeet puuttuivat kokonaan",
            "Tulen varmasti toistekin!",
        ],
    ),
    (
        "en",
        &[
            "thank you",
            "great service",
            "too expensive",
            "not happy",
            "very helpful staff",
            "waste of time",
            "never again",
            "delivery was late",
            "The app keeps crashing",
            "Nobody answered the phone",
            "everything went smoothly",
            "would recommend to a friend",
            "waited an hour in the queue",
            "easy to order, quick to arrive",
            "The invoice was wrong again",
            "room was clean and quiet",
            "nothing to complain about",
            "couldn't find the right page",
            "price could be lower",
            "she explained it all clearly",
            "parcel damaged on arrival",
            "fast and friendly",
            "disappointed with the quality",
            "Will definitely come back!",
        ],
    ),
    (
        "sv",
        &[
            "tack så mycket",
            "jättebra service",
            "för dyrt",
            "trevlig personal",
            "inte nöjd",
            "leveransen var sen",
            "appen fungerar inte",
            "ingen svarade i telefon",
            "allt gick bra",
            "fakturan stämde inte",
            "väntade över en timme",
            "mycket bättre än förra året",
            "Kan varmt rekommenderas",
            "svårt att hitta på sidan",
            "hjälpsam och kunnig kille i kassan",
            "Paketet kom fram i tid",
            "personalen borde få utbildning",
            "bra priser men långa köer",
        ],
    ),
    (
        "et",
        &[
            "suur tänu",
            "väga hea teenindus",
            "liiga kallis",
            "ei soovita",
            "sõbralikud töötajad",
            "kaup jõudis kiiresti kohale",
            "arve oli jälle vale",
            "keegi ei vastanud telefonile",
            "rakendus ei tööta korralikult",
            "ootasin järjekorras tund aega",
            "kõik sujus hästi",
            "Tulen kindlasti tagasi",
            "hinnad võiksid olla odavamad",
            "väga meeldiv ja abivalmis müüja",
            "pakk oli katki",
            "juhend oli puudulik ja segane",
        ],
    ),
    (
        "no",
        &[
            "veldig bra hjelp",
            "altfor dyrt",
            "hyggelige ansatte",
            "fikk ikke svar på e-posten",
            "appen virker ikke etter oppdateringen",
            "varen kom fram i går",
            "jeg måtte vente i over en time",
            "Ble møtt med et smil, tusen takk!",
            "prisen burde vært lavere",
            "veldig fornøyd med leveringen",
            "ingen tok telefonen da jeg ringte",
            "kommer gjerne tilbake",
        ],
    ),
    (
        "da",
        &[
            "rigtig god betjening",
            "alt for dyrt",
            "venligt personale",
            "jeg fik aldrig noget svar",
            "appen virker slet ikke",
            "varen blev leveret til tiden",
            "ventede i kø i en halv time",
            "regningen var forkert igen",
            "meget tilfreds med hjælpen",
            "det gik hurtigt og nemt",
            "kunne godt være lidt billigere",
            "jeg køber gerne her igen",
        ],
    ),
    (
        "de",
        &[
            "sehr freundlich",
            "viel zu teuer",
            "guter Service",
            "nicht zufrieden",
            "Lieferung kam zu spät",
            "niemand ging ans Telefon",
            "die App stürzt ständig ab",
            "alles bestens gelaufen",
            "Rechnung war schon wieder falsch",
            "gerne wieder",
            "eine Stunde gewartet",
            "Das Zimmer war sauber und ruhig",
            "kompetente Beratung, faire Preise",
            "leider sehr unübersichtlich",
        ],
    ),
    (
        "ru",
        &[
            "спасибо",
            "всё понравилось",
            "слишком дорого",
            "очень вежливый персонал",
            "доставка опоздала",
            "никто не отвечает",
            "приложение не работает",
            "ждал целый час",
            "в счёте опять ошибка",
            "обязательно приду ещё раз",
            "товар пришёл сломанный",
            "быстро и удобно",
        ],
    ),
];

fn detector() -> Detector {
    Detector::new(&Language::ALL, Some(Language::FINNISH))
}

fn code(detection: Detection) -> &'static str {
    detection.language.map_or("none", Language::code)
}

fn detect(text: &str) -> &'static str {
    code(detector().detect(text))
}

#[test]
fn short_feedback_is_told_apart() {
    let detector = detector();
    let mut wrong = Vec::new();
    let mut texts = 0;
    for (language, list) in TEXTS {
        for text in list {
            texts += 1;
            let found = code(detector.detect(text));
            if found != language {
                wrong.push(format!("{language} as {found}: {text}"));
            }
        }
    }
    assert!(texts > 130);
    assert!(wrong.len() <= 3, "{}", wrong.join("\n"));
}

#[test]
fn spelling_in_capitals_or_without_composition_changes_nothing() {
    let detector = detector();
    for (_, list) in TEXTS {
        for text in list {
            let plain = detector.detect(text);
            assert_eq!(
                detector.detect(&text.to_uppercase().replace("SS", "ß")),
                detector.detect(&text.replace("ss", "ß")),
                "{text}"
            );
            let hidden: String = text.chars().flat_map(|c| [c, '\u{AD}']).collect();
            assert_eq!(detector.detect(&hidden), plain, "{text}");
            assert_eq!(detector.detect(&decomposed(text)), plain, "{text}");
        }
    }
}

/// Every umlaut and ring as a letter and a combining mark.
fn decomposed(text: &str) -> String {
    let marks = [
        ('ä', "a\u{308}"),
        ('ö', "o\u{308}"),
        ('å', "a\u{30A}"),
        ('ü', "u\u{308}"),
        ('õ', "o\u{303}"),
    ];
    marks.iter().fold(text.to_owned(), |text, (letter, both)| text.replace(*letter, both))
}

#[test]
fn finnish_without_dots_is_finnish() {
    for text in [
        "hyva palvelu",
        "hyva palvelu, pitaisi nayttaa",
        "ystavallinen henkilokunta",
        "miksi taalla ei ikina vastata",
        "todella hyvaa tyota, kiitos siita",
        "ei ehdi tanaan kayda",
        "hyväääää palveluuuu",
    ] {
        assert_eq!(detect(text), "fi", "{text}");
    }
}

#[test]
fn languages_without_a_lexicon_are_named() {
    for (text, language) in [
        ("Le personnel était très aimable et la livraison rapide", "fr"),
        ("El pedido llegó tarde y nadie contestó al teléfono", "es"),
        ("De levering was te laat en niemand nam de telefoon op", "nl"),
        ("Il personale è stato gentile e la consegna veloce", "it"),
        ("Obsługa była bardzo miła i pomocna", "pl"),
        ("O atendimento foi muito bom, mas a entrega não chegou", "pt"),
        ("Kargo çok geç geldi ve kimse telefona cevap vermedi", "tr"),
        ("A kiszállítás késett, de az ügyfélszolgálat segítőkész volt", "hu"),
        ("Обслуговування було дуже гарним, але ціна зависока", "uk"),
        ("Η εξυπηρέτηση ήταν πολύ καλή", "el"),
        ("الخدمة ممتازة والموظفون لطفاء", "ar"),
        ("服务很好，下次还会再来", "zh"),
    ] {
        assert_eq!(detect(text), language, "{text}");
    }
}

#[test]
fn a_text_that_says_nothing_gets_the_default_and_no_confidence() {
    let finnish = detector();
    let none = Detector::new(&Language::ALL, None);
    let english = Detector::new(&Language::ALL, Some(Language::ENGLISH));
    for text in [
        "",
        "-",
        "ok",
        "10/10",
        "👍👍👍",
        ":D",
        "...",
        "!!",
        "https://example.com/kauppa/tilaukset",
        "www.example.com",
        "matti.meikalainen@example.com",
        "@kauppa",
        "[phone]",
        "12345 678",
    ] {
        for (detector, language) in [
            (&finnish, Some(Language::FINNISH)),
            (&none, None),
            (&english, Some(Language::ENGLISH)),
        ] {
            assert_eq!(detector.detect(text), Detection { language, confidence: 0.0 }, "{text}");
        }
    }
}

#[test]
fn addresses_do_not_speak_for_a_language() {
    let plain = detector().detect("tilaus ei näy sivulla");
    assert_eq!(
        detector().detect("tilaus ei näy sivulla https://example.com/the/orders/of/today"),
        plain
    );
    assert_eq!(detector().detect("tilaus ei näy sivulla [personal_id]"), plain);
}

#[test]
fn one_configured_language_is_always_the_answer() {
    let only = Detector::new(&[Language::ENGLISH], Some(Language::ENGLISH));
    let english = |confidence| Detection { language: Some(Language::ENGLISH), confidence };
    assert_eq!(only.detect("Todella hyvä palvelu"), english(1.0));
    assert_eq!(only.detect("ok"), english(0.0));
}

#[test]
fn configured_languages_are_likelier() {
    let sure = |languages: &[Language], text| {
        Detector::new(languages, languages.first().copied()).detect(text).confidence
    };
    let (fi, en, sv) = (Language::FINNISH, Language::ENGLISH, Language::SWEDISH);
    assert!(sure(&[sv, fi], "bra leverans") > sure(&[en, fi], "bra leverans"));
    assert!(sure(&[fi, sv], "palvelu") > sure(&[sv, en], "palvelu"));
    let none = Detector::new(&[fi, sv], None).detect("palvelu").confidence;
    assert!(sure(&[fi, sv], "palvelu") > none, "without a default no language is likelier");
}

fn decide(text: &str, named: Option<&str>, known: Option<[u32; 4]>) -> Detection {
    let detector = detector();
    let evidence = known.map_or(Evidence::default(), |[fi, en, sv, words]| {
        let mut evidence = Evidence::of_words(words);
        for (position, known) in [fi, en, sv].into_iter().enumerate() {
            evidence.know(position, known);
        }
        evidence
    });
    detector.decide(&detector.score(text), text, named.and_then(Language::from_code), &evidence)
}

#[test]
fn a_hint_tips_the_scales_and_is_never_absolute() {
    for named in ["sv", "da", "no", "de"] {
        assert_eq!(code(decide("perfekt", Some(named), None)), named);
    }
    let clear = "Paketti tuli perille myöhässä ja oli rikki";
    for named in ["en", "sv", "et", "ru", "tr"] {
        assert_eq!(code(decide(clear, Some(named), None)), "fi", "{named}");
    }
    let sure = decide(clear, None, None).confidence;
    assert!(decide(clear, Some("fi"), None).confidence >= sure);
    assert!(decide(clear, Some("et"), None).confidence <= sure);
}

#[test]
fn a_hint_names_a_language_that_the_model_does_not_know_apart() {
    let text = "Shërbimi ishte shumë i mirë dhe çmimi i arsyeshëm";
    assert_eq!(code(decide(text, Some("sq"), None)), "sq");
}

#[test]
fn known_words_break_ties() {
    let text = "problem";
    assert!(detector().is_close(&detector().score(text)));
    assert_eq!(code(decide(text, None, Some([0, 1, 0, 1]))), "en");
    assert_eq!(code(decide(text, None, Some([0, 0, 1, 1]))), "sv");
    let clear = "Paketti tuli perille myöhässä ja oli rikki";
    assert!(!detector().is_close(&detector().score(clear)));
    assert_eq!(code(decide(clear, None, Some([0, 7, 0, 7]))), "fi");
    assert!(!detector().is_close(&Scores::default()));
}

#[test]
fn longer_texts_are_surer() {
    let sure = |text| detector().detect(text).confidence;
    assert!(sure("palvelu") < sure("palvelu oli todella ystävällistä ja asia hoitui"));
    assert!(sure("palvelu oli todella ystävällistä ja asia hoitui") > 0.99);
}

#[test]
fn clauses_add_up_to_the_text() {
    let detector = detector();
    let mut sum = Scores::default();
    for clause in ["Hyvä palvelu,", " mutta lasku oli väärin.", " Thanks anyway!"] {
        sum += detector.score(clause);
    }
    assert_eq!(sum, detector.score("Hyvä palvelu, mutta lasku oli väärin. Thanks anyway!"));
    assert_eq!(sum.letters().latin, 42);
}

proptest! {
    #[test]
    fn any_text_is_fine(text in any::<String>(), more in "\\PC{0,300}") {
        let detector = detector();
        for text in [&text, &more, &format!("{more}{text}")] {
            let detection = detector.detect(text);
            prop_assert!((0.0..=1.0).contains(&detection.confidence));
            prop_assert!(detection.language.is_some(), "with a default there is always an answer");
            prop_assert_eq!(detection, detector.detect(text));
        }
    }

    #[test]
    fn words_add_up(words in prop::collection::vec("[a-zA-ZåäöÅÄÖéа-я0-9!,.]{1,8}", 0..12), cut in 0usize..12) {
        let detector = detector();
        let (one, other) = words.split_at(cut.min(words.len()));
        let mut sum = detector.score(&one.join(" "));
        sum += detector.score(&other.join(" "));
        prop_assert_eq!(sum, detector.score(&words.join(" ")));
    }
}

fn project(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_model_is_the_one_of_the_recipe() {
    let hash = Sha256::digest(project("src/language/model.bin"));
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let recipe = String::from_utf8(project("src/language/MODEL.md")).unwrap();
    assert!(recipe.contains(&format!("Model: SHA-256 `{hash}`")), "MODEL.md does not name {hash}");
    let trainer = String::from_utf8(project("tools/train_language.rs")).unwrap();
    for (setting, said) in [
        ("const SEED: u64 = 10;", "seed 10"),
        ("const SAMPLES: usize = 30_000_000;", "30,000,000 samples"),
        ("const FLATTENING: f64 = 0.55;", "power 0.55"),
        ("const COMMONEST: usize = 120_000;", "120,000 commonest"),
    ] {
        assert!(trainer.contains(setting) && recipe.contains(said), "{setting}");
    }
}

#[test]
fn every_package_of_the_recipe_is_fetched_in_its_version() {
    let recipe = String::from_utf8(project("src/language/MODEL.md")).unwrap();
    let script = String::from_utf8(project("tools/train-language")).unwrap();
    let packages: Vec<Vec<&str>> = recipe
        .lines()
        .filter(|line| {
            line.contains(" (PyPI)")
                || line.contains(" (npm)")
                || line.contains(" (Debian")
                || line.contains(" (crates.io)")
        })
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(packages.len(), 6);
    for cells in packages {
        let name = cells[1].split(' ').next().unwrap();
        assert!(script.contains(name) && script.contains(cells[2]), "{name} {}", cells[2]);
    }
}

#[test]
fn texts_that_judge_detectors_are_never_trained_on() {
    for path in ["tools/train-language", "tools/word_table.py"] {
        let script = String::from_utf8(project(path)).unwrap();
        for judge in ["testdata", "treebank", "UD_", "conllu"] {
            assert!(!script.contains(judge), "{path} names {judge}");
        }
    }
}
