//! Queries of every shape, each of other words than the one before, drawn from an index itself.

use anyhow::{Context as _, ensure};
use fastrand::Rng;
use rcp_corpus::analysis::words;
use rcp_corpus::model::{DocumentId, Language};
use rcp_index::backend::IndexBackend;
use rcp_index::generation::OpenGeneration;
use rcp_index::plan::{Budget, Clause, PageRequest, Plan, Similarity, Sort, Unit};
use rcp_index::scope::{PUBLIC, Scope};
use rcp_query::request::SearchRequest;

/// Facets that are counted where a request does not say which: those of the HTTP API.
pub const DEFAULT_FACETS: [&str; 7] = ["rcp", "theme", "region", "year", "type", "lang", "country"];

/// Facets that filters are drawn from.
const FILTERED: [&str; 5] = ["rcp", "theme", "region", "country", "type"];

/// Fewest letters of a word that is asked for.
const LETTERS: usize = 4;

/// How often a word comes from each band of frequency, in percent: frequent, middle; the rest is rare.
const BANDS: (u32, u32) = (40, 40);

/// What a query looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// So many words side by side.
    Words(usize),
    /// `"two words"`.
    Phrase,
    /// `"two words"~3`.
    Slop,
    /// `wor*`.
    Prefix,
    /// `word~1`.
    Fuzzy,
    /// No text, values of one or two facets.
    Filter,
    /// Neither text nor filter.
    All,
}

impl Shape {
    /// Every shape, in the order of the table.
    pub const ALL: [Shape; 11] = [
        Shape::Words(1),
        Shape::Words(2),
        Shape::Words(4),
        Shape::Words(8),
        Shape::Words(20),
        Shape::Phrase,
        Shape::Slop,
        Shape::Prefix,
        Shape::Fuzzy,
        Shape::Filter,
        Shape::All,
    ];

    /// Name in the table.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Shape::Words(1) => "1 word".to_owned(),
            Shape::Words(n) => format!("{n} words"),
            Shape::Phrase => "phrase".to_owned(),
            Shape::Slop => "phrase with slop".to_owned(),
            Shape::Prefix => "prefix".to_owned(),
            Shape::Fuzzy => "fuzzy".to_owned(),
            Shape::Filter => "filter".to_owned(),
            Shape::All => "all".to_owned(),
        }
    }
}

/// A query: its text, and values by facet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Query text.
    pub text: String,
    /// Facet and value.
    pub filters: Vec<(String, String)>,
}

impl Query {
    /// As a request to the query crate: ten hits without facets.
    #[must_use]
    pub fn request(&self, unit: Unit) -> SearchRequest {
        let mut request = SearchRequest::new(unit, &self.text);
        for (facet, value) in &self.filters {
            request.filters.entry(facet.clone()).or_default().include.push(value.clone());
        }
        request
    }

    /// As the query part of a URL.
    #[must_use]
    pub fn url_parameters(&self) -> String {
        let mut encoder = form_urlencoded::Serializer::new(String::new());
        encoder.append_pair("q", &self.text);
        for (facet, value) in &self.filters {
            encoder.append_pair(facet, value);
        }
        encoder.finish()
    }
}

/// Ranks, by number of documents, of frequent words, and of those of middle frequency behind them.
const RANKS: (usize, usize) = (150, 1_500);

/// Words by how many documents have them.
struct Bands {
    frequent: Vec<String>,
    middle: Vec<String>,
    rare: Vec<String>,
}

/// Draws queries from what an index holds.
pub struct Queries<'a> {
    index: &'a OpenGeneration,
    ids: Vec<DocumentId>,
    /// One for each language that has words enough.
    bands: Vec<Bands>,
    filters: Vec<(String, String)>,
}

impl<'a> Queries<'a> {
    /// Reads the words and facet values of the public collection.
    ///
    /// # Errors
    /// When it is empty, or cannot be read.
    pub fn of(index: &'a OpenGeneration) -> anyhow::Result<Queries<'a>> {
        let scope = Scope::public();
        let ids: Vec<DocumentId> = match index.manifest().collections.get(PUBLIC) {
            Some(collection) => collection.documents.keys().cloned().collect(),
            None => Vec::new(),
        };
        ensure!(!ids.is_empty(), "the index has no document");
        let vocabulary = index.vocabularies(&scope).pop().context("the index has no vocabulary")?;
        let words = vocabulary.starting_with("");
        let bands = Language::ANALYSED.map(|language| {
            let is_word = |word: &str| word.chars().count() >= LETTERS && word.chars().all(char::is_alphabetic);
            let in_language = words.iter().filter(|(_, entry)| entry.languages.contains(&language));
            let searched = in_language.filter(|(word, entry)| is_word(word) && !entry.stems.is_empty());
            let mut ranked: Vec<(u32, &str)> = searched
                .map(|(word, entry)| (entry.documents, word.as_str()))
                .filter(|(count, _)| *count > 1)
                .collect();
            ranked.sort_by(|a, b| b.cmp(a));
            Bands::of(ranked.into_iter().map(|(_, word)| word.to_owned()))
        });
        let bands: Vec<Bands> = bands.into_iter().filter(|bands| !bands.rare.is_empty()).collect();
        ensure!(!bands.is_empty(), "the index has too few words to ask for");
        Ok(Queries { index, ids, bands, filters: facet_values(index)? })
    }

    /// `count` queries of a shape, the same for a seed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn draw(&self, shape: Shape, count: usize, seed: u64) -> anyhow::Result<Vec<Query>> {
        let mut rng = Rng::with_seed(seed);
        (0..count).map(|_| self.draw_one(shape, &mut rng)).collect()
    }

