//! `rcp-search serve`: the HTTP server, with an index made first where there is none.

use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use rcp_corpus::settings::Settings;
use rcp_indexer::IndexOptions;
use rcp_indexer::walk::named_folders;
use rcp_query::{Scope, Searcher};
use rcp_server::{AppState, Originals, ServerConfig};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::args::ServeArgs;
use crate::commands::signals::Signals;
use crate::commands::{Outcome, extract_worker, report, settings};
use crate::server_settings::{AdminAddress, InForce, ServerSettings};
use crate::terminal::{self, Style};

/// Files that the server may have open beside its connections.
const OTHER_FILES: u64 = 256;

pub(crate) fn run(args: &ServeArgs) -> anyhow::Result<Outcome> {
    let mut in_force = InForce::load(args, |variable| std::env::var(variable).ok())?;
    if args.print_settings {
        in_force.to_string().lines().try_for_each(terminal::line)?;
        return Ok(Outcome::Done);
    }
    let settings = settings(&in_force.settings.config)?;
    start_log();
    log_panics();
    allow_connections(&mut in_force.settings.limits);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // The ports are taken first: when one is occupied, nothing else was done in vain.
    let listener = runtime.block_on(bind(in_force.settings.listen, "--listen"))?;
    let admin = runtime.block_on(bind_admin(&in_force))?;
    let ServerSettings { index, keys, corpus, originals, limits, .. } = in_force.settings;
    let originals = if originals { given_out(&corpus) } else { Originals::default() };
    let searcher = Arc::new(open(args.generation, &index, corpus, &settings)?);
    let mut signals = {
        let _signals_need_a_runtime = runtime.enter();
        Signals::listen()?
    };
    print_start(&searcher, listener.local_addr()?, admin.as_ref(), &index)?;
    let state = AppState::with_originals(searcher, ServerConfig { keys: Some(keys), ..limits }, originals);
    runtime.block_on(rcp_server::serve(listener, admin, state, async move { signals.next().await }));
    // Requests had their time to finish: a search that still runs cannot be interrupted and is left behind.
    runtime.shutdown_timeout(Duration::ZERO);
    Ok(Outcome::Done)
}

/// Raises the limit of open files as far as the system lets us, and keeps connections within it.
fn allow_connections(limits: &mut ServerConfig) {
    let Ok(files) = rlimit::increase_nofile_limit(u64::MAX) else { return };
    let most = usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX).max(1);
    if limits.max_connections > most {
        tracing::warn!(files, max_connections = most, "the system allows few open files: fewer connections are taken");
        limits.max_connections = most;
    }
}

/// Where it answers, from what, and how to end it.
fn print_start(searcher: &Searcher, address: SocketAddr, admin: Option<&TcpListener>, index: &Path) -> io::Result<()> {
    terminal::line(&format!("{} http://{address}/", Style::stdout().bold("rcp-search answers on")))?;
    let coverage = searcher.snapshot().coverage(&Scope::public());
    let documents = terminal::count(coverage.documents, "document");
    let index = format!("{}: {} searchable of {documents}", index.display(), coverage.searchable);
    let explorer = format!("http://{address}/docs/");
    let metrics = match admin {
        Some(admin) => format!("http://{}/metrics", admin.local_addr()?),
        None => "off".to_owned(),
    };
    let facts = [("index", index.as_str()), ("explorer", &explorer), ("metrics", &metrics), ("to stop", "Ctrl-C")];
    terminal::facts(&facts).iter().try_for_each(|fact| terminal::line(fact))
}

async fn bind(address: SocketAddr, option: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; choose another address with {option}, or port 0"))
}

/// Nobody asked for the default address: where it is taken (a second server on this machine), the server goes without.
async fn bind_admin(in_force: &InForce) -> anyhow::Result<Option<TcpListener>> {
    let AdminAddress::At(address) = in_force.settings.admin_listen else { return Ok(None) };
    match bind(address, "--admin-listen").await {
        Err(error) if in_force.is_default("admin_listen") => {
            tracing::warn!(error = format!("{error:#}"), "there are no metrics");
            Ok(None)
        }
        result => result.map(Some),
    }
}

/// Opens the index; where there is none yet, indexes the corpus first.
fn open(
    generation: Option<u64>,
    index: &Path,
    corpus: Vec<PathBuf>,
    settings: &Arc<Settings>,
) -> anyhow::Result<Searcher> {
    if let Some(number) = generation {
        return Ok(Searcher::open_generation(index, number, Arc::clone(settings))?);
    }
    match Searcher::open(index, Arc::clone(settings)) {
        Err(error) if error.is_no_index() => {
            terminal::note("no index yet: indexing the corpus first");
            let worker = extract_worker::this_program()?;
            let options = IndexOptions { worker, ..IndexOptions::new(corpus, index.to_owned()) };
            let report = super::index::index(&options, settings)?;
            report::failure_lines(&report.failures, None, Style::PLAIN).iter().for_each(|line| terminal::note(line));
            Ok(Searcher::open(index, Arc::clone(settings))?)
        }
        result => Ok(result?),
    }
}

/// The files that documents were read from; none where the folders are not on this machine.
fn given_out(corpus: &[PathBuf]) -> Originals {
    named_folders(corpus).map(Originals::new).unwrap_or_default()
}

/// Logs to standard error: text on a terminal, JSON elsewhere. `RUST_LOG` chooses how much.
fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber cannot be set; the first one stays.
    let _ = if std::io::stderr().is_terminal() { log.try_init() } else { log.json().try_init() };
}

/// Logs of a panic only where it happened: its message could hold the text of a query.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a thread panicked");
    }));
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek};

    use super::*;

    #[test]
    fn a_panic_is_logged_without_its_message() -> anyhow::Result<()> {
        let mut file = tempfile::tempfile()?;
        let log = tracing_subscriber::fmt().with_writer(Arc::new(file.try_clone()?)).finish();
        let hook = std::panic::take_hook();
        log_panics();
        let panicked = tracing::subscriber::with_default(log, || std::panic::catch_unwind(|| panic!("secret")));
        std::panic::set_hook(hook);
        assert!(panicked.is_err());
        let mut logged = String::new();
        file.rewind()?;
        file.read_to_string(&mut logged)?;
        assert!(logged.contains("serve.rs") && !logged.contains("secret"), "{logged}");
        Ok(())
    }
}
