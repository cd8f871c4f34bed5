//! Opening an officer's key with its passphrase alone, on this machine and for who has no account yet (rulings 23). It stays
//! in memory for the session only.

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use kp_registry::Officer;
use zeroize::Zeroizing;

use crate::{
    app::Shared,
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit, set_cookie},
    problem::Problem,
    session::{Opening, Place},
};

#[derive(Template)]
#[template(path = "desk/unlock.html")]
struct UnlockPage {
    frame: Frame,
    officers: Vec<Officer>,
    chosen: String,
    back: String,
    problem: Option<Problem>,
}

impl UnlockPage {
    fn is_chosen(&self, officer: &Officer) -> bool {
        officer.id == self.chosen
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    form(&app, visit, Typed(asked), None).await
}

async fn form(app: &Shared, visit: Visit, typed: Typed, problem: Option<Problem>) -> Answer {
    let status = problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    page_with_status(app, visit, Section::None, status, move |app, tx, frame| {
        if app.door.is_beyond {
            return Err(Problem::not_found("problem-accounts-here"));
        }
        let accounts = app.accounts.all()?;
        let here = |officer: &Officer| {
            app.node.keyring().is_some_and(|keyring| keyring.holds(&officer.id))
                && accounts.iter().all(|account| account.officer_id != officer.id)
        };
        Ok(UnlockPage {
            frame: frame.titled_by("unlock-title"),
            officers: kp_registry::officers(tx)?.into_iter().filter(here).collect(),
            chosen: typed.first("officer").to_owned(),
            back: local(typed.first("back")).to_owned(),
            problem,
        })
    })
    .await
}

pub(crate) async fn unlock(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = typed.first("officer").to_owned();
    let passphrase = Zeroizing::new(typed.first("passphrase").to_owned());
    let from = visit.from.clone();
    let opened = app.blocking(move |app| {
        if !app.passphrase_is_enough(&officer)? {
            return Err(Problem::key_not_opened());
        }
        let signer = app.open_key(&officer, &passphrase)?;
        let opening = Opening { signer, place: Place::Personal, pin: String::new(), from, shown: None };
        Ok(app.sessions.open(opening, app.now())?)
    });
    match opened.await {
        Ok(id) => {
            // A new id with the new right: whoever knew the old cookie knows nothing now.
            app.sessions.close(&visit.cookie);
            let mut response = Redirect::to(local(typed.first("back"))).into_response();
            set_cookie(&app, &mut response, &id);
            Ok(response)
        }
        Err(problem) => form(&app, visit, typed, Some(problem)).await,
    }
}

/// A path of this site, or the desk: never another site.
pub(crate) fn local(back: &str) -> &str {
    let plain = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains(['\\', '\r', '\n'])
        && back.is_ascii();
    if plain { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local("/certificates?after=XA-000001"), "/certificates?after=XA-000001");
        for elsewhere in ["", "//evil.example", "https://evil.example/", "/\\evil.example", "/a\nb"] {
            assert_eq!(local(elsewhere), "/");
        }
    }
}
