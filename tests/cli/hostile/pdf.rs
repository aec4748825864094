//! PDF files that break the rules of PDF.

use super::archives::deflated;
use super::{Files, damaged, file};

/// Bytes that a bomb unpacks to.
const BOMB: usize = 200 << 20;

pub(super) fn files() -> Files {
    let text = b"BT /F 12 Tf 72 720 Td (Delegates spoke of return.) Tj ET";
    let honest = pages(&stream("", text), "");
    let mut files = damaged("honest", "pdf", &honest);
    let mut add = |name: &str, bytes: Vec<u8>| files.push(file(name, bytes));

    add(
        "pages-in-a-circle.pdf",
        pdf(
            &[
                catalog(),
                obj("<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"),
                obj("<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>"),
            ],
            "",
        ),
    );
    add("pages-own-parent.pdf", pdf(&[catalog(), obj("<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>")], ""));
    add("pages-1000000000.pdf", pdf(&[catalog(), obj("<< /Type /Pages /Kids [] /Count 1000000000 >>")], ""));
    let kids = "3 0 R ".repeat(200_000);
    add(
        "pages-all-the-same.pdf",
        pdf(
            &[catalog(), obj(&format!("<< /Type /Pages /Kids [{kids}] /Count 200000 >>")), obj(PAGE), stream("", text)],
            "",
        ),
    );
    let deep: Vec<Vec<u8>> = (3..20_000)
        .map(|at| obj(&format!("<< /Type /Pages /Parent {} 0 R /Kids [{} 0 R] /Count 1 >>", at - 1, at + 1)))
        .collect();
    add("pages-deep.pdf", pdf(&[vec![catalog(), obj("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")], deep].concat(), ""));

    let bomb = zlib(&vec![b' '; BOMB]);
    add("flate.pdf", pages(&stream("/Filter /FlateDecode", &bomb), ""));
    add("flate-twice.pdf", pages(&stream("/Filter [/FlateDecode /FlateDecode]", &zlib(&bomb)), ""));
    let filters = "/FlateDecode ".repeat(10_000);
    add("flate-10000-times.pdf", pages(&stream(&format!("/Filter [{filters}]"), &zlib(text)), ""));
    add(
        "predictor.pdf",
        pages(
            &stream(
                "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 /Colors 2000000000 >>",
                &zlib(text),
            ),
            "",
        ),
    );
    add("run-length.pdf", pages(&stream("/Filter /RunLengthDecode", &[129, b' '].repeat(2_000_000)), ""));
    add("ascii85.pdf", pages(&stream("/Filter /ASCII85Decode", &vec![b'z'; 10_000_000]), ""));

    add(
        "object-stream-of-itself.pdf",
        pdf(
            &[
                catalog(),
                obj("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
                stream("/Type /ObjStm /N 1 /First 4 /Extends 3 0 R", b"3 0 << /Type /Page >>"),
            ],
            "",
        ),
    );
    add("object-stream-of-many.pdf", pdf(&[catalog(), stream("/Type /ObjStm /N 2000000000 /First 0", b"1 0")], ""));
    add("length-of-itself.pdf", pdf(&[catalog(), b"<< /Length 2 0 R >>\nstream\nabc\nendstream".to_vec()], ""));
    add("length-too-long.pdf", pages(b"<< /Length 2000000000 >>\nstream\nBT ET\nendstream", ""));
    add("references-in-a-circle.pdf", pdf(&[catalog(), obj("3 0 R"), obj("2 0 R")], ""));
    add("previous-table-itself.pdf", pdf(&[catalog(), obj("<< /Type /Pages /Kids [] /Count 0 >>")], "/Prev 9"));
    add(
        "encrypted.pdf",
        pages(
            &stream("", text),
            "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) >> /ID [(a) (a)]",
        ),
    );
    add("large-table.pdf", b"%PDF-1.4\nxref\n0 2000000000\n0000000000 65535 f \ntrailer\n<< /Size 2000000000 /Root 1 0 R >>\nstartxref\n9\n%%EOF".to_vec());
    add("no-table.pdf", honest.split(|&byte| byte == b'x').next().unwrap().to_vec());
    add("header-only.pdf", b"%PDF-1.7\n".to_vec());

    for (name, content) in [
        ("nested-q", b"q ".repeat(1_000_000)),
        ("nested-bt", b"BT ".repeat(1_000_000)),
        ("nested-arrays", [b"[".repeat(200_000), b"]".repeat(200_000)].concat()),
        ("nested-strings", b"(".repeat(1_000_000)),
        ("nested-dictionaries", b"<</a ".repeat(200_000)),
        ("large-numbers", b"BT /F 1e308 Tf 999999999999999999999999 -99999999999999999999 Td (a) Tj ET ".repeat(1_000)),
        ("inline-image", b"BI /W 2000000000 /H 2000000000 /BPC 8 ID aaa".to_vec()),
        ("text-everywhere", b"BT /F 12 Tf 1 0 0 1 1 1 Tm (a) Tj ET ".repeat(300_000)),
        ("itself", b"/X Do ".repeat(100)),
    ] {
        add(
            &format!("content-{name}.pdf"),
            pages(
                &stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>",
                    &content,
                ),
                "",
            ),
        );
    }
    add("deep-objects.pdf", pdf(&[catalog(), [b"[".repeat(200_000), b"]".repeat(200_000)].concat()], ""));
    let map = b"begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap";
    let font = obj(
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [5 0 R] >>",
    );
    add(
        "font-map.pdf",
        pdf(
            &[
                catalog(),
                obj("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
                obj(PAGE),
                stream("", text),
                font,
                stream("", map),
            ],
            "",
        ),
    );
    add("scan.pdf", pages(&stream("", b"0 0 9 9 re f"), ""));
    files
}

const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R >> >> >>";

fn catalog() -> Vec<u8> {
    obj("<< /Type /Catalog /Pages 2 0 R >>")
}

fn obj(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn stream(keys: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<< {keys} /Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

/// One page with this content.
fn pages(content: &[u8], trailer: &str) -> Vec<u8> {
    let font = obj("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    let tree = obj("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    pdf(&[catalog(), tree, obj(PAGE), content.to_vec(), font], trailer)
}

/// Objects, numbered from 1, with a table and a trailer.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend([format!("{} 0 obj\n", at + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let (start, size) = (bytes.len(), objects.len() + 1);
    let end = format!(
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    );
    bytes.extend(end.as_bytes());
    bytes
}

/// Packed as PDF wants it; the checksum is wrong, since no reader should come to it.
fn zlib(bytes: &[u8]) -> Vec<u8> {
    [&[0x78, 0x9C][..], &deflated(bytes), &[0; 4]].concat()
}
