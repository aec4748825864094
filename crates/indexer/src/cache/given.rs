//! [`GivenIds`]: ids that passages had in earlier readings of a file. Links to them are out in the world.

use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::fold;
use rcp_corpus::model::{Passage, PassageId};
use serde::{Deserialize, Serialize};

use crate::hash::sha256_hex;

/// Ids that the present reading of a file no longer has, each with a hash of the words that it stood for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct GivenIds(BTreeMap<PassageId, String>);

/// What is looked at of a reading: also one that another version of this program wrote.
#[derive(Default, Deserialize)]
struct Ids {
    passages: Vec<IdAndText>,
}

#[derive(Deserialize)]
struct IdAndText {
    id: PassageId,
    text: String,
}

impl GivenIds {
    /// Whether every id that was given still is one.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is left of these ids and those of `before`, a reading as JSON, once there is a reading `now`.
    pub(super) fn after(mut self, before: &[u8], now: &[u8]) -> GivenIds {
        let ids = |reading| serde_json::from_slice::<Ids>(reading).unwrap_or_default().passages;
        self.0.extend(ids(before).into_iter().map(|passage| (passage.id, words_of(&passage.text))));
        for passage in ids(now) {
            self.0.remove(&passage.id);
        }
        self
    }

    /// Where the ids lead among these passages: to the one with the same words. An id whose words several passages have,
    /// or none, leads nowhere; one that a passage has now is that passage's.
    pub(crate) fn moved(&self, passages: &[Passage]) -> BTreeMap<PassageId, PassageId> {
        if self.is_empty() {
            return BTreeMap::new();
        }
        let taken: BTreeSet<&PassageId> = passages.iter().map(|passage| &passage.id).collect();
        let mut by_words: BTreeMap<String, Option<&PassageId>> = BTreeMap::new();
        for passage in passages {
            by_words.entry(words_of(&passage.text)).and_modify(|only| *only = None).or_insert(Some(&passage.id));
        }
        let given = self.0.iter().filter(|(id, _)| !taken.contains(id));
        given.filter_map(|(id, words)| Some((id.clone(), (*by_words.get(words)?)?.clone()))).collect()
    }
}

/// Hash of the letters and digits of a text: a better reader of files puts spaces and hyphens elsewhere.
fn words_of(text: &str) -> String {
    let folded: String = fold(text).chars().filter(|c| c.is_alphanumeric()).collect();
    sha256_hex(folded.as_bytes())
}

#[cfg(test)]
mod tests {
    use rcp_corpus::model::Language;
    use serde_json::json;

    use super::*;

    fn reading(passages: &[(&str, &str)]) -> Vec<u8> {
        let passages = passages.iter().map(|(id, text)| json!({"id": id, "text": text, "other": 1}));
        json!({"passages": passages.collect::<Vec<_>>()}).to_string().into_bytes()
    }

    fn passages(passages: &[(&str, &str)]) -> Vec<Passage> {
        let one = |(ordinal, (id, text)): (u32, &(&str, &str))| {
            Passage::new(PassageId::new(id).unwrap(), ordinal, Language::En, text)
        };
        (0..).zip(passages).map(one).collect()
    }

    fn moved(given: &GivenIds, now: &[(&str, &str)]) -> Vec<(String, String)> {
        let moved = given.moved(&passages(now));
        moved.into_iter().map(|(from, to)| (from.to_string(), to.to_string())).collect()
    }

    #[test]
    fn an_id_leads_to_the_passage_with_its_words() {
        let before =
            [("n1", "Page 3"), ("n2", "The coop- eration of states"), ("n3", "Same"), ("n9", "Gone"), ("n8", "Two")];
        let now = [("p1", "The cooperation of states"), ("n3", "Another text"), ("n4", "Two"), ("n5", "Two")];
        let given = GivenIds::default().after(&reading(&before), &reading(&now));
        let expected = [("n2".to_owned(), "p1".to_owned())];
        assert_eq!(moved(&given, &now), expected, "n3 is taken, n9 is gone, n8 would be two");
    }

    #[test]
    fn ids_are_kept_over_many_readings_and_given_up_when_they_are_given_anew() {
        let [first, second, third] = [[("n1", "Alpha")], [("p1", "Alpha")], [("p2", "Alpha")]];
        let given =
            GivenIds::default().after(&reading(&first), &reading(&second)).after(&reading(&second), &reading(&third));
        assert_eq!(moved(&given, &third), [("n1", "p2"), ("p1", "p2")].map(|(a, b)| (a.to_owned(), b.to_owned())));
        let back = given.after(&reading(&third), &reading(&first));
        assert_eq!(moved(&back, &first), [("p1", "n1"), ("p2", "n1")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn what_cannot_be_understood_had_no_ids() {
        assert_eq!(GivenIds::default().after(b"{\"pages\": 3}", b""), GivenIds::default());
    }
}
