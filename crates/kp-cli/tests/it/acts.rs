//! Acts, refusals, and what cannot be read.

use insta::assert_snapshot;

use crate::kpcs::Kpcs;

const ADMIT: [&str; 12] = [
    "act",
    "admit-participant",
    "--as",
    "scheme-secretary",
    "--code",
    "XC",
    "--name",
    "Specimenia",
    "--member-from",
    "2020-01-01",
    "--legal-act",
    "invented decision 3",
];

#[test]
fn an_act_is_done_once_and_refused_with_its_rule_the_second_time() {
    let kpcs = Kpcs::with_world();
    assert_snapshot!(kpcs.run(&ADMIT).text, @r"
    exit 0
    --- out
    participant admitted XC
      stated on [TODAY] as entry 1 of kp.scheme/[YEAR]
      SHA-256 [SHA-256]
    ");
    assert_snapshot!(kpcs.run(&ADMIT).text, @r"
    exit 1
    --- err
    refused: XC is a participant already
    rule: CD Section VI.8: admitted once, then listed [already_a_participant]
    ");
}

#[test]
fn a_receipt_can_be_had_as_json() {
    let kpcs = Kpcs::with_world();
    assert_snapshot!(kpcs.run(&[&ADMIT[..], &["--json"]].concat()).text, @r#"
    exit 0
    --- out
    {
      "act": "admit_participant",
      "statement": "participant_admitted",
      "subject": "XC",
      "on": "[TODAY]",
      "log": "kp.scheme/[YEAR]",
      "entry": 1,
      "position": 161,
      "sha256": "[SHA-256]"
    }
    "#);
}

#[test]
fn every_field_that_cannot_be_read_gets_a_sentence() {
    let kpcs = Kpcs::with_world();
    let arguments = [
        "act",
        "record-capacity",
        "--as",
        "scheme-statistics",
        "--participant",
        "Q7",
        "--high-carats",
        "1,2",
        "--dated",
        "soon",
    ];
    assert_snapshot!(kpcs.run(&arguments).text, @r#"
    exit 2
    --- err
    error: --participant: "Q7" is not a participant code; a code is two letters, for example XA
    error: --from-year: is missing
    error: --source: is missing
    error: --dated: "soon" is not a date; write it as [TODAY]
    Nothing was done. The option --help shows each field with an example.
    "#);
}

#[test]
fn who_drafted_does_not_issue() {
    let kpcs = Kpcs::with_world();
    let issue = ["act", "issue-certificate", "--number", "XA-000007", "--as"];
    assert_snapshot!(kpcs.run(&[&issue[..], &["xa-clerk"]].concat()).text, @r"
    exit 1
    --- err
    refused: xa-clerk does not hold the role approver, which this act needs
    rule: separation of duties (L19) [role_missing]
    ");
    assert_snapshot!(kpcs.run(&[&issue[..], &["nobody"]].concat()).text, @r#"
    exit 3
    --- err
    error: no key of "nobody" lies in this data folder; officers act where their key is, and `kpcs officers` lists them
    "#);
    let wrong =
        kpcs.command(&[&issue[..], &["xa-approver"]].concat()).env("KPCS_PASSPHRASE", "wrong one").output();
    assert_snapshot!(kpcs.said(wrong.unwrap()).text, @r"
    exit 3
    --- err
    error: the key does not open: the passphrase is wrong, or the file is damaged
    ");
}

#[test]
fn what_is_no_act_is_answered_with_what_is_like_it() {
    let kpcs = Kpcs::new();
    assert_snapshot!(kpcs.run(&["act", "issue-certificat"]).text, @r"
    exit 2
    --- err
    error: unrecognized subcommand 'issue-certificat'

      tip: some similar subcommands exist: 'dispose-forfeited', 'approve-certificate', 'issue-certificate'

    Usage: kpcs act [OPTIONS] <ACT>

    For more information, try '--help'.
    ");
}

#[test]
fn an_officer_is_named_with_a_key_made_here_and_can_act_with_it() {
    let kpcs = Kpcs::with_world();
    let name = ["act", "name-officer", "--as", "xa-admin", "--body", "XA", "--officer-id", "xa-clerk-2"];
    let name = [&name[..], &["--name", "I. Clerk", "--roles", "clerk", "--authority-id", "xa-gdo"]].concat();
    assert_eq!(kpcs.run(&name).code, 0);
    // The application waits, but the exporter's licence ran out with the invented world: drafting asks for nothing else.
    let draft = kpcs.run(&["act", "draft-certificate", "--as", "xa-clerk-2", "--application", "XA-A-8"]);
    assert!(draft.text.contains("certificate drafted XA-000008"), "{}", draft.text);
}

#[test]
fn help_shows_each_field_with_an_example() {
    assert_snapshot!(Kpcs::new().run(&["act", "report-difference", "--help"]).text, @r#"
    exit 0
    --- out
    Report a difference

    Usage: kpcs act report-difference [OPTIONS] --as <OFFICER>

    Options:
          --as <OFFICER>            Who acts, by officer id; the role importer is needed [env:
                                    KPCS_OFFICER]
          --data <FOLDER>           The data folder [default: the folder `kpcs` where your system keeps
                                    users' data] [env: KPCS_DATA]
          --database <URL>          A PostgreSQL address, where the database is not the folder's own
                                    file [env: KPCS_DATABASE]
          --passphrase-file <FILE>  File whose first line is the passphrase of the officer; else
                                    KPCS_PASSPHRASE, else it is asked for
          --json                    Print the receipt as JSON
      -h, --help                    Print help

    Fields:
          --number <TEXT>       The certificate's number [example: XA-000001]
          --at <CODE>           The importing participant [example: XB]
          --explanation <TEXT>  What differs and what was found out about it [example: 3 parcels instead
                                of 2; 12.00 ct more than certified]

    Example:
      kpcs act report-difference --as OFFICER \
        --number XA-000001 \
        --at XB \
        --explanation '3 parcels instead of 2; 12.00 ct more than certified'
    "#);
}

#[test]
fn a_refusal_is_said_in_the_language_asked_for_and_its_rule_and_key_stay() {
    let kpcs = Kpcs::with_world();
    kpcs.run(&ADMIT);
    let french = kpcs.run(&[&["--lang", "fr"][..], &ADMIT].concat());
    assert_snapshot!(french.text, @r"
    exit 1
    --- err
    refusé : XC est déjà un participant
    règle : CD Section VI.8: admitted once, then listed [already_a_participant]
    ");
    let by_system = kpcs.command(&ADMIT).env("LANG", "pt_AO.UTF-8").output().unwrap();
    let said = String::from_utf8_lossy(&by_system.stderr).into_owned();
    assert!(said.starts_with("recusado: XC já é um participante"), "{said}");
    let by_name = kpcs.command(&ADMIT).env("LANG", "pt_AO.UTF-8").env("KPCS_LANG", "en").output().unwrap();
    assert!(String::from_utf8_lossy(&by_name.stderr).starts_with("refused: XC is a participant already"));
    assert_eq!(kpcs.run(&["--lang", "de", "participants"]).code, 2);
}
