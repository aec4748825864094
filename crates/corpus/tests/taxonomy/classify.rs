//! Labels of documents and passages, from made-up texts.

use rcp_corpus::model::{Label, Language, PassageId, Provenance};
use rcp_corpus::taxonomy::classify::{MatchedText, Place, Rank, Text, annotate, assignments};
use rcp_corpus::taxonomy::{Matcher, Taxonomy};

use super::taxonomy;

const THEME: &str = r#"
id = "theme"
label.en = "Theme"
facets = ["theme"]
[classification]
strong = 3
weak = 1
cap_per_phrase = 2
primary_limit = 2
primary_density = 0.5
primary_hits = 3
primary_distinct = 2
secondary_density = 0.3
secondary_hits = 2
background = ["talks"]
background_density = 0.6
background_hits = 3
[[concept]]
id = "talks"
label.en = "Talks (theme)"
phrases.en.strong = ["plenary"]
[[concept]]
id = "work"
label.en = "Work (theme)"
[[concept]]
id = "work.pay"
label.en = "Pay (theme)"
broader = ["work"]
phrases.en = { strong = ["wage*", "fair pay", "pay gap"], weak = ["pay"] }
phrases.es.strong = ["salario*", "salario justo"]
phrases.fr.strong = ["salaire*"]
[[concept]]
id = "work.jobs"
label.en = "Jobs (theme)"
broader = ["work"]
phrases.en.strong = ["job offer*", "gap in jobs", "wage gap in jobs"]
[[concept]]
id = "health"
label.en = "Health (theme)"
phrases.en.strong = ["clinic*", "nurse*"]
[[concept]]
id = "school"
label.en = "School (theme)"
phrases.en.strong = ["school*", "teacher*"]
"#;

const PROCESS: &str = r#"
id = "rcp"
label.en = "Process"
facets = ["rcp", "mentions"]
mentioned_as = "mentions"
[[concept]]
id = "hill"
label = { en = "Hill Process", fr = "Processus des collines" }
weak_aliases = ["HP"]
[[concept]]
id = "harbour"
label.en = "Harbour Process"
weak_aliases = ["HP"]
"#;

fn text(text: &str) -> Text<'_> {
    Text { text, language: Language::En, place: Place::Body, passage: None }
}

fn heading(text: &str) -> Text<'_> {
    Text { text, language: Language::En, place: Place::Heading, passage: None }
}

const BELONGING: &str = r#"
id = "rcp"
label.en = "Process"
facets = ["rcp", "mentions"]
mentioned_as = "mentions"
belonging = { most = 2, author_names = 2, names = 6, dominance = 3, dense_names = 3, dense_share = 0.1 }
[cues.en]
topic = ["contribution to"]
author = ["secretariat"]
member = ["members"]
held = ["was held"]
aside = ["support of"]
person = ["mr"]
[[concept]]
id = "hill"
label.en = "Hill Process"
weak_aliases = ["HP"]
[[concept]]
id = "harbour"
label.en = "Harbour Process"
[[concept]]
id = "river"
label.en = "River Process"
[[concept]]
id = "delta"
label.en = "Delta Meeting"
implies.rcp = ["harbour", "river"]
[[concept]]
id = "sea"
label.en = "Contribution to Seas"
[[concept]]
id = "fund"
label.en = "Hill Fund"
attributes.is_iscm = false
"#;

fn both() -> Taxonomy {
    taxonomy(&[THEME, PROCESS])
}

