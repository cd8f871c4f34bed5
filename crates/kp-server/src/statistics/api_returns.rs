//! Returns and reconciliation for programs.

use axum::{Extension, Json, extract::State};
use kp_accounts::rights::Class;
use kp_statistics::{
    calendar::{ReturnStep, calendar},
    reconcile::{reconcile, usd},
};
use kp_terms::{Carats, ParticipantCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    endpoint::{AFTER, LIMIT, Parameter},
    guard::Visit,
    paged::Wanted,
    problem::Problem,
    statistics::{reconciliation::of_route, show::KnownOn},
};

/// What is due, and what came.
#[derive(Serialize, ToSchema)]
pub(crate) struct Returns {
    /// The day it is looked at from.
    as_of: String,
    /// By participant, table and period.
    returns: Vec<ReturnBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// One return that is or will be due.
#[derive(Serialize, ToSchema)]
#[schema(as = ReturnDue)]
pub(crate) struct ReturnBody {
    /// Who owes it.
    participant: String,
    /// Which table of Annex III.
    table: String,
    /// For which period.
    period: String,
    /// Last day on which it is in time.
    due_on: String,
    /// `open`, `missing`, `late` or `in time`.
    state: &'static str,
    /// The day on which the first version came.
    came_on: Option<String>,
    /// Days late so far.
    days_late: i64,
    /// Whether it is an explicit nil return.
    nil: bool,
    /// How often it was declared.
    versions: u32,
    /// How far its absence has come: `reminded`, `overdue`, `reported_to_chair`, `named`.
    step: Option<&'static str>,
}

/// Both sides of every route.
#[derive(Serialize, ToSchema)]
pub(crate) struct Routes {
    /// The day it is looked at from.
    as_of: String,
    /// By exporter, importer, quarter and, where asked, class.
    routes: Vec<RouteBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// A route in a quarter.
#[derive(Serialize, ToSchema)]
#[schema(as = Route)]
pub(crate) struct RouteBody {
    /// Who sends.
    exporter: String,
    /// Who receives.
    importer: String,
    /// The quarter.
    quarter: String,
    /// The class, where asked.
    hs: Option<String>,
    /// Carats that left.
    carats_left: String,
    /// Carats that arrived.
    carats_arrived: String,
    /// Carats that no harmless reason explains.
    carats_unexplained: String,
    /// The parts of the gap; they add up to it.
    parts: Vec<PartBody>,
}

/// One part of a gap.
#[derive(Serialize, ToSchema)]
#[schema(as = PartOfGap)]
pub(crate) struct PartBody {
    /// `matched`, `within_tolerance`, `class`, `value`, `weight`, `timing`, `under_way`, `missing_at_destination`,
    /// `missing_at_origin` or `used_twice`.
    part: &'static str,
    /// Carats arrived less left.
    carats: String,
    /// US$ arrived less left.
    value_usd: String,
    /// The certificates behind it.
    numbers: Vec<String>,
}

/// Query parameters of returns.
pub(crate) const RETURNS_BY: &[Parameter] = &[
    Parameter { name: "participant", about: "Only this participant.", example: "XA" },
    Parameter { name: "as_of", about: "As it was known at the end of this day, UTC.", example: "2026-02-03" },
    AFTER,
    LIMIT,
];

/// Query parameters of the reconciliation.
pub(crate) const ROUTES_BY: &[Parameter] = &[
    Parameter { name: "by", about: "`class` splits by customs class too.", example: "class" },
    Parameter { name: "as_of", about: "As it was known at the end of this day, UTC.", example: "2026-02-03" },
    AFTER,
    LIMIT,
];

pub(crate) async fn returns(State(app): State<Shared>, asked: Asked) -> Result<Json<Returns>, Problem> {
    asked.only_those(RETURNS_BY)?;
    let wanted = Wanted::of(&asked)?;
    let participant: Option<ParticipantCode> = asked.read("participant")?;
    let day = KnownOn::of(&asked, app.today())?.day;
    app.read(move |_, tx| {
        let due =
            calendar(tx, day)?.into_iter().filter(|due| participant.is_none_or(|p| p == due.participant));
        let body = |due: kp_statistics::calendar::Due| ReturnBody {
            participant: due.participant.to_string(),
            table: due.table.to_string(),
            period: due.period.to_string(),
            due_on: due.due_on.to_string(),
            state: due.state(day),
            came_on: due.came_on.map(|came| came.to_string()),
            days_late: due.days_late(day),
            nil: due.is_nil,
            versions: due.versions,
            step: due.step.map(ReturnStep::word),
        };
        let name = |r: &ReturnBody| format!("{}:{}:{}", r.participant, r.table, r.period);
        let (returns, next) = wanted.cut(due.map(body).collect(), name)?;
        Ok(Json(Returns { as_of: day.to_string(), returns, next }))
    })
    .await
}

pub(crate) async fn routes(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Routes>, Problem> {
    asked.only_those(ROUTES_BY)?;
    let wanted = Wanted::of(&asked)?;
    let by_class = asked.text("by") == "class";
    let day = KnownOn::of(&asked, app.today())?.day;
    app.read(move |_, tx| {
        let known_at = kp_node::declared::end_of(day)?;
        let postings = kp_statistics::postings_as_known_on(tx, known_at)?;
        let presentations = kp_statistics::presentations_as_known_on(tx, known_at)?;
        let mut result = reconcile(&postings, &presentations, day, by_class);
        result.gaps.retain(|route, _| visit.may_see(Class::Question, &of_route(route)));
        let bodies: Vec<String> = result.gaps.keys().flat_map(|route| of_route(route).bodies).collect();
        if !bodies.is_empty() {
            visit.saw("reconciliation", "routes", &bodies);
        }
        let carats = |hundredths| Carats::from_hundredths(hundredths).to_string();
        let routes = result.gaps.iter().map(|(route, gap)| RouteBody {
            exporter: route.exporter.to_string(),
            importer: route.importer.to_string(),
            quarter: route.quarter.to_string(),
            hs: route.hs.map(|hs| hs.to_string()),
            carats_left: carats(gap.sides.carats_out),
            carats_arrived: carats(gap.sides.carats_in),
            carats_unexplained: gap.unexplained().to_string(),
            parts: gap
                .parts
                .iter()
                .map(|(of, part)| PartBody {
                    part: of.word(),
                    carats: carats(part.carats),
                    value_usd: usd(part.cents).to_string(),
                    numbers: part.numbers.clone(),
                })
                .collect(),
        });
        let hs = |r: &RouteBody| r.hs.clone().unwrap_or_default();
        let name = |r: &RouteBody| format!("{}:{}:{}:{}", r.exporter, r.importer, r.quarter, hs(r));
        let (routes, next) = wanted.cut(routes.collect(), name)?;
        Ok(Json(Routes { as_of: day.to_string(), routes, next }))
    })
    .await
}
