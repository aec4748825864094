//! Tests of whole citations and of passage labels.

use proptest::prelude::*;
use rcp_corpus::model::{DocumentId, Event, Fact, PassageId, PassageKind, Source};

use super::*;

/// A document without any facts.
fn bare() -> Document {
    let source = Source {
        file: "reports/2005 report.txt".to_owned(),
        url: None,
        sha256: String::new(),
        media_type: "text/plain".to_owned(),
        pages: None,
        extractor: "text".to_owned(),
    };
    Document::new(DocumentId::new("d").unwrap(), "public", source)
}

fn titled(title: &str) -> Document {
    Document { title: Some(Fact::curated(title.to_owned())), ..bare() }
}

fn workshop() -> Document {
    Document {
        event: Some(Fact::curated(event("First global meeting"))),
        venue: Some(Fact::curated("Geneva".to_owned())),
        date: Some(Fact::curated("2005-04-14/2005-04-15".parse().unwrap())),
        ..titled("GCIM – IOM Workshop on Regional Consultative Processes")
    }
}

fn event(name: &str) -> Event {
    Event { series: "grcp".to_owned(), ordinal: Some(1), edition: None, name: name.to_owned() }
}

fn labels(en: &str, es: &str, fr: &str) -> Labels {
    Labels { en: en.to_owned(), es: Some(es.to_owned()), fr: Some(fr.to_owned()) }
}

fn passage(kind: PassageKind, id: &str, number: Option<&str>, heading: Option<&str>, page: Option<u32>) -> Passage {
    Passage {
        number: number.map(str::to_owned),
        heading_path: heading.into_iter().map(str::to_owned).collect(),
        page,
        kind,
        ..Passage::new(PassageId::new(id).unwrap(), 37, Language::En, "")
    }
}

#[test]
fn a_report_with_everything_known() {
    let report = labels("Summary report", "Informe resumido", "Rapport de synthèse");
    let names = Names { document_type: Some(&report), process: None };
    let passage = passage(PassageKind::Paragraph, "p21", Some("21"), Some("Conclusions"), Some(4));
    let cite = |ui| passage_citation(&citation(&workshop(), names, ui), &passage, ui);
    assert_eq!(
        cite(Language::En),
        "GCIM – IOM Workshop on Regional Consultative Processes: Summary report, Geneva, 14–15 April 2005, para. 21"
    );
    assert_eq!(
        cite(Language::Es),
        "GCIM – IOM Workshop on Regional Consultative Processes: Informe resumido, Geneva, 14 y 15 de abril de 2005, párr. 21"
    );
    assert_eq!(
        cite(Language::Fr),
        "GCIM – IOM Workshop on Regional Consultative Processes: Rapport de synthèse, Geneva, 14 et 15 avril 2005, par. 21"
    );
}

#[test]
fn what_the_title_says_is_not_repeated() {
    let report = labels("Meeting report", "Informe de reunión", "Rapport de réunion");
    let names = Names { document_type: Some(&report), process: None };
    let cite = |title| citation(&titled(title), names, Language::En);
    assert_eq!(cite("Report of the fourth global meeting"), "Report of the fourth global meeting");
    assert_eq!(cite("Informe de la Reunión ministerial de Puebla"), "Informe de la Reunión ministerial de Puebla");
    assert_eq!(cite("Dialogue on labour migration in Asia"), "Dialogue on labour migration in Asia: Meeting report");

    let with_venue = |title| Document { venue: Some(Fact::curated("La Paz".to_owned())), ..titled(title) };
    let cite = |title| citation(&with_venue(title), Names::default(), Language::En);
    assert_eq!(cite("Declaration of La Paz on migration"), "Declaration of La Paz on migration");
    assert_eq!(
        cite("Declaration of the conference on migration"),
        "Declaration of the conference on migration, La Paz"
    );
}

#[test]
fn a_short_title_is_followed_by_its_event_or_process() {
    let rcm =
        labels("Regional Conference on Migration", "Conferencia Regional sobre Migración", "Conférence régionale");
    let names = Names { document_type: None, process: Some(&rcm) };
    assert_eq!(
        citation(&titled("Plan of Action"), names, Language::En),
        "Plan of Action, Regional Conference on Migration"
    );
    let declaration = Document {
        event: Some(Fact::curated(event("VI Conference"))),
        year: Some(Fact::curated(2006)),
        ..titled("Final declaration")
    };
    assert_eq!(citation(&declaration, names, Language::En), "Final declaration, VI Conference, 2006");
    let named = Document { title: Some(Fact::curated("VI Conference: declaration".to_owned())), ..declaration };
    assert_eq!(citation(&named, names, Language::En), "VI Conference: declaration, 2006");
}

