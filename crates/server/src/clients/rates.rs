//! [`Rates`]: how much each sender has asked for lately, in bounded memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Sender;
use crate::config::ServerConfig;

/// A bucket of tokens for each sender: it holds `request_burst`, and `requests_per_second` flow in.
///
/// A bucket is kept as the time at which it will be full again (the generic cell rate algorithm), so what flows in needs no
/// timer, and one that is full needs no entry. There are at most `max_clients` entries, in two halves: a sender that is
/// heard of moves to the young half; once that is full, the old half is forgotten, and the young one becomes it. Whoever
/// sends from many addresses makes others be forgotten, which only gives them a full bucket.
#[derive(Debug)]
pub(crate) struct Rates {
    /// Tokens that a full bucket holds.
    burst: u32,
    /// Time in which one token flows in.
    token: Duration,
    /// Most entries of one half.
    half: usize,
    began: Instant,
    buckets: Mutex<Halves>,
}

#[derive(Debug, Default)]
struct Halves {
    young: HashMap<Sender, FullAt>,
    old: HashMap<Sender, FullAt>,
}

/// Time since the beginning at which a bucket is full.
type FullAt = Duration;

/// What a sender is told of its bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    /// Whether the request may be answered; else nothing was taken.
    pub(crate) is_within: bool,
    /// Tokens that are left.
    pub(crate) remaining: u32,
    /// Time until the bucket is full.
    pub(crate) full_in: Duration,
    /// Time until the request may be sent again; zero if it is within the rate.
    pub(crate) retry_in: Duration,
}

impl Rates {
    /// `None` if the configuration sets no limit.
    pub(crate) fn new(config: &ServerConfig) -> Option<Rates> {
        let per_second = config.requests_per_second;
        (per_second > 0).then(|| Rates {
            burst: config.request_burst,
            token: Duration::from_secs(1) / per_second,
            half: config.max_clients.div_ceil(2),
            began: Instant::now(),
            buckets: Mutex::default(),
        })
    }

    /// Tokens of a full bucket, and the time in which an empty one fills.
    pub(crate) fn quota(&self) -> (u32, Duration) {
        (self.burst, self.window())
    }

    fn window(&self) -> Duration {
        self.token.saturating_mul(self.burst)
    }

    /// Takes tokens out of the bucket of a sender, if it has so many. A cost above the burst counts as the burst.
    pub(crate) fn take(&self, sender: Sender, cost: u32) -> Rate {
        self.take_at(sender, cost, self.began.elapsed())
    }

    /// What [`Rates::take`] would say; takes nothing.
    pub(crate) fn look(&self, sender: &Sender, cost: u32) -> Rate {
        let now = self.began.elapsed();
        let buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        self.taken(buckets.full_at(sender), cost, now).0
    }

    fn take_at(&self, sender: Sender, cost: u32, now: Duration) -> Rate {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let (rate, full_at) = self.taken(buckets.full_at(&sender), cost, now);
        // Also when it is refused: one that asks all the time must not be forgotten.
        buckets.keep(sender, full_at, self.half);
        rate
    }

    /// What is said of a bucket from which so much is taken, and when it is full then.
    fn taken(&self, known: Option<FullAt>, cost: u32, now: Duration) -> (Rate, FullAt) {
        let full_at = known.unwrap_or(now).max(now);
        let after = full_at + self.token.saturating_mul(cost.min(self.burst));
        // A bucket that would be full only after more than its window would be below empty.
        let too_long = (after - now).saturating_sub(self.window());
        let is_within = too_long.is_zero();
        let full_at = if is_within { after } else { full_at };
        let full_in = full_at - now;
        let missing = full_in.as_nanos().div_ceil(self.token.as_nanos().max(1));
        let remaining = self.burst.saturating_sub(u32::try_from(missing).unwrap_or(u32::MAX));
        (Rate { is_within, remaining, full_in, retry_in: too_long }, full_at)
    }
}

impl Halves {
    fn full_at(&self, sender: &Sender) -> Option<FullAt> {
        self.young.get(sender).or_else(|| self.old.get(sender)).copied()
    }

    fn keep(&mut self, sender: Sender, full_at: FullAt, half: usize) {
        self.old.remove(&sender);
        if self.young.len() >= half && !self.young.contains_key(&sender) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(sender, full_at);
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;
    use crate::clients::Client;

    fn rates(per_second: u32, burst: u32, clients: usize) -> Rates {
        let config = ServerConfig {
            requests_per_second: per_second,
            request_burst: burst,
            max_clients: clients,
            ..ServerConfig::default()
        };
        Rates::new(&config).unwrap()
    }

    fn client(number: u32) -> Sender {
        Sender::Client(Client::new(IpAddr::V4(number.into())))
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_burst_is_taken_then_only_what_flows_in() {
        let rates = rates(2, 4, 10);
        for left in [3, 2, 1, 0] {
            let rate = rates.take_at(client(1), 1, SECOND);
            assert_eq!((rate.is_within, rate.remaining), (true, left));
        }
        let refused = rates.take_at(client(1), 1, SECOND);
        assert_eq!((refused.is_within, refused.remaining), (false, 0));
        assert_eq!((refused.retry_in, refused.full_in), (SECOND / 2, SECOND * 2));
        // A refused request costs nothing, another client has a bucket of its own.
        assert!(rates.take_at(client(1), 1, SECOND + refused.retry_in).is_within);
        assert_eq!(rates.take_at(client(2), 1, SECOND).remaining, 3);
        // Whoever looks takes nothing.
        assert_eq!((rates.look(&client(3), 1).remaining, rates.look(&client(3), 1).remaining), (3, 3));
        // After the window the bucket is full, and never more than full.
        assert_eq!(rates.take_at(client(1), 1, SECOND * 100).remaining, 3);
    }

    #[test]
    fn a_request_may_count_for_several_but_never_for_more_than_there_can_be() {
        let rates = rates(1, 10, 10);
        assert_eq!(rates.take_at(client(1), 7, SECOND).remaining, 3);
        assert_eq!(rates.take_at(client(1), 7, SECOND).retry_in, SECOND * 4);
        assert_eq!(rates.take_at(client(2), 1_000, SECOND).remaining, 0);
    }

    #[test]
    fn many_clients_need_no_more_memory() {
        let rates = rates(1, 2, 100);
        for number in 0..10_000 {
            assert!(rates.take_at(client(number), 1, SECOND).is_within);
        }
        let remembered = |halves: &Halves| halves.young.len() + halves.old.len();
        assert!(remembered(&rates.buckets.lock().unwrap()) <= 100);
        // One that is heard of all the time is never forgotten.
        for number in 0..10_000 {
            rates.take_at(client(number), 1, SECOND);
            let busy = rates.take_at(client(77_777), 1, SECOND);
            assert_eq!(busy.is_within, number < 2, "{number}");
        }
    }

    #[test]
    fn a_rate_of_zero_sets_no_limit() {
        assert!(Rates::new(&ServerConfig { requests_per_second: 0, ..ServerConfig::default() }).is_none());
    }
}
