//! [`RecordFilter`]: a condition that does not score, opened on the columns of a collection.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use ::tantivy::columnar::StrColumn;

use super::collection::{CollectionIndex, search_texts};
use super::write::days;
use crate::backend::BackendError;
use crate::plan::{FacetFilter, Filter, Unit};

/// A condition on the records of a unit. Years, dates and times are those of the document, also for passages.
pub(super) struct RecordFilter<'a> {
    collection: &'a CollectionIndex,
    unit: Unit,
    condition: Condition<'a>,
}

enum Condition<'a> {
    Facet(FacetCondition<'a>),
    Years(i64, i64),
    Dates(i64, i64),
    AddedSince(i64),
    Documents(BTreeSet<u32>),
    Not(Box<Condition<'a>>),
    Any(Vec<Condition<'a>>),
}

struct FacetCondition<'a> {
    column: Option<&'a StrColumn>,
    /// Numbers of the values in the column, sorted.
    values: Vec<u64>,
    or_missing: bool,
}

impl<'a> RecordFilter<'a> {
    pub(super) fn open(
        collection: &'a CollectionIndex,
        unit: Unit,
        filter: &Filter,
    ) -> Result<RecordFilter<'a>, BackendError> {
        Ok(RecordFilter { collection, unit, condition: open(collection, unit, filter)? })
    }

    pub(super) fn accepts(&self, record: u32) -> bool {
        self.holds(&self.condition, record)
    }

    /// Keeps those of some neighbouring records that the condition lets through: `passing` has a flag for each, and
    /// `found` is scratch. Reading a column in one go costs a tenth of what asking for each record does.
    pub(super) fn retain(&self, records: &Range<u32>, passing: &mut [bool], found: &mut Vec<u32>) {
        match &self.condition {
            Condition::Facet(facet) if facet.is_read_in_one_go() => facet.retain(records, passing, found),
            _ => {
                for (record, passes) in records.clone().zip(passing) {
                    *passes = *passes && self.accepts(record);
                }
            }
        }
    }

    fn holds(&self, condition: &Condition<'_>, record: u32) -> bool {
        let documents = &self.collection.documents;
        let document = || self.collection.document_of(self.unit, record);
        match condition {
            Condition::Facet(facet) => facet.accepts(record),
            Condition::Years(from, to) => {
                documents.year.first(document()).is_some_and(|year| (from..=to).contains(&&year))
            }
            Condition::Dates(from, to) => {
                let (start, end) = (documents.date_start.first(document()), documents.date_end.first(document()));
                // The first day that both have does not come after the last.
                start.zip(end).is_some_and(|(start, end)| start.max(*from) <= end.min(*to))
            }
            Condition::AddedSince(time) => documents.added.first(document()).is_some_and(|added| added >= *time),
            Condition::Documents(positions) => positions.contains(&document()),
            Condition::Not(condition) => !self.holds(condition, record),
            Condition::Any(conditions) => conditions.iter().any(|condition| self.holds(condition, record)),
        }
    }
}

/// Runs of neighbouring values up to which a column is read once for each of them.
const RUNS: usize = 4;

impl FacetCondition<'_> {
    fn is_read_in_one_go(&self) -> bool {
        !self.or_missing && self.runs().count() <= RUNS
    }

    /// The values as runs of neighbouring numbers.
    fn runs(&self) -> impl Iterator<Item = RangeInclusive<u64>> {
        let runs = self.values.chunk_by(|left, right| right - left <= 1);
        runs.filter_map(|run| Some(*run.first()?..=*run.last()?))
    }

    fn retain(&self, records: &Range<u32>, passing: &mut [bool], found: &mut Vec<u32>) {
        let mut has_value = vec![false; passing.len()];
        for run in self.runs() {
            let Some(column) = self.column else { break };
            found.clear();
            column.ords().get_docids_for_value_range(run, records.clone(), found);
            found.iter().for_each(|record| has_value[(record - records.start) as usize] = true);
        }
        passing.iter_mut().zip(has_value).for_each(|(passes, has_value)| *passes &= has_value);
    }

    fn accepts(&self, record: u32) -> bool {
        let Some(column) = self.column else { return self.or_missing };
        let mut missing = true;
        for value in column.term_ords(record) {
            missing = false;
            if self.values.binary_search(&value).is_ok() {
                return true;
            }
        }
        missing && self.or_missing
    }
}

fn open<'a>(collection: &'a CollectionIndex, unit: Unit, filter: &Filter) -> Result<Condition<'a>, BackendError> {
    Ok(match filter {
        Filter::Facet(facet) => Condition::Facet(open_facet(collection, unit, facet)?),
        Filter::Years { from, to } => {
            Condition::Years(from.map_or(i64::MIN, i64::from), to.map_or(i64::MAX, i64::from))
        }
        Filter::Dates { from, to } => Condition::Dates(from.map_or(i64::MIN, days), to.map_or(i64::MAX, days)),
        Filter::AddedSince(time) => Condition::AddedSince(time.as_microsecond()),
        Filter::Documents(ids) => {
            let mut positions = BTreeSet::new();
            for id in ids {
                positions.extend(collection.documents.position(id.as_str())?.ok());
            }
            Condition::Documents(positions)
        }
        Filter::Not(filter) => Condition::Not(Box::new(open(collection, unit, filter)?)),
        Filter::Any(filters) => {
            Condition::Any(filters.iter().map(|filter| open(collection, unit, filter)).collect::<Result<_, _>>()?)
        }
    })
}

fn open_facet<'a>(
    collection: &'a CollectionIndex,
    unit: Unit,
    filter: &FacetFilter,
) -> Result<FacetCondition<'a>, BackendError> {
    let column = collection.unit(unit).facet(&filter.facet)?;
    let mut values = Vec::with_capacity(filter.values.len());
    for value in &filter.values {
        values.extend(search_texts(column, value)?.ok().map(u64::from));
    }
    values.sort_unstable();
    Ok(FacetCondition { column, values, or_missing: filter.or_missing })
}
