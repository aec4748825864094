//! Query texts to clauses, with a small made-up vocabulary.

use std::sync::Arc;

use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
use rcp_corpus::model::Language;
use rcp_corpus::settings::{ExpansionSettings, FieldBoosts};
use rcp_corpus::taxonomy::names::ConceptNames;
use rcp_corpus::taxonomy::{Scheme, Taxonomy};
use rcp_corpus::vocabulary::{Vocabulary, VocabularyBuilder};
use rcp_index::plan::{Boolean, Clause, Filter, Form, Leaf, Member, Text, Unit, Words};
use serde_json::json;

use super::*;
use crate::ast;
use crate::request::MatchMode;

const BOOSTS: FieldBoosts = FieldBoosts { body: 1.0, title: 1.5, headings: 0.6, facts: 0.0 };

const TEXTS: [(&str, Language); 6] = [
    ("the cross-fertilization of ideas and the private sector", Language::En),
    ("migration migrations migrant labour workers", Language::En),
    ("co-operation of workers, cooperation, online", Language::En),
    ("migración hacia el sur", Language::Es),
    ("réfugié sur la route", Language::Fr),
    ("5+5 visas visit; WHO and us", Language::En),
];

struct World {
    analyzer: Analyzer,
    vocabularies: Vec<Arc<Vocabulary>>,
    taxonomy: Taxonomy,
    facets: Vec<String>,
}

fn world() -> World {
    let stop = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let stop_words = [
        (Language::En, stop(&["the", "of", "and", "who", "us"])),
        (Language::Es, stop(&["el"])),
        (Language::Fr, stop(&["sur", "la"])),
    ];
    let analyzer = Analyzer::new(&AnalysisSettings { stop_words: stop_words.into(), ..AnalysisSettings::default() });
    let mut builder = VocabularyBuilder::default();
    for (text, language) in TEXTS {
        builder.add_text(&analyzer.analyze(text, language), language);
        builder.end_document();
    }
    let schemes = [
        json!({"id": "rcp", "label": {"en": "Process"}, "facets": ["rcp"], "concept": [
            {"id": "rcm", "label": {"en": "Regional Conference on Migration", "es": "Conferencia Regional"},
             "abbreviation": "RCM", "aliases": ["Puebla Process"]},
            {"id": "sacm", "label": {"en": "South American Conference"}},
        ]}),
        json!({"id": "country", "label": {"en": "Country"}, "facets": ["country"], "concept": [
            {"id": "sv", "label": {"en": "El Salvador"}},
        ]}),
    ];
    let schemes = schemes.into_iter().map(|scheme| serde_json::from_value::<Scheme>(scheme).unwrap()).collect();
    let taxonomy = Taxonomy::new(schemes).unwrap();
    let facets = taxonomy.facets().into_iter().map(|facet| facet.name).collect();
    let vocabulary = Vocabulary::from_bytes(&builder.finish().unwrap()).unwrap();
    World { analyzer, vocabularies: vec![Arc::new(vocabulary)], taxonomy, facets }
}

/// A query text with its words as they are typed.
fn query(text: &str) -> Query {
    query_as(text, false)
}

fn query_as(text: &str, correct: bool) -> Query {
    let World { analyzer, vocabularies, taxonomy, facets } = &world();
    let fields: Vec<&str> = facets.iter().map(String::as_str).chain([TITLE_FIELD]).collect();
    let (ast, _) = ast::parse(text, &fields);
    let wants = Wants { expand: true, expand_exclude: &[], correct, ui: Language::En };
    let names = &ConceptNames::new(taxonomy, analyzer);
    let lexicon = Lexicon { vocabularies, analyzer };
    understand(
        &ast,
        &Context { text, lexicon, taxonomy, names, expansion: &ExpansionSettings::default(), facets, wants },
    )
}

fn clause_of(text: &str, unit: Unit, match_mode: MatchMode) -> Clause {
    query(text).clause(Boosts { unit, fields: BOOSTS }, match_mode, 0)
}

