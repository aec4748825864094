//! `serve`: the process, from its first line to its end. What the routes answer is tested without a socket elsewhere.

use std::net::TcpListener;

use crate::sandbox::Sandbox;
use crate::server::Server;

#[test]
fn the_first_run_indexes_and_answers() {
    let sandbox = Sandbox::new();
    let server = Server::start(&sandbox, &[]);
    assert_eq!(server.get("/health").status, 200);
    let ready = server.get("/ready");
    assert_eq!((ready.status, &ready.json()["status"]), (200, &"ready".into()));
    let answer = server.get("/v1/search?q=sovereignty&rcp=rcm").json();
    assert_eq!(answer["coverage"]["searchable"], 5);
    let hit = &answer["hits"][0];
    assert!(hit["citation"].is_string() && answer["facets"]["rcp"]["values"].is_array(), "{answer}");
    let segments = hit["passages"][0]["segments"].as_array().unwrap();
    assert!(segments.iter().any(|segment| segment["match"] == true && segment["text"] == "sovereignty"), "{hit}");
    assert_eq!(answer["interpretation"]["query"], "sovereignty");
    let run = server.stop().expect(0);
    assert!(run.err.contains("no index yet"), "{}", run.err);
    assert!(run.out.contains(": 5 searchable of 5 documents\n") && run.out.contains("/docs/\n"), "{}", run.out);

    // The second run finds the index.
    let before = sandbox.published();
    let server = Server::start(&sandbox, &[]);
    assert_eq!(server.get("/v1/search?q=sovereignty&rcp=rcm").json(), answer);
    assert!(!server.stop().expect(0).err.contains("no index yet"));
    assert!(sandbox.published() == before);
}

#[test]
fn the_command_line_and_http_give_one_answer() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &[]);
    let over_http = server.get("/v1/search?q=sovereignty&rcp=rcm&not_theme=data&year_from=2000&facets=theme,year");
    let args = ["search", "sovereignty", "--rcp", "rcm", "--not", "theme=data", "--year-from", "2000"];
    let args = [args.as_slice(), &["--facets", "theme,year"]].concat();
    assert_eq!(over_http.json(), sandbox.json(&args));
    let path = "/v1/passages?q=sovereignty&sort=-date&limit=1&facets=rcp&facet_limit=1&highlight=html&ui=es";
    let args = ["search", "sovereignty", "--passages-only", "--sort=-date", "--limit", "1", "--facets", "rcp"];
    let args = [args.as_slice(), &["--facet-limit", "1", "--highlight", "html", "--ui", "es"]].concat();
    assert_eq!(server.get(path).json(), sandbox.json(&args));
}

#[test]
fn a_newer_generation_answers_without_a_restart() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/one.md", "# One\n\nA text about consular protection.\n");
    let corpus = sandbox.path("corpus").display().to_string();
    let server = Server::start(&sandbox, &["--corpus", &corpus]);
    assert_eq!(server.get("/v1/search?q=xylophones").json()["meta"]["total"], 0);
    sandbox.write("corpus/two.md", "# Two\n\nA text about xylophones.\n");
    sandbox.run(&["index", &corpus]).expect(0);
    server.wait_for("/v1/search?q=xylophones", |answer| answer.json()["meta"]["total"] == 1);
    assert_eq!(server.get("/ready").json()["status"], "ready");
    server.stop().expect(0);
}

#[test]
fn a_damaged_newer_generation_degrades_and_a_sound_one_heals() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &[]);
    let current = std::fs::read(sandbox.path("index/CURRENT")).unwrap();
    sandbox.write("index/CURRENT", "000009 0123456789abcdef\n");
    server.wait_for("/ready", |answer| answer.json()["status"] == "degraded");
    assert_eq!(server.get("/v1/search?q=sovereignty").status, 200, "what is open goes on answering");
    sandbox.write("index/CURRENT", current);
    server.wait_for("/ready", |answer| answer.json()["status"] == "ready");
}

#[test]
fn an_occupied_port_is_said_before_anything_is_indexed() {
    let sandbox = Sandbox::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    sandbox.run(&["serve", "--listen", &address]).fails(1, &[&address, "--listen"]);
    assert!(sandbox.has_no_index());
}

#[test]
fn parentheses_without_measure_are_answered() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &[]);
    for parenthesis in ["(", "%28"] {
        let many = parenthesis.repeat(2_000 / parenthesis.len());
        let answer = server.get(&format!("/v1/search?q={many}"));
        assert_eq!(answer.status, 200);
        let warnings = answer.json()["interpretation"]["warnings"].clone();
        assert!(!warnings.as_array().unwrap().is_empty(), "{warnings}");
    }
    let answer = server.get(&format!("/v1/search?q={}", "(".repeat(3_000)));
    assert_eq!((answer.status, &answer.json()["code"]), (400, &"query_too_long".into()));
    let answer = server.get(&format!("/v1/search?q={}", "(".repeat(20_000)));
    assert_eq!(answer.status, 414);
    assert_eq!(server.get("/health").status, 200, "the process is alive");
    server.stop().expect(0);
}

#[test]
fn the_log_holds_no_query_text() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &[]);
    for path in [
        "/v1/search?q=zanzibar",
        "/v1/passages?q=%22zanzibar%20route%22",
        "/v1/search?q=zanzibar&rcp=nonsense",
        "/v1/search?zanzibar=1",
        "/v1/documents?q=zanzibar",
        "/nowhere?q=zanzibar",
    ] {
        server.get(path);
    }
    let run = server.stop().expect(0);
    assert!(run.err.contains("/v1/search") && run.err.contains("\"status\":200"), "requests are logged: {}", run.err);
    assert!(!run.err.contains("zanzibar"), "{}", run.err);
    for line in run.err.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "not a JSON line: {line}");
    }
}
