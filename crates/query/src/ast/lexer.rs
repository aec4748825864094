//! Query text to tokens: quotes, parentheses, minus signs and runs of other characters.

use std::ops::Range;

/// A piece of query text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Byte range in the text, quote marks and slop included.
    pub(super) span: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    /// A minus at the start of what follows.
    Minus,
    And,
    Or,
    Not,
    /// Quoted text.
    Quote {
        /// Between the quote marks.
        inner: Range<usize>,
        /// The digits behind `~`.
        slop: Option<Range<usize>>,
        closed: bool,
    },
    /// `name:` directly in front of a value.
    Field {
        name: Range<usize>,
    },
    /// Characters up to a space, quote mark or parenthesis; may hold nothing to search.
    Run,
}

/// Splits the text as it is asked for tokens.
pub(super) struct Lexer<'a> {
    text: &'a str,
    fields: &'a [&'a str],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// `fields` are the known field names.
    pub(super) fn new(text: &'a str, fields: &'a [&'a str]) -> Lexer<'a> {
        Lexer { text, fields, at: 0 }
    }

    /// Goes on to the end of the run of characters that has begun; answers where that is.
    pub(super) fn extend_run(&mut self) -> usize {
        self.at += self.run_length();
        self.at
    }

    fn run_length(&self) -> usize {
        let ends = |c: char| c.is_whitespace() || c == '(' || c == ')' || is_quote(c);
        self.rest().find(ends).unwrap_or(self.rest().len())
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn first(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn token(&mut self, kind: TokenKind, length: usize) -> Token {
        let start = self.at;
        self.at += length;
        Token { kind, span: start..self.at }
    }

    fn quote(&mut self, mark: char) -> Token {
        let start = self.at;
        let inner_start = start + mark.len_utf8();
        let end = self.text[inner_start..].char_indices().find(|&(_, c)| closes(mark, c));
        let Some((length, closing)) = end else {
            let inner = inner_start..self.text.len();
            return self.token(TokenKind::Quote { inner, slop: None, closed: false }, self.text.len() - start);
        };
        let inner = inner_start..inner_start + length;
        let mut end = inner.end + closing.len_utf8();
        let mut slop = None;
        if let Some(after) = self.text[end..].strip_prefix('~') {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            slop = (digits > 0).then_some(end + 1..end + 1 + digits);
            end += 1 + digits;
        }
        self.token(TokenKind::Quote { inner, slop, closed: true }, end - start)
    }

    fn run(&mut self) -> Token {
        let length = self.run_length();
        let run = &self.rest()[..length];
        match run.trim_end_matches(is_invisible) {
            "AND" => return self.token(TokenKind::And, length),
            "OR" => return self.token(TokenKind::Or, length),
            "NOT" => return self.token(TokenKind::Not, length),
            _ => {}
        }
        if let Some(field) = self.field(run) {
            return field;
        }
        self.token(TokenKind::Run, length)
    }

    /// The known field name that a run begins with, if a value follows directly.
    fn field(&mut self, run: &str) -> Option<Token> {
        let lead = run.find(is_word_char)?;
        let (name, _) = run[lead..].split_once(':')?;
        known_field(self.fields, name)?;
        let length = lead + name.len() + 1;
        let value = self.rest()[length..].chars().next()?;
        let has_value = value == '(' || is_quote(value) || run[length..].contains(is_word_char);
        let name = self.at + lead..self.at + lead + name.len();
        has_value.then(|| self.token(TokenKind::Field { name }, length))
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.at += self.rest().len() - self.rest().trim_start_matches(is_skipped).len();
        match self.first()? {
            '(' => Some(self.token(TokenKind::Open, 1)),
            ')' => Some(self.token(TokenKind::Close, 1)),
            '-' if self.is_minus() => Some(self.token(TokenKind::Minus, 1)),
            mark if is_quote(mark) => Some(self.quote(mark)),
            _ => Some(self.run()),
        }
    }
}

impl Lexer<'_> {
    /// Whether the hyphen here negates what follows: nothing is glued to its left, and something to its right.
    fn is_minus(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let after = self.rest()[1..].chars().next();
        before.is_none_or(|c| is_skipped(c) || c == '(' || c == ':')
            && after.is_some_and(|c| is_word_char(c) || c == '(' || is_quote(c))
    }
}

/// The known name that equals this one apart from case.
pub(super) fn known_field<'a>(fields: &[&'a str], name: &str) -> Option<&'a str> {
    fields.iter().copied().find(|field| field.eq_ignore_ascii_case(name))
}

/// Letters and digits: what makes a word.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
}

/// Double quote marks of every kind. Apostrophes and single quotes belong to words.
pub(super) fn is_quote(c: char) -> bool {
    is_guillemet(c) || matches!(c, '"' | '“' | '”' | '„' | '‟' | '❝' | '❞' | '〝' | '〞' | '〟' | '＂')
}

/// What stands between words: space, and what comes along unseen when text is pasted.
fn is_skipped(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Zero-width characters, marks of direction, the byte-order mark. Inside a word they belong to it (a joiner shapes
/// Persian words and emoji).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_guillemet(c: char) -> bool {
    matches!(c, '«' | '»')
}

/// Guillemets close guillemets; every other quote mark closes every other, as people and editors mix them.
fn closes(open: char, c: char) -> bool {
    is_quote(c) && is_guillemet(open) == is_guillemet(c)
}
