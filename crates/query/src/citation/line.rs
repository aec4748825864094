//! Text of documents made fit for one line.

/// The text on one line: control characters and runs of space are one space, characters that reorder or hide text
/// are gone, closing punctuation is off. At most `limit` characters; what is longer ends in `…` behind a word.
pub(super) fn clean_line(text: &str, limit: usize) -> String {
    let visible = text.chars().filter(|&c| !is_invisible(c)).map(|c| if c.is_control() { ' ' } else { c });
    // Four times the limit is enough to fill it whatever the spaces, and keeps a hostile title cheap.
    let spaced: String = visible.take(4 * limit).collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches(['.', ',', ';', ':', ' ']);
    match line.char_indices().nth(limit) {
        None => line.to_owned(),
        Some((end, _)) => {
            let cut = &line[..end];
            let word_end = cut.rfind(' ').unwrap_or(end);
            format!("{}…", cut[..word_end].trim_end_matches(['.', ',', ';', ':', ' ']))
        }
    }
}

/// Bidirectional overrides and isolates, zero-width characters, byte-order mark, noncharacters, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}')
}
