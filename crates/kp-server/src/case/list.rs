//! Cases: who owes an answer to whom, and until when.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::rights::Class;
use kp_cases::Case;

use crate::{
    app::Shared,
    asked::Asked,
    case::show::question,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    statistics::show::KnownOn,
    words,
};

#[derive(Template)]
#[template(path = "case/list.html")]
struct ListPage {
    frame: Frame,
    known: KnownOn,
    state: String,
    cases: Vec<Case>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let state = asked.text("state").to_owned();
    let known = KnownOn::of(&asked, app.today())?;
    page(&app, visit, Section::Cases, move |_, tx, frame| {
        // Who may see a case is of today; how it stood, of the day.
        let mut cases = kp_cases::cases(tx)?;
        cases.retain(|case| frame.may_see(Class::Question, &question(case.asked, Some(case))));
        if !known.is_today {
            let mut then = Vec::new();
            for case in &cases {
                then.extend(kp_cases::case_as_known_on(tx, case, known.day)?.map(|(case, _)| case));
            }
            cases = then;
        }
        cases.retain(|case| state.is_empty() || case.state == state);
        Ok(ListPage { frame: frame.titled_by("menu-cases"), known, state, cases })
    })
    .await
}
