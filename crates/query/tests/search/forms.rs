//! Prefixes, words with typing errors, near phrases and fields score as words do.

use super::*;

/// Score by document.
fn scores(query: &str) -> BTreeMap<String, f32> {
    let Hits::Documents(hits) = search(&documents(query)).hits else { panic!("documents were asked for") };
    hits.into_iter().map(|hit| (hit.document.id.to_string(), hit.score)).collect()
}

#[track_caller]
fn check_order(query: &str, expected: &[&str]) {
    assert_eq!(ids(&search(&documents(query))), expected, "{query}");
    let scores: Vec<f32> = expected.iter().map(|&id| scores(query)[id]).collect();
    assert!(scores.windows(2).all(|pair| pair[0] > pair[1]), "{query}: {scores:?}");
}

#[test]
fn forms_score_by_frequency_and_length() {
    // Three times in a short document, once in a longer one.
    for query in ["borders", "bord*", "bordrs~1", "\"borders\"", "\"of borders\"~3 OR borders"] {
        check_order(query, &["zeta", "labour"]);
    }
    // Twice, and once in a longer one.
    for query in ["visas", "visa*", "visas~1"] {
        check_order(query, &["labour", "dialogue"]);
    }
}

#[test]
fn rare_forms_score_more_than_frequent_ones() {
    let of_zeta = |query: &str| scores(query)["zeta"];
    assert!(of_zeta("crossfert*") > 0.0);
    // Both stand once in the passages of `labour`; more documents have visas than migration.
    assert!(scores("migrati*")["labour"] > scores("visa*")["dialogue"]);
}

#[test]
fn the_word_itself_scores_more_than_its_neighbours() {
    let one = |query: &str| scores(query)["coast"];
    assert!(one("sovereignty~1") > one("sovereignity~1"));
    assert!(one("sovereignity~1") > one("sovereignitty~2"));
}

#[test]
fn a_near_phrase_scores_by_its_places() {
    assert_eq!(ids(&search(&documents("\"borders borders\"~1"))), ["zeta"]);
    assert!(scores("\"borders borders\"~9")["zeta"] >= scores("\"borders borders\"~1")["zeta"]);
}

/// However many forms it has, it is one of the words that are asked for.
#[test]
fn a_prefix_is_one_word_among_others() {
    let response = search(&documents("bord* visas"));
    assert_eq!((response.total, response.total_all_words), (1, 1));
    let response = search(&SearchRequest { match_mode: MatchMode::Any, ..documents("bord* visas") });
    assert_eq!((response.total, response.total_all_words), (3, 1));
}

#[test]
fn a_field_scores_as_its_text_does() {
    // The shorter title first.
    check_order("title:(health OR labour)", &["labour", "coast"]);
}

/// Fields and phrases must match as they stand; of the words beside them one can be let go.
#[test]
fn what_is_relaxed_is_the_words_alone() {
    let relaxed = |query: &str| {
        let response = search(&documents(query));
        (sorted(ids(&response)), response.interpretation.relaxed.map(|relaxed| (relaxed.words, relaxed.required)))
    };
    assert_eq!(relaxed("visas sovereignty rcp:rcm"), ("coast labour".to_owned(), Some((2, 1))));
    assert_eq!(relaxed("visas sovereignty \"private sector\""), ("coast".to_owned(), Some((2, 1))));
    assert_eq!(relaxed("title:(health labour)"), ("coast labour".to_owned(), Some((2, 1))));
    assert_eq!(relaxed("visas AND sovereignty"), (String::new(), None));
    assert_eq!(relaxed("visas sovereignty year:1999"), (String::new(), None));
    assert_eq!(relaxed("visas sovereignty -rcp:rcm -rcp:none -rcp:sacm"), (String::new(), None));
}
