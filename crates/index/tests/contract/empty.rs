//! Generations without documents, without text, and scopes that hold nothing.

use rcp_index::backend::{BackendError, Coverage, EvidenceRequest};
use rcp_index::plan::{Budget, Clause, Filter, Member, Plan, Similarity, Unit};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, both, doc, ids};
use crate::cross_tabs::cross;
use crate::engine::Engine;
use crate::order::{SORTS, sorted};
use crate::plans::{any, body, counting, documents, everything, has, must, not, phrase, select};

cases! {
    an_index_can_be_empty,
    documents_can_be_without_text,
    a_text_can_be_without_words,
    an_unknown_collection_is_empty,
    an_unknown_facet_is_refused_wherever_it_stands,
}

/// Plans of every sort over a clause, with facets and tables.
fn plans(clause: &Clause) -> Vec<Plan> {
    let mut plans = Vec::new();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in SORTS {
            let mut plan = counting(sorted(unit, clause.clone(), sort), &["rcp"]);
            (plan.crosses, plan.filters) = (vec![cross("rcp", "theme")], vec![select("rcp", &["none"])]);
            plans.push(plan);
        }
    }
    plans
}

fn check_nothing<E: Engine>(corpus: &Corpus<E>, scope: &Scope) {
    for plan in plans(&Clause::Everything).into_iter().chain(plans(&has("visa"))) {
        let page = corpus.search_in(scope, &plan);
        assert!(page.hits.is_empty() && page.cross_tabs[0].cells.is_empty() && page.cross_tabs[0].rows.is_empty());
        assert_eq!((page.total, page.total_all_words, page.total_documents), (0, 0, 0));
        let counts = &page.facets["rcp"];
        assert!(counts.values.is_empty() && counts.missing == 0);
    }
    let (asked, leaves) = (ids(&["a", "b"]), [body(&[Member::term("visa")])]);
    let request = EvidenceRequest {
        documents: &asked,
        leaves: &leaves,
        limit: 3,
        similarity: Similarity::default(),
        budget: Budget::default(),
    };
    let evidence = corpus.backend().evidence(scope, &request).unwrap();
    assert!(evidence.len() == 2 && evidence.iter().all(|found| found.passages.is_empty() && found.total == 0));
    assert_eq!(corpus.backend().documents(scope, &asked).unwrap(), [None, None]);
    assert_eq!(corpus.backend().passages(scope, &asked[0]).unwrap(), None);
    assert_eq!(corpus.backend().passages_at(scope, &[(asked[0].clone(), 0)]).unwrap(), [None]);
    assert!(corpus.backend().vocabularies(scope).is_empty());
    assert!(corpus.backend().completions(scope).is_empty());
    assert_eq!(corpus.backend().coverage(scope), Coverage::default());
}

fn an_index_can_be_empty<E: Engine>() {
    let corpus = Corpus::<E>::new([]);
    check_nothing(&corpus, &Scope::public());
    check_nothing(&corpus, &both());
}

fn documents_can_be_without_text<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a"), doc("b").title("visa")]);
    for plan in plans(&Clause::Everything) {
        assert_eq!(corpus.search(&plan).total, if plan.unit == Unit::Documents { 2 } else { 0 });
    }
    for plan in plans(&has("visa")).into_iter().chain(plans(&any([body(&[phrase("visa visa", 5)])]))) {
        assert_eq!(corpus.search(&plan).total, 0);
    }
    let asked = ids(&["b"]);
    let request = EvidenceRequest {
        documents: &asked,
        leaves: &[],
        limit: 3,
        similarity: Similarity::default(),
        budget: Budget::default(),
    };
    let evidence = corpus.backend().evidence(&Scope::public(), &request).unwrap();
    assert_eq!((evidence.len(), evidence[0].passages.len(), evidence[0].total), (1, 0, 0));
    assert_eq!(corpus.backend().passages(&Scope::public(), &asked[0]).unwrap(), Some(Vec::new()));
}

fn a_text_can_be_without_words<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a").text("").text("of the").text("visa"), doc("b").title("").text("…")]);
    corpus.check(&everything(Unit::Passages), "a#0 a#1 a#2 b#0");
    corpus.check(&documents(has("visa")), "a");
}

fn an_unknown_collection_is_empty<E: Engine>() {
    let closed = doc("a").text("visa").collection("closed");
    let corpus = Corpus::<E>::new([closed, doc("c").text("visa").collection("other")]);
    check_nothing(&corpus, &Scope::public());
    check_nothing(&corpus, &Scope::with(["nowhere".to_owned()]));
    let plan = documents(has("visa"));
    let wider = Scope::with(["closed".to_owned(), "nowhere".to_owned()]);
    assert_eq!(corpus.search_in(&wider, &plan), corpus.search_in(&both(), &plan));
    assert_eq!(corpus.search_in(&both(), &plan).total, 1);
}

/// Whatever the scope holds: what is asked for is checked before anything is looked for.
fn an_unknown_facet_is_refused_wherever_it_stands<E: Engine>() {
    let unknown = || select("colour", &["red"]);
    let nested = must([Clause::Nothing, Clause::Boolean(must([Clause::Filter(not(unknown()))]))]);
    let filtered = |filter: Filter| Plan { filters: vec![filter], ..documents(Clause::Nothing) };
    let crossed = |rows, columns| Plan { crosses: vec![cross(rows, columns)], ..documents(Clause::Nothing) };
    let plans = [
        filtered(unknown()),
        filtered(not(not(unknown()))),
        documents(Clause::Boolean(nested)),
        counting(documents(Clause::Nothing), &["rcp", "colour"]),
        crossed("rcp", "colour"),
        crossed("colour", "rcp"),
    ];
    for corpus in [Corpus::<E>::new([]), Corpus::<E>::new([doc("a").text("visa")])] {
        for plan in &plans {
            let answer = corpus.backend().search(&Scope::public(), plan);
            assert!(matches!(answer, Err(BackendError::UnknownFacet(facet)) if facet == "colour"), "{plan:#?}");
        }
        // One that no document has a value of is known.
        assert!(corpus.backend().search(&Scope::public(), &filtered(select("country", &["none"]))).is_ok());
    }
}
