//! A transaction: the only way to read or write.

use anyhow::Result;

use crate::{Engine, Param, Row, Sql, connection::Connection};

/// A running transaction. Dropped without having been committed by [`crate::Db::write`], it leaves no trace.
pub struct Tx<'c> {
    pub(crate) connection: &'c mut Connection,
}

impl Tx<'_> {
    /// Runs a statement that changes rows; returns how many.
    ///
    /// # Errors
    /// Where the database refuses the statement.
    pub fn execute(&mut self, sql: Sql, params: &[Param<'_>]) -> Result<u64> {
        self.connection.execute(sql, params)
    }

    /// Runs a query and turns each row into a value.
    ///
    /// # Errors
    /// Where the database refuses the query or a row cannot be read.
    pub fn rows<T>(
        &mut self,
        sql: Sql,
        params: &[Param<'_>],
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.connection.each(sql, params, &mut |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Runs a query that gives at most one row.
    ///
    /// # Errors
    /// Where the query fails or gives more than one row.
    pub fn optional<T>(
        &mut self,
        sql: Sql,
        params: &[Param<'_>],
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut all = self.rows(sql, params, read)?;
        anyhow::ensure!(
            all.len() <= 1,
            "statement {} gave {} rows where one was expected",
            sql.name,
            all.len()
        );
        Ok(all.pop())
    }

    /// Runs a query that gives exactly one row.
    ///
    /// # Errors
    /// Where the query fails or gives another number of rows.
    pub fn one<T>(
        &mut self,
        sql: Sql,
        params: &[Param<'_>],
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.optional(sql, params, read)?.ok_or_else(|| anyhow::anyhow!("statement {} gave no row", sql.name))
    }

    /// Visits each row of a query without keeping them.
    ///
    /// # Errors
    /// Where the query fails or the visitor does.
    pub fn each(
        &mut self,
        sql: Sql,
        params: &[Param<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.connection.each(sql, params, &mut visit)
    }

    /// Prepares a text without running it.
    ///
    /// # Errors
    /// Where the engine does not understand it.
    pub fn prepare(&mut self, text: &str) -> Result<()> {
        self.connection.prepare(text)
    }

    /// Runs several statements without parameters: migrations, and emptying tables before a rebuild.
    ///
    /// # Errors
    /// Where one of them is refused.
    pub fn batch(&mut self, text: &str) -> Result<()> {
        self.connection.batch(text)
    }

    /// Which engine runs.
    pub fn engine(&self) -> Engine {
        self.connection.engine()
    }

    /// Every row of a table as text, column by column in the order of the schema, sorted: the same on both engines. For
    /// comparing tables with what the log says; not for work.
    ///
    /// # Errors
    /// Where there is no such table.
    pub fn table_rows(&mut self, table: &str) -> Result<Vec<Vec<(String, String)>>> {
        anyhow::ensure!(
            table.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
            "{table:?} is not the name of a table"
        );
        let mut rows = self.connection.table_rows(table)?;
        rows.sort();
        Ok(rows)
    }
}
