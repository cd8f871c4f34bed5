//! Offices that work without a network: their numbers, their files, and what the capital makes of both.

use kp_log::{Desk, OfficeName, append};
use kp_node::TakenOver;
use kp_trade::draft_certificate::CertificateDrafted;

use crate::{
    away::{Away, capital_and, not_taken, taken},
    office::{Office, signer},
};

fn findings(capital: &Office) -> Vec<String> {
    capital
        .node
        .db()
        .read(kp_detect::trade::findings)
        .unwrap()
        .into_iter()
        .map(|row| row.finding.detector)
        .collect()
}

fn problems(capital: &Office) -> Vec<String> {
    capital
        .node
        .db()
        .read(kp_trade::problems)
        .unwrap()
        .into_iter()
        .map(|problem| problem.sentence.to_string())
        .collect()
}

#[test]
fn two_offices_work_for_a_week_and_nothing_collides() {
    let (capital, [north, south]) = capital_and(["north", "south"]);
    north.at("2026-02-09T08:00:00Z");
    south.at("2026-02-05T08:00:00Z");
    let of_north = north.departs(5);
    let of_south = south.departs(5);
    capital.issue("XA-A-1", "7102.31 10.00 100.00");
    assert_eq!((of_north[0].as_str(), of_north[4].as_str()), ("XA-000101", "XA-000105"));
    assert_eq!((of_south[0].as_str(), of_south[4].as_str()), ("XA-000201", "XA-000205"));
    for office in [&north, &south] {
        let file = office.export();
        let TakenOver::New { logs, problems, .. } = taken(&capital, &file) else {
            panic!("all of it is new")
        };
        assert_eq!(
            (logs.len(), logs[0].from, logs[0].to, problems),
            (1, 0, 26, 0),
            "opening, taking over, 25 acts"
        );
        let positions = capital.node.db().read(kp_log::last_position).unwrap();
        assert_eq!(taken(&capital, &file), TakenOver::NothingNew, "the same file twice");
        assert_eq!(capital.node.db().read(kp_log::last_position).unwrap(), positions);
    }
    // The clock of the north is a week ahead; the capital's desk goes on by its own.
    capital.issue("XA-A-2", "7102.31 10.00 100.00");
    let all = capital.node.db().read(|tx| kp_trade::certificates(tx, "", 100)).unwrap();
    assert_eq!(all.len(), 12);
    assert!(problems(&capital).is_empty(), "{:?}", problems(&capital));
    // Both ways: the office hears of what the capital did meanwhile, and says so, and what is carried next is short.
    assert!(matches!(north.takes_from(&capital), TakenOver::New { .. }));
    assert_eq!(north.takes_from(&capital), TakenOver::NothingNew);
    assert_eq!(north.export().lines().filter(|line| line.starts_with("entry ")).count(), 1);
    taken(&capital, &north.export());
    capital.is_sound();
    north.is_sound();
    south.is_sound();
    let capital = capital.reopened();
    assert_eq!(capital.node.faults(), []);
}

#[test]
fn what_the_capital_began_an_office_goes_on_with() {
    let (capital, [north]) = capital_and(["north"]);
    capital.issue("XA-A-1", "7102.31 10.00 100.00");
    north.takes_from(&capital);
    let weighed = [("number", "XA-000001"), ("carats_weighed", "10.00"), ("seals", "7")];
    north.done("xa-customs-1", "validate_certificate", &weighed);
    north.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    taken(&capital, &north.export());
    let number = "XA-000001".parse().unwrap();
    let there = capital.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number)).unwrap().unwrap();
    assert_eq!(there.state.word(), "departed");
    capital.is_sound();
    north.is_sound();
}

#[test]
fn two_desks_that_do_the_same_are_shown_in_words_and_nothing_is_done_twice() {
    let (capital, [north]) = capital_and(["north"]);
    capital.issue("XA-A-1", "7102.31 10.00 100.00");
    north.takes_from(&capital);
    north.at("2026-02-03T09:00:00Z");
    let weighed = [("number", "XA-000001"), ("carats_weighed", "10.00"), ("seals", "7")];
    north.done("xa-customs-1", "validate_certificate", &weighed);
    north.done("xa-customs-1", "depart_shipment", &[("number", "XA-000001")]);
    capital.done("xa-customs-1", "validate_certificate", &weighed);
    let TakenOver::New { problems: count, .. } = taken(&capital, &north.export()) else {
        panic!("it is new")
    };
    assert_eq!(count, 2);
    assert_eq!(problems(&capital)[0], "XA-000001 is validated here, and this needs it to be issued");
    assert_eq!(findings(&capital), ["acts_in_conflict", "acts_in_conflict"]);
    let cases = capital.node.db().read(kp_cases::cases).unwrap();
    assert_eq!(cases.iter().filter(|case| case.asked.as_str() == "XA").count(), 2, "each is asked about");
    capital.is_sound();
    north.is_sound();
}

