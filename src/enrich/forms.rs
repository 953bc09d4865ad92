//! How an entry stands in its stretch, and what it is worth there.

use super::analysis::Analysis;
use super::clauses::nearby;
use super::scoring::{self, Contribution, Form, Rule};
use super::surface;
use crate::config::Expects;
use crate::lexicons::LanguageLexicon;
use crate::text::{Gap, TokenKind};
use std::ops::Range;

/// How many entries or modifiers behind an entry are looked at: a bound that keeps a clause of a million words linear.
const NEIGHBOURS: usize = 8;
/// How many tokens behind an entry the negator of "parempaa palvelua ei saa" may stand.
pub(super) const FRONTED_REACH: usize = 2;

impl Analysis {
    /// What the first of some entries, which run to the end of their stretch, is worth. `watch` sees how.
    pub(super) fn weigh(
        &self,
        text: &str,
        lexicon: &LanguageLexicon,
        entries: Range<usize>,
        modifiers: &Range<usize>,
        watch: impl FnMut(Rule, f64),
    ) -> Contribution {
        let hit = &self.entries[entries.start];
        let entry = lexicon.entry(hit.id);
        // A face is no word of the sentence: nothing turns it.
        if self.tokens[hit.tokens.start].kind == TokenKind::Emoji {
            return Contribution { value: entry.valence, ..Contribution::default() };
        }
        let mut form = self.form(text, lexicon, entries, modifiers);
        form.wished |= form.comparative && self.expects == Some(Expects::Negative);
        let near = nearby(&self.modifiers[modifiers.clone()], hit);
        scoring::contribution(entry, hit, near, form, watch)
    }

    fn form(
        &self,
        text: &str,
        lexicon: &LanguageLexicon,
        entries: Range<usize>,
        modifiers: &Range<usize>,
    ) -> Form {
        let hit = &self.entries[entries.start];
        let entry = lexicon.entry(hit.id);
        if entry.valence == 0.0 {
            return Form::default();
        }
        let next = self.entries[entries.start + 1..entries.end]
            .iter()
            .take(NEIGHBOURS)
            .find(|next| lexicon.entry(next.id).valence != 0.0);
        let followed = next.is_some_and(|next| next.tokens.start == hit.tokens.end);
        if hit.tokens.len() > 1 {
            let inside = &self.modifiers[modifiers.clone()];
            let inside = &inside
                [inside.partition_point(|modifier| modifier.tokens.start <= hit.tokens.start)..];
            let negated = !entry.denies
                && inside.iter().take(NEIGHBOURS).any(|modifier| {
                    modifier.kind.negates() && modifier.tokens.end < hit.tokens.end
                });
            return Form { followed, negated, ..Form::default() };
        }
        let word = self.tokens[hit.tokens.start].of(text);
        let language = lexicon.language();
        let comparative = surface::is_comparative(language, word, &entry.text);
        let partitive = surface::is_partitive(language, word);
        let stretch = &self.modifiers[modifiers.clone()];
        let first = stretch.partition_point(|modifier| modifier.tokens.start < hit.tokens.end);
        let behind = stretch[first..].iter().take(NEIGHBOURS).find(|hit| hit.kind.negates());
        let fronted = partitive
            && next.is_none()
            && behind.is_some_and(|negator| {
                let distance = negator.tokens.start - hit.tokens.end;
                !negator.used_up && distance < FRONTED_REACH
            });
        let before = nearby(stretch, hit).iter().rev().find(|hit| hit.kind.negates());
        // "Parempaa en ole saanut", "never had better", but not "ei parempi kuin ennen".
        let denied = (partitive && (behind.is_some() || before.is_some()))
            || before.is_some_and(|hit| surface::is_sweeping(self.written(text, &hit.tokens)));
        Form {
            wished: false,
            followed,
            negated: fronted,
            comparative,
            unsurpassed: comparative && denied && !self.compares(text, hit.tokens.end),
            emphatic: surface::is_drawn_out(word) || (self.mixed_case && surface::is_shouted(word)),
        }
    }

    /// Some tokens as they stand in the text.
    fn written<'t>(&self, text: &'t str, tokens: &Range<usize>) -> &'t str {
        let bytes = self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end;
        text.get(bytes).unwrap_or_default()
    }

    /// Whether `than` stands among the words from a token on.
    fn compares(&self, text: &str, from: usize) -> bool {
        let words = self.tokens.iter().skip(from).take(NEIGHBOURS);
        words
            .take_while(|token| token.gap == Gap::Open)
            .any(|token| surface::is_than(token.of(text)))
    }
}
