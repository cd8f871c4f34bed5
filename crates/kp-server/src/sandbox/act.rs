//! What is done with a return in the sandbox, from a page: brought, commented, marked complete, dropped, declared. One way
//! for pages and programs, through the node; who may is said there (the participant's focal point).

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect},
};
use kp_node::{Receipt, returns::Submitting, returns::WhichReturn};
use kp_statistics::{
    AnnexTable,
    declare_return::Forced,
    sandbox::{Noting, Sandboxed},
};
use kp_terms::{ParticipantCode, Period};

use super::{
    load::{load, whose},
    show,
};
use crate::{
    app::{App, Shared},
    files::{Brought, File},
    frame::Answer,
    guard::{Typed, Visit},
    problem::{FieldSaid, Problem, Said},
    session::AtDesk,
    statistics::returns::download,
};

/// Which return a file is said to be, as it was typed.
pub(crate) struct Named<'a> {
    pub(crate) participant: &'a str,
    pub(crate) table: &'a str,
    pub(crate) period: &'a str,
}

impl Named<'_> {
    /// Reads all three, or says of each what is wrong with it.
    pub(crate) fn read(&self) -> Result<WhichReturn, Problem> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, typed: &str, error: String| {
            let said = Said::of("input-not-read-as-typed").with("typed", typed);
            problems.push(FieldSaid::new(field, said.or_in_english(error)));
        };
        let participant = self.participant.trim().to_uppercase().parse::<ParticipantCode>();
        let participant = participant.map_err(|e| wrong("participant", self.participant, e.to_string())).ok();
        let table =
            self.table.parse::<AnnexTable>().map_err(|e| wrong("table", self.table, e.to_string())).ok();
        let period = self.period.trim().parse::<Period>();
        let mut period = period.map_err(|e| wrong("period", self.period, e.to_string())).ok();
        if let (Some(of), Some(table)) = (period, table)
            && !table.fits(of)
        {
            wrong("period", self.period, format!("{table} are not returned for {of}"));
            period = None;
        }
        match (participant, table, period) {
            (Some(participant), Some(table), Some(period)) => Ok(WhichReturn { participant, table, period }),
            _ => Err(Problem::fields(problems)),
        }
    }
}

/// Nothing is done on top of a log that is not as it was written.
fn sound(app: &App) -> Result<(), Problem> {
    app.node.faults().first().map_or(Ok(()), |fault| Err(Problem::log_not_as_written(fault)))
}

/// Puts a file into its participant's sandbox.
pub(crate) fn put(
    app: &App,
    at_desk: &AtDesk,
    which: WhichReturn,
    file: &File,
) -> Result<Sandboxed, Problem> {
    sound(app)?;
    Ok(app.node.put_return(which, &file.name, &file.bytes, &at_desk.signer, app.now())?)
}

/// Notes something beside a return.
pub(crate) fn note(
    app: &App,
    visit: &Visit,
    at_desk: &AtDesk,
    (of, id): (ParticipantCode, &str),
    noting: &Noting,
) -> Result<(), Problem> {
    sound(app)?;
    let waiting = load(app, visit, of, id)?;
    if let Noting::Comment { figure, .. } = noting
        && !waiting.checked.cells().iter().any(|cell| cell.key == *figure)
    {
        let said = Said::of("input-no-such-figure").with("figure", figure);
        return Err(Problem::fields(vec![FieldSaid::new("figure", said)]));
    }
    if let Noting::Comment { words, .. } = noting
        && words.trim().chars().count() > kp_statistics::sandbox::LONGEST_COMMENT
    {
        return Err(Problem::fields(vec![FieldSaid::new("words", "input-comment-too-long")]));
    }
    Ok(app.node.note_on_return((of, id), noting, &at_desk.signer, app.now())?)
}

/// Declares a return.
pub(crate) fn submit(
    app: &App,
    visit: &Visit,
    at_desk: &AtDesk,
    (of, id): (ParticipantCode, &str),
    with: Submitting,
) -> Result<Receipt, Problem> {
    sound(app)?;
    let waiting = load(app, visit, of, id)?;
    let receipt =
        app.node.submit_return_of_sandbox(&waiting.checked, id, with, &at_desk.signer, app.now())?;
    tracing::info!(position = receipt.position, "a return was declared from the sandbox");
    Ok(receipt)
}