/// A clause in one line. A union is `[minimum: group group]`, a group its words' bits, a colon and its members with
/// `/` between; the leaves of a group over other texts are left out. `=` marks words as written, `*2` a boost.
fn print(clause: &Clause) -> String {
    match clause {
        Clause::Everything => "everything".to_owned(),
        Clause::Nothing => "nothing".to_owned(),
        Clause::Filter(filter) => print_filter(filter),
        Clause::Words(Words { leaves, minimum }) => {
            let shown = leaves.iter().filter(|leaf| shows_group(leaf, leaves));
            format!("[{minimum}:{}]", shown.map(|leaf| format!(" {}", print_leaf(leaf))).collect::<String>())
        }
        Clause::Boolean(Boolean { must, should, must_not, minimum_should_match }) => {
            let list = |name: &str, clauses: &[Clause]| {
                let clauses: Vec<String> = clauses.iter().map(print).collect();
                if clauses.is_empty() { String::new() } else { format!(" {name} {}", clauses.join(" ")) }
            };
            let some = format!("{minimum_should_match} of");
            format!("({})", (list("all", must) + &list(&some, should) + &list("none", must_not)).trim())
        }
    }
}

/// One leaf stands for its group: that over the body, or the only one.
fn shows_group(leaf: &Leaf, leaves: &[Leaf]) -> bool {
    let of_body = |other: &Leaf| other.field.text == Text::Body && other.members == leaf.members;
    leaf.field.text == Text::Body || !leaves.iter().any(of_body)
}

fn print_leaf(leaf: &Leaf) -> String {
    let form = if leaf.field.form == Form::Exact { "=" } else { "" };
    let text = if leaf.field.text == Text::Body { String::new() } else { format!("{:?}.", leaf.field.text) };
    let members: Vec<String> = leaf.members.iter().map(print_member).collect();
    let boost =
        if leaf.field.text == Text::Body && leaf.boost > 1.0 { format!("*{}", leaf.boost) } else { String::new() };
    format!("{:b}:{text}{form}{}{boost}", leaf.words, members.join("/"))
}

fn print_member(member: &Member) -> String {
    let slots = member.phrase.slots.iter().map(|slot| match slot.offset {
        0 => slot.tokens.join("|"),
        offset => format!("+{offset}{}", slot.tokens.join("|")),
    });
    let slop = if member.phrase.slop > 0 { format!("~{}", member.phrase.slop) } else { String::new() };
    let weight = if member.weight < 1.0 { format!("^{}", member.weight) } else { String::new() };
    slots.collect::<String>() + &slop + &weight
}

