//! The one parallel step: reader -> bounded channel -> waves of slices on all workers -> ordered writer.
//! While a wave is enriched, the wave before it is encoded; the order of rows never depends on the number of threads.

use super::Progress;
use crate::config::{Band, Bands, Config};
use crate::enrich::{Enricher, Scratch};
use crate::error::Error;
use crate::sinks::{FileRecord, Splice, Staging, TableFile};
use crate::sources::{OpenFile, Source};
use crate::tables::{
    InputRows, InputScore, MentionRows, ResponseRows, RowTable, mentions_schema, responses_schema,
    signals_schema,
};
use crate::tally::{IdFingerprints, Tally};
use arrow::array::RecordBatch;
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Slices a worker in one wave: enough that the workers end a wave nearly together.
const SLICES_PER_WORKER: usize = 4;

/// What the parallel step leaves behind.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The counts.
    pub(super) tally: Tally,
    /// Responses whose id another had before, and whether that is a lower bound.
    pub(super) duplicates: (u64, bool),
    /// The files written, in order.
    pub(super) files: Vec<FileRecord>,
    /// Worker threads used.
    pub(super) threads: usize,
}

/// What comes out of the reader, in order.
enum Step<S> {
    Open(Arc<OpenFile>),
    Slice(S),
    EndRowGroup(usize),
    Close,
}

/// A slice to be enriched.
struct Work {
    file: Arc<OpenFile>,
    /// Position of its first row in the file.
    first_row: u64,
    rows: InputRows,
}

/// A slice enriched.
struct Enriched {
    responses: RecordBatch,
    mentions: RecordBatch,
    tally: Tally,
    ids: Vec<u64>,
}

pub(super) fn enrich_all(
    config: &Config,
    source: &Source,
    enricher: &Enricher,
    staging: &Staging,
    threads: usize,
    progress: &dyn Progress,
) -> Result<Outcome, Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| Error::Usage(format!("--threads: {error}")))?;
    let threads = pool.current_num_threads();
    let wave = threads * SLICES_PER_WORKER;
    let worker =
        Worker { config, enricher, bands: config.bands(), scratch: Mutex::new(Vec::new()) };
    let mut writer = Writer {
        config,
        staging,
        open: None,
        tally: Tally::new(enricher.lexicons().taxonomy.themes().len()),
        ids: IdFingerprints::default(),
        files: Vec::new(),
        progress,
    };
    let (sender, receiver) = sync_channel(wave);
    std::thread::scope(|scope| {
        scope.spawn(|| read_all(config, source, sender));
        let (worker, writer) = (&worker, &mut writer);
        // The receiver moves in: however this ends, it goes, and with it the reader that may wait for room.
        pool.install(move || -> Result<(), Error> {
            let mut previous = Vec::new();
            loop {
                if let Some(signal) = progress.stopped() {
                    return Err(Error::Interrupted(signal));
                }
                let steps = receive(&receiver, wave)?;
                let last = steps.is_empty();
                let (written, enriched) =
                    rayon::join(|| writer.write(previous), || worker.enrich(steps));
                written?;
                previous = enriched?;
                if last {
                    return Ok(());
                }
            }
        })
    })?;
    Ok(Outcome {
        tally: writer.tally,
        duplicates: writer.ids.duplicates(),
        files: writer.files,
        threads,
    })
}

/// Reads every file in order; ends early when nobody listens any more.
fn read_all(config: &Config, source: &Source, sender: SyncSender<Result<Step<Work>, Error>>) {
    let send = |step| sender.send(Ok(step)).is_ok();
    for input in &source.files {
        let file = match OpenFile::open(input, config) {
            Ok(file) => Arc::new(file),
            Err(error) => return drop(sender.send(Err(error))),
        };
        if !send(Step::Open(Arc::clone(&file))) {
            return;
        }
        let mut first_row = 0;
        for row_group in 0..file.metadata().num_row_groups() {
            let slices = match file.slices(row_group) {
                Ok(slices) => slices,
                Err(error) => return drop(sender.send(Err(error))),
            };
            for slice in slices {
                let rows = match slice {
                    Ok(rows) => rows,
                    Err(error) => return drop(sender.send(Err(error))),
                };
                let next = first_row + rows.len() as u64;
                if !send(Step::Slice(Work { file: Arc::clone(&file), first_row, rows })) {
                    return;
                }
                first_row = next;
            }
            if !send(Step::EndRowGroup(row_group)) {
                return;
            }
        }
        if !send(Step::Close) {
            return;
        }
    }
}

/// The next wave: steps with at most `most` slices; empty at the end of the input.
fn receive(
    receiver: &Receiver<Result<Step<Work>, Error>>,
    most: usize,
) -> Result<Vec<Step<Work>>, Error> {
    let mut steps = Vec::new();
    let mut slices = 0;
    while slices < most {
        match receiver.recv() {
            Ok(step) => {
                let step = step?;
                slices += usize::from(matches!(step, Step::Slice(_)));
                steps.push(step);
            }
            Err(_) => break,
        }
    }
    Ok(steps)
}

