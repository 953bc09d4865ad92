//! Trains the language model from a table of words with frequencies. `tools/train-language` fetches the words and calls
//! it; `src/language/MODEL.md` is the recipe. The same table gives the same bytes.
//!
//! `cargo run --release --example train_language -- WORDS NGRAMS OUTPUT [SAMPLES]`
//!
//! A sample is a handful of words of one language; the model is a softmax over the sum of its features' rows, divided by
//! the square root of their number, trained with Adagrad and stored as one byte a weight.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a tool for the project's own files"
)]

use fst::Streamer;
use kymppi::language::features::{Features, ROWS};
use kymppi::language::lanes::{LANES, OTHER_CYRILLIC, OTHER_LATIN, is_cyrillic, lane};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SEED: u64 = 10;
const SAMPLES: usize = 30_000_000;
const RATE: f32 = 0.15;
/// Some words are drawn as often as they occur, so that the commonest words of all languages stand on one footing; the
/// others by frequency to this power, so that rare words are seen.
const FLATTENING: f64 = 0.55;
/// Share of the words drawn as often as they occur, in samples of up to two words and in longer ones.
const NATURAL: [f64; 2] = [0.3, 0.6];
/// Share of the samples that are Finnish or English whatever else is drawn: what feedback is mostly in.
const AT_HOME: f64 = 0.2;
/// Share of the Portuguese samples that another lane gets: the language is rare here and takes Spanish texts.
const SELDOM: f64 = 0.5;
/// Words in a sample: of ten samples so many have one, two ... words.
const WORDS: [usize; 20] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 4, 5, 6];
/// Words of a language that are drawn from, and of Finnish, which inflects more: rarer ones would only take weight off
/// the common words, the more so the longer a list is.
const COMMONEST: usize = 120_000;
const COMMONEST_FINNISH: usize = 500_000;
/// How much the letters of a word say about its frequency: their likelihood to this power.
const LETTERS_COUNT: i32 = 4;
/// Samples typed without dots and rings, by lane.
const WITHOUT_MARKS: [(&str, f64); 3] = [("fi", 0.12), ("sv", 0.06), ("et", 0.04)];
/// Samples with a drawn-out letter: `hyvääää`.
const DRAWN_OUT: f64 = 0.02;
/// Of the weights this share is stored unclipped.
const UNCLIPPED: f64 = 0.9995;
const CALIBRATION_SAMPLES: usize = 400_000;

/// `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The words of one language, to be drawn from.
struct Words {
    words: Vec<String>,
    natural: Vec<f64>,
    flattened: Vec<f64>,
    without_marks: f64,
}

/// Running sums of frequencies to a power.
fn sums(table: &[(String, f64)], power: f64) -> Vec<f64> {
    let mut sum = 0.0;
    let add = |(_, frequency): &(String, f64)| {
        sum += frequency.powf(power);
        sum
    };
    table.iter().map(add).collect()
}

impl Words {
    fn new(code: &str, table: Vec<(String, f64)>) -> Words {
        let share = WITHOUT_MARKS.iter().find(|(language, _)| *language == code);
        Words {
            natural: sums(&table, 1.0),
            flattened: sums(&table, FLATTENING),
            words: table.into_iter().map(|(word, _)| word).collect(),
            without_marks: share.map_or(0.0, |(_, share)| *share),
        }
    }

    fn draw(&self, natural: f64, random: &mut Random) -> &str {
        let sums = if random.fraction() < natural { &self.natural } else { &self.flattened };
        let point = random.fraction() * sums.last().unwrap();
        let at = sums.partition_point(|sum| *sum < point);
        &self.words[at.min(self.words.len() - 1)]
    }

