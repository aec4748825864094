//! Several collections: what they share in a scope, and what never crosses from one to the other.

use rcp_corpus::model::DocumentId;
use rcp_index::backend::{EvidenceRequest, IndexBackend};
use rcp_index::plan::{Clause, Member, Plan, Similarity, Sort, Unit};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, Doc, doc, everything, names};
use crate::plans::{any, body, documents, has, phrase, plan, select};

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

fn both() -> Scope {
    Scope::with(["closed".to_owned()])
}

fn plans() -> Vec<Plan> {
    let leaves = [body(&[Member::term("visa")]), body(&[phrase("visa labour", 2)]), body(&[Member::term("labour")])];
    let mut plans = Vec::new();
    for unit in [Unit::Documents, Unit::Passages] {
        for sort in [Sort::Relevance, Sort::Title, Sort::Corpus] {
            let mut plan = plan(unit, any(leaves.clone()));
            (plan.sort, plan.facets) = (sort, vec!["rcp".to_owned()]);
            plan.filters = vec![select("rcp", &["puebla", "sacm", "none"])];
            plans.push(plan);
        }
    }
    plans
}

#[test]
fn a_restricted_collection_changes_nothing_for_the_public_bit_for_bit() {
    let alone = Corpus::new(public());
    let beside = Corpus::new(public().into_iter().chain(restricted("closed")));
    let ids: Vec<DocumentId> = ["a", "b", "c"].map(|id| DocumentId::new(id).unwrap()).to_vec();
    for plan in plans() {
        let (left, right) = (alone.search(&plan), beside.search(&plan));
        assert_eq!(left, right);
        let bits =
            |page: &rcp_index::backend::Page| page.hits.iter().map(|hit| hit.score.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&left), bits(&right));
    }
    let leaves = [body(&[Member::term("visa")])];
    let request = EvidenceRequest { documents: &ids, leaves: &leaves, limit: 3, similarity: Similarity::default() };
    let scope = Scope::public();
    let (left, right) = (&alone.generation, &beside.generation);
    assert_eq!(left.evidence(&scope, &request).unwrap(), right.evidence(&scope, &request).unwrap());
    assert_eq!(left.documents(&scope, &ids).unwrap(), right.documents(&scope, &ids).unwrap());
    assert_eq!(right.passages(&scope, &ids[1]).unwrap(), None);
    assert_eq!(left.coverage(&scope), right.coverage(&scope));
    assert_eq!(left.version(&scope), right.version(&scope));
    assert_ne!(right.version(&scope), right.version(&both()));
    assert_eq!(right.vocabularies(&scope).len(), 1);
}

/// Two collections in scope answer as one collection of all their documents.
#[test]
fn statistics_are_summed_over_the_scope() {
    let apart = Corpus::new(public().into_iter().chain(restricted("closed")));
    let together = Corpus::new(public().into_iter().chain(restricted("public")));
    for plan in plans() {
        assert_eq!(apart.search_in(&both(), &plan), together.search(&plan), "{plan:#?}");
    }
}

#[test]
fn documents_and_passages_are_read_from_their_collection() {
    let corpus = Corpus::new(public().into_iter().chain(restricted("closed")));
    let ids: Vec<DocumentId> = ["d", "a", "x", "b"].map(|id| DocumentId::new(id).unwrap()).to_vec();
    let found = |scope: &Scope| {
        let documents = corpus.generation.documents(scope, &ids).unwrap();
        documents.into_iter().map(|document| document.map(|document| document.id.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(found(&both()), [Some("d".to_owned()), Some("a".to_owned()), None, Some("b".to_owned())]);
    assert_eq!(found(&Scope::public()), [None, Some("a".to_owned()), None, None]);
    let passages = corpus.generation.passages(&both(), &ids[0]).unwrap().unwrap();
    assert_eq!(passages.iter().map(|passage| passage.text.as_str()).collect::<Vec<_>>(), ["visa", "labour"]);
    assert_eq!(corpus.generation.coverage(&both()).passages, 6 + 1);
}

#[test]
fn an_unknown_collection_is_empty() {
    let corpus = Corpus::new(public());
    let scope = Scope::with(["nowhere".to_owned()]);
    assert_eq!(corpus.search_in(&scope, &documents(has("visa"))), corpus.search(&documents(has("visa"))));
    let hidden = Corpus::new(restricted("closed"));
    let page = hidden.search(&documents(Clause::Everything));
    assert_eq!((page.total, names(&page).len()), (0, 0));
    assert!(hidden.generation.vocabularies(&Scope::public()).is_empty());
}

#[test]
fn an_index_can_be_empty_or_without_text() {
    let empty = Corpus::new([]);
    let bare = Corpus::new([doc("a"), doc("b").title("visa")]);
    for sort in [Sort::Relevance, Sort::DateDescending, Sort::DateAscending, Sort::Title, Sort::AddedDescending] {
        for unit in [Unit::Documents, Unit::Passages] {
            let mut plan = everything(unit);
            (plan.sort, plan.facets) = (sort, vec!["rcp".to_owned()]);
            plan.filters = vec![select("rcp", &["none"])];
            assert_eq!(empty.search(&plan).total, 0);
            assert_eq!(bare.search(&plan).total, if unit == Unit::Documents { 2 } else { 0 });
            plan.clause = has("visa");
            assert_eq!((empty.search(&plan).total, bare.search(&plan).total), (0, 0));
        }
    }
    let ids = [DocumentId::new("b").unwrap()];
    let request = EvidenceRequest { documents: &ids, leaves: &[], limit: 3, similarity: Similarity::default() };
    for corpus in [&empty, &bare] {
        let evidence = corpus.generation.evidence(&Scope::public(), &request).unwrap();
        assert_eq!((evidence.len(), evidence[0].passages.len(), evidence[0].total), (1, 0, 0));
    }
}
