//! Annex III trade cells and certificate counts, counted from departures, arrivals and validations.

use askama::Template;
use axum::{Extension, extract::State};
use kp_db::Tx;
use kp_statistics::{
    AnnexTable, Cell, CertificateCount,
    figure::{Figure, Visibility},
};
use kp_terms::{ParticipantCode, Period, Sentence, Timestamp};

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
    cells: Vec<Beside>,
    counts: Vec<CertificateCount>,
    problems: Vec<(u64, Sentence)>,
}

/// A cell with what its participant has declared for everybody to see, and the difference: neither is taken for the other.
struct Beside {
    cell: Cell,
    declared: String,
    more: String,
}

fn beside(tx: &mut Tx<'_>, known_at: Timestamp, cells: Vec<Cell>) -> anyhow::Result<Vec<Beside>> {
    let declared = kp_statistics::declared_as_known_on(tx, known_at, None, None)?;
    let of = |cell: &Cell| -> Option<&Figure> {
        let table = if cell.flow == "export" { AnnexTable::Exports } else { AnnexTable::Imports };
        let figures = declared.iter().filter(|it| {
            it.participant == cell.participant
                && it.table == table
                && it.period == Period::Quarter(cell.quarter)
        });
        let mut figures = figures.filter_map(|it| it.figure.as_ref());
        figures.find(|figure| {
            figure.partner == Some(cell.partner)
                && figure.hs == Some(cell.hs)
                && figure.visibility == Visibility::Public
        })
    };
    let shown = |cell: Cell| {
        let figure = of(&cell);
        let more = figure.and_then(|figure| figure.carats.checked_sub(cell.carats));
        Beside {
            declared: figure.map(|figure| figure.carats.grouped()).unwrap_or_default(),
            more: more.map(kp_terms::Carats::grouped).unwrap_or_default(),
            cell,
        }
    };
    Ok(cells.into_iter().map(shown).collect())
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
            frame: frame.titled_by("statistics-trade"),
            known,
            problems: kp_statistics::problems(tx)?,
            cells: beside(tx, known_at, cells)?,
            participant,
            year,
            counts,
        })
    })
    .await
}
