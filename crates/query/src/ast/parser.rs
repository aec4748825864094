//! Tokens to tree, with a stack of open groups instead of recursion.

use std::ops::Range;

use rcp_corpus::analysis::words;

use super::leaf::{Doubt, Years, read_run, read_years};
use super::lexer::{Lexer, Token, TokenKind, is_quote, is_word_char, known_field};
use super::{Ast, Kind, MAX_DEPTH, MAX_SLOP, MAX_WARNINGS, MAX_WORDS, Node, YEAR_FIELD};
use crate::response::Warning;

/// Reads a query text. `fields` are the names that may stand before a colon; `foo:bar` with another name is read
/// as words. Takes time linear in the text's length; the caller limits that.
///
/// Warnings come in the order in which they were noticed, at most [`MAX_WARNINGS`]. Their codes:
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
    let mut parser =
        Parser { text, fields, groups: vec![Group::default()], ignored: 0, words: 0, cut: false, warnings: Vec::new() };
    let mut lexer = Lexer::new(text, fields);
    while !parser.cut
        && let Some(token) = lexer.next()
    {
        parser.token(token, &mut lexer);
    }
    let root = parser.finish();
    (Ast { root }, parser.warnings)
}

struct Parser<'a> {
    text: &'a str,
    fields: &'a [&'a str],
    /// Open groups, the whole query first. Never empty: the first is only taken by `finish`.
    groups: Vec<Group<'a>>,
    /// Open parentheses beyond [`MAX_DEPTH`]; always the innermost ones.
    ignored: usize,
    /// Words so far.
    words: usize,
    /// Whether the rest of the text was cut. What is open then is not the user's mistake: no more warnings.
    cut: bool,
    warnings: Vec<Warning>,
}

/// A group under way: alternatives of conjunctions of sequences.
#[derive(Default)]
struct Group<'a> {
    /// Finished operands of OR.
    alternatives: Vec<Node>,
    /// Finished operands of AND in the present alternative.
    operands: Vec<Node>,
    /// Items of the present operand.
    items: Vec<Node>,
    /// The AND or OR that waits for its right side.
    operator: Option<Range<usize>>,
    /// What waits for the next item, outermost first. At most a NOT, a field, and a NOT inside the field.
    prefixes: Vec<Prefix<'a>>,
    /// Field whose value this group belongs to.
    field: Option<&'a str>,
    /// Its opening parenthesis.
    opening: Range<usize>,
}

enum Prefix<'a> {
    Not(Range<usize>),
    Field(&'a str, Range<usize>),
}

impl<'a> Parser<'a> {
    fn token(&mut self, token: Token, lexer: &mut Lexer<'a>) {
        let span = token.span;
        match token.kind {
            // `title:AND`: a value, not an operator.
            TokenKind::And | TokenKind::Or | TokenKind::Not if self.awaits_value() => self.run(span),
            TokenKind::And => self.operator(span, false),
            TokenKind::Or => self.operator(span, true),
            TokenKind::Not | TokenKind::Minus => self.group().negate(span),
            TokenKind::Open => self.open(span),
            TokenKind::Close => self.close(span),
            TokenKind::Quote { inner, slop, closed } => self.quote(span, inner, slop, closed),
            TokenKind::Field { name } => self.field(name, span, lexer),
            TokenKind::Run => self.run(span),
        }
    }

