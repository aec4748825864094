//! Facts of a document: what it is in a few lines, and every fact with where it comes from and the words that say so.

use std::collections::BTreeSet;

use rcp_corpus::model::{Document, Evidence, Fact, Language, Provenance};
use rcp_corpus::taxonomy::Taxonomy;

use super::super::frame::Frame;
use super::text::Addresses;

/// Places in the text that are shown of each value.
const MAX_EVIDENCE: usize = 5;

/// Longest evidence that is shown, in characters.
const MAX_WORDS: usize = 160;

/// The values of one kind of fact.
#[derive(Debug)]
pub(super) struct FactRow {
    pub(super) name: String,
    pub(super) values: Vec<FactValue>,
    /// Where all values come from, where that is one thing and there is no more to say of it.
    pub(super) origin: Option<String>,
}

/// A value.
#[derive(Debug)]
pub(super) struct FactValue {
    pub(super) text: String,
    /// Documents that share it.
    pub(super) url: Option<String>,
    /// Where it comes from.
    pub(super) origin: Option<String>,
    pub(super) evidence: Vec<EvidenceRow>,
}

/// What supports a value.
#[derive(Debug)]
pub(super) struct EvidenceRow {
    pub(super) words: String,
    /// Name and address of the passage that they stand in.
    pub(super) passage: Option<(String, String)>,
    /// The words are the address of a source on the web.
    pub(super) is_url: bool,
}

impl FactRow {
    fn new(name: String, values: Vec<FactValue>) -> FactRow {
        let origins: BTreeSet<_> = values.iter().map(|value| &value.origin).collect();
        let is_plain = values.iter().all(|value| value.evidence.is_empty());
        let origin = if is_plain && origins.len() == 1 { origins.into_iter().next().cloned().flatten() } else { None };
        FactRow { name, values, origin }
    }

    /// Whether there is more to say of where the values come from than one word.
    pub(super) fn has_sources(&self) -> bool {
        self.origin.is_none() && self.values.iter().any(|value| value.origin.is_some())
    }
}

/// What a document is, for the head of its page.
pub(super) fn summary(document: &Document, taxonomy: &Taxonomy, frame: &Frame) -> Vec<FactRow> {
    let about = About { document, taxonomy, frame, addresses: None };
    let rows =
        [about.labels("rcp"), about.labels("type"), about.event(), about.date(), about.place(), about.languages()];
    rows.into_iter().filter(|row| !row.values.is_empty()).collect()
}

/// Every fact.
pub(super) fn facts(
    document: &Document,
    taxonomy: &Taxonomy,
    frame: &Frame,
    addresses: &Addresses<'_>,
) -> Vec<FactRow> {
    let about = About { document, taxonomy, frame, addresses: Some(addresses) };
    let labels = |facet| about.labels(facet);
    let rows = [
        about.title(),
        labels("type"),
        labels("rcp"),
        about.event(),
        about.date(),
        about.place(),
        about.languages(),
        labels("theme"),
        labels("region"),
        labels("country"),
        labels("mentions"),
        about.file(),
    ];
    rows.into_iter().filter(|row| !row.values.is_empty()).collect()
}

struct About<'a> {
    document: &'a Document,
    taxonomy: &'a Taxonomy,
    frame: &'a Frame,
    /// Of passages, where evidence is shown.
    addresses: Option<&'a Addresses<'a>>,
}

impl About<'_> {
    fn row(&self, name: &str, values: Vec<FactValue>) -> FactRow {
        FactRow::new(self.frame.t.say(name), values)
    }

    fn title(&self) -> FactRow {
        self.row("fact-title", self.fact(self.document.title.as_ref(), String::clone, None))
    }

    fn event(&self) -> FactRow {
        let event = self.document.event.as_ref();
        let url = event.map(|event| format!("/events/{}", encoded(&event.value.id())));
        self.row("fact-event", self.fact(event, |event| event.name.clone(), url.as_deref()))
    }

    /// The date, else the year.
    fn date(&self) -> FactRow {
        let (date, year) = (self.document.date.as_ref(), self.document.year.as_ref());
        match date {
            Some(_) => self.row("fact-date", self.fact(date, |date| self.frame.t.date(date), None)),
            None => self.row("fact-year", self.fact(year, i16::to_string, None)),
        }
    }

    fn place(&self) -> FactRow {
        self.row("fact-place", self.fact(self.document.venue.as_ref(), String::clone, None))
    }

    fn languages(&self) -> FactRow {
        let known = self.document.languages.iter().filter(|language| **language != Language::Undetermined);
        let values = known.map(|language| self.plain(self.frame.t.language_name(*language)));
        self.row("fact-languages", values.collect())
    }

    fn file(&self) -> FactRow {
        self.row("fact-file", vec![self.plain(self.document.source.file.clone())])
    }

    /// The concepts that the document has in a facet, as the reader calls them.
    fn labels(&self, facet: &str) -> FactRow {
        let (name, page) = match facet {
            "rcp" => ("fact-process", "/processes/"),
            "type" => ("fact-type", "/search?type="),
            "theme" => ("fact-themes", "/themes/"),
            "region" => ("fact-regions", "/search?region="),
            "country" => ("fact-countries", "/search?country="),
            _ => ("fact-mentions", "/processes/"),
        };
        let ui = self.frame.t.language();
        let labels = self.document.labels.iter().filter(|label| label.facet == facet);
        let values = labels.map(|label| {
            let concept = self.taxonomy.concept(facet, &label.concept);
            FactValue {
                text: concept.map_or(&*label.concept, |concept| concept.label.get(ui)).to_owned(),
                url: concept.map(|concept| self.frame.href(&format!("{page}{}", encoded(&concept.id)))),
                origin: Some(self.origin(label.provenance)),
                evidence: self.evidence(&label.evidence),
            }
        });
        self.row(name, values.collect())
    }

    fn plain(&self, text: String) -> FactValue {
        FactValue { text, url: None, origin: None, evidence: Vec::new() }
    }

    fn fact<T>(&self, fact: Option<&Fact<T>>, text: impl Fn(&T) -> String, url: Option<&str>) -> Vec<FactValue> {
        let value = |fact: &Fact<T>| FactValue {
            text: text(&fact.value),
            url: url.map(|url| self.frame.href(url)),
            origin: Some(self.origin(fact.provenance)),
            evidence: self.evidence(&fact.evidence),
        };
        fact.map(value).into_iter().collect()
    }

    /// Each text once for each passage.
    fn evidence(&self, evidence: &[Evidence]) -> Vec<EvidenceRow> {
        let Some(addresses) = self.addresses else { return Vec::new() };
        let mut seen = BTreeSet::new();
        let new = evidence.iter().filter(|one| seen.insert((one.passage.as_ref(), one.surface.as_str())));
        let rows = new.take(MAX_EVIDENCE).map(|one| {
            let is_url = one.surface.starts_with("https://") || one.surface.starts_with("http://");
            EvidenceRow {
                words: if is_url { one.surface.clone() } else { shortened(&one.surface) },
                passage: one.passage.as_ref().and_then(|id| addresses.named(id.as_str())),
                is_url,
            }
        });
        rows.collect()
    }

    fn origin(&self, provenance: Provenance) -> String {
        self.frame.t.say(match provenance {
            Provenance::Curated => "origin-curated",
            Provenance::FileMetadata => "origin-file",
            Provenance::TextRule => "origin-text",
            Provenance::Implied => "origin-implied",
            Provenance::Path => "origin-path",
        })
    }
}

/// An id of a vocabulary or event as part of an address.
fn encoded(id: &str) -> String {
    form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(MAX_WORDS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
