//! `rcp-search key`: keys to restricted collections.

use rcp_server::keys::{Key, KeyText, KeysError, KeysFile};
use serde_json::{Value, json};

use crate::args::{KeyAddArgs, KeyArgs, KeyCommand, KeyListArgs, KeyRevokeArgs};
use crate::commands::{Outcome, wrong_usage};
use crate::terminal;

pub(crate) fn run(args: &KeyArgs) -> anyhow::Result<Outcome> {
    let done = match &args.command {
        KeyCommand::Add(args) => add(args),
        KeyCommand::List(args) => list(args),
        KeyCommand::Revoke(args) => revoke(args),
    };
    match done {
        Ok(()) => Ok(Outcome::Done),
        Err(error) if is_typed_wrong(&error) => Ok(wrong_usage(error.to_string())),
        Err(error) => Err(error),
    }
}

/// Whether what was typed cannot be, rather than that something failed.
fn is_typed_wrong(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref();
    matches!(error, Some(KeysError::UnknownKey { .. } | KeysError::Name | KeysError::Collection { .. }))
}

/// The key alone goes to standard output, so that a script can take it.
fn add(args: &KeyAddArgs) -> anyhow::Result<()> {
    let (key, text) = KeysFile::new(&args.place.keys).add(&args.name, &args.collection)?;
    terminal::line(text.expose())?;
    terminal::note(&format!("key {} grants {}; it is shown this once", key.id, key.collections.join(", ")));
    Ok(())
}

fn revoke(args: &KeyRevokeArgs) -> anyhow::Result<()> {
    // Who has the leaked key before him may give it whole; it is not shown again.
    let text = KeyText::parse(&args.id);
    let id = text.as_ref().map_or(args.id.as_str(), KeyText::id);
    let key = KeysFile::new(&args.place.keys).revoke(id)?;
    terminal::note(&format!("key {} ({}) is revoked", key.id, terminal::plain(&key.name)));
    Ok(())
}

fn list(args: &KeyListArgs) -> anyhow::Result<()> {
    let keys = KeysFile::new(&args.place.keys).read()?;
    if args.json {
        let keys: Vec<Value> = keys.iter().map(entry).collect();
        terminal::line(&serde_json::to_string_pretty(&keys)?)?;
    } else if keys.is_empty() {
        terminal::note(&format!("no keys in {}; `rcp-search key add` makes one", args.place.keys.display()));
    } else {
        table(&keys).iter().try_for_each(|line| terminal::line(line))?;
    }
    Ok(())
}

fn entry(key: &Key) -> Value {
    let Key { id, name, collections, created, revoked, .. } = key;
    json!({ "id": id, "name": name, "collections": collections, "created": created, "revoked": revoked })
}

/// A line each below a line of names.
fn table(keys: &[Key]) -> Vec<String> {
    let names = ["id", "created", "revoked", "collections", "name"].map(str::to_owned);
    let rows = keys.iter().map(|key| {
        let revoked = key.revoked.map_or_else(|| "-".to_owned(), |time| time.to_string());
        [key.id.clone(), key.created.to_string(), revoked, key.collections.join(","), terminal::plain(&key.name)]
    });
    let rows: Vec<[String; 5]> = [names].into_iter().chain(rows).collect();
    let widths: [usize; 4] = std::array::from_fn(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0));
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}  "));
        cells.collect::<String>() + &row[4]
    };
    rows.iter().map(line).collect()
}
