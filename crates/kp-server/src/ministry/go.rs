//! To the ministry's sign-in and back: the two steps that leave our pages.
//!
//! The way goes over a page of ours that moves on by itself. A form may lead nowhere but here (content policy), and the cookie
//! that says who is at the desk comes with nothing that another site began: a page between is from us both times. The question
//! is bound to a cookie of its own, which does come along; it opens nothing.

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::HeaderName},
    response::Response,
};
use kp_accounts::{
    Accounts,
    ministry::{About, Failed, Purpose, Question, SERVES},
};
use kp_terms::{Sentence, sentence};

use crate::{
    act::{next::escaped, typed::CONTROLS},
    app::{App, Shared},
    desk::{sign_in, unlock::local},
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit, add_cookie},
    problem::Problem,
    token::random_text,
    visit::cookie_of,
};

/// Where the provider sends browsers back to; it has to be told so.
pub(crate) const BACK: &str = "/sign-in/ministry/back";
const KNOWN: &str = "/sign-in/ministry/known";

#[derive(Template)]
#[template(path = "ministry/hop.html")]
struct HopPage {
    frame: Frame,
    target: String,
    /// Key of where it leads.
    to: &'static str,
}

/// To sign in. Where the provider is not reached, the ordinary way is offered at once.
pub(crate) async fn sign_in(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    headers: HeaderMap,
) -> Answer {
    let back = local(typed.first("back")).to_owned();
    let gone = go(&app, visit.clone(), &headers, (Purpose::SignIn, String::new(), back)).await;
    match gone {
        Err(problem) => sign_in::form(&app, visit, typed, (None, Some(problem))).await,
        gone => gone,
    }
}

/// To bind one's own account.
pub(crate) async fn bind(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
) -> Answer {
    // A program does not make a person's way in.
    let officer = visit.person_at_desk()?.signer.id;
    go(&app, visit, &headers, (Purpose::Bind, officer, "/account".to_owned())).await
}

/// To show a factor: what was typed into the form waits in the session.
pub(crate) async fn for_factor(app: &Shared, visit: Visit, headers: &HeaderMap, typed: &Typed) -> Answer {
    let officer = visit.person_at_desk()?.signer.id;
    let kept = typed.0.iter().filter(|(name, _)| !CONTROLS.contains(&name.as_str()));
    app.sessions.keep(&visit.cookie, &visit.here, kept.cloned().collect());
    let back = visit.here.clone();
    go(app, visit, headers, (Purpose::Factor, officer, back)).await
}

async fn go(
    app: &Shared,
    visit: Visit,
    headers: &HeaderMap,
    (purpose, officer, back): (Purpose, String, String),
) -> Answer {
    let redirect = format!("{}{BACK}", app.door.origin(headers));
    let asker = random_text(32)?;
    let bound_to = asker.clone();
    let address = app.blocking(move |app| {
        let provider = app.provider()?;
        let about = About {
            purpose,
            officer_id: &officer,
            back: &back,
            redirect: &redirect,
            session_minutes: provider.session_minutes(),
        };
        let question = app.accounts.ministry_question(&about, app.now())?;
        let state = app.accounts.ministry_state(&question, &bound_to)?;
        provider.address(&question, &state).map_err(|failed| not_reached(&failed))
    });
    let cookie = app.door.set_lax_cookie_text(&app.door.ministry_cookie, &asker, seconds());
    hop(app, visit, address.await?, "ministry-going", &cookie).await
}

/// A page that moves on by itself, and has a link where a browser does not.
async fn hop(app: &Shared, visit: Visit, target: String, to: &'static str, cookie: &str) -> Answer {
    let refresh = HeaderValue::from_str(&format!("0; url={target}")).map_err(anyhow::Error::from)?;
    let page = page_with_status(app, visit, Section::None, StatusCode::OK, move |_, _, frame| {
        Ok(HopPage { frame: frame.titled_by(to), target, to })
    });
    let mut response: Response = page.await?;
    response.headers_mut().insert(HeaderName::from_static("refresh"), refresh);
    add_cookie(&mut response, cookie);
    Ok(response)
}

fn seconds() -> u32 {
    u32::try_from(SERVES.as_secs()).unwrap_or_default()
}

/// Why somebody who comes back is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Not {
    /// Whatever was wrong with the answer.
    Proven,
    /// The provider did not answer us.
    Reached,
    /// It proved somebody who is nobody here.
    Bound,
    /// Too many answers that proved nobody.
    Yet,
}

