//! The dearest plans that can be made over an index: time, memory, and whether the budget ended them.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use rcp_corpus::model::DocumentId;
use rcp_index::backend::{EvidenceRequest, ExplainRequest, IndexBackend};
use rcp_index::generation::{OpenGeneration, Reader, Store};
use rcp_index::plan::{
    Boolean, Budget, Clause, Cross, Field, Form, Leaf, Member, PageRequest, Phrase, Plan, Similarity, Slot, Sort, Text,
    Unit, Words,
};
use rcp_index::scope::Scope;
use serde_json::json;

use super::say;
use crate::process::memory;
use crate::queries::DEFAULT_FACETS;
use crate::report::Section;

/// Words of a query, and forms of each, at most.
const LIMITS: (usize, usize) = (64, 1_000);

/// Records that are explained, and documents that evidence is found for.
const RECORDS: usize = 100;

/// Runs of each; the longest counts.
const RUNS: usize = 3;

/// Measures each plan over documents and over passages.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn worst(index: &Path) -> anyhow::Result<Section> {
    let generation = Reader::open(Store::new(index))?.current();
    let words = Frequent::of(&generation)?;
    let columns = ["plan", "documents: max ms", "total", "partial", "passages: max ms", "total", "partial", "MB"];
    let mut section = Section::new("The dearest plans", &columns);
    // From the start, so that what an allocator keeps counts as well.
    let before = anonymous_memory();
    for (name, shape) in shapes() {
        say(&format!("worst: {name}"));
        let mut row = vec![json!(name)];
        let peak = peak_of(|| -> anyhow::Result<()> {
            for unit in [Unit::Documents, Unit::Passages] {
                let mut longest = Duration::ZERO;
                let mut seen = (0, false);
                for _ in 0..RUNS {
                    let ask = shape(&words, unit);
                    let start = Instant::now();
                    seen = ask.run(&generation, &words.ids)?;
                    longest = longest.max(start.elapsed());
                }
                row.extend([json!(longest.as_secs_f64() * 1e3), json!(seen.0), json!(seen.1)]);
            }
            Ok(())
        })?;
        row.push(json!(peak.saturating_sub(before) as f64 / 1e6));
        section.row(row);
    }
    section.note(
        "Groups of the most frequent words there are, a thousand in each; the plan itself is in the memory. One thread, warm.",
    );
    Ok(section)
}

/// What is asked of the engine.
enum Ask {
    Search(Box<Plan>),
    Evidence(Vec<Leaf>),
    Explain(Unit, Vec<Leaf>),
}

impl Ask {
    /// How much was found, and whether the budget ended it.
    fn run(&self, generation: &OpenGeneration, ids: &[DocumentId]) -> anyhow::Result<(u64, bool)> {
        let (scope, similarity, budget) = (Scope::public(), Similarity::default(), Budget::default());
        let spread = ids.iter().step_by((ids.len() / RECORDS).max(1)).take(RECORDS).cloned();
        Ok(match self {
            Ask::Search(plan) => {
                let page = generation.search(&scope, plan)?;
                (page.total, page.partial)
            }
            Ask::Evidence(leaves) => {
                let documents: Vec<DocumentId> = spread.collect();
                let request = EvidenceRequest { documents: &documents, leaves, limit: 3, similarity, budget };
                let found = generation.evidence(&scope, &request)?;
                (found.iter().map(|found| found.total).sum(), found.iter().any(|found| found.partial))
            }
            Ask::Explain(unit, leaves) => {
                let records: Vec<(DocumentId, u32)> = spread.map(|id| (id, 0)).collect();
                let request = ExplainRequest { unit: *unit, leaves, similarity, records: &records, budget };
                let found = generation.explain(&scope, &request)?;
                let matches = found.records.iter().flatten().filter(|leaf| leaf.frequency > 0.0).count();
                (matches as u64, found.partial)
            }
        })
    }
}

/// The words of the index as they are written, the most frequent first, and its documents.
struct Frequent {
    words: Vec<String>,
    ids: Vec<DocumentId>,
}

impl Frequent {
    fn of(generation: &OpenGeneration) -> anyhow::Result<Frequent> {
        let vocabulary = generation.vocabularies(&Scope::public()).pop().context("the index has no vocabulary")?;
        let mut ranked: Vec<(u32, String)> =
            vocabulary.starting_with("").into_iter().map(|(word, entry)| (entry.documents, word)).collect();
        ranked.sort_by(|left, right| right.cmp(left));
        let collection = generation.manifest().collections.values().next().context("the index is empty")?;
        let ids = collection.documents.keys().cloned().collect();
        Ok(Frequent { words: ranked.into_iter().map(|(_, word)| word).collect(), ids })
    }

    /// A group for each word of the longest query; the first has the most frequent words. When the words are used up, they
    /// come again.
    fn groups(&self) -> Vec<Arc<[Member]>> {
        let (words, forms) = LIMITS;
        let member = |at: usize| Member::term(&self.words[at % self.words.len()]);
        (0..words).map(|word| (word * forms..(word + 1) * forms).map(member).collect()).collect()
    }

    /// A phrase of so many of the most frequent words, from one on, with so many alternatives in each place.
    fn phrase(&self, from: usize, slots: usize, alternatives: usize, slop: u32) -> Arc<[Member]> {
        let tokens = |slot: usize| {
            let first = from + slot * alternatives;
            (first..first + alternatives).map(|at| self.words[at % self.words.len()].clone()).collect()
        };
        let slots = (0..slots).map(|slot| Slot { offset: slot as u32, tokens: tokens(slot) });
        [Member { phrase: Phrase { slots: slots.collect(), slop }, weight: 1.0 }].into()
    }
}

