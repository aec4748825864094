//! What the allocator of the system is told before it is used.

/// What glibc reads when a program starts. By itself it has an area for each thread, and keeps there what was given back; large
/// pieces land there too, once some were freed. The engine starts threads with every segment, so that the memory of a long
/// build grew to twice of what was in use (ARCHITECTURE.md). With few areas, and pieces of a mebibyte and more given back at once,
/// it does not, and takes no longer.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const SETTINGS: [(&str, &str); 2] = [("MALLOC_ARENA_MAX", "4"), ("MALLOC_MMAP_THRESHOLD_", "1048576")];

/// Starts this program anew, as the same process, with an allocator that gives memory back; unless someone has settled that
/// already. Where that cannot be, it goes on as it is.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn settle() {
    use std::os::unix::process::CommandExt as _;

    if SETTINGS.iter().any(|(name, _)| std::env::var_os(name).is_some()) {
        return;
    }
    let mut arguments = std::env::args_os();
    let mut command = std::process::Command::new("/proc/self/exe");
    command.envs(SETTINGS);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    // It comes back only if it failed.
    let _ = command.args(arguments).exec();
}

/// Other systems have other allocators.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn settle() {}
