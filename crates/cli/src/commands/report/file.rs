//! The report as a file: whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rcp_indexer::Report;
use tempfile::NamedTempFile;

/// Fails now rather than after a long run, if the report could not be written then.
///
/// # Errors
/// When the folder is missing or cannot be written to, or the name is that of a folder.
pub(in crate::commands) fn check_writable(path: &Path) -> anyhow::Result<()> {
    let beside = if path.is_dir() { Err(io::Error::from(io::ErrorKind::IsADirectory)) } else { temporary(path) };
    beside.map(drop).map_err(|error| unwritable(path, &error))
}

/// Writes the report as JSON Lines, one for each file and a last one for the run: aside, to the disk, then under its name, so that a reader never sees half of it.
///
/// # Errors
/// When it cannot be written; an older report stays as it was.
pub(in crate::commands) fn write(path: &Path, report: &Report) -> anyhow::Result<()> {
    publish(path, report).map_err(|error| unwritable(path, &error))
}

fn publish(path: &Path, report: &Report) -> io::Result<()> {
    let mut file = temporary(path)?;
    let mut lines = BufWriter::new(file.as_file_mut());
    let values = report.files.iter().map(super::file_json).chain(std::iter::once_with(|| super::json(report)));
    for value in values {
        writeln!(lines, "{value}")?;
    }
    lines.flush()?;
    drop(lines);
    file.as_file().sync_all()?;
    file.persist(path)?;
    // Only Unix can sync a folder, and with it the new name.
    if cfg!(unix) { File::open(folder(path))?.sync_all() } else { Ok(()) }
}

/// A hidden file beside `path` that goes away with its value.
fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rcp-search-report-");
    #[cfg(unix)]
    {
        // As any new file: the system takes off what the user's mask says.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // The error as such: the name of a file that only we know would confuse.
    builder.tempfile_in(folder(path)).map_err(|error| io::Error::from(error.kind()))
}

fn folder(path: &Path) -> &Path {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

fn unwritable(path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("{}: {error}; choose another file for the report with --report", path.display())
}
