//! The search for programs.

use axum::{Extension, Json, extract::State};
use kp_language::{Language, Texts};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    results::{Asking, Group, Row, results},
    show::LONGEST,
};
use crate::{app::Shared, asked::Asked, endpoint::Parameter, guard::Visit, problem::Problem};

/// What may be meant.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchResults {
    /// By kind; kinds of which nothing was found are left out.
    groups: Vec<GroupBody>,
    /// The page of the very thing, where what was asked for is its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// Whether so many bear these words that some were not looked at: more words find them.
    cut: bool,
}

/// Things of one kind.
#[derive(Serialize, ToSchema)]
#[schema(as = SearchGroup)]
pub(crate) struct GroupBody {
    /// `certificate`, `application`, `case`, `exporter`, `party`, `officer`, `participant` or `authority`.
    kind: &'static str,
    /// The nearest first.
    things: Vec<ThingBody>,
    /// Whether there are more than are shown.
    more: bool,
}

/// One thing found.
#[derive(Serialize, ToSchema)]
#[schema(as = SearchThing)]
pub(crate) struct ThingBody {
    /// Its number or name.
    name: String,
    /// Its page, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// Where it stands, in English.
    status: String,
    /// More about it, in English.
    note: String,
    /// Acts that can be done next.
    next: Vec<&'static str>,
}

/// Query parameters of the search.
pub(crate) const SEARCHED_BY: &[Parameter] = &[Parameter {
    name: "q",
    about: "A number, a seal, a licence, a name or the beginnings of its words; accents and one slip in a word are forgiven.",
    example: "River Stones",
}];

pub(crate) async fn search(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<SearchResults>, Problem> {
    asked.only(&["q"])?;
    let typed: String = asked.text("q").chars().take(LONGEST).collect();
    app.read(move |app, tx| {
        let asking =
            Asking { texts: Texts::of(Language::English), now: app.now(), today: app.today(), visit: &visit };
        let found = results(tx, &asking, &typed)?;
        Ok(Json(SearchResults {
            groups: found.groups.into_iter().map(group).collect(),
            page: found.straight,
            cut: found.is_cut,
        }))
    })
    .await
}

fn group(group: Group) -> GroupBody {
    GroupBody { kind: group.kind, things: group.rows.into_iter().map(thing).collect(), more: group.has_more }
}

fn thing(row: Row) -> ThingBody {
    ThingBody {
        name: row.name,
        page: Some(row.link).filter(|link| !link.is_empty()),
        status: row.status,
        note: row.note,
        next: row.next.into_iter().map(|next| next.act).collect(),
    }
}
