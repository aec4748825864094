//! [`ServerConfig`]: what an operator can set.

use std::path::PathBuf;
use std::time::Duration;

/// Limits of the server process, and who may see what. They change how it runs, never what it answers to the public.
///
/// ```
/// use rcp_server::ServerConfig;
///
/// let config = ServerConfig { max_searches: 8, ..ServerConfig::default() };
/// assert_eq!(config.max_waiting, 64);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerConfig {
    /// Time in which a client must send the head of a request; an idle connection is closed after it too.
    /// Default 10 s.
    pub header_read_timeout: Duration,
    /// Longest pause between two pieces of a request body. Default 10 s.
    pub body_timeout: Duration,
    /// Time in which a request must be answered, from its head to the first byte of the answer. Default 30 s.
    pub request_timeout: Duration,
    /// Searches that run at the same time, each on a thread of its own. Default: the number of processor cores.
    pub max_searches: usize,
    /// Searches that may wait for their turn; one more is refused with 503. Default 64.
    pub max_waiting: usize,
    /// Memory for answers that were given, in bytes: the next one who asks the same gets them without a search. 0 keeps
    /// none. Default 32 MB.
    pub cache_bytes: usize,
    /// File of the API keys ([`crate::keys::KeysFile`]). Default: none, so that every key is refused.
    pub keys: Option<PathBuf>,
    /// How often the server looks for a newer generation of the index, and for changed keys. Default 1 s.
    pub refresh_interval: Duration,
    /// Time that running requests have to finish when the server stops. Default 10 s.
    pub shutdown_wait: Duration,
    /// Address at which people reach the server, without a slash at its end (`https://search.example.org`): what permanent
    /// addresses in references begin with. Default: not known, and references hold none.
    pub public_url: Option<String>,
}

impl Default for ServerConfig {
    fn default() -> ServerConfig {
        ServerConfig {
            header_read_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(30),
            max_searches: std::thread::available_parallelism().map_or(2, usize::from),
            max_waiting: 64,
            cache_bytes: 32 << 20,
            keys: None,
            refresh_interval: Duration::from_secs(1),
            shutdown_wait: Duration::from_secs(10),
            public_url: None,
        }
    }
}
