//! [`Real`]: an index of the real engine with two collections and two generations, and ways to damage it.

use std::collections::BTreeSet;

use rcp_corpus::analysis::{AnalysisSettings, Analyzer, fold};
use rcp_corpus::model::{Event, Label, Language, Passage, PassageId, Provenance};

use super::*;
use crate::plan::Text;
use crate::record::{PassageRecord, Tokens};

const FACETS: [&str; 5] = ["event", "lang", "rcp", "theme", "year"];

/// Numbers that look random and are the same in every run: SplitMix64 (Steele, Lea and Flood 2014).
pub(super) struct Seed(pub(super) u64);

impl Seed {
    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    pub(super) fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// An index of two generations that is removed at the end of the test.
pub(super) struct Real {
    pub(super) store: Store,
    _folder: TempDir,
}

impl Real {
    pub(super) fn new() -> Real {
        let folder = scratch();
        let store = Store::new(folder.path().join("index"));
        for minute in 0..2 {
            let lock = store.lock().unwrap();
            let previous = store.current_manifest().unwrap();
            let settings = BuildSettings { fingerprints: fingerprints(), facets: FACETS.map(str::to_owned).to_vec() };
            let mut build = Build::begin(&lock, previous.as_ref(), settings, Steps::default()).unwrap();
            for record in records(minute) {
                build.add(&record).unwrap();
            }
            build.publish(BTreeMap::new(), clock(minute as i64)).unwrap();
        }
        Real { store, _folder: folder }
    }

    /// Path of a file by its name in the folder of the second generation, or of `CURRENT`.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        if name == "CURRENT" { self.store.current_path() } else { self.store.generation_path(2).join(name) }
    }

    pub(super) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The files of the second generation with `CURRENT`, in an order that is the same in every run.
    pub(super) fn files(&self) -> Vec<String> {
        let entries = files::walk(&self.store.generation_path(2)).unwrap();
        let names = entries.into_iter().filter(|entry| !entry.is_folder).map(|entry| entry.name);
        let mut names: Vec<String> = names.chain(["CURRENT".to_owned()]).collect();
        // Names of segments are random.
        names.sort_by_key(|name| role(name));
        names
    }

    /// The file that is in this generation and collection what a file of the second one is in its own.
    pub(super) fn counterpart(&self, name: &str, generation: u64, collection: Option<(&str, &str)>) -> Option<PathBuf> {
        let wanted = match collection {
            Some((from, to)) => role(&format!("{to}{}", name.strip_prefix(from)?)),
            None => role(name),
        };
        let entries = files::walk(&self.store.generation_path(generation)).unwrap();
        entries.into_iter().find(|entry| !entry.is_folder && role(&entry.name) == wanted).map(|entry| entry.path)
    }

    /// Changes the second generation's manifest, and the hashes of all its files, the seal and `CURRENT` with it, as no
    /// accident would.
    pub(super) fn forge(&self, change: impl FnOnce(&mut Manifest)) {
        let text = fs::read_to_string(self.path("manifest.json")).unwrap();
        let mut manifest = Manifest::from_text(&text).unwrap();
        for (collection, content) in &mut manifest.collections {
            for (name, stamp) in &mut content.files {
                if let Ok(found) = files::stamp(&self.path(&format!("{collection}/{name}"))) {
                    *stamp = found;
                }
            }
        }
        change(&mut manifest);
        let bytes = manifest.to_bytes().unwrap();
        let line = pointer::Pointer { generation: 2, manifest: digest::of_bytes(&bytes) }.line();
        fs::write(self.path("manifest.json"), bytes).unwrap();
        fs::write(self.path("manifest.seal"), &line).unwrap();
        fs::write(self.path("CURRENT"), &line).unwrap();
    }

    /// All problems of all collections; files must be those that the manifest names.
    #[track_caller]
    pub(super) fn problems(&self) -> Vec<String> {
        let report = check(&self.store, None, |_| {}).unwrap();
        assert!(report.files.iter().all(|file| file.damage.is_none()), "{report:?}");
        report.collections.into_iter().flat_map(|collection| collection.findings.unwrap().problems).collect()
    }
}

/// What a file is: its name without that of its segment.
pub(super) fn role(name: &str) -> String {
    match (name.rsplit_once('/'), name.rsplit_once('.')) {
        (Some((folder, _)), Some((_, kind))) if kind != "json" => format!("{folder}/*.{kind}"),
        _ => name.to_owned(),
    }
}

