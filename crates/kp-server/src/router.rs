//! The list of everything that can be asked for. Only a list: what an endpoint does stands in its own file.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    routing::{delete, get, post},
};

use crate::{
    act,
    app::Shared,
    case, certificate, confirmation, desk, docs,
    endpoint::{Endpoint, Guard, answers},
    finding, guard, home, log, participant,
    problem::Problem,
    statistics, style, verifying,
};

#[rustfmt::skip]
const ENDPOINTS: &[Endpoint] = &[
    // pages
    Endpoint::page("/", "the desk: work queues, latest findings, the log's health", || get(home::show::show)),
    Endpoint::page("/acts", "everything that can be done", || get(act::list::show)),
    Endpoint::page("/act/{act}", "the form of an act", || get(act::form::show)),
    Endpoint::form("/act/{act}", Guard::FormAndOfficer, "an act is done", || post(act::perform::perform)),
    Endpoint::page("/receipts/{position}", "what was recorded", || get(act::receipt::show)),
    Endpoint::page("/certificates", "certificates by number", || get(certificate::list::show)),
    Endpoint::page("/certificates/{number}", "a certificate", || get(certificate::show::show)),
    Endpoint::file("/certificates/{number}/sheets/{copy}", "a recorded print as PDF", || get(certificate::paper::sheet)),
    Endpoint::file("/certificates/{number}/pre-advice", "the message to the importing authority", || get(certificate::paper::pre_advice)),
    Endpoint::file("/certificates/{number}/slip", "the confirmation slip as PDF", || get(certificate::paper::slip)),
    Endpoint::page("/verify", "verify a certificate", || get(verifying::show::show)),
    Endpoint::form("/verify", Guard::Look, "what was laid on the desk is verified", || post(verifying::show::look).layer(DefaultBodyLimit::max(verifying::show::MOST_BYTES))),
    Endpoint::page("/confirmations", "confirmations from outside, and what waits", || get(confirmation::list::show)),
    Endpoint::form("/confirmations", Guard::FormAndOfficer, "a list of confirmations is taken in", || post(confirmation::load::perform)),
    Endpoint::page("/participants", "the participants", || get(participant::list::show)),
    Endpoint::page("/participants/{code}", "a participant", || get(participant::show::show)),
    Endpoint::page("/findings", "all findings", || get(finding::list::show)),
    Endpoint::page("/findings/{id}", "a finding", || get(finding::show::show)),
    Endpoint::page("/cases", "all cases", || get(case::list::show)),
    Endpoint::page("/cases/{number}", "a case", || get(case::show::show)),
    Endpoint::page("/statistics", "production of everyone", || get(statistics::show::overview)),
    Endpoint::page("/statistics/world", "production of the world", || get(statistics::show::world)),
    Endpoint::page("/statistics/calendar", "who reported", || get(statistics::show::calendar)),
    Endpoint::page("/statistics/trade", "Annex III cells and certificate counts", || get(statistics::trade::show)),
    Endpoint::page("/statistics/returns", "returns: what is due, what came, every version", || get(statistics::returns::show)),
    Endpoint::page("/statistics/returns.csv", "the calendar of returns as text", || get(statistics::returns::csv)),
    Endpoint::page("/statistics/reconciliation", "both sides of every certificate, and the parts of each gap", || get(statistics::reconciliation::show)),
    Endpoint::page("/statistics/tables", "the public tables as a file", || get(statistics::reconciliation::tables)),
    Endpoint::page("/statistics/production/{code}", "one participant's production", || get(statistics::participant::show)),
    Endpoint::page("/log", "heads, entries, verification", || get(log::show::show)),
    Endpoint::page("/docs/api", "the API, with an example of each call", || get(docs::show::api)),
    Endpoint::page("/api", "to the API's page", || get(docs::show::to_api)),
    Endpoint::page("/openapi.json", "to the description of the API", || get(docs::show::to_description)),
    Endpoint::page("/style", "how everything looks", || get(docs::show::style)),
    Endpoint::page("/style/{file}", "the style sheet", || get(style::style)),
    // who acts
    Endpoint::page("/unlock", "open an officer's key", || get(desk::unlock::show)),
    Endpoint::form("/unlock", Guard::Form, "an officer's key is opened", || post(desk::unlock::unlock)),
    Endpoint::form("/lock", Guard::Form, "the key leaves memory", || post(desk::lock::lock)),
    Endpoint::form("/act-as", Guard::Form, "demonstration only: act as an invented officer", || post(desk::act_as::act_as)),
    Endpoint::api("POST", "/api/session", Guard::Json, "Open an officer's key", || post(desk::api::open), Some(answers::<desk::api::SessionBody>)),
    Endpoint::api("DELETE", "/api/session", Guard::Bearer, "Lock: the key leaves memory", || delete(desk::api::close), None),
    Endpoint::form("/language", Guard::Form, "this browser is spoken to in another language", || post(desk::language::choose)),
    // acts
    Endpoint::api("GET", "/api/acts", Guard::Open, "The catalogue of acts", || get(act::api::catalogue), Some(answers::<act::api::Catalogue>)),
    Endpoint::api("POST", "/api/acts/{act}", Guard::Bearer, "Do an act", || post(act::api::perform), Some(answers::<act::api::ReceiptBody>)),
    // reads
    Endpoint::api("POST", "/api/verify", Guard::LookJson, "Verify codes, or a number with its check code", || post(verifying::api::verify), Some(answers::<verifying::api::Verdicts>)),
    Endpoint::api("GET", "/api/participants", Guard::Open, "All participants", || get(participant::api::list), Some(answers::<participant::api::Participants>)),
    Endpoint::api("GET", "/api/participants/{code}", Guard::Open, "A participant", || get(participant::api::show), Some(answers::<participant::api::ParticipantDetail>)),
    Endpoint::api("GET", "/api/authorities", Guard::Open, "All authorities", || get(participant::api::authorities), Some(answers::<participant::api::Authorities>)),
    Endpoint::api("GET", "/api/officers", Guard::Open, "All officers", || get(participant::api::officers), Some(answers::<participant::api::Officers>)),
    Endpoint::api("GET", "/api/exporters", Guard::Open, "All licensed exporters", || get(participant::api::exporters), Some(answers::<participant::api::Exporters>)),
    Endpoint::api("GET", "/api/certificates", Guard::Open, "Certificates by number", || get(certificate::api::list), Some(answers::<certificate::api::Certificates>)).with(certificate::api::LISTED_BY),
    Endpoint::api("GET", "/api/certificates/{number}", Guard::Open, "A certificate with everything on file about it", || get(certificate::api::show), Some(answers::<certificate::api::CertificateDetail>)),
    Endpoint::api("GET", "/api/confirmations", Guard::Open, "Confirmations from outside, row by row", || get(confirmation::api::list), Some(answers::<confirmation::api::ConfirmationRows>)).with(confirmation::api::LISTED_BY),
    Endpoint::api("POST", "/api/confirmations", Guard::Bearer, "Take a list of confirmations in", || post(confirmation::api::load), Some(answers::<confirmation::api::ConfirmationsTaken>)),
    Endpoint::api("GET", "/api/findings", Guard::Open, "All findings", || get(finding::api::list), Some(answers::<finding::api::Findings>)).with(finding::api::LISTED_BY),
    Endpoint::api("GET", "/api/findings/{id}", Guard::Open, "A finding with what it rests on", || get(finding::api::show), Some(answers::<finding::api::FindingDetail>)),
    Endpoint::api("GET", "/api/cases", Guard::Open, "All cases", || get(case::api::list), Some(answers::<case::api::Cases>)).with(case::api::LISTED_BY),
    Endpoint::api("GET", "/api/cases/{number}", Guard::Open, "A case with what was said", || get(case::api::show), Some(answers::<case::api::CaseDetail>)),
    Endpoint::api("GET", "/api/statistics/production", Guard::Open, "Declared production by half", || get(statistics::api::production), Some(answers::<statistics::api::Production>)).with(statistics::api::PRODUCTION_BY),
    Endpoint::api("GET", "/api/statistics/cells", Guard::Open, "Annex III cells and certificate counts", || get(statistics::api::cells), Some(answers::<statistics::api::Cells>)).with(statistics::api::CELLS_BY),
    Endpoint::api("GET", "/api/statistics/returns", Guard::Open, "Returns: what is due and what came", || get(statistics::api_returns::returns), Some(answers::<statistics::api_returns::Returns>)).with(statistics::api_returns::RETURNS_BY),
    Endpoint::api("GET", "/api/statistics/reconciliation", Guard::Open, "Both sides of every route, and the parts of each gap", || get(statistics::api_returns::routes), Some(answers::<statistics::api_returns::Routes>)).with(statistics::api_returns::ROUTES_BY),
    Endpoint::api("GET", "/api/log/heads", Guard::Open, "The signed heads of all logs", || get(log::api::heads), Some(answers::<log::api::Heads>)),
    Endpoint::api("GET", "/api/log/{log}/proof/{entry}", Guard::Open, "Proof that an entry is in a log", || get(log::api::proof), Some(answers::<log::api::ProofBody>)),
    Endpoint::page("/api/openapi.json", "the description of the API", || get(docs::openapi::openapi)),
];

/// All endpoints. A function, because what some of them show is this very list.
pub(crate) fn endpoints() -> &'static [Endpoint] {
    ENDPOINTS
}

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
