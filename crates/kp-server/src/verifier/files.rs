//! The files of the verifier: scripts, texts, manifest and worker, all part of the program.
//!
//! The worker's text names every file and a version made of all of them, so that a phone fetches all anew when one changed.
//! A first view takes only what judges, in one language: the reader of symbols and the other languages come when they are
//! asked for, or with the worker once the page can be used.
//! `vendor/` holds the QR reader `qr` 0.7.0 as it is published (`docs/decisions/0006-dependencies.md`).

use std::{collections::BTreeMap, sync::LazyLock};

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kp_verify::Language;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::texts::texts;
use crate::{problem::Problem, style};

/// What may be done under a file that is part of the page: nothing. Also short, because each of them carries it.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'");

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Name, content, type.
const FILES: &[(&str, &str, &str)] = &[
    ("base45.js", include_str!("script/base45.js"), SCRIPT),
    ("bytes.js", include_str!("script/bytes.js"), SCRIPT),
    ("camera.js", include_str!("script/camera.js"), SCRIPT),
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

/// Modules that only a camera or a photograph needs.
const ON_DEMAND: [&str; 4] = ["camera.js", "decode.js", "index.js", "symbols.js"];

/// Modules without which nothing is judged. The page names them all, so that they come at once and not each when the one
/// before it has been read: on a slow line every round trip counts.
pub(crate) fn at_once() -> impl Iterator<Item = &'static str> {
    let names = FILES.iter().filter(|(_, _, kind)| *kind == SCRIPT).map(|(name, _, _)| *name);
    names.filter(|name| !ON_DEMAND.contains(name))
}

/// What the worker does, after the line that says what it keeps.
const WORKER: &str = include_str!("script/worker.js");

/// All files by name: those above and those that are made.
static ALL: LazyLock<BTreeMap<String, File>> = LazyLock::new(|| {
    let of = |text: String, kind: &'static str| File { tag: tag_of(text.as_bytes()), text, kind };
    let mut all: BTreeMap<String, File> =
        FILES.iter().map(|(name, text, kind)| ((*name).to_owned(), of((*text).to_owned(), kind))).collect();
    for language in Language::ALL {
        let name = format!("texts.{}.json", language.code());
        all.insert(name, of(texts(language).to_string(), "application/json"));
    }
    let manifest = of(manifest().to_string(), "application/manifest+json");
    all.insert("manifest.webmanifest".to_owned(), manifest);
    let worker = format!("const KEPT = {};\n{WORKER}", kept(&all));
    all.insert("worker.js".to_owned(), of(worker, SCRIPT));
    all
});

struct File {
    text: String,
    kind: &'static str,
    /// Its content in short: whoever has it already is told so in a few bytes.
    tag: String,
}

/// What the worker keeps, and a name for just these contents. The page itself is a part of it.
fn kept(all: &BTreeMap<String, File>) -> Value {
    let mut hash = Sha256::new();
    hash.update(include_str!("show.html"));
    hash.update(style::verifier_path());
    all.iter().for_each(|(name, file)| {
        hash.update(name);
        hash.update(&file.text);
    });
    let version: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let mut files: Vec<String> = all.keys().map(|name| format!("/verifier/{name}")).collect();
    files.extend(["/verifier".to_owned(), style::verifier_path().to_owned()]);
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

pub(crate) async fn show(Path(name): Path<String>, asked: HeaderMap) -> Result<Response, Problem> {
    let Some(file) = ALL.get(&name) else {
        return Err(Problem::not_found("problem-no-sheet"));
    };
    let mut response = unless_known(&asked, &file.tag, file.text.as_str());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(
        header::ETAG,
        HeaderValue::from_str(&file.tag).map_err(|error| Problem::broke(error.into()))?,
    );
    // Asked for anew each time: the worker keeps them, and knows by its own text when they changed.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // The worker fetches, so it stays under the policy that all pages have.
    if name != "worker.js" {
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    } else {
        let allowed = header::HeaderName::from_static("service-worker-allowed");
        headers.insert(allowed, HeaderValue::from_static("/verifier"));
    }
    Ok(response)
}

/// The mark of a content.
pub(super) fn tag_of(bytes: &[u8]) -> String {
    format!("\"{}\"", kp_sign::hex(&kp_sign::sha256(bytes)))
}

/// The content, or the word that the asker's is the same.
pub(super) fn unless_known(asked: &HeaderMap, tag: &str, content: impl IntoResponse) -> Response {
    // A weak mark is the same to us: what is compressed on the way is the same content.
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| known.trim_start_matches("W/") == tag);
    if is_known { StatusCode::NOT_MODIFIED.into_response() } else { content.into_response() }
}
