//! The referee: what a plan must answer, read off the records one by one.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::FILLER;
use rcp_index::backend::{FacetCount, FacetCounts};
use rcp_index::plan::{Boolean, Clause, Field, Filter, Leaf, Member, Plan, Sort, Unit, Words};
use rcp_index::record::{DocumentRecord, Tokens};
use rcp_index::scope::Scope;

/// What the scan found, the hits in their order.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) hits: Vec<Found>,
    pub(crate) total_all_words: u64,
    pub(crate) facets: BTreeMap<String, FacetCounts>,
}

impl Answer {
    /// Names of the hits, in their order.
    pub(crate) fn names(&self) -> Vec<String> {
        self.hits.iter().map(|hit| hit.name.clone()).collect()
    }

    /// Score of a hit.
    pub(crate) fn score(&self, name: &str) -> f64 {
        self.hits.iter().find(|hit| hit.name == name).unwrap().score
    }
}

/// A hit of the scan.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) score: f64,
}

/// A document or passage, with the tokens of each field at their positions; values are far apart.
struct Row<'a> {
    document: &'a DocumentRecord,
    passage: Option<usize>,
    fields: BTreeMap<Field, Vec<(i64, String)>>,
}

impl<'a> Row<'a> {
    fn new(document: &'a DocumentRecord, passage: Option<usize>, unit: Unit) -> Row<'a> {
        let texts = passage.map_or(&document.texts, |passage| &document.passages[passage].texts);
        let fields = Field::all(unit).map(|field| (field, placed(texts.get(&field.text), field)));
        Row { document, passage, fields: fields.collect() }
    }

    fn values(&self, facet: &str) -> &[String] {
        let facets = self.passage.map_or(&self.document.facets, |passage| &self.document.passages[passage].facets);
        facets.get(facet).map_or(&[], Vec::as_slice)
    }

    fn name(&self) -> String {
        let id = &self.document.document.id;
        self.passage.map_or(id.to_string(), |passage| format!("{id}#{passage}"))
    }

    fn tokens(&self, field: Field) -> &[(i64, String)] {
        self.fields.get(&field).map_or(&[], Vec::as_slice)
    }
}

fn placed(values: Option<&Vec<Tokens>>, field: Field) -> Vec<(i64, String)> {
    let mut placed = Vec::new();
    for (value, tokens) in (0..).zip(values.into_iter().flatten()) {
        let string = tokens.string(field.form);
        let words = (0..).zip(string.split(' ')).filter(|(_, word)| !word.is_empty() && *word != FILLER);
        placed.extend(words.map(|(at, word)| (value * 1_000_000 + at, word.to_owned())));
    }
    placed
}

/// A row that matches, with its score and covered words.
type Match<'a> = (&'a Row<'a>, f64, u64);

/// Answers a plan by looking at every record.
pub(crate) fn scan(records: &[DocumentRecord], scope: &Scope, plan: &Plan) -> Answer {
    let in_scope = |record: &&DocumentRecord| scope.collections().contains(&record.document.collection);
    let rows: Vec<Row<'_>> = records
        .iter()
        .filter(in_scope)
        .flat_map(|document| match plan.unit {
            Unit::Documents => vec![Row::new(document, None, plan.unit)],
            Unit::Passages => (0..document.passages.len()).map(|at| Row::new(document, Some(at), plan.unit)).collect(),
        })
        .collect();
    let statistics = leaves(&plan.clause).into_iter().map(|leaf| (leaf, Statistics::of(leaf, &rows))).collect();
    let scan = Scan { plan, statistics };
    let with_row = |row| scan.clause(row, &plan.clause).map(|(score, words)| (row, score, words));
    let mut hits: Vec<Match<'_>> = rows.iter().filter_map(with_row).collect();
    let facets = plan.facets.iter().map(|facet| (facet.clone(), scan.facet(facet, &hits))).collect();
    hits.retain(|(row, ..)| plan.filters.iter().all(|filter| holds(row, filter)));
    hits.sort_by(|left, right| order(plan.sort, left, right));
    Answer {
        total_all_words: hits.iter().filter(|(_, _, words)| words & plan.words == plan.words).count() as u64,
        hits: hits.into_iter().map(|(row, score, _)| Found { name: row.name(), score }).collect(),
        facets,
    }
}

fn leaves(clause: &Clause) -> Vec<&Leaf> {
    match clause {
        Clause::Words(words) => words.leaves.iter().collect(),
        Clause::Boolean(boolean) => {
            let clauses = boolean.must.iter().chain(&boolean.should).chain(&boolean.must_not);
            clauses.flat_map(leaves).collect()
        }
        Clause::Everything | Clause::Nothing | Clause::Filter(_) => Vec::new(),
    }
}

/// What BM25 needs to know of a leaf: how many rows have the group, how many the field, and the field's mean length.
struct Statistics {
    df: f64,
    holders: f64,
    mean: f64,
}

impl Statistics {
    fn of(leaf: &Leaf, rows: &[Row<'_>]) -> Statistics {
        let has = |row: &&Row<'_>, token: &String| row.tokens(leaf.field).iter().any(|(_, word)| word == token);
        let df_of_token = |token: &String| rows.iter().filter(|row| has(row, token)).count();
        let df_of_member = |member: &Member| {
            let slots = member.phrase.slots.iter();
            slots.map(|slot| slot.tokens.iter().map(df_of_token).max().unwrap()).min().unwrap()
        };
        let lengths: Vec<usize> = rows.iter().map(|row| row.tokens(leaf.field).len()).filter(|n| *n > 0).collect();
        let holders = lengths.len() as f64;
        let df = leaf.members.iter().map(df_of_member).max().unwrap() as f64;
        Statistics { df, holders, mean: lengths.iter().sum::<usize>() as f64 / holders }
    }
}

struct Scan<'a> {
    plan: &'a Plan,
    statistics: Vec<(&'a Leaf, Statistics)>,
}

impl Scan<'_> {
    /// Score and covered words of a row; `None` if it does not match.
    fn clause(&self, row: &Row<'_>, clause: &Clause) -> Option<(f64, u64)> {
        match clause {
            Clause::Everything => Some((0.0, 0)),
            Clause::Nothing => None,
            Clause::Words(words) => self.words(row, words),
            Clause::Boolean(boolean) => self.boolean(row, boolean),
            Clause::Filter(filter) => holds(row, filter).then_some((0.0, 0)),
        }
    }

