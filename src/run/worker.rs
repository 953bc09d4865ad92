//! Enriches slices: rows in, columns and counts out.

use super::parallel::Step;
use super::reader::Work;
use crate::config::{Band, Config};
use crate::enrich::{Enricher, Language, Scratch};
use crate::error::Error;
use crate::tables::{InputScore, MentionRows, ResponseRows, SignalRows};
use crate::tally::{IdFingerprints, Layout, Moment, Response, Rows, Tally};
use arrow::array::RecordBatch;
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

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

/// Enriches slices; shared by all threads.
pub(super) struct Worker<'c> {
    config: &'c Config,
    enricher: &'c Enricher,
    layout: &'c Layout,
    /// Memories that no thread uses right now; taken and put back once a slice.
    scratch: Mutex<Vec<Scratch>>,
}

impl<'c> Worker<'c> {
    pub(super) fn new(
        config: &'c Config,
        enricher: &'c Enricher,
        layout: &'c Layout,
    ) -> Worker<'c> {
        Worker { config, enricher, layout, scratch: Mutex::new(Vec::new()) }
    }

    /// Enriches the slices of a wave on all threads; their order stays.
    pub(super) fn enrich(&self, steps: Vec<Step<Work>>) -> Result<Vec<Step<Enriched>>, Error> {
        let one = |step| {
            Ok(match step {
                Step::Open(file) => Step::Open(file),
                Step::EndRowGroup(row_group) => Step::EndRowGroup(row_group),
                Step::Close => Step::Close,
                Step::Slice(work) => {
                    let mut scratch = self
                        .scratch
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .pop()
                        .unwrap_or_default();
                    let enriched = self.slice(&work, &mut scratch);
                    self.scratch.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
                    Step::Slice(enriched?)
                }
            })
        };
        steps.into_par_iter().map(one).collect()
    }

    fn slice(&self, work: &Work, scratch: &mut Scratch) -> Result<Enriched, Error> {
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
            let reading = match &texts[..] {
                [text] => self.enricher.read_named(&[text.as_deref()], named, scratch),
                texts => {
                    let texts: Vec<_> = texts.iter().map(Option::as_deref).collect();
                    self.enricher.read_named(&texts, named, scratch)
                }
            };
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
            let response =
                Response { id: &id, customer: customer.as_deref(), score, moment, reading };
            rows.push(self.layout, &response, work.rows.segments(row));
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
