//! A log in memory with fixed keys: the same bytes on every run.

use kp_db::{Db, Url};
use kp_log::{Desk, LogOwner, NodeKeys, Signer, Statement};
use kp_sign::SigningKey;
use kp_terms::{Carats, Date, ParticipantCode};
use serde::{Deserialize, Serialize};

/// The kind that the example speaks of; the fields are those of the registry's statement of that name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CapacityRecorded {
    pub(crate) participant: ParticipantCode,
    pub(crate) high_carats: Carats,
    pub(crate) from_year: u32,
    pub(crate) source: String,
    pub(crate) dated: Date,
}

impl Statement for CapacityRecorded {
    const KIND: &'static str = "capacity_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.participant.to_string()
    }
}

pub(crate) fn example() -> CapacityRecorded {
    CapacityRecorded {
        participant: "XA".parse().unwrap(),
        high_carats: "36000.00".parse().unwrap(),
        from_year: 2026,
        source: "XA mining cadastre, 2025".into(),
        dated: "2025-11-30".parse().unwrap(),
    }
}

/// The bytes 1, 2, ... 32: nobody can take this for a secret.
pub(crate) fn example_secret() -> [u8; 32] {
    std::array::from_fn(|at| u8::try_from(at + 1).unwrap())
}

pub(crate) fn officer() -> Signer {
    Signer { id: "scheme-sec-1".into(), key: SigningKey::from_bytes(&example_secret()).unwrap() }
}

pub(crate) fn node() -> NodeKeys {
    let signer = Signer { id: "example".into(), key: SigningKey::from_bytes(&[9; 32]).unwrap() };
    NodeKeys { signer, checkpoint_seed: [8; 32], documents: kp_log::DocumentKeys::default() }
}

/// What stands in one row of the log.
pub(crate) struct Stored {
    pub(crate) signed: Vec<u8>,
    pub(crate) leaf: Vec<u8>,
    pub(crate) leaf_hash: Vec<u8>,
}

/// A log that holds its opening and the example.
pub(crate) fn log_with_example() -> (Db, Stored) {
    let (db, node, officer) = (Db::open(&Url::Memory).unwrap(), node(), officer());
    let desk = Desk::new(&officer, &node, "2026-02-03T08:00:00Z".parse().unwrap());
    let entry =
        db.write("example", |tx| kp_log::append(tx, &desk, &example())).map_err(|f| f.to_string()).unwrap();
    let rows = |table| db.read(|tx| tx.table_rows(table)).unwrap();
    let cell = |table, column: usize| {
        let rows: Vec<Vec<(String, String)>> = rows(table);
        let row = rows.into_iter().find(|row| row[0].1 == entry.position.to_string()).unwrap();
        unhex(&row[column].1)
    };
    let stored = Stored {
        signed: cell("log_statement", 3),
        leaf: cell("log_entry", 4),
        leaf_hash: cell("log_entry", 5),
    };
    (db, stored)
}

/// Whether the program reads these bytes as an entry of the log, or why not.
pub(crate) fn read_back(signed: &[u8]) -> Result<kp_log::Entry, String> {
    let db = Db::open(&Url::Memory).unwrap();
    let (hash, bytes) = (kp_sign::hex(&kp_sign::sha256(signed)), kp_sign::hex(signed));
    db.write("put", |tx| {
        tx.batch(&format!(
            "INSERT INTO log_statement VALUES (1, X'{hash}', 'any', X'{bytes}');\
             INSERT INTO log_entry VALUES (1, 'kp.scheme/2026', 0, '', X'00', X'00')"
        ))
    })
    .unwrap();
    db.read(|tx| kp_log::entry_at(tx, 1)).map_err(|error| format!("{:#}", error))
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}
