//! The progress bar, and the signals that stop a run.

use indicatif::{HumanFloatCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use kymppi::error::Error;
use kymppi::run::Progress;
use signal_hook::consts::{SIGINT, SIGTERM};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Shows progress on a terminal and passes SIGINT and SIGTERM on to the run.
#[derive(Debug)]
pub(super) struct Shown {
    bar: ProgressBar,
    signal: Arc<AtomicUsize>,
}

impl Shown {
    /// A bar on standard error; hidden when `silent` or when that is no terminal.
    pub(super) fn new(silent: bool) -> Result<Shown, Error> {
        let signal = Arc::new(AtomicUsize::new(0));
        for number in [SIGINT, SIGTERM] {
            let value = usize::try_from(number).unwrap_or_default();
            signal_hook::flag::register_usize(number, Arc::clone(&signal), value)
                .map_err(Error::io("signals", "listen to"))?;
        }
        let target =
            if silent { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template(
            "{wide_bar} {human_pos}/{human_len} rows  {rate} rows/s  {eta} left",
        );
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
            // Nothing can be done about a terminal that does not take text.
            let _ = write!(out, "{}", HumanFloatCount(state.per_sec().round()));
        }));
        Ok(Shown { bar, signal })
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Shown {
    fn begin(&self, rows: u64) {
        self.bar.set_length(rows);
    }

    fn advance(&self, rows: u64) {
        self.bar.inc(rows);
    }

    fn stopped(&self) -> Option<i32> {
        let signal = i32::try_from(self.signal.load(Ordering::Relaxed)).unwrap_or_default();
        (signal != 0).then_some(signal)
    }
}
