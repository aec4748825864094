//! Connections: how many there are ([`Connections`]), and what each may do ([`wire::Wire`]).

pub(crate) mod framing;
pub(crate) mod wire;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::clients::{Client, Clients};
use crate::config::ServerConfig;

/// Silence after which a connection gives way to a new one when there are too many.
const SILENCE: Duration = Duration::from_secs(1);

/// The connections that are open: so many in all, so many of one client.
///
/// When there are too many, the one that was silent longest is closed for the new one: a connection is silent while no
/// request of it is worked on and it takes nothing of an answer. So clients that open connections and send nothing, or a
/// byte now and then, only close each other's.
#[derive(Debug)]
pub(crate) struct Connections {
    clients: Clients,
    max: usize,
    max_per_client: usize,
    began: Instant,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    connections: BTreeMap<u64, Connection>,
    per_client: BTreeMap<Client, usize>,
}

#[derive(Debug)]
struct Connection {
    client: Option<Client>,
    activity: Arc<Activity>,
}

/// What a connection is doing.
#[derive(Debug)]
pub(crate) struct Activity {
    began: Instant,
    /// Milliseconds since `began` at which something was last sent, or worked on.
    last: AtomicU64,
    is_busy: AtomicBool,
    given_up: Notify,
}

/// A connection that was let in; it counts until this value is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    connections: Arc<Connections>,
    id: u64,
    pub(crate) activity: Arc<Activity>,
    /// Whether it brings requests of many clients.
    pub(crate) is_of_proxy: bool,
}

/// Why a connection was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There are too many, and all are at work.
    Full,
    /// The client has too many.
    Client,
}

impl Connections {
    pub(crate) fn new(config: &ServerConfig) -> Arc<Connections> {
        Arc::new(Connections {
            clients: Clients::new(config),
            max: config.max_connections,
            max_per_client: config.max_connections_per_client,
            began: Instant::now(),
            open: Mutex::default(),
        })
    }

    /// Lets a connection in, if there is room or room can be made.
    pub(crate) fn admit(self: &Arc<Self>, peer: SocketAddr) -> Result<Place, Refusal> {
        let client = self.clients.of_connection(peer);
        let now = self.began.elapsed();
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if client.is_some_and(|client| open.per_client.get(&client).is_some_and(|&count| count >= self.max_per_client))
        {
            return Err(Refusal::Client);
        }
        if open.connections.len() >= self.max && !open.give_up_one(now) {
            return Err(Refusal::Full);
        }
        let id = open.next;
        open.next += 1;
        let activity = Arc::new(Activity {
            began: self.began,
            last: AtomicU64::new(milliseconds(now)),
            is_busy: AtomicBool::new(false),
            given_up: Notify::new(),
        });
        open.connections.insert(id, Connection { client, activity: Arc::clone(&activity) });
        if let Some(client) = client {
            *open.per_client.entry(client).or_default() += 1;
        }
        let is_of_proxy = self.clients.is_proxy(peer);
        Ok(Place { connections: Arc::clone(self), id, activity, is_of_proxy })
    }
}

impl Open {
    /// Closes the connection that was silent longest; `false` if none was.
    fn give_up_one(&mut self, now: Duration) -> bool {
        let silent = self.connections.iter().filter(|(_, connection)| connection.activity.is_silent(now));
        let longest = silent.min_by_key(|(_, connection)| connection.activity.last.load(Ordering::Relaxed));
        let Some(id) = longest.map(|(id, _)| *id) else { return false };
        if let Some(connection) = self.remove(id) {
            connection.activity.given_up.notify_one();
        }
        true
    }

    fn remove(&mut self, id: u64) -> Option<Connection> {
        let connection = self.connections.remove(&id)?;
        if let Some(client) = connection.client
            && let Some(count) = self.per_client.get_mut(&client)
        {
            *count -= 1;
            if *count == 0 {
                self.per_client.remove(&client);
            }
        }
        Some(connection)
    }
}

impl Activity {
    /// Something was sent.
    pub(crate) fn touch(&self) {
        self.last.store(milliseconds(self.began.elapsed()), Ordering::Relaxed);
    }

    /// A request begins, or its answer is ready to be sent.
    pub(crate) fn set_busy(&self, is_busy: bool) {
        self.touch();
        self.is_busy.store(is_busy, Ordering::Relaxed);
    }

    /// Completes when the connection is to make room.
    pub(crate) async fn given_up(&self) {
        self.given_up.notified().await;
    }

    fn is_silent(&self, now: Duration) -> bool {
        let last = Duration::from_millis(self.last.load(Ordering::Relaxed));
        !self.is_busy.load(Ordering::Relaxed) && now.saturating_sub(last) >= SILENCE
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // One that was given up is gone already.
        self.connections.open.lock().unwrap_or_else(PoisonError::into_inner).remove(self.id);
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connections(max: usize, max_per_client: usize) -> Arc<Connections> {
        let config =
            ServerConfig { max_connections: max, max_connections_per_client: max_per_client, ..Default::default() };
        Connections::new(&config)
    }

    fn count(connections: &Connections) -> usize {
        connections.open.lock().unwrap().connections.len()
    }

    fn peer(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_client_cannot_take_every_place() {
        let connections = connections(10, 2);
        let first = connections.admit(peer("192.0.2.1:1")).unwrap();
        let _second = connections.admit(peer("192.0.2.1:2")).unwrap();
        assert_eq!(connections.admit(peer("192.0.2.1:3")).unwrap_err(), Refusal::Client);
        let _other = connections.admit(peer("192.0.2.2:1")).unwrap();
        drop(first);
        assert!(connections.admit(peer("192.0.2.1:3")).is_ok());
        let here: Vec<_> = (1..=6).map(|port| connections.admit(peer(&format!("127.0.0.1:{port}"))).unwrap()).collect();
        assert_eq!((here.len(), count(&connections)), (6, 8));
    }

    #[tokio::test]
    async fn the_one_that_was_silent_longest_makes_room() {
        let connections = connections(3, 9);
        let places: Vec<_> =
            (1..=3).map(|port| connections.admit(peer(&format!("127.0.0.1:{port}"))).unwrap()).collect();
        assert_eq!(connections.admit(peer("127.0.0.1:4")).unwrap_err(), Refusal::Full, "all spoke just now");
        // As if the first two had been silent for long, the first one while its request is worked on.
        let later = connections.began.elapsed() + SILENCE * 3;
        places[0].activity.set_busy(true);
        places[2].activity.last.store(milliseconds(later), Ordering::Relaxed);
        assert!(connections.open.lock().unwrap().give_up_one(later));
        places[1].activity.given_up().await;
        assert_eq!(count(&connections), 2);
        assert!(!connections.open.lock().unwrap().give_up_one(later), "the others are at work");
        drop(places);
        assert_eq!(count(&connections), 0);
        assert!(connections.open.lock().unwrap().per_client.is_empty());
    }
}
