//! Telling the language of texts, one core, beside whatlang on the same texts.
//!
//! `cargo bench --bench language`: own sentences of 73 bytes on average, in the mix of a Finnish company (of 39: 27
//! Finnish, 8 English, 2 Swedish, Estonian, German; and one text in two hundred that the model has no lane for, so that
//! whatlang names its language), and short answers of at most five words.
#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use kymppi::language::Detector;
use kymppi::text::Language;
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;

const PASSES: usize = 15;
const COPIES: usize = 200;

const SENTENCES: [&str; 39] = [
    "Asiakaspalvelija oli ystävällinen ja osasi auttaa heti kun pääsin vihdoin läpi",
    "Toimitus kesti luvatun kolmen päivän sijaan melkein kaksi viikkoa, todella huono juttu",
    "Sovellus kaatuu joka kerta kun yritän maksaa laskun puhelimella",
    "Hinta-laatusuhde on kohdallaan ja valikoima riittää meidän perheelle hyvin",
    "Jonotin puhelimessa lähes tunnin eikä kukaan osannut vastata kysymykseeni",
    "Myyjä tunsi tuotteet erinomaisesti, sain juuri sen mitä olin hakemassa",
    "Laskussa oli taas ylimääräinen maksu, josta ei ollut mitään puhetta",
    "Kaikki meni niin kuin pitikin, tulen varmasti käymään uudestaan",
    "Verkkokauppa on sekava ja hakutoiminto ei löydä tuotteita nimellä",
    "Huoltomies saapui sovittuna aikana ja siivosi vielä jälkensäkin",
    "Ruoka oli kylmää kun se tuotiin pöytään, muuten mukava ilta",
    "Olen ollut asiakas kymmenen vuotta enkä ole koskaan joutunut pettymään",
    "Kukaan ei ilmoittanut että aika oli peruttu, ajoin turhaan kaupunkiin",
    "tosi hyvä fiilis jäi tästä käynnistä vaikka vähän jännitti etukäteen",
    "Vakuutuksen korvaushakemus käsiteltiin yllättävän nopeasti, siitä iso plussa",
    "Pakkaus oli revennyt matkalla ja osa tavaroista puuttui kokonaan",
    "Parkkipaikkoja saisi olla enemmän, varsinkin perjantaisin on aivan täyttä",
    "Chat-palvelu vastasi minuutissa ja ongelma ratkesi samalla kertaa",
    "Pitäisi saada suomenkielinen ohje mukaan, nyt piti arvailla miten tämä toimii",
    "Lääkäri kuunteli rauhassa eikä kiirehtinyt, tuli tunne että minusta välitetään",
    "Hinnat ovat nousseet jo kolmannen kerran tänä vuonna, harkitsen vaihtamista",
    "Netti pätkii iltaisin ja asiakaspalvelusta sanotaan vain että käynnistä reititin",
    "Siivous oli tehty huolimattomasti, kylpyhuoneen lattialla oli vielä hiuksia",
    "Paras ostopaikka mitä tiedän, suosittelen lämpimästi kaikille tutuille",
    "Palautus onnistui helposti ja rahat olivat tilillä seuraavana päivänä",
    "ei muuta valittamista kuin se että jono kassalla oli ihan liian pitkä",
    "Tilausvahvistus tuli vasta seuraavana päivänä, ehdin jo huolestua",
    "The delivery arrived two days late and nobody told me about the delay",
    "Very friendly staff who took the time to explain all the options to us",
    "The app logs me out every single time and I have to type my password again",
    "Good value for money, although the waiting time on the phone was too long",
    "I would have given a ten if the invoice had been right the first time",
    "Everything from booking to check-out was easy and the room was spotless",
    "Support solved my problem within five minutes, could not be happier",
    "The website is hard to use on a phone and the search finds nothing",
    "Personalen var trevlig men det tog alldeles för lång tid att få hjälp",
    "Leveransen kom i tid och allt fungerade precis som jag hade hoppats på",
    "Teenindus oli kiire ja sõbralik, aga hinnad võiksid olla natuke odavamad",
    "Die Lieferung kam pünktlich, nur die Verpackung war leider beschädigt",
];

/// Comes once in five rounds of the others.
const RARE: &str = "Kargo çok geç geldi ama müşteri hizmetleri sorunu hemen çözdü";

const SHORT: [&str; 20] = [
    "hyvä palvelu",
    "kiitos",
    "ei toimi",
    "liian kallis",
    "ystävällinen henkilökunta",
    "nopea ja helppo asiointi",
    "tosi huono kokemus",
    "pitkä jono kassalla",
    "kaikki hyvin",
    "sovellus kaatuu",
    "parempi kuin ennen",
    "mukava myyjä, hyvä hinta",
    "en suosittele kenellekään",
    "laskussa oli virhe",
    "great service",
    "too expensive",
    "very helpful staff",
    "waited too long",
    "trevlig personal",
    "väga hea",
];

fn main() {
    let detector = Detector::new(&Language::ALL, Some(Language::FINNISH));
    println!(
        "{:<24} {:>6} {:>12} {:>8} {:>14} {:>8}",
        "", "bytes", "texts/s", "MB/s", "whatlang/s", "ratio"
    );
    let mut sentences = SENTENCES.repeat(5);
    sentences.push(RARE);
    for (name, texts) in [("sentences", &sentences[..]), ("at most five words", &SHORT[..])] {
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        let ours = rate(texts, COPIES, |text| {
            black_box(detector.detect(text));
        });
        let whatlang = rate(texts, COPIES / 50, |text| {
            black_box(whatlang::detect(text));
        });
        let mean = bytes as f64 / texts.len() as f64;
        println!(
            "{name:<24} {mean:>6.1} {ours:>12.0} {:>8.0} {whatlang:>14.0} {:>8.0}",
            ours * mean / 1e6,
            ours / whatlang
        );
        let letters = rate(texts, COPIES, |text| {
            black_box(detector.score(text));
        });
        println!(
            "{:<24} {mean:>6.1} {letters:>12.0} {:>8.0}",
            "  scores only",
            letters * mean / 1e6
        );
    }
}

/// Texts a second of CPU time, the best of several passes.
fn rate(texts: &[&str], copies: usize, work: impl Fn(&str)) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..PASSES {
        let start = cpu();
        for _ in 0..copies {
            texts.iter().for_each(|text| work(black_box(text)));
        }
        best = best.min(cpu() - start);
    }
    (texts.len() * copies) as f64 / best
}

fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
