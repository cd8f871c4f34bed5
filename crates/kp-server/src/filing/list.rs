//! A trader's desk: the applications of the licence that its person acts for, those filed for others under a mandate, and the
//! mandates given and held. Nothing of any other licence.

use askama::Template;
use axum::{Extension, extract::State};
use kp_db::Tx;
use kp_registry::Mandate;
use kp_trade::{Application, Filing};

use crate::{
    act::next::NextAct,
    app::Shared,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Problem,
};

/// Most applications on the page; the newest references come first.
const MOST: u32 = 200;

struct Row {
    application: Application,
    filing: Option<Filing>,
    /// The certificate's number, where one was drafted, and its state.
    number: String,
    state: String,
}

struct MandateRow {
    mandate: Mandate,
    is_in_force: bool,
    end: Option<NextAct>,
}

#[derive(Template)]
#[template(path = "filing/list.html")]
struct ListPage {
    frame: Frame,
    licence: String,
    holder: String,
    rows: Vec<Row>,
    mandates: Vec<MandateRow>,
    acts: Vec<NextAct>,
}

pub(crate) async fn show(State(app): State<Shared>, Extension(visit): Extension<Visit>) -> Answer {
    page(&app, visit, Section::Filings, |app, tx, frame| {
        let who = frame.who.clone().ok_or_else(Problem::needs_officer)?;
        let licence = who.licence.ok_or_else(|| Problem::not_found("filings-no-licence"))?;
        let filled = [("participant", who.body.as_str()), ("licence_number", licence.as_str())];
        let mandates = kp_registry::mandates_of_licence(tx, &licence)?.into_iter().map(|mandate| {
            let end = [("participant", who.body.as_str()), ("mandate", mandate.mandate.as_str())];
            let open = mandate.ended_on.is_none() && mandate.valid_until >= app.today();
            MandateRow {
                is_in_force: mandate.is_in_force_on(app.today()),
                end: NextAct::of("end_mandate", &end).filter(|_| open),
                mandate,
            }
        });
        Ok(ListPage {
            rows: rows(tx, &frame, &licence)?,
            mandates: mandates.collect(),
            holder: kp_registry::exporter_by_licence(tx, &licence)?.map(|e| e.holder).unwrap_or_default(),
            acts: ["file_application", "grant_mandate"]
                .iter()
                .filter_map(|act| NextAct::of(act, &filled))
                .collect(),
            frame: frame.titled_by("menu-filings"),
            licence,
        })
    })
    .await
}

fn rows(tx: &mut Tx<'_>, frame: &Frame, licence: &str) -> Result<Vec<Row>, Problem> {
    let mut rows = Vec::new();
    for reference in kp_trade::filings_of_licence(tx, licence, MOST)? {
        let Some(application) = kp_trade::application_by_reference(tx, &reference)? else { continue };
        let certificate = match kp_trade::certificate_of_application(tx, &reference)? {
            Some(number) => kp_trade::certificate_by_number(tx, &number)?,
            None => None,
        };
        rows.push(Row {
            filing: kp_trade::filing_of_application(tx, &reference)?,
            number: certificate.as_ref().map(|c| c.number.to_string()).unwrap_or_default(),
            state: match &certificate {
                Some(certificate) => frame.state(&certificate.state),
                None => frame.spoken(application.state),
            },
            application,
        });
    }
    frame.saw("filings", licence, &[]);
    Ok(rows)
}
