//! Texts that nobody would type, and all that can be typed: parsed, understood, planned and searched.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use rcp_index::plan::{Clause, Leaf, Plan};

use super::*;

/// Most members of the leaves of a plan: the forms of all prefixes in four fields, and a little for every word.
const MAX_MEMBERS: usize = 4 * (4_096 + 64 * 64);

/// One index for every case.
static INDEX: LazyLock<Index> = LazyLock::new(index);

fn leaves(clause: &Clause) -> Vec<&Leaf> {
    match clause {
        Clause::Words(words) => words.leaves.iter().collect(),
        Clause::Boolean(boolean) => {
            [&boolean.must, &boolean.should, &boolean.must_not].into_iter().flatten().flat_map(leaves).collect()
        }
        Clause::Everything | Clause::Nothing | Clause::Filter(_) => Vec::new(),
    }
}

#[track_caller]
fn assert_bounded(plan: &Plan) {
    let leaves = leaves(&plan.clause);
    assert!(leaves.len() <= 4 * 64 * 2, "{} leaves", leaves.len());
    let members = leaves.iter().flat_map(|leaf| leaf.members.iter());
    let tokens = members.flat_map(|member| &member.phrase.slots).map(|slot| slot.tokens.len()).sum::<usize>();
    assert!(tokens <= MAX_MEMBERS, "{tokens} tokens");
}

/// The request is answered, and what the answer says of itself is right.
#[track_caller]
fn assert_answered(request: &SearchRequest) -> SearchResponse {
    let (searcher, scope, text) = (&INDEX.searcher, Scope::public(), &request.query);
    assert_bounded(&searcher.snapshot().plan(&scope, request).unwrap());
    let response = searcher.search(&scope, request).unwrap();
    assert!(response.total_all_words <= response.total && response.total_documents <= response.total, "{text:?}");
    let understood = &response.interpretation;
    let spans = understood.warnings.iter().map(|warning| &warning.span);
    let spans = spans.chain(understood.corrections.iter().map(|correction| &correction.span));
    for span in spans.chain(understood.expansions.iter().map(|expansion| &expansion.span)) {
        assert!(text.get(span.clone()).is_some(), "{text:?}: {span:?}");
    }
    response
}

fn request() -> impl Strategy<Value = SearchRequest> {
    let modes = proptest::sample::select(vec![MatchMode::Most, MatchMode::All, MatchMode::Any]);
    let units = proptest::sample::select(vec![Unit::Documents, Unit::Passages]);
    (modes, units).prop_map(|(match_mode, unit)| SearchRequest {
        match_mode,
        passages: 10,
        ..SearchRequest::new(unit, "")
    })
}

/// Every passage that shows why a document matches can be had by a search of its own.
#[track_caller]
fn assert_passages_reachable(text: &str) {
    let response = assert_answered(&documents(text));
    let Hits::Documents(hits) = &response.hits else { panic!("documents were asked for") };
    for hit in hits {
        let request = SearchRequest {
            match_mode: MatchMode::Any,
            documents: vec![hit.document.id.clone()],
            ..SearchRequest::new(Unit::Passages, &response.evidence_query)
        };
        let found = if response.evidence_query.is_empty() { 0 } else { assert_answered(&request).total };
        assert_eq!(found, hit.passages_total, "{:?} of {}, for {text:?}", response.evidence_query, hit.document.id);
    }
}

/// A word of the corpus, or nearly one, in some dress.
fn term() -> impl Strategy<Value = String> {
    let words = [
        "private",
        "sector",
        "visas",
        "labour",
        "borders",
        "migracion",
        "migración",
        "refugie\u{301}s",
        "coast",
        "health",
        "5+5",
        "cross-fertilization",
        "cross fertilization",
        "crossfertilization",
        "sovereignity",
        "nothing",
    ];
    let dress = |word: &str, kind| match kind {
        0 => format!("{}*", word.chars().take(3).collect::<String>()),
        1 => format!("{word}~2"),
        2 => format!("\"{word} sector\"~50"),
        3 => format!("\"{word}\""),
        4 => format!("-{word}"),
        5 => format!("title:{word}"),
        6 => format!("rcp:{word}"),
        _ => word.to_owned(),
    };
    (proptest::sample::select(words.to_vec()), 0..12).prop_map(move |(word, kind)| dress(word, kind))
}

