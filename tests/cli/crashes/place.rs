//! [`Place`]: a small corpus, its index, and what must hold of both after any accident.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use rcp_corpus::settings::Settings;
use rcp_index::generation::{GenerationError, Steps, Store, check};
use rcp_index::scope::Scope;
use rcp_indexer::{IndexError, IndexOptions, Report};
use rcp_query::request::{SearchRequest, Unit};
use rcp_query::response::{Hits, SearchResponse};
use rcp_query::{OpenError, Searcher};

use crate::sandbox::{Run, Sandbox, copy_folder, project, run};

/// A word that stands in one document of [`corpus`] only, the one that is withdrawn or restricted.
pub(super) const MARKER: &str = "xylophones";

/// How long to wait for what comes soon.
const PATIENCE: Duration = Duration::from_secs(60);

/// The restricted collection.
const RESTRICTED: &str = "drafts";

const SCHEMES: [(&str, &str); 2] = [
    (
        "rcp",
        r#"
        id = "rcp"
        label.en = "Process"
        facets = ["rcp", "mentions"]
        mentioned_as = "mentions"
        [[concept]]
        id = "sacm"
        label.en = "South American Conference on Migration"
        "#,
    ),
    (
        "country",
        r#"
        id = "country"
        label.en = "Country"
        facets = ["country"]
        mentioned_as = "country"
        [[concept]]
        id = "pe"
        label.en = "Peru"
        "#,
    ),
];

/// A corpus: files by name.
pub(super) type Files = BTreeMap<String, String>;

/// A folder with a corpus, a configuration of its own that is read quickly, and an index.
pub(super) struct Place {
    pub(super) sandbox: Sandbox,
    settings: Arc<Settings>,
}

/// What an index answers: to several requests, in the public scope and with the restricted collection.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answers(Vec<SearchResponse>);

/// Two collections of `documents` public documents and a restricted one.
pub(super) fn corpus(documents: usize) -> Files {
    let text = |at: usize| {
        let paragraphs = (1..=6).map(|number| {
            format!(
                "{number}. Delegates of Peru spoke of return number {at}, and of consular protection at {number}.\n\n"
            )
        });
        format!("# Report {at}\n\n{}", paragraphs.collect::<String>())
    };
    let mut files: Files = (0..documents).map(|at| (format!("report-{at:03}.md"), text(at))).collect();
    files.insert("marked.md".to_owned(), format!("# Marked\n\nA text about {MARKER} and return.\n"));
    files.insert("staff/note.txt".to_owned(), "A note of the staff about the return of delegates.\n".to_owned());
    let manifest = format!("[[document]]\nfile = \"note.txt\"\ncollection = \"{RESTRICTED}\"\n");
    files.insert("staff/manifest.toml".to_owned(), manifest);
    files
}

/// Changes a file of a corpus, adds one, and takes one away that nobody will miss.
pub(super) fn changed(mut files: Files) -> Files {
    files.insert("report-001.md".to_owned(), "# Report 1\n\nDelegates agreed on return after all.\n".to_owned());
    files.insert("report-new.md".to_owned(), "# New report\n\nA text about health and return.\n".to_owned());
    files
}

/// Withdraws the marked document.
pub(super) fn withdrawn(mut files: Files) -> Files {
    files.remove("marked.md");
    files
}

/// Moves the marked document to the restricted collection.
pub(super) fn restricted(mut files: Files) -> Files {
    files.insert("marked.meta.toml".to_owned(), format!("collection = \"{RESTRICTED}\"\n"));
    files
}

impl Place {
    pub(super) fn new() -> Place {
        let sandbox = Sandbox::in_memory();
        for name in ["index.toml", "analysis/stop-words.toml", "analysis/stems.toml"] {
            sandbox.write(&format!("config/{name}"), fs::read(project("index-config").join(name)).unwrap());
        }
        for (name, scheme) in SCHEMES {
            sandbox.write(&format!("config/schemes/{name}.toml"), scheme);
        }
        let settings = Arc::new(Settings::load(&sandbox.path("config")).unwrap());
        Place { sandbox, settings }
    }

