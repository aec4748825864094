//! Generations of the real engine.

use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
use rcp_corpus::model::{Language, Passage, PassageId};

use super::*;
use crate::backend::IndexBackend;
use crate::plan::Text;
use crate::record::{PassageRecord, Tokens};
use crate::scope::Scope;

/// A document with its title as its text, in `passages` passages.
fn indexed(line: &str, passages: u32) -> DocumentRecord {
    let mut record = record(line);
    let analyzer = Analyzer::new(&AnalysisSettings::default());
    let title = record.document.display_title().to_owned();
    let tokens = Tokens::new(&analyzer, &title, Language::En);
    record.texts.insert(Text::Body, vec![tokens.clone(); passages as usize]);
    record.facets.insert("rcp".to_owned(), vec!["rcm".to_owned()]);
    let passage = |ordinal| PassageRecord {
        passage: Passage::new(PassageId::new(&format!("n{ordinal}")).unwrap(), ordinal, Language::En, &title),
        texts: BTreeMap::from([(Text::Body, vec![tokens.clone()])]),
        facets: BTreeMap::from([("rcp".to_owned(), vec!["rcm".to_owned()])]),
    };
    record.passages = (0..passages).map(passage).collect();
    record
}

fn published() -> (TempDir, Store, Manifest) {
    let folder = scratch();
    let store = Store::new(folder.path().join("index"));
    let lock = store.lock().unwrap();
    let mut build = Build::begin(&lock, None, settings(), Steps::default()).unwrap();
    for record in [indexed("a public Labour migration", 2), indexed("c public Returns", 0), indexed("b staff Draft", 1)]
    {
        build.add(&record).unwrap();
    }
    let manifest = build.publish(BTreeMap::new(), clock(0)).unwrap();
    (folder, store, manifest)
}

fn titles(generation: &OpenGeneration, scope: &Scope) -> Vec<Option<String>> {
    let documents = generation.documents(scope, &[id("a"), id("b"), id("c")]).unwrap();
    documents.into_iter().map(|document| document.map(|document| document.display_title().to_owned())).collect()
}

#[test]
fn what_was_added_is_published_and_read() {
    let (_folder, store, manifest) = published();
    let statistics = |name: &str| &manifest.collections[name].statistics;
    assert_eq!((statistics("public").documents, statistics("public").passages), (2, 2));
    assert_eq!((statistics("staff").documents, statistics("staff").passages), (1, 1));
    let hidden = |entry: &files::Entry| entry.path.file_name().unwrap().to_string_lossy().starts_with('.');
    assert!(!files::walk(&store.generations_path()).unwrap().iter().any(hidden));

    let current = Reader::open(store.clone()).unwrap().current();
    let title = |title: &str| Some(title.to_owned());
    assert_eq!(titles(&current, &Scope::public()), [title("Labour migration"), None, title("Returns")]);
    let all = Scope::with(["staff".to_owned()]);
    assert_eq!(titles(&current, &all), [title("Labour migration"), title("Draft"), title("Returns")]);
    assert_eq!(current.version(&all), manifest.version(&all));
    assert!(check(&store, None, |_| {}).unwrap().is_sound());
}

#[test]
fn a_held_generation_answers_after_its_files_are_gone() {
    let (_folder, store, _) = published();
    let current = Reader::open(store.clone()).unwrap().current();
    fs::remove_dir_all(store.root()).unwrap();
    assert_eq!(titles(&current, &Scope::with(["staff".to_owned()]))[1].as_deref(), Some("Draft"));
}

#[test]
fn reading_leaves_nothing_behind() {
    let (_folder, store, _) = published();
    let before = files::walk(store.root()).unwrap();
    let reader = Reader::open(store.clone()).unwrap();
    assert!(!reader.refresh(any_generation).unwrap());
    assert!(check(&store, None, |_| {}).unwrap().is_sound());
    assert_eq!(files::walk(store.root()).unwrap(), before);
}

#[test]
fn damage_to_any_file_of_the_engine_is_found_before_it_is_opened() {
    let (_folder, store, manifest) = published();
    let folder = store.generation_path(manifest.generation);
    for (collection, content) in &manifest.collections {
        assert!(content.files.len() > 10, "two segments, their lists and a vocabulary");
        for name in content.files.keys() {
            let path = folder.join(collection).join(name);
            let sound = fs::read(&path).unwrap();
            for place in [0, sound.len() / 2, sound.len() - 1] {
                let mut bytes = sound.clone();
                bytes[place] ^= 0x10;
                fs::write(&path, bytes).unwrap();
                let message = Reader::open(store.clone()).unwrap_err().to_string();
                assert!(message.contains(name) && message.contains("rcp-search index --rebuild"), "{message}");
            }
            fs::remove_file(&path).unwrap();
            let message = Reader::open(store.clone()).unwrap_err().to_string();
            assert!(message.contains(name) && message.contains("missing"), "{message}");
            fs::write(&path, sound).unwrap();
        }
    }
    assert!(Reader::open(store).is_ok());
}
