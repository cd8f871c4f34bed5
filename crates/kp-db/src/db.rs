//! A database: where it is, one writer, some readers.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result};

use crate::{
    Engine, Tx, connection::Connection, engine_postgres::PostgresConnection, engine_sqlite::SqliteConnection,
    migrations,
};

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Url {
    /// A SQLite file.
    File(PathBuf),
    /// SQLite in memory, for tests and rebuilds.
    Memory,
    /// A `postgres://` address.
    Postgres(String),
}

impl std::str::FromStr for Url {
    type Err = anyhow::Error;

    /// A `postgres://` or `postgresql://` address, or a path to a file.
    fn from_str(text: &str) -> Result<Self> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(text.to_owned()))
        } else {
            anyhow::ensure!(
                !text.contains("://"),
                "{text:?} is neither a postgres:// address nor a path to a file"
            );
            Ok(Self::File(PathBuf::from(text)))
        }
    }
}

impl Url {
    /// Which engine is there.
    pub fn engine(&self) -> Engine {
        match self {
            Self::File(_) | Self::Memory => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    fn connect(&self, read_only: bool) -> Result<Connection> {
        let sqlite = |path: Option<&Path>| SqliteConnection::open(path, read_only).map(Connection::Sqlite);
        match self {
            Self::File(path) => sqlite(Some(path)),
            Self::Memory => sqlite(None),
            Self::Postgres(url) => Ok(Connection::Postgres(Box::new(PostgresConnection::open(url)?))),
        }
    }
}

/// An open database, migrated to this program's schema. Shared between threads.
pub struct Db {
    url: Url,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// Most readers kept open between uses.
const READERS_KEPT: usize = 8;
/// Any number that other programs on the same server are unlikely to choose: "kpcs" in ASCII.
const POSTGRES_WRITER_LOCK: &str = "SELECT pg_advisory_xact_lock(1802527603)";

impl Db {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// Where it cannot be reached, or was made by a newer program.
    pub fn open(url: &Url) -> Result<Self> {
        let db = Self {
            url: url.clone(),
            writer: Mutex::new(url.connect(false)?),
            readers: Mutex::new(Vec::new()),
        };
        db.write("migrate", migrations::migrate)?;
        Ok(db)
    }

    /// Which engine runs.
    pub fn engine(&self) -> Engine {
        self.url.engine()
    }

    /// Where it is.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether somebody can read while somebody writes: not in memory, where there is one connection for both.
    pub fn has_readers(&self) -> bool {
        self.url != Url::Memory
    }

    /// Runs a write transaction. It is committed, durably, if and only if the closure returns `Ok`.
    ///
    /// Only one write transaction runs at a time, across processes too: facts read inside it stay true until it ends.
    /// If power fails before the commit returns, the transaction happened entirely or not at all, and nobody has been
    /// told either way.
    ///
    /// # Errors
    /// What the closure returned, or what the database said.
    pub fn write<T, E: From<anyhow::Error>>(
        &self,
        name: &'static str,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.writer()?;
        begin_write(&mut connection).with_context(|| format!("beginning transaction {name}"))?;
        let outcome = act(&mut Tx { connection: &mut connection });
        let last = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = connection.batch(last).with_context(|| format!("ending transaction {name} with {last}"));
        match (outcome, ended) {
            (Ok(value), Ok(())) => Ok(value),
            (Err(error), _) => Err(error), // a failed rollback closes with the connection; the first failure is the news
            (Ok(_), Err(error)) => Err(error.into()),
        }
    }

    /// Runs a read-only transaction on one unchanging view of the data.
    ///
    /// # Errors
    /// What the closure returned, or what the database said.
    pub fn read<T, E: From<anyhow::Error>>(
        &self,
        look: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.has_readers() {
            let mut connection = self.writer()?;
            return run_read(&mut connection, look);
        }
        let kept = lock(&self.readers).pop().filter(Connection::is_alive);
        let mut connection = match kept {
            Some(connection) => connection,
            None => self.url.connect(true)?,
        };
        let outcome = run_read(&mut connection, look);
        let mut readers = lock(&self.readers);
        if readers.len() < READERS_KEPT && connection.is_alive() {
            readers.push(connection);
        }
        outcome
    }

    /// The writer, connected anew where the server went away.
    fn writer(&self) -> Result<MutexGuard<'_, Connection>> {
        let mut connection = lock(&self.writer);
        if !connection.is_alive() {
            *connection = self.url.connect(false)?;
        }
        Ok(connection)
    }
}

/// A panic elsewhere while holding the lock leaves at worst an open transaction, which the next BEGIN reports.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn begin_write(connection: &mut Connection) -> Result<()> {
    match connection.engine() {
        Engine::Sqlite => connection.batch("BEGIN IMMEDIATE"),
        Engine::Postgres => connection.batch(&format!("BEGIN; {POSTGRES_WRITER_LOCK}")),
    }
}

fn run_read<T, E: From<anyhow::Error>>(
    connection: &mut Connection,
    look: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    connection.batch(match connection.engine() {
        Engine::Sqlite => "BEGIN",
        Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    })?;
    let outcome = look(&mut Tx { connection });
    let ended = connection.batch("ROLLBACK");
    let value = outcome?;
    ended?;
    Ok(value)
}
