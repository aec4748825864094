//! Finds the files of a corpus.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::metadata;

/// Deepest nesting of folders that is followed.
const MAX_DEPTH: usize = 64;

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CorpusFile {
    /// Path relative to the corpus folder, `/` between its parts. With several folders, the name of its own comes
    /// first (`reports-2` for the second folder called `reports`). No two files have the same.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The files of a corpus, each list sorted by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorpusFiles {
    /// Documents.
    pub documents: Vec<CorpusFile>,
    /// Metadata files: `*.meta.toml`, `manifest.toml` and `metadata.csv`.
    pub metadata: Vec<CorpusFile>,
    /// What is left aside unseen: hidden files, what programs leave behind, and what is no file: pipes, sockets, devices.
    pub skipped: u64,
    /// Folders that could not be listed, and why.
    pub unreadable: Vec<(String, String)>,
}

/// Lists every file below the folders. Hidden files and `README.md` are no documents; each file counts once, whatever
/// symbolic links lead to it.
///
/// # Errors
/// When one of the folders themselves cannot be listed.
pub fn walk(folders: &[PathBuf]) -> Result<CorpusFiles, (PathBuf, io::Error)> {
    let mut files = CorpusFiles::default();
    let mut seen = BTreeSet::new();
    for (prefix, real) in named_folders(folders)? {
        // A list of folders to visit, not recursion: hostile trees are deep.
        let mut waiting = vec![(real, prefix, 0)];
        while let Some((folder, prefix, depth)) = waiting.pop() {
            let below = match list(&folder, &prefix, &mut files, &mut seen) {
                Ok(below) => below,
                Err(error) => {
                    files.unreadable.push((prefix.trim_end_matches('/').to_owned(), error.to_string()));
                    continue;
                }
            };
            if depth == MAX_DEPTH {
                let too_deep = |(_, prefix): (PathBuf, String)| {
                    (prefix.trim_end_matches('/').to_owned(), format!("more than {MAX_DEPTH} folders deep"))
                };
                files.unreadable.extend(below.into_iter().map(too_deep));
            } else {
                waiting.extend(below.into_iter().map(|(folder, prefix)| (folder, prefix, depth + 1)));
            }
        }
    }
    files.documents.sort();
    files.metadata.sort();
    files.unreadable.sort();
    Ok(files)
}

/// The folders of a corpus, each with what the names of its files begin with, in [`CorpusFile::name`] and in the index.
///
/// # Errors
/// When one of them cannot be listed.
pub fn named_folders(folders: &[PathBuf]) -> Result<Vec<(String, PathBuf)>, (PathBuf, io::Error)> {
    let mut prefixes = BTreeSet::new();
    let named = |folder: &PathBuf| {
        let real = folder.canonicalize().map_err(|error| (folder.clone(), error))?;
        fs::read_dir(&real).map_err(|error| (folder.clone(), error))?;
        let own_name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let prefix = if folders.len() > 1 { own_prefix(&own_name, &mut prefixes) } else { String::new() };
        Ok((prefix, real))
    };
    folders.iter().map(named).collect()
}

/// What the names of a folder's files begin with: its own name, with a number where another folder is called the same.
/// Two files must never have one name: curated metadata, and the collection in it, belongs to a name.
fn own_prefix(own_name: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2_u64..).map(|number| format!("{own_name}-{number}/"));
    let mut candidates = std::iter::once(format!("{own_name}/")).chain(numbered);
    let prefix = candidates.find(|prefix| !taken.contains(prefix)).unwrap_or_default();
    taken.insert(prefix.clone());
    prefix
}

/// Adds the files of one folder; returns the folders in it.
fn list(
    folder: &Path,
    prefix: &str,
    files: &mut CorpusFiles,
    seen: &mut BTreeSet<PathBuf>,
) -> io::Result<Vec<(PathBuf, String)>> {
    if !seen.insert(folder.to_owned()) {
        return Ok(Vec::new());
    }
    // In the order of their names, so that of two links to one file the same one counts in every run.
    let mut names: Vec<std::ffi::OsString> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<_>>()?;
    names.sort();
    let mut folders = Vec::new();
    let mut names_here = BTreeSet::new();
    for name in names {
        let path = folder.join(&name);
        let name = text(&name);
        if is_left_behind(&name) {
            files.skipped += 1;
            continue;
        }
        let in_corpus = format!("{prefix}{name}");
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) => {
                files.unreadable.push((in_corpus, error.to_string()));
                continue;
            }
        };
        if real.is_dir() {
            folders.push((real, format!("{in_corpus}/")));
        } else if !real.is_file() {
            files.skipped += 1;
        } else if seen.insert(real) {
            if !names_here.insert(name.clone()) {
                files.unreadable.push((in_corpus, "another file has this name, as far as it is text".to_owned()));
                continue;
            }
            let file = CorpusFile { name: in_corpus, path };
            if metadata::is_metadata(&name) {
                files.metadata.push(file);
            } else if !name.eq_ignore_ascii_case("README.md") {
                files.documents.push(file);
            }
        }
    }
    Ok(folders)
}

/// A file's name as text; bytes that are none, as U+FFFD with their hexadecimal digits.
fn text(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("\u{FFFD}{byte:02x}")));
    }
    text
}

/// Whether a name is that of a hidden file, or of one that programs leave behind: locks, copies and halves of files, and
/// what systems note about folders.
fn is_left_behind(name: &str) -> bool {
    const NAMES: [&str; 3] = ["Thumbs.db", "desktop.ini", "__MACOSX"];
    const STARTS: [&str; 2] = [".", "~$"];
    const ENDS: [&str; 6] = ["~", ".tmp", ".part", ".crdownload", ".swp", ".bak"];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
        || STARTS.iter().any(|start| name.starts_with(start))
        || ENDS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_behind_is_no_document() {
        for name in [".DS_Store", "~$report.docx", "THUMBS.DB", "report.docx~", ".~lock.report.odt#", "a.pdf.part"] {
            assert!(is_left_behind(name), "{name}");
        }
        for name in ["report.docx", "~report.txt", "thumbs.db.txt", "a.swp.md"] {
            assert!(!is_left_behind(name), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_has_a_name_of_its_own() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(text(OsStr::from_bytes(b"informe\xF3n.txt")), "informe\u{FFFD}f3n.txt");
        assert_eq!(text(OsStr::new("información.txt")), "información.txt");
    }
}
