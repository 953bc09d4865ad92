//! All endings of a language in a trie from the last letter backwards: one walk finds every legal ending of a word.

use super::letters::{AA, AE, OE};
use super::paradigm::Endings;

/// Letters as endings write them: dots and harmony do not count. 0 is no letter of an ending.
const CODES: [u8; 256] = {
    let mut codes = [0; 256];
    let mut letter = b'a';
    while letter <= b'z' {
        codes[letter as usize] = letter - b'a' + 1;
        letter += 1;
    }
    codes[AE as usize] = codes[b'a' as usize];
    codes[OE as usize] = codes[b'o' as usize];
    codes[AA as usize] = codes[b'o' as usize];
    codes[b'y' as usize] = codes[b'u' as usize];
    codes[b'\'' as usize] = 27;
    codes
};
const LETTERS: usize = 28;

#[derive(Debug, Clone)]
struct Node {
    written: Endings,
    spoken: Endings,
    next: [u16; LETTERS],
}

impl Node {
    const EMPTY: Node = Node { written: Endings::NONE, spoken: Endings::NONE, next: [0; LETTERS] };
}

/// An ending of a word: where it begins and the groups that hold it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    /// First letter of the ending.
    pub(crate) at: usize,
    /// Groups of the written language.
    pub(crate) written: Endings,
    /// Groups of the spoken language.
    pub(crate) spoken: Endings,
}

/// The endings of a language.
#[derive(Debug, Clone)]
pub(crate) struct EndingTable {
    nodes: Vec<Node>,
}

impl EndingTable {
    /// A table without endings.
    pub(crate) fn new() -> EndingTable {
        EndingTable { nodes: vec![Node::EMPTY] }
    }

    /// Adds an ending of the written language to groups.
    pub(crate) fn add(&mut self, ending: &str, groups: Endings) {
        let node = self.node(ending);
        self.nodes[node].written |= groups;
    }

    /// Adds an ending of the spoken language to groups.
    pub(crate) fn add_spoken(&mut self, ending: &str, groups: Endings) {
        let node = self.node(ending);
        self.nodes[node].spoken |= groups;
    }

    fn node(&mut self, ending: &str) -> usize {
        let mut node = 0;
        for letter in ending.bytes().rev() {
            let code = usize::from(CODES[usize::from(letter)]);
            if self.nodes[node].next[code] == 0 {
                let new = u16::try_from(self.nodes.len()).unwrap_or_default();
                self.nodes[node].next[code] = new;
                self.nodes.push(Node::EMPTY);
            }
            node = usize::from(self.nodes[node].next[code]);
        }
        node
    }

    /// Every written ending that does not end in one of `suffixes` behind another ending.
    pub(crate) fn without_suffixes(&self, suffixes: &[&str]) -> Vec<(String, Endings)> {
        let mut all = Vec::new();
        self.collect(0, &mut String::new(), &mut all);
        // What stands before a possessive may have lost its last letters: kse- of ksi, i- of in.
        let stands = |rest: &str| {
            all.iter().any(|(ending, _)| ending == rest)
                || ["kse", "i", "hi", "sii", "see"].contains(&rest)
        };
        // ssaan is ssa with a vowel and n; behind anything else those are an ending of their own.
        let fits = |rest: &str, suffix: &str| {
            let vowel = suffix.len() == 2 && suffix.ends_with('n');
            stands(rest)
                && (!vowel || (!rest.is_empty() && rest.chars().last() == suffix.chars().next()))
        };
        let bare = |ending: &str| {
            !suffixes
                .iter()
                .any(|suffix| ending.strip_suffix(suffix).is_some_and(|rest| fits(rest, suffix)))
        };
        all.iter().filter(|(ending, _)| bare(ending)).cloned().collect()
    }

    fn collect(&self, node: usize, reversed: &mut String, all: &mut Vec<(String, Endings)>) {
        if self.nodes[node].written != Endings::NONE {
            all.push((reversed.chars().rev().collect(), self.nodes[node].written));
        }
        for letter in (b'a'..=b'z').chain([b'\'']).filter(|letter| *letter != b'y') {
            let next = self.nodes[node].next[usize::from(CODES[usize::from(letter)])];
            if next > 0 {
                reversed.push(char::from(letter));
                self.collect(usize::from(next), reversed, all);
                reversed.pop();
            }
        }
    }

    /// The endings of a word, the shortest first; the empty one is among them where the language has it.
    #[inline]
    pub(crate) fn cuts(&self, word: &[u8], cuts: &mut Vec<Cut>) {
        cuts.clear();
        let mut node = &self.nodes[0];
        let mut at = word.len();
        loop {
            if node.written.0 | node.spoken.0 != 0 {
                cuts.push(Cut { at, written: node.written, spoken: node.spoken });
            }
            let Some(&letter) = at.checked_sub(1).and_then(|before| word.get(before)) else {
                return;
            };
            let next = node.next[usize::from(CODES[usize::from(letter)])];
            if next == 0 {
                return;
            }
            node = &self.nodes[usize::from(next)];
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morphology::letters::to_letters;

    #[test]
    fn one_walk_finds_every_ending() {
        let mut table = EndingTable::new();
        for ending in ["", "ssa", "sta", "a", "kaan"] {
            table.add(ending, Endings::group(1));
        }
        let mut cuts = Vec::new();
        table.cuts(&to_letters("työssä"), &mut cuts);
        assert_eq!(cuts.iter().map(|cut| cut.at).collect::<Vec<_>>(), [6, 5, 3]);
        table.cuts(&[], &mut cuts);
        assert_eq!(cuts.len(), 1);
    }
}
