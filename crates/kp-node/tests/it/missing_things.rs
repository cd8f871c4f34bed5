//! Every act of the catalogue, stated at an office about something that the capital has never heard of: the file is taken over,
//! what does not stand is a problem and a question, and nothing breaks. An office with a program of its own can state
//! anything under its officers' keys (T35, R10; rulings 13).

use kp_log::{Desk, Statement, append};
use kp_node::{ACTS, TakenOver};
use kp_testkit::postgres;
use kp_trade as trade;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    away::{Away, capital_in_and, taken},
    office::{Office, signer},
};

/// What the capital makes of an entry that refers to nothing here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Makes {
    /// It is set aside, and asked about.
    AProblem,
    /// It is evidence by itself, and needs nothing.
    Evidence,
}

use Makes::{AProblem, Evidence};

/// One act, and how its statement is forged.
struct Forged {
    act: &'static str,
    makes: Makes,
    state: Box<dyn Fn(&Away)>,
}

/// Appends a statement past the desk, under the clerk's key.
fn cheat<S: Statement>(north: &Away, statement: &S) {
    let clerk = signer("xa-clerk-1");
    let desk = Desk::new(&clerk, north.node.keys(), "2026-02-03T12:00:00Z".parse().unwrap());
    let done = north.node.db().write("cheat", |tx| append(tx, &desk, statement));
    done.map_err(|failure| failure.to_string()).unwrap();
}

fn forged<S: Statement + DeserializeOwned + 'static>(act: &'static str, makes: Makes, body: Value) -> Forged {
    let read = move || -> S { serde_json::from_value(body.clone()).unwrap_or_else(|e| panic!("{act}: {e}")) };
    Forged { act, makes, state: Box::new(move |north| cheat(north, &read())) }
}

/// Fields of an act, with those that nearly all have.
fn with(number: &str, more: Value) -> Value {
    let mut body = json!({ "number": number, "participant": "XA", "issuer": "XA", "at": "XA" });
    let Value::Object(more) = more else { panic!("fields") };
    body.as_object_mut().unwrap().extend(more);
    body
}

const LINE: &str = "7102.31 10.00 100.00";

fn application(reference: &str) -> Value {
    json!({
        "participant": "XA", "application": reference, "licence_number": "XA-EXP-7", "importer": "Harbour Gems",
        "importer_address": "5 Quay Street", "destination": "XB", "origin": "XA", "parcels": 1, "lines": [LINE],
        "declared_by": "M. Exporter"
    })
}

/// A number of another participant, which is presented; all other numbers and references stand in one statement alone, so
/// that none is set aside for what was stated before it.
const FOREIGN: &str = "XB-000007";

fn of_applications() -> Vec<Forged> {
    let mut twice = application("XA-north-8");
    twice["lines"] = json!([LINE, LINE]);
    let reasons = json!({ "participant": "XA", "application": "XA-north-11", "reasons": "x", "found_by": "xa-clerk-1" });
    let cured = json!({ "content": application("XA-north-12"), "cured_by": "xa-clerk-1" });
    let rejected = json!({ "participant": "XA", "application": "XA-north-13", "reason": "x", "rejected_by": "xa-clerk-1" });
    vec![
        forged::<trade::apply_for_certificate::ApplicationReceived>("apply_for_certificate", AProblem, twice),
        forged::<trade::find_deficiency::DeficiencyFound>("find_deficiency", AProblem, reasons),
        forged::<trade::cure_application::ApplicationCured>("cure_application", AProblem, cured),
        forged::<trade::reject_application::ApplicationRejected>("reject_application", AProblem, rejected),
    ]
}

