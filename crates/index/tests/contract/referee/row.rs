//! [`Row`]: a document or passage as the referee sees it.

use std::collections::BTreeMap;

use rcp_corpus::analysis::FILLER;
use rcp_corpus::model::DocumentId;
use rcp_index::plan::{Field, Unit};
use rcp_index::record::{DocumentRecord, PassageRecord, Tokens};

/// How far the values of a text are apart: no phrase reaches so far.
const BETWEEN_VALUES: i64 = 1_000_000;

/// A token at its position.
pub(super) type Placed = (i64, String);

/// A document, or a passage with its document, with the tokens of each field at their positions.
pub(super) struct Row<'a> {
    pub(super) document: &'a DocumentRecord,
    pub(super) passage: Option<&'a PassageRecord>,
    fields: BTreeMap<Field, Vec<Placed>>,
}

impl<'a> Row<'a> {
    /// The one row of a document, or a row for each of its passages.
    pub(super) fn all(document: &'a DocumentRecord, unit: Unit) -> Vec<Row<'a>> {
        match unit {
            Unit::Documents => vec![Row::new(document, None, unit)],
            Unit::Passages => document.passages.iter().map(|passage| Row::new(document, Some(passage), unit)).collect(),
        }
    }

    fn new(document: &'a DocumentRecord, passage: Option<&'a PassageRecord>, unit: Unit) -> Row<'a> {
        let texts = passage.map_or(&document.texts, |passage| &passage.texts);
        let fields = Field::all(unit).map(|field| (field, placed(texts.get(&field.text), field)));
        Row { document, passage, fields: fields.collect() }
    }

    pub(super) fn document_id(&self) -> &'a DocumentId {
        &self.document.document.id
    }

    pub(super) fn ordinal(&self) -> Option<u32> {
        self.passage.map(|passage| passage.passage.ordinal)
    }

    /// Values in a facet.
    pub(super) fn values(&self, facet: &str) -> &[String] {
        let facets = self.passage.map_or(&self.document.facets, |passage| &passage.facets);
        facets.get(facet).map_or(&[], Vec::as_slice)
    }

    /// Tokens of a field; none in a field that the unit does not have.
    pub(super) fn tokens(&self, field: Field) -> &[Placed] {
        self.fields.get(&field).map_or(&[], Vec::as_slice)
    }
}

/// Tokens stand at their place in the string, one position each; a filler takes a position and is no token.
fn placed(values: Option<&Vec<Tokens>>, field: Field) -> Vec<Placed> {
    let mut placed = Vec::new();
    for (value, tokens) in (0..).zip(values.into_iter().flatten()) {
        let string = tokens.string(field.form);
        let words = (0..).zip(string.split(' ')).filter(|(_, word)| !word.is_empty() && *word != FILLER);
        placed.extend(words.map(|(at, word)| (value * BETWEEN_VALUES + at, word.to_owned())));
    }
    placed
}
