//! ZIP containers that are no honest DOCX or ODT.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Files, damaged, file};

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const ODF: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0""#;
const ODT: &str = "application/vnd.oasis.opendocument.text";

/// Bytes that a bomb unpacks to.
const BOMB: usize = 200 << 20;

/// An entry as a container's lists describe it, which need not be what it is.
#[derive(Clone)]
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    packed: Vec<u8>,
    unpacked: u32,
    crc: u32,
}

pub(super) fn files() -> Files {
    let text = body("<w:p><w:r><w:t>Delegates spoke of return.</w:t></w:r></w:p>");
    let honest = docx(&text);
    let mut files = Files::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.push(file(name, bytes));

    let bomb = deflated(&[&b"<w:document><w:t>"[..], &vec![b'a'; BOMB]].concat());
    add("ratio.docx", zip(&[parts(), vec![lying("word/document.xml", 8, bomb.clone(), BOMB)]].concat()));
    add("ratio.odt", zip(&[mimetype(), vec![lying("content.xml", 8, bomb.clone(), BOMB)]].concat()));
    add("says-it-is-small.docx", zip(&[parts(), vec![lying("word/document.xml", 8, bomb.clone(), 10)]].concat()));
    add(
        "says-it-is-huge.docx",
        zip(&[parts(), vec![lying("word/document.xml", 8, deflated(&text), 0xFFFF_FFFE)]].concat()),
    );
    let inner = zip(&[lying("0.docx", 8, bomb.clone(), BOMB)]);
    let nested = (1..=5).fold(inner, |inner, level| zip(&vec![stored(&format!("{level}.docx"), &inner); 3]));
    add("nested.docx", zip(&[parts(), vec![stored("word/document.xml", &nested)]].concat()));
    add("holds-itself.docx", zip(&[parts(), vec![stored("word/document.xml", &honest)]].concat()));
    add("overlapping.docx", overlapping(&lying("word/document.xml", 8, bomb, BOMB), 5_000));
    let many: Vec<Entry> = (0..65_000).map(|at| stored(&format!("word/{at}.xml"), b"<a/>")).collect();
    add("65000-entries.docx", zip(&[parts(), many].concat()));
    let twice = vec![stored("word/document.xml", &text), stored("word/document.xml", b"<w:document/>")];
    add("twice.docx", zip(&[parts(), twice].concat()));
    for (at, name) in
        ["../../../../tmp/out.xml", "/tmp/out.xml", "C:\\out.xml", "word/..\0/document.xml", ""].iter().enumerate()
    {
        add(&format!("name-{at}.docx"), zip(&[parts(), vec![stored(name, &text)]].concat()));
    }
    let other = |flags, method| Entry { flags, method, ..stored("word/document.xml", &text) };
    add("encrypted.docx", zip(&[parts(), vec![other(1, 0)]].concat()));
    add("unknown-method.docx", zip(&[parts(), vec![other(0, 99)]].concat()));
    add("wrong-checksum.docx", zip(&[parts(), vec![Entry { crc: 1, ..other(0, 0) }]].concat()));
    add("no-document.docx", zip(&parts()));
    add("no-entries.docx", zip(&[]));
    add("long-comment.docx", [honest.clone(), vec![b'P'; 70_000]].concat());
    files.extend(damaged("honest", "docx", &honest));
    markup(&mut files);
    files
}

