//! Acts in a second against raw inserts of the same bytes, as durable, on the same database; and how fast the log is
//! checked and the tables are worked out again.

use std::time::Duration;

use anyhow::{Context, Result};
use kp_testkit::postgres::{Database, Server};

use crate::{
    rate, timed,
    world::{World, signer},
};

/// Acts that make one certificate.
const ACTS: u64 = 3;

pub(crate) fn on_sqlite(certificates: u64) -> Result<()> {
    println!("SQLite, {certificates} certificates issued, each act durable by itself");
    let folder = tempfile::tempdir()?;
    let world = World::found(folder.path(), None)?;
    let acts = issue(&world, certificates)?;
    let bytes = signed_bytes(&world)?;
    let path = folder.path().join("raw.db");
    let (_, raw) =
        timed(&format!("{} raw inserts of the same bytes", bytes.len()), || raw_sqlite(&path, &bytes))?;
    say_ratio(certificates * ACTS, acts, bytes.len(), raw);
    checks(&world)
}

pub(crate) fn on_postgresql(certificates: u64) -> Result<()> {
    println!("\nPostgreSQL, {certificates} certificates issued, each act durable by itself");
    // Waits for its disk at each commit: a faster server would compare something else.
    let server = match Server::start(true) {
        Ok(server) => server,
        Err(missing) => {
            kp_testkit::skipped("acts on PostgreSQL", &missing);
            return Ok(());
        }
    };
    let (ours, raws) = (Database::create(&server.address()), Database::create(&server.address()));
    let folder = tempfile::tempdir()?;
    let world = World::found(folder.path(), Some(ours.url()))?;
    let acts = issue(&world, certificates)?;
    let bytes = signed_bytes(&world)?;
    let (_, raw) = timed(&format!("{} raw inserts of the same bytes", bytes.len()), || {
        raw_postgresql(&raws.url(), &bytes)
    })?;
    say_ratio(certificates * ACTS, acts, bytes.len(), raw);
    checks(&world)
}

fn issue(world: &World, certificates: u64) -> Result<Duration> {
    let (clerk, approver) = (signer("xa-clerk-1")?, signer("xa-approver-1")?);
    let acts = certificates * ACTS;
    let (_, took) = timed(&format!("{acts} acts, signed, logged, applied, counted"), || {
        (1..=certificates).try_for_each(|each| world.issue(each, &clerk, &approver))
    })?;
    Ok(took)
}

/// The signed statements as they lie in the database, one for each entry.
fn signed_bytes(world: &World) -> Result<Vec<Vec<u8>>> {
    world.node.db().read(|tx| {
        let mut all = Vec::new();
        for row in tx.table_rows("log_statement")? {
            let signed = row.iter().find(|(column, _)| column == "signed").context("log_statement.signed")?;
            let digits = signed.1.as_bytes().chunks_exact(2);
            let bytes = digits.map(|two| Ok(u8::from_str_radix(std::str::from_utf8(two)?, 16)?));
            all.push(bytes.collect::<Result<Vec<u8>>>()?);
        }
        Ok(all)
    })
}

fn raw_sqlite(path: &std::path::Path, bytes: &[Vec<u8>]) -> Result<()> {
    let connection = rusqlite::Connection::open(path)?;
    // The durability of kp-db's own connections.
    connection.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE raw (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
    )?;
    let mut insert = connection.prepare("INSERT INTO raw (bytes) VALUES (?1)")?;
    bytes.iter().try_for_each(|each| insert.execute([each]).map(|_| ()))?;
    Ok(())
}

fn raw_postgresql(url: &str, bytes: &[Vec<u8>]) -> Result<()> {
    let mut client = postgres::Client::connect(url, postgres::NoTls)?;
    client.batch_execute(
        "SET synchronous_commit=on; CREATE TABLE raw (n BIGSERIAL PRIMARY KEY, bytes BYTEA NOT NULL)",
    )?;
    let insert = client.prepare("INSERT INTO raw (bytes) VALUES ($1)")?;
    bytes.iter().try_for_each(|each| client.execute(&insert, &[each]).map(|_| ()))?;
    Ok(())
}

fn say_ratio(acts: u64, took: Duration, inserts: usize, raw: Duration) {
    let (ours, theirs) = (rate(acts, took), rate(inserts as u64, raw));
    println!(
        "  = {ours:.0} acts a second; {theirs:.0} raw inserts a second; one act costs {:.1} raw inserts",
        theirs / ours
    );
}

fn checks(world: &World) -> Result<()> {
    let (report, took) = timed("log verify", || world.node.verify_log())?;
    anyhow::ensure!(report.faults.is_empty(), "the log is not good: {:?}", report.faults);
    let (rebuilt, again) = timed("rebuild --check", || world.node.rebuild_check())?;
    anyhow::ensure!(rebuilt.differences.is_empty(), "tables differ: {:?}", rebuilt.differences);
    println!(
        "  = {:.0} entries verified a second; {:.0} entries rebuilt and compared a second",
        rate(rebuilt.entries, took),
        rate(rebuilt.entries, again)
    );
    Ok(())
}
