//! A file that knows the SHA-256 of what was written to it.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// Bytes gathered before they go to the system.
const BUFFER: usize = 1 << 18;

/// Writes to a file and hashes on the way.
#[derive(Debug)]
pub(super) struct HashingFile {
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

impl HashingFile {
    pub(super) fn new(file: File) -> HashingFile {
        HashingFile { file: BufWriter::with_capacity(BUFFER, file), hash: Sha256::new(), bytes: 0 }
    }

    /// Brings everything to the disk; size and lower-case hexadecimal hash.
    pub(super) fn finish(self) -> io::Result<(u64, String)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        let hash = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((self.bytes, hash))
    }
}

impl Write for HashingFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.hash.update(buffer.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
