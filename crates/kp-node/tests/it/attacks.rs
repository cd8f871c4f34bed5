//! A person who holds the database (and then more and more besides) tries to change what was said, unnoticed.
//!
//! Every attack runs on SQLite and on PostgreSQL. After each, `verify_log` must give a report, never an error, and
//! name the log and the entry. Where nothing inside one node can tell, a test says so by succeeding as an attacker:
//! see `beyond.rs`.

mod beyond;
mod cells;
mod heads;
mod keys;
mod outside;
mod rows;
mod scene;
mod tables;
