//! Blocks to passages: numbers, ids, heading paths, kinds.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rcp_corpus::model::{PassageId, PassageKind};
use rcp_corpus::settings::ExtractionSettings;
use rcp_indexer::extract::extract;
use rcp_indexer::passages::{MAX_PASSAGE, Reading, read};

use crate::corpus::extraction;

fn reading(text: &str) -> Reading {
    read(extract(text.as_bytes(), 2_000_000).unwrap(), &extraction())
}

fn ids(reading: &Reading) -> Vec<&str> {
    reading.passages.iter().map(|passage| passage.id.as_str()).collect()
}

/// A sentence of more than 25 words.
fn sentence(about: &str) -> String {
    format!(
        "{about} was discussed at length by the delegations of the member countries, which agreed that the \
         secretariat should collect their experience and report on it in writing before the next meeting of the group."
    )
}

#[test]
fn numbers_that_run_on_over_headings_are_those_of_paragraphs() {
    let mut text = "Report of the working group\n\n".to_owned();
    for (section, heading) in ["Opening", "Data", "Return", "Closing"].iter().enumerate() {
        text.push_str(&format!("{heading} of the session\n\n"));
        for number in section * 2 + 1..=section * 2 + 2 {
            text.push_str(&format!("{number}. {}\n\n1) First item\n\n2) Second item\n\n", sentence(heading)));
        }
    }
    let reading = reading(&text);
    let paragraphs: Vec<&str> = reading
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::Paragraph)
        .map(|passage| passage.id.as_str())
        .collect();
    assert_eq!(paragraphs, ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"]);
    let items: Vec<&str> = ids(&reading).into_iter().filter(|id| id.starts_with('s')).take(5).collect();
    assert_eq!(items, ["s1-p1", "s1-p2", "s1-p1-again2", "s1-p2-again2", "s2-p1"]);
    assert_eq!(reading.passages.last().unwrap().heading_path, ["Closing of the session"]);
}

#[test]
fn short_lists_that_begin_again_are_lists() {
    let text = format!(
        "Background\n\n{0}\n\n1. First\n2. Second\n3. Third\n\nReport\n\n{0}\n\n1. One\n2. Two\n",
        sentence("Return")
    );
    let reading = reading(&text);
    assert_eq!(ids(&reading), ["n1", "s1-p1", "s1-p2", "p3", "n5", "s2-p1", "s2-p2"]);
    assert!(
        reading
            .passages
            .iter()
            .filter(|passage| passage.number.is_some())
            .all(|passage| passage.kind == PassageKind::ListItem)
    );
}

#[test]
fn a_list_inside_a_numbered_document_leaves_the_numbers_to_the_paragraphs() {
    let mut text = String::new();
    for number in 1..=6 {
        text.push_str(&format!("{number}. {}\n\n", sentence("Health")));
        if number == 3 {
            text.push_str("1. Short item\n2. Another item\n3. Last item\n\n");
        }
    }
    let reading = reading(&text);
    assert_eq!(ids(&reading), ["p1", "p2", "p3", "s0-p1", "s0-p2", "s0-p3", "p4", "p5", "p6"]);
}

#[test]
fn a_note_in_a_numbered_document_cuts_no_paragraph() {
    let mut text = String::new();
    for number in 1..=6 {
        text.push_str(&format!("{number}. {}\n\n", sentence("Data")));
    }
    text.push_str("¹ A note.\n\nThe paragraph goes on over the page.\n");
    let reading = reading(&text);
    assert_eq!(ids(&reading).last(), Some(&"n7"));
    let last = &reading.passages.iter().find(|passage| passage.id.as_str() == "p6").unwrap().text;
    assert!(last.ends_with("The paragraph goes on over the page."));
}

#[test]
fn heading_paths_follow_levels() {
    let text = format!("# Título del informe\n\n## Uno\n\n### Dentro\n\n{0}\n\n## Dos\n\n{0}", sentence("Salud"));
    let reading = reading(&text);
    assert_eq!(reading.opening.title.as_deref(), Some("Título del informe"));
    let paths: Vec<Vec<String>> = reading.passages.iter().map(|passage| passage.heading_path.clone()).collect();
    assert_eq!(paths.last().unwrap(), &["Dos"]);
}

