//! Fields of the two units in tantivy's terms.

use ::tantivy::schema::{
    BytesOptions, IndexRecordOption, NumericOptions, STRING, Schema, TextFieldIndexing, TextOptions,
};
use ::tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use rcp_corpus::analysis::FILLER;

use crate::plan::{Field, Unit};

/// Name under which [`SplitTokenizer`] is registered.
pub(super) const SPLIT: &str = "split";

/// Position of the first token of each value. tantivy adds 1 between values, so neighbouring values are at least
/// 1,000 positions apart and no phrase crosses from one to the next.
const FIRST_POSITION: usize = 999;

/// Id of a document (documents only).
pub(super) const ID: &str = "id";
/// Folded title to sort by (documents only).
pub(super) const SORT_TITLE: &str = "sort_title";
/// First day, in days since 1970 (documents only).
pub(super) const DATE_START: &str = "date_start";
/// Last day, in days since 1970 (documents only).
pub(super) const DATE_END: &str = "date_end";
/// Year (documents only).
pub(super) const YEAR: &str = "year";
/// Time of the first indexing, in microseconds since 1970 (documents only).
pub(super) const ADDED: &str = "added";
/// Position of the first passage in the passages of the collection (documents only).
pub(super) const FIRST_PASSAGE: &str = "first_passage";
/// Number of indexed passages (documents only).
pub(super) const PASSAGE_COUNT: &str = "passage_count";
/// Position in the collection: record 0, 1, 2 … in (document id, ordinal) order.
pub(super) const ORDINAL: &str = "ordinal";
/// Position of the passage's document among the documents (passages only).
pub(super) const DOCUMENT: &str = "document";
/// The passage's ordinal in its document (passages only).
pub(super) const PASSAGE: &str = "passage";
/// What is given back, as JSON.
pub(super) const STORED: &str = "stored";

/// Name of the column of a facet.
pub(super) fn facet_column(facet: &str) -> String {
    format!("facet_{facet}")
}

/// Schema of the documents or passages of a collection.
pub(super) fn schema(unit: Unit, facets: &[String]) -> Schema {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(SPLIT)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(true);
    for field in Field::all(unit) {
        builder.add_text_field(field.name(), TextOptions::default().set_indexing_options(indexing.clone()));
    }
    for facet in facets {
        builder.add_text_field(&facet_column(facet), TextOptions::default().set_fast("raw"));
    }
    let number = NumericOptions::default().set_fast();
    match unit {
        Unit::Documents => {
            builder.add_text_field(ID, STRING.set_fast("raw"));
            builder.add_text_field(SORT_TITLE, TextOptions::default().set_fast("raw"));
            for name in [DATE_START, DATE_END, YEAR, ADDED] {
                builder.add_i64_field(name, number.clone());
            }
            for name in [FIRST_PASSAGE, PASSAGE_COUNT] {
                builder.add_u64_field(name, number.clone());
            }
        }
        Unit::Passages => {
            for name in [DOCUMENT, PASSAGE] {
                builder.add_u64_field(name, number.clone());
            }
        }
    }
    builder.add_u64_field(ORDINAL, number);
    builder.add_bytes_field(STORED, BytesOptions::default().set_stored());
    builder.build()
}

/// Splits a token string at its spaces. Fillers take a position and yield no token, so they count in no length.
#[derive(Debug, Clone, Default)]
pub(super) struct SplitTokenizer {
    token: Token,
}

/// The tokens of one string.
pub(super) struct SplitStream<'a> {
    rest: std::str::Split<'a, char>,
    next_position: usize,
    token: &'a mut Token,
}

impl Tokenizer for SplitTokenizer {
    type TokenStream<'a> = SplitStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> SplitStream<'a> {
        SplitStream { rest: text.split(' '), next_position: FIRST_POSITION, token: &mut self.token }
    }
}

impl TokenStream for SplitStream<'_> {
    fn advance(&mut self) -> bool {
        for text in self.rest.by_ref() {
            let position = self.next_position;
            self.next_position += 1;
            if !text.is_empty() && text != FILLER {
                self.token.position = position;
                self.token.position_length = 1;
                self.token.text.clear();
                self.token.text.push_str(text);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_take_a_position_and_yield_no_token() {
        let mut tokenizer = SplitTokenizer::default();
        let text = format!("freedom {FILLER} movement");
        let mut stream = tokenizer.token_stream(&text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        assert_eq!(tokens, [(999, "freedom".to_owned()), (1001, "movement".to_owned())]);
    }

    #[test]
    fn an_empty_text_has_no_token() {
        assert!(!SplitTokenizer::default().token_stream("").advance());
    }
}