/// The documents of a generation: 60 in `public`, every fourth one in `staff` besides. The second one has other texts.
fn records(generation: u64) -> Vec<DocumentRecord> {
    let mut records: Vec<DocumentRecord> = (0..80).map(|number| document(number, generation)).collect();
    records.sort_by(|a, b| a.document.collection.cmp(&b.document.collection));
    records
}

fn document(number: u16, generation: u64) -> DocumentRecord {
    let mut seed = Seed(u64::from(number) * 2 + generation);
    let collection = if number % 4 == 3 { "staff" } else { "public" };
    let mut record = record(&format!("d{number:03} {collection} {} Réunion of {number}", text(&mut seed, 3)));
    let document = &mut record.document;
    let language = seed.of(&[Language::En, Language::Es, Language::Fr]);
    document.languages = vec![language];
    if !number.is_multiple_of(3) {
        let date = format!("20{:02}-0{}", number % 20, 1 + number % 9);
        document.date = Some(Fact::curated(date.parse().unwrap()));
        document.year = Some(Fact::curated(2_000 + number as i16 % 20));
        let event = Event { series: "rcm".to_owned(), ordinal: Some(number), edition: None, name: text(&mut seed, 2) };
        document.event = Some(Fact::curated(event));
    }
    document.labels = vec![label("rcp", seed.of(&["rcm", "sacm"]))];
    let facet = |facet: &str, values: Vec<String>| (facet.to_owned(), values);
    let mut facets = BTreeMap::from([
        facet("lang", vec![language.code().to_owned()]),
        facet("rcp", document.labels.iter().map(|label| label.concept.clone()).collect()),
    ]);
    facets.extend(document.year.iter().map(|year| facet("year", vec![year.value.to_string()])));
    facets.extend(document.event.iter().map(|event| facet("event", vec![event.value.id()])));
    let title = document.display_title().to_owned();
    record.sort_title = Some(fold(&title));
    let title = tokens(&title, language);
    record.passages =
        (0..seed.below(6)).map(|at| passage(at as u32 * 2, language, &title, &facets, &mut seed)).collect();
    let bodies = record.passages.iter().flat_map(|passage| passage.texts[&Text::Body].clone());
    record.texts = BTreeMap::from([
        (Text::Body, bodies.collect()),
        (Text::Title, vec![title]),
        (Text::Facts, vec![tokens("venue of the co-operation", Language::En)]),
    ]);
    record.facets = facets;
    record
}

fn passage(
    ordinal: u32,
    language: Language,
    title: &Tokens,
    facets: &BTreeMap<String, Vec<String>>,
    seed: &mut Seed,
) -> PassageRecord {
    let length = 5 + seed.below(40);
    let text = text(seed, length);
    let theme = seed.of(&["border.visa", "health", "return"]);
    let id = PassageId::new(&format!("n{ordinal}")).unwrap();
    let passage = Passage { labels: vec![label("theme", theme)], ..Passage::new(id, ordinal, language, &text) };
    let texts = BTreeMap::from([(Text::Body, vec![tokens(&text, language)]), (Text::Title, vec![title.clone()])]);
    let parent = theme.split('.').next().unwrap_or(theme);
    let themes: BTreeSet<String> = [parent, theme].map(str::to_owned).into();
    let mut facets = facets.clone();
    facets.insert("theme".to_owned(), themes.into_iter().collect());
    PassageRecord { passage, texts, facets }
}

/// Words as they come.
fn text(seed: &mut Seed, words: usize) -> String {
    const WORDS: [&str; 16] = [
        "the",
        "migration",
        "of",
        "migrants",
        "co-operation",
        "border",
        "visa",
        "réfugié",
        "health",
        "return",
        "región",
        "states",
        "policy",
        "2013",
        "labour",
        "x",
    ];
    // A few words are frequent enough to fill blocks, many are rare.
    let word = |seed: &mut Seed| match seed.below(4) {
        0 => format!("word{}", seed.below(900)),
        _ => seed.of(&WORDS).to_owned(),
    };
    (0..words).map(|_| word(seed)).collect::<Vec<_>>().join(" ")
}

fn tokens(text: &str, language: Language) -> Tokens {
    let stop_words = [(Language::En, ["of", "the"].map(str::to_owned).into())].into();
    let analyzer = Analyzer::new(&AnalysisSettings { stop_words, ..AnalysisSettings::default() });
    Tokens::new(&analyzer, text, language)
}

fn label(facet: &str, concept: &str) -> Label {
    Label {
        facet: facet.to_owned(),
        concept: concept.to_owned(),
        confidence: 1.0,
        provenance: Provenance::Curated,
        evidence: Vec::new(),
    }
}
