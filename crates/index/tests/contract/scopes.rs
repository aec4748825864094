//! Several collections: what they share in a scope, and what never crosses from one to the other.

use rcp_index::backend::{EvidenceRequest, Page};
use rcp_index::plan::{Budget, Member, Plan, Similarity, Sort, Unit};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, Doc, both, doc, ids, names};
use crate::cross_tabs::cross;
use crate::engine::Engine;
use crate::plans::{any, body, counting, documents, has, phrase, plan, select};

cases! {
    a_restricted_collection_changes_nothing_for_the_public_bit_for_bit,
    statistics_are_summed_over_the_scope,
    three_collections_are_one_answer,
}

fn public() -> Vec<Doc> {
    vec![
        doc("a").title("coast").text("visa labour visa").facet("rcp", &["puebla"]),
        doc("c").title("border").text("labour").text("visa").facet("rcp", &["sacm"]),
        doc("e").text("coast of labour"),
    ]
}

fn restricted(collection: &str) -> Vec<Doc> {
    vec![
        doc("b").title("coast").text("visa visa visa").facet("rcp", &["migas"]).collection(collection),
        doc("d").text("visa").text("labour").collection(collection),
    ]
}

fn plans() -> Vec<Plan> {
    let leaves = [body(&[Member::term("visa")]), body(&[phrase("visa labour", 2)]), body(&[Member::term("labour")])];
    let mut plans = Vec::new();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in [Sort::Relevance, Sort::Title, Sort::Corpus] {
            let mut plan = counting(plan(unit, any(leaves.clone())), &["rcp"]);
            (plan.sort, plan.crosses) = (sort, vec![cross("rcp", "rcp")]);
            plan.filters = vec![select("rcp", &["puebla", "sacm", "none"])];
            plans.push(plan);
        }
    }
    plans
}

/// [`crate::isolation`] says more of it, on random corpora.
fn a_restricted_collection_changes_nothing_for_the_public_bit_for_bit<E: Engine>() {
    let alone = Corpus::<E>::new(public());
    let beside = Corpus::<E>::new(public().into_iter().chain(restricted("closed")));
    for plan in plans() {
        let (left, right) = (alone.search(&plan), beside.search(&plan));
        assert_eq!(left, right);
        let bits = |page: &Page| page.hits.iter().map(|hit| hit.score.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&left), bits(&right));
        assert_ne!(left.total, beside.search_in(&both(), &Plan { filters: Vec::new(), ..plan }).total);
    }
}

/// Two collections in scope answer as one collection of all their documents.
fn statistics_are_summed_over_the_scope<E: Engine>() {
    let apart = Corpus::<E>::new(public().into_iter().chain(restricted("closed")));
    let together = Corpus::<E>::new(public().into_iter().chain(restricted("public")));
    for plan in plans() {
        assert_eq!(apart.search_in(&both(), &plan), together.search(&plan), "{plan:#?}");
    }
    let (asked, leaves) = (ids(&["d", "a", "b"]), [body(&[Member::term("visa")])]);
    let request = EvidenceRequest {
        documents: &asked,
        leaves: &leaves,
        limit: 3,
        similarity: Similarity::default(),
        budget: Budget::default(),
    };
    let evidence = apart.backend().evidence(&both(), &request).unwrap();
    assert_eq!(evidence, together.backend().evidence(&Scope::public(), &request).unwrap());
}

fn three_collections_are_one_answer<E: Engine>() {
    let other = ["f", "0"].map(|id| doc(id).text("visa x").collection("other"));
    let corpus = Corpus::<E>::new(public().into_iter().chain(restricted("closed")).chain(other));
    let found = |restricted: &[&str]| {
        let scope = Scope::with(restricted.iter().map(|&name| name.to_owned()));
        let page = corpus.search_in(&scope, &documents(has("visa")));
        (names(&page).join(" "), page.total, page.total_documents)
    };
    assert_eq!(found(&["other", "closed"]), ("0 a b c d f".to_owned(), 6, 6));
    assert_eq!(found(&["other"]), ("0 a c f".to_owned(), 4, 4));
    assert_eq!(found(&[]), ("a c".to_owned(), 2, 2));
}
