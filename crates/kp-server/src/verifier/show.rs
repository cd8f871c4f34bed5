//! The verifier that a phone keeps: one page that judges by itself, in the browser, with no network (rulings 22, 26).
//!
//! Closes L21 and L22 where there is no connection. The page is the same for everybody and says nothing of whoever asks for
//! it; what is verified on it never leaves the device and is not kept there. It decides nothing: its judge is a second
//! writing of `kp-verify`, held against it vector by vector (`tests/it/verifier.rs`).

use askama::Template;
use axum::{
    Extension,
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use kp_verify::{Language, Speaker};

use super::files;
use crate::{app::Shared, frame::Answer, guard::Visit, problem::Problem, style};

/// As for every page, and a manifest, pictures that the page itself makes, and no form that goes anywhere.
const CONTENT_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' blob: data:; script-src 'self'; connect-src 'self'; \
     manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'none'",
);

#[derive(Template)]
#[template(path = "verifier/show.html")]
struct VerifierPage {
    language: Language,
    speaker: Speaker,
    style: &'static str,
    /// Names of scripts that are fetched with the page.
    at_once: Vec<&'static str>,
}

impl VerifierPage {
    fn say(&self, key: &str) -> String {
        self.speaker.label(key)
    }

    fn is_spoken(&self, language: &Language) -> bool {
        *language == self.language
    }
}

pub(crate) async fn show(State(_): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    let language = visit.language;
    let at_once = files::at_once().collect();
    let page =
        VerifierPage { language, speaker: Speaker::new(language), style: style::verifier_path(), at_once };
    let html = page.render().map_err(|error| Problem::broke(error.into()))?;
    Ok(under_policy(Html(html)))
}

fn under_policy(page: impl IntoResponse) -> Response {
    let mut response = page.into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    response
}
