//! Names and phrases in text, compared with what a reader would mark and with a slow, obvious matcher.

use std::collections::BTreeSet;
use std::ops::Range;

use proptest::prelude::*;
use rcp_corpus::analysis::{Word, words};
use rcp_corpus::model::Language;
use rcp_corpus::taxonomy::{Matcher, Role};

use super::taxonomy;

const PROCESS: &str = r#"
id = "rcp"
label.en = "Process"
facets = ["rcp", "mentions"]
mentioned_as = "mentions"
[[concept]]
id = "hill"
label = { en = "Conference on Return and Hills", es = "Conferencia de las Colinas" }
abbreviation = "CRH"
aliases = ["Hill Process", "5+5 of the Hills", "Mounds"]
weak_aliases = ["CRH ES", "U.S.H.", "Été"]
[[concept]]
id = "hill-dale"
label.en = "Hill Process - Dale Process Plenary"
aliases = ["CRH-DP"]
[[concept]]
id = "old-hill"
label.en = "Mountain Talks"
replaced_by = "hill"
"#;

const THEME: &str = r#"
id = "theme"
label.en = "Theme"
facets = ["theme"]
[classification]
strong = 3
weak = 1
cap_per_phrase = 5
primary_limit = 3
primary_density = 0.5
primary_hits = 3
primary_distinct = 2
secondary_density = 0.3
secondary_hits = 2
mask = ["Ministry of Asylum Seekers"]
[[concept]]
id = "asylum"
label.en = "Asylum (theme)"
[concept.phrases.en]
strong = ["asylum seeker*", "asylum-seekers", "extra-regional asylum", "return"]
weak = ["asylum"]
[concept.phrases.es]
strong = ["solicitante* de asilo", "migrantes en tránsito"]
[concept.phrases.fr]
strong = ["demandeur* d'asile"]
[[concept]]
id = "crime"
label.en = "Crime (theme)"
phrases.en.strong = ["organi*ed crime*", "cooperation of asylum"]
"#;

const TYPE: &str = r#"
id = "type"
label.en = "Type"
facets = ["type"]
[[concept]]
id = "note"
label.en = "Note (type)"
[concept.phrases.en]
title = ["^concept note", "note", "Hill Process note"]
body = ["expected results", "results"]
"#;

