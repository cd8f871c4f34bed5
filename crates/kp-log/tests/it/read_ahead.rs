//! Entries read on a thread of its own arrive all, once, in order; a failure on either side ends the other.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use anyhow::{Result, bail};
use kp_db::{Db, Url};
use kp_log::{Desk, Entry};
use kp_terms::Carats;

use crate::log::{CapacityRecorded, example, node, officer};

/// More than two batches.
const STATED: u64 = 2100;

/// A log: the opening, and capacities of 1, 2, 3 ... carats.
fn log_of_many(url: &Url) -> Db {
    let (db, node, officer) = (Db::open(url).unwrap(), node(), officer());
    let desk = Desk::new(&officer, &node, "2026-02-03T08:00:00Z".parse().unwrap());
    db.write("many", |tx| {
        for each in 1..=STATED {
            let high_carats = Carats::from_hundredths(i64::try_from(each).unwrap());
            kp_log::append(tx, &desk, &CapacityRecorded { high_carats, ..example() })?;
        }
        Ok::<_, kp_log::Failure>(())
    })
    .map_err(|failure| failure.to_string())
    .unwrap();
    db
}

#[test]
fn every_entry_up_to_a_position_comes_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for url in [Url::File(folder.path().join("kpcs.db")), Url::Memory] {
        comes_once_and_in_order(&log_of_many(&url));
    }
}

fn comes_once_and_in_order(db: &Db) {
    let last = db.read(kp_log::last_position).unwrap();
    assert_eq!(last, STATED + 1, "the opening, and what was stated");
    for up_to in [0, 1, 999, 1000, 1001, 2000, last - 1, last, last + 10] {
        let (prepared, mut positions, mut carats) = (AtomicU64::new(0), Vec::new(), 0);
        // Read here, and again by whoever works: it says the same.
        let prepare = |entry: &Entry| {
            prepared.fetch_add(u64::from(entry.reads_as::<CapacityRecorded>()), Relaxed);
        };
        db.write("work", |tx| {
            kp_log::read_ahead(db, tx, up_to, prepare, |_, entries| {
                for entry in entries {
                    positions.push(entry.position);
                    if let Ok(body) = entry.body::<CapacityRecorded>() {
                        carats += body.high_carats.hundredths();
                    }
                }
                Ok(())
            })
        })
        .unwrap();
        let reached = up_to.min(last);
        assert_eq!(positions, (1..=reached).collect::<Vec<_>>(), "up to {up_to}");
        let stated = reached.saturating_sub(1);
        assert_eq!(prepared.into_inner(), stated, "up to {up_to}");
        assert_eq!(carats.unsigned_abs(), stated * (stated + 1) / 2, "up to {up_to}");
    }
}

#[test]
fn a_failure_of_the_work_ends_the_reading() {
    let folder = tempfile::tempdir().unwrap();
    let db = log_of_many(&Url::File(folder.path().join("kpcs.db")));
    let mut batches = 0;
    let failed: Result<()> = db.write("work", |tx| {
        kp_log::read_ahead(
            &db,
            tx,
            STATED,
            |_| (),
            |_, _| {
                batches += 1;
                bail!("the first batch does not fit")
            },
        )
    });
    assert_eq!((failed.unwrap_err().to_string(), batches), ("the first batch does not fit".into(), 1));
}

#[test]
fn a_statement_that_does_not_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let db = log_of_many(&Url::File(folder.path().join("kpcs.db")));
    db.write("spoil", |tx| {
        tx.batch("DROP TRIGGER log_statement_is_kept; UPDATE log_statement SET signed = X'00' WHERE position = 1500")
    })
    .unwrap();
    let mut seen = 0;
    let failed: Result<()> = db.write("work", |tx| {
        kp_log::read_ahead(
            &db,
            tx,
            STATED,
            |_| (),
            |_, entries| {
                seen += entries.len();
                Ok(())
            },
        )
    });
    let sentence = format!("{:#}", failed.unwrap_err());
    assert!(sentence.contains("reading the statement at position 1500"), "{sentence}");
    assert_eq!(seen, 1000, "the batch before it was worked on");
}
