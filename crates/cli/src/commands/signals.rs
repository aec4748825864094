//! [`Signals`]: Ctrl-C and SIGTERM, for commands that run until someone ends them.

use std::io;

/// Ctrl-C and SIGTERM, caught from the moment of [`Signals::listen`], not only once one is waited for: a signal that
/// comes early must not end the process the hard way.
pub(super) struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Needs a runtime around it.
    pub(super) fn listen() -> io::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Completes at the next signal.
    pub(super) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    /// Needs a runtime around it.
    pub(super) fn listen() -> io::Result<Signals> {
        Ok(Signals {})
    }

    /// Completes at the next Ctrl-C.
    pub(super) async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
