//! Query texts to groups with other names, over a small made-up vocabulary.

use std::sync::Arc;

use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
use rcp_corpus::model::Language;
use rcp_corpus::settings::ExpansionSettings;
use rcp_corpus::taxonomy::names::ConceptNames;
use rcp_corpus::taxonomy::{Scheme, Taxonomy};
use rcp_corpus::vocabulary::{Vocabulary, VocabularyBuilder};
use serde_json::json;

use super::super::*;
use crate::ast;
use crate::compile::group::Tree;

const TEXTS: [(&str, Language); 4] = [
    ("human trafficking and traffickers of humans; migration governance; committed to training", Language::En),
    (
        "Regional Conference on Migration (RCM), the Hill Process, RCPs and regional consultative processes",
        Language::En,
    ),
    ("la trata de personas y de los seres humanos; la CRM; gobernanza; formación", Language::Es),
    ("traite des êtres humains; processus régionaux; France, Allemagne; ce qui est dit; committee", Language::Fr),
];

fn taxonomy() -> Taxonomy {
    let schemes = [
        json!({"id": "theme", "label": {"en": "Theme"}, "facets": ["theme"], "concept": [
            {"id": "trafficking", "label": {"en": "Trafficking"}, "names": [{
                "en": ["human trafficking", "trafficking in human beings"],
                "es": ["trata de personas", "trata de seres humanos", "trata"],
                "fr": ["traite des êtres humains"], "risk": {"es": ["trata"]}}]},
            {"id": "governance", "label": {"en": "Governance"}, "names": [
                {"en": ["migration governance"], "es": ["gobernanza"], "fr": ["gouvernance"]}]},
            {"id": "training", "label": {"en": "Training"}, "names": [
                {"en": ["training"], "es": ["formación"], "risk": {"es": ["formación"]}}]},
            {"id": "functioning", "label": {"en": "Functioning"}, "names": [{
                "en": ["regional consultative process", "regional consultative process on migration", "RCP"],
                "fr": ["processus régional"], "risk": {"en": ["RCP"]}}]},
        ]}),
        json!({"id": "rcp", "label": {"en": "Process"}, "facets": ["rcp", "mentions"], "mentioned_as": "mentions",
            "concept": [
            {"id": "rcm", "label": {"en": "Regional Conference on Migration", "es": "Conferencia Regional"},
             "abbreviation": "RCM", "aliases": ["Hill Process"], "weak_aliases": ["CRM"]},
            {"id": "commit", "label": {"en": "Committee of Humans"}, "abbreviation": "COMMIT", "weak_aliases": ["CE"]},
            {"id": "other", "label": {"en": "Committee of Migration"}, "abbreviation": "RCM"},
        ]}),
        json!({"id": "country", "label": {"en": "Country"}, "facets": ["country"], "mentioned_as": "country", "concept": [
            {"id": "de", "label": {"en": "Germany", "es": "Alemania", "fr": "Allemagne"}},
        ]}),
    ];
    let schemes = schemes.into_iter().map(|scheme| serde_json::from_value::<Scheme>(scheme).unwrap()).collect();
    Taxonomy::new(schemes).unwrap()
}

fn query_with(text: &str, wants: Wants<'_>) -> Query {
    let stop = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let stop_words = [
        (Language::En, stop(&["the", "of", "and", "on", "in", "to"])),
        (Language::Es, stop(&["la", "de", "los", "y"])),
        (Language::Fr, stop(&["des", "ce", "qui", "est"])),
    ];
    let analyzer = &Analyzer::new(&AnalysisSettings { stop_words: stop_words.into(), ..AnalysisSettings::default() });
    let mut builder = VocabularyBuilder::default();
    for (text, language) in TEXTS {
        builder.add_text(&analyzer.analyze(text, language), language);
        builder.end_document();
    }
    let vocabularies = &[Arc::new(Vocabulary::from_bytes(&builder.finish().unwrap()).unwrap())];
    let taxonomy = &taxonomy();
    let facets: &[String] = &["theme", "rcp", "country", "year"].map(str::to_owned);
    let fields: Vec<&str> = facets.iter().map(String::as_str).chain([TITLE_FIELD]).collect();
    let (ast, _) = ast::parse(text, &fields);
    let names = &ConceptNames::new(taxonomy, analyzer);
    let expansion = &ExpansionSettings::default();
    let lexicon = Lexicon { vocabularies, analyzer };
    understand(&ast, &Context { text, lexicon, taxonomy, names, expansion, facets, wants })
}

fn query(text: &str) -> Query {
    query_with(text, Wants { expand: true, expand_exclude: &[], correct: true, ui: Language::Es })
}

