//! What the entries of the signal list say in a text. They live beside the entries that feel: neither takes words from the
//! other.

use super::clauses::nearby;
use super::facts::TextFacts;
use super::matching::{self, EntryHit, ModifierHit};
use super::scoring::NEGATOR_REACH;
use crate::lexicons::{Entry, EntryId, LanguageLexicon, ModifierKind, SignalId};
use std::ops::Range;

/// How many cues before one are looked at for a longer one: a bound that keeps a clause of a million words linear.
const NEIGHBOURS: usize = 16;

/// A signal as an entry says it.
#[derive(Debug, Clone, PartialEq)]
pub struct CueHit {
    /// The signal, after negation.
    pub signal: SignalId,
    /// The entry.
    pub id: EntryId,
    /// Its tokens from first to last.
    pub tokens: Range<usize>,
    /// The weakest word of the match.
    pub tier: u8,
}

/// Appends the cues of a stretch, whose modifiers are `modifiers`. Of those of one signal that overlap the leftmost counts,
/// then the longest.
pub(super) fn find(
    lexicon: &LanguageLexicon,
    facts: TextFacts<'_>,
    stretch: Range<usize>,
    modifiers: &[ModifierHit],
    cues: &mut Vec<CueHit>,
) {
    let mut hits = Vec::new();
    for at in stretch.clone() {
        matching::find_signalling(lexicon, facts, at, stretch.end, &mut hits);
        for hit in hits.drain(..) {
            let entry = lexicon.entry(hit.id);
            let denied = is_denied(entry, &hit, modifiers);
            for cue in &entry.cues {
                let Some(signal) = (if denied { cue.negated } else { Some(cue.signal) }) else {
                    continue;
                };
                let overlaps =
                    |known: &CueHit| known.signal == signal && known.tokens.end > hit.tokens.start;
                if !cues.iter().rev().take(NEIGHBOURS).any(overlaps) {
                    let EntryHit { id, tokens, tier } = hit.clone();
                    cues.push(CueHit { signal, id, tokens, tier });
                }
            }
        }
    }
}

/// Whether a negator stands before an entry or in its gap. A negator that the entry itself names denies nothing.
fn is_denied(entry: &Entry, hit: &EntryHit, modifiers: &[ModifierHit]) -> bool {
    let mut denied = false;
    for modifier in nearby(modifiers, hit) {
        let Some(distance) = hit.tokens.start.checked_sub(modifier.tokens.end) else { continue };
        match modifier.kind {
            kind if kind.negates() => denied |= distance < NEGATOR_REACH,
            ModifierKind::Addition => denied &= distance == 0,
            _ => {}
        }
    }
    let inside = modifiers.partition_point(|modifier| modifier.tokens.start <= hit.tokens.start);
    let inside = modifiers[inside..]
        .iter()
        .take_while(|modifier| modifier.tokens.end < hit.tokens.end)
        .take(NEIGHBOURS)
        .any(|modifier| modifier.kind.negates());
    denied || inside && !entry.denies
}