    /// A sample text.
    fn sample(&self, random: &mut Random, out: &mut String) {
        out.clear();
        let count = WORDS[random.below(WORDS.len())];
        for _ in 0..count {
            out.push_str(self.draw(NATURAL[usize::from(count > 2)], random));
            out.push(' ');
        }
        if random.fraction() < self.without_marks {
            *out = out.replace(['ä', 'å'], "a").replace(['ö', 'õ'], "o").replace('ü', "u");
        }
        if random.fraction() < DRAWN_OUT {
            let letters: Vec<char> = out.chars().collect();
            let at = random.below(letters.len() - 1);
            *out = letters[..=at].iter().chain(&letters[at..]).chain(&[' ']).collect();
        }
    }
}

/// How likely a letter is after up to four others, in a language.
struct Letters(BTreeMap<String, Vec<(char, f64)>>);

impl Letters {
    fn read(path: &Path) -> Letters {
        let map = fst::Map::new(fs::read(path).unwrap()).unwrap();
        let mut next: BTreeMap<String, Vec<(char, f64)>> = BTreeMap::new();
        let mut stream = map.stream();
        while let Some((key, value)) = stream.next() {
            let mut before = String::from_utf8(key.to_vec()).unwrap();
            let last = before.pop().unwrap();
            next.entry(before).or_default().push((last, f64::from_bits(value).exp()));
        }
        Letters(next)
    }

    /// What may follow, by the longest known stretch before it.
    fn after(&self, before: &[char]) -> &[(char, f64)] {
        let stretches = before.len().saturating_sub(4)..=before.len();
        let mut known =
            stretches.filter_map(|from| self.0.get(&before[from..].iter().collect::<String>()));
        known.next().unwrap()
    }

    /// Words made up letter by letter, for a language without a list.
    fn make_up(&self) -> Vec<(String, f64)> {
        const COUNT: usize = 30_000;
        const LENGTHS: [usize; 12] = [2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10];
        let mut random = Random(SEED + 2);
        let mut word = || {
            let mut word: Vec<char> = Vec::new();
            for _ in 0..LENGTHS[random.below(LENGTHS.len())] {
                let choices = self.after(&word);
                let mut point =
                    random.fraction() * choices.iter().map(|(_, share)| share).sum::<f64>();
                let passed = |(_, share): &&(char, f64)| {
                    point -= share;
                    point <= 0.0
                };
                word.push(choices.iter().find(passed).unwrap_or(&choices[0]).0);
            }
            (word.into_iter().collect(), 1.0)
        };
        (0..COUNT).map(|_| word()).collect()
    }

    /// The mean likelihood of the letters of a word.
    fn likelihood(&self, word: &str) -> f64 {
        let letters: Vec<char> = word.chars().collect();
        let log = |at: usize| {
            let found = self.after(&letters[..at]).iter().find(|(c, _)| *c == letters[at]);
            found.map_or(-8.0, |(_, share)| share.max(3e-4).ln())
        };
        ((0..letters.len()).map(log).sum::<f64>() / letters.len() as f64).exp()
    }