fn print_filter(filter: &Filter) -> String {
    match filter {
        Filter::Facet(facet) => {
            let none = if facet.or_missing { "none" } else { "" };
            format!("{{{}={}{none}}}", facet.facet, facet.values.join(","))
        }
        Filter::Years { from, to } => {
            let year = |year: &Option<i16>| year.map_or(String::new(), |year| year.to_string());
            format!("{{{}..{}}}", year(from), year(to))
        }
        other => format!("{{{other:?}}}"),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    check_as(text, MatchMode::Most, expected);
}

#[track_caller]
fn check_as(text: &str, match_mode: MatchMode, expected: &str) {
    assert_eq!(print(&clause_of(text, Unit::Documents, match_mode)), expected, "{text}");
}

#[test]
fn words_become_the_stems_that_the_texts_have() {
    check("migration", "[1: 1:migrat]");
    check("MIGRATIONS workers", "[2: 1:migrat 10:worker]");
    check("migracion", "[1: 1:migracion]");
    check("réfugié", "[1: 1:refugi]");
    check("refugie", "[1: 1:refugi]");
    check("5+5", "[1: 1:5+5]");
    check("", "everything");
    check("...", "everything");
}

#[test]
fn words_that_no_text_has_are_stemmed_in_every_language() {
    check("refugees", "[1: 1:refug/refuge]");
    check("communications", "[1: 1:commun/communic/communications]");
}

#[test]
fn compounds_mean_the_same_however_they_are_written() {
    check("crossfertilization", "[1: 1:crossfertil/crossfertiliz/crossfertilization/cross+1fertil]");
    check("cross-fertilization", "[1: 1:crossfertil/crossfertiliz/crossfertilization/cross+1fertil]");
    check("cooperation co-operation co operation", "[1: 1:cooper/co+1oper*3]");
    check("on line", "[1: 1:onlin/on+1lin|line]");
    check("cross the fertilization", "[2: 1:cross 10:fertil]");
}

#[test]
fn words_typed_apart_are_one_only_where_the_texts_say_so() {
    // Hyphenated in a text: two words, which are found where they stand apart too.
    check("cross fertilization", "[2: 1:cross 10:fertil]");
    check("inter labour", "[2: 1:inter 10:labor]");
    // Written as one word as often as either part, or behind a prefix.
    check("co operation", "[1: 1:cooper/co+1oper]");
    // Written as one by chance, more seldom than either: found by each of the words.
    let texts = ["human rights", "rights and human dignity", "humanrights", "interstate", "state", "a state"];
    let vocabulary = |texts: &[&str]| {
        let mut builder = VocabularyBuilder::default();
        for text in texts {
            builder.add_text(&world().analyzer.analyze(text, Language::En), Language::En);
            builder.end_document();
        }
        vec![Arc::new(Vocabulary::from_bytes(&builder.finish().unwrap()).unwrap())]
    };
    let World { analyzer, .. } = world();
    let vocabularies = vocabulary(&texts);
    let lexicon = Lexicon { vocabularies: &vocabularies, analyzer: &analyzer };
    let meant = |typed: &str| {
        let terms = lexicon.terms(typed);
        let terms: Vec<&super::term::Term> = terms.iter().collect();
        let joined = lexicon.joined_with_neighbours(&terms, 0);
        (lexicon.meaning(&terms).covers, joined.iter().map(print_member).collect::<Vec<_>>())
    };
    assert_eq!(meant("human rights"), (1, vec!["humanright".to_owned()]));
    assert_eq!(meant("rights human"), (1, Vec::new()));
    assert_eq!(meant("inter state"), (2, vec!["interst".to_owned()]));
}

/// One word or several: what is asked for must not depend on it, under no mode and beside any number of words.
#[test]
fn compounds_ask_for_as_much_however_they_are_written() {
    let beside = ["migration", "labour", "workers", "visas", "visit", "private"];
    for mode in [MatchMode::Any, MatchMode::Most, MatchMode::All] {
        for count in 0..=beside.len() {
            for before in 0..=count {
                let query = |compound: &str| {
                    let words: Vec<&str> = beside[..before]
                        .iter()
                        .copied()
                        .chain([compound])
                        .chain(beside[before..count].iter().copied())
                        .collect();
                    clause_of(&words.join(" "), Unit::Documents, mode)
                };
                let spellings = ["cooperation", "co-operation", "co operation", "Co\u{2011}Operation"].map(query);
                assert!(spellings.iter().all(|clause| *clause == spellings[0]), "{mode:?} {count} {before}");
                let quoted = ["\"cooperation\"", "\"co-operation\"", "\"co operation\""].map(query);
                assert!(
                    quoted.iter().all(|clause| members(clause) == members(&quoted[0])),
                    "{mode:?} {count} {before}"
                );
            }
        }
    }
}

/// The members of every leaf, whatever their order.
fn members(clause: &Clause) -> Vec<Vec<String>> {
    match clause {
        Clause::Words(words) => words
            .leaves
            .iter()
            .map(|leaf| {
                let mut members: Vec<String> = leaf.members.iter().map(print_member).collect();
                members.sort();
                members
            })
            .collect(),
        Clause::Boolean(boolean) => boolean.must.iter().chain(&boolean.should).flat_map(members).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn how_often_a_word_is_typed_is_a_boost() {
    check("migration labour Migration", "[2: 1:migrat*2 10:labor]");
    check("migration AND migration", "(all [1: 1:migrat] [1: 10:migrat])");
}

#[test]
fn stop_words_beside_others_are_left_out() {
    check("the migration of workers", "[2: 1:migrat 10:worker]");
    check("the \"private sector\"", "[0: 1:=private+1sector]");
    check("the OR migration", "[1: 1:migrat]");
    check("rcp:rcm the", "{rcp=rcm}");
}

#[test]
fn stop_words_alone_are_searched_as_written() {
    check("WHO", "[1: 1:=who]");
    check("the who", "[2: 1:=the 10:=who]");
    check("title:the", "[1: 1:Title.=the]");
}

#[test]
fn a_stop_word_of_one_language_scores_where_another_uses_it() {
    check("migracion sur", "[1: 1:migracion 0:sur]");
    check("sur", "[1: 1:sur]");
}

#[test]
fn quoted_words_are_searched_as_written() {
    check("\"the private sector\"", "[0: 1:=the+1private+2sector]");
    check("\"private sector\"~3", "[0: 1:=private+1sector~3]");
    check("\"Migrations\"", "[0: 1:=migrations]");
    check("\"of co-operation\"", "[0: 1:=of+1co+2operation/of+1cooperation]");
    check("\"cooperation\"", "[0: 1:=cooperation/co+1operation]");
    check("migration \"private sector\"", "(all [1: 1:migrat] [0: 10:=private+1sector])");
}

#[test]
fn title_is_one_field() {
    check("title:migration", "[1: 1:Title.migrat]");
    check("title:(migration workers) labour", "(all [1: 1:labor] [2: 10:Title.migrat 100:Title.worker])");
    check("title:\"private sector\"", "[0: 1:Title.=private+1sector]");
}

#[test]
fn facet_fields_are_filters() {
    check("rcp:rcm", "{rcp=rcm}");
    check("rcp:\"puebla process\"", "{rcp=rcm}");
    check("rcp:Conferencia-Regional", "{rcp=rcm}");
    check("country:(El Salvador)", "{country=sv}");
    check("rcp:(rcm OR sacm) migration", "(all [1: 1:migrat] (1 of {rcp=rcm} {rcp=sacm}))");
    check("-rcp:rcm", "(none {rcp=rcm})");
    check("country:none", "{country=none}");
    check("lang:español", "{lang=es}");
    check("event:GRCP-4", "{event=grcp-4}");
}

#[test]
fn unknown_values_are_a_warning_and_searched_as_words() {
    check("rcp:workers", "[1: 1:worker]");
    let warnings = query("rcp:workers country:(sv migration)").warnings;
    let codes: Vec<_> = warnings.iter().map(|warning| (warning.code, warning.span.clone())).collect();
    assert_eq!(codes, [("unknown_value", 4..11), ("unknown_value", 24..33)]);
}

#[test]
fn years_are_a_range() {
    check("year:2009", "{2009..2009}");
    check("year:2009..2013 migration", "(all [1: 1:migrat] {2009..2013})");
    check("year:2009..", "{2009..}");
    check("-year:..2013", "(none {..2013})");
    check("year:none", "{year=none}");
}

#[test]
fn operators_are_boolean_logic() {
    check("migration OR labour", "(1 of [1: 1:migrat] [1: 10:labor])");
    check("migration AND labour", "(all [1: 1:migrat] [1: 10:labor])");
    check("migration labour OR workers", "(1 of [2: 1:migrat 10:labor] [1: 100:worker])");
    check("migration -labour", "(all [1: 1:migrat] none [1: 10:labor])");
    check("-labour", "(none [1: 1:labor])");
    check("-labour -migration", "(none [1: 1:labor] [1: 1:migrat])");
    check("migration OR -labour", "(1 of [1: 1:migrat] (none [1: 10:labor]))");
    check("-labour OR -migration", "(1 of (none [1: 1:labor]) (none [1: 1:migrat]))");
    check("migration AND NOT labour", "(all [1: 1:migrat] none [1: 10:labor])");
}

#[test]
fn what_is_negated_must_match_whole_whatever_the_mode() {
    for mode in [MatchMode::Any, MatchMode::Most] {
        let clause = clause_of("x -(migration labour workers)", Unit::Documents, mode);
        assert_eq!(
            print(&clause),
            "(all [1: 1:x] none [3: 10:migrat 100:labor 1000:worker])".replace(
                "(all [1: 1:x] none",
                if mode == MatchMode::Any { "(1 of [1: 1:x] none" } else { "(all [1: 1:x] none" }
            )
        );
    }
    check("x -the", "(all [1: 1:x] none [1: 10:=the])");
}

/// Misspelt words as their readings, and what is said of them.
#[track_caller]
fn check_corrected(text: &str, expected: &str, corrections: &str) {
    let query = query_as(text, true);
    let clause = query.clause(Boosts { unit: Unit::Documents, fields: BOOSTS }, MatchMode::Most, 0);
    assert_eq!(print(&clause), expected, "{text}");
    let said = query.corrections.iter().map(|it| format!("{}@{}>{}", it.from, it.span.start, it.to.join("|")));
    assert_eq!(said.collect::<Vec<_>>().join(" "), corrections, "{text}");
}

#[test]
fn misspelt_words_are_the_nearest_ones() {
    check_corrected("labuor", "[1: 1:labor^0.8]", "labuor@0>labour");
    check_corrected("the Labuor of wrokers", "[2: 1:labor^0.8 10:worker^0.8]", "Labuor@4>labour wrokers@14>workers");
    check_corrected("labuor LABUOR labour", "[2: 1:labor^0.8*2 100:labor]", "labuor@0>labour LABUOR@7>labour");
    // One error is nearer than two; what begins in another way is less likely.
    check_corrected("migratoin", "[1: 1:migrat^0.8]", "migratoin@0>migration");
    check_corrected("mmigratoin", "[1: 1:migrat^0.6]", "mmigratoin@0>migration");
    check_corrected("title:wrokers", "[1: 1:Title.worker^0.8]", "wrokers@6>workers");
    check_corrected("cooperaton", "[1: 1:cooper^0.8/co+1oper^0.8]", "cooperaton@0>cooperation");
    check_corrected("co-operaton", "[1: 1:cooper/co+1oper]", "operaton@3>operation");
    check_corrected("privatesector", "[2: 1:privat 10:sector]", "privatesector@0>private sector");
    check_corrected("(labuor, sector)", "[2: 1:labor^0.8 10:sector]", "labuor@1>labour");
}

#[test]
fn other_words_are_let_be() {
    check_corrected("lab", "[1: 1:lab]", "");
    check_corrected("labor2", "[1: 1:labor2]", "");
    check_corrected("pri vate", "[1: 1:privat/pri+1vat|vate]", "");
    // Other forms of what the texts have, and words in names of concepts.
    check_corrected("visits", "[1: 1:visit]", "");
    check_corrected("puebla", "[1: 1:puebl/puebla]", "");
    check_corrected("labour -sectr", "(all [1: 1:labor] none [1: 10:sectr])", "");
    check_corrected("xyzxyzxyz", "[1: 1:xyzxyzxyz]", "");
}

#[test]
fn prefixes_and_errors_are_the_words_of_the_corpus() {
    check("migra*", "[1: 1:=migracion/migrant/migration/migrations]");
    check("vis*", "[1: 1:=visas/visit]");
    check("zzz*", "[1:]");
    check("migratoin~", "[1: 1:=migration^0.5]");
    check("migration~2", "[1: 1:=migration/migracion^0.5/migrations^0.5]");
    check("migratoins~2", "[1: 1:=migration^0.25/migrations^0.5]");
    check("the migra*", "[1: 1:=migracion/migrant/migration/migrations]");
}

#[test]
fn a_prefix_behind_a_hyphen_keeps_what_stands_before() {
    check("co-operat*", "[1: 1:=cooperation/co+1operation]");
    check("cross-fertil*", "[1: 1:=cross+1fertilization]");
    check("co-operaton~", "[1: 1:=cooperation^0.5/co+1operation^0.5]");
    check("private-migr*", "[1: 1:=private+1migracion|migrant|migration|migrations]");
}

#[test]
fn how_many_words_are_required() {
    for (text, most, all) in [
        ("migration", 1, 1),
        ("migration labour", 2, 2),
        ("migration labour workers", 2, 3),
        ("migration labour workers visas", 2, 4),
        ("migration labour workers visas visit", 1, 5),
        ("the migration of the labour", 2, 2),
        ("cross-fertilization migration labour", 2, 3),
        ("co operation migration", 2, 2),
        ("cross fertilization migration", 2, 3),
    ] {
        let minimum = |mode| match clause_of(text, Unit::Documents, mode) {
            Clause::Words(words) => words.minimum,
            other => panic!("{other:?}"),
        };
        assert_eq!([MatchMode::Most, MatchMode::All, MatchMode::Any].map(minimum), [most, all, 1], "{text}");
    }
    check_as("migration \"private sector\"", MatchMode::Any, "(1 of [1: 1:migrat] [0: 10:=private+1sector])");
    check_as("migration -labour", MatchMode::Any, "(1 of [1: 1:migrat] none [1: 10:labor])");
    check_as("-labour", MatchMode::Any, "(none [1: 1:labor])");
}

#[test]
fn what_can_be_relaxed() {
    let required = |text: &str, relax| query(text).required(MatchMode::Most, relax);
    assert_eq!(required("migration labour", 0), (2, 2));
    assert_eq!(required("migration labour", 1), (2, 1));
    assert_eq!(required("migration", 0), (1, 1));
    assert_eq!(required("\"private sector\" -(migration labour)", 0), (0, 0));
    assert_eq!(required("migration OR labour workers visas", 0), (3, 2));
    // Of five words one is enough, so the two words are what can be relaxed.
    let mixed = "(migration labour workers visas visit) AND (sector ideas)";
    assert_eq!([required(mixed, 0), required(mixed, 1)], [(2, 2), (2, 1)]);
}

/// Every text with a boost; in passages the own text alone makes a hit, and quotes and negations read nothing else.
#[test]
fn a_group_is_spread_over_the_texts_of_a_unit() {
    let spread = |text: &str, unit| match clause_of(text, unit, MatchMode::Most) {
        Clause::Words(words) => words.leaves,
        Clause::Boolean(mut boolean) => match boolean.must_not.pop() {
            Some(Clause::Words(words)) => words.leaves,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let texts = |text: &str, unit| -> Vec<(Text, bool, f32)> {
        spread(text, unit).iter().map(|leaf| (leaf.field.text, leaf.anchor, leaf.boost)).collect()
    };
    let (body, title, headings) = (Text::Body, Text::Title, Text::Headings);
    assert_eq!(texts("labour labour", Unit::Documents), [(body, true, 2.0), (title, true, 3.0), (headings, true, 1.2)]);
    assert_eq!(texts("labour", Unit::Passages), [(body, true, 1.0), (title, false, 1.5), (headings, false, 0.6)]);
    assert_eq!(texts("\"labour\"", Unit::Passages), [(body, true, 1.0)]);
    assert_eq!(texts("\"labour\"", Unit::Documents).len(), 3);
    assert_eq!(texts("title:labour", Unit::Passages), [(title, true, 1.5)]);
    assert_eq!(texts("x -labour", Unit::Passages), [(body, true, 1.0)]);
    assert_eq!(texts("x -labour", Unit::Documents).len(), 3);
    assert_eq!(texts("x -title:labour", Unit::Passages), [(title, true, 1.5)]);
}

#[test]
fn evidence_is_what_scores_in_passages() {
    let leaves = |text: &str| query(text).evidence_leaves(BOOSTS);
    assert_eq!(leaves("labour").len(), 3);
    assert_eq!(leaves("labour -workers").len(), 3);
    assert_eq!(leaves("title:labor rcp:rcm year:2009").len(), 0);
    assert_eq!(leaves("\"labour\" OR workers").len(), 1 + 3);
}

#[test]
fn a_query_never_panics_and_uses_no_bit_twice() {
    let typed = "migration-labour ".repeat(64) + &"((-x* OR \"y\"~2 AND title:z~ rcp:q ".repeat(30);
    let query = query(&typed);
    assert!(query.words().count_ones() >= 2);
}
