//! What the vocabularies know of a concept, as rows of names and values.

use rcp_corpus::taxonomy::{Concept, Taxonomy};
use serde_json::Value;

use super::page_of;
use crate::pages::address::address;
use crate::pages::frame::Frame;

/// A row: a name and its values.
#[derive(Debug)]
pub(in crate::pages) struct Fact {
    pub(in crate::pages) name: String,
    pub(in crate::pages) values: Vec<FactValue>,
}

/// A value of a fact.
#[derive(Debug)]
pub(in crate::pages) struct FactValue {
    pub(in crate::pages) text: String,
    pub(in crate::pages) url: Option<String>,
    /// Language of a text of the vocabulary itself.
    pub(in crate::pages) lang: Option<&'static str>,
}

/// The facts of a concept that there are.
pub(super) fn facts(concept: &Concept, taxonomy: &Taxonomy, frame: &Frame) -> Vec<Fact> {
    let t = frame.t;
    let attribute = |name: &str| values(concept, name);
    let implied = |facet: &str| concept.implies.get(facet).cloned().unwrap_or_default();
    let labelled = |facet: &str, ids: Vec<String>, url: &dyn Fn(&str) -> Option<String>| -> Vec<FactValue> {
        let known = ids.iter().map(|id| FactValue {
            text: taxonomy.concept(facet, id).map_or(id.as_str(), |it| it.label.get(t.language())).to_owned(),
            url: url(id).map(|url| frame.href(&url)),
            lang: None,
        });
        known.collect()
    };
    let plain = |values: Vec<String>, lang| -> Vec<FactValue> {
        values.into_iter().map(|text| FactValue { text, url: None, lang }).collect()
    };
    let country = |id: &str| Some(address("/search", [("country", id)]));
    let search_kind = |id: &str| Some(address("/search", [("process_type", id)]));
    let rows = [
        ("fact-kind", labelled("process_type", implied("process_type"), &search_kind)),
        ("fact-region", labelled("region", implied("region"), &|id| page_of("region", id))),
        ("fact-region", labelled("region", attribute("regions"), &|id| page_of("region", id))),
        ("fact-founded", plain(attribute("established"), None)),
        ("fact-years", plain(attribute("years_active"), None)),
        ("fact-status", plain(attribute("status").into_iter().map(|word| status(&word, frame)).collect(), None)),
        ("fact-members", labelled("country", attribute("members"), &country)),
        ("fact-member-count", plain(attribute("member_count_stated_by_source"), Some("en"))),
        ("fact-observers", labelled("country", attribute("observers"), &country)),
        ("fact-observer-organizations", plain(attribute("observer_organizations"), Some("en"))),
        ("fact-secretariat", plain(attribute("secretariat"), Some("en"))),
        ("fact-website", plain(attribute("website_host"), None)),
        ("fact-related", labelled("rcp", attribute("related"), &|id| page_of("rcp", id))),
        ("fact-covers", labelled("country", attribute("countries"), &|id| page_of("country", id))),
        ("fact-iso3", plain(attribute("iso3"), None)),
        ("fact-m49", plain(attribute("m49"), None)),
        ("fact-gcm", plain(attribute("gcm_objectives"), None)),
    ];
    let rows = rows.into_iter().filter(|(_, values)| !values.is_empty());
    rows.map(|(name, values)| Fact { name: t.say(name), values }).collect()
}

/// What a status means; a word of another configuration stands for itself.
pub(in crate::pages) fn status(word: &str, frame: &Frame) -> String {
    match word {
        "active" => frame.t.say("status-active"),
        "inactive" => frame.t.say("status-inactive"),
        "uncertain" => frame.t.say("status-uncertain"),
        "unverified" => frame.t.say("status-unverified"),
        other => other.to_owned(),
    }
}

/// The values of an attribute of a concept; none where it has no such attribute.
pub(in crate::pages) fn values(concept: &Concept, attribute: &str) -> Vec<String> {
    concept.attributes.get(attribute).map(texts).unwrap_or_default()
}

/// A value of a vocabulary as texts, one for each item of a list.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Null | Value::Bool(_) | Value::Object(_) => Vec::new(),
    }
}
