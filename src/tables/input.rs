//! A slice of the input as rows: texts, ids and scores whatever their column types.

use crate::config::Config;
use arrow::array::{
    Array, ArrayRef, AsArray, BinaryViewArray, Float64Array, RecordBatch, StringArray,
};
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
}

impl Roles {
    /// The names of the columns that are read at all, in the order of the roles.
    pub fn columns(config: &Config) -> Vec<&str> {
        let columns = &config.input.columns;
        let texts = columns.text.iter().map(|question| question.column.as_str());
        let others = [columns.score.as_deref(), columns.language.as_deref()];
        columns.id.as_deref().into_iter().chain(texts).chain(others.into_iter().flatten()).collect()
    }
}

/// The rows of one slice. Strings arrive as bytes, because files exist whose "strings" are no UTF-8.
#[derive(Debug)]
pub struct InputRows {
    rows: usize,
    ids: Option<Ids>,
    texts: Vec<BinaryViewArray>,
    scores: Option<Scores>,
    languages: Option<BinaryViewArray>,
}

#[derive(Debug)]
enum Ids {
    Bytes(BinaryViewArray),
    Cast(StringArray),
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
            Some((index, true)) => Some(Ids::Bytes(bytes(index)?)),
            Some((index, false)) => Some(Ids::Cast(
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
        Some(InputRows { rows: batch.num_rows(), ids, texts, scores, languages })
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
        match self.ids.as_ref()? {
            Ids::Bytes(array) => array.is_valid(row).then(|| lossy(array.value(row))),
            Ids::Cast(array) => array.is_valid(row).then(|| Cow::Borrowed(array.value(row))),
        }
    }

    /// The text of a question; bytes that are no UTF-8 are shown as U+FFFD.
    pub fn text(&self, row: usize, question: usize) -> Option<Cow<'_, str>> {
        let array = self.texts.get(question)?;
        array.is_valid(row).then(|| lossy(array.value(row)))
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

/// As `String::from_utf8_lossy`, with the faster check for what is nearly always fine.
fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

fn scores(column: &ArrayRef) -> Option<Scores> {
    if let Some(text) = column.as_binary_view_opt() {
        return Some(Scores::Text(text.clone()));
    }
    Some(Scores::Numbers(
        cast(column, &DataType::Float64).ok()?.as_primitive_opt::<Float64Type>()?.clone(),
    ))
}
