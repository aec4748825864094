//! Folders to generations.

use std::fs;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use rcp_corpus::model::State;
use rcp_index::generation::{Manifest, Step, Steps, Store};
use rcp_indexer::{FileFailure, IndexError, Progress, index};

use crate::corpus::Corpus;

const TEXT: &str =
    "Report of the meeting\n\nThe South American Conference on Migration met in Lima, Peru, for two days.\n";

pub(crate) fn manifest(corpus: &Corpus) -> Manifest {
    Store::new(corpus.index_folder()).current_manifest().unwrap().unwrap()
}

pub(crate) fn ids(corpus: &Corpus, collection: &str) -> Vec<String> {
    manifest(corpus).collections[collection].documents.keys().map(ToString::to_string).collect()
}

#[track_caller]
pub(crate) fn check_failures(failures: &[FileFailure], expected: &[(&str, &str)]) {
    let seen: Vec<&str> = failures.iter().map(|failure| failure.file.as_str()).collect();
    assert_eq!(seen, expected.iter().map(|(file, _)| *file).collect::<Vec<_>>(), "{failures:?}");
    for (failure, (_, why)) in failures.iter().zip(expected) {
        assert!(failure.why.contains(why), "{failure:?}");
    }
}

/// Makes files look settled, so that their time of change can be trusted.
fn age(corpus: &Corpus, name: &str) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3_600);
    fs::File::options().write(true).open(corpus.path(name)).unwrap().set_modified(hour_ago).unwrap();
}

#[test]
fn an_unchanged_corpus_is_not_read_and_publishes_nothing() {
    let corpus = Corpus::new(&[("a.txt", TEXT), ("sub/b.md", TEXT), ("README.md", "no"), (".hidden.txt", "no")]);
    age(&corpus, "a.txt");
    let first = corpus.run().unwrap();
    assert_eq!((first.generation, first.published, first.documents, first.extracted), (1, true, 2, 1));
    let second = corpus.run().unwrap();
    assert_eq!((second.generation, second.published, second.documents, second.extracted), (1, false, 2, 0));
    assert_eq!(ids(&corpus, "public"), ["a", "sub-b"]);
    let rebuilt = corpus.run_with(|options| options.rebuild = true).unwrap();
    assert_eq!((rebuilt.generation, rebuilt.published, rebuilt.extracted), (2, true, 1), "twins are read once");
}

#[test]
fn times_are_carried_and_changes_are_published() {
    let corpus = Corpus::new(&[("a.txt", TEXT), ("b.txt", "Another text about return, of one sentence and no more.")]);
    corpus.run().unwrap();
    let before = manifest(&corpus);
    corpus.write("a.txt", TEXT.replace("two", "three"));
    let report = corpus.run().unwrap();
    assert_eq!((report.generation, report.published, report.extracted), (2, true, 1));
    let (before, after) = (&before.collections["public"].documents, &manifest(&corpus).collections["public"].documents);
    for (id, stamp) in after {
        assert_eq!(before[id].added, stamp.added);
        assert_eq!(before[id].changed == stamp.changed, id.as_str() == "b", "{id}");
    }
    fs::remove_file(corpus.path("b.txt")).unwrap();
    corpus.run().unwrap();
    assert_eq!(ids(&corpus, "public"), ["a"]);
    assert_eq!(fs::read_dir(corpus.index_folder().join("cache/readings")).unwrap().count(), 1);
}

#[test]
fn changed_metadata_and_settings_are_published_without_extraction() {
    let mut corpus = Corpus::new(&[("a.txt", TEXT), ("a.meta.toml", "year = 2010")]);
    corpus.run().unwrap();
    corpus.write("a.meta.toml", "year = 2011");
    let report = corpus.run().unwrap();
    assert_eq!((report.published, report.extracted), (true, 0));
    corpus.settings.fingerprints.query = "other boosts".to_owned();
    assert!(!corpus.run().unwrap().published);
    corpus.settings.fingerprints.analysis = "other stop words".to_owned();
    let report = corpus.run().unwrap();
    assert_eq!((report.published, report.extracted), (true, 0));
    corpus.settings.fingerprints.extraction = "other limits".to_owned();
    let report = corpus.run().unwrap();
    assert_eq!((report.published, report.extracted), (true, 1));
}

