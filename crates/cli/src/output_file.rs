//! [`OutputFile`]: a file that a command writes, whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// A file to write, and the option that names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutputFile<'a> {
    pub(crate) path: &'a Path,
    pub(crate) option: &'static str,
}

impl OutputFile<'_> {
    /// Fails now rather than after a long run, if the file could not be written then.
    ///
    /// # Errors
    /// When the folder is missing or cannot be written to, or the name is that of a folder.
    pub(crate) fn check_writable(self) -> anyhow::Result<()> {
        let is_folder = || Err(io::Error::from(io::ErrorKind::IsADirectory));
        let beside = if self.path.is_dir() { is_folder() } else { temporary(self.path) };
        beside.map(drop).map_err(|error| self.unwritable(&error))
    }

    /// Writes the file: aside, to the disk, then under its name, so that a reader never sees half of it.
    ///
    /// # Errors
    /// When it cannot be written; an older file stays as it was.
    pub(crate) fn write(self, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
        publish(self.path, fill).map_err(|error| self.unwritable(&error))
    }

    fn unwritable(self, error: &io::Error) -> anyhow::Error {
        anyhow::anyhow!("{}: {error}; choose another file with {}", self.path.display(), self.option)
    }
}

fn publish(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut file = temporary(path)?;
    let mut out = BufWriter::new(file.as_file_mut());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    file.as_file().sync_all()?;
    file.persist(path)?;
    // Only Unix can sync a folder, and with it the new name.
    if cfg!(unix) { File::open(folder(path))?.sync_all() } else { Ok(()) }
}

/// A hidden file beside `path` that goes away with its value.
fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rcp-search-");
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
