//! Searching in process: our engine and the bare one, the same compiled queries over the same files.

use std::path::Path;
use std::sync::Arc;

use rcp_corpus::settings::Settings;
use rcp_index::backend::IndexBackend;
use rcp_index::generation::{OpenGeneration, Reader, Store};
use rcp_index::plan::{Plan, Unit};
use rcp_index::scope::{PUBLIC, Scope};
use rcp_query::{Searcher, Snapshot};
use serde_json::{Value, json};

use super::say;
use crate::bare::{self, BareIndex};
use crate::measure::{Summary, Timings};
use crate::queries::{DEFAULT_FACETS, Queries, Shape};
use crate::report::Section;

/// Measures every shape over documents and over passages, with and without facets.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn engine(index: &Path, settings: &Arc<Settings>, requests: usize) -> anyhow::Result<Vec<Section>> {
    let generation = Reader::open(Store::new(index))?.current();
    let snapshot = Searcher::open(index, Arc::clone(settings))?.snapshot();
    let queries = Queries::of(&generation)?;
    let number = generation.manifest().generation;
    let collection = index.join(format!("generations/{number:06}")).join(PUBLIC);
    let mut sections = Vec::new();
    for (unit, name) in [(Unit::Documents, "documents"), (Unit::Passages, "passages")] {
        let bare = BareIndex::open(&collection.join(name))?;
        let comparison = Comparison { generation: &generation, snapshot: &snapshot, bare: &bare, unit };
        let title = format!("In process, {name}: `IndexBackend::search` beside tantivy's queries");
        let columns = [
            "query",
            "ours p50 ms",
            "p99",
            "tantivy p50 ms",
            "p99",
            "ratio p50",
            "facets: ours p50 ms",
            "p99",
            "tantivy p50 ms",
            "p99",
            "ratio p50",
            "queries",
            "same total",
        ];
        let mut section = Section::new(&title, &columns);
        for shape in Shape::ALL {
            say(&format!("engine: {name}, {}", shape.name()));
            section.row(comparison.row(&queries, shape, requests)?);
        }
        section.note(
            "Ten hits (one more is looked for), the total, and with facets seven of them; one thread, warm. tantivy runs \
             BooleanQuery, TermQuery and PhraseQuery with TopDocs and Count, and its terms aggregation; its queries are \
             made beforehand, as are our plans. Where \"same total\" is below \"queries\" the two do not mean the same: \
             tantivy's slop also lets words change places.",
        );
        sections.push(section);
    }
    Ok(sections)
}

struct Comparison<'a> {
    generation: &'a OpenGeneration,
    snapshot: &'a Snapshot,
    bare: &'a BareIndex,
    unit: Unit,
}

impl Comparison<'_> {
    fn row(&self, queries: &Queries<'_>, shape: Shape, requests: usize) -> anyhow::Result<Vec<Value>> {
        let scope = Scope::public();
        let schema = self.bare.schema();
        let mut plans = Vec::new();
        for query in queries.draw(shape, requests, 11)? {
            let plan = self.snapshot.plan(&scope, &query.request(self.unit))?;
            if let Some(bare) = bare::query(&plan, &schema) {
                plans.push((plan, bare));
            }
        }
        let facets: Vec<String> = DEFAULT_FACETS.iter().map(|&name| name.to_owned()).collect();
        let [mut ours, mut ours_facets, mut theirs, mut theirs_facets] = <[Timings; 4]>::default();
        let mut same = 0;
        // The first tenth is run once before, to warm caches.
        let warm_up = plans.len() / 10;
        for (plan, bare) in plans.iter().take(warm_up) {
            self.generation.search(&scope, plan)?;
            self.bare.search(bare.as_ref(), plan.page.limit)?;
        }
        for (plan, bare) in &plans {
            let limit = plan.page.limit;
            let page = ours.time(|| self.generation.search(&scope, plan))?;
            let (total, _) = theirs.time(|| self.bare.search(bare.as_ref(), limit))?;
            same += usize::from(page.total == total as u64);
            let with_facets = Plan { facets: facets.clone(), ..plan.clone() };
            ours_facets.time(|| self.generation.search(&scope, &with_facets))?;
            theirs_facets.time(|| self.bare.search_with_facets(bare.as_ref(), limit, &DEFAULT_FACETS))?;
        }
        let cells = |ours: Summary, theirs: Summary| {
            let ratio = ours.p50 / theirs.p50.max(f64::MIN_POSITIVE);
            [ours.p50, ours.p99, theirs.p50, theirs.p99, ratio].map(Value::from)
        };
        let mut row = vec![json!(shape.name())];
        row.extend(cells(ours.summary(), theirs.summary()));
        row.extend(cells(ours_facets.summary(), theirs_facets.summary()));
        row.extend([json!(plans.len()), json!(same)]);
        Ok(row)
    }
}
