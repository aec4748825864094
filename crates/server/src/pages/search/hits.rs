//! [`HitView`]: a document or passage that was found, with the passages that show why.

use rcp_corpus::model::{Document, Language};
use rcp_query::response::{DocumentHit, EvidencePassage, Hits, PassageHit, Segment};

use super::address::Address;
use super::names::value_name;
use crate::answer::Basis;
use crate::pages::frame::Frame;

/// Parameters by which the page of a document marks what was found.
const MARKING: [&str; 5] = ["q", "match", "expand", "expand_exclude", "correct"];

/// A document or passage that was found.
#[derive(Debug)]
pub(super) struct HitView {
    /// Id of its document.
    pub(super) document: String,
    pub(super) title: Vec<Segment>,
    /// Title in one piece.
    pub(super) name: String,
    /// Language of the title, where it can be told.
    pub(super) lang: Option<&'static str>,
    pub(super) url: String,
    /// Processes, type, date and languages.
    pub(super) facts: Vec<String>,
    pub(super) evidence: Vec<EvidenceView>,
    /// How to cite the document; of a passage, the passage says it.
    pub(super) citation: Option<String>,
    /// The link to all its passages that match: its address and words.
    pub(super) more: Option<(String, String)>,
    /// Name and value of its tick box.
    pub(super) tick: (&'static str, String),
}

/// A passage that shows why its document was found.
#[derive(Debug)]
pub(super) struct EvidenceView {
    /// Tells its citation from the others of the page.
    pub(super) id: String,
    pub(super) url: String,
    pub(super) label: String,
    pub(super) page: Option<String>,
    pub(super) headings: Option<String>,
    pub(super) lang: &'static str,
    /// Name of its language, where that is not the language of the page.
    pub(super) language: Option<String>,
    pub(super) segments: Vec<Segment>,
    pub(super) citation: String,
}

/// What the hits of an answer are shown with.
pub(super) struct HitMaker<'a> {
    pub(super) basis: &'a Basis<'a>,
    pub(super) address: &'a Address,
    /// See [`rcp_query::response::SearchResponse::evidence_query`].
    pub(super) evidence_query: &'a str,
    pub(super) frame: &'a Frame,
}

impl HitMaker<'_> {
    pub(super) fn hits(&self, hits: Hits) -> Vec<HitView> {
        match hits {
            Hits::Documents(hits) => hits.into_iter().map(|hit| self.document(hit)).collect(),
            Hits::Passages(hits) => hits.into_iter().map(|hit| self.passage(hit)).collect(),
        }
    }

    fn document(&self, hit: DocumentHit) -> HitView {
        let DocumentHit { document, title, citation, passages, passages_total, .. } = hit;
        let more = (passages_total > passages.len() as u64).then(|| {
            let words = self.frame.t.count("search-all-passages", passages_total);
            (self.passages_url(&document), words)
        });
        let tick = ("document", document.id.to_string());
        HitView { more, ..self.hit(&document, title, passages, Some(citation), tick) }
    }

    fn passage(&self, hit: PassageHit) -> HitView {
        let PassageHit { document, title, passage, .. } = hit;
        let tick = ("passage", format!("{}#{}", document.id, passage.passage.id));
        self.hit(&document, title, vec![passage], None, tick)
    }

    fn hit(
        &self,
        document: &Document,
        title: Vec<Segment>,
        passages: Vec<EvidencePassage>,
        citation: Option<String>,
        tick: (&'static str, String),
    ) -> HitView {
        let evidence: Vec<EvidenceView> =
            passages.into_iter().map(|passage| self.evidence(document, passage)).collect();
        let lang = <[Language; 1]>::try_from(document.languages.as_slice()).ok().map(|[language]| language.code());
        HitView {
            url: evidence.first().map_or_else(|| self.url(document, None), |first| first.url.clone()),
            name: document.display_title().to_owned(),
            facts: self.facts(document),
            document: document.id.to_string(),
            title,
            lang,
            evidence,
            citation,
            more: None,
            tick,
        }
    }

    fn facts(&self, document: &Document) -> Vec<String> {
        let (t, taxonomy) = (self.frame.t, self.basis.taxonomy());
        let names =
            |facet: &'static str| document.concepts(facet).map(move |value| value_name(facet, value, taxonomy, t));
        let year = document.year.as_ref().map(|year| year.value.to_string());
        let date = document.date.as_ref().map(|date| t.date(&date.value)).or(year);
        let languages = document.languages.iter().filter(|language| **language != Language::Undetermined);
        let languages = languages.map(|language| t.language_name(*language));
        names("rcp").chain(names("type")).chain(date).chain(languages).collect()
    }

    fn evidence(&self, document: &Document, evidence: EvidencePassage) -> EvidenceView {
        let EvidencePassage { passage, label, segments, citation } = evidence;
        let t = self.frame.t;
        // A label without a number ends with the page already.
        let page = passage.page.map(|page| t.with("search-page", page.to_string()));
        let page = page.filter(|page| !label.ends_with(page.as_str()));
        let headings = (!passage.heading_path.is_empty()).then(|| passage.heading_path.join(" › "));
        let is_other = passage.language != t.language() && passage.language != Language::Undetermined;
        EvidenceView {
            id: format!("{}_{}", document.id, passage.id),
            url: self.url(document, Some(passage.id.as_str())),
            label,
            page,
            headings,
            lang: passage.language.code(),
            language: is_other.then(|| t.language_name(passage.language)),
            segments,
            citation,
        }
    }

    /// Address of a document with what was found in it marked, at a passage.
    fn url(&self, document: &Document, passage: Option<&str>) -> String {
        let has_query = !self.address.value("q").is_empty();
        let address = self.address.clone().only(if has_query { &MARKING } else { &[] });
        let path = format!("/documents/{}", document.id);
        let fragment = passage.map(|passage| format!("#{passage}")).unwrap_or_default();
        self.frame.href(&(address.at(&path) + &fragment))
    }

    /// Address of a search for all passages that show why a document was found.
    fn passages_url(&self, document: &Document) -> String {
        let address = self.address.clone().only(&["expand", "expand_exclude", "correct"]);
        let address = address.plus("q", self.evidence_query).plus("match", "any");
        let address = address.plus("unit", "passage").plus("document", document.id.as_str());
        self.frame.href(&address.at("/search"))
    }
}
