//! [`ServerConfig`]: what an operator can set.

use std::path::PathBuf;
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::required as duration;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clients::{ForwardedHeader, Network};

/// Limits of the server process, and who may see what. They change how it runs, never what it answers to the public.
///
/// Read from a file, a duration is a text (`"10s"`, `"500ms"`) and a missing key has its default. `deploy/server.toml`
/// lists every key.
///
/// ```
/// use rcp_server::ServerConfig;
///
/// let config = ServerConfig { max_searches: 8, ..ServerConfig::default() };
/// assert_eq!(config.max_waiting, 64);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// Connections that are open at the same time. When there are more, the one that was silent longest is closed; where
    /// none was, the new one is refused with 503. Default 2,048.
    #[serde(deserialize_with = "at_least_one")]
    pub max_connections: usize,
    /// Connections of one client among them, counted as rates are; one more is refused with 503. Default 128.
    #[serde(deserialize_with = "at_least_one")]
    pub max_connections_per_client: usize,
    /// Time in which a client must send the head of a request; an idle connection is closed after it too.
    /// Default 10 s.
    #[serde(with = "duration")]
    pub header_read_timeout: Duration,
    /// Time in which a client must send the body of a request. Default 10 s.
    #[serde(with = "duration")]
    pub body_timeout: Duration,
    /// Time in which a request must be answered, from its head to the first byte of the answer. Default 30 s.
    #[serde(with = "duration")]
    pub request_timeout: Duration,
    /// Longest pause in which a client takes nothing of its answer. Default 10 s.
    #[serde(with = "duration")]
    pub write_timeout: Duration,
    /// Searches that run at the same time, each on a thread of its own. Default: the number of processor cores.
    #[serde(deserialize_with = "at_least_one")]
    pub max_searches: usize,
    /// Searches that may wait for their turn; one more is refused with 503. Default 64.
    pub max_waiting: usize,
    /// Exports that run at the same time, each on a thread of its own; one more is refused with 503, and with 0 all are.
    /// Default 4.
    pub max_exports: usize,
    /// Terms under which exported data may be used, a text or an address: manifests of exports state them. Default: none.
    #[serde(serialize_with = "or_empty", deserialize_with = "text")]
    pub terms: Option<String>,
    /// Time that a search may wait for its turn. One that would wait longer, by the time that the last ones took, is refused
    /// at once. Default 500 ms.
    #[serde(with = "duration")]
    pub max_wait: Duration,
    /// Time for which nothing more is read of a connection whose request was refused for load (429, 503): so long, clients
    /// that ask again at once cost nothing. Not for a trusted proxy, whose next request is someone else's. Default 250 ms.
    #[serde(with = "duration")]
    pub refusal_pause: Duration,
    /// Requests a second that one client may send in the long run; 0 sets no limit. Some count for several: an export for
    /// 20, a comparison for 5. Default 20.
    pub requests_per_second: u32,
    /// Requests that one client may send at once after a rest. Default 200.
    #[serde(deserialize_with = "at_least_one")]
    pub request_burst: u32,
    /// Clients whose rates are remembered; beyond it, those that were not heard of longest are forgotten. Default 20,000.
    #[serde(deserialize_with = "at_least_one")]
    pub max_clients: usize,
    /// Clients that have no limit of rate or connections. Default: this machine.
    pub unlimited_clients: Vec<Network>,
    /// Proxies whose word on the client's address is taken. Default: none.
    pub trusted_proxies: Vec<Network>,
    /// The header in which they give it: `x-forwarded-for` or `forwarded`. Default `x-forwarded-for`.
    pub forwarded_header: ForwardedHeader,
    /// Memory for answers that were given, in bytes: the next one who asks the same gets them without a search. 0 keeps
    /// none. Default 32 MB.
    pub cache_bytes: usize,
    /// File of the API keys ([`crate::keys::KeysFile`]). Default: none, so that every key is refused.
    #[serde(skip)]
    pub keys: Option<PathBuf>,
    /// How often the server looks for a newer generation of the index, and for changed keys. Default 1 s.
    #[serde(with = "duration")]
    pub refresh_interval: Duration,
    /// Time for which the server goes on taking requests after it was told to stop, while `/ready` says 503, so that a
    /// balancer can turn to another one. Default 0.
    #[serde(with = "duration")]
    pub shutdown_delay: Duration,
    /// Time that running requests have to finish after that. Default 10 s.
    #[serde(with = "duration")]
    pub shutdown_wait: Duration,
    /// Address at which people reach the server, without a slash at its end (`https://search.example.org`): what permanent
    /// addresses in references begin with. Default: not known, and references hold none.
    #[serde(serialize_with = "or_empty", deserialize_with = "address")]
    pub public_url: Option<String>,
}

impl Default for ServerConfig {
    fn default() -> ServerConfig {
        ServerConfig {
            max_connections: 2_048,
            max_connections_per_client: 128,
            header_read_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(10),
            max_searches: std::thread::available_parallelism().map_or(2, usize::from),
            max_waiting: 64,
            max_exports: 4,
            terms: None,
            max_wait: Duration::from_millis(500),
            refusal_pause: Duration::from_millis(250),
            requests_per_second: 20,
            request_burst: 200,
            max_clients: 20_000,
            unlimited_clients: Network::loopback().to_vec(),
            trusted_proxies: Vec::new(),
            forwarded_header: ForwardedHeader::XForwardedFor,
            cache_bytes: 32 << 20,
            keys: None,
            refresh_interval: Duration::from_secs(1),
            shutdown_delay: Duration::ZERO,
            shutdown_wait: Duration::from_secs(10),
            public_url: None,
        }
    }
}

/// What is not there is an empty text: a settings file has no other way to say so.
fn or_empty<S: Serializer>(text: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text.as_deref().unwrap_or_default())
}

/// A text; empty: none.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Some(String::deserialize(deserializer)?).filter(|text| !text.is_empty()))
}

/// An address to put paths behind; empty: none.
fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let text = text.trim_end_matches('/');
    if text.is_empty() {
        return Ok(None);
    }
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host.filter(|host| {
        !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
    }) {
        Some(_) => Ok(Some(text.to_owned())),
        None => Err(serde::de::Error::custom("must be an address that begins with https:// (or http://)")),
    }
}

/// A number that is not 0.
fn at_least_one<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default + PartialEq,
{
    let number = T::deserialize(deserializer)?;
    if number == T::default() {
        return Err(serde::de::Error::custom("must be at least 1"));
    }
    Ok(number)
}
