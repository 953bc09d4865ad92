//! A slice of the input as rows: texts, ids and scores whatever their column types.

use super::cells::{Place, Texts, TimePlace, Times, lossy};
use crate::config::Config;
use crate::tally::Moment;
use arrow::array::{Array, ArrayRef, AsArray, BinaryViewArray, Float64Array, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use std::borrow::Cow;

/// Which columns of a projected batch play which part, by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    /// The id, and whether it is a string in the input.
    pub id: Option<(usize, bool)>,
    /// The open questions.
    pub texts: Vec<usize>,
    /// The score.
    pub score: Option<usize>,
    /// The hint of the language, where it is a string.
    pub language: Option<usize>,
    /// The customer.
    pub customer: Option<Place>,
    /// The time.
    pub time: Option<TimePlace>,
    /// The segments, in configured order.
    pub segments: Vec<Place>,
}

impl Roles {
    /// The names of the columns that are read at all, in the order of the roles.
    pub fn columns(config: &Config) -> Vec<&str> {
        let columns = &config.input.columns;
        let texts = columns.text.iter().map(|question| question.column.as_str());
        let others = [&columns.score, &columns.language, &columns.customer, &columns.time];
        let others = others.into_iter().flatten().chain(&columns.segments).map(String::as_str);
        columns.id.as_deref().into_iter().chain(texts).chain(others).collect()
    }

    /// The columns that are read, by position.
    pub fn positions(&self) -> impl Iterator<Item = usize> {
        let places = self.customer.iter().chain(self.time.iter().map(|time| &time.place));
        let others = places.chain(&self.segments).filter_map(|place| match place {
            Place::Column(at) => Some(*at),
            Place::Path(_) => None,
        });
        let id = self.id.iter().map(|(at, _)| *at);
        id.chain(self.texts.iter().copied()).chain(self.score).chain(self.language).chain(others)
    }

    /// The same roles where columns stand elsewhere; nothing when one is not there.
    pub fn moved(&self, to: impl Fn(usize) -> Option<usize>) -> Option<Roles> {
        let moved = |place: &Place| match place {
            Place::Column(at) => to(*at).map(Place::Column),
            Place::Path(value) => Some(Place::Path(value.clone())),
        };
        let id = match self.id {
            Some((at, string)) => Some((to(at)?, string)),
            None => None,
        };
        let score = match self.score {
            Some(at) => Some(to(at)?),
            None => None,
        };
        let customer = match &self.customer {
            Some(place) => Some(moved(place)?),
            None => None,
        };
        let time = match &self.time {
            Some(time) => Some(TimePlace { place: moved(&time.place)?, ..time.clone() }),
            None => None,
        };
        Some(Roles {
            id,
            texts: self.texts.iter().map(|at| to(*at)).collect::<Option<_>>()?,
            score,
            language: self.language.and_then(&to),
            customer,
            time,
            segments: self.segments.iter().map(moved).collect::<Option<_>>()?,
        })
    }
}

/// The rows of one slice. Strings arrive as bytes, because files exist whose "strings" are no UTF-8.
#[derive(Debug)]
pub struct InputRows {
    rows: usize,
    ids: Option<Texts>,
    texts: Vec<BinaryViewArray>,
    scores: Option<Scores>,
    languages: Option<BinaryViewArray>,
    customers: Option<Texts>,
    times: Option<Times>,
    segments: Vec<Texts>,
}

#[derive(Debug)]
enum Scores {
    Numbers(Float64Array),
    Text(BinaryViewArray),
}

/// A score as it stands in the input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum InputScore {
    /// Null, or no score column.
    Missing,
    /// Text that is no number.
    Unreadable,
    /// A number.
    Number(f64),
}

impl InputRows {
    /// The rows of a projected batch; nothing where a column has a type that the schema check refuses.
    pub fn new(batch: &RecordBatch, roles: &Roles) -> Option<InputRows> {
        let bytes = |index: usize| batch.column(index).as_binary_view_opt().cloned();
        let ids = match roles.id {
            Some((index, true)) => Some(Texts::Bytes(bytes(index)?)),
            Some((index, false)) => Some(Texts::Cast(
                cast(batch.column(index), &DataType::Utf8).ok()?.as_string_opt()?.clone(),
            )),
            None => None,
        };
        let scores = match roles.score {
            Some(index) => Some(scores(batch.column(index))?),
            None => None,
        };
        let texts = roles.texts.iter().map(|&index| bytes(index)).collect::<Option<Vec<_>>>()?;
        // A hint of another type than a string says nothing.
        let languages = roles.language.and_then(bytes);
        Some(InputRows {
            rows: batch.num_rows(),
            ids,
            texts,
            scores,
            languages,
            customers: roles.customer.as_ref().map(|place| Texts::new(batch, place)),
            times: roles.time.as_ref().map(|time| Times::new(batch, time)),
            segments: roles.segments.iter().map(|place| Texts::new(batch, place)).collect(),
        })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The id of a row; none where it is null or there is no id column.
    pub fn id(&self, row: usize) -> Option<Cow<'_, str>> {
        self.ids.as_ref()?.get(row)
    }

    /// The customer of a row; none where it is null or blank or there is no such column.
    pub fn customer(&self, row: usize) -> Option<Cow<'_, str>> {
        self.customers.as_ref()?.get(row).filter(|customer| !customer.trim().is_empty())
    }

    /// When a row was given.
    pub fn moment(&self, row: usize) -> Moment {
        self.times.as_ref().map_or(Moment::Missing, |times| times.get(row))
    }

    /// The values of a row in the segments, in configured order.
    pub fn segments(&self, row: usize) -> impl Iterator<Item = Option<Cow<'_, str>>> {
        self.segments.iter().map(move |texts| texts.get(row))
    }

    /// The text of a question; bytes that are no UTF-8 are shown as U+FFFD.
    pub fn text(&self, row: usize, question: usize) -> Option<Cow<'_, str>> {
        let array = self.texts.get(question)?;
        array.is_valid(row).then(|| lossy(array.value(row)))
    }

    /// Bytes of all texts.
    pub fn text_bytes(&self) -> usize {
        self.texts.iter().flat_map(BinaryViewArray::lengths).map(|length| length as usize).sum()
    }

    /// What the data names as the language of a row.
    pub fn language(&self, row: usize) -> Option<Cow<'_, str>> {
        let array = self.languages.as_ref()?;
        array.is_valid(row).then(|| lossy(array.value(row)))
    }

    /// The score of a row. Text may use a decimal comma.
    pub fn score(&self, row: usize) -> InputScore {
        match &self.scores {
            None => InputScore::Missing,
            Some(Scores::Numbers(array)) => {
                if array.is_valid(row) {
                    InputScore::Number(array.value(row))
                } else {
                    InputScore::Missing
                }
            }
            Some(Scores::Text(array)) => {
                if array.is_null(row) {
                    return InputScore::Missing;
                }
                let text = String::from_utf8_lossy(array.value(row)).trim().replace(',', ".");
                match text.parse() {
                    Ok(number) => InputScore::Number(number),
                    Err(_) if text.is_empty() => InputScore::Missing,
                    Err(_) => InputScore::Unreadable,
                }
            }
        }
    }
}

fn scores(column: &ArrayRef) -> Option<Scores> {
    if let Some(text) = column.as_binary_view_opt() {
        return Some(Scores::Text(text.clone()));
    }
    Some(Scores::Numbers(
        cast(column, &DataType::Float64).ok()?.as_primitive_opt::<Float64Type>()?.clone(),
    ))
}
