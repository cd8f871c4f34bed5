//! For the tests of this crate: officers, certificates and sides as the tables give them. Nothing is real.

use kp_registry::{Exporter, Officer, Participant, Role, RuleSet, Standing, StandingChange, UnderWayRule};
use kp_terms::{Carats, CertificateNumber, Date, ParticipantCode, Refuse, Timestamp, UsdCents};

use crate::{
    Application, ApplicationState, Arrival, BlankPiece, BlankPlace, Certificate, CertificateKind,
    CertificateState, Confirmation, Holding, HoldingState, apply_for_certificate::ApplicationReceived,
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
        licence: None,
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
        state: ApplicationState::Applied,
        kind: CertificateKind::Normal,
        purpose: None,
        file_reference: None,
        transit_purpose: None,
        exporter: None,
        exporter_address: None,
        containers: 1,
        replaces: None,
    }
}

/// The same as it was typed.
pub(crate) fn received() -> ApplicationReceived {
    ApplicationReceived {
        participant: code("XA"),
        application: "XA-A-1".into(),
        licence_number: "XA-EXP-7".into(),
        importer: "Harbour Gems".into(),
        importer_address: "5 Quay Street".into(),
        destination: code("XB"),
        origin: "XA".parse().unwrap(),
        parcels: 1,
        lines: vec!["7102.31 1200.00 420000.00".parse().unwrap()],
        declared_by: "M. Exporter".into(),
        from_parcels: None,
        mandate: None,
        containers: None,
        parcel_list: None,
        transit_purpose: None,
        sources: None,
        replaces: None,
        certificate_kind: None,
        purpose: None,
        file_reference: None,
        exporter: None,
        exporter_address: None,
    }
}

/// A national rule of XA in force since 2025.
pub(crate) fn rule(rule: &str, value: &str) -> RuleSet {
    RuleSet {
        rule: rule.parse().unwrap(),
        value: value.into(),
        effective_from: day("2025-01-01"),
        legal_act: "invented".into(),
    }
}

/// Goods of XA-000001 that XB holds since 3 February.
pub(crate) fn holding(state: HoldingState) -> Holding {
    let seized = matches!(state, HoldingState::Seized | HoldingState::Forfeited);
    Holding {
        position: 11,
        number: number("XA-000001"),
        at: code("XB"),
        state,
        moves_certificate: true,
        reason: "seals broken".into(),
        codes: vec!["SEAL_BROKEN".into()],
        inform_by: day("2026-03-03"),
        detained_by: "xb-importer-1".into(),
        detained_on: day("2026-02-03"),
        lot: seized.then(|| "XB-L-1".into()),
        carats: seized.then(|| carats(120_000)),
        seized_by: seized.then(|| "xb-customs-1".into()),
        seized_on: seized.then(|| day("2026-02-03")),
        legal_basis: seized.then(|| "order 1".into()),
        ended_on: None,
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
        approved_by: None,
        approved_on: None,
        replaced_by: None,
        ended_on: None,
        ended_because: None,
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
        parcels: None,
        container: None,
        seals: Vec::new(),
        channel: None,
        importer: None,
    }
}

pub(crate) fn confirmation(at: &str) -> Confirmation {
    Confirmation {
        number: number("XA-000001"),
        at: code(at),
        outcome: CertificateState::Confirmed,
        carats_confirmed: carats(120_000),
        explanation: String::new().into(),
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
    Side { participant: Some(participant), ..Side::default() }
}

/// A participant that is suspended since an instant, by a decision with its rule for goods under way.
pub(crate) fn suspended(text: &str, since: &str, under_way: UnderWayRule) -> Side {
    let since = since.parse().unwrap();
    let changes = vec![StandingChange::of_all(Standing::Suspended, since, "decision 1".into(), under_way)];
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

/// XA-000001 in transit since 2 February, in a sealed box.
pub(crate) fn transit(at: &str) -> crate::Transit {
    crate::Transit {
        position: 8,
        at: code(at),
        container: "BOX-17".into(),
        seals: vec!["77120-A".into()],
        entered_on: day("2026-02-02"),
        entered_by: "xc-customs-1".into(),
        ended_as: None,
        ended_on: None,
    }
}

/// A correction of the importer's name, at position 10 of the log.
pub(crate) fn correction(accepted_at: Option<u64>) -> crate::Correction {
    crate::Correction {
        position: 10,
        field: crate::CorrectedField::ImporterName,
        was: "Harbour Gems".into(),
        becomes: "Harbour Gems B".into(),
        reason: "a letter".into(),
        instructed_by: "xa-approver-1".into(),
        instructed_on: day("2026-02-03"),
        accepted_at,
        accepted_by: accepted_at.map(|_| "xb-importer-1".into()),
        accepted_on: accepted_at.map(|_| day("2026-02-03")),
    }
}

/// 493.00 ct seized without a certificate at XB as XB-L-7, by xb-customs-1 before xb-importer-2.
pub(crate) fn seized_lot(state: HoldingState) -> crate::SeizedLot {
    crate::SeizedLot {
        lot: "XB-L-7".into(),
        at: code("XB"),
        state,
        carats: carats(49_300),
        found: "airport".into(),
        circumstances: "in a power bank".into(),
        legal_basis: "Diamond Act s. 30".into(),
        seized_by: "xb-customs-1".into(),
        witness: "xb-importer-2".into(),
        seized_on: day("2026-02-03"),
        decided_by: None,
        decision: None,
        ended_on: None,
    }
}

/// A parcel of XA whose stones came under certificates: each share `XB-4 40.00`, number and carats.
pub(crate) fn imported_parcel(shares: &[&str]) -> kp_custody::Parcel {
    let share = |(index, text): (usize, &&str)| {
        let (number, share) = text.split_once(' ').expect("number and carats");
        let source = format!("import {number} origin XC imported 2026-01-12 carats 50.00");
        kp_custody::Share {
            id: format!("XA-P-1/{}", index + 1),
            source: source.parse().expect("a source"),
            carats: share.parse().expect("carats"),
        }
    };
    kp_custody::Parcel {
        parcel: "XA-P-1".into(),
        participant: code("XA"),
        hs: "7102.31".parse().expect("a class"),
        carats: carats(0),
        holder: "XA-EXP-7".into(),
        state: kp_custody::ParcelState::Held,
        application: None,
        recorded_on: day("2026-01-20"),
        recorded_by: "xa-clerk-1".into(),
        handed_to: None,
        handed_by: None,
        shares: shares.iter().enumerate().map(share).collect(),
    }
}
