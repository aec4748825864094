//! `key`, and what `serve` makes of it: from the making of a key to its end.

use std::fs;
use std::thread;

use serde_json::Value;

use crate::sandbox::{Run, Sandbox, binary, run};
use crate::server::Server;

/// A search that only a restricted document answers.
const SEARCH: &str = "/v1/search?q=zirconium";

/// A document that everyone may see, one that only some may, and the path of a file of keys.
fn sandbox() -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/open.md", "# Open\n\nA text about consular protection.\n");
    sandbox.write("corpus/closed.md", "# Closed\n\nA text about zirconium.\n");
    sandbox.write("corpus/closed.meta.toml", "collection = \"drafts\"\n");
    sandbox.run(&["index", &sandbox.path("corpus").display().to_string()]).expect(0);
    let keys = sandbox.path("keys.toml").display().to_string();
    (sandbox, keys)
}

/// Runs `rcp-search key`.
fn key(args: &[&str], keys: &str) -> Run {
    let mut command = binary();
    command.arg("key").args(args).args(["--keys", keys]);
    run(command)
}

/// Makes a key to the drafts; its text.
fn add(keys: &str) -> String {
    key(&["add", "--name", "a test", "--collection", "drafts"], keys).expect(0).out.trim_end().to_owned()
}

fn id(text: &str) -> &str {
    text.split('_').nth(1).unwrap()
}

#[test]
fn a_key_opens_its_collection_until_it_is_revoked() {
    let (sandbox, keys) = sandbox();
    let mut command = sandbox.command(&["serve", "--listen", "127.0.0.1:0", "--keys", &keys]);
    // Whatever is logged, no key is.
    command.env("RUST_LOG", "trace");
    let server = Server::of(command);
    let text = add(&keys);
    let made = server.wait_for_as(&text, SEARCH, |answer| answer.status == 200);
    assert_eq!(made.json()["hits"][0]["id"], "closed");
    assert_eq!(server.get(SEARCH).json()["meta"]["total"], 0);

    let wrong = format!("{}{}", &text[..text.len() - 1], if text.ends_with('0') { '1' } else { '0' });
    let refused = server.get_as(&wrong, SEARCH);
    assert_eq!((refused.status, &refused.json()["code"]), (401, &"invalid_key".into()));
    assert!(!refused.body.contains("rcp_"), "{refused:?}");
    let in_address = server.get(&format!("{SEARCH}&api_key={text}"));
    assert_eq!(in_address.status, 400);
    assert!(in_address.body.contains("Authorization: Bearer") && !in_address.body.contains(&text), "{in_address:?}");

    key(&["revoke", id(&text)], &keys).expect(0);
    let revoked = server.wait_for_as(&text, SEARCH, |answer| answer.status == 401);
    assert_eq!(revoked.json()["detail"], refused.json()["detail"]);
    assert_eq!(server.get(SEARCH).status, 200);

    let run = server.stop().expect(0);
    let printed = run.out + &run.err;
    assert!(printed.contains(&format!("\"key\":\"{}\"", id(&text))), "requests name the key: {printed}");
    assert!(printed.contains("a revoked key was sent"), "{printed}");
    for key in [&text, &wrong] {
        assert!(!printed.contains(&key[key.len() - 64..]), "the log holds a key");
    }
}

#[test]
fn a_damaged_file_of_keys_grants_nothing_until_it_is_mended() {
    let (sandbox, keys) = sandbox();
    let text = add(&keys);
    let sound = fs::read_to_string(&keys).unwrap();
    sandbox.write("keys.toml", "nonsense");
    let server = Server::start(&sandbox, &["--keys", &keys]);
    let check_degraded = || {
        let refused = server.wait_for_as(&text, SEARCH, |answer| answer.status == 503);
        assert_eq!(refused.json()["code"], "keys_unavailable");
        let ready = server.get("/ready");
        assert_eq!((ready.status, &ready.json()["status"]), (200, &"degraded".into()));
        assert_eq!(server.get(SEARCH).json()["meta"]["total"], 0, "what is public is answered");
    };
    check_degraded();
    sandbox.write("keys.toml", &sound);
    server.wait_for_as(&text, SEARCH, |answer| answer.status == 200);
    assert_eq!(server.get("/ready").json()["status"], "ready");
    // In the middle of the hash.
    sandbox.write("keys.toml", &sound[..sound.len() - 10]);
    check_degraded();
    fs::remove_file(&keys).unwrap();
    server.wait_for_as(&text, SEARCH, |answer| answer.status == 401);
    let log = server.stop().expect(0).err;
    assert!(log.contains("the API keys cannot be read") && log.contains("keys.toml"), "{log}");
}

