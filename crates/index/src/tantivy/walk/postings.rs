//! Terms, posting lists, positions, length norms, and the statistics of fields.

use std::collections::{BTreeMap, BTreeSet};

use ::tantivy::fieldnorm::FieldNormReader;
use ::tantivy::postings::{Postings, TermInfo};
use ::tantivy::schema::{Field as EngineField, IndexRecordOption};
use ::tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use super::super::collection::{CollectionIndex, UnitIndex};
use super::super::schema;
use super::{Broken, folder, tell};
use crate::generation::{FieldStatistics, Walk};
use crate::plan::{Field, Unit};

/// Records of a posting list that the engine packs together, with an entry in the list's table of blocks.
const BLOCK: usize = 128;

/// Compares the text fields of a unit with their statistics.
pub(super) fn compare(
    unit: Unit,
    index: &UnitIndex,
    statistics: &BTreeMap<String, FieldStatistics>,
    walk: &mut Walk<'_>,
) {
    let names: BTreeSet<&str> = Field::all(unit).map(Field::name).collect();
    if !names.into_iter().eq(statistics.keys()) {
        walk.problem(format!("{}: the manifest has statistics of other fields than these", folder(unit)));
    }
    for field in Field::all(unit) {
        let place = format!("{}, field {}", folder(unit), field.name());
        let counted = match index.field(field) {
            Some((segment, field)) => tell(compare_field(&place, segment, field, walk), &place, walk),
            None => Some(FieldStatistics::default()),
        };
        let published = statistics.get(field.name()).copied().unwrap_or_default();
        if let Some(counted) = counted.filter(|counted| *counted != published) {
            walk.problem(format!("{place} has {}, and the manifest says {}", sizes(counted), sizes(published)));
        }
    }
}

/// Compares the field of ids with the order of the documents: the term of each stands in its own record alone.
pub(super) fn compare_ids(index: &CollectionIndex, walk: &mut Walk<'_>) -> Result<(), Broken> {
    let Some(segment) = &index.documents.unit.segment else { return Ok(()) };
    let place = "documents, field id";
    let field = segment.schema().get_field(schema::ID)?;
    let inverted = segment.inverted_index(field)?;
    let mut record = 0;
    each_term(place, &inverted, walk, |term, info, walk| {
        walk.count_term(1, 1);
        let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let stands_in = (postings.doc(), postings.advance());
        let named = index.documents.id_at(record)?;
        // Where one is out of place, so are those behind it: the first is enough.
        if stands_in != (record, TERMINATED) || info.doc_freq != 1 || term != named.as_str() {
            return Err(Broken(format!("the term {term:?} does not stand for record {record} ({named}) alone")));
        }
        record += 1;
        Ok(())
    })?;
    if record != segment.max_doc() {
        return Err(Broken(format!("it has {record} terms for {} records", segment.max_doc())));
    }
    let lengths = vec![1; segment.max_doc() as usize];
    compare_norms(segment, field, &lengths)
}

