//! Tokens to tree, with a stack of open groups instead of recursion.

use std::ops::Range;

use rcp_corpus::analysis::words;

use super::group::{Group, Prefix};
use super::leaf::{Doubt, Years, read_run, read_years};
use super::lexer::{Lexer, Token, TokenKind, is_quote, is_word_char, known_field};
use super::{Ast, Kind, MAX_DEPTH, MAX_SLOP, MAX_WARNINGS, MAX_WORDS, Node, YEAR_FIELD};
use crate::response::Warning;

/// Reads a query text. `fields` are the names that may stand before a colon; `foo:bar` with another name is read
/// as words. Takes time linear in the text's length; the caller limits that.
///
/// Warnings come in the order of their place in the text, at most [`MAX_WARNINGS`]. Their codes:
/// `too_many_words`, `too_deep`, `unclosed_quote`, `unclosed_parenthesis`, `unmatched_parenthesis`, `empty_quote`,
/// `empty_parentheses`, `dangling_operator`, `unknown_field`, `nested_field`, `field_without_value`,
/// `unsupported_wildcard`, `prefix_too_short`, `distance_too_large`, `slop_too_large`, `reversed_years`,
/// `only_exclusions`, `nothing_to_search`.
///
/// ```
/// use rcp_query::ast::{Kind, parse};
///
/// let (ast, warnings) = parse("rcp:rcm", &["rcp", "year"]);
/// assert!(matches!(ast.root.map(|root| root.kind), Some(Kind::Field { name, .. }) if name == "rcp"));
/// assert!(warnings.is_empty());
/// ```
#[must_use]
pub fn parse(text: &str, fields: &[&str]) -> (Ast, Vec<Warning>) {
    let mut parser = Parser {
        text,
        fields,
        group: Group::default(),
        outer: Vec::new(),
        ignored: 0,
        words: 0,
        cut: false,
        warnings: Vec::new(),
    };
    let mut lexer = Lexer::new(text, fields);
    while !parser.cut
        && let Some(token) = lexer.next()
    {
        parser.token(token, &mut lexer);
    }
    let root = parser.finish();
    parser.warnings.sort_by_key(|warning| warning.span.start);
    (Ast { root }, parser.warnings)
}

struct Parser<'a> {
    text: &'a str,
    fields: &'a [&'a str],
    /// The innermost open group.
    group: Group<'a>,
    /// The groups around it, the whole query first.
    outer: Vec<Group<'a>>,
    /// Open parentheses beyond [`MAX_DEPTH`]; always the innermost ones.
    ignored: usize,
    /// Words so far.
    words: usize,
    /// Whether the rest of the text was cut. What is open then is not the user's mistake: no more warnings.
    cut: bool,
    warnings: Vec<Warning>,
}

impl<'a> Parser<'a> {
    fn token(&mut self, token: Token, lexer: &mut Lexer<'a>) {
        let span = token.span;
        match token.kind {
            // `title:AND`: a value, not an operator.
            TokenKind::And | TokenKind::Or | TokenKind::Not if self.group.awaits_value() => self.run(span),
            TokenKind::And => self.operator(span, false),
            TokenKind::Or => self.operator(span, true),
            TokenKind::Not | TokenKind::Minus => self.group.negate(span),
            TokenKind::Open => self.open(span),
            TokenKind::Close => self.close(span),
            TokenKind::Quote { inner, slop, closed } => self.quote(span, inner, slop, closed),
            TokenKind::Field { name } => self.field(name, span, lexer),
            TokenKind::Run => self.run(span),
        }
    }

    fn warn(&mut self, code: &'static str, span: Range<usize>, message: impl Into<String>) {
        if self.warnings.len() < MAX_WARNINGS && !self.cut {
            self.warnings.push(Warning { code, message: message.into(), span });
        }
    }

    /// AND or OR.
    fn operator(&mut self, span: Range<usize>, is_or: bool) {
        self.drop_prefixes();
        if !self.group.operator(span.clone(), is_or) {
            self.warn_dangling(span, "words on both sides");
        }
    }

    fn warn_dangling(&mut self, span: Range<usize>, needed: &str) {
        let name = &self.text[span.clone()];
        let message = format!("{name} needs {needed}; it was left out.");
        self.warn("dangling_operator", span, message);
    }

    fn open(&mut self, span: Range<usize>) {
        if self.outer.len() < MAX_DEPTH {
            let inner = Group::open(self.group.current_field(), span);
            self.outer.push(std::mem::replace(&mut self.group, inner));
            return;
        }
        self.ignored += 1;
        if !self.warnings.iter().any(|warning| warning.code == "too_deep") {
            let message =
                format!("Parentheses nested more than {MAX_DEPTH} deep were left out; what they hold was kept.");
            self.warn("too_deep", span, message);
        }
    }

