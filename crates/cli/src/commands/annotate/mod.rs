//! `rcp-search annotate`: what is known about files, and why, without an index.

mod json;
mod page;

use rcp_indexer::single::SingleFiles;

use crate::args::AnnotateArgs;
use crate::commands::{Outcome, settings};
use crate::terminal::{self, Style};
use page::Page;

pub(crate) fn run(args: &AnnotateArgs) -> anyhow::Result<Outcome> {
    let settings = settings(&args.config)?;
    let files = SingleFiles::new(&settings, !args.no_manifest);
    let page = Page { style: Style::stdout(), taxonomy: &settings.taxonomy, text: args.text };
    let mut outcome = Outcome::Done;
    for (index, path) in args.files.iter().enumerate() {
        let name = path.to_string_lossy();
        if index > 0 && !args.json {
            terminal::line("")?;
        }
        let lines = match (files.annotate(path), args.json) {
            (Ok(annotated), true) => vec![json::document(&name, &annotated).to_string()],
            (Ok(annotated), false) => page.document(&name, &annotated),
            (Err(why), json) => {
                outcome = Outcome::DoneWithFailures;
                match json {
                    true => vec![json::failure(&name, &why).to_string()],
                    false => vec![format!("{}: {}", terminal::plain(&name), terminal::plain(&why))],
                }
            }
        };
        lines.iter().try_for_each(|line| terminal::line(line))?;
    }
    Ok(outcome)
}
