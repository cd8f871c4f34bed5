//! The layer on both engines: parameters in any order, transactions whole or not at all.
//!
//! PostgreSQL is tried where `KP_TEST_POSTGRES` names a database; each test there uses a schema of its own.

use crate::{Db, Param, Sql, Tx, Url};

/// A database of either engine for one test.
fn databases(name: &str) -> Vec<Db> {
    let mut all = vec![Db::open(&Url::Memory).unwrap()];
    if let Ok(url) = std::env::var("KP_TEST_POSTGRES") {
        let admin = Db::open(&Url::Postgres(url.clone())).unwrap();
        admin
            .write("schema", |tx| {
                tx.batch(&format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}"))
            })
            .unwrap();
        let mark = if url.contains('?') { '&' } else { '?' };
        all.push(Db::open(&Url::Postgres(format!("{url}{mark}options=-c%20search_path%3D{name}"))).unwrap());
    }
    all
}

#[test]
fn reversed_and_repeated_parameters_mean_the_same_on_both() {
    const REVERSED: Sql =
        Sql { name: "reversed", text: "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)" };
    for db in databases("kp_db_reversed") {
        let row = db
            .read(|tx| {
                tx.one(REVERSED, &[Param::Text("first"), Param::Text("second")], |r| {
                    Ok((r.get::<String>(0)?, r.get::<String>(1)?, r.get::<String>(2)?))
                })
            })
            .unwrap();
        assert_eq!(row, ("second".into(), "first".into(), "second".into()), "{:?}", db.engine());
    }
}

#[test]
fn a_failed_transaction_leaves_nothing() {
    const COUNT: Sql = Sql { name: "count", text: "SELECT COUNT(*) FROM log_head" };
    const PUT: Sql = Sql {
        name: "put",
        text: "INSERT INTO log_head (log_id, owner, log_year, size, frontier, last_at, checkpoint) VALUES ($1, 'XA', 2026, 0, $2, '', '')",
    };
    for db in databases("kp_db_failed") {
        let put = |tx: &mut Tx<'_>| tx.execute(PUT, &[Param::Text("kp.XA/2026"), Param::Bytes(&[1, 2])]);
        let failed: anyhow::Result<()> = db.write("fails", |tx| {
            put(tx)?;
            anyhow::bail!("changed my mind")
        });
        assert!(failed.is_err());
        let count = |db: &Db| db.read(|tx| tx.one(COUNT, &[], |r| r.get::<i64>(0))).unwrap();
        assert_eq!(count(&db), 0);
        db.write("works", put).unwrap();
        assert_eq!(count(&db), 1);
    }
}

#[test]
fn log_rows_cannot_be_changed() {
    for db in databases("kp_db_guard") {
        db.write("put", |tx| {
            tx.batch("INSERT INTO log_entry (position, log_id, entry_number, subject, leaf, leaf_hash) VALUES (1, 'x', 0, '', '', '')")
        })
        .unwrap();
        for text in ["UPDATE log_entry SET log_id = 'y'", "DELETE FROM log_entry"] {
            let refused: anyhow::Result<()> = db.write("change", |tx| tx.batch(text));
            assert!(format!("{:#}", refused.unwrap_err()).contains("never"), "{text}");
        }
    }
}

#[test]
fn opening_twice_applies_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let url = Url::File(folder.path().join("kpcs.db"));
    drop(Db::open(&url).unwrap());
    Db::open(&url).unwrap();
}

#[test]
fn an_unreachable_server_gets_a_sentence() {
    let Err(error) = Db::open(&Url::Postgres("postgres://nobody@127.0.0.1:1/none".into())) else {
        panic!("a database answered on port 1")
    };
    assert!(format!("{error:#}").contains("check that the server runs"));
}
