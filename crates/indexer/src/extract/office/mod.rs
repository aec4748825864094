//! Office containers (ZIP archives): DOCX and ODT, told apart by what is in them.
//!
//! A part is unpacked within limits ([`container`]), read to a tree within limits ([`xml`]), and walked in reading
//! order by [`docx`] and [`odt`]. What both share with RTF stands beside them: [`line`] (a paragraph in the making),
//! [`table`] (rows or layout), [`counting`] and [`numbering`] (list numbers).

mod container;
pub(super) mod counting;
mod docx;
pub(super) mod line;
pub(super) mod numbering;
mod odt;
pub(super) mod table;
mod xml;

use jiff::civil::Date;

use super::{ExtractError, Extracted};
use container::Container;
use xml::{Element, Tree};

/// Reads a DOCX or ODT file.
///
/// # Errors
/// Other containers are [`ExtractError::Unsupported`], with their names; one with pictures alone is
/// [`ExtractError::Scan`].
pub(super) fn read(bytes: &[u8]) -> Result<Extracted, ExtractError> {
    let mut container = Container::open(bytes)?;
    let extracted = read_container(&mut container)?;
    let pictures = ["word/media/", "Pictures/"].iter().any(|folder| container.has_folder(folder));
    if extracted.blocks.is_empty() && pictures { Err(ExtractError::Scan) } else { Ok(extracted) }
}

fn read_container(container: &mut Container<'_>) -> Result<Extracted, ExtractError> {
    if let Some(kind) = container.text("mimetype")? {
        return open_document(container, kind.trim());
    }
    let relations = docx::relations(container, "")?;
    let path = relations.get("officeDocument").map_or("word/document.xml", |path| path.trim_start_matches('/'));
    let xml = match named(path) {
        Some(format) => return Err(ExtractError::Unsupported { format }),
        None => container.text(path)?,
    };
    let Some(xml) = xml else {
        if container.has("content.xml") {
            return odt::read(container);
        }
        let pages = container.has("Index/Document.iwa");
        return Err(ExtractError::Unsupported { format: if pages { "Apple Pages" } else { "a ZIP archive" } });
    };
    let document = Tree::parse(&xml, "DOCX")?;
    match document.root().name() {
        "document" => docx::read(container, path, &document),
        _ => Err(ExtractError::Unsupported { format: "a ZIP archive" }),
    }
}

/// A container that begins with its media type.
fn open_document(container: &mut Container<'_>, kind: &str) -> Result<Extracted, ExtractError> {
    const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.";
    match kind.strip_prefix(OPEN_DOCUMENT) {
        Some(kind) if kind.starts_with("text") => odt::read(container),
        Some(kind) if kind.starts_with("spreadsheet") => {
            Err(ExtractError::Unsupported { format: "a spreadsheet (ODS)" })
        }
        Some(kind) if kind.starts_with("presentation") => {
            Err(ExtractError::Unsupported { format: "a presentation (ODP)" })
        }
        Some(_) => Err(ExtractError::Unsupported { format: "an OpenDocument drawing" }),
        None if kind == "application/epub+zip" => Err(ExtractError::Unsupported { format: "an e-book (EPUB)" }),
        None => Err(ExtractError::Unsupported { format: "a ZIP archive" }),
    }
}

/// The name of an Office Open XML format that is not read, by the path of its main part.
fn named(path: &str) -> Option<&'static str> {
    match path.split('/').next() {
        Some("xl") => Some("a spreadsheet (XLSX)"),
        Some("ppt") => Some("a presentation (PPTX)"),
        Some("visio") => Some("a drawing (VSDX)"),
        _ => None,
    }
}

/// What an element says in its child of this name, or below it.
fn said(root: Option<Element<'_>>, name: &str) -> Option<String> {
    let text = root?.descendants().find(|element| element.name() == name)?.text();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The day of a time stamp (`2013-05-21T10:00:00Z`).
fn day(stamp: &str) -> Option<Date> {
    stamp.get(..10)?.parse().ok()
}

/// Whether a field makes a table of contents or an index: its entries repeat what stands elsewhere.
pub(super) fn is_contents_code(code: &str) -> bool {
    let name = code.split_whitespace().next().unwrap_or("");
    ["TOC", "TOA", "INDEX"].iter().any(|contents| name.eq_ignore_ascii_case(contents))
}
