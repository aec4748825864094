//! Word files.

use rcp_indexer::extract::Properties;

use super::{archive, check_blocks, read};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

fn part(root: &str, content: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:{root} xmlns:w=\"{TRANSITIONAL}\">{content}</w:{root}>")
}

/// A Word file with this body and further parts of `word/`.
fn word(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = part("document", &format!("<w:body>{body}</w:body>"));
    let parts: Vec<(String, String)> =
        parts.iter().map(|(root, content)| (format!("word/{root}.xml"), part(root, content))).collect();
    let mut all = vec![("word/document.xml", document.as_str())];
    all.extend(parts.iter().map(|(path, content)| (path.as_str(), content.as_str())));
    archive(&all)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn styled(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: u32, level: u32, text: &str) -> String {
    styled(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), text)
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    check_blocks(&word(body, &[]), expected);
}

#[test]
fn runs_are_joined_and_signs_are_text() {
    check(
        "<w:p><w:r><w:t>The co</w:t><w:noBreakHyphen/><w:t>oper</w:t><w:softHyphen/><w:t>ation &amp; the</w:t>\
         <w:tab/><w:t>office&#233;</w:t><w:br/><w:t>of</w:t><w:cr/><w:t>it</w:t></w:r>\
         <w:hyperlink><w:r><w:t xml:space=\"preserve\"> linked</w:t></w:r></w:hyperlink>\
         <w:smartTag><w:r><w:t>,</w:t></w:r></w:smartTag>\
         <w:r><w:sym w:font=\"Wingdings\" w:char=\"F0E0\"/><w:t>done</w:t></w:r></w:p>",
        &["text: The co-operation & the officeé of it linked,→done"],
    );
}

#[test]
fn what_was_deleted_or_moved_away_is_gone() {
    check(
        "<w:p><w:r><w:t xml:space=\"preserve\">It was </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>adopted.</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>Gone.</w:t></w:r></w:moveFrom>\
         <w:moveTo><w:r><w:t xml:space=\"preserve\"> Here.</w:t></w:r></w:moveTo></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Joined </w:t></w:r></w:p>\
         <w:p><w:r><w:t>again.</w:t></w:r></w:p>",
        &["text: It was adopted. Here.", "text: Joined again."],
    );
}

#[test]
fn a_text_box_is_read_once_behind_its_paragraph() {
    let shape = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    check(
        &format!(
            "<w:p xmlns:mc=\"mc\"><w:r><w:t>Anchor of the box.</w:t><mc:AlternateContent><mc:Choice><w:drawing>{}\
             </w:drawing></mc:Choice><mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            shape("In the box."),
            shape("In the box.")
        ),
        &["text: Anchor of the box.", "text: In the box."],
    );
}

#[test]
fn codes_of_fields_go_and_results_stay() {
    let character = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |code: &str| format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
    let text = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let (begin, separate, end) = (character("begin"), character("separate"), character("end"));
    check(
        &format!(
            "<w:p>{}{begin}{}{separate}{}{end}{}</w:p><w:p>{begin}{}{separate}{}</w:p><w:p>{}{end}</w:p>\
             <w:p><w:fldSimple w:instr=\" REF a \">{}</w:fldSimple>{begin}{}</w:p>",
            text("See "),
            code(" HYPERLINK \"x\" "),
            text("the site"),
            text(" now."),
            code(" TOC \\o "),
            text("Scope 3"),
            text("Results 7"),
            text("Article 4"),
            // A field without an end hides nothing.
            text(" applies."),
        ),
        &["text: See the site now.", "text: Article 4 applies."],
    );
}

#[test]
fn tables_of_contents_are_dropped() {
    let control =
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr>";
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"TDC1\"><w:name w:val=\"toc 1\"/></w:style>";
    let body = format!(
        "{control}<w:sdtContent>{}</w:sdtContent></w:sdt>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p("Scope 3"),
        styled("<w:pStyle w:val=\"TDC1\"/>", "Alcance 3"),
        p("Kept as a control.")
    );
    check_blocks(&word(&body, &[("styles", styles)]), &["text: Kept as a control."]);
}

const STYLES: &str = "<w:style w:type=\"paragraph\" w:styleId=\"Ttulo2\"><w:name w:val=\"heading 2\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Own\"><w:name w:val=\"Capítulo\"/><w:basedOn w:val=\"Ttulo2\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Outline\"><w:name w:val=\"X\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Loop\"><w:name w:val=\"L\"/><w:basedOn w:val=\"Loop\"/></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Strong\"><w:name w:val=\"S\"/><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type=\"paragraph\" w:styleId=\"Para\"><w:name w:val=\"Numbered\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";

