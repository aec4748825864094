//! Texts to blocks.

use proptest::prelude::*;
use rcp_indexer::extract::{Block, BlockKind, ExtractError, extract};

pub(crate) fn shown(block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::Paragraph => "text".to_owned(),
        BlockKind::ListItem => "item".to_owned(),
        BlockKind::TableRow => "row".to_owned(),
        BlockKind::Footnote => "note".to_owned(),
        BlockKind::Contact => "contact".to_owned(),
    };
    let number = block.marker.as_ref().map(|marker| format!(" {}", marker.number)).unwrap_or_default();
    format!("{kind}{number}: {}", block.text)
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let blocks = extract(text.as_bytes(), 1_000_000).unwrap().blocks;
    assert_eq!(blocks.iter().map(shown).collect::<Vec<_>>(), expected);
}

const LONG: &str = "The participants exchanged their experience over two days and agreed on several measures that each of \
them will take before the next meeting, with the support of the secretariat.";

#[test]
fn headings_of_markdown_and_of_plain_text() {
    check(&format!("## Scope\n{LONG}"), &["h2: Scope", &format!("text: {LONG}")]);
    check(&format!("**Alcance**\n\n{LONG}"), &["h2: Alcance", &format!("text: {LONG}")]);
    check(&format!("Portée\n------\n{LONG}"), &["h2: Portée", &format!("text: {LONG}")]);
    check(&format!("DECLARACIÓN FINAL\n\n{LONG}"), &["h1: DECLARACIÓN FINAL", &format!("text: {LONG}")]);
    check(
        &format!(" Report\n{LONG}\nNext steps\n{LONG}"),
        &["h2: Report", &format!("text: {LONG}"), "h2: Next steps", &format!("text: {LONG}")],
    );
    check(&format!("What was achieved?\n\n4. {LONG}"), &["h3: What was achieved?", &format!("item 4: {LONG}")]);
    check(
        "Text.\n\n2. Principios\n\na) No dañar.\n\nb) Informar.",
        &["text: Text.", "h2: 2. Principios", "item a: No dañar.", "item b: Informar."],
    );
    check(&format!("II. ANTECEDENTES\n\n{LONG}"), &["h1: II. ANTECEDENTES", &format!("text: {LONG}")]);
    check(&format!("Main results:  {LONG}"), &["h2: Main results", &format!("text: {LONG}")]);
}

#[test]
fn what_is_no_heading() {
    check(
        &format!("{LONG}\n\nBudapest Group;\n\nIt ended."),
        &[&format!("text: {LONG}"), "text: Budapest Group;", "text: It ended."],
    );
    check(
        &format!("The topics were:\n\n- Health\n- Return\n\n{LONG}"),
        &["text: The topics were:", "item: Health", "item: Return", &format!("text: {LONG}")],
    );
    check(
        &format!("{LONG}\n1. First topic\n\n2. Second topic\n\n{LONG}"),
        &[&format!("text: {LONG}"), "item 1: First topic", "item 2: Second topic", &format!("text: {LONG}")],
    );
}

#[test]
fn a_bold_title_may_run_over_lines() {
    check(
        &format!("**Reunión de los Jefes de  \nla Secretaría  \nLima, Perú, 4 de mayo de 2010**\n\n{LONG}"),
        &["h2: Reunión de los Jefes de la Secretaría", "h2: Lima, Perú, 4 de mayo de 2010", &format!("text: {LONG}")],
    );
}

#[test]
fn printed_numbers_stay_as_printed() {
    check(
        "21. Twenty-one\n\n23) veintitrés\n\n(a) lettre\n\nII.3 Deux\n\n1.- Uno",
        &["item 21: Twenty-one", "item 23: veintitrés", "item a: lettre", "item II.3: Deux", "item 1: Uno"],
    );
    check("7.\n\nThe number stood alone.", &["item 7: The number stood alone."]);
    check("R. Paiva spoke, and 2005. was the year.", &["text: R. Paiva spoke, and 2005. was the year."]);
}

#[test]
fn wrapped_lines_are_joined() {
    let wrapped = "1. The delegations of the member countries met in the\ncapital and adopted the plan of action that the group of\n\
12. experts had prepared, together with the inter-\ngovernmental committee.\n2. They thanked the host.";
    check(
        wrapped,
        &[
            "item 1: The delegations of the member countries met in the capital and adopted the plan of action that the \
         group of 12. experts had prepared, together with the inter-governmental committee.",
            "item 2: They thanked the host.",
        ],
    );
}