    /// Makes these files the corpus. They look settled, so that the next run may trust their times.
    pub(super) fn write(&self, files: &Files) {
        let corpus = self.sandbox.path("corpus");
        fs::create_dir_all(&corpus).unwrap();
        fs::remove_dir_all(&corpus).unwrap();
        for (name, text) in files {
            self.sandbox.write(&format!("corpus/{name}"), text);
            let hour_ago = SystemTime::now() - Duration::from_secs(3_600);
            fs::File::options().write(true).open(corpus.join(name)).unwrap().set_modified(hour_ago).unwrap();
        }
    }

    pub(super) fn index(&self) -> PathBuf {
        self.sandbox.path("index")
    }

    /// The index as it is now under another name, or not at all where there is none.
    pub(super) fn keep_index(&self, name: &str) {
        replace_folder(&self.index(), &self.sandbox.path(name));
    }

    /// Makes a kept index the index.
    pub(super) fn restore_index(&self, name: &str) {
        replace_folder(&self.sandbox.path(name), &self.index());
    }

    /// What a run of this place is asked for.
    pub(super) fn options(&self, steps: Steps) -> IndexOptions {
        let folders = vec![self.sandbox.path("corpus")];
        IndexOptions { steps, ..IndexOptions::new(folders, self.index()) }
    }

    /// A run in this process.
    pub(super) fn run_with(&self, options: &IndexOptions) -> Result<Report, IndexError> {
        index_when_free(options, &self.settings)
    }

    /// A run in this process that must succeed.
    #[track_caller]
    pub(super) fn run(&self) -> Report {
        self.run_with(&self.options(Steps::default())).unwrap()
    }

    /// The real binary, about to index the corpus.
    pub(super) fn binary(&self, more: &[&str]) -> Command {
        let corpus = self.sandbox.path("corpus").display().to_string();
        self.sandbox.command(&[&["index", &corpus], more].concat())
    }

    pub(super) fn searcher(&self) -> Result<Searcher, OpenError> {
        Searcher::open(&self.index(), Arc::clone(&self.settings))
    }

    /// What the index answers; `None` where nothing was ever published. It must be sound.
    #[track_caller]
    pub(super) fn answers(&self) -> Option<Answers> {
        match self.searcher() {
            Ok(searcher) => {
                let report = check(&Store::new(self.index()), None, |_| {}).unwrap();
                assert!(report.is_sound(), "{report:?}");
                Some(Answers::of(&searcher))
            }
            Err(OpenError::Generation(GenerationError::NoIndex { .. })) => None,
            Err(error) => panic!("it does not open: {error}"),
        }
    }

    /// After a run that succeeded: the index holds `CURRENT`, the lock, sound generations that were published and of
    /// which none shows what the current one does not, and a cache of the files that are there now. Nothing else.
    #[track_caller]
    pub(super) fn is_tidy(&self) {
        let index = self.index();
        assert_eq!(names(&index), [".lock", "CURRENT", "cache", "generations"]);
        assert_eq!(names(&index.join("cache")), ["files.json", "readings"]);
        let corpus = files_below(&self.sandbox.path("corpus"));
        let documents = corpus.iter().filter(|path| path.extension().is_some_and(|ending| ending != "toml"));
        let texts: BTreeSet<Vec<u8>> = documents.map(|path| fs::read(path).unwrap()).collect();
        let readings = names(&index.join("cache/readings"));
        assert_eq!(readings.len(), texts.len(), "{readings:?}");
        assert!(readings.iter().all(|name| name.len() == 64 + 5 && name.ends_with(".json")), "{readings:?}");

        let store = Store::new(&index);
        let current = store.current_manifest().unwrap().unwrap();
        let generations = names(&index.join("generations"));
        assert_eq!(generations.last(), Some(&format!("{:06}", current.generation)));
        for name in generations {
            let number = name.parse().unwrap();
            let report = check(&store, Some(number), |_| {}).unwrap();
            assert!(report.is_sound(), "{report:?}");
            let mut published = current.history.iter().map(|before| before.generation).chain([current.generation]);
            assert!(published.any(|published| published == number), "{number} was never published");
            let manifest = fs::read_to_string(index.join("generations").join(name).join("manifest.json")).unwrap();
            assert!(!current.restricts(&serde_json::from_str(&manifest).unwrap()), "it shows what it must not");
        }
    }

