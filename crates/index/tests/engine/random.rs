//! Random corpora and plans, compared with the scan.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{select as one_of, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use rcp_index::backend::Page;
use rcp_index::plan::{
    Boolean, Clause, Field, Filter, Form, Leaf, Member, PageRequest, Phrase, Plan, Similarity, Slot, Sort, Text, Unit,
    Words,
};
use rcp_index::scope::Scope;

use crate::corpus::{Corpus, Doc, FACETS, added, doc, names};
use crate::plans::{not, select};
use crate::scan::{Answer, scan};

/// Few words, so that most plans match something; `the` is a stop word, the last one stands in no text.
const ALPHABET: [&str; 6] = ["p", "q", "r", "s", "the", "missing"];

/// The last one belongs to no document.
const VALUES: [&str; 4] = ["u", "v", "w", "missing"];

/// How far a score may be from that of the scan, which computes with more digits, as a part of it.
const TOLERANCE: f64 = 1e-5;

/// What a document is made of beside its id.
#[derive(Debug)]
struct Content {
    title: Option<String>,
    facts: Option<String>,
    /// Heading above it, if a new one, and text.
    passages: Vec<(Option<String>, String)>,
    rcp: Vec<&'static str>,
    theme: Vec<&'static str>,
    date: Option<&'static str>,
    added: i64,
    is_restricted: bool,
}

impl Content {
    fn doc(&self, id: &str) -> Doc {
        let mut document = doc(id).facet("rcp", &self.rcp).facet("theme", &self.theme).added(self.added);
        document = self.title.iter().fold(document, |document, title| document.title(title));
        document = self.facts.iter().fold(document, |document, facts| document.facts(facts));
        document = self.date.iter().fold(document, |document, date| document.date(date));
        for (heading, text) in &self.passages {
            document = heading.iter().fold(document, |document, heading| document.heading(heading)).text(text);
        }
        if self.is_restricted { document.collection("closed") } else { document }
    }
}

fn text(longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(one_of(&ALPHABET[..5]), 0..=longest).prop_map(|words| words.join(" "))
}

fn content() -> impl Strategy<Value = Content> {
    let passage = (prop::option::weighted(0.3, text(3)), text(12));
    let passages = prop::collection::vec(passage, 0..6);
    let values = || subsequence(&VALUES[..3], 0..=3);
    let date = prop::option::of(one_of(&["1969", "2009-05", "2009-05-01/2009-06-02", "2013"][..]));
    let texts = (prop::option::of(text(4)), prop::option::of(text(3)), passages);
    (texts, values(), values(), date, 0..3_i64, any::<bool>()).prop_map(
        |((title, facts, passages), rcp, theme, date, added, is_restricted)| Content {
            title,
            facts,
            passages,
            rcp,
            theme,
            date,
            added,
            is_restricted,
        },
    )
}

