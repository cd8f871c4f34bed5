//! A paper is attached: the form with its file, or with a file that came in before over a bad link.
//!
//! Works as a plain form without a script. The act itself is `kp_attached::attach_paper`; this only brings the file to its
//! place first, so that a statement never speaks of a file that is not there.

use std::collections::BTreeMap;

use axum::{
    Extension,
    extract::{Multipart, Path, State, multipart::Field},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use kp_attached::{BelongsTo, Kept, MOST_BYTES, Store, Upload};
use kp_node::act_by_name;
use kp_terms::Fields;

use super::{
    record,
    upload::{added, owner},
};
use crate::{
    act::{perform, typed::Passphrases},
    app::{App, Shared},
    frame::Answer,
    guard::Visit,
    problem::{Problem, Said},
    session::AtDesk,
};

/// The file and what stands around it in a form.
pub(crate) const MOST_OF_FORM: usize = MOST_BYTES as usize + (64 << 10);

pub(crate) async fn to_certificate(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
    form: Multipart,
) -> Answer {
    attach(app, visit, BelongsTo::Certificate, number, form).await
}

pub(crate) async fn to_case(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
    form: Multipart,
) -> Answer {
    attach(app, visit, BelongsTo::Case, number, form).await
}

async fn attach(app: Shared, visit: Visit, of: BelongsTo, typed: String, form: Multipart) -> Answer {
    let at_desk = visit.desk()?;
    let (texts, came) = read(&app, &visit, form).await?;
    let path = app
        .blocking(move |app| {
            let beside = app.node.db().read(|tx| record::of(tx, of, &typed, &visit))?;
            let store = record::store(app)?;
            let upload = match (came, texts.get("upload")) {
                (Some(upload), _) => upload,
                (None, Some(id)) => store.upload(id, &at_desk.signer.id)?,
                (None, None) => {
                    return Err(Problem::from(kp_attached::StoreFault::NotTaken(
                        kp_attached::NotTaken::Empty,
                    )));
                }
            };
            let kept = store.finish(&upload)?;
            let (sha256, media_type) = (kept.sha256.clone(), kept.media_type);
            said(app, &at_desk, of, &beside.record, &texts, kept)?;
            // Whoever attaches waits for the look at it, and not whoever opens the record next.
            record::seen(app, &sha256, media_type);
            Ok(beside.path())
        })
        .await?;
    Ok(Redirect::to(&format!("{path}#attached")).into_response())
}

/// The act, with what is known of the file filled in.
fn said(
    app: &App,
    at_desk: &AtDesk,
    of: BelongsTo,
    record: &str,
    texts: &BTreeMap<String, String>,
    kept: Kept,
) -> Result<(), Problem> {
    let Some(act) = act_by_name("attach_paper") else { return Err(Problem::not_found("paper-none")) };
    let typed = |name: &str| texts.get(name).cloned().unwrap_or_default();
    let fields: Fields = [
        ("belongs_to", of.word().to_owned()),
        ("record", record.to_owned()),
        ("paper_sort", typed("paper_sort")),
        ("paper_words", typed("paper_words")),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), vec![text]))
    .chain(kept.into_fields())
    .collect();
    perform::done(app, at_desk, act, &fields, &Passphrases::default()).map(|_| ())
}

/// The form's texts and the file that came with it. The token stands before everything else, so that nothing is written for a
/// page elsewhere.
async fn read(
    app: &Shared,
    visit: &Visit,
    mut form: Multipart,
) -> Result<(BTreeMap<String, String>, Option<Upload>), Problem> {
    let (mut texts, mut came) = (BTreeMap::new(), None);
    while let Some(field) = form.next_field().await.map_err(|error| unread(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let token = texts.get("token").map_or("", String::as_str);
        if name != "token" && !app.tokens.is_form_token(&visit.cookie, token) {
            let (title, detail) = ("problem-form-token-title", "problem-form-token");
            return Err(Problem::new(StatusCode::FORBIDDEN, "form_token", title, detail));
        }
        if name == "file" {
            came = file(app, visit, field).await?;
        } else {
            let text = field.text().await.map_err(|error| unread(&error))?;
            texts.insert(name, text.trim().to_owned());
        }
    }
    Ok((texts, came))
}

/// Writes a file of the form as it comes; nothing where none was chosen.
async fn file(app: &Shared, visit: &Visit, mut field: Field<'_>) -> Result<Option<Upload>, Problem> {
    let mut coming: Option<(Store, Upload)> = None;
    loop {
        let part = match field.chunk().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(error) => {
                // A form cannot be gone on with: what came of it is of no use.
                if let Some((store, upload)) = coming {
                    app.blocking(move |_| store.cancel(&upload).map_err(Problem::from)).await?;
                }
                return Err(unread(&error));
            }
        };
        let (store, upload) = match coming.take() {
            Some(coming) => coming,
            None => begun(app, visit).await?,
        };
        let offset = added(app, &store, &upload, upload.offset, part.to_vec()).await?;
        coming = Some((store, Upload { offset, ..upload }));
    }
    // How long it is, is known only now.
    Ok(coming.map(|(_, upload)| Upload { length: upload.offset, ..upload }))
}

async fn begun(app: &Shared, visit: &Visit) -> Result<(Store, Upload), Problem> {
    let (owner, now) = (owner(visit)?, app.now());
    app.blocking(move |app| {
        let store = record::store(app)?;
        let upload = store.begin(&owner, MOST_BYTES, now)?;
        Ok((store, upload))
    })
    .await
}

fn unread(error: &axum::extract::multipart::MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return kp_attached::StoreFault::TooLarge.into();
    }
    let detail = Said::of("problem-form-not-read").with("error", error);
    Problem::new(StatusCode::BAD_REQUEST, "form_not_read", "problem-form-not-read-title", detail)
}
