//! The outbox for whoever looks after a body's accounts: what left the house, what did not, and why.

use askama::Template;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect},
};
use kp_messages::outbox::{self, Channel, Outgoing, State as Sent};

use crate::{
    account::list::looks_after,
    app::{App, Shared},
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::{Typed, Visit},
    problem::{Problem, Said},
    words,
};

/// Rows read for one page; those of other bodies are left out.
const READ: u32 = 200;

#[derive(Template)]
#[template(path = "messages/outbox.html")]
struct OutboxPage {
    frame: Frame,
    rows: Vec<Outgoing>,
    before: Option<i64>,
    sends: bool,
    has_mail: bool,
}

impl OutboxPage {
    fn count(&self, state: &Sent) -> usize {
        self.rows.iter().filter(|row| row.state == *state).count()
    }

    fn states(&self) -> [Sent; 5] {
        Sent::ALL
    }

    fn is_mail(&self, row: &Outgoing) -> bool {
        row.channel == Channel::Mail
    }

    fn can_be_tried(&self, row: &Outgoing) -> bool {
        matches!(row.state, Sent::Failed | Sent::GivenUp)
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let before = asked.read::<i64>("before")?.unwrap_or(i64::MAX);
    page(&app, visit, Section::None, move |app, tx, frame| {
        let mut rows = outbox::before(tx, before, READ)?;
        let full = rows.len() == READ as usize;
        let before = rows.last().filter(|_| full).map(|row| row.id);
        rows.retain(|row| looks_after(&frame.viewer, &row.officer_id));
        Ok(OutboxPage {
            frame: frame.titled_by("outbox-title"),
            rows,
            before,
            sends: app.post.sends(),
            has_mail: app.post.has_mail(),
        })
    })
    .await
}

/// Tries a row of the own body again; one of another is answered like one that is not there.
pub(crate) fn tried_again(app: &App, visit: &Visit, id: i64) -> Result<(), Problem> {
    let none = || Problem::not_found(Said::of("problem-no-such").with("what", id));
    let row = app.node.db().read(|tx| outbox::by_id(tx, id))?;
    let row = row.filter(|row| looks_after(&visit.viewer, &row.officer_id)).ok_or_else(none)?;
    let tried = app.node.db().write("try again", |tx| outbox::try_again(tx, row.id, app.now()))?;
    if tried { Ok(()) } else { Err(none()) }
}

pub(crate) async fn again(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let id: i64 = typed.first("outgoing").parse().unwrap_or_default();
    app.blocking(move |app| tried_again(app, &visit, id)).await?;
    Ok(Redirect::to("/outbox").into_response())
}
