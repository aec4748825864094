//! [`Exports`]: how many exports run at once, and how their bytes reach the client while they are made.

use std::io;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::answer::Encoder;
use crate::problem::ApiError;

/// Bytes that are sent together.
const PIECE: usize = 64 * 1_024;

/// Pieces that wait for the client: so much is made ahead of what it reads, and no more.
const AHEAD: usize = 2;

/// How long an export waits for its client to read on. A connection that takes nothing at all is cut sooner.
const PATIENCE: Duration = Duration::from_secs(60);

/// Places for exports. Each has a thread of its own while it lasts, and holds its generation.
#[derive(Debug)]
pub(crate) struct Exports {
    places: Arc<Semaphore>,
    patience: Duration,
}

/// The place of one export; free again when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    _permit: OwnedSemaphorePermit,
    patience: Duration,
}

impl Exports {
    /// Room for `running`.
    pub(crate) fn new(running: usize) -> Exports {
        Exports { places: Arc::new(Semaphore::new(running.min(Semaphore::MAX_PERMITS))), patience: PATIENCE }
    }

    /// A place for one more.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn admit(&self) -> Result<Place, ApiError> {
        let permit = Arc::clone(&self.places).try_acquire_owned().map_err(|_| ApiError::too_many_exports())?;
        Ok(Place { _permit: permit, patience: self.patience })
    }
}

impl Place {
    /// The bytes that `work` writes, as a body that is sent while it writes; off the async threads. Where `work` fails,
    /// panics, or waits too long for the client, the body ends with an error, and the client sees that it is cut off.
    pub(crate) fn stream<F>(self, encoder: Encoder, work: F) -> Body
    where
        F: FnOnce(&mut Output) -> Result<(), String> + Send + 'static,
    {
        let (sender, pieces) = mpsc::channel(AHEAD);
        let is_whole = Arc::new(AtomicBool::new(false));
        let body = Body::new(Pieces { pieces, is_whole: Arc::clone(&is_whole) });
        let mut output = Output {
            pieces: sender,
            runtime: Handle::current(),
            patience: self.patience,
            encoder,
            piece: Vec::new(),
            is_cut: false,
        };
        tokio::task::spawn_blocking(move || {
            match work(&mut output) {
                Ok(()) => is_whole.store(output.finish().is_continue(), Ordering::Release),
                Err(error) => tracing::error!(error, "an export failed"),
            }
            // Before the body ends, so that a client may begin the next one as soon as it has this one.
            drop(self);
            drop(output);
        });
        body
    }
}

/// Where an export writes to.
pub(crate) struct Output {
    pieces: mpsc::Sender<Bytes>,
    runtime: Handle,
    patience: Duration,
    encoder: Encoder,
    /// What is written and not yet encoded.
    piece: Vec<u8>,
    /// Whether something could not be sent: then nothing that follows may make the rest look whole.
    is_cut: bool,
}

impl Output {
    /// Lets `write` append bytes; breaks when the client went away, or did not read on for too long.
    ///
    /// # Errors
    /// Those of `write`.
    pub(crate) fn write<E>(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>) -> Result<ControlFlow<()>, E> {
        write(&mut self.piece)?;
        if self.piece.len() < PIECE {
            return Ok(ControlFlow::Continue(()));
        }
        Ok(self.flush())
    }

    /// Sends what is written; breaks as [`Output::write`] does.
    fn flush(&mut self) -> ControlFlow<()> {
        let encoded = self.encoder.push(&self.piece);
        self.piece.clear();
        self.send(encoded)
    }

    /// Sends what is left, and the end; breaks as [`Output::write`] does.
    fn finish(&mut self) -> ControlFlow<()> {
        let encoder = std::mem::replace(&mut self.encoder, Encoder::Identity(Vec::new()));
        let encoded = encoder.finish(&self.piece);
        self.send(encoded)
    }

