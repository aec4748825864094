//! Prefixes and words with typing errors to the words of the corpus that they stand for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rcp_corpus::analysis::{fold, words};
use rcp_index::plan::{Member, Slot};

use super::term::{Lexicon, phrase, slots};
use crate::ast::{Kind, Node};

/// Most forms that one prefix or word with typing errors stands for: the most frequent ones.
const MAX_FORMS: usize = 1_000;

/// Most forms of a whole query: its prefixes and words with typing errors share them evenly. Each form is a list of
/// postings to be read in every field.
const MAX_QUERY_FORMS: usize = 4_096;

/// Forms of a prefix or a word with typing errors.
pub(super) struct Forms {
    pub(super) members: Vec<Member>,
    /// Whether there were more than allowed.
    pub(super) too_many: bool,
}

/// How many forms each prefix and each word with typing errors of a query may stand for.
pub(super) fn most_forms(root: Option<&Node>) -> usize {
    MAX_FORMS.min(MAX_QUERY_FORMS / root.map_or(0, forms_asked).max(1))
}

// The parser bounds the depth, so recursion is safe.
fn forms_asked(node: &Node) -> usize {
    match &node.kind {
        Kind::Prefix(_) | Kind::Fuzzy { .. } => 1,
        Kind::Sequence(nodes) | Kind::And(nodes) | Kind::Or(nodes) => nodes.iter().map(forms_asked).sum(),
        Kind::Not(inner) | Kind::Field { value: inner, .. } => forms_asked(inner),
        Kind::Word(_) | Kind::Phrase { .. } | Kind::Years { .. } => 0,
    }
}

impl Lexicon<'_> {
    /// The words that begin with a prefix, at most so many. In `co-operat*` they stand behind `co`, or are joined to it.
    pub(super) fn starting_with(&self, prefix: &str, most: usize) -> Forms {
        let begin = |last: &str, most| {
            let found: Vec<_> =
                self.vocabularies.iter().map(|vocabulary| vocabulary.most_frequent(last, most)).collect();
            let has_more = found.iter().any(|(_, all)| *all > most);
            let forms = most_frequent(found.into_iter().flat_map(|(words, _)| words), |_| 1.0, most);
            Forms { too_many: forms.too_many || has_more, ..forms }
        };
        forms_behind(prefix, begin, most)
    }

    /// The words within an edit distance, at most so many; those further off weigh less, so that the word itself comes
    /// before its neighbours.
    pub(super) fn within(&self, typed: &str, distance: u8, most: usize) -> Forms {
        forms_behind(typed, |last, most| self.near(last, distance, most), most)
    }

    fn near(&self, word: &str, distance: u8, most: usize) -> Forms {
        let at_most = |distance| self.vocabularies.iter().flat_map(move |vocabulary| vocabulary.within(word, distance));
        let near: Option<BTreeSet<String>> = (distance > 1).then(|| at_most(1).map(|(form, _)| form).collect());
        let weight = |form: &str| match &near {
            _ if form == word => 1.0,
            Some(near) if !near.contains(form) => 0.25,
            _ => 0.5,
        };
        most_frequent(at_most(distance).map(|(form, entry)| (form, entry.documents)), weight, most)
    }
}

/// The most frequent of the words found in some vocabularies, with their weights.
fn most_frequent(found: impl Iterator<Item = (String, u32)>, weight: impl Fn(&str) -> f32, most: usize) -> Forms {
    let mut documents: BTreeMap<String, u64> = BTreeMap::new();
    for (form, in_vocabulary) in found {
        *documents.entry(form).or_default() += u64::from(in_vocabulary);
    }
    let mut forms: Vec<(String, u64)> = documents.into_iter().collect();
    // The word itself is never cut. The sort is stable: equally frequent ones stay in alphabetical order.
    forms.sort_by_cached_key(|(form, documents)| (weight(form) < 1.0, Reverse(*documents)));
    let too_many = forms.len() > most;
    forms.truncate(most);
    let member = |(form, _): (String, u64)| Member { weight: weight(&form), ..Member::term(&form) };
    Forms { members: forms.into_iter().map(member).collect(), too_many }
}