#[test]
fn headings_are_told_by_style() {
    let heading = |style: &str, text: &str| styled(&format!("<w:pStyle w:val=\"{style}\"/>"), text);
    let body = [
        heading("Ttulo2", "Antecedentes"),
        heading("Own", "Capítulo uno"),
        heading("Outline", "Ámbito"),
        heading("Loop", "a loop of styles"),
        heading("Strong", "Bold by style"),
        styled("<w:outlineLvl w:val=\"0\"/>", "Direct"),
        styled("<w:pStyle w:val=\"Ttulo2\"/><w:outlineLvl w:val=\"9\"/>", "no heading at all, said the paragraph."),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Half bold </w:t></w:r><w:r><w:t>and half not</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t>not bold, for it is off</w:t></w:r></w:p>".to_owned(),
    ];
    check_blocks(
        &word(&body.concat(), &[("styles", STYLES)]),
        &[
            "h2: Antecedentes",
            "h2: Capítulo uno",
            "h3: Ámbito",
            "text: a loop of styles",
            "h2: Bold by style",
            "h1: Direct",
            "text: no heading at all, said the paragraph.",
            "text: Half bold and half not",
            "text: not bold, for it is off",
        ],
    );
}

/// Levels of a list: numerals and text of each.
fn levels(levels: &[(&str, &str)]) -> String {
    let level = |(index, (numerals, text)): (usize, &(&str, &str))| {
        format!(
            "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{numerals}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    levels.iter().enumerate().map(level).collect()
}

fn numbering() -> String {
    let legal = levels(&[("upperRoman", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")]);
    let articles = levels(&[("decimal", "Artículo %1.-"), ("bullet", "\u{F0B7}")]);
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{legal}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"2\">{articles}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num>\
         <w:num w:numId=\"4\"><w:abstractNumId w:val=\"2\"/></w:num>\
         <w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/></w:num>",
        levels(&[("decimal", "%1.")])
    )
}

#[test]
fn numbers_are_counted_as_word_prints_them() {
    let body = [
        item(1, 0, "scope of the plan"),
        item(1, 1, "Return of migrants"),
        item(1, 1, "Reception"),
        item(1, 2, "first letter"),
        item(1, 0, "next part"),
        item(1, 1, "Begins again"),
        item(2, 0, "one"),
        p("Between."),
        item(2, 0, "two"),
        item(5, 0, "three, of a list with the same definition"),
        item(3, 0, "seven"),
        item(3, 0, "eight"),
        styled("<w:pStyle w:val=\"Para\"/>", "nine, by its style"),
        styled("<w:pStyle w:val=\"Para\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", "Without a number."),
        item(4, 0, "Los Estados acuerdan."),
        item(4, 1, "a bullet"),
        item(9, 0, "Of a list that is not defined."),
    ];
    check_blocks(
        &word(&body.concat(), &[("numbering", &numbering()), ("styles", STYLES)]),
        &[
            "item I: scope of the plan",
            "item I.1: Return of migrants",
            "item I.2: Reception",
            "item a: first letter",
            "item II: next part",
            "item II.1: Begins again",
            "item 1: one",
            "text: Between.",
            "item 2: two",
            "item 3: three, of a list with the same definition",
            "item 7: seven",
            "item 8: eight",
            "item 9: nine, by its style",
            "text: Without a number.",
            "item Artículo 1: Los Estados acuerdan.",
            "item: a bullet",
            "text: Of a list that is not defined.",
        ],
    );
}

#[test]
fn a_style_has_the_level_of_the_one_it_is_based_on() {
    let styles = "<w:style w:styleId=\"A\"><w:name w:val=\"A\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:styleId=\"B\"><w:name w:val=\"B\"/><w:basedOn w:val=\"A\"/></w:style>";
    let list = "<w:abstractNum w:abstractNumId=\"3\"><w:styleLink w:val=\"L\"/><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/>\
        <w:pStyle w:val=\"A\"/><w:lvlText w:val=\"%2)\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"3\"/></w:num>";
    let body = styled("<w:pStyle w:val=\"B\"/>", "second level");
    check_blocks(&word(&body, &[("numbering", list), ("styles", styles)]), &["item 1: second level"]);
}

#[test]
fn a_deleted_paragraph_is_not_counted() {
    let deleted = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>\
        <w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>";
    let body = [item(2, 0, "one"), deleted.to_owned(), item(2, 0, "two")];
    check_blocks(&word(&body.concat(), &[("numbering", &numbering())]), &["item 1: one", "item 2: two"]);
}

#[test]
fn notes_follow_their_paragraph_with_the_number_printed() {
    let reference = |kind: &str, id: u32, more: &str| format!("<w:r><w:{kind}Reference w:id=\"{id}\"{more}/></w:r>");
    let body = format!(
        "<w:p><w:r><w:t>The plan</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> of Lima</w:t></w:r>{}<w:r><w:t>.</w:t></w:r></w:p>\
         <w:p><w:r><w:t>Next</w:t></w:r>{}<w:r><w:footnoteReference w:id=\"5\" w:customMarkFollows=\"1\"/><w:t>*</w:t></w:r>\
         <w:r><w:t>.</w:t></w:r></w:p>",
        reference("footnote", 2, ""),
        reference("endnote", 2, ""),
        reference("footnote", 3, ""),
    );
    // A note that is referred to twice is printed once: a file could repeat it a million times.
    let body = format!("{body}<w:p><w:r><w:t>Again.</w:t></w:r>{}</w:p>", reference("footnote", 2, ""));
    let note = |id: u32, text: &str| {
        format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
        )
    };
    let footnotes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{}{}{}",
        note(2, "Of 2011."),
        note(3, "A loop.</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/><w:t>"),
        note(5, "By hand.")
    );
    let endnotes = format!("<w:endnote w:id=\"2\">{}{}</w:endnote>", p("In two"), p("paragraphs."));
    let file = word(&body, &[("footnotes", &footnotes), ("endnotes", &endnotes)]);
    check_blocks(
        &file,
        &[
            "text: The plan of Lima.",
            "note 1: Of 2011.",
            "note i: In two paragraphs.",
            "text: Next.",
            "note 2: A loop.",
            "note *: By hand.",
            "text: Again.",
        ],
    );
    let notes: Vec<Vec<String>> = read(&file).blocks.into_iter().map(|block| block.notes).collect();
    assert_eq!(notes.first().unwrap(), &["1", "i"]);
    assert_eq!(notes.get(3).unwrap(), &["2", "*"]);
}

#[test]
fn tables_are_rows_and_layout_is_text() {
    let cell = |properties: &str, content: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let (english, spanish) = ("word ".repeat(30), "palabra ".repeat(30));
    let inner = format!("<w:tbl>{}</w:tbl>", row(&[cell("", &p("a")), cell("", &p("b"))]));
    let merged = "<w:vMerge w:val=\"continue\"/>";
    let controlled = row(&[cell("<w:vMerge/>", &p("Perú")), cell(merged, &p("Perú")), cell("", &p("x"))]);
    let controlled = format!("<w:sdt><w:sdtContent>{controlled}</w:sdtContent></w:sdt>");
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>{}<w:tbl>{}{}</w:tbl>{}<w:tbl>{}</w:tbl>",
        row(&[cell("<w:gridSpan w:val=\"2\"/>", &p("Country")), cell("", &p("Year"))]),
        row(&[cell("<w:vMerge w:val=\"restart\"/>", &p("Perú")), cell("", &item(2, 0, "law"))]),
        controlled,
        p("Between."),
        row(&[cell("", &p("Scope")), cell("", &p("Alcance"))]),
        row(&[cell("", &p(&english)), cell("", &p(&spanish))]),
        p("Between."),
        row(&[cell("", &inner), cell("", &p("beside"))]),
    );
    check_blocks(
        &word(&body, &[("numbering", &numbering())]),
        &[
            "row: Country | Year",
            "row: Perú | 1. law",
            "text: x",
            "text: Between.",
            "text: Scope",
            "text: Alcance",
            &format!("text: {}", english.trim()),
            &format!("text: {}", spanish.trim()),
            "text: Between.",
            "row: a | b",
            "text: beside",
        ],
    );
}

#[test]
fn pages_are_those_that_word_broke() {
    let broken = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Second page.</w:t></w:r></w:p>";
    let typed = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    let body = format!("{}{broken}{typed}{}{}", p("First."), broken.replace("Second", "Third"), p("Third too."));
    let extracted = read(&word(&body, &[]));
    assert_eq!(extracted.pages, Some(3));
    let pages: Vec<Option<u32>> = extracted.blocks.iter().map(|block| block.page).collect();
    assert_eq!(pages, [Some(1), Some(2), Some(3), Some(3)]);
    let extracted = read(&word(&format!("{}{typed}{}", p("First."), p("Second.")), &[]));
    assert_eq!((extracted.pages, extracted.blocks.first().unwrap().page), (None, None));
}

#[test]
fn strict_files_and_other_names_of_parts_are_read() {
    let document = part("document", &format!("<w:body>{}</w:body>", styled("<w:pStyle w:val=\"T\"/>", "Scope")));
    let styles = part("styles", "<w:style w:styleId=\"T\"><w:name w:val=\"Titre 1\"/></w:style>");
    let relation = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Type=\"http://x/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let core = "<c xmlns:dc='d'><dc:title>Informe &amp; acta</dc:title><dc:language>es-HN</dc:language>\
        <created>2013-05-21T10:00:00Z</created></c>";
    let file = archive(&[
        ("_rels/.rels", &relation("officeDocument", "/word/document2.xml")),
        ("Word\\Document2.xml", &document.replace(TRANSITIONAL, STRICT)),
        ("word/_rels/document2.xml.rels", &relation("styles", "styles7.xml")),
        ("word/styles7.xml", &styles.replace(TRANSITIONAL, STRICT)),
        ("docProps/core.xml", core),
        ("docProps/app.xml", "<Properties><Application>Microsoft Office Word</Application></Properties>"),
    ]);
    check_blocks(&file, &["h1: Scope"]);
    let expected = Properties {
        title: Some("Informe & acta".to_owned()),
        language: Some("es-HN".to_owned()),
        created: "2013-05-21".parse().ok(),
        modified: None,
        software: Some("Microsoft Office Word".to_owned()),
    };
    assert_eq!(read(&file).properties, expected);
}

#[test]
fn hidden_text_is_not_printed() {
    check(
        "<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> unseen</w:t></w:r></w:p>",
        &["text: Seen"],
    );
}
