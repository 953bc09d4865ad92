//! What a feeling is about. A clause names topics ("toimitus"), states facts that are opinions about a theme ("myöhässä")
//! and feels ("hyvä"); a feeling is about the topic that stands nearest to it, and a topic that nothing is felt about
//! is only named.

use super::matching::EntryHit;
use super::scoring::Contribution;
use crate::lexicons::{EntryId, LanguageLexicon};

/// How many tokens may stand between two topics that share a feeling ("hinta ja laatu hyvät").
const COORDINATED: usize = 1;
/// How much farther a topic counts that stands behind its feeling, unless right behind it ("hyvä laatu"): it mostly stands
/// before ("laatu on hyvä").
const BEHIND: usize = 1;
/// How many entries before and behind it a feeling may be about: a bound that keeps a clause of a million words linear.
pub(super) const REACH: usize = 8;

/// What an entry is to its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Names a theme without feeling.
    Topic,
    /// Feels something about its own theme.
    Opinion,
    /// Feels something.
    Feeling,
    /// Adds nothing.
    Nothing,
}

fn role(lexicon: &LanguageLexicon, id: EntryId, contribution: &Contribution) -> Role {
    let entry = lexicon.entry(id);
    match (entry.theme, contribution.value != 0.0) {
        (Some(_), true) => Role::Opinion,
        (Some(_), false) if !entry.opinion => Role::Topic,
        (None, true) => Role::Feeling,
        _ => Role::Nothing,
    }
}

/// Says of each entry of a clause whether anything is felt about what it names, and at which entry stands what it is about: its own position for an opinion, that of the
/// first of its coordinated topics for a topic, the nearest of either for a feeling. `first` is the position of the first.
pub(super) fn attribute(
    lexicon: &LanguageLexicon,
    first: usize,
    entries: &[EntryHit],
    contributions: &mut [Contribution],
) {
    let mut leader: Option<(usize, usize)> = None;
    for (offset, hit) in entries.iter().enumerate() {
        contributions[offset].about = None;
        match role(lexicon, hit.id, &contributions[offset]) {
            Role::Topic => {
                let near = leader.filter(|(about, end)| {
                    hit.tokens.start.saturating_sub(*end) <= COORDINATED
                        && first + offset < about + REACH
                });
                let about = near.map_or(first + offset, |(about, _)| about);
                contributions[offset].about = Some(about);
                leader = Some((about, hit.tokens.end));
            }
            Role::Opinion => {
                contributions[offset].about = Some(first + offset);
                contributions[offset].felt = true;
            }
            Role::Feeling | Role::Nothing => {}
        }
    }
    for (offset, hit) in entries.iter().enumerate() {
        if role(lexicon, hit.id, &contributions[offset]) != Role::Feeling {
            continue;
        }
        let distance = |other: &EntryHit| match other.tokens.start.checked_sub(hit.tokens.end) {
            Some(0) => 0,
            Some(behind) => behind + BEHIND,
            None => hit.tokens.start.saturating_sub(other.tokens.end),
        };
        let near = offset.saturating_sub(REACH)..entries.len().min(offset + REACH);
        let of = |wanted: Role, contributions: &[Contribution]| {
            near.clone()
                .filter(|&at| role(lexicon, entries[at].id, &contributions[at]) == wanted)
                .min_by_key(|&at| distance(&entries[at]))
                .and_then(|at| contributions[at].about)
        };
        let about = of(Role::Topic, contributions).or_else(|| of(Role::Opinion, contributions));
        contributions[offset].about = about;
        if let Some(about) = about {
            contributions[about - first].felt = true;
        }
    }
}
