//! What changed, in order, for a program that keeps up: every statement that came to this node after a place, as far as
//! whoever asks may see it.
//!
//! The place is the order of arrival, given under the writer's lock, so a smaller one never comes after a greater: a cursor
//! skips nothing. What may not be seen is passed over, and the cursor passes over it too.

use axum::{Extension, Json, extract::State};
use kp_accounts::shown::shown_to;
use kp_db::Tx;
use kp_log::Entry;
use kp_terms::CertificateNumber;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    endpoint::Parameter,
    guard::Visit,
    paged,
    problem::{FieldSaid, Problem, Said},
};

/// Most entries looked at for one answer, so that one who sees little does not keep the node busy.
const MOST_LOOKED_AT: u32 = 2_000;

/// What changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Changes {
    /// In the order in which they came.
    changes: Vec<ChangeBody>,
    /// Ask on with this as `after`; keep it beside what was done about the changes.
    next: u64,
    /// Whether there is more already: then ask on at once, else after a while.
    more: bool,
}

/// One statement that came.
#[derive(Serialize, ToSchema)]
#[schema(as = Change)]
pub(crate) struct ChangeBody {
    /// Order of arrival at this node.
    position: u64,
    /// Kind of the statement: `certificate_issued`.
    kind: String,
    /// What it is about: a number, an application, a case; may be empty.
    subject: String,
    /// The call that shows what it is about, where there is one.
    about: Option<String>,
    /// The officer who signed, or the node.
    by: String,
    /// When it was signed.
    at: String,
    /// Which log it stands in.
    log_id: String,
    /// Its place there.
    entry_number: u64,
}

/// Query parameters of the feed.
pub(crate) const LISTED_BY: &[Parameter] = &[
    Parameter {
        name: "after",
        about: "Only what came after this place; 0 from the beginning.",
        example: "0",
    },
    Parameter { name: "limit", about: "How many, 1 to 500; 100 where nothing is said.", example: "100" },
];

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Changes>, Problem> {
    asked.only_those(LISTED_BY)?;
    let limit = paged::limit(&asked, 100)? as usize;
    let after = asked.read::<u64>("after")?.unwrap_or(0);
    app.read(move |app, tx| {
        let end = kp_log::last_position(tx)?;
        if after > end {
            // Another node's place, or this node was put back to an older state: going on would skip in silence.
            let said = Said::of("input-after-the-end").with("typed", after).with("end", end);
            return Err(Problem::fields(vec![FieldSaid::new("after", said)]));
        }
        let (mut changes, mut next, mut bodies) = (Vec::new(), after, Vec::new());
        for entry in kp_log::entries_after(tx, after, MOST_LOOKED_AT)? {
            if changes.len() == limit {
                break;
            }
            next = entry.position;
            let by = kp_registry::officer_of_key(tx, &entry.key_id.to_string())?;
            let by = by.unwrap_or_else(|| app.node.keys().signer.id.clone());
            if let Some(whose) = shown_to(tx, &visit.viewer, &entry, &by)? {
                bodies.extend(whose);
                changes.push(change(tx, entry, by)?);
            }
        }
        if let (Some(first), Some(last)) = (changes.first(), changes.last()) {
            visit.saw("changes", format!("{} to {}", first.position, last.position), &bodies);
        }
        Ok(Json(Changes { changes, next, more: next < end }))
    })
    .await
}

fn change(tx: &mut Tx<'_>, entry: Entry, by: String) -> anyhow::Result<ChangeBody> {
    Ok(ChangeBody {
        about: about(tx, &entry)?,
        position: entry.position,
        kind: entry.kind,
        subject: entry.subject,
        by,
        at: entry.at.to_string(),
        log_id: entry.log_id,
        entry_number: entry.entry_number,
    })
}

fn about(tx: &mut Tx<'_>, entry: &Entry) -> anyhow::Result<Option<String>> {
    let subject = entry.subject.as_str();
    if let Ok(number) = subject.parse::<CertificateNumber>()
        && kp_trade::certificate_by_number(tx, &number)?.is_some()
    {
        return Ok(Some(format!("/api/certificates/{number}")));
    }
    if kp_cases::case_by_number(tx, subject)?.is_some() {
        return Ok(Some(format!("/api/cases/{subject}")));
    }
    if let Ok(code) = subject.parse()
        && kp_registry::participant_by_code(tx, code)?.is_some()
    {
        return Ok(Some(format!("/api/participants/{code}")));
    }
    Ok(None)
}
