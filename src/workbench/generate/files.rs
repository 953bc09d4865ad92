//! Parquet files: encoding a row group in memory, and appending encoded groups to a file.
//!
//! The two are apart because any thread encodes, while only one writes, in order.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;

use super::random::Random;
use super::rows::{Source, Span};
use super::{GenerateError, Generated, Group};

/// Rows drawn at once: few enough to stay in the processor's cache until they are encoded.
const BATCH_ROWS: u64 = 4_096;

/// A file being written.
pub(super) struct Open {
    /// Its month.
    pub(super) key: &'static str,
    pub(super) path: PathBuf,
    pub(super) writer: SerializedFileWriter<File>,
}

/// Draws a row group and encodes its columns in memory.
pub(super) fn encode(
    group: Group,
    seed: u64,
    source: &Source,
    factory: &ArrowRowGroupWriterFactory,
) -> Result<Vec<ArrowColumnChunk>, ParquetError> {
    let mut random = Random::new(seed, group.number);
    let mut writers = factory.create_column_writers(0)?;
    let mut drawn = 0;
    while drawn < group.span.count {
        let first = group.span.first + drawn;
        let count = BATCH_ROWS.min(group.span.count - drawn);
        let span = Span { first, count, ..group.span };
        let batch = source.rows(group.month, span, &mut random)?;
        let columns = source.schema.fields().iter().zip(batch.columns());
        for (writer, (field, column)) in writers.iter_mut().zip(columns) {
            // No column is nested, so there is one leaf each.
            for leaf in compute_leaves(field, column)? {
                writer.write(&leaf)?;
            }
        }
        drawn += count;
    }
    writers.into_iter().map(|writer| writer.close()).collect()
}

/// Appends an encoded row group to its file.
pub(super) fn append(
    chunks: Vec<ArrowColumnChunk>,
    writer: &mut SerializedFileWriter<File>,
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for chunk in chunks {
        chunk.append_to_row_group(&mut group)?;
    }
    group.close()?;
    Ok(())
}

/// A Parquet writer into `sink` and the factory of its column writers.
pub(super) fn writer<W: io::Write + Send>(
    sink: W,
    source: &Source,
) -> Result<(SerializedFileWriter<W>, ArrowRowGroupWriterFactory), ParquetError> {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_column_encoding(ColumnPath::from("created_at"), Encoding::DELTA_BINARY_PACKED);
    // Values that hardly ever repeat: a dictionary would be built and thrown away.
    for column in ["response_id", "comment", "customer_id", "created_at"] {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(column), false);
    }
    ArrowWriter::try_new(sink, source.schema.clone(), Some(properties.build()))?
        .into_serialized_writer()
}

/// Opens the file of a month.
pub(super) fn create(
    output: &Path,
    key: &'static str,
    source: &Source,
) -> Result<Open, GenerateError> {
    let folder = output.join(format!("month={key}"));
    fs::create_dir(&folder).map_err(|error| GenerateError::Io(folder.clone(), error))?;
    let path = folder.join("part-0.parquet");
    let file = File::create(&path).map_err(|error| GenerateError::Io(path.clone(), error))?;
    match writer(file, source) {
        Ok((writer, _)) => Ok(Open { key, path, writer }),
        Err(error) => Err(GenerateError::Parquet(path, error)),
    }
}

/// Writes the footer of a file and counts it.
pub(super) fn finish(open: Option<Open>, generated: &mut Generated) -> Result<(), GenerateError> {
    if let Some(Open { path, mut writer, .. }) = open {
        writer.finish().map_err(|error| GenerateError::Parquet(path, error))?;
        generated.files += 1;
        generated.bytes += writer.bytes_written() as u64;
    }
    Ok(())
}
