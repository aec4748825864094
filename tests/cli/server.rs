//! [`Server`]: a `serve` process on a free port, and a client that speaks just enough HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::process::{PATIENCE, Process};
use crate::sandbox::{Run, Sandbox};

/// A running server; it ends with its value.
pub(crate) struct Server {
    process: Process,
    address: String,
}

/// An answer over HTTP.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Server {
    /// Starts `serve` over the index of a sandbox, and waits until it has printed its address.
    pub(crate) fn start(sandbox: &Sandbox, args: &[&str]) -> Server {
        Server::of(sandbox.command(&[&["serve", "--listen", "127.0.0.1:0"], args].concat()))
    }

    /// Starts a command that runs `serve` on a free port in its own process.
    pub(crate) fn of(command: Command) -> Server {
        let process = Process::start(command);
        let line = process.line().unwrap_or_default();
        let address = line.strip_prefix("rcp-search answers on http://").unwrap_or_default();
        let address = address.trim_end_matches('/').to_owned();
        if address.is_empty() {
            panic!("no address: {line:?}: {:?}", process.end());
        }
        Server { process, address }
    }

    /// Host and port that it listens on.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Answer to a GET of a path with its query, already encoded.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(path, "")
    }

    /// As [`Server::get`], with an API key.
    pub(crate) fn get_as(&self, key: &str, path: &str) -> Answer {
        self.send(path, &format!("Authorization: Bearer {key}\r\n"))
    }

    fn send(&self, path: &str, header: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let host = &self.address;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{header}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        assert!(!head.to_lowercase().contains("transfer-encoding"), "this client reads whole bodies only");
        Answer { status, body: body.to_owned() }
    }

    /// A connection, with patience in reading.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Everything that is answered to some bytes, until the server closes the connection.
    pub(crate) fn exchange(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // What is refused early may be cut before all of it was sent, or its answer read.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The metrics, from the address that the server printed.
    pub(crate) fn metrics(&self) -> String {
        self.metrics_with("")
    }

    /// The metrics, asked for with a header; once, since the server prints their address once.
    pub(crate) fn metrics_with(&self, header: &str) -> String {
        let line = std::iter::from_fn(|| self.process.line()).find(|line| line.contains("/metrics"));
        let line = line.unwrap();
        let (_, address) = line.split_once("http://").unwrap();
        let mut stream = TcpStream::connect(address.trim_end_matches("/metrics")).unwrap();
        let request = format!("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{header}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    /// Tells it to stop, and does not wait.
    pub(crate) fn terminate(&self) {
        self.process.signal("TERM");
    }

    /// Asks until the answer is as wanted.
    #[track_caller]
    pub(crate) fn wait_for(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        wait_for(|| self.get(path), wanted)
    }

    /// As [`Server::wait_for`], with an API key.
    #[track_caller]
    pub(crate) fn wait_for_as(&self, key: &str, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        wait_for(|| self.get_as(key, path), wanted)
    }

    /// Sends SIGTERM and waits for the end.
    pub(crate) fn stop(self) -> Run {
        self.process.signal("TERM");
        self.process.end()
    }
}

/// Asks until the answer is as wanted.
#[track_caller]
fn wait_for(ask: impl Fn() -> Answer, wanted: impl Fn(&Answer) -> bool) -> Answer {
    let start = Instant::now();
    loop {
        let answer = ask();
        if wanted(&answer) {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "still: {answer:?}");
        thread::sleep(Duration::from_millis(100));
    }
}

impl Answer {
    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
