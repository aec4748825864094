//! Plain text and Markdown.

mod blocks;
mod front;
mod furniture;
mod lines;
mod notes;
mod ruled;
mod table;

use super::{Block, BlockKind, ExtractError, Extracted, MAX_BLOCKS};
use front::split_front;

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Extracted, ExtractError> {
    if lines::count_ends(text) > MAX_BLOCKS {
        return Err(ExtractError::TooLong { limit: MAX_BLOCKS });
    }
    let front = split_front(text);
    let (mut lines, pages) = lines::lines(front.text);
    furniture::clear(&mut lines);
    notes::rewrite(&mut lines);
    let page = pages.map(|_| 1);
    let visible = front.visible.into_iter().enumerate().map(|(index, text)| {
        let kind = if index == 0 { BlockKind::Heading(1) } else { BlockKind::Paragraph };
        Block { kind, text: super::clean(&text), page, marker: None, notes: Vec::new() }
    });
    let blocks = visible.filter(|block| !block.text.is_empty()).chain(blocks::blocks(&lines)).collect();
    Ok(Extracted { media_type: media_type(text).to_owned(), pages, properties: front.properties, blocks })
}

/// `text/markdown` if at least two lines show Markdown, else `text/plain`.
fn media_type(text: &str) -> &'static str {
    let signs = text.lines().filter(|line| is_markdown(line)).take(2).count();
    if signs == 2 { "text/markdown" } else { "text/plain" }
}

fn is_markdown(line: &str) -> bool {
    let line = line.trim();
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    let heading = (1..=6).contains(&hashes) && line.as_bytes().get(hashes) == Some(&b' ');
    heading || line.contains("**") || line.contains("](") || line.contains("<http") || line == "---"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_told_by_its_content() {
        assert_eq!(media_type("# Report\n\n**Bold** text"), "text/markdown");
        assert_eq!(media_type("REPORT\n\n#1 of 2 ** a lone mark"), "text/plain");
    }
}
