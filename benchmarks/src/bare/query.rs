//! A [`Plan`] as tantivy's own queries.

use std::collections::BTreeMap;
use std::ops::Bound;

use rcp_index::plan::{Boolean, Clause, FacetFilter, Filter, Leaf, Member, Plan, Words};
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{IndexRecordOption, Schema};

type Boxed = Box<dyn Query>;

/// The query that someone would give to tantivy for the same matches; `None` where it has no such query: slots with
/// several tokens, leaves that cover several words, conditions on dates.
///
/// Each word is a union over its fields and synonyms, and a minimum of them must match. Scores are not ours: tantivy
/// has no synonym groups.
#[must_use]
pub fn query(plan: &Plan, schema: &Schema) -> Option<Boxed> {
    let mut must = vec![(Occur::Must, clause(&plan.clause, schema)?)];
    for condition in &plan.filters {
        must.push((Occur::Must, without_score(filter(condition, schema)?)));
    }
    Some(if must.len() == 1 { must.pop()?.1 } else { Box::new(BooleanQuery::new(must)) })
}

fn clause(clause: &Clause, schema: &Schema) -> Option<Boxed> {
    match clause {
        Clause::Everything => Some(Box::new(AllQuery)),
        Clause::Nothing => Some(Box::new(EmptyQuery)),
        Clause::Words(of) => words(of, schema),
        Clause::Boolean(of) => boolean(of, schema),
        Clause::Filter(of) => Some(without_score(filter(of, schema)?)),
    }
}

fn boolean(of: &Boolean, schema: &Schema) -> Option<Boxed> {
    let mut clauses = Vec::new();
    for (occur, of) in [(Occur::Must, &of.must), (Occur::Should, &of.should), (Occur::MustNot, &of.must_not)] {
        for of in of {
            clauses.push((occur, clause(of, schema)?));
        }
    }
    let minimum = of.minimum_should_match as usize;
    Some(Box::new(BooleanQuery::with_minimum_required_clauses(clauses, minimum)))
}

fn words(words: &Words, schema: &Schema) -> Option<Boxed> {
    let mut of_word: BTreeMap<u64, Vec<(Occur, Boxed)>> = BTreeMap::new();
    let mut optional = Vec::new();
    for leaf in &words.leaves {
        if leaf.words.count_ones() > 1 {
            return None;
        }
        // A word that is never required only adds to the score.
        if leaf.words == 0 && words.minimum > 0 {
            optional.extend(members(leaf, schema)?);
            continue;
        }
        of_word.entry(leaf.words).or_default().extend(members(leaf, schema)?);
    }
    let mut unions: Vec<(Occur, Boxed)> =
        of_word.into_values().map(|members| (Occur::Should, union(members, 1))).collect();
    let minimum = (words.minimum as usize).max(1);
    let mut all = if unions.len() == 1 { unions.pop()?.1 } else { union(unions, minimum) };
    if !optional.is_empty() {
        optional.push((Occur::Must, all));
        all = Box::new(BooleanQuery::new(optional));
    }
    if words.leaves.iter().all(|leaf| leaf.anchor) {
        return Some(all);
    }
    let mut anchors = Vec::new();
    for leaf in words.leaves.iter().filter(|leaf| leaf.anchor) {
        anchors.extend(members(leaf, schema)?);
    }
    let anchored = vec![(Occur::Must, without_score(union(anchors, 1))), (Occur::Must, all)];
    Some(Box::new(BooleanQuery::new(anchored)))
}

fn union(of: Vec<(Occur, Boxed)>, minimum: usize) -> Boxed {
    Box::new(BooleanQuery::with_minimum_required_clauses(of, minimum))
}

fn members(leaf: &Leaf, schema: &Schema) -> Option<Vec<(Occur, Boxed)>> {
    leaf.members.iter().map(|of| Some((Occur::Should, member(of, leaf, schema)?))).collect()
}

fn member(member: &Member, leaf: &Leaf, schema: &Schema) -> Option<Boxed> {
    let field = schema.get_field(leaf.field.name()).ok()?;
    let mut terms = Vec::new();
    for slot in &member.phrase.slots {
        let [token] = slot.tokens.as_slice() else { return None };
        terms.push((slot.offset as usize, Term::from_field_text(field, token)));
    }
    let query: Boxed = match terms.len() {
        1 => Box::new(TermQuery::new(terms.pop()?.1, IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new_with_offset_and_slop(terms, member.phrase.slop)),
    };
    let boost = leaf.boost * member.weight;
    Some(if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) })
}

fn filter(filter: &Filter, schema: &Schema) -> Option<Boxed> {
    match filter {
        Filter::Facet(FacetFilter { facet, values, or_missing: false }) => {
            let field = schema.get_field(&format!("facet_{facet}")).ok()?;
            let value = |value: &String| {
                let term = Term::from_field_text(field, value);
                let range = RangeQuery::new(Bound::Included(term.clone()), Bound::Included(term));
                (Occur::Should, Box::new(range) as Boxed)
            };
            Some(union(values.iter().map(value).collect(), 1))
        }
        _ => None,
    }
}

fn without_score(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
