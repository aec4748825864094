//! What a file is, by its content: the text of a text file, or the name of what it is instead.

use super::ExtractError;

/// First bytes of formats that are no text, with their names.
const MAGIC: [(&[u8], Format); 13] = [
    (b"%PDF-", Format::Unsupported("PDF")),
    (b"PK\x03\x04", Format::Unsupported("a ZIP container (DOCX, ODT …)")),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Unsupported("legacy Word (DOC)")),
    (b"{\\rtf", Format::Unsupported("RTF")),
    (b"\xFF\xFE", Format::Unsupported("UTF-16 text")),
    (b"\xFE\xFF", Format::Unsupported("UTF-16 text")),
    (b"\x1F\x8B", Format::Unsupported("a gzip archive")),
    (b"7z\xBC\xAF\x27\x1C", Format::Unsupported("a 7z archive")),
    (b"\x89PNG", Format::Picture("PNG")),
    (b"\xFF\xD8\xFF", Format::Picture("JPEG")),
    (b"GIF8", Format::Picture("GIF")),
    (b"II*\0", Format::Picture("TIFF")),
    (b"MM\0*", Format::Picture("TIFF")),
];

#[derive(Clone, Copy)]
enum Format {
    Unsupported(&'static str),
    Picture(&'static str),
}

/// The text of a text file, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, ExtractError> {
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(match *format {
            Format::Unsupported(format) => ExtractError::Unsupported { format },
            Format::Picture(format) => ExtractError::Picture { format },
        });
    }
    if let Some(position) = bytes.iter().position(|&byte| byte == 0) {
        return Err(ExtractError::Binary { position });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| ExtractError::NotUtf8 { position: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ExtractError::Empty);
    }
    match markup_format(text) {
        Some(format) => Err(ExtractError::Unsupported { format }),
        None => Ok(text),
    }
}

/// HTML and XML are text too, but not text to read.
fn markup_format(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(100).collect::<String>().to_ascii_lowercase();
    let html = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.starts_with(tag));
    if html || (start.starts_with("<?xml") && text.contains("<html")) {
        Some("HTML")
    } else if start.starts_with("<?xml") {
        Some("XML")
    } else {
        None
    }
}

/// `text/markdown` if at least two lines show Markdown, else `text/plain`.
pub(super) fn text_media_type(text: &str) -> &'static str {
    let signs = text.lines().filter(|line| is_markdown(line)).take(2).count();
    if signs == 2 { "text/markdown" } else { "text/plain" }
}

fn is_markdown(line: &str) -> bool {
    let line = line.trim();
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    let heading = (1..=6).contains(&hashes) && line.as_bytes().get(hashes) == Some(&b' ');
    heading || line.contains("**") || line.contains("](") || line.contains("<http") || line == "---"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(bytes: &[u8], expected: &str) {
        let message = decode(bytes).map_err(|error| error.to_string());
        assert!(message.as_ref().is_err_and(|message| message.contains(expected)), "{message:?}");
    }

    #[test]
    fn what_is_no_utf8_text_is_refused_with_its_name() {
        check_refused(b"%PDF-1.7\n", "PDF is not supported yet");
        check_refused(b"PK\x03\x04rest", "DOCX");
        check_refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "DOC");
        check_refused(b"{\\rtf1 text}", "RTF");
        check_refused(b"\xFF\xFEa\0", "UTF-16");
        check_refused(b"\x89PNG\r\n", "picture (PNG)");
        check_refused(b"  <!DOCTYPE html><p>text", "HTML");
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

    #[test]
    fn markdown_is_told_by_its_content() {
        assert_eq!(text_media_type("# Report\n\n**Bold** text"), "text/markdown");
        assert_eq!(text_media_type("REPORT\n\n#1 of 2 ** a lone mark"), "text/plain");
    }
}
