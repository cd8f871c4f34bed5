//! Reject an application: it was not cured in a reasonable time, or cannot be.
//!
//! Scheme: CA-Act s.10. Appends `application_rejected`, with the reason. By an approver, so that whoever takes
//! applications down does not also turn them away. What the application drew on imports is free again.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{
    Application, ApplicationState,
    find_deficiency::{Refusal, step},
    queries,
};

kp_terms::form! {
    /// What the approver types.
    pub struct Request {
        /// The application's reference.
        application: String, "XA-A-17";
        /// Why, for the applicant to read.
        reason: String, "not cured within 30 days";
    }
}

/// An application is rejected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationRejected {
    /// The participant applied to.
    pub participant: ParticipantCode,
    /// The application.
    pub application: String,
    /// Why.
    pub reason: String,
    /// Who rejected.
    pub rejected_by: String,
}

impl Statement for ApplicationRejected {
    const KIND: &'static str = "application_rejected";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.application.clone()
    }
}

/// Rejects an application.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn reject_application(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let application = queries::application_by_reference(tx, &request.application)?;
    let statement = decide(&officer, application.as_ref(), request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    application: Option<&Application>,
    request: &Request,
) -> Result<ApplicationRejected, Box<dyn Refuse>> {
    let reference = request.application.clone();
    let Some(application) = application else { return Err(Refusal::NoSuchApplication { reference }.into()) };
    may_act::of_participant(officer, Role::Approver, application.participant)?;
    match application.state {
        ApplicationState::Applied | ApplicationState::Deficient => {}
        ApplicationState::Rejected => return Err(Refusal::Rejected { reference }.into()),
        ApplicationState::Drafted => return Err(Refusal::AlreadyDrafted { reference }.into()),
    }
    if request.reason.trim().is_empty() {
        return Err(Refusal::NoReasons.into());
    }
    Ok(ApplicationRejected {
        participant: application.participant,
        application: reference,
        reason: request.reason.clone(),
        rejected_by: officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ApplicationRejected = entry.body()?;
    step(
        tx,
        entry,
        &body.application,
        ApplicationState::Rejected,
        "rejected",
        &body.reason,
        &body.rejected_by,
    )
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::{Request, decide};
    use crate::{Application, ApplicationState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { application: "XA-A-1".into(), reason: " ".into() };
        let mut world = (officer("XB", Role::Approver), None, request);
        refused_in_order(
            &mut world,
            |(officer, application, request): &(_, Option<Application>, _)| {
                keyed(decide(officer, application.as_ref(), request))
            },
            &[
                ("no_such_application", |w| w.1 = Some(application())),
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Clerk)),
                ("role_missing", |w| {
                    w.0 = officer("XA", Role::Approver);
                    w.1 = Some(Application { state: ApplicationState::Drafted, ..application() });
                }),
                ("application_already_drafted", |w| {
                    w.1 = Some(Application { state: ApplicationState::Rejected, ..application() });
                }),
                ("application_rejected", |w| {
                    w.1 = Some(Application { state: ApplicationState::Deficient, ..application() });
                }),
                ("no_reasons", |w| w.2.reason = "not cured".into()),
            ],
        );
    }
}
