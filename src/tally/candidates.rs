//! Finds in a response what may be quoted or followed up. Nearly all responses fall below the bar at once, and no text is
//! made for them.

use super::best::Best;
use super::follow_up::{self, FollowUp, MOST_URGENT, Purpose};
use super::layout::Layout;
use super::quotes::{self, CANDIDATES, Quote, confidence};
use super::rows::{Response, Rows};
use crate::enrich::{Enricher, Mention, Polarity, Scratch};
use std::cmp::Reverse;

/// What one worker has offered so far, as far as it was good. What is worse than all of it, and it is as many as are kept,
/// need not be offered: that changes no result, because what was offered is counted.
#[derive(Debug)]
pub struct Sieve {
    /// By place in [`Quotes`](super::Quotes).
    quotes: Vec<Mesh<quotes::Key>>,
    call_back: Mesh<follow_up::Key>,
    activate: Mesh<follow_up::Key>,
}

/// What has been offered for one place, with its worst at hand: nearly every response only asks for that.
#[derive(Debug, Clone)]
struct Mesh<K> {
    offered: Best<K>,
    worst: Option<K>,
}

impl<K: Ord + Copy> Mesh<K> {
    fn new(most: usize) -> Mesh<K> {
        Mesh { offered: Best::new(most), worst: None }
    }

    fn passes(&self, key: &K) -> bool {
        self.worst.is_none_or(|worst| *key < worst)
    }

    fn add(&mut self, key: K) {
        self.offered.add(key);
        self.worst = self.offered.worst().copied();
    }
}

impl Sieve {
    /// A sieve that has let nothing through yet.
    pub fn new(layout: &Layout) -> Sieve {
        let places = quotes::places(layout.shape);
        Sieve {
            quotes: vec![Mesh::new(CANDIDATES); places],
            call_back: Mesh::new(MOST_URGENT),
            activate: Mesh::new(MOST_URGENT),
        }
    }
}

/// One response with all that was seen in it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'r> {
    /// The response.
    pub response: Response<'r>,
    /// Its texts, by question.
    pub texts: &'r [Option<&'r str>],
    /// What was seen in them.
    pub scratch: &'r Scratch,
    /// Who read them.
    pub enricher: &'r Enricher,
}

impl Rows {
    /// Adds the candidates of the response that was added last.
    pub fn add_candidates(&mut self, layout: &Layout, seen: &Seen<'_>, sieve: &mut Sieve) {
        // A response is quoted once in a place: by its best sentence.
        let mut best: Vec<(usize, Quote)> = Vec::new();
        for mention in &seen.response.reading.mentions {
            let Some((place, quote)) = self.quote(layout, seen, mention, sieve) else { continue };
            match best.iter_mut().find(|(other, _)| *other == place) {
                Some((_, known)) if quote < *known => *known = quote,
                Some(_) => {}
                None => best.push((place, quote)),
            }
        }
        for (place, quote) in best {
            if let Some(offered) = sieve.quotes.get_mut(place) {
                offered.add((quote.rank, quote.response));
            }
            self.offer(place, quote);
        }
        self.follow_up(layout, &seen.response, sieve);
    }

    /// The sentence of a mention with its place, if it may be among the best.
    fn quote(
        &self,
        layout: &Layout,
        seen: &Seen<'_>,
        mention: &Mention,
        sieve: &Sieve,
    ) -> Option<(usize, Quote)> {
        let Seen { response, texts, scratch, enricher } = seen;
        let facts = self.last()?;
        let theme = mention.theme?.index();
        let feature = match mention.polarity {
            Polarity::Positive => 2 * theme,
            Polarity::Negative => 2 * theme + 1,
            Polarity::Neutral => return None,
        };
        let place = quotes::place(layout.shape, feature, facts.bin());
        let offered = sieve.quotes.get(place)?;
        let passes = |rank: i32| offered.passes(&(Reverse(rank), facts.response));
        let (confidence, strength) = (confidence(mention.tier), thousandths(mention.weight));
        if !passes(Quote::rank(confidence, strength, None, 0, 1)) {
            return None;
        }
        let text = (*texts.get(mention.question)?)?;
        let analysis = scratch.analyses().get(mention.question)?;
        let sentence = enricher.sentence(text, mention, analysis)?;
        let mut themes: Vec<_> = response
            .reading
            .mentions
            .iter()
            .filter(|other| {
                other.question == mention.question
                    && other.start < sentence.chars.end
                    && other.end > sentence.chars.start
            })
            .filter_map(|other| other.theme)
            .collect();
        themes.sort_unstable();
        themes.dedup();
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let (redactions, themes) = (count(sentence.redactions), count(themes.len()));
        let rank = Quote::rank(confidence, strength, Some(sentence.length), redactions, themes);
        passes(rank).then(|| {
            let quote = Quote {
                rank: Reverse(rank),
                response: facts.response,
                response_id: response.id.to_owned(),
                customer: facts.customer,
                score: facts.score.map(|(_, parts)| parts),
                stems: enricher.stems_of(scratch, mention.question, text, &sentence),
                text: sentence.text,
                language: facts.language,
                confidence,
                strength,
                redactions,
                themes,
            };
            (place, quote)
        })
    }

    fn follow_up(&mut self, layout: &Layout, response: &Response<'_>, sieve: &mut Sieve) {
        let Some(facts) = self.last() else { return };
        let Some((bands, (bin, parts))) = layout.bands.zip(facts.score) else { return };
        let point = |bin: usize| u32::try_from(bin).unwrap_or(u32::MAX);
        let ends = (point(layout.shape.bins - 1 - bin), point(bin));
        let band = response.score.and_then(|score| bands.band(score));
        let Some((purpose, urgency, reasons)) = follow_up::judge(response.reading, band, ends)
        else {
            return;
        };
        let offered = match purpose {
            Purpose::CallBack => &mut sieve.call_back,
            Purpose::Activate => &mut sieve.activate,
        };
        let day = facts.day();
        let key = (Reverse(urgency), Reverse(day), facts.response);
        if !offered.passes(&key) {
            return;
        }
        offered.add(key);
        let follow_up = FollowUp {
            urgency: Reverse(urgency),
            day: Reverse(day),
            response: facts.response,
            response_id: response.id.to_owned(),
            customer_id: response.customer.map(str::to_owned),
            theme: response.reading.theme_main.map(|theme| theme.index()),
            score: Some(parts),
            reasons,
        };
        self.offer_follow_up(purpose, follow_up);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "weights are 0 to 1")]
fn thousandths(weight: f64) -> i32 {
    (1000.0 * weight).round() as i32
}
