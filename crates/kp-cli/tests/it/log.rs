//! The log, and a person with a database tool.

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::kpcs::Kpcs;

fn database(kpcs: &Kpcs) -> Connection {
    Connection::open(kpcs.data().join("kpcs.db")).unwrap()
}

#[test]
fn heads_are_listed_and_every_entry_verifies() {
    let kpcs = Kpcs::with_world();
    assert_snapshot!(kpcs.run(&["log", "heads"]).text, @r"
    exit 0
    --- out
    log             entries  root                                          checkpoint key
    kp.XA/2024           54  [HASH]  kp.XA/2024+[KEY]
    kp.XB/2024           14  [HASH]  kp.XB/2024+[KEY]
    kp.scheme/2024       91  [HASH]  kp.scheme/2024+[KEY]
    ");
    assert_snapshot!(kpcs.run(&["log", "verify"]).text, @r"
    exit 0
    --- out
    159 entries in 3 logs: every signature, hash and checkpoint is good
    ");
    assert_snapshot!(kpcs.run(&["rebuild", "--check"]).text, @r"
    exit 0
    --- out
    [N] rows in [N] tables, worked out from 159 entries: every byte is as the log says
    ");
}

#[test]
fn one_byte_changed_in_the_log_is_found_and_its_entry_named() {
    let kpcs = Kpcs::with_world();
    let database = database(&kpcs);
    let find = "SELECT e.position, s.signed FROM log_entry e JOIN log_statement s ON s.position = e.position \
                WHERE e.log_id = 'kp.XA/2024' AND e.entry_number = 9";
    let (position, mut signed): (i64, Vec<u8>) =
        database.query_row(find, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let middle = signed.len() / 2;
    signed[middle] ^= 1;
    database.execute_batch("DROP TRIGGER log_statement_is_kept").unwrap();
    database.execute("UPDATE log_statement SET signed = ?1 WHERE position = ?2", (signed, position)).unwrap();
    drop(database);
    assert_snapshot!(kpcs.run(&["log", "verify"]).text, @r"
    exit 1
    --- out
    kp.XA/2024 entry 9: its statement was altered: the bytes no longer have the SHA-256 recorded beside them
    159 entries in 3 logs: 1 fault; this log is not as it was written
    ");
    assert_snapshot!(kpcs.run(&["log", "publish", &kpcs.path("published")]).text, @r"
    exit 3
    --- err
    error: nothing is published from a log that is not as it was written: kp.XA/2024 entry 9: its statement was altered: the bytes no longer have the SHA-256 recorded beside them
    ");
    assert!(!std::path::Path::new(&kpcs.path("published")).exists());
}

#[test]
fn a_tail_cut_off_is_noticed_at_once_and_nothing_more_is_done() {
    let kpcs = Kpcs::with_world();
    let last: i64 =
        database(&kpcs).query_row("SELECT max(position) FROM log_entry", [], |row| row.get(0)).unwrap();
    database(&kpcs)
        .execute_batch(&format!(
            "DROP TRIGGER log_statement_is_not_deleted; DROP TRIGGER log_entry_is_not_deleted; \
             DELETE FROM log_entry WHERE position = {last}; DELETE FROM log_statement WHERE position = {last}; \
             UPDATE log_head SET size = size - 1 WHERE log_id = 'kp.scheme/2024';"
        ))
        .unwrap();
    let verify = kpcs.run(&["log", "verify"]);
    assert_eq!(verify.code, 1, "{}", verify.text);
    assert_snapshot!(kpcs.run(&["act", "issue-certificate", "--as", "xa-approver", "--number", "XA-000007"]).text, @r"
    exit 3
    --- err
    error: the log is not as it was written, so nothing is done here until that is settled: kp.scheme/2024 entry 90: the database holds 90 entries, but the copy kept outside it has 91: the entries from 90 on are missing; restore the newest backup, do not go on from here
    ");
}

#[test]
fn a_table_row_that_was_changed_is_named_and_put_right() {
    let kpcs = Kpcs::with_world();
    let change = "UPDATE trade_certificate SET expires_on = '2024-12-31' WHERE number = 'XA-000005'";
    assert_eq!(database(&kpcs).execute(change, []).unwrap(), 1);
    assert_snapshot!(kpcs.run(&["rebuild", "--check"]).text, @r"
    exit 1
    --- out
    trade_certificate row number XA-000005: expires_on is 2024-12-31, the log says 2024-04-08
    [N] rows in [N] tables, worked out from 159 entries: 1 difference not what the log says; `kpcs rebuild` puts the tables right
    ");
    assert_snapshot!(kpcs.run(&["rebuild"]).text, @r"
    exit 0
    --- out
    Every table was filled again from 159 entries
    ");
    assert_eq!(kpcs.run(&["rebuild", "--check"]).code, 0);
}

#[test]
fn a_proof_leads_to_the_checkpoint_of_the_log() {
    let kpcs = Kpcs::with_world();
    let said = kpcs.run(&["log", "prove", "kp.XB/2024", "3"]);
    assert_snapshot!(said.text, @r"
    exit 0
    --- out
    c2sp.org/tlog-proof@v1
    index 3
    [HASH]
    [HASH]
    [HASH]
    [HASH]

    kp.XB/2024
    14
    [HASH]

    — kp.XB/2024 [SIGNATURE]
    ");
    assert_snapshot!(kpcs.run(&["log", "prove", "kp.XB/2024", "300"]).text, @r"
    exit 3
    --- err
    error: log kp.XB/2024 has entries 0 to 13
    ");
    assert_snapshot!(kpcs.run(&["log", "prove", "kp.XQ/2024", "0"]).text, @r"
    exit 3
    --- err
    error: there is no log kp.XQ/2024; `kpcs log heads` lists them
    ");
}

#[test]
fn published_files_grow_and_never_take_back() {
    let kpcs = Kpcs::with_world();
    let folder = kpcs.path("published");
    assert_snapshot!(kpcs.run(&["log", "publish", &folder]).text, @r"
    exit 0
    --- out
    kp.XA/2024: 54 entries, 3 files written
    kp.XB/2024: 14 entries, 3 files written
    kp.scheme/2024: 91 entries, 3 files written
    ");
    assert_snapshot!(kpcs.run(&["log", "publish", &folder]).text, @r"
    exit 0
    --- out
    kp.XA/2024: 54 entries, 0 files written
    kp.XB/2024: 14 entries, 0 files written
    kp.scheme/2024: 91 entries, 0 files written
    ");
    // The checkpoint of another history of the same log.
    let checkpoint = kpcs.path("published/kp.XB/2024/checkpoint");
    let text = std::fs::read_to_string(&checkpoint).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[2] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    std::fs::write(&checkpoint, lines.join("\n")).unwrap();
    assert_snapshot!(kpcs.run(&["log", "publish", &folder]).text, @r"
    exit 3
    --- out
    kp.XA/2024: 54 entries, 0 files written
    --- err
    error: [HOME]/published/kp.XB/2024/checkpoint is not an earlier state of this log; nothing there was changed, choose another folder and keep this one as evidence
    ");
}
