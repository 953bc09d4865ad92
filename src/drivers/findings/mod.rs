//! The findings of a run: every figure of the small tables, made of the counts. Themes are positions here; the tables name
//! them.

mod slices;
mod groups;
mod kpis;
mod contrasts;
mod fits;
mod time;
mod declared;
mod summaries;
mod words;
mod voices;

pub use contrasts::{ContrastRow, GuardRow, Verdict};
pub use declared::{ChangeRow, Outcome, TargetRow, as_hoped};
pub use fits::{Differing, DriverTable, Fits};
pub use groups::{Pair, Scores};
pub use kpis::KpiRow;
pub use slices::{Slice, Slices};
pub use summaries::{CoverageRow, KeepFixRow, LimitingRow, StageRow};
pub use time::{Decomposition, Movements, Series, TrendRow};
pub use voices::{FollowUpRow, QuoteRow, Travelled};
pub use words::{TermRow, UnknownTerm};

use crate::config::{Config, Declared};
use crate::lexicons::Lexicons;
use crate::tally::Tally;

/// What a run found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// The counts.
    pub tally: Tally,
    /// The scale and the groups of scores; none without scores.
    pub scores: Option<Scores>,
    /// The counts by scope.
    pub slices: Slices,
    /// Key figures.
    pub kpis: Vec<KpiRow>,
    /// Groups of scores against each other.
    pub contrasts: Vec<ContrastRow>,
    /// The same within segments.
    pub guards: Vec<GuardRow>,
    /// What the scores go with.
    pub fits: Fits,
    /// How figures move.
    pub movements: Movements,
    /// What kept scores below the top from it.
    pub limiting: Vec<LimitingRow>,
    /// What to keep and what to mend.
    pub keep_fix: Vec<KeepFixRow>,
    /// Stages of the path.
    pub stages: Vec<StageRow>,
    /// Dimensions of the experience.
    pub dimensions: Vec<StageRow>,
    /// What was understood.
    pub coverage: Vec<CoverageRow>,
    /// Words that lean to a group.
    pub terms: Vec<TermRow>,
    /// Frequent words that no lexicon knows.
    pub unknown: Vec<UnknownTerm>,
    /// Sentences that stand for a theme in a group.
    pub quotes: Vec<QuoteRow>,
    /// Whom to turn to.
    pub follow_ups: Vec<FollowUpRow>,
    /// Customers over touchpoints; none where customers or touchpoints are unknown.
    pub travelled: Option<Travelled>,
    /// What was declared.
    pub declared: Declared,
    /// Changes judged.
    pub changes: Vec<ChangeRow>,
    /// Targets judged.
    pub targets: Vec<TargetRow>,
}

/// Explains a tally that nothing is added to any more.
pub fn explain(tally: Tally, config: &Config, lexicons: &Lexicons, declared: Declared) -> Findings {
    let slices = Slices::of(&tally);
    let scores = Scores::of(config);
    let mut findings = Findings {
        coverage: summaries::coverage(&tally, scores.as_ref()),
        targets: declared::targets(&slices, scores.as_ref(), &tally, &declared.targets),
        kpis: Vec::new(),
        contrasts: Vec::new(),
        guards: Vec::new(),
        fits: Fits::default(),
        movements: Movements::default(),
        limiting: Vec::new(),
        keep_fix: Vec::new(),
        stages: Vec::new(),
        dimensions: Vec::new(),
        changes: Vec::new(),
        terms: Vec::new(),
        unknown: Vec::new(),
        quotes: Vec::new(),
        follow_ups: voices::follow_ups(&tally),
        travelled: None,
        scores: None,
        slices,
        declared,
        tally,
    };
    if let Some(scores) = scores {
        findings.score(scores, config, lexicons);
    }
    findings
}

impl Findings {
    /// Everything that needs scores.
    fn score(&mut self, scores: Scores, config: &Config, lexicons: &Lexicons) {
        let (slices, tally) = (&self.slices, &self.tally);
        let min_support = config.drivers.min_support;
        self.kpis = kpis::rows(slices, &scores);
        self.kpis.extend(kpis::said(tally, slices));
        (self.contrasts, self.guards) = contrasts::rows(slices, &scores, min_support);
        self.fits = fits::fits(slices, &scores, min_support);
        self.movements = time::movements(slices, &scores, min_support);
        self.limiting = summaries::limiting(tally, slices, &scores);
        self.keep_fix = summaries::keep_fix(slices, &scores, &self.contrasts, &self.fits);
        self.stages = summaries::spoken_of(tally, slices, &scores, "stage");
        self.dimensions = summaries::spoken_of(tally, slices, &scores, "dimension");
        self.changes = declared::changes(slices, &scores, tally, &self.declared.changes);
        self.terms = words::rows(tally, slices, &scores, lexicons, min_support);
        self.unknown = words::unknown(tally, slices, &scores, lexicons, min_support);
        self.quotes = voices::quotes(tally, slices, &scores);
        self.travelled = voices::travelled(tally, &scores);
        self.scores = Some(scores);
    }
}
