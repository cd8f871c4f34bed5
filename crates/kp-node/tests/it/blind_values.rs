//! A sealed value is nowhere: not in a table, not in a signed statement, not in the files of the data folder; and it is
//! the same value that is opened in the end (L15, docs/decisions/0009-blind-values.md).

use kp_db::Sql;
use kp_valuation::rules::blind::is_committed;

use crate::office::{Office, signer};

const STATEMENTS: Sql =
    Sql { name: "statements", text: "SELECT signed FROM log_statement ORDER BY position" };

/// The figure that nobody may see: as it is typed, and as tables would hold it.
const FIGURES: [&str; 2] = ["648540.17", "64854017"];

pub(crate) fn office() -> Office {
    let office = Office::found();
    office.two_participants();
    for (id, role) in [("xa-valuer-1", "valuer"), ("xa-independent-1", "independent-valuer")] {
        let key = kp_sign::hex(&signer(id).key.public().to_bytes());
        let named =
            [("body", "XA"), ("officer_id", id), ("name", id), ("roles", role), ("public_key", key.as_str())];
        office.done("xa-admin-1", "name_officer", &named);
    }
    let lot = [
        ("participant", "XA"),
        ("lot", "XA-L-1"),
        ("application", "XA-A-1"),
        ("licence_number", "XA-EXP-7"),
        ("goods", "7102.31 1000.00"),
        ("values", "3"),
    ];
    office.done("xa-clerk-1", "open_lot", &lot);
    office
}

pub(crate) fn submit(office: &Office, by: &str, party: &str, usd: &str) {
    let line = format!("7102.31 {usd}");
    office.done(by, "submit_value", &[("lot", "XA-L-1"), ("party", party), ("values", &line)]);
}

/// Every place where the figure is found.
fn places(office: &Office) -> Vec<String> {
    let mut found = Vec::new();
    let holds = |text: &str| FIGURES.iter().any(|figure| text.contains(figure));
    office
        .node
        .db()
        .read(|tx| {
            for table in kp_node::rebuilt_tables() {
                let rows = tx.table_rows(table)?;
                found.extend(
                    rows.iter().flatten().filter(|(_, v)| holds(v)).map(|(c, _)| format!("{table}.{c}")),
                );
            }
            for signed in tx.rows(STATEMENTS, &[], |row| row.get::<Vec<u8>>(0))? {
                if holds(&String::from_utf8_lossy(&signed)) {
                    found.push("a signed statement".into());
                }
            }
            Ok::<(), anyhow::Error>(())
        })
        .unwrap();
    let mut folders = vec![office.folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if holds(&String::from_utf8_lossy(&std::fs::read(&path).unwrap())) {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found
}

#[test]
fn a_sealed_value_is_nowhere_until_all_are_in_and_its_valuer_opens_it() {
    let office = office();
    submit(&office, "xa-valuer-1", "government", "648540.17");
    assert_eq!(places(&office), Vec::<String>::new());
    assert_eq!(office.refused("xa-valuer-1", "open_value", &[("lot", "XA-L-1")]), "values_missing");
    submit(&office, "xa-clerk-1", "exporter", "601701.00");
    submit(&office, "xa-independent-1", "independent", "659925.00");
    assert_eq!(places(&office), Vec::<String>::new(), "all are in, and still only the valuer opens it");
    for other in ["xa-independent-1", "xa-admin-1"] {
        assert_eq!(office.refused(other, "open_value", &[("lot", "XA-L-1")]), "nothing_sealed");
    }
    let opened = office.done("xa-valuer-1", "open_value", &[("lot", "XA-L-1")]);
    assert!(places(&office).len() > 1, "now everybody sees it");
    is_what_was_committed_to(&office, opened.position);
    office.is_sound();
}

/// What a reader of the log alone can check: the opened value is the one that was sealed.
fn is_what_was_committed_to(office: &Office, position: u64) {
    let (entry, lot) = office
        .node
        .db()
        .read(|tx| {
            let lot = kp_valuation::lot_by_reference(tx, "XA-L-1")?.unwrap();
            Ok::<_, anyhow::Error>((kp_log::entry_at(tx, position)?, lot))
        })
        .unwrap();
    let opened: kp_valuation::open_value::ValueOpened = entry.body().unwrap();
    let key: Vec<u8> =
        (0..32).map(|i| u8::from_str_radix(&opened.key[2 * i..2 * i + 2], 16).unwrap()).collect();
    let key: [u8; 32] = key.try_into().unwrap();
    let value = lot.values.iter().find(|value| value.valued_by == "xa-valuer-1").unwrap();
    assert!(is_committed(&key, &value.commitment, &opened.lines));
    assert!(!is_committed(&key, &value.commitment, &["7102.31 648540.18".parse().unwrap()]));
}

/// Somebody with a database tool exchanges the seal; what was committed to stands in the log, and the seal does not open.
#[test]
fn a_seal_that_was_exchanged_does_not_open() {
    const EXCHANGE: Sql = Sql {
        name: "exchange",
        text: "UPDATE valuation_value SET sealed = (SELECT v.sealed FROM valuation_value v WHERE v.party = 'exporter') \
               WHERE party = 'government'",
    };
    let office = office();
    submit(&office, "xa-valuer-1", "government", "648540.17");
    submit(&office, "xa-clerk-1", "exporter", "601701.00");
    submit(&office, "xa-independent-1", "independent", "659925.00");
    office.node.db().write("test", |tx| tx.execute(EXCHANGE, &[]).map(drop)).unwrap();
    assert_eq!(office.refused("xa-valuer-1", "open_value", &[("lot", "XA-L-1")]), "seal_does_not_open");
}
