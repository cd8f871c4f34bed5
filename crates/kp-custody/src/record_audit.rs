//! Record an audit: the scheme's monitoring group says how many carats of a frozen stockpile may go out after all.
//!
//! Scheme: domain 4.4 (Central African Republic, 2015: an audit before any stockpile leaves). Closes: L25 together with the
//! measures. Appends `audit_recorded` to the scheme's log, signed by an officer of the scheme: no land clears its own
//! stones. Clears no more carats than it names.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{
    Officer, Role,
    rules::{may_act, reference},
};
use kp_terms::{Carats, ParticipantCode, Refuse};

use crate::{LONGEST_REFERENCE, queries};

const RECORD_AUDIT: Sql = sql!("record_audit");

kp_terms::form! {
    /// An audit is recorded.
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct AuditRecorded {
        /// Whose ground the stones come from.
        participant: ParticipantCode, "XA";
        /// The audit's reference, starting with the participant's code.
        audit: String, "XA-AUD-1";
        /// Carats that it clears.
        carats: Carats, "500.00";
        /// Who audited.
        auditor: String, "an invented audit house";
        /// The report, by its number or its SHA-256.
        report: String, "Report 2026/3";
    }
}

impl Statement for AuditRecorded {
    const KIND: &'static str = "audit_recorded";

    fn owner(&self) -> LogOwner {
        LogOwner::Scheme
    }

    fn subject(&self) -> String {
        self.audit.clone()
    }
}

kp_terms::refusals! {
    /// Why an audit is not recorded.
    pub enum Refusal {
        /// The reference does not begin with the code or is too long.
        ReferenceNotOfParticipant { reference: String, code: ParticipantCode } = "audit_reference_not_of_participant",
            "the reference {reference} must start with {code} and a hyphen and have at most 24 characters: letters, digits, - / .", "references are unique across participants";
        /// The reference is in use.
        ReferenceTaken { reference: String } = "audit_reference_taken", "audit {reference} exists already; give the next free reference", "one audit, one reference";
        /// Nothing cleared.
        NotAWeight { carats: Carats } = "audit_not_a_weight", "an audit that clears {carats} ct clears nothing; give the carats of the list", "domain 4.4: the list of the stockpile";
        /// Without a report.
        WithoutReport = "audit_without_report", "an audit names its report", "domain 4.4: forensic audit";
    }
}

struct Facts {
    officer: Officer,
    existing: Option<AuditRecorded>,
}

/// Records an audit.
///
/// # Errors
/// Refuses where the officer is not of the monitoring group, or reference, carats or report do not serve.
pub fn record_audit(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &AuditRecorded) -> Result<Entry, Failure> {
    let facts = Facts {
        officer: kp_registry::officer_at_desk(tx, desk)?,
        existing: queries::audit_by_reference(tx, &request.audit)?,
    };
    decide(&facts, request)?;
    let entry = append(tx, desk, request)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(facts: &Facts, request: &AuditRecorded) -> Result<(), Box<dyn Refuse>> {
    may_act::of_scheme(&facts.officer, Role::Monitoring)?;
    let reference = request.audit.clone();
    if !reference::belongs_to(&reference, request.participant, LONGEST_REFERENCE) {
        return Err(Refusal::ReferenceNotOfParticipant { reference, code: request.participant }.into());
    }
    if facts.existing.is_some() {
        return Err(Refusal::ReferenceTaken { reference }.into());
    }
    if request.carats <= Carats::ZERO {
        return Err(Refusal::NotAWeight { carats: request.carats }.into());
    }
    if request.report.trim().is_empty() {
        return Err(Refusal::WithoutReport.into());
    }
    Ok(())
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: AuditRecorded = entry.body()?;
    tx.execute(
        RECORD_AUDIT,
        &[
            (&body.audit).into(),
            body.participant.as_str().into(),
            body.carats.hundredths().into(),
            (&body.auditor).into(),
            (&body.report).into(),
            (&entry.on().to_string()).into(),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{AuditRecorded, Facts, decide};
    use crate::testing::*;

    #[test]
    fn the_monitoring_group_clears_what_it_names() {
        let request = AuditRecorded {
            participant: code("XA"),
            audit: "AUD-1".into(),
            carats: carats(0),
            auditor: "an invented house".into(),
            report: " ".into(),
        };
        let existing = AuditRecorded { audit: "XA-AUD-1".into(), ..request.clone() };
        let facts = Facts { officer: officer("XA", Role::Director), existing: Some(existing) };
        refused_in_order(
            &mut (facts, request),
            |(facts, request)| keyed(decide(facts, request)),
            &[
                ("officer_of_another_body", |w| w.0.officer = officer("scheme", Role::Secretariat)),
                ("role_missing", |w| w.0.officer = officer("scheme", Role::Monitoring)),
                ("audit_reference_not_of_participant", |w| w.1.audit = "XA-AUD-1".into()),
                ("audit_reference_taken", |w| w.0.existing = None),
                ("audit_not_a_weight", |w| w.1.carats = carats(500)),
                ("audit_without_report", |w| w.1.report = "Report 1".into()),
            ],
        );
    }
}
