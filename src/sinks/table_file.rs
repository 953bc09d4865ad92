//! One Parquet file of an output table: new columns encoded in parallel, source columns copied page by page.

use super::hashing::HashingFile;
use crate::error::Error;
use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{DataType, Schema, SchemaRef};
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::arrow::{ARROW_SCHEMA_META_KEY, ArrowSchemaConverter, encode_arrow_schema};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, ParquetMetaData};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::ChunkReader;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type};
use rayon::prelude::*;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Columns of which nearly every value is another: a dictionary would only cost, and nobody prunes by their bounds.
const DISTINCT: [&str; 6] =
    ["response_id", "stems", "themes", "text_redacted", "evidence", "entries"];
/// The one number of which nearly every value is another.
const CONFIDENCE: &str = "language_confidence";

/// A source file whose columns are copied, without decoding, in front of the new ones.
#[derive(Debug)]
pub struct Splice<'s, R> {
    /// The open source file.
    pub file: &'s R,
    /// Its footer, with page indexes where it has them.
    pub metadata: &'s ParquetMetaData,
    /// Its columns as Arrow sees them.
    pub schema: &'s Schema,
    /// Columns to leave out.
    pub without: &'s [String],
}

// By hand: a derive would ask the same of `R`.
impl<R> Clone for Splice<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Splice<'_, R> {}

/// A published file, for run.json.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRecord {
    /// Path below the output, with `/`.
    pub path: String,
    /// Rows.
    pub rows: u64,
    /// Size.
    pub bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

/// A Parquet file being written.
pub struct TableFile {
    path: PathBuf,
    relative: String,
    schema: SchemaRef,
    writer: SerializedFileWriter<HashingFile>,
    encoders: ArrowRowGroupWriterFactory,
    /// The new columns of the row group at hand.
    columns: Vec<ArrowColumnWriter>,
    rows_in_group: u64,
    rows: u64,
    groups: usize,
}

impl std::fmt::Debug for TableFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableFile")
            .field("path", &self.path)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl TableFile {
    /// Creates `path`, which is `relative` to the output, for columns of `schema` behind those of `splice`.
    ///
    /// # Errors
    /// [`Error::Io`] when the file cannot be created, [`Error::Write`] when a column cannot be encoded.
    pub fn create<R: ChunkReader>(
        path: PathBuf,
        relative: String,
        schema: SchemaRef,
        splice: Option<Splice<'_, R>>,
    ) -> Result<TableFile, Error> {
        let build = || -> Result<(SerializedFileWriter<HashingFile>, ArrowRowGroupWriterFactory), Problem> {
            let new = ArrowSchemaConverter::new().convert(&schema)?;
            let properties = Arc::new(properties(&schema, splice));
            let root = match splice {
                Some(splice) => joined_root(splice, new.root_schema())?,
                None => new.root_schema_ptr(),
            };
            let file = File::create_new(&path)?;
            let writer = SerializedFileWriter::new(HashingFile::new(file), root, Arc::clone(&properties))?;
            // The new columns are encoded apart from the source columns, by a factory that knows only them.
            let apart = SerializedFileWriter::new(std::io::sink(), new.root_schema_ptr(), properties)?;
            Ok((writer, ArrowRowGroupWriterFactory::new(&apart, Arc::clone(&schema))))
        };
        let (writer, encoders) = build().map_err(|problem| problem.at(&path))?;
        Ok(TableFile {
            path,
            relative,
            schema,
            writer,
            encoders,
            columns: Vec::new(),
            rows_in_group: 0,
            rows: 0,
            groups: 0,
        })
    }

    /// Adds batches to the row group at hand, one task a column.
    ///
    /// # Errors
    /// [`Error::Write`] when a column cannot be encoded.
    pub fn write(&mut self, batches: &[RecordBatch]) -> Result<(), Error> {
        let mut encode = || -> Result<(), ParquetError> {
            if self.columns.is_empty() {
                self.columns = self.encoders.create_column_writers(self.groups)?;
            }
            let schema = &self.schema;
            self.columns.par_iter_mut().enumerate().try_for_each(|(position, column)| {
                let arrays = batches.iter().map(|batch| batch.column(position));
                arrays.filter(|array| !array.is_empty()).try_for_each(|array: &ArrayRef| {
                    compute_leaves(schema.field(position), array)?
                        .iter()
                        .try_for_each(|leaf| column.write(leaf))
                })
            })
        };
        encode().map_err(|error| Error::write(&self.path, error))?;
        self.rows_in_group += batches.iter().map(|batch| batch.num_rows() as u64).sum::<u64>();
        Ok(())
    }

    /// Ends the row group: copies the source columns of `row_group`, appends the new ones. Without rows and without a
    /// source there is no row group.
    ///
    /// # Errors
    /// [`Error::Write`] when the row group cannot be written, which includes a full disk.
    pub fn end_row_group<R: ChunkReader>(
        &mut self,
        source: Option<(Splice<'_, R>, usize)>,
    ) -> Result<(), Error> {
        if self.rows_in_group == 0 && source.is_none() {
            return Ok(());
        }
        let mut end = || -> Result<(), Problem> {
            if self.columns.is_empty() {
                self.columns = self.encoders.create_column_writers(self.groups)?;
            }
            let mut group = self.writer.next_row_group()?;
            if let Some((splice, index)) = source {
                copy_columns(splice, index, &mut group)?;
            }
            // What is compressed last is compressed at once, and written in order.
            let columns = std::mem::take(&mut self.columns);
            let closed: Result<Vec<_>, _> =
                columns.into_par_iter().map(ArrowColumnWriter::close).collect();
            for column in closed? {
                column.append_to_row_group(&mut group)?;
            }
            group.close()?;
            Ok(())
        };
        end().map_err(|problem| problem.at(&self.path))?;
        self.rows += self.rows_in_group;
        self.rows_in_group = 0;
        self.groups += 1;
        Ok(())
    }

    /// Writes the footer and brings the file to the disk.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Io`] when the disk refuses.
    pub fn close(self) -> Result<FileRecord, Error> {
        let end = || -> Result<(u64, String), Problem> { Ok(self.writer.into_inner()?.finish()?) };
        let (bytes, sha256) = end().map_err(|problem| problem.at(&self.path))?;
        Ok(FileRecord { path: self.relative, rows: self.rows, bytes, sha256 })
    }
}

/// What went wrong below; the path is added at the border.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Parquet(#[from] ParquetError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Problem {
    fn at(self, path: &Path) -> Error {
        match self {
            // The writer wraps what the system says; unwrapped, a passing fault is known as one.
            Problem::Parquet(ParquetError::External(error)) => {
                match error.downcast::<std::io::Error>() {
                    Ok(source) => Problem::Io(*source).at(path),
                    Err(error) => Error::write(path, error),
                }
            }
            Problem::Parquet(error) => Error::write(path, error),
            Problem::Io(source) => Error::Io { path: path.to_owned(), action: "write", source },
        }
    }
}