    /// Shares the mass of the words that are equally frequent for want of counts by their letters.
    fn weigh(&self, table: &mut [(String, f64)]) {
        let least = table.last().unwrap().1;
        let rare = table.partition_point(|(_, frequency)| *frequency > least);
        let rare = &mut table[rare..];
        let mut sum = 0.0;
        for (word, frequency) in rare.iter_mut() {
            *frequency = self.likelihood(word).powi(LETTERS_COUNT);
            sum += *frequency;
        }
        let whole = least * rare.len() as f64;
        rare.iter_mut().for_each(|(_, frequency)| *frequency *= whole / sum);
        rare.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
}

/// The languages of each lane.
type Corpus = Vec<Vec<Words>>;

fn corpus(words: &str, ngrams: &str) -> Corpus {
    let mut tables: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for line in fs::read_to_string(words).unwrap().lines() {
        let mut cells = line.split('\t');
        let (language, word, frequency) =
            (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap());
        tables
            .entry(language.to_owned())
            .or_default()
            .push((word.to_owned(), frequency.parse().unwrap()));
    }
    for path in fs::read_dir(ngrams).unwrap().map(|entry| entry.unwrap().path()) {
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let letters = Letters::read(&path);
        match tables.get_mut(&code) {
            Some(table) => letters.weigh(table),
            None => drop(tables.insert(code, letters.make_up())),
        }
    }
    let mut corpus: Corpus = (0..LANES).map(|_| Vec::new()).collect();
    for (code, mut table) in tables {
        table.truncate(if code == "fi" { COMMONEST_FINNISH } else { COMMONEST });
        println!("{code}: {} words, lane {}", table.len(), lane(&code));
        corpus[lane(&code)].push(Words::new(&code, table));
    }
    corpus
}

/// A language of the training mix: its lane and its words.
fn pick<'c>(corpus: &'c Corpus, random: &mut Random) -> (usize, &'c Words) {
    let at_home = random.fraction() < AT_HOME;
    let mut drawn = if at_home { random.below(2) } else { random.below(LANES) };
    if drawn == lane("pt") && random.fraction() < SELDOM {
        drawn = random.below(LANES);
    }
    (drawn, &corpus[drawn][random.below(corpus[drawn].len())])
}

/// Lanes that a text in the script of `lane` is judged by.
fn rivals(lane: usize) -> [bool; LANES] {
    std::array::from_fn(|other| is_cyrillic(other) == is_cyrillic(lane))
}

fn train(corpus: &Corpus, samples: usize) -> Vec<[f32; LANES]> {
    let mut random = Random(SEED);
    let mut weights = vec![[0f32; LANES]; ROWS];
    let mut squares = vec![[1e-8f32; LANES]; ROWS];
    let mut text = String::new();
    let mut rows = Vec::new();
    let (mut right, mut loss, mut seen) = (0usize, 0f64, 0usize);
    for number in 0..samples {
        let (lane, words) = pick(corpus, &mut random);
        words.sample(&mut random, &mut text);
        rows.clear();
        Features::of(&text).rows(|block| rows.extend_from_slice(block));
        if rows.is_empty() {
            continue;
        }
        let scale = 1.0 / (rows.len() as f32).sqrt();
        let mut z = [0f32; LANES];
        for &row in &rows {
            for (z, weight) in z.iter_mut().zip(&weights[usize::from(row)]) {
                *z += weight;
            }
        }
        let rivals = rivals(lane);
        for (z, rival) in z.iter_mut().zip(rivals) {
            *z = if rival { *z * scale } else { f32::NEG_INFINITY };
        }
        let top = z.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        right += usize::from(z[lane] >= top);
        let mut sum = 0f32;
        for z in &mut z {
            *z = (*z - top).exp();
            sum += *z;
        }
        loss -= f64::from((z[lane] / sum).max(1e-9).ln());
        seen += 1;
        let rate = RATE * (1.0 - 0.97 * number as f32 / samples as f32);
        let mut step = [0f32; LANES];
        for (other, step) in step.iter_mut().enumerate() {
            *step = (z[other] / sum - f32::from(u8::from(other == lane))) * scale;
        }
        for &row in &rows {
            let row = usize::from(row);
            let (weights, squares) = (&mut weights[row], &mut squares[row]);
            for at in 0..LANES {
                squares[at] += step[at] * step[at];
                weights[at] -= rate * step[at] / (squares[at].sqrt() + 1e-3);
            }
        }
        if (number + 1).is_multiple_of(2_000_000) {
            println!(
                "{:>9} samples: loss {:.4}, right {:.4}",
                number + 1,
                loss / seen as f64,
                right as f64 / seen as f64
            );
            (right, loss, seen) = (0, 0.0, 0);
        }
    }
    weights
}

