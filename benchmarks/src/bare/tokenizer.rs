//! Splits token strings at their spaces, as the index crate has them split.

use rcp_corpus::analysis::FILLER;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Name that the fields of our schema ask for.
pub(super) const SPLIT: &str = "split";

/// Position of the first token of each value: values stay a thousand positions apart.
const FIRST_POSITION: usize = 999;

/// Splits at spaces; a filler takes a position and yields no token.
#[derive(Debug, Clone, Default)]
pub(super) struct Split {
    token: Token,
}

/// The tokens of one string.
pub(super) struct SplitStream<'a> {
    rest: std::iter::Enumerate<std::str::Split<'a, char>>,
    token: &'a mut Token,
}

impl Tokenizer for Split {
    type TokenStream<'a> = SplitStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> SplitStream<'a> {
        SplitStream { rest: text.split(' ').enumerate(), token: &mut self.token }
    }
}

impl TokenStream for SplitStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((at, text)) = self.rest.by_ref().find(|(_, text)| !text.is_empty() && *text != FILLER) else {
            return false;
        };
        self.token.position = FIRST_POSITION + at;
        self.token.position_length = 1;
        self.token.text.clear();
        self.token.text.push_str(text);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
