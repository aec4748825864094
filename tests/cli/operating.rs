//! What an operator sets and sees: settings, limits, metrics, an orderly end.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::process::PATIENCE;
use crate::sandbox::Sandbox;
use crate::server::Server;

fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}

/// Asks until there is room. What is refused unread may be cut before its answer is read.
#[track_caller]
fn wait_until_answered(server: &Server) {
    let start = Instant::now();
    while !server.exchange(&get("/health", "")).starts_with("HTTP/1.1 200") {
        assert!(start.elapsed() < PATIENCE, "there is no room");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn settings_come_from_file_environment_and_options() {
    let sandbox = Sandbox::new();
    sandbox.write("server.toml", "[limits]\nmax_waiting = 7\nmax_wait = '2s'\n");
    let file = sandbox.path("server.toml").display().to_string();
    let mut command = sandbox.command(&["serve", "--settings", &file, "--print-settings", "--set", "max_clients=9"]);
    command.env("RCP_SEARCH_MAX_WAIT", "3s").env("RCP_SEARCH_ADMIN_LISTEN", "127.0.0.1:1");
    let shown = String::from_utf8(command.output().unwrap().stdout).unwrap();
    for line in [
        "admin_listen = \"127.0.0.1:1\"  # RCP_SEARCH_ADMIN_LISTEN".to_owned(),
        format!("max_waiting = 7  # {file}"),
        "max_wait = \"3s\"  # RCP_SEARCH_MAX_WAIT".to_owned(),
        "max_clients = 9  # --set".to_owned(),
        "listen = \"127.0.0.1:8080\"  # default".to_owned(),
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} in\n{shown}");
    }
    assert!(sandbox.has_no_index(), "nothing else is done");

    sandbox.write("server.toml", "[limits]\nmax_waiting = 7\nmax_wiat = '2s'\n");
    sandbox.run(&["serve", "--settings", &file]).fails(1, &["server.toml:3: ", "max_wiat", "max_wait"]);
    sandbox.run(&["serve", "--set", "max_wiat=2s"]).fails(1, &["--set", "max_wiat", "max_wait"]);
    sandbox.run(&["serve", "--settings", "nowhere.toml"]).fails(1, &["nowhere.toml"]);
}

#[test]
fn metrics_are_served_on_their_own_address_without_query_texts() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &["--admin-listen", "127.0.0.1:0"]);
    server.get("/v1/search?q=zanzibar");
    server.get("/v1/search?q=zanzibar");
    server.get("/v1/search?q=zanzibar&limit=none");
    server.get("/nowhere/zanzibar");
    assert_eq!(server.get("/metrics").status, 404, "not where everyone can ask");
    let metrics = server.metrics();
    for line in [
        "rcp_search_requests_total{method=\"GET\",route=\"/v1/search\",status=\"200\"} 2",
        "rcp_search_requests_total{method=\"GET\",route=\"/v1/search\",status=\"400\"} 1",
        "rcp_search_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 2",
        "rcp_search_request_duration_seconds_count{route=\"/v1/search\",outcome=\"answered\"} 3",
        "rcp_search_response_cache_hits_total 1",
        "rcp_search_response_cache_misses_total 1",
        "rcp_search_searches_running 0",
        "rcp_search_documents_searchable 5",
        "rcp_search_index_degraded 0",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line} in\n{metrics}");
    }
    let kept = metrics.lines().find_map(|line| line.strip_prefix("rcp_search_response_cache_bytes ")).unwrap();
    assert!(kept.parse::<u64>().unwrap() > 1_000, "{kept}");
    assert!(metrics.contains("application/openmetrics-text") && metrics.contains("rcp_search_index_version{version="));
    assert!(!metrics.contains("zanzibar"), "{metrics}");
    server.stop().expect(0);
}

#[test]
fn each_client_has_a_rate_and_a_trusted_proxy_says_who_it_is() {
    let sandbox = Sandbox::with_seeds_indexed();
    let rate = ["--set", "unlimited_clients=", "--set", "requests_per_second=1", "--set", "request_burst=5"];
    let server = Server::start(&sandbox, &[&rate[..], &["--set", "trusted_proxies=127.0.0.0/8"]].concat());
    let ask = |client: &str| server.exchange(&get("/v1/search?q=a", &format!("X-Forwarded-For: {client}\r\n")));
    let answers: Vec<String> = (0..60).map(|_| ask("203.0.113.9, 192.0.2.1")).collect();
    assert!(answers[0].starts_with("HTTP/1.1 200") && answers[0].contains("ratelimit-policy: \"default\";q=5;w=5"));
    let refused = answers.iter().find(|answer| answer.starts_with("HTTP/1.1 429")).unwrap();
    assert!(refused.contains("\"code\":\"rate_limited\"") && refused.contains("retry-after: 1"), "{refused}");
    // The first address of the list is what the client wrote: another one there makes no other client.
    assert!((0..60).any(|n| ask(&format!("203.0.113.{n}, 192.0.2.1")).starts_with("HTTP/1.1 429")));
    assert!(ask("192.0.2.2").starts_with("HTTP/1.1 200"));
    server.stop().expect(0);

    // Nobody is believed who is not trusted.
    let server = Server::start(&sandbox, &rate);
    let ask = |n: u32| server.exchange(&get("/v1/search?q=a", &format!("X-Forwarded-For: 192.0.2.{n}\r\n")));
    assert!((0..60).any(|n| ask(n).starts_with("HTTP/1.1 429")));
    server.stop().expect(0);
}

#[test]
fn connections_are_bounded_and_silent_ones_make_room() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &["--set", "max_connections=3"]);
    let silent: Vec<_> = (0..3).map(|_| server.connect()).collect();
    // None was silent for a second yet, or one was: the machine may be slow. A moment later there is room in any case.
    wait_until_answered(&server);
    drop(silent);
    server.stop().expect(0);

    let few = ["--set", "unlimited_clients=", "--set", "max_connections_per_client=2"];
    let server = Server::start(&sandbox, &few);
    let mut held: Vec<_> = (0..2).map(|_| server.connect()).collect();
    // They are let in in the order in which they came; an answer to the second one tells that both are.
    held[1].write_all(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    held[1].read_exact(&mut [0; 15]).unwrap();
    let mut refused = server.connect();
    let mut answer = String::new();
    refused.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 503") && head.contains("retry-after: 1"), "{answer}");
    assert!(head.contains(&format!("content-length: {}", body.len())), "{answer}");
    let problem: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((&problem["code"], &problem["status"]), (&"overloaded".into(), &503.into()));
    drop(held);
    wait_until_answered(&server);
    server.stop().expect(0);
}

#[test]
fn a_server_that_was_told_to_stop_says_so_before_it_stops() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &["--set", "shutdown_delay=3s"]);
    assert_eq!(server.get("/ready").status, 200);
    server.terminate();
    let ready = server.wait_for("/ready", |answer| answer.status == 503);
    assert_eq!(ready.json()["code"], "stopping");
    assert_eq!(server.get("/v1/search?q=sovereignty").status, 200, "it goes on until then");
    server.stop().expect(0);
}
