//! The registry for programs: participants, authorities, officers, exporters.

use axum::{
    Extension, Json,
    extract::{Path, State},
};
use kp_accounts::rights::{Class, Thing};
use kp_registry::Participant;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    endpoint::BY_PAGES,
    guard::Visit,
    paged::Wanted,
    participant::show::code_of,
    problem::{Problem, Said},
};

type Reads<T> = Result<Json<T>, Problem>;

/// All participants on file.
#[derive(Serialize, ToSchema)]
pub(crate) struct Participants {
    /// By code.
    participants: Vec<ParticipantBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// A participant.
#[derive(Serialize, ToSchema)]
#[schema(as = Participant)]
pub(crate) struct ParticipantBody {
    /// Two letters.
    code: String,
    /// Its name.
    name: String,
    /// First day of membership.
    member_from: String,
    /// The decision that admitted it.
    legal_act: String,
    /// `open`, `suspended` or `removed`, at this moment.
    standing: String,
}

/// A participant with its history of standing and its capacities.
#[derive(Serialize, ToSchema)]
pub(crate) struct ParticipantDetail {
    /// Who.
    participant: ParticipantBody,
    /// Changes of standing, oldest first.
    standing_changes: Vec<StandingChangeBody>,
    /// Estimates on file, oldest first.
    capacities: Vec<CapacityBody>,
}

/// A change of standing.
#[derive(Serialize, ToSchema)]
#[schema(as = StandingChange)]
pub(crate) struct StandingChangeBody {
    /// What holds from then on.
    standing: String,
    /// From which instant, UTC.
    effective_at: String,
    /// The decision.
    legal_act: String,
    /// What happens to goods under way.
    under_way: String,
    /// export, import or both.
    direction: String,
    /// The goods it speaks of; empty: all.
    scope: String,
    /// What must be shown for each shipment, where it is conditional.
    conditions: Vec<String>,
}

/// A capacity estimate.
#[derive(Serialize, ToSchema)]
#[schema(as = Capacity)]
pub(crate) struct CapacityBody {
    /// High estimate, carats a year.
    high_carats: String,
    /// From which year on.
    from_year: i16,
    /// Who estimated.
    source: String,
    /// When.
    dated: String,
}

fn body(participant: Participant, standing: String) -> ParticipantBody {
    ParticipantBody {
        code: participant.code.to_string(),
        name: participant.name,
        member_from: participant.member_from.to_string(),
        legal_act: participant.legal_act,
        standing,
    }
}

pub(crate) async fn list(State(app): State<Shared>, asked: Asked) -> Reads<Participants> {
    asked.only_those(BY_PAGES)?;
    let wanted = Wanted::of(&asked)?;
    app.read(move |app, tx| {
        let mut participants = Vec::new();
        // A code is its own place in the order: what comes after it is asked for, whether it is there or not.
        let after = wanted.after().to_ascii_uppercase();
        let page = kp_registry::participants_after(tx, &after, wanted.limit() + 1)?;
        let (page, next) = wanted.page(page, |p| p.code.to_string());
        for participant in page {
            let standing = kp_registry::stands_now(tx, participant.code, app.now())?.words.to_string();
            participants.push(body(participant, standing));
        }
        Ok(Json(Participants { participants, next }))
    })
    .await
}

pub(crate) async fn show(State(app): State<Shared>, Path(typed): Path<String>) -> Reads<ParticipantDetail> {
    let code = code_of(&typed)?;
    app.read(move |app, tx| {
        let Some(participant) = kp_registry::participant_by_code(tx, code)? else {
            return Err(Problem::not_found(Said::of("problem-no-participant").with("code", code)));
        };
        let changes = kp_registry::standing_changes_of_participant(tx, code)?;
        let standing = kp_registry::stands_now(tx, code, app.now())?.words.to_string();
        let capacities = kp_registry::capacities_of_participant(tx, code)?;
        Ok(Json(ParticipantDetail {
            participant: body(participant, standing),
            standing_changes: changes
                .into_iter()
                .map(|change| StandingChangeBody {
                    standing: change.standing.to_string(),
                    direction: change.direction.to_string(),
                    scope: change.scope.in_words(),
                    conditions: change.conditions.iter().map(ToString::to_string).collect(),
                    effective_at: change.effective_at.to_string(),
                    legal_act: change.legal_act,
                    under_way: change.under_way.to_string(),
                })
                .collect(),
            capacities: capacities
                .into_iter()
                .map(|capacity| CapacityBody {
                    high_carats: capacity.high.to_string(),
                    from_year: capacity.from_year,
                    source: capacity.source,
                    dated: capacity.dated.to_string(),
                })
                .collect(),
        }))
    })
    .await
}

/// All authorities.
#[derive(Serialize, ToSchema)]
pub(crate) struct Authorities {
    /// By id.
    authorities: Vec<AuthorityBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// An authority.
#[derive(Serialize, ToSchema)]
#[schema(as = Authority)]
pub(crate) struct AuthorityBody {
    /// Short id.
    id: String,
    /// Whose.
    participant: String,
    /// Its name.
    name: String,
    /// `exporting`, `importing` or `both`.
    duty: String,
}

pub(crate) async fn authorities(State(app): State<Shared>, asked: Asked) -> Reads<Authorities> {
    asked.only_those(BY_PAGES)?;
    let wanted = Wanted::of(&asked)?;
    app.read(move |_, tx| {
        let (page, next) = wanted.cut(kp_registry::authorities(tx)?, |a| a.id.clone())?;
        let authorities = page.into_iter().map(|a| AuthorityBody {
            id: a.id,
            participant: a.participant.to_string(),
            name: a.name,
            duty: a.duty.to_string(),
        });
        Ok(Json(Authorities { authorities: authorities.collect(), next }))
    })
    .await
}

/// All officers.
#[derive(Serialize, ToSchema)]
pub(crate) struct Officers {
    /// By id.
    officers: Vec<OfficerBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// An officer.
#[derive(Serialize, ToSchema)]
#[schema(as = Officer)]
pub(crate) struct OfficerBody {
    /// Short id.
    id: String,
    /// Participant's code, or `scheme`.
    body: String,
    /// The authority served.
    authority: Option<String>,
    /// Name.
    name: String,
    /// Roles held.
    roles: Vec<String>,
}

pub(crate) async fn officers(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Reads<Officers> {
    asked.only_those(BY_PAGES)?;
    let wanted = Wanted::of(&asked)?;
    app.read(move |_, tx| {
        let mut seen = kp_registry::officers(tx)?;
        seen.retain(|officer| visit.may_see(Class::Staff, &Thing::of(&officer.body)));
        let (page, next) = wanted.cut(seen, |officer| officer.id.clone())?;
        let officers = page.into_iter().map(|o| OfficerBody {
            id: o.id,
            body: o.body,
            authority: o.authority,
            name: o.name,
            roles: o.roles.iter().map(ToString::to_string).collect(),
        });
        Ok(Json(Officers { officers: officers.collect(), next }))
    })
    .await
}

/// All licensed exporters.
#[derive(Serialize, ToSchema)]
pub(crate) struct Exporters {
    /// By licence number.
    exporters: Vec<ExporterBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// A licensed exporter.
#[derive(Serialize, ToSchema)]
#[schema(as = Exporter)]
pub(crate) struct ExporterBody {
    /// Licence number.
    licence_number: String,
    /// Who licensed it.
    participant: String,
    /// Holder.
    holder: String,
    /// Address.
    address: String,
    /// First day.
    valid_from: String,
    /// Last day.
    valid_until: String,
}

pub(crate) async fn exporters(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Reads<Exporters> {
    asked.only_those(BY_PAGES)?;
    let wanted = Wanted::of(&asked)?;
    app.read(move |_, tx| {
        let mut seen = kp_registry::exporters(tx)?;
        seen.retain(|exporter| visit.may_see(Class::Trader, &Thing::of(exporter.participant)));
        let name = |e: &kp_registry::Exporter| format!("{}:{}", e.participant, e.licence_number);
        let (seen, next) = wanted.cut(seen, name)?;
        let bodies: Vec<String> = seen.iter().map(|exporter| exporter.participant.to_string()).collect();
        if !seen.is_empty() {
            visit.saw("exporters", "all", &bodies);
        }
        let exporters = seen.into_iter().map(|e| ExporterBody {
            licence_number: e.licence_number,
            participant: e.participant.to_string(),
            holder: e.holder,
            address: e.address,
            valid_from: e.valid_from.to_string(),
            valid_until: e.valid_until.to_string(),
        });
        Ok(Json(Exporters { exporters: exporters.collect(), next }))
    })
    .await
}
