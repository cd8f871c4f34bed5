//! Cure an application: new content takes the place of what was found deficient. The old content stays in the log.
//!
//! Scheme: CA-Act s.9-10. Appends `application_cured`, which carries the whole new content, so that the application is
//! again what one statement says. Everything is asked that was asked when it was first taken.

use anyhow::Result;
use kp_db::Tx;
use kp_log::{Desk, Entry, Failure, LogOwner, Statement, append};
use kp_registry::{Officer, Role, rules::may_act};
use kp_terms::Refuse;
use serde::{Deserialize, Serialize};

use crate::{
    Application, ApplicationState,
    apply_for_certificate::{self, ApplicationReceived},
    find_deficiency::{Refusal, step},
    queries,
};

/// An application is cured: its whole content anew, and who took it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationCured {
    /// The new content.
    pub content: ApplicationReceived,
    /// Who took it down.
    pub cured_by: String,
}

impl Statement for ApplicationCured {
    const KIND: &'static str = "application_cured";

    fn owner(&self) -> LogOwner {
        LogOwner::Participant(self.content.participant)
    }

    fn subject(&self) -> String {
        self.content.application.clone()
    }
}

/// Cures an application.
///
/// # Errors
/// Refuses where nothing is to be cured, or the new content is not in order either.
pub fn cure_application(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    request: &ApplicationReceived,
) -> Result<Entry, Failure> {
    let officer = kp_registry::officer_at_desk(tx, desk)?;
    let application = queries::application_by_reference(tx, &request.application)?;
    let statement = decide(&officer, application.as_ref(), request)?;
    apply_for_certificate::check_new_content(tx, desk, request)?;
    let entry = append(tx, desk, &statement)?;
    apply(tx, &entry)?;
    Ok(entry)
}

fn decide(
    officer: &Officer,
    application: Option<&Application>,
    request: &ApplicationReceived,
) -> Result<ApplicationCured, Box<dyn Refuse>> {
    let reference = request.application.clone();
    let own = application.filter(|application| application.participant == request.participant);
    let Some(application) = own else { return Err(Refusal::NoSuchApplication { reference }.into()) };
    may_act::of_participant(officer, Role::Clerk, application.participant)?;
    match application.state {
        ApplicationState::Deficient => {}
        ApplicationState::Applied => return Err(Refusal::NotDeficient { reference }.into()),
        ApplicationState::Rejected => return Err(Refusal::Rejected { reference }.into()),
        ApplicationState::Drafted => return Err(Refusal::AlreadyDrafted { reference }.into()),
    }
    Ok(ApplicationCured { content: request.clone(), cured_by: officer.id.clone() })
}

pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    let body: ApplicationCured = entry.body()?;
    let reference = &body.content.application;
    let applied_on = queries::application_by_reference(tx, reference)?
        .map_or(entry.on(), |application| application.applied_on);
    apply_for_certificate::forget(tx, reference)?;
    apply_for_certificate::record(tx, &body.content, applied_on)?;
    crate::rules::drawn_as_held::look(tx, entry, &body.content)?;
    step(tx, entry, reference, ApplicationState::Applied, "cured", "", &body.cured_by)
}

#[cfg(test)]
mod tests {
    use kp_registry::Role;
    use kp_testkit::refused_in_order;

    use super::decide;
    use crate::{Application, ApplicationState, testing::*};

    #[test]
    fn each_reason_in_its_order() {
        let mut world = (officer("XB", Role::Clerk), None);
        let cured = refused_in_order(
            &mut world,
            |(officer, application): &(_, Option<Application>)| {
                keyed(decide(officer, application.as_ref(), &received()))
            },
            &[
                ("no_such_application", |w| {
                    w.1 = Some(Application { participant: code("XB"), ..application() });
                }),
                ("no_such_application", |w| w.1 = Some(application())),
                ("officer_of_another_body", |w| w.0 = officer("XA", Role::Approver)),
                ("role_missing", |w| w.0 = officer("XA", Role::Clerk)),
                ("application_not_deficient", |w| {
                    w.1 = Some(Application { state: ApplicationState::Rejected, ..application() });
                }),
                ("application_rejected", |w| {
                    w.1 = Some(Application { state: ApplicationState::Drafted, ..application() });
                }),
                ("application_already_drafted", |w| {
                    w.1 = Some(Application { state: ApplicationState::Deficient, ..application() });
                }),
            ],
        );
        assert_eq!(cured.content, received());
    }
}
