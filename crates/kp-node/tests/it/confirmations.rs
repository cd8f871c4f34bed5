//! Confirmations from outside, end to end: two hundred rows as desks send them, fourteen wrong, through every kind of file.

use kp_exchange::{
    confirmations::{ConfirmationContext, read_confirmations},
    participants::Participants,
};
use kp_node::confirmations::{ReceivedFile, Sent};
use kp_testkit::confirmations::{as_csv, as_message, as_slips, as_table, rows, shipments};
use kp_trade::{CameBy, CertificateState, RowState};

use crate::office::{Office, signer};

/// XF is a participant without an officer here. What the fixture speaks of has left for it, all but one.
fn world() -> Office {
    let office = Office::found();
    office.two_participants();
    for code in ["XC", "XF"] {
        office.done(
            "scheme-sec-1",
            "admit_participant",
            &[("code", code), ("name", code), ("member_from", "2025-01-01"), ("legal_act", "test")],
        );
    }
    for shipment in shipments() {
        let carats = format!("{}.{:02}", shipment.hundredths / 100, shipment.hundredths % 100);
        let reference = format!("XA-A-{}", shipment.serial);
        let number = format!("XA-{:06}", shipment.serial);
        let line = format!("7102.31 {carats} {carats}");
        office.done(
            "xa-clerk-1",
            "apply_for_certificate",
            &[
                ("participant", "XA"),
                ("application", &reference),
                ("licence_number", "XA-EXP-7"),
                ("importer", "Harbour Gems"),
                ("importer_address", "5 Quay Street"),
                ("destination", "XF"),
                ("origin", "XA"),
                ("parcels", "1"),
                ("lines", &line),
                ("declared_by", "M. Exporter"),
            ],
        );
        office.done("xa-clerk-1", "draft_certificate", &[("application", &reference), ("number", &number)]);
        office.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
        office.done(
            "xa-customs-1",
            "validate_certificate",
            &[("number", &number), ("carats_weighed", &carats), ("seals", "1")],
        );
        if shipment.departed {
            office.done("xa-customs-1", "depart_shipment", &[("number", &number)]);
        }
    }
    office.clock("2026-04-02");
    office
}

fn receive(office: &Office, name: &str, bytes: &[u8]) -> ReceivedFile {
    let participants = Participants::known();
    let (ours, from) = ("XA".parse().unwrap(), "XF".parse().ok());
    let file =
        read_confirmations(name, bytes, ConfirmationContext { ours, from, participants: &participants });
    let sent = Sent { participant: ours, came_by: CameBy::File, sent_by: "import desk of XF".into() };
    office.node.receive_confirmations(&file, bytes, &sent, &signer("xa-clerk-1"), office.now()).unwrap()
}

