//! What stands before every handler: the name we are called by, rights, form tokens, limits and headers.
//!
//! security: no page elsewhere may make a browser act here. A foreign Host is another site's name pointed at this
//! machine; a form without our token was not made by us. What a form said is only to be had from here, after its check.
//! Who may see nothing of a class of things is sent away here, before anything is read.

use std::time::Duration;

use axum::{
    Form, Router,
    body::{Body, HttpBody},
    extract::{DefaultBodyLimit, FromRequest, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::MethodRouter,
};
use kp_accounts::{
    denials::Denied,
    fresh,
    limits::Of,
    rights::{self, Class, Viewer},
};
use kp_language::Language;
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};

use crate::{
    act,
    app::Shared,
    desk,
    endpoint::{Endpoint, Guard},
    files, frame,
    ministry::go,
    once,
    problem::Problem,
    visit,
};

pub(crate) use crate::visit::Visit;

/// Most bytes of one request; a year of returns for every participant is a tenth of it.
pub(crate) const MOST_BYTES: usize = 1 << 20;
const LONGEST_ANSWER: Duration = Duration::from_secs(30);
/// A hundred megabytes in one piece over an office's slow line.
const LONGEST_UPLOAD: Duration = Duration::from_secs(1800);
/// Nothing from elsewhere, scripts from our own files only, no frame around us.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; \
                              connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Browsers that came over TLS once come over TLS always.
const STRICT_TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// What a checked form said.
#[derive(Clone)]
pub(crate) struct Typed(pub(crate) Vec<(String, String)>);

impl Typed {
    /// The first text of a field.
    pub(crate) fn first(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text)
    }
}

/// Puts an endpoint behind its guard, and behind the table of rights.
pub(crate) fn before(
    route: MethodRouter<Shared>,
    endpoint: &'static Endpoint,
    app: &Shared,
) -> MethodRouter<Shared> {
    let route = route.route_layer(TimeoutLayer::with_status_code(
        StatusCode::SERVICE_UNAVAILABLE,
        if endpoint.guard == Guard::Upload { LONGEST_UPLOAD } else { LONGEST_ANSWER },
    ));
    let guarded = match endpoint.guard {
        Guard::Open => route,
        Guard::Upload => route.route_layer(from_fn_with_state(app.clone(), upload)),
        Guard::Form => route.route_layer(from_fn_with_state(app.clone(), form)),
        // Says itself who may come in: what was typed must not be lost.
        Guard::FormAndOfficer => {
            let guarded = route.route_layer(from_fn_with_state(app.clone(), form_and_officer));
            return guarded.route_layer(from_fn_with_state(Kind(endpoint), named));
        }
        Guard::FormWithFiles => route.route_layer(from_fn_with_state(app.clone(), files::checked)),
        Guard::Look => route.route_layer(from_fn_with_state(app.clone(), look)),
        Guard::Json | Guard::LookJson => route.route_layer(from_fn_with_state(app.clone(), json)),
        // An act keeps its answer in its own transaction; a try leaves nothing to keep.
        Guard::Bearer if endpoint.path.starts_with("/api/acts/") => {
            route.route_layer(from_fn_with_state(app.clone(), bearer))
        }
        Guard::Bearer => route
            .route_layer(from_fn_with_state(app.clone(), once::once))
            .route_layer(from_fn_with_state(app.clone(), bearer)),
    };
    let guarded = guarded.route_layer(from_fn_with_state(endpoint.sees, may_see_some));
    let guarded = guarded.route_layer(from_fn_with_state(Kind(endpoint), named));
    match endpoint.guard {
        // Outside the guard, which reads the files.
        Guard::FormWithFiles => guarded.layer(DefaultBodyLimit::max(files::MOST_BYTES)),
        _ => guarded,
    }
}

