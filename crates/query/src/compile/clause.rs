//! A [`Query`] spread over the fields of a unit.

use std::sync::Arc;

use rcp_corpus::settings::FieldBoosts;
use rcp_index::plan::{Boolean, Clause, Field, Leaf, Member, Text, Unit, Words};

use super::group::{Group, Query, Tree};
use crate::request::MatchMode;

/// Boosts of the fields of a unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Boosts {
    pub(crate) unit: Unit,
    pub(crate) fields: FieldBoosts,
}

impl Query {
    /// The clause over a unit. `relax` words fewer are required than `match` asks for.
    pub(crate) fn clause(&self, boosts: Boosts, match_mode: MatchMode, relax: u32) -> Clause {
        match &self.tree {
            Some(tree) => Spread { boosts, match_mode, relax, own_text: false }.clause(tree),
            None => Clause::Everything,
        }
    }

    /// Bits of all typed words.
    pub(crate) fn words(&self) -> u64 {
        self.tree.as_ref().map_or(0, Tree::words)
    }

    /// The runs of words that may score, in the order of the text.
    pub(crate) fn runs(&self) -> Vec<&[Group]> {
        self.tree.iter().flat_map(runs).collect()
    }

    /// Words that a run has, and how many of them are required: of the run that requires most before anything is
    /// relaxed, of equal ones the longest. Where that is but one, there is nothing to relax.
    pub(crate) fn required(&self, match_mode: MatchMode, relax: u32) -> (u32, u32) {
        let sizes = self.runs().into_iter().map(distinct);
        let strictest = sizes.max_by_key(|&words| (minimum(words, match_mode, 0), words));
        strictest.map_or((0, 0), |words| (words, minimum(words, match_mode, relax)))
    }

    /// Leaves over the passage fields that show why a document matches.
    pub(crate) fn evidence_leaves(&self, boosts: FieldBoosts) -> Vec<Leaf> {
        let boosts = Boosts { unit: Unit::Passages, fields: boosts };
        let groups = self.tree.iter().flat_map(Tree::groups);
        groups
            .filter(|group| group.only.is_none_or(|text| text == Text::Body))
            .flat_map(|g| leaves(g, boosts))
            .collect()
    }
}

/// The runs of words in a tree that the request's `match` applies to.
fn runs(tree: &Tree) -> Vec<&[Group]> {
    match tree {
        Tree::Words(groups) => vec![groups],
        Tree::Sequence(trees) | Tree::And(trees) | Tree::Or(trees) => trees.iter().flat_map(runs).collect(),
        Tree::Group(_) | Tree::Not(_) | Tree::Filter(_) => Vec::new(),
    }
}

/// Different words that a run covers.
fn distinct(groups: &[Group]) -> u32 {
    groups.iter().fold(0, |words, group| words | group.words).count_ones()
}

/// How many of so many different words must match: with `most` of one or two all, of three or four at least half, of
/// five or more one.
fn minimum(words: u32, match_mode: MatchMode, relax: u32) -> u32 {
    let asked = match (match_mode, words) {
        (MatchMode::Any, _) => 1,
        (MatchMode::All, words) => words,
        (MatchMode::Most, 0..=2) => words,
        (MatchMode::Most, 3..=4) => 2,
        (MatchMode::Most, _) => 1,
    };
    asked.saturating_sub(relax).max(1)
}

struct Spread {
    boosts: Boosts,
    match_mode: MatchMode,
    relax: u32,
    /// Whether passages are judged by their own text alone.
    own_text: bool,
}

impl Spread {
    // The tree is at most as deep as the parser allows, so recursion is bounded.
    fn clause(&self, tree: &Tree) -> Clause {
        match tree {
            Tree::Words(groups) => self.words(groups),
            Tree::Group(group) => Clause::Words(Words { leaves: self.leaves(group), minimum: 0 }),
            Tree::Filter(filter) => Clause::Filter(filter.clone()),
            Tree::Not(_) => self.all(std::slice::from_ref(tree)),
            Tree::Sequence(trees) if self.match_mode == MatchMode::Any => self.any(trees),
            Tree::Sequence(trees) | Tree::And(trees) => self.all(trees),
            Tree::Or(trees) => {
                let should = trees.iter().map(|tree| self.clause(tree)).collect();
                Clause::Boolean(Boolean { should, minimum_should_match: 1, ..Boolean::default() })
            }
        }
    }

