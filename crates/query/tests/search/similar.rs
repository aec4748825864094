//! Documents that are like another one.

use super::*;

fn similar(id: &str, request: &SearchRequest) -> Option<Vec<(String, Vec<String>)>> {
    let Index { searcher, .. } = &index();
    let id = DocumentId::new(id).unwrap();
    let response = searcher.snapshot().similar(&Scope::public(), &id, request).unwrap()?;
    let similar = response.similar.into_iter();
    Some(similar.map(|one| (one.document.document.id.to_string(), one.why)).collect())
}

#[test]
fn similar_documents_share_telling_words() {
    let found = similar("labour", &documents("")).unwrap();
    assert_eq!(found, [("dialogue".to_owned(), vec!["visas".to_owned(), "labour".to_owned()])]);
    assert_eq!(similar("refugies", &documents("")), Some(Vec::new()));
    assert_eq!(similar("unknown", &documents("")), None);
    let none = SearchRequest { year_from: Some(2010), ..documents("") };
    assert_eq!(similar("labour", &none), Some(Vec::new()));
}
