//! [`Timings`]: durations of many runs, and what to say of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Serialize;

/// Durations of the runs of one thing.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    runs: Vec<Duration>,
}

/// What to say of many runs, in milliseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Summary {
    /// Number of runs.
    pub runs: usize,
    /// Half of the runs took at most so long.
    pub p50: f64,
    /// Nine of ten.
    pub p90: f64,
    /// Ninety-nine of a hundred.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

impl Timings {
    /// Adds a run.
    pub fn push(&mut self, took: Duration) {
        self.runs.push(took);
    }

    /// Runs something and adds the time it took; gives back its value.
    pub fn time<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = black_box(run());
        self.push(start.elapsed());
        value
    }

    /// The runs in numbers. A percentile is a time that was measured: the one of the nearest rank.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut sorted = self.runs.clone();
        sorted.sort_unstable();
        let at = |share: f64| {
            let rank = (share * sorted.len() as f64).ceil() as usize;
            sorted.get(rank.saturating_sub(1)).map_or(0.0, |took| took.as_secs_f64() * 1_000.0)
        };
        Summary { runs: sorted.len(), p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1.0) }
    }
}

/// Processor time of this process so far, over all its threads; unlike wall time it hardly moves when the machine is
/// busy with other things. `None` where the system does not tell.
#[must_use]
pub fn processor_time() -> Option<Duration> {
    // Fields 14 and 15 (user and system time, in hundredths of a second), the second one being a name in brackets.
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks()? + ticks()?) * 10))
}

/// Megabytes (10^6 bytes) a second.
#[must_use]
pub fn megabytes_a_second(bytes: u64, seconds: f64) -> f64 {
    bytes as f64 / 1e6 / seconds.max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let mut timings = Timings::default();
        for milliseconds in (1..=200).rev() {
            timings.push(Duration::from_millis(milliseconds));
        }
        let Summary { runs, p50, p90, p99, max } = timings.summary();
        assert_eq!((runs, p50, p90, p99, max), (200, 100.0, 180.0, 198.0, 200.0));
    }

    #[test]
    fn no_run_takes_no_time() {
        assert_eq!(Timings::default().summary().p99, 0.0);
    }
}
