//! A paper is handed out for saving, or its small picture shown. Never the file itself in a page.
//!
//! Whatever a file holds, a browser does nothing with it: it is sent as something to be saved, under its own sort and no other,
//! and under a policy that lets nothing run, load or lead elsewhere. Whoever may see the record may have it; that they did is
//! recorded.

use std::{
    fs::File,
    io::Read,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    Extension,
    body::{Body, Bytes, HttpBody},
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_body::{Frame, SizeHint};
use kp_attached::{BelongsTo, MediaType};

use super::record;
use crate::{app::Shared, frame::Answer, guard::Visit, problem::Problem};

const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
const PART: usize = 64 << 10;

pub(crate) async fn of_certificate(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((number, position)): Path<(String, String)>,
) -> Answer {
    file(app, visit, BelongsTo::Certificate, number, position).await
}

pub(crate) async fn of_case(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((number, position)): Path<(String, String)>,
) -> Answer {
    file(app, visit, BelongsTo::Case, number, position).await
}

pub(crate) async fn small_of_certificate(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((number, position)): Path<(String, String)>,
) -> Answer {
    small(app, visit, BelongsTo::Certificate, number, position).await
}

pub(crate) async fn small_of_case(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((number, position)): Path<(String, String)>,
) -> Answer {
    small(app, visit, BelongsTo::Case, number, position).await
}

async fn file(app: Shared, visit: Visit, of: BelongsTo, typed: String, position: String) -> Answer {
    let (file, length, media_type, name) = app
        .blocking(move |app| {
            let beside = app.node.db().read(|tx| record::of(tx, of, &typed, &visit))?;
            let paper = beside.paper(&position)?;
            visit.saw("paper", format!("{} {position}", beside.record), &beside.bodies);
            let path = record::store(app)?.file(&paper.file_sha256);
            // A statement may have come from another node, and its file not yet.
            let Ok(file) = File::open(path) else { return Err(Problem::not_found("paper-not-here")) };
            let length = file.metadata().map_err(|error| Problem::broke(error.into()))?.len();
            let name = format!("{}-{position}.{}", beside.record, paper.media_type.ending());
            Ok((file, length, paper.media_type, name))
        })
        .await?;
    let mut response = Body::new(Parts { file, left: length }).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type.content_type()));
    headers.insert(header::CONTENT_LENGTH, length.into());
    // Numbers and references hold letters, digits and hyphens; whatever else one held is left out of a file's name.
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')).collect();
    let saved = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    headers.insert(header::CONTENT_DISPOSITION, saved.map_err(|error| Problem::broke(error.into()))?);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    Ok(response)
}

async fn small(app: Shared, visit: Visit, of: BelongsTo, typed: String, position: String) -> Answer {
    let png = app
        .blocking(move |app| {
            let beside = app.node.db().read(|tx| record::of(tx, of, &typed, &visit))?;
            let paper = beside.paper(&position)?;
            painted(app, &paper.file_sha256, paper.media_type)
        })
        .await?;
    let mut response: Response = png.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
    Ok(response)
}

/// The small picture, from the folder where it was painted before.
fn painted(app: &crate::app::App, sha256: &str, media_type: MediaType) -> Result<Vec<u8>, Problem> {
    let store = record::store(app)?;
    let seen = store.seen(sha256, media_type).map_err(Problem::broke)?;
    let seen = seen.ok_or_else(|| Problem::not_found("paper-not-here"))?;
    if !seen.has_small {
        return Err(Problem::not_found("paper-no-small"));
    }
    std::fs::read(store.small(sha256)).map_err(|error| Problem::broke(error.into()))
}

/// A file on its way out, part by part: never the whole of it in memory.
struct Parts {
    file: File,
    left: u64,
}

impl HttpBody for Parts {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        // From the local disk, a part at a time: shorter than it takes to hand the work to another thread.
        let mut part = vec![0; PART];
        Poll::Ready(Some(self.file.read(&mut part).and_then(|read| {
            part.truncate(read);
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            self.left = self.left.saturating_sub(read as u64);
            Ok(Frame::data(part.into()))
        })))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