/// One byte a weight, and the value of one unit.
fn quantise(mut weights: Vec<[f32; LANES]>) -> (Vec<[i8; LANES]>, f32) {
    // What all rival lanes share says nothing.
    for row in &mut weights {
        for script in [0, OTHER_CYRILLIC] {
            let rivals = rivals(script);
            let count = rivals.iter().filter(|rival| **rival).count() as f32;
            let mean: f32 =
                (0..LANES).filter(|lane| rivals[*lane]).map(|lane| row[lane]).sum::<f32>() / count;
            (0..LANES).filter(|lane| rivals[*lane]).for_each(|lane| row[lane] -= mean);
        }
    }
    let mut sizes: Vec<f32> = weights.iter().flatten().map(|weight| weight.abs()).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let largest = sizes[(sizes.len() as f64 * UNCLIPPED) as usize];
    let unit = largest / 127.0;
    println!("clipped at {largest:.3} of {:.3}", sizes.last().unwrap());
    let byte = |weight: f32| (weight / unit).round().clamp(-127.0, 127.0) as i8;
    (weights.into_iter().map(|row| row.map(byte)).collect(), unit)
}

/// Logistic map of the margin and the number of features to the probability of being right.
fn calibrate(corpus: &Corpus, table: &[[i8; LANES]], unit: f32) -> [f32; 3] {
    let mut random = Random(SEED + 1);
    let mut text = String::new();
    let (mut rows, mut points) = (Vec::new(), Vec::new());
    for _ in 0..CALIBRATION_SAMPLES {
        let (lane, words) = pick(corpus, &mut random);
        words.sample(&mut random, &mut text);
        rows.clear();
        Features::of(&text).rows(|block| rows.extend_from_slice(block));
        let count = rows.len() as f32;
        let mut z = [0f32; LANES];
        for &row in &rows {
            for (z, weight) in z.iter_mut().zip(table[usize::from(row)]) {
                *z += f32::from(weight);
            }
        }
        let rivals = rivals(lane);
        let mut order: Vec<(f32, usize)> = (0..LANES)
            .filter(|lane| rivals[*lane])
            .map(|lane| (z[lane] * unit / count.sqrt(), lane))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        let margin = f64::from(order[0].0 - order[1].0);
        points.push((margin, f64::from(count.ln()), f64::from(u8::from(order[0].1 == lane))));
    }
    let mut at = [0f64, 1.0, 0.0];
    for _ in 0..2000 {
        let mut slope = [0f64; 3];
        for &(margin, count, right) in &points {
            let p = 1.0 / (1.0 + (-(at[0] + margin * (at[1] + at[2] * count))).exp());
            let d = right - p;
            slope[0] += d;
            slope[1] += d * margin;
            slope[2] += d * margin * count;
        }
        let n = points.len() as f64;
        at[0] += slope[0] / n;
        at[1] += 0.3 * slope[1] / n;
        at[2] += 0.05 * slope[2] / n;
    }
    println!("confidence: {at:?}");
    at.map(|value| value as f32)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [words, ngrams, output, more @ ..] = &arguments[..] else {
        panic!("WORDS NGRAMS OUTPUT [SAMPLES]")
    };
    assert!(!words.contains("testdata") && !ngrams.contains("testdata"), "texts that judge");
    let corpus = corpus(words, ngrams);
    assert!(corpus[OTHER_LATIN].len() > 10 && corpus.iter().all(|lane| !lane.is_empty()));
    let samples = more.first().map_or(SAMPLES, |samples| samples.parse().unwrap());
    let (table, unit) = quantise(train(&corpus, samples));
    let confidence = calibrate(&corpus, &table, unit);
    // Stored without a sign: 128 is a weight of nothing.
    let mut bytes: Vec<u8> =
        table.iter().flatten().map(|weight| weight.cast_unsigned() ^ 0x80).collect();
    for value in [unit].into_iter().chain(confidence) {
        bytes.extend(value.to_le_bytes());
    }
    fs::write(output, bytes).unwrap();
}