/// Keeps out who may see nothing of the endpoint's class.
async fn may_see_some(State(class): State<Class>, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response();
    };
    let path = request.uri().path();
    let is_page = *request.method() == Method::GET && !path.starts_with("/api/");
    let may_read = visit.program.as_ref().is_none_or(kp_accounts::Token::may_read);
    let acts = *request.method() != Method::GET;
    if rights::may_see_some(&visit.viewer, class) && (may_read || acts || class == Class::Public) {
        return next.run(request).await;
    }
    let back = act::next::escaped(&visit.here);
    match (&visit.viewer, &visit.locked) {
        (_, Some(_)) if is_page => Redirect::to(&format!("/locked?back={back}")).into_response(),
        (_, Some(_)) => Problem::locked().into_response(),
        (Viewer::Nobody, None) if is_page && visit.at_desk.is_none() => {
            Redirect::to(&format!("/sign-in?back={back}")).into_response()
        }
        (Viewer::Nobody, None) if visit.at_desk.is_some() => Problem::not_named().into_response(),
        (Viewer::Nobody, None) if path.starts_with("/api/") => Problem::needs_token().into_response(),
        (Viewer::Nobody, None) => Problem::needs_officer().into_response(),
        _ if !may_read => Problem::not_in_scope("read").into_response(),
        _ => Problem::not_for_role(class).into_response(),
    }
}

/// Puts everything behind the checks and headers that all share.
pub(crate) fn around(router: Router, app: Shared) -> Router {
    let header = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let secure = app.door.is_secure.then_some(STRICT_TRANSPORT);
    router
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(from_fn_with_state(app, come_and_go))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::STRICT_TRANSPORT_SECURITY,
            move |_: &Response| secure.clone(),
        ))
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(CompressionLayer::new())
}

/// Checks the Host, finds out who it is, records what they saw, and turns a problem into what was asked for.
async fn come_and_go(State(app): State<Shared>, request: Request, next: Next) -> Response {
    if !app.door.is_our_name(request.headers()) {
        return Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "foreign_host",
            "problem-foreign-host-title",
            "problem-foreign-host",
        )
        .json_response(Language::English);
    }
    let is_api = request.uri().path().starts_with("/api/");
    let (mut parts, body) = request.into_parts();
    let (visit, is_new) = match visit::of(&app, &parts).await {
        Ok(found) => found,
        Err(problem) => return problem.json_response(Language::English),
    };
    parts.extensions.insert(visit.clone());
    let asked = (parts.method.clone(), parts.uri.path().to_owned());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    // Before the answer goes out: what is shown is on record, or it is not shown.
    let looks = visit.seen.take();
    if response.status().is_success()
        && let Err(problem) = visit::record(&app, looks).await
    {
        response = problem.into_response();
    }
    if let Some(denial) = denial_of(&app, &visit, &response)
        && let Some(wait) = denied(&app, &visit, &asked, denial).await
    {
        response = wait.into_response();
    }
    if let Some(problem) = problem_of(&response) {
        response = match is_api {
            true => problem.json_response(visit.language),
            false => frame::problem_page(&app, &visit, problem).await,
        };
    }
    if is_new && !is_api && !response.headers().contains_key(header::SET_COOKIE) {
        set_cookie(&app, &mut response, &visit.cookie);
    }
    response
}

