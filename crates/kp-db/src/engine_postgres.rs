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