#[test]
fn a_page_break_cuts_no_paragraph() {
    check(
        "3. The documents were made available and\n\n¹ See <http://example.org>.\n\nhave been posted.¹\n\nNext.",
        &[
            "item 3: The documents were made available and have been posted.",
            "note 1: See http://example.org.",
            "text: Next.",
        ],
    );
    check("It ended.\n\nlower case begins.", &["text: It ended.", "text: lower case begins."]);
}

#[test]
fn page_furniture_cuts_no_paragraph() {
    let page = |number: u32, text: &str| format!("{text}\n\n- {number} -\n\u{C}RCM/2010/{number}\n\n");
    let text = [
        page(1, "The delegations of the member countries met in the capital of the host, where the delegate of"),
        page(2, "Costa Rica presented the study that the secretariat had prepared for the members of the group from"),
        page(3, "Honduras. They discussed it at length and with care, and they thanked all who had been in the city"),
        "Madrid that day. It ended.".to_owned(),
    ]
    .concat();
    check(
        &text,
        &[
            "text: The delegations of the member countries met in the capital of the host, where the delegate of Costa Rica \
           presented the study that the secretariat had prepared for the members of the group from Honduras. They \
           discussed it at length and with care, and they thanked all who had been in the city Madrid that day. It ended.",
        ],
    );
}

#[test]
fn words_that_the_end_of_a_line_cuts_are_joined() {
    check(
        "The States of the region recognise the contribution of migra-\ntion to development and will follow inter-\n\
         governmental work on return and on labour mobility closely.",
        &["text: The States of the region recognise the contribution of migration to development and will follow \
           inter-governmental work on return and on labour mobility closely."],
    );
}

#[test]
fn a_soft_hyphen_at_the_end_of_a_line_joins() {
    check(
        "The States recog\u{AD}\nnise migra\u{AD}tion.\n\nIt was\u{AD}",
        &["text: The States recognise migration.", "text: It was"],
    );
}

#[test]
fn in_a_text_of_capitals_they_tell_no_heading() {
    let asks = "THE STATES ASK THE SECRETARIAT TO WRITE A REPORT ON THE RETURN OF MIGRANTS AND TO SEND IT TO ALL";
    check(
        &format!("THE STATES AGREE TO SHARE DATA.\n\n{asks}\n\nTHEY WILL MEET AGAIN IN LIMA NEXT YEAR."),
        &[
            "text: THE STATES AGREE TO SHARE DATA.",
            &format!("text: {asks}"),
            "text: THEY WILL MEET AGAIN IN LIMA NEXT YEAR.",
        ],
    );
    check(
        &format!("It was short.\n\n{asks}\n\n{LONG}"),
        &["text: It was short.", &format!("h1: {asks}"), &format!("text: {LONG}")],
    );
}

#[test]
fn a_number_in_a_cell_of_its_own_is_that_of_a_paragraph() {
    check(&format!("| 21. | {LONG} |\n| 22 | {LONG} |"), &[&format!("item 21: {LONG}"), &format!("item 22: {LONG}")]);
    check("| 1 | Chile |\n\n| 1. | Chile |", &["row: 1 | Chile", "row: 1. | Chile"]);
    check(&format!("\t21.\t{LONG}\n"), &[&format!("item 21: {LONG}")]);
}

#[test]
fn footnotes_in_their_forms() {
    check(
        "Text.<sup>1</sup>\n\n---\n\n<sup>1</sup> First.\n\n2 Second.\n\n[^3]: Third.",
        &["text: Text.", "note 1: First.", "note 2: Second.", "note 3: Third."],
    );
    check(
        "See the guide[footnoteRef:4], now. [4: At <https://example.org>]",
        &["text: See the guide, now.", "note 4: At https://example.org"],
    );
}

#[test]
fn tables_keep_their_cells_apart() {
    check("| Country | Year |\n|---|---|\n| Chile | 2010 |", &["row: Country | Year", "row: Chile | 2010"]);
    check(
        "\tSchedule\n\tActivity\n\n\t9:00\n\t\u{A0}\n\t· Opening\n\n\t· Welcome\n\t",
        &["row: Schedule | Activity", "row: 9:00 | Opening", "item: Welcome"],
    );
    check("Chile\t2010\tLima", &["row: Chile | 2010 | Lima"]);
    check("Chile | 2010 | Lima\n\nRcm | Sacm.", &["row: Chile | 2010 | Lima", "text: Rcm | Sacm."]);
    check(
        "  Country  Since\n  -------- ------\n  Chile    2010\n\nIt ended.",
        &["row: Country | Since", "row: Chile | 2010", "text: It ended."],
    );
}

