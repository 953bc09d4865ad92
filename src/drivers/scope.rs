//! Which responses a figure is about.

/// A set of responses: all of them, a period, a value of a segment, or both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Scope {
    /// Every response.
    #[default]
    Overall,
    /// Those of one period, named as in the tables: `2026-03`.
    Period(String),
    /// Those with one value of a segment.
    Segment {
        /// The segment's column.
        dim: String,
        /// Its value.
        value: String,
    },
    /// Those with one value of a segment in one period.
    SegmentPeriod {
        /// The segment's column.
        dim: String,
        /// Its value.
        value: String,
        /// The period.
        period: String,
    },
}

impl Scope {
    /// The name in the tables' `scope` column.
    pub fn name(&self) -> &'static str {
        match self {
            Scope::Overall => "overall",
            Scope::Period(_) => "period",
            Scope::Segment { .. } => "segment",
            Scope::SegmentPeriod { .. } => "segment_period",
        }
    }

    /// The segment's column, where there is one.
    pub fn dim(&self) -> Option<&str> {
        match self {
            Scope::Segment { dim, .. } | Scope::SegmentPeriod { dim, .. } => Some(dim),
            _ => None,
        }
    }

    /// The segment's value, where there is one.
    pub fn value(&self) -> Option<&str> {
        match self {
            Scope::Segment { value, .. } | Scope::SegmentPeriod { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The period, where there is one.
    pub fn period(&self) -> Option<&str> {
        match self {
            Scope::Period(period) | Scope::SegmentPeriod { period, .. } => Some(period),
            _ => None,
        }
    }
}
