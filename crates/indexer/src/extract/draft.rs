//! [`Draft`]: a block whose text is not clean yet. Every format ends here.

use super::clean::{clean_noted, clean_plain, take_notes};
use super::number::{Marker, MarkerStyle, split_number};
use super::{Block, BlockKind, is_contact};

/// Stands between the cells of a row.
pub(super) const CELL_SEPARATOR: &str = " | ";

/// Signs that begin an item of a list.
pub(super) const BULLETS: [char; 16] =
    ['·', '•', '-', '*', '–', '—', '▪', '‣', '◦', '●', '○', '■', '➢', '\u{F0B7}', '✓', '+'];

/// Fewest words of a paragraph whose number has a cell of its own: beside `21.`, and beside a bare `21`, which may count
/// the rows of a table.
const MIN_ROW_WORDS: (usize, usize) = (5, 15);

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
        let (body, inlined) = take_notes(&text, &mut notes);
        (clean_noted(&body, &mut notes), inlined)
    } else {
        (clean_plain(&text), Vec::new())
    };
    let contact = is_contact(&text) && matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::TableRow);
    let row = kind == BlockKind::Paragraph && text.matches(CELL_SEPARATOR).count() >= 2;
    let kind = match (contact, row) {
        (true, _) => BlockKind::Contact,
        (false, true) => BlockKind::TableRow,
        (false, false) => kind,
    };
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

/// Number and text of a row that is a numbered paragraph: reports of the United Nations kind are laid out as a table
/// with the number in a cell of its own.
pub(super) fn numbered_row<T: AsRef<str>>(cells: &[T]) -> Option<(Marker, &str)> {
    let [number, text] = cells else { return None };
    let (number, text) = (number.as_ref().trim(), text.as_ref().trim());
    let words = text.split_whitespace().count();
    let punctuated = split_number(number).filter(|(_, rest)| rest.is_empty() && words >= MIN_ROW_WORDS.0);
    let bare = || {
        let digits = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        (digits && words >= MIN_ROW_WORDS.1).then(|| Marker { number: number.to_owned(), style: MarkerStyle::Dot })
    };
    punctuated.map(|(marker, _)| marker).or_else(bare).map(|marker| (marker, text))
}

/// The text behind a bullet.
pub(super) fn without_bullet(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(BULLETS).or_else(|| text.strip_prefix("o\t"))?;
    let bullet = rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
    bullet.then(|| rest.trim_start())
}
