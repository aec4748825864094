//! What became of all cases, in one table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::case::{Case, Expectation, Reference};
use crate::corpus::Corpus;
use crate::judge::{Answer, Verdict, judge};

/// All cases with what became of them.
pub(crate) struct Report {
    pub(crate) outcomes: Vec<Outcome>,
}

/// A case with its answers, one for each of its corpora.
pub(crate) struct Outcome {
    case: &'static Case,
    runs: Vec<Run>,
}

/// One case over one corpus.
struct Run {
    corpus: &'static Corpus,
    verdict: Verdict,
    /// The same with `expand=off`.
    plain: Verdict,
}

impl Outcome {
    pub(crate) fn of(case: &'static Case) -> Outcome {
        let run = |corpus: &'static Corpus| {
            let verdict = |expand| {
                let ask = |query: &String| corpus.ask(&case.request(query, expand));
                let others: Vec<Answer> = case.wordings().iter().map(ask).collect();
                judge(&case.expect, &ask(&case.query), &others)
            };
            Run { corpus, verdict: verdict(true), plain: verdict(false) }
        };
        Outcome { case, runs: case.corpora().into_iter().map(run).collect() }
    }

    /// Why the case does not hold; `None` for one that does.
    fn fault(&self) -> Option<String> {
        self.runs.iter().find_map(|run| run.fault(self.case))
    }

    /// Whether it is what its case announces.
    fn is_expected(&self) -> bool {
        self.fault().is_some() == self.case.known_gap.is_some()
    }

    fn line(&self, state: &str) -> String {
        let case = self.case;
        let fault = self.fault().unwrap_or_default();
        let cells = [state, &case.name, &case.query, &expected(&case.expect), &fault, &case.why];
        cells.map(|cell| cell.replace(['\t', '\n'], " ")).join("\t")
    }
}

impl Run {
    /// What is wrong. Expansion never makes a search across languages worse, and some it makes better.
    fn fault(&self, case: &Case) -> Option<String> {
        let Run { corpus, verdict, plain } = self;
        if !verdict.holds {
            return Some(format!("{corpus}: {}", verdict.got));
        }
        let compare = |what: &str| format!("{corpus}: {what}: {} without: {}", verdict.got, plain.got);
        if case.needs_expansion && !verdict.is_better_than(plain) {
            return Some(compare("no better by expansion"));
        }
        (case.is_cross_language() && plain.is_better_than(verdict)).then(|| compare("worse by expansion"))
    }
}

impl Report {
    /// The cases that do not hold, and the gaps that are none any more: a block each, nothing where all is as announced.
    pub(crate) fn unexpected(&self) -> String {
        let mut text = String::new();
        for outcome in self.outcomes.iter().filter(|outcome| !outcome.is_expected()) {
            let case = outcome.case;
            let _ = writeln!(text, "{} [{}] {:?}", case.name, case.languages, case.query);
            match (outcome.fault(), &case.known_gap) {
                (Some(fault), _) => {
                    let _ = writeln!(text, "    expected {}\n    got      {fault}", expected(&case.expect));
                }
                (None, gap) => {
                    let _ =
                        writeln!(text, "    holds now: remove its known_gap ({})", gap.as_deref().unwrap_or_default());
                }
            }
            let _ = writeln!(text, "    because  {}", case.why);
        }
        text
    }

    /// Every case in a line: state, name, query, expectation, what is wrong, why.
    pub(crate) fn every_case(&self) -> String {
        let state = |outcome: &Outcome| match (outcome.fault().is_some(), outcome.case.known_gap.is_some()) {
            (false, false) => "holds",
            (true, true) => "gap",
            (true, false) => "FAILS",
            (false, true) => "HOLDS NOW",
        };
        self.outcomes.iter().map(|outcome| outcome.line(state(outcome)) + "\n").collect()
    }

    /// Cases by kind and by languages, and the known gaps.
    pub(crate) fn summary(&self) -> String {
        let mut text = String::new();
        let by_kind = self.count(|case| case.expect.kind().to_owned());
        let by_languages = self.count(|case| case.languages.to_string());
        for (title, counts) in [("kind", by_kind), ("languages", by_languages)] {
            let cells = counts.into_iter().map(|(name, [held, all])| format!("{name} {held}/{all}"));
            let _ = writeln!(text, "{title}: {}", cells.collect::<Vec<_>>().join(", "));
        }
        let [held, all] = self.count(|_| String::new()).remove("").unwrap_or_default();
        let _ = writeln!(text, "{held} of {all} cases hold");
        for case in self.outcomes.iter().map(|outcome| outcome.case) {
            if let Some(gap) = &case.known_gap {
                let _ = writeln!(text, "gap: {}: {gap}", case.name);
            }
        }
        text
    }

    /// Cases that hold, and all of them, by a property.
    fn count(&self, property: impl Fn(&Case) -> String) -> BTreeMap<String, [usize; 2]> {
        let mut counts = BTreeMap::<String, [usize; 2]>::new();
        for outcome in &self.outcomes {
            let [held, all] = counts.entry(property(outcome.case)).or_default();
            *held += usize::from(outcome.fault().is_none());
            *all += 1;
        }
        counts
    }
}

/// An expectation in words.
fn expected(expected: &Expectation) -> String {
    let list = |all: &[Reference]| all.iter().map(Reference::to_string).collect::<Vec<_>>().join(", ");
    match expected {
        Expectation::First(any) => format!("first: {}", list(any)),
        Expectation::Leading(all) => format!("before all others: {}", list(all)),
        Expectation::Found { all, within, without } if without.is_empty() => {
            format!("within the first {within}: {}", list(all))
        }
        Expectation::Found { all, within, without } => {
            format!("within the first {within}: {}; nowhere: {}", list(all), list(without))
        }
        Expectation::Before(all) => format!("in this order: {}", list(all)),
        Expectation::Only(all) => format!("only: {}", list(all)),
        Expectation::Same { wordings, first: None } => format!("the same set as {wordings:?}"),
        Expectation::Same { wordings, first: Some(first) } => format!("the same first {first} as {wordings:?}"),
        Expectation::Nothing => "nothing".to_owned(),
    }
}
