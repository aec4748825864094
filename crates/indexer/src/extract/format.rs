//! What a file is, by its content, never by its name.

use super::ExtractError;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// PDF.
    Pdf,
    /// A ZIP container: DOCX, ODT, or something that is not read.
    Zip,
    /// A compound file: legacy Word, or something that is not read.
    Ole,
    /// RTF.
    Rtf,
    /// HTML.
    Html,
    /// Plain text or Markdown.
    Text,
}

/// First bytes of formats, with what they are.
const MAGIC: [(&[u8], Kind); 11] = [
    (b"%PDF-", Kind::Read(Format::Pdf)),
    (b"PK\x03\x04", Kind::Read(Format::Zip)),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Read(Format::Ole)),
    (b"{\\rtf", Kind::Read(Format::Rtf)),
    (b"\x1F\x8B", Kind::Unsupported("a gzip archive")),
    (b"7z\xBC\xAF\x27\x1C", Kind::Unsupported("a 7z archive")),
    (b"\x89PNG", Kind::Picture("PNG")),
    (b"\xFF\xD8\xFF", Kind::Picture("JPEG")),
    (b"GIF8", Kind::Picture("GIF")),
    (b"II*\0", Kind::Picture("TIFF")),
    (b"MM\0*", Kind::Picture("TIFF")),
];

#[derive(Clone, Copy)]
enum Kind {
    Read(Format),
    Unsupported(&'static str),
    Picture(&'static str),
}

impl Format {
    /// The format of a file's bytes; what fits no other is text.
    pub(super) fn of(bytes: &[u8]) -> Result<Format, ExtractError> {
        match MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            Some((_, Kind::Read(format))) => return Ok(*format),
            Some((_, Kind::Unsupported(format))) => return Err(ExtractError::Unsupported { format }),
            Some((_, Kind::Picture(format))) => return Err(ExtractError::Picture { format }),
            None => {}
        }
        let start = String::from_utf8_lossy(bytes.get(..MARKUP_WINDOW).unwrap_or(bytes)).to_ascii_lowercase();
        let start = start.trim_start_matches('\u{FEFF}').trim_start();
        let html = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag));
        match start.starts_with("<?xml") {
            _ if html => Ok(Format::Html),
            true if start.contains("<html") => Ok(Format::Html),
            true => Err(ExtractError::Unsupported { format: "XML" }),
            false => Ok(Format::Text),
        }
    }
}

/// Bytes within which markup shows itself.
const MARKUP_WINDOW: usize = 1_000;

/// The text of a text file, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, ExtractError> {
    if let Some(position) = bytes.iter().position(|&byte| byte == 0) {
        return Err(ExtractError::Binary { position });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| ExtractError::NotUtf8 { position: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() { Err(ExtractError::Empty) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        for (bytes, format) in [
            (&b"%PDF-1.7\n"[..], Format::Pdf),
            (b"PK\x03\x04rest", Format::Zip),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole),
            (b"{\\rtf1 text}", Format::Rtf),
            (b"  <!DOCTYPE html><p>text", Format::Html),
            (b"<?xml version='1.0'?>\n<html xmlns='x'>", Format::Html),
            (b"Report", Format::Text),
        ] {
            assert_eq!(Format::of(bytes), Ok(format));
        }
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], expected: &str) {
        let message = Format::of(bytes).and_then(|_| decode(bytes)).map_err(|error| error.to_string());
        assert!(message.as_ref().is_err_and(|message| message.contains(expected)), "{message:?}");
    }

    #[test]
    fn what_is_not_read_is_refused_with_its_name() {
        check_refused(b"\x89PNG\r\n", "picture (PNG)");
        check_refused(b"<?xml version='1.0'?><a/>", "XML");
        check_refused("migración".as_bytes().get(..8).unwrap(), "byte 7 is not valid UTF-8");
        check_refused(b"migraci\xF3n", "byte 7 is not valid UTF-8");
        check_refused(b"a\0b", "zero byte at position 1");
        check_refused(b"", "empty");
        check_refused("\u{FEFF} \n\t".as_bytes(), "empty");
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(decode("\u{FEFF}Informe".as_bytes()), Ok("Informe"));
    }
}