#[test]
fn one_bad_file_stops_nothing_and_is_told() {
    let corpus = Corpus::new(&[
        ("a.txt", TEXT),
        ("empty.txt", ""),
        ("scan.pdf", "%PDF-1.4 …"),
        ("wrong.txt", TEXT),
        ("wrong.meta.toml", "rcps = [\"sacn\"]"),
        ("gone.meta.toml", "year = 2010"),
    ]);
    corpus.write("noise.txt", b"\x01\x02\x03");
    corpus.write("large.txt", "word ".repeat(30_000));
    let report = corpus.run().unwrap();
    assert_eq!(report.documents, 1);
    check_failures(
        &report.failures,
        &[
            ("empty.txt", "empty"),
            ("gone.meta.toml", "no document gone.*"),
            ("large.txt", "more than 100000 bytes"),
            ("noise.txt", "neither a document nor a text"),
            ("scan.pdf", "the PDF file is damaged"),
            ("wrong.txt", "wrong.meta.toml:1: rcps: "),
        ],
    );
    let coverage = &manifest(&corpus).collections["public"].unsearchable;
    assert_eq!(coverage.len(), 5);
    assert!(coverage.iter().all(|file| matches!(&file.state, State::Failed { why } if !why.is_empty())));
}

#[test]
fn a_corpus_with_nothing_to_search_writes_no_generation() {
    let empty = Corpus::new(&[("README.md", "nothing")]);
    assert!(matches!(empty.run(), Err(IndexError::NoFiles { .. })));
    assert!(!empty.index_folder().exists());
    let missing = empty.run_with(|options| options.folders = vec!["/no/such/folder".into()]).unwrap_err();
    assert!(missing.to_string().contains("/no/such/folder"), "{missing}");
    assert!(!empty.index_folder().exists());
    let unreadable = Corpus::new(&[("a.pdf", "%PDF-1.4"), ("b.txt", "")]);
    let error = unreadable.run().unwrap_err();
    assert!(error.to_string().contains("the first: a.pdf: the PDF file is damaged"), "{error}");
    assert!(Store::new(unreadable.index_folder()).current_manifest().unwrap().is_none());
}

#[test]
fn ids_are_curated_or_made_of_the_path() {
    let corpus = Corpus::new(&[
        ("a.txt", TEXT),
        ("a.md", TEXT),
        ("b.txt", TEXT),
        ("b.meta.toml", "id = \"lima\""),
        ("c.txt", TEXT),
        ("c.meta.toml", "id = \"lima\""),
        ("lima.txt", TEXT),
    ]);
    let report = corpus.run().unwrap();
    check_failures(&report.failures, &[("c.txt", "its id \"lima\" is that of a document before it")]);
    let ids = ids(&corpus, "public");
    assert_eq!(ids.iter().map(|id| id.split('-').next().unwrap()).collect::<Vec<_>>(), ["a", "a", "lima", "lima"]);
}

#[test]
fn a_restricted_document_never_shows_in_public() {
    let corpus = Corpus::new(&[
        ("a.txt", TEXT),
        ("secret/one.txt", TEXT),
        ("secret/manifest.toml", "[[document]]\nfile = \"one.txt\"\ncollection = \"drafts\"\n"),
    ]);
    corpus.run().unwrap();
    assert_eq!((ids(&corpus, "public"), ids(&corpus, "drafts")), (vec!["a".to_owned()], vec!["secret-one".to_owned()]));
    // A manifest that cannot be read must not make its documents public, nor name them there.
    corpus.write("secret/manifest.toml", "[[document]]\nfile = \"one.txt\"\ncollection = \"drafts\n");
    let report = corpus.run().unwrap();
    check_failures(
        &report.failures,
        &[("secret/manifest.toml", "secret/manifest.toml:3"), ("secret/one.txt", "secret/manifest.toml:3")],
    );
    let public = &manifest(&corpus).collections["public"];
    assert_eq!((public.documents.len(), public.unsearchable.len()), (1, 0));
}

