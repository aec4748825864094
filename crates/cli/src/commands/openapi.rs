//! `rcp-search openapi`: the OpenAPI document, as it is served and committed.

use crate::commands::Outcome;
use crate::terminal;

pub(crate) fn run() -> anyhow::Result<Outcome> {
    terminal::line(rcp_server::openapi_json().trim_end())?;
    Ok(Outcome::Done)
}
