//! PostgreSQL: synchronous_commit=on, statements prepared once per connection.

use std::collections::HashMap;

use anyhow::{Context, Result};
use postgres::{
    Client, NoTls, Statement,
    fallible_iterator::FallibleIterator,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use crate::{Param, Row, sql::address};

pub(crate) struct PostgresConnection {
    client: Client,
    prepared: HashMap<(usize, usize), Statement>,
}

impl PostgresConnection {
    pub(crate) fn open(url: &str) -> Result<Self> {
        let mut client = Client::connect(url, NoTls)
            .map_err(|e| anyhow::anyhow!("{}", plain(&e)))
            .context("connecting to PostgreSQL; check that the server runs and that the address, user and database are right")?;
        client.batch_execute("SET synchronous_commit=on; SET TIME ZONE 'UTC'; SET lock_timeout='30s'")?;
        refuse_other_collations(&mut client)?;
        Ok(Self { client, prepared: HashMap::new() })
    }

    pub(crate) fn is_alive(&self) -> bool {
        !self.client.is_closed()
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<()> {
        self.client.batch_execute(text).map_err(|e| anyhow::anyhow!("{}", plain(&e)))
    }

    fn statement(&mut self, text: &'static str) -> Result<Statement> {
        if let Some(statement) = self.prepared.get(&address(text)) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(text).map_err(|e| anyhow::anyhow!("{}", plain(&e)))?;
        self.prepared.insert(address(text), statement.clone());
        Ok(statement)
    }

    pub(crate) fn execute(&mut self, text: &'static str, params: &[Param<'_>]) -> Result<u64> {
        let statement = self.statement(text)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as &(dyn ToSql + Sync)).collect();
        self.client.execute(&statement, &params).map_err(|e| anyhow::anyhow!("{}", plain(&e)))
    }

    pub(crate) fn each(
        &mut self,
        text: &'static str,
        params: &[Param<'_>],
        visit: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let statement = self.statement(text)?;
        let mut rows = self
            .client
            .query_raw(&statement, params.iter().map(|p| p as &dyn ToSql))
            .map_err(|e| anyhow::anyhow!("{}", plain(&e)))?;
        while let Some(row) = rows.next().map_err(|e| anyhow::anyhow!("{}", plain(&e)))? {
            visit(&Row::Postgres(&row))?;
        }
        Ok(())
    }

    pub(crate) fn prepare(&mut self, text: &str) -> Result<()> {
        let statement = self.client.prepare(text).map_err(|e| anyhow::anyhow!("{}", plain(&e)))?;
        // SUM over BIGINT is NUMERIC here and an integer on SQLite: seen only when such a row is read.
        for (column, kind) in statement.columns().iter().map(|c| (c.name(), c.type_())) {
            let readable = [Type::INT8, Type::TEXT, Type::VARCHAR, Type::BYTEA].contains(kind);
            anyhow::ensure!(readable, "column {column} is {kind}; cast it to BIGINT, TEXT or BYTEA");
        }
        for (number, kind) in (1..).zip(statement.params()) {
            let known = <Param<'_> as ToSql>::accepts(kind);
            anyhow::ensure!(known, "parameter ${number} is {kind}; cast it to BIGINT, TEXT or BYTEA");
        }
        Ok(())
    }

    pub(crate) fn table_rows(&mut self, table: &str) -> Result<Vec<Vec<(String, String)>>> {
        let rows = self
            .client
            .query(&format!("SELECT * FROM {table}"), &[])
            .map_err(|e| anyhow::anyhow!("{}", plain(&e)))?;
        rows.iter().map(|row| (0..row.len()).map(|column| shown(row, column)).collect()).collect()
    }
}

/// A column's name and its value as text; bytes as hexadecimal, so that both engines write the same.
fn shown(row: &postgres::Row, column: usize) -> Result<(String, String)> {
    let name = row.columns().get(column).map(|c| c.name().to_owned()).unwrap_or_default();
    let kind = row.columns().get(column).map(|c| c.type_().clone()).unwrap_or(Type::TEXT);
    let value = if kind == Type::INT8 {
        row.try_get::<_, Option<i64>>(column)?.map(|i| i.to_string())
    } else if kind == Type::BYTEA {
        row.try_get::<_, Option<Vec<u8>>>(column)?
            .map(|b| b.iter().map(|byte| format!("{byte:02x}")).collect())
    } else {
        row.try_get::<_, Option<String>>(column)?
    };
    Ok((name, value.unwrap_or_else(|| "NULL".into())))
}

/// Text is compared and sorted by its bytes, as SQLite does; a database that sorts by a language would give other orders.
fn refuse_other_collations(client: &mut Client) -> Result<()> {
    let row = client
        .query_one("SELECT datcollate FROM pg_database WHERE datname = current_database()", &[])
        .map_err(|e| anyhow::anyhow!("{}", plain(&e)))?;
    let collation: String = row.try_get(0)?;
    anyhow::ensure!(
        collation == "C" || collation == "POSIX" || collation.starts_with("C."),
        "this database sorts text by {collation}; make one that sorts by bytes: CREATE DATABASE kpcs TEMPLATE template0 LC_COLLATE 'C' ENCODING 'UTF8'"
    );
    Ok(())
}

/// The server's own sentence, which the driver's `Display` leaves out.
fn plain(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => format!("{} ({})", db.message(), db.code().code()),
        None => match std::error::Error::source(error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        },
    }
}

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Int(i) if *kind == Type::INT4 => i32::try_from(*i)?.to_sql(kind, out),
            Self::Int(i) => i.to_sql(kind, out),
            Self::Text(t) => t.to_sql(kind, out),
            Self::Bytes(b) => b.to_sql(kind, out),
            Self::Null => Ok(IsNull::Yes),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::TEXT, Type::VARCHAR, Type::BYTEA, Type::UNKNOWN].contains(kind)
    }

    to_sql_checked!();
}
