//! Returns through the sandbox: checked, kept over a restart, blocked, forced, declared, locked; and the silence of those
//! who send none.

use kp_node::returns::{Submitting, WhichReturn};
use kp_statistics::{AnnexTable, calendar, sandbox};

use crate::office::{Office, fields, signer};

fn exports() -> WhichReturn {
    let (participant, period) = ("XA".parse().unwrap(), "2026-Q1".parse().unwrap());
    WhichReturn { participant, table: AnnexTable::Exports, period }
}

/// One shipment of 1,200.00 ct has left XA for XB in the first quarter; it is April.
fn april() -> Office {
    let office = Office::found();
    office.two_participants();
    let applied = fields("XA-A-1", "7102.31 1200.00 420000.55");
    let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
    office.done("xa-clerk-1", "apply_for_certificate", &applied);
    office.done("xa-clerk-1", "draft_certificate", &[("application", "XA-A-1")]);
    office.done("xa-approver-1", "issue_certificate", &[("number", "XA-000001")]);
    let validated = [("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "1")];
    office.done("xa-customs-1", "validate_certificate", &validated);
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    office.day("2026-04-02");
    office
}

fn rules(checked: &kp_node::returns::CheckedReturn) -> Vec<String> {
    checked.breaches.iter().map(|breach| format!("{} {}", breach.rule, breach.row)).collect()
}

#[test]
fn a_return_is_checked_kept_mended_forced_and_declared() {
    let office = april();
    let focal = signer("xa-focal-1");
    let wrong = "partner,hs,carats,value_usd\nXB,7102.31,1300.00,0.00\nXA,7102.10,1.00,5.00\n";
    let checked = office.node.check_return(exports(), "q1.csv", wrong.as_bytes(), office.now()).unwrap();
    assert!(checked.is_blocked());
    assert_eq!(
        rules(&checked),
        ["not_positive 2", "partner_unknown 3", "differs_from_register 2", "differs_from_register 3"]
    );
    assert!(checked.marked().unwrap().starts_with(b"PK"));
    let put = office.node.put_return(exports(), "q1.csv", wrong.as_bytes(), &focal, office.now()).unwrap();
    let submit = |office: &Office, id: &str, reason: Option<&str>, forced: &[&str]| {
        let checked = office.node.check_sandboxed(exports().participant, id, office.now()).unwrap();
        let forced = forced.iter().map(|text| text.parse().unwrap()).collect();
        let reason = reason.map(str::to_owned);
        let outcome = office.node.submit_return_of_sandbox(
            &checked,
            id,
            Submitting { reason, forced, complete: false },
            &signer("xa-focal-1"),
            office.now(),
        );
        outcome.map_err(|failure| match failure {
            kp_log::Failure::Refused(refusal) => refusal.key(),
            other => panic!("{other}"),
        })
    };
    assert_eq!(submit(&office, &put.id, None, &[]).unwrap_err(), "return_blocked");
    // It survives: the node is closed and opened again, and it is still there, for its own participant.
    let office = office.reopened();
    let lies = |office: &Office, code: &str| {
        office.node.db().read(|tx| sandbox::sandbox(tx, code.parse().ok())).unwrap().len()
    };
    assert_eq!((lies(&office, "XA"), lies(&office, "XB")), (1, 0));
    let clerk = office.node.put_return(exports(), "q1.csv", b"x", &signer("xb-focal-1"), office.now());
    assert!(clerk.is_err(), "another participant's sandbox");
    assert!(office.node.drop_return(exports().participant, &put.id, &focal, office.now()).unwrap());

    let short = "partner,hs,carats,value_usd\nXB,7102.31,1100.00,400001.00\n";
    let put = office.node.put_return(exports(), "q1.csv", short.as_bytes(), &focal, office.now()).unwrap();
    assert_eq!(submit(&office, &put.id, None, &[]).unwrap_err(), "warning_not_forced");
    let forced = ["differs_from_register: one parcel came back on the last day"];
    let receipt = submit(&office, &put.id, None, &forced).unwrap();
    assert_eq!(lies(&office, "XA"), 0, "what was said waits no more");
    let read = |position| office.node.db().read(|tx| kp_statistics::forced_of_return(tx, position)).unwrap();
    assert_eq!(read(receipt.position).len(), 1, "what was forced is published with its reason");

    let right = "partner,hs,carats,value_usd\nXB,7102.31,1200.00,420000.55\n";
    let put = office.node.put_return(exports(), "q1.csv", right.as_bytes(), &focal, office.now()).unwrap();
    assert_eq!(submit(&office, &put.id, None, &[]).unwrap_err(), "restatement_without_reason");
    submit(&office, &put.id, Some("the parcel left again"), &[]).unwrap();
    let versions = office.node.db().read(kp_statistics::versions_declared).unwrap();
    let versions: Vec<String> =
        versions.iter().map(|v| format!("{} {} {}", v.period, v.carats, v.reason)).collect();
    assert_eq!(versions, ["2026-Q1 1100.00 ", "2026-Q1 1200.00 the parcel left again"]);
    office.is_sound();
}

/// What a file says about itself blocks or warns, and the refusal names the row of the file.
#[test]
fn a_refusal_speaks_of_the_rows_of_the_file() {
    let office = april();
    let submit = |text: &str, forced: &[&str]| {
        let (focal, now) = (signer("xa-focal-1"), office.now());
        let put = office.node.put_return(exports(), "q1.csv", text.as_bytes(), &focal, now).unwrap();
        let checked = office.node.check_sandboxed(exports().participant, &put.id, now).unwrap();
        let forced = forced.iter().map(|text| text.parse().unwrap()).collect();
        let with = Submitting { forced, ..Submitting::default() };
        match office.node.submit_return_of_sandbox(&checked, &put.id, with, &focal, now) {
            Ok(_) => String::new(),
            Err(kp_log::Failure::Refused(refusal)) => refusal.to_string(),
            Err(other) => panic!("{other}"),
        }
    };
    let header = "Exports\npartner,hs,carats,value_usd";
    for (rows, said) in [
        (
            "XB,7102.31,1200.00,0.00",
            "1 findings must be mended first; not_positive: row 3, 1200.00 ct for no value",
        ),
        ("XB,7102.31,1200.00,420000.55\nnil,,", "nil_beside_figures: row 4, the row says nil"),
        (
            "XB,7102.31,1200.00,420000.55\nTotal,,1300.00,420000.55",
            "total_differs: row 4, the total of carats is 1,300.00, and the rows add up to 1,200.00",
        ),
    ] {
        let refusal = submit(&format!("{header}\n{rows}\n"), &[]);
        assert!(refusal.contains(said), "{refusal}");
    }
    let other = "partner,hs,carats,value_usd,period\nXB,7102.31,1200.00,420000.55,2025-Q1\n";
    let refusal = submit(other, &[]);
    assert!(refusal.contains("other_return: row 2, \"2025-Q1\" is another period"), "{refusal}");
    let total = format!("{header}\nXB,7102.31,1200.00,420000.55\nTotal,,1300.00,420000.55\n");
    assert_eq!(submit(&total, &["total_differs: the total is of last year"]), "", "it is forced");
    office.is_sound();
}

/// A partner goes by the name under which the register has it, and nobody returns for whom it does not know.
#[test]
fn the_register_is_asked_for_names() {
    let office = april();
    let admitted =
        [("code", "XC"), ("name", "Sampleland"), ("member_from", "2025-01-01"), ("legal_act", "test")];
    office.done("scheme-sec-1", "admit_participant", &admitted);
    let text = "partner;hs;carats;value\nSampleland;7102.31;1200.00;420000.55\n";
    let checked = office.node.check_return(exports(), "q1.csv", text.as_bytes(), office.now()).unwrap();
    assert!(!checked.is_blocked(), "{:?} {:?}", checked.sheet, checked.breaches);
    assert_eq!(checked.sheet.figures[0].1.to_string(), "XC 7102.31 1200.00 420000.55");
    let slip = text.replace("Sampleland", "Samplelan");
    let checked = office.node.check_return(exports(), "q1.csv", slip.as_bytes(), office.now()).unwrap();
    let mend = &checked.sheet.unread[0].mend;
    assert!(mend.contains("write Sampleland (XC), if that is meant"), "{mend}");
    let nobody = WhichReturn { participant: "ZZ".parse().unwrap(), ..exports() };
    let refused = office.node.check_return(nobody, "q1.csv", text.as_bytes(), office.now()).unwrap_err();
    assert!(refused.to_string().contains("ZZ is no participant that this node knows"), "{refused}");
}

/// L53: what two have approved is not restated until it is opened, with a reason.
#[test]
fn a_period_is_locked_by_two_and_opened_with_a_reason() {
    let office = april();
    office.officer("scheme-sec-1", "scheme", "scheme-stat-2", &["statistics"]);
    office.day("2026-06-01");
    let period = [("table", "exports"), ("period", "2026-Q1")];
    let figures = [
        ("participant", "XA"),
        ("table", "exports"),
        ("period", "2026-Q1"),
        ("figures", "XB 7102.31 1200.00 420000.55"),
    ];
    office.done("xa-focal-1", "declare_return", &figures);
    office.done("scheme-sec-1", "approve_period", &period);
    assert_eq!(office.refused("scheme-sec-1", "approve_period", &period), "approved_by_you_already");
    office.done("scheme-stat-2", "approve_period", &period);
    let again = [figures.as_slice(), &[("reason", "one more")]].concat();
    assert_eq!(office.refused("xa-focal-1", "declare_return", &again), "period_locked");
    let opened = [period.as_slice(), &[("reason", "XA found a parcel")]].concat();
    office.done("scheme-stat-2", "open_period", &opened);
    office.done("xa-focal-1", "declare_return", &again);
    office.is_sound();
}

/// L46: no report, and everybody notices.
#[test]
fn silence_rises_by_itself_and_a_nil_return_is_a_return() {
    let office = april();
    let steps = |office: &Office| -> Vec<String> {
        let today = kp_log::day_of(office.now());
        let calendar = office.node.db().read(|tx| calendar::calendar(tx, today)).unwrap();
        let of = |due: &&calendar::Due| due.participant.as_str() == "XB" && due.table == AnnexTable::Exports;
        let shown = |due: &calendar::Due| {
            let step = due.step.map_or("-", calendar::ReturnStep::word);
            format!("{} {} {step}", due.period, due.state(today))
        };
        calendar.iter().filter(of).map(shown).collect()
    };
    assert_eq!(steps(&office), Vec::<String>::new(), "nothing is due before the calendar begins");
    office.done("scheme-sec-1", "begin_calendar", &[("from", "2026-01-01"), ("decision", "WGS 2026/1")]);
    assert_eq!(steps(&office), ["2026-Q1 open -"]);
    for (day, expected) in [
        ("2026-05-17", "2026-Q1 open reminded"),
        ("2026-05-31", "2026-Q1 open reminded"),
        ("2026-06-01", "2026-Q1 missing overdue"),
    ] {
        office.day(day);
        assert_eq!(steps(&office), [expected], "{day}");
    }
    office.day("2026-07-15");
    assert_eq!(steps(&office), ["2026-Q1 missing reported_to_chair", "2026-Q2 open -"]);
    let nil = [("participant", "XB"), ("table", "exports"), ("period", "2026-Q1")];
    office.done("xb-focal-1", "declare_return", &nil);
    office.day("2026-09-01");
    assert_eq!(steps(&office), ["2026-Q1 late reported_to_chair", "2026-Q2 missing overdue"]);
    let today = kp_log::day_of(office.now());
    let calendar = office.node.db().read(|tx| calendar::calendar(tx, today)).unwrap();
    let punctual = calendar::punctuality(&calendar, today)[&"XB".parse().unwrap()];
    // Trade and certificates of two quarters, production of one half: one of seven came, and late.
    assert_eq!((punctual.due, punctual.came, punctual.in_time), (7, 1, 0));
    office.is_sound();
}

/// L53: a cell counted from the register as it was on any day.
#[test]
fn cells_are_as_they_were_known() {
    let office = april();
    let cells = |at: &str| -> Vec<String> {
        let at = at.parse().unwrap();
        let cells = office.node.db().read(|tx| kp_statistics::cells_as_known_on(tx, at)).unwrap();
        cells.iter().map(|c| format!("{} {} {} {}", c.participant, c.flow, c.quarter, c.carats)).collect()
    };
    let arrived =
        [("number", "XA-000001"), ("at", "XB"), ("carats_received", "1199.90"), ("arrived_on", "2026-03-30")];
    office.done("xb-importer-1", "record_arrival", &arrived);
    assert_eq!(cells("2026-02-02T23:59:59Z"), Vec::<String>::new());
    assert_eq!(cells("2026-03-31T23:59:59Z"), ["XA export 2026-Q1 1200.00"]);
    // It arrived in March and was known in April.
    assert_eq!(cells("2026-04-02T23:59:59Z"), ["XA export 2026-Q1 1200.00", "XB import 2026-Q1 1199.90"]);
    let counts = |at: &str| {
        let at = at.parse().unwrap();
        office.node.db().read(|tx| kp_statistics::certificate_counts_as_known_on(tx, at)).unwrap().len()
    };
    assert_eq!((counts("2026-02-02T23:59:59Z"), counts("2026-03-31T23:59:59Z")), (0, 1));
    assert_eq!(counts("2026-04-02T23:59:59Z"), 2);
    let now = office.node.db().read(kp_statistics::cells).unwrap();
    let then =
        office.node.db().read(|tx| kp_statistics::cells_as_known_on(tx, kp_terms::Timestamp::MAX)).unwrap();
    assert_eq!(now, then, "the sum of what was known is what is known");
    office.is_sound();
}
