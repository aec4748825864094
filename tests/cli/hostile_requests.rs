//! Requests that no honest client sends, as bytes on a socket of the real server: each is refused with its status or does
//! no harm, and the process lives on.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::sandbox::Sandbox;
use crate::server::Server;

/// A request with a head of these lines, and what is sent behind it.
fn request(first: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let mut text = format!("{first}\r\n");
    headers.iter().for_each(|header| text.push_str(&format!("{header}\r\n")));
    format!("{text}\r\n{body}").into_bytes()
}

/// The statuses of all answers in what a connection brought.
fn statuses(answers: &str) -> Vec<u16> {
    let heads = answers.split("HTTP/1.").skip(1);
    // What stands behind the second digit of the version.
    heads.map(|head| head[2..5].parse().unwrap()).collect()
}

/// Expects one answer with a status, and the end of the connection: nothing behind the request is taken for another one.
#[track_caller]
fn check(server: &Server, bytes: &[u8], status: u16) {
    let answer = server.exchange(bytes);
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    assert_eq!(statuses(&answer), [status], "{shown:?}: {answer:?}");
    assert!(!answer.contains("root:") && !answer.contains("evil.example"), "{shown:?}: {answer:?}");
}

/// The same, and the answer is a problem with a code.
#[track_caller]
fn check_problem(server: &Server, bytes: &[u8], status: u16, code: &str) {
    let answer = server.exchange(bytes);
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    assert_eq!(statuses(&answer), [status], "{shown:?}: {answer:?}");
    assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{shown:?}: {answer:?}");
}

const CLOSE: &str = "Connection: close";
const HOST: &str = "Host: a";
const JSON: &str = "Content-Type: application/json";
/// What a smuggler hides behind a request.
const HIDDEN: &str = "0\r\n\r\nGET /v1/coverage HTTP/1.1\r\nHost: a\r\n\r\n";

#[test]
fn a_request_that_can_be_understood_in_two_ways_is_refused_and_ends_its_connection() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &[]);
    let post =
        |headers: &[&str], body: &str| request("POST /v1/search HTTP/1.1", &[&[HOST, JSON], headers].concat(), body);
    for headers in [
        &["Content-Length: 5", "Transfer-Encoding: chunked"][..],
        &["Transfer-Encoding: chunked", "Content-Length: 5"],
        &["Transfer-Encoding: chunked", "content-length:0"],
        &["Content-Length: 5", "Content-Length: 5"],
        &["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
    ] {
        check_problem(&server, &post(headers, HIDDEN), 400, "ambiguous_length");
    }
    for headers in [
        &["Content-Length: 5", "Content-Length: 6"][..],
        &["Content-Length: 5, 5"],
        &["Content-Length: +5"],
        &["Content-Length: -1"],
        &["Content-Length: 0x5"],
        &["Content-Length: 99999999999999999999"],
        &["Transfer-Encoding: xchunked"],
        &["Transfer-Encoding: identity"],
        &["Transfer-Encoding: chunked, identity"],
        &["Content-Length : 5"],
        &["Transfer-Encoding\u{b}: chunked"],
        &["X: a\r\n Content-Length: 5"],
        &["X: a\0b"],
        &["X: a\rTransfer-Encoding: chunked"],
    ] {
        check(&server, &post(headers, HIDDEN), 400);
    }
    check(&server, &request("POST /v1/search HTTP/1.0", &["Transfer-Encoding: chunked"], HIDDEN), 400);
    let search = |headers: &[&str]| request("GET /health HTTP/1.1", headers, "");
    check_problem(&server, &search(&[]), 400, "invalid_host");
    check_problem(&server, &search(&[HOST, HOST]), 400, "invalid_host");
    check_problem(&server, &search(&["Host: a b"]), 400, "invalid_host");
    check_problem(&server, &search(&["Host: user@a"]), 400, "invalid_host");
    check(&server, &request("GET /health HTTP/1.0", &[], ""), 200);

    // Chunks alone are fine, and nothing that follows them on their connection is answered.
    let chunks = "2\r\n{}\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n";
    check(&server, &post(&["Transfer-Encoding: chunked"], chunks), 200);
    // Requests in a row, each with its length, are all answered.
    let one = post(&["Content-Length: 2"], "{}");
    let last = search(&[HOST, CLOSE]);
    let answers = server.exchange(&[one.clone(), one, last].concat());
    assert_eq!(statuses(&answers), [200, 200, 200], "{answers}");
    server.stop().expect(0);
}

