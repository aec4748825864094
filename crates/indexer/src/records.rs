//! JSON Lines: a file with many documents, one record a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

/// Longest line that is held to look for its id, in bytes. A longer one is skipped and has none.
const MAX_LINE: usize = 64 << 20;

/// Lines of which one must be a record, so that the file is taken for JSON Lines.
const LOOK: usize = 20;

/// A line of JSON Lines that is, or should be, a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// Line, counted from 1.
    pub(crate) line: usize,
    /// Its own id, as written.
    pub(crate) id: Option<String>,
    /// First byte.
    start: u64,
    /// Number of bytes, without the end of the line.
    length: u64,
}

impl Record {
    /// Number of its bytes.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Opens the bytes of the record in its file.
    pub(crate) fn open(&self, path: &Path) -> io::Result<io::Take<File>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(self.start))?;
        Ok(file.take(self.length))
    }
}

/// The id of a record: text or a number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "an id is a string or a whole number")]
pub(crate) enum RecordId {
    Text(String),
    Number(i64),
}

impl RecordId {
    /// Reads the id in a value of JSON, as text.
    pub(crate) fn deserialize_value(value: &serde_json::Value) -> serde_json::Result<String> {
        RecordId::deserialize(value).map(RecordId::into_text)
    }

    fn into_text(self) -> String {
        match self {
            RecordId::Text(text) => text,
            RecordId::Number(number) => number.to_string(),
        }
    }
}

/// What tells a record, and names it.
#[derive(Deserialize)]
struct Head {
    id: Option<RecordId>,
    _id: Option<RecordId>,
    text: Option<IgnoredAny>,
    paragraphs: Option<IgnoredAny>,
}

/// The records of a file, a line at a time: their texts are not kept. Empty where the file is something else: JSON Lines
/// begin with an object, and one of the first lines is a record.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn records(path: &Path) -> io::Result<Vec<Record>> {
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
    if !begins_with_object(reader.fill_buf()?) {
        return Ok(Vec::new());
    }
    let mut records: Vec<Record> = Vec::new();
    let mut found = false;
    let (mut line, mut start) = (0, 0);
    let mut text = Vec::new();
    while let Some((length, ending)) = read_line(&mut reader, &mut text)? {
        line += 1;
        let head = serde_json::from_slice::<Head>(without_mark(&text));
        let head = head.ok().filter(|head| head.text.is_some() || head.paragraphs.is_some());
        found |= head.is_some();
        if !text.trim_ascii().is_empty() {
            let id = head.and_then(|head| head.id.or(head._id)).map(RecordId::into_text);
            records.push(Record { line, id, start, length });
        }
        if !found && records.len() == LOOK {
            return Ok(Vec::new());
        }
        start += length + ending;
    }
    Ok(if found { records } else { Vec::new() })
}

/// Whether a text begins with `{"`, as a record does.
fn begins_with_object(start: &[u8]) -> bool {
    let inner = without_mark(start).trim_ascii_start().strip_prefix(b"{");
    let key = inner.map(|inner| inner.iter().find(|&&byte| byte != b' ' && byte != b'\t'));
    key.flatten() == Some(&b'"')
}

/// A text without its byte order mark.
fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// Reads a line into `text`, which stays empty for one that is too long; answers its length and that of its end.
fn read_line(reader: &mut impl BufRead, text: &mut Vec<u8>) -> io::Result<Option<(u64, u64)>> {
    text.clear();
    let mut length = 0;
    loop {
        let bytes = match reader.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if bytes.is_empty() {
            return Ok((length > 0).then_some((length, 0)));
        }
        let end = bytes.iter().position(|&byte| byte == b'\n');
        let taken = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
        length += taken.len() as u64;
        if length <= MAX_LINE as u64 {
            text.extend_from_slice(taken);
        } else {
            text.clear();
            text.push(b'{');
        }
        let consumed = taken.len() + usize::from(end.is_some());
        reader.consume(consumed);
        if end.is_some() {
            return Ok(Some((length, 1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn listed(content: &[u8]) -> (Vec<Record>, Vec<String>) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), content).unwrap();
        let records = records(file.path()).unwrap();
        let texts = records.iter().map(|record| {
            let mut bytes = Vec::new();
            record.open(file.path()).unwrap().read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let texts = texts.collect();
        (records, texts)
    }

    #[track_caller]
    fn check(content: &str, expected: &[(usize, Option<&str>, &str)]) {
        let (records, texts) = listed(content.as_bytes());
        let seen: Vec<(usize, Option<&str>, &str)> = records
            .iter()
            .zip(&texts)
            .map(|(record, text)| (record.line, record.id.as_deref(), text.as_str()))
            .collect();
        assert_eq!(seen, expected, "{content}");
    }

    #[test]
    fn each_line_is_a_record_with_its_place() {
        check(
            "{\"id\":\"a\",\"text\":\"é\"}\r\n\n{\"_id\": 7, \"paragraphs\": []}\n{broken\n{\"text\":\"no end\"}",
            &[
                (1, Some("a"), "{\"id\":\"a\",\"text\":\"é\"}\r"),
                (3, Some("7"), "{\"_id\": 7, \"paragraphs\": []}"),
                (4, None, "{broken"),
                (5, None, "{\"text\":\"no end\"}"),
            ],
        );
        check("\u{FEFF}{ \"text\": \"\"}", &[(1, None, "\u{FEFF}{ \"text\": \"\"}")]);
        check("{\"text\n{\"text\": \"\"}", &[(1, None, "{\"text"), (2, None, "{\"text\": \"\"}")]);
    }

    #[test]
    fn other_files_have_no_records() {
        for content in [
            "",
            "Report",
            "{\\rtf1 x}",
            "{\n\"text\": \"a\"\n}",
            "{\"type\": \"a\"}\n{\"type\": \"b\"}",
            "[{\"text\": 1}]",
        ] {
            check(content, &[]);
        }
        check(&format!("{}{{\"text\":\"late\"}}", "{\"x\n".repeat(20)), &[]);
    }

    #[test]
    fn a_line_without_end_is_not_held() {
        let mut reader = io::BufReader::new(io::repeat(b'x').take(3 * (MAX_LINE as u64) / 2));
        let mut text = Vec::new();
        assert_eq!(read_line(&mut reader, &mut text).unwrap(), Some((3 * (MAX_LINE as u64) / 2, 0)));
        assert!(text.capacity() <= 2 * MAX_LINE && text.len() < MAX_LINE);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in "(\\{\"|[{}\":,a\n\r \\[\\]]){0,200}") {
            let (records, texts) = listed(bytes.as_bytes());
            prop_assert!(texts.iter().all(|text| !text.contains('\n') && !text.trim().is_empty()));
            prop_assert!(records.is_sorted_by_key(|record| record.line));
        }
    }
}
