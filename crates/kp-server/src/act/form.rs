//! The form of an act, generated from the catalogue: prefilled from the link, help under each field, errors beside the
//! field with a summary on top, and what was typed is never lost.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kp_db::Tx;
use kp_node::{Act, act_by_name};
use kp_registry::{Officer, Participant, Role};
use kp_terms::{Field, Fields};

use crate::{
    act::{
        context::{self, Context},
        exporters::{self, Offered},
        field_view::{FieldView, Input, view},
        perform::takes_key,
        typed::fields_of,
    },
    app::Shared,
    desk::fresh::{self, Asks, FIELDS},
    frame::{Answer, Frame, Section, page_with_status},
    guard::{Typed, Visit},
    problem::{FieldSaid, Problem, Said},
    token::random_text,
    words,
};

/// Bytes of a form's own name.
const ONCE_BYTES: usize = 12;

#[derive(Template)]
#[template(path = "act/form.html")]
struct FormPage {
    frame: Frame,
    act: &'static Act,
    fields: Vec<FieldView>,
    participants: Vec<Participant>,
    exporters: Offered,
    context: Option<Context>,
    /// That this is what was typed before the desk locked, or before a way to the ministry's sign-in.
    was_kept: bool,
    /// That the certificate is not in a state for this act, where a form is just opened.
    standing: Option<String>,
    /// Key of what is said above a form that was opened from a scan.
    scanned: Option<&'static str>,
    makes_key: bool,
    problem: Option<Problem>,
    holds_role: bool,
    /// Who could do it, offered in a demonstration.
    could: Vec<Officer>,
    /// The factor that is asked for, where none was shown lately.
    asks: Option<Asks>,
    /// This form's own name, so that it does one thing however often it is sent.
    once: String,
}

impl FormPage {
    /// Problems of fields that this form does not show, so that none is lost.
    fn other_problems(&self) -> Vec<&FieldSaid> {
        let shown = |name: &str| {
            self.fields.iter().any(|f| f.name == name)
                || FIELDS.contains(&name)
                || (self.makes_key && matches!(name, "passphrase" | "passphrase_again"))
        };
        self.problem.iter().flat_map(|p| &p.fields).filter(|p| !shown(&p.field)).collect()
    }

    fn problem_of(&self, name: &str) -> String {
        let mut all = self.problem.iter().flat_map(|p| &p.fields);
        all.find(|p| p.field == name).map(|p| p.said.said(self.frame.texts)).unwrap_or_default()
    }

    fn goods(&self, word: &str) -> String {
        words::goods(self.frame.texts, word)
    }
}

/// The act of this name.
///
/// # Errors
/// Where there is none.
pub(crate) fn act_named(name: &str) -> Result<&'static Act, Problem> {
    act_by_name(name).ok_or_else(|| Problem::not_found(Said::of("problem-no-act").with("name", name)))
}

pub(crate) async fn show(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path(name): Path<String>,
    Query(prefilled): Query<Vec<(String, String)>>,
) -> Answer {
    let act = act_named(&name)?;
    // What was typed before the desk locked, or before a way to the ministry's sign-in, comes back.
    if let Some(kept) = app.sessions.kept(&visit.cookie, &format!("/act/{}", act.name)) {
        return shown_again(&app, visit, act, Typed(kept), None, true).await;
    }
    let known =
        |pair: &(String, String)| pair.0 == "scanned" || act.fields.iter().any(|field| field.name == pair.0);
    again(&app, visit, act, Typed(prefilled.into_iter().filter(known).collect()), None).await
}

/// The form with what was typed, and what was wrong with it where something was.
pub(crate) async fn again(
    app: &Shared,
    visit: Visit,
    act: &'static Act,
    typed: Typed,
    problem: Option<Problem>,
) -> Answer {
    shown_again(app, visit, act, typed, problem, false).await
}

async fn shown_again(
    app: &Shared,
    visit: Visit,
    act: &'static Act,
    typed: Typed,
    problem: Option<Problem>,
    was_kept: bool,
) -> Answer {
    let status = problem.as_ref().map_or(StatusCode::OK, |problem| problem.status);
    let scanned = scanned_of(typed.first("scanned"));
    let asks = fresh::asks(app, &visit, kp_accounts::fresh::of_act(act.name));
    page_with_status(app, visit, Section::None, status, move |_, tx, frame| {
        let mut page = fill(tx, frame, act, &typed, problem)?;
        page.was_kept = was_kept;
        page.scanned = scanned;
        page.asks = asks;
        Ok(page)
    })
    .await
}

