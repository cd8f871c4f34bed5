//! Certificates by number, and the search that takes a number however it is typed.

use askama::Template;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect},
};
use kp_language::Texts;
use kp_terms::CertificateNumber;
use kp_trade::Certificate;

use crate::{
    act::next::escaped,
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Said,
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
    let not_found = match find(&app, &typed).await? {
        Search::Found(number) => return Ok(Redirect::to(&format!("/certificates/{number}")).into_response()),
        Search::NotFound(said) => said.said(Texts::of(visit.language)),
        Search::NotAsked => String::new(),
    };
    let after = asked.text("after").to_owned();
    page(&app, visit, Section::Certificates, move |_, tx, frame| {
        let mut certificates = kp_trade::certificates(tx, &after, SHOWN + 1)?;
        let more = certificates.len() > SHOWN as usize;
        certificates.truncate(SHOWN as usize);
        let last = certificates.last().filter(|_| more);
        Ok(ListPage {
            frame: frame.titled_by("menu-certificates"),
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
    NotFound(Said),
}

async fn find(app: &Shared, typed: &str) -> Result<Search, crate::problem::Problem> {
    if typed.is_empty() {
        return Ok(Search::NotAsked);
    }
    let number: CertificateNumber = match typed.parse() {
        Ok(number) => number,
        Err(error) => {
            let said = Said::of("input-not-a-number").with("typed", typed);
            return Ok(Search::NotFound(said.or_in_english(format!("{error}."))));
        }
    };
    let asked = number.clone();
    let found = app.read(move |_, tx| Ok(kp_trade::certificate_by_number(tx, &asked)?)).await?;
    Ok(match found {
        Some(certificate) => Search::Found(certificate.number),
        None => Search::NotFound(Said::of("problem-no-certificate").with("number", number)),
    })
}
