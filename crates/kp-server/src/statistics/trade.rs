//! Annex III trade cells and certificate counts, counted from departures, arrivals and validations.

use askama::Template;
use axum::{Extension, extract::State};
use kp_statistics::{Cell, CertificateCount};
use kp_terms::ParticipantCode;

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    statistics::show::KnownOn,
};

/// What is shown of the cells and counts.
pub(crate) struct Chosen {
    pub(crate) participant: Option<ParticipantCode>,
    pub(crate) year: Option<i16>,
}

impl Chosen {
    pub(crate) fn of(asked: &Asked) -> Result<Self, crate::problem::Problem> {
        Ok(Self { participant: asked.read("participant")?, year: asked.read("year")? })
    }

    pub(crate) fn takes(&self, participant: ParticipantCode, year: i16) -> bool {
        self.participant.is_none_or(|p| p == participant) && self.year.is_none_or(|y| y == year)
    }
}

#[derive(Template)]
#[template(path = "statistics/trade.html")]
struct TradePage {
    frame: Frame,
    known: KnownOn,
    participant: String,
    year: String,
    cells: Vec<Cell>,
    counts: Vec<CertificateCount>,
    problems: Vec<(u64, String)>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let chosen = Chosen::of(&asked)?;
    let known = KnownOn::of(&asked, app.today())?;
    let (participant, year) = (asked.text("participant").to_owned(), asked.text("year").to_owned());
    page(&app, visit, Section::Statistics, move |_, tx, frame| {
        let known_at = kp_node::declared::end_of(known.day)?;
        let mut cells = kp_statistics::cells_as_known_on(tx, known_at)?;
        cells.retain(|cell| chosen.takes(cell.participant, cell.quarter.year));
        let mut counts = kp_statistics::certificate_counts_as_known_on(tx, known_at)?;
        counts.retain(|count| chosen.takes(count.participant, count.quarter.year));
        Ok(TradePage {
            frame: frame.titled("Trade and certificates"),
            known,
            problems: kp_statistics::problems(tx)?,
            participant,
            year,
            cells,
            counts,
        })
    })
    .await
}
