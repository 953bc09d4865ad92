//! Entries inside compounds: as the last part (verkko|kaupassa), the first (kauppa|keskus) or between (verkko|kauppa|tilaus).
//! A split counts only when the other parts are words too; a word that is known and simple is never split.

use super::fi::endings::{MODIFIER, MODIFIER_N};
use super::index::LemmaId;
use super::letters::{AE, LONGEST_WORD, is_vowel};
use super::matcher::{Match, Matcher, Search, Tier, short};
use super::paradigm::{Endings, Kind};
use super::traits::Traits;

/// Stems with this group may stand first in a compound, in every language that has them.
pub(super) const FIRST_PART: Endings = MODIFIER;
/// Shortest part of a compound.
const SHORTEST_PART: usize = 3;
/// Shorter entries are not sought in compounds: `työ`, `maa` are parts of anything.
const SHORTEST_ENTRY: usize = 3;
/// An entry of this length is believed behind an unknown first part: mobiili-, chat-.
pub(super) const SURE_ENTRY: usize = 6;
/// Letters of such an unknown first part.
const UNKNOWN_PART: usize = 4;
/// epä- turns round what follows: epäselvä is no kind of selvä.
const NOT: &[u8] = &[b'e', b'p', AE];
/// An entry that may be sought so.
const EARLIER_ENTRY: Traits = Traits::ENTRY.with(Traits::EARLIER);
/// How many further parts the rest of a word may have.
const DEPTH: usize = 2;

/// What a stretch of a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Not asked yet.
    Unasked,
    /// No known word.
    No,
    /// A known compound.
    Compound,
    /// A known word that is no compound.
    Simple,
}

/// What is known of the stretches of a word, found out once.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// By first letter: the rest of the word.
    rest: [Known; LONGEST_WORD + 1],
    /// By one past the last letter: the beginning as a first part.
    head: [Known; LONGEST_WORD + 1],
    /// As far as the beginnings have been asked for: which may be an entry, a bit each.
    entries: u128,
}

impl Default for Parts {
    fn default() -> Parts {
        Parts {
            rest: [Known::Unasked; LONGEST_WORD + 1],
            head: [Known::Unasked; LONGEST_WORD + 1],
            entries: 0,
        }
    }
}

/// A search for compounds with a matcher.
pub(super) struct Compounds<'m> {
    matcher: &'m Matcher,
}

