//! From the tree of the query language to groups: words resolved, fields looked up.

use std::ops::Range;

use rcp_corpus::analysis::words;
use rcp_corpus::model::Language;
use rcp_corpus::settings::ExpansionSettings;
use rcp_corpus::taxonomy::Taxonomy;
use rcp_corpus::taxonomy::names::ConceptNames;
use rcp_index::plan::{FacetFilter, Filter, Form, Member, Text};

use super::expansion::{Expander, Placed, Run};
use super::forms::most_forms;
use super::group::{Group, Query, Tree};
use super::spelling::correct;
use super::term::{Lexicon, Meaning, Term};
use crate::ast::{Ast, Kind, Node};
use crate::facets::{NO_VALUE, language_named};
use crate::response::{Correction, Warning};

/// Name of the field that searches titles.
pub(crate) const TITLE_FIELD: &str = "title";

/// Code of the warning that a field does not have a value, which was then searched as words.
pub(crate) const UNKNOWN_VALUE: &str = "unknown_value";

/// What a request wants done with its words beyond looking for them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wants<'a> {
    /// See [`crate::request::SearchRequest::expand`].
    pub(crate) expand: bool,
    /// See [`crate::request::SearchRequest::expand_exclude`].
    pub(crate) expand_exclude: &'a [String],
    /// See [`crate::request::SearchRequest::correct`].
    pub(crate) correct: bool,
    /// Language of the labels in the answer.
    pub(crate) ui: Language,
}

/// What a query is understood with.
pub(crate) struct Context<'a> {
    /// The query text in normal form C, as it was parsed.
    pub(crate) text: &'a str,
    pub(crate) lexicon: Lexicon<'a>,
    pub(crate) taxonomy: &'a Taxonomy,
    /// The names of its concepts.
    pub(crate) names: &'a ConceptNames,
    /// Weights of other names.
    pub(crate) expansion: &'a ExpansionSettings,
    /// ConceptNames of the facets that can be used as fields.
    pub(crate) facets: &'a [String],
    /// What the request wants done with its words.
    pub(crate) wants: Wants<'a>,
}

/// Resolves every word and field of a tree.
pub(crate) fn understand(ast: &Ast, context: &Context<'_>) -> Query {
    let expander = Expander::new(context);
    let most_forms = most_forms(ast.root.as_ref());
    let (corrections, warnings) = (Vec::new(), Vec::new());
    let mut reader =
        Reader { context, only: None, is_negated: false, used_words: 0, most_forms, expander, corrections, warnings };
    let tree = ast.root.as_ref().and_then(|root| reader.tree(root, true));
    let Reader { expander, mut corrections, warnings, .. } = reader;
    corrections.sort_by_key(|correction| correction.span.start);
    let (expansions, suggested_filters) = (expander.expansions, expander.suggested);
    Query { tree, corrections, expansions, suggested_filters, warnings }
}

struct Reader<'a> {
    context: &'a Context<'a>,
    /// The one text that words are looked for in, inside a field.
    only: Option<Text>,
    /// Whether what is read must not match: then it means what was typed, and nothing else.
    is_negated: bool,
    /// Bits given out so far.
    used_words: u32,
    /// How many forms each prefix and each word with typing errors may stand for.
    most_forms: usize,
    expander: Expander<'a>,
    corrections: Vec<Correction>,
    warnings: Vec<Warning>,
}

