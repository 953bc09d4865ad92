//! Jobs on small Parquet files, and ways to look at what they wrote.

use arrow::array::{ArrayRef, AsArray, Int32Array, RecordBatch, StringArray};
use arrow::compute::concat_batches;
use arrow::datatypes::{Float64Type, Int32Type};
use kymppi::config::{Config, Overrides};
use kymppi::error::Error;
use kymppi::run::{self, Options, Summary};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A job in a folder of its own: input below `in`, output `out`.
pub struct Job {
    pub folder: Arc<TempDir>,
    sections: String,
    columns: String,
}

impl Job {
    /// A job whose pipeline reads id, text and score from the columns of the same names.
    pub fn new() -> Job {
        let columns = "id = \"id\"\ntext = [\"text\"]\nscore = \"score\"\n".to_owned();
        Job { folder: Arc::new(TempDir::new().unwrap()), sections: String::new(), columns }
    }

    /// Replaces the lines of `[input.columns]`.
    pub fn columns(mut self, columns: &str) -> Job {
        self.columns = columns.to_owned();
        self
    }

    /// Adds whole sections to the pipeline file.
    pub fn sections(mut self, sections: &str) -> Job {
        self.sections = sections.to_owned();
        self
    }

    /// Writes one input file of (text, score) rows; the ids are r0, r1 ...
    pub fn rows(self, rows: &[(&str, i32)]) -> Job {
        let ids: Vec<String> = (0..rows.len()).map(|row| format!("r{row}")).collect();
        let batch = batch(&[
            ("id", strings(ids.iter().map(|id| Some(id.as_str())))),
            ("text", strings(rows.iter().map(|(text, _)| Some(*text)))),
            ("score", Arc::new(Int32Array::from_iter_values(rows.iter().map(|(_, score)| *score)))),
        ]);
        self.file("data.parquet", &batch)
    }

    /// Writes an input file.
    pub fn file(self, relative: &str, batch: &RecordBatch) -> Job {
        write_parquet(&self.input().join(relative), batch, 1_000_000);
        self
    }

    pub fn input(&self) -> PathBuf {
        self.folder.path().join("in")
    }

    pub fn output(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// The text of the pipeline file.
    pub fn toml(&self) -> String {
        let (input, output) = (self.input(), self.output());
        let (columns, sections) = (&self.columns, &self.sections);
        let has_output = sections.contains("[output]");
        let output =
            if has_output { String::new() } else { format!("[output]\npath = {output:?}\n") };
        format!("[input]\npath = {input:?}\n[input.columns]\n{columns}\n{output}{sections}\n")
            .replace("@OUT", &format!("{:?}", self.output()))
    }

    pub fn config(&self) -> Result<Config, Error> {
        Config::parse(&self.toml(), Path::new("pipeline.toml"), &Overrides::default())
    }

    pub fn try_run(&self) -> Result<Summary, Error> {
        run::run(&self.config()?, &Options { threads: 2 }, &())
    }

    /// Runs and gives what was written.
    pub fn run(&self) -> Tables {
        self.try_run().unwrap();
        Tables { output: self.output(), _folder: Some(Arc::clone(&self.folder)) }
    }

    /// The pipeline file on disk, for the command line.
    pub fn pipeline_file(&self) -> PathBuf {
        let path = self.folder.path().join("pipeline.toml");
        fs::write(&path, self.toml()).unwrap();
        path
    }
}

/// A published output.
pub struct Tables {
    pub output: PathBuf,
    /// Keeps the folder of the job while somebody looks.
    _folder: Option<Arc<TempDir>>,
}

impl Tables {
    /// The output at a path.
    pub fn at(output: &Path) -> Tables {
        Tables { output: output.to_owned(), _folder: None }
    }

    /// All files of a table as one batch, in path order.
    pub fn table(&self, name: &str) -> RecordBatch {
        let files = files_below(&self.output.join(name));
        assert!(!files.is_empty(), "no file of {name}");
        let batches: Vec<RecordBatch> = files.iter().map(|file| read_parquet(file)).collect();
        concat_batches(&batches[0].schema(), &batches).unwrap()
    }

    pub fn responses(&self) -> RecordBatch {
        self.table("responses")
    }

    pub fn mentions(&self) -> RecordBatch {
        self.table("mentions")
    }

    pub fn record(&self) -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(self.output.join("run.json")).unwrap()).unwrap()
    }

    /// Bytes of every published file but run.json, by relative path.
    pub fn bytes(&self) -> BTreeMap<String, Vec<u8>> {
        let name = |path: &Path| path.strip_prefix(&self.output).unwrap().display().to_string();
        let files =
            files_below(&self.output).into_iter().filter(|path| !path.ends_with("run.json"));
        files.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
    }
}

pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

pub fn strings<'t>(values: impl Iterator<Item = Option<&'t str>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

pub fn batch(columns: &[(&str, ArrayRef)]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(
        columns.iter().map(|(name, column)| (*name, column.clone(), true)),
    )
    .unwrap()
}

pub fn write_parquet(path: &Path, batch: &RecordBatch, row_group: usize) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let properties =
        WriterProperties::builder().set_max_row_group_row_count(Some(row_group)).build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties))
            .unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

pub fn read_parquet(path: &Path) -> RecordBatch {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let schema = reader.schema().clone();
    let batches: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    concat_batches(&schema, &batches).unwrap()
}

/// A string column as it is shown; null is `-`.
pub fn text(batch: &RecordBatch, column: &str) -> Vec<String> {
    let array = batch.column_by_name(column).unwrap_or_else(|| panic!("no column {column}"));
    array.as_string::<i32>().iter().map(|value| value.unwrap_or("-").to_owned()).collect()
}

pub fn floats(batch: &RecordBatch, column: &str) -> Vec<Option<f64>> {
    batch.column_by_name(column).unwrap().as_primitive::<Float64Type>().iter().collect()
}

pub fn ints(batch: &RecordBatch, column: &str) -> Vec<Option<i32>> {
    batch.column_by_name(column).unwrap().as_primitive::<Int32Type>().iter().collect()
}

pub fn names(batch: &RecordBatch) -> Vec<String> {
    batch.schema().fields().iter().map(|field| field.name().clone()).collect()
}