/// Assigns the themes of a document and compares `Rank concept`, in order.
#[track_caller]
fn check_ranks(texts: &[Text<'_>], expected: &[&str]) {
    let taxonomy = both();
    let matcher = Matcher::new(&taxonomy);
    let matched: Vec<MatchedText<'_, '_>> = texts.iter().map(|&text| MatchedText::new(&matcher, text)).collect();
    let found: Vec<String> = assignments(&taxonomy, taxonomy.scheme("theme").unwrap(), &matched)
        .into_iter()
        .map(|assignment| format!("{:?} {}", assignment.rank, assignment.concept))
        .collect();
    assert_eq!(found, expected, "{texts:?}");
}

#[test]
fn the_numbers_follow_the_definition() {
    let taxonomy = both();
    let matcher = Matcher::new(&taxonomy);
    let padding = "and ".repeat(389);
    let words = format!("{padding} wages wages wages, fair pay, pay: job offer; clinic");
    let matched = [MatchedText::new(&matcher, text(&words)), MatchedText::new(&matcher, heading("Job offers"))];
    let found = assignments(&taxonomy, taxonomy.scheme("theme").unwrap(), &matched);
    let work = found.iter().find(|assignment| assignment.concept == "work").unwrap();
    // wages capped at 2, fair pay 1, job offer 2: 5 × 3; pay alone once: + 1. 400 words.
    assert_eq!(matched.iter().map(|text| text.words).sum::<usize>(), 400);
    assert_eq!((work.score, work.density), (16.0, 8.0));
    assert_eq!((work.strong_hits, work.raised_hits, work.distinct), (6, 7, 3));
    assert_eq!(work.evidence.len(), 6);
}

#[test]
fn primary_needs_density_hits_and_different_phrases() {
    check_ranks(&[text("wages, fair pay, pay gap; a clinic")], &["Primary work", "Primary work.pay", "Touched health"]);
    check_ranks(&[text("wages wages wages")], &["Secondary work", "Secondary work.pay"]);
    check_ranks(&[text("wages, fair pay")], &["Secondary work", "Secondary work.pay"]);
    check_ranks(&[text("wages")], &["Touched work", "Touched work.pay"]);
}

#[test]
fn only_the_densest_are_primary_and_ties_keep_the_order_of_the_scheme() {
    let all = "wages, fair pay, wages; nurse clinic nurse; teacher school teacher";
    check_ranks(&[text(all)], &["Primary work", "Primary health", "Primary work.pay", "Secondary school"]);
}

#[test]
fn a_hit_in_a_heading_counts_double_for_secondary() {
    check_ranks(&[heading("Clinics")], &["Secondary health"]);
    check_ranks(&[text("Clinics")], &["Touched health"]);
}

#[test]
fn background_needs_more() {
    let plenary = "plenary, plenary";
    check_ranks(&[text(plenary)], &["Touched talks"]);
    check_ranks(&[text("plenary plenary plenary")], &["Background talks"]);
    check_ranks(&[text("plenary plenary plenary; nurse clinic nurse")], &["Primary health", "Background talks"]);
    let diluted = "plenary plenary plenary; nurse clinic nurse clinic; school teacher";
    check_ranks(&[text(diluted)], &["Primary health", "Secondary school", "Touched talks"]);
}

#[test]
fn a_place_counts_once_for_the_wider_concept() {
    // "wage*" and "gap in jobs" lie inside "wage gap in jobs"; each narrower concept has its own hit.
    check_ranks(&[text("a wage gap in jobs")], &["Touched work", "Touched work.pay", "Touched work.jobs"]);
    check_ranks(
        &[text("a wage gap in jobs"), text("the wage gap in jobs")],
        &["Secondary work", "Secondary work.pay", "Secondary work.jobs"],
    );
}

#[test]
fn each_text_is_read_in_its_language() {
    let spanish = Text { language: Language::Es, ..text("un salario justo y los salarios") };
    let french = Text { language: Language::Fr, ..text("les salaires, le salaire") };
    check_ranks(&[spanish, french], &["Primary work", "Primary work.pay"]);
    check_ranks(&[Text { language: Language::Fr, ..spanish }], &[]);
    check_ranks(&[text("")], &[]);
    check_ranks(&[], &[]);
}

/// Compares the mentions of each text, `concept surface|surface`, and those of the document.
#[track_caller]
fn check_mentions(texts: &[&str], known: &[Label], document: &[&str], of_texts: &[&[&str]]) {
    let show = |labels: &[Label]| -> Vec<String> {
        let mentions = labels.iter().filter(|label| label.facet == "mentions");
        mentions
            .map(|label| {
                let surfaces: Vec<&str> = label.evidence.iter().map(|evidence| evidence.surface.as_str()).collect();
                format!("{} {}", label.concept, surfaces.join("|"))
            })
            .collect()
    };
    let taxonomy = both();
    let matcher = Matcher::new(&taxonomy);
    let texts: Vec<Text<'_>> = texts.iter().map(|&one| text(one)).collect();
    let matched: Vec<MatchedText<'_, '_>> = texts.iter().map(|&text| MatchedText::new(&matcher, text)).collect();
    let annotation = annotate(&taxonomy, &matched, None, known);
    assert_eq!(show(&annotation.document), document);
    let found: Vec<Vec<String>> = annotation.texts.iter().map(|labels| show(labels)).collect();
    assert_eq!(found, of_texts);
}

#[test]
fn a_weak_name_counts_only_beside_a_full_one() {
    check_mentions(&["HP printers"], &[], &[], &[&[]]);
    check_mentions(
        &["The HP met.", "Hill Process"],
        &[],
        &["hill HP|Hill Process"],
        &[&["hill HP"], &["hill Hill Process"]],
    );
    check_mentions(
        &["The HP met.", "le Processus des Collines"],
        &[],
        &["hill HP|Processus des Collines"],
        &[&["hill HP"], &["hill Processus des Collines"]],
    );
}

#[test]
fn a_weak_name_counts_where_the_document_is_known_to_be_about_its_concept() {
    let known = Label {
        facet: "rcp".to_owned(),
        concept: "harbour".to_owned(),
        confidence: 1.0,
        provenance: Provenance::Curated,
        evidence: Vec::new(),
    };
    check_mentions(&["The HP met."], &[known], &["harbour HP"], &[&["harbour HP"]]);
}

#[test]
fn a_definition_tells_shared_abbreviations_apart() {
    let undefined = ["Hill Process, Harbour Process", "HP"];
    check_mentions(
        &undefined,
        &[],
        &["harbour Harbour Process|HP", "hill Hill Process|HP"],
        &[&["harbour Harbour Process", "hill Hill Process"], &["harbour HP", "hill HP"]],
    );
    for definition in ["Hill Process, Harbour Process (HP)", "Hill Process, Harbour Process [“HP”]"] {
        let found = ["harbour Harbour Process|HP|HP", "hill Hill Process"];
        check_mentions(
            &[definition, "HP"],
            &[],
            &found,
            &[&["harbour Harbour Process|HP", "hill Hill Process"], &["harbour HP"]],
        );
    }
}

/// Tells what a document belongs to from the lines of its title page (`# line`), its first headings (`## line`) and
/// passages.
#[track_caller]
fn check_belonging(lines: &[&str], file_title: Option<&str>, expected: &[&str]) {
    let taxonomy = taxonomy(&[BELONGING]);
    let matcher = Matcher::new(&taxonomy);
    let texts = lines.iter().map(|line| {
        let (place, text) = match (line.strip_prefix("# "), line.strip_prefix("## ")) {
            (Some(title), _) => (Place::Title, title),
            (_, Some(heading)) => (Place::FirstHeading, heading),
            _ => (Place::Body, *line),
        };
        MatchedText::new(&matcher, Text { text, language: Language::En, place, passage: None })
    });
    let texts: Vec<MatchedText<'_, '_>> = texts.collect();
    let file_title = file_title.map(|title| {
        MatchedText::new(&matcher, Text { text: title, language: Language::En, place: Place::Title, passage: None })
    });
    let labels = annotate(&taxonomy, &texts, file_title.as_ref(), &[]).document;
    let found: Vec<&str> =
        labels.iter().filter(|label| label.facet == "rcp").map(|label| label.concept.as_str()).collect();
    assert_eq!(found, expected, "{lines:?}");
}

#[test]
fn a_document_belongs_to_what_its_title_names() {
    check_belonging(&["# Report of the Hill Process", "The River Process came."], None, &["hill"]);
    check_belonging(&["# Hill Process and Harbour Process"], None, &["harbour", "hill"]);
    check_belonging(&["# Hill Process, Harbour Process, River Process"], None, &[]);
    check_belonging(&["# Contribution to the Hill Process", "Nothing more."], None, &[]);
    check_belonging(&["# Contribution to: the Hill Process"], None, &["hill"]);
    check_belonging(&["# Contribution to Seas Hill Process"], None, &["hill", "sea"]);
    check_belonging(&["# Delta Meeting"], None, &["harbour", "river"]);
    check_belonging(&["# Workshop", "# Hill Process"], None, &["hill"]);
    check_belonging(&["# Hill Process", "# River Process, Harbour Process"], None, &["hill"]);
    check_belonging(&["# Hill Process", "# Secretariat of the River Process"], None, &["hill", "river"]);
    check_belonging(&["# Hill Fund"], None, &["fund"]);
    check_belonging(&["# Hill Fund of the River Process"], None, &["river"]);
    check_belonging(&["## Hill Process", "The River Process came."], None, &["hill"]);
    check_belonging(&["# HP"], None, &[]);
    check_belonging(&["# HP", "It met, the Hill Process."], None, &["hill"]);
    check_belonging(&["# Mr Hill Process"], None, &[]);
}

#[test]
fn a_document_without_a_name_in_its_title_belongs_to_who_speaks() {
    let filling = "Nothing is said here that would help anybody to tell whose text this is.";
    let spoken = "We heard the Secretariat of the Hill Process.";
    check_belonging(&[spoken, filling], None, &["hill"]);
    check_belonging(&[filling, filling, spoken, filling, filling], None, &[]);
    check_belonging(&[spoken, "So did we the River Process."], None, &[]);
    check_belonging(&[spoken, "So did we the River Process.", spoken], None, &["hill"]);
    check_belonging(&["We heard the Secretariat, of the Hill Process."], None, &[]);
    check_belonging(&["Six times: Hill Process, Hill Process, Hill Process.", filling], None, &["hill"]);
    check_belonging(&["We met: Hill Process, Hill Process, Hill Process, River Process, River Process."], None, &[]);
    let once_in_a_while = "We know that the Hill Process is one of many things that people speak of.";
    check_belonging(&[once_in_a_while; 5], None, &[]);
    check_belonging(&[once_in_a_while; 6], None, &["hill"]);
    check_belonging(&["Ministers of the members of the Hill Process met.", filling], None, &["hill"]);
    check_belonging(&["The Hill Process is old.", filling], None, &["hill"]);
    check_belonging(&["Of old, the Hill Process met.", filling], None, &[]);
    check_belonging(&[filling], Some("Hill Process"), &["hill"]);
    check_belonging(&["# Harbour Process", filling], Some("Hill Process"), &["harbour"]);
}

#[test]
fn a_first_sentence_that_tells_of_a_meeting_says_whose_it_was() {
    check_belonging(&["On 3 May a session of the Hill Process was held by the sea."], None, &["hill"]);
    check_belonging(&["On 3 May was held, by the sea, a session of the Hill Process."], None, &["hill"]);
    check_belonging(&["Posted on 3 May", "A session of the Hill Process was held by the sea."], None, &["hill"]);
    check_belonging(&["A seminar was held by the sea with the support of the Hill Process."], None, &[]);
    check_belonging(
        &["With the support of the Hill Process was held the session of the River Process."],
        None,
        &["river"],
    );
    check_belonging(&["They met by the sea. A session of the Hill Process was held as well."], None, &[]);
    check_belonging(&["They met Mr. Poe by the sea where a session of the Hill Process was held."], None, &["hill"]);
    check_belonging(&["Somebody thought of the Hill Process when they met by the sea."], None, &[]);
}

#[test]
fn a_long_document_needs_more() {
    let settings = THEME.replace("cap_per_phrase = 2", "cap_per_phrase = 2\nordinary_words = 100");
    let taxonomy = taxonomy(&[&settings]);
    let matcher = Matcher::new(&taxonomy);
    let ranks = |words: usize| {
        let long = format!("clinic clinic school school school school {}", "and ".repeat(words - 6));
        let matched = [MatchedText::new(&matcher, text(&long))];
        let found = assignments(&taxonomy, taxonomy.scheme("theme").unwrap(), &matched);
        found.into_iter().map(|found| (found.concept, found.rank, found.score)).collect::<Vec<_>>()
    };
    let named = |name: &str, rank: Rank, score: f32| (name.to_owned(), rank, score);
    assert_eq!(ranks(100), [named("health", Rank::Secondary, 6.0), named("school", Rank::Secondary, 6.0)]);
    // Four times as long: the cap is 4, and so are the hits that a secondary theme needs.
    assert_eq!(ranks(400), [named("school", Rank::Secondary, 12.0), named("health", Rank::Touched, 6.0)]);
}

#[test]
fn a_short_document_needs_to_name_its_subjects_once() {
    let settings = THEME.replace("cap_per_phrase = 2", "cap_per_phrase = 2\nshort_words = 100");
    let taxonomy = taxonomy(&[&settings]);
    let matcher = Matcher::new(&taxonomy);
    let ranks = |words: usize| {
        let body = format!("clinic, wages, school {}", "and ".repeat(words - 3));
        let matched = [MatchedText::new(&matcher, text(&body))];
        let found = assignments(&taxonomy, taxonomy.scheme("theme").unwrap(), &matched);
        found.into_iter().map(|found| format!("{:?} {}", found.rank, found.concept)).collect::<Vec<_>>()
    };
    // Two may be primary; the third of the same density is only touched.
    assert_eq!(ranks(99), ["Secondary work", "Secondary health", "Touched school", "Touched work.pay"]);
    assert_eq!(ranks(100), ["Touched work", "Touched health", "Touched school", "Touched work.pay"]);
}

#[test]
fn a_theme_in_the_title_is_one_of_the_document() {
    let title = Text { place: Place::Title, ..text("On clinics") };
    let body = text("wages, fair pay, pay gap, wages, fair pay, pay gap, job offer, job offer");
    check_ranks(&[title, body], &["Primary work", "Primary work.pay", "Primary work.jobs", "Secondary health"]);
    check_ranks(
        &[text("On clinics"), body],
        &["Primary work", "Primary work.pay", "Primary work.jobs", "Touched health"],
    );
}

#[test]
fn evidence_points_into_the_passage() {
    let taxonomy = both();
    let matcher = Matcher::new(&taxonomy);
    let id = PassageId::new("p7").unwrap();
    let passage = Text { passage: Some(&id), ..text("Équité: fair pay for all") };
    let matched = [heading("Fair pay"), passage].map(|text| MatchedText::new(&matcher, text));
    let annotation = annotate(&taxonomy, &matched, None, &[]);
    let label = &annotation.document[0];
    assert_eq!((label.facet.as_str(), label.concept.as_str()), ("theme", "work"));
    assert_eq!((label.provenance, label.confidence), (Provenance::TextRule, 0.7));
    assert_eq!(label.evidence[0].passage, None);
    assert_eq!(label.evidence[0].surface, "Fair pay");
    assert_eq!(label.evidence[1].passage, Some(id.clone()));
    assert_eq!(passage.text.get(label.evidence[1].span.clone().unwrap()), Some("fair pay"));
    assert_eq!(annotation.texts[1][0].concept, "work.pay");
}
