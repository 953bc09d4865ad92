//! `kymppi run`: a pipeline file to published tables.

use super::progress::Shown;
use super::{Format, Pipeline, put};
use kymppi::drivers::{Label, Scope};
use kymppi::error::Error;
use kymppi::report::{self, Facts};
use kymppi::run::{self, Options, Plan, Summary};
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    pipeline: Pipeline,
    /// Worker threads; one a core when absent
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// Check everything, say what would be done, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print neither progress nor summary
    #[arg(long)]
    quiet: bool,
    /// How logs (standard error) and the summary (standard output) are written
    #[arg(long, value_enum, default_value = "text")]
    log_format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Error> {
    start_log(arguments.log_format);
    let config = arguments.pipeline.load()?;
    if arguments.dry_run {
        let plan = run::plan(&config)?;
        return if arguments.quiet { Ok(()) } else { show_plan(&plan, arguments.log_format) };
    }
    let progress = Shown::new(arguments.quiet || arguments.log_format == Format::Json)?;
    let options = Options { threads: arguments.threads.map_or(0, usize::from) };
    let outcome = run::run(&config, &options, &progress);
    progress.finish();
    let summary = outcome?;
    match arguments.log_format {
        _ if arguments.quiet => Ok(()),
        Format::Text => show_summary(&summary),
        Format::Json => put(&format!("{}\n", summary_json(&summary))),
    }
}

/// Logs go to standard error; `KYMPPI_LOG` sets the level, `warn` by default.
fn start_log(format: Format) {
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("KYMPPI_LOG").unwrap_or_else(|_| "warn".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process would be the only error, and there is none.
    let _ = match format {
        Format::Text => log.without_time().with_target(false).try_init(),
        Format::Json => log.json().try_init(),
    };
}

fn show_plan(plan: &Plan, format: Format) -> Result<(), Error> {
    if format == Format::Json {
        let files: Vec<Value> =
            plan.files.iter().map(|(path, rows)| json!({ "path": path, "rows": rows })).collect();
        let plan = json!({ "rows": plan.rows, "files": files, "skipped": plan.skipped, "output": plan.output, "notes": plan.notes });
        return put(&format!("{plan}\n"));
    }
    let mut out = format!(
        "{} rows in {} files would be read; {} would be replaced\n",
        plan.rows,
        plan.files.len(),
        plan.output.display()
    );
    for (path, rows) in &plan.files {
        out.push_str(&format!("  {rows:>12}  {path}\n"));
    }
    for path in &plan.skipped {
        out.push_str(&format!("  passed over: {}\n", path.display()));
    }
    for note in &plan.notes {
        out.push_str(&format!("Note: {note}\n"));
    }
    put(&out)
}

fn show_summary(summary: &Summary) -> Result<(), Error> {
    let tally = &summary.findings.tally;
    let mut notes = summary.notes.clone();
    let (duplicates, bound) = summary.duplicates;
    let at_least = if bound { "at least " } else { "" };
    let counts = [
        (
            duplicates,
            format!(
                "{at_least}{duplicates} responses have an id that an earlier one had; all are kept"
            ),
        ),
        (
            tally.null_ids,
            format!("{} ids are null; <file>#<row> stands for them in mentions", tally.null_ids),
        ),
        (
            tally.truncated,
            format!(
                "{} texts are longer than max_text_chars and were scored on their beginning",
                tally.truncated
            ),
        ),
        (
            tally.invalid_utf8,
            format!(
                "{} texts hold bytes that are no UTF-8; they are read as \u{fffd}",
                tally.invalid_utf8
            ),
        ),
        (tally.redactions, format!("{} pieces of personal data were redacted", tally.redactions)),
        (
            summary.skipped as u64,
            format!("{} files were passed over: hidden or not Parquet", summary.skipped),
        ),
    ];
    notes.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, note)| note));
    let facts = Facts {
        files: summary.files,
        seconds: summary.elapsed.as_secs_f64(),
        output: summary.output.display().to_string(),
        notes,
    };
    put(&report::summary(&summary.findings, &summary.taxonomy, &facts))
}

fn summary_json(summary: &Summary) -> Value {
    let tally = &summary.findings.tally;
    let overall = summary.findings.kpis.iter().filter(|row| row.scope == Scope::Overall);
    let kpis = overall.map(|row| {
        (
            row.kpi.name,
            json!({ "point": row.kpi.point, "interval": row.kpi.interval, "n": row.kpi.base }),
        )
    });
    json!({
        "output": summary.output, "files": summary.files, "skipped": summary.skipped, "rows": tally.rows,
        "rows_with_text": tally.with_text, "mentions": tally.mentions, "seconds": summary.elapsed.as_secs_f64(),
        "languages": tally.languages,
        "sentiment": Label::ALL.into_iter().map(Label::name).zip(tally.labels).collect::<std::collections::BTreeMap<_, _>>(),
        "bands": { "high": tally.bands[0], "middle": tally.bands[1], "low": tally.bands[2] },
        "score_missing": tally.score_missing, "score_invalid": tally.score_invalid,
        "duplicate_ids": summary.duplicates.0, "null_ids": tally.null_ids, "responses_truncated": tally.truncated,
        "responses_invalid_utf8": tally.invalid_utf8, "redactions": tally.redactions,
        "kpis": kpis.collect::<std::collections::BTreeMap<_, _>>(), "notes": summary.notes,
    })
}
