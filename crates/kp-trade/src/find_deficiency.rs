//! Find a deficiency: the authority tells the applicant in writing what an application lacks.
//!
//! Scheme: CA-Act s.9-10 (notice with written reasons; a reasonable time to cure). Appends `deficiency_found`. Until it is
//! cured the application gets no number.

use anyhow::Result;
use kp_db::{Sql, Tx, sql};
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::{ParticipantCode, Refuse};
use serde::{Deserialize, Serialize};

use crate::{Application, ApplicationState, queries};

const RECORD_APPLICATION_STEP: Sql = sql!("record_application_step");
const MOVE_APPLICATION: Sql = sql!("move_application");

kp_terms::form! {
    /// What the clerk types.
    pub struct Request {
        /// The application's reference.
        application: String, "XA-A-17";
        /// What is missing or wrong, for the applicant to read.
        reasons: String, "the invoice of the second parcel is missing";
    }
}

/// A deficiency is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeficiencyFound {
    /// The participant applied to.
    pub participant: ParticipantCode,
    /// The application.
    pub application: String,
    /// The written reasons.
    pub reasons: String,
    /// Who found it.
    pub found_by: String,
}

impl Statement for DeficiencyFound {
    const KIND: &'static str = "deficiency_found";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.participant)
    }

    fn subject(&self) -> String {
        self.application.clone()
    }
}

kp_terms::refusals! {
    /// Why an application is not found deficient, cured or rejected.
    pub enum Refusal {
        /// Unknown reference.
        NoSuchApplication { reference: String } = "no_such_application", "there is no application {reference}; take the application first", "CD Annex II.17";
        /// It has its number.
        AlreadyDrafted { reference: String } = "application_already_drafted", "application {reference} has its certificate already; replace or invalidate that instead", "CA-Act s.9-12";
        /// Turned down.
        Rejected { reference: String } = "application_rejected", "application {reference} was rejected; the exporter applies anew", "CA-Act s.10";
        /// Told already.
        AlreadyDeficient { reference: String } = "application_deficient_already", "the applicant of {reference} was told already what is missing; wait for the cure, or reject it", "CA-Act s.9-10";
        /// Nothing to cure.
        NotDeficient { reference: String } = "application_not_deficient", "nothing was found missing in application {reference}", "CA-Act s.9-10";
        /// Without reasons.
        NoReasons = "no_reasons", "write the reasons down; the applicant has a right to them", "CA-Act s.9: written reasons";
    }
}

/// Finds a deficiency.
///
/// # Errors
/// Refuses with the first reason that applies.
pub fn find_deficiency(tx: &mut Tx<'_>, desk: &Desk<'_>, request: &Request) -> Result<Entry, Failure> {
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
) -> Result<DeficiencyFound, Box<dyn Refuse>> {
    let reference = request.application.clone();
    let Some(application) = application else { return Err(Refusal::NoSuchApplication { reference }.into()) };
    may_act::of_participant(officer, Role::Clerk, application.participant)?;
    match application.state {
        ApplicationState::Applied => {}
        ApplicationState::Deficient => return Err(Refusal::AlreadyDeficient { reference }.into()),
        ApplicationState::Rejected => return Err(Refusal::Rejected { reference }.into()),
        ApplicationState::Drafted => return Err(Refusal::AlreadyDrafted { reference }.into()),
    }
    if request.reasons.trim().is_empty() {
        return Err(Refusal::NoReasons.into());
    }
    Ok(DeficiencyFound {
        participant: application.participant,
        application: reference,
        reasons: request.reasons.clone(),
        found_by: officer.id.clone(),
    })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: DeficiencyFound = entry.body()?;
    step(
        tx,
        entry,
        &body.application,
        ApplicationState::Deficient,
        "deficient",
        &body.reasons,
        &body.found_by,
    )
}

/// One step of an application's own life; shared with the cure and the rejection.
pub(crate) fn step(
    tx: &mut Tx<'_>,
    entry: &Entry,
    application: &str,
    state: ApplicationState,
    step: &str,
    reasons: &str,
    by: &str,
) -> Result<()> {
    tx.execute(MOVE_APPLICATION, &[application.into(), state.word().into()])?;
    tx.execute(
        RECORD_APPLICATION_STEP,
        &[
            i64::try_from(entry.position)?.into(),
            application.into(),
            step.into(),
            reasons.into(),
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

    use super::{Request, decide};
    use crate::{Application, ApplicationState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let request = Request { application: "XA-A-1".into(), reasons: " ".into() };
        let mut world = (officer("XB", Role::Clerk), None, request);
        let found = refused_in_order(
            &mut world,
            |(officer, application, request)| keyed(decide(officer, application.as_ref(), request)),
            &[
                ("no_such_application", |w| w.1 = Some(application())),
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Approver)),
                ("role_missing", |w| {
                    w.0 = officer("XA", Role::Clerk);
                    w.1 = Some(Application { state: ApplicationState::Drafted, ..application() });
                }),
                ("application_already_drafted", |w| {
                    w.1 = Some(Application { state: ApplicationState::Rejected, ..application() });
                }),
                ("application_rejected", |w| {
                    w.1 = Some(Application { state: ApplicationState::Deficient, ..application() });
                }),
                ("application_deficient_already", |w| w.1 = Some(application())),
                ("no_reasons", |w| w.2.reasons = "the invoice is missing".into()),
            ],
        );
        assert_eq!(found.found_by, "xa-clerk-1");
    }
}
