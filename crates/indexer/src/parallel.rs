//! Work on all cores, taken in order.

use std::num::NonZeroUsize;
use std::sync::mpsc;
use std::thread;

/// Results that a thread may have ready and go on. None: it hands each over before it begins the next one, so that of
/// documents as large as a file may be no more are in memory than there are threads, and the one that is taken.
const AHEAD: usize = 0;

/// Does `work` on each item, on so many threads, and gives the results to `take` in the order of the items, as they
/// come. A few are in memory at a time, however many items there are. An error of `take` ends it.
///
/// # Errors
/// That of `take`.
pub(crate) fn in_order<I: Sync, T: Send, E>(
    jobs: NonZeroUsize,
    items: &[I],
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(&I, T) -> Result<(), E>,
) -> Result<(), E> {
    let jobs = jobs.get().min(items.len()).max(1);
    let work = &work;
    thread::scope(|scope| {
        // Thread n does every item whose place leaves the remainder n: so whose turn it is is known.
        let threads: Vec<mpsc::Receiver<T>> = (0..jobs)
            .map(|first| {
                let (sender, receiver) = mpsc::sync_channel(AHEAD);
                scope.spawn(move || {
                    // Nobody receives any more when `take` has failed.
                    let _ = items.iter().skip(first).step_by(jobs).try_for_each(|item| sender.send(work(item)));
                });
                receiver
            })
            .collect();
        for (item, thread) in items.iter().zip(threads.iter().cycle()) {
            match thread.recv() {
                Ok(done) => take(item, done)?,
                // The thread panicked; the scope passes that on.
                Err(_) => break,
            }
        }
        drop(threads);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn results_come_in_order_and_only_a_few_are_ahead() {
        let items: Vec<usize> = (0..500).collect();
        for jobs in [1, 3, 8, 1_000] {
            let (begun, mut taken) = (AtomicUsize::new(0), Vec::new());
            let work = |item: &usize| {
                begun.fetch_add(1, Ordering::SeqCst);
                item * 2
            };
            let result: Result<(), ()> = in_order(NonZeroUsize::new(jobs).unwrap(), &items, work, |item, double| {
                assert_eq!(item * 2, double);
                taken.push(*item);
                let ahead = begun.load(Ordering::SeqCst) - taken.len();
                assert!(ahead <= jobs * (AHEAD + 2), "{ahead} ahead of {}", taken.len());
                Ok(())
            });
            assert_eq!(result, Ok(()));
            assert_eq!(taken, items);
        }
    }

    #[test]
    fn an_error_ends_it_soon() {
        let items: Vec<usize> = (0..10_000).collect();
        let begun = AtomicUsize::new(0);
        let work = |_: &usize| begun.fetch_add(1, Ordering::SeqCst);
        let two = NonZeroUsize::new(2).unwrap();
        let result = in_order(two, &items, work, |item, _| if *item == 9 { Err("enough") } else { Ok(()) });
        assert_eq!(result, Err("enough"));
        assert!(begun.load(Ordering::SeqCst) < 30);
    }
}
