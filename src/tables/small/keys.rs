//! The columns that name what a row is about, the same in every table.

use super::columns::Columns;
use crate::drivers::findings::Findings;
use crate::drivers::{Polarity, Scope};
use crate::lexicons::Taxonomy;

/// The findings with the names of their themes.
#[derive(Clone, Copy)]
pub(super) struct Named<'n> {
    pub(super) findings: &'n Findings,
    pub(super) taxonomy: &'n Taxonomy,
}

impl<'n> Named<'n> {
    /// The id of a theme.
    pub(super) fn theme(self, theme: usize) -> Option<&'n str> {
        self.taxonomy.themes().get(theme).map(|theme| theme.id.as_str())
    }

    /// The id of a feature's theme.
    pub(super) fn theme_of(self, feature: usize) -> Option<&'n str> {
        self.theme(feature / 2)
    }

    /// Ids of the responses quoted for a feature in the groups of a pair, at most three.
    pub(super) fn quote_ids(self, pair: usize, feature: usize) -> Option<String> {
        let (a, b) = self.pair(pair)?;
        // Complaints are told by those who gave less, praise by those who gave more.
        let band = if feature.is_multiple_of(2) { a } else { b };
        let quotes = self.findings.quotes.iter();
        let of = quotes.filter(|quote| quote.feature == feature && quote.band == band);
        let ids: Vec<&str> = of.map(|quote| quote.quote.response_id.as_str()).collect();
        (!ids.is_empty()).then(|| ids.join("; "))
    }

    /// The groups of a pair, as written.
    pub(super) fn pair(self, pair: usize) -> Option<(&'n str, &'n str)> {
        let pair = self.findings.scores.as_ref()?.pairs.get(pair)?;
        Some((pair.names.0.as_str(), pair.names.1.as_str()))
    }
}

/// Praise or complaint.
pub(super) fn polarity(feature: usize) -> Polarity {
    if feature.is_multiple_of(2) { Polarity::Positive } else { Polarity::Negative }
}

impl<'r, R> Columns<'r, R> {
    /// `scope`, `dim`, `value`, `period`.
    pub(super) fn scope(self, of: impl Fn(&'r R) -> &'r Scope) -> Self {
        self.text("scope", |row| Some(of(row).name()))
            .text("dim", |row| of(row).dim())
            .text("value", |row| of(row).value())
            .text("period", |row| of(row).period())
    }

    /// `suppressed` and `low_base`, which end every table.
    pub(super) fn base(self, of: impl Fn(&'r R) -> (bool, bool)) -> Self {
        self.flag("suppressed", |row| Some(of(row).0)).flag("low_base", |row| Some(of(row).1))
    }
}
