//! [`Framing`]: how a request says where it ends, read from the bytes themselves.
//!
//! A proxy and a server that disagree on where a request ends can be made to take the rest of it for the next one, which
//! someone else is answered. What invites it is a request with both `Content-Length` and `Transfer-Encoding`, or with
//! several lengths. Behind hyper this cannot be seen any more: of such headers it keeps one. So the heads are looked at on
//! their way to it, by [`Heads`], which counts these lines and understands nothing else.

use std::collections::VecDeque;

/// Bytes of a header line that are looked at: longer than the names and any length.
const SEEN: usize = 64;

/// What the head of a request says of its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Framing {
    /// Lines `Content-Length`.
    lengths: u32,
    /// Lines `Transfer-Encoding`.
    encodings: u32,
    /// The length that the last line gives, if it is a plain number.
    length: Option<u64>,
}

impl Framing {
    /// Whether everyone who reads the request finds the same end.
    pub(crate) fn is_clear(self) -> bool {
        match (self.lengths, self.encodings) {
            (0, 0 | 1) => true,
            (1, 0) => self.length.is_some(),
            _ => false,
        }
    }

    /// Whether the body comes in chunks. What follows it on the connection is not looked at: the connection must be closed.
    pub(crate) fn is_chunked(self) -> bool {
        self.encodings > 0
    }

    fn note(&mut self, line: &[u8]) {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return };
        let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            self.lengths += 1;
            let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
            let text = std::str::from_utf8(value).ok().filter(|_| is_number && line.len() < SEEN);
            self.length = text.and_then(|text| text.parse().ok());
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            self.encodings += 1;
        }
    }
}

/// The heads of the requests of one connection, found in its bytes as they come.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    place: Place,
    /// The beginning of the line that is being read.
    line: Vec<u8>,
    framing: Framing,
    finished: VecDeque<Framing>,
}

#[derive(Debug, Default)]
enum Place {
    /// Before a request: empty lines are allowed.
    #[default]
    Before,
    /// Behind the request line.
    Headers,
    /// In a body, with so many bytes to come.
    Body(u64),
    /// Behind a head after which the next one cannot be found.
    Lost,
}

impl Heads {
    /// The framing of the next request; `None` if its head was not seen to end.
    pub(crate) fn next(&mut self) -> Option<Framing> {
        self.finished.pop_front()
    }

    /// Takes the next bytes of the connection.
    pub(crate) fn feed(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match self.place {
                Place::Lost => return,
                Place::Body(rest) => {
                    let here = usize::try_from(rest).unwrap_or(usize::MAX).min(bytes.len());
                    bytes = &bytes[here..];
                    let rest = rest - here as u64;
                    self.place = if rest == 0 { Place::Before } else { Place::Body(rest) };
                }
                Place::Before | Place::Headers => {
                    let end = bytes.iter().position(|byte| *byte == b'\n');
                    let piece = &bytes[..end.unwrap_or(bytes.len())];
                    let room = SEEN.saturating_sub(self.line.len());
                    self.line.extend_from_slice(&piece[..piece.len().min(room)]);
                    bytes = &bytes[end.map_or(bytes.len(), |end| end + 1)..];
                    if end.is_some() {
                        self.end_line();
                    }
                }
            }
        }
    }

    /// Lines end in LF, with or without CR before it, as hyper reads them.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let is_empty = matches!(line.as_slice(), b"" | b"\r");
        match self.place {
            Place::Before if !is_empty => self.place = Place::Headers,
            Place::Headers if is_empty => self.end_head(),
            Place::Headers => self.framing.note(&line),
            _ => {}
        }
        self.line = line;
        self.line.clear();
    }

    fn end_head(&mut self) {
        let framing = std::mem::take(&mut self.framing);
        self.finished.push_back(framing);
        self.place = match framing.length {
            _ if !framing.is_clear() || framing.is_chunked() => Place::Lost,
            Some(length) if length > 0 => Place::Body(length),
            _ => Place::Before,
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn heads(bytes: &[u8]) -> Vec<Framing> {
        let mut heads = Heads::default();
        heads.feed(bytes);
        std::iter::from_fn(|| heads.next()).collect()
    }

    #[track_caller]
    fn check(headers: &str, is_clear: bool) {
        let request = format!("POST / HTTP/1.1\r\nHost: a\r\n{headers}\r\n");
        let found = heads(request.as_bytes());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].is_clear(), is_clear, "{headers:?}");
    }

    #[test]
    fn a_request_says_once_where_it_ends() {
        check("", true);
        check("Content-Length: 5\r\n", true);
        check("content-LENGTH:5\n", true);
        check("Transfer-Encoding: chunked\r\n", true);
        check("X-Note: Content-Length: 5\r\nX-Content-Length: 7\r\n", true);
        check("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", false);
        check("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", false);
        check("transfer-encoding: identity\r\nContent-Length: 5\r\n", false);
        check("Content-Length: 5\r\nContent-Length: 5\r\n", false);
        check("Content-Length: 5\r\nContent-Length: 6\r\n", false);
        check("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", false);
        check("Content-Length: +5\r\n", false);
        check("Content-Length: 5, 5\r\n", false);
        check("Content-Length: \r\n", false);
        check("Content-Length: 0x5\r\n", false);
        check(&format!("Content-Length: {}5\r\n", " ".repeat(SEEN)), false);
        check(&format!("Content-Length: {}\r\n", "9".repeat(30)), false);
    }

    #[test]
    fn requests_are_told_apart_by_the_length_of_their_bodies() {
        let smuggled = b"\r\nPOST / HTTP/1.1\r\nContent-Length: 28\r\n\r\nContent-Length: 1\r\n\r\nGET / \r\nGET / HTTP/1.1\nA: b\n\n";
        let found = heads(smuggled);
        assert_eq!(found.iter().map(|framing| framing.length).collect::<Vec<_>>(), [Some(28), None]);
        // Behind chunks nothing is looked for.
        let chunked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n";
        assert_eq!(heads(chunked).len(), 1);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_in_which_pieces_bytes_come(
            requests in prop::collection::vec(("[A-Za-z-]{1,20}: [ -~]{0,80}\r?\n", 0_usize..40), 1..6),
            sizes in prop::collection::vec(1_usize..50, 1..20),
        ) {
            let mut bytes = Vec::new();
            for (header, length) in &requests {
                bytes.extend(format!("POST / HTTP/1.1\r\n{header}Content-Length: {length}\r\n\r\n").bytes());
                bytes.extend(std::iter::repeat_n(b'\n', *length));
            }
            let mut pieces = Heads::default();
            let mut rest = bytes.as_slice();
            for size in sizes.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (piece, after) = rest.split_at((*size).min(rest.len()));
                pieces.feed(piece);
                rest = after;
            }
            let found: Vec<Framing> = std::iter::from_fn(|| pieces.next()).collect();
            prop_assert_eq!(&found, &heads(&bytes));
            prop_assert_eq!(found.len(), requests.len());
        }
    }
}
