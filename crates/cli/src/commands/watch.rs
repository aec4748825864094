//! `rcp-search index --watch`: a run now, and one after every change.

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcp_corpus::settings::Settings;
use rcp_indexer::walk::walk;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::sleep;

use crate::args::IndexArgs;
use crate::commands::signals::Signals;
use crate::commands::{Outcome, index};
use crate::terminal;

/// Time between two looks at the folders. What is equal in two looks in a row is quiet.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What is below the folders: each file with its length and time of change, or why they cannot be listed.
type State = Result<Vec<(PathBuf, Option<(u64, SystemTime)>)>, String>;

/// Indexes and follows the folders until a signal. A run that fails is reported, and the next change tries again.
///
/// # Errors
/// When signals cannot be caught, or a run panics.
pub(super) fn watch(args: IndexArgs, settings: Arc<Settings>) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(follow(Arc::new(args), settings));
    // A run that was given up by a second signal is left behind: it publishes whole or not at all.
    runtime.shutdown_timeout(Duration::ZERO);
    outcome
}

async fn follow(args: Arc<IndexArgs>, settings: Arc<Settings>) -> anyhow::Result<Outcome> {
    let mut signals = Signals::listen()?;
    let mut rebuild = args.rebuild;
    loop {
        // Before the run: what changes while it reads is a change.
        let seen = look(&args).await?;
        let run = {
            let (args, settings) = (Arc::clone(&args), Arc::clone(&settings));
            spawn_blocking(move || index::once(&args, &settings, rebuild))
        };
        if let Some(outcome) = finish(run, &mut signals).await? {
            return Ok(outcome);
        }
        rebuild = false;
        terminal::note(&format!("watching {}; Ctrl-C ends it", list(&args.folders)));
        tokio::select! {
            changed = change(&args, seen) => changed?,
            () = signals.next() => return Ok(Outcome::Done),
        }
    }
}

/// Waits for a run and says why it failed, if it did. A signal lets it come to its end, which ends the watching; a
/// second one ends it at once.
async fn finish(
    mut run: JoinHandle<anyhow::Result<Outcome>>,
    signals: &mut Signals,
) -> anyhow::Result<Option<Outcome>> {
    let (result, ending) = tokio::select! {
        result = &mut run => (result, None),
        () = signals.next() => {
            terminal::note("ending after this run; once more ends it at once, and the index stays as it was");
            tokio::select! {
                result = &mut run => (result, Some(Outcome::Done)),
                () = signals.next() => return Ok(Some(Outcome::Failed)),
            }
        }
    };
    if let Err(error) = result? {
        terminal::error(&error);
    }
    Ok(ending)
}

/// Completes when the folders differ from what was seen and have been quiet since the look before.
async fn change(args: &Arc<IndexArgs>, seen: State) -> anyhow::Result<()> {
    let mut before = seen.clone();
    loop {
        sleep(LOOK_EVERY).await;
        let now = look(args).await?;
        if now != seen && now == before {
            return Ok(());
        }
        before = now;
    }
}

async fn look(args: &Arc<IndexArgs>) -> anyhow::Result<State> {
    let args = Arc::clone(args);
    Ok(spawn_blocking(move || state(&args.folders)).await?)
}

fn state(folders: &[PathBuf]) -> State {
    let files = walk(folders).map_err(|(folder, error)| format!("{}: {error}", folder.display()))?;
    let readable = files.documents.into_iter().chain(files.metadata).map(|file| {
        let metadata = file.path.metadata().ok();
        let written = metadata.and_then(|metadata| Some((metadata.len(), metadata.modified().ok()?)));
        (file.path, written)
    });
    let unreadable = files.unreadable.into_iter().map(|(name, _)| (PathBuf::from(name), None));
    Ok(readable.chain(unreadable).collect())
}

fn list(folders: &[PathBuf]) -> impl Display {
    folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_seen_and_rest_is_none() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "one")?;
        let folders = [folder.path().to_owned()];
        let mut seen = state(&folders);
        assert!(seen == state(&folders));
        let mut check = |what: &str| {
            let now = state(&folders);
            assert!(now != seen, "{what} is not seen");
            seen = now;
        };
        std::fs::write(&file, "longer")?;
        check("another length");
        let later = SystemTime::now() + Duration::from_secs(9);
        std::fs::File::options().write(true).open(&file)?.set_modified(later)?;
        check("another time");
        std::fs::write(folder.path().join("a.meta.toml"), "")?;
        check("a metadata file");
        std::fs::remove_file(&file)?;
        check("a file that is gone");
        drop(folder);
        check("a folder that is gone");
        Ok(())
    }
}