#[test]
fn a_desk_gives_its_own_numbers_only() {
    let (capital, [north]) = capital_and(["north"]);
    for (at_north, application) in [(true, "XA-north-1"), (false, "XA-A-1")] {
        let applied = crate::office::fields(application, "7102.31 10.00 100.00");
        let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let draft = |number| [("application", application), ("number", number)];
        if at_north {
            let mut foreign = applied.clone();
            foreign[1].1 = "XA-A-1";
            assert_eq!(
                north.refused("xa-clerk-1", "apply_for_certificate", &foreign),
                "reference_not_of_office"
            );
            north.done("xa-clerk-1", "apply_for_certificate", &applied);
            assert_eq!(
                north.refused("xa-clerk-1", "draft_certificate", &draft("XA-000201")),
                "number_outside_range"
            );
            assert_eq!(
                north.refused("xa-clerk-1", "draft_certificate", &draft("XA-000001")),
                "number_outside_range"
            );
        } else {
            capital.done("xa-clerk-1", "apply_for_certificate", &applied);
            let refused = capital.refused("xa-clerk-1", "draft_certificate", &draft("XA-000150"));
            assert_eq!(refused, "number_allotted_away");
        }
    }
    let other = OfficeName::new("XA".parse().unwrap(), "west").unwrap();
    assert!(capital.node.export(Some(&other), false).is_err(), "nobody has registered it");
    assert_eq!(
        north.refused(
            "xa-admin-1",
            "allot_range",
            &[("participant", "XA"), ("office", "north"), ("numbers", "XA-1")]
        ),
        "act_of_the_capital"
    );
    let named =
        [("body", "XA"), ("officer_id", "xa-x-1"), ("name", "X"), ("roles", "clerk"), ("public_key", "02")];
    assert_eq!(north.refused("xa-admin-1", "name_officer", &named), "act_of_the_capital");
    for (act, by) in
        [("hand_over_parcel", "xa-clerk-1"), ("open_lot", "xa-clerk-1"), ("override_refusal", "x")]
    {
        assert_eq!(north.refused(by, act, &[]), "act_of_the_capital", "one stone, one place: {act}");
    }
}

#[test]
fn a_withdrawn_range_is_free_when_the_office_has_read_the_withdrawal_and_said_so() {
    let (capital, [north]) = capital_and(["north"]);
    let range = [("participant", "XA"), ("office", "north"), ("numbers", "XA-000101..XA-000200")];
    capital.done("xa-admin-1", "withdraw_range", &[range.as_slice(), &[("reason", "moves")]].concat());
    let again = [("participant", "XA"), ("office", "south"), ("numbers", "XA-000151..XA-000200")];
    assert_eq!(capital.refused("xa-admin-1", "allot_range", &again), "range_overlaps");
    // It has not heard of it, and goes on: that is final.
    assert_eq!(north.departs(2), ["XA-000101", "XA-000102"]);
    taken(&capital, &north.export());
    assert_eq!(capital.refused("xa-admin-1", "allot_range", &again), "range_overlaps");
    north.takes_from(&capital);
    assert_eq!(
        north.refused("xa-clerk-1", "draft_certificate", &[("application", "XA-north-1")]),
        "no_number_left"
    );
    taken(&capital, &north.export());
    capital.done("xa-admin-1", "allot_range", &again);
    assert_eq!(capital.refused("xa-admin-1", "allot_range", &range), "range_overlaps");
    capital.is_sound();
    north.is_sound();
}

