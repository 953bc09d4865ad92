//! `changes` and `targets`: what people declared beforehand, judged.

use super::groups::Scores;
use super::slices::{Slice, Slices, sum};
use crate::config::{Change as Declared, Direction as Hoped, Named, Target as Aim};
use crate::drivers::change::{
    Cells, Change, Direction, Goal, change, pre_trend, response_mix_moved,
};
use crate::drivers::contrasts::Mentions;
use crate::drivers::interval::wilson;
use crate::drivers::kpi::{kpis, measures};
use crate::drivers::sample::Sample;
use crate::drivers::status::Status;
use crate::drivers::suppression::{LOW_BASE, suppressed};
use crate::tally::{Block, Tally};

/// A difference that is too small to matter: of a score, of a share.
const SCORE_MARGIN: f64 = 0.2;
const SHARE_MARGIN: f64 = 0.01;

/// A declared change, by one figure.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRow {
    /// Position among the declared.
    pub declared: usize,
    /// `mean`, or `positive` or `negative` for the share that praises or complains of its theme.
    pub metric: &'static str,
    /// The figure before and after, in the changed scope.
    pub levels: Option<(f64, f64)>,
    /// What happened.
    pub change: Result<Change, Status>,
    /// Whether there is a control.
    pub controlled: bool,
    /// What should make one careful: `pretrend_warning`, `response_mix_warning`, `period_split`.
    pub warnings: Vec<&'static str>,
    /// Responses of the changed scope, before and after.
    pub rows: (u64, u64),
}

/// A target, judged over the latest period that may be shown, or over all responses without periods.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetRow {
    /// Position among the declared.
    pub declared: usize,
    /// The period judged.
    pub period: Option<String>,
    /// The figure.
    pub point: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Responses that it rests on.
    pub base: u64,
    /// Met, missed, or not to be told.
    pub verdict: Outcome,
    /// Whether the scope is too small to be shown.
    pub suppressed: bool,
}

/// How a target came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The whole interval reaches it.
    Met,
    /// The figure reaches it, its interval does not: with these answers it may be luck.
    Reached,
    /// The figure falls short.
    Missed,
    /// Too few answers to tell.
    TooFewAnswers,
    /// No such figure on this scale.
    UnknownMetric,
}

impl Outcome {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::Reached => "reached_within_error",
            Outcome::Missed => "missed",
            Outcome::TooFewAnswers => "too_few_answers",
            Outcome::UnknownMetric => "unknown_metric",
        }
    }
}

/// The responses of a scope by period, earliest first.
fn series<'s>(slices: &'s Slices, scope: Option<&Named>) -> Vec<&'s Slice> {
    let Some((dim, value)) = scope.and_then(|named| named.first_key_value()) else {
        return slices.periods.iter().collect();
    };
    let of =
        |cell: &&Slice| cell.scope.dim() == Some(dim) && cell.scope.value() == Some(value.as_str());
    slices.cells.iter().flatten().filter(of).collect()
}

pub(super) fn changes(
    slices: &Slices,
    scores: &Scores,
    tally: &Tally,
    declared: &[Declared],
) -> Vec<ChangeRow> {
    let judged = declared.iter().enumerate();
    judged
        .flat_map(|(position, change)| {
            let theme = change.theme.as_ref();
            let theme = theme.and_then(|id| tally.layout.themes.iter().position(|t| t == id));
            let mut rows = vec![judge(slices, scores, tally, (position, change), None)];
            for feature in theme.into_iter().flat_map(|theme| [2 * theme, 2 * theme + 1]) {
                rows.push(judge(slices, scores, tally, (position, change), Some(feature)));
            }
            rows
        })
        .collect()
}

fn judge(
    slices: &Slices,
    scores: &Scores,
    tally: &Tally,
    (position, declared): (usize, &Declared),
    feature: Option<usize>,
) -> ChangeRow {
    let day = days(declared.date);
    let calendar = &tally.layout.calendar;
    let number = |slice: &Slice| {
        let named = |number: &i32| Some(calendar.name(*number).as_str()) == slice.scope.period();
        tally.periods.iter().map(|(number, _)| number).find(named)
    };
    // A period in which the change began is neither before nor after, unless it began on its first day.
    let before = |slice: &&&Slice| {
        number(slice).is_some_and(|number| calendar.first_day(number.saturating_add(1)) <= day)
    };
    let after =
        |slice: &&&Slice| number(slice).is_some_and(|number| calendar.first_day(number) >= day);
    let sample = |block: &Block| match feature {
        None => Sample::scores(block),
        Some(feature) => Sample::share(block.feature(feature).iter().sum(), block.base()),
    };
    let treated = series(slices, declared.scope.as_ref());
    let blocks = |all: &[&Slice], early: bool| {
        let chosen: Vec<&Block> = if early {
            all.iter().filter(before).map(|slice| &slice.block).collect()
        } else {
            all.iter().filter(after).map(|slice| &slice.block).collect()
        };
        sum(chosen)
    };
    let (early, late) = (blocks(&treated, true), blocks(&treated, false));
    let control = declared.control.as_ref().map(|named| series(slices, Some(named)));
    let others = control.as_ref().map(|control| (blocks(control, true), blocks(control, false)));
    let cells = Cells {
        treated: (sample(&early), sample(&late)),
        control: others.as_ref().map(|(early, late)| (sample(early), sample(late))),
    };
    let (better, margin) = match feature {
        Some(feature) if feature % 2 == 1 => (Direction::Lower, SHARE_MARGIN),
        Some(_) => (Direction::Higher, SHARE_MARGIN),
        None if rises(scores) => (Direction::Higher, SCORE_MARGIN),
        None => (Direction::Lower, SCORE_MARGIN),
    };
    let too_few = [&early, &late].into_iter().any(|block| suppressed(block, tally.layout.k_anon));
    let outcome =
        if too_few { Err(Status::LowBase) } else { change(&cells, Goal { better, margin }) };
    let mut warnings = Vec::new();
    let split = treated.iter().any(|slice| !before(&slice) && !after(&slice));
    if split {
        warnings.push("period_split");
    }
    if response_mix_moved(&early, &late) {
        warnings.push("response_mix_warning");
    }
    let paired = control.as_ref().map(|control| {
        let early = treated.iter().filter(before);
        let pairs = early.filter_map(|slice| {
            let same = control.iter().find(|other| other.scope.period() == slice.scope.period())?;
            Some((sample(&slice.block), sample(&same.block)))
        });
        pairs.collect::<Vec<_>>()
    });
    if paired.and_then(|pairs| pre_trend(&pairs)).is_some_and(|trend| trend.warns()) {
        warnings.push("pretrend_warning");
    }
    let metric = match feature {
        None => "mean",
        Some(feature) if feature % 2 == 0 => "positive",
        Some(_) => "negative",
    };
    let levels = (!too_few).then_some((cells.treated.0.mean, cells.treated.1.mean));
    ChangeRow {
        declared: position,
        metric,
        levels,
        change: outcome,
        controlled: declared.control.is_some(),
        warnings,
        rows: (cells.treated.0.n, cells.treated.1.n),
    }
}

