//! Cases: who owes an answer to whom, and until when; a page at a time.

use askama::Template;
use axum::{Extension, extract::State};
use kp_cases::Case;

use crate::{
    act::next::escaped,
    app::Shared,
    asked::Asked,
    case::pages,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    paged,
    statistics::show::KnownOn,
    words,
};

/// Rows of a page.
const SHOWN: u32 = 50;

#[derive(Template)]
#[template(path = "case/list.html")]
struct ListPage {
    frame: Frame,
    known: KnownOn,
    state: String,
    cases: Vec<Case>,
    next: Option<String>,
    is_first: bool,
    limit: u32,
}

impl ListPage {
    /// The address of a page with the same filters.
    fn at(&self, after: &str) -> String {
        let after = if after.is_empty() { String::new() } else { format!("&after={after}") };
        let day = if self.known.is_today { String::new() } else { format!("&as_of={}", self.known.day) };
        let limit = if self.limit == SHOWN { String::new() } else { format!("&limit={}", self.limit) };
        format!("?state={}{after}{limit}{day}", escaped(&self.state))
    }
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let state = asked.text("state").to_owned();
    let after = asked.text("after").to_owned();
    let known = KnownOn::of(&asked, app.today())?;
    let limit = paged::limit(&asked, SHOWN)?;
    let seen = visit.clone();
    page(&app, visit, Section::Cases, move |_, tx, frame| {
        let (cases, more) = pages::cases(tx, &seen, &known, &state, &after, limit as usize)?;
        Ok(ListPage {
            frame: frame.titled_by("menu-cases"),
            next: cases.last().filter(|_| more).map(|case| case.case_number.clone()),
            limit,
            is_first: after.is_empty(),
            known,
            state,
            cases,
        })
    })
    .await
}
