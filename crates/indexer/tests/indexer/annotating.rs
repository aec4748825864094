//! Labels and facts of documents, and the records made of them.

use rcp_corpus::analysis::Analyzer;
use rcp_corpus::model::{DocumentId, Provenance, Source};
use rcp_corpus::taxonomy::Matcher;
use rcp_index::plan::{Form, Text};
use rcp_index::record::DocumentRecord;
use rcp_indexer::annotate::{Annotated, Annotator};
use rcp_indexer::extract::extract;
use rcp_indexer::metadata::{Metadata, parse_metadata};
use rcp_indexer::passages::read;
use rcp_indexer::record::RecordMaker;

use crate::corpus::{extraction, settings, taxonomy};

fn annotate(text: &str, metadata: &str) -> Annotated {
    let taxonomy = taxonomy();
    let metadata = match metadata {
        "" => Metadata::default(),
        text => parse_metadata("a.meta.toml", text, &taxonomy).unwrap(),
    };
    let matcher = Matcher::new(&taxonomy);
    let annotator = Annotator { taxonomy: &taxonomy, matcher: &matcher, index_contacts: false };
    let source = Source {
        file: "a.txt".to_owned(),
        url: None,
        sha256: "0".repeat(64),
        media_type: "text/plain".to_owned(),
        pages: None,
        extractor: "test".to_owned(),
    };
    let reading = read(extract(text.as_bytes(), 1_000_000).unwrap(), &extraction());
    annotator.annotate(DocumentId::new("a").unwrap(), source, reading, &metadata)
}

fn record(text: &str, metadata: &str) -> DocumentRecord {
    let settings = settings();
    RecordMaker::new(Analyzer::new(&settings.analysis), &settings.taxonomy).record(annotate(text, metadata))
}

const NOTE: &str = "DIALOGUE OF THE SOUTH AMERICAN CONFERENCE ON MIGRATION (SACM)\n\nCONCEPT NOTE\n\nBACKGROUND\n\n\
The SACM and the Regional Conference on Migration met in Chile, where migrant health was an issue of some weight.\n\n\
Contact: Ana, ana@example.org\n\nThe Global Forum on Migration and Development was mentioned by the delegation of Peru too.";

fn concepts(annotated: &Annotated, facet: &str) -> Vec<(String, Provenance)> {
    let of_facet = annotated.document.labels.iter().filter(|label| label.facet == facet);
    of_facet.map(|label| (label.concept.clone(), label.provenance)).collect()
}

#[test]
fn the_text_tells_title_type_processes_and_countries() {
    let annotated = annotate(NOTE, "");
    let title = annotated.document.title.as_ref().unwrap();
    assert_eq!(title.value, "DIALOGUE OF THE SOUTH AMERICAN CONFERENCE ON MIGRATION (SACM)");
    assert_eq!(concepts(&annotated, "type"), [("concept-note".to_owned(), Provenance::TextRule)]);
    assert_eq!(concepts(&annotated, "rcp"), [("sacm".to_owned(), Provenance::TextRule)]);
    assert_eq!(concepts(&annotated, "region"), [("south-america".to_owned(), Provenance::Implied)]);
    let mentions: Vec<String> = concepts(&annotated, "mentions").into_iter().map(|(concept, _)| concept).collect();
    assert_eq!(mentions, ["gfmd", "rcm"]);
    let countries: Vec<String> = concepts(&annotated, "country").into_iter().map(|(concept, _)| concept).collect();
    assert_eq!(countries, ["cl", "pe"]);
    assert!(annotated.document.year.is_none() && annotated.document.date.is_none());
}

#[test]
fn curated_metadata_beats_inference_facet_by_facet() {
    let annotated = annotate(
        NOTE,
        "title = \"A title\"\nrcps = [\"rcm\"]\nmentions = []\ndate = \"2013-05\"\n[sources]\nrcps = [\"https://example.org\"]",
    );
    assert_eq!(annotated.document.title.as_ref().unwrap().provenance, Provenance::Curated);
    assert_eq!(concepts(&annotated, "rcp"), [("rcm".to_owned(), Provenance::Curated)]);
    assert_eq!(concepts(&annotated, "mentions"), []);
    assert_eq!(concepts(&annotated, "region"), [("central-america".to_owned(), Provenance::Implied)]);
    assert_eq!(concepts(&annotated, "type"), [("concept-note".to_owned(), Provenance::TextRule)]);
    assert_eq!(annotated.document.year.as_ref().unwrap().value, 2013);
    let label = annotated.document.labels.iter().find(|label| label.facet == "rcp").unwrap();
    assert_eq!(label.evidence[0].surface, "https://example.org");
}

#[test]
fn evidence_stands_where_it_says() {
    let annotated = annotate(NOTE, "");
    let mut seen = 0;
    for passage in &annotated.passages {
        for evidence in passage.labels.iter().flat_map(|label| &label.evidence) {
            assert_eq!(evidence.passage.as_ref(), Some(&passage.id));
            assert_eq!(passage.text.get(evidence.span.clone().unwrap()), Some(evidence.surface.as_str()));
            seen += 1;
        }
    }
    assert!(seen >= 4, "{seen}");
}

#[test]
fn a_generic_heading_is_no_title_and_no_type() {
    let annotated = annotate(
        "Antecedentes\n\nEl Perú acogió a la Conferencia Suramericana sobre Migraciones durante dos días y propuso varias medidas.",
        "",
    );
    assert_eq!(annotated.document.title, None);
    assert_eq!(concepts(&annotated, "type"), []);
    assert_eq!(concepts(&annotated, "rcp"), []);
}

#[test]
fn a_record_holds_the_whole_text_and_every_ancestor() {
    let record = record(NOTE, "date = \"2013-05-22\"\n[event]\nseries = \"sacm\"\nordinal = 4\nname = \"Meeting\"");
    let exact =
        |text| record.texts[&text].iter().map(|tokens| tokens.string(Form::Exact).to_owned()).collect::<Vec<_>>();
    assert_eq!(record.facets["region"], ["americas", "south-america"]);
    assert_eq!(record.facets["event"], ["sacm-4"]);
    assert_eq!(record.facets["year"], ["2013"]);
    assert_eq!(record.facets["lang"], ["en"]);
    assert!(exact(Text::Body).contains(&"background".to_owned()), "headings can be found");
    assert_eq!(exact(Text::Title).len(), 1);
    for fact in ["22 mayo", "fourth", "cuarta", "quatrieme", "iv", "conferencia suramericana"] {
        let folded = exact(Text::Facts).join(" ").replace(" de ", " ");
        assert!(folded.contains(fact), "{fact} in {folded}");
    }
    assert!(record.passages.iter().all(|passage| !passage.passage.text.contains("ana@example.org")));
    let first = &record.passages[0];
    assert_eq!(first.facets["mentions"], ["rcm", "sacm"]);
    assert_eq!(first.facets["country"], ["cl"]);
    assert_eq!(first.facets["theme"], ["health"]);
    assert_eq!(first.facets["rcp"], ["sacm"]);
    assert_eq!(record.passages[1].facets["country"], ["pe"]);
}

#[test]
fn a_date_of_another_year_than_the_curated_one_is_none() {
    let text =
        "Seminar on visas\n\nLima, Peru, 4 May 2010\n\nExperts compared their rules and found that they differ little.";
    let date = |metadata| annotate(text, metadata).document.date.map(|date| date.value.to_string());
    assert_eq!(date(""), Some("2010-05-04".to_owned()));
    assert_eq!(date("year = 2010"), Some("2010-05-04".to_owned()));
    assert_eq!(date("year = 2011"), None);
}
