//! Footnotes that plain text marks with brackets: `year.[1]`, and below it `[1] Ibid.`.

use std::collections::BTreeSet;

use super::lines::Line;

/// Most digits of the number of a note.
const MAX_DIGITS: usize = 3;

/// Writes such marks and notes as Markdown does, `[^1]` and `[^1]:`. A number in brackets in front of a text is that of a
/// note only where a mark with it hangs on a word above; else it is the number of the paragraph.
pub(super) fn rewrite(lines: &mut [Line]) {
    let mut hanging: BTreeSet<String> = BTreeSet::new();
    let mut notes: BTreeSet<String> = BTreeSet::new();
    for line in lines.iter() {
        match note(&line.text) {
            Some((number, _)) if hanging.contains(number) => {
                notes.insert(number.to_owned());
            }
            _ => hanging.extend(marks(&line.text).into_iter().map(|(_, number)| number.to_owned())),
        }
    }
    if notes.is_empty() {
        return;
    }
    for line in lines {
        if let Some((number, rest)) = note(&line.text).filter(|(number, _)| notes.contains(*number)) {
            line.text = format!("[^{number}]: {rest}");
            continue;
        }
        let places: Vec<usize> =
            marks(&line.text).into_iter().filter(|(_, number)| notes.contains(*number)).map(|(at, _)| at).collect();
        for at in places.into_iter().rev() {
            line.text.insert(at + 1, '^');
        }
    }
}

/// Number and text of a line that begins with a number in brackets.
fn note(line: &str) -> Option<(&str, &str)> {
    let (number, rest) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    let text = rest.strip_prefix(' ').map(str::trim_start).filter(|text| !text.is_empty())?;
    is_number(number).then_some((number, text))
}

/// Places and numbers of the marks that hang on a word.
fn marks(line: &str) -> Vec<(usize, &str)> {
    let mark = |(at, _): (usize, &str)| {
        let (before, after) = line.split_at_checked(at)?;
        let number = after.strip_prefix('[')?.split_once(']')?.0;
        let hangs = before.ends_with(|c: char| !c.is_whitespace() && c != '(');
        (hangs && is_number(number)).then_some((at, number))
    };
    line.match_indices('[').filter_map(mark).collect()
}

fn is_number(text: &str) -> bool {
    (1..=MAX_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let line = |text: &str| Line { text: text.to_owned(), page: None, furniture: false };
        let mut lines: Vec<Line> = text.split('\n').map(line).collect();
        rewrite(&mut lines);
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n"), expected);
    }

    #[test]
    fn a_mark_above_makes_a_note() {
        check("In May.[1]\n\n[1] Ibid.", "In May.[^1]\n\n[^1]: Ibid.");
        check("One[1] and two.[2]\n[2] Two.", "One[1] and two.[^2]\n[^2]: Two.");
    }

    #[test]
    fn numbers_of_paragraphs_stay() {
        for text in
            ["[1] The court.\n[2] It said.", "As said in [1].\n[1] The court.", "[1] The court.[1]", "x[a]\n[a] y"]
        {
            check(text, text);
        }
    }
}
