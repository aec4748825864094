//! What a worker may use, set by itself before it looks at a file.

use std::io;

use rcp_corpus::settings::ExtractionSettings;

/// Limits this process for good: address space, processor time, no memory dumps, nothing written to any file, and
/// nothing opened, neither file nor socket. Where the system has no such limits, the indexer's clock remains.
///
/// # Errors
/// When the system refuses.
#[cfg(unix)]
pub(super) fn limit_this_process(settings: &ExtractionSettings) -> io::Result<()> {
    use rlimit::Resource;

    // The indexer gives a worker another file only if it has worked for less than the time for one.
    let processor_seconds = settings.timeout_seconds.saturating_mul(2).saturating_add(1);
    // Standard input, output and error are open, and stay so.
    const STANDARD_STREAMS: u64 = 3;
    let limits = [
        (Resource::AS, settings.max_memory_bytes),
        (Resource::CPU, processor_seconds),
        (Resource::CORE, 0),
        (Resource::FSIZE, 0),
        (Resource::NOFILE, STANDARD_STREAMS),
    ];
    for (resource, limit) in limits.into_iter().filter(|(resource, _)| can_be_limited(*resource)) {
        let (_, hard) = resource.get()?;
        let limit = limit.min(hard);
        resource.set(limit, limit)?;
    }
    Ok(())
}

/// Some systems know the limit of the address space by name only, and refuse to set it.
#[cfg(unix)]
fn can_be_limited(resource: rlimit::Resource) -> bool {
    resource.is_supported() && (resource != rlimit::Resource::AS || cfg!(target_os = "linux"))
}

/// No such limits here.
#[cfg(not(unix))]
pub(super) fn limit_this_process(_: &ExtractionSettings) -> io::Result<()> {
    Ok(())
}
