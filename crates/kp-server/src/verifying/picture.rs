//! The picture of a form of paper, as it came with the lists: shown beside a verdict, so that the sheet in hand is compared.
//!
//! Only what lies under its own hash among the lists; it was checked to be a picture when it was taken in.

use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use kp_node::lists::ListStore;

use crate::{app::Shared, frame::Answer, problem::Problem};

/// First bytes of a PNG.
const PNG: &[u8] = b"\x89PNG";

pub(crate) async fn show(State(app): State<Shared>, Path(hash): Path<String>) -> Answer {
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let picture = app
        .blocking(move |app| {
            let keyring = app.node.keyring().filter(|_| is_hash);
            let file = keyring.map(|keyring| ListStore::at(&keyring.beside("lists")).picture(&hash));
            match file.filter(|file| file.is_file()) {
                Some(file) => std::fs::read(file).map_err(|error| Problem::broke(error.into())),
                None => Err(Problem::not_found("verify-no-picture")),
            }
        })
        .await?;
    let kind = if picture.starts_with(PNG) { "image/png" } else { "image/jpeg" };
    Ok(([(header::CONTENT_TYPE, kind)], picture).into_response())
}
