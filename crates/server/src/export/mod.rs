//! Everything that a request matches, as a stream: [`Column`] says what a row holds, [`Writer`] how a format writes it,
//! [`Exports`] how many run and how the bytes reach the client.

mod columns;
mod stream;
mod writer;

pub(crate) use columns::{Column, column, columns};
pub(crate) use stream::{Exports, Output, unread};
pub(crate) use writer::{Format, Writer};