    fn draw_one(&self, shape: Shape, rng: &mut Rng) -> anyhow::Result<Query> {
        let text = match shape {
            Shape::Words(n) => {
                let bands = one(rng, &self.bands).context("no words")?;
                let words: Vec<&str> = (0..n).filter_map(|_| bands.draw(rng)).collect();
                words.join(" ")
            }
            Shape::Phrase => format!("{:?}", self.neighbours(1, rng)?),
            Shape::Slop => format!("{:?}~3", self.neighbours(3, rng)?),
            Shape::Prefix => {
                let word = one(rng, &self.bands).and_then(|bands| bands.draw(rng)).unwrap_or_default();
                format!("{}*", word.chars().take(LETTERS).collect::<String>())
            }
            Shape::Fuzzy => {
                let word = one(rng, &self.bands).and_then(|bands| bands.draw(rng)).unwrap_or_default();
                format!("{word}~1")
            }
            Shape::Filter => {
                let mut filters: Vec<(String, String)> = Vec::new();
                for _ in 0..rng.usize(1..=2) {
                    let filter = one(rng, &self.filters).context("the index has no facet value")?;
                    // Values of one facet would be alternatives; two facets narrow.
                    filters.extend(Some(filter.clone()).filter(|new| filters.iter().all(|(facet, _)| *facet != new.0)));
                }
                return Ok(Query { text: String::new(), filters });
            }
            Shape::All => String::new(),
        };
        Ok(Query { text, filters: Vec::new() })
    }

    /// Two words that stand in a passage, the second so many places after the first.
    fn neighbours(&self, distance: usize, rng: &mut Rng) -> anyhow::Result<String> {
        for _ in 0..1_000 {
            let id = one(rng, &self.ids).context("no document")?;
            let passages = self.index.passages(&Scope::public(), id)?.unwrap_or_default();
            let Some(passage) = one(rng, &passages) else { continue };
            let words = words(&passage.text);
            if words.len() <= distance {
                continue;
            }
            let at = rng.usize(..words.len() - distance);
            let pair = [&words[at].folded, &words[at + distance].folded];
            if pair.iter().all(|word| word.chars().count() >= LETTERS) {
                return Ok(format!("{} {}", pair[0], pair[1]));
            }
        }
        anyhow::bail!("the passages are too short to draw phrases from")
    }
}

impl Bands {
    /// The words from the most frequent to the least.
    fn of(mut words: impl Iterator<Item = String>) -> Bands {
        let frequent = words.by_ref().take(RANKS.0).collect();
        let middle = words.by_ref().take(RANKS.1).collect();
        Bands { frequent, middle, rare: words.collect() }
    }

    fn draw(&self, rng: &mut Rng) -> Option<&str> {
        let band = match rng.u32(..100) {
            at if at < BANDS.0 => &self.frequent,
            at if at < BANDS.0 + BANDS.1 => &self.middle,
            _ => &self.rare,
        };
        one(rng, band).map(String::as_str)
    }
}

/// One of some things, each as likely.
fn one<'a, T>(rng: &mut Rng, of: &'a [T]) -> Option<&'a T> {
    if of.is_empty() { None } else { of.get(rng.usize(..of.len())) }
}

/// Every value of the facets that filters are drawn from.
fn facet_values(index: &OpenGeneration) -> anyhow::Result<Vec<(String, String)>> {
    let facets: Vec<String> =
        FILTERED.iter().map(|&name| name.to_owned()).filter(|name| index.manifest().facets.contains(name)).collect();
    let plan = Plan {
        unit: Unit::Documents,
        clause: Clause::Everything,
        words: 0,
        filters: Vec::new(),
        facets,
        crosses: Vec::new(),
        sort: Sort::Corpus,
        page: PageRequest { offset: 0, limit: 0, after: None },
        similarity: Similarity::default(),
        budget: Budget::default(),
    };
    let page = index.search(&Scope::public(), &plan)?;
    let values = page
        .facets
        .into_iter()
        .flat_map(|(facet, counts)| counts.values.into_keys().map(move |value| (facet.clone(), value)));
    Ok(values.collect())
}
