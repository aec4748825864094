//! What is stored and given back: documents, passages, vocabularies, coverage, version.

use rcp_corpus::vocabulary::Entry;
use rcp_index::backend::{Coverage, IndexBackend};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, Doc, both, doc, ids};
use crate::engine::Engine;

cases! {
    documents_come_in_the_order_asked_for,
    a_document_comes_back_as_it_was_given,
    passages_come_in_their_order,
    single_passages_come_in_the_order_asked_for,
    each_collection_has_its_vocabulary,
    each_collection_has_its_completions,
    coverage_tells_what_is_searchable_and_what_is_not,
    a_version_changes_with_content_and_scope_alone,
}

fn texts() -> Vec<Doc> {
    let document = doc("a").title("Coast guard").text("visa").gap().gap().heading("Border").text("labour");
    vec![document.gap().text("visa coast"), doc("b").text("réfugiés visa").collection("closed"), doc("c")]
}

/// A name for each that was found, `-` for each that was not.
fn names<T>(found: &[Option<T>], name: impl Fn(&T) -> String) -> String {
    let names = found.iter().map(|found| found.as_ref().map_or("-".to_owned(), &name));
    names.collect::<Vec<_>>().join(" ")
}

fn documents_come_in_the_order_asked_for<E: Engine>() {
    let corpus = Corpus::<E>::new(texts());
    let asked = ids(&["c", "b", "unknown", "a", "c", "0", "zzz"]);
    let found = |scope: &Scope| {
        let documents = corpus.backend().documents(scope, &asked).unwrap();
        names(&documents, |document| document.id.to_string())
    };
    assert_eq!(found(&both()), "c b - a c - -");
    assert_eq!(found(&Scope::public()), "c - - a c - -");
    assert!(corpus.backend().documents(&both(), &[]).unwrap().is_empty());
}

fn a_document_comes_back_as_it_was_given<E: Engine>() {
    let full = doc("a").title("Élan 移民").date("2009-05-01/2009-06-02").year(2010).added(7).text("x");
    let corpus = Corpus::<E>::new([full.clone(), doc("b").text("y")]);
    let record = full.record();
    let found = corpus.backend().documents(&Scope::public(), &ids(&["a"])).unwrap();
    assert_eq!(found, [Some(record.document)]);
    let passages = corpus.backend().passages(&Scope::public(), &ids(&["a"])[0]).unwrap();
    assert_eq!(passages, Some(vec![record.passages[0].passage.clone()]));
}

fn passages_come_in_their_order<E: Engine>() {
    let corpus = Corpus::<E>::new(texts());
    let found = |scope: &Scope, id: &str| {
        let passages = corpus.backend().passages(scope, &ids(&[id])[0]).unwrap()?;
        let shown = passages.iter().map(|found| format!("{} {} {:?}", found.ordinal, found.text, found.heading_path));
        Some(shown.collect::<Vec<_>>().join(", "))
    };
    let of_a = "0 visa [], 3 labour [\"Border\"], 5 visa coast [\"Border\"]";
    assert_eq!(found(&both(), "a"), Some(of_a.to_owned()));
    assert_eq!(found(&both(), "b"), Some("0 réfugiés visa []".to_owned()));
    assert_eq!(found(&Scope::public(), "b"), None);
    assert_eq!(found(&both(), "c"), Some(String::new()));
    assert_eq!(found(&both(), "unknown"), None);
}

/// Ordinals have gaps where passages are not indexed.
fn single_passages_come_in_the_order_asked_for<E: Engine>() {
    let corpus = Corpus::<E>::new(texts());
    let asked = [("a", 5), ("a", 1), ("b", 0), ("a", 0), ("a", 5), ("a", 6), ("c", 0), ("unknown", 0), ("a", u32::MAX)];
    let asked = asked.map(|(id, ordinal)| (ids(&[id])[0].clone(), ordinal));
    let found = |scope: &Scope| {
        let passages = corpus.backend().passages_at(scope, &asked).unwrap();
        names(&passages, |passage| passage.text.replace(' ', "_"))
    };
    assert_eq!(found(&both()), "visa_coast - réfugiés_visa visa visa_coast - - - -");
    assert_eq!(found(&Scope::public()), "visa_coast - - visa visa_coast - - - -");
}

