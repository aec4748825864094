//! Documents that belong together: copies of one text, language versions of one work. They are grouped, never dropped.
//!
//! Groups stay within a collection, so that nothing of a restricted document shows elsewhere.

mod names;
mod signature;
mod sketch;

use std::collections::BTreeMap;

use rcp_corpus::model::{DocumentId, Evidence, Fact, Language, Provenance};

pub(crate) use signature::Signature;

use sketch::BANDS;

/// Least resemblance of two texts that are copies of each other: the same text from two formats has about 0.9, two
/// states of one web page 0.6 to 0.9, two declarations of one series below 0.4.
const SAME_TEXT: f32 = 0.6;

/// Least resemblance of the numbers in two language versions.
const SAME_NUMBERS: f32 = 0.75;

/// Fewest different numbers that can tell language versions.
const MIN_NUMBERS: usize = 12;

/// Widest ratio between the lengths of two language versions, in words.
const LENGTH_RATIO: f32 = 1.7;

/// Documents with the same key that one is compared with at most.
const MAX_COMPARED: usize = 16;

/// A document, as far as grouping looks at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member<'a> {
    /// Its id.
    pub(crate) id: &'a DocumentId,
    /// Its file's path in the corpus.
    pub(crate) file: &'a str,
    /// Its collection.
    pub(crate) collection: &'a str,
    /// The work that a curator gave it.
    pub(crate) work: Option<&'a str>,
    /// What was read in it.
    pub(crate) signature: &'a Signature,
}

/// What a document has in common with others.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Kinship {
    /// The first document, in the order of the ids, of those with nearly the same text.
    pub(crate) same_text: Option<Fact<DocumentId>>,
    /// Name of the work that it is one of several language versions of.
    pub(crate) work: Option<Fact<String>>,
}

/// Groups documents, given in the order of their ids. Documents without relatives are absent from the answer.
///
/// Two documents have the **same text** if the resemblance of their runs of five words is at least 0.6. They are
/// **language versions** of one work if they are in different languages and either their files have the same name but
/// for the mark of the language, or they have about the same length and share at least three quarters of their numbers
/// (days, years, amounts), of which there are twelve or more. Copies of a version belong to its work.
pub(crate) fn group(members: &[Member<'_>]) -> BTreeMap<DocumentId, Kinship> {
    let mut texts = Groups::new(members.len());
    let mut works = Groups::new(members.len());
    join_copies(members, &mut texts, &mut works);
    let mut named: Vec<bool> = vec![false; members.len()];
    join_named(members, &mut works, &mut named);
    join_by_numbers(members, &mut works);
    let mut kinships: BTreeMap<DocumentId, Kinship> = BTreeMap::new();
    for group in texts.groups() {
        let Some(first) = group.first().and_then(|&first| members.get(first)) else { continue };
        for &member in &group {
            let Some(member) = members.get(member) else { continue };
            let confidence = member.signature.shingles.resemblance(&first.signature.shingles);
            kinships.entry(member.id.clone()).or_default().same_text = Some(Fact {
                value: first.id.clone(),
                provenance: Provenance::TextRule,
                confidence,
                evidence: Vec::new(),
            });
        }
    }
    for group in works.groups() {
        let of_group = || group.iter().filter_map(|&index| members.get(index));
        let languages: std::collections::BTreeSet<Language> =
            of_group().map(|member| member.signature.language).collect();
        let curated = of_group().find_map(|member| member.work);
        let Some(first) = of_group().next().filter(|_| languages.len() > 1) else { continue };
        for &index in &group {
            let Some(member) = members.get(index) else { continue };
            let by_name = named.get(index).copied().unwrap_or(false);
            let fact = Fact {
                value: curated.map_or_else(|| first.id.to_string(), str::to_owned),
                provenance: if by_name { Provenance::Path } else { Provenance::TextRule },
                confidence: if by_name { NAME_CONFIDENCE } else { NUMBERS_CONFIDENCE },
                evidence: vec![Evidence { passage: None, span: None, surface: first.file.to_owned() }],
            };
            kinships.entry(member.id.clone()).or_default().work = Some(fact);
        }
    }
    kinships
}

/// Confidence of language versions that their names tell.
const NAME_CONFIDENCE: f32 = 0.9;

/// Confidence of language versions that their numbers tell.
const NUMBERS_CONFIDENCE: f32 = 0.7;

fn join_copies(members: &[Member<'_>], texts: &mut Groups, works: &mut Groups) {
    // One band after the other: the keys of all at once would take kilobytes a document.
    for band in 0..BANDS {
        let keyed = members.iter().enumerate().filter_map(|(index, member)| {
            let key = member.signature.shingles.key(band)?;
            Some(((member.collection, key), index, member.signature))
        });
        each_after_alike(keyed.collect(), |index, signature, before| {
            for &(_, other, alike) in before.iter().take(MAX_COMPARED) {
                if !texts.joined(index, other) && alike.shingles.resemblance(&signature.shingles) >= SAME_TEXT {
                    texts.join(index, other);
                    works.join(index, other);
                }
            }
        });
    }
}

/// A member by its index, with a key.
type Keyed<'a, K> = (K, usize, &'a Signature);

/// Shows each member with those before it that have its key.
fn each_after_alike<K: Ord>(mut keyed: Vec<Keyed<'_, K>>, mut show: impl FnMut(usize, &Signature, &[Keyed<'_, K>])) {
    // Stable: members of one key stay in their order.
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    for alike in keyed.chunk_by(|a, b| a.0 == b.0) {
        for (at, &(_, index, signature)) in alike.iter().enumerate() {
            show(index, signature, alike.get(..at).unwrap_or_default());
        }
    }
}