/// A group over every field of a unit.
fn leaves(members: &Arc<[Member]>, unit: Unit, word: usize) -> Vec<Leaf> {
    let texts = Text::ALL.into_iter().filter(|&text| unit == Unit::Documents || text != Text::Facts);
    let leaf = |text| Leaf {
        field: Field { text, form: Form::Exact },
        words: 1 << word,
        anchor: true,
        boost: 1.0,
        members: Arc::clone(members),
    };
    texts.map(leaf).collect()
}

fn all_leaves(groups: &[Arc<[Member]>], unit: Unit) -> Vec<Leaf> {
    groups.iter().enumerate().flat_map(|(word, group)| leaves(group, unit, word)).collect()
}

fn plan(unit: Unit, clause: Clause) -> Plan {
    Plan {
        unit,
        clause,
        words: u64::MAX,
        filters: Vec::new(),
        facets: Vec::new(),
        crosses: Vec::new(),
        sort: Sort::Relevance,
        page: PageRequest { offset: 0, limit: 10, after: None },
        similarity: Similarity::default(),
        budget: Budget::default(),
    }
}

fn search(unit: Unit, clause: Clause) -> Ask {
    Ask::Search(Box::new(plan(unit, clause)))
}

fn union(unit: Unit, groups: &[Arc<[Member]>]) -> Ask {
    search(unit, Clause::Words(Words { leaves: all_leaves(groups, unit), minimum: 1 }))
}

type Shape = fn(&Frequent, Unit) -> Ask;

fn shapes() -> Vec<(&'static str, Shape)> {
    vec![
        ("64 words", |words, unit| {
            let groups: Vec<_> = (0..LIMITS.0).map(|at| words.phrase(at, 1, 1, 0)).collect();
            union(unit, &groups)
        }),
        ("a prefix of 1,000 forms", |words, unit| union(unit, &words.groups()[..1])),
        ("64 prefixes", |words, unit| union(unit, &words.groups())),
        ("64 times the first prefix", |words, unit| union(unit, &vec![words.groups().swap_remove(0); LIMITS.0])),
        ("64 prefixes, all required", |words, unit| {
            let one = |(word, group)| Clause::Words(Words { leaves: leaves(group, unit, word), minimum: 0 });
            let must = words.groups().iter().enumerate().map(one).collect();
            search(unit, Clause::Boolean(Boolean { must, ..Boolean::default() }))
        }),
        ("64 prefixes, any of them, in clauses", |words, unit| {
            let one = |(word, group)| Clause::Words(Words { leaves: leaves(group, unit, word), minimum: 0 });
            let should = words.groups().iter().enumerate().map(one).collect();
            search(unit, Clause::Boolean(Boolean { should, minimum_should_match: 1, ..Boolean::default() }))
        }),
        ("phrase of 2 words, slop 50", |words, unit| union(unit, &[words.phrase(0, 2, 1, 50)])),
        ("phrase of 64 words, slop 50", |words, unit| union(unit, &[words.phrase(0, 64, 1, 50)])),
        ("32 phrases of 2 words, slop 50", |words, unit| {
            let phrases: Vec<_> = (0..32).map(|at| words.phrase(2 * at, 2, 1, 50)).collect();
            union(unit, &phrases)
        }),
        ("phrase of 4 places with 1,000 words each, slop 50", |words, unit| {
            union(unit, &[words.phrase(0, 4, LIMITS.1, 50)])
        }),
        ("phrase of 64 places with 1,000 words each", |words, unit| union(unit, &[words.phrase(0, 64, LIMITS.1, 0)])),
        ("everything: facets, tables, page 1,000", |_, unit| {
            let mut plan = plan(unit, Clause::Everything);
            plan.facets = DEFAULT_FACETS.map(str::to_owned).into();
            let cross = |rows: &str, columns: &str| Cross { rows: rows.into(), columns: columns.into(), best: true };
            plan.crosses =
                DEFAULT_FACETS.iter().flat_map(|rows| DEFAULT_FACETS.map(|columns| cross(rows, columns))).collect();
            plan.page.offset = 10_000;
            Ask::Search(Box::new(plan))
        }),
        ("evidence of 100 documents, 64 words", |words, _| {
            let groups: Vec<_> = (0..LIMITS.0).map(|at| words.phrase(at, 1, 1, 0)).collect();
            Ask::Evidence(all_leaves(&groups, Unit::Passages))
        }),
        ("evidence of 100 documents, 64 prefixes", |words, _| {
            Ask::Evidence(all_leaves(&words.groups(), Unit::Passages))
        }),
        ("40 pairs in 100 records", |words, unit| {
            let leaf = |at| leaves(&words.phrase(at, 2, 4, 8), unit, 0).swap_remove(0);
            Ask::Explain(unit, (0..40).map(leaf).collect())
        }),
        ("40 words in 100 records", |words, unit| {
            let leaf = |at| leaves(&words.phrase(at, 1, 1, 0), unit, 0).swap_remove(0);
            Ask::Explain(unit, (0..40).map(leaf).collect())
        }),
        ("64 prefixes in 100 records", |words, unit| Ask::Explain(unit, all_leaves(&words.groups(), unit))),
    ]
}

/// Memory of this process that is not of files, in bytes; 0 where the system does not tell.
pub(super) fn anonymous_memory() -> u64 {
    memory(std::process::id(), "RssAnon").unwrap_or(0)
}

/// The most memory that was seen while something ran.
pub(super) fn peak_of(run: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<u64> {
    let (peak, is_over) = (AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                peak.fetch_max(anonymous_memory(), Ordering::Relaxed);
                thread::sleep(Duration::from_millis(1));
            }
        });
        let done = run();
        is_over.store(true, Ordering::Relaxed);
        done
    })?;
    Ok(peak.into_inner())
}
