//! One Parquet file: its footer, and the rows of the few columns that are read, slice by slice.

use super::files::InputFile;
use super::positional::PositionalFile;
use super::schema;
use crate::config::Config;
use crate::error::Error;
use crate::tables::{InputRows, Place, Roles, TimePlace};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_schema};
use parquet::basic::Type as Physical;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::schema::types::{SchemaDescriptor, Type};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Rows of a slice at the most: small enough that a file with one row group keeps every core busy.
const SLICE_ROWS: usize = 1024;
/// Decoded bytes of a slice aimed at, so that long texts make short slices.
const SLICE_BYTES: usize = 4 << 20;

/// A Parquet file of the input, opened and checked.
#[derive(Debug)]
pub struct OpenFile {
    input: InputFile,
    file: PositionalFile,
    /// The footer as it stands in the file, with page indexes: what the output copies from.
    metadata: Arc<ParquetMetaData>,
    source_schema: Schema,
    /// The footer as it is read: strings as plain bytes, because some are no UTF-8.
    reading: ArrowReaderMetadata,
    roles: Roles,
    own_id: bool,
}

impl OpenFile {
    /// Reads the footer and checks the columns.
    ///
    /// # Errors
    /// As [`Source::open`](super::Source::open).
    pub fn open(input: &InputFile, config: &Config) -> Result<OpenFile, Error> {
        let unreadable = |error: &dyn std::fmt::Display| Error::input(&input.path, error);
        let file = PositionalFile::open(&input.path).map_err(Error::io(&input.path, "open"))?;
        let metadata = ParquetMetaDataReader::new()
            .with_page_index_policy(PageIndexPolicy::Optional)
            .parse_and_finish(&file)
            .map_err(|error| unreadable(&error))?;
        if !chunks_lie_within(&metadata, input.bytes) {
            return Err(unreadable(&"its footer points outside the file"));
        }
        let parquet = metadata.file_metadata().schema_descr();
        let source_schema =
            parquet_to_arrow_schema(parquet, metadata.file_metadata().key_value_metadata())
                .or_else(|_| parquet_to_arrow_schema(parquet, None))
                .map_err(|error| unreadable(&error))?;
        let schema::Checked { own_id } = schema::check(input, parquet, &source_schema, config)?;
        let (plain, arrow) =
            plain_schema(parquet, config, own_id).map_err(|error| unreadable(&error))?;
        let options = ArrowReaderOptions::new().with_parquet_schema(plain).with_schema(arrow);
        let reading =
            ArrowReaderMetadata::load(&file, options).map_err(|error| unreadable(&error))?;
        let roles = roles(input, parquet, &source_schema, config, own_id);
        Ok(OpenFile {
            input: input.clone(),
            file,
            metadata: Arc::new(metadata),
            source_schema,
            reading,
            roles,
            own_id,
        })
    }

    /// Rows of the file.
    pub fn rows(&self) -> u64 {
        u64::try_from(self.metadata.file_metadata().num_rows()).unwrap_or_default()
    }

    /// The input it was opened from.
    pub fn input(&self) -> &InputFile {
        &self.input
    }

    /// The open file.
    pub fn file(&self) -> &PositionalFile {
        &self.file
    }

    /// Its footer, with page indexes where it has them.
    pub fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }

    /// Its columns as Arrow sees them.
    pub fn source_schema(&self) -> &Schema {
        &self.source_schema
    }

    /// Whether its id column is a string.
    pub fn own_id(&self) -> bool {
        self.own_id
    }

    /// The rows of one row group, decoding only the columns that are read.
    ///
    /// # Errors
    /// [`Error::Input`] when the row group cannot be read.
    pub fn slices(&self, row_group: usize) -> Result<Slices<'_>, Error> {
        let builder = || -> Result<ParquetRecordBatchReader, Box<dyn std::error::Error>> {
            let file = self.file.clone();
            let names = self.reading.parquet_schema().root_schema().get_fields().iter().enumerate();
            let read: Vec<&str> = self.columns().collect();
            let roots = names
                .filter(|(_, field)| read.contains(&field.name()))
                .map(|(position, _)| position);
            let mask = ProjectionMask::roots(self.reading.parquet_schema(), roots);
            Ok(ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.reading.clone())
                .with_projection(mask)
                .with_row_groups(vec![row_group])
                .with_batch_size(self.slice_rows(row_group))
                .build()?)
        };
        let reader = builder().map_err(|error| Error::input(&self.input.path, error))?;
        Ok(Slices { file: self, reader })
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        let fields = self.reading.schema().fields();
        let positions = self.roles.positions();
        positions.filter_map(|position| fields.get(position)).map(|field| field.name().as_str())
    }

    /// Rows a slice, from the average size of a row in the row group.
    fn slice_rows(&self, row_group: usize) -> usize {
        let group = self.metadata.row_group(row_group);
        let rows = usize::try_from(group.num_rows()).unwrap_or_default().max(1);
        let read: Vec<&str> = self.columns().collect();
        let bytes: i64 = group
            .columns()
            .iter()
            .filter(|column| {
                column
                    .column_path()
                    .parts()
                    .first()
                    .is_some_and(|root| read.contains(&root.as_str()))
            })
            .map(|column| {
                column
                    .unencoded_byte_array_data_bytes()
                    .unwrap_or_else(|| column.uncompressed_size())
            })
            .fold(0, i64::saturating_add);
        let row = usize::try_from(bytes).unwrap_or_default() / rows;
        (SLICE_BYTES / row.max(1)).clamp(1, SLICE_ROWS)
    }
}

