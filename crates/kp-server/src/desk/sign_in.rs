//! Signing in with an account: officer, password and second factor in one form, one answer for whatever was wrong.

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect},
};
use kp_accounts::{
    Accounts, Attempt, NotSignedIn, SignedIn,
    fresh::Given,
    ministry::Known,
    passkey::{Ceremony, Purpose, Shown, Site},
};
use kp_terms::{FieldProblem, sentence};
use zeroize::Zeroizing;

use crate::{
    act::next::escaped,
    app::{App, Shared},
    desk::unlock::local,
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit, add_cookie, set_cookie},
    ministry::known::{forget, known_of, shown_as},
    problem::Problem,
    session::{Opening, Place},
    style,
    token::random_text,
};

/// How long a browser is known after it signed in, seconds.
const KNOWN_FOR: u32 = 365 * 24 * 3600;
/// Fewest and most digits of a PIN. Ours.
const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

#[derive(Template)]
#[template(path = "desk/sign_in.html")]
struct SignInPage {
    frame: Frame,
    officer: String,
    is_shared: bool,
    back: String,
    problem: Option<Problem>,
    /// Whether a passphrase alone still opens a key here.
    has_keys: bool,
    /// Whether passkeys serve at the address that this page was called by.
    has_passkeys: bool,
    passkeys: &'static str,
    /// Whether the ministry's sign-in proved who sits here: then no code is asked for.
    is_known: bool,
    /// What the ministry's sign-in is called, where there is one to go to.
    ministry: Option<String>,
}