/// Enriches slices; shared by all threads.
struct Worker<'c> {
    config: &'c Config,
    enricher: &'c Enricher,
    bands: Option<Bands>,
    /// Memories that no thread uses right now; taken and put back once a slice.
    scratch: Mutex<Vec<Scratch>>,
}

impl Worker<'_> {
    fn enrich(&self, steps: Vec<Step<Work>>) -> Result<Vec<Step<Enriched>>, Error> {
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
        let mut mentions = MentionRows::default();
        let mut tally = Tally::new(taxonomy.themes().len());
        let mut ids = Vec::with_capacity(work.rows.len());
        let mut texts: Vec<Option<Cow<'_, str>>> = Vec::with_capacity(questions.len());
        for row in 0..work.rows.len() {
            texts.clear();
            texts.extend((0..questions.len()).map(|question| work.rows.text(row, question)));
            // A text that had to be copied was no UTF-8.
            tally.invalid_utf8 +=
                u64::from(texts.iter().any(|text| matches!(text, Some(Cow::Owned(_)))));
            let reading = match &texts[..] {
                [text] => self.enricher.read(&[text.as_deref()], scratch),
                texts => self
                    .enricher
                    .read(&texts.iter().map(Option::as_deref).collect::<Vec<_>>(), scratch),
            };
            let band = self.band(work.rows.score(row), &mut tally);
            let id = work.rows.id(row).unwrap_or_else(|| {
                tally.null_ids += u64::from(self.config.input.columns.id.is_some());
                Cow::Owned(format!("{}#{}", input.relative, work.first_row + row as u64))
            });
            ids.push(IdFingerprints::of(&id));
            tally.add(reading, band);
            responses.push(&id, reading, band, taxonomy);
            mentions.push(&id, reading, &questions, taxonomy);
        }
        let fault = |error| Error::write(&input.path, error);
        Ok(Enriched {
            responses: responses.finish().map_err(fault)?,
            mentions: mentions.finish().map_err(fault)?,
            tally,
            ids,
        })
    }

    fn band(&self, score: InputScore, tally: &mut Tally) -> Option<Band> {
        let bands = self.bands.as_ref()?;
        let band = match score {
            InputScore::Number(number) => bands.band(number),
            InputScore::Unreadable => None,
            InputScore::Missing => {
                tally.score_missing += 1;
                return None;
            }
        };
        tally.score_invalid += u64::from(band.is_none());
        band
    }
}

/// The files of one input file being written.
struct OpenTables {
    source: Arc<OpenFile>,
    responses: TableFile,
    mentions: TableFile,
    signals: TableFile,
}

/// Writes steps in order and adds up what the workers counted.
struct Writer<'c> {
    config: &'c Config,
    staging: &'c Staging,
    open: Option<OpenTables>,
    tally: Tally,
    ids: IdFingerprints,
    files: Vec<FileRecord>,
    progress: &'c dyn Progress,
}

impl Writer<'_> {
    fn write(&mut self, steps: Vec<Step<Enriched>>) -> Result<(), Error> {
        let (mut responses, mut mentions) = (Vec::new(), Vec::new());
        for step in steps {
            match step {
                Step::Open(source) => self.open = Some(self.create(source)?),
                Step::Slice(slice) => {
                    self.tally.merge(&slice.tally);
                    self.ids.extend(&slice.ids);
                    self.progress.advance(slice.responses.num_rows() as u64);
                    responses.push(slice.responses);
                    mentions.push(slice.mentions);
                }
                Step::EndRowGroup(row_group) => {
                    self.encode(&mut responses, &mut mentions)?;
                    self.end_row_group(row_group)?;
                }
                Step::Close => self.close()?,
            }
        }
        self.encode(&mut responses, &mut mentions)
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

    fn encode(
        &mut self,
        responses: &mut Vec<RecordBatch>,
        mentions: &mut Vec<RecordBatch>,
    ) -> Result<(), Error> {
        let (responses, mentions) = (std::mem::take(responses), std::mem::take(mentions));
        let Some(open) = self.open.as_mut().filter(|_| !responses.is_empty()) else {
            return Ok(());
        };
        let (a, b) =
            rayon::join(|| open.responses.write(&responses), || open.mentions.write(&mentions));
        a.and(b)
    }

    fn end_row_group(&mut self, row_group: usize) -> Result<(), Error> {
        let without = self.without();
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        open.responses.end_row_group(Some((splice(&open.source, &without), row_group)))?;
        open.mentions.end_row_group(None)
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

fn splice<'s>(source: &'s OpenFile, without: &'s [String]) -> Splice<'s> {
    Splice {
        file: source.file(),
        metadata: source.metadata(),
        schema: source.source_schema(),
        without,
    }
}
