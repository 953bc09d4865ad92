//! A file that several threads read at once. One row group is copied to the output while the next is being decoded;
//! every read says where it starts, because a cursor (also that of `File::try_clone`) would be shared between them.

use bytes::Bytes;
use parquet::errors::Result;
use parquet::file::reader::{ChunkReader, Length};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

/// A file without a cursor.
#[derive(Debug, Clone)]
pub struct PositionalFile {
    file: Arc<File>,
    length: u64,
}

impl PositionalFile {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: &Path) -> io::Result<PositionalFile> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(PositionalFile { file: Arc::new(file), length })
    }
}

impl Length for PositionalFile {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for PositionalFile {
    type T = BufReader<ReadFrom>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(BufReader::new(ReadFrom { file: Arc::clone(&self.file), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        // A damaged footer may claim any length: no memory is taken beyond what the file can hold.
        let there = self.length.saturating_sub(start);
        if length as u64 > there {
            let message = format!("{length} bytes at {start} lie beyond the end of the file");
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message).into());
        }
        let mut buffer = vec![0; length];
        self.file.read_exact_at(&mut buffer, start)?;
        Ok(buffer.into())
    }
}

/// Reads on from a place of its own.
#[derive(Debug)]
pub struct ReadFrom {
    file: Arc<File>,
    at: u64,
}

impl Read for ReadFrom {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_that_read_at_once_do_not_disturb_each_other() {
        const BLOCK: usize = 64 * 1024;
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("blocks");
        let blocks: Vec<u8> = (0..8u8).flat_map(|number| vec![number; BLOCK]).collect();
        std::fs::write(&path, blocks).unwrap();
        let file = PositionalFile::open(&path).unwrap();
        std::thread::scope(|scope| {
            for number in 0..8u8 {
                let file = file.clone();
                scope.spawn(move || {
                    let start = u64::from(number) * BLOCK as u64;
                    for _ in 0..200 {
                        let mut streamed = vec![0; BLOCK];
                        file.get_read(start).unwrap().read_exact(&mut streamed).unwrap();
                        assert!(streamed.iter().all(|&byte| byte == number));
                        let whole = file.get_bytes(start, BLOCK).unwrap();
                        assert!(whole.iter().all(|&byte| byte == number));
                    }
                });
            }
        });
    }

    #[test]
    fn what_lies_beyond_the_end_is_an_error() {
        let file = PositionalFile::open(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").as_path(),
        )
        .unwrap();
        assert!(file.get_bytes(0, usize::MAX).is_err());
        assert!(file.get_bytes(u64::MAX, 1).is_err());
    }
}
