//! [`Sandbox`]: a folder for one test, and the binary run in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Folder of the project.
const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// After this a process is held to hang, and is ended. Far above what any run here takes.
const HANGS: Duration = Duration::from_secs(120);

/// A folder for one test: a corpus, a configuration and an index, as far as the test wants them.
pub(crate) struct Sandbox {
    folder: TempDir,
}

/// What a run of the binary left.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Sandbox {
    /// An empty folder.
    pub(crate) fn new() -> Sandbox {
        Sandbox { folder: tempfile::tempdir().unwrap() }
    }

    /// An empty folder in memory, where the system has such a place: for tests that publish often, and would wait for
    /// the disk each time.
    pub(crate) fn in_memory() -> Sandbox {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() { Sandbox { folder: TempDir::new_in(memory).unwrap() } } else { Sandbox::new() }
    }

    /// A folder with an index of the seeds.
    pub(crate) fn with_seeds_indexed() -> Sandbox {
        let sandbox = Sandbox::new();
        sandbox.run(&["index", "seeds"]).expect(0);
        sandbox
    }

    /// A folder with a copy of the configuration, which [`Sandbox::run`] uses from then on.
    pub(crate) fn with_own_config() -> Sandbox {
        let sandbox = Sandbox::new();
        copy_folder(&project("index-config"), &sandbox.path("config"));
        sandbox
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder, with the folders above it.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces a piece of a file that occurs once in it.
    #[track_caller]
    pub(crate) fn replace(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {name}");
        self.write(name, text.replace(old, new));
    }

    /// Adds to the end of a file.
    pub(crate) fn append(&self, name: &str, more: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        self.write(name, text + more);
    }

    /// Runs the binary in the folder of the project, over this folder's index and, where it has one, configuration.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        run(self.command(args))
    }

    /// As [`Sandbox::run`]; the output, which must be JSON. Ends the test unless the exit code is 0.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let (command, rest) = args.split_first().unwrap();
        self.run(&[&[*command, "--json"], rest].concat()).expect(0).json()
    }

    /// The command that [`Sandbox::run`] runs.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let (name, rest) = args.split_first().unwrap();
        let mut command = binary();
        command.arg(name).arg("--index").arg(self.path("index"));
        if *name != "check" && self.path("config").exists() {
            command.arg("--config").arg(self.path("config"));
        }
        command.args(rest);
        command
    }

    /// Every published file of the index (the generations, and which one answers) with its bytes and the time it was
    /// written.
    pub(crate) fn published(&self) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
        let mut files = BTreeMap::new();
        let mut waiting = vec![self.path("index")];
        while let Some(path) = waiting.pop() {
            if path.is_dir() && path.file_name().is_none_or(|name| name != "cache") {
                waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else if path.is_file() && path.file_name().is_none_or(|name| name != ".lock") {
                let written = path.metadata().unwrap().modified().unwrap();
                files.insert(path.clone(), (fs::read(&path).unwrap(), written));
            }
        }
        files
    }

    /// Whether nothing at all was made where the index would be.
    pub(crate) fn has_no_index(&self) -> bool {
        !self.path("index").exists()
    }
}

impl Run {
    /// Ends the test unless the exit code is this one.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", start(&self.out), start(&self.err));
        assert!(!self.err.contains("panicked at"), "{}", start(&self.err));
        self
    }

    /// Ends the test unless the run failed with this exit code, printed nothing to standard output, and said all of
    /// these.
    #[track_caller]
    pub(crate) fn fails(self, code: i32, says: &[&str]) -> Run {
        let run = self.expect(code);
        assert_eq!(run.out, "", "an error leaves standard output alone");
        for piece in says {
            assert!(run.err.contains(piece), "{piece:?} should be in: {}", run.err);
        }
        run
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", start(&self.out)))
    }
}

/// The binary, in the folder of the project and without settings from the environment.
pub(crate) fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rcp-search"));
    command.current_dir(PROJECT).stdin(Stdio::null());
    // Servers run side by side here, and only one of them could have the default address.
    command.env("RCP_SEARCH_ADMIN_LISTEN", "off");
    for name in ["RUST_LOG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// Runs a command to its end. One that hangs is ended, and has no exit code then.
pub(crate) fn run(mut command: Command) -> Run {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = reader(child.stdout.take().unwrap());
    let err = reader(child.stderr.take().unwrap());
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > HANGS => {
                child.kill().unwrap();
                break child.wait().unwrap();
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    Run { code: status.code(), out: out.join().unwrap(), err: err.join().unwrap() }
}

/// Reads a pipe to its end on a thread of its own, so that the process never waits for us.
fn reader(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    })
}

/// A path in the project.
pub(crate) fn project(name: &str) -> PathBuf {
    Path::new(PROJECT).join(name)
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The beginning of a long text, for a message.
fn start(text: &str) -> String {
    text.chars().take(2_000).collect()
}
