//! What is carried from generation to generation: times, withdrawn ids, versions that clients remember.

use super::*;
use crate::scope::Scope;

/// Minutes of `added` and `changed` of a document.
fn times(manifest: &Manifest, collection: &str, name: &str) -> (i64, i64) {
    let stamp = &manifest.collections[collection].documents[&id(name)];
    let minute = |time: Timestamp| time.duration_since(clock(0)).as_mins();
    (minute(stamp.added), minute(stamp.changed))
}

#[test]
fn added_stays_and_changed_follows_the_content() {
    let place = Place::new();
    place.publish(&["a public One", "b public Two", "d public Four", "c staff Three"], 1);
    let second = place.publish(&["a public One", "b public Changed", "c public Three", "e public New"], 2);
    assert_eq!(times(&second, "public", "a"), (1, 1), "unchanged");
    assert_eq!(times(&second, "public", "b"), (1, 2), "changed");
    assert_eq!(times(&second, "public", "c"), (2, 2), "moved to another collection");
    assert_eq!(times(&second, "public", "e"), (2, 2), "new");
    let third = place.publish(&["a public One", "b public Changed", "d public Four"], 3);
    assert_eq!(times(&third, "public", "a"), (1, 1));
    assert_eq!(times(&third, "public", "b"), (1, 2));
    assert_eq!(times(&third, "public", "d"), (3, 3), "back after it was withdrawn");
}

#[test]
fn a_changed_source_and_a_changed_fact_are_both_changes() {
    let place = Place::new();
    let manifest = place.publish(&["a public One"], 1);
    let check = |document: &Document, changed: i64| {
        assert_eq!(carry_times(Some(&manifest), document, clock(9)).unwrap(), (clock(1), clock(changed)));
    };
    let mut document = record("a public One").document;
    document.added = clock(7);
    check(&document, 1);
    document.source.sha256 = "0".repeat(64);
    check(&document, 9);
    let mut document = record("a public One").document;
    document.venue = Some(Fact::curated("Dakar".to_owned()));
    check(&document, 9);
    assert_eq!(carry_times(None, &document, clock(9)).unwrap(), (clock(9), clock(9)));
}

#[test]
fn withdrawn_ids_are_remembered_until_they_come_back() {
    let place = Place::new();
    let withdrawn = |manifest: &Manifest, collection: &str| -> Vec<(String, u64)> {
        let withdrawn = &manifest.collections[collection].withdrawn;
        withdrawn.iter().map(|(id, withdrawal)| (id.to_string(), withdrawal.generation)).collect()
    };
    place.publish(&["a public One", "b public Two", "c staff Three"], 1);
    let second = place.publish(&["a public One"], 2);
    assert_eq!(withdrawn(&second, "public"), [("b".to_owned(), 2)]);
    assert_eq!(withdrawn(&second, "staff"), [("c".to_owned(), 2)], "a collection without documents still has its list");
    let third = place.publish(&["b public Two"], 3);
    assert_eq!(withdrawn(&third, "public"), [("a".to_owned(), 3)]);
    assert_eq!(withdrawn(&third, "staff"), [("c".to_owned(), 2)]);
    assert_eq!(third.collections["staff"].withdrawn[&id("c")].at, clock(2));
}

#[test]
fn a_client_learns_what_left_its_scope_since_its_version() {
    let place = Place::new();
    let (public, staff) = (Scope::public(), Scope::with(["staff".to_owned()]));
    let manifests = [
        place.publish(&["a public One", "b public Two", "c staff Three", "d staff Four"], 1),
        place.publish(&["a public One", "d public Four", "c staff Three"], 2),
        place.publish(&["a staff One", "b public Two", "d public Four"], 3),
    ];
    let last = &manifests[2];
    let since = |generation: usize, scope: &Scope| {
        let ids = last.withdrawn_since(scope, &manifests[generation - 1].version(scope));
        ids.map(|ids| ids.into_iter().map(DocumentId::as_str).collect::<Vec<_>>())
    };
    assert_eq!(since(1, &public).unwrap(), ["a"], "b came back");
    assert_eq!(since(1, &staff).unwrap(), ["c"], "a and d only moved within the scope");
    assert_eq!(since(2, &public).unwrap(), ["a"]);
    assert!(since(3, &public).unwrap().is_empty());
    assert_eq!(last.withdrawn_since(&public, "0123456789abcdef"), None);
}

#[test]
fn history_is_bounded_and_in_order() {
    let place = Place::new();
    let mut manifest = place.publish(&["a public One"], 1);
    for generation in 2..1_205 {
        manifest.history = manifest.next_history();
        manifest.generation = generation;
    }
    assert_eq!(manifest.history.len(), 1_000);
    assert_eq!(manifest.history.first().unwrap().generation, 204);
    assert_eq!(manifest.history.last().unwrap().generation, 1_203);
    assert!(manifest.history.is_sorted_by_key(|before| before.generation));
}