    fn words(&self, groups: &[Group]) -> Clause {
        let leaves = groups.iter().flat_map(|group| self.leaves(group)).collect();
        Clause::Words(Words { leaves, minimum: minimum(distinct(groups), self.match_mode, self.relax) })
    }

    fn leaves(&self, group: &Group) -> Vec<Leaf> {
        let mut leaves = leaves(group, self.boosts);
        if self.own_text && self.boosts.unit == Unit::Passages && group.only.is_none() {
            leaves.retain(|leaf| leaf.field.text == Text::Body);
        }
        leaves
    }

    fn all(&self, trees: &[Tree]) -> Clause {
        let (must_not, must) = self.split(trees);
        Clause::Boolean(Boolean { must, must_not, ..Boolean::default() })
    }

    /// One of some trees side by side; what is negated among them must not match all the same (`a b -c`).
    fn any(&self, trees: &[Tree]) -> Clause {
        let (must_not, should) = self.split(trees);
        let minimum_should_match = u32::from(!should.is_empty());
        Clause::Boolean(Boolean { should, must_not, minimum_should_match, ..Boolean::default() })
    }

    /// The negated trees, bare, and the others.
    fn split(&self, trees: &[Tree]) -> (Vec<Clause>, Vec<Clause>) {
        let (mut negated, mut others) = (Vec::new(), Vec::new());
        for tree in trees {
            match tree {
                Tree::Not(tree) => negated.push(self.negated(tree)),
                tree => others.push(self.clause(tree)),
            }
        }
        (negated, others)
    }

    /// What must not match: every word of it, whatever `match` says (`-(a b)` refuses what has both). A passage is
    /// refused by its own text, not by the heading and title that it shares with others.
    fn negated(&self, tree: &Tree) -> Clause {
        Spread { boosts: self.boosts, match_mode: MatchMode::All, relax: 0, own_text: true }.clause(tree)
    }
}

/// The leaves of a group: one per text with a boost.
fn leaves(group: &Group, boosts: Boosts) -> Vec<Leaf> {
    let members: Arc<[Member]> = group.all_members().cloned().collect();
    let mut leaves = Vec::new();
    for text in Text::ALL {
        let searched = match group.only {
            Some(only) => text == only,
            None => !(group.quoted && boosts.unit == Unit::Passages && text != Text::Body),
        };
        let boost = field_boost(boosts.fields, text);
        if searched && boost > 0.0 && !members.is_empty() {
            leaves.push(Leaf {
                field: Field { text, form: group.form },
                words: group.words,
                anchor: boosts.unit == Unit::Documents || text == Text::Body || group.only.is_some(),
                boost: boost * group.repeats as f32 * group.weight,
                members: Arc::clone(&members),
            });
        }
    }
    leaves
}

fn field_boost(boosts: FieldBoosts, text: Text) -> f32 {
    match text {
        Text::Body => boosts.body,
        Text::Title => boosts.title,
        Text::Headings => boosts.headings,
        Text::Facts => boosts.facts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_words_must_match() {
        for (words, most) in [(0, 1), (1, 1), (2, 2), (3, 2), (4, 2), (5, 1), (9, 1)] {
            assert_eq!(minimum(words, MatchMode::Most, 0), most, "{words} words");
        }
        assert_eq!(minimum(7, MatchMode::All, 0), 7);
        assert_eq!(minimum(7, MatchMode::Any, 0), 1);
        assert_eq!(minimum(2, MatchMode::Most, 1), 1);
        assert_eq!(minimum(2, MatchMode::Most, 9), 1);
    }
}