fn of_certificates() -> Vec<Forged> {
    let draft = with("XA-000141", json!({ "application": "XA-north-10", "drafted_by": "xa-clerk-1" }));
    let issue = with(
        "XA-000142",
        json!({
            "application": "XA-north-9", "licence_number": "XA-EXP-7", "exporter": "R", "importer": "H",
            "destination": "XB", "origin": "XA", "parcels": 1, "lines": [LINE], "issued_by": "xa-approver-1",
            "issued_on": "2026-02-03", "expires_on": "2026-03-03", "exporter_address": "a", "importer_address": "b",
            "containers": 1, "certificate_kind": "normal", "overrides": ["kp.XA/2026 no. 99"]
        }),
    );
    let validate = with(
        "XA-000143",
        json!({
            "carats_weighed": "10.00", "seals": ["7"], "validated_by": "xa-customs-1", "validated_on": "2026-02-03",
            "overrides": ["nonsense"]
        }),
    );
    let depart = with(
        "XA-000144",
        json!({ "destination": "XB", "origin": "XA", "lines": [LINE], "seals": ["7"], "departed_on": "2026-02-03" }),
    );
    let print = with("XA-000145", json!({ "copy": 1, "reason": "", "printed_by": "xa-clerk-1" }));
    let replace = with(
        "XA-000146",
        json!({ "application": "XA-north-9", "reason": "x", "paper_handed_in": "yes", "replaced_by": "y" }),
    );
    let void = with("XA-000147", json!({ "reason": "x", "invalidated_by": "y" }));
    let back = with("XA-000148", json!({ "reason": "x", "returned_to": "y" }));
    let paper = with("XA-000149", json!({ "mishap": "lost", "circumstances": "x", "reported_by": "y" }));
    let correct = with(
        "XA-000150",
        json!({ "field": "importer-name", "was": "a", "becomes": "b", "reason": "x", "instructed_by": "y" }),
    );
    let accept = with(
        "XA-000151",
        json!({ "field": "importer-name", "becomes": "b", "instruction": 7_000_000, "accepted_by": "y" }),
    );
    vec![
        forged::<trade::draft_certificate::CertificateDrafted>("draft_certificate", AProblem, draft),
        forged::<trade::issue_certificate::CertificateIssued>("issue_certificate", AProblem, issue),
        forged::<trade::validate_certificate::CertificateValidated>(
            "validate_certificate",
            AProblem,
            validate,
        ),
        forged::<trade::depart_shipment::ShipmentDeparted>("depart_shipment", AProblem, depart),
        forged::<trade::approve_certificate::CertificateApproved>(
            "approve_certificate",
            AProblem,
            with("XA-000152", json!({ "approved_by": "y" })),
        ),
        forged::<trade::print_certificate::CertificatePrinted>("print_certificate", AProblem, print),
        forged::<trade::replace_certificate::CertificateReplaced>("replace_certificate", AProblem, replace),
        forged::<trade::invalidate_certificate::CertificateInvalidated>(
            "invalidate_certificate",
            AProblem,
            void,
        ),
        forged::<trade::return_certificate::CertificateReturned>("return_certificate", AProblem, back),
        forged::<trade::report_paper::PaperReported>("report_paper", AProblem, paper),
        forged::<trade::instruct_correction::CorrectionInstructed>("instruct_correction", AProblem, correct),
        forged::<trade::accept_correction::CorrectionAccepted>("accept_correction", AProblem, accept),
    ]
}

fn advised(lines: &[&str]) -> Value {
    json!({
        "issuer": "XB", "issued_on": "2026-02-01", "expires_on": null, "departed_on": "2026-02-02", "exporter": "R",
        "importer": "H", "importer_address": "", "origin": "XB", "lines": lines, "parcels": 1, "seals": [],
        "came_by": "message", "sent_by": "x", "recorded_by": "y"
    })
}

fn of_pre_advices() -> Vec<Forged> {
    vec![
        forged::<trade::record_pre_advice::PreAdviceReceived>(
            "record_pre_advice",
            Evidence,
            with("XB-000018", advised(&[LINE])),
        ),
        forged::<trade::record_pre_advice::PreAdviceReceived>(
            "record_pre_advice",
            AProblem,
            with("XB-000019", advised(&[LINE, LINE])),
        ),
    ]
}

