//! `rcp-search openapi`: the OpenAPI document, as it is served and committed.

use crate::args::OpenapiArgs;
use crate::commands::Outcome;
use crate::terminal;

pub(crate) fn run(args: &OpenapiArgs) -> anyhow::Result<Outcome> {
    let document = if args.v3_0 { rcp_server::openapi_3_0_json() } else { rcp_server::openapi_json() };
    terminal::line(document.trim_end())?;
    Ok(Outcome::Done)
}
