//! Words for a person at a terminal.

use std::io::{self, IsTerminal, Write};

/// Styles of a terminal, or nothing where the output is no terminal or `NO_COLOR` is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    enabled: bool,
}

impl Style {
    /// For standard output.
    pub(crate) fn stdout() -> Style {
        Style {
            enabled: io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.wrap("2", text)
    }

    pub(crate) fn mark(self, text: &str) -> String {
        // Without colours a match must still be seen.
        if self.enabled { self.wrap("1;33", text) } else { format!("[{text}]") }
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.enabled { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Text of a document on a terminal: control characters, which could act on it, become spaces.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Prints a line to standard output. A reader that went away (`| head`) is no error.
pub(crate) fn line(text: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints a line to standard error.
pub(crate) fn note(text: &str) {
    // Nothing sensible is left to do when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints an error with its causes to standard error.
pub(crate) fn error(error: &anyhow::Error) {
    note(&format!("error: {error:#}"));
}
