//! For the tests of this crate: officers, certificates and sides as the tables give them. Nothing is real.

use kp_registry::{Exporter, Officer, Participant, Role, Standing, StandingChange, UnderWayRule};
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse, Timestamp, UsdCents};

use crate::{
    Application, Arrival, BlankPiece, BlankPlace, Certificate, CertificateState, Confirmation,
    rules::eligible::Side,
};

/// The moment at which the tests act.
pub(crate) const NOW: &str = "2026-02-03T12:00:00Z";

pub(crate) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn code(text: &str) -> ParticipantCode {
    text.parse().unwrap()
}

pub(crate) fn number(text: &str) -> CertificateNumber {
    text.parse().unwrap()
}

pub(crate) fn carats(hundredths: i64) -> Carats {
    Carats::from_hundredths(hundredths)
}

/// An officer of a body with one role.
pub(crate) fn officer(body: &str, role: Role) -> Officer {
    Officer {
        id: format!("{}-{role}-1", body.to_lowercase()),
        body: body.to_owned(),
        authority: None,
        name: "A. Sample".to_owned(),
        roles: vec![role],
    }
}

pub(crate) fn exporter() -> Exporter {
    Exporter {
        licence_number: "XA-EXP-7".into(),
        participant: code("XA"),
        holder: "River Stones".into(),
        address: "1 Market Road".into(),
        valid_from: day("2026-01-01"),
        valid_until: day("2026-12-31"),
    }
}

/// 1,200.00 ct in one parcel from XA to XB.
pub(crate) fn application() -> Application {
    Application {
        application: "XA-A-1".into(),
        participant: code("XA"),
        licence_number: "XA-EXP-7".into(),
        importer: "Harbour Gems".into(),
        importer_address: "5 Quay Street".into(),
        destination: code("XB"),
        origin: "XA".parse().unwrap(),
        parcels: 1,
        carats: carats(120_000),
        value: UsdCents::from_cents(42_000_000),
        declared_by: "M. Exporter".into(),
        applied_on: day("2026-02-01"),
    }
}

/// XA-000001 with what it has at this state of its life, a day between the steps.
pub(crate) fn certificate(state: CertificateState) -> Certificate {
    let has = |reached: CertificateState| state >= reached;
    let some = |reached, text: &str| has(reached).then(|| text.to_owned());
    Certificate {
        number: number("XA-000001"),
        state,
        application: application(),
        drafted_by: "xa-clerk-1".into(),
        drafted_on: day("2026-02-01"),
        issued_by: some(CertificateState::Issued, "xa-approver-1"),
        issued_on: has(CertificateState::Issued).then(|| day("2026-02-01")),
        expires_on: has(CertificateState::Issued).then(|| day("2026-04-02")),
        validated_by: some(CertificateState::Validated, "xa-customs-1"),
        validated_on: has(CertificateState::Validated).then(|| day("2026-02-02")),
        seals: Vec::new(),
        departed_at: has(CertificateState::Departed).then(|| "2026-02-02T15:00:00Z".parse().unwrap()),
        departed_on: has(CertificateState::Departed).then(|| day("2026-02-02")),
    }
}

pub(crate) fn arrival(at: &str) -> Arrival {
    Arrival {
        position: 9,
        number: number("XA-000001"),
        at: code(at),
        carats_received: carats(120_000),
        seals_intact: true,
        arrived_on: day("2026-02-03"),
        recorded_by: "xb-importer-1".into(),
    }
}

pub(crate) fn confirmation(at: &str) -> Confirmation {
    Confirmation {
        number: number("XA-000001"),
        at: code(at),
        outcome: CertificateState::Confirmed,
        carats_confirmed: carats(120_000),
        explanation: String::new(),
        confirmed_on: day("2026-02-03"),
        confirmed_by: "xb-importer-1".into(),
    }
}

/// A participant in open standing.
pub(crate) fn open(text: &str) -> Side {
    let participant = Participant {
        code: code(text),
        name: format!("Invented land {text}"),
        member_from: day("2025-01-01"),
        legal_act: "invented".into(),
    };
    Side { participant: Some(participant), changes: Vec::new() }
}

/// A participant that is suspended since an instant, by a decision with its rule for goods under way.
pub(crate) fn suspended(text: &str, since: &str, under_way: UnderWayRule) -> Side {
    let changes = vec![StandingChange {
        standing: Standing::Suspended,
        effective_at: since.parse().unwrap(),
        legal_act: "decision 1".into(),
        under_way,
    }];
    Side { changes, ..open(text) }
}

/// Blanks of one custodian in one place, handed over or condemned by somebody else.
pub(crate) fn blanks(first: u64, last: u64, place: BlankPlace, custodian: &str) -> BlankPiece {
    BlankPiece {
        first,
        last,
        place,
        custodian: custodian.into(),
        officer: "xa-storekeeper-2".into(),
        form_version: "2026-1".into(),
    }
}

/// The key of a refusal, which also has a rule and a sentence.
pub(crate) fn keyed<T>(decided: Result<T, Box<dyn Refuse>>) -> Result<T, String> {
    decided.map_err(|refusal| {
        assert!(!refusal.rule().is_empty() && refusal.to_string().len() > 10, "{refusal:?}");
        refusal.key().to_owned()
    })
}
