//! A damaged index is named, never answered from, and never replaced by an older state unless someone asks.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::sandbox::Sandbox;
use crate::server::Server;

/// What can become of a file of the second generation, given what it was in the first.
type Damage = fn(sound: &[u8], before: &[u8]) -> Option<Vec<u8>>;

const DAMAGES: [(&str, Damage); 7] = [
    ("a flipped bit", |sound, _| {
        let mut bytes = sound.to_vec();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        Some(bytes)
    }),
    ("a zeroed block", |sound, _| {
        let mut bytes = sound.to_vec();
        let length = bytes.len();
        bytes[length / 2 / 512 * 512..].iter_mut().take(512).for_each(|byte| *byte = 0);
        Some(bytes)
    }),
    ("cut in half", |sound, _| Some(sound[..sound.len() / 2].to_vec())),
    ("emptied", |_, _| Some(Vec::new())),
    ("longer by a byte", |sound, _| Some([sound, b"\n"].concat())),
    ("deleted", |_, _| None),
    ("as it was in the generation before", |_, before| Some(before.to_vec())),
];

/// An index of two generations. Only the second one has xylophones.
fn two_generations() -> Sandbox {
    let sandbox = Sandbox::new();
    let corpus = sandbox.path("corpus").display().to_string();
    sandbox.write("corpus/one.md", "# One\n\nA text about consular protection.\n");
    sandbox.run(&["index", &corpus]).expect(0);
    sandbox.write("corpus/two.md", "# Two\n\nA text about xylophones.\n\nAnother about drums.\n");
    sandbox.run(&["index", &corpus]).expect(0);
    sandbox
}

/// The files of a generation, each under what it is: the names of segments are random.
fn files(sandbox: &Sandbox, generation: u64) -> BTreeMap<String, PathBuf> {
    let folder = sandbox.path(&format!("index/generations/00000{generation}"));
    let files = sandbox.published().into_keys().filter_map(|path| {
        let name = path.strip_prefix(&folder).ok()?.display().to_string();
        let kind = match name.rsplit_once('.') {
            Some((_, kind)) if kind != "json" && kind != "seal" => format!("{}/*.{kind}", name.rsplit_once('/')?.0),
            _ => name,
        };
        Some((kind, path))
    });
    files.chain([("CURRENT".to_owned(), sandbox.path("index/CURRENT"))]).collect()
}

/// A command on a damaged index fails with exit code 1, without a word on standard output (but for the report of
/// `check`), with the name of the file and the remedy.
#[track_caller]
fn refused(sandbox: &Sandbox, command: &[&str], name: &str) {
    let run = sandbox.run(command).expect(1);
    assert!(run.out.is_empty() || command == CHECK, "{}", run.out);
    let said = format!("{}{}", run.out, run.err);
    for piece in ["damaged", name, "rcp-search index --rebuild", "rcp-search serve --generation "] {
        assert!(said.contains(piece), "{piece:?} should be in: {said}");
    }
    assert!(!said.contains("is sound"), "{said}");
}

const CHECK: &[&str] = &["check"];
const COMMANDS: [&[&str]; 3] = [CHECK, &["search", "xylophones"], &["serve", "--listen", "127.0.0.1:0"]];

