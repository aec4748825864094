//! [`Plan`]: a query compiled for an engine.
//!
//! A plan holds nothing to parse, analyse or expand: its terms are tokens as [`rcp_corpus::analysis`] makes them,
//! and prefixes, typing errors, accents and compounds are already resolved to such tokens.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rcp_corpus::model::DocumentId;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Whole documents.
    Documents,
    /// Single passages.
    Passages,
}

/// A query compiled for an engine, with what to filter, count, sort and return.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Documents or passages.
    pub unit: Unit,
    /// What must match, and how it scores.
    pub clause: Clause,
    /// The bits of all typed words: a match that covers them all counts in [`crate::backend::Page::total_all_words`].
    pub words: u64,
    /// Restrictions that do not score. All must hold.
    pub filters: Vec<Filter>,
    /// Facets to count, by name. Counts of a facet ignore the [`Filter::Facet`] of the same facet.
    pub facets: Vec<String>,
    /// Pairs of facets to cross. Unlike [`Plan::facets`], a table counts only what passes every filter.
    pub crosses: Vec<Cross>,
    /// Order of the hits. Ties are always broken by document id, then by the passage's ordinal.
    pub sort: Sort,
    /// Which part of the ordered hits to return.
    pub page: PageRequest,
    /// Parameters of the score.
    pub similarity: Similarity,
    /// How much work the answer may take; see [`crate::backend::Page::partial`].
    pub budget: Budget,
}

/// How much work an answer may take. It is counted, not timed, so that equal plans over equal indexes get equally far: a
/// step is about what reading one posting takes, and everything else is counted in such steps (a record that is looked at,
/// a position that is read; looking up a token is 128).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget(pub u64);

impl Default for Budget {
    /// About a third of a second of one core: 1.8 ns a step were measured where postings are read, by a table of the
    /// dearest plans (`rcp-benchmarks table --only worst`). A search over 100,000 passages is ended by it only where every one
    /// of 64 words stands for the thousand most frequent ones, or a phrase has a thousand words in dozens of places.
    fn default() -> Budget {
        Budget(150_000_000)
    }
}

/// Two facets to cross: a table of the values of one by those of the other. A facet can be crossed with itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cross {
    /// Name of the facet whose values are the rows.
    pub rows: String,
    /// Name of the facet whose values are the columns.
    pub columns: String,
    /// Whether the best match of each cell, row and column is wanted.
    pub best: bool,
}

impl Plan {
    /// The facets that the plan counts, crosses or filters by; one that is named twice comes twice.
    #[must_use]
    pub fn facet_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.facets.iter().map(String::as_str).collect();
        names.extend(self.crosses.iter().flat_map(|cross| [cross.rows.as_str(), cross.columns.as_str()]));
        self.filters.iter().for_each(|filter| filter.facet_name(&mut names));
        self.clause.facet_names(&mut names);
        names
    }
}

/// Parameters of BM25.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    /// Saturation of the term frequency: 0 counts presence alone.
    pub k1: f32,
    /// How much length matters, from 0 (not at all) to 1; see [`Similarity::b_of`].
    pub b: f32,
}

impl Similarity {
    /// How much the length of a text matters. That of facts does not: they are names in as many languages and spellings
    /// as there are, and how many these are says nothing about the document.
    #[must_use]
    pub fn b_of(self, text: Text) -> f32 {
        if text == Text::Facts { 0.0 } else { self.b }
    }
}

impl Default for Similarity {
    /// The values of Robertson and of Lucene.
    fn default() -> Similarity {
        Similarity { k1: 1.2, b: 0.75 }
    }
}

/// A node of the boolean tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// Matches everything, scores 0, covers no word.
    Everything,
    /// Matches nothing.
    Nothing,
    /// A flat union of scoring leaves.
    Words(Words),
    /// Boolean combination; scores of the matching `must` and `should` clauses are added.
    Boolean(Boolean),
    /// A condition inside the tree (`rcp:rcm OR theme:health`), scores 0.
    Filter(Filter),
}

impl Clause {
    fn facet_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Clause::Everything | Clause::Nothing | Clause::Words(_) => {}
            Clause::Filter(filter) => filter.facet_name(names),
            Clause::Boolean(Boolean { must, should, must_not, .. }) => {
                must.iter().chain(should).chain(must_not).for_each(|clause| clause.facet_names(names));
            }
        }
    }
}

/// A flat union of leaves with a minimum of covered words: one pass gives match, coverage and score.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The leaves. The score is the sum over the leaves that match.
    pub leaves: Vec<Leaf>,
    /// A match covers at least so many different words (bits of [`Leaf::words`]); with 0 any leaf makes a match.
    pub minimum: u32,
}

/// Boolean combination of clauses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Boolean {
    /// All must match.
    pub must: Vec<Clause>,
    /// May match; at least [`Boolean::minimum_should_match`] of them do.
    pub should: Vec<Clause>,
    /// None may match.
    pub must_not: Vec<Clause>,
    /// How many `should` clauses must match.
    pub minimum_should_match: u32,
}

/// A synonym group over one field: tokens and phrases scored as one term.
///
/// With tf = Σ weight × tf over the members, df = the largest df among them (a phrase has its phrase frequency,
/// and the smallest df of its slots), the leaf scores `boost × BM25(tf, df)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// Field that is searched.
    pub field: Field,
    /// Bits of the typed words that a match covers; 0 for words that are never required.
    pub words: u64,
    /// Whether this leaf can make a hit. A passage is a hit only if an anchor (its own text) matches; words found
    /// in its heading or title then count too. Leaves of documents are all anchors.
    pub anchor: bool,
    /// Factor on the score.
    pub boost: f32,
    /// The tokens and phrases. Shared: a group stands over several fields, and a prefix may have a thousand members.
    pub members: Arc<[Member]>,
}

