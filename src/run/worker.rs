//! Enriches slices: rows in, columns and counts out.

use super::parallel::Step;
use super::reader::Work;
use crate::config::{Band, Config};
use crate::enrich::{Enricher, Language, Reading, Scratch};
use crate::error::Error;
use crate::tables::{InputScore, MentionRows, ResponseRows, SignalRows};
use crate::tally::{
    IdFingerprints, Layout, Moment, Response, Rows, Seen, Sieve, Tally, TermCounter, Terms,
};
use arrow::array::RecordBatch;
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A slice enriched.
pub(super) struct Enriched {
    /// The added columns of `responses`.
    pub(super) responses: RecordBatch,
    /// The rows of `mentions`.
    pub(super) mentions: RecordBatch,
    /// The rows of `signals`.
    pub(super) signals: RecordBatch,
    /// The run counters.
    pub(super) counters: Tally,
    /// What else there is to count.
    pub(super) rows: Rows,
    /// Fingerprints of the ids.
    pub(super) ids: Vec<u64>,
}

/// A wave of slices enriched, in order, and the terms of the shards that are over.
#[derive(Default)]
pub(super) struct Wave {
    pub(super) steps: Vec<Step<Enriched>>,
    /// By shard, several of a shard in no order.
    pub(super) terms: Vec<(u64, Terms)>,
    /// The first shard that is not over.
    pub(super) open: u64,
}

/// What one thread works with.
struct Desk {
    scratch: Scratch,
    terms: TermCounter,
    sieve: Sieve,
}

/// Enriches slices; shared by all threads.
pub(super) struct Worker<'c> {
    config: &'c Config,
    enricher: &'c Enricher,
    layout: &'c Layout,
    /// What is counted of a response whose text is left out.
    nothing: Reading,
    /// Desks that no thread uses right now; taken and put back once a slice.
    desks: Mutex<Vec<Desk>>,
}

