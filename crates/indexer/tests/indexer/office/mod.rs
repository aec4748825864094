//! Word, OpenDocument and other containers to blocks. The files are made here, part by part.

#[cfg(test)]
mod docx;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod odt;

use std::io::{Cursor, Write};

use rcp_indexer::extract::{Extracted, extract};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::extracting::shown;

/// An archive of these parts.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in parts {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) fn read(bytes: &[u8]) -> Extracted {
    extract(bytes, 10_000_000).unwrap()
}

#[track_caller]
pub(crate) fn check_blocks(bytes: &[u8], expected: &[&str]) {
    assert_eq!(read(bytes).blocks.iter().map(shown).collect::<Vec<_>>(), expected);
}
