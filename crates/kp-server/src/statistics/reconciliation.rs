//! Reconciliation: what left against what arrived, certificate by certificate, as known on a day; and the public tables as
//! files.

use std::collections::BTreeMap;

use askama::Template;
use axum::{Extension, extract::State, response::Response};
use kp_accounts::rights::{Class, Thing};
use kp_exchange::{
    parquet_out::as_parquet,
    public_tables::{as_csv, as_sdmx_csv, as_workbook},
};
use kp_node::public_tables::public_observations;
use kp_statistics::{
    Presentation,
    reconcile::{Gap, Route, reconcile, usd},
};
use kp_terms::Carats;

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::{FieldSaid, Problem, Said},
    statistics::{returns::download, show::KnownOn},
    words,
};

/// Numbers shown behind a part; the command and the API give all.
const MOST_NUMBERS: usize = 12;

struct PartOfGap {
    word: &'static str,
    is_question: bool,
    carats: String,
    value: String,
    numbers: Vec<String>,
    more: usize,
}

struct ShownGap {
    route: Route,
    left: String,
    arrived: String,
    unexplained: String,
    /// Whether a part is one to ask about.
    is_question: bool,
    parts: Vec<PartOfGap>,
}

#[derive(Template)]
#[template(path = "statistics/reconciliation.html")]
struct ReconciliationPage {
    frame: Frame,
    known: KnownOn,
    by_class: bool,
    gaps: Vec<ShownGap>,
    never_left: Vec<Presentation>,
}

impl ReconciliationPage {
    /// Where, when and how much was presented.
    fn presented(&self, presentation: &Presentation) -> String {
        let carats = presentation.carats.grouped();
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("at", &presentation.at), ("day", &presentation.arrived_on), ("carats", &carats)];
        words::with(self.frame.texts, "problem-presented-item", &values)
    }
}

fn shown((route, gap): (&Route, &Gap)) -> ShownGap {
    let grouped = |hundredths| Carats::from_hundredths(hundredths).grouped();
    let parts = gap.parts.iter().map(|(of, part)| PartOfGap {
        word: of.word(),
        is_question: !of.explains(),
        carats: grouped(part.carats),
        value: usd(part.cents).grouped(),
        numbers: part.numbers.iter().take(MOST_NUMBERS).cloned().collect(),
        more: part.numbers.len().saturating_sub(MOST_NUMBERS),
    });
    ShownGap {
        route: *route,
        left: grouped(gap.sides.carats_out),
        arrived: grouped(gap.sides.carats_in),
        unexplained: gap.unexplained().grouped(),
        is_question: gap.parts.keys().any(|of| !of.explains()),
        parts: parts.collect(),
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let known = KnownOn::of(&asked, app.today())?;
    let by_class = asked.text("by") == "class";
    page(&app, visit, Section::Statistics, move |_, tx, frame| {
        let known_at = kp_node::declared::end_of(known.day)?;
        let postings = kp_statistics::postings_as_known_on(tx, known_at)?;
        let presentations = kp_statistics::presentations_as_known_on(tx, known_at)?;
        let mut result = reconcile(&postings, &presentations, known.day, by_class);
        // Both sides of a route see it, and whoever asks them.
        result.gaps.retain(|route, _| frame.may_see(Class::Question, &of_route(route)));
        result.never_left.retain(|seen| frame.may_see(Class::Question, &Thing::of(seen.at)));
        note_shown(&frame, &result.gaps);
        Ok(ReconciliationPage {
            frame: frame.titled_by("statistics-reconciliation"),
            gaps: result.gaps.iter().map(shown).collect(),
            never_left: result.never_left,
            by_class,
            known,
        })
    })
    .await
}

/// Whose a route is.
pub(crate) fn of_route(route: &Route) -> Thing<'static> {
    Thing { bodies: vec![route.exporter.to_string(), route.importer.to_string()], ..Thing::default() }
}

fn note_shown(frame: &Frame, gaps: &BTreeMap<Route, Gap>) {
    let bodies: Vec<String> = gaps.keys().flat_map(|route| of_route(route).bodies).collect();
    if !bodies.is_empty() {
        frame.saw("reconciliation", "routes", &bodies);
    }
}

/// The public tables as a file: `format` is csv, xlsx, parquet or sdmx. What the register counts is shared with officers (the
/// class shared); everybody reads what participants have declared for everybody.
pub(crate) async fn tables(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Response, Problem> {
    asked.only(&["format", "as_of", "known_on"])?;
    let day = KnownOn::of(&asked, app.today())?.day;
    let format = asked.text("format").to_owned();
    let mut rows = app.read(move |_, tx| Ok(public_observations(tx, day)?)).await?;
    if !visit.may_see(Class::Shared, &Thing::default()) {
        rows.retain(|row| row.source != "register");
    }
    Ok(match format.as_str() {
        "xlsx" => {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            download("tables", "xlsx", kind, as_workbook(&rows, day)?, day)
        }
        "parquet" => {
            let kind = "application/vnd.apache.parquet";
            download("tables", "parquet", kind, as_parquet(&rows, day), day)
        }
        "sdmx" => {
            let kind = "application/vnd.sdmx.data+csv; version=2.0.0";
            download("tables", "sdmx.csv", kind, as_sdmx_csv(&rows).into_bytes(), day)
        }
        "" | "csv" => {
            download("tables", "csv", "text/csv; charset=utf-8", as_csv(&rows, day).into_bytes(), day)
        }
        _ => {
            let said = Said::of("input-unknown-format").with("known", "csv, xlsx, parquet, sdmx");
            return Err(Problem::fields(vec![FieldSaid::new("format", said)]));
        }
    })
}