/// Every word of a scope with its entry, collection by collection.
pub(crate) fn words(backend: &dyn IndexBackend, scope: &Scope) -> Vec<Vec<(String, Entry)>> {
    backend.vocabularies(scope).iter().map(|vocabulary| vocabulary.starting_with("")).collect()
}

fn each_collection_has_its_vocabulary<E: Engine>() {
    let corpus = Corpus::<E>::new(texts());
    let found = |scope: &Scope| -> Vec<String> {
        let counts = |words: Vec<(String, Entry)>| {
            words.iter().map(|(word, entry)| format!("{word} {}", entry.documents)).collect::<Vec<_>>().join(", ")
        };
        words(corpus.backend(), scope).into_iter().map(counts).collect()
    };
    let public = "border 1, coast 1, guard 1, labour 1, visa 1";
    assert_eq!(found(&Scope::public()), [public]);
    assert_eq!(found(&both()), ["refugies 1, visa 1", public]);
}

fn each_collection_has_its_completions<E: Engine>() {
    let restricted = doc("b").title("Visa note").text("visa coast").collection("closed");
    let corpus =
        Corpus::<E>::new([doc("a").title("Coast guard").text("visa coast"), restricted, doc("c").text("visa coast")]);
    let found = |scope: &Scope| -> Vec<String> {
        let completions = corpus.backend().completions(scope);
        let texts = |prefix| completions.iter().flat_map(move |all| all.starting_with(prefix, 9));
        let found = texts("visa").chain(texts("coast")).map(|found| found.completion);
        found.map(|found| format!("{} {}", found.text, found.documents)).collect()
    };
    let public = ["visa coast 2", "visa 2", "Coast guard 1", "visa coast 2", "coast 2"];
    assert_eq!(found(&Scope::public()), public);
    assert_eq!(found(&both()), [&["Visa note 1"], &public[..]].concat());
}

fn coverage_tells_what_is_searchable_and_what_is_not<E: Engine>() {
    let files = [("public", "scan.pdf"), ("closed", "b.bin"), ("public", "a.bin"), ("only-files", "x.bin")];
    let corpus = Corpus::<E>::with_unsearchable(texts(), &files);
    let found = |scope: &Scope| {
        let Coverage { documents, searchable, passages, not_searchable } = corpus.backend().coverage(scope);
        let files = not_searchable.iter().map(|file| file.file.as_str()).collect::<Vec<_>>().join(" ");
        (documents, searchable, passages, files)
    };
    assert_eq!(found(&Scope::public()), (4, 2, 3, "a.bin scan.pdf".to_owned()));
    assert_eq!(found(&both()), (6, 3, 4, "a.bin b.bin scan.pdf".to_owned()));
    assert_eq!(found(&Scope::with(["only-files".to_owned()])), (5, 2, 3, "a.bin scan.pdf x.bin".to_owned()));
}

/// Not with the times of indexing, nor with anything outside the scope.
fn a_version_changes_with_content_and_scope_alone<E: Engine>() {
    let version = |corpus: Corpus<E>, scope: &Scope| corpus.backend().version(scope);
    let public = Scope::public();
    let plain = version(Corpus::new(texts()), &public);
    assert!(plain.len() == 16 && plain.chars().all(|digit| digit.is_ascii_hexdigit()), "{plain}");
    assert_eq!(version(Corpus::new(texts()), &Scope::with(["nowhere".to_owned()])), plain);
    assert_eq!(version(Corpus::new(texts().into_iter().filter(|doc| !doc.is_in("closed"))), &public), plain);
    assert_eq!(version(Corpus::new(texts().into_iter().map(|doc| doc.added(5))), &public), plain);
    assert_eq!(version(Corpus::with_unsearchable(texts(), &[("closed", "b.bin")]), &public), plain);
    assert_ne!(version(Corpus::with_unsearchable(texts(), &[("public", "a.bin")]), &public), plain);
    assert_ne!(version(Corpus::new(texts().into_iter().chain([doc("d")])), &public), plain);
    assert_ne!(version(Corpus::new(texts().into_iter().map(|doc| doc.year(1999))), &public), plain);
    assert_ne!(version(Corpus::new(texts()), &both()), plain);
}