#[test]
fn inference_stands_alone_without_manifests() {
    let corpus = Corpus::new(&[("a.txt", TEXT), ("a.meta.toml", "id = \"curated\"\ncollection = \"drafts\"")]);
    corpus.run_with(|options| options.manifests = false).unwrap();
    assert_eq!(ids(&corpus, "public"), ["a"]);
}

#[test]
fn a_damaged_cache_is_read_again() {
    let corpus = Corpus::new(&[("a.txt", TEXT)]);
    corpus.run().unwrap();
    let entry = fs::read_dir(corpus.index_folder().join("cache/readings")).unwrap().next().unwrap().unwrap().path();
    let damaged = fs::read_to_string(&entry).unwrap().replace("two days", "ten days");
    fs::write(&entry, damaged).unwrap();
    fs::write(corpus.index_folder().join("cache/files.json"), "{").unwrap();
    let report = corpus.run().unwrap();
    assert_eq!((report.published, report.extracted), (false, 1));
    fs::remove_dir_all(corpus.index_folder().join("cache")).unwrap();
    assert!(!corpus.run().unwrap().published);
}

#[cfg(unix)]
#[test]
fn links_in_circles_are_safe() {
    let corpus = Corpus::new(&[("sub/a.txt", TEXT)]);
    std::os::unix::fs::symlink(corpus.path(""), corpus.path("sub/up")).unwrap();
    std::os::unix::fs::symlink(corpus.path("sub/a.txt"), corpus.path("sub/same.txt")).unwrap();
    std::os::unix::fs::symlink("/no/such/file", corpus.path("sub/dangling.txt")).unwrap();
    let report = corpus.run().unwrap();
    assert_eq!(report.documents, 1);
    check_failures(&report.failures, &[("sub/dangling.txt", "No such file")]);
}

#[test]
fn folders_of_one_name_do_not_share_metadata() {
    let corpus = Corpus::new(&[
        ("north/reports/a.txt", TEXT),
        ("north/reports/a.meta.toml", "collection = \"drafts\""),
        ("south/reports/a.txt", TEXT),
        ("south/reports/a.meta.toml", "title = \"Public report\""),
    ]);
    let folders = vec![corpus.path("north/reports"), corpus.path("south/reports")];
    corpus.run_with(|options| options.folders = folders).unwrap();
    assert_eq!(ids(&corpus, "drafts"), ["reports-a"]);
    assert_eq!(ids(&corpus, "public"), ["reports-2-a"]);
}

/// What a run tells on its way, in short: `.` a file read, `=` one compared, `+` one indexed.
fn way(corpus: &Corpus) -> String {
    let mut way = String::new();
    let mut building = false;
    let mut report = |progress: Progress| match progress {
        Progress::Found { files, bytes: _ } => way.push_str(&format!("{files}:")),
        Progress::Read { .. } => way.push('.'),
        Progress::File { .. } => way.push(if building { '+' } else { '=' }),
        Progress::Building => building = true,
        Progress::Publishing => way.push('!'),
    };
    index(&corpus.options(), &corpus.settings, &mut report).unwrap();
    way
}

#[test]
fn files_are_compared_up_to_the_first_difference_and_indexed_from_the_first_file_on() {
    let mut corpus = Corpus::new(&[("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", TEXT), ("empty.txt", "")]);
    assert_eq!(way(&corpus), "4:....++++!", "there is nothing to compare with");
    assert_eq!(way(&corpus), "4:....====");
    corpus.write("b.txt", TEXT.replace("two", "three"));
    assert_eq!(way(&corpus), "4:....=++++!");
    corpus.write("b-2.txt", TEXT);
    assert_eq!(way(&corpus), "5:.....==+++++!", "another document");
    fs::remove_file(corpus.path("c.txt")).unwrap();
    assert_eq!(way(&corpus), "4:....++++!", "its absence is seen before anything is read");
    corpus.write("unreadable.txt", "");
    assert_eq!(way(&corpus), "5:.....=====+++++!", "another file that cannot be searched is a change of the coverage");
    corpus.settings.fingerprints.analysis = "other stop words".to_owned();
    assert_eq!(way(&corpus), "5:.....+++++!");
    assert_eq!(way(&corpus), "5:.....=====");
}

