//! Containers that are not read, damaged, or made to do harm.

use proptest::prelude::*;
use rcp_indexer::extract::{ExtractError, extract};

use super::archive;

#[track_caller]
fn check_refused(parts: &[(&str, &str)], expected: &str) {
    let message = extract(&archive(parts), 10_000_000).map(|_| ()).map_err(|error| error.to_string());
    assert!(message.as_ref().is_err_and(|message| message.contains(expected)), "{message:?}");
}

#[test]
fn other_containers_are_refused_by_name() {
    let relation = |target: &str| format!("<r><Relationship Type=\"t/officeDocument\" Target=\"{target}\"/></r>");
    check_refused(&[("_rels/.rels", &relation("xl/workbook.xml")), ("xl/workbook.xml", "<workbook/>")], "(XLSX)");
    check_refused(&[("_rels/.rels", &relation("ppt/presentation.xml"))], "(PPTX)");
    check_refused(&[("mimetype", "application/epub+zip")], "(EPUB)");
    check_refused(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")], "(ODS)");
    check_refused(&[("Index/Document.iwa", "x")], "Apple Pages");
    check_refused(&[("notes.txt", "text")], "a ZIP archive is not supported");
    check_refused(&[("../../etc/passwd", "text")], "a ZIP archive is not supported");
}

#[test]
fn bombs_are_refused() {
    let inside = |body: &str| format!("<w:document><w:body>{body}</w:body></w:document>");
    let blank = " ".repeat(30_000_000);
    check_refused(&[("word/document.xml", &inside(&blank))], "times its packed size");
    check_refused(&[("word/document.xml", &inside(&"<w:sdt>".repeat(1_000)))], "inside one another");
    check_refused(
        &[("word/document.xml", "<!DOCTYPE a [<!ENTITY a 'aa'>]><w:document>&a;</w:document>")],
        "document type",
    );
    let names: Vec<String> = (0..20_001).map(|number| format!("{number}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    check_refused(&parts, "20000 entries");
}

#[test]
fn a_paragraph_too_many_is_refused() {
    // Spread over names of different lengths, or it would be a bomb by its ratio.
    let body: String =
        (0..300_001_u32).map(|number| format!("<p a=\"{:x}\"/>", number.wrapping_mul(2_654_435_761))).collect();
    check_refused(
        &[("word/document.xml", &format!("<document><body>{body}</body></document>"))],
        "more than 300000 lines",
    );
}

#[test]
fn encrypted_files_are_said_to_be() {
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "x"),
    ];
    assert_eq!(extract(&archive(&parts), 10_000_000).map(|_| ()), Err(ExtractError::Encrypted));
    // The bit that says so, in the local header and in the directory.
    let mut bytes = archive(&[("word/document.xml", "<document/>")]);
    let marks: Vec<usize> = [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)]
        .into_iter()
        .filter_map(|(mark, offset)| Some(bytes.windows(4).position(|window| window == mark)? + offset))
        .collect();
    for mark in marks {
        bytes[mark] |= 1;
    }
    assert_eq!(extract(&bytes, 10_000_000).map(|_| ()), Err(ExtractError::Encrypted));
}

#[test]
fn a_file_without_text_is_empty_or_a_scan() {
    let empty = archive(&[("word/document.xml", "<document><body><p/></body></document>")]);
    assert_eq!(extract(&empty, 10_000_000).map(|_| ()), Err(ExtractError::Empty));
    let picture = ("word/media/image1.png", "x");
    let scan = archive(&[("word/document.xml", "<document><body><p/></body></document>"), picture]);
    assert_eq!(extract(&scan, 10_000_000).map(|_| ()), Err(ExtractError::Scan));
}

#[test]
fn the_deepest_file_that_is_read_fits_a_small_stack() {
    let body = format!("{}<p><r><t>Deep.</t></r></p>{}", "<tbl><tr><tc>".repeat(40), "</tc></tr></tbl>".repeat(40));
    let file = archive(&[("word/document.xml", &format!("<document><body>{body}</body></document>"))]);
    let read = std::thread::Builder::new().stack_size(2 << 20).spawn(move || extract(&file, 10_000_000)).unwrap();
    assert_eq!(read.join().unwrap().unwrap().blocks.first().unwrap().text, "Deep.");
}

/// Something like a Word file.
fn element() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "sdtContent",
        "ins",
        "del",
        "hyperlink",
        "txbxContent",
        "pPr",
        "numPr",
        "AlternateContent",
        "Choice",
        "list",
        "list-item",
        "h",
        "span",
        "note",
        "note-body",
        "table",
        "table-row",
        "table-cell",
    ]);
    let empty = prop::sample::select(vec![
        "<numId val=\"1\"/>",
        "<ilvl val=\"99\"/>",
        "<fldChar fldCharType=\"begin\"/>",
        "<fldChar fldCharType=\"separate\"/>",
        "<fldChar fldCharType=\"end\"/>",
        "<instrText>TOC</instrText>",
        "<lastRenderedPageBreak/>",
        "<br type=\"page\"/>",
        "<footnoteReference id=\"1\"/>",
        "<pStyle val=\"a\"/>",
        "<tab/>",
        "<soft-page-break/>",
        "text",
        "&#x10FFFF;",
        "é",
    ]);
    let leaf = empty.prop_map(str::to_owned);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        (names.clone(), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, inner)| format!("<{name}>{}</{name}>", inner.concat()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_of_elements_is_read(body in element(), numbering in element()) {
        let document = format!("<document><body>{body}</body></document>");
        let numbering = format!("<numbering><num numId=\"1\"><abstractNumId val=\"0\"/></num><abstractNum abstractNumId=\"0\">\
            <lvl ilvl=\"0\"><lvlText val=\"%1%2%%\"/></lvl></abstractNum>{numbering}</numbering>");
        let footnotes = format!("<footnotes><footnote id=\"1\">{body}</footnote></footnotes>");
        let word = [("word/document.xml", document.as_str()), ("word/numbering.xml", &numbering), ("word/footnotes.xml", &footnotes)];
        let _ = extract(&archive(&word), 10_000_000);
        let content = format!("<document-content><body><text>{body}</text></body></document-content>");
        let _ = extract(&archive(&[("content.xml", &content), ("mimetype", "application/vnd.oasis.opendocument.text")]), 10_000_000);
    }

    #[test]
    fn a_damaged_file_is_an_error_or_a_text(position in 0.0_f64..1.0, byte: u8, keep in 0.0_f64..1.0) {
        let mut bytes = archive(&[("word/document.xml", "<document><body><p><r><t>Some text.</t></r></p></body></document>")]);
        let position = (position * bytes.len() as f64) as usize;
        bytes[position] = byte;
        let _ = extract(&bytes, 10_000_000);
        bytes.truncate((keep * bytes.len() as f64) as usize);
        let _ = extract(&bytes, 10_000_000);
        let _ = extract(&[&b"PK\x03\x04"[..], &bytes].concat(), 10_000_000);
    }
}
