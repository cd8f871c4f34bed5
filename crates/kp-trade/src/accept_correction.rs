//! Accept a correction: the importing authority endorses what the issuer has instructed.
//!
//! Scheme: IN-DGFT34 (the endorsed certificate is valid together with the instruction). Closes: L34: it takes both sides.
//! Appends `correction_accepted` to the importing participant's log, with the place of the instruction. The certificate
//! itself is not touched.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, CorrectedField, Correction,
    moves::{self, Act},
    queries,
};

const ACCEPT_CORRECTION: Sql = sql!("accept_correction");

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The certificate's number.
        number: CertificateNumber, "XA-000001";
        /// The importing participant.
        at: ParticipantCode, "XB";
        /// What is corrected.
        field: CorrectedField, "importer-name";
    }
}

/// A correction is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionAccepted {
    /// The certificate's number.
    pub number: CertificateNumber,
    /// Importing participant.
    pub at: ParticipantCode,
    /// What is corrected.
    pub field: CorrectedField,
    /// As it reads from now on.
    pub becomes: String,
    /// Place of the instruction in the order of arrival where it was accepted; elsewhere its words tell which it is.
    pub instruction: u64,
    /// Who accepted.
    pub accepted_by: String,
}

impl Statement for CorrectionAccepted {
    const KIND: &'static str = "correction_accepted";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a correction is not accepted.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}", "CD Section II";
        /// Somebody else's to accept.
        OtherDestination { number: CertificateNumber, destination: ParticipantCode } = "destination_differs", "{number} was issued for {destination}; its authority accepts corrections", "IN-DGFT34: the importing authority endorses";
        /// Nothing was instructed.
        NoInstruction { number: CertificateNumber, field: CorrectedField } = "no_correction_instructed", "the issuer has instructed no correction of {field} of {number} that waits; nothing is corrected without it", "IN-DGFT34: only on instruction of the issuing authority; L34";
    }
}

struct Facts {
    officer: Officer,
    certificate: Option<Certificate>,
    corrections: Vec<Correction>,
}

/// Accepts a correction.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn accept_correction(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        certificate: queries::certificate_by_number(tx, &request.number)?,
        corrections: queries::corrections_of_number(tx, &request.number)?,
    };
    let statement = decide(&facts, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &Request) -> Result<CorrectionAccepted, Box<dyn Refuse>> {
    let (number, at, field) = (request.number.clone(), request.at, request.field);
    may_act::of_participant(&facts.officer, Role::Importer, at)?;
    let Some(certificate) = &facts.certificate else {
        return Err(Refusal::NoSuchCertificate { number }.into());
    };
    let destination = certificate.application.destination;
    if destination != at {
        return Err(Refusal::OtherDestination { number, destination }.into());
    }
    moves::permit(&number, certificate.state, Act::AcceptCorrection)?;
    let open = facts.corrections.iter().find(|c| c.field == field && c.accepted_at.is_none());
    let Some(open) = open else { return Err(Refusal::NoInstruction { number, field }.into()) };
    let (becomes, instruction) = (open.becomes.clone(), open.position);
    Ok(CorrectionAccepted { number, at, field, becomes, instruction, accepted_by: facts.officer.id.clone() })
}

/// Which instruction is accepted, by its own words: as the how-manieth entry it arrived differs from node to node.
pub(crate) fn open_instruction(tx: &mut Tx<'_>, body: &CorrectionAccepted) -> Result<Option<u64>> {
    let all = queries::corrections_of_number(tx, &body.number)?;
    let is_it = |correction: &&crate::Correction| {
        correction.field == body.field
            && correction.becomes == body.becomes
            && correction.accepted_at.is_none()
    };
    Ok(all.iter().rfind(is_it).map(|correction| correction.position))
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CorrectionAccepted = entry.body()?;
    let Some(instruction) = open_instruction(tx, &body)? else {
        return moves::advance(tx, &body.number, Act::AcceptCorrection);
    };
    tx.execute(
        ACCEPT_CORRECTION,
        &[
            i64::try_from(instruction)?.into(),
            i64::try_from(entry.position)?.into(),
            (&body.accepted_by).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    moves::advance(tx, &body.number, Act::AcceptCorrection)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Facts, Request, decide};
    use crate::{CertificateState, CorrectedField, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let facts = Facts {
            officer: officer("XA", Role::Importer),
            certificate: None,
            corrections: vec![correction(Some(12))],
        };
        let request = Request { number: number("XA-1"), at: code("XC"), field: CorrectedField::ImporterName };
        let mut world = (facts, request);
        let accepted = refused_in_order(
            &mut world,
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("XC", Role::Customs)),
                ("role_missing", |w| w.0.officer = officer("XC", Role::Importer)),
                ("no_such_certificate", |w| w.0.certificate = Some(certificate(CertificateState::Validated))),
                ("destination_differs", |w| {
                    w.0.officer = officer("XB", Role::Importer);
                    w.1.at = code("XB");
                }),
                ("correct_before_departure", |w| w.0.certificate = Some(certificate(CertificateState::Lost))),
                ("certificate_ended", |w| w.0.certificate = Some(certificate(CertificateState::Confirmed))),
                ("no_correction_instructed", |w| w.0.corrections.push(correction(None))),
            ],
        );
        assert_eq!((accepted.instruction, accepted.becomes.as_str()), (10, "Harbour Gems B"));
    }
}
