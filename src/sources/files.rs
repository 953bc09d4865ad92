//! Which files an input path stands for: a file, a folder, a glob or a hive-partitioned folder.

use crate::error::Error;
use globset::{GlobBuilder, GlobMatcher};
use std::fs;
use std::path::{Path, PathBuf};

/// One Parquet file of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below the input, with `/`: the path of its output files.
    pub relative: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its rows, once its footer has been read.
    pub rows: u64,
    /// The keys of `key=value` folders above it, in order.
    pub hive_keys: Vec<String>,
    /// Their values, decoded; none for the null of Hive.
    pub hive_values: Vec<Option<String>>,
}

/// What Hive and Spark write for null in a path.
const HIVE_NULL: &str = "__HIVE_DEFAULT_PARTITION__";

/// What was found under an input path.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The Parquet files, sorted by relative path.
    pub files: Vec<InputFile>,
    /// Passed over: files and folders whose names start with `_` or `.`, files that are not Parquet, links back up.
    pub skipped: Vec<PathBuf>,
    /// The folder that a glob searches to any depth: an output in it would be input of the next run.
    pub searched: Option<PathBuf>,
}

/// Whether a file or folder name marks it as internal.
pub fn is_hidden(name: &str) -> bool {
    name.starts_with('_') || name.starts_with('.')
}

/// Finds the Parquet files of an input path.
pub(super) fn discover(input: &str) -> Result<Discovered, Error> {
    let path = Path::new(input);
    let mut found = Discovered::default();
    if path.is_file() {
        let relative = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.add(path.to_owned(), relative)?;
    } else if path.is_dir() {
        walk(path, path, None, &mut Vec::new(), &mut found)?;
    } else if input.contains(['*', '?', '[', '{']) {
        let glob = GlobBuilder::new(input).literal_separator(true).build().map_err(|error| {
            Error::NoInput { path: path.to_owned(), message: format!("not a glob: {error}") }
        })?;
        let prefix = fixed_prefix(path);
        if prefix.is_dir() {
            walk(&prefix, &prefix, Some(&glob.compile_matcher()), &mut Vec::new(), &mut found)?;
        }
        found.searched = input.contains("**").then_some(prefix);
    } else {
        return Err(Error::NoInput {
            path: path.to_owned(),
            message:
                "there is no such file or folder; input.path is relative to the working directory"
                    .into(),
        });
    }
    if found.files.is_empty() {
        let message = match found.skipped.len() {
            0 => "no Parquet file here".to_owned(),
            n => format!("no Parquet file here; {n} other or hidden files were passed over"),
        };
        return Err(Error::NoInput { path: path.to_owned(), message });
    }
    found.files.sort_by(|a, b| a.relative.cmp(&b.relative));
    found.skipped.sort();
    Ok(found)
}

/// The folders of a glob before its first wildcard.
fn fixed_prefix(glob: &Path) -> PathBuf {
    let fixed: PathBuf = glob
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    if fixed.as_os_str().is_empty() { PathBuf::from(".") } else { fixed }
}

/// `above` holds the folders on the way here without links: a link back to one of them would never end.
fn walk(
    root: &Path,
    folder: &Path,
    glob: Option<&GlobMatcher>,
    above: &mut Vec<PathBuf>,
    found: &mut Discovered,
) -> Result<(), Error> {
    let real = folder.canonicalize().map_err(Error::io(folder, "list"))?;
    if above.contains(&real) {
        found.skipped.push(folder.to_owned());
        return Ok(());
    }
    above.push(real);
    let entries = fs::read_dir(folder).map_err(Error::io(folder, "list"))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(Error::io(folder, "list"))?.path());
    }
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let matches = |glob: &GlobMatcher| {
            glob.is_match(&path) || path.strip_prefix("./").is_ok_and(|path| glob.is_match(path))
        };
        if path.is_dir() {
            if is_hidden(&name) {
                // A glob asks for some files only: folders beside them are not passed over, they are not meant.
                found.skipped.extend(glob.is_none().then_some(path));
            } else {
                walk(root, &path, glob, above, found)?;
            }
        } else if glob.is_none_or(matches) {
            if is_hidden(&name) || !is_parquet(&path)? {
                found.skipped.push(path);
                continue;
            }
            let parts: Vec<String> = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            found.add(path, parts.join("/"))?;
        }
    }
    above.pop();
    Ok(())
}

/// A file is taken for Parquet by its name or, under another name, by its first bytes: so a damaged `.parquet` is an
/// error, and a README beside the data is none.
fn is_parquet(path: &Path) -> Result<bool, Error> {
    let named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("parquet"));
    if named {
        return Ok(true);
    }
    let mut magic = [0; 4];
    let mut file = fs::File::open(path).map_err(Error::io(path, "open"))?;
    Ok(std::io::Read::read_exact(&mut file, &mut magic).is_ok() && &magic == b"PAR1")
}

impl Discovered {
    fn add(&mut self, path: PathBuf, relative: String) -> Result<(), Error> {
        let bytes = fs::metadata(&path).map_err(Error::io(&path, "read"))?.len();
        let folders = relative.rsplit_once('/').into_iter();
        let (hive_keys, hive_values) = folders
            .flat_map(|(folders, _)| folders.split('/'))
            .filter_map(|folder| folder.split_once('='))
            .map(|(key, value)| (key.to_owned(), (value != HIVE_NULL).then(|| decoded(value))))
            .unzip();
        self.files.push(InputFile { path, relative, bytes, rows: 0, hive_keys, hive_values });
        Ok(())
    }
}

/// A value of a path without its percent signs: Spark writes `%3A` for a colon.
fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Two digits and nothing else: a number may also begin with a sign.
        let digits = |hex: &&str| hex.bytes().all(|b| b.is_ascii_hexdigit());
        let hex = value.get(at + 1..at + 3).filter(digits);
        let hex = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(hex) if byte == b'%' => {
                out.push(hex);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_starts_where_its_first_wildcard_stands() {
        assert_eq!(fixed_prefix(Path::new("data/2026/*.parquet")), Path::new("data/2026"));
        assert_eq!(fixed_prefix(Path::new("*.parquet")), Path::new("."));
    }

    #[test]
    fn values_of_a_path_are_decoded() {
        assert_eq!(decoded("2026-01-01 10%3A00"), "2026-01-01 10:00");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("k%C3%A4yt%C3%A4v%C3%A4"), "käytävä");
        assert_eq!(decoded("%zz%+1ä%"), "%zz%+1ä%");
    }
}