/// Walks through the terms of a field in order.
fn each_term(
    place: &str,
    inverted: &InvertedIndexReader,
    walk: &mut Walk<'_>,
    mut visit: impl FnMut(&str, &TermInfo, &mut Walk<'_>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let (mut met, listed) = (0, inverted.terms().num_terms());
    walk.expect(listed as u64);
    let mut before: Option<Vec<u8>> = None;
    let mut terms = inverted.terms().stream()?;
    while met < listed && terms.advance() {
        met += 1;
        walk.pass();
        let term = terms.key();
        if before.as_deref().is_some_and(|before| before >= term) {
            walk.problem(format!("{place}: the terms do not rise at {:?}", String::from_utf8_lossy(term)));
        }
        match std::str::from_utf8(term) {
            Ok(term) => visit(term, terms.value(), walk)?,
            Err(_) => walk.problem(format!("{place}: the term {:?} is no text", String::from_utf8_lossy(term))),
        }
        before = Some(terms.key().to_vec());
    }
    if met < listed || terms.advance() {
        walk.problem(format!("{place} does not have the {listed} terms that it names"));
    }
    Ok(())
}

fn compare_field(
    place: &str,
    segment: &SegmentReader,
    field: EngineField,
    walk: &mut Walk<'_>,
) -> Result<FieldStatistics, Broken> {
    let inverted = segment.inverted_index(field)?;
    // Tokens of each record.
    let mut lengths = vec![0_u32; segment.max_doc() as usize];
    each_term(place, &inverted, walk, |term, info, walk| {
        let postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        match compare_list(postings, info, &mut lengths) {
            Ok(tokens) => walk.count_term(u64::from(info.doc_freq), tokens),
            Err(what) => walk.problem(format!("{place}, term {term:?}: {what}")),
        }
        Ok(())
    })?;
    tell(compare_norms(segment, field, &lengths), place, walk);
    let tokens = lengths.iter().map(|&length| u64::from(length)).sum();
    let holders = lengths.iter().filter(|&&length| length > 0).count() as u64;
    Ok(FieldStatistics { tokens, holders })
}

/// Walks through a posting list and adds its frequencies to the lengths of the records. Returns its tokens, or what is
/// wrong.
fn compare_list<P: Postings + Clone>(mut postings: P, info: &TermInfo, lengths: &mut [u32]) -> Result<u64, String> {
    // 128 positions take a byte at the very least: so a frequency that cannot be is found before memory is taken for it.
    let most_positions = info.positions_range.len().saturating_mul(BLOCK);
    let mut seeker = postings.clone();
    let (mut positions, mut sought) = (Vec::new(), Vec::new());
    let (mut tokens, mut met, mut before) = (0_u64, 0_usize, None);
    while postings.doc() != TERMINATED {
        let record = postings.doc();
        if before.is_some_and(|before| before >= record) {
            return Err(format!("its records do not rise at {record}"));
        }
        let length = lengths.get_mut(record as usize).ok_or_else(|| format!("there is no record {record}"))?;
        let frequency = postings.term_freq();
        if frequency == 0 || frequency as usize > most_positions {
            return Err(format!("record {record} cannot have it {frequency} times"));
        }
        postings.positions(&mut positions);
        if positions.len() != frequency as usize || !positions.is_sorted_by(|left, right| left < right) {
            return Err(format!("its positions in record {record} are not {frequency} that rise"));
        }
        // Searches leap from block to block.
        if met.is_multiple_of(BLOCK) {
            let found = seeker.seek(record);
            seeker.positions(&mut sought);
            if found != record || seeker.term_freq() != frequency || sought != positions {
                return Err(format!("record {record} is another one when it is leapt to"));
            }
        }
        *length = length.saturating_add(frequency);
        tokens += u64::from(frequency);
        (met, before) = (met + 1, Some(record));
        postings.advance();
    }
    if met != info.doc_freq as usize {
        return Err(format!("{} records are said to have it, and {met} do", info.doc_freq));
    }
    Ok(tokens)
}

/// Compares the length that scoring reads, a byte of rising classes, with the tokens that were counted.
fn compare_norms(segment: &SegmentReader, field: EngineField, lengths: &[u32]) -> Result<(), Broken> {
    let norms = segment.get_fieldnorms_reader(field)?;
    if norms.num_docs() as usize != lengths.len() {
        return Err(Broken(format!("it has {} length norms for {} records", norms.num_docs(), lengths.len())));
    }
    let differs =
        |(record, length): &(u32, &u32)| norms.fieldnorm_id(*record) != FieldNormReader::fieldnorm_to_id(**length);
    let mut different = (0..).zip(lengths).filter(differs);
    let Some((record, length)) = different.next() else { return Ok(()) };
    let (norm, more) = (norms.fieldnorm(record), different.count());
    Err(Broken(format!(
        "record {record} has {length} tokens and the length norm of {norm}, and {more} more records differ"
    )))
}

fn sizes(field: FieldStatistics) -> String {
    format!("{} tokens in {} records", field.tokens, field.holders)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A posting list as an engine might give it, however wrong: records with their positions, which are as many as
    /// the frequency unless it is given.
    #[derive(Clone)]
    struct List {
        postings: Vec<(u32, Vec<u32>, Option<u32>)>,
        at: usize,
        /// What is found instead where a record is leapt to.
        leap: Option<u32>,
    }

    impl DocSet for List {
        fn advance(&mut self) -> u32 {
            self.at += 1;
            self.doc()
        }

        fn seek(&mut self, target: u32) -> u32 {
            while self.doc() < target {
                self.advance();
            }
            self.leap.unwrap_or(self.doc())
        }

        fn doc(&self) -> u32 {
            self.postings.get(self.at).map_or(TERMINATED, |(record, ..)| *record)
        }

        fn size_hint(&self) -> u32 {
            self.postings.len() as u32
        }
    }

    impl Postings for List {
        fn term_freq(&self) -> u32 {
            let (_, positions, frequency) = &self.postings[self.at];
            frequency.unwrap_or(positions.len() as u32)
        }

        fn append_positions_with_offset(&mut self, offset: u32, output: &mut Vec<u32>) {
            output.extend(self.postings[self.at].1.iter().map(|position| position + offset));
        }
    }

    fn list(postings: &[(u32, &[u32])]) -> List {
        let postings = postings.iter().map(|(record, positions)| (*record, positions.to_vec(), None)).collect();
        List { postings, at: 0, leap: None }
    }

    /// Compares a list that is said to have this many records, in a unit of five.
    #[track_caller]
    fn check(list: List, doc_freq: u32, expected: Result<u64, &str>) {
        let info = TermInfo { doc_freq, postings_range: 0..9, positions_range: 0..1 };
        let mut lengths = vec![0; 5];
        let tokens = compare_list(list, &info, &mut lengths);
        assert_eq!(tokens.as_ref().copied().map_err(String::as_str), expected);
        if let Ok(tokens) = tokens {
            assert_eq!(lengths.iter().sum::<u32>() as u64, tokens);
        }
    }

    #[test]
    fn a_posting_list_is_what_it_says() {
        let sound = list(&[(0, &[999, 1_000]), (4, &[7])]);
        check(sound.clone(), 2, Ok(3));
        check(sound.clone(), 3, Err("3 records are said to have it, and 2 do"));
        check(sound.clone(), 1, Err("1 records are said to have it, and 2 do"));
        check(list(&[(1, &[1]), (0, &[1])]), 2, Err("its records do not rise at 0"));
        check(list(&[(1, &[1]), (1, &[1])]), 2, Err("its records do not rise at 1"));
        check(list(&[(1, &[1]), (5, &[1])]), 2, Err("there is no record 5"));
        check(list(&[(1, &[2, 1])]), 1, Err("its positions in record 1 are not 2 that rise"));
        check(list(&[(1, &[2, 2])]), 1, Err("its positions in record 1 are not 2 that rise"));
        check(list(&[(1, &[])]), 1, Err("record 1 cannot have it 0 times"));
        let with = |frequency| List { postings: vec![(1, vec![1, 2], Some(frequency))], at: 0, leap: None };
        check(with(3), 1, Err("its positions in record 1 are not 3 that rise"));
        check(with(129), 1, Err("record 1 cannot have it 129 times"));
        check(List { leap: Some(3), ..sound }, 2, Err("record 0 is another one when it is leapt to"));
    }
}
