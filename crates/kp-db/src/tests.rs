//! The layer on both engines: parameters in any order, transactions whole or not at all.
//!
//! PostgreSQL is tried where it can be had; each test has a database of its own there.

use kp_testkit::postgres::Database;

use crate::{Db, Param, Sql, Tx, Url};

/// A database of either engine for one test, and what keeps the second one there.
fn databases() -> (Vec<Db>, Option<Database>) {
    let postgres = kp_testkit::postgres::database("the database layer on PostgreSQL");
    let urls = std::iter::once(Url::Memory).chain(postgres.iter().map(|made| Url::Postgres(made.url())));
    (urls.map(|url| Db::open(&url).unwrap()).collect(), postgres)
}

#[test]
fn reversed_and_repeated_parameters_mean_the_same_on_both() {
    const REVERSED: Sql =
        Sql { name: "reversed", text: "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)" };
    let (databases, _kept) = databases();
    for db in databases {
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
    let (databases, _kept) = databases();
    for db in databases {
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
    let (databases, _kept) = databases();
    for db in databases {
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

#[test]
fn indexes_set_aside_come_back_whether_the_work_succeeds_or_not() {
    const INDEX: &str = "trade_certificate_state";
    const MADE: Sql =
        Sql { name: "made", text: "SELECT sql FROM sqlite_master WHERE name = 'trade_certificate_state'" };
    let db = Db::open(&Url::Memory).unwrap();
    let made = |tx: &mut Tx<'_>| tx.optional(MADE, &[], |row| row.get::<String>(0));
    let before = db.read(made).unwrap();
    assert!(before.is_some());
    let meanwhile = db.write("works", |tx| tx.in_bulk(&[INDEX], made)).unwrap();
    assert_eq!((meanwhile, db.read(made).unwrap()), (None, before.clone()));
    let failed: anyhow::Result<()> =
        db.write("fails", |tx| tx.in_bulk(&[INDEX], |_| anyhow::bail!("a bad entry")));
    assert_eq!((failed.unwrap_err().to_string(), db.read(made).unwrap()), ("a bad entry".into(), before));
    let unknown = db.write("unknown", |tx| tx.in_bulk(&["no_such"], |_| Ok(()))).unwrap_err();
    assert_eq!(unknown.to_string(), "the schema has no index no_such");
}

/// PostgreSQL keeps its indexes: taking one away would hold up whoever reads.
#[test]
fn bulk_work_runs_on_both() {
    const PUT: Sql = Sql {
        name: "put",
        text: "INSERT INTO log_head (log_id, owner, log_year, size, frontier, last_at, checkpoint) VALUES ('kp.XA/2026', 'XA', 2026, 0, $1, '', '')",
    };
    let (databases, _kept) = databases();
    for db in databases {
        let put = |tx: &mut Tx<'_>| tx.execute(PUT, &[Param::Bytes(&[1])]);
        assert_eq!(db.write("bulk", |tx| tx.in_bulk(&["trade_certificate_state"], put)).unwrap(), 1);
    }
}
