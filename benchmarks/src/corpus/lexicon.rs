//! [`Lexicon`]: the words of a language, and how often each is drawn.

use anyhow::Context as _;
use fastrand::Rng;
use rcp_corpus::model::Language;
use serde::Deserialize;

use super::coined::Coiner;
use super::draw::Weights;

/// Exponent and offset of the Zipf-Mandelbrot law by which content words are drawn: p(r) ∝ 1 / (r + q)^s.
const CONTENT: (f64, f64) = (1.0, 6.0);

/// Share of content words that are coined ones, from the tail of the distribution.
const TAIL: f64 = 0.34;

/// A file of `words/` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    function: String,
    content: String,
    collocations: Vec<String>,
    headings: Vec<String>,
    onsets: String,
    vowels: String,
    codas: String,
    endings: String,
    on: String,
}

/// The words of a language.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The language.
    pub(super) language: Language,
    /// Phrases that every document may use.
    pub(super) collocations: Vec<String>,
    /// Headings of sections.
    pub(super) headings: Vec<String>,
    /// The preposition between a kind of document and its topic.
    pub(super) on: String,
    function: Vec<String>,
    function_weights: Weights,
    function_share: f64,
    content: Vec<String>,
    content_weights: Weights,
    coiner: Coiner,
}

/// A drawn content word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    /// From the list.
    Listed(usize),
    /// Coined, by its rank in the tail.
    Coined(u64),
}

impl Lexicon {
    /// The lexica of the three languages.
    ///
    /// # Errors
    /// When a file of `words/` is not as it should be.
    pub(super) fn all() -> anyhow::Result<[Lexicon; 3]> {
        Ok([
            Lexicon::read(Language::En, include_str!("../../words/en.toml"))?,
            Lexicon::read(Language::Es, include_str!("../../words/es.toml"))?,
            Lexicon::read(Language::Fr, include_str!("../../words/fr.toml"))?,
        ])
    }

    fn read(language: Language, text: &str) -> anyhow::Result<Lexicon> {
        let file: LexiconFile = toml::from_str(text).with_context(|| format!("words/{language}.toml"))?;
        let mut function = Vec::new();
        let mut shares = Vec::new();
        let mut columns = file.function.split_whitespace();
        while let (Some(word), Some(share)) = (columns.next(), columns.next()) {
            function.push(word.to_owned());
            shares.push(share.parse::<f64>().with_context(|| format!("words/{language}.toml: {word} {share}"))?);
        }
        let content: Vec<String> = file.content.split_whitespace().map(str::to_owned).collect();
        Ok(Lexicon {
            language,
            collocations: file.collocations,
            headings: file.headings,
            on: file.on,
            function_share: shares.iter().sum::<f64>() / 1_000.0,
            function_weights: Weights::new(shares),
            function,
            content_weights: Weights::zipf(content.len(), CONTENT.0, CONTENT.1),
            content,
            coiner: Coiner::new(&file.onsets, &file.vowels, &file.codas, &file.endings),
        })
    }

    /// A function word, one time in [`Lexicon`]'s share of them; else `None`.
    pub(super) fn draw_function(&self, rng: &mut Rng) -> Option<&str> {
        let is_function = rng.f64() < self.function_share;
        is_function.then(|| self.function[self.function_weights.draw(rng)].as_str())
    }

    /// A content word, listed or coined.
    pub(super) fn draw_content(&self, rng: &mut Rng) -> Drawn {
        match rng.f64() < TAIL {
            true => Drawn::Coined(Coiner::draw(rng)),
            false => self.draw_listed(rng),
        }
    }

    /// A content word of the list.
    pub(super) fn draw_listed(&self, rng: &mut Rng) -> Drawn {
        Drawn::Listed(self.content_weights.draw(rng))
    }

    /// Appends a word.
    pub(super) fn write(&self, word: Drawn, text: &mut String) {
        match word {
            Drawn::Listed(position) => text.push_str(&self.content[position]),
            Drawn::Coined(rank) => self.coiner.write(rank, text),
        }
    }
}
