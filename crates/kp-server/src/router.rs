//! The list of everything that can be asked for. Only a list: what an endpoint does stands in its own file.

use axum::{
    Router,
    http::StatusCode,
    routing::{get, post},
};

use crate::{
    act,
    app::Shared,
    desk,
    endpoint::{Endpoint, Guard, answers},
    guard, home,
    problem::Problem,
    style,
};

#[rustfmt::skip]
pub(crate) const ENDPOINTS: &[Endpoint] = &[
    // pages
    Endpoint::page("/", "the desk: work queues, latest findings, the log's health", || get(home::show::show)),
    Endpoint::page("/acts", "everything that can be done", || get(act::list::show)),
    Endpoint::page("/act/{act}", "the form of an act", || get(act::form::show)),
    Endpoint::form("/act/{act}", Guard::FormAndOfficer, "an act is done", || post(act::perform::perform)),
    Endpoint::page("/receipts/{position}", "what was recorded", || get(act::receipt::show)),
    Endpoint::page("/unlock", "open an officer's key", || get(desk::unlock::show)),
    Endpoint::form("/unlock", Guard::Form, "an officer's key is opened", || post(desk::unlock::unlock)),
    Endpoint::form("/lock", Guard::Form, "the key leaves memory", || post(desk::lock::lock)),
    Endpoint::form("/act-as", Guard::Form, "demonstration only: act as an invented officer", || post(desk::act_as::act_as)),
    Endpoint::page("/style/{file}", "the style sheet", || get(style::style)),
    // API: acts
    Endpoint::api("POST", "/api/session", Guard::Json, "Open an officer's key", || post(desk::api::open), Some(answers::<desk::api::SessionBody>)),
    Endpoint::api("DELETE", "/api/session", Guard::Bearer, "Lock: the key leaves memory", || axum::routing::delete(desk::api::close), None),
    Endpoint::api("GET", "/api/acts", Guard::Open, "The catalogue of acts", || get(act::api::catalogue), Some(answers::<act::api::Catalogue>)),
    Endpoint::api("POST", "/api/acts/{act}", Guard::Bearer, "Do an act", || post(act::api::perform), Some(answers::<act::api::ReceiptBody>)),
];

/// Every endpoint with how it is guarded, one line each, sorted: what `tests/endpoints.txt` is compared with.
pub fn endpoint_list() -> String {
    let mut lines: Vec<String> = ENDPOINTS
        .iter()
        .map(|e| format!("{:<40} {:<6} {:<22} {}\n", e.path, e.method, e.guard.words(), e.about))
        .collect();
    lines.sort();
    lines.concat()
}

/// The router over [`ENDPOINTS`], each behind its guard, all behind the checks of `guard::around`.
pub(crate) fn build(app: Shared) -> Router {
    let mut router = Router::new();
    for endpoint in ENDPOINTS {
        let guarded = guard::before((endpoint.route)(), endpoint.guard, &app);
        router = router.route(endpoint.path, guarded);
    }
    let router = router
        .fallback(async || Problem::of_status(StatusCode::NOT_FOUND))
        .method_not_allowed_fallback(async || Problem::of_status(StatusCode::METHOD_NOT_ALLOWED))
        .with_state(app.clone());
    guard::around(router, app)
}
