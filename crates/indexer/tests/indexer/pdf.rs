//! PDF files to blocks, on files that are written here: type of one width, so that places are known.

use std::fmt::Write as _;

use rcp_indexer::extract::{Block, ExtractError, Extracted, extract};

use crate::extracting;

/// Characters on a full line of 10 point type, 6 points each, between the margins at 72 and 540 points.
const FULL: usize = 78;

/// Content of a page.
#[derive(Default)]
struct Page(String);

impl Page {
    fn text_in(mut self, font: &str, size: f32, x: f32, y: f32, text: &str) -> Page {
        let text = text.replace('(', "\\(").replace(')', "\\)");
        writeln!(self.0, "BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET").unwrap();
        self
    }

    fn text(self, x: f32, y: f32, text: &str) -> Page {
        self.text_in("F1", 10.0, x, y, text)
    }

    /// A paragraph in lines of so many characters, 12 points apart.
    fn paragraph(mut self, x: f32, y: f32, width: usize, text: &str) -> Page {
        for (index, line) in wrapped(text, width).iter().enumerate() {
            self = self.text(x, y - 12.0 * index as f32, line);
        }
        self
    }

    fn raw(mut self, operators: &str) -> Page {
        self.0.push_str(operators);
        self.0.push('\n');
        self
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn stream(dictionary: &str, data: &str) -> String {
    format!("<<{dictionary}/Length {}>>stream\n{data}\nendstream", data.len())
}

/// A file of these objects, the first of which is its catalog.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut bytes = String::from("%PDF-1.7\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", bytes.len()).unwrap();
        writeln!(bytes, "{} 0 obj\n{object}\nendobj", index + 1).unwrap();
    }
    let (start, count) = (bytes.len(), objects.len() + 1);
    write!(bytes, "xref\n0 {count}\n{table}trailer\n<</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF")
        .unwrap();
    bytes.into_bytes()
}

/// A file of these pages. Objects 3 to 6 are two fonts, a form and a picture.
fn pdf(pages: &[Page]) -> Vec<u8> {
    pdf_with(pages, &format!("/Count {}", pages.len()), "")
}

fn pdf_with(pages: &[Page], count: &str, trailer: &str) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|index| format!("{} 0 R ", 7 + 2 * index)).collect();
    let font = |name: &str| format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]{count}>>"),
        font("Courier"),
        font("Courier-Bold"),
        stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 600 50]/Matrix[1 0 0 1 0 100]",
            "BT /F1 10 Tf 72 20 Td (Text of a form.) Tj ET",
        ),
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "x"),
    ];
    for (index, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R\
             /Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</Fm 5 0 R/Im 6 0 R>>>>>>",
            8 + 2 * index
        ));
        objects.push(stream("", &page.0));
    }
    file(&objects, trailer)
}

fn read(bytes: &[u8]) -> Extracted {
    extract(bytes, 10_000_000).unwrap()
}

fn shown(block: &Block) -> String {
    let notes = if block.notes.is_empty() { String::new() } else { format!(" [{}]", block.notes.join(",")) };
    format!("{}{notes} {}", block.page.unwrap_or(0), extracting::shown(block))
}

#[track_caller]
fn check(pages: &[Page], expected: &[&str]) {
    assert_eq!(read(&pdf(pages)).blocks.iter().map(shown).collect::<Vec<_>>(), expected);
}

const LONG: &str = "The participants exchanged their experience over two days and agreed on several measures that each of \
                    them will take before the next meeting, with the support of the secretariat.";
const OTHER: &str = "States underlined that a ban on fees remains without effect as long as employers do not bear the \
                     cost of recruitment, and asked the chair to convey this point to all members of the process.";

#[test]
fn a_paragraph_goes_on_over_a_page_break_between_headers_and_page_numbers() {
    let furnished = |page: Page, number: usize| {
        page.text(72.0, 760.0, "MC/INF/266").text(400.0, 760.0, "Final report").text(
            280.0,
            30.0,
            &format!("Page {number} of 3"),
        )
    };
    let lines = wrapped(LONG, FULL);
    let (first, rest) = lines.split_first().unwrap();
    let pages = [
        furnished(Page::default().paragraph(72.0, 700.0, FULL, OTHER).text(72.0, 600.0, first), 1),
        furnished(Page::default().paragraph(72.0, 700.0, FULL, &rest.join(" ")), 2),
        furnished(Page::default().text(72.0, 600.0, "It was closed."), 3),
    ];
    check(&pages, &[&format!("1 text: {OTHER}"), &format!("1 text: {LONG}"), "3 text: It was closed."]);
}

