//! One application: where it is, what it still lacks before a certificate can be issued, what it says, who did what when.
//!
//! Seen by the officers of the participant applied to; once it has a number, its page is the certificate's.

use anyhow::Result;
use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect},
};
use kp_accounts::rights::{Class, Thing};
use kp_trade::{Application, ApplicationState, ApplicationStep, StillMissing};

use crate::{
    act::{
        context::{content, is_own},
        next::{self, NextAct},
        receipt::{EntryLine, line},
    },
    app::Shared,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::{Problem, Said},
};

#[derive(Template)]
#[template(path = "application/show.html")]
struct ShowPage {
    frame: Frame,
    application: Application,
    class: &'static str,
    next: Vec<NextAct>,
    missing: StillMissing,
    /// Deficiencies told, cures, a rejection.
    steps: Vec<ApplicationStep>,
    rows: Vec<(String, String)>,
    timeline: Vec<EntryLine>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(reference): Path<String>,
) -> Answer {
    let (asked, seen) = (reference.clone(), visit.clone());
    let number = app
        .read(move |_, tx| {
            let found = kp_trade::application_by_reference(tx, &asked)?;
            let thing = found.as_ref().map(|it| Thing::of(it.participant)).unwrap_or_default();
            if found.is_none() || !seen.may_see(Class::Certificate, &thing) {
                return Err(Problem::not_found(Said::of("problem-no-application").with("reference", asked)));
            }
            seen.saw("application", &asked, &thing.bodies);
            Ok(kp_trade::certificate_of_application(tx, &asked)?)
        })
        .await?;
    if let Some(number) = number {
        return Ok(Redirect::to(&format!("/certificates/{number}")).into_response());
    }
    page(&app, visit, Section::Certificates, move |app, tx, frame| {
        let Some(application) = kp_trade::application_by_reference(tx, &reference)? else {
            return Err(Problem::not_found(Said::of("problem-no-application").with("reference", reference)));
        };
        let node = &app.node.keys().signer.id;
        let entries = kp_log::entries_of_subject(tx, &reference)?;
        let timeline =
            entries.iter().map(|entry| line(tx, frame.texts, node, entry)).collect::<Result<_>>()?;
        Ok(ShowPage {
            class: match application.state {
                ApplicationState::Applied | ApplicationState::Drafted => "going",
                ApplicationState::Deficient => "waiting",
                ApplicationState::Rejected => "odd",
            },
            next: next::of_application(&application),
            missing: kp_trade::still_missing(tx, &application, None, app.node.office(), app.now())?,
            steps: kp_trade::steps_of_application(tx, &reference)?,
            rows: content(tx, frame.texts, &application, is_own(&frame, &application))?,
            timeline,
            frame: {
                let title = frame.t1("application-title", "reference", &reference);
                frame.titled(title)
            },
            application,
        })
    })
    .await
}
