//! The queue of confirmations from outside, and the place where a message is pasted.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::{Class, Thing};
use kp_exchange::confirmations::PassedOver;
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
    /// Lines of the list that was just taken in which are about no certificate.
    passed_over: Vec<PassedOver>,
    /// Whether they stand on several sheets.
    of_sheets: bool,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let (state, of) = (asked.text("state").to_owned(), asked.text("of").trim().to_uppercase());
    shown(&app, visit, state, of, Vec::new()).await
}

/// The queue, under the lines of a list that were passed over.
pub(crate) async fn shown(
    app: &Shared,
    visit: Visit,
    state: String,
    of: String,
    passed_over: Vec<PassedOver>,
) -> Answer {
    page(app, visit, Section::Certificates, move |app, tx, frame| {
        let own = frame.who.as_ref().map(|who| who.body.clone()).filter(|body| body != "scheme");
        let (wanted, whose) = (state.parse::<RowState>().ok(), of.parse().ok());
        // A participant's queue is its own.
        let whose = own.as_ref().map_or(whose, |own| own.parse().ok());
        let mut rows = kp_trade::confirmation_rows(tx, whose, wanted, MOST_ROWS)?;
        rows.retain(|row| frame.may_see(Class::Certificate, &Thing::of(row.participant)));
        let rows = kp_trade::confirmations_said_anew(tx, rows, app.today())?;
        if let Some(row) = rows.first() {
            frame.saw("confirmations", "queue", &[row.participant.to_string()]);
        }
        let frame = frame.titled_by("confirmations-title");
        let of_sheets = passed_over.iter().any(|line| line.sheet.is_some());
        Ok(ListPage { frame, state, of, own: own.unwrap_or_default(), rows, passed_over, of_sheets })
    })
    .await
}
