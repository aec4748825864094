//! The guides: what README.md and `docs/` tell readers to type is typed, and what they show is what comes.
//!
//! A guide is followed from top to bottom in a folder of its own that holds what a checkout holds:
//!
//! - Blocks of `sh` are run and must succeed; `cargo run --release --` is the binary under test. A line that serves goes
//!   on beside what follows, and the guide's address leads to that server; one that watches is ended once it does.
//! - Blocks of `console` hold commands behind `$ ` and what they print, with `…` for what is left out.
//! - `file=NAME` behind the language writes the block into a file, `append=NAME` to its end, `settings` has the server
//!   read it as settings. The commands around it show whether it is right.
//! - JSON and HTML must parse; style sheets may set what the widget knows. Blocks of `sh no-run` are listed here with
//!   the reason.
//! - The heading of a table's first column says what it lists as code: queries ("written"), parameters of a search
//!   ("parameter"), addresses of the API ("address"), commands ("command"), attributes of the widget ("attribute"). All
//!   of them must be there, and queries must find something. Links lead to files and headings that there are.

mod guide;
mod reader;
mod shown;

use std::path::Path;

use serde_json::Value;

use crate::sandbox::{binary, project, run};
use guide::{Guide, Table};
use reader::{Reader, WIDGET};

/// Blocks that are not run: guide, beginning, reason.
const NOT_RUN: [(&str, &str, &str); 5] = [
    ("README.md", "cargo install", "builds the program a second time, and puts it into the home of whoever tests"),
    ("docs/operating.md", "install -m 755", "installs a service into the system"),
    ("docs/operating.md", "systemd-run", "needs systemd"),
    ("docs/operating.md", "docker build", "needs a container engine"),
    (
        "docs/api.md",
        "npx openapi-typescript",
        "fetches packages; tests/clients does this with packages that are pinned",
    ),
];

/// Follows a guide of the project.
#[track_caller]
fn check(name: &str) {
    let guide = Guide::read(name);
    let faults = faults(&guide);
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// What is wrong with a guide. What follows a block that is wrong is tried all the same.
fn faults(guide: &Guide) -> Vec<String> {
    let mut reader = Reader::new();
    let mut faults = Vec::new();
    for block in &guide.blocks {
        let is_known = || NOT_RUN.iter().any(|(name, start, _)| guide.name == *name && block.text.starts_with(start));
        if block.has("no-run") && !is_known() {
            faults.push(format!("{}:{}: is not run: say why in NOT_RUN", guide.name, block.line));
        }
        let fault = reader.follow(guide, block).err();
        faults.extend(fault.map(|fault| format!("{}:{}: {fault}", guide.name, block.line)));
    }
    for table in &guide.tables {
        faults.extend(faults_of_table(&mut reader, table).into_iter().map(|fault| format!("{}: {fault}", guide.name)));
    }
    let folder = project(&guide.name).parent().unwrap().to_owned();
    let lost = guide.links.iter().filter(|link| !leads_somewhere(&folder, guide, link));
    faults.extend(lost.map(|link| format!("{}: {link} leads nowhere", guide.name)));
    faults
}

fn faults_of_table(reader: &mut Reader, table: &Table) -> Vec<String> {
    let api: Value = serde_json::from_str(rcp_server::openapi_json()).unwrap();
    let parameters = api["paths"]["/v1/search"]["get"]["parameters"].as_array().unwrap();
    let mut of_one = |code: &String| match table.heading.as_str() {
        "written" => reader.query(code).err(),
        "parameter" => {
            let is_known = parameters.iter().any(|parameter| parameter["name"] == *code);
            (!is_known).then(|| format!("{code} is no parameter of /v1/search"))
        }
        "address" => {
            let is_known = !code.starts_with('/') || api["paths"].get(code).is_some();
            (!is_known).then(|| format!("{code} is no address of the API"))
        }
        "attribute" => (!is_attribute(code)).then(|| format!("{code} is no attribute of the widget")),
        "command" => {
            let mut help = binary();
            help.args(["help", code]);
            (run(help).code != Some(0)).then(|| format!("{code} is no command"))
        }
        _ => None,
    };
    table.codes.iter().filter_map(&mut of_one).collect()
}

/// Whether the widget reads an attribute, written with or without a value: its script asks for it, lists it, or its
/// style depends on it.
fn is_attribute(code: &str) -> bool {
    let name = code.split('=').next().unwrap_or_default().trim_start_matches("not-");
    let is_listed = |line: &&str| {
        ["const FACETS =", "const FILTERS =", "observedAttributes ="].iter().any(|list| line.contains(list))
    };
    WIDGET.lines().filter(is_listed).any(|line| line.contains(&format!("\"{name}\"")))
        || WIDGET.contains(&format!("getAttribute(\"{name}\")"))
        || WIDGET.contains(&format!("[{name}="))
}

/// Whether a link leads to a file, a heading of this page, or out of the project.
fn leads_somewhere(folder: &Path, guide: &Guide, link: &str) -> bool {
    let (path, heading) = link.split_once('#').unwrap_or((link, ""));
    if link.contains("://") {
        return true;
    }
    let target = folder.join(path);
    let text = if path.is_empty() { guide.text.clone() } else { std::fs::read_to_string(&target).unwrap_or_default() };
    target.exists() && (heading.is_empty() || text.lines().any(|line| anchor(line).as_deref() == Some(heading)))
}

/// Anchor of a heading, as code hosts make it.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim().to_lowercase();
    let kept = heading.chars().filter(|sign| sign.is_alphanumeric() || [' ', '-', '_'].contains(sign));
    Some(kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect())
}

