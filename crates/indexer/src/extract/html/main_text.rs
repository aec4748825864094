//! The main text among the paragraphs of a web page whose blocks have no telling names: lists of links before it and
//! behind it are menus.

use super::super::paragraphs::{Paragraph, Style};
use super::walk::Piece;

/// Letters outside links that make a paragraph one of the main text.
const MIN_TEXT: usize = 80;

/// Beginnings of lines that every page has.
const FURNITURE: [&str; 22] = [
    "©",
    "copyright",
    "all rights reserved",
    "todos los derechos",
    "tous droits",
    "skip to",
    "saltar al",
    "ir al contenido",
    "pasar al contenido",
    "aller au contenu",
    "back to top",
    "volver arriba",
    "haut de page",
    "retour en haut",
    "share this",
    "compartir",
    "partager",
    "print this",
    "you are here",
    "usted está aquí",
    "vous êtes ici",
    "follow us",
];

/// Drops what is not of the main text. `bounded` says that an element of the page encloses it.
pub(super) fn main_text(pieces: Vec<Piece>, bounded: bool) -> Vec<Paragraph> {
    let is_text = |piece: &Piece| piece.letters - piece.linked.min(piece.letters) >= MIN_TEXT;
    let first = pieces.iter().position(is_text);
    let last = pieces.iter().rposition(is_text);
    let (Some(first), Some(last)) = (first, last) else {
        return pieces.into_iter().map(|piece| piece.paragraph).collect();
    };
    let links = link_blocks(&pieces);
    let mut kept: Vec<bool> = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        let inside = (first..=last).contains(&index);
        let is_link = links.get(index).copied().unwrap_or(false);
        // Behind the text, a list of links that it introduces is part of it.
        let introduced = || index > last && is_introduced(&pieces, &links, &kept, index, bounded);
        kept.push(inside || !(is_furniture(piece) || (is_link && !introduced())));
    }
    drop_bare_headings(&pieces, &mut kept);
    pieces.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(piece, _)| piece.paragraph).collect()
}

/// Which pieces are mostly links, by themselves or as the list they are in. A heading never is.
fn link_blocks(pieces: &[Piece]) -> Vec<bool> {
    let mut blocks = Vec::with_capacity(pieces.len());
    let mut rest = pieces;
    while let Some(piece) = rest.first() {
        let length = match piece.list {
            Some(list) => rest.iter().take_while(|other| other.list == Some(list)).count(),
            None => 1,
        };
        let (block, after) = rest.split_at(length.min(rest.len()));
        let letters: usize = block.iter().map(|piece| piece.letters).sum();
        let linked: usize = block.iter().map(|piece| piece.linked).sum();
        let is_link = linked > 0 && linked * 10 >= letters * 6;
        blocks.extend(block.iter().map(|piece| is_link && !is_heading(piece)));
        rest = after;
    }
    blocks
}

/// Whether text ends with a colon in front of a run of links, or, within an element that encloses the main text, a
/// heading stands over it.
fn is_introduced(pieces: &[Piece], links: &[bool], kept: &[bool], index: usize, bounded: bool) -> bool {
    let run = links.get(..index).unwrap_or_default().iter().rev().take_while(|link| **link).count();
    let Some(above) = index.checked_sub(run + 1) else { return false };
    let Some(piece) = pieces.get(above).filter(|_| kept.get(above) == Some(&true)) else { return false };
    piece.paragraph.text.trim_end().ends_with(':') || (bounded && is_heading(piece))
}

fn is_heading(piece: &Piece) -> bool {
    matches!(piece.paragraph.style, Style::Heading(_))
}

fn is_furniture(piece: &Piece) -> bool {
    let text = piece.paragraph.text.trim().to_lowercase();
    piece.letters < MIN_TEXT && FURNITURE.iter().any(|start| text.starts_with(start))
}

/// Drops headings of which nothing is left: all that stood below them was dropped.
fn drop_bare_headings(pieces: &[Piece], kept: &mut [bool]) {
    let (mut some_dropped, mut some_kept) = (false, false);
    for (piece, keep) in pieces.iter().zip(kept).rev() {
        if is_heading(piece) {
            *keep &= !some_dropped || some_kept || piece.paragraph.style == Style::Heading(1);
            (some_dropped, some_kept) = (false, false);
        } else if *keep {
            some_kept = true;
        } else {
            some_dropped = true;
        }
    }
}
