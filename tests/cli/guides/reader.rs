//! [`Reader`]: someone who does what a guide says, from its first line to its last, in a folder of their own.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::guide::{Block, Guide};
use super::shown;
use crate::process::Process;
use crate::sandbox::{Run, Sandbox, copy_folder, project, run};
use crate::server::Server;

/// What a reader has before the first line: what the guides' commands need of a checkout.
const CHECKOUT: [&str; 3] = ["seeds", "index-config", "deploy"];

/// Address at which guides find their server.
const ADDRESS: &str = "http://127.0.0.1:8080";

/// What stands in guides for the server of whoever reads them.
const SITE: &str = "https://search.example.org";

/// The newest version of the widget.
pub(super) const WIDGET: &str = include_str!("../../../crates/server/src/pages/widget/1.0.0/rcp-search.js");

/// Outside a terminal curl is as on one, without the bar that it shows elsewhere.
const PRELUDE: &str = "curl() { command curl --silent --show-error \"$@\"; }\n";
/// For blocks of which nothing is compared: an answer that is an error fails.
const STRICT: &str = "curl() { command curl --silent --show-error --fail-with-body \"$@\"; }\n";

pub(super) struct Reader {
    sandbox: Sandbox,
    /// The server that the guide started last.
    server: Option<Server>,
}

impl Reader {
    pub(super) fn new() -> Reader {
        let sandbox = Sandbox::new();
        CHECKOUT.iter().for_each(|name| copy_folder(&project(name), &sandbox.path(name)));
        fs::create_dir(sandbox.path("bin")).unwrap();
        symlink(env!("CARGO_BIN_EXE_rcp-search"), sandbox.path("bin/rcp-search")).unwrap();
        Reader { sandbox, server: None }
    }

    /// Does what a block says; what is wrong with it.
    pub(super) fn follow(&mut self, guide: &Guide, block: &Block) -> Result<(), String> {
        if let Some(name) = block.value("file").or(block.value("append")) {
            return self.write(guide, block, name);
        }
        match block.language.as_str() {
            "sh" if block.has("no-run") => Ok(()),
            "sh" => self.run_lines(&block.text),
            "console" => shown::commands(&block.text).into_iter().try_for_each(|shown| self.compare(&shown)),
            "toml" if block.has("settings") => self.read_settings(&block.text),
            "json" => serde_json::from_str::<Value>(&block.text).map(drop).map_err(|error| error.to_string()),
            "html" => is_html(&block.text).and_then(|()| self.load_scripts(&block.text)),
            "css" => names_of_widget(&block.text),
            // tests/browser makes the widget's events happen.
            "text" | "js" => Ok(()),
            other => Err(format!("nobody knows how to try a block of {other:?}: say `file=` where it is a file")),
        }
    }

    /// Writes a block into the file that it is meant for, which the guide must name.
    fn write(&self, guide: &Guide, block: &Block, name: &str) -> Result<(), String> {
        if !guide.text.contains(&format!("`{name}`")) {
            return Err(format!("the guide does not say that this is `{name}`"));
        }
        let is_more = block.has(&format!("append={name}"));
        let before = if is_more { fs::read_to_string(self.sandbox.path(name)).unwrap() } else { String::new() };
        self.sandbox.write(name, before + &block.text);
        Ok(())
    }

    /// Runs the lines of a block in one shell, but for those that start what does not end by itself.
    fn run_lines(&mut self, text: &str) -> Result<(), String> {
        let mut script = String::new();
        for line in text.lines() {
            if stays(line) {
                self.run_script(&std::mem::take(&mut script))?;
                self.start(line)?;
            } else {
                script += line;
                script.push('\n');
            }
        }
        self.run_script(&script)
    }

    fn run_script(&self, script: &str) -> Result<(), String> {
        if script.trim().is_empty() {
            return Ok(());
        }
        let Run { code, out, err } = self.shell(STRICT, script)?;
        if code == Some(0) { Ok(()) } else { Err(format!("exit code {code:?}\n{out}{err}")) }
    }

    /// Starts what a line says. A server goes on until the next one takes its place; what watches is ended once it does.
    fn start(&mut self, line: &str) -> Result<(), String> {
        let mut command = self.command();
        command.args(["-c", &format!("exec env {}", translated(line))]);
        if !line.contains("--watch") {
            self.server = None;
            self.server = Some(Server::of(command));
            return Ok(());
        }
        let process = Process::start(command);
        let mut notes = std::iter::from_fn(|| process.note());
        if notes.any(|note| note.starts_with("watching ")) {
            process.signal("INT");
        }
        let Run { code, err, .. } = process.end();
        if code == Some(0) { Ok(()) } else { Err(format!("{line}: exit code {code:?}\n{err}")) }
    }