/// The slices of one row group, in order.
#[derive(Debug)]
pub struct Slices<'f> {
    file: &'f OpenFile,
    reader: ParquetRecordBatchReader,
}

impl Iterator for Slices<'_> {
    type Item = Result<InputRows, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let path = &self.file.input.path;
        // On some damaged pages the decoder panics instead of giving an error. It is not used again after that.
        let batch = match catch_unwind(AssertUnwindSafe(|| self.reader.next())) {
            Ok(batch) => match batch? {
                Ok(batch) => batch,
                Err(error) => return Some(Err(Error::input(path, error))),
            },
            Err(_) => return Some(Err(Error::input(path, "a page is damaged"))),
        };
        // The projection keeps file order and leaves columns out: find the roles again by name.
        let position = |full: usize| {
            let name = self.file.reading.schema().field(full).name();
            batch.schema().index_of(name).ok()
        };
        let projected = self.file.roles.moved(position);
        let rows = projected.and_then(|roles| InputRows::new(&batch, &roles));
        Some(
            rows.ok_or_else(|| {
                Error::input(path, "a column changed its type while the file was read")
            }),
        )
    }
}

/// Whether every column chunk lies in a file of `length` bytes: decoder and copier take the footer's word for it.
fn chunks_lie_within(metadata: &ParquetMetaData, length: u64) -> bool {
    metadata.row_groups().iter().flat_map(|group| group.columns()).all(|column| {
        let pages = column.data_page_offset();
        let start = column.dictionary_page_offset().unwrap_or(pages);
        let end = start.checked_add(column.compressed_size()).unwrap_or(-1);
        // Without values some writers set no place of the data pages.
        let ordered = (start <= pages && pages <= end) || column.num_values() == 0;
        0 <= start && start <= end && ordered && u64::try_from(end).is_ok_and(|end| end <= length)
    })
}

fn roles(
    input: &InputFile,
    parquet: &SchemaDescriptor,
    written: &Schema,
    config: &Config,
    own_id: bool,
) -> Roles {
    let columns = &config.input.columns;
    let fields = parquet.root_schema().get_fields();
    let position = |name: &str| fields.iter().position(|field| field.name() == name);
    // A column before the path: what the file says of its rows is nearer to them.
    let place = |name: &String| match position(name) {
        Some(at) => Some(Place::Column(at)),
        None => {
            let at = input.hive_keys.iter().position(|key| key == name)?;
            input.hive_values.get(at).cloned().map(Place::Path)
        }
    };
    let time = |name: &String| {
        let place = place(name)?;
        let int96 = position(name).is_some_and(|at| {
            fields[at].is_primitive() && fields[at].get_physical_type() == Physical::INT96
        });
        let written = written.field_with_name(name).ok().map(|field| field.data_type().clone());
        Some(TimePlace { place, written, int96 })
    };
    Roles {
        id: columns.id.as_deref().and_then(position).map(|position| (position, own_id)),
        texts: columns.text.iter().filter_map(|question| position(&question.column)).collect(),
        score: columns.score.as_deref().and_then(position),
        language: columns.language.as_deref().and_then(position),
        customer: columns.customer.as_ref().and_then(place),
        time: columns.time.as_ref().and_then(time),
        segments: columns.segments.iter().filter_map(place).collect(),
    }
}

/// The file's schema with the strings that are read stripped of their annotation: as plain bytes they are not checked
/// for UTF-8, so that one bad byte does not make a whole file unreadable.
fn plain_schema(
    parquet: &SchemaDescriptor,
    config: &Config,
    own_id: bool,
) -> Result<(Arc<SchemaDescriptor>, SchemaRef), parquet::errors::ParquetError> {
    let read = Roles::columns(config);
    let plain = |field: &Arc<Type>| {
        let name = field.name();
        let is_id = config.input.columns.id.as_deref() == Some(name);
        read.contains(&name) && schema::is_string(field) && (!is_id || own_id)
    };
    let root = parquet.root_schema();
    let mut fields = Vec::new();
    for field in root.get_fields() {
        fields.push(if plain(field) {
            let stripped = Type::primitive_type_builder(field.name(), field.get_physical_type())
                .with_repetition(field.get_basic_info().repetition());
            Arc::new(stripped.build()?)
        } else {
            Arc::clone(field)
        });
    }
    let stripped = SchemaDescriptor::new(Arc::new(
        Type::group_type_builder(root.name()).with_fields(fields).build()?,
    ));
    let arrow = parquet_to_arrow_schema(&stripped, None)?;
    let views = arrow.fields().iter().zip(root.get_fields()).map(|(field, source)| {
        let kind = if plain(source) { DataType::BinaryView } else { field.data_type().clone() };
        Field::new(field.name(), kind, field.is_nullable()).with_metadata(field.metadata().clone())
    });
    let arrow = Arc::new(Schema::new(views.collect::<Vec<_>>()));
    Ok((Arc::new(stripped), arrow))
}