#[test]
fn an_office_that_gives_a_number_of_another_desk_is_found_and_changes_nothing() {
    let (capital, [north]) = capital_and(["north"]);
    capital.issue("XA-A-1", "7102.31 10.00 100.00");
    north.departs(1);
    // With a program of its own: the desk's rules are left out, the key is the clerk's.
    let clerk = signer("xa-clerk-1");
    for number in ["XA-000001", "XA-000333"] {
        let reference = format!("XA-north-{number}");
        let applied = crate::office::fields(&reference, "7102.31 10.00 100.00");
        let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
        north.done("xa-clerk-1", "apply_for_certificate", &applied);
        let desk = Desk::new(&clerk, north.node.keys(), capital.now());
        let drafted = CertificateDrafted {
            number: number.parse().unwrap(),
            participant: "XA".parse().unwrap(),
            application: reference,
            drafted_by: clerk.id.clone(),
        };
        north.node.db().write("cheat", |tx| append(tx, &desk, &drafted)).map_err(|f| f.to_string()).unwrap();
    }
    let TakenOver::New { problems: count, .. } = taken(&capital, &north.export()) else {
        panic!("it is new")
    };
    assert_eq!(count, 1, "{:?}", problems(&capital));
    let mut found = findings(&capital);
    found.sort();
    assert_eq!(found, ["acts_in_conflict", "number_outside_range", "number_outside_range"]);
    let there = |number: &str| {
        let number = number.parse().unwrap();
        capital.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number)).unwrap().unwrap()
    };
    assert_eq!(there("XA-000001").application.application, "XA-A-1", "ours stands");
    assert_eq!(there("XA-000333").state.word(), "drafted");
    capital.is_sound();
}

#[test]
fn a_key_withdrawn_meanwhile_is_asked_about_and_not_taken_for_forged() {
    let (capital, [north]) = capital_and(["north"]);
    let key = signer("xa-customs-1").key.public().id().to_string();
    let withdrawn = [("body", "XA"), ("key_id", &key), ("reason", "the desk was stolen")];
    capital.done("xa-admin-1", "withdraw_key", &withdrawn);
    north.at("2026-02-04T08:00:00Z");
    north.departs(1);
    taken(&capital, &north.export());
    assert_eq!(findings(&capital), ["signed_with_withdrawn_key", "signed_with_withdrawn_key"]);
    north.takes_from(&capital);
    let weighed = [("number", "XA-000101"), ("carats_weighed", "10.00"), ("seals", "7")];
    assert_eq!(north.refused("xa-customs-1", "validate_certificate", &weighed), "key_not_registered");
    capital.is_sound();
    north.is_sound();
}

#[test]
fn an_office_that_was_copied_forks_and_the_second_branch_is_evidence() {
    let (capital, [north]) = capital_and(["north"]);
    north.departs(1);
    let copy = north.copied();
    north.at("2026-02-06T08:00:00Z");
    copy.at("2026-02-07T08:00:00Z");
    let apply = |office: &Away, reference: &str| {
        let applied = crate::office::fields(reference, "7102.31 10.00 100.00");
        let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
        office.done("xa-clerk-1", "apply_for_certificate", &applied);
    };
    apply(&north, "XA-north-77");
    apply(&copy, "XA-north-88");
    taken(&capital, &north.export());
    let TakenOver::Fork { fork, receipt } = taken(&capital, &copy.export()) else { panic!("it forks") };
    assert_eq!((fork.log_id.as_str(), fork.entry_number), ("kp.XA.north/2026", 7));
    assert_eq!(receipt.unwrap().kind, "log_fork_seen");
    let TakenOver::Fork { receipt, .. } = taken(&capital, &copy.export()) else { panic!("it still forks") };
    assert_eq!(receipt, None, "once is enough");
    assert_eq!(findings(&capital), ["log_forked"]);
    assert!(
        capital.node.db().read(|tx| kp_trade::application_by_reference(tx, "XA-north-88")).unwrap().is_none()
    );
    capital.is_sound();
}

#[test]
fn an_office_believes_one_capital() {
    let (capital, [north]) = capital_and(["north"]);
    let (other, _) = capital_and(["north"]);
    let file = other.node.export(Some(&north.name), true).unwrap();
    let failure = north.node.take_over(&file, &signer("xa-clerk-1"), capital.now()).unwrap_err();
    assert!(failure.to_string().contains("kp."), "{failure}");
    let late = Away::registered(&capital, "late");
    assert!(late.node.export(None, false).is_err(), "it has not begun");
    // What is true of its capital is no file for the capital itself.
    let own = capital.node.export(Some(&north.name), true).unwrap();
    assert!(not_taken(&capital, &own).starts_with("exchange_file_of_others"));
    north.is_sound();
}

#[test]
fn a_file_carried_by_somebody_else_changes_nothing() {
    let (capital, [north]) = capital_and(["north"]);
    north.departs(1);
    let failure = capital.node.take_over(&north.export(), &signer("xb-clerk-1"), capital.now()).unwrap_err();
    assert!(failure.to_string().contains("xb-clerk-1 is no officer of XA"), "{failure}");
    assert!(problems(&capital).is_empty());
    assert_eq!(capital.node.db().read(|tx| kp_trade::certificates(tx, "", 9)).unwrap().len(), 0);
    capital.is_sound();
}