/// Finds everything in a text and compares `scheme concept Role "surface"`, in order.
#[track_caller]
fn check(language: Language, text: &str, expected: &[&str]) {
    let matcher = Matcher::new(&taxonomy(&[PROCESS, THEME, TYPE]));
    let found: Vec<String> = matcher
        .find(text, language)
        .into_iter()
        .map(|found| format!("{} {:?} {}", found.concept, found.role, &text[found.span]))
        .collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn names_are_found_in_every_language_and_case() {
    check(Language::Fr, "La CONFERENCIA de las colinas s'est tenue", &["hill Name CONFERENCIA de las colinas"]);
    check(
        Language::En,
        "Hill-Process’s aims; Hill\u{a0}Process",
        &["hill Name Hill-Process", "hill Name Hill\u{a0}Process"],
    );
    check(Language::En, "the 5+5 of the Hills", &["hill Name 5+5 of the Hills"]);
    check(Language::En, "Hill Processes, the downhill process", &[]);
}

#[test]
fn a_lone_word_in_small_letters_is_no_proper_name() {
    check(Language::En, "the Mounds and MOUNDS, not mounds", &["hill Name Mounds", "hill Name MOUNDS"]);
}

#[test]
fn weak_names_keep_their_capitals_and_accents() {
    check(Language::En, "CRH, crh, Crh, CRH's", &["hill WeakName CRH", "hill WeakName CRH"]);
    check(Language::En, "USH and U.S.H. but not ush", &["hill WeakName USH", "hill WeakName U.S.H"]);
    check(Language::Fr, "Été, été, Ete", &["hill WeakName Été"]);
}

#[test]
fn a_longer_name_hides_shorter_ones_of_any_concept() {
    check(
        Language::En,
        "the Hill Process / Dale Process Plenary",
        &["hill-dale Name Hill Process / Dale Process Plenary"],
    );
    check(Language::En, "the CRH-DP meets", &["hill-dale Name CRH-DP"]);
    check(Language::En, "CRH ES", &["hill WeakName CRH ES"]);
}

#[test]
fn a_replaced_concept_is_found_as_the_present_one() {
    check(Language::En, "Mountain Talks", &["hill Name Mountain Talks"]);
}

#[test]
fn phrases_are_those_of_the_language() {
    check(Language::En, "asylum seekers", &["asylum Strong asylum seekers"]);
    check(Language::Es, "los solicitantes de asilo", &["asylum Strong solicitantes de asilo"]);
    check(Language::Fr, "une demandeuse, un demandeur d’asile", &["asylum Strong demandeur d’asile"]);
    check(Language::Fr, "asylum seekers, solicitantes de asilo", &[]);
    check(
        Language::Undetermined,
        "asylum seekers, solicitantes de asilo",
        &["asylum Strong asylum seekers", "asylum Strong solicitantes de asilo"],
    );
    check(Language::Es, "MIGRANTES EN TRANSITO", &["asylum Strong MIGRANTES EN TRANSITO"]);
}

#[test]
fn a_longer_phrase_hides_shorter_ones_of_its_concept() {
    check(Language::En, "asylum and asylum seekers", &["asylum Weak asylum", "asylum Strong asylum seekers"]);
    check(Language::En, "cooperation of asylum", &["crime Strong cooperation of asylum", "asylum Weak asylum"]);
}

#[test]
fn compounds_are_found_split_and_joined() {
    for text in
        ["extra-regional asylum", "extraregional asylum", "extra regional asylum", "extra\u{2011}regional asylum"]
    {
        check(Language::En, text, &[&format!("asylum Strong {text}")]);
    }
    check(Language::En, "co-operation of asylum", &["crime Strong co-operation of asylum", "asylum Weak asylum"]);
    check(Language::En, "co operation of asylum", &["asylum Weak asylum"]);
    check(Language::En, "bi-co-operation of asylum", &["asylum Weak asylum"]);
}

#[test]
fn wildcards_stay_inside_their_word() {
    check(Language::En, "organised crimes", &["crime Strong organised crimes"]);
    check(Language::En, "organi sed crime", &[]);
}

#[test]
fn phrases_do_not_count_inside_proper_names() {
    check(Language::En, "Ministry of Asylum Seekers for asylum", &["asylum Weak asylum"]);
    check(
        Language::En,
        "the Conference on Return and Hills: return",
        &["hill Name Conference on Return and Hills", "asylum Strong return"],
    );
    check(Language::En, "the CRH return", &["hill WeakName CRH", "asylum Strong return"]);
}

#[test]
fn title_and_body_phrases() {
    check(Language::En, "Concept note", &["note Title Concept note"]);
    check(Language::En, "A concept note", &["note Title note"]);
    check(Language::En, "Hill Process note", &["note Title Hill Process note", "hill Name Hill Process"]);
    check(Language::En, "expected results", &["note Body expected results"]);
}

#[test]
fn hostile_text_is_read_in_time() {
    for text in [
        "asylum-".repeat(50_000),
        "Hill Process ".repeat(30_000),
        "extra-regional ".repeat(30_000),
        "-".repeat(500_000),
    ] {
        let matcher = Matcher::new(&taxonomy(&[PROCESS, THEME, TYPE]));
        assert!(matcher.find(&text, Language::Undetermined).len() <= text.len());
    }
}

/// All ways to read words that stand in groups joined by hyphens: each group of two to four split or as one word.
fn readings(groups: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut readings = vec![Vec::new()];
    for group in groups {
        let split = readings.iter().map(|reading: &Vec<String>| [reading.as_slice(), group].concat());
        let joined = readings.iter().map(|reading| [reading.as_slice(), &[group.concat()]].concat());
        let either: Vec<Vec<String>> =
            if (2..=4).contains(&group.len()) { split.chain(joined).collect() } else { split.collect() };
        readings = either;
    }
    readings
}

fn groups_of(found: &[Word], fold_wildcard: bool) -> Vec<Vec<String>> {
    let form = |word: &Word| if fold_wildcard { word.folded.replace('q', "*") } else { word.folded.clone() };
    found.chunk_by(|_, next| next.joined).map(|run| run.iter().map(form).collect()).collect()
}

fn word_matches(pattern: &str, word: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == word,
        Some((stem, rest)) => word.strip_prefix(stem).is_some_and(|ending| {
            let starts = (0..=ending.len()).filter(|&start| ending.is_char_boundary(start));
            starts.into_iter().any(|start| word_matches(rest, &ending[start..]))
        }),
    }
}