impl<'c> Worker<'c> {
    pub(super) fn new(
        config: &'c Config,
        enricher: &'c Enricher,
        layout: &'c Layout,
    ) -> Worker<'c> {
        let nothing = Reading::default();
        Worker { config, enricher, layout, nothing, desks: Mutex::new(Vec::new()) }
    }

    /// Enriches the slices of a wave on all threads; their order stays. An empty wave is the last.
    pub(super) fn enrich(&self, steps: Vec<Step<Work>>) -> Result<Wave, Error> {
        let shard = |step: &Step<Work>| match step {
            Step::Slice(work) => Some(work.shard),
            _ => None,
        };
        let open = match steps.iter().rev().find_map(shard) {
            Some(shard) => shard,
            None if steps.is_empty() => u64::MAX,
            None => 0,
        };
        let one = |step| {
            Ok(match step {
                Step::Open(file) => Step::Open(file),
                Step::EndRowGroup(row_group) => Step::EndRowGroup(row_group),
                Step::Close => Step::Close,
                Step::Slice(work) => {
                    let mut desk = self.desks().pop().unwrap_or_else(|| self.new_desk());
                    let enriched = self.slice(&work, &mut desk);
                    self.desks().push(desk);
                    Step::Slice(enriched?)
                }
            })
        };
        let steps = steps.into_par_iter().map(one).collect::<Result<_, Error>>()?;
        let terms = self.desks().iter_mut().flat_map(|desk| desk.terms.harvest(open)).collect();
        Ok(Wave { steps, terms, open })
    }

    fn desks(&self) -> MutexGuard<'_, Vec<Desk>> {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn new_desk(&self) -> Desk {
        let terms = TermCounter::new(self.layout.shape.bins, self.layout.k_anon);
        Desk { scratch: Scratch::default(), terms, sieve: Sieve::new(self.layout) }
    }

    fn slice(&self, work: &Work, desk: &mut Desk) -> Result<Enriched, Error> {
        let Desk { scratch, terms, sieve } = desk;
        terms.begin(work.shard);
        let taxonomy = &self.enricher.lexicons().taxonomy;
        let input = work.file.input();
        let questions: Vec<&str> = self
            .config
            .input
            .columns
            .text
            .iter()
            .map(|question| question.column.as_str())
            .collect();
        let mut responses = ResponseRows::new(self.config, work.file.own_id(), work.rows.len());
        let mut mentions = MentionRows::new(work.rows.len());
        let mut signals = SignalRows::new(work.rows.len());
        let mut tally = Tally::counters(self.layout);
        let mut rows = Rows::new(self.layout);
        let mut ids = Vec::with_capacity(work.rows.len());
        let mut texts: Vec<Option<Cow<'_, str>>> = Vec::with_capacity(questions.len());
        for row in 0..work.rows.len() {
            texts.clear();
            texts.extend((0..questions.len()).map(|question| work.rows.text(row, question)));
            // A text that had to be copied was no UTF-8.
            tally.invalid_utf8 +=
                u64::from(texts.iter().any(|text| matches!(text, Some(Cow::Owned(_)))));
            let named = work.rows.language(row).and_then(|name| Language::from_name(&name));
            let one;
            let many: Vec<Option<&str>>;
            let questions_read = match &texts[..] {
                [text] => {
                    one = [text.as_deref()];
                    &one[..]
                }
                texts => {
                    many = texts.iter().map(Option::as_deref).collect();
                    &many
                }
            };
            self.enricher.read_named(questions_read, named, scratch);
            let reading = scratch.reading();
            let (score, band) = self.score(work.rows.score(row), &mut tally);
            let below_top = self.is_below_top(score);
            let moment = work.rows.moment(row);
            tally.time_missing += u64::from(moment == Moment::Missing && self.layout.timed);
            tally.time_invalid += u64::from(self.layout.calendar.is_invalid(moment));
            let id = work.rows.id(row).unwrap_or_else(|| {
                tally.null_ids += u64::from(self.config.input.columns.id.is_some());
                Cow::Owned(format!("{}#{}", input.relative, work.first_row + row as u64))
            });
            ids.push(IdFingerprints::of(&id));
            tally.add(reading, band);
            let customer = work.rows.customer(row);
            // What is probably misread counts by its score alone, where the pipeline wants it so.
            let left_out = self.config.drivers.exclude_doubtful && reading.doubtful;
            let counted = if left_out { &self.nothing } else { reading };
            let customer = customer.as_deref();
            let response = Response { id: &id, customer, score, moment, reading: counted };
            rows.push(self.layout, &response, work.rows.segments(row));
            if !left_out {
                let (texts, scratch, enricher) = (questions_read, &*scratch, self.enricher);
                let seen = Seen { response, texts, scratch, enricher };
                terms.count(&seen, &rows);
                rows.add_candidates(self.layout, &seen, sieve);
            }
            responses.push(&id, reading, band, below_top, taxonomy);
            mentions.push(&id, reading, &questions, taxonomy);
            signals.push(&id, reading, &questions, &self.enricher.lexicons().signals);
        }
        let fault = |error| Error::write(&input.path, error);
        Ok(Enriched {
            responses: responses.finish().map_err(fault)?,
            mentions: mentions.finish().map_err(fault)?,
            signals: signals.finish().map_err(fault)?,
            counters: tally,
            rows,
            ids,
        })
    }

    /// Whether a valid score could be better.
    fn is_below_top(&self, score: Option<f64>) -> bool {
        let bands = self.layout.bands.as_ref();
        bands.zip(score).is_some_and(|(bands, score)| !bands.is_top(score))
    }

    /// The valid score and its band.
    fn score(&self, score: InputScore, tally: &mut Tally) -> (Option<f64>, Option<Band>) {
        let Some(bands) = &self.layout.bands else {
            return (None, None);
        };
        let number = match score {
            InputScore::Number(number) => Some(number),
            InputScore::Unreadable => None,
            InputScore::Missing => {
                tally.score_missing += 1;
                return (None, None);
            }
        };
        let band = number.and_then(|number| bands.band(number));
        tally.score_invalid += u64::from(band.is_none());
        (number.filter(|_| band.is_some()), band)
    }
}
