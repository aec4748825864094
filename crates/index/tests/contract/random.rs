//! Random corpora, plans, pages and requests for evidence.

use proptest::prelude::*;
use proptest::sample::{Index, select as one_of, subsequence};
use proptest::test_runner::Config;
use rcp_corpus::model::{DocumentId, PassageKind};
use rcp_index::plan::{
    Boolean, Budget, Clause, Field, Filter, Form, Leaf, Member, PageRequest, Phrase, Plan, Similarity, Slot, Text,
    Unit, Words,
};
use rcp_index::scope::Scope;

use crate::corpus::{Doc, FACETS, added, doc, ids};
use crate::cross_tabs::cross;
use crate::order::SORTS;
use crate::plans::{not, select};

/// Few words, so that most plans match something; `the` is a stop word, the last one stands in no text.
const ALPHABET: [&str; 6] = ["p", "q", "r", "s", "the", "missing"];

/// The last one belongs to no document.
const VALUES: [&str; 4] = ["u", "v", "w", "missing"];

/// What a document is made of beside its id.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    title: Option<String>,
    facts: Option<String>,
    passages: Vec<Part>,
    rcp: Vec<&'static str>,
    theme: Vec<&'static str>,
    date: Option<&'static str>,
    year: Option<i16>,
    added: i64,
    pub(crate) is_restricted: bool,
}

/// What a passage is made of.
#[derive(Debug, Clone)]
struct Part {
    /// A new heading above it.
    heading: Option<String>,
    text: String,
    kind: PassageKind,
    own_themes: Option<Vec<&'static str>>,
    has_gap: bool,
}

impl Content {
    pub(crate) fn doc(&self, id: &str) -> Doc {
        let mut document = doc(id).facet("rcp", &self.rcp).facet("theme", &self.theme).added(self.added);
        document = self.title.iter().fold(document, |document, title| document.title(title));
        document = self.facts.iter().fold(document, |document, facts| document.facts(facts));
        document = self.date.iter().fold(document, |document, date| document.date(date));
        document = self.year.iter().fold(document, |document, &year| document.year(year));
        document = self.passages.iter().fold(document, |document, part| part.add_to(document));
        if self.is_restricted { document.collection("closed") } else { document }
    }
}

impl Part {
    fn add_to(&self, document: Doc) -> Doc {
        let document = self.heading.iter().fold(document, |document, heading| document.heading(heading));
        let document = if self.has_gap { document.gap() } else { document };
        let document = document.passage(self.kind, &self.text);
        self.own_themes.iter().fold(document, |document, themes| document.own("theme", themes))
    }
}

/// Documents with the ids d0, d1 …
pub(crate) fn docs(contents: &[Content]) -> Vec<Doc> {
    contents.iter().enumerate().map(|(number, content)| content.doc(&format!("d{number}"))).collect()
}

fn text(longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(one_of(&ALPHABET[..5]), 0..=longest).prop_map(|words| words.join(" "))
}

fn values() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(&VALUES[..3], 0..=3)
}

fn part() -> impl Strategy<Value = Part> {
    let kind = one_of(&[PassageKind::Paragraph, PassageKind::ListItem][..]);
    let facts = (kind, prop::option::weighted(0.5, values()), prop::bool::weighted(0.2));
    (prop::option::weighted(0.3, text(3)), text(12), facts)
        .prop_map(|(heading, text, (kind, own_themes, has_gap))| Part { heading, text, kind, own_themes, has_gap })
}

pub(crate) fn content() -> impl Strategy<Value = Content> {
    let date = prop::option::of(one_of(&["1969", "2009-05", "2009-05-01/2009-06-02", "2013"][..]));
    let year = prop::option::weighted(0.3, one_of(&[1969_i16, 2009, 2020][..]));
    let texts = (prop::option::of(text(4)), prop::option::of(text(3)), prop::collection::vec(part(), 0..6));
    (texts, values(), values(), date, year, 0..3_i64, any::<bool>()).prop_map(
        |((title, facts, passages), rcp, theme, date, year, added, is_restricted)| Content {
            title,
            facts,
            passages,
            rcp,
            theme,
            date,
            year,
            added,
            is_restricted,
        },
    )
}

pub(crate) fn contents(most: usize) -> impl Strategy<Value = Vec<Content>> {
    prop::collection::vec(content(), 0..=most)
}

fn member() -> impl Strategy<Value = Member> {
    let slot = (prop::collection::vec(one_of(&ALPHABET[..]), 1..3), 1..3_u32);
    let slots = prop_oneof![3 => prop::collection::vec(slot.clone(), 1..2), 2 => prop::collection::vec(slot, 2..4)];
    (slots, 0..4_u32, one_of(&[1.0, 0.5, 0.25][..])).prop_map(|(slots, slop, weight)| {
        let mut offset = 0;
        let slots = slots.into_iter().map(|(tokens, step)| {
            let slot = Slot { offset, tokens: tokens.into_iter().map(str::to_owned).collect() };
            offset += step;
            slot
        });
        Member { phrase: Phrase { slots: slots.collect(), slop }, weight }
    })
}

/// A token and so many that stand nowhere that an engine may want to treat them in another way.
pub(crate) fn many(token: &str) -> Vec<Member> {
    [Member::term(token)].into_iter().chain((0..520).map(|number| Member::term(&format!("missing{number}")))).collect()
}

