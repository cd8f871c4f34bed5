//! A file comes in over a bad link: the core of tus 1.0 with creation and termination (tus.io/protocols/resumable-upload).
//!
//! `POST /uploads` says how long it will be and gets an address; `HEAD` says how much is here; `PATCH` sends what follows;
//! `DELETE` gives up, and `POST` keeps what came whole. Bytes are written as they come, so a link that breaks in the middle of a `PATCH` loses only what was in
//! the air. Only the officer who began goes on. What came whole belongs to nothing until `attach_paper` says so.

use std::pin::Pin;

use axum::{
    Extension, Json,
    body::{Body, HttpBody},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kp_attached::{Store, StoreFault, Upload};

use super::{api::KeptBody, record::store};
use crate::{
    app::Shared,
    frame::Answer,
    guard::Visit,
    problem::{Problem, Said},
};

const VERSION: &str = "1.0.0";
/// Bytes gathered before they are written.
const AT_ONCE: usize = 256 << 10;

pub(crate) async fn begin(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    headers: HeaderMap,
) -> Answer {
    spoken(&headers)?;
    let length = number(&headers, "upload-length")?;
    let owner = owner(&visit)?;
    let now = app.now();
    let upload =
        app.blocking(move |app| store(app)?.begin(&owner, length, now).map_err(Problem::from)).await?;
    let mut response = answer(StatusCode::CREATED, 0);
    let address = HeaderValue::from_str(&format!("/uploads/{}", upload.id));
    response.headers_mut().insert(header::LOCATION, address.map_err(|error| Problem::broke(error.into()))?);
    Ok(response)
}

pub(crate) async fn offset(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Answer {
    let (_, upload) = found(&app, &visit, id).await?;
    let mut response = answer(StatusCode::OK, upload.offset);
    response.headers_mut().insert("upload-length", upload.length.into());
    Ok(response)
}

pub(crate) async fn go_on(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    spoken(&headers)?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind != Some("application/offset+octet-stream") {
        let (title, detail) = ("paper-not-a-part-title", "paper-not-a-part");
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_a_part", title, detail));
    }
    let offset = number(&headers, "upload-offset")?;
    let (store, upload) = found(&app, &visit, id).await?;
    if upload.offset != offset {
        return Err(StoreFault::Elsewhere { here: upload.offset }.into());
    }
    Ok(answer(StatusCode::NO_CONTENT, taken(&app, &store, &upload, body).await?))
}

/// What came whole is looked at and kept, for a program that attaches it by the API.
pub(crate) async fn keep(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Answer {
    let (store, upload) = found(&app, &visit, id).await?;
    let kept = app.blocking(move |_| store.finish(&upload).map_err(Problem::from)).await?;
    Ok(Json(KeptBody::from(kept)).into_response())
}

pub(crate) async fn give_up(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Answer {
    let (store, upload) = found(&app, &visit, id).await?;
    app.blocking(move |_| store.cancel(&upload).map_err(Problem::from)).await?;
    Ok(answer(StatusCode::NO_CONTENT, 0))
}

/// Writes what comes, as it comes. If the link breaks, what was gathered is written too.
async fn taken(app: &Shared, store: &Store, upload: &Upload, mut body: Body) -> Result<u64, Problem> {
    let (mut offset, mut gathered) = (upload.offset, Vec::with_capacity(AT_ONCE));
    loop {
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        let (is_over, broken) = match frame {
            Some(Ok(frame)) => {
                gathered.extend_from_slice(&frame.into_data().unwrap_or_default());
                (false, None)
            }
            Some(Err(error)) => (true, Some(error)),
            None => (true, None),
        };
        if !gathered.is_empty() && (is_over || gathered.len() >= AT_ONCE) {
            offset = added(app, store, upload, offset, std::mem::take(&mut gathered)).await?;
        }
        if let Some(error) = broken {
            let detail = Said::of("problem-form-not-read").with("error", error);
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "link_broken",
                "problem-form-not-read-title",
                detail,
            ));
        }
        if is_over {
            return Ok(offset);
        }
    }
}

/// Adds bytes to what has come, off the threads that listen.
pub(super) async fn added(
    app: &Shared,
    store: &Store,
    upload: &Upload,
    offset: u64,
    bytes: Vec<u8>,
) -> Result<u64, Problem> {
    let (store, upload) = (store.clone(), upload.clone());
    app.blocking(move |_| store.append(&upload, offset, &bytes).map_err(Problem::from)).await
}

async fn found(app: &Shared, visit: &Visit, id: String) -> Result<(Store, Upload), Problem> {
    let owner = owner(visit)?;
    app.blocking(move |app| {
        let store = store(app)?;
        let upload = store.upload(&id, &owner)?;
        Ok((store, upload))
    })
    .await
}

/// Whoever is at the desk.
pub(super) fn owner(visit: &Visit) -> Result<String, Problem> {
    let at_desk = visit.at_desk.as_ref().ok_or_else(Problem::needs_officer)?;
    Ok(at_desk.signer.id.clone())
}

fn answer(status: StatusCode, offset: u64) -> Response {
    let mut response = status.into_response();
    response.headers_mut().insert("tus-resumable", HeaderValue::from_static(VERSION));
    response.headers_mut().insert("upload-offset", offset.into());
    response
}

/// Another version of the protocol is not guessed at.
fn spoken(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get("tus-resumable").is_some_and(|version| version == VERSION) {
        return Ok(());
    }
    let (title, detail) = ("paper-not-a-part-title", "paper-other-version");
    Err(Problem::new(StatusCode::PRECONDITION_FAILED, "tus_version", title, detail))
}

fn number(headers: &HeaderMap, name: &str) -> Result<u64, Problem> {
    let found = headers.get(name).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    found.ok_or_else(|| {
        let detail = Said::of("paper-header-missing").with("name", name);
        Problem::new(StatusCode::BAD_REQUEST, "header_missing", "paper-not-a-part-title", detail)
    })
}

impl From<StoreFault> for Problem {
    fn from(fault: StoreFault) -> Self {
        let said =
            |status, key: &'static str, detail: Said| Self::new(status, key, "paper-not-taken-title", detail);
        match fault {
            StoreFault::TooLarge => {
                said(StatusCode::PAYLOAD_TOO_LARGE, "too_large", Said::of("paper-too-large"))
            }
            StoreFault::TooMany => {
                said(StatusCode::TOO_MANY_REQUESTS, "too_many", Said::of("paper-too-many"))
            }
            StoreFault::NotComing => Self::not_found("paper-not-coming"),
            StoreFault::Elsewhere { here } => {
                said(StatusCode::CONFLICT, "elsewhere", Said::of("paper-elsewhere").with("here", here))
            }
            StoreFault::Unfinished { here, length } => {
                let detail = Said::of("paper-unfinished").with("here", here).with("length", length);
                said(StatusCode::CONFLICT, "unfinished", detail)
            }
            StoreFault::NotTaken(why) => {
                use kp_attached::NotTaken::{CutOff, Empty, OtherSort};
                let key = match why {
                    OtherSort => "paper-other-kind",
                    CutOff => "paper-cut-off",
                    Empty => "paper-empty",
                };
                said(StatusCode::UNPROCESSABLE_ENTITY, "not_taken", Said::of(key))
            }
            StoreFault::Broke(error) => Self::broke(error),
        }
    }
}
