//! Messages of whoever is at the desk: what happened, what they want by mail, and which programs of theirs are told.

use askama::Template;
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use kp_language::Language;
use kp_messages::{Cadence, Message, Setting, say, webhook::Webhook};
use kp_registry::Officer;
use kp_terms::Timestamp;
use zeroize::Zeroizing;

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit},
    problem::Problem,
    words,
};

/// Messages on one page.
const SHOWN: u32 = 50;

/// A message in words.
struct Line {
    says: String,
    next: String,
    about: String,
    code: String,
    at: Timestamp,
    is_new: bool,
}

#[derive(Template)]
#[template(path = "messages/list.html")]
struct MessagesPage {
    frame: Frame,
    lines: Vec<Line>,
    before: Option<i64>,
    newest: i64,
    unread: i64,
    setting: Setting,
    sends: bool,
    has_mail: bool,
    webhooks: Vec<Webhook>,
    /// A secret just made: shown once.
    secret: Option<Zeroizing<String>>,
    problem: Option<Problem>,
}

impl MessagesPage {
    fn problem_of(&self, name: &str) -> String {
        let mut all = self.problem.iter().flat_map(|p| &p.fields);
        all.find(|p| p.field == name).map(|p| p.said.said(self.frame.texts)).unwrap_or_default()
    }

    fn cadences(&self) -> [Cadence; 3] {
        Cadence::ALL
    }
}

/// What is said beside the messages.
#[derive(Default)]
struct Said {
    secret: Option<Zeroizing<String>>,
    problem: Option<Problem>,
    /// A setting that was typed and does not serve: shown again.
    typed_address: Option<String>,
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let before = asked.read::<i64>("before")?.unwrap_or(i64::MAX);
    shown(&app, visit, before, Said::default()).await
}

async fn shown(app: &Shared, visit: Visit, before: i64, said: Said) -> Answer {
    let status = said.problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    page_with_status(app, visit, Section::None, status, move |app, tx, frame| {
        let who = frame.who.clone().ok_or_else(Problem::needs_officer)?;
        let messages = Message::of(tx, &who.id, before, SHOWN)?;
        let full = messages.len() == SHOWN as usize;
        let setting = Setting::of(tx, &who.id)?;
        let mut setting = setting.unwrap_or_else(|| Setting {
            officer_id: who.id.clone(),
            address: String::new(),
            cadence: Cadence::None,
            language: frame.language(),
        });
        if let Some(address) = said.typed_address {
            setting.address = address;
        }
        let own =
            Webhook::all(tx)?.into_iter().filter(|hook| hook.officer_id == who.id && hook.ended_at.is_none());
        let line = |message: &Message| Line {
            says: say::line(message, frame.texts),
            next: say::next(message, frame.texts),
            about: message.about.clone(),
            code: message.detail("code").to_owned(),
            at: message.at,
            is_new: message.read_at.is_none(),
        };
        Ok(MessagesPage {
            lines: messages.iter().map(line).collect(),
            before: messages.last().filter(|_| full).map(|message| message.id),
            newest: messages.first().map_or(0, |message| message.id),
            unread: Message::unread(tx, &who.id)?,
            webhooks: own.collect(),
            sends: app.post.sends(),
            has_mail: app.post.has_mail(),
            setting,
            frame: frame.titled_by("messages-title"),
            secret: said.secret,
            problem: said.problem,
        })
    })
    .await
}

pub(crate) fn who(visit: &Visit) -> Result<Officer, Problem> {
    visit.viewer.officer().cloned().ok_or_else(Problem::needs_officer)
}

pub(crate) async fn seen(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    let up_to: i64 = typed.first("up_to").parse().unwrap_or_default();
    app.blocking(move |app| {
        let db = app.node.db();
        Ok(db.write("messages were seen", |tx| Message::seen(tx, &officer.id, up_to, app.now()))?)
    })
    .await?;
    Ok(Redirect::to("/messages").into_response())
}

pub(crate) async fn set(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    let address = typed.first("address").to_owned();
    match Setting::read(&officer.id, &address, typed.first("cadence"), typed.first("language")) {
        Ok(setting) => {
            app.blocking(move |app| {
                let db = app.node.db();
                Ok(db.write("keep a setting of messages", |tx| setting.keep(tx, app.now()))?)
            })
            .await?;
            Ok(Redirect::to("/messages").into_response())
        }
        Err(fields) => {
            let said = Said {
                problem: Some(Problem::fields(fields)),
                typed_address: Some(address),
                ..Said::default()
            };
            shown(&app, visit, i64::MAX, said).await
        }
    }
}

pub(crate) async fn make_webhook(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let officer = who(&visit)?;
    let url = typed.first("url").to_owned();
    let kinds: Vec<String> = typed.first("kinds").split_whitespace().map(str::to_owned).collect();
    let made = app.blocking(move |app| super::api::made(app, &officer.id, &url, &kinds)).await;
    let said = match made {
        Ok((_, secret)) => Said { secret: Some(secret), ..Said::default() },
        Err(problem) => Said { problem: Some(problem), ..Said::default() },
    };
    shown(&app, visit, i64::MAX, said).await
}

pub(crate) async fn new_secret(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let (officer, id) = (who(&visit)?, typed.first("webhook").to_owned());
    let secret = app.blocking(move |app| super::api::rotated(app, &officer.id, &id)).await?;
    shown(&app, visit, i64::MAX, Said { secret: Some(secret), ..Said::default() }).await
}

pub(crate) async fn end_webhook(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
) -> Answer {
    let (officer, id) = (who(&visit)?, typed.first("webhook").to_owned());
    app.blocking(move |app| super::api::ended(app, &officer.id, &id)).await?;
    Ok(Redirect::to("/messages").into_response())
}
