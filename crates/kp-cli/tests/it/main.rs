//! The command as a person meets it: what is typed, and exactly what is said. Volatile parts (folders, days, hashes) are
//! put into brackets before the comparison.

mod acts;
mod analyze;
mod batch;
mod certificates;
mod demo;
mod docs;
mod init;
mod kpcs;
mod log;
mod prove;
