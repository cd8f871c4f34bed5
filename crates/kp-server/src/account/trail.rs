//! The trail of accounts and the record of looks, for auditors: only their own body's rows.

use askama::Template;
use axum::{Extension, extract::State};
use kp_accounts::{
    looks::{self, Looked},
    rights::{Class, Thing},
    trail::{self as steps, Step},
};

use crate::{
    app::Shared,
    asked::Asked,
    frame::{Answer, Frame, Section, page},
    guard::Visit,
    words,
};

/// Rows read for one page; those of other bodies are left out.
const READ: u32 = 200;

#[derive(Template)]
#[template(path = "account/trail.html")]
struct TrailPage {
    frame: Frame,
    steps: Vec<Step>,
    before: Option<i64>,
    /// The first row that does not follow from the one before it.
    broken: Option<i64>,
}

#[derive(Template)]
#[template(path = "account/looks.html")]
struct LooksPage {
    frame: Frame,
    looks: Vec<Looked>,
    about: String,
    before: Option<i64>,
    broken: Option<i64>,
}

/// What rows say, and the text that says it to people.
const WHAT: &[(&str, &str)] = &[
    ("invited", "trail-invited"),
    ("joined", "trail-joined"),
    ("factor_renewed", "trail-factor_renewed"),
    ("password_renewed", "trail-password_renewed"),
    ("password_changed", "trail-password_changed"),
    ("signed_in", "trail-signed_in"),
    ("not_signed_in", "trail-not_signed_in"),
    ("signed_out", "trail-signed_out"),
    ("closed", "trail-closed"),
    ("token_made", "trail-token_made"),
    ("token_ended", "trail-token_ended"),
    ("recovery_started", "trail-recovery_started"),
    ("recovery_confirmed", "trail-recovery_confirmed"),
    ("recovery_stopped", "trail-recovery_stopped"),
    ("passkey_made", "trail-passkey_made"),
    ("passkey_removed", "trail-passkey_removed"),
    ("passkey_copied", "trail-passkey_copied"),
    ("ministry_bound", "trail-ministry_bound"),
    ("ministry_unbound", "trail-ministry_unbound"),
    ("factor_shown", "trail-factor_shown"),
    ("factor_refused", "trail-factor_refused"),
    ("denied", "trail-denied"),
];

impl TrailPage {
    fn what(&self, step: &Step) -> String {
        let known = WHAT.iter().find(|(what, _)| *what == step.what);
        known.map_or_else(|| self.frame.spoken(&step.what), |(_, key)| self.frame.t(key))
    }
}

pub(crate) fn body_of(officer_id: &str) -> String {
    match officer_id.split_once('-') {
        Some(("scheme", _)) => "scheme".to_owned(),
        Some((code, _)) => code.to_uppercase(),
        None => String::new(),
    }
}

pub(crate) async fn trail(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let before = asked.read::<i64>("before")?.unwrap_or(i64::MAX);
    page(&app, visit, Section::Trail, move |_, tx, frame| {
        let mut read = steps::before(tx, before, READ)?;
        let last = read.last().map(|step| step.number).filter(|number| *number > 1);
        read.retain(|step| frame.may_see(Class::Trail, &Thing::of(body_of(&step.about))));
        let broken = steps::first_break(tx)?;
        Ok(TrailPage { frame: frame.titled_by("menu-trail"), steps: read, before: last, broken })
    })
    .await
}

pub(crate) async fn looks(
    State(app): State<Shared>,
    Extension(visit): Extension<Visit>,
    asked: Asked,
) -> Answer {
    let before = asked.read::<i64>("before")?.unwrap_or(i64::MAX);
    let about = asked.text("about").to_owned();
    page(&app, visit, Section::Trail, move |_, tx, frame| {
        let mut read = looks::before(tx, before, READ)?;
        let last = read.last().map(|looked| looked.number).filter(|number| *number > 1);
        read.retain(|looked| {
            // Whose thing was looked at, and whose officer looked.
            let mut bodies: Vec<String> = looked.look.owner.split_whitespace().map(str::to_owned).collect();
            bodies.push(looked.look.body.clone());
            let asked_for = about.is_empty() || looked.look.about == about || looked.look.by_whom == about;
            asked_for && frame.may_see(Class::Trail, &Thing { bodies, ..Thing::default() })
        });
        let broken = looks::first_break(tx)?;
        Ok(LooksPage { frame: frame.titled_by("trail-tabs-looks"), looks: read, about, before: last, broken })
    })
    .await
}