fn members() -> impl Strategy<Value = Vec<Member>> {
    let crowd = (prop::collection::vec(member(), 0..3), one_of(&ALPHABET[..])).prop_map(|(mut members, token)| {
        members.extend(many(token));
        members
    });
    prop_oneof![19 => prop::collection::vec(member(), 1..4), 1 => crowd]
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let field = (one_of(&Text::ALL[..]), one_of(&[Form::Stem, Form::Exact][..]));
    let rest = (0..8_u64, prop::bool::weighted(0.8), one_of(&[1.0, 0.4, 2.0][..]));
    (field, rest, members()).prop_map(|((text, form), (words, anchor, boost), members)| Leaf {
        field: Field { text, form },
        words,
        anchor,
        boost,
        members: members.into(),
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let values = || (subsequence(&VALUES[..], 0..=3), any::<bool>());
    let facet = (one_of(&FACETS[..]), values()).prop_map(|(facet, (mut values, or_missing))| {
        values.extend(or_missing.then_some("none"));
        select(facet, &values)
    });
    let year = || prop::option::of(one_of(&[1969_i16, 2008, 2009, 2013][..]));
    let day = || prop::option::of(one_of(&["1969-12-31", "2009-05-31", "2009-06-03"][..]));
    let plain = prop_oneof![
        3 => facet,
        1 => (year(), year()).prop_map(|(from, to)| Filter::Years { from, to }),
        1 => (day(), day()).prop_map(|(from, to)| {
            let date = |day: Option<&str>| day.map(|day| day.parse().unwrap());
            Filter::Dates { from: date(from), to: date(to) }
        }),
        1 => (0..4_i64).prop_map(|minute| Filter::AddedSince(added(minute))),
        1 => some_ids().prop_map(Filter::Documents),
    ];
    let one = (plain, prop::bool::weighted(0.25));
    let one = one.prop_map(|(filter, negated)| if negated { not(filter) } else { filter });
    prop_oneof![5 => one.clone(), 1 => prop::collection::vec(one, 0..3).prop_map(Filter::Any)]
}

fn clause() -> impl Strategy<Value = Clause> {
    let words = (prop::collection::vec(leaf(), 0..5), 0..3_u32)
        .prop_map(|(leaves, minimum)| Clause::Words(Words { leaves, minimum }));
    let plain = prop_oneof![
        8 => words,
        1 => filter().prop_map(Clause::Filter),
        1 => Just(Clause::Everything),
        1 => Just(Clause::Nothing),
    ];
    plain.prop_recursive(2, 8, 3, |clause| {
        let some = |most| prop::collection::vec(clause.clone(), 0..=most);
        (some(2), some(3), some(1), 0..3_u32).prop_map(|(must, should, must_not, minimum_should_match)| {
            Clause::Boolean(Boolean { must, should, must_not, minimum_should_match })
        })
    })
}

/// Some documents of a corpus, and one that it does not have; one may come twice.
fn some_ids() -> impl Strategy<Value = Vec<DocumentId>> {
    prop::collection::vec(one_of(&["d0", "d1", "d2", "d3", "d4", "d5", "d6", "unknown"][..]), 0..6)
        .prop_map(|names| ids(&names))
}

/// A plan for all its hits.
pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let unit = one_of(&[Unit::Documents, Unit::Passages][..]);
    let filters = prop::collection::vec(filter(), 0..3);
    let crosses = prop::collection::vec((one_of(&FACETS[..]), one_of(&FACETS[..])), 0..3);
    let counts = (subsequence(&FACETS[..], 0..=4), crosses);
    (unit, clause(), filters, counts, similarity(), (0..8_u64, one_of(SORTS.to_vec()))).prop_map(
        |(unit, clause, filters, (facets, crosses), similarity, (words, sort))| Plan {
            unit,
            clause,
            words,
            filters,
            facets: facets.into_iter().map(str::to_owned).collect(),
            crosses: crosses.into_iter().map(|(rows, columns)| cross(rows, columns)).collect(),
            sort,
            page: PageRequest { offset: 0, limit: 1_000, after: None },
            similarity,
            budget: Budget::default(),
        },
    )
}

fn similarity() -> impl Strategy<Value = Similarity> {
    (one_of(&[1.2, 0.0][..]), one_of(&[0.75, 0.0, 1.0][..])).prop_map(|(k1, b)| Similarity { k1, b })
}

/// A part of the hits of a plan.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    pub(crate) offset: usize,
    pub(crate) limit: usize,
    /// The hit to go on behind.
    pub(crate) after: Option<Index>,
}

pub(crate) fn cut() -> impl Strategy<Value = Cut> {
    (0..4_usize, 0..9_usize, prop::option::of(any::<Index>())).prop_map(|(offset, limit, after)| Cut {
        offset,
        limit,
        after,
    })
}

/// What [`rcp_index::backend::EvidenceRequest`] borrows.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) documents: Vec<DocumentId>,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) limit: usize,
    pub(crate) similarity: Similarity,
}

pub(crate) fn asked() -> impl Strategy<Value = Asked> {
    (some_ids(), prop::collection::vec(leaf(), 0..4), 0..4_usize, similarity())
        .prop_map(|(documents, leaves, limit, similarity)| Asked { documents, leaves, limit, similarity })
}

pub(crate) fn scope() -> impl Strategy<Value = Scope> {
    any::<bool>().prop_map(|is_wide| Scope::with(is_wide.then(|| "closed".to_owned())))
}

/// So many cases, or as many as `PROPTEST_CASES` asks for.
pub(crate) fn config(cases: u32) -> Config {
    let config = Config { max_shrink_iters: 2_000, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { Config { cases, ..config } }
}
