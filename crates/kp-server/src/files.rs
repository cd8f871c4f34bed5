//! Forms that bring files: read once, held to the same checks as every form, before a handler sees anything of them.
//!
//! security: our own page, our token, then the table of rights. A file is bytes with the name its sender gave it; that name
//! is never a path here. Works without JavaScript: a file field also takes what is dragged onto it.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    app::Shared,
    guard::{Typed, Visit, is_from_us},
    problem::{FieldSaid, Problem, Said},
    verifying::show::unread,
};

/// Most bytes of one form: the largest return, and what stands around it.
pub(crate) const MOST_BYTES: usize = kp_statistics::sandbox::LARGEST + (64 << 10);

/// A file that a checked form brought along.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The files of a checked form, in the order in which they stood there; fields left empty are none.
#[derive(Clone)]
pub(crate) struct Brought(pub(crate) Arc<Vec<File>>);

/// A file's bytes as a program sends them: as text, or in base64.
///
/// # Errors
/// A problem of the field: both or neither given, or what is no base64.
pub(crate) fn sent(text: Option<String>, base64: Option<String>) -> Result<Vec<u8>, Problem> {
    let problem = |field: &str, said: Said| Err(Problem::fields(vec![FieldSaid::new(field, said)]));
    match (text, base64) {
        (Some(text), None) => Ok(text.into_bytes()),
        (None, Some(coded)) => STANDARD
            .decode(&coded)
            .or_else(|error| problem("base64", Said::of("problem-not-base64").with("error", error))),
        _ => problem("text", Said::of("problem-text-or-base64")),
    }
}

/// Lets a form with files through that comes from a page of ours and carries our token.
pub(crate) async fn checked(State(app): State<Shared>, request: Request, next: Next) -> Response {
    match read(&app, request).await {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

async fn read(app: &Shared, request: Request) -> Result<Request, Problem> {
    let (mut parts, body) = request.into_parts();
    let refused = |key, title, detail| Problem::new(StatusCode::FORBIDDEN, key, title, detail);
    if !is_from_us(app, &parts.headers) {
        return Err(refused("foreign_page", "problem-foreign-page-title", "problem-foreign-page"));
    }
    let sent = Request::from_parts(parts.clone(), body);
    let mut form =
        Multipart::from_request(sent, &()).await.map_err(|unread| Problem::of_status(unread.status()))?;
    let (mut typed, mut files) = (Vec::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|error| unread(&error))?;
        match file {
            Some(_) if bytes.is_empty() => {}
            Some(file) => files.push(File { name: last_part(&file), bytes: bytes.to_vec() }),
            None => typed.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    let typed = Typed(typed);
    let cookie = parts.extensions.get::<Visit>().map(|v| v.cookie.clone()).unwrap_or_default();
    if !app.tokens.is_form_token(&cookie, typed.first("token")) {
        return Err(refused("form_token", "problem-form-token-title", "problem-form-token"));
    }
    parts.extensions.insert(typed);
    parts.extensions.insert(Brought(Arc::new(files)));
    Ok(Request::from_parts(parts, Body::empty()))
}

/// Some browsers send the whole path, which nobody here is to know.
fn last_part(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(120).collect()
}