/// Exactly 186 matches and 14 sentences, each about the row that is wrong and in its words.
fn check(office: &Office, name: &str, bytes: &[u8]) {
    let received = receive(office, name, bytes);
    let told: Vec<String> =
        received.to_mend.iter().map(|row| format!("{} {}", row.id.place, row.sentence)).collect();
    assert_eq!(received.count(RowState::Matched), 186, "{name}: {told:#?}");
    assert_eq!(received.to_mend.len(), 14, "{name}: {told:#?}");
    let expected = (1..).zip(rows()).filter(|(_, row)| !row.told.is_empty());
    for ((at, expected), row) in expected.zip(&received.to_mend) {
        assert_eq!(row.id.place, at, "{name}: {}", row.sentence);
        assert!(row.sentence.contains(expected.told), "{name}, row {at}: {}", row.sentence);
        assert!(row.sentence.len() > expected.told.len() + 20, "it says how to mend it: {}", row.sentence);
        assert!(!row.told.raw.is_empty(), "nothing of a row is lost");
    }
    // What differs is confirmed with a difference, and is no mistake of the list.
    let state = |number: &str| {
        let number = number.parse().unwrap();
        office.node.db().read(|tx| kp_trade::state_of_number(tx, &number)).unwrap().unwrap()
    };
    assert_eq!(state("XA-000001"), CertificateState::Confirmed);
    assert_eq!(state("XA-000009"), CertificateState::ConfirmedWithDifference);
    assert_eq!(state("XA-000048"), CertificateState::Departed);
    // Of the 192 that left, 186 are answered: nobody is asked about them. Six are.
    let asked = office.node.db().read(kp_detect::trade::findings).unwrap();
    let open = asked.iter().filter(|row| row.finding.detector == "unconfirmed_after_due").count();
    assert_eq!(open, 0, "no day was reached yet");
    office.node.reach_day(office.now()).unwrap();
    let asked = office.node.db().read(kp_detect::trade::findings).unwrap();
    let open: Vec<String> = asked
        .iter()
        .filter(|row| row.finding.detector == "unconfirmed_after_due")
        .filter_map(|row| row.finding.subject.clone())
        .collect();
    let left_open: Vec<String> = [48, 61, 77, 90, 104, 195].map(|serial| format!("XA-{serial:06}")).into();
    assert_eq!(open, left_open, "{name}");
    // The same bytes again change nothing.
    let before = office.node.db().read(kp_log::last_position).unwrap();
    let again = receive(office, "another-name.csv", bytes);
    assert!(again.again);
    assert_eq!((again.counts, again.to_mend.len()), (received.counts, 14));
    assert_eq!(office.node.db().read(kp_log::last_position).unwrap(), before);
    let kept = office.folder.path().join("received").join(kp_sign::hex(&kp_sign::sha256(bytes)));
    assert_eq!(std::fs::read(kept).unwrap(), bytes);
    assert_eq!(office.node.rebuild_check().unwrap().differences, []);
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(as_table()) {
        for (column, text) in (0..).zip(cells) {
            sheet.write(row, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn two_hundred_rows_with_fourteen_errors_are_186_matches_and_14_sentences() {
    let world = world();
    for (name, bytes) in [
        ("list.csv", as_csv().into_bytes()),
        ("list.xlsx", workbook()),
        ("list.ods", kp_testkit::open_document(&as_table())),
        ("message", as_message().into_bytes()),
        ("slips", as_slips().into_bytes()),
    ] {
        check(&world.copied(), name, &bytes);
    }
}

#[test]
fn a_row_is_mended_dropped_or_looked_at_again_when_the_goods_leave() {
    let office = Office::found();
    office.two_participants();
    office.done(
        "scheme-sec-1",
        "admit_participant",
        &[("code", "XF"), ("name", "XF"), ("member_from", "2025-01-01"), ("legal_act", "test")],
    );
    for reference in ["XA-A-1", "XA-A-2"] {
        let mut applied = crate::fields(reference, "7102.31 1200.00 420000.00");
        applied.iter_mut().filter(|(name, _)| *name == "destination").for_each(|(_, to)| *to = "XF".into());
        let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
        office.done("xa-clerk-1", "apply_for_certificate", &applied);
        let number = office.done("xa-clerk-1", "draft_certificate", &[("application", reference)]).subject;
        office.done("xa-approver-1", "issue_certificate", &[("number", &number)]);
        office.done(
            "xa-customs-1",
            "validate_certificate",
            &[("number", &number), ("carats_weighed", "1200.00"), ("seals", "1")],
        );
    }
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    let text = "number;carats;arrived\nXA-000007;1200.00;2026-02-03\nXA-000002;1200.00;2026-02-03\nXA-000002;1100.00;\nXA-000002;1200.00;\n";
    let received = receive(&office, "three.csv", text.as_bytes());
    let told: Vec<&str> = received.to_mend.iter().map(|row| row.reason.as_str()).collect();
    let not_departed = "certificate_not_departed";
    assert_eq!(told, ["number_never_issued", not_departed, not_departed, not_departed]);
    assert!(received.to_mend[0].sentence.contains("XA-000001 is under way with the same carats"));
    let id = |at: usize| received.to_mend[at].id.to_string();
    // The first was a slip of the pen: entered again as it should read.
    let mended = [
        ("participant", "XA"),
        ("number", "XA-000001"),
        ("at", "XF"),
        ("carats", "1200.00"),
        ("came_by", "telephone"),
        ("sent_by", "V. Sample, called back"),
        ("mends", &id(0)),
    ];
    office.done("xa-clerk-1", "record_confirmation", &mended);
    assert_eq!(office.refused("xa-clerk-1", "record_confirmation", &mended), "number_already_used");
    // The second waited for its goods. The third says otherwise and is told so; the fourth says the same and waits no more.
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000002")]);
    let third = id(2);
    let waiting = office.node.db().read(|tx| {
        let rows = kp_trade::confirmation_rows(tx, None, Some(RowState::ToMend), 10)?;
        kp_trade::confirmations_said_anew(tx, rows, "2026-12-31".parse()?)
    });
    let waiting = waiting.unwrap();
    assert_eq!(waiting.iter().map(|row| row.id.to_string()).collect::<Vec<_>>(), [third.as_str()]);
    assert!(waiting[0].sentence.contains("XF answered on "), "{}", waiting[0].sentence);
    let dropped = [("participant", "XA"), ("row", third.as_str()), ("reason", "the same as the row above")];
    office.done("xa-clerk-1", "drop_confirmation", &dropped);
    assert_eq!(office.refused("xa-clerk-1", "drop_confirmation", &dropped), "no_such_row");
    let rows =
        office.node.db().read(|tx| kp_trade::confirmation_rows_of_statement(tx, received.receipt.position));
    let states: Vec<String> = rows.unwrap().iter().map(|row| row.state.to_string()).collect();
    assert_eq!(states, ["mended", "matched", "dropped", "noted"]);
    office.is_sound();
}

/// A list that comes again with one line more or another line end waits for nobody; what a second participant says stays.
#[test]
fn a_list_sent_again_is_noted_and_another_answer_is_told_with_both() {
    let office = Office::found();
    office.two_participants();
    for code in ["XF", "XG"] {
        office.done(
            "scheme-sec-1",
            "admit_participant",
            &[("code", code), ("name", code), ("member_from", "2025-01-01"), ("legal_act", "test")],
        );
    }
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    let validated = [("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "1")];
    office.done("xa-customs-1", "validate_certificate", &validated);
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    // Whoever exported answers nothing, nor does a confirmation of nothing.
    let typed = |at: &'static str, carats: &'static str| {
        [
            ("participant", "XA"),
            ("number", "XA-000001"),
            ("at", at),
            ("carats", carats),
            ("came_by", "slip"),
            ("sent_by", "slip 77"),
        ]
    };
    assert_eq!(
        office.refused("xa-clerk-1", "record_confirmation", &typed("XA", "1200.00")),
        "exporter_answers_itself"
    );
    assert_eq!(
        office.refused("xa-clerk-1", "record_confirmation", &typed("XF", "0")),
        "confirmation_of_nothing"
    );
    let itself = receive(&office, "own.csv", b"number;carats;at\nXA-000001;1200.00;XA\n");
    assert_eq!(itself.to_mend[0].reason, "exporter_answers_itself");

    let list = "number;carats;at\nXA-000001;1200.00;XF\n";
    assert_eq!(receive(&office, "list.csv", list.as_bytes()).counts, [(RowState::Matched, 1)]);
    let again = receive(&office, "again.csv", format!("{list}\n").as_bytes());
    assert_eq!(again.counts, [(RowState::Noted, 1)]);
    let other = receive(&office, "other.csv", b"number;carats;at\nXA-000001;1200.00;XG\n");
    let sentence = other.to_mend[0].sentence.to_string();
    assert!(sentence.contains("XF answered on 2026-") && sentence.contains("now XG says"), "{sentence}");
    // A slip of XG's is evidence too: it is taken in, and waits.
    office.done("xa-clerk-1", "record_confirmation", &typed("XG", "1200.00"));
    assert_eq!(
        office.refused("xa-clerk-1", "record_confirmation", &typed("XF", "1200.00")),
        "number_already_used"
    );
    let waiting =
        office.node.db().read(|tx| kp_trade::confirmation_rows(tx, None, Some(RowState::ToMend), 10));
    let reasons: Vec<String> = waiting.unwrap().into_iter().map(|row| row.reason).collect();
    assert_eq!(reasons, ["answered_by_another", "answered_by_another", "exporter_answers_itself"]);
    office.is_sound();
}

/// L27: whoever exports could answer itself. Where the importing authority has officers, only their signature counts.
#[test]
fn what_others_say_for_an_authority_that_signs_itself_is_noted_and_no_answer() {
    let office = Office::found();
    office.two_participants();
    office.issue("XA-A-1", "7102.31 1200.00 420000.00");
    office.done(
        "xa-customs-1",
        "validate_certificate",
        &[("number", "XA-000001"), ("carats_weighed", "1200.00"), ("seals", "1")],
    );
    office.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    let text = "number;carats;at\nXA-000001;1200.00;XB\n";
    let received = receive(&office, "forged.csv", text.as_bytes());
    assert_eq!(received.counts, [(RowState::Noted, 1)]);
    let typed = [
        ("participant", "XA"),
        ("number", "XA-000001"),
        ("at", "XB"),
        ("carats", "1200.00"),
        ("came_by", "slip"),
        ("sent_by", "nobody"),
    ];
    assert_eq!(office.refused("xa-clerk-1", "record_confirmation", &typed), "importer_signs_itself");
    office.day("2026-02-20");
    office.node.reach_day(office.now()).unwrap();
    let asked = office.node.db().read(kp_detect::trade::findings).unwrap();
    assert_eq!(asked[0].finding.id, "unconfirmed_after_due:XB:XA-000001");
    office.is_sound();
}
