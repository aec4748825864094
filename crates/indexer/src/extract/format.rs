//! What a file is, by its content, never by its name.

use super::ExtractError;
use super::encoding;

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
    /// A record of JSON Lines.
    Json,
    /// Plain text or Markdown.
    Text,
}

/// First bytes of formats, with what they are.
const MAGIC: [(&[u8], Kind); 16] = [
    (b"%PDF-", Kind::Read(Format::Pdf)),
    (b"PK\x03\x04", Kind::Read(Format::Zip)),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Read(Format::Ole)),
    (b"{\\rtf", Kind::Read(Format::Rtf)),
    (b"\x1F\x8B", Kind::Unsupported("a gzip archive")),
    (b"7z\xBC\xAF\x27\x1C", Kind::Unsupported("a 7z archive")),
    (b"Rar!\x1A\x07", Kind::Unsupported("a RAR archive")),
    (b"BZh", Kind::Unsupported("a bzip2 archive")),
    (b"\xFD7zXZ\0", Kind::Unsupported("an xz archive")),
    (b"%!PS", Kind::Unsupported("PostScript")),
    (b"\x89PNG", Kind::Picture("PNG")),
    (b"\xFF\xD8\xFF", Kind::Picture("JPEG")),
    (b"GIF8", Kind::Picture("GIF")),
    (b"II*\0", Kind::Picture("TIFF")),
    (b"MM\0*", Kind::Picture("TIFF")),
    (b"RIFF", Kind::Picture("WebP")),
];

#[derive(Clone, Copy)]
enum Kind {
    Read(Format),
    Unsupported(&'static str),
    Picture(&'static str),
}

/// Bytes within which markup shows itself.
const MARKUP_WINDOW: usize = 4_000;

/// Bytes of anything in which a PDF may begin: readers of PDF look as far.
const PDF_WINDOW: usize = 1_024;

/// What only a page begins with.
const PAGE_TAGS: [&str; 6] = ["<!doctype html", "<html", "<head", "<body", "<title", "<meta"];

/// What a part of a page may begin with; a text too, if nothing else in it is markup.
const PART_TAGS: [&str; 20] = [
    "<p", "<div", "<h1", "<h2", "<h3", "<h4", "<table", "<ul", "<ol", "<main", "<article", "<section", "<center",
    "<font", "<span", "<style", "<script", "<b>", "<strong", "<header",
];

/// Ends of elements that show a part of a page.
const PART_ENDS: [&str; 8] = ["</p>", "</div>", "</h1>", "</h2>", "</li>", "</td>", "</section>", "</article>"];

impl Format {
    /// The format of a file's bytes; what fits no other is text.
    pub(super) fn of(bytes: &[u8]) -> Result<Format, ExtractError> {
        match MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            Some((_, Kind::Read(format))) => return Ok(*format),
            Some((_, Kind::Unsupported(format))) => return Err(ExtractError::Unsupported { format }),
            Some((_, Kind::Picture(format))) => return Err(ExtractError::Picture { format }),
            None => {}
        }
        let window = bytes.get(..PDF_WINDOW).unwrap_or(bytes);
        if window.windows(5).any(|five| five == b"%PDF-") && window.iter().any(|byte| !byte.is_ascii_graphic()) {
            return Ok(Format::Pdf);
        }
        Format::of_text(&encoding::start(bytes, MARKUP_WINDOW).to_ascii_lowercase())
    }

    /// The format of a text, by its beginning in lower case.
    fn of_text(start: &str) -> Result<Format, ExtractError> {
        let unsupported = |format| Err(ExtractError::Unsupported { format });
        let start = without_comments(start);
        if start.starts_with("{\\rtf") {
            return Ok(Format::Rtf);
        }
        if start.strip_prefix('{').is_some_and(|inner| inner.trim_start().starts_with('"')) {
            return Ok(Format::Json);
        }
        if start.starts_with("<?xml") {
            let page = start.contains("<html");
            return if page { Ok(Format::Html) } else { unsupported("XML") };
        }
        if start.starts_with("mime-version:") || (start.starts_with("from:") && start.contains("multipart/related")) {
            return unsupported("a web archive (MHTML)");
        }
        let is_page = PAGE_TAGS.iter().any(|tag| start.starts_with(tag));
        let is_part = PART_TAGS.iter().any(|tag| start.starts_with(tag))
            && PART_ENDS.iter().map(|end| start.matches(end).count()).sum::<usize>() >= 2;
        Ok(if is_page || is_part { Format::Html } else { Format::Text })
    }
}

/// What follows white space and comments of HTML.
fn without_comments(start: &str) -> &str {
    let mut rest = start.trim_start();
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        rest = after.trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Format) {
        assert_eq!(Format::of(bytes), Ok(expected));
    }

    #[test]
    fn a_file_is_what_its_content_says() {
        check(b"%PDF-1.7\n", Format::Pdf);
        check(b"\r\n\xEF\xBB\xBF%PDF-1.4\n", Format::Pdf);
        check(b"PK\x03\x04rest", Format::Zip);
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole);
        check(b"{\\rtf1 text}", Format::Rtf);
        check(b"\n {\\rtf1 text}", Format::Rtf);
        check(b"{\"id\": 1}", Format::Json);
        check(b"{\n  \"id\": 1}", Format::Json);
        check(b"Report", Format::Text);
        check(b"{braces}", Format::Text);
        check(b"<div> is a tag", Format::Text);
        check(b"Write <p>a</p><p>b</p>", Format::Text);
        check(b"# Title\n<p>a</p><p>b</p>", Format::Text);
    }

    #[test]
    fn a_page_may_begin_in_many_ways() {
        check(b"  <!DOCTYPE html><p>text", Format::Html);
        check(b"<?xml version='1.0'?>\n<html xmlns='x'>", Format::Html);
        check(b"<!-- saved from url -->\n<!-- again --><HTML>", Format::Html);
        check(b"\xEF\xBB\xBF<html>", Format::Html);
        check(b"<h1>Title</h1>\n<p>Text</p>", Format::Html);
        let wide: Vec<u8> = "<html><p>text".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&wide, Format::Html);
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], expected: &str) {
        let message = Format::of(bytes).map_err(|error| error.to_string());
        assert!(message.as_ref().is_err_and(|message| message.contains(expected)), "{message:?}");
    }

    #[test]
    fn what_is_not_read_is_refused_with_its_name() {
        check_refused(b"\x89PNG\r\n", "picture (PNG)");
        check_refused(b"<?xml version='1.0'?><a/>", "XML");
        check_refused(b"Rar!\x1A\x07\0", "RAR");
        check_refused(b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML");
    }
}
