//! Report a counterfeit: a paper bears a number and is not the issuer's.
//!
//! Scheme: domain 3.6 (hold the goods, ask the stated issuer, warn all through the Chair) [FKP12; DL15b]. Closes: L21
//! together with the findings over arrivals. Appends `counterfeit_reported`. It is a report about a paper: a genuine
//! certificate of the same number lives on untouched, else a forger could end it.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{CertificateNumber, ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{NoticeOf, report_paper::notice};

kp_terms::form! {
    /// What the officer types.
    pub struct Request {
        /// The number on the paper.
        number: CertificateNumber, "XA-000001";
        /// Who saw it.
        at: ParticipantCode, "XB";
        /// What is wrong with the paper, where it was seen, and with what goods.
        circumstances: String, "no watermark; the seal is printed; 40 ct industrial held";
    }
}

/// A counterfeit is reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterfeitReported {
    /// The number on the paper.
    pub number: CertificateNumber,
    /// Who saw it.
    pub at: ParticipantCode,
    /// What is known.
    pub circumstances: String,
    /// Which officer.
    pub reported_by: String,
}

impl Statement for CounterfeitReported {
    const KIND: &'static str = "counterfeit_reported";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.at)
    }

    fn subject(&self) -> String {
        self.number.to_string()
    }
}

kp_terms::refusals! {
    /// Why a counterfeit is not reported.
    pub enum Refusal {
        /// No words.
        NoCircumstances = "no_circumstances", "say what is wrong with the paper, and where it was seen", "domain 3.6: fakes";
    }
}

/// Reports a counterfeit. Any number may be named: forgers invent numbers too.
///
/// # Errors
/// Refuses where the officer may not, or nothing is said.
pub fn report_counterfeit(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let statement = decide(&officer, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(officer: &Officer, request: &Request) -> Result<CounterfeitReported, Box<dyn Refuse>> {
    may_act::of_participant(officer, Role::Importer, request.at)?;
    if request.circumstances.trim().is_empty() {
        return Err(Refusal::NoCircumstances.into());
    }
    Ok(CounterfeitReported {
        number: request.number.clone(),
        at: request.at,
        circumstances: request.circumstances.clone(),
        reported_by: officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: CounterfeitReported = entry.body()?;
    notice(tx, entry, &body.number, NoticeOf::Counterfeit, body.at, &body.circumstances, &body.reported_by)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Request, decide};
    use crate::testing::*;

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { number: number("XZ-900"), at: code("XB"), circumstances: "  ".into() };
        let mut world = (officer("XA", Role::Importer), request);
        refused_in_order(
            &mut world,
            |(officer, request)| keyed(decide(officer, request)),
            &[
                ("officer_of_another_body", |w| w.0 = officer("XB", Role::Clerk)),
                ("role_missing", |w| w.0 = officer("XB", Role::Importer)),
                ("no_circumstances", |w| w.1.circumstances = "no watermark".into()),
            ],
        );
    }
}