    fn compare(&self, shown: &shown::Shown) -> Result<(), String> {
        if !shown.output.is_empty()
            && shown.output.trim_matches(|sign: char| sign == '…' || sign.is_whitespace()).is_empty()
        {
            return Err(format!("{}: shows nothing that could be compared", shown.command));
        }
        let Run { out, .. } = self.shell(&format!("{PRELUDE}exec 2>&1\n"), &shown.command)?;
        let expected = self.at_server(&shown.output)?;
        if shown::is_as_shown(&out, &expected) {
            return Ok(());
        }
        Err(format!("line {} of the block: {}\nshown:\n{expected}\nactual:\n{out}", shown.line + 1, shown.command))
    }

    /// Runs commands in a shell that stops at the first that fails.
    fn shell(&self, prelude: &str, script: &str) -> Result<Run, String> {
        let script = format!("set -euo pipefail\n{prelude}{}", self.at_server(&translated(script))?);
        let mut command = self.command();
        command.args(["-c", &script]);
        Ok(run(command))
    }

    /// A shell in the reader's folder, with the binary under test as `rcp-search`.
    fn command(&self) -> Command {
        let mut command = Command::new("bash");
        let path = format!("{}:{}", self.sandbox.path("bin").display(), env::var("PATH").unwrap());
        command
            .current_dir(self.sandbox.path(""))
            .env("HOME", self.sandbox.path(""))
            .env("PATH", path)
            .env("no_proxy", "*");
        command.env("RCP_SEARCH_LISTEN", "127.0.0.1:0").env("RCP_SEARCH_ADMIN_LISTEN", "off");
        for name in ["RUST_LOG", "CLICOLOR_FORCE", "RUST_BACKTRACE", "BASH_ENV"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null());
        command
    }

    /// A text with the address of the reader's server.
    fn at_server(&self, text: &str) -> Result<String, String> {
        match &self.server {
            Some(server) => Ok(text.replace(ADDRESS, &format!("http://{}", server.address()))),
            None if text.contains(ADDRESS) => {
                Err("no server runs: the guide must have its reader start one".to_owned())
            }
            None => Ok(text.to_owned()),
        }
    }

    /// Has the server read settings as a file of them.
    fn read_settings(&self, text: &str) -> Result<(), String> {
        self.sandbox.write("settings-of-a-guide.toml", text);
        self.run_script("rcp-search serve --settings settings-of-a-guide.toml --print-settings")
    }

    /// Loads the scripts of a page from the server.
    fn load_scripts(&mut self, page: &str) -> Result<(), String> {
        let page = scraper::Html::parse_fragment(page);
        let scripts = scraper::Selector::parse("script").unwrap();
        for source in page.select(&scripts).filter_map(|script| script.attr("src")?.strip_prefix(SITE)) {
            let status = self.some_server().get(source).status;
            if status != 200 {
                return Err(format!("{source}: {status}"));
            }
        }
        Ok(())
    }

    /// The server that the guide started, else one of ours.
    fn some_server(&mut self) -> &Server {
        if self.server.is_none() {
            self.start("rcp-search serve").unwrap();
        }
        self.server.as_ref().unwrap()
    }

    /// What is wrong with a query of a guide: over the documents that it indexed it must find something, and be
    /// understood.
    pub(super) fn query(&mut self, query: &str) -> Result<(), String> {
        let query = form_urlencoded::byte_serialize(query.as_bytes()).collect::<String>();
        let answer = self.some_server().get(&format!("/v1/search?limit=1&facets=none&q={query}")).json();
        let warnings = &answer["interpretation"]["warnings"];
        if answer["meta"]["total"] == 0 || warnings.as_array().is_none_or(|warnings| !warnings.is_empty()) {
            return Err(format!("{query}: finds {} documents, with warnings {warnings}", answer["meta"]["total"]));
        }
        Ok(())
    }
}

/// Whether a line of a block starts what does not end by itself.
fn stays(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
    (words.contains(&"serve") && !words.contains(&"--print-settings")) || words.contains(&"--watch")
}

/// A line of a guide with the binary under test for the one that it would build.
fn translated(text: &str) -> String {
    text.replace("cargo run --release --", "rcp-search")
}

/// Whether the widget knows the custom properties that a style sheet sets.
fn names_of_widget(text: &str) -> Result<(), String> {
    let names = text.split(|sign: char| !(sign.is_alphanumeric() || sign == '-'));
    let unknown = names.filter(|name| name.starts_with("--rcp-")).find(|name| !WIDGET.contains(name));
    unknown.map_or(Ok(()), |name| Err(format!("the widget knows no {name}")))
}

/// Whether a browser makes of a text what it says: written out again it has the same words and tags, in the order of
/// the browser, but for what HTML lets one leave out.
fn is_html(text: &str) -> Result<(), String> {
    let words = |text: &str| {
        let text = text.replace("=\"\"", "").replace("&amp;", "&").replace(['<', '>'], " ");
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    let read = scraper::Html::parse_fragment(text).root_element().inner_html();
    if words(&read) == words(text) { Ok(()) } else { Err(format!("a browser reads it as\n{read}")) }
}
