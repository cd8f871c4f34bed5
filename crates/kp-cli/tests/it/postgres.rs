//! The same commands on PostgreSQL: the folder holds keys and the copy outside, the server holds the rest.

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

#[test]
fn a_node_is_founded_used_and_verified_on_a_server() {
    let Some(database) = kp_testkit::postgres::database("the command on PostgreSQL") else { return };
    let kpcs = Kpcs::new();
    let run = |arguments: &[&str]| {
        let output = kpcs.command(arguments).env("KPCS_DATABASE", database.url()).output().unwrap();
        kpcs.said(output)
    };
    assert_eq!(run(&["init"]).code, 0);
    assert!(!kpcs.data().join("kpcs.db").exists());
    let admit =
        ["act", "admit-participant", "--as", "scheme-secretary", "--code", "XA", "--name", "Examplia"];
    let admit = [&admit[..], &["--member-from", "2020-01-01", "--legal-act", "invented decision 1"]].concat();
    assert_eq!(run(&admit).code, 0);
    assert_eq!(run(&admit).code, 1);
    assert_snapshot!(run(&["log", "verify"]).text, @r"
    exit 0
    --- out
    3 entries in 1 log: every signature, hash and checkpoint is good
    ");
    assert_snapshot!(run(&["participants"]).text, @r"
    exit 0
    --- out
    code  name      member from  standing  by
    XA    Examplia  2020-01-01   open      invented decision 1
    ");
    assert_eq!(run(&["rebuild", "--check"]).code, 0);
    // Without its address the folder alone is another, empty database, and the copy outside contradicts it.
    assert_snapshot!(kpcs.run(&["log", "verify"]).text, @r"
    exit 1
    --- out
    kp.scheme/[YEAR] entry 0: the database holds 0 entries, but the copy kept outside it has 3: the entries from 0 on are missing; restore the newest backup, do not go on from here
    0 entries in 0 logs: 1 fault; this log is not as it was written
    ");
}

#[test]
fn attacks_are_proved_on_a_server_too() {
    let Some(database) = kp_testkit::postgres::database("the stories on PostgreSQL") else { return };
    let kpcs = Kpcs::new();
    let said = kpcs.run(&["prove", "--database", &database.url()]);
    assert!(said.code == 0 && said.out.contains("on PostgreSQL: "), "{}", said.text);
}
