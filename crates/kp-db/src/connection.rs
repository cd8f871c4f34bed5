//! One connection to either engine, and the few calls a transaction makes on it.

use anyhow::{Context, Result};

use crate::{Engine, Param, Row, Sql, engine_postgres::PostgresConnection, engine_sqlite::SqliteConnection};

pub(crate) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(Box<PostgresConnection>),
}

impl Connection {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether the connection can still be used; a lost server connection is replaced by the caller.
    pub(crate) fn is_alive(&self) -> bool {
        match self {
            Self::Sqlite(_) => true,
            Self::Postgres(c) => c.is_alive(),
        }
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<()> {
        match self {
            Self::Sqlite(c) => c.batch(text),
            Self::Postgres(c) => c.batch(text),
        }
    }

    pub(crate) fn execute(&mut self, sql: Sql, params: &[Param<'_>]) -> Result<u64> {
        match self {
            Self::Sqlite(c) => c.execute(sql.text, params),
            Self::Postgres(c) => c.execute(sql.text, params),
        }
        .with_context(|| format!("running statement {}", sql.name))
    }

    pub(crate) fn each(
        &mut self,
        sql: Sql,
        params: &[Param<'_>],
        visit: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        match self {
            Self::Sqlite(c) => c.each(sql.text, params, visit),
            Self::Postgres(c) => c.each(sql.text, params, visit),
        }
        .with_context(|| format!("running statement {}", sql.name))
    }

    /// Prepares without running; for the check that every statement is understood by both engines.
    pub(crate) fn prepare(&mut self, text: &str) -> Result<()> {
        match self {
            Self::Sqlite(c) => c.prepare(text),
            Self::Postgres(c) => c.prepare(text),
        }
    }

    /// The text that made an index of SQLite, where there is one of this name.
    pub(crate) fn index_text(&mut self, index: &str) -> Result<Option<String>> {
        match self {
            Self::Sqlite(c) => c.index_text(index),
            Self::Postgres(_) => anyhow::bail!("indexes are set aside on SQLite alone"),
        }
    }

    pub(crate) fn table_rows(&mut self, table: &str) -> Result<Vec<Vec<(String, String)>>> {
        match self {
            Self::Sqlite(c) => c.table_rows(table),
            Self::Postgres(c) => c.table_rows(table),
        }
        .with_context(|| format!("reading table {table}"))
    }
}
