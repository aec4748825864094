//! What became of the files, in numbers, and what is still to be known about the documents.

use std::collections::BTreeMap;
use std::path::Path;

use rcp_corpus::model::State;
use rcp_indexer::{FileReport, Groups, Known, Report};

use crate::terminal;

/// Files that are named of those that were slow to read.
const MAX_SLOW: usize = 5;
/// Time from which on a file is slow, in milliseconds.
const SLOW: u64 = 1_000;
/// Documents that are named of those that lack something.
const MAX_NAMES: usize = 10;

/// Whether something is known of a document.
type Knows = fn(Known) -> bool;

/// What people look for first, and whether it is known of a document.
pub(super) const MISSING: [(&str, Knows); 3] =
    [("title", |known| known.title), ("year", |known| known.year), ("rcps", |known| known.rcps)];

/// The overview as lines. Long lists are cut; `file` is where all of them are.
pub(super) fn lines(report: &Report, file: Option<&Path>) -> Vec<String> {
    let took = format!("{:.1} s", report.took.as_secs_f32());
    let mut facts = vec![("read anew", terminal::count(report.extracted, "file")), ("took", took)];
    facts.push(("states", list(&states(report))));
    facts.push(("formats", list(&formats(report))));
    if report.skipped > 0 {
        facts.push(("left aside", format!("{}, hidden or temporary", terminal::count(report.skipped, "file"))));
    }
    if report.groups != Groups::default() {
        let copies = terminal::count(report.groups.same_text, "group");
        let works = terminal::count(report.groups.works, "work");
        facts.push(("belong together", format!("{copies} of the same text, {works} in several languages")));
    }
    let facts: Vec<_> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut lines = terminal::facts(&facts);
    lines.extend(slow(report));
    for (what, knows) in MISSING {
        lines.extend(missing(what, &without(report, knows).collect::<Vec<_>>(), file));
    }
    lines
}

/// Files by state.
pub(super) fn states(report: &Report) -> BTreeMap<&str, u64> {
    count(report.files.iter().map(state))
}

/// Files that could be read by media type.
pub(super) fn formats(report: &Report) -> BTreeMap<&str, u64> {
    count(report.files.iter().filter_map(|file| file.media_type.as_deref()))
}

/// A state's name, as in answers of the API.
pub(super) fn state(file: &FileReport) -> &'static str {
    match file.state {
        State::Searchable => "searchable",
        State::NoText => "no-text",
        State::Failed { .. } => "failed",
    }
}

/// Documents of which something is not known.
pub(super) fn without(report: &Report, knows: Knows) -> impl Iterator<Item = &FileReport> {
    report.files.iter().filter(move |file| file.known.is_some_and(|known| !knows(known)))
}

fn count<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u64> {
    let mut counts = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts
}

fn list(counts: &BTreeMap<&str, u64>) -> String {
    counts.iter().map(|(name, number)| format!("{number} {}", terminal::plain(name))).collect::<Vec<_>>().join(", ")
}

/// The files that were slowest to read in this run, where any was slow.
fn slow(report: &Report) -> Vec<String> {
    let mut slow: Vec<_> = report.files.iter().filter(|file| file.extracted && file.milliseconds >= SLOW).collect();
    slow.sort_by_key(|file| std::cmp::Reverse(file.milliseconds));
    let names = slow.iter().take(MAX_SLOW).map(|file| {
        let seconds = std::time::Duration::from_millis(file.milliseconds).as_secs_f32();
        format!("    {seconds:.1} s  {}", terminal::plain(&file.file))
    });
    let head = (!slow.is_empty()).then(|| "slowest to read:".to_owned());
    head.into_iter().chain(names).collect()
}

fn missing(what: &str, files: &[&FileReport], report: Option<&Path>) -> Vec<String> {
    if files.is_empty() {
        return Vec::new();
    }
    let what = if what == "rcps" { "process that it belongs to" } else { what };
    let mut lines = vec![format!("{} without a {what}:", terminal::count(files.len() as u64, "document"))];
    lines.extend(files.iter().take(MAX_NAMES).map(|file| format!("    {}", terminal::plain(&file.file))));
    if files.len() > MAX_NAMES {
        let place = report.map_or_else(|| "--report FILE".to_owned(), |file| file.display().to_string());
        lines.push(format!("    and {} more ({place} has all)", files.len() - MAX_NAMES));
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn report(files: Vec<FileReport>) -> Report {
        Report {
            generation: 1,
            published: true,
            documents: files.len() as u64,
            passages: 0,
            extracted: 0,
            skipped: 2,
            groups: Groups { same_text: 1, works: 0 },
            files,
            failures: Vec::new(),
            took: Duration::from_secs(1),
        }
    }

    fn file(name: &str, state: State, known: Option<Known>) -> FileReport {
        FileReport {
            file: name.to_owned(),
            id: None,
            media_type: known.map(|_| "text/plain".to_owned()),
            state,
            pages: None,
            passages: 0,
            milliseconds: 1_500,
            extracted: true,
            known,
        }
    }

    #[test]
    fn files_are_counted_and_what_is_missing_is_named() {
        let known = Some(Known { title: true, year: false, rcps: true });
        let mut files: Vec<_> = (0..11).map(|at| file(&format!("{at}.txt"), State::Searchable, known)).collect();
        files.push(file("scan.pdf", State::NoText, None));
        let lines = lines(&report(files), Some(Path::new("r.jsonl")));
        assert_eq!(
            lines[..7],
            [
                "  read anew        0 files",
                "  took             1.0 s",
                "  states           1 no-text, 11 searchable",
                "  formats          11 text/plain",
                "  left aside       2 files, hidden or temporary",
                "  belong together  1 group of the same text, 0 works in several languages",
                "slowest to read:",
            ]
        );
        assert_eq!(lines[7], "    1.5 s  0.txt");
        assert_eq!(lines[12..14], ["11 documents without a year:", "    0.txt"]);
        assert_eq!(lines.last().map(String::as_str), Some("    and 1 more (r.jsonl has all)"));
    }
}
