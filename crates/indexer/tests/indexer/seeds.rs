//! The seeds with the project's own settings: what the text alone tells, and what the curated metadata adds.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use rcp_corpus::model::{DocumentId, Event, PassageKind, Source};
use rcp_corpus::settings::Settings;
use rcp_corpus::taxonomy::Matcher;
use rcp_indexer::annotate::{Annotated, Annotator};
use rcp_indexer::extract::extract;
use rcp_indexer::metadata::{CuratedMetadata, Metadata};
use rcp_indexer::passages::read;
use rcp_indexer::walk::walk;

fn project(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

/// A seed as inference sees it, without its curated metadata.
fn inferred(file: &str) -> Annotated {
    inferred_from(&fs::read(project("seeds").join(file)).unwrap())
}

fn inferred_from(bytes: &[u8]) -> Annotated {
    let settings = Settings::load(&project("index-config")).unwrap();
    let extraction = &settings.index.extraction;
    let reading = read(extract(bytes, extraction.max_file_bytes).unwrap(), extraction);
    let matcher = Matcher::new(&settings.taxonomy);
    let annotator = Annotator { taxonomy: &settings.taxonomy, matcher: &matcher, index_contacts: false };
    let source = Source {
        file: "seed.txt".to_owned(),
        url: None,
        sha256: String::new(),
        media_type: reading.media_type.clone(),
        pages: None,
        extractor: String::new(),
    };
    annotator.annotate(DocumentId::new("seed").unwrap(), source, reading, &Metadata::default())
}

#[track_caller]
fn check(file: &str, title: Option<&str>) {
    let document = inferred(file).document;
    let found = document.title.as_ref().map(|title| title.value.to_lowercase());
    assert_eq!(found.as_deref(), title.map(str::to_lowercase).as_deref());
    assert_eq!(document.languages.iter().map(|language| language.code()).collect::<Vec<_>>(), ["en"]);
}

#[test]
fn the_text_alone_tells_what_it_says_and_no_more() {
    check("gcim-iom-workshop-2005-report.txt", Some("GCIM – IOM Workshop on Regional Consultative Processes"));
    check(
        "global-rcp-meeting-2009-background.md",
        Some("Global Meeting of Chairs and Secretariats of Regional Consultative Processes on Migration (RCPs)"),
    );
    check("global-rcp-meeting-2013-rcm-report.txt", None);
    check("rcm-overview-2004.txt", None);
    check(
        "rcm-sacm-plenary-2022-concept-note.txt",
        Some(
            "III Plenary Meeting between the Regional Conference on Migration (RCM) and the South American Conference \
             on Migration (SACM)",
        ),
    );
}

/// Date, venue and event that the text of a seed tells, without its curated metadata.
#[track_caller]
fn check_facts(file: &str, date: Option<&str>, venue: Option<&str>, event: &[Option<&str>]) {
    let document = inferred(file).document;
    assert_eq!(document.date.map(|date| date.value.to_string()).as_deref(), date);
    let year = date.and_then(|date| date.get(..4)).and_then(|year| year.parse().ok());
    assert_eq!(document.year.map(|year| year.value), year);
    assert_eq!(document.venue.map(|venue| venue.value).as_deref(), venue);
    // The date tells the edition.
    let found = document.event.map(|event| Event { edition: None, ..event.value }.id());
    assert!(event.contains(&found.as_deref()), "{found:?}");
}

#[test]
fn the_text_alone_tells_when_and_where_its_own_meeting_was() {
    check_facts("gcim-iom-workshop-2005-report.txt", Some("2005-04-14/2005-04-15"), Some("Geneva"), &[Some("grcp")]);
    check_facts(
        "global-rcp-meeting-2009-background.md",
        Some("2009-06-04/2009-06-05"),
        Some("Bangkok, Thailand"),
        &[Some("grcp")],
    );
    // It tells of the meetings before and of a dialogue to come, and of its own the ordinal only.
    check_facts("global-rcp-meeting-2013-rcm-report.txt", None, None, &[None, Some("grcp-4")]);
    check_facts("rcm-overview-2004.txt", None, None, &[None]);
    check_facts(
        "rcm-sacm-plenary-2022-concept-note.txt",
        Some("2022-05-31"),
        Some("virtual (Zoom)"),
        &[Some("rcm-sacm-plenary-3")],
    );
}

#[test]
fn the_workshop_report_has_49_numbered_paragraphs() {
    let passages = inferred("gcim-iom-workshop-2005-report.txt").passages;
    let numbered: Vec<String> = passages
        .iter()
        .filter(|passage| passage.kind == PassageKind::Paragraph && passage.number.is_some())
        .map(|passage| passage.id.to_string())
        .collect();
    assert_eq!(numbered, (1..=49).map(|number| format!("p{number}")).collect::<Vec<_>>());
    for id in ["p21", "p22"] {
        let passage = passages.iter().find(|passage| passage.id.as_str() == id).unwrap();
        assert!(passage.text.contains("private sector"));
        assert_eq!(passage.heading_path, ["Involvement of civil society and the private sector"]);
    }
    let of_18 = passages.iter().find(|passage| passage.id.as_str() == "p18").unwrap();
    assert!(of_18.text.contains("RCPs also invite"), "the footnote inside paragraph 18 does not cut it");
}

#[test]
fn no_artefact_is_left() {
    for file in walk(&[project("seeds")]).unwrap().documents {
        for passage in inferred(&file.name).passages {
            for artefact in
                ["**", "[image", "[bookmark", "[footnoteRef", "OLE_LINK", "<sup>", "<http", "¹", "\u{A0}", "  "]
            {
                assert!(!passage.text.contains(artefact), "{artefact:?} in {}: {}", file.name, passage.text);
            }
        }
    }
}

#[test]
fn the_curated_metadata_of_the_seeds_is_sound() {
    let settings = Settings::load(&project("index-config")).unwrap();
    let files = walk(&[project("seeds")]).unwrap();
    let curated = CuratedMetadata::read(&files, &settings.taxonomy);
    assert_eq!(curated.faults().collect::<Vec<_>>(), []);
    for file in &files.documents {
        assert!(curated.of(&file.name).unwrap().title.is_some(), "{}", file.name);
    }
}

/// Declarations and reports unlike the seeds, in the three languages and in two that have no analysis.
const OTHERS: [&str; 4] = [
    "VI CONFERENCIA SUDAMERICANA SOBRE MIGRACIONES\n\nAsunción, 4 y 5 de mayo de 2006\n\nCONSIDERANDO:\n\n1. Que la \
     trata de personas y el tráfico ilícito de migrantes irán en aumento en Perú;\n\n2. Que “la migracio\u{301}n” es un \
     derecho. &Eacute;sta es la posici&oacute;n de la CSM.",
    "Rapport de la réunion\r\n\r\n21. L’OIM a présenté **l'étude** sur la traite des êtres humains au Sénégal et en \
     Côte d’Ivoire.¹ Les demandeurs d'asile, le Processus de Rabat et les transferts de fonds suivent.",
    "Declaração de Lisboa\n\nO tráfico de pessoas em Portugal 👩🏽‍🚒 e no Brasil, e o Processo de Colombo.",
    "إعلان الرباط بشأن الهجرة\n\nMigration policy, Rabat Process, irregular migration and human trafficking in Morocco.",
];

#[test]
fn evidence_is_the_text_where_it_says() {
    let mut seen = 0;
    let seeds = walk(&[project("seeds")]).unwrap().documents;
    let of_seeds = seeds.iter().map(|file| fs::read(&file.path).unwrap());
    for bytes in of_seeds.chain(OTHERS.map(|text| text.as_bytes().to_vec())) {
        let annotated = inferred_from(&bytes);
        let of_passages = annotated.passages.iter().flat_map(|passage| &passage.labels);
        for label in annotated.document.labels.iter().chain(of_passages) {
            for evidence in &label.evidence {
                assert_eq!(evidence.passage.is_some(), evidence.span.is_some());
                let (Some(id), Some(span)) = (&evidence.passage, &evidence.span) else { continue };
                let passage = annotated.passages.iter().find(|passage| passage.id == *id);
                let passage = passage.expect("the passage of the evidence is in the index");
                assert_eq!(passage.text.get(span.clone()), Some(evidence.surface.as_str()), "{label:?}");
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "only {seen}");
}

#[test]
fn a_verb_in_small_letters_is_no_country() {
    let countries = inferred_from(OTHERS[0].as_bytes()).document;
    assert_eq!(countries.concepts("country").collect::<Vec<_>>(), ["pe"]);
}

/// What a seed must, may and must not be labelled with. Values of one list in one string, a space between.
struct Gold<'g> {
    file: &'g str,
    rcps: &'g str,
    mentions: &'g str,
    document_types: &'g str,
    regions: &'g str,
    required: &'g str,
    acceptable: &'g str,
    subthemes: &'g str,
}

#[track_caller]
fn check_concepts(gold: &Gold<'_>) {
    let document = inferred(gold.file).document;
    let found = |facet: &str| document.concepts(facet).map(str::to_owned).collect::<BTreeSet<_>>();
    let listed = |list: &str| list.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(found("rcp"), listed(gold.rcps), "rcp of {}", gold.file);
    assert_eq!(found("mentions"), listed(gold.mentions), "mentions of {}", gold.file);
    let document_type = found("type");
    assert!(!document_type.is_disjoint(&listed(gold.document_types)), "type of {}: {document_type:?}", gold.file);
    assert_eq!(found("region"), listed(gold.regions), "region of {}", gold.file);
    let (themes, subthemes): (BTreeSet<String>, BTreeSet<String>) =
        found("theme").into_iter().partition(|theme| !theme.contains('.'));
    let (required, acceptable) = (listed(gold.required), listed(gold.acceptable));
    let missing: Vec<_> = required.difference(&themes).collect();
    assert!(missing.is_empty(), "themes of {} without {missing:?}: {themes:?}", gold.file);
    let wrong: Vec<_> =
        themes.iter().filter(|theme| !required.contains(*theme) && !acceptable.contains(*theme)).collect();
    assert!(wrong.is_empty(), "themes of {} with {wrong:?}", gold.file);
    let missing: Vec<String> = listed(gold.subthemes).difference(&subthemes).cloned().collect();
    assert!(missing.is_empty(), "subthemes of {} without {missing:?}: {subthemes:?}", gold.file);
}

#[test]
fn the_concepts_of_the_seeds_are_told_from_the_text_alone() {
    check_concepts(&Gold {
        file: "global-rcp-meeting-2013-rcm-report.txt",
        rcps: "grcp rcm",
        mentions: "gfmd un-hld eu-celac",
        document_types: "meeting-report summary-report",
        regions: "global north-america central-america",
        required: "governance",
        acceptable: "capacity-building development protection-rights data stakeholders",
        subthemes: "governance.inter-rcp governance.rcp-functioning",
    });
    check_concepts(&Gold {
        file: "global-rcp-meeting-2009-background.md",
        rcps: "grcp",
        mentions: "gfmd gcim",
        document_types: "background-paper concept-note",
        regions: "global",
        required: "governance",
        acceptable: "capacity-building",
        subthemes: "governance.inter-rcp governance.rcp-functioning",
    });
    check_concepts(&Gold {
        file: "gcim-iom-workshop-2005-report.txt",
        rcps: "grcp",
        mentions: "igc budapest-process bali-process colombo-process apc rcm sacm midsa five-plus-five gcim \
                   berne-initiative un-hld ocam",
        document_types: "summary-report meeting-report",
        regions: "global",
        required: "governance stakeholders",
        acceptable: "capacity-building data irregular-migration protection-rights integration labour-migration \
                     trafficking-smuggling development",
        subthemes: "governance.inter-rcp governance.rcp-functioning stakeholders.civil-society \
                    stakeholders.private-sector capacity-building.financing",
    });
    check_concepts(&Gold {
        file: "rcm-sacm-plenary-2022-concept-note.txt",
        rcps: "rcm sacm",
        mentions: "imrf rcm-sacm-plenary",
        document_types: "concept-note",
        regions: "north-america central-america south-america",
        required: "governance irregular-migration integration trafficking-smuggling",
        acceptable: "protection-rights borders-documents regular-pathways children stakeholders gender environment \
                     asylum-mixed",
        subthemes: "governance.inter-rcp governance.global-agenda irregular-migration.transit-extraregional \
                    integration.xenophobia integration.cohesion trafficking-smuggling.smuggling",
    });
    check_concepts(&Gold {
        file: "rcm-overview-2004.txt",
        rcps: "rcm",
        mentions: "",
        document_types: "rcp-profile background-paper other",
        regions: "north-america central-america",
        required: "trafficking-smuggling protection-rights return-reintegration",
        acceptable: "governance stakeholders data capacity-building development children borders-documents",
        subthemes: "protection-rights.consular protection-rights.human-rights trafficking-smuggling.smuggling \
                    trafficking-smuggling.trafficking return-reintegration.return return-reintegration.reintegration \
                    stakeholders.civil-society data.statistics",
    });
}
