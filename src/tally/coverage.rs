//! How much of what customers wrote was understood: by language and score.

use super::Part;
use super::rows::Rows;
use std::collections::BTreeMap;

/// Responses of one language with text and one score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Covered {
    /// All of them.
    pub texts: u64,
    /// With praise or complaint.
    pub felt: u64,
    /// With a theme.
    pub themed: u64,
    /// With neither: nothing was understood.
    pub neither: u64,
}

impl Covered {
    /// The sum of two.
    pub fn and(self, other: Covered) -> Covered {
        Covered {
            texts: self.texts + other.texts,
            felt: self.felt + other.felt,
            themed: self.themed + other.themed,
            neither: self.neither + other.neither,
        }
    }
}

/// Coverage by language code (`und` for undetermined) and score; the last of each list is for responses without a score.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    pub(super) bins: usize,
    pub(super) languages: BTreeMap<&'static str, Vec<Covered>>,
}

impl Coverage {
    pub(super) fn new(bins: usize) -> Coverage {
        Coverage { bins, languages: BTreeMap::new() }
    }

    /// By language code: coverage by score, then that of responses without one.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &[Covered], Covered)> {
        self.languages.iter().filter_map(|(language, covered)| {
            let (unscored, scored) = covered.split_last()?;
            Some((*language, scored, *unscored))
        })
    }

    pub(super) fn merge(&mut self, other: &Coverage) {
        self.bins = self.bins.max(other.bins);
        for (language, theirs) in &other.languages {
            let mine = self.languages.entry(language).or_default();
            mine.resize(mine.len().max(theirs.len()), Covered::default());
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine = mine.and(*theirs);
            }
        }
    }
}

impl Part for Coverage {
    fn add(&mut self, rows: &Rows) {
        for row in rows.iter().filter(|row| row.text) {
            let columns = self.bins + 1;
            let by_score = self
                .languages
                .entry(row.language)
                .or_insert_with(|| vec![Covered::default(); columns]);
            if let Some(covered) = by_score.get_mut(row.bin().unwrap_or(self.bins)) {
                *covered = covered.and(Covered {
                    texts: 1,
                    felt: u64::from(row.felt),
                    themed: u64::from(!row.mentioned.is_empty()),
                    neither: u64::from(!row.felt && row.mentioned.is_empty()),
                });
            }
        }
    }
}
