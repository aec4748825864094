//! [`Addresses`]: where on which part of a document its passages and headings stand.

use std::collections::HashMap;
use std::ops::Range;

use rcp_corpus::model::{Document, PassageId};
use rcp_query::response::EvidencePassage;

use super::super::super::reader::Reader;
use super::{PART, PartLink};
use crate::params::DocumentPageParams;

/// Addresses of the passages of a document, as links of one of its parts.
pub(in crate::pages::document) struct Addresses<'a> {
    pub(super) document: &'a Document,
    reader: &'a Reader,
    params: &'a DocumentPageParams,
    passages: &'a [EvidencePassage],
    /// Places of the passages by their ids.
    places: HashMap<&'a str, usize>,
    /// The part that is shown, counted from 0.
    part: usize,
}

impl<'a> Addresses<'a> {
    /// Of a page that shows the part with a passage, or the one of a number, as far as there are such; else the first.
    pub(in crate::pages::document) fn new(
        document: &'a Document,
        reader: &'a Reader,
        params: &'a DocumentPageParams,
        passages: &'a [EvidencePassage],
    ) -> Addresses<'a> {
        let places: HashMap<&str, usize> =
            passages.iter().enumerate().map(|(at, it)| (it.passage.id.as_str(), at)).collect();
        let asked = params.passage.as_deref().and_then(|id| PassageId::new(id).ok());
        let of_passage = asked.and_then(|id| places.get(document.current_id(&id).as_str()).map(|at| at / PART));
        let of_number = params.part.map(|part| part.saturating_sub(1));
        let part = of_passage.or(of_number).unwrap_or(0).min(last_part(passages));
        Addresses { document, reader, params, passages, places, part }
    }

    /// The passages that are shown.
    pub(super) fn shown(&self) -> Range<usize> {
        self.part * PART..((self.part + 1) * PART).min(self.passages.len())
    }

    /// Address of a passage.
    pub(super) fn of(&self, at: usize) -> String {
        self.anchor(at, self.passages[at].passage.id.as_str())
    }

    /// Name and address of the passage with an id.
    pub(in crate::pages::document) fn named(&self, id: &str) -> Option<(String, String)> {
        let at = *self.places.get(id)?;
        Some((self.passages[at].label.clone(), self.of(at)))
    }

    /// Ids that a passage had before.
    pub(super) fn former(&self, id: &PassageId) -> Vec<String> {
        let former = self.document.moved.iter().filter(|(_, now)| *now == id);
        former.map(|(former, _)| former.to_string()).collect()
    }

    /// Address of an element that stands at the passage of this place.
    pub(super) fn anchor(&self, at: usize, id: &str) -> String {
        if self.shown().contains(&at) { format!("#{id}") } else { format!("{}#{id}", self.of_part(at / PART)) }
    }

    /// Links to all parts, where there are several.
    pub(super) fn parts(&self) -> Vec<PartLink> {
        let last = last_part(self.passages);
        let link = |part| PartLink { number: part + 1, url: self.of_part(part), is_current: part == self.part };
        if last == 0 { Vec::new() } else { (0..=last).map(link).collect() }
    }

    fn of_part(&self, part: usize) -> String {
        let path = format!("/documents/{}", self.document.id);
        let address = self.params.link(&path, (part > 0).then_some(part + 1));
        self.reader.href(&address)
    }

    pub(super) fn href(&self, address: &str) -> String {
        self.reader.href(address)
    }
}

fn last_part(passages: &[EvidencePassage]) -> usize {
    passages.len().saturating_sub(1) / PART
}
