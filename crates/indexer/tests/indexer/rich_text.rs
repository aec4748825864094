//! RTF and legacy Word files to blocks.

use proptest::prelude::*;
use rcp_indexer::extract::{ExtractError, extract};

use super::extracting::shown;

#[track_caller]
fn check(rtf: &str, expected: &[&str]) {
    let rtf = format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}{{\\f1\\fcharset204 Arial Cyr;}}{{\\f2\\fcharset2 Symbol;}}}}\n{rtf}}}"
    );
    let blocks = extract(rtf.as_bytes(), 1_000_000).unwrap().blocks;
    assert_eq!(blocks.iter().map(shown).collect::<Vec<_>>(), expected);
}

#[test]
fn characters_of_every_notation() {
    check(
        "Migraci\\'f3n\\~y \\u8220\\'93refugio\\u8221\\'94 \\endash\\~{\\f1\\'ec\\'e8\\'f0} \\uc0\\u-10179\\u-8694  co\\_op\\-eration\\par \
         \\uc2\\u233\\'65\\'65t\\u233 ??\\uc1\\u225{}\\{x\\}\\par r\u{e9}fugi\u{e9}s",
        &["text: Migración y “refugio” – мир 😊 co-operation", "text: étéá{x}", "text: réfugiés"],
    );
}

#[test]
fn styles_and_outline_levels_make_headings() {
    check(
        "{\\stylesheet{Normal;}{\\s1 heading 1;}{\\s2\\outlinelevel2 Apartado;}{\\s3 toc 1;}{\\*\\cs4 Strong;}}\
         \\pard\\s1 Scope\\par\\pard\\s2 Alcance\\par\\pard\\s3 Scope 7\\par\\pard\\outlinelevel0 Direct\\par\\pard{\\b Bold line}\\par\
         {\\b Half}, half not\\par\\pard\\plain The end.",
        &["h1: Scope", "h3: Alcance", "h1: Direct", "h2: Bold line", "text: Half, half not", "text: The end."],
    );
}

#[test]
fn what_is_no_text_is_dropped() {
    check(
        "{\\info{\\title Acta}{\\author X}}{\\header Head\\par}{\\footerf Foot}{\\pict 00ff}{\\*\\unknown gone}{\\*\\bkmkstart a}\
         {\\colortbl;\\red0;}Kept {\\deleted gone }{\\v hidden }{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt linked}}.\\par\
         {\\field{\\*\\fldinst TOC \\\\o}{\\fldrslt Scope 3\\par}}{\\bin5 }}}}}After \\bin3 {{{it.",
        &["text: Kept linked.", "text: After it."],
    );
}

#[test]
fn printed_numbers_and_bullets_are_kept() {
    check(
        "{\\listtext\\pard\\plain 21.\\tab}Numbered\\par{\\pntext\\f2\\'b7\\tab}bullet\\par{\\listtext o\\tab}bullet\\par\
         {\\listtext Art\\'edculo 3\\tab}Los Estados.\\par plain.",
        &["item 21: Numbered", "item: bullet", "item: bullet", "item Artículo 3: Los Estados.", "text: plain."],
    );
}

#[test]
fn notes_follow_their_paragraph() {
    let rtf = "{\\rtf1 The plan{\\super\\chftn{\\footnote\\pard {\\super\\chftn} Of\\par Lima.}} stands{\\super\\chftn}\
        {\\*\\footnote\\ftnalt An endnote.}.\\par Next{\\footnote Two.}.\\par}";
    let blocks = extract(rtf.as_bytes(), 1_000_000).unwrap().blocks;
    assert_eq!(
        blocks.iter().map(shown).collect::<Vec<_>>(),
        ["text: The plan stands.", "note 1: Of Lima.", "note i: An endnote.", "text: Next.", "note 2: Two."]
    );
    assert_eq!(blocks.first().unwrap().notes, ["1", "i"]);
}

#[test]
fn tables_are_rows() {
    check(
        "Before.\\par\\trowd\\pard\\intbl Country\\cell Year\\cell\\row\\trowd Per\\'fa\\par law\\cell 2005\\cell\\row\\pard After.\\par\
         \\trowd\\pard\\intbl x\\cell{\\itap2 a\\nestcell b\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}{\\nonesttables\\par}}\\cell\\row\\pard End.",
        &[
            "text: Before.",
            "row: Country | Year",
            "row: Perú law | 2005",
            "text: After.",
            "text: x",
            "row: a | b",
            "text: End.",
        ],
    );
}

