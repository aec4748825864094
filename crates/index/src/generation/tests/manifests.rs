//! Manifests and versions as values.

use proptest::prelude::*;
use proptest::{collection, option};

use super::*;
use crate::scope::Scope;

fn identity(documents: &[&str], unsearchable: &[(&str, &str)], fingerprints: &Fingerprints) -> Identity {
    let mut stamps: BTreeMap<String, DocumentStamps> = BTreeMap::new();
    for line in documents {
        let document = record(line).document;
        let stamp = DocumentStamp::of(&document).unwrap();
        stamps.entry(document.collection).or_default().insert(document.id, stamp);
    }
    let mut files: BTreeMap<String, Vec<Unsearchable>> = BTreeMap::new();
    for (collection, file) in unsearchable {
        files.entry((*collection).to_owned()).or_default().push(super::unsearchable(file));
    }
    Identity::of(fingerprints, &stamps, &files)
}

#[test]
fn the_version_is_fixed() {
    // A change of this value makes every client's cursor and cached answer expire: it should be meant.
    let identity = identity(&["a public One", "b staff Two"], &[("public", "scan.pdf")], &fingerprints());
    assert_eq!(identity.version(&Scope::public()), "b2ebe2a8526b5643");
}

#[test]
fn the_version_follows_content_and_settings_in_scope_and_nothing_else() {
    let base = ["a public One", "b staff Two"];
    let version = |documents: &[&str], files: &[(&str, &str)], fingerprints: &Fingerprints, scope: &Scope| {
        identity(documents, files, fingerprints).version(scope)
    };
    let (public, staff) = (Scope::public(), Scope::with(["staff".to_owned()]));
    let settings = fingerprints();
    let of_public = version(&base, &[], &settings, &public);
    let of_staff = version(&base, &[], &settings, &staff);
    assert_ne!(of_public, of_staff);
    // Nothing outside the scope counts, and what does not exist counts the same as what is empty.
    assert_eq!(version(&["a public One"], &[], &settings, &public), of_public);
    assert_eq!(version(&["a public One", "b staff Else"], &[("staff", "x.pdf")], &settings, &public), of_public);
    assert_eq!(version(&["a public One"], &[], &settings, &staff), of_public);
    assert_eq!(version(&base, &[], &settings, &Scope::with(["staff", "none"].map(str::to_owned))), of_staff);
    let a = record("a public One").document;
    let stamps = BTreeMap::from([(a.id.clone(), DocumentStamp::of(&a).unwrap())]);
    let documents = BTreeMap::from([("public".to_owned(), stamps), ("staff".to_owned(), BTreeMap::new())]);
    let emptied = Identity::of(&settings, &documents, &BTreeMap::from([("staff".to_owned(), Vec::new())]));
    assert_eq!(emptied.version(&staff), of_public);
    // The order of the documents does not count.
    assert_eq!(version(&["b staff Two", "a public One"], &[], &settings, &staff), of_staff);
    // Content, names and places count.
    for other in [
        &["a public Two", "b staff Two"][..],
        &["a2 public One", "b staff Two"],
        &["a staff One", "b staff Two"],
        &["a public One", "b public Two"],
        &["b staff Two"],
    ] {
        assert_ne!(version(other, &[], &settings, &staff), of_staff, "{other:?}");
    }
    assert_ne!(version(&base, &[("public", "scan.pdf")], &settings, &public), of_public);
    // The settings count, but for those of the query.
    let mut other = settings.clone();
    other.query.push('x');
    assert_eq!(version(&base, &[], &other, &public), of_public);
    let changes: [fn(&mut Fingerprints); 3] =
        [|f| f.extraction.push('x'), |f| f.annotation.push('x'), |f| f.analysis.push('x')];
    for change in changes {
        let mut other = settings.clone();
        change(&mut other);
        assert_ne!(version(&base, &[], &other, &public), of_public);
    }
}

#[test]
fn what_would_be_published_is_compared_without_building_it() {
    let place = Place::new();
    let first = place.publish(&["a public One", "b staff Two"], 1);
    assert_eq!(first.identity, identity(&["a public One", "b staff Two"], &[], &fingerprints()));
    assert_ne!(first.identity, identity(&["a public One"], &[], &fingerprints()));
    let mut emptied = identity(&["a public One", "b staff Two"], &[], &fingerprints());
    assert_eq!(emptied, first.identity);
    emptied.built_with.analysis.push('x');
    assert_ne!(emptied, first.identity);
    let again = Place::new().publish(&["a public One", "b staff Two"], 5);
    assert_eq!(
        (&again.identity, &again.collections["public"].files),
        (&first.identity, &first.collections["public"].files)
    );
}

