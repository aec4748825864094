//! HTML pages: the main text, without menus, banners and other boilerplate.
//!
//! A page is parsed as browsers do ([`tree`]); what is hidden or made to lead elsewhere is dropped ([`boilerplate`]);
//! the rest is walked through block by block ([`walk`]), and lists of links around the main text go last
//! ([`main_text`]). Pages that a word processor saved are documents from end to end.

mod boilerplate;
mod element;
mod frames;
mod list;
mod main_text;
mod notes;
mod properties;
mod table;
mod text;
mod tree;
mod walk;

use super::paragraphs::{Paragraph, Style, blocks};
use super::{ExtractError, Extracted, MAX_BLOCKS};
use notes::Notes;
use tree::Page;
use walk::Piece;

/// Reads a page.
pub(super) fn read(text: &str) -> Result<Extracted, ExtractError> {
    let html = tree::parse(text)?;
    let mut properties = properties::properties(&html);
    let is_document = boilerplate::is_document(properties.software.as_deref());
    let page = boilerplate::without_boilerplate(&Page::of(&html), is_document);
    let notes = Notes::of(&page);
    let root = boilerplate::main_root(&page).filter(|_| !is_document);
    let mut pieces = walk::walk(&page, &notes, root.unwrap_or(0));
    if pieces.len() > MAX_BLOCKS {
        return Err(ExtractError::TooLong { limit: MAX_BLOCKS });
    }
    if !pieces.iter().any(is_title) {
        let mut headings = page.elements().filter(|(_, element)| element.name() == "h1");
        let outside = headings.next().filter(|_| headings.next().is_none());
        let title = outside.map(|(index, _)| walk::walk(&page, &notes, index)).unwrap_or_default();
        pieces.splice(0..0, title.into_iter().filter(|piece| piece.linked < piece.letters));
    }
    if let (Some(title), Some(heading)) = (&properties.title, pieces.iter().find(|piece| is_title(piece))) {
        properties.title = Some(properties::without_site(title, &heading.paragraph.text).to_owned());
    }
    let paragraphs: Vec<Paragraph> = match is_document {
        true => pieces.into_iter().map(|piece| piece.paragraph).collect(),
        false => main_text::main_text(pieces, root.is_some()),
    };
    Ok(Extracted { media_type: "text/html".to_owned(), pages: None, properties, blocks: blocks(paragraphs) })
}

fn is_title(piece: &Piece) -> bool {
    piece.paragraph.style == Style::Heading(1)
}
