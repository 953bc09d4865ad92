//! The words of one language and how common each is: Zipf over lemmas, drawn in constant time.
//!
//! Everything expensive (inflection, weights, the alias table) happens once per run; a draw is
//! three random numbers and two look-ups.

use std::collections::BTreeSet;

use super::function_words::FunctionWords;
use super::inflection::{Form, inflect, invent};
use super::random::Random;

/// Made-up lemmas of each language that is inflected; words of the caller come on top.
const INVENTED: [(&str, usize); 3] = [("fi", 5_000), ("en", 6_000), ("sv", 4_000)];

/// Forms of the head: their table stays in the first cache levels and gets most of the draws.
const HEAD: usize = 2_048;

/// The forms of one language with their frequencies.
pub(super) struct Vocabulary {
    /// The language: its code and its sentence-building words.
    pub(super) language: &'static FunctionWords,
    /// All forms in one allocation, the most common first.
    text: String,
    /// Share of the head in 32 bits.
    head_share: u32,
    head: Vec<Entry>,
    tail: Vec<Entry>,
}

/// A slot of the alias table: keep `own` below the threshold, else take the form of slot `other`.
#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    end: u32,
    threshold: u32,
    other: u32,
}

/// Steepness of Zipf's law.
const EXPONENT: f64 = 1.15;

impl Vocabulary {
    /// Builds the vocabulary from function words, the lemmas of the caller and made-up lemmas.
    pub(super) fn new(
        language: &'static FunctionWords,
        words: &[(&str, Vec<&str>)],
        seed: u64,
    ) -> Self {
        // Streams of row groups count from 0; those of languages count down from the top.
        let tag = language.code.bytes().fold(0, |sum, byte| sum * 256 + u64::from(byte));
        let mut random = Random::new(seed, u64::MAX - tag);
        let lemmas = lemmas(language.code, words, &mut random);

        let mut weighed: Vec<Form> = Vec::new();
        let mut rank = 1.0;
        for word in language.common.split_whitespace() {
            // Mandelbrot's shift: without it "ja" alone would be a twelfth of all words.
            weighed.push((word.to_owned(), zipf(rank + 1.7)));
            rank += 1.0;
        }
        let mut forms = Vec::new();
        for lemma in &lemmas {
            forms.clear();
            inflect(language.code, lemma, &mut random, &mut forms);
            let total: f64 = forms.iter().map(|(_, share)| share).sum();
            let shares = forms.drain(..);
            weighed.extend(shares.map(|(form, share)| (form, share / total * zipf(rank))));
            rank += 1.0;
        }
        Self::from_forms(language, weighed)
    }

    /// Lays forms out for drawing.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of 0..=1 scaled to 32 bits"
    )]
    fn from_forms(language: &'static FunctionWords, mut weighed: Vec<Form>) -> Self {
        // A stable sort, so that equal weights keep their order in every run.
        weighed.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let mut text = String::new();
        let mut spans = Vec::with_capacity(weighed.len());
        for (form, weight) in weighed {
            // 4 GiB of words would be a mistake of the caller; what does not fit is left out.
            let start = u32::try_from(text.len());
            let end = u32::try_from(text.len() + form.len());
            if let (Ok(start), Ok(end)) = (start, end) {
                text.push_str(&form);
                spans.push((start, end, weight));
            }
        }
        let (head, tail) = spans.split_at(spans.len().min(HEAD));
        let sum = |part: &[(u32, u32, f64)]| part.iter().map(|(_, _, weight)| weight).sum::<f64>();
        let share = sum(head) / sum(&spans);
        Self {
            language,
            text,
            head_share: (share * f64::from(u32::MAX)) as u32,
            head: alias_table(head),
            tail: alias_table(tail),
        }
    }

    /// Draws one form.
    #[inline]
    pub(super) fn draw(&self, random: &mut Random) -> &str {
        let entries = if self.tail.is_empty() || random.half() < self.head_share {
            &self.head
        } else {
            &self.tail
        };
        let Some(entry) = entries.get(random.index(entries.len())) else {
            return "";
        };
        let chosen = if random.half() < entry.threshold {
            entry
        } else {
            entries.get(entry.other as usize).unwrap_or(entry)
        };
        self.text.get(chosen.start as usize..chosen.end as usize).unwrap_or("")
    }

    /// How many forms there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.head.len() + self.tail.len()
    }
}