/// A token or phrase of a synonym group.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The tokens; one slot is a plain term.
    pub phrase: Phrase,
    /// Weight of its frequency, above 0 and at most 1.
    pub weight: f32,
}

impl Member {
    /// A single token with weight 1.
    #[must_use]
    pub fn term(token: &str) -> Member {
        let slots = vec![Slot { offset: 0, tokens: vec![token.to_owned()] }];
        Member { phrase: Phrase { slots, slop: 0 }, weight: 1.0 }
    }
}

/// Tokens at given distances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The slots in rising order of offset. Never empty.
    pub slots: Vec<Slot>,
    /// Positions that may lie between the tokens beyond their offsets, in all. Order is kept.
    pub slop: u32,
}

/// One place of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Distance from the first slot, in positions. Removed stop words leave a gap.
    pub offset: u32,
    /// Tokens that may stand here. Never empty.
    pub tokens: Vec<String>,
}

/// A scored text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field {
    /// Which text.
    pub text: Text,
    /// In which form.
    pub form: Form,
}

impl Field {
    /// Every field of a unit. Facts are a text of documents alone.
    pub fn all(unit: Unit) -> impl Iterator<Item = Field> {
        let texts = Text::ALL.into_iter().filter(move |&text| unit == Unit::Documents || text != Text::Facts);
        texts.flat_map(|text| [Form::Stem, Form::Exact].map(|form| Field { text, form }))
    }

    /// Name in an engine and in the manifest: `body_stem`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match (self.text, self.form) {
            (Text::Body, Form::Stem) => "body_stem",
            (Text::Body, Form::Exact) => "body_exact",
            (Text::Title, Form::Stem) => "title_stem",
            (Text::Title, Form::Exact) => "title_exact",
            (Text::Headings, Form::Stem) => "headings_stem",
            (Text::Headings, Form::Exact) => "headings_exact",
            (Text::Facts, Form::Stem) => "facts_stem",
            (Text::Facts, Form::Exact) => "facts_exact",
        }
    }
}

/// The texts of a document or passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Text {
    /// Documents: all text. Passages: their own text.
    Body,
    /// Title of the document.
    Title,
    /// Headings; of a passage, its heading path.
    Headings,
    /// Event, venue, dates, names of the processes it belongs to. Documents only.
    Facts,
}

impl Text {
    /// All texts.
    pub const ALL: [Text; 4] = [Text::Body, Text::Title, Text::Headings, Text::Facts];
}

/// The two forms in which each text is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Folded stems; stop words are gaps.
    Stem,
    /// Folded words as written; every word is kept.
    Exact,
}

/// A condition that does not score.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// A facet has one of the values (a value stands for its descendants: facet fields hold every ancestor).
    Facet(FacetFilter),
    /// The year lies in the range, both ends included. Without a year: no match.
    Years {
        /// First year.
        from: Option<i16>,
        /// Last year.
        to: Option<i16>,
    },
    /// The date range of the document overlaps this one, both ends included. Without a date, or where the last day
    /// comes before the first: no match.
    Dates {
        /// First day.
        from: Option<Date>,
        /// Last day.
        to: Option<Date>,
    },
    /// Added at this time or later.
    AddedSince(Timestamp),
    /// Is one of these documents, or a passage of one.
    Documents(Vec<DocumentId>),
    /// The condition does not hold.
    Not(Box<Filter>),
    /// At least one of the conditions holds. A facet that is selected in it is no selection of its own: counts do not
    /// ignore it.
    Any(Vec<Filter>),
}

impl Filter {
    fn facet_name<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Filter::Facet(selection) => names.push(&selection.facet),
            Filter::Not(filter) => filter.facet_name(names),
            Filter::Any(filters) => filters.iter().for_each(|filter| filter.facet_name(names)),
            Filter::Years { .. } | Filter::Dates { .. } | Filter::AddedSince(_) | Filter::Documents(_) => {}
        }
    }
}

/// A selection in one facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetFilter {
    /// Name of the facet.
    pub facet: String,
    /// Values of which one must be there.
    pub values: Vec<String>,
    /// Whether having no value at all is also a match (`none`).
    pub or_missing: bool,
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best score first.
    Relevance,
    /// Latest date first; without a date last.
    DateDescending,
    /// Earliest date first; without a date last.
    DateAscending,
    /// By title, folded, A to Z; without a title last.
    Title,
    /// Latest added first.
    AddedDescending,
    /// In corpus order: by document id, then passage.
    Corpus,
}

/// Which part of the ordered hits to return.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRequest {
    /// Hits to skip (after `after`).
    pub offset: usize,
    /// Hits to return at most.
    pub limit: usize,
    /// Only hits behind this one.
    pub after: Option<Position>,
}

/// The place of a hit in its order: enough to go on behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// Sort key of the hit.
    pub key: SortKey,
    /// Its document.
    pub document: DocumentId,
    /// Ordinal of its passage; 0 for documents.
    pub passage: u32,
}

/// Sort key of a hit, of the kind that [`Sort`] asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum SortKey {
    /// Score.
    Score(f32),
    /// Day or microsecond, counted from 1970; `None` without a value.
    Number(Option<i64>),
    /// Folded title; `None` without one.
    Text(Option<String>),
    /// Corpus order has no key beside the id.
    Id,
}
