//! Runs that end where they should not: killed at a named step or at any time, on a full or read-only disk, beside
//! another writer, under readers that go on answering.
//!
//! After each, the same must hold ([`place::Place`]): one whole generation answers, `check` finds it sound, the next run
//! succeeds and answers as if nothing had happened, and nothing but what that run keeps is left on disk.

mod full_disk;
mod killed;
mod place;
mod random;
mod read_only;
mod scenario;
mod stopped;
mod swaps;
mod syscalls;
mod writers;

use std::process::{Command, Stdio};

/// Says on standard error that a test could not do its work here.
#[expect(clippy::print_stderr, reason = "a test that is skipped must say so plainly")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// A command run by another one, which is given with its own arguments.
fn run_by(words: &[&str], command: &Command) -> Command {
    let (program, args) = words.split_first().unwrap();
    let mut wrapped = Command::new(program);
    wrapped.args(args).arg(command.get_program()).args(command.get_args());
    wrapped.current_dir(command.get_current_dir().unwrap()).stdin(Stdio::null());
    for (name, _) in command.get_envs() {
        wrapped.env_remove(name);
    }
    wrapped
}

/// A command that a shell script runs: `"$@"` in it. `shell` is what runs the shell, if anything.
fn in_shell(shell: &[&str], script: &str, command: &Command) -> Command {
    run_by(&[shell, &["sh", "-c", script, "sh"]].concat(), command)
}

/// What runs a command where it may mount, be it in a user namespace of its own. `None` where neither is possible.
fn namespace() -> Option<&'static [&'static str]> {
    let ways: [&'static [&'static str]; 2] = [&["unshare", "--mount"], &["unshare", "--mount", "--map-root-user"]];
    ways.into_iter().find(|way| {
        let script = "mount -t tmpfs -o size=64k none /mnt && mount -o remount,ro /mnt";
        let mut command = Command::new(way[0]);
        command.args(&way[1..]).args(["sh", "-c", script]);
        command.output().is_ok_and(|output| output.status.success())
    })
}
