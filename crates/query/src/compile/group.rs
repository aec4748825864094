//! [`Query`]: a tree of synonym groups, before it is spread over fields.

use rcp_index::plan::{Filter, Form, Member, Text};

use crate::highlight::Highlighter;
use crate::response::{Correction, Expansion, SuggestedFilter, Warning};

/// A query text, understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Query {
    /// What must match; `None` when the text holds nothing to look for.
    pub(crate) tree: Option<Tree>,
    /// Words that were read as others.
    pub(crate) corrections: Vec<Correction>,
    /// The expansions that groups name by their place here; their documents are not counted yet.
    pub(crate) expansions: Vec<Expansion>,
    /// Filters that the words may mean.
    pub(crate) suggested_filters: Vec<SuggestedFilter>,
    /// What was not taken as the user may have meant it.
    pub(crate) warnings: Vec<Warning>,
}

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree {
    /// Words side by side: the request's `match` decides how many must match. Repeated words are one group with a
    /// higher boost.
    Words(Vec<Group>),
    /// A quoted phrase, or words in one field: must match as it stands.
    Group(Group),
    /// Side by side with `match=any`: one must match. Otherwise all must.
    Sequence(Vec<Tree>),
    /// All must match.
    And(Vec<Tree>),
    /// One must match.
    Or(Vec<Tree>),
    /// Must not match.
    Not(Box<Tree>),
    /// A condition without score.
    Filter(Filter),
}

/// Tokens and phrases that stand for one or more typed words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    /// Form in which the members are searched.
    pub(crate) form: Form,
    /// The one text to search in; `None` for all.
    pub(crate) only: Option<Text>,
    /// Bits of the typed words that it covers; 0 for a word that is never required.
    pub(crate) words: u64,
    /// How often the words were typed.
    pub(crate) repeats: u32,
    /// The folded word, where it is a stop word of some language and the texts have it as a term of another one.
    pub(crate) stop_word: Option<String>,
    /// Factor on its score: 1, and less for a stop word ([`Query::weigh_stop_words`]).
    pub(crate) weight: f32,
    /// Whether it is a quoted phrase: in passages it is looked for in their own text alone.
    pub(crate) quoted: bool,
    /// The tokens and phrases. None: nothing in the corpus matches the words.
    pub(crate) members: Vec<Member>,
    /// What expansions add to them.
    pub(crate) expanded: Vec<Expanded>,
}

/// A token or phrase that an expansion brought into a group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expanded {
    /// Its place in [`Query::expansions`].
    pub(crate) expansion: usize,
    /// The token or phrase with its weight.
    pub(crate) member: Member,
}

impl Group {
    /// Every token and phrase that is looked for: the typed ones, then those of expansions.
    pub(crate) fn all_members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().chain(self.expanded.iter().map(|expanded| &expanded.member))
    }
}

impl Query {
    /// Marks what scores in the text of passages.
    pub(crate) fn highlighter(&self) -> Highlighter {
        let mut highlighter = Highlighter::default();
        let groups = self.tree.iter().flat_map(Tree::groups);
        for group in groups.filter(|group| group.only.is_none_or(|text| text == Text::Body)) {
            for member in &group.members {
                highlighter.add(group.form, &member.phrase, group.words, false);
            }
            for Expanded { member, .. } in &group.expanded {
                highlighter.add(group.form, &member.phrase, group.words, true);
            }
        }
        highlighter
    }

    /// The query without what some expansions, given by their places, brought into its groups.
    pub(crate) fn without(&self, is_left_out: impl Fn(usize) -> bool) -> Query {
        let mut query = self.clone();
        let groups = query.tree.iter_mut().flat_map(Tree::groups_mut);
        groups.for_each(|group| group.expanded.retain(|expanded| !is_left_out(expanded.expansion)));
        query
    }
}

impl Tree {
    /// The groups that may score, in the order of the text; those below a `Not` left out.
    pub(crate) fn groups(&self) -> Vec<&Group> {
        match self {
            Tree::Words(groups) => groups.iter().collect(),
            Tree::Group(group) => vec![group],
            Tree::Sequence(trees) | Tree::And(trees) | Tree::Or(trees) => trees.iter().flat_map(Tree::groups).collect(),
            Tree::Not(_) | Tree::Filter(_) => Vec::new(),
        }
    }

    /// The groups that may score, to be changed.
    pub(crate) fn groups_mut(&mut self) -> Vec<&mut Group> {
        match self {
            Tree::Words(groups) => groups.iter_mut().collect(),
            Tree::Group(group) => vec![group],
            Tree::Sequence(trees) | Tree::And(trees) | Tree::Or(trees) => {
                trees.iter_mut().flat_map(Tree::groups_mut).collect()
            }
            Tree::Not(_) | Tree::Filter(_) => Vec::new(),
        }
    }

    /// Bits of all words that may be covered.
    pub(crate) fn words(&self) -> u64 {
        self.groups().iter().fold(0, |words, group| words | group.words)
    }
}
