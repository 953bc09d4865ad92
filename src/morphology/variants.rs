//! What people type for a word: letters drawn out, dots left out, one letter wrong.

use super::letters::{AE, OE};

/// Shorter words are not searched for typos.
pub(super) const SHORTEST_TYPO: usize = 7;
/// Shorter entries are not found by typos.
pub(super) const SHORTEST_TYPO_ENTRY: usize = 5;
/// Shorter words typed without dots would match anything.
const SHORTEST_UNDOTTED: usize = 4;
/// Runs that are shortened one by one; more are shortened together.
const RUNS: usize = 3;

/// Whether a letter stands three times or more in a row: `hyväää`.
pub(super) fn is_elongated(word: &[u8]) -> bool {
    word.windows(3).any(|three| three[0] == three[1] && three[1] == three[2])
}

/// Whether a word may have been typed without dots.
pub(super) fn is_undotted(word: &[u8]) -> bool {
    word.len() >= SHORTEST_UNDOTTED && !word.iter().any(|&letter| letter == AE || letter == OE)
}

/// The words that a drawn-out one may stand for: every run of three or more as one letter or two.
pub(super) fn shortened(word: &[u8], mut each: impl FnMut(&[u8])) {
    let runs = || word.chunk_by(|a, b| a == b);
    let long = runs().filter(|run| run.len() > 2).count();
    let choices = long.min(RUNS);
    // Two letters first: a long vowel is commoner than a doubled mistake.
    for choice in (0..1usize << choices).rev() {
        let mut number = 0;
        let mut candidate = Vec::with_capacity(word.len());
        for run in runs() {
            let kept = if run.len() > 2 {
                let bit = number.min(RUNS - 1);
                number += 1;
                1 + (choice >> bit & 1)
            } else {
                run.len()
            };
            candidate.extend_from_slice(&run[..kept]);
        }
        each(&candidate);
    }
}

/// Every word that is one letter off, but for the first letter: one dropped, doubled, changed, two swapped.
pub(super) fn one_edit(word: &[u8], mut each: impl FnMut(&[u8])) {
    const LETTERS: [u8; 24] = [
        b'a', b'b', b'c', b'd', b'e', b'f', b'g', b'h', b'i', b'j', b'k', b'l', b'm', b'n', b'o',
        b'p', b'r', b's', b't', b'u', b'v', b'y', AE, OE,
    ];
    let mut candidate = Vec::with_capacity(word.len() + 1);
    let mut try_with = |head: &[u8], middle: &[u8], tail: &[u8]| {
        candidate.clear();
        candidate.extend_from_slice(head);
        candidate.extend_from_slice(middle);
        candidate.extend_from_slice(tail);
        each(&candidate);
    };
    for at in 1..=word.len() {
        let (head, tail) = word.split_at(at);
        if let [first, rest @ ..] = tail {
            try_with(head, &[], rest);
            if let [second, rest @ ..] = rest {
                try_with(head, &[*second, *first], rest);
            }
        }
        for letter in LETTERS {
            try_with(head, &[letter], tail);
            if let [first, rest @ ..] = tail
                && *first != letter
            {
                try_with(head, &[letter], rest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morphology::letters::{shown, to_letters};

    #[test]
    fn long_runs_are_one_letter_or_two() {
        let mut all = Vec::new();
        shortened(&to_letters("hyväää"), |word| all.push(shown(word)));
        assert_eq!(all, ["hyvää", "hyvä"]);
        assert!(is_elongated(b"hyvaaa") && !is_elongated(b"hyvaa"));
    }

    #[test]
    fn one_edit_reaches_the_neighbours() {
        let mut all = Vec::new();
        one_edit(b"palvellu", |word| all.push(shown(word)));
        assert!(all.iter().any(|word| word == "palvelu"));
        assert!(all.iter().all(|word| word.starts_with('p')));
    }
}
