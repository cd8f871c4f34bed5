//! Which receipt is confirmed, and which reason comes first.

use kp_registry::{Role, Standing, UnderWayRule};
use kp_testkit::refused_in_order;

use super::{Facts, Request, decide};
use crate::{CertificateState, Discrepancy, DiscrepancyCode, NoticeOf, rules::eligible::Side, testing::*};

fn request() -> Request {
    Request { number: number("XA 1"), at: code("XB") }
}

fn facts() -> Facts {
    Facts {
        officer: officer("XB", Role::Importer),
        certificate: Some(certificate(CertificateState::Arrived)),
        exporter: Some(exporter()),
        arrivals: vec![arrival("XB")],
        confirmation: None,
        issuer: open("XA"),
        holdings: Vec::new(),
        notices: Vec::new(),
        discrepancies: Vec::new(),
    }
}

#[test]
fn each_reason_in_its_order() {
    let mut wrong = Facts {
        officer: officer("XA", Role::Importer),
        certificate: None,
        exporter: Some(exporter()),
        arrivals: vec![arrival("XC")],
        confirmation: Some(confirmation("XC")),
        issuer: suspended("XA", "2026-02-02T15:00:00Z", UnderWayRule::Release),
        holdings: vec![holding(crate::HoldingState::Detained)],
        notices: vec![NoticeOf::Counterfeit, NoticeOf::Lost],
        discrepancies: [DiscrepancyCode::SealMismatch, DiscrepancyCode::ParcelCount, DiscrepancyCode::HsDiff]
            .map(|code| Discrepancy { code, says: "something".into() })
            .to_vec(),
    };
    let confirmed = refused_in_order(
        &mut wrong,
        |facts| keyed(decide(facts, &request(), now())),
        &[
            ("officer_of_another_body", |f| f.officer = officer("XB", Role::Customs)),
            ("role_missing", |f| f.officer = officer("XB", Role::Importer)),
            ("number_already_used", |f| f.confirmation = None),
            ("no_arrival", |f| f.arrivals.push(arrival("XB"))),
            ("number_presented_before", |f| {
                f.arrivals.remove(0);
                f.arrivals[0].seals_intact = false;
                f.arrivals[0].carats_received = carats(119_000);
                f.arrivals[0].arrived_on = day("2026-02-01");
            }),
            ("number_never_issued", |f| f.certificate = Some(certificate(CertificateState::Validated))),
            ("certificate_not_departed", |f| {
                let mut elsewhere = certificate(CertificateState::Arrived);
                elsewhere.application.destination = code("XC");
                f.certificate = Some(elsewhere);
            }),
            ("shipment_detained", |f| f.holdings[0].ended_on = Some(day("2026-02-03"))),
            ("paper_reported", |f| f.notices.truncate(1)),
            ("destination_differs", |f| f.certificate = Some(certificate(CertificateState::Arrived))),
            ("arrival_before_departure", |f| f.arrivals[0].arrived_on = day("2026-02-02")),
            ("issuer_barred", |f| {
                f.issuer = suspended("XA", "2026-02-02T15:00:01Z", UnderWayRule::HoldAndAsk);
            }),
            ("hold_and_ask_issuer", |f| f.issuer = open("XA")),
            ("seals_broken", |f| f.arrivals[0].seals_intact = true),
            ("seals_differ", |f| drop(f.discrepancies.remove(0))),
            ("parcel_count_differs", |f| drop(f.discrepancies.remove(0))),
            ("class_differs", |f| f.discrepancies.clear()),
            ("weight_differs", |f| f.arrivals[0].carats_received = carats(119_880)),
        ],
    );
    assert_eq!((confirmed.carats_confirmed, confirmed.parcels), (carats(119_880), 1));
    assert_eq!((confirmed.importer.as_str(), confirmed.exporter.as_str()), ("Harbour Gems", "River Stones"));
}

/// L24: before and after the instant of a decision, under each of its rules for goods under way.
#[test]
fn goods_under_way_follow_the_decision() {
    use UnderWayRule::{HoldAndAsk, Refuse, Release};
    // The goods left on 2 February at 15:00.
    for (since, rule, key) in [
        ("2026-02-02T15:00:01Z", Release, None),
        ("2026-02-02T15:00:01Z", HoldAndAsk, Some("hold_and_ask_issuer")),
        ("2026-02-02T15:00:01Z", Refuse, Some("issuer_barred")),
        ("2026-02-02T15:00:00Z", Release, Some("issuer_barred")),
        ("2026-02-02T15:00:00Z", HoldAndAsk, Some("issuer_barred")),
        ("2026-02-03T12:00:00Z", Refuse, Some("issuer_barred")),
        ("2026-02-03T12:00:01Z", Refuse, None),
    ] {
        let facts = Facts { issuer: suspended("XA", since, rule), ..facts() };
        let refused = decide(&facts, &request(), now()).err().map(|refusal| refusal.key());
        assert_eq!(refused, key, "suspended since {since}, {rule}");
    }
}

#[test]
fn goods_that_left_while_their_issuer_was_barred_stay_barred_when_it_is_open_again() {
    let mut issuer: Side = suspended("XA", "2026-02-02T12:00:00Z", UnderWayRule::Release);
    let mut lifted = issuer.changes[0].clone();
    lifted.standing = Standing::Open;
    lifted.effective_at = "2026-02-03T00:00:00Z".parse().unwrap();
    issuer.changes.push(lifted);
    let facts = Facts { issuer, ..facts() };
    assert_eq!(decide(&facts, &request(), now()).unwrap_err().key(), "issuer_barred");
}