    fn close(&mut self, span: Range<usize>) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        let Some(outer) = self.outer.pop() else {
            return self.warn("unmatched_parenthesis", span, "This parenthesis closes nothing; it was left out.");
        };
        let start = self.group.opening.start;
        if !self.close_group(outer) {
            let message = "There is no word in these parentheses; they were left out.";
            self.warn("empty_parentheses", start..span.end, message);
        }
    }

    /// Ends the innermost group; it becomes an item of the one around it, if it holds anything.
    fn close_group(&mut self, outer: Group<'a>) -> bool {
        let node = self.finish_group(outer);
        let found = node.is_some();
        match node {
            Some(node) => self.group.item(node),
            None => self.group.prefixes.clear(),
        }
        found
    }

    /// The tree of the innermost group, which is replaced.
    fn finish_group(&mut self, replacement: Group<'a>) -> Option<Node> {
        self.drop_prefixes();
        if let Some(operator) = self.group.operator.take() {
            self.warn_dangling(operator, "words on both sides");
        }
        std::mem::replace(&mut self.group, replacement).finish()
    }

    /// Says that a NOT stands before nothing.
    fn drop_prefixes(&mut self) {
        for prefix in std::mem::take(&mut self.group.prefixes) {
            if let Prefix::Not(span) = prefix {
                self.warn_dangling(span, "a word after it");
            }
        }
    }

    fn field(&mut self, name: Range<usize>, span: Range<usize>, lexer: &mut Lexer<'a>) {
        let Some(field) = known_field(self.fields, &self.text[name.clone()]) else { return };
        if self.group.current_field().is_none() {
            self.group.prefixes.push(Prefix::Field(field, span));
            return;
        }
        self.warn(
            "nested_field",
            name.clone(),
            format!("A field cannot stand inside another one; {field:?} was searched as a word."),
        );
        self.run(name.start..lexer.extend_run());
    }

    fn quote(&mut self, span: Range<usize>, inner: Range<usize>, slop: Option<Range<usize>>, closed: bool) {
        if !closed {
            self.warn(
                "unclosed_quote",
                span.clone(),
                "This quotation mark is never closed; the phrase was read to the end of the query.",
            );
        }
        let asked = slop.clone().map_or(0, |digits| self.text[digits].parse().unwrap_or(u32::MAX));
        if let Some(digits) = slop
            && asked > MAX_SLOP
        {
            let message =
                format!("At most {MAX_SLOP} words may lie between the words of a phrase; {MAX_SLOP} was used.");
            self.warn("slop_too_large", digits, message);
        }
        let kept = self.count_words(&inner);
        let text = clean_phrase(&self.text[inner.start..kept]);
        if !words(&text).is_empty() {
            let kind = match self.group.current_field().and_then(|field| self.years(field, &text, &span)) {
                Some(years) => years,
                None => Kind::Phrase { text, slop: asked.min(MAX_SLOP) },
            };
            self.group.item(Node { kind, span: span.start..if kept < inner.end { kept } else { span.end } });
        } else {
            self.group.prefixes.clear();
            if kept == inner.end {
                self.warn("empty_quote", span, "There is no word between these quotation marks; they were left out.");
            }
        }
        self.check_cut(kept, inner.end);
    }

    fn run(&mut self, span: Range<usize>) {
        let kept = self.count_words(&span);
        let run = &self.text[span.start..kept];
        if let Some(years) = self.group.current_field().and_then(|field| self.years(field, run, &span)) {
            self.group.item(Node { kind: years, span: span.clone() });
            return self.check_cut(kept, span.end);
        }
        let (kind, doubt) = read_run(run);
        if let Some(doubt) = doubt {
            self.doubt(doubt, span.clone());
        }
        match kind.map(|kind| self.bare_year(kind, &span)) {
            Some(kind) => {
                self.question_field(run, &span);
                self.group.item(Node { kind, span: span.start..kept });
            }
            None => self.punctuation(run, &span),
        }
        self.check_cut(kept, span.end);
    }

    /// A run without a word: a dash, an ampersand, a bullet. A minus or field in front of it goes with it.
    fn punctuation(&mut self, run: &str, span: &Range<usize>) {
        if self.group.is_prefix_glued(span.start) {
            self.group.prefixes.clear();
        }
        if run.contains('*') {
            self.doubt(Doubt::Wildcard, span.clone());
        }
    }

    /// In the field of years, a word that is a year without its suffix (`year:2009~0`) is that year.
    fn bare_year(&mut self, kind: Kind, span: &Range<usize>) -> Kind {
        let years = match &kind {
            Kind::Word(text) | Kind::Prefix(text) | Kind::Fuzzy { word: text, .. } => {
                self.group.current_field().and_then(|field| self.years(field, text, span))
            }
            _ => None,
        };
        years.unwrap_or(kind)
    }

    fn years(&mut self, field: &str, text: &str, span: &Range<usize>) -> Option<Kind> {
        if field != YEAR_FIELD {
            return None;
        }
        let bare = text.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.');
        let Years { from, to, reversed } = read_years(bare).or_else(|| read_years(bare.trim_end_matches('.')))?;
        if reversed {
            self.warn("reversed_years", span.clone(), "The later year stands first; the two were exchanged.");
        }
        Some(Kind::Years { from, to })
    }

    fn doubt(&mut self, doubt: Doubt, span: Range<usize>) {
        let (code, message) = match doubt {
            Doubt::Wildcard => ("unsupported_wildcard", "An asterisk works only at the end of a word: migrat*."),
            Doubt::ShortPrefix => ("prefix_too_short", "A prefix needs two letters; this was searched as a word."),
            Doubt::Distance => ("distance_too_large", "At most two typing errors are allowed; two were used."),
        };
        self.warn(code, span, message);
    }

    /// Warns if a run was probably meant as a field. An address, a time or a reference is not.
    fn question_field(&mut self, run: &str, span: &Range<usize>) {
        let body = run.trim_start_matches(|c| !is_word_char(c));
        let Some((name, value)) = body.split_once(':') else { return };
        if known_field(self.fields, name).is_some() {
            if !value.contains(is_word_char) {
                let message = format!(
                    "The value stands directly behind the colon: {name}:value; {name:?} was searched as a word."
                );
                self.warn("field_without_value", span.clone(), message);
            }
            return;
        }
        let is_name =
            (2..=20).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let is_value = value.starts_with(is_word_char) && !value.contains(['/', ':', '@', '.']);
        if is_name && is_value {
            let known = if self.fields.is_empty() { "none".to_owned() } else { self.fields.join(", ") };
            self.warn(
                "unknown_field",
                span.clone(),
                format!("There is no field {name:?}; it was searched as words. Fields: {known}."),
            );
        }
    }

    /// Counts the words of a piece of text; answers where the words that are still allowed end.
    fn count_words(&mut self, span: &Range<usize>) -> usize {
        let found = words(&self.text[span.clone()]);
        let left = MAX_WORDS - self.words;
        self.words += found.len().min(left);
        if found.len() <= left {
            return span.end;
        }
        match left.checked_sub(1).and_then(|last| found.get(last)) {
            Some(word) => span.start + word.span.end,
            None => span.start,
        }
    }

    fn check_cut(&mut self, kept: usize, end: usize) {
        if kept == end {
            return;
        }
        self.cut = true;
        let message = format!("A query holds at most {MAX_WORDS} words; the rest was left out.");
        self.warnings.insert(0, Warning { code: "too_many_words", message, span: kept..self.text.len() });
        self.warnings.truncate(MAX_WARNINGS);
    }

    fn finish(&mut self) -> Option<Node> {
        // The groups around the innermost one begin with the whole query, which has no parenthesis.
        if let Some(outermost) = self.outer.get(1).or(self.outer.first().map(|_| &self.group)) {
            let span = outermost.opening.clone();
            let message = "This parenthesis is never closed; it was read to the end of the query.";
            self.warn("unclosed_parenthesis", span, message);
        }
        while let Some(outer) = self.outer.pop() {
            self.close_group(outer);
        }
        let root = self.finish_group(Group::default());
        let whole = 0..self.text.len();
        match &root {
            None if !self.text.trim().is_empty() => {
                self.warn("nothing_to_search", whole, "The query holds no word to look for.");
            }
            Some(node) if only_excludes(node) => {
                self.warn("only_exclusions", node.span.clone(), "The query only says what to leave out.");
            }
            _ => {}
        }
        root
    }
}

fn only_excludes(node: &Node) -> bool {
    match &node.kind {
        Kind::Not(_) => true,
        Kind::Sequence(nodes) | Kind::And(nodes) => nodes.iter().all(|node| matches!(node.kind, Kind::Not(_))),
        _ => false,
    }
}

/// One space between words, nothing that would end the phrase when it is printed.
fn clean_phrase(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if is_quote(c) || c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
