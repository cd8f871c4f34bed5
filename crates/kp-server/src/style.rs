//! The style sheet and the scripts: their names carry their content's hash, so that browsers may keep them for good.

use std::sync::LazyLock;

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use crate::{app::Shared, problem::Problem};

/// What every page has, after the rules that are shared with the report.
const CORE: &str = include_str!("core.css");
/// The rules of single pages.
const PAGES: &str = include_str!("style.css");
/// The verifier's own. A phone gets it without all that desks need.
const VERIFIER: &str = include_str!("verifier/style.css");

/// Locks a desk that is left alone. Pages work without it.
const SCRIPT: &str = include_str!("desk.js");
/// Takes scans at the gate while the one before is being read. The page works without it.
const GATE: &str = include_str!("gate.js");
/// Asks authenticators. Without it there are codes.
const PASSKEY: &str = include_str!("passkey.js");
/// Sends papers in parts over a bad link. Their form works without it.
const ATTACH: &str = include_str!("paper/attach.js");

/// A path that carries the hash of its text, and the text.
type Named = LazyLock<(String, String)>;

static SHEET: Named = LazyLock::new(|| named("style", "css", [kp_report::STYLE, CORE, PAGES].concat()));
static VERIFIER_SHEET: Named =
    LazyLock::new(|| named("style", "css", [kp_report::CORE_STYLE, CORE, VERIFIER].concat()));
static DESK: Named = LazyLock::new(|| named("script", "js", SCRIPT.to_owned()));
static AT_GATE: Named = LazyLock::new(|| named("script", "js", GATE.to_owned()));
static PASSKEYS: Named = LazyLock::new(|| named("script", "js", PASSKEY.to_owned()));
static PAPERS: Named = LazyLock::new(|| named("script", "js", ATTACH.to_owned()));

fn named(folder: &str, ending: &str, text: String) -> (String, String) {
    let hash = Sha256::digest(text.as_bytes());
    let name: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    (format!("/{folder}/{name}.{ending}"), text)
}

/// Where the sheet is.
pub(crate) fn path() -> &'static str {
    &SHEET.0
}

/// Where the verifier's sheet is.
pub(crate) fn verifier_path() -> &'static str {
    &VERIFIER_SHEET.0
}

/// Where the script is.
pub(crate) fn script_path() -> &'static str {
    &DESK.0
}

/// Where the script is that sends papers.
pub(crate) fn attach_path() -> &'static str {
    &PAPERS.0
}

/// Where the gate's script is.
pub(crate) fn gate_path() -> &'static str {
    &AT_GATE.0
}

/// Where the script for passkeys is.
pub(crate) fn passkey_path() -> &'static str {
    &PASSKEYS.0
}

pub(crate) async fn style(Path(file): Path<String>) -> Result<Response, Problem> {
    let asked = format!("/style/{file}");
    let found: &'static (String, String) = if VERIFIER_SHEET.0 == asked { &VERIFIER_SHEET } else { &SHEET };
    kept(found, &asked, "text/css; charset=utf-8")
}

pub(crate) async fn script(Path(file): Path<String>) -> Result<Response, Problem> {
    let asked = format!("/script/{file}");
    let scripts: [&'static (String, String); 3] = [&AT_GATE, &PASSKEYS, &PAPERS];
    let found = scripts.into_iter().find(|script| script.0 == asked).unwrap_or(&DESK);
    kept(found, &asked, "text/javascript; charset=utf-8")
}

/// The root that an office's machines install, where this node made its own.
pub(crate) async fn root(State(app): State<Shared>) -> Result<Response, Problem> {
    let Some(root) = &app.door.root else {
        return Err(Problem::not_found("problem-no-own-authority"));
    };
    let mut response = root.clone().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-pem-file"));
    let name = HeaderValue::from_static("attachment; filename=\"kpcs-root.pem\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

fn kept(
    (path, text): &'static (String, String),
    asked: &str,
    kind: &'static str,
) -> Result<Response, Problem> {
    if path != asked {
        return Err(Problem::not_found("problem-no-sheet"));
    }
    let mut response = text.as_str().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}
