//! The table of words that must meet and must not (`table.toml`), read.

use rcp_corpus::model::Language;
use serde::Deserialize;

/// A text of one or a few words, what is typed, and whether it is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) language: Language,
    pub(super) text: String,
    pub(super) query: String,
    pub(super) meets: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    list: Vec<List>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    language: Language,
    #[expect(dead_code, reason = "said for readers of the table")]
    what: String,
    #[serde(default)]
    meet: Vec<String>,
    #[serde(default)]
    typed: Vec<String>,
    #[serde(default)]
    apart: Vec<String>,
}

/// All pairs of the table.
pub(super) fn pairs() -> Vec<Pair> {
    let table: Table = toml::from_str(include_str!("table.toml")).unwrap();
    table.list.iter().flat_map(of_list).collect()
}

fn of_list(list: &List) -> Vec<Pair> {
    let pair = |text: &str, query: &str, meets| Pair {
        language: list.language,
        text: text.to_owned(),
        query: query.to_owned(),
        meets,
    };
    let mut pairs = Vec::new();
    for forms in &list.meet {
        pairs.extend(each_with_each(forms).map(|(text, query)| pair(text, query, true)));
    }
    for forms in &list.typed {
        pairs.extend(typed(forms).map(|(text, query)| pair(text, query, true)));
    }
    for forms in &list.apart {
        let others: Vec<(&str, &str)> = match forms.contains(" < ") {
            true => typed(forms).collect(),
            false => each_with_each(forms).filter(|(text, query)| text != query).collect(),
        };
        pairs.extend(others.into_iter().map(|(text, query)| pair(text, query, false)));
    }
    pairs
}

fn typed(forms: &str) -> impl Iterator<Item = (&str, &str)> {
    let (texts, queries) = forms.split_once(" < ").unwrap();
    texts.split(", ").flat_map(move |text| queries.split(" | ").map(move |query| (text, query)))
}

fn each_with_each(forms: &str) -> impl Iterator<Item = (&str, &str)> {
    let forms: Vec<&str> = forms.split(" | ").collect();
    let queries = forms.clone();
    forms.into_iter().flat_map(move |text| queries.clone().into_iter().map(move |query| (text, query)))
}