    fn send(&mut self, encoded: io::Result<Vec<u8>>) -> ControlFlow<()> {
        self.is_cut |= match encoded {
            Ok(piece) if piece.is_empty() => false,
            Ok(piece) => self.runtime.block_on(self.pieces.send_timeout(piece.into(), self.patience)).is_err(),
            Err(error) => {
                tracing::error!(%error, "an export cannot be compressed");
                true
            }
        };
        if self.is_cut { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// A body of which nobody reads anything, and whose length nobody knows: that of an answer to HEAD, and of 304.
pub(crate) fn unread() -> Body {
    let (_, pieces) = mpsc::channel(1);
    Body::new(Pieces { pieces, is_whole: Arc::new(AtomicBool::new(true)) })
}

/// The body: pieces, and an error where they end before the last one.
struct Pieces {
    pieces: mpsc::Receiver<Bytes>,
    /// Set before the last piece is followed by nothing more.
    is_whole: Arc<AtomicBool>,
}

#[derive(Debug, thiserror::Error)]
#[error("an export ended before its last row")]
struct CutOff;

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = CutOff;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, CutOff>>> {
        Poll::Ready(match ready!(self.pieces.poll_recv(context)) {
            Some(bytes) => Some(Ok(Frame::data(bytes))),
            None if self.is_whole.load(Ordering::Acquire) => None,
            None => Some(Err(CutOff)),
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};
    use http_body_util::BodyExt;

    use super::*;
    use crate::answer::Encoding;

    fn exports(running: usize, patience: Duration) -> Exports {
        Exports { patience, ..Exports::new(running) }
    }

    /// Writes so many bytes, as rows of a kilobyte; answers whether it was told to stop.
    fn write(output: &mut Output, kilobytes: usize) -> bool {
        (0..kilobytes).any(|_| {
            let row = |out: &mut Vec<u8>| {
                out.extend_from_slice(&[b'x'; 1_024]);
                Ok::<(), ()>(())
            };
            output.write(row).unwrap().is_break()
        })
    }

    #[tokio::test]
    async fn the_body_is_what_was_written() {
        let place = exports(1, Duration::from_secs(60)).admit().unwrap();
        let body = place.stream(Encoder::Identity(Vec::new()), |output| {
            assert!(!write(output, 1_000));
            Ok(())
        });
        assert_eq!(body.collect().await.unwrap().to_bytes().len(), 1_024_000);
    }

    #[tokio::test]
    async fn what_fails_or_panics_is_cut_off_in_every_encoding() {
        for encoding in [Encoding::Identity, Encoding::Gzip, Encoding::Brotli] {
            for is_panic in [false, true] {
                let place = exports(1, Duration::from_secs(60)).admit().unwrap();
                let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/csv"));
                let encoder = encoding.encode_stream(&mut HeaderMap::from_iter([kind]));
                let body = place.stream(encoder, move |output| {
                    write(output, 200);
                    if is_panic { panic!("secret") } else { Err("the disk is gone".to_owned()) }
                });
                assert!(body.collect().await.is_err(), "{encoding:?} {is_panic}");
            }
        }
    }

    #[tokio::test]
    async fn a_client_that_goes_away_ends_the_work_and_frees_the_place() {
        let exports = exports(1, Duration::from_secs(60));
        let (ended, end) = tokio::sync::oneshot::channel();
        let body = exports.admit().unwrap().stream(Encoder::Identity(Vec::new()), move |output| {
            ended.send(write(output, 1_000_000)).unwrap();
            Ok(())
        });
        assert_eq!(exports.admit().unwrap_err().code, "too_many_exports");
        drop(body);
        assert!(end.await.unwrap(), "the work went on to its end");
        while exports.admit().is_err() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_client_that_does_not_read_on_loses_its_place() {
        let exports = exports(1, Duration::from_millis(20));
        let (ended, end) = tokio::sync::oneshot::channel();
        let body = exports.admit().unwrap().stream(Encoder::Identity(Vec::new()), move |output| {
            ended.send(write(output, 1_000_000)).unwrap();
            Ok(())
        });
        assert!(end.await.unwrap());
        while exports.admit().is_err() {
            tokio::task::yield_now().await;
        }
        assert!(body.collect().await.is_err(), "what is left of it looks whole");
    }
}