/// The expansions of a query: `typed > term^weight`.
fn expansions(query: &Query) -> Vec<String> {
    let shown = query.expansions.iter();
    shown.map(|expansion| format!("{} > {}^{}", expansion.from, expansion.term, expansion.weight)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(expansions(&query(text)), expected, "{text:?}");
}

/// What was added to each group: its typed tokens, then the terms.
#[track_caller]
fn check_groups(text: &str, expected: &[&str]) {
    let query = query(text);
    let groups = query.tree.iter().flat_map(Tree::groups).map(|group| {
        let own = group.members.first().map_or("", |member| member.phrase.slots[0].tokens[0].as_str());
        let terms: Vec<&str> =
            group.expanded.iter().map(|expanded| query.expansions[expanded.expansion].term.as_str()).collect();
        format!("{own}: {}", terms.join(", "))
    });
    assert_eq!(groups.collect::<Vec<String>>(), expected, "{text:?}");
}

#[test]
fn other_languages_come_before_synonyms_and_what_the_scope_lacks_is_left_out() {
    check(
        "trata de personas",
        &[
            "trata de personas > human trafficking^0.6",
            "trata de personas > traite des êtres humains^0.6",
            "trata de personas > trata de seres humanos^0.7",
        ],
    );
    check("migration governance", &["migration governance > gobernanza^0.6"]);
    check("Alemania", &["Alemania > Allemagne^0.6"]);
    check("formation of workers", &[]);
}

#[test]
fn a_name_joins_the_group_of_each_word_it_replaces_and_not_where_a_word_finds_it() {
    check_groups(
        "la trata de personas",
        &[
            "trat: human trafficking, traite des êtres humains",
            "person: human trafficking, traite des êtres humains, trata de seres humanos",
        ],
    );
    check_groups(
        "regional consultative process",
        &["region: RCP", "consult: processus régional, RCP", "process: processus régional, RCP"],
    );
}

#[test]
fn everyday_words_name_a_concept_only_alone() {
    check("training", &["training > formación^0.2"]);
    check("formación", &["formación > training^0.6"]);
    check("formación regional", &[]);
    check("-formación", &[]);
}

#[test]
fn abbreviations() {
    check(
        "Hill Process",
        &["Hill Process > Regional Conference on Migration^0.6", "Hill Process > RCM^0.4", "Hill Process > CRM^0.4"],
    );
    check("CRM", &["CRM > Regional Conference on Migration^0.6", "CRM > Hill Process^0.6", "CRM > RCM^0.4"]);
    check("crm", &[]);
    check("RCPs", &["RCPs > processus régional^0.6", "RCPs > regional consultative process^0.7"]);
    // An abbreviation of two processes finds both, at less weight.
    check(
        "rcm",
        &[
            "rcm > Regional Conference on Migration^0.3",
            "rcm > Committee of Migration^0.3",
            "rcm > Hill Process^0.3",
            "rcm > CRM^0.2",
        ],
    );
    // A word of the texts is no abbreviation, neither typed nor looked for; nor is a stop word.
    check("commit", &[]);
    check("Committee of Humans", &[]);
}

#[test]
fn what_is_not_wanted_is_not_expanded() {
    let off = Wants { expand: false, expand_exclude: &[], correct: true, ui: Language::En };
    assert_eq!(expansions(&query_with("trata de personas", off)), [""; 0]);
    let excluded = ["HUMAN  trafficking".to_owned(), "traite des etres humains".to_owned()];
    let some = Wants { expand: true, expand_exclude: &excluded, ..off };
    assert_eq!(expansions(&query_with("trata de personas", some)), ["trata de personas > trata de seres humanos^0.7"]);
    for text in ["\"trata de personas\"", "-(trata de personas)", "gobernanza* Alemani~", "rcp:rcm"] {
        check(text, &[]);
    }
    check("title:Alemania", &["Alemania > Allemagne^0.6"]);
    check("x OR (y Alemania)", &["Alemania > Allemagne^0.6"]);
}

#[test]
fn a_name_inside_a_longer_one_yields() {
    let query = query("Regional Conference on Migration governance");
    let spans: Vec<_> = query.expansions.iter().map(|expansion| expansion.span.clone()).collect();
    assert_eq!(spans, [0..32, 23..43, 0..32, 0..32]);
}

#[test]
fn a_query_without_some_expansions() {
    let query = query("trata de personas");
    let terms =
        |query: &Query| -> usize { query.tree.iter().flat_map(Tree::groups).map(|group| group.expanded.len()).sum() };
    assert_eq!([terms(&query), terms(&query.without(|one| one == 0)), terms(&query.without(|_| true))], [5, 3, 0]);
}

#[test]
fn filters_are_suggested() {
    let suggested = |text: &str| -> Vec<String> {
        let filters = query(text).suggested_filters;
        filters.iter().map(|f| format!("{} = {}:{} ({})", f.from, f.facet, f.value, f.label)).collect()
    };
    assert_eq!(suggested("«CRM, 2009 y Germany»"), [""; 0]);
    assert_eq!(
        suggested("¿CRM, 2009 y Germany"),
        ["CRM = rcp:rcm (Conferencia Regional)", "2009 = year:2009 (2009)", "Germany = country:de (Alemania)"]
    );
    assert_eq!(
        suggested("trafficking -Germany 2009-2013 12345 rcp:rcm"),
        ["trafficking = theme:trafficking (Trafficking)"]
    );
    assert_eq!(suggested("1990 1991 1992 1993 1994 1995").len(), 5);
    assert_eq!(query("  ¿CRM?").suggested_filters[0].span, 4..7);
}
