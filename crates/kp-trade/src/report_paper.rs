//! Report a paper lost, stolen or spoiled.
//!
//! Scheme: none was found (domain 3.6); ours. Appends `paper_reported`. Before the goods left, the issuer's report ends the
//! number: the goods leave under another one. After they left it ends nothing, because the goods are still to be
//! answered for; it stands beside the number for whoever is shown the paper. A report by anybody but the issuer never
//! changes a certificate.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Certificate, NoticeOf,
    invalidate_certificate::end,
    moves::{self, Act},
    queries,
};

const RECORD_NOTICE: Sql = sql!("record_notice");

kp_terms::closed_words! {
    /// What happened to the paper.
    pub enum Mishap, "what happens to a paper" {
        /// Lost.
        Lost = "lost",
        /// Stolen.
        Stolen = "stolen",
        /// Spoiled before it served.
        Spoiled = "spoiled",
    }
}

impl Mishap {
    pub(crate) const fn act(self) -> Act {
        match self {
            Self::Lost => Act::ReportLost,
            Self::Stolen => Act::ReportStolen,
            Self::Spoiled => Act::ReportSpoiled,
        }
    }

    const fn notice(self) -> NoticeOf {
        match self {
            Self::Lost => NoticeOf::Lost,
            Self::Stolen => NoticeOf::Stolen,
            Self::Spoiled => NoticeOf::Spoiled,
        }
    }
}

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper.
        number: CertificateNumber, "XA-000001";
        /// Who reports: the issuer, or whoever had the paper.
        participant: ParticipantCode, "XA";
        /// lost, stolen or spoiled.
        mishap: Mishap, "lost";
        /// Where, when, and what is known.
        circumstances: String, "left in a car on 2026-02-03; police report 17";
    }
}

/// A paper is reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperReported {
    /// The number on it.
    pub number: CertificateNumber,
    /// Who reports.
    pub participant: ParticipantCode,
    /// Whose certificate it is.
    pub issuer: ParticipantCode,
    /// What happened.
    pub mishap: Mishap,
    /// What is known.
    pub circumstances: String,
    /// Which officer.
    pub reported_by: String,
}

impl Statement for PaperReported {
    const KIND: &'static str = "paper_reported";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a paper is not reported.
    pub enum Refusal {
        /// Unknown number.
        NoSuchCertificate { number: CertificateNumber } = "no_such_certificate", "there is no certificate {number}; a paper that bears a number nobody issued is reported as counterfeit", "CD Section II";
        /// Only the issuer spoils paper.
        NotTheIssuer { number: CertificateNumber, issuer: ParticipantCode } = "spoiled_elsewhere", "only {issuer} declares {number} spoiled; report what you have seen as a difference", "domain 3.6";
        /// No words.
        NoCircumstances = "no_circumstances", "say where, when and what is known", "domain 4: every move has its reason";
    }
}

/// Reports a paper.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn report_paper(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let certificate = queries::certificate_by_number(tx, &request.number)?;
    let statement = decide(&officer, certificate.as_ref(), request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    certificate: Option<&Certificate>,
    request: &Request,
) -> Result<PaperReported, Box<dyn Refuse>> {
    let number = request.number.clone();
    let Some(certificate) = certificate else { return Err(Refusal::NoSuchCertificate { number }.into()) };
    let issuer = certificate.application.participant;
    // At the issuer whoever may end a number; elsewhere whoever is shown papers.
    let role = if request.participant == issuer { Role::Approver } else { Role::Importer };
    may_act::of_participant(officer, role, request.participant)?;
    if request.participant == issuer {
        moves::permit(&number, certificate.state, request.mishap.act())?;
    } else if request.mishap == Mishap::Spoiled {
        return Err(Refusal::NotTheIssuer { number, issuer }.into());
    }
    if request.circumstances.trim().is_empty() {
        return Err(Refusal::NoCircumstances.into());
    }
    Ok(PaperReported {
        number,
        participant: request.participant,
        issuer,
        mishap: request.mishap,
        circumstances: request.circumstances.clone(),
        reported_by: officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: PaperReported = entry.body()?;
    let what = body.mishap.notice();
    notice(tx, entry, &body.number, what, body.participant, &body.circumstances, &body.reported_by)?;
    let state = queries::state_of_number(tx, &body.number)?;
    if body.participant == body.issuer && state.is_some_and(crate::CertificateState::is_before_departure) {
        end(tx, entry, &body.number, body.mishap.act(), &body.circumstances)?;
    }
    Ok(())
}

/// One report beside a number; shared with the report of a counterfeit.
pub(crate) fn notice(
    tx: &mut Tx<'_>,
    entry: &Entry,
    number: &CertificateNumber,
    what: NoticeOf,
    code: ParticipantCode,
    circumstances: &str,
    by: &str,
) -> Result<()> {
    tx.execute(
        RECORD_NOTICE,
        &[
            i64::try_from(entry.position)?.into(),
            (&number.to_string()).into(),
            what.word().into(),
            code.as_str().into(),
            circumstances.into(),
            by.into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Mishap, Request, decide};
    use crate::{Certificate, CertificateState, testing::*};

    fn request(participant: &str, mishap: Mishap) -> Request {
        Request { number: number("XA-1"), participant: code(participant), mishap, circumstances: " ".into() }
    }

    #[test]
    fn each_reason_in_its_order_at_the_issuer() {
        let mut world = (officer("XB", Role::Approver), None, request("XA", Mishap::Spoiled));
        let reported = refused_in_order(
            &mut world,
            |(officer, certificate, request): &(_, Option<Certificate>, _)| {
                keyed(decide(officer, certificate.as_ref(), request))
            },
            &[
                ("no_such_certificate", |w| w.1 = Some(certificate(CertificateState::Departed))),
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Importer)),
                ("role_missing", |w| w.0 = officer("XA", Role::Approver)),
                ("certificate_left_already", |w| w.1 = Some(certificate(CertificateState::Lost))),
                ("certificate_ended", |w| w.2.mishap = Mishap::Stolen),
                ("no_circumstances", |w| w.2.circumstances = "on the way from the printer".into()),
            ],
        );
        assert_eq!((reported.issuer, reported.mishap), (code("XA"), Mishap::Stolen));
    }

    #[test]
    fn each_reason_in_its_order_elsewhere() {
        let there = Some(certificate(CertificateState::Issued));
        let mut world = (officer("XB", Role::Approver), there, request("XB", Mishap::Spoiled));
        refused_in_order(
            &mut world,
            |(officer, certificate, request): &(_, Option<Certificate>, _)| {
                keyed(decide(officer, certificate.as_ref(), request))
            },
            &[
                ("role_missing", |w| w.0 = officer("XB", Role::Importer)),
                ("spoiled_elsewhere", |w| w.2.mishap = Mishap::Lost),
                ("no_circumstances", |w| w.2.circumstances = "in the post".into()),
            ],
        );
    }
}
