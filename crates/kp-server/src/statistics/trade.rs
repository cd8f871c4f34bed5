//! Annex III trade cells and certificate counts, counted from departures, arrivals and validations.

use std::collections::BTreeMap;

use askama::Template;
use axum::{Extension, extract::State};
use kp_db::Tx;
use kp_statistics::{AnnexTable, Cell, CertificateCount, figure::Visibility};
use kp_terms::{Carats, HsCode, ParticipantCode, Period, Quarter, Sentence, Timestamp};

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

/// What a figure is of: participant, `export` or `import`, quarter, partner, class.
type Key = (ParticipantCode, String, Quarter, ParticipantCode, HsCode);

/// What the register counts beside what the participant has declared for everybody to see, and the difference: neither is
/// taken for the other, and neither hides where the other is silent.
#[derive(Default)]
struct Sides {
    counted: Option<Cell>,
    declared: Option<Carats>,
}

struct Beside {
    of: Key,
    carats: String,
    value: String,
    shipments: String,
    declared: String,
    more: String,
}

fn beside(
    tx: &mut Tx<'_>,
    known_at: Timestamp,
    chosen: &Chosen,
    cells: Vec<Cell>,
) -> anyhow::Result<Vec<Beside>> {
    let mut sides: BTreeMap<Key, Sides> = BTreeMap::new();
    for cell in cells {
        let key = (cell.participant, cell.flow.clone(), cell.quarter, cell.partner, cell.hs);
        sides.entry(key).or_default().counted = Some(cell);
    }
    for it in kp_statistics::declared_as_known_on(tx, known_at, None, None)? {
        let flow = match it.table {
            AnnexTable::Exports => "export",
            AnnexTable::Imports => "import",
            _ => continue,
        };
        let Period::Quarter(quarter) = it.period else { continue };
        let Some(figure) = it.figure.filter(|figure| figure.visibility == Visibility::Public) else {
            continue;
        };
        let (Some(partner), Some(hs)) = (figure.partner, figure.hs) else { continue };
        if !chosen.takes(it.participant, quarter.year) {
            continue;
        }
        let side = sides.entry((it.participant, flow.to_owned(), quarter, partner, hs)).or_default();
        side.declared = Some(figure.carats);
    }
    Ok(sides.into_iter().map(shown).collect())
}

/// Where the register counts nothing and something was declared, all of that is more.
fn shown((of, sides): (Key, Sides)) -> Beside {
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let counted = sides.counted.as_ref();
    let less = counted.map(|cell| cell.carats).unwrap_or_default();
    Beside {
        of,
        carats: or_dash(counted.map(|cell| cell.carats.grouped())),
        value: or_dash(counted.map(|cell| cell.value.grouped())),
        shipments: or_dash(counted.map(|cell| cell.shipments.to_string())),
        declared: or_dash(sides.declared.map(Carats::grouped)),
        more: or_dash(sides.declared.and_then(|carats| carats.checked_sub(less)).map(Carats::grouped)),
    }
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
        // They name entries, not participants, and are of today: beside a choice they would be somebody else's.
        let is_whole = known.is_today && chosen.participant.is_none() && chosen.year.is_none();
        let problems = if is_whole { kp_statistics::problems(tx)? } else { Vec::new() };
        Ok(TradePage {
            frame: frame.titled_by("statistics-trade"),
            known,
            problems,
            cells: beside(tx, known_at, &chosen, cells)?,
            participant,
            year,
            counts,
        })
    })
    .await
}
