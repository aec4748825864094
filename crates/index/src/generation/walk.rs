//! [`Walk`]: a pass over everything that a collection holds, and [`Findings`], what it counted and found wrong.

use std::path::Path;

use super::manifest::CollectionManifest;

/// Problems that are listed of a collection. Of more only the number is kept: one cause may have a million effects.
const LISTED: usize = 20;

/// Things walked over between two calls that show how far the walk is.
const SHOW_EVERY: u64 = 4_096;

/// What a walk through a collection counted and found wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// Terms, over the fields of documents and of passages.
    pub terms: u64,
    /// Pairs of a term and a record that has it.
    pub postings: u64,
    /// Occurrences of the terms.
    pub tokens: u64,
    /// What is wrong, in the order in which it was found: the first 20.
    pub problems: Vec<String>,
    /// Further problems.
    pub more_problems: u64,
}

/// A collection as it was published: where it is, and what it should hold.
pub(crate) struct Published<'a> {
    /// Its folder.
    pub(crate) folder: &'a Path,
    /// Its name.
    pub(crate) name: &'a str,
    /// What the manifest says of it.
    pub(crate) content: &'a CollectionManifest,
    /// Names of all facets.
    pub(crate) facets: &'a [String],
}

/// A walk on its way.
pub(crate) struct Walk<'a> {
    findings: Findings,
    done: u64,
    total: u64,
    show: &'a mut (dyn FnMut(u64, u64) + Send),
}

impl Walk<'_> {
    /// A walk that begins. `show` is told now and then how many things have been passed, and of how many.
    pub(crate) fn new(show: &mut (dyn FnMut(u64, u64) + Send)) -> Walk<'_> {
        Walk { findings: Findings::default(), done: 0, total: 0, show }
    }

    /// What was found so far.
    pub(crate) fn into_findings(self) -> Findings {
        self.findings
    }

    /// Announces things that will be passed.
    pub(crate) fn expect(&mut self, things: u64) {
        self.total += things;
        (self.show)(self.done, self.total);
    }

    /// Passes one of them.
    pub(crate) fn pass(&mut self) {
        self.done += 1;
        if self.done.is_multiple_of(SHOW_EVERY) {
            (self.show)(self.done, self.total);
        }
    }

    /// Counts a term with its postings and their tokens.
    pub(crate) fn count_term(&mut self, postings: u64, tokens: u64) {
        self.findings.terms += 1;
        self.findings.postings += postings;
        self.findings.tokens += tokens;
    }

    /// Notes a problem.
    pub(crate) fn problem(&mut self, problem: String) {
        if self.findings.problems.len() < LISTED {
            self.findings.problems.push(problem);
        } else {
            self.findings.more_problems += 1;
        }
    }
}
