//! Arguments of `rcp-search serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{KeysPlace, PLACES, Places};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search serve
  rcp-search serve --corpus ~/rcp/reports --listen 127.0.0.1:9000

The index is followed: after `rcp-search index` the server answers from the new \
one within a second, without a restart. Stop it with Ctrl-C; running requests \
are finished first.")]
pub(crate) struct ServeArgs {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Answer from this generation instead of the current one, to go on while that one is damaged.
    #[arg(long, value_name = "N")]
    pub(crate) generation: Option<u64>,
    /// Do not give out the files that documents were read from.
    #[arg(long)]
    pub(crate) no_originals: bool,
    #[command(flatten)]
    pub(crate) places: Places,
    #[command(flatten)]
    pub(crate) keys: KeysPlace,
    /// Folders of the corpus: indexed when there is no index yet, and given out file by file, unless a file has changed since.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "seeds", help_heading = PLACES)]
    pub(crate) corpus: Vec<PathBuf>,
}
