//! Files that are damaged: the run fails, names the file and leaves the old output; it never panics.

use super::{beside, fails, footer, sound};
use crate::support::{Tables, read_parquet};
use arrow::datatypes::Schema;
use kymppi::config::Config;
use kymppi::error::Error;
use kymppi::sinks::{Splice, TableFile};
use kymppi::sources::{OpenFile, Source};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{WriterProperties, WriterVersion};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Damaged files tried.
const CASES: usize = 800;

#[test]
fn a_file_that_is_not_parquet_or_not_whole_fails_the_run_and_is_named() {
    let (job, bytes) = sound();
    let path = job.input().join("b.parquet");
    let old = job.run().bytes();
    let end = bytes.len();
    let huge = |length: u32| {
        let mut bytes = bytes.clone();
        bytes[end - 8..end - 4].copy_from_slice(&length.to_le_bytes());
        bytes
    };
    let mut damaged = vec![
        Vec::new(),
        b"PAR1".to_vec(),
        b"PAR1PAR1".to_vec(),
        b"PAR1\0\0\0\0PAR1".to_vec(),
        b"id,text,score\n1,hyvin meni,9\n".to_vec(),
        huge(u32::MAX),
        huge(i32::MAX as u32),
        huge(end as u32),
        huge(0),
        huge(7),
    ];
    damaged.extend(
        [1, 4, 8, 11, 12, 13, 100, end / 2, end - 100, end - 9, end - 8, end - 4, end - 1]
            .map(|length| bytes[..length].to_vec()),
    );
    let config = job.config().unwrap();
    for (case, bytes) in damaged.iter().enumerate() {
        fs::write(&path, bytes).unwrap();
        let error = Source::open(&config).unwrap_err();
        assert!(
            matches!(&error, Error::Input { path: named, .. } if *named == path),
            "case {case}"
        );
        assert_eq!(error.exit_code(), 1);
    }
    for case in [0, 4, 5, damaged.len() - 1] {
        fs::write(&path, &damaged[case]).unwrap();
        let error = fails(&job, 1, &["b.parquet: cannot be read as Parquet"]);
        assert!(matches!(error, Error::Input { .. }), "case {case}");
        assert_eq!(Tables::at(&job.output()).bytes(), old, "case {case}");
    }
}

#[test]
fn a_truncated_page_under_a_sound_footer_fails_the_run_and_leaves_the_old_output() {
    let (job, bytes) = sound();
    let path = job.input().join("b.parquet");
    let old = job.run().bytes();
    let metadata = footer(&bytes);
    for column in [0, 1, 2] {
        // The pages of the second row group end too early; everything behind stands where the footer says.
        let (start, length) = metadata.row_group(1).column(column).byte_range();
        let mut bytes = bytes.clone();
        bytes[(start + length / 2) as usize..(start + length) as usize].fill(0);
        fs::write(&path, &bytes).unwrap();
        // Scores are read as any number that stands there: only a page that cannot be decoded is noticed.
        if column < 2 {
            let error = fails(&job, 1, &["b.parquet: cannot be read as Parquet"]);
            assert!(matches!(error, Error::Input { .. }));
        }
        bytes[start as usize..(start + length) as usize].fill(0xFF);
        fs::write(&path, &bytes).unwrap();
        fails(&job, 1, &["b.parquet: cannot be read as Parquet"]);
    }
    assert_eq!(Tables::at(&job.output()).bytes(), old);
    assert_eq!(beside(&job), ["out"]);
}

/// Everything that a run does with an input file but the reading of its texts: decodes the columns that are read,
/// copies the others.
fn read_and_copy(config: &Config, copy: &Path) -> Result<(), Error> {
    for input in &Source::open(config)?.files {
        let file = OpenFile::open(input, config)?;
        let splice = Splice {
            file: file.file(),
            metadata: file.metadata(),
            schema: file.source_schema(),
            without: &[],
        };
        let nothing = Arc::new(Schema::empty());
        let _ = fs::remove_file(copy);
        let mut table = TableFile::create(copy.to_owned(), "copy".into(), nothing, Some(splice))?;
        for group in 0..file.metadata().num_row_groups() {
            for slice in file.slices(group)? {
                slice?;
            }
            table.end_row_group(Some((splice, group)))?;
        }
        table.close()?;
    }
    Ok(())
}

#[test]
fn a_file_with_any_byte_damaged_never_panics() {
    let (job, plain) = sound();
    let path = job.input().join("b.parquet");
    let other = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_compression(Compression::SNAPPY)
        .set_dictionary_enabled(false)
        .set_column_encoding("text".into(), Encoding::DELTA_BYTE_ARRAY)
        .set_column_encoding("id".into(), Encoding::DELTA_LENGTH_BYTE_ARRAY)
        .set_column_encoding("score".into(), Encoding::DELTA_BINARY_PACKED);
    let batch = read_parquet(&path);
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(other.build())).unwrap();
    writer.write(&batch).unwrap();
    let files = [plain, writer.into_inner().unwrap()];
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    };
    let config = job.config().unwrap();
    let copy = job.folder.path().join("copy");
    let mut refused = 0;
    for case in 0..CASES {
        let mut damaged = files[case / 2 % 2].clone();
        let end = damaged.len();
        let length = u32::from_le_bytes(damaged[end - 8..end - 4].try_into().unwrap());
        let footer = end - 8 - usize::try_from(length).unwrap();
        for _ in 0..=case % 3 {
            // Half of the damage in the footer, where lengths and offsets stand.
            let at = if case % 2 == 0 { footer + next(end - footer) } else { next(footer) };
            damaged[at] = u8::try_from(next(256)).unwrap();
        }
        fs::write(&path, &damaged).unwrap();
        let result = catch_unwind(AssertUnwindSafe(|| read_and_copy(&config, &copy)));
        let Ok(result) = result else { panic!("case {case} panics") };
        if let Err(error) = result {
            assert!(matches!(error.exit_code(), 1 | 2), "case {case}: {error}");
            refused += 1;
        }
    }
    assert!(refused > CASES / 10, "{refused}");
}
