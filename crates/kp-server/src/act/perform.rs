//! An act is done, from a page or from a program: one way for both, through the node.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect},
};
use kp_accounts::answers::{Known, Named, NamedAct};
use kp_node::{Act, Receipt};
use kp_terms::Fields;

use crate::{
    act::{
        field_view::say_unchosen,
        form,
        typed::{Passphrases, asks_again, fields_of, passphrases_of},
    },
    app::{App, Shared},
    frame::Answer,
    guard::{Refused, Typed, Visit},
    once::hash_of,
    problem::{FieldSaid, Problem},
    session::AtDesk,
};

/// A key is only as good as what it lies under. Ours.
pub(crate) const SHORTEST_PASSPHRASE: usize = 12;

/// Whether an act brings a public key, which the door makes where none is given.
pub(crate) fn takes_key(act: &Act) -> bool {
    act.fields.iter().any(|field| field.name == "public_key")
}

/// The form was sent: do the act, or show the form again with what was typed.
pub(crate) async fn perform(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(typed): Extension<Typed>,
    Path(name): Path<String>,
) -> Answer {
    let act = form::act_named(&name)?;
    if asks_again(&typed) {
        return form::again(&app, visit, act, typed, None).await;
    }
    let at_desk = visit.desk()?;
    let (fields, passphrases) = (fields_of(&typed.0), passphrases_of(&typed));
    let named = form_named(&typed, &at_desk.signer.id, act, &fields);
    match app.blocking(move |app| sent(app, &at_desk, act, &fields, &passphrases, named.as_ref())).await {
        Ok(position) => Ok(Redirect::to(&format!("/receipts/{position}")).into_response()),
        Err(mut problem) => {
            say_unchosen(act, &fields_of(&typed.0), &mut problem.fields);
            let why = Refused(problem.key);
            let mut response = form::again(&app, visit, act, typed, Some(problem)).await?;
            response.extensions_mut().insert(why);
            Ok(response)
        }
    }
}

/// The name under which a form is sent: its own, with what is in it. Pressed twice, or sent again over a bad line, it is the same;
/// gone back to and filled in otherwise, it is another.
fn form_named(typed: &Typed, officer_id: &str, act: &Act, fields: &Fields) -> Option<Named> {
    let once = typed.first("once");
    if once.is_empty() {
        return None;
    }
    let texts = fields.iter().flat_map(|(name, texts)| std::iter::once(name).chain(texts));
    let parts = [once, act.name].into_iter().chain(texts.map(String::as_str));
    let request = hash_of(parts.map(str::as_bytes));
    let name = format!("form-{}", kp_sign::hex(&request));
    Some(Named { officer_id: officer_id.to_owned(), name, request })
}

/// Does what a form asks for, once; the place of what was recorded, now or when the same form was sent before.
fn sent(
    app: &App,
    at_desk: &AtDesk,
    act: &'static Act,
    fields: &Fields,
    passphrases: &Passphrases,
    named: Option<&Named>,
) -> Result<u64, Problem> {
    let Some(named) = named else { return Ok(done(app, at_desk, act, fields, passphrases)?.position) };
    // Looked up before the act is tried: what made a key the first time would stumble over it the second.
    if let Some(position) = recorded_under(app, named)? {
        return Ok(position);
    }
    match done_once(app, at_desk, act, fields, passphrases, named)? {
        Some(receipt) => Ok(receipt.position),
        // The same form came in twice at once, and the other was first.
        None => recorded_under(app, named)?
            .ok_or_else(|| Problem::broke(anyhow::anyhow!("an answer under a name is not there any more"))),
    }
}

fn recorded_under(app: &App, named: &Named) -> Result<Option<u64>, Problem> {
    let known = app.node.db().read(|tx| named.known(tx, app.now()))?;
    let Known::Answered { answer, .. } = known else { return Ok(None) };
    let answer: serde_json::Value =
        serde_json::from_str(&answer).map_err(|error| Problem::broke(error.into()))?;
    Ok(answer["position"].as_u64())
}

/// Does an act as whoever is at the desk. When this returns `Ok`, the act is durable.
pub(crate) fn done(
    app: &App,
    at_desk: &AtDesk,
    act: &'static Act,
    fields: &Fields,
    passphrases: &Passphrases,
) -> Result<Receipt, Problem> {
    refuse_on_faults(app)?;
    let receipt = if makes_key(act, fields) {
        let passphrase = passphrase_for_new_key(app, fields, passphrases)?;
        app.node.perform_with_new_key(act.name, fields.clone(), &passphrase, &at_desk.signer, app.now())
    } else {
        app.node.perform_act(act, fields, &at_desk.signer, app.now())
    };
    let receipt = receipt.map_err(|failure| Problem::of_act(failure, act, fields))?;
    told(&receipt);
    Ok(receipt)
}

/// As [`done`], under a name: none where it was done under it before.
pub(crate) fn done_once(
    app: &App,
    at_desk: &AtDesk,
    act: &'static Act,
    fields: &Fields,
    passphrases: &Passphrases,
    named: &Named,
) -> Result<Option<Receipt>, Problem> {
    refuse_on_faults(app)?;
    let (signer, now) = (&at_desk.signer, app.now());
    let once = NamedAct { named, now, answer: &super::api::kept };
    let receipt = if makes_key(act, fields) {
        let passphrase = passphrase_for_new_key(app, fields, passphrases)?;
        app.node.perform_once_with_new_key(act, fields.clone(), &passphrase, signer, now, &once)
    } else {
        app.node.perform_once(act, fields, signer, now, &once)
    };
    let receipt = receipt.map_err(|failure| Problem::of_act(failure, act, fields))?;
    receipt.iter().for_each(told);
    Ok(receipt)
}

/// Tries an act as whoever is at the desk: the receipt of what would stand. Nothing is recorded.
pub(crate) fn tried(
    app: &App,
    at_desk: &AtDesk,
    act: &'static Act,
    fields: &Fields,
    passphrases: &Passphrases,
) -> Result<Receipt, Problem> {
    refuse_on_faults(app)?;
    if makes_key(act, fields) {
        passphrase_for_new_key(app, fields, passphrases)?;
    }
    let tried = app.node.try_act(act, fields, &at_desk.signer, app.now());
    tried.map_err(|failure| Problem::of_act(failure, act, fields))
}

fn refuse_on_faults(app: &App) -> Result<(), Problem> {
    app.node.faults().first().map_or(Ok(()), |fault| Err(Problem::log_not_as_written(fault)))
}

fn makes_key(act: &Act, fields: &Fields) -> bool {
    takes_key(act) && !fields.contains_key("public_key")
}

fn told(receipt: &Receipt) {
    tracing::info!(act = receipt.act, log = receipt.log_id, entry = receipt.entry_number, "recorded");
}

fn passphrase_for_new_key(app: &App, fields: &Fields, typed: &Passphrases) -> Result<String, Problem> {
    let problem = |field: &str, key: &str| Problem::fields(vec![FieldSaid::new(field, key)]);
    let officer = fields.get("officer_id").and_then(|texts| texts.first()).map_or("", |text| text.trim());
    if app.node.keyring().is_some_and(|keyring| keyring.holds(officer)) {
        return Err(problem("public_key", "input-key-lies-here"));
    }
    if let Some(demo) = &app.demo {
        return Ok(demo.passphrase.to_string());
    }
    if typed.first.chars().count() < SHORTEST_PASSPHRASE {
        return Err(problem("passphrase", "input-passphrase-short"));
    }
    if typed.first != typed.again {
        return Err(problem("passphrase_again", "input-passphrase-differs"));
    }
    Ok(typed.first.to_string())
}
