//! Exports by the real binary: how fast they are, and how much memory they take.

use std::time::Instant;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::{Place, say};
use crate::process::Binary;
use crate::report::Section;

/// What is exported: everything.
const EXPORTS: [(&str, &str); 4] = [
    ("passages as CSV", "format=csv"),
    ("passages as NDJSON", "format=ndjson"),
    ("passages as CSV, three columns", "format=csv&columns=document,text,citation"),
    ("documents as NDJSON", "format=ndjson&unit=document"),
];

/// Bytes between two looks at the memory of the server.
const LOOK_EVERY: u64 = 4_000_000;

/// Exports everything in each form, from a server of its own each time.
///
/// # Errors
/// When an export fails or is cut off.
pub(super) fn exporting(binary: &Binary, place: &Place) -> anyhow::Result<Section> {
    let columns = ["export", "rows", "MB", "seconds", "MB/s", "rows a second", "memory before MB", "most memory MB"];
    let mut section = Section::new("HTTP `/v1/export`", &columns);
    for (name, parameters) in EXPORTS {
        say(&format!("export: {name}"));
        let (server, _) = binary.serve(&place.index)?;
        let manifest: Value =
            serde_json::from_slice(server.client()?.get(&format!("/v1/export/manifest?{parameters}"))?)?;
        let rows = manifest["meta"]["rows"].as_u64().context("a manifest without rows")?;
        let memory = || server.anonymous_memory().unwrap_or_default();
        let before = memory();
        let (mut most, mut look_at) = (before, 0);
        let start = Instant::now();
        let bytes = server.client()?.drain(&format!("/v1/export?{parameters}"), |bytes| {
            if bytes >= look_at {
                look_at = bytes + LOOK_EVERY;
                most = most.max(memory());
            }
        })?;
        let seconds = start.elapsed().as_secs_f64();
        let most = most.max(memory());
        let [megabytes, before, most] = [bytes, before, most].map(|bytes| bytes as f64 / 1e6);
        section.row([
            json!(name),
            json!(rows),
            json!(megabytes),
            json!(seconds),
            json!(megabytes / seconds),
            json!(rows as f64 / seconds),
            json!(before),
            json!(most),
        ]);
    }
    section.note("Memory is anonymous (RssAnon). The client shares the machine's cores with the server.");
    Ok(section)
}
