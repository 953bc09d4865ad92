//! How often somebody got in touch and how long they waited, where they say so. Looked for only in texts that speak of
//! contacts or waiting at all.

use super::numbers::{self, Quantity, Unit};
use super::{Because, Text};
use crate::lexicons::SignalId;
use crate::text::{Gap, Language, TokenKind, normalise};
use std::borrow::Cow;
use std::ops::Range;

/// How many tokens around a number what is counted may stand ("soitin heille viime viikolla kolme kertaa").
const REACH: usize = 8;
/// How many words may stand between a number and what is counted ("three different calls").
const BETWEEN: usize = 1;
/// From so many contacts on they repeat.
const REPEATED: i32 = 2;
/// More contacts than that are a figure of speech ("soitin sata kertaa").
const MOST_CONTACTS: f64 = 99.0;
/// Nobody waits for longer on a phone or in a queue: a day.
const MOST_MINUTES: f64 = 24.0 * 60.0;

impl Text<'_> {
    /// The most contacts stated: "kolmas kerta kun soitin", "called twice", "six e-mails". Several of them are
    /// `repeat_contact`.
    pub(super) fn contacts(&mut self) -> Option<i32> {
        if !self.said.has(SignalId::CLUE_CONTACT) {
            return None;
        }
        let places: Vec<usize> =
            self.said_at(SignalId::CLUE_CONTACT).map(|(_, token)| token).collect();
        let counted = |at: usize| {
            let (value, ordinal) = match self.quantity(at)? {
                Quantity::Often(value) => return self.near(&places, at).then_some(value),
                Quantity::Many(value) => (value, false),
                Quantity::Nth(value) => (value, true),
            };
            // "Kolmas puhelu", "six e-mails"
            let direct =
                (at + 1..=at + 1 + BETWEEN).any(|next| places.binary_search(&next).is_ok());
            let times = self.unit_behind(at) == Some(Unit::Times);
            // "The first call" and "a call" say nothing of how many there were.
            let vague = value < 2.0 && (ordinal || is_article(&self.word(at)));
            let counts = direct || times && self.near(&places, at);
            (counts && !vague).then_some(value)
        };
        let most = self
            .around(&places)
            .filter_map(|at| Some((counted(at)?, at)))
            .filter(|(value, _)| (1.0..=MOST_CONTACTS).contains(value))
            .max_by(|(a, _), (b, _)| a.total_cmp(b))?;
        let contacts = whole(most.0);
        if contacts >= REPEATED {
            let clause = self.clause_of(most.1);
            self.add(SignalId::REPEAT_CONTACT, clause..clause + 1, Because::Rule("count"));
        }
        Some(contacts)
    }

    /// The longest wait stated, in minutes. Days are what deliveries and answers take, and no part of it.
    pub(super) fn wait_minutes(&self) -> Option<i32> {
        let clues = self.said_at(SignalId::CLUE_WAITING).map(|(_, token)| token);
        let taxonomy = &self.lexicons.taxonomy;
        let waits = self
            .mentions
            .iter()
            .filter(|row| row.theme.is_some_and(|theme| taxonomy.name(theme) == "wait_access"));
        let entries = waits.flat_map(|row| {
            let clause = self.analysis.clauses.get(row.clause);
            let entries = clause.map_or(0..0, |clause| clause.entries.clone());
            self.analysis.entries[entries].iter().map(|hit| hit.tokens.start)
        });
        let mut places: Vec<usize> = clues.chain(entries).collect();
        places.sort_unstable();
        if places.is_empty() {
            return None;
        }
        let (mut longest, mut before): (f64, Option<(usize, f64)>) = (0.0, None);
        for at in self.around(&places) {
            let Some((minutes, end)) = self.minutes(at) else { continue };
            // "Two hours and 20 minutes"
            let sum = before
                .filter(|(until, hours)| at <= until + BETWEEN && *hours > minutes)
                .map_or(minutes, |(_, hours)| hours + minutes);
            before = Some((end, sum));
            if self.near(&places, at) {
                longest = longest.max(sum);
            }
        }
        (longest > 0.0 && longest <= MOST_MINUTES).then(|| whole(longest))
    }

    /// The minutes that the words from a token on name, and where they end: "45 min", "half an hour", "tunnin".
    fn minutes(&self, at: usize) -> Option<(f64, usize)> {
        let each = |unit: Unit| if let Unit::Minutes(each) = unit { Some(each) } else { None };
        let Some(Quantity::Many(mut value)) = self.quantity(at) else {
            // "Odotin tunnin": the object says that it is one.
            let whole = matches!(&*self.word(at), "tunnin" | "tuntikauden");
            let before = at.checked_sub(1).and_then(|before| self.quantity(before));
            return (whole && before.is_none()).then_some((60.0, at + 1));
        };
        // Its factor counted already: "half an hour", "a couple of hours".
        if at
            .checked_sub(1)
            .is_some_and(|before| self.quantity(before) == Some(Quantity::Many(0.5)))
        {
            return None;
        }
        if numbers::is_both(&self.word(at)) {
            let minutes = value * each(numbers::unit(self.language(at), &self.word(at))?)?;
            return Some((minutes, at + 1));
        }
        for next in at + 1..=at + 2 {
            if let Some(each) = numbers::unit(self.language(at), &self.word(next)).and_then(each) {
                return Some((value * each, next + 1));
            }
            match self.quantity(next) {
                Some(Quantity::Many(other)) if value < 1.0 => value *= other,
                Some(Quantity::Many(other)) if value < 1.5 => value = other,
                _ => {}
            }
        }
        None
    }

    /// What the number at a token counts.
    fn unit_behind(&self, at: usize) -> Option<Unit> {
        let own = self.word(at);
        if numbers::is_both(&own) {
            return numbers::unit(self.language(at), &own);
        }
        (at + 1..=at + 1 + BETWEEN)
            .find_map(|next| numbers::unit(self.language(at), &self.word(next)))
    }

    fn quantity(&self, at: usize) -> Option<Quantity> {
        let kind = self.analysis.tokens.get(at)?.kind;
        (kind != TokenKind::Emoji).then_some(())?;
        numbers::quantity(self.language(at), &self.word(at))
    }

    /// Whether any of some tokens, which grow, stands near one in its sentence.
    fn near(&self, places: &[usize], at: usize) -> bool {
        let sentence = self.sentence(at);
        let first = places.partition_point(|place| *place < sentence.start);
        places.get(first).is_some_and(|place| *place < sentence.end)
    }

    /// The tokens of the sentence around a token, as far as it is looked at.
    fn sentence(&self, at: usize) -> Range<usize> {
        let tokens = &self.analysis.tokens;
        let opens =
            |place: &usize| tokens.get(*place).is_none_or(|token| token.gap == Gap::Sentence);
        let first = at.saturating_sub(REACH);
        let start = (first..=at).rev().find(opens).unwrap_or(first);
        let end = (at + 1..=at + REACH).find(opens).unwrap_or(at + REACH + 1);
        start..end
    }

    /// A token in its normal form.
    fn word(&self, at: usize) -> Cow<'_, str> {
        let word = self.analysis.tokens.get(at).map_or("", |token| token.of(self.text));
        if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            return Cow::Borrowed(word);
        }
        let mut normal = String::new();
        normalise(word, &mut normal);
        Cow::Owned(normal)
    }

    /// The tokens near some others, which grow, each once.
    fn around(&self, places: &[usize]) -> impl Iterator<Item = usize> {
        let end = self.analysis.tokens.len();
        let mut from = 0;
        places.iter().flat_map(move |place| {
            let near = place.saturating_sub(REACH).max(from)..end.min(place + REACH + 1);
            from = near.end.max(from);
            near
        })
    }

    fn language(&self, at: usize) -> Language {
        self.lexicon_at(at).language()
    }
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "en" | "ett")
}

fn whole(number: f64) -> i32 {
    // Both counts are bounded far below.
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the callers")]
    let whole = number.round() as i32;
    whole
}
