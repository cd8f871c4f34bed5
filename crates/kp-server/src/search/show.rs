//! The search: one box in the frame of every page. A number goes straight to its record; anything else lists what it may
//! mean, accents and spelling forgiven (peers 4.1).

use askama::Template;
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect},
};

use super::results::{Asking, Results, results};
use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    problem::Said,
};

/// Most letters that are looked at.
pub(crate) const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "search/show.html")]
struct SearchPage {
    frame: Frame,
    typed: String,
    results: Results,
    /// How a certificate's number was understood that is not on file for whoever asks.
    no_number: Option<Said>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    asked.only(&["q"])?;
    let typed: String = asked.text("q").chars().take(LONGEST).collect();
    let (seen, looked_for) = (visit.clone(), typed.clone());
    let results = app
        .read(move |app, tx| {
            let asking = Asking {
                texts: kp_language::Texts::of(seen.language),
                now: app.now(),
                today: app.today(),
                visit: &seen,
            };
            Ok(results(tx, &asking, &looked_for)?)
        })
        .await?;
    if let Some(straight) = &results.straight {
        return Ok(Redirect::to(straight).into_response());
    }
    let number = typed.parse::<kp_terms::CertificateNumber>().ok();
    let no_number = number.map(|number| Said::of("problem-no-certificate").with("number", number));
    page(&app, visit, Section::None, move |_, _, frame| {
        let frame = frame.titled_by("search-title").with_search(&typed);
        Ok(SearchPage { frame, typed, results, no_number })
    })
    .await
}