impl SignInPage {
    fn problem_of(&self, name: &str) -> String {
        let mut all = self.problem.iter().flat_map(|p| &p.fields);
        all.find(|p| p.field == name).map(|p| p.said.said(self.frame.texts)).unwrap_or_default()
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    form(&app, visit, Typed(asked), (None, None)).await
}

/// The form, with what was typed and what was wrong with it; for somebody whom the ministry's sign-in proved, the officer stands
/// there already.
pub(crate) async fn form(
    app: &Shared,
    visit: Visit,
    typed: Typed,
    (known, problem): (Option<Known>, Option<Problem>),
) -> Answer {
    let status = problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    let has_passkeys = visit.site.is_some();
    page_with_status(app, visit, Section::None, status, move |app, tx, frame| {
        let known_as = match &known {
            Some(known) => Accounts::officer_known_as(tx, known)?,
            None => None,
        };
        let ministry = app.ministry.as_ref().map(|provider| {
            let label = provider.label(frame.language().code());
            label.map_or_else(|| frame.t("sign-in-ministry"), str::to_owned)
        });
        Ok(SignInPage {
            has_passkeys: has_passkeys && known_as.is_none(),
            is_known: known_as.is_some(),
            ministry: ministry.filter(|_| known_as.is_none()),
            passkeys: style::passkey_path(),
            frame: frame.titled_by("frame-sign-in"),
            officer: known_as.unwrap_or_else(|| typed.first("officer").to_owned()),
            is_shared: typed.first("place") != "personal",
            back: local(typed.first("back")).to_owned(),
            problem,
            has_keys: !app.door.is_beyond,
        })
    })
    .await
}

/// What was typed.
#[derive(Default)]
pub(crate) struct Credentials {
    pub(crate) officer: String,
    pub(crate) password: Zeroizing<String>,
    pub(crate) factor: String,
    /// A passkey, where it was shown, and what it has to fit.
    pub(crate) passkey: Option<(Shown, Site, String)>,
    /// Whom the ministry's sign-in proved.
    pub(crate) ministry: Option<Known>,
}

pub(crate) async fn sign_in(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    headers: HeaderMap,
) -> Answer {
    let known = match typed.first("ministry") {
        "" => None,
        _ => known_of(&app, &headers).await?,
    };
    let place = if typed.first("place") == "personal" { Place::Personal } else { Place::Shared };
    let pin = typed.first("pin").trim().to_owned();
    if let Some(problem) = pin_problem(&pin, place) {
        return form(&app, visit, typed, (known, Some(problem))).await;
    }
    let credentials = Credentials {
        officer: typed.first("officer").trim().to_lowercase(),
        password: Zeroizing::new(typed.first("password").to_owned()),
        factor: typed.first("factor").trim().to_owned(),
        passkey: shown_on(&visit, typed.first("passkey")),
        ministry: known.clone(),
    };
    let (from, mark, is_known) = (visit.from.clone(), visit.mark.clone(), known.is_some());
    let opened = app.blocking(move |app| {
        let shown = match (&credentials.ministry, &credentials.passkey) {
            (Some(known), _) => shown_as(known, app.now()),
            (None, Some(_)) => (Given::Passkey, app.now()),
            (None, None) => (Given::Code, app.now()),
        };
        let signed = signed_in(app, &credentials, &from, &mark)?;
        let opening = Opening { signer: signed.signer, place, pin, from, shown: Some(shown) };
        let id = app.sessions.open(opening, app.now())?;
        Ok((id, signed.mark, signed.codes_left))
    });
    match opened.await {
        Ok((id, mark, codes_left)) => {
            // A new id with the new right: whoever knew the old cookie knows nothing now.
            app.sessions.close(&visit.cookie);
            let back = local(typed.first("back"));
            let target = match codes_left {
                Some(left) => format!("/account?codes_left={left}&back={}", escaped(back)),
                None => back.to_owned(),
            };
            let mut response = Redirect::to(&target).into_response();
            set_cookie(&app, &mut response, &id);
            let mark = app.door.set_cookie_text(&app.door.mark_cookie, &mark, Some(KNOWN_FOR));
            add_cookie(&mut response, &mark);
            if is_known {
                forget(&app, &mut response);
            }
            Ok(response)
        }
        Err(problem) => form(&app, visit, typed, (known, Some(problem))).await,
    }
}

/// A passkey that was shown on a page of ours.
pub(crate) fn shown_on(visit: &Visit, sent: &str) -> Option<(Shown, Site, String)> {
    Some((Shown::read(sent)?, visit.site.clone()?, visit.cookie.clone()))
}

/// Signs in, or says the one thing that is said. A passkey with nothing typed beside it is a way in of its own.
///
/// # Errors
/// One answer for whatever was wrong; how long to wait; or a fault.
pub(crate) fn signed_in(
    app: &App,
    credentials: &Credentials,
    from: &str,
    mark: &str,
) -> Result<SignedIn, Problem> {
    let passkey = credentials.passkey.as_ref().map(|(shown, site, asker)| {
        let purpose = Purpose::SignIn;
        (shown, Ceremony { site, asker, purpose })
    });
    let attempt = Attempt {
        officer_id: &credentials.officer,
        password: &credentials.password,
        factor: &credentials.factor,
        passkey,
        ministry: credentials.ministry.as_ref(),
        from,
        mark,
    };
    let is_alone = credentials.officer.is_empty() && credentials.password.is_empty();
    let signed = match &attempt.passkey {
        Some((shown, ceremony)) if is_alone => {
            app.accounts.sign_in_with_passkey(shown, ceremony, from, &app.limits, app.now())
        }
        _ => app.accounts.sign_in(&attempt, &app.limits, app.now()),
    };
    signed.map_err(not_in)
}

/// What is said to who is not let in or through.
pub(crate) fn not_in(no: NotSignedIn) -> Problem {
    match no {
        NotSignedIn::Wrong => Problem::not_signed_in(),
        NotSignedIn::Wait(seconds) => Problem::wait(seconds),
        NotSignedIn::NoKey => {
            let title = "problem-key-not-here-title";
            Problem::new(StatusCode::CONFLICT, "key_not_here", title, "problem-key-not-here")
        }
        NotSignedIn::OpensNothing => {
            let title = "problem-passkey-opens-nothing-title";
            let detail = "problem-passkey-opens-nothing";
            Problem::new(StatusCode::CONFLICT, "passkey_opens_nothing", title, detail)
        }
        NotSignedIn::Error(error) => Problem::broke(error),
    }
}

fn pin_problem(pin: &str, place: Place) -> Option<Problem> {
    let says = |sentence: &str| {
        Some(Problem::fields(vec![FieldProblem { field: "pin".into(), sentence: sentence.into() }]))
    };
    if pin.is_empty() {
        return match place {
            Place::Shared => {
                says("a shared desk needs a PIN: four to twelve digits, chosen for this session")
            }
            _ => None,
        };
    }
    let digits = pin.chars().all(|c| c.is_ascii_digit()) && PIN_DIGITS.contains(&pin.len());
    let first = pin.chars().next();
    match digits {
        false => says("write four to twelve digits"),
        true if pin.chars().all(|c| Some(c) == first) => says("choose digits that are not all the same"),
        true => None,
    }
}

/// Ends the session: the key leaves memory.
pub(crate) async fn sign_out(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    let who = visit.at_desk.map(|at_desk| at_desk.signer.id).or(visit.locked);
    if let Some(officer) = who {
        app.sessions.close(&visit.cookie);
        if app.demo.is_none() {
            let why = sentence!("trail-why-signed-out", "signed out");
            app.blocking(move |app| Ok(app.accounts.signed_out(&officer, &why, app.now())?)).await?;
        }
    }
    let mut response = Redirect::to("/").into_response();
    set_cookie(&app, &mut response, &random_text(32)?);
    // Nothing of what was shown stays in the browser.
    add_header(&mut response, "clear-site-data", "\"cache\"");
    Ok(response)
}

fn add_header(response: &mut axum::response::Response, name: &'static str, value: &'static str) {
    response.headers_mut().insert(name, axum::http::HeaderValue::from_static(value));
}
