//! Writes what the workers made, in the order of the input.

use super::Progress;
use super::parallel::{Outcome, Step};
use super::worker::{Enriched, Wave};
use crate::config::Config;
use crate::error::Error;
use crate::sinks::{FileRecord, Splice, Staging, TableFile};
use crate::sources::{OpenFile, PositionalFile};
use crate::tables::{RowTable, mentions_schema, responses_schema, signals_schema};
use crate::tally::{IdFingerprints, Layout, Rows, Tally, Terms};
use arrow::array::RecordBatch;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of one input file being written.
struct OpenTables {
    source: Arc<OpenFile>,
    responses: TableFile,
    mentions: TableFile,
    signals: TableFile,
}

/// What the slices of a wave add to the files.
#[derive(Default)]
struct Batches {
    responses: Vec<RecordBatch>,
    mentions: Vec<RecordBatch>,
    signals: Vec<RecordBatch>,
}

/// Writes steps in order and adds up what the workers counted.
pub(super) struct Writer<'c> {
    config: &'c Config,
    staging: &'c Staging,
    open: Option<OpenTables>,
    tally: Tally,
    /// Terms of shards that are not over, by shard.
    terms: BTreeMap<u64, Terms>,
    ids: IdFingerprints,
    files: Vec<FileRecord>,
    progress: &'c dyn Progress,
}

impl<'c> Writer<'c> {
    pub(super) fn new(
        config: &'c Config,
        staging: &'c Staging,
        layout: &Layout,
        progress: &'c dyn Progress,
    ) -> Writer<'c> {
        let (tally, ids) = (Tally::new(layout), IdFingerprints::default());
        let (terms, files) = (BTreeMap::new(), Vec::new());
        Writer { config, staging, open: None, tally, terms, ids, files, progress }
    }

    /// What the parallel step leaves behind.
    pub(super) fn finish(mut self, threads: usize) -> Outcome {
        self.tally.settle();
        Outcome { tally: self.tally, duplicates: self.ids.duplicates(), files: self.files, threads }
    }

    /// Counts and writes a wave.
    pub(super) fn write(&mut self, wave: Wave) -> Result<(), Error> {
        let Wave { mut steps, terms, open } = wave;
        self.count(&mut steps);
        self.count_terms(terms, open);
        let mut batches = Batches::default();
        for step in steps {
            match step {
                Step::Open(source) => self.open = Some(self.create(source)?),
                Step::Slice(slice) => {
                    self.ids.extend(&slice.ids);
                    self.progress.advance(slice.responses.num_rows() as u64);
                    batches.responses.push(slice.responses);
                    batches.mentions.push(slice.mentions);
                    batches.signals.push(slice.signals);
                }
                Step::EndRowGroup(row_group) => {
                    self.encode(&mut batches)?;
                    self.end_row_group(row_group)?;
                }
                Step::Close => self.close()?,
            }
        }
        self.encode(&mut batches)
    }

    /// Counts the slices of a wave, each part of the tally on its own.
    fn count(&mut self, steps: &mut [Step<Enriched>]) {
        let mut slices: Vec<Rows> = Vec::new();
        for step in steps {
            if let Step::Slice(slice) = step {
                self.tally.merge(&slice.counters);
                slices.push(std::mem::take(&mut slice.rows));
            }
        }
        self.tally.parts().into_par_iter().for_each(|part| {
            slices.iter().for_each(|rows| part.add(rows));
        });
    }

    /// Adds the terms of the shards that are over, in the order of the input.
    fn count_terms(&mut self, terms: Vec<(u64, Terms)>, open: u64) {
        for (shard, terms) in terms {
            self.terms.entry(shard).or_default().merge(&terms);
        }
        let still_open = self.terms.split_off(&open);
        for terms in std::mem::replace(&mut self.terms, still_open).into_values() {
            self.tally.terms.merge(&terms);
            self.tally.terms.prune();
        }
    }

    fn create(&self, source: Arc<OpenFile>) -> Result<OpenTables, Error> {
        let table = |table: RowTable, schema, splice| {
            let relative = format!("{}/{}", table.name(), source.input().relative);
            TableFile::create(self.staging.file(&relative)?, relative, Arc::new(schema), splice)
        };
        let without = self.without();
        let responses = table(
            RowTable::Responses,
            responses_schema(self.config, source.own_id()),
            Some(splice(&source, &without)),
        )?;
        let mentions = table(RowTable::Mentions, mentions_schema(), None)?;
        let signals = table(RowTable::Signals, signals_schema(), None)?;
        Ok(OpenTables { responses, mentions, signals, source })
    }

    fn encode(&mut self, batches: &mut Batches) -> Result<(), Error> {
        let Batches { responses, mentions, signals } = std::mem::take(batches);
        let Some(open) = self.open.as_mut().filter(|_| !responses.is_empty()) else {
            return Ok(());
        };
        let (a, b) = rayon::join(
            || open.responses.write(&responses),
            || open.mentions.write(&mentions).and_then(|()| open.signals.write(&signals)),
        );
        a.and(b)
    }

    fn end_row_group(&mut self, row_group: usize) -> Result<(), Error> {
        let without = self.without();
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        open.responses.end_row_group(Some((splice(&open.source, &without), row_group)))?;
        open.mentions.end_row_group::<PositionalFile>(None)?;
        open.signals.end_row_group::<PositionalFile>(None)
    }

    fn close(&mut self) -> Result<(), Error> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        for table in [open.responses, open.mentions, open.signals] {
            self.files.push(table.close()?);
        }
        Ok(())
    }

    /// Source columns that are left out of `responses`.
    fn without(&self) -> Vec<String> {
        if self.config.privacy.keep_original_text {
            return Vec::new();
        }
        self.config.input.columns.text.iter().map(|question| question.column.clone()).collect()
    }
}

fn splice<'s>(source: &'s OpenFile, without: &'s [String]) -> Splice<'s, PositionalFile> {
    Splice {
        file: source.file(),
        metadata: source.metadata(),
        schema: source.source_schema(),
        without,
    }
}
