//! The completions, compared with the vocabulary and the stored documents.
//!
//! A title is that of the document it names. A phrase or word is
//! in no more documents than any of its words.

use std::collections::BTreeMap;

use rcp_corpus::analysis::words;
use rcp_corpus::completion::{Completion, Kind};

use super::super::collection::CollectionIndex;
use super::Broken;
use crate::generation::Walk;

pub(super) fn compare(index: &CollectionIndex, walk: &mut Walk<'_>) -> Result<(), Broken> {
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    let mut problems = Vec::new();
    let read = index.completions.each(|completion| match completion.kind {
        Kind::Title => drop(titles.insert(completion.document.clone(), completion.text.clone())),
        Kind::Phrase | Kind::Word => problems.extend(too_frequent(index, completion)),
    });
    if let Err(error) = read {
        problems.push(error.to_string());
    }
    for position in 0..index.documents.unit.len() {
        let document = index.document(position)?;
        let offered = titles.remove(document.id.as_str());
        let title = document.title.map(|title| title.value.split_whitespace().collect::<Vec<_>>().join(" "));
        if offered.is_some() && offered != title {
            problems.push(format!("the title of {} is offered as {:?}", document.id, offered.unwrap_or_default()));
        }
    }
    problems.extend(titles.keys().map(|id| format!("it has a title of {id:?}, which is no document")));
    problems.into_iter().for_each(|problem| walk.problem(format!("completion: {problem}")));
    Ok(())
}

fn too_frequent(index: &CollectionIndex, completion: &Completion) -> Option<String> {
    let documents = |word: &str| index.vocabulary.get(word).map_or(0, |entry| entry.documents);
    let most = words(&completion.text).iter().map(|word| documents(&word.folded)).min().unwrap_or(0);
    let Completion { text, documents, .. } = completion;
    (*documents > most)
        .then(|| format!("{text:?} is said to be in {documents} documents, and one of its words is in {most}"))
}
