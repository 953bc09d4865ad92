//! What may not be overwritten: folders that are not kymppi's own, and the input itself.

use super::MANIFEST;
use crate::error::Error;
use std::path::{Component, Path, PathBuf};

/// Refuses an output that is a file, a folder of something else, or that touches an input or lexicon path.
pub(super) fn check<'p>(output: &Path, read: impl Iterator<Item = &'p Path>) -> Result<(), Error> {
    let refuse = |message: String| Err(Error::Output { path: output.to_owned(), message });
    if output.file_name().is_none() {
        return refuse("is no name of a folder; write e.g. path = \"out/name\"".into());
    }
    let own = absolute(output);
    for other in read {
        let other = absolute(other);
        if own.starts_with(&other) || other.starts_with(&own) {
            return refuse(format!(
                "the output lies in or around {}, which is read; choose another output.path",
                other.display()
            ));
        }
    }
    match std::fs::symlink_metadata(output) {
        Ok(metadata) if !metadata.is_dir() => {
            refuse("is not a folder; choose another output.path".into())
        }
        Ok(_) => {
            let mut entries = std::fs::read_dir(output).map_err(Error::io(output, "list"))?;
            if entries.next().is_none() || is_ours(&output.join(MANIFEST)) {
                Ok(())
            } else {
                refuse("the folder is not empty and holds no kymppi run.json, so it is not replaced; choose another output.path or empty it".into())
            }
        }
        Err(_) => Ok(()),
    }
}

fn is_ours(manifest: &Path) -> bool {
    let text = std::fs::read_to_string(manifest).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(&text)
        .is_ok_and(|value| value.get("kymppi").is_some())
}

/// An absolute path without links as far as it exists, without `.` and `..` for the rest.
fn absolute(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in full.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    for parent in plain.ancestors() {
        if let Ok(real) = parent.canonicalize() {
            return real.join(plain.strip_prefix(parent).unwrap_or(Path::new("")));
        }
    }
    plain
}
