//! What must hold for every word and any text: it reads back what it writes, and reading never panics.

#![expect(clippy::unwrap_used, reason = "strategies build words that are known to be good")]

mod amounts;
mod numbers;
mod reading;
#[cfg(feature = "serde")]
mod serialised;
mod strategies;
