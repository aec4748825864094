//! [`HeldKeys`]: the keys that a server knows.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::{Key, KeyText, KeysFile};
use crate::state::AppState;

/// The keys that a server knows, by id, as their file had them when it was last looked at.
#[derive(Debug)]
pub(crate) struct HeldKeys {
    file: Option<KeysFile>,
    /// The error is that of a file that cannot be read: it grants nothing.
    held: RwLock<Held>,
}

type Held = Result<BTreeMap<String, Key>, String>;

/// Why a key is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is none, of an unknown id, wrong or revoked.
    Invalid,
    /// Nobody can tell: the file of the keys cannot be read.
    Unreadable,
}

impl Default for HeldKeys {
    /// No keys.
    fn default() -> HeldKeys {
        HeldKeys::new(None)
    }
}

impl HeldKeys {
    /// The keys of a file; none without a file.
    pub(crate) fn new(path: Option<&Path>) -> HeldKeys {
        let keys = HeldKeys { file: path.map(KeysFile::new), held: RwLock::new(Ok(BTreeMap::new())) };
        keys.refresh();
        keys
    }

    /// Reads the file again; logs what changed.
    pub(crate) fn refresh(&self) {
        let Some(file) = &self.file else { return };
        let read = file.read().map_err(|error| error.to_string());
        let read = read.map(|keys| keys.into_iter().map(|key| (key.id.clone(), key)).collect());
        if *self.held() == read {
            return;
        }
        match &read {
            Ok(keys) => {
                let revoked = keys.values().filter(|key| key.revoked.is_some()).count();
                tracing::info!(valid = keys.len() - revoked, revoked, "API keys were read");
            }
            Err(error) => tracing::error!(error, "the API keys cannot be read; every request with a key is refused"),
        }
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = read;
    }

    /// Whether the file can be read.
    pub(crate) fn are_readable(&self) -> bool {
        self.held().is_ok()
    }

    /// The key of a text, if it is valid.
    pub(crate) fn find(&self, text: &str) -> Result<Key, Refusal> {
        let text = KeyText::parse(text).ok_or(Refusal::Invalid)?;
        let held = self.held();
        let keys = held.as_ref().map_err(|_| Refusal::Unreadable)?;
        // That an id is known is no secret: only the comparison of the hashes must not tell by its time.
        let key = keys.get(text.id()).filter(|key| key.is(&text)).ok_or(Refusal::Invalid)?;
        if key.revoked.is_some() {
            tracing::warn!(key = key.id, "a revoked key was sent");
            return Err(Refusal::Invalid);
        }
        Ok(key.clone())
    }

    fn held(&self) -> RwLockReadGuard<'_, Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the file of the keys again and again. Apart from what follows the index: opening a large one takes longer than
/// a revocation may.
pub(crate) async fn follow(state: AppState) {
    let mut ticks = interval(state.config().refresh_interval.max(Duration::from_millis(10)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let state = state.clone();
        // Should it ever panic, the keys stay as they are, and are read again.
        drop(tokio::task::spawn_blocking(move || state.keys().refresh()).await);
    }
}