#[test]
fn every_kind_of_damage_to_every_file_is_refused() {
    let sandbox = two_generations();
    let (before, now) = (files(&sandbox, 1), files(&sandbox, 2));
    assert_eq!(now.len(), 3 + 7 + 7 + 2, "CURRENT, manifest, seal; both units, vocabulary and completions: {now:?}");
    let mut damages = 0;
    for (kind, path) in &now {
        let sound = fs::read(path).unwrap();
        for (what, damage) in DAMAGES {
            match damage(&sound, &fs::read(&before[kind]).unwrap()) {
                Some(bytes) if bytes == sound => continue,
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
            println!("{kind}: {what}");
            // The commands take turns: each meets every kind of damage, and every kind of file.
            refused(&sandbox, COMMANDS[damages % 3], path.file_name().unwrap().to_str().unwrap());
            fs::write(path, &sound).unwrap();
            damages += 1;
        }
    }
    assert!(damages >= now.len() * (DAMAGES.len() - 2), "{damages}");
    sandbox.run(&["check"]).expect(0);
    assert!(sandbox.run(&["search", "xylophones"]).expect(0).out.contains("Two"));
}

#[test]
fn exchanged_files_are_found() {
    let sandbox = two_generations();
    let now = files(&sandbox, 2);
    for (one, other) in [
        ("public/documents/*.store", "public/passages/*.store"),
        ("public/documents/meta.json", "public/passages/meta.json"),
        ("public/vocabulary", "manifest.json"),
        ("public/passages/*.idx", "public/passages/*.pos"),
    ] {
        let (one, other) = (&now[one], &now[other]);
        let (of_one, of_other) = (fs::read(one).unwrap(), fs::read(other).unwrap());
        fs::write(one, &of_other).unwrap();
        fs::write(other, &of_one).unwrap();
        sandbox.run(&["search", "xylophones"]).fails(1, &["is damaged", "rcp-search index --rebuild"]);
        sandbox.run(&["check"]).expect(1);
        fs::write(one, of_one).unwrap();
        fs::write(other, of_other).unwrap();
    }
    sandbox.run(&["check"]).expect(0);
}

#[test]
fn a_missing_and_a_foreign_file_are_listed() {
    let sandbox = two_generations();
    fs::remove_file(&files(&sandbox, 2)["public/documents/*.term"]).unwrap();
    sandbox.write("index/generations/000002/public/passages/foreign", "x");
    let report = sandbox.run(&["check", "--json"]).expect(1).json();
    assert_eq!(report["sound"], false);
    let damaged = report["files"].as_array().unwrap().iter().filter(|file| !file["damage"].is_null());
    assert_eq!(damaged.count(), 2, "{report}");
    assert_eq!(report["collections"][0]["walked"], false);
}

#[test]
fn an_older_state_is_served_where_it_is_asked_for_and_a_rebuild_heals() {
    let sandbox = two_generations();
    let vocabulary = files(&sandbox, 2)["public/vocabulary"].clone();
    fs::write(vocabulary, "").unwrap();
    let server = Server::start(&sandbox, &["--generation", "1"]);
    assert_eq!(server.get("/v1/search?q=consular").json()["meta"]["total"], 1);
    assert_eq!(server.get("/v1/search?q=xylophones").json()["meta"]["total"], 0);
    server.stop().expect(0);
    sandbox.run(&["index", &sandbox.path("corpus").display().to_string(), "--rebuild"]).expect(0);
    sandbox.run(&["check"]).expect(0);
    assert!(sandbox.run(&["search", "xylophones"]).expect(0).out.contains("Two"));
}

#[test]
fn a_server_goes_on_with_what_it_has_while_the_next_generation_is_damaged() {
    for (kind, damage) in ["public/vocabulary", "public/passages/*.idx", "manifest.json"].iter().zip(DAMAGES) {
        let sandbox = two_generations();
        let (before, now) = (files(&sandbox, 1), files(&sandbox, 2));
        let current = fs::read(&now["CURRENT"]).unwrap();
        // As it was before the second one was published.
        sandbox.write("index/CURRENT", fs::read(&before["manifest.seal"]).unwrap());
        let server = Server::start(&sandbox, &[]);
        let sound = fs::read(&now[*kind]).unwrap();
        fs::write(&now[*kind], damage.1(&sound, &sound).unwrap()).unwrap();
        sandbox.write("index/CURRENT", current);
        server.wait_for("/ready", |answer| answer.json()["status"] == "degraded");
        assert_eq!(server.get("/v1/search?q=consular").json()["meta"]["total"], 1);
        assert_eq!(server.get("/v1/search?q=xylophones").json()["meta"]["total"], 0);
        fs::write(&now[*kind], sound).unwrap();
        server.wait_for("/ready", |answer| answer.json()["status"] == "ready");
        server.wait_for("/v1/search?q=xylophones", |answer| answer.json()["meta"]["total"] == 1);
        server.stop().expect(0);
    }
}

#[test]
fn a_sound_index_is_said_to_be_and_counted() {
    let sandbox = Sandbox::with_seeds_indexed();
    let run = sandbox.run(&["check"]).expect(0);
    let lines: Vec<Vec<&str>> = run.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["collection", "documents", "passages", "terms", "postings", "tokens"]);
    assert_eq!(lines[1][..2], ["public", "5"]);
    assert!(run.out.lines().nth(2).unwrap().starts_with("generation 1 is sound: "), "{}", run.out);
    let report = sandbox.run(&["check", "--json"]).expect(0).json();
    assert_eq!((&report["sound"], &report["generation"]), (&true.into(), &1.into()));
    let collection = &report["collections"][0];
    for (name, column) in [("passages", 2), ("terms", 3), ("postings", 4), ("tokens", 5)] {
        assert_eq!(collection[name].to_string(), lines[1][column], "{name}");
        assert!(collection[name].as_u64().unwrap() > 100, "{name}");
    }
    assert_eq!((&collection["walked"], &collection["problems"]), (&true.into(), &serde_json::json!([])));
}

#[test]
fn a_generation_that_is_not_there_is_not_served() {
    let sandbox = Sandbox::with_seeds_indexed();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--generation", "9"];
    sandbox.run(&serve).fails(1, &["no published generation 9", "1"]);
}