#[test]
fn a_text_box_stands_behind_its_paragraph() {
    check(
        "{\\upr{Anc?}{\\*\\ud{Anc}}}{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt\\pard Boxed.\\par}}{\\shprslt Boxed.}}hor.\\par",
        &["text: Anchor.", "text: Boxed."],
    );
}

#[test]
fn the_file_tells_its_title_and_day() {
    let rtf = "{\\rtf1\\ansi\\deflang3082{\\info{\\title Acta de la reuni\\'f3n}{\\creatim\\yr2006\\mo5\\dy4\\hr9}{\\revtim\\yr2006\\mo13\\dy4}}x}";
    let properties = extract(rtf.as_bytes(), 1_000_000).unwrap().properties;
    assert_eq!(properties.title.as_deref(), Some("Acta de la reunión"));
    assert_eq!(properties.language.as_deref(), Some("es"));
    assert_eq!((properties.created, properties.modified), ("2006-05-04".parse().ok(), None));
}

#[test]
fn deep_groups_are_refused() {
    let rtf = format!("{{\\rtf1 {}", "{".repeat(100_000));
    let message = extract(rtf.as_bytes(), 1_000_000).unwrap_err().to_string();
    assert!(message.contains("500 groups inside one another"), "{message}");
}

#[test]
fn notes_without_end_are_refused() {
    let rtf = format!("{{\\rtf1 x{}}}", "{\\footnote y}".repeat(300_001));
    let message = extract(rtf.as_bytes(), 10_000_000).unwrap_err().to_string();
    assert!(message.contains("more than 300000 lines"), "{message}");
}

#[test]
fn compound_files_that_are_no_word_files_are_refused() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    assert!(matches!(extract(&bytes, 1_000_000), Err(ExtractError::Damaged { format: "DOC", .. })));
    bytes.resize(4_096, 0);
    assert!(matches!(extract(&bytes, 1_000_000), Err(ExtractError::Damaged { format: "DOC", .. })));
}

/// A word as RTF, in one of the notations of its characters.
fn written(word: &str, notation: u8) -> String {
    let mut units = [0; 2];
    word.chars()
        .map(|c| match (u8::try_from(u32::from(c)), notation) {
            (Ok(byte), 0) if byte >= 0xA0 => format!("\\'{byte:02x}"),
            (Ok(byte), _) if byte < 0x80 => c.to_string(),
            _ => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{}?", unit.cast_signed())).collect(),
        })
        .collect()
}

proptest! {
    #[test]
    fn text_is_read_as_it_was_written(words in prop::collection::vec(("[a-z]{2,8}[áéñüçß日😊]?[a-z]", 0_u8..2, prop::bool::ANY), 1..20)) {
        let mut rtf = "{\\rtf1\\ansi\\ansicpg1252 x".to_owned();
        let mut text = "x".to_owned();
        for (word, notation, grouped) in &words {
            let written = written(word, *notation);
            rtf.push_str(&if *grouped { format!("{{\\i  {written}}}") } else { format!(" {written}") });
            text.push(' ');
            text.push_str(word);
        }
        let blocks = extract(format!("{rtf}.\\par}}").as_bytes(), 1_000_000).unwrap().blocks;
        prop_assert_eq!(&blocks.first().unwrap().text, &format!("{text}."));
    }

    #[test]
    fn any_control_words_are_read(tokens in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "\\par ", "\\cell ", "\\row ", "\\intbl ", "\\itap9 ", "\\nestcell ", "\\nestrow ", "{\\footnote ", "{\\*\\footnote ",
        "\\ftnalt ", "{\\shp{\\*\\shpinst{\\shptxt ", "{\\field{\\*\\fldinst TOC}{\\fldrslt ", "\\u-10179 ", "\\u5 ", "\\uc9 ", "\\bin99 ",
        "\\'", "\\'e", "\\'ff", "text ", "\\s1 ", "{\\stylesheet{\\s1 ", "{\\info{\\creatim\\yr99999 ", "{\\fonttbl{\\f1\\fcharset128 ",
        "\\f1 ", "{\\listtext ", "\\*", "\\", "\\ftnstart-1 ", "\u{e9}", "\\pard ", "\\plain ", "\\outlinelevel300 ",
    ]), 0..60)) {
        let _ = extract(format!("{{\\rtf1 {}", tokens.concat()).as_bytes(), 1_000_000);
    }

    #[test]
    fn any_bytes_are_read(bytes: Vec<u8>) {
        let _ = extract(&[b"{\\rtf1 ".as_slice(), &bytes].concat(), 1_000_000);
        let _ = extract(&[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &bytes].concat(), 1_000_000);
    }
}
