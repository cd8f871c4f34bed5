//! What must be true of every certificate's life, told from the statements alone: a number has one end and one answer,
//! what leaves again came in, and what is held is somewhere.

use std::collections::BTreeMap;

use kp_log::{Entry, Statement};
use kp_node::Node;
use kp_trade::{
    CertificateState, HoldingState, certificates, confirm_receipt::ReceiptConfirmed,
    dispose_forfeited::ForfeitedDisposed, draft_certificate::CertificateDrafted,
    forfeit_goods::GoodsForfeited, invalidate_certificate::CertificateInvalidated,
    record_return::ReturnRecorded, release_shipment::ShipmentReleased,
    replace_certificate::CertificateReplaced, report_difference::DifferenceReported,
    return_certificate::CertificateReturned,
};

/// The statements that may end a certificate's life. Lost, stolen and spoiled paper ends it only before departure, and
/// held goods only where they are the certificate's own; those are told from the state.
const ENDS: [(&str, CertificateState); 5] = [
    (ReceiptConfirmed::KIND, CertificateState::Confirmed),
    (DifferenceReported::KIND, CertificateState::ConfirmedWithDifference),
    (CertificateReplaced::KIND, CertificateState::Replaced),
    (CertificateInvalidated::KIND, CertificateState::Invalidated),
    (CertificateReturned::KIND, CertificateState::ReturnedUnused),
];
/// Those that end the life of held goods, and perhaps of their certificate.
const ENDS_OF_GOODS: [(&str, CertificateState); 3] = [
    (ShipmentReleased::KIND, CertificateState::ConfirmedWithDifference),
    (ReturnRecorded::KIND, CertificateState::Returned),
    (GoodsForfeited::KIND, CertificateState::Forfeited),
];

pub(super) fn check(node: &Node, entries: &[Entry]) {
    let mut by_number: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        by_number.entry(entry.subject.as_str()).or_default().push(entry);
    }
    for certificate in node.db().read(|tx| certificates(tx, "", u32::MAX)).unwrap() {
        let number = certificate.number.to_string();
        one_end(&number, certificate.state, &by_number[number.as_str()]);
        one_answer(node, &certificate, &by_number[number.as_str()]);
        carats_are_kept(node, &certificate.number);
        holdings(node, &certificate, &by_number[number.as_str()]);
    }
}

/// One statement ends a life, none that moves it comes after, and the state is the one that it says.
fn one_end(number: &str, state: CertificateState, about: &[&Entry]) {
    let drafted = about.iter().filter(|e| e.kind == CertificateDrafted::KIND).count();
    assert_eq!(drafted, 1, "{number} was given out once");
    let ends: Vec<CertificateState> =
        about.iter().filter_map(|e| ENDS.iter().find(|(kind, _)| *kind == e.kind)).map(|(_, s)| *s).collect();
    assert!(ends.len() <= 1, "{number} ended as {ends:?}");
    if let Some(end) = ends.first() {
        assert_eq!(state, *end, "{number}");
    } else if state.is_end() {
        let of_goods = ENDS_OF_GOODS
            .iter()
            .any(|(kind, end)| *end == state && about.iter().filter(|e| e.kind == *kind).count() >= 1);
        let of_paper =
            matches!(state, CertificateState::Lost | CertificateState::Stolen | CertificateState::Spoiled)
                && about.iter().any(|e| e.kind == "paper_reported");
        assert!(of_goods || of_paper, "{number} is {state} and nothing says so");
    }
}

/// A certificate is answered once, and has an answer if and only if it is confirmed.
fn one_answer(node: &Node, certificate: &kp_trade::Certificate, about: &[&Entry]) {
    let answer = node.db().read(|tx| kp_trade::confirmation_of_number(tx, &certificate.number)).unwrap();
    let is_confirmed =
        matches!(certificate.state, CertificateState::Confirmed | CertificateState::ConfirmedWithDifference);
    assert_eq!(answer.is_some(), is_confirmed, "{} is {}", certificate.number, certificate.state);
    if let Some(answer) = answer {
        assert_eq!(answer.outcome, certificate.state);
    }
    let left = about.iter().filter(|e| e.kind == "shipment_departed").count();
    assert!(left <= 1, "{} left once", certificate.number);
}

/// Carats drawn on an import never exceed what was received under it.
fn carats_are_kept(node: &Node, number: &kp_terms::CertificateNumber) {
    let drawn = node.db().read(|tx| kp_trade::draws_on_number(tx, number)).unwrap();
    let drawn: i64 = drawn.iter().map(|draw| draw.carats.hundredths()).sum();
    let answer = node.db().read(|tx| kp_trade::confirmation_of_number(tx, number)).unwrap();
    let received = answer.map_or(0, |answer| answer.carats_confirmed.hundredths());
    assert!(drawn <= received, "{drawn} drawn on {number}, {received} received");
}

/// The certificate is where its own goods are held; every lot keeps its weight; nothing is disposed of twice.
fn holdings(node: &Node, certificate: &kp_trade::Certificate, about: &[&Entry]) {
    let held = node.db().read(|tx| kp_trade::holdings_of_number(tx, &certificate.number)).unwrap();
    let own: Vec<_> = held.iter().filter(|held| held.moves_certificate).collect();
    assert!(own.len() <= 1, "{} was held once", certificate.number);
    let expected = own.first().map(|held| match held.state {
        HoldingState::Detained => CertificateState::Detained,
        HoldingState::Seized => CertificateState::Seized,
        HoldingState::Returning => CertificateState::Returning,
        HoldingState::Released => CertificateState::ConfirmedWithDifference,
        HoldingState::Returned => CertificateState::Returned,
        HoldingState::Forfeited | HoldingState::Sold | HoldingState::Destroyed => CertificateState::Forfeited,
    });
    if let Some(expected) = expected {
        assert_eq!(certificate.state, expected, "{}", certificate.number);
    }
    for lot in held.iter().filter_map(|held| held.lot.as_ref().map(|lot| (lot, held))) {
        let drawn = node.db().read(|tx| kp_trade::draws_on_lot(tx, lot.0)).unwrap();
        let drawn: i64 = drawn.iter().map(|draw| draw.carats.hundredths()).sum();
        assert!(drawn <= lot.1.carats.unwrap().hundredths(), "lot {}", lot.0);
    }
    let disposed = about.iter().filter(|e| e.kind == ForfeitedDisposed::KIND).count();
    let gone =
        held.iter().filter(|h| matches!(h.state, HoldingState::Sold | HoldingState::Destroyed)).count();
    assert_eq!(disposed, gone, "{}", certificate.number);
}