/// Counts what an officer is refused by right: what is not theirs to see or do, or not there, which looks the same. Beyond the
/// allowance the answer says to wait, and nothing else.
async fn denied(
    app: &Shared,
    visit: &Visit,
    (method, path): &(Method, String),
    (kind, why): (Kind, &'static str),
) -> Option<Problem> {
    let officer = visit.viewer.officer()?;
    let counted = [Of::Denials(&officer.id)];
    if let Some(seconds) = app.limits.wait(&counted, app.now()) {
        return Some(Problem::wait(seconds));
    }
    app.limits.failed(&counted, app.now());
    let (id, path) = (officer.id.clone(), format!("{method} {path}"));
    let kind = format!("{method} {}", kind.0.path);
    let recorded = app.blocking(move |app| {
        let denied = Denied { officer_id: &id, kind: &kind, path: &path, why };
        Ok(app.accounts.denied(&app.denials, &denied, app.now())?)
    });
    recorded.await.err()
}

/// What was refused by right, and why: looked at before anything waits, because an answer cannot.
fn denial_of(app: &Shared, visit: &Visit, response: &Response) -> Option<(Kind, &'static str)> {
    visit.viewer.officer()?;
    let by_right = matches!(response.status(), StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
    let kind = *response.extensions().get::<Kind>()?;
    let problem = response.extensions().get::<Problem>().map(|problem| problem.key);
    let why = problem.or_else(|| response.extensions().get::<Refused>().map(|refused| refused.0))?;
    let is_open = kind.0.sees == Class::Public && kind.0.method == "GET";
    (by_right && app.demo.is_none() && !is_open).then_some((kind, why))
}

/// Why a page says no that is drawn already.
#[derive(Clone, Copy)]
pub(crate) struct Refused(pub(crate) &'static str);

/// Which endpoint answered.
#[derive(Clone, Copy)]
struct Kind(&'static Endpoint);

async fn named(State(kind): State<Kind>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.extensions_mut().insert(kind);
    response
}

/// Gives the browser its cookie: no script reads it, no other site sends it.
pub(crate) fn set_cookie(app: &Shared, response: &mut Response, id: &str) {
    add_cookie(response, &app.door.set_cookie_text(&app.door.cookie, id, None));
}

/// Adds a cookie to those that are set already.
pub(crate) fn add_cookie(response: &mut Response, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The problem an answer carries; the machinery's own bare answers get words too, so that nothing raw is shown.
fn problem_of(response: &Response) -> Option<Problem> {
    let status = response.status();
    let rendered = response.extensions().get::<Rendered>().is_some();
    match response.extensions().get::<Problem>() {
        Some(problem) => Some(problem.clone()),
        None if rendered || !(status.is_client_error() || status.is_server_error()) => None,
        None => Some(Problem::of_status(status)),
    }
}

/// Marks an answer whose status says no, but which is a page already.
#[derive(Clone)]
pub(crate) struct Rendered;

async fn form(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let request = match checked_form(&app, request).await {
        Ok(request) => request,
        Err((problem, _)) => return problem.into_response(),
    };
    let path = request.uri().path().to_owned();
    let weighty = fresh::of_form(&path);
    let (visit, typed) = (request.extensions().get::<Visit>(), request.extensions().get::<Typed>());
    let (Some(visit), Some(typed), true) = (visit.cloned(), typed.cloned(), weighty.is_some()) else {
        return next.run(request).await;
    };
    match desk::fresh::let_through(&app, &visit, &typed, weighty).await {
        Ok(()) => next.run(request).await,
        Err(problem) => desk::fresh::waiting(&app, visit, typed, path, weighty, problem)
            .await
            .unwrap_or_else(IntoResponse::into_response),
    }
}

/// As `form`; where nobody is at the desk or the page is from an earlier session, what was typed is shown again.
async fn form_and_officer(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let outcome = match checked_form(&app, request).await {
        Ok(request) if visit.as_ref().is_some_and(|v| v.at_desk.is_some()) => {
            let typed = request.extensions().get::<Typed>().cloned();
            let weighty = visit
                .as_ref()
                .and_then(|v| fresh::of_act(kp_node::act_by_name(v.here.strip_prefix("/act/")?)?.name));
            match (&visit, typed) {
                // A form that only gets another line, or looks for an exporter, is not the act yet.
                (Some(visit), Some(typed)) if desk::fresh::goes_to_ministry(&app, visit, &typed, weighty) => {
                    match go::for_factor(&app, visit.clone(), request.headers(), &typed).await {
                        Ok(gone) => return gone,
                        Err(problem) => (problem, Some(typed)),
                    }
                }
                (Some(visit), Some(typed)) if !act::typed::asks_again(&typed) => {
                    match desk::fresh::let_through(&app, visit, &typed, weighty).await {
                        Ok(()) => return next.run(request).await,
                        Err(problem) => (problem, Some(typed)),
                    }
                }
                _ => return next.run(request).await,
            }
        }
        Ok(request) => {
            let typed = request.extensions().get::<Typed>().cloned();
            // A locked session keeps what was sent and shows nothing of it: the PIN leads back to the form.
            if let (Some(visit), Some(typed)) = (visit.as_ref().filter(|v| v.locked.is_some()), &typed) {
                app.sessions.keep(&visit.cookie, &visit.here, typed.0.clone());
                let back = act::next::escaped(&visit.here);
                return Redirect::to(&format!("/locked?back={back}")).into_response();
            }
            (Problem::needs_officer(), typed)
        }
        Err(outcome) => outcome,
    };
    match (outcome, visit) {
        ((problem, Some(typed)), Some(visit)) => act::form::kept(&app, visit, typed, problem).await,
        ((problem, _), _) => problem.into_response(),
    }
}

type Unchecked = (Problem, Option<Typed>);

async fn checked_form(app: &Shared, request: Request) -> Result<Request, Unchecked> {
    let (mut parts, body) = request.into_parts();
    if !is_from_us(app, &parts.headers) {
        let detail = "problem-foreign-page";
        let problem =
            Problem::new(StatusCode::FORBIDDEN, "foreign_page", "problem-foreign-page-title", detail);
        return Err((problem, None));
    }
    let sent = Request::from_parts(parts.clone(), body);
    let pairs = match Form::<Vec<(String, String)>>::from_request(sent, &()).await {
        Ok(Form(pairs)) => pairs,
        Err(unread) => return Err((Problem::of_status(unread.status()), None)),
    };
    let typed = Typed(pairs);
    let cookie = parts.extensions.get::<Visit>().map(|v| v.cookie.clone()).unwrap_or_default();
    if !app.tokens.is_form_token(&cookie, typed.first("token")) {
        let detail = "problem-form-token";
        let problem = Problem::new(StatusCode::FORBIDDEN, "form_token", "problem-form-token-title", detail);
        return Err((problem, Some(typed)));
    }
    parts.extensions.insert(typed);
    Ok(Request::from_parts(parts, Body::empty()))
}

/// Pages that send no referrer send the origin `null` with their forms, ours too; then the browser's own word on
/// where the request comes from decides, and the token after it.
pub(crate) fn is_from_us(app: &Shared, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("unreadable"));
    let origin = match text("origin") {
        None | Some("null") => true,
        Some(origin) => app.door.is_our_origin(origin),
    };
    origin && matches!(text("sec-fetch-site"), None | Some("same-origin" | "none"))
}

/// Whoever only asks comes from our own page too, so that no page elsewhere can set this machine to work.
async fn look(State(app): State<Shared>, request: Request, next: Next) -> Response {
    if is_from_us(&app, request.headers()) {
        return next.run(request).await;
    }
    let detail = "problem-foreign-page";
    Problem::new(StatusCode::FORBIDDEN, "foreign_page", "problem-foreign-page-title", detail).into_response()
}

/// Whoever sends a file is at the desk, on a page of ours; a form's token, where there is a form, stands in its first part.
async fn upload(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let is_at_desk = request.extensions().get::<Visit>().is_some_and(|visit| visit.at_desk.is_some());
    if is_at_desk { look(State(app), request, next).await } else { Problem::needs_officer().into_response() }
}

async fn json(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    // A page elsewhere cannot send this kind without asking first, and we never say yes.
    if kind.split(';').next().unwrap_or_default().trim() != "application/json" {
        let (title, detail) = ("problem-not-json-title", "problem-not-json");
        return Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", title, detail).into_response();
    }
    if !is_from_us(&app, request.headers()) {
        let (title, detail) = ("problem-foreign-page-title", "problem-foreign-call");
        return Problem::new(StatusCode::FORBIDDEN, "foreign_page", title, detail).into_response();
    }
    next.run(request).await
}

async fn bearer(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let named = request.headers().contains_key(header::AUTHORIZATION);
    let visit = request.extensions().get::<Visit>().filter(|_| named);
    // A token without acts has no desk: it reads.
    let Some(visit) = visit else { return Problem::needs_token().into_response() };
    if visit.at_desk.is_none() {
        return match visit.program {
            Some(_) => Problem::not_in_scope("any act").into_response(),
            None => Problem::needs_token().into_response(),
        };
    }
    // A token is sent by no browser of itself, so a call without a body needs no kind for it.
    let has_no_body = request.body().is_end_stream() && !request.headers().contains_key(header::CONTENT_TYPE);
    if request.method() == Method::DELETE || has_no_body {
        next.run(request).await
    } else {
        json(State(app), request, next).await
    }
}
