//! [`Places`]: how many searches run and wait at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use prometheus_client::metrics::counter::Counter;
use tokio::sync::Semaphore;
use tokio::time;

use crate::config::ServerConfig;
use crate::problem::ApiError;

/// Weight of the last search in the mean time of searches, as a divisor.
const NEWEST: u64 = 16;

/// Places for blocking work: so many run, so many wait, one more is refused.
///
/// What would wait longer than it may is refused at once, not after the wait: as many searches as are before it, at the time
/// that the last ones took (an exponential mean), tell how long that would be. As many as run may wait in any case, so one
/// dear search does not shut out all others.
///
/// A client that goes away while it waits frees its place at once. Work that has begun keeps its place until it ends,
/// even when nobody waits for it any more: it cannot be interrupted, and places must count what really runs.
#[derive(Debug)]
pub(crate) struct Places {
    /// Running or waiting.
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
    max_running: usize,
    max_admitted: usize,
    max_wait: Duration,
    /// Microseconds that searches took lately.
    mean: Arc<AtomicU64>,
    refused: Counter,
}

impl Places {
    /// Room as the configuration says; what is refused is counted.
    pub(crate) fn new(config: &ServerConfig, refused: Counter) -> Places {
        let running = config.max_searches.clamp(1, Semaphore::MAX_PERMITS / 2);
        let waiting = config.max_waiting.min(Semaphore::MAX_PERMITS / 2);
        Places {
            admitted: Arc::new(Semaphore::new(running + waiting)),
            running: Arc::new(Semaphore::new(running)),
            max_running: running,
            max_admitted: running + waiting,
            max_wait: config.max_wait,
            mean: Arc::default(),
            refused,
        }
    }

    /// How many run and wait.
    pub(crate) fn busy(&self) -> (usize, usize) {
        let running = self.max_running.saturating_sub(self.running.available_permits());
        let admitted = self.max_admitted.saturating_sub(self.admitted.available_permits());
        (running, admitted.saturating_sub(running))
    }

    /// Runs `work` off the async threads when its turn comes.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let refuse = || {
            self.refused.inc();
            ApiError::overloaded()
        };
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| refuse())?;
        if self.would_wait_too_long() {
            return Err(refuse());
        }
        let turn = time::timeout(self.max_wait, Arc::clone(&self.running).acquire_owned()).await;
        let running = turn.ok().and_then(Result::ok).ok_or_else(refuse)?;
        let mean = Arc::clone(&self.mean);
        let task = tokio::task::spawn_blocking(move || {
            let began = Instant::now();
            let result = work();
            note(&mean, began.elapsed());
            drop((running, admitted));
            result
        });
        task.await.map_err(|error| {
            // The message of a panic could hold the text of a query: it stays out of the log.
            let how = if error.is_panic() { "panicked" } else { "was cancelled" };
            ApiError::internal(format!("a search {how}"))
        })
    }

    /// Whether the wait of the one that was just admitted is too long, judged by those before it.
    fn would_wait_too_long(&self) -> bool {
        let (_, waiting) = self.busy();
        let before = waiting.saturating_sub(1);
        let mean = Duration::from_micros(self.mean.load(Ordering::Relaxed));
        let wait = mean.saturating_mul(u32::try_from(before / self.max_running + 1).unwrap_or(u32::MAX));
        before >= self.max_running && wait > self.max_wait
    }
}

/// Moves the mean towards the time of one more search. Of two that end at the same moment one may be left out.
fn note(mean: &AtomicU64, time: Duration) {
    let time = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    let old = mean.load(Ordering::Relaxed);
    mean.store(old - old / NEWEST + time / NEWEST, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::task::Poll;

    use super::*;

    fn places(running: usize, waiting: usize, max_wait: Duration) -> Arc<Places> {
        let config = ServerConfig { max_searches: running, max_waiting: waiting, max_wait, ..ServerConfig::default() };
        Arc::new(Places::new(&config, Counter::default()))
    }

    /// Longer than any test.
    const PATIENT: Duration = Duration::from_secs(3_600);

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
        let places = places(1, 1, PATIENT);
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
        let places = places(1, 1, PATIENT);
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
        let places = places(1, 0, PATIENT);
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
        let places = places(1, 0, PATIENT);
        let error = places.run(|| panic!("secret")).await.unwrap_err();
        assert_eq!((error.code, error.log.as_deref()), ("internal_error", Some("a search panicked")));
        assert_eq!(places.run(|| 2).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_wait_that_would_be_too_long_is_refused_at_once() {
        let places = places(1, 9, Duration::from_secs(100));
        // As if searches had taken a minute.
        places.mean.store(60_000_000, Ordering::Relaxed);
        let (free, first) = occupied(&places).await;
        let mut second = Box::pin(places.run(|| 2));
        assert!(matches!(poll_once(second.as_mut()), Poll::Pending), "one may always wait");
        assert_eq!(places.run(|| 3).await.unwrap_err().code, "overloaded", "two minutes are too long");
        assert_eq!((places.busy(), places.refused.get()), ((1, 1), 1));
        // As if they had become quick.
        places.mean.store(1_000, Ordering::Relaxed);
        let mut third = Box::pin(places.run(|| 3));
        assert!(matches!(poll_once(third.as_mut()), Poll::Pending));
        free.send(()).unwrap();
        assert_eq!((second.await.unwrap(), third.await.unwrap()), (2, 3));
        first.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_wait_that_becomes_too_long_ends() {
        let places = places(1, 9, Duration::from_millis(20));
        let (free, first) = occupied(&places).await;
        assert_eq!(places.run(|| 2).await.unwrap_err().code, "overloaded");
        assert_eq!(places.busy(), (1, 0));
        free.send(()).unwrap();
        first.await.unwrap().unwrap();
    }

    #[test]
    fn the_mean_follows_what_searches_take() {
        let mean = AtomicU64::new(0);
        (0..200).for_each(|_| note(&mean, Duration::from_millis(10)));
        assert!((9_000..=10_000).contains(&mean.load(Ordering::Relaxed)), "{mean:?}");
        (0..200).for_each(|_| note(&mean, Duration::from_micros(100)));
        assert!(mean.load(Ordering::Relaxed) < 200, "{mean:?}");
    }

    fn poll_once<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut std::task::Context::from_waker(std::task::Waker::noop()))
    }
}
