//! The newest lists of this node and the root keys it goes by, for whoever verifies without it.
//!
//! Both are public. A phone pins the keys once and takes lists only as `specs/lists.md` rule 21 says, whoever hands them over.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use kp_node::lists::ListStore;
use serde::Serialize;

use super::files::{tag_of, unless_known};
use crate::{
    app::{App, Shared},
    problem::Problem,
};

/// The pinned root keys.
#[derive(Serialize)]
pub(crate) struct RootsBody {
    threshold: u32,
    /// Compressed points, hexadecimal.
    keys: Vec<String>,
}

fn store(app: &App) -> Result<ListStore, Problem> {
    let keyring = app.node.keyring().ok_or_else(|| Problem::not_found("verify-no-lists"))?;
    Ok(ListStore::at(&keyring.beside("lists")))
}

pub(crate) async fn roots(State(app): State<Shared>) -> Result<Response, Problem> {
    let roots = app.blocking(|app| store(app)?.roots().map_err(Problem::broke)).await?;
    let Some(roots) = roots else { return Err(Problem::not_found("verify-no-lists")) };
    let keys = roots.public_keys().map(|key| kp_sign::hex(&key.to_bytes())).collect();
    Ok(Json(RootsBody { threshold: roots.threshold, keys }).into_response())
}

/// The bundle as it lies on disk, or the word that the asker's is the same.
pub(crate) async fn bundle(State(app): State<Shared>, asked: HeaderMap) -> Result<Response, Problem> {
    let bytes = app
        .blocking(|app| {
            let file = store(app)?.bundle_file();
            if !file.is_file() {
                return Err(Problem::not_found("verify-no-lists"));
            }
            std::fs::read(file).map_err(|error| Problem::broke(error.into()))
        })
        .await?;
    let tag = tag_of(&bytes);
    let mut response = unless_known(&asked, &tag, bytes);
    let tag = HeaderValue::from_str(&tag).map_err(|error| Problem::broke(error.into()))?;
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vnd.kpcs.lists"));
    Ok(response)
}
