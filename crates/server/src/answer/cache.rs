//! [`ResponseCache`]: answers that were given, by their tags.

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::{Tag, Whole};
use crate::metrics::CacheLookups;
use crate::problem::ApiError;

/// Longest answer that is kept, in bytes: one long list is not worth a hundred pages of hits.
const MAX_ANSWER: usize = 1 << 20;
/// Usual size of a kept answer, in bytes.
const USUAL: usize = 8 << 10;

/// Answers that were given, by their tags, as many as there is room for. Only whole and final ones are kept.
///
/// Equal requests at the same time wait for the first of them and share its answer, whatever it is: a search that many
/// want at once is done once.
#[derive(Debug)]
pub(crate) struct ResponseCache {
    answers: Cache<Tag, Result<Whole, ApiError>, Size>,
    lookups: CacheLookups,
}

#[derive(Debug, Clone)]
struct Size;

impl Weighter<Tag, Result<Whole, ApiError>> for Size {
    fn weight(&self, _: &Tag, answer: &Result<Whole, ApiError>) -> u64 {
        // Of those that fail nothing is kept: they weigh what they take while others wait for them.
        answer.as_ref().map_or(1, |whole| whole.size() as u64)
    }
}

impl ResponseCache {
    /// Room for so many bytes; none: nothing is kept.
    pub(crate) fn new(bytes: usize, lookups: CacheLookups) -> ResponseCache {
        ResponseCache { answers: Cache::with_weighter(bytes.div_ceil(USUAL), bytes as u64, Size), lookups }
    }

    /// Memory of what is kept, about, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.answers.weight()
    }

    /// The kept answer of a tag, else what `make` makes.
    pub(crate) async fn get_or_make(
        &self,
        tag: Tag,
        make: impl Future<Output = Result<Whole, ApiError>>,
    ) -> Result<Whole, ApiError> {
        let place = match self.answers.get_value_or_guard_async(&tag).await {
            Ok(answer) => {
                self.lookups.hits.inc();
                return answer;
            }
            Err(place) => place,
        };
        self.lookups.misses.inc();
        let answer = make.await;
        let is_kept = answer.as_ref().is_ok_and(|whole| whole.may_be_kept() && whole.size() <= MAX_ANSWER);
        // This wakes those who wait. It fails where everything was dropped meanwhile: then nothing is kept.
        let _ = place.insert(answer.clone());
        if !is_kept {
            self.answers.remove(&tag);
        }
        answer
    }

    /// Drops every answer.
    pub(crate) fn clear(&self) {
        self.answers.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::http::StatusCode;

    use super::*;
    use crate::answer::{Answer, Encoding};

    fn tag(name: &str) -> Tag {
        Tag::of([name], Encoding::Identity)
    }

    fn whole(length: usize) -> Result<Whole, ApiError> {
        Answer::of("text/plain", vec![b'x'; length]).encoded(Encoding::Identity)
    }

    /// How often an answer is made when it is asked for twice.
    async fn made(cache: &ResponseCache, answer: Result<Whole, ApiError>) -> usize {
        let count = AtomicUsize::new(0);
        for _ in 0..2 {
            let make = async {
                count.fetch_add(1, Ordering::Relaxed);
                answer.clone()
            };
            let given = cache.get_or_make(tag("a"), make).await;
            assert_eq!(given.is_ok(), answer.is_ok());
        }
        cache.clear();
        count.into_inner()
    }

    #[tokio::test]
    async fn whole_answers_are_kept_and_nothing_else() {
        let cache = ResponseCache::new(32 << 20, CacheLookups::default());
        let other_status = Whole { status: StatusCode::MULTIPLE_CHOICES, is_final: false, ..whole(9).unwrap() };
        for (answer, expected) in [
            (whole(100), 1),
            (Answer::of("text/plain", Vec::new()).partial(true).encoded(Encoding::Identity), 2),
            (Ok(other_status), 2),
            (Err(ApiError::overloaded()), 2),
            (whole(MAX_ANSWER + 1), 2),
        ] {
            assert_eq!(made(&cache, answer).await, expected);
        }
        assert_eq!(made(&ResponseCache::new(0, CacheLookups::default()), whole(100)).await, 2);
    }

    #[tokio::test]
    async fn equal_requests_at_once_are_answered_by_one_search() {
        for answer in [whole(100), Err(ApiError::overloaded())] {
            let cache = ResponseCache::new(32 << 20, CacheLookups::default());
            let count = AtomicUsize::new(0);
            let ask = || {
                cache.get_or_make(tag("b"), async {
                    count.fetch_add(1, Ordering::Relaxed);
                    tokio::task::yield_now().await;
                    answer.clone()
                })
            };
            let (first, second, third) = tokio::join!(ask(), ask(), ask());
            assert_eq!(count.into_inner(), 1);
            assert_eq!((cache.lookups.hits.get(), cache.lookups.misses.get()), (2, 1));
            for given in [first, second, third] {
                assert_eq!(given.is_ok(), answer.is_ok());
            }
        }
    }

    #[tokio::test]
    async fn one_who_goes_away_leaves_the_work_to_the_next() {
        let cache = ResponseCache::new(32 << 20, CacheLookups::default());
        let mut gone = Box::pin(cache.get_or_make(tag("c"), std::future::pending()));
        let mut next = Box::pin(cache.get_or_make(tag("c"), async { whole(7) }));
        assert!(futures_poll(gone.as_mut()) && futures_poll(next.as_mut()));
        drop(gone);
        assert_eq!(next.await.unwrap().body.len(), 7);
    }

    /// Polls once; answers whether it waits.
    fn futures_poll<F: Future>(future: std::pin::Pin<&mut F>) -> bool {
        future.poll(&mut std::task::Context::from_waker(std::task::Waker::noop())).is_pending()
    }

    #[tokio::test]
    async fn the_room_is_never_exceeded() {
        let room = 1 << 20;
        let cache = ResponseCache::new(room, CacheLookups::default());
        for n in 0..1_000 {
            cache.get_or_make(tag(&n.to_string()), async { whole(10_000) }).await.unwrap();
            assert!(cache.bytes() <= room as u64);
        }
        assert!(cache.answers.len() > 20, "{}", cache.answers.len());
        cache.clear();
        assert_eq!(cache.answers.len(), 0);
    }

    #[test]
    fn headers_have_their_weight() {
        let bare = whole(10).unwrap();
        let mut laden = bare.clone();
        laden.headers.append(axum::http::header::LINK, "x".repeat(500).parse().unwrap());
        assert!(laden.size() > bare.size() + 500);
    }
}
