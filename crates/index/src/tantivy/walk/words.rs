//! The vocabulary, compared with the postings of the documents.
//!
//! Words are the tokens of all texts of the documents, as they stand in the exact fields, and joined forms of compounds,
//! which may stand in no text. So each word is a term of as many documents as its entry says, over all exact fields
//! together; each term of an exact field is a word; each stem of a word is a term of a stem field.

use std::sync::Arc;

use ::tantivy::schema::{Field as EngineField, IndexRecordOption};
use ::tantivy::{DocSet, InvertedIndexReader, TERMINATED, Term};

use super::super::collection::{CollectionIndex, UnitIndex};
use super::Broken;
use crate::generation::Walk;
use crate::plan::{Field, Form, Unit};

pub(super) fn compare(index: &CollectionIndex, walk: &mut Walk<'_>) -> Result<(), Broken> {
    let exact = fields(&index.documents.unit, Form::Exact)?;
    let stem = fields(&index.documents.unit, Form::Stem)?;
    walk.expect(index.vocabulary.len() as u64);
    let terms: u64 = exact.iter().map(|(_, inverted)| inverted.terms().num_terms() as u64).sum();
    let mut met = 0;
    // For each document the number of the last word that it was counted for.
    let mut counted = vec![0_u32; index.documents.unit.len() as usize];
    let mut number = 0;
    let mut broken = None;
    let read = index.vocabulary.each(|word, entry| {
        walk.pass();
        number += 1;
        let outcome = holders(&exact, word, number, &mut counted).and_then(|(fields, documents)| {
            met += fields;
            if documents != entry.documents {
                walk.problem(format!(
                    "vocabulary: the word {word:?} is said to be in {} documents and is in {documents}",
                    entry.documents
                ));
            }
            for token in &entry.stems {
                if !is_term(&stem, token)? {
                    walk.problem(format!("vocabulary: the stem {token:?} of the word {word:?} is in no document"));
                }
            }
            Ok(())
        });
        broken = broken.take().or(outcome.err());
    });
    if let Err(error) = read {
        walk.problem(error.to_string());
    }
    if let Some(broken) = broken {
        return Err(broken);
    }
    if met != terms {
        walk.problem(format!("vocabulary: it has {met} of the {terms} terms of the documents' exact fields"));
    }
    Ok(())
}

type Fields = Vec<(EngineField, Arc<InvertedIndexReader>)>;

/// The fields of the documents in one form.
fn fields(unit: &UnitIndex, form: Form) -> Result<Fields, Broken> {
    let mut fields = Vec::new();
    for field in Field::all(Unit::Documents).filter(|field| field.form == form) {
        if let Some((segment, field)) = unit.field(field) {
            fields.push((field, segment.inverted_index(field)?));
        }
    }
    Ok(fields)
}

/// Number of fields that have a token, and of documents that have it in any of them.
fn holders(fields: &Fields, token: &str, number: u32, counted: &mut [u32]) -> Result<(u64, u32), Broken> {
    let (mut holding, mut documents) = (0, 0);
    for (field, inverted) in fields {
        let term = Term::from_field_text(*field, token);
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        holding += 1;
        while postings.doc() != TERMINATED {
            if let Some(last) = counted.get_mut(postings.doc() as usize).filter(|last| **last != number) {
                *last = number;
                documents += 1;
            }
            postings.advance();
        }
    }
    Ok((holding, documents))
}

fn is_term(fields: &Fields, token: &str) -> Result<bool, Broken> {
    for (field, inverted) in fields {
        if inverted.get_term_info(&Term::from_field_text(*field, token))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