#[test]
fn columns_are_read_one_after_the_other_below_their_heading() {
    let page = Page::default()
        .text_in("F2", 16.0, 150.0, 740.0, "Report of the meeting on return")
        .paragraph(72.0, 700.0, 34, LONG)
        .paragraph(72.0, 600.0, 34, OTHER)
        .paragraph(330.0, 700.0, 34, OTHER)
        .paragraph(330.0, 600.0, 34, LONG);
    let expected = ["1 h1: Report of the meeting on return", LONG, OTHER, OTHER, LONG];
    let text = |text: &&str| if text.starts_with('1') { (*text).to_owned() } else { format!("1 text: {text}") };
    assert_eq!(read(&pdf(&[page])).blocks.iter().map(shown).collect::<Vec<_>>(), expected.map(|t| text(&t)));
}

#[test]
fn numbers_bullets_and_hyphens() {
    let page = Page::default()
        .paragraph(72.0, 700.0, FULL, &format!("21. {LONG}"))
        .text(72.0, 664.0, "22. The private sector was consulted on this during the preparation of the con-")
        .text(72.0, 652.0, "ference, and the follow-up was agreed.")
        .text(90.0, 630.0, "\\225 first point;")
        .raw("78 604 4 4 re f")
        .text(90.0, 603.0, "second point, with a bullet that is drawn.");
    check(
        &[page],
        &[
            &format!("1 item 21: {LONG}"),
            "1 item 22: The private sector was consulted on this during the preparation of the conference, and the \
             follow-up was agreed.",
            "1 item: first point;",
            "1 item: second point, with a bullet that is drawn.",
        ],
    );
}

#[test]
fn notes_are_tied_to_their_paragraph_and_follow_it() {
    let page = Page::default()
        .paragraph(72.0, 700.0, FULL, LONG)
        .text(72.0, 660.0, "It was adopted.")
        .text_in("F1", 6.0, 162.0, 664.0, "1")
        .text(72.0, 640.0, "An area of 12 km")
        .text_in("F1", 6.0, 168.0, 644.0, "2")
        .text_in("F1", 5.0, 72.0, 103.0, "1")
        .text_in("F1", 8.0, 76.0, 100.0, "See the report of the second meeting.");
    check(
        &[page],
        &[
            &format!("1 text: {LONG}"),
            "1 [1] text: It was adopted.",
            "1 text: An area of 12 km2",
            "1 note 1: See the report of the second meeting.",
        ],
    );
}

#[test]
fn tables_are_read_row_by_row_with_rules_or_without() {
    let ruled = Page::default()
        .text(72.0, 740.0, "The agenda follows.")
        .raw("60 700 400 0.5 re f 60 660 400 0.5 re f 60 640 400 0.5 re f")
        .raw("60 640 m 60 700 l S 200 640 m 200 700 l S 460 640 m 460 700 l S")
        .text(66.0, 685.0, "4 June")
        .text(206.0, 685.0, "Return and reinte-")
        .text(206.0, 673.0, "gration")
        .text(66.0, 648.0, "5 June")
        .text(206.0, 648.0, "Closing");
    check(
        &[ruled],
        &["1 text: The agenda follows.", "1 row: 4 June | Return and reintegration", "1 row: 5 June | Closing"],
    );
    let plain = Page::default()
        .text(72.0, 700.0, "Member")
        .text(272.0, 700.0, "Since")
        .text(72.0, 680.0, "Costa Rica")
        .text(272.0, 680.0, "1996")
        .text(72.0, 660.0, "Belize")
        .text(272.0, 660.0, "1999");
    check(&[plain], &["1 row: Member | Since", "1 row: Costa Rica | 1996", "1 row: Belize | 1999"]);
}

