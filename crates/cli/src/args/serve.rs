//! Arguments of `rcp-search serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueHint};

use super::PLACES;
use crate::server_settings::AdminAddress;

// Options have no defaults here: what is not given may be in the environment or in the settings file.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search serve
  rcp-search serve --corpus ~/rcp/reports --listen 127.0.0.1:9000
  rcp-search serve --settings server.toml --set max_searches=4

Every setting is a line of the settings file (deploy/server.toml lists them), a \
variable of the environment (RCP_SEARCH_MAX_SEARCHES), or given with --set; an \
option wins over a variable, a variable over the file.

The index is followed: after `rcp-search index` the server answers from the new \
one within a second, without a restart. Stop it with Ctrl-C; running requests \
are finished first.")]
pub(crate) struct ServeArgs {
    /// Address to listen on; port 0 takes a free one [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<SocketAddr>,
    /// Address for metrics and probes, or `off` [default: 127.0.0.1:9464].
    #[arg(long, value_name = "ADDR")]
    pub(crate) admin_listen: Option<AdminAddress>,
    /// File of settings.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) settings: Option<PathBuf>,
    /// One setting, instead of what file and environment say.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<Setting>,
    /// Show every setting with its value and where it comes from, and do nothing else.
    #[arg(long)]
    pub(crate) print_settings: bool,
    /// Answer from this generation instead of the current one, to go on while that one is damaged.
    #[arg(long, value_name = "N")]
    pub(crate) generation: Option<u64>,
    /// Folder of the index [default: data/index].
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = PLACES)]
    pub(crate) index: Option<PathBuf>,
    /// Folder of the configuration: index.toml, schemes/, analysis/ [default: index-config].
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = PLACES)]
    pub(crate) config: Option<PathBuf>,
    /// File of the API keys [default: data/keys.toml].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = PLACES)]
    pub(crate) keys: Option<PathBuf>,
    /// Folders of the corpus: indexed when there is no index yet, and given out file by file [default: seeds].
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = PLACES)]
    pub(crate) corpus: Vec<PathBuf>,
}

/// One setting as it is typed.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl FromStr for Setting {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Setting, &'static str> {
        let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
        Ok(Setting { key: key.trim().to_owned(), value: value.trim().to_owned() })
    }
}
