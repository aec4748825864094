//! Columns, compared with the stored record of the same number.

use std::collections::BTreeMap;

use ::tantivy::columnar::{Column, StrColumn};
use rcp_corpus::analysis::fold;
use rcp_corpus::model::{Document, Label, Passage};

use super::super::collection::{CollectionIndex, UnitIndex, text_at};
use super::super::schema;
use super::super::write::days;
use super::{Broken, folder, tell};
use crate::generation::Walk;
use crate::plan::Unit;

/// The columns of a collection, with the values of its facets at hand.
pub(super) struct Columns<'a> {
    index: &'a CollectionIndex,
    documents: UnitColumns<'a>,
    passages: UnitColumns<'a>,
}

/// The columns that documents and passages have both.
struct UnitColumns<'a> {
    ordinal: Column<u64>,
    facets: BTreeMap<&'a str, FacetColumn<'a>>,
}

struct FacetColumn<'a> {
    /// None where no record has a value.
    column: Option<&'a StrColumn>,
    /// The values by their numbers.
    values: Vec<String>,
}

impl<'a> Columns<'a> {
    pub(super) fn open(index: &'a CollectionIndex, walk: &mut Walk<'_>) -> Result<Columns<'a>, Broken> {
        let documents = UnitColumns::open(Unit::Documents, &index.documents.unit, walk)?;
        let passages = UnitColumns::open(Unit::Passages, &index.passages.unit, walk)?;
        Ok(Columns { index, documents, passages })
    }

    /// Names of the columns that differ from a stored document with these passages.
    pub(super) fn of_document(
        &self,
        record: u32,
        document: &Document,
        passages: (u64, u64),
    ) -> Result<Vec<String>, Broken> {
        let columns = &self.index.documents;
        let id = only_text(columns.id.as_ref(), record)?;
        let numbered = columns.id.as_ref().is_some_and(|id| holds(id.ords(), record, Some(u64::from(record))));
        let sort_title = only_text(columns.sort_title.as_ref(), record)?;
        let folded = fold(document.display_title());
        let date = document.date.as_ref().map(|date| &date.value);
        let agree = [
            (schema::ID, numbered && id.as_deref() == Some(document.id.as_str())),
            (schema::SORT_TITLE, sort_title.is_none_or(|title| folded.starts_with(&title))),
            (schema::DATE_START, holds(&columns.date_start, record, date.map(|date| days(date.start)))),
            (schema::DATE_END, holds(&columns.date_end, record, date.map(|date| days(date.end)))),
            (schema::YEAR, holds(&columns.year, record, document.year.as_ref().map(|year| i64::from(year.value)))),
            (schema::ADDED, holds(&columns.added, record, Some(document.added.as_microsecond()))),
            (schema::FIRST_PASSAGE, holds(&columns.first_passage, record, Some(passages.0))),
            (schema::PASSAGE_COUNT, holds(&columns.passage_count, record, Some(passages.1))),
            (schema::ORDINAL, holds(&self.documents.ordinal, record, Some(u64::from(record)))),
        ];
        let mut languages: Vec<String> = document.languages.iter().map(|language| language.code().to_owned()).collect();
        languages.sort();
        languages.dedup();
        let facets = self.documents.facets(record, languages, document, &document.labels);
        Ok(differing(&agree).chain(facets).collect())
    }

    /// Names of the columns that differ from a stored passage of this document.
    pub(super) fn of_passage(&self, record: u32, passage: &Passage, position: u32, document: &Document) -> Vec<String> {
        let columns = &self.index.passages;
        let agree = [
            (schema::DOCUMENT, holds(&columns.document, record, Some(u64::from(position)))),
            (schema::PASSAGE, holds(&columns.passage, record, Some(u64::from(passage.ordinal)))),
            (schema::ORDINAL, holds(&self.passages.ordinal, record, Some(u64::from(record)))),
        ];
        let languages = vec![passage.language.code().to_owned()];
        let facets = self.passages.facets(record, languages, document, &passage.labels);
        differing(&agree).chain(facets).collect()
    }
}

