//! What follows when the ministry's sign-in has said who sits there: the password, the factor, or the binding.

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use kp_accounts::{
    Proof,
    fresh::Given,
    ministry::{Known, Purpose},
};

use crate::{
    account::own::{Said, own_page, who},
    app::Shared,
    desk::{
        sign_in::{self, not_in},
        unlock::local,
    },
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit, add_cookie},
    ministry::go::Not,
    problem::Problem,
    visit::cookie_of,
};

#[derive(Template)]
#[template(path = "ministry/known.html")]
struct KnownPage {
    frame: Frame,
    /// Who is to be bound to the account; nobody, where it is said why nobody is known.
    known: Option<Known>,
    problem: Option<Problem>,
    back: String,
}

/// Whom this browser is known as, where that still serves.
pub(crate) async fn known_of(app: &Shared, headers: &HeaderMap) -> Result<Option<Known>, Problem> {
    let Some(kept) = cookie_of(headers, &app.door.ministry_cookie).filter(|_| app.ministry.is_some()) else {
        return Ok(None);
    };
    app.blocking(move |app| Ok(app.accounts.known(&kept, app.now())?)).await
}

/// The browser forgets it.
pub(crate) fn forget(app: &Shared, response: &mut Response) {
    add_cookie(response, &app.door.set_cookie_text(&app.door.ministry_cookie, "", Some(0)));
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Query(asked): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Answer {
    let asked = Typed(asked);
    let back = local(asked.first("back")).to_owned();
    if let Some(not) = Not::of_word(asked.first("not")) {
        return match visit.at_desk {
            Some(_) => page(&app, visit, None, Some(not.problem()), back).await,
            None => sign_in::form(&app, visit, asked, (None, Some(not.problem()))).await,
        };
    }
    let Some(known) = known_of(&app, &headers).await? else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    match known.purpose {
        Purpose::SignIn => {
            let typed = Typed(vec![("back".to_owned(), known.back.clone())]);
            sign_in::form(&app, visit, typed, (Some(known), None)).await
        }
        Purpose::Bind => {
            visit.person_at_desk()?;
            page(&app, visit, Some(known), None, "/account".to_owned()).await
        }
        Purpose::Factor => factor(&app, visit, known).await,
    }
}

async fn page(
    app: &Shared,
    visit: Visit,
    known: Option<Known>,
    problem: Option<Problem>,
    back: String,
) -> Answer {
    let status = problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    page_with_status(app, visit, Section::None, status, move |_, _, frame| {
        Ok(KnownPage { frame: frame.titled_by("ministry-title"), known, problem, back })
    })
    .await
}

/// A factor that was asked for: the form that waits is shown again, and now goes through.
async fn factor(app: &Shared, visit: Visit, known: Known) -> Answer {
    let officer = visit.person_at_desk()?.signer.id;
    let (from, mark, back) = (visit.from.clone(), visit.mark.clone(), local(&known.back).to_owned());
    let auth_at = known.auth_at(app.now());
    let shown = app.blocking(move |app| {
        let proof = Proof::Ministry(&known);
        app.accounts.show_factor(&officer, proof, (&from, &mark), &app.limits, app.now()).map_err(not_in)
    });
    let mut response = match shown.await {
        Ok(given) => {
            // It is as old as the sign-in over there, not as the way back from it.
            app.sessions.show(&visit.cookie, given, auth_at);
            Redirect::to(&back).into_response()
        }
        Err(problem) if problem.key == "not_signed_in" => {
            page(app, visit, None, Some(Not::Proven.problem()), back).await?
        }
        Err(problem) => return Err(problem),
    };
    forget(app, &mut response);
    Ok(response)
}

/// Binds one's own account to whom the ministry's sign-in proved.
pub(crate) async fn bind(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
) -> Answer {
    let officer = visit.person_at_desk()?.signer.id;
    let Some(known) = known_of(&app, &headers).await? else {
        return own_page(&app, visit, Said { problem: Some(Not::Proven.problem()), ..Said::default() }).await;
    };
    let bound = app.blocking(move |app| Ok(app.accounts.bind(&officer, &known, app.now())?));
    let said = match bound.await {
        Ok(()) => Said { done: "account-ministry-bound", ..Said::default() },
        Err(problem) => Said { problem: Some(problem), ..Said::default() },
    };
    let mut response = own_page(&app, visit, said).await?;
    forget(&app, &mut response);
    Ok(response)
}

/// Ends the binding of one's own account.
pub(crate) async fn unbind(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    let officer = who(&visit)?;
    if visit.program.is_some() {
        return Err(Problem::needs_officer());
    }
    app.blocking(move |app| Ok(app.accounts.unbind(&officer.id, app.now())?)).await?;
    Ok(Redirect::to("/account").into_response())
}

/// What a session begins with, where the ministry's sign-in took the place of the code: a factor as old as the sign-in there.
pub(crate) fn shown_as(known: &Known, now: kp_terms::Timestamp) -> (Given, kp_terms::Timestamp) {
    (Given::Ministry, known.auth_at(now))
}
