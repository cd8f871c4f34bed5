//! The plainest recount there is: all statements in memory, one loop for each question. Shares no code with the stages.

use std::collections::{BTreeMap, BTreeSet};

use kp_detect::trade::FindingRow;
use kp_log::{Entry, Statement};
use kp_node::Node;
use kp_trade::{
    depart_shipment::ShipmentDeparted, record_arrival::ArrivalRecorded,
    validate_certificate::CertificateValidated,
};

/// Carats and shipments by `XB import XA 2026-Q1`.
type Cells = BTreeMap<String, (i64, i64)>;

pub(super) fn check(node: &Node, accepted: usize) {
    let entries = node.db().read(|tx| kp_log::entries_after(tx, 0, u32::MAX)).unwrap();
    let own = node.keys().signer.key.public().id();
    let by_people = entries.iter().filter(|entry| entry.key_id != own).count();
    assert_eq!(by_people, accepted, "as many statements of people as acts were accepted");
    check_cells(node, &entries);
    check_counts(node, &entries);
    check_cases(node, &entries);
    super::lives::check(node, &entries);
}

fn bodies<S: Statement>(entries: &[Entry]) -> Vec<(&Entry, S)> {
    entries.iter().filter(|entry| entry.kind == S::KIND).map(|entry| (entry, entry.body().unwrap())).collect()
}

/// For each number that left: its departure, and the first presentation anywhere else.
fn journeys(entries: &[Entry]) -> Vec<(ShipmentDeparted, Option<(&Entry, ArrivalRecorded)>)> {
    let arrivals = bodies::<ArrivalRecorded>(entries);
    let journey = |departed: ShipmentDeparted| {
        let first =
            arrivals.iter().find(|(_, a)| a.number == departed.number && a.at != departed.participant);
        (departed, first.cloned())
    };
    bodies::<ShipmentDeparted>(entries).into_iter().map(|(_, departed)| journey(departed)).collect()
}

/// The day stated, unless it lies before the departure or more than a day after the recording.
fn day(departed: &ShipmentDeparted, entry: &Entry, arrived: &ArrivalRecorded) -> jiff::civil::Date {
    if arrived.arrived_on < departed.departed_on {
        departed.departed_on
    } else if arrived.arrived_on > entry.on().tomorrow().unwrap() {
        entry.on()
    } else {
        arrived.arrived_on
    }
}

fn check_cells(node: &Node, entries: &[Entry]) {
    let mut expected = Cells::new();
    for (departed, arrival) in journeys(entries) {
        let mut add = |code, flow, partner, on, carats| {
            let cell = format!("{code} {flow} {partner} {}", kp_terms::Quarter::of(on));
            let (sum, shipments) = expected.entry(cell).or_default();
            (*sum, *shipments) = (*sum + carats, *shipments + 1);
        };
        let left = departed.lines[0].carats.hundredths();
        add(departed.participant, "export", departed.destination, departed.departed_on, left);
        if let Some((entry, arrived)) = arrival {
            let on = day(&departed, entry, &arrived);
            add(arrived.at, "import", departed.participant, on, arrived.carats_received.hundredths());
        }
    }
    let mut there = Cells::new();
    for cell in node.db().read(kp_statistics::cells).unwrap() {
        let name = format!("{} {} {} {}", cell.participant, cell.flow, cell.partner, cell.quarter);
        there.insert(name, (cell.carats.hundredths(), cell.shipments));
    }
    assert_eq!(there, expected);
}

fn check_counts(node: &Node, entries: &[Entry]) {
    let mut expected: BTreeMap<String, i64> = BTreeMap::new();
    for (_, validated) in bodies::<CertificateValidated>(entries) {
        let quarter = kp_terms::Quarter::of(validated.validated_on);
        *expected.entry(format!("{} validated {quarter}", validated.participant)).or_default() += 1;
    }
    for (departed, arrival) in journeys(entries) {
        if let Some((entry, arrived)) = arrival {
            let quarter = kp_terms::Quarter::of(day(&departed, entry, &arrived));
            *expected.entry(format!("{} received {quarter}", arrived.at)).or_default() += 1;
        }
    }
    let there = node.db().read(kp_statistics::certificate_counts).unwrap();
    let there: BTreeMap<String, i64> = there
        .into_iter()
        .map(|c| (format!("{} {} {}", c.participant, c.what, c.quarter), c.certificates))
        .collect();
    assert_eq!(there, expected);
}

/// Every number presented twice, or before it left, has a finding; every finding has a case; no case is opened twice.
fn check_cases(node: &Node, entries: &[Entry]) {
    let mut presented: BTreeMap<String, usize> = BTreeMap::new();
    for (_, arrived) in bodies::<ArrivalRecorded>(entries) {
        *presented.entry(arrived.number.to_string()).or_default() += 1;
    }
    let twice: Vec<String> =
        presented.into_iter().filter(|(_, times)| *times > 1).map(|(number, _)| number).collect();
    let findings = node.db().read(kp_detect::trade::findings).unwrap();
    assert_eq!(found_by("number_used_twice", &findings), twice);
    assert_eq!(found_by("presented_without_departure", &findings), before_it_left(entries));
    let mut about: Vec<String> =
        node.db().read(kp_cases::cases).unwrap().into_iter().map(|case| case.finding_id).collect();
    let mut ids: Vec<String> = findings.into_iter().map(|row| row.finding.id).collect();
    about.sort();
    ids.sort();
    assert_eq!(about, ids);
}

/// The numbers of which some presentation stands before any departure.
fn before_it_left(entries: &[Entry]) -> Vec<String> {
    let departures = bodies::<ShipmentDeparted>(entries);
    let early = |at: &Entry, arrived: &ArrivalRecorded| {
        !departures.iter().any(|(left, d)| d.number == arrived.number && left.position < at.position)
    };
    let numbers: BTreeSet<String> = bodies::<ArrivalRecorded>(entries)
        .into_iter()
        .filter(|(entry, arrived)| early(entry, arrived))
        .map(|(_, arrived)| arrived.number.to_string())
        .collect();
    numbers.into_iter().collect()
}

fn found_by(detector: &str, findings: &[FindingRow]) -> Vec<String> {
    let mut found: Vec<String> = findings
        .iter()
        .filter(|row| row.finding.detector == detector)
        .filter_map(|row| row.finding.subject.clone())
        .collect();
    found.sort();
    found
}
