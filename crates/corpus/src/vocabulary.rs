//! The vocabulary of a collection (to come).
/// Words of a collection.
#[derive(Debug)]
pub struct Vocabulary {}
