//! The real binary as a black box: runs of `index`, and servers.

use std::fs;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often the memory of a process is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// The stages of a run of `index`, in order. Each but the first begins where the binary says so, in these words.
pub const STAGES: [&str; 3] = ["reading files", "writing the index", "verifying and publishing"];

/// A number of bytes for each of the [`STAGES`].
pub type Stages = [u64; STAGES.len()];

/// The `rcp-search` binary, with the configuration it is to use.
#[derive(Debug, Clone)]
pub struct Binary {
    path: PathBuf,
    config: PathBuf,
}

/// What a run of `index` took.
#[derive(Debug, Clone, Copy)]
pub struct IndexRun {
    /// Wall time.
    pub took: Duration,
    /// Most memory that was resident, in bytes.
    pub peak_memory: u64,
    /// Most memory of its own, without mapped files, in each of the [`STAGES`], in bytes: 0 for one that was not told of,
    /// as where there is little to do.
    pub stages: Stages,
}

impl Binary {
    /// The binary that was built beside this one.
    ///
    /// # Errors
    /// When it was not built.
    pub fn beside_this_one(config: &Path) -> anyhow::Result<Binary> {
        let path = std::env::current_exe()?.with_file_name(format!("rcp-search{}", std::env::consts::EXE_SUFFIX));
        ensure!(path.exists(), "{} is missing; run `cargo build --release` first", path.display());
        Ok(Binary { path, config: config.to_owned() })
    }

    /// Runs `index` to its end.
    ///
    /// # Errors
    /// When it fails.
    pub fn index(&self, corpus: &Path, index: &Path) -> anyhow::Result<IndexRun> {
        let start = Instant::now();
        let mut command = self.command("index", index);
        let mut child = command.arg(corpus).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let said = BufReader::new(child.stderr.take().context("no messages of index")?);
        let stage = Arc::new(AtomicUsize::new(0));
        let listener = thread::spawn({
            let stage = Arc::clone(&stage);
            move || {
                let begun = |line: String| STAGES.iter().position(|name| *name == line);
                said.lines().map_while(Result::ok).filter_map(begun).for_each(|at| stage.store(at, Ordering::Relaxed));
            }
        });
        let (mut peak_memory, mut stages) = (0, [0; STAGES.len()]);
        let status = loop {
            peak_memory = memory(child.id(), "VmHWM").unwrap_or(0).max(peak_memory);
            if let Some(most) = stages.get_mut(stage.load(Ordering::Relaxed)) {
                *most = memory(child.id(), "RssAnon").unwrap_or(0).max(*most);
            }
            match child.try_wait()? {
                Some(status) => break status,
                None => thread::sleep(LOOK_EVERY),
            }
        };
        let took = start.elapsed();
        // It cannot have panicked; and what it heard last is of no use any more.
        let _ = listener.join();
        ensure!(status.success(), "rcp-search index {}: {status}", corpus.display());
        Ok(IndexRun { took, peak_memory, stages })
    }

    /// Starts `serve` on a free port and waits until it answers a search; gives back the time from spawn to answer.
    ///
    /// # Errors
    /// When it does not.
    pub fn serve(&self, index: &Path) -> anyhow::Result<(Server, Duration)> {
        let start = Instant::now();
        let mut command = self.command("serve", index);
        command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn()?;
        let mut out = BufReader::new(process.stdout.take().context("no output of serve")?);
        let mut line = String::new();
        out.read_line(&mut line)?;
        let mut server = Server { process, address: String::new(), _out: out };
        let address = line.trim_end().strip_prefix("rcp-search answers on http://");
        server.address = address.context("serve did not start")?.trim_end_matches('/').to_owned();
        server.client()?.get("/v1/search?q=migration")?;
        Ok((server, start.elapsed()))
    }

    fn command(&self, name: &str, index: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.arg(name).arg("--index").arg(index).arg("--config").arg(&self.config).stdin(Stdio::null());
        command.env_remove("RUST_LOG");
        command
    }
}

/// A running server; it ends with its value.
pub struct Server {
    process: Child,
    address: String,
    // Kept open: a server that cannot write ends.
    _out: BufReader<ChildStdout>,
}

impl Server {
    /// A client with a connection of its own.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn client(&self) -> anyhow::Result<Client> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Client { stream: BufReader::new(stream), body: Vec::new() })
    }

    /// Memory of its own that is resident, without mapped files, in bytes; `None` where the system does not tell.
    #[must_use]
    pub fn anonymous_memory(&self) -> Option<u64> {
        memory(self.process.id(), "RssAnon")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A connection that is kept open, speaking just enough HTTP to cost little itself.
pub struct Client {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Client {
    /// The body of the answer to a GET; it must be 200.
    ///
    /// # Errors
    /// On any other status, and when the connection fails.
    pub fn get(&mut self, path: &str) -> anyhow::Result<&[u8]> {
        let (status, length) = self.head(path)?;
        self.body.resize(length.with_context(|| format!("{path}: an answer without length"))?, 0);
        self.stream.read_exact(&mut self.body)?;
        if status != "200" {
            bail!("{path}: {status}: {}", String::from_utf8_lossy(&self.body));
        }
        Ok(&self.body)
    }

    /// Bytes of the answer to a GET that is sent in pieces, none of which is kept; `read` is told how many came so far. It
    /// must be 200 and come to its end.
    ///
    /// # Errors
    /// On any other status, and when the connection fails or ends before the answer.
    pub fn drain(&mut self, path: &str, mut read: impl FnMut(u64)) -> anyhow::Result<u64> {
        let (status, _) = self.head(path)?;
        ensure!(status == "200", "{path}: {status}");
        let (mut bytes, mut line) = (0, String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim_end(), 16).with_context(|| format!("{path}: cut off"))?;
            // Behind each piece is an empty line.
            self.body.resize(length + 2, 0);
            self.stream.read_exact(&mut self.body)?;
            if length == 0 {
                return Ok(bytes);
            }
            bytes += length as u64;
            read(bytes);
        }
    }

    /// Asks; answers status and length of the answer.
    fn head(&mut self, path: &str) -> anyhow::Result<(String, Option<usize>)> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut length = None;
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? <= 2 {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse::<usize>().ok();
            }
        }
        Ok((status, length))
    }
}

/// A line of `/proc/ID/status`, in bytes.
pub(crate) fn memory(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1_024)
}
