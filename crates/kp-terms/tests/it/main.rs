//! What must hold for every word and any text: it reads back what it writes, and reading never panics.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, helpers outside their functions too")]

mod amounts;
mod forms;
mod numbers;
mod reading;
#[cfg(feature = "serde")]
mod serialised;
mod strategies;
mod words;