fn of_arrivals() -> Vec<Forged> {
    let transit =
        json!({ "container": "BOX-1", "seals": ["7"], "entered_on": "2026-02-03", "recorded_by": "y" });
    let left = json!({ "container": "BOX-1", "seals": ["7"], "left_on": "2026-02-03", "recorded_by": "y" });
    let arrived = json!({
        "carats_received": "10.00", "seals_intact": "yes", "arrived_on": "2026-02-03", "recorded_by": "y",
        "lines": [LINE, LINE]
    });
    let confirmed = json!({
        "parcels": 1, "carats_confirmed": "10.00", "importer": "H", "exporter": "R", "confirmed_by": "y"
    });
    let differs = json!({ "carats_stated": "10.00", "carats_received": "9.00", "explanation": "x", "reported_by": "y" });
    let detained =
        json!({ "reason": "x", "codes": ["SEAL_BROKEN"], "inform_by": "2026-03-03", "detained_by": "y" });
    vec![
        forged::<trade::record_transit_entry::TransitEntered>(
            "record_transit_entry",
            Evidence,
            with(FOREIGN, transit),
        ),
        forged::<trade::record_transit_exit::TransitLeft>(
            "record_transit_exit",
            AProblem,
            with("XB-000006", left),
        ),
        forged::<trade::record_arrival::ArrivalRecorded>("record_arrival", Evidence, with(FOREIGN, arrived)),
        forged::<trade::confirm_receipt::ReceiptConfirmed>(
            "confirm_receipt",
            AProblem,
            with("XB-000008", confirmed),
        ),
        forged::<trade::report_difference::DifferenceReported>(
            "report_difference",
            AProblem,
            with("XB-000009", differs),
        ),
        forged::<trade::report_counterfeit::CounterfeitReported>(
            "report_counterfeit",
            Evidence,
            with(FOREIGN, json!({ "circumstances": "x", "reported_by": "y" })),
        ),
        forged::<trade::detain_shipment::ShipmentDetained>(
            "detain_shipment",
            AProblem,
            with("XB-000010", detained),
        ),
        forged::<trade::release_shipment::ShipmentReleased>(
            "release_shipment",
            AProblem,
            with("XB-000011", json!({ "carats_received": "1.00", "remedy": "x", "released_by": "y" })),
        ),
        forged::<trade::order_return::ReturnOrdered>(
            "order_return",
            AProblem,
            with("XB-000012", json!({ "order": "x", "ordered_by": "y" })),
        ),
        forged::<trade::record_return::ReturnRecorded>(
            "record_return",
            AProblem,
            json!({ "number": "XA-000199", "at": "XB", "issuer": "XA", "carats_received": "1.00", "recorded_by": "y" }),
        ),
    ]
}

fn of_seizures() -> Vec<Forged> {
    let lot = json!({ "lot": "XA-L-1", "decision": "x", "forfeited_by": "y", "lifted_by": "y" });
    let seized = json!({
        "lot": "XA-L-1", "carats": "1.00", "carats_on_arrival": "1.00", "legal_basis": "x", "seized_by": "y"
    });
    let disposed = json!({
        "lot": "XA-L-1", "disposal": "sold", "carats": "1.00", "carats_expected": "1.00", "assurance": "x",
        "notice": "x", "disposed_by": "y"
    });
    let goods = json!({
        "at": "XA", "lot": "XA-L-2", "goods": ["7102.31 1.00", "7102.31 1.00"], "carats": "2.00", "found": "x",
        "circumstances": "x", "legal_basis": "x", "seized_by": "xa-customs-1", "witness": "xa-importer-1"
    });
    let decided =
        json!({ "lot": "XA-L-3", "at": "XA", "outcome": "forfeited", "decision": "x", "decided_by": "y" });
    let gone = json!({
        "lot": "XA-L-4", "at": "XA", "disposal": "sold", "carats": "1.00", "carats_expected": "1.00", "assurance": "x",
        "notice": "x", "disposed_by": "y"
    });
    vec![
        forged::<trade::seize_shipment::ShipmentSeized>(
            "seize_shipment",
            AProblem,
            with("XB-000013", seized),
        ),
        forged::<trade::release_seized::SeizureLifted>(
            "release_seized",
            AProblem,
            with("XB-000014", lot.clone()),
        ),
        forged::<trade::forfeit_goods::GoodsForfeited>("forfeit_goods", AProblem, with("XB-000015", lot)),
        forged::<trade::dispose_forfeited::ForfeitedDisposed>(
            "dispose_forfeited",
            AProblem,
            with("XB-000016", disposed),
        ),
        forged::<trade::seize_goods::GoodsSeized>("seize_goods", Evidence, goods),
        forged::<trade::decide_seizure::SeizureDecided>("decide_seizure", AProblem, decided),
        forged::<trade::dispose_seized_goods::SeizedGoodsDisposed>("dispose_seized_goods", AProblem, gone),
    ]
}

