//! Whether an answer is what a case expects.

use crate::case::{Expectation, Reference};

/// What was found for a query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    /// All matches; the hits are the first of them.
    pub(crate) total: u64,
    /// Hits in their order.
    pub(crate) hits: Vec<Hit>,
}

/// A document, or a passage with its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) document: String,
    pub(crate) text: Option<String>,
}

/// How an answer compares with the expectation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) holds: bool,
    /// Rank at which all that is expected has been seen; `None`: not among the hits, or no matter of rank.
    pub(crate) depth: Option<usize>,
    /// The answer in short.
    pub(crate) got: String,
}

impl Verdict {
    /// Whether what is expected comes earlier than by another answer to the same query.
    pub(crate) fn is_better_than(&self, other: &Verdict) -> bool {
        let depth = |verdict: &Verdict| verdict.depth.unwrap_or(usize::MAX);
        (self.holds && !other.holds) || depth(self) < depth(other)
    }
}

/// Judges an answer; `others` are those to the other wordings of the case.
pub(crate) fn judge(expected: &Expectation, answer: &Answer, others: &[Answer]) -> Verdict {
    let ranks = |all: &[Reference]| -> Vec<Option<usize>> { all.iter().map(|one| answer.rank(one)).collect() };
    let last = |all: &[Reference]| ranks(all).into_iter().collect::<Option<Vec<_>>>()?.into_iter().max();
    let (holds, depth) = match expected {
        Expectation::First(any) => {
            let depth = ranks(any).into_iter().flatten().min();
            (depth == Some(1), depth)
        }
        Expectation::Leading(all) => (last(all) == Some(all.len()), last(all)),
        Expectation::Found { all, within, without } => {
            let is_clean = ranks(without).iter().all(Option::is_none);
            (last(all).is_some_and(|depth| depth <= *within) && is_clean, last(all))
        }
        Expectation::Before(all) => {
            let ranks = ranks(all);
            let is_found = ranks.first().is_some_and(Option::is_some);
            (is_found && ranks.iter().map(|rank| rank.unwrap_or(usize::MAX)).is_sorted(), None)
        }
        Expectation::Only(all) => {
            let is_exact = answer.total == all.len() as u64 && answer.hits.len() == all.len();
            (is_exact && ranks(all).iter().all(Option::is_some), None)
        }
        Expectation::Same { first, .. } => {
            let is_same = others.iter().all(|other| is_same(answer, other, *first));
            (is_same && !answer.hits.is_empty(), None)
        }
        Expectation::Nothing => (answer.total == 0 && answer.hits.is_empty(), None),
    };
    let shown = std::iter::once(answer).chain(others).map(Answer::in_short);
    Verdict { holds, depth, got: shown.collect::<Vec<_>>().join(" | ") }
}

/// The same set of hits, or the same first ones in the same order.
fn is_same(one: &Answer, other: &Answer, first: Option<usize>) -> bool {
    let Some(first) = first else {
        let sorted = |answer: &Answer| {
            let mut hits = answer.hits.clone();
            hits.sort();
            hits
        };
        return one.total == other.total && sorted(one) == sorted(other);
    };
    one.hits.iter().take(first).eq(other.hits.iter().take(first))
}

impl Answer {
    /// Rank of the first hit that is meant, counted from 1.
    fn rank(&self, reference: &Reference) -> Option<usize> {
        let is_meant = |hit: &Hit| {
            let words = reference.words.as_deref();
            hit.document == reference.document
                && words.is_none_or(|words| hit.text.as_deref().is_some_and(|text| text.contains(words)))
        };
        self.hits.iter().position(is_meant).map(|position| position + 1)
    }

    /// The total and the first hits.
    fn in_short(&self) -> String {
        let show = |hit: &Hit| match &hit.text {
            None => hit.document.clone(),
            Some(text) => format!("{}: {}…", hit.document, text.chars().take(32).collect::<String>()),
        };
        let first: Vec<String> = self.hits.iter().take(5).map(show).collect();
        format!("{} of {}", first.join(", "), self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(documents: &str) -> Answer {
        let hit = |document: &str| Hit { document: document.to_owned(), text: None };
        let hits: Vec<Hit> = documents.split_whitespace().map(hit).collect();
        Answer { total: hits.len() as u64, hits }
    }

    fn references(documents: &str) -> Vec<Reference> {
        documents.split_whitespace().map(|document| Reference::from(document.to_owned())).collect()
    }

    #[track_caller]
    fn check(expected: &Expectation, documents: &str, holds: bool, depth: Option<usize>) {
        let verdict = judge(expected, &answer(documents), &[]);
        assert_eq!((verdict.holds, verdict.depth), (holds, depth), "{expected:?}: {documents}");
    }

    #[test]
    fn an_answer_is_judged_by_ranks() {
        let first = Expectation::First(references("a b"));
        check(&first, "b c a", true, Some(1));
        check(&first, "c a b", false, Some(2));
        check(&first, "c", false, None);

        let leading = Expectation::Leading(references("a b"));
        check(&leading, "b a c", true, Some(2));
        check(&leading, "b c a", false, Some(3));
        check(&leading, "b", false, None);

        let found = Expectation::Found { all: references("a b"), within: 3, without: references("z") };
        check(&found, "c b a z", false, Some(3));
        check(&found, "c b a", true, Some(3));
        check(&found, "c d b a", false, Some(4));
        check(&found, "a", false, None);

        let before = Expectation::Before(references("a b"));
        check(&before, "c a d b", true, None);
        check(&before, "a", true, None);
        check(&before, "b a", false, None);
        check(&before, "b", false, None);

        let only = Expectation::Only(references("a b"));
        check(&only, "b a", true, None);
        check(&only, "b a c", false, None);
        check(&only, "a", false, None);

        check(&Expectation::Nothing, "", true, None);
        check(&Expectation::Nothing, "a", false, None);
    }

    #[test]
    fn wordings_are_compared_as_sets_or_by_their_first_hits() {
        let check = |first, one, other, holds| {
            let expected = Expectation::Same { wordings: Vec::new(), first };
            assert_eq!(judge(&expected, &answer(one), &[answer(other)]).holds, holds, "{one} / {other}");
        };
        check(None, "a b", "b a", true);
        check(None, "a b", "a b c", false);
        check(None, "", "", false);
        check(Some(1), "a b", "a c", true);
        check(Some(2), "a b", "b a", false);
        check(Some(3), "a b", "a", false);
    }

    #[test]
    fn a_passage_is_told_by_its_words() {
        let text = |text: &str| Hit { document: "a".to_owned(), text: Some(text.to_owned()) };
        let answer = Answer { total: 2, hits: vec![text("Fees are high."), text("Fees are low.")] };
        let expected = Expectation::First(vec![Reference::from("a: are low".to_owned())]);
        assert_eq!(judge(&expected, &answer, &[]).depth, Some(2));
    }

    #[test]
    fn what_comes_earlier_is_better() {
        let verdict = |holds, depth| Verdict { holds, depth, got: String::new() };
        assert!(verdict(true, Some(2)).is_better_than(&verdict(true, Some(3))));
        assert!(verdict(true, Some(2)).is_better_than(&verdict(false, None)));
        assert!(verdict(true, None).is_better_than(&verdict(false, None)));
        assert!(!verdict(true, Some(2)).is_better_than(&verdict(true, Some(2))));
        assert!(!verdict(true, Some(2)).is_better_than(&verdict(true, Some(1))));
    }
}
