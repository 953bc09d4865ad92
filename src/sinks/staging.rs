//! The next output, built beside the target and exchanged with it in one step. A reader sees the old result or the new
//! one, never a mixture; a run that fails or is killed leaves the old one as it was.

use super::refusal;
use super::{MANIFEST, SUCCESS};
use crate::error::Error;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// An output being built. Dropping it unpublished removes every trace.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    tree: PathBuf,
    /// Held while the run lasts; the system lets go of it even when the run is killed.
    _lock: File,
    published: bool,
}

impl Staging {
    /// Checks the target, takes its lock, clears what killed runs left behind and creates an empty tree beside it.
    /// `read` are the paths that the run reads.
    ///
    /// # Errors
    /// [`Error::Output`] when the target must not be replaced, [`Error::Locked`] when another run works on it,
    /// [`Error::Io`] when the folder is not writable.
    pub fn create<'p>(
        target: &Path,
        read: impl Iterator<Item = &'p Path>,
    ) -> Result<Staging, Error> {
        refusal::check(target, read)?;
        let (parent, name) = split(target);
        fs::create_dir_all(&parent).map_err(Error::io(&parent, "create"))?;
        let lock_path = parent.join(format!(".{name}.lock"));
        let lock = File::create(&lock_path).map_err(Error::io(&lock_path, "create"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Locked { path: lock_path }),
            Err(TryLockError::Error(error)) => return Err(Error::io(&lock_path, "lock")(error)),
        }
        clear_leftovers(target, &parent, &name)?;
        let tree = parent.join(format!(".{name}.next-{}", run_id()));
        fs::create_dir(&tree).map_err(Error::io(&tree, "create"))?;
        Ok(Staging { target: target.to_owned(), tree, _lock: lock, published: false })
    }

    /// Whether the target may be replaced, without touching anything.
    ///
    /// # Errors
    /// [`Error::Output`] when it must not be.
    pub fn check<'p>(target: &Path, read: impl Iterator<Item = &'p Path>) -> Result<(), Error> {
        refusal::check(target, read)
    }

    /// A path in the tree, with its folders made.
    ///
    /// # Errors
    /// [`Error::Io`] when a folder cannot be made.
    pub fn file(&self, relative: &str) -> Result<PathBuf, Error> {
        let path = self.tree.join(relative);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::io(folder, "create"))?;
        }
        Ok(path)
    }

    /// Makes the tree the output: the manifest and `_SUCCESS` last, then one exchange with the old output, which is
    /// removed afterwards.
    ///
    /// # Errors
    /// [`Error::Io`]; the old output is then as it was.
    pub fn publish(mut self, manifest: &str) -> Result<(), Error> {
        write_synced(&self.tree.join(MANIFEST), manifest.as_bytes())?;
        write_synced(&self.tree.join(SUCCESS), b"")?;
        sync_folders(&self.tree)?;
        let (parent, name) = split(&self.target);
        if self.target.exists() {
            self.exchange(&parent, &name)?;
        } else {
            fs::rename(&self.tree, &self.target).map_err(Error::io(&self.target, "rename to"))?;
        }
        self.published = true;
        sync_folder(&parent)?;
        // What now lies at the tree's path, if anything, is the old output.
        remove(&self.tree);
        Ok(())
    }

    fn exchange(&self, parent: &Path, name: &str) -> Result<(), Error> {
        if renameat_with(CWD, &self.tree, CWD, &self.target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
        // A file system without exchange: two renames; `clear_leftovers` repairs a kill between them.
        let old = parent.join(format!(".{name}.old-{}", run_id()));
        fs::rename(&self.target, &old).map_err(Error::io(&self.target, "rename"))?;
        if let Err(error) = fs::rename(&self.tree, &self.target) {
            fs::rename(&old, &self.target).map_err(Error::io(&old, "rename back"))?;
            return Err(Error::io(&self.target, "rename to")(error));
        }
        remove(&old);
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.published {
            remove(&self.tree);
        }
    }
}

/// Removes a tree that nobody needs. A failure leaves rubbish that the next run clears; it harms no reader.
fn remove(tree: &Path) {
    if let Err(error) = fs::remove_dir_all(tree)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(path = %tree.display(), %error, "cannot remove an old tree; the next run will");
    }
}

fn split(target: &Path) -> (PathBuf, String) {
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    (parent, target.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn run_id() -> String {
    format!("{}-{}", jiff::Timestamp::now().as_millisecond(), std::process::id())
}

/// Under the lock: puts back an output that a kill left renamed away, removes half-built trees.
fn clear_leftovers(target: &Path, parent: &Path, name: &str) -> Result<(), Error> {
    let (next, old) = (format!(".{name}.next-"), format!(".{name}.old-"));
    for entry in fs::read_dir(parent).map_err(Error::io(parent, "list"))? {
        let path = entry.map_err(Error::io(parent, "list"))?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if file.starts_with(&old) && !target.exists() {
            fs::rename(&path, target).map_err(Error::io(&path, "rename back"))?;
        } else if file.starts_with(&old) || file.starts_with(&next) {
            remove(&path);
        }
    }
    Ok(())
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    use std::io::Write;
    let mut file = File::create_new(path).map_err(Error::io(path, "create"))?;
    file.write_all(bytes).map_err(Error::io(path, "write"))?;
    file.sync_all().map_err(Error::io(path, "sync"))
}

fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder).and_then(|file| file.sync_all()).map_err(Error::io(folder, "sync"))
}

fn sync_folders(folder: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(Error::io(folder, "list"))? {
        let path = entry.map_err(Error::io(folder, "list"))?.path();
        if path.is_dir() {
            sync_folders(&path)?;
        }
    }
    sync_folder(folder)
}
