//! Texts, titles and facet values of every script.

use rcp_corpus::analysis::{FILLER, fold};
use rcp_index::plan::{Clause, Field, Form, Leaf, Member, Sort, Text, Unit};

use crate::corpus::{Corpus, doc, tokens};
use crate::engine::Engine;
use crate::order::sorted;
use crate::plans::{any, body, counting, documents, phrase, select};

cases! {
    every_token_of_every_script_is_found,
    marks_without_a_composed_form_do_not_part_a_word,
    titles_sort_by_code_point_after_folding,
    facet_values_may_be_of_any_script,
}

/// Latin with marks, Greek, Cyrillic, Arabic, Devanagari, Thai, Chinese, Korean, letters beyond the basic plane, digits,
/// emoji with joiners.
const TEXTS: [&str; 11] = [
    "réfugiés œuvre straße İstanbul",
    "Ελλάδα σοφός",
    "мигранты ёлка",
    "الهجرة المنظمة",
    "प्रवासन क्षेत्रीय",
    "การย้ายถิ่น",
    "移民政策",
    "이주민",
    "𝔐igration 𐐔𐐯",
    "5+5 U.N. ²³ ٣٤",
    "👩‍👩‍👧 visa 🇲🇽",
];

/// Words as analysis makes them are found in their text and in no other.
fn every_token_of_every_script_is_found<E: Engine>() {
    let ids = 'a'..='z';
    let corpus = Corpus::<E>::new(ids.clone().zip(TEXTS).map(|(id, text)| doc(&id.to_string()).text(text)));
    for (id, text) in ids.zip(TEXTS) {
        for form in [Form::Stem, Form::Exact] {
            let tokens = tokens(text);
            let string = tokens.string(form);
            assert!(!string.is_empty(), "{text}");
            for token in string.split(' ').filter(|token| *token != FILLER) {
                let leaf = Leaf { field: Field { text: Text::Body, form }, ..body(&[Member::term(token)]) };
                corpus.check(&documents(any([leaf])), &id.to_string());
            }
        }
    }
}

fn marks_without_a_composed_form_do_not_part_a_word<E: Engine>() {
    let corpus = Corpus::<E>::new([doc("a").text("x\u{301}y marks"), doc("b").text("x y marks")]);
    let word = tokens("x\u{301}y");
    let word = word.string(Form::Stem);
    assert!(!word.contains(' '), "{word}");
    corpus.check(&documents(any([body(&[phrase(&format!("{word} marks"), 0)])])), "a");
    corpus.check(&documents(any([body(&[phrase("x y marks", 0)])])), "b");
}

fn titles_sort_by_code_point_after_folding<E: Engine>() {
    let titles = ["Ωmega", "éclair", "Zulu", "яблоко", "𝔐ath", "alpha", "移民", "Eclair"];
    let corpus = Corpus::<E>::new(('a'..='z').zip(titles).map(|(id, title)| doc(&id.to_string()).title(title)));
    let mut expected: Vec<(String, char)> = titles.iter().map(|title| fold(title)).zip('a'..='z').collect();
    expected.sort();
    let expected: Vec<String> = expected.iter().map(|(_, id)| id.to_string()).collect();
    // Those that folding makes equal stand in the order of their ids: éclair (b) before Eclair (h).
    assert!(expected.join(" ").contains("f b h"), "{expected:?}");
    corpus.check(&sorted(Unit::Documents, Clause::Everything, Sort::Title), &expected.join(" "));
}

fn facet_values_may_be_of_any_script<E: Engine>() {
    let values = ["Ελλάδα", "a b", "méxico", "移民", "🇲🇽"];
    let document = |(id, value): (char, &str)| doc(&id.to_string()).facet("country", &[value]);
    let corpus = Corpus::<E>::new(('a'..='z').zip(values).map(document));
    let mut plan = counting(documents(Clause::Everything), &["country"]);
    let counted: Vec<String> = corpus.search(&plan).facets["country"].values.keys().cloned().collect();
    assert_eq!(counted, ["a b", "méxico", "Ελλάδα", "移民", "🇲🇽"]);
    for (id, value) in ('a'..='z').zip(values) {
        plan.filters = vec![select("country", &[value])];
        corpus.check(&plan, &id.to_string());
    }
}
