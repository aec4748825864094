//! Names in what people type: which words name which concept.

use rcp_corpus::analysis::{AnalysisSettings, Analyzer, words};
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::names::{ConceptNames, Typed};

use super::taxonomy;

const THEME: &str = r#"
id = "theme"
label.en = "Theme"
facets = ["theme"]
[[concept]]
id = "trafficking"
label.en = "Trafficking and smuggling"
names = [{ en = ["human trafficking"], es = ["trata de personas", "trata"], fr = ["traite des êtres humains"], risk = { es = ["trata"] } }]
[[concept]]
id = "immigration"
label.en = "Arrivals"
names = [{ en = ["immigration"], es = ["inmigración"] }, { en = ["immigrant"], es = ["inmigrante"] }]
[[concept]]
id = "exchange"
label.en = "Exchange"
names = [{ en = ["cross-fertilization"], es = ["derechos de las y los trabajadores"] }]
[[concept]]
id = "functioning"
label.en = "Functioning"
names = [{ en = ["regional process", "RCP"], es = ["proceso regional", "PCR"], risk = { en = ["RCP"] } }]
"#;

const PROCESS: &str = r#"
id = "rcp"
label.en = "Process"
facets = ["rcp", "mentions"]
mentioned_as = "mentions"
[[concept]]
id = "hill"
label = { en = "Hill Conference on Migration", es = "Conferencia de la Colina sobre Migración" }
abbreviation = "HCM"
aliases = ["Söderhill Process", "Proceso Cerro"]
weak_aliases = ["CCM", "Hill"]
parts = ["Ridge Committee"]
[[concept]]
id = "can"
label.en = "Andean Talks"
abbreviation = "CAN"
[[concept]]
id = "old"
label.en = "Valley Forum"
replaced_by = "hill"
"#;

/// What a query names: `typed words = concept`, in order.
fn found(query: &str) -> Vec<String> {
    let stop = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let stop_words = [
        (Language::En, stop(&["on", "can", "the", "of"])),
        (Language::Es, stop(&["de", "la", "las", "los", "y", "sobre"])),
        (Language::Fr, stop(&["des", "de", "le"])),
    ];
    let analyzer = Analyzer::new(&AnalysisSettings { stop_words: stop_words.into(), ..AnalysisSettings::default() });
    let names = ConceptNames::new(&taxonomy(&[THEME, PROCESS]), &analyzer);
    let words = words(query);
    let is_stop_word =
        |folded: &str| Language::ANALYSED.iter().any(|&language| analyzer.is_stop_word(folded, language));
    let typed: Vec<Typed<'_>> = words
        .iter()
        .map(|word| Typed {
            surface: &query[word.span.clone()],
            folded: &word.folded,
            joined: word.joined,
            optional: is_stop_word(&word.folded),
        })
        .collect();
    let found = names.find(&typed, &analyzer);
    let text = |one: &rcp_corpus::taxonomy::names::Found<'_>| {
        let span = words[one.words.start].span.start..words[one.words.end - 1].span.end;
        format!("{} = {}", &query[span], one.concept.concept)
    };
    found.iter().map(text).collect()
}

#[track_caller]
fn check(query: &str, expected: &[&str]) {
    assert_eq!(found(query), expected, "{query:?}");
}

#[test]
fn names_are_found_in_every_language() {
    check("human trafficking", &["human trafficking = trafficking"]);
    check("lucha contra la trata de personas hoy", &["trata de personas = trafficking", "trata = trafficking"]);
    check("la traite des êtres humains", &["traite des êtres humains = trafficking"]);
    check("traffic in humans", &[]);
}

#[test]
fn accents_capitals_and_endings_need_not_be_those_of_the_name() {
    check("traite des etres humains", &["traite des etres humains = trafficking"]);
    check("TRAITE DES ETRES HUMAINS", &["TRAITE DES ETRES HUMAINS = trafficking"]);
    check("procesos regionales", &["procesos regionales = functioning"]);
    check("Regional Processes", &["Regional Processes = functioning"]);
    check("soderhill process", &["soderhill process = hill"]);
    check("inmigracion", &["inmigracion = immigration"]);
}

#[test]
fn the_name_of_a_part_is_not_the_name_of_the_whole() {
    check("ridge committee", &[]);
}

#[test]
fn small_words_may_be_left_out_or_be_others() {
    check("trata personas", &["trata personas = trafficking", "trata = trafficking"]);
    check("trata de las personas", &["trata de las personas = trafficking", "trata = trafficking"]);
    check("trata sin personas", &["trata = trafficking"]);
    check("derechos de los trabajadores", &["derechos de los trabajadores = exchange"]);
    check("conferencia colina migracion", &["conferencia colina migracion = hill"]);
}

#[test]
fn the_order_of_the_words_is_that_of_the_name() {
    check("trafficking human", &[]);
    check("personas trata", &["trata = trafficking"]);
}

#[test]
fn compounds_are_one_with_and_without_their_hyphen() {
    for query in ["cross-fertilization", "crossfertilization", "cross fertilization", "cross-fertilizations"] {
        check(query, &[&format!("{query} = exchange")]);
    }
}

#[test]
fn of_names_with_one_stem_the_nearest_is_meant() {
    // One concept, two meanings: each group answers for itself.
    let names = |query: &str| found(query).len();
    assert_eq!(found("immigrants"), ["immigrants = immigration"]);
    assert_eq!(names("immigration"), 1);
    assert_eq!(names("immigrated"), 2);
}

#[test]
fn abbreviations_count_as_marked() {
    check("the RCP and RCPs", &["RCP = functioning", "RCPs = functioning"]);
    check("rcp", &[]);
    check("pcr PCR", &["pcr = functioning", "PCR = functioning"]);
    check("HCM hcm", &["HCM = hill", "hcm = hill"]);
    check("CCM ccm Hill hill", &["CCM = hill", "Hill = hill"]);
    check("CAN can", &["CAN = can"]);
}

#[test]
fn a_replaced_concept_answers_with_its_successor() {
    check("Valley Forum", &["Valley Forum = hill"]);
}

#[test]
fn hostile_queries_are_read_in_time() {
    assert!(found(&"trata de ".repeat(2_000)).len() >= 2_000);
    assert!(found(&"de-".repeat(2_000)).is_empty());
}
