//! [`Explainer`]: how the scores of hits are made up.

use std::collections::BTreeSet;

use rcp_corpus::model::DocumentId;
use rcp_index::backend::{BackendError, ExplainRequest, Explanation, Hit, IndexBackend, LeafMatch, LeafStatistics};
use rcp_index::plan::{Boolean, Clause, Filter, Leaf, Member, PageRequest, Plan, Sort, Words};
use rcp_index::scope::Scope;

use super::Ranked;
use crate::response::{ScoreExplanation, ScorePart, WordPart};

/// Terms of a group that a part shows.
const SHOWN_TERMS: usize = 5;

/// A record: its document, and the ordinal of its passage (0 for documents).
type Record = (DocumentId, u32);

/// Explains the hits of a plan.
pub(crate) struct Explainer<'a> {
    pub(crate) backend: &'a dyn IndexBackend,
    pub(crate) scope: &'a Scope,
    pub(crate) plan: &'a Plan,
}

/// A node of the clause that may score, its alternatives with the hits that they match.
enum Scored<'a> {
    Words(&'a Words),
    /// All of some nodes, and those alternatives that match.
    All(Vec<Scored<'a>>, Vec<(Scored<'a>, Alternative)>),
}

/// Which hits an alternative matches.
enum Alternative {
    /// Its words tell.
    ByWords,
    /// These.
    Known(BTreeSet<Record>),
}

impl Explainer<'_> {
    /// The parts of each hit's score.
    ///
    /// # Errors
    /// When the index fails.
    pub(crate) fn explain(&self, hits: &[Ranked]) -> Result<Vec<ScoreExplanation>, BackendError> {
        let records: Vec<Record> = hits.iter().map(|ranked| record(&ranked.hit)).collect();
        let scored = self.scored(&self.plan.clause, &records)?;
        let mut leaves = Vec::new();
        if let Some(scored) = &scored {
            collect(scored, &mut leaves);
        }
        let owned: Vec<Leaf> = leaves.into_iter().cloned().collect();
        let request = ExplainRequest {
            unit: self.plan.unit,
            leaves: &owned,
            similarity: self.plan.similarity,
            records: &records,
            budget: self.plan.budget,
        };
        let explained = self.backend.explain(self.scope, &request)?;
        let of_hit = |(at, ranked): (usize, &Ranked)| {
            let reader = Reader { leaves: &owned, explained: &explained, at, record: &records[at] };
            let mut parts = Vec::new();
            if let Some(scored) = &scored {
                reader.parts(scored, &mut 0, &mut parts);
            }
            let added = ranked.additions;
            parts.extend([
                ScorePart::Passage { score: added.passage },
                ScorePart::Proximity { score: added.proximity },
                ScorePart::Recency { score: added.recency },
                ScorePart::Type { score: added.kind },
            ]);
            parts.retain(|part| part.score() != 0.0);
            ScoreExplanation { parts }
        };
        Ok(hits.iter().enumerate().map(of_hit).collect())
    }

    // The tree is at most as deep as the parser allows, so recursion is bounded here and below.
    fn scored<'c>(&self, clause: &'c Clause, records: &[Record]) -> Result<Option<Scored<'c>>, BackendError> {
        let Boolean { must, should, .. } = match clause {
            Clause::Everything | Clause::Nothing | Clause::Filter(_) => return Ok(None),
            Clause::Words(words) => return Ok(Some(Scored::Words(words))),
            Clause::Boolean(boolean) => boolean,
        };
        let mut all = Vec::new();
        for clause in must {
            all.extend(self.scored(clause, records)?);
        }
        let mut alternatives = Vec::new();
        for clause in should {
            let Some(scored) = self.scored(clause, records)? else { continue };
            let matches = match clause {
                Clause::Words(_) => Alternative::ByWords,
                _ => Alternative::Known(self.matches(clause, records)?),
            };
            alternatives.push((scored, matches));
        }
        Ok(Some(Scored::All(all, alternatives)))
    }

    /// Those of the records that a clause matches.
    fn matches(&self, clause: &Clause, records: &[Record]) -> Result<BTreeSet<Record>, BackendError> {
        let documents: BTreeSet<DocumentId> = records.iter().map(|(document, _)| document.clone()).collect();
        let mut plan = Plan {
            clause: clause.clone(),
            filters: vec![Filter::Documents(documents.into_iter().collect())],
            facets: Vec::new(),
            crosses: Vec::new(),
            sort: Sort::Corpus,
            page: PageRequest { offset: 0, limit: 0, after: None },
            ..self.plan.clone()
        };
        let total = self.backend.search(self.scope, &plan)?.total;
        plan.page.limit = usize::try_from(total).unwrap_or(usize::MAX);
        let found = self.backend.search(self.scope, &plan)?.hits;
        let found: BTreeSet<Record> = found.iter().map(record).collect();
        Ok(records.iter().filter(|record| found.contains(record)).cloned().collect())
    }
}

