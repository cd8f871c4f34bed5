//! The log from outside: its published form, and what it does with bytes that nobody should have written.

#![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]

mod credentials;
mod garbage;
mod log;
mod must_fail;
mod read_ahead;
mod specification;