#[test]
fn without_a_title_the_event_the_process_or_the_file_stands_for_it() {
    let profile = labels("Process profile", "Perfil", "Profil");
    let rcm =
        labels("Regional Conference on Migration", "Conferencia Regional sobre Migración", "Conférence régionale");
    let names = Names { document_type: Some(&profile), process: Some(&rcm) };
    assert_eq!(citation(&bare(), names, Language::En), "Regional Conference on Migration: Process profile");
    assert_eq!(citation(&bare(), Names::default(), Language::En), "2005 report.txt");
    let untitled = Document { title: None, ..workshop() };
    assert_eq!(citation(&untitled, Names::default(), Language::En), "First global meeting, Geneva, 14–15 April 2005");
}

#[test]
fn headings_are_quoted_in_a_citation() {
    let unnumbered = passage(PassageKind::Paragraph, "n37", None, Some("Background"), Some(3));
    let document = titled("A report on one thing or other");
    let cite = |ui| passage_citation(&citation(&document, Names::default(), ui), &unnumbered, ui);
    assert_eq!(cite(Language::En), "A report on one thing or other, “Background”, p. 3");
    assert_eq!(cite(Language::Es), "A report on one thing or other, «Background», pág. 3");
    assert_eq!(cite(Language::Fr), "A report on one thing or other, «\u{A0}Background\u{A0}», p. 3");
}

#[test]
fn labels_hold_the_printed_number_or_tell_the_place_otherwise() {
    use PassageKind::{Footnote, ListItem, Operative, Paragraph, Preambular, TableRow};
    #[track_caller]
    fn check(
        kind: PassageKind,
        id: &str,
        number: Option<&str>,
        heading: Option<&str>,
        page: Option<u32>,
        expected: [&str; 3],
    ) {
        let passage = passage(kind, id, number, heading, page);
        assert_eq!(Language::ANALYSED.map(|ui| passage_label(&passage, ui)), expected);
    }
    let heading = Some("Results:");
    check(Paragraph, "p21", Some("21"), heading, Some(4), ["para. 21", "párr. 21", "par. 21"]);
    check(Paragraph, "s3-p1", Some("1"), heading, None, ["Results, para. 1", "Results, párr. 1", "Results, par. 1"]);
    check(Operative, "pii-3", Some("II.3"), None, None, ["para. II.3", "párr. II.3", "par. II.3"]);
    check(Operative, "articulo-5", Some("Artículo 5"), heading, None, ["Artículo 5"; 3]);
    check(Paragraph, "pxviii", Some("XVIII"), None, None, ["para. XVIII", "párr. XVIII", "par. XVIII"]);
    check(Preambular, "p2", Some("2"), None, None, ["preamble, para. 2", "preámbulo, párr. 2", "préambule, par. 2"]);
    check(ListItem, "s1-p3", Some("3"), heading, None, ["Results, item 3", "Results, punto 3", "Results, point 3"]);
    check(ListItem, "s1-pa", Some("a"), None, None, ["item (a)", "punto a)", "point a)"]);
    check(Footnote, "f3", Some("3"), heading, None, ["note 3", "nota 3", "note 3"]);
    check(TableRow, "n37", None, heading, Some(2), ["Results, p. 2", "Results, pág. 2", "Results, p. 2"]);
    check(Preambular, "n37", None, None, Some(1), ["preamble, p. 1", "preámbulo, pág. 1", "préambule, p. 1"]);
    check(Paragraph, "n37", None, None, Some(3), ["p. 3", "pág. 3", "p. 3"]);
    check(Paragraph, "n37", Some(" "), Some("\n"), None, ["passage 38", "pasaje 38", "passage 38"]);
}

#[test]
fn hostile_titles_are_one_clean_line() {
    let cite = |title: &str| citation(&titled(title), Names::default(), Language::En);
    assert_eq!(cite("One\r\nlong\u{0}\ttitle\u{202E} of \u{2028}a report."), "One long title of a report");
    assert_eq!(cite(" \n "), "2005 report.txt");
    let long = cite(&"word ".repeat(10_000));
    assert!(long.ends_with("word…") && long.chars().count() <= MAX_TITLE_CHARS + 1);
    assert_eq!(cite(&"x".repeat(10_000)).chars().count(), MAX_TITLE_CHARS + 1);
}

proptest! {
    #[test]
    fn any_text_gives_one_line(title in any::<String>(), venue in any::<String>(), heading in any::<String>(), number in any::<String>()) {
        let document = Document { venue: Some(Fact::curated(venue)), ..titled(&title) };
        let passage = passage(PassageKind::ListItem, "n37", Some(&number), Some(&heading), None);
        for ui in Language::ANALYSED {
            let cited = passage_citation(&citation(&document, Names::default(), ui), &passage, ui);
            for line in [cited, passage_label(&passage, ui)] {
                prop_assert!(!line.is_empty() && !line.chars().any(char::is_control), "{:?}", line);
                prop_assert_eq!(line.trim(), &line);
            }
        }
    }
}