fn join_named(members: &[Member<'_>], works: &mut Groups, named: &mut [bool]) {
    let mut by_name: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        let Some((name, marked)) = names::marked_name(member.file) else { continue };
        if marked == Language::Undetermined || marked == member.signature.language {
            by_name.entry((member.collection, name)).or_default().push(index);
        }
    }
    for group in by_name.into_values().filter(|group| group.len() > 1) {
        let Some(&first) = group.first() else { continue };
        for index in group {
            works.join(first, index);
            if let Some(flag) = named.get_mut(index) {
                *flag = true;
            }
        }
    }
}

fn join_by_numbers(members: &[Member<'_>], works: &mut Groups) {
    // Versions share most of their numbers, so they share some of the largest, which are the rarest.
    let mut keyed = Vec::new();
    for (index, &Member { signature, collection, .. }) in members.iter().enumerate() {
        let numbers = &signature.numbers;
        if numbers.len() >= MIN_NUMBERS {
            keyed.extend(
                numbers.iter().rev().take(numbers.len() / 2).map(|&number| ((collection, number), index, signature)),
            );
        }
    }
    each_after_alike(keyed, |index, signature, before| {
        for &(_, other, version) in before.iter().rev().take(MAX_COMPARED) {
            if !works.joined(index, other) && are_versions(signature, version) {
                works.join(index, other);
            }
        }
    });
}

fn are_versions(a: &Signature, b: &Signature) -> bool {
    let (shorter, longer) = (a.words.min(b.words) as f32, a.words.max(b.words) as f32);
    let shared = a.numbers.iter().filter(|number| b.numbers.binary_search(number).is_ok()).count();
    let all = a.numbers.len() + b.numbers.len() - shared;
    a.language != b.language && longer <= shorter * LENGTH_RATIO && shared as f32 >= SAME_NUMBERS * all as f32
}

/// Disjoint groups of members, joined one pair at a time (union-find; the smallest index leads).
struct Groups {
    leader: Vec<usize>,
}

impl Groups {
    fn new(members: usize) -> Groups {
        Groups { leader: (0..members).collect() }
    }

    fn leader_of(&mut self, member: usize) -> usize {
        let mut at = member;
        while let Some(&above) = self.leader.get(at).filter(|&&above| above != at) {
            let further = self.leader.get(above).copied().unwrap_or(above);
            if let Some(leader) = self.leader.get_mut(at) {
                *leader = further;
            }
            at = above;
        }
        at
    }

    fn joined(&mut self, a: usize, b: usize) -> bool {
        self.leader_of(a) == self.leader_of(b)
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.leader_of(a), self.leader_of(b));
        if let Some(leader) = self.leader.get_mut(a.max(b)) {
            *leader = a.min(b);
        }
    }

    /// Groups of two and more, each in ascending order.
    fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for member in 0..self.leader.len() {
            groups.entry(self.leader_of(member)).or_default().push(member);
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    }
}

#[cfg(test)]
mod tests;