impl<'m> Compounds<'m> {
    pub(super) fn of(matcher: &'m Matcher) -> Compounds<'m> {
        Compounds { matcher }
    }

    /// Adds the entries that are parts of the word at hand.
    pub(super) fn find(&self, search: &mut Search) {
        let length = search.word.len();
        if length < SHORTEST_PART + SHORTEST_ENTRY - 1 {
            return;
        }
        search.parts.rest[..=length].fill(Known::Unasked);
        search.parts.head[..=length].fill(Known::Unasked);
        search.parts.entries = 0;
        let joints = self.joints(search);
        let all = SHORTEST_PART..=length - SHORTEST_PART;
        for at in all.clone().filter(|at| joints >> at & 1 == 1) {
            if &search.word[..at] != NOT {
                self.last_part(at, search);
            }
            self.head(at, search);
            if search.parts.entries >> at & 1 == 1 {
                self.earlier_part(0, at, DEPTH, search);
            }
        }
        for start in all.clone().filter(|at| joints >> at & 1 == 1) {
            if self.head(start, search) == Known::No {
                continue;
            }
            for end in start + SHORTEST_ENTRY..=length - SHORTEST_PART {
                if joints >> end & 1 == 1 {
                    self.earlier_part(start, end, 1, search);
                }
            }
        }
    }

    /// Where the word may be divided, a bit a letter. When it divides into two known words, the fewest parts are right:
    /// no joint lies inside either of them, unless it is a compound itself (lääke|tieteen, not lääke|tie|teen).
    fn joints(&self, search: &mut Search) -> u64 {
        let length = search.word.len();
        let mut joints = 0;
        for at in SHORTEST_PART..=length - SHORTEST_PART {
            // The rest is looked up at every ending: only behind a known beginning is it worth that.
            let head = self.head(at, search);
            if head == Known::No {
                continue;
            }
            let rest = self.rest(at, search);
            if rest == Known::No {
                continue;
            }
            joints |= 1 << at;
            if head == Known::Compound {
                joints |= (1 << at) - 1;
            }
            if rest == Known::Compound {
                joints |= !0 << at;
            }
        }
        if joints == 0 { !0 } else { joints }
    }

    /// Entries whose form the word ends in from `at` on.
    fn last_part(&self, at: usize, search: &mut Search) {
        let length = search.word.len();
        // Behind an unknown beginning only a long entry would be believed, behind two known parts any.
        let unknown = self.head(at, search) == Known::No;
        let could_be_sure =
            at >= UNKNOWN_PART && length - at >= SURE_ENTRY - 1 && may_be_first(&search.word[..at]);
        if unknown && !could_be_sure && !self.is_first(at, search) {
            return;
        }
        for number in 0..search.cuts.len() {
            let cut = search.cuts[number];
            if cut.at < at + 2 {
                break;
            }
            let postings = self.matcher.index.get(search.prefixes.hash(at..cut.at));
            for posting in postings {
                let traits = self.matcher.traits(posting.lemma);
                let fits = traits.has(Traits::ENTRY.with(Traits::LAST))
                    && posting.kind == Kind::Written
                    && posting.endings.meets(cut.written);
                if !fits {
                    continue;
                }
                let believed = traits.has(Traits::SURE)
                    && at >= UNKNOWN_PART
                    && may_be_first(&search.word[..at]);
                if believed || self.is_first(at, search) {
                    add(posting.lemma, at, cut.at, length, search);
                }
            }
        }
    }

    /// Entries that are the part from `start` to `end` of the word, when what follows is a word.
    fn earlier_part(&self, start: usize, end: usize, depth: usize, search: &mut Search) {
        if end - start < SHORTEST_ENTRY {
            return;
        }
        let matcher = self.matcher;
        for (stem_end, wanted) in modifier_readings(&search.word, end) {
            if stem_end <= start {
                continue;
            }
            let postings = matcher.index.get(search.prefixes.hash(start..stem_end));
            for posting in postings {
                let traits = matcher.traits(posting.lemma);
                let fits = traits.has(EARLIER_ENTRY)
                    && posting.kind == Kind::Written
                    && posting.endings.meets(wanted);
                if fits && self.is_rest(end, depth, search) {
                    add(posting.lemma, start, stem_end, end, search);
                }
            }
        }
    }

    /// Whether the beginning up to `end` is a first part, or two.
    fn is_first(&self, end: usize, search: &mut Search) -> bool {
        self.head(end, search) != Known::No
            || (SHORTEST_PART..(end + 1).saturating_sub(SHORTEST_PART)).any(|middle| {
                self.head(middle, search) != Known::No
                    && self.modifier(middle, end, search) != Known::No
            })
    }

    fn head(&self, end: usize, search: &mut Search) -> Known {
        if search.parts.head[end] == Known::Unasked {
            let (known, entry) = self.part(0, end, search);
            search.parts.head[end] = known;
            search.parts.entries |= u128::from(entry) << end;
        }
        search.parts.head[end]
    }

    /// Whether a stretch is a nominative or genitive that may begin a compound.
    pub(super) fn modifier(&self, start: usize, end: usize, search: &Search) -> Known {
        self.part(start, end, search).0
    }

    /// The same, and whether it may be an entry.
    fn part(&self, start: usize, end: usize, search: &Search) -> (Known, bool) {
        let (mut known, mut entry) = (Known::No, false);
        if end < start + SHORTEST_PART {
            return (known, entry);
        }
        for (stem_end, wanted) in modifier_readings(&search.word, end) {
            if stem_end <= start {
                continue;
            }
            for posting in self.matcher.index.get(search.prefixes.hash(start..stem_end)) {
                let traits = self.matcher.traits(posting.lemma);
                let fits = posting.kind == Kind::Written && posting.endings.meets(wanted);
                if fits && !traits.has(Traits::VERB) {
                    known = known.or(traits.has(Traits::SIMPLE));
                }
                entry |= fits && traits.has(EARLIER_ENTRY);
            }
        }
        (known, entry)
    }

    /// Whether the rest of the word from `start` on is a known word, or a compound of them.
    fn is_rest(&self, start: usize, depth: usize, search: &mut Search) -> bool {
        if self.rest(start, search) != Known::No {
            return true;
        }
        let length = search.word.len();
        depth > 0
            && (start + SHORTEST_PART..length.saturating_sub(SHORTEST_PART - 1)).any(|middle| {
                self.modifier(start, middle, search) != Known::No
                    && self.is_rest(middle, depth - 1, search)
            })
    }

    fn rest(&self, start: usize, search: &mut Search) -> Known {
        if search.parts.rest[start] == Known::Unasked {
            let mut known = Known::No;
            if search.word.len() >= start + SHORTEST_PART {
                for cut in search.cuts.iter().take_while(|cut| cut.at >= start + 2) {
                    for posting in self.matcher.index.get(search.prefixes.hash(start..cut.at)) {
                        if posting.kind == Kind::Written && posting.endings.meets(cut.written) {
                            let traits = self.matcher.traits(posting.lemma);
                            known = known.or(traits.has(Traits::SIMPLE));
                        }
                    }
                }
            }
            search.parts.rest[start] = known;
        }
        search.parts.rest[start]
    }
}

impl Known {
    /// Both this and one more reading; a simple one decides.
    fn or(self, simple: bool) -> Known {
        if simple || self == Known::Simple { Known::Simple } else { Known::Compound }
    }

    /// Whether it is known at all.
    pub(super) fn is_known(self) -> bool {
        self == Known::Simple || self == Known::Compound
    }
}

/// A part that ends at `end` as it stands, and without a genitive's n.
fn modifier_readings(word: &[u8], end: usize) -> [(usize, Endings); 2] {
    let genitive = word.get(end - 1) == Some(&b'n');
    [(end, MODIFIER), (if genitive { end - 1 } else { 0 }, MODIFIER_N)]
}

fn add(lemma: LemmaId, start: usize, ending: usize, end: usize, search: &mut Search) {
    search.matches.push(Match {
        lemma,
        tier: Tier::Compound,
        ambiguous: false,
        start: short(start),
        ending: short(ending),
        end: short(end),
    });
}

/// Whether letters look like the first part of a compound: a vowel inside, a usual last letter.
fn may_be_first(letters: &[u8]) -> bool {
    letters.iter().any(|&letter| is_vowel(letter))
        && letters.last().is_some_and(|&last| is_vowel(last) || b"nsrlt".contains(&last))
}

/// Whether a lemma of so many letters may be sought in compounds.
pub(super) fn long_enough(letters: usize) -> bool {
    letters >= SHORTEST_ENTRY
}