fn of_blanks() -> Vec<Forged> {
    let of = |numbers: &str, more: Value| {
        let mut body = with("XA-000101", more);
        body.as_object_mut().unwrap().extend([
            ("numbers".to_owned(), json!(numbers)),
            ("here".to_owned(), json!("north")),
            ("by".to_owned(), json!("xa-store-1")),
        ]);
        body
    };
    let counted = json!({ "found": ["XA-000160..XA-000170"], "missing": [], "surplus": [], "witness": "y" });
    vec![
        forged::<trade::record_blanks_printed::BlanksPrinted>(
            "record_blanks_printed",
            Evidence,
            of("XA-000180..XA-000181", json!({ "printer": "P", "form_version": "1" })),
        ),
        forged::<trade::receive_blanks::BlanksReceived>(
            "receive_blanks",
            AProblem,
            of("XA-000182", json!({})),
        ),
        forged::<trade::hand_over_blanks::BlanksHandedOver>(
            "hand_over_blanks",
            AProblem,
            of("XA-000183", json!({ "to": "capital" })),
        ),
        forged::<trade::accept_blanks::BlanksAccepted>("accept_blanks", AProblem, of("XA-000184", json!({}))),
        forged::<trade::report_blanks_spoiled::BlanksSpoiled>(
            "report_blanks_spoiled",
            AProblem,
            of("XA-000185", json!({ "reason": "x" })),
        ),
        forged::<trade::report_blanks_lost::BlanksLost>(
            "report_blanks_lost",
            AProblem,
            of("XA-000186", json!({ "how": "stolen", "circumstances": "x" })),
        ),
        forged::<trade::condemn_blanks::BlanksCondemned>(
            "condemn_blanks",
            AProblem,
            of("XA-000187", json!({ "reason": "x" })),
        ),
        forged::<trade::destroy_blanks::BlanksDestroyed>(
            "destroy_blanks",
            AProblem,
            of("XA-000188", json!({ "how": "x" })),
        ),
        forged::<trade::count_blanks::BlanksCounted>("count_blanks", Evidence, of("XA-000189", counted)),
    ]
}

fn all() -> Vec<Forged> {
    [of_applications(), of_certificates(), of_pre_advices(), of_arrivals(), of_seizures(), of_blanks()]
        .into_iter()
        .flatten()
        .collect()
}

fn places() -> Vec<Option<String>> {
    let database = postgres::database("an office's file on PostgreSQL");
    // Kept until the process ends, like every database of a test.
    let url = database.map(|database| {
        let url = database.url();
        std::mem::forget(database);
        url
    });
    std::iter::once(None).chain(url.map(Some)).collect()
}

fn problems(capital: &Office) -> Vec<String> {
    let problems = capital.node.db().read(kp_trade::problems).unwrap();
    problems.into_iter().map(|problem| format!("{}: {}", problem.about, problem.sentence)).collect()
}

