//! Databases: the only crate that knows which engine runs. One SQL text serves SQLite and PostgreSQL.
//!
//! Owns the tables `db_*`. Contains no domain word beyond the file names of the migrations. Everything is synchronous;
//! a door that is asynchronous calls from a blocking thread. Write transactions are named and run one at a time
//! across all processes on one database, so that whoever decides on facts decides on facts that stay true until the
//! transaction ends.

mod bulk;
mod connection;
mod db;
mod engine_postgres;
mod engine_sqlite;
mod migrations;
mod row;
mod sql;
mod tx;

pub use db::{Db, Url};
pub use migrations::{MIGRATIONS, Migration};
pub use row::{FromColumn, Row};
pub use sql::{Param, Sql, sqlite_text};
pub use tx::Tx;

/// Which engine a database runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in the data folder, or memory in tests.
    Sqlite,
    /// A server reached by URL.
    Postgres,
}

#[cfg(test)]
mod tests;