/// Spans where a phrase stands: every run of words is read in every way and compared with every reading of the phrase.
/// A hyphenated group of the text is read as one word only where the run has it whole.
fn slow_find(phrase: &str, text: &str) -> BTreeSet<(usize, usize)> {
    let wanted = readings(&groups_of(&words(&phrase.replace('*', "q")), true));
    let found = words(text);
    let mut spans = BTreeSet::new();
    for start in 0..found.len() {
        for end in start + 1..=found.len() {
            let cut_left = found[start].joined;
            let cut_right = found.get(end).is_some_and(|next| next.joined);
            let mut groups = groups_of(&found[start..end], false);
            let last = groups.len() - 1;
            for (position, cut) in [(last, cut_right), (0, cut_left)] {
                if cut && groups[position].len() > 1 {
                    let apart = groups.remove(position).into_iter().map(|word| vec![word]);
                    groups.splice(position..position, apart);
                }
            }
            let same = |reading: &Vec<String>| {
                wanted.iter().any(|phrase| {
                    phrase.len() == reading.len() && phrase.iter().zip(reading).all(|(p, word)| word_matches(p, word))
                })
            };
            if readings(&groups).iter().any(same) {
                spans.insert((found[start].span.start, found[end - 1].span.end));
            }
        }
    }
    spans
}

fn phrase() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["ab", "c", "abc", "dé", "ab*", "abc*"]);
    let separator = prop::sample::select(vec![" ", "-"]);
    prop::collection::vec((word, separator), 1..4)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, separator)| [word, separator]).collect::<String>())
        .prop_map(|phrase| phrase.trim_end_matches(['-', ' ']).to_owned())
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["ab", "C", "abc", "DE", "abx", "ç", "\u{1F600}"]);
    let separator = prop::sample::select(vec![" ", "-", ", ", "\u{2011}", "’"]);
    prop::collection::vec((word, separator), 0..9)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, separator)| [word, separator]).collect())
}

proptest! {
    #[test]
    fn phrases_stand_where_the_slow_matcher_finds_them(
        concepts in prop::collection::vec(prop::collection::vec(phrase(), 1..3), 1..4),
        text in text(),
    ) {
        let mut scheme = "id = \"s\"\nlabel.en = \"S\"\n".to_owned();
        for (position, phrases) in concepts.iter().enumerate() {
            scheme.push_str(&format!("[[concept]]\nid = \"c{position}\"\nlabel.en = \"xyz\"\nphrases.en.strong = {phrases:?}\n"));
        }
        let matcher = Matcher::new(&taxonomy(&[&scheme]));
        let found: BTreeSet<(String, usize, usize)> = matcher
            .find(&text, Language::En)
            .into_iter()
            .map(|found| (found.concept.to_owned(), found.span.start, found.span.end))
            .collect();
        let mut expected = BTreeSet::new();
        for (position, phrases) in concepts.iter().enumerate() {
            let spans: BTreeSet<(usize, usize)> = phrases.iter().flat_map(|phrase| slow_find(phrase, &text)).collect();
            let hidden = |&(start, end): &(usize, usize)| {
                spans.iter().any(|&(from, to)| from <= start && end <= to && (from, to) != (start, end))
            };
            expected.extend(spans.iter().filter(|span| !hidden(span)).map(|&(start, end)| (format!("c{position}"), start, end)));
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn spans_are_whole_words_in_order(text in "(Hill Process|CRH|asylum|-| |seekers|é|\\PC){0,12}") {
        let matcher = Matcher::new(&taxonomy(&[PROCESS, THEME, TYPE]));
        let words = words(&text);
        let mut last = 0;
        for found in matcher.find(&text, Language::Undetermined) {
            let Range { start, end } = found.span;
            prop_assert!(start >= last && start < end);
            prop_assert!(words.iter().any(|word| word.span.start == start));
            prop_assert!(words.iter().any(|word| word.span.end == end));
            if found.role == Role::WeakName {
                prop_assert!(text[start..end].starts_with(|c: char| c.is_uppercase()));
            }
            last = start;
        }
    }
}