    fn words(&self, row: &Row<'_>, clause: &Words) -> Option<(f64, u64)> {
        let matching: Vec<(&Leaf, f64)> =
            clause.leaves.iter().map(|leaf| (leaf, frequency(row, leaf))).filter(|(_, tf)| *tf > 0.0).collect();
        let words = matching.iter().fold(0, |words, (leaf, _)| words | leaf.words);
        let is_anchored = matching.iter().any(|(leaf, _)| leaf.anchor);
        let score = || matching.iter().map(|(leaf, tf)| self.score(row, leaf, *tf)).sum();
        (is_anchored && words.count_ones() >= clause.minimum).then(|| (score(), words))
    }

    fn boolean(&self, row: &Row<'_>, clause: &Boolean) -> Option<(f64, u64)> {
        let all = |clauses: &[Clause]| clauses.iter().map(|c| self.clause(row, c)).collect::<Vec<_>>();
        let (must, should, must_not) = (all(&clause.must), all(&clause.should), all(&clause.must_not));
        let enough = should.iter().flatten().count() >= clause.minimum_should_match as usize;
        let matches = must.iter().all(Option::is_some) && enough && must_not.iter().all(Option::is_none);
        let add = |(score, words): (f64, u64), found: &(f64, u64)| (score + found.0, words | found.1);
        matches.then(|| must.iter().chain(&should).flatten().fold((0.0, 0), add))
    }

    /// BM25 with the statistics of all rows.
    fn score(&self, row: &Row<'_>, leaf: &Leaf, tf: f64) -> f64 {
        let (_, Statistics { df, holders, mean }) =
            self.statistics.iter().find(|(known, _)| std::ptr::eq(*known, leaf)).unwrap();
        let length = norm(row.tokens(leaf.field).len()) as f64;
        let (k1, b) = (f64::from(self.plan.similarity.k1), f64::from(self.plan.similarity.b));
        let idf = (1.0 + (holders - df + 0.5) / (df + 0.5)).ln();
        f64::from(leaf.boost) * idf * tf / (tf + k1 * (1.0 - b + b * length / mean))
    }

