//! The one parallel step: reader -> bounded channel -> waves of slices on all workers -> ordered writer.
//! While a wave is enriched, the wave before it is encoded; the order of rows never depends on the number of threads.

use super::Progress;
use super::reader::{Work, read_all};
use super::worker::{Wave, Worker};
use super::writer::Writer;
use crate::config::Config;
use crate::enrich::Enricher;
use crate::error::Error;
use crate::sinks::{FileRecord, Staging};
use crate::sources::{OpenFile, Source};
use crate::tally::{Layout, Tally};
use std::hint::black_box;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

/// Slices a worker in one wave: enough that the workers end a wave nearly together.
const SLICES_PER_WORKER: usize = 16;

/// The largest block that glibc learns from is 32 MB.
const LARGEST_BLOCK: usize = 31 << 20;

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

/// What comes out of the reader, in order; `S` is a slice of rows before or after enrichment.
pub(super) enum Step<S> {
    Open(Arc<OpenFile>),
    Slice(S),
    EndRowGroup(usize),
    Close,
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
    keep_freed_memory();
    let layout = Layout::new(config, &enricher.lexicons().taxonomy);
    let worker = Worker::new(config, enricher, &layout);
    let mut writer = Writer::new(config, staging, &layout, progress);
    let (sender, receiver) = sync_channel(wave);
    std::thread::scope(|scope| {
        scope.spawn(|| read_all(config, source, sender));
        let (worker, writer) = (&worker, &mut writer);
        // The receiver moves in: however this ends, it goes, and with it the reader that may wait for room.
        pool.install(move || -> Result<(), Error> {
            let mut previous = Wave::default();
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
                    return writer.write(previous);
                }
            }
        })
    })?;
    Ok(writer.finish(threads))
}

/// Every wave frees what the wave after it takes again. glibc gives freed memory back to the system, which clears it page
/// by page the next time, unless a block as large as this was freed before: from then on it keeps as much. The block is
/// never touched, so that it costs nothing here or elsewhere.
fn keep_freed_memory() {
    drop(black_box(Vec::<u8>::with_capacity(LARGEST_BLOCK)));
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
