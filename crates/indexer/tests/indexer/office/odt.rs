//! OpenDocument texts.

use super::{archive, check_blocks, read};

const MIMETYPE: (&str, &str) = ("mimetype", "application/vnd.oasis.opendocument.text");

const STYLES: &str = "<style:style style:name=\"Bold\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
    <style:style style:name=\"P1\" style:family=\"paragraph\" style:parent-style-name=\"Heading_20_2\"/>\
    <style:style style:name=\"Heading_20_2\" style:display-name=\"Heading 2\" style:family=\"paragraph\"/>\
    <style:style style:name=\"Break\" style:family=\"paragraph\"><style:paragraph-properties fo:break-before=\"page\"/></style:style>\
    <text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/>\
    <text:list-level-style-number text:level=\"2\" style:num-format=\"a\" style:num-prefix=\"(\" style:num-suffix=\")\"/></text:list-style>\
    <text:list-style style:name=\"L2\"><text:list-level-style-number text:level=\"1\" style:num-format=\"I\" style:num-suffix=\".\" text:start-value=\"4\"/>\
    <text:list-level-style-number text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\"/></text:list-style>\
    <text:list-style style:name=\"L3\"><text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"o\"/></text:list-style>\
    <text:outline-style style:name=\"Outline\"><text:outline-level-style text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/></text:outline-style>";

fn text(body: &str) -> Vec<u8> {
    let names = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"a\" xmlns:style=\"s\" xmlns:fo=\"f\" xmlns:draw=\"d\" xmlns:svg=\"v\"";
    let content = format!(
        "<office:document-content {names}><office:automatic-styles>{STYLES}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[MIMETYPE, ("content.xml", &content)])
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    check_blocks(&text(body), expected);
}

#[test]
fn paragraphs_headings_and_spaces() {
    check(
        "<text:h text:outline-level=\"1\">Scope</text:h><text:p text:style-name=\"P1\">By style</text:p>\
         <text:p>One<text:s text:c=\"1000000000\"/>and<text:tab/>two<text:line-break/>three\n  <text:span>four</text:span></text:p>\
         <text:p><text:span text:style-name=\"Bold\">Bold line</text:span></text:p>\
         <text:section><text:p>Inside.</text:p></text:section>",
        &["h1: 1. Scope", "h2: By style", "text: One and two three four", "h2: Bold line", "text: Inside."],
    );
}

#[test]
fn what_is_no_text_is_dropped() {
    check(
        "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>\
         <text:table-of-content><text:index-body><text:p>Scope 3</text:p></text:index-body></text:table-of-content>\
         <text:p>Kept<office:annotation><text:p>A comment.</text:p></office:annotation>.\
         <draw:frame><svg:title>Logo</svg:title><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame></text:p>",
        &["text: Kept.", "text: In the box."],
    );
}

#[test]
fn lists_are_counted_as_they_are_printed() {
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    check(
        &format!(
            "<text:list text:style-name=\"L1\" xml:id=\"one\">{}<text:list-item><text:p>two</text:p><text:list>{}{}</text:list></text:list-item>\
             <text:list-header><text:p>Without.</text:p></text:list-header></text:list><text:p>Between.</text:p>\
             <text:list text:style-name=\"L2\">{}<text:list-item><text:list>{}</text:list></text:list-item></text:list>\
             <text:list text:style-name=\"L1\" text:continue-list=\"one\">{}</text:list>\
             <text:list text:style-name=\"L1\" text:continue-numbering=\"true\">{}<text:list-item text:start-value=\"9\"><text:p>nine</text:p><text:p>More.</text:p></text:list-item></text:list>\
             <text:list text:style-name=\"L1\">{}</text:list><text:list text:style-name=\"L3\">{}</text:list>",
            item("one"),
            item("letter"),
            item("letter"),
            item("roman"),
            item("Two levels"),
            item("three"),
            item("four"),
            item("one again"),
            item("bullet"),
        ),
        &[
            "item 1: one",
            "item 2: two",
            "item a: letter",
            "item b: letter",
            "text: Without.",
            "text: Between.",
            "item IV: roman",
            "item IV.1: Two levels",
            "item 3: three",
            "item 4: four",
            "item 9: nine",
            "text: More.",
            "item 1: one again",
            "item: bullet",
        ],
    );
}

#[test]
fn notes_follow_their_paragraph() {
    let file = text(
        "<text:p>The plan<text:note><text:note-citation>3</text:note-citation><text:note-body><text:p>Of</text:p><text:p>Lima.</text:p>\
         </text:note-body></text:note> stands.</text:p>",
    );
    check_blocks(&file, &["text: The plan stands.", "note 3: Of Lima."]);
    assert_eq!(read(&file).blocks.first().unwrap().notes, ["3"]);
}

#[test]
fn tables_are_rows() {
    check(
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Country</text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated=\"1000000\"><text:p>Year</text:p></table:table-cell></table:table-row></table:table-header-rows>\
         <table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell><text:p>Perú</text:p></table:table-cell>\
         <table:covered-table-cell/><table:table-cell><text:list><text:list-item><text:p>x</text:p></text:list-item></text:list></table:table-cell>\
         </table:table-row></table:table>",
        &["row: Country | Year", "row: Perú | x"],
    );
}

#[test]
fn pages_are_those_that_the_program_broke() {
    let extracted = read(&text(
        "<text:p>First.</text:p><text:soft-page-break/><text:p>Sec<text:soft-page-break/>ond.</text:p><text:p text:style-name=\"Break\">Fourth.</text:p>",
    ));
    assert_eq!(extracted.pages, Some(4));
    assert_eq!(extracted.blocks.iter().map(|block| block.page).collect::<Vec<_>>(), [Some(1), Some(2), Some(4)]);
}

#[test]
fn the_file_tells_its_title_and_dates() {
    let meta = "<office:document-meta><office:meta><dc:title>Acta</dc:title><meta:creation-date>2006-05-04T09:00:00</meta:creation-date>\
        <dc:date>2006-05-06T00:00:00</dc:date><meta:generator>LibreOffice/7.4</meta:generator></office:meta></office:document-meta>";
    let content = "<o:document-content><o:body><o:text><t:p>Text.</t:p></o:text></o:body></o:document-content>";
    let properties = read(&archive(&[MIMETYPE, ("content.xml", content), ("meta.xml", meta)])).properties;
    assert_eq!(properties.title.as_deref(), Some("Acta"));
    assert_eq!(properties.created, "2006-05-04".parse().ok());
    assert_eq!(properties.modified, "2006-05-06".parse().ok());
}
