//! Arguments of `rcp-search key`.

use clap::{Args, Subcommand};

use super::{KeysPlace, OUTPUT};

#[derive(Debug, Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  rcp-search key add --name \"Secretariat\" --collection drafts
  rcp-search key list
  rcp-search key revoke 3f9a1c02

Documents whose metadata name a collection are restricted to those who send a \
key that grants it. A running server follows the file of the keys within a \
second, without a restart."
)]
pub(crate) struct KeyArgs {
    #[command(subcommand)]
    pub(crate) command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key, and print it: it is shown this once and kept nowhere.
    Add(KeyAddArgs),
    /// List the keys: whose they are and what they grant.
    List(KeyListArgs),
    /// Revoke a key for good.
    Revoke(KeyRevokeArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search key add --name \"Secretariat\" --collection drafts
  rcp-search key add --name crawler --collection drafts --collection minutes

The key alone goes to standard output. It is sent in a header:
  curl -H \"Authorization: Bearer $KEY\" http://127.0.0.1:8080/v1/coverage")]
pub(crate) struct KeyAddArgs {
    /// Whose key it is, for the list.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Restricted collection that it grants; may be repeated.
    #[arg(long, value_name = "COLLECTION", required = true)]
    pub(crate) collection: Vec<String>,
    #[command(flatten)]
    pub(crate) place: KeysPlace,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search key list
  rcp-search key list --json")]
pub(crate) struct KeyListArgs {
    #[command(flatten)]
    pub(crate) place: KeysPlace,
    /// Print the list as JSON.
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rcp-search key revoke 3f9a1c02")]
pub(crate) struct KeyRevokeArgs {
    /// Id of the key: the 8 digits behind `rcp_`.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) place: KeysPlace,
}
