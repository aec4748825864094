//! [`Metrics`]: what the server counts, as Prometheus reads it.
//!
//! Labels are routes, methods and statuses: never an address as it was asked for, a query or a key.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

/// Upper bounds of the histogram of times, in seconds.
const TIMES: [f64; 15] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// Everything that is counted. What is only known when someone asks is set just before it is written.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    times: Family<TimeLabels, Histogram>,
    /// Searches that were refused since too many ran and waited.
    pub(crate) searches_refused: Counter,
    /// Requests that were refused since their client sent too many.
    pub(crate) rate_limited: Counter,
    /// Connections that were let in.
    pub(crate) connections_accepted: Counter,
    /// Connections that were refused, and those closed to make room.
    pub(crate) connections_refused: Counter,
    /// Answers that were asked of the response cache.
    pub(crate) cache: CacheLookups,
    /// What is known when someone asks.
    pub(crate) now: Now,
}

/// How often the response cache held what was asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct CacheLookups {
    /// Answers that were kept, or made meanwhile for someone who asked the same.
    pub(crate) hits: Counter,
    /// Answers that had to be made.
    pub(crate) misses: Counter,
}

/// Values that are looked up when the metrics are asked for.
#[derive(Debug, Default)]
pub(crate) struct Now {
    pub(crate) connections: Gauge,
    pub(crate) searches_running: Gauge,
    pub(crate) searches_waiting: Gauge,
    pub(crate) response_cache_bytes: Gauge,
    pub(crate) documents: Gauge,
    pub(crate) documents_searchable: Gauge,
    pub(crate) index_degraded: Gauge,
    /// The one version that answers has the value 1.
    pub(crate) index_version: Family<VersionLabel, Gauge>,
    pub(crate) process: Process,
}

/// What the system says of the process; nothing where it says nothing.
#[derive(Debug, Default)]
pub(crate) struct Process {
    resident: Gauge,
    anonymous: Gauge,
    open_files: Gauge,
    processor_seconds: Gauge<f64, AtomicU64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TimeLabels {
    route: String,
    outcome: &'static str,
}

/// The index version that answers the public.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct VersionLabel {
    pub(crate) version: String,
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics::new()
    }
}

impl Metrics {
    pub(crate) fn new() -> Metrics {
        let mut registry = Registry::default();
        let version = vec![("version", env!("CARGO_PKG_VERSION"))];
        registry.register("rcp_search_build", "The program that answers.", Info::new(version));
        let api = registry.sub_registry_with_prefix("rcp_search");
        let requests = Family::<RequestLabels, Counter>::default();
        api.register("requests", "Requests by method, route and status.", requests.clone());
        let times = Family::<TimeLabels, Histogram>::new_with_constructor(|| Histogram::new(TIMES));
        api.register(
            "request_duration_seconds",
            "Time from the head of a request to that of its answer.",
            times.clone(),
        );
        let mut counter = |name: &str, help: &str| {
            let counter = Counter::default();
            api.register(name, help, counter.clone());
            counter
        };
        let searches_refused = counter("searches_refused", "Searches refused since too many ran and waited.");
        let rate_limited = counter("rate_limited", "Requests refused since their client sent too many.");
        let connections_accepted = counter("connections_accepted", "Connections let in.");
        let connections_refused = counter("connections_refused", "Connections refused for want of room.");
        let cache = CacheLookups {
            hits: counter("response_cache_hits", "Answers that were kept."),
            misses: counter("response_cache_misses", "Answers that had to be made."),
        };
        let now = Now::register(&mut registry);
        Metrics {
            registry,
            requests,
            times,
            searches_refused,
            rate_limited,
            connections_accepted,
            connections_refused,
            cache,
            now,
        }
    }

    /// Counts a request that was answered.
    pub(crate) fn count(&self, method: &axum::http::Method, route: &str, status: u16, time: Duration) {
        let outcome = match status {
            429 | 503 => "refused",
            500.. => "failed",
            _ => "answered",
        };
        let route = route.to_owned();
        let labels = RequestLabels { method: known_method(method), route: route.clone(), status: status.into() };
        self.requests.get_or_create(&labels).inc();
        self.times.get_or_create(&TimeLabels { route, outcome }).observe(time.as_secs_f64());
    }

