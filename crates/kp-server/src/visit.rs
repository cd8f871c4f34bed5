//! One visit: which browser or program, who it is, what they may see, and what they saw.
//!
//! Asked anew with every request: an officer whose key was withdrawn, whose role was taken or whose account was closed is
//! somebody else with the next click.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, Method, header, request::Parts},
};
use jiff::Timestamp;
use kp_accounts::{
    Accounts,
    looks::Look,
    passkey::Site,
    rights::{self, Class, Thing, Viewer},
};
use kp_db::Tx;
use kp_language::Language;

use crate::{
    app::Shared,
    lent::Program,
    problem::Problem,
    serve::Peer,
    session::{AtDesk, Seat},
    token::random_text,
};

/// One visit.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) cookie: String,
    pub(crate) token: String,
    pub(crate) at_desk: Option<AtDesk>,
    /// Who asks, as far as rights go.
    pub(crate) viewer: Viewer,
    /// Whose session waits for its PIN.
    pub(crate) locked: Option<String>,
    /// What a token may do; nothing where a person or a session of its own asks.
    pub(crate) program: Option<kp_accounts::Token>,
    /// The address it came from.
    pub(crate) from: String,
    /// The mark of a browser that has signed in before.
    pub(crate) mark: String,
    /// Who the browser thinks it talks to, where passkeys serve there.
    pub(crate) site: Option<Site>,
    /// Whether the account of who is at the desk is bound to the ministry's sign-in, and that is there.
    pub(crate) is_bound: bool,
    /// In which language this browser is spoken to.
    pub(crate) language: Language,
    /// Where a form that only changes who acts comes back to.
    pub(crate) here: String,
    pub(crate) seen: Seen,
}

/// What was shown in this visit and is recorded before the answer goes out.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<Look>>>);

impl Seen {
    pub(crate) fn take(&self) -> Vec<Look> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Visit {
    /// Whether the visitor may see a thing.
    pub(crate) fn may_see(&self, class: Class, thing: &Thing<'_>) -> bool {
        rights::may_see(&self.viewer, class, thing)
    }

    /// Who is at the desk, with the key that signs.
    ///
    /// # Errors
    /// Where nobody is.
    pub(crate) fn desk(&self) -> Result<AtDesk, Problem> {
        self.at_desk.clone().ok_or_else(Problem::needs_officer)
    }

    /// Who is at the desk in person: no program makes a way in, or what would outlive it.
    ///
    /// # Errors
    /// Where nobody is, or a program.
    pub(crate) fn person_at_desk(&self) -> Result<AtDesk, Problem> {
        self.desk().and_then(|at_desk| match self.program {
            None => Ok(at_desk),
            Some(_) => Err(Problem::needs_officer()),
        })
    }

    /// Notes that a thing is shown.
    pub(crate) fn saw(&self, what: &str, about: impl ToString, bodies: &[String]) {
        self.seen.note(&self.viewer, what, &about.to_string(), bodies);
    }
}

impl Seen {
    /// Notes that a thing is shown. What everybody may see is not recorded, nor is who is nobody.
    pub(crate) fn note(&self, viewer: &Viewer, what: &str, about: &str, bodies: &[String]) {
        let Some(officer) = viewer.officer() else { return };
        let mut owner: Vec<&str> = bodies.iter().map(String::as_str).collect();
        owner.sort_unstable();
        owner.dedup();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Look {
            by_whom: officer.id.clone(),
            body: officer.body.clone(),
            what: what.to_owned(),
            about: about.to_owned(),
            owner: owner.join(" "),
        });
    }
}

