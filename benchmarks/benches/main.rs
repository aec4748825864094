//! Small benches whose results are asserted: a bench that measures nothing fails.
//!
//! `cargo bench` measures them; `cargo test` runs each once.

#![expect(clippy::expect_used, clippy::panic, reason = "a bench stops where it cannot go on")]

mod building;
mod extracting;
mod sample;
mod searching;

fn main() {
    let divan = divan::Divan::from_args();
    // Cargo says so when it is to be measured.
    if std::env::args().any(|argument| argument == "--bench") {
        divan.run_benches();
    } else {
        divan.test_benches();
    }
}
