//! `search` over names of concepts: what else they are called is found too, behind what was typed.

use serde_json::Value;

use crate::sandbox::Sandbox;

/// Names of one meaning each, as analysts type them, and texts have them.
const CONCEPTS: [&[&str]; 6] = [
    &["human trafficking", "trata de personas", "traite des êtres humains", "trata de seres humanos"],
    &["migrant worker", "trabajador migrante", "travailleur migrant"],
    &["consular protection", "protección consular", "protection consulaire"],
    &["Germany", "Alemania", "Allemagne"],
    &["Puebla Process", "Conferencia Regional sobre Migración", "Regional Conference on Migration"],
    &["Central America", "Amérique centrale", "Centroamérica"],
];

/// An index of one document for each name: so many words before it and behind, and otherwise the same.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::in_memory();
    let names = CONCEPTS.iter().flat_map(|names| names.iter());
    let record = |(number, name): (usize, &&str)| {
        let words = 12 - name.split(' ').count();
        let text = format!("{}{name}{}", "filler ".repeat(6), " filler".repeat(words));
        format!("{}\n", serde_json::json!({"id": format!("d{number:02}"), "title": "filler", "text": text}))
    };
    let records: String = names.enumerate().map(record).collect();
    sandbox.write("corpus/names.jsonl", records);
    let corpus = sandbox.path("corpus");
    sandbox.run(&["index", corpus.to_str().unwrap()]).expect(0);
    sandbox
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

#[test]
fn every_name_finds_the_others_behind_itself() {
    let sandbox = sandbox();
    let mut number = 0;
    for names in CONCEPTS {
        let first = number;
        for name in names {
            let own = format!("d{number:02}");
            let answer = sandbox.json(&["search", name]);
            let found = ids(&answer);
            assert_eq!(found[0], own, "{name}: {found:?}");
            for other in first..first + names.len() {
                assert!(found.contains(&format!("d{other:02}").as_str()), "{name}: {found:?}");
            }
            let off = sandbox.json(&["search", "--no-expand", name]);
            assert_eq!(ids(&off), [own.as_str()], "{name}");
            assert_eq!(off["interpretation"]["expansions"], serde_json::json!([]));
            number += 1;
        }
    }
}

#[test]
fn expansions_are_listed_with_what_they_brought_and_can_be_left_out_one_by_one() {
    let sandbox = sandbox();
    let answer = sandbox.json(&["search", "Alemania"]);
    let listed = answer["interpretation"]["expansions"].as_array().unwrap();
    let listed: Vec<_> = listed
        .iter()
        .map(|one| (one["term"].as_str().unwrap(), one["lang"].as_str().unwrap(), one["documents"].as_u64().unwrap()))
        .collect();
    assert_eq!(listed, [("Germany", "en", 1), ("Allemagne", "fr", 1)]);
    let answer = sandbox.json(&["search", "Alemania", "--expand-exclude", "GERMANY"]);
    assert_eq!(answer["meta"]["total"], 2);
    let page = sandbox.run(&["search", "Alemania"]).expect(0).out;
    assert!(page.contains("also searched: Germany (1 document), Allemagne (1 document) (off: --no-expand)"), "{page}");
    assert!(page.contains("to narrow: -f country=de (Germany)"), "{page}");
}