    /// Everything, in the text format of OpenMetrics.
    pub(crate) fn text(&self) -> Result<String, std::fmt::Error> {
        self.now.process.read();
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// A method as a label; clients may write any word.
fn known_method(method: &axum::http::Method) -> &'static str {
    use axum::http::Method;
    [(Method::GET, "GET"), (Method::HEAD, "HEAD"), (Method::POST, "POST"), (Method::OPTIONS, "OPTIONS")]
        .into_iter()
        .find(|(known, _)| known == method)
        .map_or("other", |(_, name)| name)
}

impl Now {
    fn register(registry: &mut Registry) -> Now {
        let now = Now::default();
        let api = registry.sub_registry_with_prefix("rcp_search");
        for (name, help, gauge) in [
            ("connections", "Connections that are open.", &now.connections),
            ("searches_running", "Searches that run.", &now.searches_running),
            ("searches_waiting", "Searches that wait for their turn.", &now.searches_waiting),
            ("response_cache_bytes", "Memory of the answers that are kept.", &now.response_cache_bytes),
            ("documents", "Public documents of the index.", &now.documents),
            ("documents_searchable", "Public documents with text that is searched.", &now.documents_searchable),
            ("index_degraded", "1 while the newest index cannot be opened.", &now.index_degraded),
        ] {
            api.register(name, help, gauge.clone());
        }
        api.register("index_version", "1 for the version of the index that answers.", now.index_version.clone());
        let process = registry.sub_registry_with_prefix("process");
        for (name, help, gauge) in [
            ("resident_memory_bytes", "Memory of the process, files it maps included.", &now.process.resident),
            ("anonymous_memory_bytes", "Memory of the process without files.", &now.process.anonymous),
            ("open_fds", "Files and connections that are open.", &now.process.open_files),
        ] {
            process.register(name, help, gauge.clone());
        }
        let help = "Time of processors that the process used.";
        process.register("cpu_seconds", help, now.process.processor_seconds.clone());
        now
    }
}

impl Process {
    fn read(&self) {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        self.resident.set(bytes_of(&status, "VmRSS:"));
        self.anonymous.set(bytes_of(&status, "RssAnon:"));
        let open = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        self.open_files.set(i64::try_from(open).unwrap_or(i64::MAX));
        let schedule = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        self.processor_seconds.set(processor_seconds(&schedule));
    }
}

/// A value of `/proc/self/status`, which is in kB.
fn bytes_of(status: &str, name: &str) -> i64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<i64>().ok());
    number.unwrap_or(0).saturating_mul(1_024)
}

/// User and system time of `/proc/self/stat`, which Linux counts in hundredths of a second for every program.
fn processor_seconds(stat: &str) -> f64 {
    // The name of the program, in parentheses, may hold anything.
    let after_name = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|number| number.parse::<u32>().ok());
    ticks.map(f64::from).sum::<f64>() / 100.0
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;

    #[test]
    fn requests_are_counted_by_route_and_status() {
        let metrics = Metrics::new();
        let time = Duration::from_millis(3);
        metrics.count(&Method::GET, "/v1/search", 200, time);
        metrics.count(&Method::GET, "/v1/search", 200, time);
        metrics.count(&Method::GET, "/v1/search", 503, time);
        metrics.count(&Method::from_bytes(b"ANYTHING").unwrap(), "none", 405, time);
        let text = metrics.text().unwrap();
        for line in [
            "rcp_search_requests_total{method=\"GET\",route=\"/v1/search\",status=\"200\"} 2",
            "rcp_search_requests_total{method=\"other\",route=\"none\",status=\"405\"} 1",
            "rcp_search_request_duration_seconds_count{route=\"/v1/search\",outcome=\"answered\"} 2",
            "rcp_search_request_duration_seconds_bucket{le=\"0.005\",route=\"/v1/search\",outcome=\"refused\"} 1",
            "rcp_search_searches_refused_total 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }

    #[test]
    fn what_the_system_says_is_read() {
        assert_eq!(bytes_of("VmPeak:\t 9 kB\nVmRSS:\t    2000 kB\nRssAnon:\t 7 kB\n", "VmRSS:"), 2_048_000);
        assert_eq!(bytes_of("", "VmRSS:"), 0);
        let stat = "1 (a ) b) S 1 1 1 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 1 2 3";
        assert!((processor_seconds(stat) - 3.0).abs() < 1e-9);
        assert!(processor_seconds("").abs() < 1e-9);
    }
}
