//! What passes through: row groups, values, types, encoded bytes and metadata of the source columns are those of the
//! input.

use super::{
    ADDED, PRAISE, feedback, ids, kind_of, numbers, owned, part, parts, seconds_as, texts, types,
};
use crate::support::{Job, batch, read_parquet, strings, text, write_parquet};
use arrow::array::{
    ArrayRef, BooleanArray, FixedSizeListArray, Int8Array, Int32Array, Int64Array, ListArray,
    RecordBatch, StructArray,
};
use arrow::buffer::OffsetBuffer;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Fields, Int32Type, IntervalUnit, Schema, TimeUnit};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowWriter};
use parquet::basic::{BrotliLevel, Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::file::metadata::{KeyValue, PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::properties::{WriterProperties, WriterVersion};
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

fn metadata(path: &Path) -> ParquetMetaData {
    let reader = ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional);
    reader.parse_and_finish(&File::open(path).unwrap()).unwrap()
}

fn group_rows(metadata: &ParquetMetaData) -> Vec<i64> {
    metadata.row_groups().iter().map(|group| group.num_rows()).collect()
}

fn write_with(path: &Path, batch: &RecordBatch, options: ArrowWriterOptions) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut writer =
        ArrowWriter::try_new_with_options(File::create(path).unwrap(), batch.schema(), options)
            .unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn row_groups_are_those_of_the_input() {
    const ROWS: usize = 9001;
    let column: Vec<&str> = (0..ROWS).map(|row| if row % 2 == 0 { PRAISE } else { "-" }).collect();
    let input = batch(&[
        ("id", ids(ROWS)),
        ("text", texts(&column)),
        ("score", numbers(&vec![Some(9.0); ROWS])),
    ]);
    let job = Job::new();
    write_parquet(&job.input().join("long.parquet"), &input, 5000);
    write_parquet(&job.input().join("short.parquet"), &input.slice(0, 10), 3);
    let tables = job.run();
    let groups = |file: &str| group_rows(&metadata(&tables.output.join("responses").join(file)));
    assert_eq!(groups("long.parquet"), [5000, 4001]);
    assert_eq!(groups("short.parquet"), [3, 3, 3, 1]);
    let responses = part(&tables, "responses", "long.parquet");
    assert_eq!(text(&responses, "id")[ROWS - 1], format!("r{}", ROWS - 1));
    let labels = text(&responses, "sentiment_label");
    assert!(
        labels
            .iter()
            .enumerate()
            .all(|(row, label)| label == if row % 2 == 0 { "positive" } else { "neutral" })
    );
    assert_eq!(tables.record()["counts"]["rows_out"], ROWS + 10);
}

/// Columns of types that kymppi never reads.
fn exotic() -> Vec<(&'static str, ArrayRef)> {
    let cast_to =
        |kind: DataType| cast(&Int64Array::from(vec![Some(3), None, Some(100)]), &kind).unwrap();
    let number = Arc::new(Int32Array::from(vec![Some(1), None, Some(3), Some(4)])) as ArrayRef;
    let item = Arc::new(Field::new("item", DataType::Int32, true));
    let offsets = OffsetBuffer::from_lengths([2, 0, 2]);
    let list =
        ListArray::new(item.clone(), offsets, number.clone(), Some(vec![true, false, true].into()));
    let fields = Fields::from(vec![
        Field::new("a", DataType::Utf8, true),
        Field::new("b", DataType::List(item.clone()), true),
    ]);
    let inner: Vec<ArrayRef> = vec![texts(&["x", "y", "z"]), Arc::new(list.clone())];
    let tuple = StructArray::new(fields, inner, Some(vec![true, true, false].into()));
    let pairs =
        FixedSizeListArray::new(item, 2, Arc::new(Int32Array::from_iter_values(0..6)), None);
    let plain = texts(&["x", "y", "x"]);
    let dictionary = |key| DataType::Dictionary(Box::new(key), Box::new(DataType::Utf8));
    let stamp = |unit, zone: Option<&str>| {
        let seconds = cast_to(DataType::Timestamp(TimeUnit::Second, None));
        seconds_as(&seconds, &DataType::Timestamp(unit, zone.map(Arc::from)))
    };
    vec![
        ("list", Arc::new(list)),
        ("struct", Arc::new(tuple)),
        ("pairs", Arc::new(pairs)),
        ("uint64", cast_to(DataType::UInt64)),
        ("uint8", cast_to(DataType::UInt8)),
        ("int16", cast_to(DataType::Int16)),
        ("float16", cast_to(DataType::Float16)),
        ("decimal", cast_to(DataType::Decimal128(20, 3))),
        ("decimal256", cast_to(DataType::Decimal256(60, 3))),
        ("ns", stamp(TimeUnit::Nanosecond, Some("Europe/Helsinki"))),
        ("ms", stamp(TimeUnit::Millisecond, None)),
        (
            "date64",
            cast(&cast(&cast_to(DataType::Int32), &DataType::Date32).unwrap(), &DataType::Date64)
                .unwrap(),
        ),
        (
            "time",
            cast(&cast_to(DataType::Int32), &DataType::Time32(TimeUnit::Millisecond)).unwrap(),
        ),
        ("duration", cast_to(DataType::Duration(TimeUnit::Microsecond))),
        (
            "interval",
            Arc::new(arrow::array::IntervalYearMonthArray::from(vec![Some(1), None, Some(3)])),
        ),
        ("dictionary8", cast(&plain, &dictionary(DataType::Int8)).unwrap()),
        ("dictionary32", cast(&plain, &dictionary(DataType::UInt32)).unwrap()),
        ("view", cast(&plain, &DataType::Utf8View).unwrap()),
        ("bytes", cast(&plain, &DataType::LargeBinary).unwrap()),
        (
            "fixed",
            cast(&cast(&plain, &DataType::Binary).unwrap(), &DataType::FixedSizeBinary(1)).unwrap(),
        ),
        ("flag", Arc::new(BooleanArray::from(vec![Some(true), None, Some(false)]))),
        ("nothing", arrow::array::new_null_array(&DataType::Null, 3)),
        ("small", Arc::new(Int8Array::from(vec![i8::MIN, 0, i8::MAX]))),
    ]
}

#[test]
fn columns_of_any_type_pass_through_value_by_value_and_type_by_type() {
    let mut columns = exotic();
    assert_eq!(kind_of(&batch(&columns), "interval"), DataType::Interval(IntervalUnit::YearMonth));
    columns.insert(4, ("id", ids(3)));
    columns.insert(0, ("score", numbers(&[Some(9.0); 3])));
    columns.push(("text", texts(&[PRAISE; 3])));
    let plain = batch(&columns);
    // Metadata of fields and of the schema is part of the type.
    let tagged = |field: &Arc<Field>| {
        field.as_ref().clone().with_metadata([("unit".to_owned(), field.name().clone())])
    };
    let fields: Vec<Field> = plain.schema().fields().iter().map(tagged).collect();
    let schema = Schema::new_with_metadata(fields, [("origin".to_owned(), "survey".to_owned())]);
    let input = RecordBatch::try_new(Arc::new(schema), plain.columns().to_vec()).unwrap();
    let job = Job::new();
    write_parquet(&job.input().join("a.parquet"), &input, 2);
    let tables = job.run();
    let (source, output) =
        (read_parquet(&job.input().join("a.parquet")), part(&tables, "responses", "a.parquet"));
    assert_eq!(source.num_columns() + ADDED.len(), output.num_columns());
    for (position, field) in source.schema().fields().iter().enumerate() {
        assert_eq!(field, &output.schema().fields()[position]);
        assert_eq!(source.column(position), output.column(position), "{}", field.name());
    }
    assert_eq!(output.schema().metadata().get("origin").map(String::as_str), Some("survey"));
    assert_eq!(types(&output)[source.num_columns()..], owned(&ADDED));
}

#[test]
fn the_encoded_bytes_of_a_source_column_are_copied_with_their_indexes_and_statistics() {
    let rows = 3000;
    let column: Vec<String> = (0..rows).map(|row| format!("{PRAISE} {row}")).collect();
    let column = strings(column.iter().map(|row| Some(row.as_str())));
    let score: ArrayRef = Arc::new(Int32Array::from_iter_values((0..rows).map(|row| row % 11)));
    let list: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(
        (0..rows).map(|row| Some(vec![Some(row); 3])),
    ));
    let input =
        batch(&[("id", ids(rows as usize)), ("text", column), ("list", list), ("score", score)]);
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(2000))
        .set_data_page_row_count_limit(500)
        .set_write_batch_size(100)
        .set_compression(Compression::SNAPPY)
        .set_bloom_filter_enabled(true)
        .build();
    let job = Job::new();
    let source = job.input().join("a.parquet");
    write_with(&source, &input, ArrowWriterOptions::new().with_properties(properties));
    let tables = job.run();
    let output = tables.output.join("responses/a.parquet");
    let (source_bytes, output_bytes) = (fs::read(&source).unwrap(), fs::read(&output).unwrap());
    let (source, output) = (metadata(&source), metadata(&output));
    assert_eq!(group_rows(&source), [2000, 1000]);
    assert_eq!(group_rows(&output), [2000, 1000]);
    for group in 0..2 {
        let (source_pages, output_pages) =
            (source.page_index_for_row_group(group), output.page_index_for_row_group(group));
        for column in 0..4 {
            let (from, to) =
                (source.row_group(group).column(column), output.row_group(group).column(column));
            let chunk = |bytes: &[u8], (start, length): (u64, u64)| {
                bytes[start as usize..(start + length) as usize].to_vec()
            };
            assert!(
                chunk(&source_bytes, from.byte_range()) == chunk(&output_bytes, to.byte_range()),
                "{}",
                from.column_path()
            );
            assert_eq!(to.compression(), Compression::SNAPPY);
            assert_eq!((from.statistics(), from.num_values()), (to.statistics(), to.num_values()));
            assert_eq!(
                to.bloom_filter_offset(),
                None,
                "a filter that is not copied is not promised"
            );
            let index = |pages: Option<_>| format!("{pages:?}");
            assert_eq!(
                index(source_pages.column_index(column)),
                index(output_pages.column_index(column))
            );
            let (pages, copies) = (
                source_pages.offset_index(column).unwrap(),
                output_pages.offset_index(column).unwrap(),
            );
            assert!(pages.page_locations.len() >= 2, "{}", pages.page_locations.len());
            assert_eq!(pages.page_locations.len(), copies.page_locations.len());
            for (page, copy) in pages.page_locations.iter().zip(&copies.page_locations) {
                assert_eq!(
                    page.offset - from.byte_range().0 as i64,
                    copy.offset - to.byte_range().0 as i64
                );
                assert_eq!(
                    (page.compressed_page_size, page.first_row_index),
                    (copy.compressed_page_size, copy.first_row_index)
                );
            }
        }
        assert_eq!(output.row_group(group).num_columns(), 4 + ADDED.len());
    }
}