fn corpus(contents: &[Content]) -> Corpus {
    Corpus::new(contents.iter().enumerate().map(|(at, content)| content.doc(&format!("d{at:02}"))))
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

fn leaf() -> impl Strategy<Value = Leaf> {
    let field = (one_of(&Text::ALL[..]), one_of(&[Form::Stem, Form::Exact][..]));
    let rest = (0..8_u64, prop::bool::weighted(0.8), one_of(&[1.0, 0.4, 2.0][..]));
    (field, rest, prop::collection::vec(member(), 1..4)).prop_map(|((text, form), (words, anchor, boost), members)| {
        Leaf { field: Field { text, form }, words, anchor, boost, members }
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
    ];
    (plain, prop::bool::weighted(0.25)).prop_map(|(filter, negated)| if negated { not(filter) } else { filter })
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

fn plan() -> impl Strategy<Value = (Scope, Plan)> {
    let sorts =
        [Sort::Relevance, Sort::DateDescending, Sort::DateAscending, Sort::Title, Sort::AddedDescending, Sort::Corpus];
    let unit = one_of(&[Unit::Documents, Unit::Passages][..]);
    let filters = prop::collection::vec(filter(), 0..3);
    let facets = subsequence(&FACETS[..], 0..=4);
    let similarity = (one_of(&[1.2, 0.0][..]), one_of(&[0.75, 0.0, 1.0][..]));
    let rest = (0..8_u64, one_of(sorts.to_vec()), any::<bool>());
    (unit, clause(), filters, facets, similarity, rest).prop_map(
        |(unit, clause, filters, facets, (k1, b), (words, sort, is_wide))| {
            let scope = Scope::with(is_wide.then(|| "closed".to_owned()));
            let plan = Plan {
                unit,
                clause,
                words,
                filters,
                facets: facets.into_iter().map(str::to_owned).collect(),
                sort,
                page: PageRequest { offset: 0, limit: 1_000, after: None },
                similarity: Similarity { k1, b },
            };
            (scope, plan)
        },
    )
}

fn check(corpus: &Corpus, scope: &Scope, plan: &Plan) -> Result<(), TestCaseError> {
    let page = corpus.search_in(scope, plan);
    let answer = scan(&corpus.records, scope, plan);
    prop_assert_eq!(page.total, answer.hits.len() as u64);
    prop_assert_eq!(page.total_all_words, answer.total_all_words);
    prop_assert_eq!(&page.facets, &answer.facets);
    let documents: std::collections::BTreeSet<_> = page.hits.iter().map(|hit| &hit.document).collect();
    prop_assert_eq!(page.total_documents, documents.len() as u64);
    let (found, expected) = (names(&page), answer.names());
    if plan.sort == Sort::Relevance {
        check_relevance(&page, &answer)?;
    } else {
        prop_assert_eq!(&found, &expected);
    }
    for (name, hit) in found.iter().zip(&page.hits) {
        let score = answer.score(name);
        prop_assert!((f64::from(hit.score) - score).abs() <= TOLERANCE * score, "{}: {} {}", name, hit.score, score);
    }
    Ok(())
}

/// The same hits, by falling score wherever the scan sees a difference; equal scores in corpus order.
fn check_relevance(page: &Page, answer: &Answer) -> Result<(), TestCaseError> {
    let found = names(page);
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    prop_assert_eq!(sorted(found.clone()), sorted(answer.names()));
    for (at, pair) in found.windows(2).enumerate() {
        let [left, right] = [&pair[0], &pair[1]].map(|name| answer.score(name));
        prop_assert!(left >= right * (1.0 - TOLERANCE), "{} {left} before {} {right}", pair[0], pair[1]);
        if page.hits[at].score.to_bits() == page.hits[at + 1].score.to_bits() {
            let place = |at: usize| (&page.hits[at].document, page.hits[at].passage);
            prop_assert!(place(at) < place(at + 1));
        }
    }
    Ok(())
}

/// One corpus for many plans.
static SHARED: LazyLock<Corpus> = LazyLock::new(|| {
    let mut runner = TestRunner::deterministic();
    let contents = prop::collection::vec(content(), 40).new_tree(&mut runner).unwrap().current();
    corpus(&contents)
});

proptest! {
    #![proptest_config(Config { cases: 400, ..Config::default() })]

    #[test]
    fn a_plan_answers_as_the_scan_does((scope, plan) in plan()) {
        check(&SHARED, &scope, &plan)?;
    }
}

proptest! {
    #![proptest_config(Config { cases: 12, max_shrink_iters: 64, ..Config::default() })]

    #[test]
    fn a_corpus_answers_as_the_scan_does(
        contents in prop::collection::vec(content(), 0..8),
        plans in prop::collection::vec(plan(), 10),
    ) {
        let corpus = corpus(&contents);
        for (scope, plan) in plans {
            check(&corpus, &scope, &plan)?;
        }
    }
}
