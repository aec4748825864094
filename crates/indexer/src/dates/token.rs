//! Pieces of a text that dates are made of: numbers, words, signs.

use std::ops::Range;

use rcp_corpus::analysis::fold;

use super::words::{ORDINAL_ENDINGS, month};

/// What a [`Token`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A number with its count of digits; endings such as "th" or "º" are dropped.
    Number(u32, usize),
    /// A folded word.
    Word(String),
    /// A sign that is no space.
    Sign(char),
    /// What cannot be part of a date: an address, a document symbol, letters and digits in one.
    Other,
}

/// A piece with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) piece: Piece,
    /// Byte range in the text.
    pub(super) span: Range<usize>,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
}

/// The pieces of a text in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let trimmed = chunk.trim_end();
        if is_opaque(trimmed) {
            tokens.push(Token { piece: Piece::Other, span: at..at + trimmed.len(), capital: false });
        } else {
            split(trimmed, at, &mut tokens);
        }
        at += chunk.len();
    }
    tokens
}

/// Addresses, and document symbols such as `MC/INF/266` or `A/RES/63/225`.
fn is_opaque(chunk: &str) -> bool {
    let address = chunk.contains("://") || chunk.contains("www.") || chunk.contains('@');
    let symbol = || {
        let names_month = || chunk.split(|c: char| !c.is_alphabetic()).any(|word| month(&fold(word)).is_some());
        chunk.contains(['/', '_']) && chunk.contains(char::is_alphabetic) && !names_month()
    };
    address || symbol()
}

/// Runs of letters and digits, and the signs between them.
fn split(chunk: &str, offset: usize, tokens: &mut Vec<Token>) {
    let mut rest = chunk;
    let mut at = offset;
    while let Some(first) = rest.chars().next() {
        let run = rest.find(|c: char| !is_part_of_run(c)).unwrap_or(rest.len());
        let length = if run == 0 { first.len_utf8() } else { run };
        let (piece, after) = rest.split_at(length);
        let capital = first.is_uppercase();
        let piece = if run == 0 { Piece::Sign(first) } else { read_run(piece) };
        // The sign of degree stands for the raised o of "1º".
        let degree =
            matches!((&piece, tokens.last()), (Piece::Sign('°'), Some(Token { piece: Piece::Number(..), .. })));
        if !degree {
            tokens.push(Token { piece, span: at..at + length, capital });
        }
        rest = after;
        at += length;
    }
}

fn is_part_of_run(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36F}').contains(&c)
}

fn read_run(run: &str) -> Piece {
    let folded = fold(run);
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = folded.split_at(digits);
    if digits == 0 {
        return read_misread(run).unwrap_or_else(|| if is_word(&folded) { Piece::Word(folded) } else { Piece::Other });
    }
    match number.parse() {
        Ok(value) if digits <= 6 && (ending.is_empty() || ORDINAL_ENDINGS.contains(&ending)) => {
            Piece::Number(value, digits)
        }
        _ => read_misread(run).unwrap_or(Piece::Other),
    }
}

fn is_word(run: &str) -> bool {
    !run.bytes().any(|byte| byte.is_ascii_digit())
}

/// A number of two or four signs in which a scan has letters for digits: "l5", "2O13".
fn read_misread(run: &str) -> Option<Piece> {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let misread = run.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'l' | b'I' | b'O' | b'o'));
    if !misread || !matches!((run.len(), digits), (2, 1) | (4, 2 | 3)) {
        return None;
    }
    let read: String = run
        .chars()
        .map(|c| match c {
            'l' | 'I' => '1',
            'O' | 'o' => '0',
            digit => digit,
        })
        .collect();
    read.parse().ok().map(|value| Piece::Number(value, run.len()))
}