fn storekeepers(capital: &Office) {
    for id in ["xa-store-1", "xa-store-2"] {
        let key = kp_sign::hex(&signer(id).key.public().to_bytes());
        let named = [
            ("body", "XA"),
            ("officer_id", id),
            ("name", "S"),
            ("roles", "storekeeper"),
            ("public_key", &key),
        ];
        capital.done("xa-admin-1", "name_officer", &named);
    }
    let rule =
        [("participant", "XA"), ("rule", "blank-stock"), ("value", "yes"), ("effective_from", "2026-01-01")];
    capital.done("xa-admin-1", "set_national_rule", &[rule.as_slice(), &[("legal_act", "test")]].concat());
}

#[test]
fn paper_travels_with_the_files_and_what_is_missing_is_never_issued() {
    let (capital, [north]) = capital_and(["north"]);
    storekeepers(&capital);
    let box_of = [("numbers", "XA-000101..XA-000120")];
    let printed = [("printer", "Sample Printers"), ("form_version", "2026-1")];
    capital.done("xa-store-1", "record_blanks_printed", &[box_of.as_slice(), &printed].concat());
    capital.done("xa-store-1", "receive_blanks", &box_of);
    capital.done("xa-store-1", "hand_over_blanks", &[box_of.as_slice(), &[("to", "north")]].concat());
    north.takes_from(&capital);
    north.at("2026-02-03T09:00:00Z");
    let apply = |reference: &str| {
        let applied = crate::office::fields(reference, "7102.31 10.00 100.00");
        let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
        north.done("xa-clerk-1", "apply_for_certificate", &applied);
    };
    apply("XA-north-90");
    let draft = [("application", "XA-north-90")];
    assert_eq!(north.refused("xa-clerk-1", "draft_certificate", &draft), "no_number_left");
    assert_eq!(north.refused("xa-store-1", "accept_blanks", &box_of), "blank_elsewhere");
    north.done("xa-store-2", "accept_blanks", &box_of);
    assert_eq!(north.done("xa-clerk-1", "draft_certificate", &draft).subject, "XA-000101");

    // The capital hears of a theft before the office does.
    let stolen =
        [("numbers", "XA-000111..XA-000120"), ("how", "stolen"), ("circumstances", "the boat was robbed")];
    capital.done("xa-store-1", "report_blanks_lost", &stolen);
    apply("XA-north-91");
    north.done("xa-clerk-1", "draft_certificate", &[("application", "XA-north-91"), ("number", "XA-000111")]);
    let TakenOver::New { problems: count, .. } = taken(&capital, &north.export()) else {
        panic!("it is new")
    };
    assert_eq!(count, 1, "{:?}: ten of the box never came, and were accepted", problems(&capital));
    let held =
        capital.node.db().read(|tx| kp_trade::blank_of_number(tx, &"XA-000110".parse()?)).unwrap().unwrap();
    assert_eq!((held.place.word(), held.custodian.as_str(), held.first), ("held", "north", 102));
    let missing = capital.node.db().read(|tx| kp_trade::numbers_missing(tx, "XA".parse().unwrap())).unwrap();
    let missing: Vec<String> = missing.iter().map(|(numbers, place)| format!("{numbers} {place}")).collect();
    assert_eq!(missing, ["XA-000111..XA-000120 stolen"]);
    let issue = [("number", "XA-000111")];
    assert_eq!(capital.refused("xa-approver-1", "issue_certificate", &issue), "blank_missing");
    capital.is_sound();
    // At the office one sheet of the stolen ones is used: that both cannot be is shown there too.
    let TakenOver::New { problems: count, .. } = north.takes_from(&capital) else { panic!("it is new") };
    assert_eq!(count, 1);
    north.is_sound();
}