#[test]
fn documents_are_in_the_order_of_their_ids_whatever_their_names() {
    let corpus = Corpus::new(&[
        ("a.txt", TEXT),
        ("a.meta.toml", "id = \"zulu\""),
        ("b.txt", TEXT),
        ("b.meta.toml", "id = \"mike\""),
        ("c/d.txt", TEXT),
        ("c-d.txt", TEXT),
        ("c.txt", TEXT),
    ]);
    corpus.run().unwrap();
    let ids = ids(&corpus, "public");
    assert_eq!(ids.len(), 5);
    assert!(ids.is_sorted() && ids.last().unwrap() == "zulu", "{ids:?}");
    assert!(!corpus.run().unwrap().published);
}

#[test]
fn a_run_that_publishes_nothing_builds_nothing() {
    let corpus = Corpus::new(&[("a.txt", TEXT), ("b.txt", TEXT.replace("two", "three").as_str())]);
    let steps_of_a_run = || {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&seen);
        let steps = Steps::observed(move |step| {
            sink.lock().unwrap().push(step);
            Ok(())
        });
        let result = corpus.run_with(|options| options.steps = steps);
        let steps = std::mem::take(&mut *seen.lock().unwrap());
        (result, steps)
    };
    let (_, mut first) = steps_of_a_run();
    first.sort();
    first.dedup();
    assert_eq!(first, Step::ALL, "every step has its place in a run");
    let (_, second) = steps_of_a_run();
    assert_eq!(second, [Step::ClearUnpublished, Step::DeleteReplaced, Step::KeepHashes, Step::ClearCache]);
    for name in ["a.txt", "b.txt"] {
        corpus.write(name, "");
    }
    let (result, third) = steps_of_a_run();
    assert!(matches!(result, Err(IndexError::NothingSearchable { .. })), "{result:?}");
    assert_eq!(third, [Step::KeepReading], "and nothing else of an index of bad files alone");
    assert_eq!(manifest(&corpus).generation, 1);
}

#[test]
fn a_failing_cache_ends_the_run() {
    let corpus = Corpus::new(&[("a.txt", TEXT), ("b.txt", TEXT.replace("two", "three").as_str())]);
    let steps = Steps::observed(|step| match step {
        Step::KeepReading => Err(std::io::ErrorKind::StorageFull.into()),
        _ => Ok(()),
    });
    let error = corpus.run_with(|options| options.steps = steps).unwrap_err();
    assert!(error.to_string().contains("make room on the disk"), "{error}");
    assert!(Store::new(corpus.index_folder()).current_manifest().unwrap().is_none());
}

#[test]
fn copies_of_a_text_know_each_other() {
    let long: String =
        (0..60).map(|at| format!("Delegation {at} spoke of return and of protection at {at}00. ")).collect();
    let other = long.replace("Delegation 7 ", "Nobody ");
    let corpus = Corpus::new(&[("a.txt", long.as_str()), ("b.txt", TEXT), ("c.md", other.as_str())]);
    let report = corpus.run().unwrap();
    assert_eq!((report.groups.same_text, report.groups.works), (1, 0));
    let published = || manifest(&corpus).collections["public"].documents.keys().cloned().collect::<Vec<_>>();
    assert_eq!(published().len(), 3, "grouped, not dropped");
    assert!(!corpus.run().unwrap().published, "what the cache knows groups them alike");
    corpus.write("c.md", TEXT.replace("two", "three"));
    assert_eq!(corpus.run().unwrap().groups.same_text, 1, "b and c now");
}
