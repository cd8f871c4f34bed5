//! The trail of accounts and the record of looks for programs of auditors: only their own body's rows.

use axum::{Extension, Json, extract::State};
use kp_accounts::{
    looks,
    rights::{Class, Thing},
    trail,
};
use kp_language::Texts;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    account::trail::body_of, app::Shared, asked::Asked, endpoint::Parameter, guard::Visit, paged,
    problem::Problem,
};

/// What was done to accounts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Trail {
    /// The newest first; rows of other bodies are left out.
    steps: Vec<TrailStep>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
    /// The first row that does not follow from the one before it: from there on the trail was altered.
    broken_at: Option<i64>,
}

/// One row.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrailStep {
    /// 1, 2, 3 ...
    number: i64,
    /// When.
    at: String,
    /// Who.
    by: String,
    /// `invited`, `joined`, `signed_in` ...
    what: String,
    /// The officer concerned.
    about: String,
    /// In words, in the language asked for.
    detail: String,
}

/// Who looked at what.
#[derive(Serialize, ToSchema)]
pub(crate) struct Looks {
    /// The newest first; of the own officers, and at the own things.
    looks: Vec<LookLine>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
    /// The first row that does not follow from the one before it.
    broken_at: Option<i64>,
}

/// One look.
#[derive(Serialize, ToSchema)]
pub(crate) struct LookLine {
    /// 1, 2, 3 ...
    number: i64,
    /// When.
    at: String,
    /// Who.
    by: String,
    /// For which body.
    body: String,
    /// What kind of thing.
    what: String,
    /// Which.
    about: String,
    /// Whose.
    whose: Vec<String>,
}

/// Query parameters of both.
pub(crate) const LISTED_BY: &[Parameter] = &[
    Parameter { name: "after", about: "Only rows older than the one of this number.", example: "" },
    Parameter {
        name: "limit",
        about: "How many rows are read, 1 to 500; 200 where nothing is said.",
        example: "200",
    },
];

/// The number before which is read, and how many rows.
fn wanted(asked: &Asked) -> Result<(i64, u32), Problem> {
    asked.only_those(LISTED_BY)?;
    Ok((asked.read::<i64>("after")?.unwrap_or(i64::MAX), paged::limit(asked, 200)?))
}

pub(crate) async fn trail(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Trail>, Problem> {
    let (before, limit) = wanted(&asked)?;
    let texts = Texts::of(visit.language);
    app.read(move |_, tx| {
        let mut read = trail::before(tx, before, limit)?;
        let next = read.last().filter(|step| step.number > 1).map(|step| step.number.to_string());
        read.retain(|step| visit.may_see(Class::Trail, &Thing::of(body_of(&step.about))));
        let steps = read.into_iter().map(|step| TrailStep {
            number: step.number,
            at: step.at.to_string(),
            by: step.by_whom,
            what: step.what,
            about: step.about,
            detail: texts.sentence(&step.detail),
        });
        Ok(Json(Trail { steps: steps.collect(), next, broken_at: trail::first_break(tx)? }))
    })
    .await
}

pub(crate) async fn looks(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Looks>, Problem> {
    let (before, limit) = wanted(&asked)?;
    app.read(move |_, tx| {
        let mut read = looks::before(tx, before, limit)?;
        let next = read.last().filter(|looked| looked.number > 1).map(|looked| looked.number.to_string());
        read.retain(|looked| {
            let mut bodies: Vec<String> = looked.look.owner.split_whitespace().map(str::to_owned).collect();
            bodies.push(looked.look.body.clone());
            visit.may_see(Class::Trail, &Thing { bodies, ..Thing::default() })
        });
        let lines = read.into_iter().map(|looked| LookLine {
            number: looked.number,
            at: looked.at.to_string(),
            by: looked.look.by_whom,
            body: looked.look.body,
            what: looked.look.what,
            about: looked.look.about,
            whose: looked.look.owner.split_whitespace().map(str::to_owned).collect(),
        });
        Ok(Json(Looks { looks: lines.collect(), next, broken_at: looks::first_break(tx)? }))
    })
    .await
}
