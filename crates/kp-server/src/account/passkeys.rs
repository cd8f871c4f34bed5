//! One's own passkeys: made, named, removed. The list stands on the page of the account.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect},
};
use kp_accounts::passkey::{Ceremony, NewPasskey, Purpose};

use crate::{
    account::own::{Said, own_page, who},
    app::Shared,
    frame::Answer,
    guard::{Typed, Visit},
    problem::{FieldSaid, Problem},
};

pub(crate) async fn make(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    // A program does not make a person's way in.
    let at_desk = visit.person_at_desk()?;
    let name = typed.first("passkey_name").to_owned();
    let new = NewPasskey::read(typed.first("passkey"));
    let (Some(new), Some(site)) = (new, visit.site.clone()) else {
        // Without the script there is nothing to send: the page says what passkeys need.
        let problem = Problem::fields(vec![FieldSaid::new("passkey_name", "problem-passkeys-not-here")]);
        return own_page(&app, visit, Said { problem: Some(problem), ..Said::default() }).await;
    };
    let asker = visit.cookie.clone();
    let made = app.blocking(move |app| {
        let ceremony = Ceremony { site: &site, asker: &asker, purpose: Purpose::New };
        Ok(app.accounts.register_passkey(&at_desk.signer, &name, &new, &ceremony, app.now())?)
    });
    let said = match made.await {
        Ok(()) => Said { done: "account-passkey-made", ..Said::default() },
        Err(mut problem) => {
            for field in problem.fields.iter_mut().filter(|field| field.field == "name") {
                "passkey_name".clone_into(&mut field.field);
            }
            Said { problem: Some(problem), ..Said::default() }
        }
    };
    own_page(&app, visit, said).await
}

pub(crate) async fn remove(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    if visit.program.is_some() {
        return Err(Problem::needs_officer());
    }
    let handle = typed.first("handle").to_owned();
    app.blocking(move |app| Ok(app.accounts.remove_passkey(&officer.id, &handle, app.now())?)).await?;
    Ok(Redirect::to("/account").into_response())
}
