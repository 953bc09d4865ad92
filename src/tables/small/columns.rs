//! A small table, column by column: each column is a name, a type and what it takes from a row.

use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
};
use arrow::datatypes::{DataType, Field, Schema};
use std::sync::Arc;

/// A table of findings: small, so that it is built whole.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallTable {
    /// The name of its files, without an ending.
    pub name: &'static str,
    /// Its rows.
    pub rows: RecordBatch,
}

/// The columns of a table of `R`, in the order in which they are named.
pub(super) struct Columns<'r, R> {
    name: &'static str,
    rows: &'r [R],
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl<'r, R> Columns<'r, R> {
    pub(super) fn of(name: &'static str, rows: &'r [R]) -> Columns<'r, R> {
        Columns { name, rows, fields: Vec::new(), arrays: Vec::new() }
    }

    fn push(mut self, column: &str, kind: DataType, array: ArrayRef) -> Self {
        self.fields.push(Field::new(column, kind, true));
        self.arrays.push(array);
        self
    }

    pub(super) fn text<T: AsRef<str>>(self, column: &str, of: impl Fn(&'r R) -> Option<T>) -> Self {
        let array: StringArray = self.rows.iter().map(of).collect();
        self.push(column, DataType::Utf8, Arc::new(array))
    }

    pub(super) fn number(self, column: &str, of: impl Fn(&'r R) -> Option<f64>) -> Self {
        // A table holds no NaN and no infinity: where a figure does not exist, nothing stands.
        let finite = |row| of(row).filter(|number| number.is_finite());
        let array: Float64Array = self.rows.iter().map(finite).collect();
        self.push(column, DataType::Float64, Arc::new(array))
    }

    pub(super) fn count(self, column: &str, of: impl Fn(&'r R) -> Option<u64>) -> Self {
        let array: Int64Array = self
            .rows
            .iter()
            .map(|row| of(row).map(|n| i64::try_from(n).unwrap_or(i64::MAX)))
            .collect();
        self.push(column, DataType::Int64, Arc::new(array))
    }

    pub(super) fn rank(self, column: &str, of: impl Fn(&'r R) -> Option<usize>) -> Self {
        let array: Int32Array = self
            .rows
            .iter()
            .map(|row| of(row).map(|n| i32::try_from(n).unwrap_or(i32::MAX)))
            .collect();
        self.push(column, DataType::Int32, Arc::new(array))
    }

    pub(super) fn flag(self, column: &str, of: impl Fn(&'r R) -> Option<bool>) -> Self {
        let array: BooleanArray = self.rows.iter().map(of).collect();
        self.push(column, DataType::Boolean, Arc::new(array))
    }

    pub(super) fn finish(self) -> SmallTable {
        let schema = Arc::new(Schema::new(self.fields));
        // One array a field, each of one element a row.
        let rows = RecordBatch::try_new(Arc::clone(&schema), self.arrays)
            .unwrap_or_else(|_| RecordBatch::new_empty(schema));
        SmallTable { name: self.name, rows }
    }
}
