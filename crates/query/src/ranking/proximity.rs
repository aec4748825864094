//! Pairs: neighbouring words of the query as terms of their own, which stand where the two are close together.

use std::sync::Arc;

use rcp_index::plan::{Field, Form, Leaf, Member, Phrase, Slot, Text};

use crate::compile::{Group, Query};

/// Positions that may lie between the words of a pair.
const WINDOW: u32 = 7;

/// Most pairs of a query; those of its first words count.
const MAX_PAIRS: usize = 24;

/// Most spellings of a word of a pair.
const MAX_TOKENS: usize = 8;

/// What an occurrence counts by how the words stand: side by side in the order of the query, in this order within
/// [`WINDOW`], in the other order within it. An occurrence of the first kind is one of the second kind too.
const ADJACENT: f32 = 0.5;
const ORDERED: f32 = 0.25;
const REVERSED: f32 = 0.25;

/// A leaf over the text for each two neighbours in a run of words, with `boost`. What was typed counts, not what
/// expansions add, and nothing that is quoted or excluded.
pub(super) fn leaves(query: &Query, boost: f32) -> Vec<Leaf> {
    if boost == 0.0 {
        return Vec::new();
    }
    let runs = query.runs();
    let pairs = runs.iter().flat_map(|run| {
        // Words that are never required are stop words of some language: the pair reaches over them.
        let words: Vec<&Group> = run.iter().filter(|group| group.words != 0).collect();
        words.windows(2).filter_map(|pair| leaf(pair[0], pair[1], boost)).collect::<Vec<Leaf>>()
    });
    pairs.take(MAX_PAIRS).collect()
}

fn leaf(first: &Group, second: &Group, boost: f32) -> Option<Leaf> {
    let is_searched = |group: &Group| group.only.is_none_or(|text| text == Text::Body);
    if first.form != second.form || !is_searched(first) || !is_searched(second) {
        return None;
    }
    let (first_tokens, second_tokens) = (tokens(first)?, tokens(second)?);
    let member = |from: &[String], to: &[String], slop, weight| Member {
        phrase: Phrase {
            slots: vec![Slot { offset: 0, tokens: from.to_vec() }, Slot { offset: 1, tokens: to.to_vec() }],
            slop,
        },
        weight,
    };
    Some(Leaf {
        field: Field { text: Text::Body, form: first.form },
        words: 0,
        anchor: true,
        boost,
        members: Arc::new([
            member(&first_tokens, &second_tokens, 0, ADJACENT),
            member(&first_tokens, &second_tokens, WINDOW, ORDERED),
            member(&second_tokens, &first_tokens, WINDOW, REVERSED),
        ]),
    })
}

/// The single tokens that a group stands for; `None` without any, and for prefixes and the like: of two letters, any
/// two words are a pair.
fn tokens(group: &Group) -> Option<Vec<String>> {
    if group.form == Form::Exact {
        return None;
    }
    let single = group.members.iter().filter_map(|member| match member.phrase.slots.as_slice() {
        [slot] => Some(&slot.tokens),
        _ => None,
    });
    let tokens: Vec<String> = single.flatten().take(MAX_TOKENS).cloned().collect();
    (!tokens.is_empty()).then_some(tokens)
}