#[test]
fn what_is_too_much_is_refused() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &[]);
    let get = |path: &str, headers: &[&str]| {
        request(&format!("GET {path} HTTP/1.1"), &[&[HOST, CLOSE], headers].concat(), "")
    };
    let post = |headers: &[&str], body: &str| {
        request("POST /v1/search HTTP/1.1", &[&[HOST, CLOSE, JSON], headers].concat(), body)
    };
    check_problem(&server, &get(&format!("/{}", "x".repeat(9_000)), &[]), 414, "uri_too_long");
    check_problem(&server, &get(&format!("/v1/search?q={}", "x".repeat(3_000)), &[]), 400, "query_too_long");
    let many = vec!["A: b"; 120];
    check_problem(&server, &get("/health", &many), 431, "headers_too_large");
    let long = format!("X: {}", "x".repeat(20_000));
    check_problem(&server, &get("/health", &[&long]), 431, "headers_too_large");
    // Beyond this, the head is not even read to its end.
    check(&server, &get("/health", &vec!["A: b"; 1_000]), 431);
    check(&server, &get("/health", &[&format!("X: {}", "x".repeat(300_000))]), 431);
    check(&server, &get(&format!("/{}", "x".repeat(300_000)), &[]), 431);

    // Announced, and never sent: the answer does not wait for it.
    check_problem(&server, &post(&["Content-Length: 1073741824"], ""), 413, "body_too_large");
    let endless = format!("4000\r\n{}\r\n", "x".repeat(0x4000)).repeat(3);
    check_problem(&server, &post(&["Transfer-Encoding: chunked"], &endless), 413, "body_too_large");
    let zipped = post(&["Content-Encoding: gzip", "Content-Length: 4"], "\u{1f}\u{0}\u{0}\u{0}");
    check_problem(&server, &zipped, 415, "unsupported_content_encoding");
    for deep in ["[".repeat(16_000), "{\"q\":".repeat(3_000), format!("{{\"q\":{}}}", "[".repeat(9_000))] {
        let length = format!("Content-Length: {}", deep.len());
        check_problem(&server, &post(&[&length], &deep), 400, "invalid_json");
    }
    // So many ranges of one answer: the whole is sent, once.
    let ranges = format!("Range: bytes={}", vec!["0-"; 1_000].join(","));
    check(&server, &get("/v1/search?q=sovereignty", &[&ranges]), 200);
    assert_eq!(server.get("/health").status, 200);
    let run = server.stop().expect(0);
    assert!(!run.err.contains("panicked"), "{}", run.err);
}

