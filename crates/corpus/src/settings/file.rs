//! [`SettingsFile`]: one TOML file, read within a limit, with a line number for everything that is wrong in it.

use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::SettingsError;
use crate::taxonomy::{Step, key_text};

/// Largest file of a configuration, in bytes. The largest scheme that we know has a tenth of it.
const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// A file of the configuration folder.
#[derive(Debug)]
pub(super) struct SettingsFile {
    name: String,
    text: String,
}

impl SettingsFile {
    /// Reads a file of at most [`MAX_FILE_BYTES`] bytes.
    pub(super) fn read(path: &Path) -> Result<SettingsFile, SettingsError> {
        let name = path.display().to_string();
        match read_text(path) {
            Ok(text) => Ok(SettingsFile { name, text }),
            Err(source) => Err(SettingsError::Read { file: name, source }),
        }
    }

    /// The file as a value of type `T`.
    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T, SettingsError> {
        let document = DeTable::parse(&self.text).map_err(|error| self.syntax_error(&error))?;
        let located = document.clone();
        T::deserialize(toml::Deserializer::from(document)).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let place = place_at(located.get_ref(), offset);
            let key = key_text(&place, |position| concept_id(located.get_ref(), position));
            self.value_error(offset, key, error.message().trim_end().to_owned())
        })
    }

    /// An error at a place of the file; where the place is missing, its nearest surrounding gives the line.
    pub(super) fn error_at(&self, place: &[Step], key: String, message: String) -> SettingsError {
        let offset = DeTable::parse(&self.text).map_or(0, |document| offset_of(document.get_ref(), place));
        self.value_error(offset, key, message)
    }

    fn syntax_error(&self, error: &toml::de::Error) -> SettingsError {
        let offset = error.span().map_or(0, |span| span.start);
        let message = error.message().trim_end().to_owned();
        SettingsError::Syntax { file: self.name.clone(), line: self.line(offset), message }
    }

    fn value_error(&self, offset: usize, key: String, message: String) -> SettingsError {
        let key = if key.is_empty() { "the file".to_owned() } else { key };
        SettingsError::Value { file: self.name.clone(), line: self.line(offset), key, message }
    }

    fn line(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|&byte| byte == b'\n').count()
    }
}

fn read_text(path: &Path) -> Result<String, Error> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut text = String::new();
    file.take(MAX_FILE_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("larger than {MAX_FILE_BYTES} bytes; split it")));
    }
    Ok(text)
}

/// The id that a file of a scheme gives its concept number `position`, counted from 0.
fn concept_id(document: &DeTable<'_>, position: usize) -> Option<String> {
    let (_, concepts) = entry(document, "concept")?;
    let concept = concepts.get_ref().as_array()?.get(position)?;
    let (_, id) = entry(concept.get_ref().as_table()?, "id")?;
    id.get_ref().as_str().map(str::to_owned)
}

fn entry<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<(Range<usize>, &'t Spanned<DeValue<'i>>)> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(name, value)| (name.span(), value))
}

/// Where a place starts: at the key of a table, at the value in an array.
fn offset_of(document: &DeTable<'_>, place: &[Step]) -> usize {
    let mut offset = 0;
    let mut value: Option<&Spanned<DeValue<'_>>> = None;
    for step in place {
        let next = match step {
            Step::Key(key) => {
                let table = match value {
                    None => Some(document),
                    Some(value) => value.get_ref().as_table(),
                };
                table.and_then(|table| entry(table, key))
            }
            Step::Index(position) => value
                .and_then(|value| value.get_ref().as_array())
                .and_then(|array| array.get(*position))
                .map(|value| (value.span(), value)),
        };
        let Some((span, found)) = next else { break };
        offset = span.start;
        value = Some(found);
    }
    offset
}

/// The innermost place whose key or value covers an offset. The table of `[[concept]]` covers its header alone, so
/// every entry is looked at.
fn place_at(document: &DeTable<'_>, offset: usize) -> Vec<Step> {
    let mut best: Vec<Step> = Vec::new();
    let mut consider = |place: &[Step], span: Range<usize>| {
        if span.contains(&offset) && place.len() > best.len() {
            best = place.to_vec();
        }
    };
    let mut pending: Vec<(Vec<Step>, &DeValue<'_>)> = Vec::new();
    for (key, value) in document {
        let place = vec![Step::Key(key.get_ref().to_string())];
        consider(&place, key.span());
        consider(&place, value.span());
        pending.push((place, value.get_ref()));
    }
    while let Some((place, value)) = pending.pop() {
        let table_entries = value.as_table().into_iter().flatten().map(|(key, value)| {
            consider(&[&place[..], &[Step::Key(key.get_ref().to_string())]].concat(), key.span());
            (Step::Key(key.get_ref().to_string()), value)
        });
        let inner: Vec<(Step, &Spanned<DeValue<'_>>)> = match value.as_array() {
            Some(array) => array.iter().enumerate().map(|(position, value)| (Step::Index(position), value)).collect(),
            None => table_entries.collect(),
        };
        for (step, value) in inner {
            let mut inner_place = place.clone();
            inner_place.push(step);
            consider(&inner_place, value.span());
            pending.push((inner_place, value.get_ref()));
        }
    }
    best
}