impl Reader<'_> {
    /// The tree of a node; `None` where nothing is left of it (stop words beside other words). `alone`: the node is
    /// the whole query or all that is negated, so even stop words count.
    // The parser bounds the depth, so recursion is safe here and below.
    fn tree(&mut self, node: &Node, alone: bool) -> Option<Tree> {
        match &node.kind {
            Kind::Word(_) | Kind::Prefix(_) | Kind::Fuzzy { .. } => self.words(&[node], alone),
            Kind::Phrase { text, slop } => self.phrase(text, *slop),
            Kind::Sequence(items) => self.sequence(items, alone),
            Kind::And(items) => join(self.trees(items), Tree::And),
            Kind::Or(items) => join(self.trees(items), Tree::Or),
            Kind::Not(node) => self.negated(|reader| reader.tree(node, true)).map(|tree| Tree::Not(Box::new(tree))),
            Kind::Years { from, to } => Some(Tree::Filter(Filter::Years { from: *from, to: *to })),
            Kind::Field { name, value } if name == TITLE_FIELD => {
                self.only = Some(Text::Title);
                let tree = self.tree(value, true);
                self.only = None;
                tree
            }
            Kind::Field { name, value } => self.facet(name, value),
        }
    }

    fn trees(&mut self, items: &[Node]) -> Vec<Tree> {
        items.iter().filter_map(|item| self.tree(item, false)).collect()
    }

    /// Items side by side: the words among them are one run.
    fn sequence(&mut self, items: &[Node], alone: bool) -> Option<Tree> {
        let is_word = |node: &&Node| matches!(node.kind, Kind::Word(_) | Kind::Prefix(_) | Kind::Fuzzy { .. });
        let words: Vec<&Node> = items.iter().filter(is_word).collect();
        let alone = alone && words.len() == items.len();
        let run = if words.is_empty() { None } else { self.words(&words, alone) };
        let others: Vec<Tree> =
            items.iter().filter(|item| !is_word(item)).filter_map(|item| self.tree(item, false)).collect();
        join(run.into_iter().chain(others).collect(), Tree::Sequence)
    }

    /// A run of words. Stop words score where the texts hold them in another language, but are required only when
    /// there is nothing else.
    fn words(&mut self, nodes: &[&Node], alone: bool) -> Option<Tree> {
        let mut terms: Vec<Vec<Term>> = nodes.iter().map(|node| self.terms(node)).collect();
        if self.context.wants.correct && !self.is_negated {
            self.corrections.extend(correct(self.context, nodes, &mut terms));
        }
        let terms: Vec<Vec<Placed>> = nodes.iter().zip(terms).map(|(node, terms)| self.placed(node, terms)).collect();
        let required = |placed: &Placed| !placed.term.resolution.optional;
        let has_required =
            terms.iter().flatten().any(required) || nodes.iter().any(|node| !matches!(node.kind, Kind::Word(_)));
        if !has_required && !alone {
            return None;
        }
        let mut groups = Vec::new();
        let mut at = 0;
        while at < nodes.len() {
            if !matches!(nodes[at].kind, Kind::Word(_)) {
                groups.extend(self.forms(nodes[at]));
                at += 1;
                continue;
            }
            // Neighbours that are words, joined to one list: a compound can be typed as two words.
            let end =
                nodes[at..].iter().position(|node| !matches!(node.kind, Kind::Word(_))).map_or(nodes.len(), |n| at + n);
            let neighbours: Vec<&Placed> = terms[at..end].iter().flatten().collect();
            self.run(&neighbours, !has_required, &mut groups, alone && end - at == nodes.len());
            at = end;
        }
        Some(Tree::Words(merge_repeated(groups)))
    }

    fn terms(&self, node: &Node) -> Vec<Term> {
        match &node.kind {
            Kind::Word(word) => self.context.lexicon.terms(word),
            _ => Vec::new(),
        }
    }

    /// The terms of a node with their places; those that were corrected as they were read.
    fn placed(&self, node: &Node, terms: Vec<Term>) -> Vec<Placed> {
        let Kind::Word(word) = &node.kind else { return Vec::new() };
        // A word stands in its node behind the punctuation before it.
        let typed = self.context.text.get(node.span.clone()).unwrap_or_default();
        let start = node.span.start + typed.find(word.as_str()).unwrap_or(0);
        let as_typed = words(word);
        let place = |term: Term| {
            let Range { start: from, end: to } = term.word.span;
            let is_typed = as_typed.iter().any(|word| word.span == (from..to) && word.folded == term.word.folded);
            let surface = if is_typed { word[from..to].to_owned() } else { term.word.folded.clone() };
            Placed { surface, span: start + from..start + to, term }
        };
        terms.into_iter().map(place).collect()
    }

    /// Neighbouring words; `whole`: they are all of the query.
    fn run(&mut self, placed: &[&Placed], all_required: bool, groups: &mut Vec<Group>, whole: bool) {
        let terms: Vec<&Term> = placed.iter().map(|placed| &placed.term).collect();
        let mut covered: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while let Some(term) = terms.get(at) {
            let mut meaning = self.context.lexicon.meaning(&terms[at..]);
            let optional = meaning.covers == 1 && term.resolution.optional;
            if optional && all_required && meaning.members.is_empty() {
                meaning = self.context.lexicon.literal(term);
            }
            if meaning.covers == 1 && !optional {
                let joined = self.context.lexicon.joined_with_neighbours(&terms, at);
                let new: Vec<Member> = joined.into_iter().filter(|member| !meaning.members.contains(member)).collect();
                meaning.members.extend(new);
            }
            let start = at;
            at += meaning.covers;
            let is_required = !optional || all_required;
            if is_required || !meaning.members.is_empty() {
                let stop_word = (!is_required).then(|| term.word.folded.clone());
                // A compound is one word, so that all its spellings ask for as much.
                groups.push(Group { stop_word, ..self.group(meaning, usize::from(is_required)) });
                covered.push(start..at);
            }
        }
        if !self.is_negated {
            let run = Run { terms: placed, covered: &covered, whole };
            self.expander.read(&run, groups, self.only.is_none());
        }
    }

    /// A prefix, or a word with typing errors.
    fn forms(&mut self, node: &Node) -> Option<Group> {
        let (lexicon, most) = (&self.context.lexicon, self.most_forms);
        let forms = match &node.kind {
            Kind::Prefix(prefix) => lexicon.starting_with(prefix, most),
            Kind::Fuzzy { word, distance } => lexicon.within(word, *distance, most),
            _ => return None,
        };
        if forms.too_many {
            let message = format!(
                "This stands for more than {most} words: the most frequent ones were searched; type more letters."
            );
            self.warnings.push(Warning { code: "too_broad", message, span: node.span.clone() });
        }
        Some(self.group(Meaning { form: Form::Exact, members: forms.members, covers: 1 }, 1))
    }

    fn phrase(&mut self, text: &str, slop: u32) -> Option<Tree> {
        let members = self.context.lexicon.phrase(text, slop);
        let mut group = self.group(Meaning { form: Form::Exact, members, covers: 1 }, 1);
        group.quoted = true;
        Some(Tree::Group(group))
    }

    fn group(&mut self, meaning: Meaning, words: usize) -> Group {
        let bits = (0..words).fold(0, |bits, _| bits | self.next_word());
        let Meaning { form, members, .. } = meaning;
        Group {
            form,
            only: self.only,
            words: bits,
            repeats: 1,
            stop_word: None,
            weight: 1.0,
            quoted: false,
            members,
            expanded: Vec::new(),
        }
    }

    /// The bit of one more word. The parser lets 64 words through; should the analysis find more, they share the last.
    fn next_word(&mut self) -> u64 {
        let bit = 1 << self.used_words.min(63);
        self.used_words += 1;
        bit
    }

    /// Runs a reading whose words are refused, not asked for, and gives their bits back.
    fn negated<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let (used, was_negated) = (self.used_words, std::mem::replace(&mut self.is_negated, true));
        let result = read(self);
        (self.used_words, self.is_negated) = (used, was_negated);
        result
    }

    /// A condition on a facet.
    fn facet(&mut self, name: &str, value: &Node) -> Option<Tree> {
        match &value.kind {
            Kind::And(items) => join(self.facets(name, items), Tree::And),
            Kind::Or(items) => join(self.facets(name, items), Tree::Or),
            Kind::Not(node) => self.facet(name, node).map(|tree| Tree::Not(Box::new(tree))),
            // "El Salvador" without quotes is one name; only where it is none, each word is one.
            Kind::Sequence(items) => match plain_text(items).and_then(|text| self.facet_value(name, &text)) {
                Some(filter) => Some(Tree::Filter(filter)),
                None => join(self.facets(name, items), Tree::And),
            },
            Kind::Word(text) | Kind::Phrase { text, .. } | Kind::Prefix(text) | Kind::Fuzzy { word: text, .. } => {
                if let Some(filter) = self.facet_value(name, text) {
                    return Some(Tree::Filter(filter));
                }
                let message = format!("{text:?} is no value of {name}; it was searched as words.");
                self.warnings.push(Warning { code: UNKNOWN_VALUE, message, span: value.span.clone() });
                self.tree(value, true)
            }
            Kind::Years { .. } | Kind::Field { .. } => self.tree(value, true),
        }
    }

    fn facets(&mut self, name: &str, items: &[Node]) -> Vec<Tree> {
        items.iter().filter_map(|item| self.facet(name, item)).collect()
    }

    /// The values of a facet that a text names.
    fn facet_value(&self, name: &str, text: &str) -> Option<Filter> {
        let facet = self.context.facets.iter().find(|facet| *facet == name)?;
        let select =
            |values: Vec<String>| Filter::Facet(FacetFilter { facet: facet.clone(), values, or_missing: false });
        if text == NO_VALUE {
            return Some(Filter::Facet(FacetFilter { facet: facet.clone(), values: Vec::new(), or_missing: true }));
        }
        match name {
            "year" => text.parse::<i16>().ok().map(|year| Filter::Years { from: Some(year), to: Some(year) }),
            "lang" => language_named(text).map(|language: Language| select(vec![language.code().to_owned()])),
            "event" => Some(select(vec![text.to_lowercase()])),
            _ => {
                let concepts = self.context.taxonomy.resolve(name, text);
                let ids: Vec<String> = concepts.into_iter().map(|concept| concept.id.clone()).collect();
                (!ids.is_empty()).then(|| select(ids))
            }
        }
    }
}

