//! `rcp-search check`: every file of the index against its manifest.

use rcp_index::generation::{CheckReport, Store, check};
use serde_json::json;

use crate::args::CheckArgs;
use crate::commands::Outcome;
use crate::terminal::{self, Style};

pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<Outcome> {
    let report = check(&Store::new(&args.index), None)?;
    if args.json {
        print_json(&report)?;
    } else {
        print(&report)?;
    }
    Ok(if report.is_sound() { Outcome::Done } else { Outcome::Failed })
}

fn print(report: &CheckReport) -> std::io::Result<()> {
    let bytes: u64 = report.files.iter().filter_map(|file| file.length).sum();
    let state = if report.is_sound() { "is sound" } else { "is damaged" };
    let headline = format!("generation {} {state}", report.generation);
    let files = terminal::count(report.files.len() as u64, "file");
    let bytes = terminal::count(bytes, "byte");
    terminal::line(&format!("{}: {files}, {bytes}", Style::stdout().bold(&headline)))?;
    for collection in &report.collections {
        let documents = terminal::count(collection.documents, "document");
        let passages = terminal::count(collection.passages, "passage");
        terminal::line(&format!("  {}: {documents}, {passages}", collection.name))?;
        for problem in &collection.problems {
            terminal::line(&format!("    {problem}"))?;
        }
    }
    for file in report.files.iter().filter(|file| file.damage.is_some()) {
        terminal::line(&format!("  {}: {}", file.name, damage(file)))?;
    }
    if !report.is_sound() {
        terminal::line(
            "run `rcp-search index --rebuild`; to go on meanwhile with an older generation: `rcp-search serve --generation N`",
        )?;
    }
    Ok(())
}

fn print_json(report: &CheckReport) -> anyhow::Result<()> {
    let files: Vec<_> = report
        .files
        .iter()
        .map(|file| json!({ "file": file.name, "length": file.length, "damage": file.damage.as_ref().map(|_| damage(file)) }))
        .collect();
    let collections: Vec<_> = report
        .collections
        .iter()
        .map(|c| json!({ "name": c.name, "documents": c.documents, "passages": c.passages, "problems": c.problems }))
        .collect();
    let report = json!({
        "generation": report.generation,
        "sound": report.is_sound(),
        "collections": collections,
        "files": files,
    });
    Ok(terminal::line(&serde_json::to_string_pretty(&report)?)?)
}

fn damage(file: &rcp_index::generation::CheckedFile) -> String {
    file.damage.as_ref().map_or_else(String::new, ToString::to_string)
}