#[test]
fn metrics_are_of_what_is_public_whoever_asks() {
    let (sandbox, keys) = sandbox();
    let text = add(&keys);
    let server = Server::start(&sandbox, &["--keys", &keys, "--admin-listen", "127.0.0.1:0"]);
    server.wait_for_as(&text, SEARCH, |answer| answer.status == 200);
    let metrics = server.metrics_with(&format!("Authorization: Bearer {text}\r\n"));
    for line in ["rcp_search_documents 1", "rcp_search_documents_searchable 1"] {
        assert!(metrics.lines().any(|found| found == line), "{line} in\n{metrics}");
    }
    server.stop().expect(0);
}

#[test]
fn keys_are_listed_without_their_secrets() {
    let (_sandbox, keys) = sandbox();
    let none = key(&["list"], &keys).expect(0);
    assert!(none.out.is_empty() && none.err.contains("key add"), "{none:?}");
    assert_eq!(key(&["list", "--json"], &keys).expect(0).json(), Value::Array(Vec::new()));

    let made = key(&["add", "--name", "One", "--collection", "minutes", "--collection", "drafts"], &keys).expect(0);
    let first = made.out.trim_end();
    assert!(made.err.contains(id(first)) && !made.err.contains(first), "{made:?}");
    let second = add(&keys);
    let revoked = key(&["revoke", &second], &keys).expect(0);
    assert!(revoked.err.contains(id(&second)) && !revoked.err.contains(&second), "{revoked:?}");

    let list = key(&["list", "--json"], &keys).expect(0).json();
    let column = |name: &str| -> Vec<Value> { list.as_array().unwrap().iter().map(|key| key[name].clone()).collect() };
    assert_eq!(column("id"), [id(first), id(&second)]);
    assert_eq!(column("name"), ["One", "a test"]);
    assert_eq!(list[0]["collections"], serde_json::json!(["drafts", "minutes"]));
    assert!(list[0]["revoked"].is_null() && list[1]["revoked"].is_string(), "{list}");
    let table = key(&["list"], &keys).expect(0).out;
    let rows: Vec<&str> = table.lines().collect();
    assert!(rows[0].starts_with("id ") && rows[1].contains("drafts,minutes") && rows.len() == 3, "{table}");
    for text in [first, &second] {
        let secret = &text[text.len() - 64..];
        assert!(!table.contains(secret) && !list.to_string().contains(secret));
        assert!(!fs::read_to_string(&keys).unwrap().contains(secret));
    }
}

#[test]
fn processes_that_make_keys_at_once_lose_none() {
    let (_sandbox, keys) = sandbox();
    let keys = keys.as_str();
    let texts: Vec<String> = thread::scope(|scope| {
        let makers: Vec<_> = (0..4).map(|_| scope.spawn(|| add(keys))).collect();
        makers.into_iter().map(|maker| maker.join().unwrap()).collect()
    });
    let list = key(&["list"], keys).expect(0).out;
    assert!(texts.iter().all(|text| list.contains(id(text))), "{list}");
}

#[test]
fn what_cannot_be_done_with_keys_is_said() {
    let (sandbox, keys) = sandbox();
    key(&[], &keys).expect(2);
    key(&["add", "--name", "x"], &keys).fails(2, &["--collection"]);
    key(&["add", "--name", "x", "--collection", "public"], &keys).fails(2, &["\"public\" needs no key"]);
    key(&["add", "--name", "", "--collection", "drafts"], &keys).fails(2, &["whose it is"]);
    key(&["revoke", "00000000"], &keys).fails(2, &["00000000", "key list"]);
    sandbox.write("keys.toml", "[[key]]\nid = 1\n");
    for args in [["list"].as_slice(), &["revoke", "00000000"], &["add", "--name", "x", "--collection", "drafts"]] {
        key(args, &keys).fails(1, &[&keys, "line 2"]);
    }
    assert_eq!(fs::read_to_string(&keys).unwrap(), "[[key]]\nid = 1\n");
    sandbox.write("file", "in the way");
    let below = sandbox.path("file/keys.toml").display().to_string();
    key(&["add", "--name", "x", "--collection", "drafts"], &below).fails(1, &[&below, "--keys"]);
}