/// An act that is no office's is refused with the file (exchange_attacks.rs); every other one is in the table.
#[test]
fn no_act_of_an_office_is_left_out() {
    let forged = all();
    let (capital, [north]) = capital_in_and(None, ["north"]);
    for act in ACTS {
        let at_office = north.act("xa-clerk-1", act.name, &[]);
        let of_the_capital = matches!(
            at_office,
            Err(kp_node::ActFailure::Failure(kp_log::Failure::Refused(no))) if no.key() == "act_of_the_capital"
        );
        let listed = forged.iter().any(|forged| forged.act == act.name);
        assert!(of_the_capital != listed, "{}: at the capital alone: {of_the_capital}", act.name);
    }
    drop(capital);
}

#[test]
fn what_refers_to_nothing_is_a_problem_and_never_an_error() {
    for place in places() {
        let (capital, [north]) = capital_in_and(place, ["north"]);
        north.at("2026-02-03T12:00:00Z");
        for forged in all() {
            (forged.state)(&north);
            let before = problems(&capital).len();
            let TakenOver::New { problems: count, .. } = taken(&capital, &north.export()) else {
                panic!("{} is new", forged.act)
            };
            let expected = u64::from(forged.makes == AProblem);
            let all = problems(&capital);
            assert_eq!(count, expected, "{}: {:?}", forged.act, &all[before..]);
            assert_eq!(all.len() - before, expected as usize, "{}", forged.act);
            north.takes_from(&capital);
        }
        let set_aside = problems(&capital).len();
        let findings = capital.node.db().read(kp_detect::trade::findings).unwrap();
        let asked = findings.iter().filter(|row| row.finding.detector == "acts_in_conflict").count();
        assert_eq!(asked, set_aside, "each is asked about");
        capital.is_sound();
    }
}

macro_rules! nonsense {
    ($($name:ident $kind:literal $subject:literal;)+) => {
        $(
            #[derive(Clone, Serialize, Deserialize)]
            struct $name {
                nonsense: u32,
            }

            impl Statement for $name {
                const KIND: &'static str = $kind;

                fn owner(&self) -> kp_log::LogOwner {
                    kp_log::LogOwner::Participant("XA".parse().unwrap())
                }

                fn subject(&self) -> String {
                    $subject.into()
                }
            }
        )+

        /// A statement of each of these kinds whose body says something else.
        fn state_nonsense(north: &Away) -> usize {
            let mut count = 0;
            $(
                cheat(north, &$name { nonsense: 1 });
                count += 1;
            )+
            count
        }
    };
}

nonsense! {
    Application "application_received" "XA-north-30";
    Draft "certificate_drafted" "XA-000130";
    Issue "certificate_issued" "XA-000131";
    Validation "certificate_validated" "XA-000132";
    Departure "shipment_departed" "XA-000133";
    Arrival "arrival_recorded" "XB-000030";
    Receipt "receipt_confirmed" "XB-000031";
    Detention "shipment_detained" "XB-000032";
    Seizure "goods_seized" "XA-L-30";
    Lost "blanks_lost" "XA";
    Counted "blanks_counted" "XA";
    Accepted "blanks_accepted" "XA";
    Taken "entries_taken_over" "XA";
}

/// What does not read as what it says it is: set aside, asked about, and no stage stops at it.
#[test]
fn what_does_not_read_is_a_problem_and_stops_nothing() {
    for place in places() {
        let (capital, [north]) = capital_in_and(place, ["north"]);
        let stated = state_nonsense(&north);
        let TakenOver::New { problems: count, .. } = taken(&capital, &north.export()) else {
            panic!("it is new")
        };
        assert_eq!(count, stated as u64, "{:?}", problems(&capital));
        assert_eq!(problems(&capital)[1], "XA-000130: the certificate drafted does not read as one");
        // The stages follow past it: what comes later is counted and asked about.
        capital.day("2026-02-20");
        let arrived = [("number", "XA-000001"), ("at", "XB"), ("carats_received", "10.00")];
        capital.done("xb-importer-1", "record_arrival", &arrived);
        let findings = capital.node.db().read(kp_detect::trade::findings).unwrap();
        let of = |name: &str| findings.iter().filter(|row| row.finding.detector == name).count();
        assert_eq!((of("acts_in_conflict"), of("presented_without_departure")), (stated, 1));
        capital.is_sound();
    }
}