#[test]
fn addresses_and_methods_of_every_kind_do_no_harm() {
    let sandbox = Sandbox::with_seeds_indexed();
    let server = Server::start(&sandbox, &[]);
    let send = |first: &str| request(first, &[HOST, CLOSE, "X-Forwarded-Host: evil.example"], "");
    for (path, status) in [
        ("/v1/documents/%00", 404),
        ("/v1/documents/..%2F..%2F..%2Fetc%2Fpasswd", 404),
        ("/v1/documents/%2e%2e%2f%2e%2e%2fetc", 404),
        ("/v1/documents/..%5c..%5cwindows", 404),
        ("/v1/documents/%c0%ae%c0%ae%c0%af", 400),
        ("/v1/documents/%ff", 400),
        ("/v1/documents/%", 404),
        ("/../../../etc/passwd", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 404),
        ("//etc/passwd", 404),
        ("/docs/..%2f..%2fCargo.toml", 404),
        ("/v1/search?q=%00", 200),
        ("/v1/search?q=%c0%80%ff%fe", 200),
        ("/v1/search?q=%F0%9F%87%B2%F0%9F%87%BD%E2%80%AE", 200),
        ("/v1/search?%", 400),
        ("http://evil.example/health", 200),
        ("https://evil.example:1/health", 200),
    ] {
        check(&server, &send(&format!("GET {path} HTTP/1.1")), status);
    }
    for first in ["TRACE / HTTP/1.1", "DELETE /v1/search HTTP/1.1", "get /health HTTP/1.1", "ANYTHING /health HTTP/1.1"]
    {
        check_problem(&server, &send(first), 405, "method_not_allowed");
    }
    check(&server, &send("CONNECT evil.example:443 HTTP/1.1"), 404);
    check(&server, &send("OPTIONS * HTTP/1.1"), 200);
    for bytes in ["GET /\r\n\r\n", "GET /health HTTP/9.9\r\n\r\n", "GET  /health HTTP/1.1\r\n\r\n"] {
        check(&server, bytes.as_bytes(), 400);
    }
    // Who begins in HTTP/2 would not understand an answer: the connection ends.
    assert_eq!(server.exchange(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "");
    check(&server, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello over TLS\r\n\r\n", 400);
    check(&server, b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400);
    assert_eq!(server.get("/health").status, 200);
    server.stop().expect(0);
}

/// Reads until the server ends the connection; what came before.
#[track_caller]
fn end_of(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        // The server closes, also in the middle of what it was sending.
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "the connection is still open"),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn slow_connections_are_cut_while_others_are_answered() {
    let sandbox = Sandbox::with_seeds_indexed();
    let times = ["--set", "header_read_timeout=1s", "--set", "body_timeout=1s", "--set", "write_timeout=1s"];
    let server = Server::start(&sandbox, &times);
    let begun = |bytes: &str| {
        let mut stream = server.connect();
        stream.write_all(bytes.as_bytes()).unwrap();
        stream
    };
    let silent: Vec<TcpStream> = (0..40).map(|_| server.connect()).collect();
    let heads: Vec<TcpStream> = (0..40).map(|_| begun("GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: ")).collect();
    let body = "POST /v1/search HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
    let bodies: Vec<TcpStream> = (0..40).map(|_| begun(body)).collect();
    let idle: Vec<TcpStream> = (0..40).map(|_| begun("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")).collect();
    // It asks for far more than buffers hold, and takes nothing.
    let asked = 3_000;
    let reader = server.connect();
    reader.try_clone().unwrap().set_write_timeout(Some(crate::process::PATIENCE)).unwrap();
    let mut writer = reader.try_clone().unwrap();
    let asking = std::thread::spawn(move || {
        // It may be cut before it has asked for everything.
        (0..asked).all(|_| writer.write_all(b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n").is_ok())
    });
    for _ in 0..20 {
        assert_eq!(server.get("/v1/search?q=sovereignty").status, 200, "others are answered");
    }
    silent.into_iter().for_each(|stream| assert_eq!(end_of(stream), ""));
    heads.into_iter().for_each(|stream| assert!(!end_of(stream).contains(" 200 ")));
    for stream in bodies {
        let answer = end_of(stream);
        assert!(statuses(&answer) == [408] && answer.contains("request_timeout"), "{answer}");
    }
    idle.into_iter().for_each(|stream| assert_eq!(statuses(&end_of(stream)), [200]));
    asking.join().unwrap();
    // The one that takes nothing is cut after a second of that: wait for it in the log of nobody, by its end alone.
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert!(statuses(&end_of(reader)).len() < asked, "it was not cut");
    server.stop().expect(0);
}