    /// Files of the index that hold the marker, by their path below the index.
    pub(super) fn marked_files(&self) -> Vec<String> {
        let index = self.index();
        let holds = |path: &PathBuf| {
            let bytes = fs::read(path).unwrap();
            bytes.windows(MARKER.len()).any(|window| window == MARKER.as_bytes())
        };
        let marked = files_below(&index).into_iter().filter(holds);
        marked.map(|path| path.strip_prefix(&index).unwrap().display().to_string()).collect()
    }
}

/// A run in this process, as soon as the index is free.
///
/// A process that another test is just starting holds a copy of every file that is open here, the lock of a run among
/// them, until it begins its own program: so an index may be locked for a moment after its run has ended.
pub(super) fn index_when_free(options: &IndexOptions, settings: &Settings) -> Result<Report, IndexError> {
    let start = Instant::now();
    loop {
        match rcp_indexer::index(options, settings, &mut |_| {}) {
            Err(IndexError::Generation(GenerationError::Locked { .. })) if start.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(5));
            }
            result => return result,
        }
    }
}

/// As [`index_when_free`], for the real binary.
pub(super) fn run_when_free(command: impl Fn() -> Command) -> Run {
    let start = Instant::now();
    loop {
        let run = run(command());
        if !run.err.contains("another `rcp-search index` is running") || start.elapsed() > PATIENCE {
            return run;
        }
    }
}

impl Answers {
    /// Asks a searcher everything.
    pub(super) fn of(searcher: &Searcher) -> Answers {
        let mut answers = Vec::new();
        Answers::each(searcher, |_, answer| answers.push(answer));
        Answers(answers)
    }

    /// Asks a searcher everything; takes each answer with its place.
    pub(super) fn each(searcher: &Searcher, mut take: impl FnMut(usize, SearchResponse)) {
        let scopes = [Scope::public(), Scope::with([RESTRICTED.to_owned()])];
        let requests = [
            (Unit::Documents, "return"),
            (Unit::Documents, MARKER),
            (Unit::Documents, "\"consular protection\" OR health"),
            (Unit::Documents, ""),
            (Unit::Passages, "delegates return"),
        ];
        let all = scopes.iter().flat_map(|scope| requests.map(|(unit, query)| (scope, unit, query)));
        for (at, (scope, unit, query)) in all.enumerate() {
            let mut request = SearchRequest::new(unit, query);
            request.limit = SearchRequest::MAX_LIMIT.into();
            request.facets = vec!["country".to_owned(), "year".to_owned()];
            take(at, timeless(searcher.search(scope, &request).unwrap()));
        }
    }

    /// Whether this is the answer in a place.
    pub(super) fn has(&self, at: usize, answer: &SearchResponse) -> bool {
        self.0.get(at) == Some(answer)
    }

    /// Documents with the marker, in public and for those who see the restricted collection too.
    pub(super) fn marked(&self) -> (u64, u64) {
        let public = self.0.get(1).unwrap().total;
        (public, self.0.get(6).unwrap().total)
    }
}

/// An answer without the times of indexing.
fn timeless(mut answer: SearchResponse) -> SearchResponse {
    let documents: Vec<_> = match &mut answer.hits {
        Hits::Documents(hits) => hits.iter_mut().map(|hit| &mut hit.document).collect(),
        Hits::Passages(hits) => hits.iter_mut().map(|hit| &mut hit.document).collect(),
    };
    for document in documents {
        (document.added, document.changed) = (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH);
    }
    answer
}

fn replace_folder(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).unwrap();
    }
    if from.exists() {
        copy_folder(from, to);
    }
}

/// Names of what a folder holds, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            files.push(path);
        }
    }
    files
}