#[test]
fn what_is_drawn_is_not_always_what_is_meant() {
    let page = Page::default()
        // Bold type made by drawing twice, in a heading.
        .text_in("F1", 14.0, 72.0, 740.0, "All illegal follow-up")
        .text_in("F1", 14.0, 72.4, 740.0, "All illegal follow-up")
        // A ligature with the text that it stands for.
        .raw("BT /F1 10 Tf 72 700 Td (The ) Tj /Span <</ActualText(offi)>> BDC (#) Tj EMC (ce opened.) Tj ET")
        // A header that the file itself marks, a watermark, and text beyond the page.
        .raw("/Artifact <</Type/Pagination/Subtype/Header>> BDC BT /F1 10 Tf 72 770 Td (Header) Tj ET EMC")
        .raw("BT /F1 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET")
        .text(700.0, 600.0, "beyond")
        .raw("/Fm Do")
        // Text along the left edge follows the page.
        .raw("BT /F1 10 Tf 0 1 -1 0 40 300 Tm (Along the edge) Tj ET");
    check(
        &[page],
        &[
            "1 h1: All illegal follow-up",
            "1 text: The office opened.",
            "1 text: Text of a form.",
            "1 text: Along the edge",
        ],
    );
}

#[test]
fn what_a_file_says_of_itself() {
    let page = Page::default().paragraph(72.0, 700.0, FULL, LONG);
    let info = "/Info<</Title<FEFF004D0065006D006F0072006900610020006400650020004C0069006D0061>\
                /Producer(Writer)/CreationDate(D:20090604101500+02'00')/ModDate(2010-02-30)>>";
    let extracted = read(&pdf_with(&[page], "/Count 1", info));
    assert_eq!((extracted.media_type.as_str(), extracted.pages), ("application/pdf", Some(1)));
    let properties = extracted.properties;
    assert_eq!(properties.title.as_deref(), Some("Memoria de Lima"));
    assert_eq!(properties.software.as_deref(), Some("Writer"));
    assert_eq!(properties.language.as_deref(), Some("en-GB"));
    assert_eq!(properties.created.map(|day| day.to_string()).as_deref(), Some("2009-06-04"));
    assert_eq!(properties.modified, None);
}

#[test]
fn a_scan_has_pictures_and_hardly_any_letters() {
    let scanned = || Page::default().raw("q 612 0 0 792 0 0 cm /Im Do Q").text(500.0, 20.0, "Stamp");
    let written = || Page::default().paragraph(72.0, 700.0, FULL, &format!("{LONG} {OTHER}"));
    assert_eq!(extract(&pdf(&[scanned(), scanned()]), 1_000_000), Err(ExtractError::Scan));
    assert_eq!(extract(&pdf(&[Page::default()]), 1_000_000), Err(ExtractError::Scan));
    // A scan with a page of text is read, and so is a short text without pictures.
    assert!(!read(&pdf(&[written(), scanned()])).blocks.is_empty());
    check(&[Page::default().text(72.0, 700.0, "Adopted.")], &["1 text: Adopted."]);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let page = || Page::default().paragraph(72.0, 700.0, FULL, LONG);
    let encrypt =
        format!("/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -1/O<{0}>/U<{0}>>>", "00".repeat(32));
    assert_eq!(extract(&pdf_with(&[page()], "/Count 1", &encrypt), 1_000_000), Err(ExtractError::Encrypted));
    let whole = pdf(&[page()]);
    let cut = extract(whole.get(..whole.len() / 2).unwrap(), 1_000_000);
    assert!(matches!(cut, Err(ExtractError::Damaged { format: "PDF", .. })), "{cut:?}");
    // A form that draws itself eight times, eight levels deep.
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_owned(),
        stream("", "/X Do"),
    ];
    objects.push(stream("/Type/XObject/Subtype/Form/Resources<</XObject<</X 5 0 R>>>>", &"/X Do ".repeat(8)));
    let bomb = extract(&file(&objects, ""), 1_000_000);
    assert!(matches!(bomb, Err(ExtractError::Bomb { .. })), "{bomb:?}");
}

#[test]
fn a_page_tree_that_lies_costs_nothing() {
    let page = || Page::default().paragraph(72.0, 700.0, FULL, LONG);
    for count in ["/Count 1000000000", "/Count -3", "/Count 4000"] {
        let read = extract(&pdf_with(&[page()], count, ""), 1_000_000);
        let fits = match &read {
            Ok(extracted) => extracted.blocks.len() == 1,
            Err(error) => matches!(error, ExtractError::Damaged { .. } | ExtractError::Bomb { .. }),
        };
        assert!(fits, "{count}: {read:?}");
    }
}