#[test]
fn over_long_texts_are_split_and_keep_their_number() {
    let text = format!("1. {}\n\n2. Short one.", sentence("Return").repeat(12));
    let reading = reading(&text);
    assert_eq!(ids(&reading), ["p1", "p1-part2", "p2"]);
    assert_eq!(reading.passages[1].number.as_deref(), Some("1"));
}

#[test]
fn people_are_kept_apart() {
    let text = format!(
        "{}\n\n# Lista de participantes\n\nAna Pérez, Chile\n\nJuan Soto, Perú\n\n# Anexo\n\nFin.",
        sentence("Salud")
    );
    let kinds: Vec<PassageKind> = reading(&text).passages.iter().map(|passage| passage.kind).collect();
    assert_eq!(kinds, [PassageKind::Paragraph, PassageKind::Contact, PassageKind::Contact, PassageKind::Paragraph]);
}

proptest! {
    #[test]
    fn ids_are_unique_and_passages_in_order(text in "(\\PC{0,30}|[1-9]\\. [a-z ]{1,40}|# [a-z]{1,9}|\\([a-c]\\) [a-z]{1,9}|\\n){0,40}(\\n|\\PC){0,40}") {
        if let Ok(extracted) = extract(text.as_bytes(), 1_000_000) {
            let reading = read(extracted, &extraction());
            let ids: BTreeSet<_> = reading.passages.iter().map(|passage| passage.id.clone()).collect();
            prop_assert_eq!(ids.len(), reading.passages.len());
            for (index, passage) in reading.passages.iter().enumerate() {
                prop_assert_eq!(passage.ordinal as usize, index);
                prop_assert!(!passage.text.is_empty() && passage.text.chars().count() <= MAX_PASSAGE);
            }
        }
    }
}

fn tokens(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).map(str::to_owned)
}

proptest! {
    /// Whatever a line looks like, each of its words is in one place: a passage with its number, a heading, the title
    /// page.
    #[test]
    fn every_word_comes_out_once(
        lines in prop::collection::vec(
            (
                prop::sample::select(vec![
                    "", "", "1. ", "2) ", "(a) ", "[7] ", "II.3 ", "1.1 ", "- ", "# ", "Article 3. ", "PRIMERO: ", "§ 4 ",
                    "| 5. | ", "Recognizing ", "REAFIRMANDO ", "Los Estados acuerdan ", "CONSIDERANDO ", "DECLARACIÓN ",
                ]),
                "[a-zéñ]{2,9}( [a-zéñ]{2,9}){0,30}",
                prop::sample::select(vec![".\n\n", ";\n\n", ":\n\n", "\n", "\n\n", ",\n\n", "\u{C}"]),
            ),
            1..25,
        )
    ) {
        let line = |(index, (mark, words, end)): (usize, &(&str, String, &str))| format!("{mark}{words} w{index}w{end}");
        let text: String = lines.iter().enumerate().map(line).collect();
        let reading = reading(&text);
        let opening = &reading.opening;
        // The only heading of a text is its title too.
        let is_heading = |title: &&String| reading.headings.iter().any(|(heading, _)| heading == *title);
        let title = opening.title.iter().filter(|title| !is_heading(title));
        let above = opening.letterhead.iter().chain(title).chain(&opening.lines).map(String::as_str);
        let headings = reading.headings.iter().map(|(heading, _)| heading.as_str());
        let passages = reading.passages.iter().flat_map(|passage| [passage.number.as_deref().unwrap_or(""), &passage.text]);
        let mut found: Vec<String> = above.chain(headings).chain(passages).flat_map(tokens).collect();
        let mut expected: Vec<String> = tokens(&text).collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected, "{}", text);
    }
}

#[test]
fn lists_of_people_are_contact_data_whatever_stands_in_them() {
    let kinds =
        |text: &str| -> Vec<PassageKind> { reading(text).passages.iter().map(|passage| passage.kind).collect() };
    let list = "LIST OF PARTICIPANTS\n\nZAMBIA\nMr. John Banda, Director of Immigration\n\nMALAWI\nMs. Mary Phiri, Home Affairs\n";
    assert_eq!(
        kinds(&format!("{}\n\n{list}", sentence("Return"))),
        [PassageKind::Paragraph, PassageKind::Contact, PassageKind::Contact]
    );
    let note =
        "# Participants\n\nThe workshop will bring together about forty officials of the ministries of labour.\n";
    assert_eq!(kinds(&format!("{}\n\n{note}", sentence("Return"))), [PassageKind::Paragraph, PassageKind::Paragraph]);
}