    /// Counts over what matches the clause: for each value, with all filters but the facet's own selection.
    fn facet(&self, facet: &str, matching: &[Match<'_>]) -> FacetCounts {
        let is_own = |filter: &&Filter| matches!(filter, Filter::Facet(selection) if selection.facet == facet);
        let (own, others): (Vec<&Filter>, Vec<&Filter>) = self.plan.filters.iter().partition(is_own);
        let rows: Vec<&Row<'_>> = matching
            .iter()
            .map(|(row, ..)| *row)
            .filter(|row| others.iter().all(|filter| holds(row, filter)))
            .collect();
        let selected = |row: &Row<'_>| !own.is_empty() && own.iter().all(|filter| holds(row, filter));
        let values: BTreeSet<&String> = rows.iter().flat_map(|row| row.values(facet)).collect();
        let count = |value: &String| FacetCount {
            count: rows.iter().filter(|row| row.values(facet).contains(value)).count() as u64,
            count_if_added: rows.iter().filter(|row| selected(row) || row.values(facet).contains(value)).count() as u64,
        };
        FacetCounts {
            values: values.into_iter().map(|value| (value.clone(), count(value))).collect(),
            missing: rows.iter().filter(|row| row.values(facet).is_empty()).count() as u64,
        }
    }
}

/// Σ weight × frequency over the members.
fn frequency(row: &Row<'_>, leaf: &Leaf) -> f64 {
    let tokens = row.tokens(leaf.field);
    leaf.members.iter().map(|member| f64::from(member.weight) * starts(tokens, member) as f64).sum()
}

/// Places at which a phrase starts. Taking the offsets off, the slots must stand in order, within `slop` of the first.
fn starts(tokens: &[(i64, String)], member: &Member) -> usize {
    let places = |slot: &rcp_index::plan::Slot| -> Vec<i64> {
        let here = tokens.iter().filter(|(_, word)| slot.tokens.contains(word));
        here.map(|(at, _)| at - i64::from(slot.offset)).collect()
    };
    let slots: Vec<Vec<i64>> = member.phrase.slots.iter().map(places).collect();
    let slop = i64::from(member.phrase.slop);
    let reaches_end = |start: i64| {
        let mut ends = vec![start];
        for slot in &slots[1..] {
            let follows = |&&at: &&i64| at - start <= slop && ends.iter().any(|&end| end <= at);
            ends = slot.iter().filter(follows).copied().collect();
        }
        !ends.is_empty()
    };
    slots[0].iter().filter(|&&start| reaches_end(start)).count()
}

fn holds(row: &Row<'_>, filter: &Filter) -> bool {
    let document = &row.document.document;
    match filter {
        Filter::Facet(selection) => {
            let values = row.values(&selection.facet);
            values.iter().any(|value| selection.values.contains(value)) || (selection.or_missing && values.is_empty())
        }
        Filter::Years { from, to } => document
            .year
            .as_ref()
            .is_some_and(|year| from.is_none_or(|from| from <= year.value) && to.is_none_or(|to| year.value <= to)),
        Filter::Dates { from, to } => document.date.as_ref().is_some_and(|date| {
            from.is_none_or(|from| from <= date.value.end) && to.is_none_or(|to| date.value.start <= to)
        }),
        Filter::AddedSince(time) => document.added >= *time,
        Filter::Documents(ids) => ids.contains(&document.id),
        Filter::Not(filter) => !holds(row, filter),
    }
}

/// Ties stand in the order of the rows, which the sort keeps: by document id, then passage.
fn order(sort: Sort, (left, left_score, _): &Match<'_>, (right, right_score, _): &Match<'_>) -> Ordering {
    let date = |row: &Row<'_>| row.document.document.date.as_ref().map(|date| date.value.start);
    let title = |row: &Row<'_>| row.document.sort_title.clone();
    match sort {
        Sort::Relevance => right_score.total_cmp(left_score),
        Sort::DateDescending => (date(left).is_none(), date(right)).cmp(&(date(right).is_none(), date(left))),
        Sort::DateAscending => (date(left).is_none(), date(left)).cmp(&(date(right).is_none(), date(right))),
        Sort::Title => (title(left).is_none(), title(left)).cmp(&(title(right).is_none(), title(right))),
        Sort::AddedDescending => right.document.document.added.cmp(&left.document.document.added),
        Sort::Corpus => Ordering::Equal,
    }
}

/// The length that is left of a length in one byte, as Lucene and tantivy keep it: exact up to 40, then the four
/// highest bits of what exceeds 24.
fn norm(length: usize) -> usize {
    let Some(excess) = length.checked_sub(40) else { return length };
    let excess = excess + 16;
    let dropped = excess.ilog2() - 3;
    24 + (excess >> dropped << dropped)
}