/// The leaves of a tree in their order.
fn collect<'c>(scored: &Scored<'c>, leaves: &mut Vec<&'c Leaf>) {
    match scored {
        Scored::Words(words) => leaves.extend(&words.leaves),
        Scored::All(all, alternatives) => {
            all.iter().for_each(|scored| collect(scored, leaves));
            alternatives.iter().for_each(|(scored, _)| collect(scored, leaves));
        }
    }
}

/// Reads the explanation of one record.
struct Reader<'a> {
    leaves: &'a [Leaf],
    explained: &'a Explanation,
    /// Place of the record among those explained.
    at: usize,
    record: &'a Record,
}

impl Reader<'_> {
    /// Appends the parts of a node; `next` is the place of its first leaf, then that behind its last.
    fn parts(&self, scored: &Scored<'_>, next: &mut usize, parts: &mut Vec<ScorePart>) {
        match scored {
            Scored::Words(words) => {
                let places = *next..*next + words.leaves.len();
                *next = places.end;
                let found: Vec<usize> = places.filter(|&place| self.leaf(place).frequency > 0.0).collect();
                let covered = found.iter().fold(0, |covered, &place| covered | self.leaves[place].words);
                let is_anchored = found.iter().any(|&place| self.leaves[place].anchor);
                if is_anchored && covered.count_ones() >= words.minimum {
                    parts.extend(found.into_iter().map(|place| ScorePart::Word(self.word(place))));
                }
            }
            Scored::All(all, alternatives) => {
                all.iter().for_each(|scored| self.parts(scored, next, parts));
                for (scored, matches) in alternatives {
                    let mut found = Vec::new();
                    self.parts(scored, next, &mut found);
                    let is_match = match matches {
                        Alternative::ByWords => true,
                        Alternative::Known(records) => records.contains(self.record),
                    };
                    if is_match {
                        parts.extend(found);
                    }
                }
            }
        }
    }

    fn leaf(&self, place: usize) -> LeafMatch {
        self.explained.records[self.at][place]
    }

    fn word(&self, place: usize) -> WordPart {
        let leaf = &self.leaves[place];
        let LeafStatistics { df, records, mean_length } = self.explained.leaves[place];
        let LeafMatch { frequency, length, score } = self.leaf(place);
        WordPart {
            field: leaf.field.name(),
            terms: leaf.members.iter().take(SHOWN_TERMS).map(term).collect(),
            more_terms: leaf.members.len().saturating_sub(SHOWN_TERMS),
            frequency,
            df,
            records,
            length,
            mean_length,
            boost: leaf.boost,
            score,
        }
    }
}

/// A member as text: alternatives of a slot with `|` between.
fn term(member: &Member) -> String {
    let slots: Vec<String> = member.phrase.slots.iter().map(|slot| slot.tokens.join("|")).collect();
    slots.join(" ")
}

fn record(hit: &Hit) -> Record {
    (hit.document.clone(), hit.passage.unwrap_or(0))
}