/// Containers that are sound, with XML in them that is not.
fn markup(files: &mut Files) {
    let entities: String =
        (1..12).map(|at| format!("<!ENTITY l{at} \"{}\">", format!("&l{};", at - 1).repeat(10))).collect();
    let laughs = format!("<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY l0 \"lol\">{entities}]>");
    let large = format!("<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY big \"{}\">]>", "a".repeat(100_000));
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY out SYSTEM \"file:///etc/passwd\">]>";
    let dtd = "<?xml version=\"1.0\"?><!DOCTYPE w SYSTEM \"http://127.0.0.1:9/x.dtd\">";
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    for (name, head, inside) in [
        ("laughs", laughs.as_str(), paragraph("&l11;")),
        ("quadratic", large.as_str(), paragraph(&"&big;".repeat(100_000))),
        ("outside", outside, paragraph("&out;")),
        ("dtd", dtd, paragraph("text")),
        ("deep-tables", "", deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")),
        ("deep-runs", "", deep("<w:p><w:r>", "</w:r></w:p>")),
        ("deep-unclosed", "", "<w:p>".repeat(1_000_000)),
        ("paragraphs", "", "<w:p/>".repeat(1_000_000)),
        ("short-paragraphs", "", paragraph("a").repeat(400_000)),
        (
            "grid-span",
            "",
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"1000000000\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
                .to_owned(),
        ),
        (
            "list-level",
            "",
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"4000000000\"/><w:numId w:val=\"-1\"/></w:numPr></w:pPr></w:p>"
                .to_owned(),
        ),
        ("attributes", "", format!("<w:p {}/>", (0..200_000).map(|at| format!("a{at}=\"\" ")).collect::<String>())),
        ("control", "", paragraph("\u{1}\u{202e}\u{fffe}&#0;&#xD800;&#x110000;")),
    ] {
        let xml = format!("{head}<w:document {WORD}><w:body>{inside}</w:body></w:document>");
        files.push(file(&format!("xml-{name}.docx"), docx(xml.as_bytes())));
    }
    files.push(file(
        "xml-latin.docx",
        docx(
            &body("<w:p>migraci\u{f3}n</w:p>")
                .iter()
                .map(|&byte| if byte == 0xC3 { 0xFF } else { byte })
                .collect::<Vec<_>>(),
        ),
    ));
    let style = format!(
        "<w:styles {WORD}><w:style w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style><w:style w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style></w:styles>"
    );
    let styled = body("<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>Text</w:t></w:r></w:p>");
    let entries = vec![stored("word/document.xml", &styled), stored("word/styles.xml", style.as_bytes())];
    files.push(file("styles-in-a-circle.docx", zip(&[parts(), entries].concat())));
    for (name, inside) in [
        ("spaces", "<text:p>a<text:s text:c=\"2000000000\"/>b</text:p>".to_owned()),
        ("columns", "<table:table><table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"1000000\"><text:p>a</text:p></table:table-cell></table:table-row></table:table>".to_owned()),
        ("deep-lists", deep("<text:list><text:list-item>", "</text:list-item></text:list>")),
        ("start", "<text:list><text:list-item text:start-value=\"99999999999999999999\"><text:p>a</text:p></text:list-item></text:list>".to_owned()),
    ] {
        let xml = format!("<office:document-content {ODF}><office:body><office:text>{inside}</office:text></office:body></office:document-content>");
        files.push(file(&format!("xml-{name}.odt"), zip(&[mimetype(), vec![stored("content.xml", xml.as_bytes())]].concat())));
    }
}

fn body(inside: &str) -> Vec<u8> {
    format!("<w:document {WORD}><w:body>{inside}</w:body></w:document>").into_bytes()
}

fn docx(document: &[u8]) -> Vec<u8> {
    let document = lying("word/document.xml", 8, deflated(document), document.len());
    zip(&[parts(), vec![document]].concat())
}

fn parts() -> Vec<Entry> {
    vec![stored("[Content_Types].xml", TYPES.as_bytes()), stored("_rels/.rels", RELATIONS.as_bytes())]
}

fn mimetype() -> Vec<Entry> {
    vec![stored("mimetype", ODT.as_bytes())]
}

fn stored(name: &str, bytes: &[u8]) -> Entry {
    let crc = if bytes.len() < 100_000 { crc32(bytes) } else { 0 };
    Entry { crc, ..lying(name, 0, bytes.to_vec(), bytes.len()) }
}

/// An entry that says so of itself.
fn lying(name: &str, method: u16, packed: Vec<u8>, unpacked: usize) -> Entry {
    Entry { name: name.to_owned(), flags: 0, method, packed, unpacked: u32::try_from(unpacked).unwrap(), crc: 0 }
}

/// What a library packs bytes to, without a container around it.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a", SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
    let mut archive = ZipArchive::new(writer.finish().unwrap()).unwrap();
    let mut packed = Vec::new();
    archive.by_index_raw(0).unwrap().read_to_end(&mut packed).unwrap();
    packed
}

/// A container of the entries, whatever they say.
fn zip(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut places = Vec::new();
    for entry in entries {
        places.push(bytes.len());
        bytes.extend(local(entry));
    }
    finished(bytes, entries.iter().zip(places))
}

/// A container whose list names the same entry so often.
fn overlapping(entry: &Entry, times: usize) -> Vec<u8> {
    let entries: Vec<Entry> = (0..times).map(|at| Entry { name: format!("word/{at}.xml"), ..entry.clone() }).collect();
    finished(local(entry), std::iter::once(entry).chain(&entries).map(|entry| (entry, 0)))
}

fn local(entry: &Entry) -> Vec<u8> {
    let mut bytes = [&b"PK\x03\x04"[..], &20_u16.to_le_bytes()].concat();
    bytes.extend(described(entry));
    bytes.extend(0_u16.to_le_bytes());
    bytes.extend(entry.name.as_bytes());
    bytes.extend(&entry.packed);
    bytes
}

/// What both lists of a container say of an entry.
fn described(entry: &Entry) -> Vec<u8> {
    let mut bytes: Vec<u8> = [entry.flags, entry.method, 0, 0].iter().flat_map(|number| number.to_le_bytes()).collect();
    let sizes = [entry.crc, u32::try_from(entry.packed.len()).unwrap(), entry.unpacked];
    bytes.extend(sizes.iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend(u16::try_from(entry.name.len()).unwrap().to_le_bytes());
    bytes
}

fn finished<'a>(mut bytes: Vec<u8>, entries: impl Iterator<Item = (&'a Entry, usize)>) -> Vec<u8> {
    let start = bytes.len();
    let mut number = 0_u32;
    for (entry, place) in entries {
        number += 1;
        bytes.extend([&b"PK\x01\x02"[..], &20_u16.to_le_bytes(), &20_u16.to_le_bytes()].concat());
        bytes.extend(described(entry));
        bytes.extend([0; 12]);
        bytes.extend(u32::try_from(place).unwrap().to_le_bytes());
        bytes.extend(entry.name.as_bytes());
    }
    let number = u16::try_from(number.min(u16::MAX.into())).unwrap().to_le_bytes();
    let (size, start) = (u32::try_from(bytes.len() - start).unwrap(), u32::try_from(start).unwrap());
    bytes.extend(
        [&b"PK\x05\x06\0\0\0\0"[..], &number, &number, &size.to_le_bytes(), &start.to_le_bytes(), &[0, 0]].concat(),
    );
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}
