//! Plans in few words.

use rcp_index::plan::{
    Boolean, Budget, Clause, FacetFilter, Field, Filter, Form, Leaf, Member, PageRequest, Phrase, Plan, Similarity,
    Slot, Sort, Text, Unit, Words,
};

/// A plan for all hits, in corpus order, without filters and facets.
pub(crate) fn plan(unit: Unit, clause: Clause) -> Plan {
    Plan {
        unit,
        clause,
        words: 0,
        filters: Vec::new(),
        facets: Vec::new(),
        crosses: Vec::new(),
        sort: Sort::Corpus,
        page: PageRequest { offset: 0, limit: 10_000, after: None },
        similarity: Similarity::default(),
        budget: Budget::default(),
    }
}

/// Everything there is of a unit, in its order.
pub(crate) fn everything(unit: Unit) -> Plan {
    plan(unit, Clause::Everything)
}

/// Documents that match a clause, in corpus order.
pub(crate) fn documents(clause: Clause) -> Plan {
    plan(Unit::Documents, clause)
}

/// Passages that match a clause, in corpus order.
pub(crate) fn passages(clause: Clause) -> Plan {
    plan(Unit::Passages, clause)
}

/// All leaves are anchors; of any of them one must match.
pub(crate) fn any(leaves: impl IntoIterator<Item = Leaf>) -> Clause {
    Clause::Words(Words { leaves: leaves.into_iter().collect(), minimum: 0 })
}

/// The documents or passages whose own text has a token.
pub(crate) fn has(token: &str) -> Clause {
    any([body(&[Member::term(token)])])
}

/// A group over the stems of the body.
pub(crate) fn body(members: &[Member]) -> Leaf {
    leaf(Text::Body, members)
}

/// A group over the stems of a text: an anchor that covers no word.
pub(crate) fn leaf(text: Text, members: &[Member]) -> Leaf {
    let field = Field { text, form: Form::Stem };
    Leaf { field, words: 0, anchor: true, boost: 1.0, members: members.into() }
}

/// A group over a text for the typed word with this number; an anchor only in the body.
pub(crate) fn word(number: u32, text: Text, token: &str) -> Leaf {
    Leaf { words: 1 << number, anchor: text == Text::Body, ..leaf(text, &[Member::term(token)]) }
}

/// A phrase: slots with a space between, alternatives of a slot with `|`, a gap as `_`.
pub(crate) fn phrase(text: &str, slop: u32) -> Member {
    let slots = (0..)
        .zip(text.split(' '))
        .filter(|(_, slot)| *slot != "_")
        .map(|(offset, slot)| Slot { offset, tokens: slot.split('|').map(str::to_owned).collect() });
    Member { phrase: Phrase { slots: slots.collect(), slop }, weight: 1.0 }
}

/// A selection in a facet; `none` stands for having no value.
pub(crate) fn select(facet: &str, values: &[&str]) -> Filter {
    Filter::Facet(FacetFilter {
        facet: facet.to_owned(),
        values: values.iter().filter(|value| **value != "none").map(|&value| value.to_owned()).collect(),
        or_missing: values.contains(&"none"),
    })
}

pub(crate) fn not(filter: Filter) -> Filter {
    Filter::Not(Box::new(filter))
}

/// All of them.
pub(crate) fn must(clauses: impl IntoIterator<Item = Clause>) -> Boolean {
    Boolean { must: clauses.into_iter().collect(), ..Boolean::default() }
}

/// At least so many of them.
pub(crate) fn should(minimum: u32, clauses: impl IntoIterator<Item = Clause>) -> Boolean {
    Boolean { should: clauses.into_iter().collect(), minimum_should_match: minimum, ..Boolean::default() }
}

/// Facets to count.
pub(crate) fn counting(plan: Plan, facets: &[&str]) -> Plan {
    Plan { facets: facets.iter().map(|&facet| facet.to_owned()).collect(), ..plan }
}
