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
    words,
};

#[derive(Template)]
#[template(path = "case/list.html")]
struct ListPage {
    frame: Frame,
    state: String,
    cases: Vec<Case>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let state = asked.text("state").to_owned();
    page(&app, visit, Section::Cases, move |_, tx, frame| {
        let mut cases = kp_cases::cases(tx)?;
        cases.retain(|case| state.is_empty() || case.state == state);
        cases.retain(|case| frame.may_see(Class::Question, &question(case.asked, Some(case))));
        Ok(ListPage { frame: frame.titled("Cases"), state, cases })
    })
    .await
}