fn properties<R>(schema: &Schema, splice: Option<Splice<'_, R>>) -> WriterProperties {
    let mut builder = WriterProperties::builder()
        .set_created_by(concat!("kymppi ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(key_values(schema, splice));
    for field in schema.fields() {
        let path = || ColumnPath::from(field.name().as_str());
        if DISTINCT.iter().any(|name| field.name().ends_with(name)) {
            // Lengths apart from letters: faster to write and to compress, and smaller.
            builder = builder
                .set_column_dictionary_enabled(path(), false)
                .set_column_encoding(path(), Encoding::DELTA_LENGTH_BYTE_ARRAY)
                .set_column_statistics_enabled(path(), EnabledStatistics::None);
        } else if field.name().ends_with(CONFIDENCE) {
            builder = builder.set_column_dictionary_enabled(path(), false);
        } else if *field.data_type() == DataType::Int32 {
            // Counts and positions: no dictionary is faster than their differences, packed.
            builder = builder
                .set_column_dictionary_enabled(path(), false)
                .set_column_encoding(path(), Encoding::DELTA_BINARY_PACKED);
        }
    }
    builder.build()
}

/// The source's own metadata, with its Arrow schema, if it carries one, extended by the new columns.
fn key_values<R>(schema: &Schema, splice: Option<Splice<'_, R>>) -> Option<Vec<KeyValue>> {
    let splice = splice?;
    let mut values = splice.metadata.file_metadata().key_value_metadata()?.clone();
    for value in &mut values {
        if value.key == ARROW_SCHEMA_META_KEY {
            let kept = splice
                .schema
                .fields()
                .iter()
                .filter(|field| !splice.without.contains(field.name()));
            let fields: Vec<_> = kept.chain(schema.fields()).cloned().collect();
            value.value = Some(encode_arrow_schema(&Schema::new_with_metadata(
                fields,
                splice.schema.metadata().clone(),
            )));
        }
    }
    Some(values)
}

/// The source's columns that are kept, then the new ones.
fn joined_root<R>(splice: Splice<'_, R>, new: &Type) -> Result<Arc<Type>, ParquetError> {
    let source = splice.metadata.file_metadata().schema_descr().root_schema();
    let kept = source
        .get_fields()
        .iter()
        .filter(|field| !splice.without.iter().any(|name| name == field.name()));
    let fields = kept.chain(new.get_fields()).cloned().collect();
    Type::group_type_builder(source.name()).with_fields(fields).build().map(Arc::new)
}

/// Copies the encoded pages of every kept source column, with their indexes.
fn copy_columns<R: ChunkReader>(
    splice: Splice<'_, R>,
    row_group: usize,
    group: &mut parquet::file::writer::SerializedRowGroupWriter<'_, HashingFile>,
) -> Result<(), Problem> {
    let metadata = splice.metadata;
    let source = metadata.row_group(row_group);
    let pages = metadata.page_index_for_row_group(row_group);
    for (position, column) in source.columns().iter().enumerate() {
        let root = column.column_path().parts().first();
        if root.is_some_and(|root| splice.without.contains(root)) {
            continue;
        }
        let close = ColumnCloseResult {
            bytes_written: u64::try_from(column.compressed_size()).unwrap_or_default(),
            rows_written: u64::try_from(source.num_rows()).unwrap_or_default(),
            metadata: column.clone(),
            bloom_filter: None,
            column_index: pages.column_index(position).cloned(),
            offset_index: pages.offset_index(position).cloned(),
        };
        group.append_column(splice.file, close)?;
    }
    Ok(())
}
