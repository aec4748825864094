//! The worker's own side: reads what it is given until nobody gives any more.

use std::io::{self, Read, Write};
use std::panic;
use std::process;
use std::sync::mpsc;
use std::thread;

use super::extraction::Extraction;
use super::limits::limit_this_process;
use super::protocol::{Answer, Orders, Ready, read_file, read_message, write_frame, write_message};
use rcp_corpus::settings::EXTRACTOR;

/// A worker that cannot work.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Nobody speaks to it as the indexer does.
    #[error("this command is started by `rcp-search index` and reads files for it; it is of no use by itself")]
    Orders(#[source] io::Error),
    /// Its limits cannot be set.
    #[error("the limits of this process cannot be set")]
    Limits(#[source] io::Error),
    /// The indexer does not listen.
    #[error("nobody takes the answer")]
    Answer(#[source] io::Error),
}

/// Limits this process, then reads files for the indexer that started it, over standard input and output, until the
/// indexer has gone. That ends the process at once, even in the middle of a file.
///
/// # Errors
/// [`ServeError`], when there is nobody to work for.
pub fn serve() -> Result<(), ServeError> {
    let mut input = io::stdin();
    let orders: Orders = read_message(&mut input).map_err(ServeError::Orders)?;
    // What a panic says is part of the answer.
    panic::set_hook(Box::new(|_| {}));
    let (sender, files) = mpsc::sync_channel(0);
    // It waits for the next file, or the end of the indexer, while the one before is read.
    thread::spawn(move || {
        receive(input, &sender);
        process::exit(0);
    });
    limit_this_process(&orders.settings).map_err(ServeError::Limits)?;
    let mut output = io::stdout().lock();
    let ready = Ready { extractor: EXTRACTOR.to_owned() };
    write_message(&mut output, &ready).and_then(|()| output.flush()).map_err(ServeError::Answer)?;
    for file in files {
        let extraction = Extraction::of(&file, &orders.settings);
        drop(file);
        answer(&mut output, extraction).map_err(ServeError::Answer)?;
    }
    Ok(())
}

fn receive(mut input: impl Read, files: &mpsc::SyncSender<Vec<u8>>) {
    while let Ok(Some(file)) = read_file(&mut input) {
        if files.send(file).is_err() {
            break;
        }
    }
}

fn answer(output: &mut impl Write, extraction: Extraction) -> io::Result<()> {
    let Extraction { outcome, reading, exhausted, lasting: _ } = extraction;
    let is_read = outcome.is_ok();
    write_message(output, &Answer { outcome, exhausted })?;
    if is_read {
        write_frame(output, &reading)?;
    }
    output.flush()
}