/// Queries with the operators in their places.
fn grammatical() -> impl Strategy<Value = String> {
    term().prop_recursive(4, 24, 4, |inner| {
        let joint = proptest::sample::select(vec![" ", " AND ", " OR ", " -"]);
        (vec(inner, 1..4), joint, any::<bool>()).prop_map(|(parts, joint, grouped)| {
            let joined = parts.join(joint);
            if grouped { format!("({joined})") } else { joined }
        })
    })
}

/// Pieces of the language in no order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        " ",
        " ",
        "(",
        ")",
        "((",
        "))",
        "\"",
        "«",
        "»",
        "-",
        "~",
        "~2",
        "~50",
        "*",
        ":",
        "..",
        "AND",
        " OR ",
        "NOT ",
        "title:",
        "rcp:",
        "year:",
        "year:2009..",
        "lang:",
        "event:",
        "theme:",
        "none",
        "rcm",
        "visas",
        "mig",
        "a",
        "移民",
        "الهجرة",
        "\u{301}",
        "\u{200D}",
        "\u{FEFF}",
        "\u{0}",
        "²",
        "the",
        "who",
        "5+5",
        "l’",
        "l'État",
    ];
    vec(proptest::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn queries_are_answered(query in prop_oneof![grammatical(), soup(), any::<String>()], request in request()) {
        assert_answered(&SearchRequest { query, ..request });
    }

    #[test]
    fn every_passage_that_matches_can_be_reached(text in grammatical()) {
        assert_passages_reachable(&text);
    }
}

#[test]
fn the_largest_queries_are_answered() {
    let long = "x".repeat(2_000);
    let repeated = |piece: &str| piece.repeat(16_000 / piece.len());
    let texts = [
        repeated("co* "),
        repeated("visas~2 "),
        repeated("co-op* "),
        repeated("\"private sector\"~50 "),
        repeated("(a OR -"),
        repeated("title:(rcp:rcm "),
        repeated("private-sector-"),
        repeated("NOT "),
        repeated("year:2009 "),
        repeated("e\u{301}"),
        format!("{long}~2 {long}* \"{long}\"~50"),
        repeated("移"),
    ];
    for text in texts {
        for unit in [Unit::Documents, Unit::Passages] {
            assert_answered(&SearchRequest::new(unit, &text));
        }
    }
}

#[test]
fn warnings_point_into_the_text_as_typed() {
    let text = "e\u{301}tat e\u{301}tat rcp:rcn";
    let warning = &assert_answered(&documents(text)).interpretation.warnings[0];
    assert_eq!((warning.code, &text[warning.span.clone()]), ("unknown_value", "rcn"));
}

#[test]
fn a_search_can_be_kept_to_some_documents() {
    let within = |unit, query: &str, only: &[&str]| {
        let documents = only.iter().map(|id| DocumentId::new(id).unwrap()).collect();
        sorted(ids(&assert_answered(&SearchRequest { documents, ..SearchRequest::new(unit, query) })))
    };
    assert_eq!(within(Unit::Documents, "visas", &["labour", "coast"]), "labour");
    assert_eq!(within(Unit::Documents, "", &["labour", "coast"]), "coast labour");
    assert_eq!(within(Unit::Passages, "visas", &["labour"]), "labour#n0 labour#n1");
    assert_eq!(within(Unit::Passages, "visas", &["unknown"]), "");
}

/// A document matches as a whole: its words may stand in different passages.
#[test]
fn the_passages_of_a_document_are_reached_whatever_its_query_joins() {
    assert_passages_reachable("private AND sovereignty -visas rcp:rcm");
    assert_passages_reachable("title:health coast");
    assert_passages_reachable("rcp:rcm");
    let response = assert_answered(&documents("private AND sovereignty -visas rcp:rcm"));
    assert_eq!(response.evidence_query, "private OR sovereignty");
}
