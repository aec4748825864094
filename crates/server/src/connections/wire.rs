//! [`Wire`]: the bytes of one connection, between its socket and hyper.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::Activity;
use super::framing::{Framing, Heads};

/// A stream that does what hyper leaves to others: it fails when the client takes nothing of an answer for too long, reads
/// nothing for a while after a refusal, and looks at how requests say where they end.
#[derive(Debug)]
pub(crate) struct Wire<S> {
    stream: S,
    control: Control,
    write_timeout: Duration,
    /// Set while a write waits for the client.
    stalled: Option<Pin<Box<Sleep>>>,
    /// Set while nothing is read.
    paused: Option<Pin<Box<Sleep>>>,
}

/// The side of a [`Wire`] that the requests of its connection see.
#[derive(Debug, Clone)]
pub(crate) struct Control {
    activity: Arc<Activity>,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug, Default)]
struct Shared {
    heads: Heads,
    pause: Option<Duration>,
}

impl Control {
    pub(crate) fn new(activity: Arc<Activity>) -> Control {
        Control { activity, shared: Arc::default() }
    }

    /// The framing of the request that was just read.
    pub(crate) fn framing(&self) -> Option<Framing> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner).heads.next()
    }

    /// Reads nothing more for a while.
    pub(crate) fn pause(&self, time: Duration) {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner).pause = Some(time);
    }

    pub(crate) fn activity(&self) -> &Activity {
        &self.activity
    }
}

impl<S> Wire<S> {
    pub(crate) fn new(stream: S, control: Control, write_timeout: Duration) -> Wire<S> {
        Wire { stream, control, write_timeout, stalled: None, paused: None }
    }

    /// What became of a write; one that waits for the client does so for a limited time.
    fn written<T>(&mut self, context: &mut Context<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.stalled = None;
            self.control.activity.touch();
            return result;
        }
        let write_timeout = self.write_timeout;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + write_timeout)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client takes nothing of its answer")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let wire = self.get_mut();
        let pause = wire.control.shared.lock().unwrap_or_else(PoisonError::into_inner).pause.take();
        if let Some(time) = pause {
            wire.paused = Some(Box::pin(sleep_until(Instant::now() + time)));
        }
        if let Some(paused) = &mut wire.paused {
            ready!(paused.as_mut().poll(context));
            wire.paused = None;
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut wire.stream).poll_read(context, buffer))?;
        let mut shared = wire.control.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.heads.feed(&buffer.filled()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        let result = Pin::new(&mut wire.stream).poll_write(context, bytes);
        wire.written(context, result)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let wire = self.get_mut();
        let result = Pin::new(&mut wire.stream).poll_write_vectored(context, buffers);
        wire.written(context, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let wire = self.get_mut();
        let result = Pin::new(&mut wire.stream).poll_flush(context);
        wire.written(context, result)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;
    use crate::ServerConfig;
    use crate::connections::Connections;

    fn wire(write_timeout: Duration) -> (Wire<DuplexStream>, DuplexStream) {
        let place = Connections::new(&ServerConfig::default()).admit("127.0.0.1:1".parse().unwrap()).unwrap();
        let (stream, client) = duplex(16);
        (Wire::new(stream, Control::new(Arc::clone(&place.activity)), write_timeout), client)
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_nothing_is_given_up() {
        let (mut wire, mut client) = wire(Duration::from_secs(10));
        let long = wire.write_all(&[0; 64]);
        assert_eq!(long.await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        // One that takes a little now and then is not.
        let reader = tokio::spawn(async move {
            for _ in 0..5 {
                tokio::time::sleep(Duration::from_secs(9)).await;
                client.read_exact(&mut [0; 16]).await.unwrap();
            }
        });
        wire.stalled = None;
        wire.write_all(&[0; 64]).await.unwrap();
        reader.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_read_during_a_pause() {
        let (mut wire, mut client) = wire(Duration::from_secs(10));
        client.write_all(b"abc").await.unwrap();
        wire.control.clone().pause(Duration::from_secs(5));
        let began = Instant::now();
        wire.read_exact(&mut [0; 3]).await.unwrap();
        assert_eq!(began.elapsed().as_secs(), 5);
        client.write_all(b"abc").await.unwrap();
        wire.read_exact(&mut [0; 3]).await.unwrap();
        assert_eq!(began.elapsed().as_secs(), 5, "only once");
    }
}