/// How common the lemma of a rank is. The exponent makes the vocabulary of as many words about as rich as that of real
/// feedback: 420,000 English words of airline reviews hold 12,000 distinct forms, Finnish survey answers a little over
/// half as many as Finnish forum posts of the same length.
fn zipf(rank: f64) -> f64 {
    rank.powf(-EXPONENT)
}

/// Lemmas in the order of their rank: those of the caller early, made-up ones in the long tail.
fn lemmas(code: &str, words: &[(&str, Vec<&str>)], random: &mut Random) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut given: Vec<String> = words
        .iter()
        .filter(|(language, _)| *language == code)
        .flat_map(|(_, lemmas)| lemmas.iter().map(|lemma| lemma.trim().to_owned()))
        .filter(|lemma| !lemma.is_empty() && seen.insert(lemma.clone()))
        .collect();
    random.shuffle(&mut given);
    let wanted = INVENTED.iter().find(|(language, _)| *language == code);
    let mut invented = Vec::new();
    // Drawn a fixed number of times, so that repeats cannot make this endless.
    for _ in 0..wanted.map_or(0, |(_, count)| *count) {
        let lemma = invent(code, random);
        if seen.insert(lemma.clone()) {
            invented.push(lemma);
        }
    }
    // Real feedback has unknown names among its common words too: one in four.
    let mut mixed = Vec::with_capacity(given.len() + invented.len());
    let mut rest = invented.into_iter();
    for (number, lemma) in given.into_iter().enumerate() {
        mixed.push(lemma);
        if number % 3 == 2 {
            mixed.extend(rest.next());
        }
    }
    mixed.extend(rest);
    mixed
}

/// Vose's alias method: every slot is equally likely and holds at most two forms.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of 0..=1 scaled to 32 bits saturates; slots are fewer than 2^32 as spans are"
)]
fn alias_table(forms: &[(u32, u32, f64)]) -> Vec<Entry> {
    let total: f64 = forms.iter().map(|(_, _, weight)| weight).sum();
    let scale = forms.len() as f64 / total;
    let mut shares: Vec<f64> = forms.iter().map(|(_, _, weight)| weight * scale).collect();
    let slots = forms.iter().zip(0..);
    let mut entries: Vec<Entry> = slots
        .map(|(&(start, end, _), other)| Entry { start, end, threshold: u32::MAX, other })
        .collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) =
        (0..shares.len()).partition(|&slot| shares[slot] < 1.0);
    while let (Some(poor), Some(&rich)) = (small.pop(), large.last()) {
        entries[poor].threshold = (shares[poor] * f64::from(u32::MAX)) as u32;
        entries[poor].other = rich as u32;
        shares[rich] -= 1.0 - shares[poor];
        if shares[rich] < 1.0 {
            large.pop();
            small.push(rich);
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::super::function_words::LANGUAGES;
    use super::{Random, Vocabulary};

    #[test]
    fn the_alias_table_keeps_the_weights() {
        let forms = [("b", 4.0), ("a", 8.0), ("c", 2.0), ("d", 2.0)];
        let forms = forms.map(|(form, weight)| (form.to_owned(), weight)).to_vec();
        let vocabulary = Vocabulary::from_forms(&LANGUAGES[0], forms);
        let mut random = Random::new(11, 0);
        let mut counts = [0_u32; 4];
        for _ in 0..16_000 {
            let form = vocabulary.draw(&mut random);
            counts[usize::from(form.as_bytes()[0] - b'a')] += 1;
        }
        for (count, expected) in counts.iter().zip([8_000_u32, 4_000, 2_000, 2_000]) {
            assert!(count.abs_diff(expected) < 250, "{counts:?}");
        }
    }

    #[test]
    fn words_of_the_caller_are_used_and_the_rest_is_made_up() {
        let words = [("fi", vec!["toimitus", "", "toimitus"]), ("en", vec!["delivery"])];
        let finnish = Vocabulary::new(&LANGUAGES[0], &words, 5);
        assert!(finnish.len() > 80_000, "{}", finnish.len());
        assert!(finnish.text.contains("toimituksessa"));
        assert!(!finnish.text.contains("delivery"));
        assert!(Vocabulary::new(&LANGUAGES[3], &words, 5).len() > 40);
    }
}
