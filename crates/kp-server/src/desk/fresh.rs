//! A factor asked for again before weighty acts (`kp_accounts::fresh`): in the form itself, with what was typed kept.
//!
//! The factor travels with the form: one click does both, and nothing waits on another page. Works without JavaScript.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use kp_accounts::{
    Proof,
    fresh::{Given, Weighty},
    passkey::{Ceremony, Purpose},
};

use crate::{
    app::Shared,
    desk::sign_in::{not_in, shown_on},
    frame::{Frame, Section, page_with_status},
    guard::{Typed, Visit},
    problem::{FieldSaid, Problem},
    session::Pin,
    style,
};

/// Names of the inputs that a factor comes in.
pub(crate) const FIELDS: [&str; 4] = [CODE, PIN, PASSKEY, MINISTRY];
const CODE: &str = "fresh_code";
const PIN: &str = "fresh_pin";
const PASSKEY: &str = "fresh_passkey";
const MINISTRY: &str = "fresh_ministry";

/// What a form asks for, where it asks.
pub(crate) struct Asks {
    row: &'static Weighty,
    /// Whether the session has a PIN, and it serves.
    pub(crate) takes_pin: bool,
    /// Whether passkeys serve at this address.
    pub(crate) takes_passkey: bool,
    /// Whether the ministry's sign-in can be gone to, and back: what is asked with this very act cannot come from there.
    pub(crate) takes_ministry: bool,
    pub(crate) script: &'static str,
}

impl Asks {
    /// The key of the sentence that says what is asked and why.
    pub(crate) fn why(&self) -> &'static str {
        match self.row.minutes {
            Some(_) => "fresh-why",
            None => "fresh-why-each",
        }
    }

    pub(crate) fn minutes(&self) -> i64 {
        self.row.minutes.unwrap_or_default()
    }
}

/// What is still to be shown; nothing where a factor was shown lately, or there is none to be had.
pub(crate) fn asks(app: &Shared, visit: &Visit, row: Option<&'static Weighty>) -> Option<Asks> {
    let (row, at_desk) = (row?, visit.at_desk.as_ref()?);
    if at_desk.shown.is_empty() || visit.program.is_some() || row.is_met_by(&at_desk.shown, app.now()) {
        return None;
    }
    Some(Asks {
        row,
        takes_pin: at_desk.has_pin && row.by.contains(&Given::Pin),
        takes_passkey: visit.site.is_some() && row.by.contains(&Given::Passkey),
        takes_ministry: visit.is_bound && row.by.contains(&Given::Ministry) && row.minutes.is_some(),
        script: style::passkey_path(),
    })
}

/// Whether a form asks to go to the ministry's sign-in for its factor.
pub(crate) fn goes_to_ministry(
    app: &Shared,
    visit: &Visit,
    typed: &Typed,
    row: Option<&'static Weighty>,
) -> bool {
    !typed.first(MINISTRY).is_empty() && asks(app, visit, row).is_some_and(|asks| asks.takes_ministry)
}

/// Lets a form through whose factor was shown lately, or comes with it.
///
/// # Errors
/// Says that one is needed, that it is not right, or how long to wait.
pub(crate) async fn let_through(
    app: &Shared,
    visit: &Visit,
    typed: &Typed,
    row: Option<&'static Weighty>,
) -> Result<(), Problem> {
    let (Some(asks), Some(at_desk)) = (asks(app, visit, row), visit.at_desk.clone()) else { return Ok(()) };
    let pin = typed.first(PIN).trim();
    if asks.takes_pin && !pin.is_empty() {
        return match app.sessions.unlock(&visit.cookie, pin, app.now()) {
            Pin::Right => Ok(()),
            Pin::Wrong => Err(Problem::factor_wrong(PIN)),
            Pin::Ended => Err(Problem::needs_officer()),
        };
    }
    let passkey = shown_on(visit, typed.first(PASSKEY)).filter(|_| asks.takes_passkey);
    let code = typed.first(CODE).trim().to_owned();
    if passkey.is_none() && code.is_empty() {
        return Err(Problem::factor_needed());
    }
    let (from, mark, officer) = (visit.from.clone(), visit.mark.clone(), at_desk.signer.id);
    let shown = app.blocking(move |app| {
        let proof = match &passkey {
            Some((shown, site, asker)) => {
                Proof::Passkey(shown, Ceremony { site, asker, purpose: Purpose::Factor })
            }
            None => Proof::Code(&code),
        };
        app.accounts.show_factor(&officer, proof, (&from, &mark), &app.limits, app.now()).map_err(not_in)
    });
    match shown.await {
        Ok(given) => {
            app.sessions.show(&visit.cookie, given, app.now());
            Ok(())
        }
        Err(problem) if problem.key == "not_signed_in" => Err(Problem::factor_wrong(CODE)),
        Err(problem) => Err(problem),
    }
}

impl Problem {
    /// Nothing was shown: what was typed waits for it.
    pub(crate) fn factor_needed() -> Self {
        let title = "problem-factor-needed-title";
        Self::new(StatusCode::UNAUTHORIZED, "factor_needed", title, "problem-factor-needed")
    }

    /// What was shown does not serve.
    fn factor_wrong(field: &'static str) -> Self {
        let mut problem = Self::factor_needed();
        problem.fields = vec![FieldSaid::new(field, "input-factor-wrong")];
        problem
    }
}

#[derive(Template)]
#[template(path = "desk/fresh.html")]
struct FreshPage {
    frame: Frame,
    asks: Asks,
    /// Where the form goes.
    path: String,
    typed: Vec<(String, String)>,
    problem: Problem,
}

impl FreshPage {
    fn problem_of(&self, name: &str) -> String {
        let mut all = self.problem.fields.iter();
        all.find(|p| p.field == name).map(|p| p.said.said(self.frame.texts)).unwrap_or_default()
    }
}

/// A form about accounts that waits for its factor: what it said goes along.
pub(crate) async fn waiting(
    app: &Shared,
    visit: Visit,
    typed: Typed,
    path: String,
    row: Option<&'static Weighty>,
    problem: Problem,
) -> Result<Response, Problem> {
    let Some(asks) = asks(app, &visit, row) else { return Err(problem) };
    let typed = typed.0.into_iter().filter(|(name, _)| name != "token" && !FIELDS.contains(&name.as_str()));
    let typed: Vec<(String, String)> = typed.collect();
    let status = problem.status;
    page_with_status(app, visit, Section::None, status, move |_, _, frame| {
        Ok(FreshPage { frame: frame.titled_by("fresh-title"), asks, path, typed, problem })
    })
    .await
}
