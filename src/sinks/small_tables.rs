//! The small tables to disk: each as Parquet and as CSV, so that a spreadsheet opens what a warehouse loads.

use super::Staging;
use super::hashing::HashingFile;
use super::table_file::{FileRecord, TableFile};
use crate::error::Error;
use crate::tables::SmallTable;
use arrow::csv::WriterBuilder;
use std::fs::File;
use std::io::Write;

/// Tells Excel that the file is UTF-8; other readers pass over it.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes every table into the tree, in order.
///
/// # Errors
/// [`Error::Io`] or [`Error::Write`] when the disk refuses.
pub fn write_small_tables(
    staging: &Staging,
    tables: &[SmallTable],
) -> Result<Vec<FileRecord>, Error> {
    let mut files = Vec::with_capacity(2 * tables.len());
    for table in tables {
        files.push(parquet(staging, table)?);
        files.push(csv(staging, table)?);
    }
    Ok(files)
}

fn parquet(staging: &Staging, table: &SmallTable) -> Result<FileRecord, Error> {
    let relative = format!("{}.parquet", table.name);
    let path = staging.file(&relative)?;
    let mut file = TableFile::create::<File>(path, relative, table.rows.schema(), None)?;
    file.write(std::slice::from_ref(&table.rows))?;
    file.end_row_group::<File>(None)?;
    file.close()
}

fn csv(staging: &Staging, table: &SmallTable) -> Result<FileRecord, Error> {
    let relative = format!("{}.csv", table.name);
    let path = staging.file(&relative)?;
    let mut file = HashingFile::new(File::create_new(&path).map_err(Error::io(&path, "create"))?);
    file.write_all(BYTE_ORDER_MARK).map_err(Error::io(&path, "write"))?;
    let mut writer = WriterBuilder::new().with_header(true).build(file);
    writer.write(&table.rows).map_err(|error| Error::write(&path, error))?;
    let (bytes, sha256) = writer.into_inner().finish().map_err(Error::io(&path, "write"))?;
    Ok(FileRecord { path: relative, rows: table.rows.num_rows() as u64, bytes, sha256 })
}