#[test]
fn the_readme_is_right() {
    check("README.md");
}

#[test]
fn the_guide_to_searching_is_right() {
    check("docs/searching.md");
}

#[test]
fn the_guide_to_documents_is_right() {
    check("docs/documents.md");
}

#[test]
fn the_guide_to_vocabulary_is_right() {
    check("docs/vocabulary.md");
}

#[test]
fn the_guide_to_the_api_is_right() {
    check("docs/api.md");
}

#[test]
fn the_guide_to_the_widget_is_right() {
    check("docs/widget.md");
}

#[test]
fn the_guide_to_operating_is_right() {
    check("docs/operating.md");
}

#[test]
fn every_guide_is_followed_and_every_exception_is_needed() {
    let tests = include_str!("mod.rs");
    for name in guide::names() {
        assert!(tests.contains(&format!("check(\"{name}\");")), "{name} has no test here");
    }
    for (name, start, reason) in NOT_RUN {
        let guide = Guide::read(name);
        let is_there = guide.blocks.iter().any(|block| block.has("no-run") && block.text.starts_with(start));
        assert!(is_there, "{name} has no block that begins with {start:?} any more: {reason}");
    }
}

/// Every kind of mistake in a guide is seen, with its place. (What is right is in the guides.)
#[test]
fn a_wrong_guide_is_told_so() {
    #[track_caller]
    fn check(text: &str, says: &str) {
        let faults = faults(&Guide::of("README.md", text.to_owned())).join("\n");
        assert!(faults.contains(says), "{says:?} should be in {faults:?}");
    }
    check("Try:\n\n```sh\ntrue\nfalse\ntrue\n```\n", "README.md:4: exit code Some(1)");
    check("```sh\nrcp-search search --rpc rcm\n```\n", "--rpc");
    check("```sh no-run\nreboot\n```\n", "say why in NOT_RUN");
    check("```bash\ntrue\n```\n", "nobody knows how to try a block of \"bash\"");
    check("```console\n$ echo one; echo two\ntwo\n…\n```\n", "shown:\ntwo");
    check("```console\n$ echo one\n…\n```\n", "nothing that could be compared");
    check("```console\n$ curl http://127.0.0.1:8080/health\n```\n", "no server runs");
    check("```sh\nrcp-search serve\ncurl http://127.0.0.1:8080/v1/serch\n```\n", "exit code Some(22)");
    check("```json\n{\"a\": 1,}\n```\n", "trailing comma");
    check("```html\n<rcp-search rcp=\"a\" rcp=\"b\"></rcp-search>\n```\n", "a browser reads it as");
    let script = "<script src=\"https://search.example.org/widget/0.0.1/rcp-search.js\"></script>";
    check(&format!("```html\n{script}\n```\n"), "/widget/0.0.1/rcp-search.js: 404");
    check("```css\nrcp-search { --rcp-accent: red; --rcp-acent: red; }\n```\n", "the widget knows no --rcp-acent");
    check("```toml settings\nlisen = \"127.0.0.1:1\"\n```\n", "lisen");
    check("```toml\na = 1\n```\n", "say `file=`");
    check("```toml file=a.meta.toml\na = 1\n```\n", "does not say that this is `a.meta.toml`");
    let files = "`c/a.md`:\n\n```text file=c/a.md\nA text.\n```\n\n`c/a.meta.toml`:\n\n```toml file=c/a.meta.toml\ntitel = 1\n```\n\n";
    check(&format!("{files}```sh\nrcp-search index c\n```\n"), "titel");
    check("| written | finds |\n|---|---|\n| `rcp:nothing` | |\n", "rcp%3Anothing: finds");
    check("| parameter | |\n|---|---|\n| `themes` | |\n", "themes is no parameter");
    check("| address | |\n|---|---|\n| `GET` `/v1/serch` | |\n", "/v1/serch is no address");
    check("| attribute | |\n|---|---|\n| `not-region` `mode=\"list\"` `hint` | |\n", "hint is no attribute");
    check("| command | |\n|---|---|\n| `serch` | |\n", "serch is no command");
    check("See [this](docs/nothing.md).\n", "docs/nothing.md leads nowhere");
    check("See [this](docs/widget.md#nothing).\n", "docs/widget.md#nothing leads nowhere");
}
