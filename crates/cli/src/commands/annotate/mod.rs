//! `rcp-search annotate`: what is known about files, and why, without an index.

mod json;
mod page;

use rcp_indexer::single::SingleFiles;

use crate::args::AnnotateArgs;
use crate::commands::{Outcome, extract_worker, settings};
use crate::terminal::{self, Style};
use page::Page;

pub(crate) fn run(args: &AnnotateArgs) -> anyhow::Result<Outcome> {
    let settings = settings(&args.config)?;
    let worker = extract_worker::this_program()?;
    let mut files = SingleFiles::new(&settings, !args.no_manifest, &worker);
    let page = Page { style: Style::stdout(), taxonomy: &settings.taxonomy, text: args.text };
    let mut outcome = Outcome::Done;
    let mut first = true;
    for path in &args.files {
        files.annotate(path, |name, annotated| {
            let lines = match (&annotated, args.json) {
                (Ok(annotated), true) => vec![json::document(name, annotated).to_string()],
                (Ok(annotated), false) => page.document(name, annotated),
                (Err(why), true) => vec![json::failure(name, why).to_string()],
                (Err(why), false) => vec![format!("{}: {}", terminal::plain(name), terminal::plain(why))],
            };
            if annotated.is_err() {
                outcome = Outcome::DoneWithFailures;
            }
            if !args.json && !std::mem::take(&mut first) {
                terminal::line("")?;
            }
            lines.iter().try_for_each(|line| terminal::line(line))
        })?;
    }
    Ok(outcome)
}
