//! [`Places`]: how many searches run and wait at once.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::problem::ApiError;

/// Places for blocking work: so many run, so many wait, one more is refused.
///
/// A client that goes away while it waits frees its place at once. Work that has begun keeps its place until it ends,
/// even when nobody waits for it any more: it cannot be interrupted, and places must count what really runs.
#[derive(Debug)]
pub(crate) struct Places {
    /// Running or waiting.
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl Places {
    /// Room for `running` (at least one) and `waiting`.
    pub(crate) fn new(running: usize, waiting: usize) -> Places {
        let running = running.clamp(1, Semaphore::MAX_PERMITS / 2);
        let waiting = waiting.min(Semaphore::MAX_PERMITS / 2);
        Places { admitted: Arc::new(Semaphore::new(running + waiting)), running: Arc::new(Semaphore::new(running)) }
    }

    /// Runs `work` off the async threads when its turn comes.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| ApiError::overloaded())?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| ApiError::overloaded())?;
        let task = tokio::task::spawn_blocking(move || {
            let result = work();
            drop((running, admitted));
            result
        });
        task.await.map_err(|error| {
            // The message of a panic could hold the text of a query: it stays out of the log.
            let how = if error.is_panic() { "panicked" } else { "was cancelled" };
            ApiError::internal(format!("a search {how}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::task::Poll;

    use super::*;

    /// Takes the one running place; the sender frees it.
    async fn occupied(places: &Arc<Places>) -> (mpsc::Sender<()>, tokio::task::JoinHandle<Result<(), ApiError>>) {
        let (free, freed) = mpsc::channel();
        let (began, begun) = tokio::sync::oneshot::channel();
        let places = Arc::clone(places);
        let work = move || {
            began.send(()).unwrap();
            freed.recv().unwrap_or_default();
        };
        let task = tokio::spawn(async move { places.run(work).await });
        begun.await.unwrap();
        (free, task)
    }

    #[tokio::test]
    async fn one_more_than_there_is_room_for_is_refused() {
        let places = Arc::new(Places::new(1, 1));
        let (free, first) = occupied(&places).await;
        let mut second = Box::pin(places.run(|| 2));
        assert!(matches!(poll_once(second.as_mut()), Poll::Pending));
        assert_eq!(places.run(|| 3).await.unwrap_err().code, "overloaded");
        free.send(()).unwrap();
        assert_eq!(second.await.unwrap(), 2);
        first.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_client_that_goes_away_while_it_waits_frees_its_place() {
        let places = Arc::new(Places::new(1, 1));
        let (free, first) = occupied(&places).await;
        let mut gone = Box::pin(places.run(|| 2));
        assert!(matches!(poll_once(gone.as_mut()), Poll::Pending));
        drop(gone);
        let mut next = Box::pin(places.run(|| 3));
        assert!(matches!(poll_once(next.as_mut()), Poll::Pending));
        free.send(()).unwrap();
        assert_eq!(next.await.unwrap(), 3);
        first.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn work_that_began_keeps_its_place_though_its_client_went_away() {
        let places = Arc::new(Places::new(1, 0));
        let (free, first) = occupied(&places).await;
        first.abort();
        assert!(first.await.is_err());
        assert_eq!(places.run(|| 2).await.unwrap_err().code, "overloaded");
        free.send(()).unwrap();
        while places.run(|| 3).await.is_err() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn work_that_panics_frees_its_place_and_tells_nothing() {
        let places = Places::new(1, 0);
        let error = places.run(|| panic!("secret")).await.unwrap_err();
        assert_eq!((error.code, error.log.as_deref()), ("internal_error", Some("a search panicked")));
        assert_eq!(places.run(|| 2).await.unwrap(), 2);
    }

    fn poll_once<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut std::task::Context::from_waker(std::task::Waker::noop()))
    }
}
