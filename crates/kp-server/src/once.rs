//! Asking twice and doing once: every call that changes something may carry an `Idempotency-Key`.
//!
//! Acts keep their answer in their own transaction (`act::api`); every other call passes here. What is refused is not kept:
//! it is looked at anew. Secrets that are shown once are not kept either: who asks again gets the answer without them.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kp_accounts::answers::{Known, Named};
use sha2::{Digest, Sha256};

use crate::{app::Shared, guard::MOST_BYTES, problem::Problem, visit::Visit};

pub(crate) const HEADER: &str = "idempotency-key";
/// Longest name. Ours: a UUID three times over.
pub(crate) const LONGEST: usize = 100;

/// An answer's JSON as it may be kept, where that is not the answer itself: without what is shown once.
#[derive(Clone)]
pub(crate) struct KeptAs(pub(crate) String);

/// The name that a program gave its request; none where it gave none.
pub(crate) fn named(
    headers: &HeaderMap,
    officer_id: &str,
    request: &[&[u8]],
) -> Result<Option<Named>, Problem> {
    let Some(sent) = headers.get(HEADER) else { return Ok(None) };
    let name = sent.to_str().unwrap_or_default();
    let is_plain = name.bytes().all(|byte| byte.is_ascii_graphic());
    if name.is_empty() || name.len() > LONGEST || !is_plain {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "idempotency_key_not_read",
            "problem-idempotency-key-not-read-title",
            "problem-idempotency-key-not-read",
        ));
    }
    let request = hash_of(request.iter().copied());
    Ok(Some(Named { officer_id: officer_id.to_owned(), name: name.to_owned(), request }))
}

/// SHA-256 of what is asked, part by part: the same bytes cut otherwise are another request.
pub(crate) fn hash_of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The answer that is known already; none where the request is new.
pub(crate) fn answered(known: Known) -> Result<Option<Response>, Problem> {
    let problem = |status, key, title, detail: &'static str| Err(Problem::new(status, key, title, detail));
    match known {
        Known::New => Ok(None),
        Known::Answered { status, answer } => Ok(Some(kept(status, answer))),
        Known::Begun => problem(
            StatusCode::CONFLICT,
            "idempotency_key_begun",
            "problem-idempotency-key-begun-title",
            "problem-idempotency-key-begun",
        ),
        Known::Other => problem(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency_key_reused",
            "problem-idempotency-key-reused-title",
            "problem-idempotency-key-reused",
        ),
    }
}

fn kept(status: u16, answer: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer).into_response();
    if status == StatusCode::NO_CONTENT {
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
    } else {
        let kind = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    // So that a program can tell, and a person who reads its log.
    let replayed = HeaderName::from_static("idempotency-replayed");
    response.headers_mut().insert(replayed, HeaderValue::from_static("true"));
    response
}

/// Stands before every call that changes something and is no act.
pub(crate) async fn once(State(app): State<Shared>, request: Request, next: Next) -> Response {
    match passed(app, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn passed(app: Shared, request: Request, next: Next) -> Result<Response, Problem> {
    let officer = request.extensions().get::<Visit>().and_then(|visit| visit.viewer.officer()).cloned();
    let (Some(officer), true) = (officer, request.headers().contains_key(HEADER)) else {
        return Ok(next.run(request).await);
    };
    let (parts, body) = request.into_parts();
    let body =
        to_bytes(body, MOST_BYTES).await.map_err(|_| Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE))?;
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let asked: [&[u8]; 3] = [parts.method.as_str().as_bytes(), path.as_bytes(), &body];
    let Some(named) = named(&parts.headers, &officer.id, &asked)? else {
        return Ok(next.run(Request::from_parts(parts, Body::from(body))).await);
    };
    let begun = named.clone();
    let known =
        app.blocking(move |app| Ok(app.node.db().write("take a name", |tx| begun.begin(tx, app.now()))?));
    if let Some(response) = answered(known.await?)? {
        return Ok(response);
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    keep(&app, named, response).await
}

async fn keep(app: &Shared, named: Named, response: Response) -> Result<Response, Problem> {
    if !response.status().is_success() {
        app.blocking(move |app| Ok(app.node.db().write("free a name", |tx| named.refused(tx))?)).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes: Bytes = to_bytes(body, usize::MAX)
        .await
        .map_err(|error| Problem::broke(anyhow::Error::new(error).context("reading an answer to be kept")))?;
    let answer = match parts.extensions.get::<KeptAs>() {
        Some(KeptAs(answer)) => answer.clone(),
        None => String::from_utf8_lossy(&bytes).into_owned(),
    };
    let status = parts.status.as_u16();
    app.blocking(move |app| {
        Ok(app.node.db().write("keep an answer", |tx| named.answered(tx, status, &answer))?)
    })
    .await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}