impl<'a> UnitColumns<'a> {
    fn open(unit: Unit, index: &'a UnitIndex, walk: &mut Walk<'_>) -> Result<UnitColumns<'a>, Broken> {
        let ordinal = index.unsigned_column(schema::ORDINAL).map_err(|error| Broken(error.0))?;
        let mut facets = BTreeMap::new();
        for (facet, column) in &index.facets {
            let place = format!("{}, facet {facet}", folder(unit));
            let values = tell(values(column.as_ref()), &place, walk).unwrap_or_default();
            if !values.is_sorted_by(|left, right| left < right) {
                walk.problem(format!("{place}: its values do not rise"));
            }
            facets.insert(facet.as_str(), FacetColumn { column: column.as_ref(), values });
        }
        Ok(UnitColumns { ordinal, facets })
    }

    /// Names of the facets whose values are not sorted, lack a label of the record, or are not those that its document
    /// says. Ancestors of the labels, and what a passage has from its document, cannot be told from here.
    fn facets(
        &self,
        record: u32,
        languages: Vec<String>,
        document: &Document,
        labels: &[Label],
    ) -> impl Iterator<Item = String> {
        let year = document.year.iter().map(|year| year.value.to_string()).collect();
        let event = document.event.iter().map(|event| event.value.id()).collect();
        let known: [(&str, Vec<String>); 3] = [("lang", languages), ("year", year), ("event", event)];
        let differs = move |facet: &&str, values: &FacetColumn<'_>| {
            let Some(values) = values.of(record) else { return true };
            let mut labels = labels.iter().filter(|label| label.facet == **facet);
            let known = known.iter().find(|(name, _)| name == facet);
            known.is_some_and(|(_, known)| values != *known)
                || !labels.all(|label| values.contains(&label.concept.as_str()))
        };
        let facets = self.facets.iter().filter(move |(facet, values)| differs(facet, values));
        facets.map(|(facet, _)| schema::facet_column(facet))
    }
}

impl FacetColumn<'_> {
    /// The values of a record; `None` where they are not sorted, or there is no such value.
    fn of(&self, record: u32) -> Option<Vec<&str>> {
        let Some(column) = self.column else { return Some(Vec::new()) };
        let numbers: Vec<u64> = column.term_ords(record).collect();
        let value = |&number: &u64| self.values.get(usize::try_from(number).ok()?).map(String::as_str);
        let sorted = numbers.is_sorted_by(|left, right| left < right);
        numbers.iter().map(value).collect::<Option<_>>().filter(|_| sorted)
    }
}

/// All texts of a column, by their numbers.
fn values(column: Option<&StrColumn>) -> Result<Vec<String>, Broken> {
    let texts = column.map_or(0, |column| column.dictionary().num_terms() as u64);
    let mut values = Vec::new();
    for number in 0..texts {
        let mut value = String::new();
        if !column.is_some_and(|column| column.ord_to_str(number, &mut value).is_ok_and(|found| found)) {
            return Err(Broken(format!("its value {number} of {texts} cannot be read")));
        }
        values.push(value);
    }
    Ok(values)
}

/// Whether a record has this one value, or none.
fn holds<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static>(
    column: &Column<T>,
    record: u32,
    expected: Option<T>,
) -> bool {
    record < column.num_docs() && column.values_for_doc(record).eq(expected)
}

/// The one text of a record; `None` where there is not exactly one.
fn only_text(column: Option<&StrColumn>, record: u32) -> Result<Option<String>, Broken> {
    let mut numbers = column.into_iter().flat_map(|column| column.term_ords(record));
    match (numbers.next(), numbers.next()) {
        (Some(number), None) => Ok(Some(text_at(column, number)?)),
        _ => Ok(None),
    }
}

/// Names of the columns that do not agree.
fn differing(agree: &[(&str, bool)]) -> impl Iterator<Item = String> {
    agree.iter().filter(|(_, agree)| !agree).map(|(name, _)| (*name).to_owned())
}
