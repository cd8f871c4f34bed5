//! Sheets of a certificate as PDF: prints that an act has recorded, and the slip of a confirmation.
//!
//! Drawing records nothing: whoever asks again gets the very sheet that was recorded (L21).

use std::sync::OnceLock;

use anyhow::Result;
use axum::{
    Extension,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kp_accounts::rights::Class;
use kp_node::Node;
use kp_paper::{Fonts, PaperError};
use kp_terms::CertificateNumber;

use crate::{
    app::{App, Shared},
    certificate::show::parties,
    frame::Answer,
    guard::Visit,
    problem::{Problem, Said},
};

/// A recorded print.
pub(crate) async fn sheet(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((number, copy)): Path<(String, String)>,
) -> Answer {
    let pdf = app.blocking(move |app| {
        let number = number_of(&number)?;
        seen(app, &number, "sheet", &visit)?;
        let copy: u32 = copy.trim_end_matches(".pdf").parse().unwrap_or(0);
        let prints = app.node.db().read(|tx| kp_trade::prints_of_number(tx, &number))?;
        if !prints.iter().any(|print| print.copy == copy) {
            let detail = Said::of("problem-no-print").with("copy", copy).with("number", number);
            return Err(Problem::not_found(detail));
        }
        let sheet = app.node.certificate_sheet(&number, copy)?;
        let layout = app.node.layout(number.prefix())?;
        drawn(kp_paper::certificate(&sheet, &layout, fonts(&app.node)?))
    });
    Ok(as_pdf(pdf.await?))
}

/// The slip that goes back to the exporter.
pub(crate) async fn slip(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
) -> Answer {
    let pdf = app.blocking(move |app| {
        let number = number_of(&number)?;
        seen(app, &number, "slip", &visit)?;
        let (answer, arrivals) = app.node.db().read(|tx| {
            let answer = kp_trade::confirmation_of_number(tx, &number)?;
            Ok::<_, anyhow::Error>((answer, kp_trade::arrivals_of_number(tx, &number)?))
        })?;
        // What was answered from outside was presented elsewhere: there the slip is written.
        if answer.is_none() || arrivals.is_empty() {
            return Err(Problem::not_found(Said::of("problem-no-slip").with("number", number)));
        }
        let slip = app.node.confirmation_slip(&number, app.now())?;
        let layout = app.node.layout(slip.destination)?;
        drawn(kp_paper::confirmation_slip(&slip, &layout, fonts(&app.node)?))
    });
    Ok(as_pdf(pdf.await?))
}

/// The message that tells the importing authority, in the language of whoever looks.
pub(crate) async fn pre_advice(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(number): Path<String>,
) -> Answer {
    let text = app.blocking(move |app| {
        let number = number_of(&number)?;
        seen(app, &number, "pre-advice", &visit)?;
        let certificate = app.node.db().read(|tx| kp_trade::certificate_by_number(tx, &number))?;
        match certificate {
            Some(certificate) if certificate.departed_on.is_some() => {
                Ok(app.node.pre_advice(&number, visit.language)?)
            }
            _ => Err(Problem::not_found(Said::of("problem-no-pre-advice").with("number", number))),
        }
    });
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text.await?).into_response())
}

/// Goes on for whoever may see the certificate; for others there is none.
fn seen(app: &App, number: &CertificateNumber, what: &str, visit: &Visit) -> Result<(), Problem> {
    let thing = app.node.db().read(|tx| match kp_trade::certificate_by_number(tx, number)? {
        Some(certificate) => parties(tx, &certificate).map(Some),
        None => Ok(None),
    })?;
    match thing.filter(|thing| visit.may_see(Class::Certificate, thing)) {
        Some(thing) => {
            visit.saw(what, number, &thing.bodies);
            Ok(())
        }
        None => Err(Problem::not_found(Said::of("problem-no-certificate").with("number", number))),
    }
}

fn number_of(typed: &str) -> Result<CertificateNumber, Problem> {
    typed.parse().map_err(|error| Problem::address_not_read(typed, error))
}

/// A sheet that cannot be drawn says which field and how to mend it; that is for a person, not a breakage.
fn drawn(sheet: Result<Vec<u8>, PaperError>) -> Result<Vec<u8>, Problem> {
    sheet.map_err(|error| {
        let title = "problem-sheet-not-drawn-title";
        let detail = Said::of("problem-sheet-not-drawn").with("error", error);
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "sheet_not_drawn", title, detail)
    })
}

/// The program's own letters, those of the data folder's `fonts`, the system's: read once.
fn fonts(node: &Node) -> Result<&'static Fonts> {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    if let Some(fonts) = FONTS.get() {
        return Ok(fonts);
    }
    let own = node.keyring().map(|keyring| keyring.beside("fonts")).filter(|folder| folder.is_dir());
    let fonts = match own {
        Some(folder) => Fonts::built_in()?.with_folder(&folder)?,
        None => Fonts::built_in()?,
    };
    Ok(FONTS.get_or_init(|| fonts.with_system()))
}

fn as_pdf(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, "inline")], bytes)
        .into_response()
}
