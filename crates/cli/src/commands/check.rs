//! `rcp-search check`: every file of the index against its manifest, and everything in them against everything else.

use std::panic;
use std::thread;

use rcp_index::generation::{CheckReport, CheckedCollection, CheckedFile, Store, WALK_THREAD, check};
use serde_json::json;

use crate::args::CheckArgs;
use crate::commands::Outcome;
use crate::progress::CheckView;
use crate::terminal::{self, Style};

const REMEDY: &str =
    "run `rcp-search index --rebuild`; to go on meanwhile with an older generation: `rcp-search serve --generation N`";

pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<Outcome> {
    hush_walks();
    let mut view = CheckView::new();
    let report = check(&Store::new(&args.index), None, |progress| view.show(progress));
    view.finish();
    let report = report?;
    if args.json {
        print_json(&report)?;
    } else {
        print(&report)?;
    }
    Ok(if report.is_sound() { Outcome::Done } else { Outcome::Failed })
}

/// Where the engine gives up on files that make no sense, its words are a line of the report and nothing else.
fn hush_walks() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() != Some(WALK_THREAD) {
            usual(panic);
        }
    }));
}

fn print(report: &CheckReport) -> std::io::Result<()> {
    for line in table(&report.collections) {
        terminal::line(&line)?;
    }
    for collection in &report.collections {
        for problem in problems(collection) {
            terminal::line(&format!("{}: {problem}", collection.name))?;
        }
    }
    for file in report.files.iter().filter(|file| file.damage.is_some()) {
        terminal::line(&format!("{}: {}", file.name, damage(file)))?;
    }
    let bytes: u64 = report.files.iter().filter_map(|file| file.length).sum();
    let state = if report.is_sound() { "is sound" } else { "is damaged" };
    let headline = format!("generation {} {state}", report.generation);
    let files = terminal::count(report.files.len() as u64, "file");
    let bytes = terminal::count(bytes, "byte");
    terminal::line(&format!("{}: {files}, {bytes}", Style::stdout().bold(&headline)))?;
    if report.is_sound() { Ok(()) } else { terminal::line(REMEDY) }
}

/// What each collection holds, a line each below a line of names; numbers end below each other.
fn table(collections: &[CheckedCollection]) -> Vec<String> {
    let names = ["collection", "documents", "passages", "terms", "postings", "tokens"].map(str::to_owned);
    let rows = collections.iter().map(|collection| {
        let counted = |count: Option<u64>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
        let found = collection.findings.as_ref();
        [
            collection.name.clone(),
            collection.documents.to_string(),
            collection.passages.to_string(),
            counted(found.map(|found| found.terms)),
            counted(found.map(|found| found.postings)),
            counted(found.map(|found| found.tokens)),
        ]
    });
    let rows: Vec<[String; 6]> = [names].into_iter().chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    let line = |row: &[String; 6]| {
        let numbers = row.iter().zip(widths).skip(1).map(|(cell, width)| format!("  {cell:>width$}"));
        format!("{:<width$}{}", row[0], numbers.collect::<String>(), width = widths[0])
    };
    rows.iter().map(line).collect()
}

/// What is wrong with a collection beyond its files, or why that is not known.
fn problems(collection: &CheckedCollection) -> Vec<String> {
    let Some(found) = &collection.findings else { return vec!["not looked into, since a file is damaged".to_owned()] };
    let more = (found.more_problems > 0).then(|| format!("{} more", terminal::count(found.more_problems, "problem")));
    found.problems.iter().map(|problem| terminal::plain(problem)).chain(more).collect()
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
        .map(|collection| {
            let found = collection.findings.as_ref();
            json!({
                "name": collection.name,
                "documents": collection.documents,
                "passages": collection.passages,
                "walked": found.is_some(),
                "terms": found.map(|found| found.terms),
                "postings": found.map(|found| found.postings),
                "tokens": found.map(|found| found.tokens),
                "problems": found.map_or(&[][..], |found| &found.problems),
                "more_problems": found.map_or(0, |found| found.more_problems),
            })
        })
        .collect();
    let report = json!({
        "generation": report.generation,
        "sound": report.is_sound(),
        "collections": collections,
        "files": files,
    });
    Ok(terminal::line(&serde_json::to_string_pretty(&report)?)?)
}

fn damage(file: &CheckedFile) -> String {
    file.damage.as_ref().map_or_else(String::new, ToString::to_string)
}
