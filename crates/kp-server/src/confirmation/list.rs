//! The queue of confirmations from outside, and the place where a message is pasted.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::{Class, Thing};
use kp_trade::{QueuedConfirmation, RowState};

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
};

/// Rows shown on one page; the command and the API give the others.
const MOST_ROWS: u32 = 500;

#[derive(Template)]
#[template(path = "confirmation/list.html")]
struct ListPage {
    frame: Frame,
    state: String,
    of: String,
    /// What stands in the sender's and text's places: the participant of whoever sits at the desk.
    own: String,
    rows: Vec<QueuedConfirmation>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let (state, of) = (asked.text("state").to_owned(), asked.text("of").trim().to_uppercase());
    page(&app, visit, Section::Certificates, move |_, tx, frame| {
        let own = frame.who.as_ref().map(|who| who.body.clone()).filter(|body| body != "scheme");
        let (wanted, whose) = (state.parse::<RowState>().ok(), of.parse().ok());
        // A participant's queue is its own.
        let whose = own.as_ref().map_or(whose, |own| own.parse().ok());
        let mut rows = kp_trade::confirmation_rows(tx, whose, wanted, MOST_ROWS)?;
        rows.retain(|row| frame.may_see(Class::Certificate, &Thing::of(row.participant)));
        if let Some(row) = rows.first() {
            frame.saw("confirmations", "queue", &[row.participant.to_string()]);
        }
        let frame = frame.titled("Confirmations from outside");
        Ok(ListPage { frame, state, of, own: own.unwrap_or_default(), rows })
    })
    .await
}