/// An order is named by its log and its place there: where it arrived as the how-manieth differs from node to node.
#[test]
fn an_order_of_the_capital_serves_at_an_office_and_is_spent_at_both() {
    let (capital, [north]) = capital_and(["north"]);
    capital.officer("xa-admin-1", "XA", "xa-director-1", &["director"]);
    for (rule, value) in [("override-allowed", "yes"), ("valuations-required", "1")] {
        let set = [("participant", "XA"), ("rule", rule), ("value", value), ("effective_from", "2026-02-03")];
        capital.done("xa-admin-1", "set_national_rule", &[set.as_slice(), &[("legal_act", "test")]].concat());
    }
    north.takes_from(&capital);
    let applied = crate::office::fields("XA-north-1", "7102.31 10.00 100.00");
    let applied: Vec<(&str, &str)> = applied.iter().map(|(a, b)| (*a, b.as_str())).collect();
    north.done("xa-clerk-1", "apply_for_certificate", &applied);
    north.done("xa-clerk-1", "draft_certificate", &[("application", "XA-north-1")]);
    let number = [("number", "XA-000101")];
    assert_eq!(north.refused("xa-approver-1", "issue_certificate", &number), "values_missing");
    let order = [
        ("participant", "XA"),
        ("act", "issue_certificate"),
        ("subject", "XA-000101"),
        ("refusal", "values_missing"),
        ("reason", "no valuer can travel there"),
        ("legal_basis", "test"),
    ];
    capital.done("xa-director-1", "override_refusal", &order);
    north.takes_from(&capital);
    north.done("xa-approver-1", "issue_certificate", &number);
    taken(&capital, &north.export());
    let orders =
        |node: &kp_node::Node| node.db().read(|tx| kp_registry::overrides_of_subject(tx, "XA-000101"));
    let (there, here) = (orders(&north.node).unwrap(), orders(&capital.node).unwrap());
    assert_eq!(there, here);
    assert!(
        here.len() == 1 && here[0].used_at.is_some() && here[0].entry.starts_with("kp.XA/2026 no. "),
        "{here:?}"
    );
    assert_eq!(problems(&capital), Vec::<String>::new());
    capital.is_sound();
    north.is_sound();
}

/// L35: the parcels are the capital's to record, and an office may name one that it knows; a week later both have.
#[test]
fn a_parcel_that_two_desks_reserved_serves_one_and_is_asked_about() {
    let (capital, [north]) = capital_and(["north"]);
    for parcel in ["XA-P-1", "XA-P-2"] {
        let source = "find XA-ART-12 zone XA/north-river found 2026-01-10 carats 10.00";
        let recorded = [
            ("participant", "XA"),
            ("parcel", parcel),
            ("class", "7102.31"),
            ("holder", "XA-EXP-7"),
            ("sources", source),
        ];
        capital.done("xa-clerk-1", "record_parcel", &recorded);
    }
    north.takes_from(&capital);
    north.at("2026-02-04T08:00:00Z");
    let applied = |reference: &str, parcel: &str| {
        let mut applied = crate::office::fields(reference, "7102.31 10.00 100.00");
        applied.push(("from_parcels", parcel.to_owned()));
        applied
    };
    for (reference, parcel) in [("XA-north-1", "XA-P-1"), ("XA-north-2", "XA-P-2")] {
        let applied = applied(reference, parcel);
        let applied: Vec<(&str, &str)> =
            applied.iter().map(|(name, value)| (*name, value.as_str())).collect();
        north.done("xa-clerk-1", "apply_for_certificate", &applied);
        north.done("xa-clerk-1", "draft_certificate", &[("application", reference)]);
    }
    north.done("xa-approver-1", "issue_certificate", &[("number", "XA-000101")]);
    let ours = applied("XA-A-1", "XA-P-1");
    let ours: Vec<(&str, &str)> = ours.iter().map(|(name, value)| (*name, value.as_str())).collect();
    capital.done("xa-clerk-1", "apply_for_certificate", &ours);
    capital.done("xa-clerk-1", "draft_certificate", &[("application", "XA-A-1")]);

    let TakenOver::New { problems: count, .. } = taken(&capital, &north.export()) else {
        panic!("it is new")
    };
    assert_eq!(count, 2, "the draft, and what rests on it");
    assert_eq!(
        problems(&capital)[0],
        "XA-north-1 names parcel XA-P-1, which is reserved for XA-A-1; a parcel serves one certificate"
    );
    assert_eq!(findings(&capital), ["acts_in_conflict", "acts_in_conflict"]);
    let reserved = |node: &kp_node::Node, parcel: &str| {
        let parcel = node.db().read(|tx| kp_custody::parcel_by_reference(tx, parcel)).unwrap().unwrap();
        parcel.application.unwrap()
    };
    assert_eq!(reserved(&capital.node, "XA-P-1"), "XA-A-1");
    assert_eq!(reserved(&capital.node, "XA-P-2"), "XA-north-2", "the other stands");
    // The office hears of it the other way round, and is asked as well.
    let TakenOver::New { problems: count, .. } = north.takes_from(&capital) else { panic!("it is new") };
    assert_eq!(count, 1);
    assert_eq!(reserved(&north.node, "XA-P-1"), "XA-north-1");
    capital.is_sound();
    north.is_sound();
}
