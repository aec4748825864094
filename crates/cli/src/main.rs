//! The rcp-search command line.
fn main() {}
