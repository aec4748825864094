//! Files of lines: what is wrong in one is told with its place.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use serde_json::{Map, Value};

/// Gives `take` the lines that are not blank, each with its number, counted from 1.
///
/// # Errors
/// When the file cannot be read, a line is not UTF-8, or `take` refuses one; all name the file, and the line if there is
/// one.
pub(super) fn each_line(path: &Path, mut take: impl FnMut(usize, &str) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let file = path.display();
    let mut reader = BufReader::new(File::open(path).with_context(|| file.to_string())?);
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        bytes.clear();
        if reader.read_until(b'\n', &mut bytes).with_context(|| file.to_string())? == 0 {
            return Ok(());
        }
        number += 1;
        let start = if number == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF") } else { None };
        let line = std::str::from_utf8(start.unwrap_or(&bytes)).map_err(|_| anyhow!("{file}:{number}: not UTF-8"))?;
        if !line.trim().is_empty() {
            take(number, line.trim_end_matches(['\n', '\r'])).with_context(|| format!("{file}:{number}"))?;
        }
    }
}

/// A line of JSON as an object.
pub(super) fn object(line: &str) -> anyhow::Result<Map<String, Value>> {
    match serde_json::from_str(line)? {
        Value::Object(object) => Ok(object),
        _ => bail!("not a JSON object"),
    }
}

/// The id of an object, `_id` or `id`: a text or a whole number.
pub(super) fn id(object: &Map<String, Value>) -> anyhow::Result<String> {
    let mut given = ["_id", "id"].iter().filter_map(|key| object.get(*key)).filter(|id| !id.is_null());
    match (given.next(), given.next()) {
        (Some(Value::String(id)), None) if !id.is_empty() => Ok(id.clone()),
        (Some(Value::Number(id)), None) if id.is_i64() || id.is_u64() => Ok(id.to_string()),
        (Some(_), None) => bail!("_id must be a text that is not empty, or a whole number"),
        (None, _) => bail!("there is no _id"),
        (Some(_), Some(_)) => bail!("there are _id and id; keep one"),
    }
}

/// A text of an object; empty where there is none.
pub(super) fn text<'a>(object: &'a Map<String, Value>, key: &str) -> anyhow::Result<&'a str> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(""),
        Some(Value::String(text)) => Ok(text),
        Some(_) => bail!("{key} must be a text"),
    }
}
