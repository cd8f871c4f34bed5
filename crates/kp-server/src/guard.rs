//! What stands before every handler: the name we are called by, the session, form tokens, limits and headers.
//!
//! security: no page elsewhere may make a browser act here. A foreign Host is another site's name pointed at this
//! machine; a form without our token was not made by us. What a form said is only to be had from here, after its check.

use std::time::Duration;

use axum::{
    Form, Router,
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use kp_language::Language;
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};

use crate::{
    act,
    app::Shared,
    endpoint::Guard,
    frame,
    problem::Problem,
    session::{AtDesk, random_text},
};

/// Most bytes of one request; a year of returns for every participant is a tenth of it.
const MOST_BYTES: usize = 1 << 20;
const LONGEST_ANSWER: Duration = Duration::from_secs(30);
/// Nothing from elsewhere, no script at all, no frame around us.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
                              base-uri 'none'; frame-ancestors 'none'";

/// One visit: which browser, and whose key is open.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) cookie: String,
    pub(crate) token: String,
    pub(crate) at_desk: Option<AtDesk>,
    /// In which language this browser is spoken to.
    pub(crate) language: Language,
    /// Where a form that only changes who acts comes back to.
    pub(crate) here: String,
}

/// What a checked form said.
#[derive(Clone)]
pub(crate) struct Typed(pub(crate) Vec<(String, String)>);

impl Typed {
    /// The first text of a field.
    pub(crate) fn first(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text)
    }
}

/// Puts an endpoint behind its guard.
pub(crate) fn before(route: MethodRouter<Shared>, guard: Guard, app: &Shared) -> MethodRouter<Shared> {
    match guard {
        Guard::Open => route,
        Guard::Form => route.route_layer(from_fn_with_state(app.clone(), form)),
        Guard::FormAndOfficer => route.route_layer(from_fn_with_state(app.clone(), form_and_officer)),
        Guard::Look => route.route_layer(from_fn_with_state(app.clone(), look)),
        Guard::Json | Guard::LookJson => route.route_layer(from_fn_with_state(app.clone(), json)),
        Guard::Bearer => route.route_layer(from_fn_with_state(app.clone(), bearer)),
    }
}

/// Puts everything behind the checks and headers that all share.
pub(crate) fn around(router: Router, app: Shared) -> Router {
    let header = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    router
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_ANSWER))
        .layer(from_fn_with_state(app, visit))
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(header(header::CACHE_CONTROL, "no-store"))
        .layer(CompressionLayer::new())
}

/// Checks the Host, finds the session, and turns a problem into what was asked for: a page or JSON.
async fn visit(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    if !is_our_name(&app, request.headers()) {
        return Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "foreign_host",
            "problem-foreign-host-title",
            "problem-foreign-host",
        )
        .json_response(Language::English);
    }
    let is_api = request.uri().path().starts_with("/api/");
    let known = cookie_of(&app, request.headers());
    let is_new = known.is_none();
    let visit = match seen(&app, known, &request) {
        Ok(visit) => visit,
        Err(error) => return Problem::broke(error).json_response(Language::English),
    };
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
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

fn is_our_name(app: &Shared, headers: &HeaderMap) -> bool {
    let mut named = headers.get_all(header::HOST).iter();
    match (named.next(), named.next()) {
        (Some(host), None) => app.hosts.iter().any(|ours| ours.as_bytes() == host.as_bytes()),
        _ => false,
    }
}

fn cookie_of(app: &Shared, headers: &HeaderMap) -> Option<String> {
    cookies_of(headers)
        .find(|(name, value)| *name == app.cookie && value.len() == 43)
        .map(|(_, value)| value.to_owned())
}

fn seen(app: &Shared, known: Option<String>, request: &Request) -> anyhow::Result<Visit> {
    let cookie = match known {
        Some(cookie) => cookie,
        None => random_text(32)?,
    };
    let here = match *request.method() {
        Method::GET => request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned(),
        _ => request.uri().path().to_owned(),
    };
    let at_desk = app.sessions.at_desk(&cookie, app.now());
    let language = language_of(app, request.headers());
    Ok(Visit { token: app.sessions.form_token(&cookie)?, at_desk, language, here, cookie })
}

/// What was chosen here before; else what the browser prefers; else English.
fn language_of(app: &Shared, headers: &HeaderMap) -> Language {
    let name = language_cookie(app);
    let mut cookies = cookies_of(headers);
    let chosen = cookies.find(|(known, _)| *known == name).and_then(|(_, code)| code.parse().ok());
    let preferred = || {
        let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Language::preferred(accepted)
    };
    chosen.or_else(preferred).unwrap_or(Language::English)
}

/// The cookie that keeps the language chosen. It says nothing else, so scripts and time do not matter to it.
pub(crate) fn language_cookie(app: &Shared) -> String {
    format!("{}_language", app.cookie)
}

fn cookies_of(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// Gives the browser its cookie: no script reads it, no other site sends it.
pub(crate) fn set_cookie(app: &Shared, response: &mut Response, id: &str) {
    let text = format!("{}={id}; Path=/; HttpOnly; SameSite=Strict", app.cookie);
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().insert(header::SET_COOKIE, value);
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
    match checked_form(&app, request).await {
        Ok(request) => next.run(request).await,
        Err((problem, _)) => problem.into_response(),
    }
}

/// As `form`; where nobody is at the desk or the page is from an earlier session, what was typed is shown again.
async fn form_and_officer(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let outcome = match checked_form(&app, request).await {
        Ok(request) if visit.as_ref().is_some_and(|v| v.at_desk.is_some()) => return next.run(request).await,
        Ok(request) => (Problem::needs_officer(), request.extensions().get::<Typed>().cloned()),
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
    if !app.sessions.is_form_token(&cookie, typed.first("token")) {
        let detail = "problem-form-token";
        let problem = Problem::new(StatusCode::FORBIDDEN, "form_token", "problem-form-token-title", detail);
        return Err((problem, Some(typed)));
    }
    parts.extensions.insert(typed);
    Ok(Request::from_parts(parts, Body::empty()))
}

/// Pages that send no referrer send the origin `null` with their forms, ours too; then the browser's own word on
/// where the request comes from decides, and the token after it.
fn is_from_us(app: &Shared, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("unreadable"));
    let origin = match text("origin") {
        None | Some("null") => true,
        Some(origin) => app.hosts.iter().any(|host| origin.strip_prefix("http://") == Some(host)),
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

async fn bearer(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "))
        .unwrap_or_default()
        .to_owned();
    let Some(at_desk) = app.sessions.at_desk(&token, app.now()) else {
        return Problem::needs_token().into_response();
    };
    request.extensions_mut().insert(at_desk);
    request.extensions_mut().insert(Token(token));
    if request.method() == Method::DELETE {
        next.run(request).await
    } else {
        json(State(app), request, next).await
    }
}

/// The bearer token of a checked request.
#[derive(Clone)]
pub(crate) struct Token(pub(crate) String);
