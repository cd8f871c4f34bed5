//! The style sheet: one file, its name carries its content's hash, so that browsers may keep it for good.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// The pages' own rules, after those the charts share with the report.
const PAGES: &str = include_str!("style.css");

static SHEET: LazyLock<(String, String)> = LazyLock::new(|| {
    let text = [kp_report::STYLE, PAGES].concat();
    let hash = Sha256::digest(text.as_bytes());
    let name: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    (format!("/style/{name}.css"), text)
});

/// Where the sheet is.
pub(crate) fn path() -> &'static str {
    &SHEET.0
}

pub(crate) async fn style(Path(file): Path<String>) -> Result<Response, Problem> {
    let (path, text) = &*SHEET;
    if *path != format!("/style/{file}") {
        return Err(Problem::not_found("problem-no-sheet"));
    }
    let mut response = text.as_str().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}
