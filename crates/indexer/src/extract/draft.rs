//! [`Draft`]: a block whose text is not clean yet. Every format ends here.

use super::clean::{clean_markup, clean_plain, take_notes};
use super::number::{Marker, MarkerStyle};
use super::{Block, BlockKind, is_contact};

/// Stands between the cells of a row.
pub(super) const CELL_SEPARATOR: &str = " | ";

/// Signs that begin an item of a list.
pub(super) const BULLETS: [char; 16] =
    ['·', '•', '-', '*', '–', '—', '▪', '‣', '◦', '●', '○', '■', '➢', '\u{F0B7}', '✓', '+'];

/// A block in the making.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) kind: BlockKind,
    /// Its lines, joined; the markup of text files is still in it.
    pub(super) text: String,
    pub(super) page: Option<u32>,
    pub(super) marker: Option<Marker>,
    /// Numbers of the footnotes it refers to, where the format says so.
    pub(super) notes: Vec<String>,
    /// Whether the text may hold Markdown, HTML tags and bracketed notes; formats with markup of their own have none.
    pub(super) markup: bool,
}

impl Draft {
    /// A block of a text file, without number.
    pub(super) fn new(kind: BlockKind, text: String, page: Option<u32>) -> Draft {
        Draft { kind, text, page, marker: None, notes: Vec::new(), markup: true }
    }
}

/// Cleans a block; notes that were inlined in it follow it.
pub(super) fn finish(draft: Draft) -> Vec<Block> {
    let Draft { kind, text, page, marker, mut notes, markup } = draft;
    let (text, inlined) = if markup {
        let (body, inlined) = take_notes(&text);
        (clean_markup(&body), inlined)
    } else {
        (clean_plain(&text), Vec::new())
    };
    let text = match kind {
        BlockKind::Heading(_) => text.trim_end_matches(':').trim_end().to_owned(),
        _ => text,
    };
    let contact = is_contact(&text) && matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::TableRow);
    let kind = if contact { BlockKind::Contact } else { kind };
    notes.extend(inlined.iter().map(|note| note.number.clone()));
    let block = Block { kind, text, page, marker, notes };
    let notes = inlined.into_iter().map(|note| Block {
        kind: BlockKind::Footnote,
        text: note.text,
        page,
        marker: Some(Marker { number: note.number, style: MarkerStyle::Brackets }),
        notes: Vec::new(),
    });
    std::iter::once(block).chain(notes).filter(|block| !block.text.is_empty()).collect()
}

/// The text behind a bullet.
pub(super) fn without_bullet(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(BULLETS).or_else(|| text.strip_prefix("o\t"))?;
    let bullet = rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
    bullet.then(|| rest.trim_start())
}