/// The words of a run without operators, with a space between.
fn plain_text(items: &[Node]) -> Option<String> {
    let words: Option<Vec<&str>> = items
        .iter()
        .map(|item| match &item.kind {
            Kind::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    words.map(|words| words.join(" "))
}

/// A node over some trees; one tree stands for itself, none for nothing.
fn join(mut trees: Vec<Tree>, node: impl FnOnce(Vec<Tree>) -> Tree) -> Option<Tree> {
    match trees.len() {
        0 => None,
        1 if !matches!(trees[0], Tree::Not(_)) => trees.pop(),
        _ => Some(node(trees)),
    }
}

/// Words that mean the same become one group that counts as often as they were typed.
fn merge_repeated(groups: Vec<Group>) -> Vec<Group> {
    let mut merged: Vec<Group> = Vec::with_capacity(groups.len());
    for group in groups {
        let same = |other: &&mut Group| {
            other.form == group.form && !group.members.is_empty() && other.members == group.members
        };
        match merged.iter_mut().find(same) {
            // The bits of the repetition are dropped: one word, however often it is typed.
            Some(other) => {
                other.repeats += group.repeats;
                let known: Vec<usize> = other.expanded.iter().map(|expanded| expanded.expansion).collect();
                other.expanded.extend(group.expanded.into_iter().filter(|new| !known.contains(&new.expansion)));
            }
            None => merged.push(group),
        }
    }
    merged
}