#[test]
fn lines_that_reach_a_person_are_one_contact_block() {
    check(
        "Ms. Ana Pérez\nTechnical Secretariat\nana.perez@example.org\n\nThe end came.",
        &["contact: Ms. Ana Pérez Technical Secretariat ana.perez@example.org", "text: The end came."],
    );
}

#[test]
fn pages_are_counted_at_form_feeds() {
    let extracted = extract("One.\u{C}Two.\u{C}Three.".as_bytes(), 100).unwrap();
    assert_eq!(extracted.pages, Some(3));
    assert_eq!(extracted.blocks.iter().map(|block| block.page).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
}

#[test]
fn a_paragraph_over_two_pages_is_one() {
    let extracted = extract("It was held in the\u{C}Regional Office and\u{C}ended.".as_bytes(), 100).unwrap();
    assert_eq!(
        extracted.blocks.iter().map(shown).collect::<Vec<_>>(),
        ["text: It was held in the Regional Office and ended."]
    );
}

#[test]
fn limits_come_first() {
    assert_eq!(extract(b"12345", 4), Err(ExtractError::TooLarge { limit: 4 }));
    assert_eq!(extract(b"---\n\n[image: x]\n", 100), Err(ExtractError::Empty));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(\\PC|\\n|\\t|[#*|>\\[\\]()0-9.·-]){0,400}") {
        if let Ok(extracted) = extract(text.as_bytes(), 1_000_000) {
            prop_assert!(extracted.blocks.iter().all(|block| !block.text.is_empty() && !block.text.contains('\n')));
        }
    }

    /// Whatever the structure, no word is lost: it is in a text, or it is a printed number.
    #[test]
    fn no_word_is_lost(
        lines in prop::collection::vec(
            ("(|# |## |- |· |[1-9]\\. |\\([a-f]\\) |\t|\\| )", "[A-Za-zéñ]{2,9}( [a-zéñ]{2,9}){0,12}[.:;?]?", "(\n|\n\n)"), 1..20)
    ) {
        let text: String = lines.iter().map(|(mark, words, end)| format!("{mark}{words}{end}")).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let blocks = extract(text.as_bytes(), 1_000_000).unwrap().blocks;
        let mut found = String::new();
        for block in &blocks {
            found.push_str(&block.marker.as_ref().map(|marker| letters(&marker.number)).unwrap_or_default());
            found.push_str(&letters(&block.text));
        }
        prop_assert_eq!(found, letters(&text));
    }
}

#[test]
fn many_rules_below_a_long_line_take_no_more_than_their_length() {
    let text = format!("{}\n{}", "x".repeat(500_000), "---\n".repeat(100_000));
    let blocks = extract(text.as_bytes(), 1_000_000).unwrap().blocks;
    assert_eq!(blocks.len(), 1);
}

#[test]
fn markdown_around_numbers_quotations_and_code() {
    check(
        "**1.** States will cooperate.\n\n__(b)__ They meet.\n\n*2.* Later.",
        &["item 1: States will cooperate.", "item b: They meet.", "item 2: Later."],
    );
    check(
        &format!("> {LONG}\n>\n> > It ended.\n\n> 5 per cent."),
        &[&format!("text: {LONG}"), "text: It ended.", "text: 5 per cent."],
    );
    check("```text\nSome code.\n```", &["text: Some code."]);
    check("a>b >c", &["text: a>b >c"]);
}

#[test]
fn an_indented_line_goes_on_with_its_item() {
    check(
        &format!("1. First collect data.\n   The states send them.\n2. Then analyse them.\nA new text.\n\n{LONG}"),
        &[
            "item 1: First collect data. The states send them.",
            "item 2: Then analyse them.",
            "text: A new text.",
            &format!("text: {LONG}"),
        ],
    );
}

#[test]
fn a_file_of_too_many_lines_is_refused() {
    let refused = extract("- a\n".repeat(300_001).as_bytes(), 10_000_000).unwrap_err();
    assert_eq!(refused.to_string(), "the file has more than 300000 lines or paragraphs; split it into its documents");
}