#[test]
fn every_codec_and_page_version_is_read() {
    let codecs = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4_RAW,
        Compression::ZSTD(ZstdLevel::default()),
    ];
    let versions = [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0];
    let job = Job::new();
    for (number, codec) in codecs.iter().enumerate() {
        for (version, pages) in versions.iter().enumerate() {
            let properties =
                WriterProperties::builder().set_compression(*codec).set_writer_version(*pages);
            let properties = match version {
                0 => properties,
                _ => properties
                    .set_dictionary_enabled(false)
                    .set_column_encoding("text".into(), Encoding::DELTA_BYTE_ARRAY),
            };
            let path = job.input().join(format!("{number}-{version}.parquet"));
            write_with(
                &path,
                &feedback(),
                ArrowWriterOptions::new().with_properties(properties.build()),
            );
        }
    }
    let tables = job.run();
    let expected = part(&tables, "responses", "0-0.parquet");
    assert_eq!(text(&expected, "sentiment_label"), ["positive", "negative"]);
    let files = parts(&tables, "responses");
    assert_eq!(files.len(), 12);
    for file in files {
        assert_eq!(part(&tables, "responses", &file), expected, "{file}");
    }
}

#[test]
fn key_value_metadata_of_the_source_is_kept() {
    let values = vec![
        KeyValue::new("pandas".to_owned(), "{\"index\": []}".to_owned()),
        KeyValue::new("empty".to_owned(), None),
    ];
    let properties =
        || WriterProperties::builder().set_key_value_metadata(Some(values.clone())).build();
    let job = Job::new();
    write_with(
        &job.input().join("a.parquet"),
        &feedback(),
        ArrowWriterOptions::new().with_properties(properties()),
    );
    let plain =
        ArrowWriterOptions::new().with_properties(properties()).with_skip_arrow_metadata(true);
    write_with(&job.input().join("plain.parquet"), &feedback(), plain);
    let tables = job.run();
    let kept = |file: &str| {
        let metadata = metadata(&tables.output.join("responses").join(file));
        metadata.file_metadata().key_value_metadata().unwrap().clone()
    };
    assert_eq!(kept("plain.parquet"), values, "no Arrow schema where there was none");
    let with_schema = kept("a.parquet");
    assert!(values.iter().all(|value| with_schema.contains(value)), "{with_schema:?}");
    assert_eq!(with_schema.iter().filter(|value| value.key == ARROW_SCHEMA_META_KEY).count(), 1);
    assert_eq!(with_schema.len(), 3);
    assert_eq!(
        part(&tables, "responses", "a.parquet"),
        part(&tables, "responses", "plain.parquet")
    );
}
