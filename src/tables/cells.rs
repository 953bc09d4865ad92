//! Columns of any type as texts and as points of time.

use crate::tally::{Moment, moment};
use arrow::array::{
    Array, ArrayRef, AsArray, BinaryViewArray, Int64Array, RecordBatch, StringArray,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type, TimeUnit};
use std::borrow::Cow;

/// Where the values of a part come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A column, by position.
    Column(usize),
    /// The path of the file, the same for every row; none for the key's null.
    Path(Option<String>),
}

/// Where points of time come from, and what the file says of them beyond their type in Arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimePlace {
    /// The column or the path.
    pub place: Place,
    /// How the writer saw the column: Parquet knows no seconds, so that only there they are told from numbers.
    pub written: Option<DataType>,
    /// Whether it is an INT96, which is always in UTC though it does not say so.
    pub int96: bool,
}

/// A column, or a value of the path, as text.
#[derive(Debug)]
pub(super) enum Texts {
    Bytes(BinaryViewArray),
    Cast(StringArray),
    Constant(Option<String>),
}

impl Texts {
    /// A column as text. One of a type that has no text (a segment of raw bytes of fixed length) is null in every row.
    pub(super) fn new(batch: &RecordBatch, place: &Place) -> Texts {
        match place {
            Place::Path(value) => Texts::Constant(value.clone()),
            Place::Column(at) => Texts::of_column(batch.column(*at)),
        }
    }

    fn of_column(column: &ArrayRef) -> Texts {
        if let Some(bytes) = column.as_binary_view_opt() {
            return Texts::Bytes(bytes.clone());
        }
        let cast = cast(column, &DataType::Utf8).ok();
        let texts = cast.and_then(|texts| texts.as_string_opt().cloned());
        texts.map_or(Texts::Constant(None), Texts::Cast)
    }

    pub(super) fn get(&self, row: usize) -> Option<Cow<'_, str>> {
        match self {
            Texts::Bytes(array) => array.is_valid(row).then(|| lossy(array.value(row))),
            Texts::Cast(array) => array.is_valid(row).then(|| Cow::Borrowed(array.value(row))),
            Texts::Constant(value) => value.as_deref().map(Cow::Borrowed),
        }
    }
}

/// A column, or a value of the path, as points of time.
#[derive(Debug)]
pub(super) enum Times {
    /// Numbers of which so many make a second (none: which are days), and whether they are points of time in UTC.
    Numbers(Int64Array, Option<i64>, bool),
    Texts(Texts),
    Unreadable(ArrayRef),
}

impl Times {
    pub(super) fn new(batch: &RecordBatch, time: &TimePlace) -> Times {
        let Place::Column(at) = &time.place else {
            return Times::Texts(Texts::new(batch, &time.place));
        };
        let column = batch.column(*at);
        let written = time.written.as_ref().unwrap_or(&DataType::Null);
        // A column without annotation is what its writer says it is.
        let kind = match column.data_type() {
            DataType::Int64 | DataType::Int32 => written,
            kind => kind,
        };
        let in_zone = |kind: &DataType| matches!(kind, DataType::Timestamp(_, Some(_)));
        let instant = time.int96 || in_zone(column.data_type()) || in_zone(written);
        let numbers =
            || cast(column, &DataType::Int64).ok()?.as_primitive_opt::<Int64Type>().cloned();
        let found = match kind {
            DataType::Timestamp(unit, _) => {
                let a_second = match unit {
                    TimeUnit::Second => 1,
                    TimeUnit::Millisecond => 1_000,
                    TimeUnit::Microsecond => 1_000_000,
                    TimeUnit::Nanosecond => 1_000_000_000,
                };
                numbers().map(|numbers| Times::Numbers(numbers, Some(a_second), instant))
            }
            DataType::Date64 => {
                numbers().map(|numbers| Times::Numbers(numbers, Some(1_000), false))
            }
            DataType::Date32 => numbers().map(|numbers| Times::Numbers(numbers, None, false)),
            DataType::BinaryView => Some(Times::Texts(Texts::of_column(column))),
            _ => None,
        };
        found.unwrap_or_else(|| Times::Unreadable(column.clone()))
    }

    pub(super) fn get(&self, row: usize) -> Moment {
        match self {
            Times::Numbers(array, a_second, instant) => {
                if array.is_null(row) {
                    return Moment::Missing;
                }
                let number = array.value(row);
                let second = match a_second {
                    Some(parts) => Some(number.div_euclid(*parts)),
                    None => number.checked_mul(86_400),
                };
                match second {
                    Some(second) if *instant => Moment::Instant(second),
                    Some(second) => Moment::Local(second),
                    None => Moment::Unreadable,
                }
            }
            Times::Texts(texts) => texts.get(row).map_or(Moment::Missing, |text| moment(&text)),
            Times::Unreadable(column) if column.is_null(row) => Moment::Missing,
            Times::Unreadable(_) => Moment::Unreadable,
        }
    }
}

/// As `String::from_utf8_lossy`, with the faster check for what is nearly always fine.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}
