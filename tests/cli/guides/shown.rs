//! What a guide shows of an answer: [`Shown`] in a console, and whether it is what comes.

/// A command of a console, and what is shown below it.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    /// Lines before it in the block.
    pub(super) line: usize,
    pub(super) command: String,
    pub(super) output: String,
}

/// The commands of a console: lines behind `$ `, with the lines that they go on in.
pub(super) fn commands(console: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    for (line, text) in console.lines().enumerate() {
        match (text.strip_prefix("$ "), found.last_mut()) {
            (Some(command), _) => found.push(Shown { line, command: command.to_owned(), output: String::new() }),
            (None, Some(last)) if last.command.ends_with('\\') => last.command = format!("{}\n{text}", last.command),
            (None, Some(last)) => last.output += &format!("{text}\n"),
            (None, None) => panic!("a console begins with a command, behind `$ `, not with {text:?}"),
        }
    }
    found
}

/// Whether an output is what is shown, where `…` stands for anything and white space for nothing: guides break and
/// indent lines to be read.
pub(super) fn is_as_shown(output: &str, shown: &str) -> bool {
    let [output, shown] = [output, shown].map(|text| text.split_whitespace().collect::<String>());
    let mut pieces = shown.split('…');
    let Some(mut rest) = output.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        let Some((_, behind)) = rest.split_once(piece) else { return false };
        rest = behind;
    }
    rest.ends_with(last)
}

#[test]
fn dots_stand_for_anything_and_nothing_else_does() {
    let check = |output, shown, expected| assert_eq!(is_as_shown(output, shown), expected, "{output:?} {shown:?}");
    check("a b\nc\n", "a b c", true);
    check("a b c", "a c", false);
    check("a b c", "a … c", true);
    check("a b c", "a … d", false);
    check("a b c", "…b…", true);
    check("a b c", "b…", false);
    check("a b c", "a b", false);
    check("", "", true);
    check("error", "", false);
    check(r#"{"a":{"b":1,"c":2},"d":[3]}"#, "{ \"a\": { \"b\": 1, … },\n  \"d\": [ 3 ] }", true);
    check(r#"{"a":{"b":1,"c":2},"d":[3]}"#, r#"{ "a": …, "d": [ 4 ] }"#, false);
}

#[test]
fn a_console_is_commands_with_their_outputs() {
    let command = |line, command: &str, output: &str| Shown { line, command: command.into(), output: output.into() };
    let found = commands("$ one \\\n    more\nout\nput\n$ two\n");
    assert_eq!(found, [command(0, "one \\\n    more", "out\nput\n"), command(4, "two", "")]);
}
