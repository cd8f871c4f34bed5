//! The analysis of declared production on the real public table, and on the same table shuffled.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own input should stop")]

mod any_order;
mod docs;
mod real_returns;
mod table;
