//! The files of the verifier: scripts, texts, manifest and worker, all part of the program.
//!
//! The worker's text names every file and a version made of all of them, so that a phone fetches all anew when one changed.
//! `vendor/` holds the QR reader `qr` 0.7.0 as it is published (`docs/decisions/0006-dependencies.md`).

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kp_verify::Language;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::texts::texts;
use crate::{problem::Problem, style};

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Name, content, type.
const FILES: &[(&str, &str, &str)] = &[
    ("base45.js", include_str!("script/base45.js"), SCRIPT),
    ("bytes.js", include_str!("script/bytes.js"), SCRIPT),
    ("cbor.js", include_str!("script/cbor.js"), SCRIPT),
    ("certificate.js", include_str!("script/certificate.js"), SCRIPT),
    ("decode.js", include_str!("script/vendor/decode.js"), SCRIPT),
    ("icon.svg", include_str!("script/icon.svg"), "image/svg+xml"),
    ("index.js", include_str!("script/vendor/index.js"), SCRIPT),
    ("judge.js", include_str!("script/judge.js"), SCRIPT),
    ("lists.js", include_str!("script/lists.js"), SCRIPT),
    ("p256.js", include_str!("script/p256.js"), SCRIPT),
    ("page.js", include_str!("script/page.js"), SCRIPT),
    ("say.js", include_str!("script/say.js"), SCRIPT),
    ("store.js", include_str!("script/store.js"), SCRIPT),
    ("symbols.js", include_str!("script/symbols.js"), SCRIPT),
    ("terms.js", include_str!("script/terms.js"), SCRIPT),
    ("texts.js", include_str!("script/texts.js"), SCRIPT),
];

/// What the worker does, after the line that says what it keeps.
const WORKER: &str = include_str!("script/worker.js");

/// All files by name: those above and those that are made.
static ALL: LazyLock<BTreeMap<&'static str, (String, &'static str)>> = LazyLock::new(|| {
    let mut all: BTreeMap<_, _> =
        FILES.iter().map(|(name, text, kind)| (*name, ((*text).to_owned(), *kind))).collect();
    all.insert("texts.json", (texts().to_string(), "application/json"));
    all.insert("manifest.webmanifest", (manifest().to_string(), "application/manifest+json"));
    let worker = format!("const KEPT = {};\n{WORKER}", kept(&all));
    all.insert("worker.js", (worker, SCRIPT));
    all
});

/// What the worker keeps, and a name for just these contents. The page itself is a part of it.
fn kept(all: &BTreeMap<&'static str, (String, &'static str)>) -> Value {
    let mut hash = Sha256::new();
    hash.update(include_str!("show.html"));
    hash.update(style::path());
    all.iter().for_each(|(name, (text, _))| {
        hash.update(name);
        hash.update(text);
    });
    let version: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let mut files: Vec<String> = all.keys().map(|name| format!("/verifier/{name}")).collect();
    files.extend(["/verifier".to_owned(), style::path().to_owned()]);
    json!({ "version": version, "files": files })
}

fn manifest() -> Value {
    let say = |key: &str| kp_language::Texts::of(Language::English).text(key);
    json!({
        "id": "/verifier",
        "name": say("offline-title"),
        "short_name": "kpcs",
        "start_url": "/verifier",
        "scope": "/verifier",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#16324a",
        "icons": [{ "src": "/verifier/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" }],
    })
}

pub(crate) async fn show(Path(name): Path<String>) -> Result<Response, Problem> {
    let Some((text, kind)) = ALL.get(name.as_str()) else {
        return Err(Problem::not_found("problem-no-sheet"));
    };
    let mut response = text.as_str().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // Asked for anew each time: the worker keeps them, and knows by its own text when they changed.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if name == "worker.js" {
        let allowed = header::HeaderName::from_static("service-worker-allowed");
        headers.insert(allowed, HeaderValue::from_static("/verifier"));
    }
    Ok(response)
}