impl Not {
    const fn word(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Reached => "reached",
            Self::Bound => "bound",
            Self::Yet => "yet",
        }
    }

    pub(crate) fn of_word(word: &str) -> Option<Self> {
        [Self::Proven, Self::Reached, Self::Bound, Self::Yet].into_iter().find(|not| not.word() == word)
    }

    pub(crate) fn problem(self) -> Problem {
        let (status, key, title, detail) = match self {
            Self::Proven => (
                StatusCode::UNAUTHORIZED,
                "ministry_not_proven",
                "problem-ministry-not-proven-title",
                "problem-ministry-not-proven",
            ),
            Self::Reached => (
                StatusCode::SERVICE_UNAVAILABLE,
                "ministry_not_reached",
                "problem-ministry-not-reached-title",
                "problem-ministry-not-reached",
            ),
            Self::Bound => (
                StatusCode::UNAUTHORIZED,
                "ministry_not_bound",
                "problem-ministry-not-bound-title",
                "problem-ministry-not-bound",
            ),
            Self::Yet => (
                StatusCode::TOO_MANY_REQUESTS,
                "ministry_wait",
                "problem-ministry-wait-title",
                "problem-ministry-wait",
            ),
        };
        Problem::new(status, key, title, detail)
    }
}

fn not_reached(failed: &Failed) -> Problem {
    tracing::warn!("{failed}");
    Not::Reached.problem()
}

/// The provider's answer, brought by the browser. Never a page of its own: whoever is at the desk stays there.
pub(crate) async fn back(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Query(asked): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Answer {
    let asker = cookie_of(&headers, &app.door.ministry_cookie).unwrap_or_default();
    let (from, asked) = (visit.from.clone(), Typed(asked));
    let kept = app.blocking(move |app| answered(app, &asked, &asker, &from)).await?;
    let (target, cookie) = match kept {
        // From here on it comes with what our own pages begin only.
        Ok(kept) => {
            (KNOWN.to_owned(), app.door.set_cookie_text(&app.door.ministry_cookie, &kept, Some(seconds())))
        }
        Err((not, back)) => (
            format!("{KNOWN}?not={}&back={}", not.word(), escaped(&back)),
            app.door.set_cookie_text(&app.door.ministry_cookie, "", Some(0)),
        ),
    };
    hop(&app, visit, target, "ministry-returning", &cookie).await
}

/// Whom the answer proves, for the browser to keep until the password; or why nobody, and where the browser wanted to be.
fn answered(
    app: &App,
    asked: &Typed,
    asker: &str,
    from: &str,
) -> Result<Result<String, (Not, String)>, Problem> {
    let provider = app.provider()?;
    let now = app.now();
    if Accounts::count_answer(from, &app.limits, now).is_some() {
        return Ok(Err((Not::Yet, "/".into())));
    }
    let Some(question) = app.accounts.take_ministry_question(asked.first("state"), asker, now)? else {
        let why = sentence!("trail-why-no-question", "an answer to no question of this browser");
        app.accounts.nobody_proven(&why, from, now)?;
        return Ok(Err((Not::Proven, "/".into())));
    };
    let refused = |why: Sentence| {
        app.accounts.nobody_proven(&why, from, now)?;
        Ok(Err((Not::Proven, question.back.clone())))
    };
    let said = asked.first("iss");
    if !said.is_empty() && said != provider.issuer() {
        return refused(sentence!("trail-why-other-provider", "an answer of another provider (RFC 9207)"));
    }
    let code = asked.first("code");
    if code.is_empty() {
        tracing::info!(error = asked.first("error"), "the ministry's sign-in let somebody not in");
        return refused(sentence!("trail-why-let-nobody", "the ministry's sign-in let nobody in"));
    }
    match provider.proven(&question, code, now) {
        Ok(proven) => {
            Accounts::answer_held(from, &app.limits);
            let kept = app.accounts.keep_known(&question, &proven, now)?;
            Ok(if is_bound(app, &question, &kept, from)? {
                Ok(kept)
            } else {
                Err((Not::Bound, question.back))
            })
        }
        Err(failed @ Failed::NotReached(_)) => {
            // Nobody's guess: an office whose provider is down still signs in the ordinary way.
            Accounts::answer_held(from, &app.limits);
            tracing::warn!("{failed}");
            Ok(Err((Not::Reached, question.back)))
        }
        Err(failed) => {
            tracing::warn!(from, "{failed}");
            refused(sentence!("trail-why-proved-nobody", "the ministry's sign-in proved nobody"))
        }
    }
}

/// Whether it is somebody with an account here; to bind one, nobody has to be yet.
fn is_bound(app: &App, question: &Question, kept: &str, from: &str) -> Result<bool, Problem> {
    if question.purpose == Purpose::Bind {
        return Ok(true);
    }
    let Some(known) = app.accounts.known(kept, app.now())? else { return Ok(false) };
    let officer = app.node.db().read(|tx| Accounts::officer_known_as(tx, &known))?;
    if officer.is_none() {
        let why = sentence!("trail-why-no-account", "somebody of the ministry without an account here");
        app.accounts.nobody_proven(&why, from, app.now())?;
    }
    Ok(officer.is_some())
}