/// Finds out who it is. Only a visit with a session or a token asks the database.
pub(crate) async fn of(app: &Shared, request: &Parts) -> Result<(Visit, bool), Problem> {
    let headers = &request.headers;
    let known = cookie_of(headers, &app.door.cookie).filter(|value| value.len() == 43);
    let is_new = known.is_none();
    let cookie = match known {
        Some(cookie) => cookie,
        None => random_text(32)?,
    };
    let peer = request.extensions.get::<ConnectInfo<Peer>>().map(|info| info.0.0.ip());
    let here = match request.method {
        Method::GET => request.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
        _ => request.uri.path().to_owned(),
    };
    let nobody = if app.demo.is_some() { Viewer::Demonstration } else { Viewer::Nobody };
    let mut visit = Visit {
        token: app.tokens.form_token(&cookie)?,
        at_desk: None,
        viewer: nobody,
        locked: None,
        program: None,
        from: app.door.from(peer, headers),
        mark: cookie_of(headers, &app.door.mark_cookie).unwrap_or_default(),
        site: app.door.site(headers),
        is_bound: false,
        language: language_of(app, headers),
        here,
        cookie,
        seen: Seen::default(),
    };
    let id = match headers.get(header::AUTHORIZATION) {
        None => visit.cookie.clone(),
        Some(said) => {
            // Whoever names a token is who the token says, whatever the cookie; one that does not serve is nobody's.
            let text = said.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
            let text = text.to_owned();
            if let Some(program) = program(app, &text).await? {
                return Ok((of_program(app, visit, program).await?, is_new));
            }
            text
        }
    };
    match app.sessions.seat(&id, app.now()) {
        Seat::Taken(at_desk) => visit = at(app, visit, at_desk).await?,
        Seat::Locked(officer) => {
            visit.viewer = Viewer::Nobody;
            visit.locked = Some(officer);
        }
        Seat::Empty if headers.contains_key(header::AUTHORIZATION) => visit.viewer = Viewer::Nobody,
        Seat::Empty => {}
    }
    Ok((visit, is_new))
}

async fn program(app: &Shared, text: &str) -> Result<Option<Program>, Problem> {
    if !text.starts_with("kpcs_") {
        return Ok(None);
    }
    let text = text.to_owned();
    app.blocking(move |app| Ok(app.lent.program(app, &text)?)).await
}

async fn of_program(app: &Shared, mut visit: Visit, program: Program) -> Result<Visit, Problem> {
    let officer_id = program.token.officer_id.clone();
    let key = program.at_desk.as_ref().map(|at_desk| at_desk.signer.key.public().id().to_string());
    visit.at_desk = program.at_desk;
    visit.program = Some(program.token);
    visit.viewer = app.read(move |_, tx| viewer(tx, &officer_id, key.as_deref())).await?;
    Ok(visit)
}

async fn at(app: &Shared, mut visit: Visit, at_desk: AtDesk) -> Result<Visit, Problem> {
    let (id, key) = (at_desk.signer.id.clone(), at_desk.signer.key.public().id().to_string());
    let found = app.read(move |app, tx| {
        let open = Accounts::still_open(tx, &id)?;
        let is_bound = app.ministry.is_some() && Accounts::binding_of(tx, &id)?.is_some();
        Ok(if open { Some((viewer(tx, &id, Some(&key))?, is_bound)) } else { None })
    });
    match found.await? {
        Some((viewer, is_bound)) => {
            visit.viewer = viewer;
            visit.is_bound = is_bound;
            visit.at_desk = Some(at_desk);
        }
        None => {
            app.sessions.end(&at_desk.signer.id, None);
            visit.viewer = Viewer::Nobody;
        }
    }
    Ok(visit)
}

/// An officer with the roles of this moment; nobody, where none is named or the key no longer signs.
fn viewer(tx: &mut Tx<'_>, officer_id: &str, key: Option<&str>) -> Result<Viewer, Problem> {
    let keys = kp_registry::keys_of_officer(tx, officer_id)?;
    let signs = key.map_or(!keys.is_empty(), |key| keys.iter().any(|in_force| in_force == key));
    let officer = kp_registry::officer_by_id(tx, officer_id)?.filter(|_| signs);
    Ok(officer.map_or(Viewer::Nobody, Viewer::Officer))
}

/// What was chosen here before; else what the browser prefers; else English.
fn language_of(app: &Shared, headers: &HeaderMap) -> Language {
    let chosen = cookie_of(headers, &language_cookie(app)).and_then(|code| code.parse().ok());
    let preferred = || {
        let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Language::preferred(accepted)
    };
    chosen.or_else(preferred).unwrap_or(Language::English)
}

/// The cookie that keeps the language chosen. It says nothing else, so scripts and time do not matter to it.
pub(crate) fn language_cookie(app: &Shared) -> String {
    format!("{}_language", app.door.cookie)
}

/// The value of a cookie.
pub(crate) fn cookie_of(headers: &HeaderMap, wanted: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value.to_owned())
}

/// Writes down what was seen; the answer goes out after it is durable.
pub(crate) async fn record(app: &Shared, looks: Vec<Look>) -> Result<(), Problem> {
    if looks.is_empty() {
        return Ok(());
    }
    app.blocking(move |app| {
        let now: Timestamp = app.now();
        let rows: Vec<(Timestamp, Look)> = looks.into_iter().map(|look| (now, look)).collect();
        Ok(app.accounts.looked(&rows)?)
    })
    .await
}