/// What is said above a form that was opened from a scan at the gate: nothing of one that was red, altered or not judged
/// went into it but the number. Anybody can make such a link, so it warns and never says that a paper is good.
fn scanned_of(state: &str) -> Option<&'static str> {
    match state {
        "green" => Some("gate-form-green"),
        "amber" => Some("gate-form-amber"),
        "grey" => Some("gate-form-grey"),
        "red" => Some("gate-form-red"),
        _ => None,
    }
}

/// As [`again`], for the guard: a form that was not let through loses nothing of what was typed.
pub(crate) async fn kept(app: &Shared, visit: Visit, typed: Typed, problem: Problem) -> Response {
    let act = visit.here.strip_prefix("/act/").and_then(act_by_name);
    let answer = match act {
        Some(act) => again(app, visit, act, typed, Some(problem)).await,
        None => Err(problem),
    };
    answer.unwrap_or_else(IntoResponse::into_response)
}

fn fill(
    tx: &mut Tx<'_>,
    frame: Frame,
    act: &'static Act,
    typed: &Typed,
    problem: Option<Problem>,
) -> Result<FormPage, Problem> {
    let mut fields = fields_of(&typed.0);
    if typed.first("token").is_empty() {
        own_code(&mut fields, act, frame.who.as_ref());
    }
    let problems = problem.as_ref().map_or(&[][..], |p| &p.fields);
    let (texts, adding) = (frame.texts, typed.first("add"));
    let holds_role = frame.who.as_ref().is_some_and(|who| who.roles.contains(&act.role));
    let could = match frame.is_demo && !holds_role {
        true => {
            kp_registry::officers(tx)?.into_iter().filter(|o| o.roles.contains(&act.role)).take(8).collect()
        }
        false => Vec::new(),
    };
    let exporters = exporters::offered(tx, &frame, act, typed, &mut fields)?;
    let context = context::of_fields(tx, &fields, &frame)?;
    let standing = match problem.is_none() && context.is_some() {
        true => context::out_of_turn(tx, texts, act, &fields)?,
        false => None,
    };
    Ok(FormPage {
        frame: {
            let title = frame.act(act.name);
            frame.titled(title).with_work()
        },
        was_kept: false,
        scanned: None,
        act,
        fields: shown(act).map(|field| view(texts, act, field, &fields, problems, adding)).collect(),
        participants: kp_registry::participants(tx)?,
        exporters,
        context,
        standing,
        makes_key: takes_key(act),
        problem,
        holds_role,
        could,
        asks: None,
        once: match typed.first("once") {
            "" => random_text(ONCE_BYTES)?,
            sent => sent.to_owned(),
        },
    })
}

/// On a form just opened, an officer of a participant acts for that participant.
fn own_code(fields: &mut Fields, act: &Act, who: Option<&Officer>) {
    let Some(own) = who.map(|who| &who.body).filter(|body| *body != "scheme") else { return };
    // A trader's person acts for its licence; a broker writes the exporter's over it.
    if act.role == Role::Trader && !fields.contains_key("licence_number") {
        let asked = act.fields.iter().any(|field| field.name == "licence_number");
        let licence = who.and_then(|who| who.licence.clone()).filter(|_| asked);
        fields.extend(licence.map(|licence| ("licence_number".to_owned(), vec![licence])));
    }
    for name in ["participant", "at", "body"] {
        let is_asked = act.fields.iter().any(|field| field.name == name);
        if is_asked && !act.role.is_of_scheme() && !fields.contains_key(name) {
            fields.insert(name.to_owned(), vec![own.clone()]);
        }
    }
}

/// All fields; one that the person at the desk can leave to the door comes last.
fn shown(act: &'static Act) -> impl Iterator<Item = &'static Field> {
    let of_key = |field: &&Field| field.name == "public_key";
    act.fields.iter().filter(move |f| !of_key(f)).chain(act.fields.iter().filter(of_key))
}