    #[expect(clippy::expect_used, reason = "groups holds the whole query until finish takes it")]
    fn group(&mut self) -> &mut Group<'a> {
        self.groups.last_mut().expect("never empty")
    }

    fn warn(&mut self, code: &'static str, span: Range<usize>, message: impl Into<String>) {
        if self.warnings.len() < MAX_WARNINGS && !self.cut {
            self.warnings.push(Warning { code, message: message.into(), span });
        }
    }

    fn awaits_value(&mut self) -> bool {
        self.group().prefixes.iter().any(|prefix| matches!(prefix, Prefix::Field(..)))
    }

    /// The field that the next item belongs to.
    fn current_field(&mut self) -> Option<&'a str> {
        let group = self.group();
        let awaited = group.prefixes.iter().find_map(|prefix| match prefix {
            Prefix::Field(name, _) => Some(*name),
            Prefix::Not(_) => None,
        });
        awaited.or(group.field)
    }

    /// AND or OR: finishes the operand to its left.
    fn operator(&mut self, span: Range<usize>, is_or: bool) {
        self.drop_prefixes();
        let group = self.group();
        let Some(operand) = join(Kind::Sequence, &mut group.items) else {
            let name = &self.text[span.clone()];
            return self.warn(
                "dangling_operator",
                span,
                format!(
                    "{name} needs words on both sides; it was left out. Write \"{}\" to search for the word itself.",
                    name.to_lowercase()
                ),
            );
        };
        group.operands.push(operand);
        if is_or && let Some(alternative) = join(Kind::And, &mut group.operands) {
            group.alternatives.push(alternative);
        }
        group.operator = Some(span);
    }

    fn open(&mut self, span: Range<usize>) {
        if self.groups.len() <= MAX_DEPTH {
            let field = self.current_field();
            self.groups.push(Group { field, opening: span, ..Group::default() });
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
        } else if self.groups.len() == 1 {
            self.warn("unmatched_parenthesis", span, "This parenthesis closes nothing; it was left out.");
        } else {
            self.close_group(Some(span.end));
        }
    }

    /// Ends the innermost group; it becomes an item of the one around it.
    fn close_group(&mut self, end: Option<usize>) {
        let opening = self.group().opening.clone();
        match (self.finish_group(), end) {
            (Some(node), _) => self.item(node),
            (None, Some(end)) => {
                self.group().prefixes.clear();
                self.warn(
                    "empty_parentheses",
                    opening.start..end,
                    "There is no word in these parentheses; they were left out.",
                );
            }
            (None, None) => self.group().prefixes.clear(),
        }
    }

    /// Takes the innermost group off the stack.
    fn finish_group(&mut self) -> Option<Node> {
        self.drop_prefixes();
        let mut group = self.groups.pop()?;
        if let Some(operator) = group.operator.take() {
            let name = &self.text[operator.clone()];
            let message = format!("{name} needs words on both sides; it was left out.");
            self.warn("dangling_operator", operator, message);
        }
        group.operands.extend(join(Kind::Sequence, &mut group.items));
        group.alternatives.extend(join(Kind::And, &mut group.operands));
        join(Kind::Or, &mut group.alternatives)
    }

    /// Says that a NOT stands before nothing.
    fn drop_prefixes(&mut self) {
        for prefix in std::mem::take(&mut self.group().prefixes) {
            if let Prefix::Not(span) = prefix {
                let name = &self.text[span.clone()];
                let message = format!("{name} needs a word after it; it was left out.");
                self.warn("dangling_operator", span, message);
            }
        }
    }

    fn item(&mut self, node: Node) {
        let group = self.group();
        let mut node = node;
        while let Some(prefix) = group.prefixes.pop() {
            node = match prefix {
                Prefix::Not(span) => not(node, span.start),
                Prefix::Field(name, span) => {
                    let span = span.start..node.span.end;
                    Node { kind: Kind::Field { name: name.to_owned(), value: Box::new(node) }, span }
                }
            };
        }
        group.operator = None;
        group.items.push(node);
    }

    fn field(&mut self, name: Range<usize>, span: Range<usize>, lexer: &mut Lexer<'a>) {
        let Some(field) = known_field(self.fields, &self.text[name.clone()]) else { return };
        if self.current_field().is_none() {
            self.group().prefixes.push(Prefix::Field(field, span));
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
        if text.contains(is_word_char) {
            let kind = match self.current_field().and_then(|field| self.years(field, &text, &span)) {
                Some(years) => years,
                None => Kind::Phrase { text, slop: asked.min(MAX_SLOP) },
            };
            self.item(Node { kind, span: span.start..if kept < inner.end { kept } else { span.end } });
        } else {
            self.group().prefixes.clear();
            if kept == inner.end {
                self.warn("empty_quote", span, "There is no word between these quotation marks; they were left out.");
            }
        }
        self.check_cut(kept, inner.end);
    }

    fn run(&mut self, span: Range<usize>) {
        let kept = self.count_words(&span);
        let run = &self.text[span.start..kept];
        if let Some(years) = self.current_field().and_then(|field| self.years(field, run, &span)) {
            self.item(Node { kind: years, span: span.clone() });
            return self.check_cut(kept, span.end);
        }
        let (kind, doubt) = read_run(run);
        if let Some(doubt) = doubt {
            self.doubt(doubt, span.clone());
        }
        match kind {
            Some(kind) => {
                self.question_field(run, &span);
                self.item(Node { kind, span: span.start..kept });
            }
            None if run.contains('*') => self.doubt(Doubt::Wildcard, span.clone()),
            // Punctuation: a dash, an ampersand, a bullet.
            None => {}
        }
        self.check_cut(kept, span.end);
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
        if let Some(outermost) = self.groups.get(1) {
            let span = outermost.opening.clone();
            self.warn(
                "unclosed_parenthesis",
                span,
                "This parenthesis is never closed; it was read to the end of the query.",
            );
        }
        while self.groups.len() > 1 {
            self.close_group(None);
        }
        let root = self.finish_group();
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

impl Group<'_> {
    fn negate(&mut self, span: Range<usize>) {
        match self.prefixes.last() {
            // NOT NOT is nothing.
            Some(Prefix::Not(_)) => drop(self.prefixes.pop()),
            _ => self.prefixes.push(Prefix::Not(span)),
        }
    }
}

/// The only node itself, or the nodes under one; `None` without any. Leaves the list empty.
fn join(kind: fn(Vec<Node>) -> Kind, nodes: &mut Vec<Node>) -> Option<Node> {
    let nodes = std::mem::take(nodes);
    match <[Node; 1]>::try_from(nodes) {
        Ok([node]) => Some(node),
        Err(nodes) => {
            let span = nodes.first()?.span.start..nodes.last()?.span.end;
            Some(Node { kind: kind(nodes), span })
        }
    }
}

/// The opposite of a node, with a span from `start`.
fn not(node: Node, start: usize) -> Node {
    let span = start..node.span.end;
    match node.kind {
        Kind::Not(inner) => Node { kind: inner.kind, span },
        _ => Node { kind: Kind::Not(Box::new(node)), span },
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
