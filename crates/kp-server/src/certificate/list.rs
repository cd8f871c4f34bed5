//! Certificates by number, and the search that takes a number however it is typed.

use askama::Template;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect},
};
use kp_accounts::rights::{Class, Thing, Viewer};
use kp_db::Tx;
use kp_terms::{CertificateNumber, ParticipantCode};
use kp_trade::Certificate;

use crate::{
    act::next::escaped,
    app::Shared,
    asked::Asked,
    certificate::show::parties,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    words,
};

/// Rows of a page.
const SHOWN: u32 = 50;

#[derive(Template)]
#[template(path = "certificate/list.html")]
struct ListPage {
    frame: Frame,
    certificates: Vec<Certificate>,
    /// What was searched for and not found, in a sentence.
    not_found: String,
    number: String,
    next: Option<String>,
    is_first: bool,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let typed = asked.text("number").to_owned();
    let not_found = match find(&app, &typed, &visit).await? {
        Search::Found(number) => return Ok(Redirect::to(&format!("/certificates/{number}")).into_response()),
        Search::NotFound(sentence) => sentence,
        Search::NotAsked => String::new(),
    };
    let after = asked.text("after").to_owned();
    let seen = visit.clone();
    page(&app, visit, Section::Certificates, move |_, tx, frame| {
        let (certificates, more) = seen_by(tx, &after, SHOWN, &seen)?;
        let last = certificates.last().filter(|_| more);
        Ok(ListPage {
            frame: frame.titled("Certificates"),
            next: last.map(|c| format!("/certificates?after={}", escaped(&c.number.to_string()))),
            certificates,
            not_found,
            number: typed,
            is_first: after.is_empty(),
        })
    })
    .await
}

enum Search {
    NotAsked,
    Found(CertificateNumber),
    NotFound(String),
}

/// The first certificates after a number that whoever asks may list: those that its body issued or is to receive. One that
/// only passed through is found by its number. And whether there are more.
pub(crate) fn seen_by(
    tx: &mut Tx<'_>,
    after: &str,
    limit: u32,
    visit: &Visit,
) -> anyhow::Result<(Vec<Certificate>, bool)> {
    let body = visit.viewer.officer().map(|officer| officer.body.parse::<ParticipantCode>());
    let mut seen = match (body, &visit.viewer) {
        (Some(Ok(code)), _) => kp_trade::certificates_of(tx, code, after, limit + 1)?,
        (None, Viewer::Demonstration) => kp_trade::certificates(tx, after, limit + 1)?,
        _ => Vec::new(),
    };
    let of = |c: &Certificate| [c.application.participant.to_string(), c.application.destination.to_string()];
    seen.retain(|c| visit.may_see(Class::Certificate, &Thing { bodies: of(c).into(), ..Thing::default() }));
    let more = seen.len() > limit as usize;
    seen.truncate(limit as usize);
    if let (Some(first), Some(last)) = (seen.first(), seen.last()) {
        let bodies: Vec<String> = seen.iter().flat_map(of).collect();
        visit.saw("certificates", format!("{} to {}", first.number, last.number), &bodies);
    }
    Ok((seen, more))
}

async fn find(app: &Shared, typed: &str, visit: &Visit) -> Result<Search, crate::problem::Problem> {
    if typed.is_empty() {
        return Ok(Search::NotAsked);
    }
    let number: CertificateNumber = match typed.parse() {
        Ok(number) => number,
        Err(error) => return Ok(Search::NotFound(format!("{error}."))),
    };
    let (asked, visit) = (number.clone(), visit.clone());
    let found = app
        .read(move |_, tx| {
            let Some(found) = kp_trade::certificate_by_number(tx, &asked)? else { return Ok(None) };
            let thing = parties(tx, &found)?;
            Ok(Some(found).filter(|_| visit.may_see(Class::Certificate, &thing)))
        })
        .await?;
    Ok(match found {
        Some(certificate) => Search::Found(certificate.number),
        None => Search::NotFound(format!("No certificate {number} is on file at this node.")),
    })
}
