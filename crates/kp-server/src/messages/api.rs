//! Messages, settings, webhooks and the outbox for programs.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use kp_language::Texts;
use kp_messages::{
    Cadence, Message, Setting,
    outbox::{self, Outgoing},
    say,
    webhook::Webhook,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::{
    account::list::looks_after,
    app::{App, Shared},
    asked::Asked,
    endpoint::Parameter,
    frame::Answer,
    guard::Visit,
    messages::{list::who, outbox::tried_again},
    once::KeptAs,
    paged,
    problem::{FieldSaid, Problem, Said},
};

/// Messages of whoever asks.
#[derive(Serialize, ToSchema)]
pub(crate) struct Messages {
    /// The newest first.
    messages: Vec<MessageBody>,
    /// How many were not seen yet, of all.
    unread: i64,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// A message.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
pub(crate) struct MessageBody {
    /// 1, 2, 3 ...
    id: i64,
    /// What happened: `shipment_departed`, `case_opened` ...
    kind: String,
    /// In a sentence.
    says: String,
    /// What to do about it.
    next_step: String,
    /// Page of what it is about.
    about: String,
    /// When it happened.
    at: String,
    /// When it was seen.
    read_at: Option<String>,
}

/// Up to which message all were seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeenUpTo {
    /// The newest that was seen.
    #[schema(example = 1, minimum = 0, maximum = 2147483647)]
    #[serde(deserialize_with = "crate::whole::whole")]
    up_to: u32,
}

/// What an officer wants by mail.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailSetting {
    /// E-mail address; empty where nothing is to be sent.
    #[schema(example = "a.sample@office.example")]
    address: String,
    /// `none`, `instant` or `daily`.
    #[schema(example = "daily")]
    cadence: String,
    /// `en`, `fr` or `pt`.
    #[schema(example = "en")]
    language: String,
}

/// Webhooks of whoever asks.
#[derive(Serialize, ToSchema)]
pub(crate) struct Webhooks {
    /// In the order in which they were made, ended ones too.
    webhooks: Vec<WebhookBody>,
}

/// A webhook, without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(crate) struct WebhookBody {
    /// Short public name.
    id: String,
    /// Where to.
    url: String,
    /// Kinds of statements; empty: all that the officer may see.
    kinds: Vec<String>,
    /// When it was made.
    made_at: String,
    /// Until when the secret before signs too.
    old_secret_until: Option<String>,
    /// When it was ended.
    ended_at: Option<String>,
}

/// A webhook that is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWebhook {
    /// Where to; HTTPS, and not inside this node's own network.
    #[schema(example = "https://gateway.example/kpcs")]
    url: String,
    /// Kinds of statements; left out or empty: all that you may see.
    #[serde(default)]
    #[schema(example = json!(["shipment_departed", "receipt_confirmed"]))]
    kinds: Vec<String>,
}

/// A webhook's secret, shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct WebhookSecret {
    /// Short public name.
    id: String,
    /// Signs what is sent (Standard Webhooks); absent where this request was answered before under its Idempotency-Key.
    secret: Option<String>,
}

/// What left the house, or did not.
#[derive(Serialize, ToSchema)]
pub(crate) struct Outbox {
    /// The newest first; rows of other bodies are left out.
    outgoing: Vec<OutgoingBody>,
    /// Ask on with this as `after`; absent on the last page.
    next: Option<String>,
}

/// One row.
#[derive(Serialize, ToSchema)]
#[schema(as = Outgoing)]
pub(crate) struct OutgoingBody {
    /// 1, 2, 3 ...
    id: i64,
    /// `mail` or `webhook`.
    channel: &'static str,
    /// For whom.
    officer: String,
    /// E-mail address, or name of the webhook.
    target: String,
    /// Subject line, or kind of the event.
    subject: String,
    /// `waiting`, `sending`, `sent`, `failed` or `given_up`.
    state: &'static str,
    /// How often it was tried.
    tries: i64,
    /// When it was written.
    made_at: String,
    /// Not tried before.
    next_at: String,
    /// When it was sent or given up.
    ended_at: Option<String>,
    /// The node stopped during a try: it may have come twice.
    perhaps_twice: bool,
    /// What the other side said.
    last_answer: String,
}

