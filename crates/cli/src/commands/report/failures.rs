//! Files that cannot be searched, by reason.

use std::path::Path;

use rcp_indexer::FileFailure;

use crate::terminal::{self, Style};

/// Reasons that are listed.
const MAX_REASONS: usize = 20;
/// Files that are listed of one reason.
const MAX_FILES: usize = 5;

/// The failures as lines, the commonest reason first. Long lists are cut; `file` is where all of them are.
pub(in crate::commands) fn failure_lines(failures: &[FileFailure], file: Option<&Path>, style: Style) -> Vec<String> {
    if failures.is_empty() {
        return Vec::new();
    }
    let place = file.map_or_else(|| "--report FILE".to_owned(), |file| file.display().to_string());
    let cut = |number: usize| format!("and {number} more ({place} has all)");
    let mut lines = vec![format!("{} to look at:", terminal::count(failures.len() as u64, "problem"))];
    let reasons = by_reason(failures);
    for (why, files) in reasons.iter().take(MAX_REASONS) {
        if let [file] = files.as_slice() {
            lines.push(style.paragraph("  ", &terminal::plain(&format!("{file}: {why}"))));
            continue;
        }
        let reason = format!("{}: {why}", terminal::count(files.len() as u64, "file"));
        lines.push(style.paragraph("  ", &terminal::plain(&reason)));
        lines.extend(files.iter().take(MAX_FILES).map(|file| format!("    {}", terminal::plain(file))));
        if files.len() > MAX_FILES {
            lines.push(format!("    {}", cut(files.len() - MAX_FILES)));
        }
    }
    let left: usize = reasons.iter().skip(MAX_REASONS).map(|(_, files)| files.len()).sum();
    if left > 0 {
        lines.push(format!("  {}", cut(left)));
    }
    lines
}

/// Reasons with their files; those with most files first, then in the order of their first file.
fn by_reason(failures: &[FileFailure]) -> Vec<(&str, Vec<&str>)> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for failure in failures {
        let place = *places.entry(failure.why.as_str()).or_insert_with(|| {
            reasons.push((&failure.why, Vec::new()));
            reasons.len() - 1
        });
        reasons[place].1.push(&failure.file);
    }
    reasons.sort_by_key(|(_, files)| std::cmp::Reverse(files.len()));
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(files: &[(&str, &str)]) -> Vec<FileFailure> {
        files.iter().map(|(file, why)| FileFailure { file: (*file).to_owned(), why: (*why).to_owned() }).collect()
    }

    #[track_caller]
    fn check(failed: &[FileFailure], file: Option<&Path>, expected: &[&str]) {
        assert_eq!(failure_lines(failed, file, Style::PLAIN), expected);
    }

    #[test]
    fn files_are_listed_under_their_reason() {
        check(&[], None, &[]);
        check(&failures(&[("a", "empty")]), None, &["1 problem to look at:", "  a: empty"]);
        check(
            &failures(&[("a", "odd"), ("b", "empty"), ("c\u{1b}", "empty")]),
            None,
            &["3 problems to look at:", "  2 files: empty", "    b", "    c ", "  a: odd"],
        );
    }

    #[test]
    fn long_lists_are_cut_and_say_where_the_rest_is() {
        let many: Vec<_> = (0..17).map(|number| (format!("{number}.txt"), "empty".to_owned())).collect();
        let many: Vec<_> = many.iter().map(|(file, why)| (file.as_str(), why.as_str())).collect();
        let lines = failure_lines(&failures(&many), None, Style::PLAIN);
        assert_eq!(lines.len(), 8, "{lines:?}");
        assert_eq!(lines.last().map(String::as_str), Some("    and 12 more (--report FILE has all)"));
        let reasons: Vec<_> = (0..23).map(|number| (format!("{number}.txt"), format!("line {number}"))).collect();
        let reasons: Vec<_> = reasons.iter().map(|(file, why)| (file.as_str(), why.as_str())).collect();
        let lines = failure_lines(&failures(&reasons), Some(Path::new("all.json")), Style::PLAIN);
        assert_eq!(lines.len(), 22, "{lines:?}");
        assert_eq!(lines.last().map(String::as_str), Some("  and 3 more (all.json has all)"));
    }
}