#[test]
fn names_that_lead_out_of_the_folder_are_refused() {
    let manifest = Place::new().publish(&["a public One"], 0);
    let text = String::from_utf8(manifest.to_bytes().unwrap()).unwrap();
    assert_eq!(Manifest::from_text(&text), Ok(manifest));
    for (from, to) in [
        ("\"public\": {\n      \"statistics", "\"../public\": {\n      \"statistics"),
        ("\"vocabulary\": {", "\"../vocabulary\": {"),
        ("\"vocabulary\": {", "\"/vocabulary\": {"),
        ("\"facets\"", "\"faucets\""),
        ("\"generation\": 1", "\"generation\": -1"),
    ] {
        let changed = text.replace(from, to);
        assert_ne!(changed, text, "{from}");
        assert!(matches!(Manifest::from_text(&changed), Err(Damage::Malformed(_))), "{to}");
    }
    let deep = "[".repeat(100_000);
    assert!(Manifest::from_text(&deep).is_err() && manifest::format_of(&deep).is_err());
}

/// A manifest of nothing but documents, given as id and collection.
fn holding(documents: &BTreeMap<String, String>) -> Manifest {
    let mut collections: BTreeMap<String, CollectionManifest> = BTreeMap::new();
    for (id, name) in documents {
        let document = record(&format!("{id} {name} Title")).document;
        let stamp = DocumentStamp::of(&document).unwrap();
        collections.entry(name.clone()).or_default().documents.insert(document.id, stamp);
    }
    let identity = identity(&[], &[], &fingerprints());
    let (created, facets, history) = (clock(0), Vec::new(), Vec::new());
    Manifest { format: FORMAT, generation: 1, created, identity, facets, collections, history }
}

prop_compose! {
    fn any_id()(id in "[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?") -> String { id }
}

prop_compose! {
    fn any_time()(second in -62_000_000_000_i64..200_000_000_000, nanosecond in 0..1_000_000_000) -> Timestamp {
        Timestamp::new(second, nanosecond).unwrap()
    }
}

fn any_state() -> impl Strategy<Value = State> {
    prop_oneof![Just(State::Searchable), Just(State::NoText), ".*".prop_map(|why| State::Failed { why })]
}

prop_compose! {
    fn any_collection()(
        documents in collection::btree_map(any_id().prop_map(|text| id(&text)), (".*", ".*", any_time(), any_time()), 0..4),
        unsearchable in collection::vec((".*", any_state()), 0..3),
        withdrawn in collection::btree_map(any_id().prop_map(|text| id(&text)), (any::<u64>(), any_time()), 0..3),
        files in collection::btree_map("[a-z.]{3}/[^/\\.]{1,4}", (any::<u64>(), ".*"), 0..3),
        fields in collection::btree_map(".*", (any::<u64>(), any::<u64>()), 0..3),
        passages: u64,
    ) -> CollectionManifest {
        let fields: BTreeMap<String, FieldStatistics> =
            fields.into_iter().map(|(name, (tokens, holders))| (name, FieldStatistics { tokens, holders })).collect();
        let stamp = |(source, metadata, added, changed)| DocumentStamp { source, metadata, added, changed };
        CollectionManifest {
            statistics: CollectionStatistics {
                documents: documents.len() as u64,
                passages,
                document_fields: fields.clone(),
                passage_fields: fields,
            },
            documents: documents.into_iter().map(|(id, parts)| (id, stamp(parts))).collect(),
            unsearchable: unsearchable.into_iter().map(|(file, state)| Unsearchable { file, state }).collect(),
            withdrawn: withdrawn.into_iter().map(|(id, (generation, at))| (id, Withdrawal { generation, at })).collect(),
            files: files.into_iter().map(|(name, (length, xxh3))| (name, FileStamp { length, xxh3 })).collect(),
        }
    }
}

proptest! {
    #[test]
    fn a_manifest_is_read_as_it_was_written(
        collections in collection::btree_map(any_id(), any_collection(), 0..3),
        digests in collection::btree_map(any_id(), ".*", 0..3),
        built_with in [".*", ".*", ".*"],
        facets in collection::vec(".*", 0..3),
        created in any_time(),
        before in option::of(any::<u64>()),
    ) {
        let [extraction, annotation, analysis] = built_with;
        let built_with = BuiltWith { extraction, annotation, analysis };
        let identity = Identity { built_with, collections: digests };
        let history = before.map(|generation| Predecessor { generation, identity: identity.clone() });
        let history = history.into_iter().collect();
        let manifest = Manifest { format: FORMAT, generation: 7, created, identity, facets, collections, history };
        let bytes = manifest.to_bytes().unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        prop_assert_eq!(manifest::format_of(&text), Ok(FORMAT));
        let read = Manifest::from_text(&text);
        prop_assert_eq!(read.as_ref(), Ok(&manifest));
        prop_assert_eq!(read.unwrap().to_bytes().unwrap(), bytes);
    }

    #[test]
    fn any_text_as_manifest_is_an_error_and_no_panic(text in ".*") {
        prop_assert!(Manifest::from_text(&text).is_err());
    }

    #[test]
    fn a_manifest_restricts_another_exactly_where_it_takes_a_document_from_someone(
        before in collection::btree_map("[a-d]", "public|staff|board", 0..4),
        after in collection::btree_map("[a-d]", "public|staff|board", 0..4),
    ) {
        let takes = before.iter().any(|(id, was)| after.get(id).is_none_or(|is| is != was && is != "public"));
        prop_assert_eq!(holding(&after).restricts(&holding(&before)), takes);
    }
}
