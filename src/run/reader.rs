//! Reads the input ahead of the workers, as far as the channel has room.

use super::parallel::Step;
use crate::config::Config;
use crate::error::Error;
use crate::sources::{OpenFile, Source};
use crate::tables::InputRows;
use crate::tally::{SHARD_BYTES, SHARD_ROWS};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

/// A slice to be enriched.
pub(super) struct Work {
    /// The file it is from.
    pub(super) file: Arc<OpenFile>,
    /// Position of its first row in the file.
    pub(super) first_row: u64,
    /// The shard of the input in which its terms are counted: some consecutive slices, whatever the number of threads.
    pub(super) shard: u64,
    /// Its rows.
    pub(super) rows: InputRows,
}

/// Reads every file in order; ends early when nobody listens any more.
#[expect(clippy::needless_pass_by_value, reason = "the end of the sender is the end of the input")]
pub(super) fn read_all(
    config: &Config,
    source: &Source,
    sender: SyncSender<Result<Step<Work>, Error>>,
) {
    let send = |step| sender.send(Ok(step)).is_ok();
    let (mut shard, mut shard_rows, mut shard_bytes) = (0, 0, 0);
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
                shard_rows += rows.len();
                shard_bytes += rows.text_bytes();
                if !send(Step::Slice(Work { file: Arc::clone(&file), first_row, shard, rows })) {
                    return;
                }
                if shard_rows >= SHARD_ROWS || shard_bytes >= SHARD_BYTES {
                    (shard, shard_rows, shard_bytes) = (shard + 1, 0, 0);
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
