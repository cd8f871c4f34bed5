//! PostgreSQL for tests: the server that `KP_TEST_POSTGRES` names, or a throwaway one of this test program.
//!
//! A throwaway server lies in a folder of its own below the system's folder for temporary files, listens on 127.0.0.1
//! only, on a port of its own, and is stopped and removed when the test program ends, however it ends. Each test asks
//! for a database of its own, so that tests may run side by side.

mod programs;
mod server;

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

use anyhow::Context;

use crate::{Missing, skipped};
pub use server::Server;

/// Names a server to be used instead of a throwaway one; its user must be allowed to create databases.
pub const NAMED: &str = "KP_TEST_POSTGRES";

/// A database of one test; dropped with this value.
#[derive(Debug)]
pub struct Database {
    admin: String,
    name: String,
}

/// A new, empty database, or `None` where there is no PostgreSQL here; then `part` is reported as skipped.
///
/// # Panics
/// Where a server is there and a database cannot be made; or with `KPCS_REQUIRE_ALL=1`, where there is no server.
#[track_caller]
pub fn database(part: &str) -> Option<Database> {
    match address() {
        Ok(address) => Some(Database::create(&address)),
        Err(missing) => {
            skipped(part, &missing);
            None
        }
    }
}

/// Address of the server's own database: of the server that is named, or of this program's throwaway one.
///
/// # Errors
/// What is missing, and how to have it.
pub fn address() -> Result<String, Missing> {
    static SERVER: OnceLock<Result<Server, Missing>> = OnceLock::new();
    if let Ok(named) = std::env::var(NAMED)
        && !named.is_empty()
    {
        return Ok(named);
    }
    SERVER.get_or_init(|| Server::start(false)).as_ref().map(Server::address).map_err(Clone::clone)
}

impl Database {
    /// Makes a database on the server at an address.
    ///
    /// # Panics
    /// Where the server does not answer or its user may not create databases.
    #[must_use]
    pub fn create(address: &str) -> Self {
        /// Tests run side by side in one process.
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("kpcs_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        // template0 and a collation by bytes, whatever the server's own database was made with.
        let text = format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        );
        if let Err(error) = run(address, &text) {
            panic!("making a database for a test at {address}: {error:#}");
        }
        Self { admin: address.to_owned(), name }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        let (place, options) = match self.admin.split_once('?') {
            Some((place, options)) => (place, format!("?{options}")),
            None => (self.admin.as_str(), String::new()),
        };
        // The database stands behind the first slash after the host.
        let host_at = place.find("://").map_or(0, |at| at + 3);
        let host_end = place[host_at..].find('/').map_or(place.len(), |at| host_at + at);
        format!("{}/{}{options}", &place[..host_end], self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that is gone has taken the database with it, or is a throwaway one.
        run(&self.admin, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).unwrap_or_default();
    }
}

/// Runs one statement for administrators.
fn run(address: &str, text: &str) -> anyhow::Result<()> {
    let mut client = ::postgres::Client::connect(address, ::postgres::NoTls).context("connecting")?;
    client.batch_execute(text).with_context(|| text.to_owned())
}
