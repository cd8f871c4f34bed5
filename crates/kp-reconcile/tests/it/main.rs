//! The whole run on files: worked out by hand, against a slow and plain second implementation, and on files that are not
//! as they should be.

#![allow(clippy::unwrap_used, reason = "a test whose premises fail has failed")]

mod golden;
mod malformed;
mod parquet;
mod run;
mod same_as_slow;
mod slow;
