//! The state of a tally as one long, flat table: `part`, `keys`, `field`, `numbers`. It is read by kymppi itself, so that
//! it may hold lists.

use crate::tally::{Record, Tally};
use arrow::array::{
    Array, AsArray, Int64Builder, ListArray, ListBuilder, RecordBatch, StringBuilder,
};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};
use arrow::error::ArrowError;
use std::sync::Arc;

/// Numbers of a batch, about: 8 MB.
const BATCH_NUMBERS: usize = 1 << 20;

/// The columns of the state.
pub fn state_schema() -> Schema {
    let list = |kind| DataType::List(Arc::new(Field::new_list_field(kind, true)));
    Schema::new(vec![
        Field::new("part", DataType::Utf8, false),
        Field::new("keys", list(DataType::Utf8), false),
        Field::new("field", DataType::Utf8, false),
        Field::new("numbers", list(DataType::Int64), false),
    ])
}

/// The state of a settled tally, batch by batch, so that it need not be in memory twice.
pub fn state_to_batches(tally: &Tally) -> impl Iterator<Item = Result<RecordBatch, ArrowError>> {
    let schema = Arc::new(state_schema());
    let mut records = tally.records();
    std::iter::from_fn(move || next_batch(&schema, &mut records))
}

fn next_batch(
    schema: &SchemaRef,
    records: &mut impl Iterator<Item = Record>,
) -> Option<Result<RecordBatch, ArrowError>> {
    let (mut parts, mut fields) = (StringBuilder::new(), StringBuilder::new());
    let mut keys = ListBuilder::new(StringBuilder::new());
    let mut numbers = ListBuilder::new(Int64Builder::new());
    let mut count = 0;
    for record in records.by_ref() {
        parts.append_value(&record.part);
        fields.append_value(&record.field);
        record.keys.iter().for_each(|key| keys.values().append_value(key));
        keys.append(true);
        numbers.values().append_slice(&record.numbers);
        numbers.append(true);
        count += record.numbers.len() + 1;
        if count >= BATCH_NUMBERS {
            break;
        }
    }
    (count > 0).then(|| {
        RecordBatch::try_new(
            Arc::clone(schema),
            vec![
                Arc::new(parts.finish()),
                Arc::new(keys.finish()),
                Arc::new(fields.finish()),
                Arc::new(numbers.finish()),
            ],
        )
    })
}

/// The tally of a state.
///
/// # Errors
/// What is wrong with the table or its version.
pub fn state_from_batches(batches: impl Iterator<Item = RecordBatch>) -> Result<Tally, String> {
    let mut records = Vec::new();
    let mut fits = true;
    let read = batches.flat_map(|batch| {
        records.clear();
        fits &= read_batch(&batch, &mut records).is_some();
        std::mem::take(&mut records)
    });
    let tally = Tally::from_records(read);
    if fits { tally } else { Err("it has other columns than a state".into()) }
}

fn read_batch(batch: &RecordBatch, records: &mut Vec<Record>) -> Option<()> {
    let text = |name| batch.column_by_name(name)?.as_string_opt::<i32>();
    let list = |name| batch.column_by_name(name)?.as_list_opt::<i32>();
    let (parts, fields) = (text("part")?, text("field")?);
    let (keys, numbers): (&ListArray, &ListArray) = (list("keys")?, list("numbers")?);
    for row in 0..batch.num_rows() {
        let own_keys = keys.value(row);
        let own_keys = own_keys.as_string_opt::<i32>()?;
        let own_numbers = numbers.value(row);
        let own_numbers = own_numbers.as_primitive_opt::<Int64Type>()?;
        records.push(Record {
            part: parts.value(row).to_owned(),
            keys: (0..own_keys.len()).map(|at| own_keys.value(at).to_owned()).collect(),
            field: fields.value(row).to_owned(),
            numbers: own_numbers.values().to_vec(),
        });
    }
    Some(())
}
