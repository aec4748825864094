//! `rcp-search serve`: the HTTP server, with an index made first where there is none.

use std::io::{self, IsTerminal};
use std::net::SocketAddr;
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
use crate::commands::{Outcome, extract_worker, index, report, settings};
use crate::terminal::{self, Style};

pub(crate) fn run(args: &ServeArgs) -> anyhow::Result<Outcome> {
    let settings = settings(&args.places.config)?;
    start_log();
    log_panics();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // The port is taken first: when it is occupied, nothing else was done in vain.
    let listener = runtime.block_on(bind(args.listen))?;
    let searcher = Arc::new(open(args, &settings)?);
    let address = listener.local_addr()?;
    let mut signals = {
        let _signals_need_a_runtime = runtime.enter();
        Signals::listen()?
    };
    print_start(&searcher, address, args)?;
    let config = ServerConfig { keys: Some(args.keys.keys.clone()), ..ServerConfig::default() };
    let state = AppState::with_originals(searcher, config, originals(args));
    runtime.block_on(rcp_server::serve(listener, state, async move { signals.next().await }));
    // Requests had their time to finish: a search that still runs cannot be interrupted and is left behind.
    runtime.shutdown_timeout(Duration::ZERO);
    Ok(Outcome::Done)
}

/// Where it answers, from what, and how to end it.
fn print_start(searcher: &Searcher, address: SocketAddr, args: &ServeArgs) -> io::Result<()> {
    terminal::line(&format!("{} http://{address}/", Style::stdout().bold("rcp-search answers on")))?;
    let coverage = searcher.snapshot().coverage(&Scope::public());
    let documents = terminal::count(coverage.documents, "document");
    let index = format!("{}: {} searchable of {documents}", args.places.index.display(), coverage.searchable);
    let explorer = format!("http://{address}/docs/");
    let facts = [("index", index.as_str()), ("explorer", &explorer), ("to stop", "Ctrl-C")];
    terminal::facts(&facts).iter().try_for_each(|fact| terminal::line(fact))
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; choose another address with --listen, or port 0"))
}

/// Opens the index; where there is none yet, indexes the corpus first.
fn open(args: &ServeArgs, settings: &Arc<Settings>) -> anyhow::Result<Searcher> {
    let index = &args.places.index;
    if let Some(number) = args.generation {
        return Ok(Searcher::open_generation(index, number, Arc::clone(settings))?);
    }
    match Searcher::open(index, Arc::clone(settings)) {
        Err(error) if error.is_no_index() => {
            terminal::note("no index yet: indexing the corpus first");
            let worker = extract_worker::this_program()?;
            let options = IndexOptions { worker, ..IndexOptions::new(args.corpus.clone(), index.clone()) };
            let report = index::index(&options, settings)?;
            report::failure_lines(&report.failures, None, Style::PLAIN).iter().for_each(|line| terminal::note(line));
            Ok(Searcher::open(index, Arc::clone(settings))?)
        }
        result => Ok(result?),
    }
}

/// The files that documents were read from, unless they are to be kept back or are not on this machine.
fn originals(args: &ServeArgs) -> Originals {
    if args.no_originals {
        return Originals::default();
    }
    named_folders(&args.corpus).map(Originals::new).unwrap_or_default()
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