/// Query parameters of messages and outbox.
pub(crate) const LISTED_BY: &[Parameter] = &[
    Parameter { name: "after", about: "Only rows older than the one of this number.", example: "" },
    Parameter {
        name: "limit",
        about: "How many rows are read, 1 to 500; 100 where nothing is said.",
        example: "100",
    },
];

fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::json_not_read("problem-json-of-call", error))
}

pub(crate) async fn list(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Messages>, Problem> {
    asked.only_those(LISTED_BY)?;
    let (limit, officer) = (paged::limit(&asked, 100)?, who(&visit)?);
    let before = asked.read::<i64>("after")?.unwrap_or(i64::MAX);
    app.read(move |_, tx| {
        let texts = Texts::of(visit.language);
        let messages = Message::of(tx, &officer.id, before, limit)?;
        let full = messages.len() == limit as usize;
        let body = |message: &Message| MessageBody {
            id: message.id,
            kind: message.kind.clone(),
            says: say::line(message, texts),
            next_step: say::next(message, texts),
            about: message.about.clone(),
            at: message.at.to_string(),
            read_at: message.read_at.map(|at| at.to_string()),
        };
        Ok(Json(Messages {
            messages: messages.iter().map(body).collect(),
            unread: Message::unread(tx, &officer.id)?,
            next: messages.last().filter(|_| full).map(|message| message.id.to_string()),
        }))
    })
    .await
}

pub(crate) async fn seen(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let (officer, asked) = (who(&visit)?, read::<SeenUpTo>(&body)?);
    // The description says what a whole number of 32 bits is; no node has told so much.
    if i32::try_from(asked.up_to).is_err() {
        let said = Said::of("input-not-a-count").with("typed", asked.up_to).with("example", 1);
        return Err(Problem::fields(vec![FieldSaid::new("up_to", said)]));
    }
    app.blocking(move |app| {
        let db = app.node.db();
        Ok(db.write("messages were seen", |tx| {
            Message::seen(tx, &officer.id, i64::from(asked.up_to), app.now())
        })?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn setting(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Result<Json<MailSetting>, Problem> {
    let officer = who(&visit)?;
    app.read(move |_, tx| {
        let setting = Setting::of(tx, &officer.id)?;
        Ok(Json(match setting {
            Some(setting) => MailSetting {
                address: setting.address,
                cadence: setting.cadence.to_string(),
                language: setting.language.code().to_owned(),
            },
            None => MailSetting {
                address: String::new(),
                cadence: Cadence::None.to_string(),
                language: visit.language.code().to_owned(),
            },
        }))
    })
    .await
}

pub(crate) async fn set(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let (officer, asked) = (who(&visit)?, read::<MailSetting>(&body)?);
    let setting = Setting::read(&officer.id, &asked.address, &asked.cadence, &asked.language);
    let setting = setting.map_err(Problem::fields)?;
    app.blocking(move |app| {
        let db = app.node.db();
        Ok(db.write("keep a setting of messages", |tx| setting.keep(tx, app.now()))?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a webhook; its name and secret.
pub(crate) fn made(
    app: &App,
    officer_id: &str,
    url: &str,
    kinds: &[String],
) -> Result<(String, Zeroizing<String>), Problem> {
    let make = |tx: &mut kp_db::Tx<'_>| Webhook::make(tx, &app.accounts, officer_id, url, kinds, app.now());
    Ok(app.node.db().write("make a webhook", make)?)
}

fn own(app: &App, officer_id: &str, id: &str) -> Result<Webhook, Problem> {
    let all = app.node.db().read(Webhook::all)?;
    let own = all
        .into_iter()
        .find(|hook| hook.id == id && hook.officer_id == officer_id && hook.ended_at.is_none());
    own.ok_or_else(|| Problem::not_found(Said::of("problem-no-such").with("what", id)))
}

/// Gives an officer's webhook a new secret.
pub(crate) fn rotated(app: &App, officer_id: &str, id: &str) -> Result<Zeroizing<String>, Problem> {
    let hook = own(app, officer_id, id)?;
    Ok(app.node.db().write("rotate a webhook", |tx| hook.rotate(tx, &app.accounts, app.now()))?)
}

/// Ends an officer's webhook.
pub(crate) fn ended(app: &App, officer_id: &str, id: &str) -> Result<(), Problem> {
    let hook = own(app, officer_id, id)?;
    Ok(app.node.db().write("end a webhook", |tx| hook.end(tx, app.now()))?)
}

pub(crate) async fn webhooks(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Result<Json<Webhooks>, Problem> {
    let officer = who(&visit)?;
    app.read(move |_, tx| {
        let own = Webhook::all(tx)?.into_iter().filter(|hook| hook.officer_id == officer.id);
        let body = |hook: Webhook| WebhookBody {
            id: hook.id,
            url: hook.url,
            kinds: hook.kinds,
            made_at: hook.made_at.to_string(),
            old_secret_until: hook.old_until.map(|at| at.to_string()),
            ended_at: hook.ended_at.map(|at| at.to_string()),
        };
        Ok(Json(Webhooks { webhooks: own.map(body).collect() }))
    })
    .await
}

/// A person sets webhooks up: a token that leaked makes itself no second way out.
fn person(visit: &Visit) -> Result<String, Problem> {
    match visit.program {
        Some(_) => Err(Problem::not_in_scope("webhooks")),
        None => Ok(who(visit)?.id),
    }
}

fn secret_of(id: String, secret: &Zeroizing<String>) -> Answer {
    let kept = serde_json::to_string(&WebhookSecret { id: id.clone(), secret: None });
    let kept = kept.map_err(|error| Problem::broke(error.into()))?;
    let shown = WebhookSecret { id, secret: Some(secret.to_string()) };
    let mut response = (StatusCode::CREATED, Json(shown)).into_response();
    response.extensions_mut().insert(KeptAs(kept));
    Ok(response)
}

pub(crate) async fn make_webhook(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    body: Bytes,
) -> Answer {
    let (officer, asked) = (person(&visit)?, read::<NewWebhook>(&body)?);
    let (id, secret) = app.blocking(move |app| made(app, &officer, &asked.url, &asked.kinds)).await?;
    secret_of(id, &secret)
}

pub(crate) async fn new_secret(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Answer {
    let (officer, named) = (person(&visit)?, id.clone());
    let secret = app.blocking(move |app| rotated(app, &officer, &named)).await?;
    secret_of(id, &secret)
}

pub(crate) async fn end_webhook(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let officer = person(&visit)?;
    app.blocking(move |app| ended(app, &officer, &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn outbox_rows(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Result<Json<Outbox>, Problem> {
    asked.only_those(LISTED_BY)?;
    let limit = paged::limit(&asked, 100)?;
    let before = asked.read::<i64>("after")?.unwrap_or(i64::MAX);
    app.read(move |_, tx| {
        let mut rows = outbox::before(tx, before, limit)?;
        let full = rows.len() == limit as usize;
        let next = rows.last().filter(|_| full).map(|row| row.id.to_string());
        rows.retain(|row| looks_after(&visit.viewer, &row.officer_id));
        Ok(Json(Outbox { outgoing: rows.into_iter().map(outgoing).collect(), next }))
    })
    .await
}

fn outgoing(row: Outgoing) -> OutgoingBody {
    OutgoingBody {
        id: row.id,
        channel: row.channel.word(),
        officer: row.officer_id,
        target: row.target,
        subject: row.subject,
        state: row.state.word(),
        tries: row.tries,
        made_at: row.made_at.to_string(),
        next_at: row.next_at.to_string(),
        ended_at: row.ended_at.map(|at| at.to_string()),
        perhaps_twice: row.doubtful_at.is_some(),
        last_answer: row.last_answer,
    }
}

pub(crate) async fn again(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let none = || Problem::not_found(Said::of("problem-no-such").with("what", &id));
    let number: i64 = id.parse().map_err(|_| none())?;
    app.blocking(move |app| tried_again(app, &visit, number)).await?;
    Ok(StatusCode::NO_CONTENT)
}
