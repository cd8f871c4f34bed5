//! The command as a person meets it: what is typed, and exactly what is said. Volatile parts (folders, days, hashes) are
//! put into brackets before the comparison.

#![allow(clippy::unwrap_used, reason = "all of this is a test")]

mod acts;
mod analyze;
mod batch;
mod certificates;
mod demo;
mod docs;
mod init;
mod keys;
mod kpcs;
mod log;
mod papers;
mod postgres;
mod prove;
mod reconcile;