/// Whether a change that was hoped for better did harm nothing: the direction only decides how a report words it.
pub fn as_hoped(hoped: Hoped, change: &Change) -> bool {
    use crate::drivers::change::Verdict;
    match hoped {
        Hoped::Better => change.verdict == Verdict::Improved,
        Hoped::Same => matches!(change.verdict, Verdict::NoMaterialChange | Verdict::Improved),
    }
}

fn rises(scores: &Scores) -> bool {
    scores.high.0 > scores.low.0
}

/// Days since 1970-01-01.
fn days(date: jiff::civil::Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.since(epoch).map_or(0, |span| span.get_days())
}

pub(super) fn targets(
    slices: &Slices,
    scores: Option<&Scores>,
    tally: &Tally,
    declared: &[Aim],
) -> Vec<TargetRow> {
    declared
        .iter()
        .enumerate()
        .map(|(position, aim)| {
            let (period, slice) = latest(slices, aim.scope.as_ref());
            let (point, interval, base) = slice
                .filter(|slice| !slice.suppressed)
                .and_then(|slice| figure(slice, scores, tally, aim))
                .unwrap_or((None, None, 0));
            let known = aim.theme.is_some()
                || scores.is_some_and(|scores| {
                    measures(scores.scale, &scores.bands).iter().any(|m| m.name == aim.metric)
                });
            let verdict =
                if known { outcome(aim, point, interval, base) } else { Outcome::UnknownMetric };
            let suppressed = slice.is_some_and(|slice| slice.suppressed);
            TargetRow { declared: position, period, point, interval, base, verdict, suppressed }
        })
        .collect()
}

/// The last period of a scope; without periods the scope as a whole.
fn latest<'s>(slices: &'s Slices, scope: Option<&Named>) -> (Option<String>, Option<&'s Slice>) {
    if let Some(slice) = series(slices, scope).last() {
        return (slice.scope.period().map(str::to_owned), Some(slice));
    }
    let whole = match scope.and_then(|named| named.first_key_value()) {
        None => Some(&slices.overall),
        Some((dim, value)) => slices.segments.iter().flatten().find(|slice| {
            slice.scope.dim() == Some(dim) && slice.scope.value() == Some(value.as_str())
        }),
    };
    (None, whole)
}

type Figure = (Option<f64>, Option<(f64, f64)>, u64);

fn figure(slice: &Slice, scores: Option<&Scores>, tally: &Tally, aim: &Aim) -> Option<Figure> {
    let block = &slice.block;
    if let Some(id) = &aim.theme {
        let theme = tally.layout.themes.iter().position(|theme| theme == id)?;
        let feature = 2 * theme + usize::from(aim.metric == "negative");
        let mentions = Mentions { count: block.feature(feature).iter().sum(), base: block.base() };
        let interval = wilson(mentions.count, mentions.base);
        return Some((mentions.rate(), Some(interval), mentions.base));
    }
    let scores = scores?;
    let kpis = kpis(block, &measures(scores.scale, &scores.bands), false);
    let kpi = kpis.into_iter().find(|kpi| kpi.name == aim.metric)?;
    Some((kpi.point, kpi.interval, kpi.base))
}

fn outcome(aim: &Aim, point: Option<f64>, interval: Option<(f64, f64)>, base: u64) -> Outcome {
    let (Some(point), true) = (point, base >= LOW_BASE) else {
        return Outcome::TooFewAnswers;
    };
    let (low, high) = interval.unwrap_or((point, point));
    let (reached, sure) = match (aim.at_least, aim.at_most) {
        (Some(least), _) => (point >= least, low >= least),
        (None, Some(most)) => (point <= most, high <= most),
        (None, None) => return Outcome::UnknownMetric,
    };
    match (reached, sure) {
        (_, true) => Outcome::Met,
        (true, false) => Outcome::Reached,
        (false, _) => Outcome::Missed,
    }
}