#[test]
fn a_footnote_knows_the_paragraph_that_refers_to_it() {
    let text = format!(
        "Background\n\n{0}¹\n\n¹ First note.\n\nResults\n\n{0}¹ {0}\n\n² Lost reference.\n\nNotes\n\n¹ Second note.\n",
        sentence("Return")
    );
    let reading = reading(&text);
    let notes: Vec<(Option<&str>, Vec<&str>)> = reading
        .passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::Footnote)
        .map(|note| {
            (note.footnote_of.as_ref().map(PassageId::as_str), note.heading_path.iter().map(String::as_str).collect())
        })
        .collect();
    assert_eq!(notes, [(Some("n1"), vec!["Background"]), (None, vec!["Results"]), (Some("n3"), vec!["Results"])]);
}

#[test]
fn a_declaration_counts_its_decisions_in_a_section_of_their_own() {
    let text = "DECLARACIÓN DE LIMA\n\nLos representantes de los gobiernos, reunidos en Lima;\n\n1. Recordando sus \
                compromisos;\n\n2. Reconociendo el aporte de los migrantes;\n\nLos Estados acuerdan:\n\n1. Cooperar \
                más.\n\n2. Celebrar otra reunión.\n\n3. Informar cada año.\n";
    let reading = reading(text);
    assert_eq!(ids(&reading), ["n1", "s0-p1", "s0-p2", "n4", "s1-p1", "s1-p2", "p3"]);
    let kinds: Vec<PassageKind> = reading.passages.iter().map(|passage| passage.kind).collect();
    use PassageKind::{Operative, Paragraph, Preambular};
    assert_eq!(kinds, [Paragraph, Preambular, Preambular, Paragraph, Operative, Operative, Operative]);
}

#[test]
fn numbers_with_words_are_ids_of_their_own() {
    let text = format!(
        "Statutes of the dialogue\n\nArtículo 1.- {0}\n\nArtículo 2.- Los Estados participan.\n\nPRIMERO: {0}\n\n\
         § 7 {0}\n\n1.2 {0}\n\n1. {1}",
        sentence("Salud"),
        sentence("Return").repeat(12)
    );
    assert_eq!(ids(&reading(&text)), ["articulo-1", "articulo-2", "primero", "p7", "p1-2", "p1", "p1-part2"]);
}

#[test]
fn addresses_of_persons_do_not_leave_a_text() {
    let long = format!("{} {} as was told to jane.doe@example.org by all.", sentence("Data"), sentence("Return"));
    let passages = reading(&format!("Report of the group\n\n{long}")).passages;
    assert!(passages[0].text.ends_with("as was told to […] by all."));
    let kept = ExtractionSettings { index_contacts: true, ..extraction() };
    let passages = read(extract(long.as_bytes(), 10_000).unwrap(), &kept).passages;
    assert!(passages[0].text.contains("jane.doe@example.org"));
}

#[test]
fn a_number_above_its_parts_is_a_heading() {
    let part = "The secretariat serves the dialogue and its members in all that they ask of it together.";
    let text = format!(
        "Terms of reference\n\n1. Purpose\n\n1.1 {part}\n\n1.2 {part}\n\n2. Functions\n\n2.1 {part}\n\n2.2 {part}\n\n\
         2.3 It reports.\n\n3. Amendment\n\n4. {part}"
    );
    let reading = reading(&text);
    assert_eq!(ids(&reading), ["p1-1", "p1-2", "p2-1", "p2-2", "p2-3", "p3", "p4"]);
    let paths: Vec<&str> = reading.passages.iter().map(|passage| passage.heading_path[0].as_str()).collect();
    assert_eq!(paths[..3], ["1. Purpose", "1. Purpose", "2. Functions"]);
    assert!(reading.passages[..5].iter().all(|passage| passage.kind == PassageKind::Paragraph));
}

#[test]
fn forms_that_are_no_clauses_take_no_more_than_their_length() {
    let text = format!("Report\n\n{}", "Noting that.\n\n".repeat(20_000));
    assert!(reading(&text).passages.iter().all(|passage| passage.kind == PassageKind::Paragraph));
    let text = format!("Report\n\n{}Text.\n", "Considerando:\n\n¹ Note.\n\n".repeat(10_000));
    assert_eq!(reading(&text).passages.len(), 10_001);
}
