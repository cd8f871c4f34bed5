//! SQLite: WAL, synchronous=FULL (rulings 7: durable means durable), one writer, many readers.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, Result};
use rusqlite::{OpenFlags, config::DbConfig, types::ToSqlOutput};

use crate::{Param, Row, sql::address, sqlite_text};

pub(crate) struct SqliteConnection {
    connection: rusqlite::Connection,
    /// Rewritten texts by address of the original: our statements are constants.
    texts: HashMap<(usize, usize), String>,
}

impl SqliteConnection {
    /// Opens a file for reading and writing, or memory where there is no path.
    pub(crate) fn open(path: Option<&Path>, read_only: bool) -> Result<Self> {
        let connection = match path {
            None => rusqlite::Connection::open_in_memory().context("opening a database in memory")?,
            Some(path) => rusqlite::Connection::open_with_flags(
                path,
                OpenFlags::SQLITE_OPEN_READ_WRITE
                    | OpenFlags::SQLITE_OPEN_CREATE
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )
            .with_context(|| format!("opening the database file {}", path.display()))?,
        };
        connection.busy_timeout(std::time::Duration::from_secs(30))?;
        connection.set_prepared_statement_cache_capacity(512);
        // Otherwise SQLite prepares some statements anew for every value they are given, to look for a better plan.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        if path.is_some() {
            let mode: String = connection.query_row("PRAGMA journal_mode=WAL", [], |row| row.get(0))?;
            anyhow::ensure!(
                mode == "wal",
                "the database file cannot use a write-ahead log here (journal mode is {mode}); keep it on a local disk"
            );
        }
        connection
            .execute_batch("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;")?;
        if read_only {
            connection.execute_batch("PRAGMA query_only=ON;")?;
        }
        Ok(Self { connection, texts: HashMap::new() })
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<()> {
        self.connection.execute_batch(text)?;
        Ok(())
    }

    pub(crate) fn execute(&mut self, text: &'static str, params: &[Param<'_>]) -> Result<u64> {
        let text = self.texts.entry(address(text)).or_insert_with(|| sqlite_text(text));
        let mut statement = self.connection.prepare_cached(text)?;
        let changed = statement.execute(rusqlite::params_from_iter(params))?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    pub(crate) fn each(
        &mut self,
        text: &'static str,
        params: &[Param<'_>],
        visit: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let text = self.texts.entry(address(text)).or_insert_with(|| sqlite_text(text));
        let mut statement = self.connection.prepare_cached(text)?;
        let mut rows = statement.query(rusqlite::params_from_iter(params))?;
        while let Some(row) = rows.next()? {
            visit(&Row::Sqlite(row))?;
        }
        Ok(())
    }

    pub(crate) fn prepare(&mut self, text: &str) -> Result<()> {
        self.connection.prepare(&sqlite_text(text))?;
        Ok(())
    }

    pub(crate) fn index_text(&mut self, index: &str) -> Result<Option<String>> {
        let text = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?1";
        let mut statement = self.connection.prepare_cached(text)?;
        let mut rows = statement.query([index])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    pub(crate) fn table_rows(&mut self, table: &str) -> Result<Vec<Vec<(String, String)>>> {
        let mut statement = self.connection.prepare(&format!("SELECT * FROM {table}"))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(names.len());
            for (column, name) in names.iter().enumerate() {
                values.push((name.clone(), shown(row.get_ref(column)?)));
            }
            all.push(values);
        }
        Ok(all)
    }
}

/// A value as text; bytes as hexadecimal, so that both engines write the same.
fn shown(value: rusqlite::types::ValueRef<'_>) -> String {
    match value {
        rusqlite::types::ValueRef::Null => "NULL".into(),
        rusqlite::types::ValueRef::Integer(i) => i.to_string(),
        rusqlite::types::ValueRef::Real(r) => r.to_string(),
        rusqlite::types::ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
        rusqlite::types::ValueRef::Blob(b) => b.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Int(i) => ToSqlOutput::from(*i),
            Self::Text(t) => ToSqlOutput::from(*t),
            Self::Bytes(b) => ToSqlOutput::from(*b),
            Self::Null => ToSqlOutput::from(rusqlite::types::Null),
        })
    }
}
