//! The nouns of the corpus: [`Document`], [`Passage`], [`Label`], and the [`Fact`] that carries a value
//! together with where it came from.
//!
//! These types are plain data with public fields. They serialise for our own storage (the index, the cache);
//! what a client of the API sees is defined in the server and converted by hand.

mod date;
mod document;
mod id;
mod language;
mod passage;
mod provenance;

pub use date::{DateParseError, DateRange, Precision, month_name};
pub use document::{Document, Event, Source, State};
pub use id::{DocumentId, IdError, PassageId};
pub use language::Language;
pub use passage::{Passage, PassageKind};
pub use provenance::{Evidence, Fact, Label, Provenance};