/// Forms of a typed text, which is a word or, with hyphens, several: the last one has the forms. The others stand
/// before it, or are joined to it; each of these readings gets half of the forms.
fn forms_behind(typed: &str, forms_of: impl Fn(&str, usize) -> Forms, most: usize) -> Forms {
    let mut before: Vec<String> = words(typed).into_iter().map(|word| word.folded).collect();
    let Some(last) = before.pop() else { return forms_of(&fold(typed), most) };
    if before.is_empty() {
        return forms_of(&last, most);
    }
    let half = most.div_ceil(2);
    let (forms, mut joined) = (forms_of(&last, half), forms_of(&(before.concat() + &last), half));
    let mut apart = slots(before);
    let offset = apart.last().map_or(0, |slot| slot.offset + 1);
    // A phrase has one weight: forms of another weight are a phrase of their own.
    let mut by_weight: Vec<(f32, Vec<String>)> = Vec::new();
    for Member { phrase, weight } in forms.members {
        let tokens = phrase.slots.into_iter().flat_map(|slot| slot.tokens);
        match by_weight.iter_mut().find(|(known, _)| *known == weight) {
            Some((_, known)) => known.extend(tokens),
            None => by_weight.push((weight, tokens.collect())),
        }
    }
    for (weight, tokens) in by_weight {
        apart.push(Slot { offset, tokens });
        joined.members.extend(phrase(apart.clone(), 0).map(|member| Member { weight, ..member }));
        apart.pop();
    }
    Forms { too_many: joined.too_many || forms.too_many, ..joined }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
    use rcp_corpus::model::Language;
    use rcp_corpus::vocabulary::{Vocabulary, VocabularyBuilder};

    use super::*;
    use crate::ast::parse;

    fn with_lexicon<T>(text: &str, run: impl FnOnce(&Lexicon<'_>) -> T) -> T {
        let analyzer = Analyzer::new(&AnalysisSettings::default());
        let mut builder = VocabularyBuilder::default();
        for document in text.split('/') {
            builder.add_text(&analyzer.analyze(document, Language::En), Language::En);
            builder.end_document();
        }
        let vocabularies = [Arc::new(Vocabulary::from_bytes(&builder.finish().unwrap()).unwrap())];
        run(&Lexicon { vocabularies: &vocabularies, analyzer: &analyzer })
    }

    /// Forms in their order, with weights below 1: `word^0.5`; the tokens of a phrase with `+` between.
    fn shown(forms: &Forms) -> String {
        let of_slot = |slot: &Slot| slot.tokens.join("|");
        let member = |member: &Member| {
            let weight = if member.weight < 1.0 { format!("^{}", member.weight) } else { String::new() };
            member.phrase.slots.iter().map(of_slot).collect::<Vec<_>>().join("+") + &weight
        };
        forms.members.iter().map(member).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_most_frequent_forms_are_kept() {
        with_lexicon("migrate migrant migrants/migrants migrant/migrants", |lexicon| {
            let all = lexicon.starting_with("Migr", 3);
            assert_eq!((shown(&all).as_str(), all.too_many), ("migrants migrant migrate", false));
            let some = lexicon.starting_with("migr", 2);
            assert_eq!((shown(&some).as_str(), some.too_many), ("migrants migrant", true));
        });
    }

    #[test]
    fn words_further_off_weigh_less() {
        with_lexicon("visa/visas vista vistas vi/visas", |lexicon| {
            assert_eq!(shown(&lexicon.within("visa", 1, 9)), "visa visas^0.5 vista^0.5");
            assert_eq!(shown(&lexicon.within("visa", 2, 9)), "visa visas^0.5 vi^0.25 vista^0.5 vistas^0.25");
            assert_eq!(shown(&lexicon.within("vísa", 1, 1)), "visa");
        });
    }

    /// The members that come from the part behind the hyphen keep their weights.
    #[test]
    fn hyphenated_words_are_read_apart_and_joined() {
        with_lexicon("co operation operations cooperation", |lexicon| {
            assert_eq!(shown(&lexicon.starting_with("co-operat", 9)), "cooperation co+operation|operations");
            assert_eq!(shown(&lexicon.within("co-operation", 1, 9)), "cooperation co+operation co+operations^0.5");
        });
    }

    #[test]
    fn prefixes_share_the_forms_of_a_query() {
        let most = |text: &str| most_forms(parse(text, &["title"]).0.root.as_ref());
        assert_eq!((most(""), most("word"), most("ab*"), most("ab* bc~ cd* de*")), (1_000, 1_000, 1_000, 1_000));
        assert_eq!(most("(ab* OR -bc~) AND title:(cd* de*) ef*"), MAX_QUERY_FORMS / 5);
        assert_eq!(most(&"ab* ".repeat(64)), MAX_QUERY_FORMS / 64);
    }
}
