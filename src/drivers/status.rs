//! Why a figure is missing, or how far it can be trusted.

/// The reason that a row of a table carries in `status`; figures that are undefined are null, never NaN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// Every figure of the row holds.
    #[default]
    Ok,
    /// Too few distinct customers: the row keeps its keys, and its figures are null.
    Suppressed,
    /// No response has a valid score.
    NoScores,
    /// One of the two groups compared is empty.
    EmptyBand,
    /// All the same: nothing varies that could be compared.
    NoVariation,
    /// All scores are the same.
    NoScoreVariation,
    /// Too few mentions for a test.
    LowSupport,
    /// A group is too small for a comparison.
    LowBase,
    /// Too few rows for the number of themes.
    TooFewRows,
    /// Another feature says the same: the fit cannot tell them apart.
    CollinearDropped,
    /// The feature has no part in the fit.
    NotFitted,
}

impl Status {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Suppressed => "suppressed",
            Status::NoScores => "no_scores",
            Status::EmptyBand => "empty_band",
            Status::NoVariation => "no_variation",
            Status::NoScoreVariation => "no_score_variation",
            Status::LowSupport => "low_support",
            Status::LowBase => "low_base",
            Status::TooFewRows => "too_few_rows",
            Status::CollinearDropped => "collinear_dropped",
            Status::NotFitted => "not_fitted",
        }
    }
}
