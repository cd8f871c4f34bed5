//! Statistics for programs: production as known on a day, trade cells and certificate counts.

use axum::{Json, extract::State};
use kp_terms::ParticipantCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Shared,
    asked::Asked,
    endpoint::{AFTER, LIMIT, Parameter},
    paged::Wanted,
    problem::Problem,
    statistics::{analysis, show::KnownOn, trade::Chosen},
};

/// Declared production by half.
#[derive(Serialize, ToSchema)]
pub(crate) struct Production {
    /// The day it is looked at from.
    known_on: String,
    /// By participant and half; halves for which no return was expected are left out.
    halves: Vec<HalfBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// One participant's half.
#[derive(Serialize, ToSchema)]
#[schema(as = ProductionHalf)]
pub(crate) struct HalfBody {
    /// Whose.
    participant: String,
    /// Which half.
    half: String,
    /// How it was returned, in words.
    returned: &'static str,
    /// Carats, all parts; absent without a return.
    carats: Option<String>,
    /// US$, all parts; absent without a return.
    value_usd: Option<String>,
    /// US$ per carat, to the cent; absent where either is zero.
    unit_value_usd: Option<String>,
}

/// Query parameters of production.
pub(crate) const PRODUCTION_BY: &[Parameter] = &[
    Parameter { name: "participant", about: "Only this participant.", example: "XA" },
    Parameter { name: "as_of", about: "As it was known at the end of this day, UTC.", example: "2026-02-03" },
    Parameter { name: "known_on", about: "The same, by its older name.", example: "2026-02-03" },
    AFTER,
    LIMIT,
];

pub(crate) async fn production(State(app): State<Shared>, asked: Asked) -> Result<Json<Production>, Problem> {
    asked.only_those(PRODUCTION_BY)?;
    let wanted = Wanted::of(&asked)?;
    let participant: Option<ParticipantCode> = asked.read("participant")?;
    let day = KnownOn::of(&asked, app.today())?.day;
    app.read(move |app, tx| {
        let known = analysis::of_day(app, tx, day)?;
        let mut halves = Vec::new();
        let all = known.participants();
        for series in all.filter(|series| participant.is_none_or(|p| p == series.participant)) {
            let expected =
                series.halves.iter().filter(|h| h.state != kp_statistics::series::ReturnState::NotExpected);
            halves.extend(expected.map(|h| HalfBody {
                participant: series.participant.to_string(),
                half: h.half.to_string(),
                returned: kp_report::state_label(h.state),
                carats: h.state.has_return().then(|| h.carats.to_string()),
                value_usd: h.state.has_return().then(|| h.value.to_string()),
                unit_value_usd: h.unit_value.map(|value| value.to_string()),
            }));
        }
        let (halves, next) = wanted.cut(halves, |h: &HalfBody| format!("{}:{}", h.participant, h.half))?;
        Ok(Json(Production { known_on: day.to_string(), halves, next }))
    })
    .await
}

/// Annex III cells and certificate counts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Cells {
    /// Exports by departure, imports by arrival.
    cells: Vec<CellBody>,
    /// Validated, and received; after the cells, where these fill a page.
    certificate_counts: Vec<CountBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// One cell.
#[derive(Serialize, ToSchema)]
#[schema(as = Cell)]
pub(crate) struct CellBody {
    /// Whose figure.
    participant: String,
    /// `export` or `import`.
    flow: String,
    /// Destination, or provenance.
    partner: String,
    /// Which quarter.
    quarter: String,
    /// Which class.
    hs: String,
    /// Carats.
    carats: String,
    /// US$.
    value_usd: String,
    /// How many shipments.
    shipments: i64,
}

/// A count of certificates.
#[derive(Serialize, ToSchema)]
#[schema(as = CertificateCount)]
pub(crate) struct CountBody {
    /// Whose count.
    participant: String,
    /// Which quarter.
    quarter: String,
    /// `validated` or `received`.
    what: String,
    /// How many.
    certificates: i64,
}

/// Query parameters of cells.
pub(crate) const CELLS_BY: &[Parameter] = &[
    Parameter { name: "participant", about: "Only this participant.", example: "XA" },
    Parameter { name: "year", about: "Only this year.", example: "2026" },
    Parameter { name: "as_of", about: "As it was known at the end of this day, UTC.", example: "2026-02-03" },
    AFTER,
    LIMIT,
];

pub(crate) async fn cells(State(app): State<Shared>, asked: Asked) -> Result<Json<Cells>, Problem> {
    asked.only_those(CELLS_BY)?;
    let wanted = Wanted::of(&asked)?;
    let chosen = Chosen::of(&asked)?;
    let day = KnownOn::of(&asked, app.today())?.day;
    app.read(move |_, tx| {
        let known_at = kp_node::declared::end_of(day)?;
        let cells = kp_statistics::cells_as_known_on(tx, known_at)?;
        let counts = kp_statistics::certificate_counts_as_known_on(tx, known_at)?;
        let cells = cells
            .into_iter()
            .filter(|cell| chosen.takes(cell.participant, cell.quarter.year))
            .map(|cell| Figure::Cell(cell_body(cell)));
        let counts = counts
            .into_iter()
            .filter(|count| chosen.takes(count.participant, count.quarter.year))
            .map(|count| {
                Figure::Count(CountBody {
                    participant: count.participant.to_string(),
                    quarter: count.quarter.to_string(),
                    what: count.what,
                    certificates: count.certificates,
                })
            });
        let (page, next) = wanted.cut(cells.chain(counts).collect(), Figure::name)?;
        let mut answer = Cells { cells: Vec::new(), certificate_counts: Vec::new(), next };
        for figure in page {
            match figure {
                Figure::Cell(cell) => answer.cells.push(cell),
                Figure::Count(count) => answer.certificate_counts.push(count),
            }
        }
        Ok(Json(answer))
    })
    .await
}

/// What a page of cells is made of.
enum Figure {
    Cell(CellBody),
    Count(CountBody),
}

impl Figure {
    fn name(&self) -> String {
        match self {
            Self::Cell(c) => format!("{}:{}:{}:{}:{}", c.participant, c.flow, c.partner, c.quarter, c.hs),
            Self::Count(c) => format!("{}:{}:{}", c.participant, c.quarter, c.what),
        }
    }
}

fn cell_body(cell: kp_statistics::Cell) -> CellBody {
    CellBody {
        participant: cell.participant.to_string(),
        flow: cell.flow,
        partner: cell.partner.to_string(),
        quarter: cell.quarter.to_string(),
        hs: cell.hs.to_string(),
        carats: cell.carats.to_string(),
        value_usd: cell.value.to_string(),
        shipments: cell.shipments,
    }
}