/// Drops a return unsaid.
pub(crate) fn forget(
    app: &App,
    visit: &Visit,
    at_desk: &AtDesk,
    (of, id): (ParticipantCode, &str),
) -> Result<(), Problem> {
    sound(app)?;
    load(app, visit, of, id)?;
    app.node.drop_return(of, id, &at_desk.signer, app.now())?;
    Ok(())
}

/// Reads forced rules, each with its reason; those without a reason are not forced.
pub(crate) fn forced<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Vec<Forced>, Problem> {
    let mut all = Vec::new();
    for (rule, reason) in pairs.filter(|(_, reason)| !reason.trim().is_empty()) {
        all.push(format!("{rule}: {reason}").parse().map_err(|error: kp_terms::ReadError| {
            let said = Said::of("input-not-read-as-typed").with("typed", rule);
            Problem::fields(vec![FieldSaid::new("forced", said.or_in_english(error.to_string()))])
        })?);
    }
    Ok(all)
}

pub(crate) async fn bring(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    Extension(Brought(files)): Extension<Brought>,
) -> Answer {
    let at_desk = visit.desk()?;
    let named = Named {
        participant: typed.first("participant"),
        table: typed.first("table"),
        period: typed.first("period"),
    };
    let which = named.read()?;
    let put = app.blocking(move |app| match files.first() {
        Some(file) => put(app, &at_desk, which, file),
        None => Err(Problem::fields(vec![FieldSaid::new("file", "input-no-file")])),
    });
    let put = put.await?;
    Ok(Redirect::to(&format!("/returns/{}/{}", put.participant, put.id)).into_response())
}

pub(crate) async fn comment(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    Path((of, id)): Path<(String, String)>,
) -> Answer {
    let noting =
        Noting::Comment { figure: typed.first("figure").to_owned(), words: typed.first("words").to_owned() };
    noted(&app, visit, (of, id), noting, "figures").await
}

pub(crate) async fn complete(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    Path((of, id)): Path<(String, String)>,
) -> Answer {
    let noting = if typed.first("complete") == "no" { Noting::NotComplete } else { Noting::Complete };
    noted(&app, visit, (of, id), noting, "complete").await
}

async fn noted(
    app: &Shared,
    visit: Visit,
    (of, id): (String, String),
    noting: Noting,
    back_to: &str,
) -> Answer {
    let at_desk = visit.desk()?;
    let of = whose(&of)?;
    let back = format!("/returns/{of}/{id}#{back_to}");
    app.blocking(move |app| note(app, &visit, &at_desk, (of, &id), &noting)).await?;
    Ok(Redirect::to(&back).into_response())
}

pub(crate) async fn declare(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    Path((of, id)): Path<(String, String)>,
) -> Answer {
    let at_desk = visit.desk()?;
    let of = whose(&of)?;
    let rules = typed.0.iter().filter_map(|(name, text)| Some((name.strip_prefix("force-")?, text.as_str())));
    let reason = Some(typed.first("reason").trim().to_owned()).filter(|reason| !reason.is_empty());
    let with = Submitting { reason, forced: forced(rules)?, complete: false };
    let (who, name) = (visit.clone(), id.clone());
    match app.blocking(move |app| submit(app, &who, &at_desk, (of, &name), with)).await {
        Ok(receipt) => Ok(Redirect::to(&format!("/receipts/{}", receipt.position)).into_response()),
        Err(problem) if problem.status.is_client_error() && problem.status != 404 => {
            show::answer(&app, visit, of, id, typed, Some(problem)).await
        }
        Err(problem) => Err(problem),
    }
}

pub(crate) async fn drop_it(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((of, id)): Path<(String, String)>,
) -> Answer {
    let at_desk = visit.desk()?;
    let of = whose(&of)?;
    app.blocking(move |app| forget(app, &visit, &at_desk, (of, &id))).await?;
    Ok(Redirect::to("/returns").into_response())
}

/// The sheet with its problems marked in its cells.
pub(crate) async fn marked(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Path((of, id)): Path<(String, String)>,
) -> Answer {
    let of = whose(&of)?;
    let (name, today) = (id.clone(), app.today());
    let bytes = app
        .blocking(move |app| {
            let waiting = load(app, &visit, of, &id)?;
            match &waiting.checked.sheet.problem {
                Some(_) => Err(Problem::not_found("problem-no-marked-sheet")),
                None => Ok(waiting.checked.marked()?),
            }
        })
        .await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(&format!("marked-{name}"), "xlsx", kind, bytes, today))
}
